"""Packs: folders of YAML and Markdown, read strictly, every Problem at once."""

from waypost.packs.kept import keep, recall
from waypost.packs.load import load, load_pack
from waypost.packs.loaded import Loaded

__all__ = ["Loaded", "keep", "load", "load_pack", "recall"]
