"""Markdown to HTML: no HTML is let in; links are the site's own, numbers to press, or leave it by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

LinkMaker = Callable[[str], str]
_NOTE = re.compile(r"\[\d+\]\(#note-\d+\)")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^)]*\)")


def prose(text: str, link: LinkMaker, note_label: str) -> Markup:
    """A whole text. ``link`` makes a site path relative; ``note_label`` names a footnote aloud."""
    return Markup(_reader().render(text, {"link": link, "note_label": note_label}))


def prose_line(text: str, link: LinkMaker, note_label: str) -> Markup:
    """One line, without a paragraph around it."""
    return Markup(_reader().renderInline(text, {"link": link, "note_label": note_label}))


def plain(text: str) -> str:
    """Drawn Markdown without its links and footnotes, for a line that is itself a link or a heading."""
    without = _NOTE.sub("", text)
    return _LINK.sub(r"\1", without).replace("**", "").replace("\\", "")


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    reader.add_render_rule("link_open", _link_open)
    reader.add_render_rule("link_close", _link_close)
    reader.add_render_rule("heading_open", _heading_open)
    reader.add_render_rule("table_open", lambda *_: '<div class="table" tabindex="0"><table>')
    reader.add_render_rule("table_close", lambda *_: "</table></div>")
    reader.disable("image")
    return reader


def headings(text: str) -> tuple[str, ...]:
    """The headings of a text, in plain words; the part of each is ``part-N``, counted from one."""
    return tuple(
        plain(line.removeprefix("## ").strip()) for line in text.splitlines() if line.startswith("## ")
    )


def _heading_open(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    if tokens[at].tag == "h2":
        env["part"] = env.get("part", 0) + 1
        tokens[at].attrs["id"] = f"part-{env['part']}"
    return self.renderToken(tokens, at, options, env)


def _link_open(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    token = tokens[at]
    href = str(token.attrs.get("href", ""))
    if href.startswith("#note-"):
        number = href.removeprefix("#note-")
        token.attrs["aria-label"] = f"{env['note_label']} {number}"
        return '<sup class="note-ref">' + self.renderToken(tokens, at, options, env)
    if href.startswith("/"):
        token.attrs["href"] = env["link"](href)
    elif href.startswith(("tel:", "sms:")):
        token.attrs["class"] = "tel"
    elif "://" in href:
        token.attrs["rel"] = "noreferrer noopener"
    return self.renderToken(tokens, at, options, env)


def _link_close(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    depth, opened = 1, at - 1
    while True:
        depth += {"link_close": 1, "link_open": -1}.get(tokens[opened].type, 0)
        if depth == 0:
            break
        opened -= 1
    noted = str(tokens[opened].attrs.get("href", "")).startswith("#note-")
    return "</a></sup>" if noted else "</a>"
