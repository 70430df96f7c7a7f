"""HTTP: the pages, the sealed search token, strict headers on every answer."""
