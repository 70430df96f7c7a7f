"""The static edition: the same pages as files, byte-identical for the same day."""

from waypost.build.gallery import gallery
from waypost.build.static import build, edition_files

__all__ = ["build", "edition_files", "gallery"]
