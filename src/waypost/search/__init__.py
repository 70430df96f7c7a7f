"""The index of integer impacts and the scorer that sums them. Python here, its twin in ``browser/``."""

from waypost.search.index import Document, Index, build_index
from waypost.search.scorer import score

__all__ = ["Document", "Index", "build_index", "score"]
