"""Drawn Markdown as blocks of runs, so that paper can set it without reading any markup itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Run:
    """Words in one style. ``to`` is a number to dial, "" otherwise; ``note`` the number of a footnote, 0 otherwise."""

    text: str
    strong: bool = False
    soft: bool = False
    to: str = ""
    note: int = 0


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an item of a list (``depth`` 1 and more), or a table (its rows of cells)."""

    kind: str
    runs: tuple[Run, ...] = ()
    depth: int = 0
    number: int = 0
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a drawn text. Links inside the guide become their words; numbers to dial stay links."""
    return tuple(_blocks(_reader().parse(text)))


def runs(text: str) -> tuple[Run, ...]:
    """The runs of one line."""
    return tuple(run for block in blocks(text) for run in block.runs)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    counts: list[int] = []
    kind, fresh = "paragraph", False
    rows: list[tuple[tuple[Run, ...], ...]] = []
    cells: list[tuple[Run, ...]] = []
    table = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            counts.append(0 if token.type == "bullet_list_open" else 1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counts.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type in ("heading_open", "paragraph_open"):
            kind = token.type.removesuffix("_open")
        elif token.type == "table_open":
            table, rows = True, []
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            rows.append(tuple(cells))
        elif token.type == "table_close":
            table = False
            yield Block("table", rows=tuple(rows))
        elif token.type == "inline":
            found = tuple(_runs(token.children or []))
            if table:
                cells.append(found)
                continue
            if counts and fresh:
                yield Block("item", found, len(counts), counts[-1])
                counts[-1] += 1 if counts[-1] else 0
            else:
                yield Block("more" if counts else kind, found, len(counts))
            fresh = False


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    strong = soft = False
    target = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong = token.type == "strong_open"
        elif token.type in ("em_open", "em_close"):
            soft = token.type == "em_open"
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            target = ""
        elif token.type in ("softbreak", "hardbreak"):
            yield Run(" ", strong, soft)
        elif token.content:
            note = target.removeprefix("#note-") if target.startswith("#note-") else ""
            dialled = target if target.startswith(("tel:", "sms:")) else ""
            yield Run("" if note else token.content, strong, soft, dialled, int(note or 0))
