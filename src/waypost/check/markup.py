"""The tags and texts of our own finished pages, one after the other.

The pages are drawn by our templates and by Markdown: tags are closed, attributes stand in double quotes, no page
holds a script of its own. That is all this reads, at a fraction of what a parser of any HTML takes. Pages of
others are read elsewhere, by such a parser (`waypost audit`).
"""

from __future__ import annotations

import re
from html import unescape

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
"""Elements that hold nothing and are never closed."""
_PIECE = re.compile(
    r"""<!--.*?-->|<!doctype[^>]*>|<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|([^<]+|<)""", re.S | re.I
)
_ATTRIBUTE = re.compile(r"""([^\s="/]+)(?:="([^"]*)")?""")


class Reader:
    """Goes through a page piece by piece; what it does with each is its heirs'."""

    def feed(self, html: str) -> None:
        """Read a page."""
        for match in _PIECE.finditer(html):
            closing, tag, attributes, text = match.groups()
            if text is not None:
                self.words(unescape(text) if "&" in text else text)
            elif tag is None:
                continue
            elif closing:
                self.close(tag.lower())
            else:
                self.open(tag.lower(), _named(attributes) if attributes else {})

    def open(self, tag: str, named: dict[str, str]) -> None:
        """Open an element with these attributes."""
        raise NotImplementedError

    def close(self, tag: str) -> None:
        """Close an element, and with it whatever was left open inside."""
        raise NotImplementedError

    def words(self, text: str) -> None:
        """Take what stands between two tags."""
        raise NotImplementedError


def _named(attributes: str) -> dict[str, str]:
    found = {name.lower(): value for name, value in _ATTRIBUTE.findall(attributes)}
    if "&" in attributes:
        return {name: unescape(value) for name, value in found.items()}
    return found
