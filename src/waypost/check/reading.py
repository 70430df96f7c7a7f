"""What a reader sees on a finished page: its blocks of text, and which of them are our own words.

This is the one place that decides what counts as our own text. Numbers of footnotes are marks, not text.
Left out are, by the markup that draws them: lists of sources, names and numbers in cards and strips,
labels and tables of facts, navigation, text in another language than the page's, and quotations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from waypost.check.markup import VOID, Reader

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "legend", "li", "main", "nav", "ol", "option", "p", "section", "select", "summary", "table",
        "tbody", "td", "th", "thead", "tr", "ul", "label",
    }
)  # fmt: skip
_BEFORE_STOP = re.compile(r" ([.,;:!?)])")
_UNSEEN = frozenset({"script", "style", "template", "title", "head"})
# Inside a line, but shown apart from what stands beside it.
_APART = frozenset({"a", "span", "small", "b", "text", "tspan"})
_NOT_OWN_TAGS = frozenset(
    {"nav", "table", "blockquote", "q", "cite", "dt", "button", "select", "svg", "legend"}
)
_NOT_OWN_CLASSES = frozenset(
    {
        "notes",
        "cited",
        "all-name",
        "card-name",
        "card-where",
        "card-facts",
        "checked",
        "how",
        "links",
        "phone",
        "tel",
        "penalty-list",
        "versions",
        "breadcrumbs",
        "turn-name",
        "turn-then",
        "contents",
        "plain",
        "label",
        "dense-name",
        "dense-where",
        "dense-phone",
        "dense-facts",
        "dense-also",
        "urgent-name",
        "urgent-also",
    }
)


@dataclass(frozen=True)
class Block:
    """One block of visible text; ``own`` is what of it are our own words, ``main`` whether in the main part."""

    text: str
    own: str
    main: bool


@dataclass(frozen=True)
class Seen:
    """A finished page as its reader meets it. ``links`` are what can be followed, ``uses`` also what is loaded."""

    language: str
    title: str
    blocks: tuple[Block, ...]
    links: tuple[str, ...]
    uses: tuple[str, ...]

    @property
    def own(self) -> str:
        """Our own words of the main part, one block a line."""
        return "\n".join(block.own for block in self.blocks if block.main and block.own)


def seen(html: str) -> Seen:
    """What stands on a page."""
    reader = _Reader()
    reader.feed(html)
    reader.end_block()
    return Seen(
        reader.language, reader.title.strip(), tuple(reader.blocks), tuple(reader.links), tuple(reader.uses)
    )


@dataclass(frozen=True)
class _Open:
    tag: str
    unseen: bool
    own: bool
    main: bool


class _Reader(Reader):
    """Keeps the stack of open elements, and what it says of the text inside them."""

    def __init__(self) -> None:
        self.language = ""
        self.blocks: list[Block] = []
        self.links: list[str] = []
        self.uses: list[str] = []
        self.title = ""
        self._stack = [_Open("", False, True, False)]
        self._all: list[str] = []
        self._own: list[str] = []
        self._in_main = False

    def open(self, tag: str, named: dict[str, str]) -> None:
        """Open an element: what it is decides what its text is."""
        if tag == "html":
            self.language = named.get("lang", "")
        if target := named.get("href") or named.get("src"):
            self.uses.append(target)
            self.links += [target] if tag == "a" else []
        if tag in _BLOCKS or tag == "br":
            self.end_block()
        self._space(tag)
        if tag in VOID:
            return
        above = self._stack[-1]
        classes = frozenset(named.get("class", "").split())
        foreign = tag != "html" and named.get("lang", self.language) != self.language
        self._stack.append(
            _Open(
                tag,
                above.unseen or tag in _UNSEEN or "note-ref" in classes,
                above.own and tag not in _NOT_OWN_TAGS and not classes & _NOT_OWN_CLASSES and not foreign,
                above.main or tag == "main",
            )
        )

    def close(self, tag: str) -> None:
        """Close the element, and with it whatever was left open inside."""
        if tag in _BLOCKS:
            self.end_block()
        self._space(tag)
        if self._stack[-1].tag == tag or any(element.tag == tag for element in self._stack[1:]):
            while self._stack.pop().tag != tag:
                pass

    def words(self, text: str) -> None:
        """Take text into the block that is open."""
        top = self._stack[-1]
        if top.tag == "title" and not self.title:
            self.title = text
        elif not top.unseen:
            self._in_main = top.main
            self._all.append(text)
            self._own.append(text if top.own else " ")

    def _space(self, tag: str) -> None:
        if tag in _APART and self._all:
            self._all.append(" ")
            self._own.append(" ")

    def end_block(self) -> None:
        """Close the block of text that is open, if it holds any."""
        if not self._all:
            return
        text, own = (_BEFORE_STOP.sub(r"\1", " ".join("".join(t).split())) for t in (self._all, self._own))
        if text:
            self.blocks.append(Block(text, own, self._in_main))
        self._all, self._own = [], []
