"""Pages as values, and the one renderer that makes HTML of them."""
