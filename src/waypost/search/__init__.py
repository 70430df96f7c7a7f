"""The index made from a guide, and the one scorer of it."""
