"""The engine's own words, in full: what it asks, refuses and reports, to the last field."""
