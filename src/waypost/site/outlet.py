"""The one value in which the server and the static edition differ."""

from __future__ import annotations

from collections.abc import Mapping
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
