"""A page or a text as its sentences, each with its line and the heading it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCK_NAMES = (
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody tfoot "
    "thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "summary", "title"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg"})
_IS_HTML = re.compile(r"<(?:!doctype|html|body|p|div|h[1-6]|li|td|span|br)\b", re.I)
_SHORTENED = (
    r"(?<!\b[A-Z]\.)(?<!\b(?:No|St|Dr|Mr|Ms|vs|Nº|ch)\.)(?<!\b(?:Sec|Art|Mrs|Inc|Gen|Núm)\.)"
    r"(?<!\b[ap]\.m\.)(?<!\bStat\.)(?<!\bSecs\.)"
)
_END = re.compile(rf"{_SHORTENED}(?<=[.!?])[\"”’)]*\s+(?=[\"“(¿¡]*[A-ZÁÉÍÓÚÑ0-9])|;\s+|\n+|\s[•·|]\s")
_MARKDOWN_HEADING = re.compile(r"^(?:#{1,6}\s+|\*\*(?=[^*]+\*\*:?$))")
_LIST_MARK = re.compile(r"^\s*(?:[-*+•]\s+|\d{1,2}[.)]\s+)")
_TITLE_LONGEST = 90


@dataclass(frozen=True)
class Sentence:
    """One sentence: its text, the line it begins on, its block and the heading above it."""

    text: str
    line: int
    block: int
    heading: str


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of an HTML page or of plain text or Markdown, in order."""
    found: list[Sentence] = []
    heading = ""
    for number, (line, block, is_heading) in enumerate(_blocks(text)):
        if is_heading:
            heading = block
        parts = [part.strip() for part in _END.split(block)]
        found += [Sentence(part, line, number, heading) for part in parts if part]
    return tuple(found)


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else the old Windows alphabet."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _blocks(text: str) -> list[tuple[int, str, bool]]:
    if not _IS_HTML.search(text[:20_000]):
        return _plain(text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    return reader.found


def _plain(text: str) -> list[tuple[int, str, bool]]:
    """Paragraphs, list items and headings of plain text."""
    found: list[tuple[int, str, bool]] = []
    open_: list[str] = []
    began = 0

    def close(is_heading: bool = False) -> None:
        if open_:
            said = " ".join(" ".join(open_).split())
            found.append((began, _MARKDOWN_HEADING.sub("", said).strip("#* "), is_heading))
            open_.clear()

    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if not bare or set(bare) <= set("-=_* ") or _LIST_MARK.match(line) or _MARKDOWN_HEADING.match(bare):
            close(len(open_) == 1 and _looks_like_title(open_[0]) and not bare)
        if not bare or set(bare) <= set("-=_* "):
            continue
        if not open_:
            began = number
        open_.append(_LIST_MARK.sub("", line).strip())
        if _MARKDOWN_HEADING.match(bare):
            close(True)
    close()
    return found


def _looks_like_title(line: str) -> bool:
    return len(line) <= _TITLE_LONGEST and line[-1:] not in ".!?;," and not any(c.isdigit() for c in line)


class _Reader(HTMLParser):
    """Collects what is seen, block by block, with the line that each begins on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, bool]] = []
        self._said: list[str] = []
        self._began = 1
        self._unseen = 0
        self._heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins; or something that nobody sees."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.end()
            self._heading = tag in _HEADINGS
        elif tag in _CELLS and any(part.strip() for part in self._said):
            self._said.append(" – ")

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        """Words, with the line they stand on."""
        if self._unseen:
            return
        if not any(part.strip() for part in self._said):
            self._began = self.getpos()[0] + len(data[: len(data) - len(data.lstrip())].splitlines()[1:])
        self._said.append(data)

    def end(self) -> None:
        """Close the block that is open."""
        said = " ".join("".join(self._said).split())
        if said:
            self.found.append((self._began, said, self._heading))
        self._said, self._heading = [], False
