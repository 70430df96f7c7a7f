"""HTTP: the pages, the sealed search token, strict headers on every answer."""

from waypost.server.app import make_app
from waypost.server.current import Current
from waypost.server.seal import Seal
from waypost.server.serve import serve

__all__ = ["Current", "Seal", "make_app", "serve"]
