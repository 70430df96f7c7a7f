"""The site: pages as values, components, and what a browser makes of them."""
