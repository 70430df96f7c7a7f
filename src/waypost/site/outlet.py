"""The one value in which the server and the static edition differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Outlet:
    """Where pages go.

    ``takes_forms``: is there a server that answers a POST? ``index_name``: what a link to a folder ends in
    ("" on a server, "index.html" for files). ``asset_names``: the plain name of each asset (``style``,
    ``script``, ``icon``, ``data-en``) to its file name with the content's hash.
    """

    takes_forms: bool
    index_name: str
    asset_names: Mapping[str, str]

    @classmethod
    def server(cls, files: Iterable[str]) -> Outlet:
        """A server that takes forms; ``files`` are the file names of the assets."""
        return cls(True, "", plain_names(files))

    @classmethod
    def static(cls, files: Iterable[str]) -> Outlet:
        """A folder of files that opens from anywhere, a USB stick included."""
        return cls(False, "index.html", plain_names(files))


def plain_names(files: Iterable[str]) -> dict[str, str]:
    """The plain name of each asset: ``data-en-1f0c9a.js`` is ``data-en``."""
    return {name.rpartition("-")[0]: name for name in files}
