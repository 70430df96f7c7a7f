"""What a page shows carries its mark: a claim its source and date, a record its check, the law its label (T2).

The finished HTML is read, not the values that it was drawn from, and held against the packs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from waypost.check.markup import VOID, Reader
from waypost.check.reading import Seen
from waypost.desk.guide import Guide
from waypost.model.evidence import Claim, Confidence, Problem
from waypost.site.elsewhere import elsewhere, elsewhere_words
from waypost.site.notes import Note, age_words, cite_all, claim_age, doubts
from waypost.site.page import Page
from waypost.site.words import Words

_CHECKED = frozenset({"checked"})
_NOTED = frozenset({"note-ref", "how"})
_HOW = frozenset({"how"})
_FACTS = frozenset({"dense-facts"})
_RESTS = "claim"
_MARKS = _CHECKED | _NOTED | _FACTS
_SHOWN = {
    "reach": ("service", _CHECKED),
    "card": ("record", _CHECKED),
    "turn-call": ("record", _CHECKED),
    "urgent-call": ("record", _CHECKED),
    "dense": ("record", _FACTS),
    "shield": ("law", _NOTED),
    "penalty": ("law", _NOTED),
    "tell-part": ("law", _HOW),
    "mistake": ("correction", _NOTED),
    "rests": (_RESTS, _HOW),
}
"""By class: what a box shows, and of which classes one with words in it must stand inside."""
_ITEMS = {"points": ("law", _NOTED), "whom": ("record", _CHECKED)}
"""By class of a list: what each of its items shows, in the same way."""
_ANY = re.compile(rf'note-|class="[^"]*\b(?:{"|".join([*_SHOWN, *_ITEMS])})\b')
_FEWEST = 6
"""A claim of fewer words may stand on a page by chance."""


@dataclass
class Box:
    """Something shown: what it is, its words, which marks stand in it with words."""

    what: str
    needs: frozenset[str]
    depth: int
    name: str = ""
    text: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    @property
    def said(self) -> str:
        """Its words in one line."""
        return " ".join("".join(self.text).split())


@dataclass
class Marks:
    """The marks of one page: boxes, numbers of footnotes in the text, and the list of notes by number."""

    boxes: list[Box]
    refs: set[str]
    notes: dict[str, str]
    linked: set[str]


def marks_of(html: str) -> Marks:
    """What of a page must be marked, and its marks."""
    reader = _Reader()
    # Most pages hold nothing of the kind; reading them element by element would take most of the time.
    reader.feed(html[html.find("<main") :] if _ANY.search(html) else "")
    return Marks(reader.boxes, reader.refs, {n: box.said for n, box in reader.notes.items()}, reader.linked)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element; ``marks`` are those that it stands in."""

    tag: str
    classes: frozenset[str]
    marks: frozenset[str]
    unseen: bool


class _Reader(Reader):
    """Keeps which boxes, marks and notes are open while it reads."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.refs: set[str] = set()
        self.notes: dict[str, Box] = {}
        self.linked: set[str] = set()
        self._stack = [_Open("", frozenset(), frozenset(), False)]
        self._open: list[Box] = []
        self._note: str | None = None

    def open(self, tag: str, named: dict[str, str]) -> None:
        """Open an element, and with it perhaps a box or a note."""
        href = named.get("href", "")
        if href.startswith("#note-"):
            self.refs.add(href.removeprefix("#note-"))
        if self._note and tag == "a" and href:
            self.linked.add(self._note)
        if tag in VOID:
            return
        classes = frozenset(named.get("class", "").split())
        depth = len(self._stack)
        above = self._stack[-1]
        unseen = above.unseen or tag == "template"
        self._stack.append(_Open(tag, classes, above.marks | (classes & _MARKS), unseen))
        if unseen:
            return
        name = named.get("id", "")
        if tag == "li" and name.startswith("note-"):
            self._note = name.removeprefix("note-")
            self._begin(Box("note", frozenset(), depth), kept=False)
            self.notes[self._note] = self._open[-1]
        for each in classes & _SHOWN.keys():
            self._begin(Box(*_SHOWN[each], depth, name))
        for each in above.classes & _ITEMS.keys() if tag == "li" else ():
            self._begin(Box(*_ITEMS[each], depth))

    def _begin(self, box: Box, *, kept: bool = True) -> None:
        self._open.append(box)
        self.boxes += [box] if kept else []

    def close(self, tag: str) -> None:
        """Close the element, and the boxes that began with it."""
        while self._stack[-1].tag == tag or any(element.tag == tag for element in self._stack[1:]):
            closed = self._stack.pop().tag
            while self._open and self._open[-1].depth >= len(self._stack):
                if self._open.pop().what == "note":
                    self._note = None
            if closed == tag:
                break

    def words(self, text: str) -> None:
        """Words belong to every box that is open; in a mark they make it one."""
        inside = self._stack[-1].marks if text.strip() else frozenset()
        for box in self._open:
            box.text.append(text)
            box.marks |= inside


def unmarked(
    guide: Guide, pages: Mapping[str, Page], files: Mapping[str, bytes], read: Mapping[str, Seen]
) -> Iterator[Problem]:
    """An error for each claim, record and finding of the law that a page shows without its mark."""
    words = {code: Words(code, guide.pack.words(code)) for code in guide.pack.manifest.languages}
    plain = {code: _plain_claims(guide, code) for code in guide.pack.manifest.languages}
    for path, page in pages.items():
        found = marks_of(files[path].decode())
        yield from _boxes(path, page, found)
        yield from _notes(path, page, found, guide, words[page.language])
        yield from _resting(path, found, guide, words[page.language])
        # The page of a source is itself the mark of what rests on it.
        if page.kind != "source":
            yield from _bare(path, page, read[path], plain[page.language])


def _boxes(path: str, page: Page, found: Marks) -> Iterator[Problem]:
    services = [box for box in found.boxes if box.what == "service"]
    if page.kind == "service" and not any(box.needs & box.marks for box in services):
        yield _lacks(path, "it does not say whether and when its record was checked")
    for box in (box for box in found.boxes if box.what != "service"):
        # A section says once, at its head, what all of it rests on and how well it is known.
        said_once = page.kind == "section" and box.what == "law" and found.refs
        if box.said and not box.needs & box.marks and not said_once:
            yield _lacks(path, f'the {box.what} "{box.said[:120]}" has no source mark, date or label')


def _notes(path: str, page: Page, found: Marks, guide: Guide, words: Words) -> Iterator[Problem]:
    for number in sorted(found.refs - found.notes.keys()):
        yield _lacks(path, f"the footnote {number} leads to no source")
    for note in page.notes:
        said, number = found.notes.get(str(note.number), ""), str(note.number)
        if number not in found.refs:
            yield _lacks(path, f'no statement on the page leads to its footnote {number} "{said[:120]}"')
        for lack in _lacking(note, said, guide, words, linked=number in found.linked):
            yield _lacks(path, f'the footnote {number} "{said[:120]}" does not say {lack}')


def _lacking(note: Note, said: str, guide: Guide, words: Words, *, linked: bool) -> Iterator[str]:
    """What a footnote ought to say by the packs, and does not."""
    claim = guide.pack.claims.get(note.claim or "")
    sources = cite_all(guide.pack, claim.sources, guide.on) if claim else note.sources
    level = claim.confidence if claim else note.confidence
    as_of = claim.as_of if claim else note.as_of
    for source in sources:
        if not linked or _even(source.title) not in said:
            yield f"its source {source.key}"
        elif _even(words.dated(source.date).text) not in said:
            yield f"the date of its source {source.key}"
    if as_of and words("notes.as_of", day=words.day(as_of)) not in said:
        yield f"that it is as of {as_of}"
    for other in claim.against if claim else ():
        if _even(guide.pack.sources[other].title) not in said:
            yield f"that the source {other} says otherwise"
    if claim and not _told_where(claim, said, guide, words):
        yield f"that it holds in {claim.holds_in}, not here alone"
    if claim and (age := age_words(claim_age(guide.pack, claim, guide.on), words)) and age not in said:
        yield f"that it is time to check it: {age}"
    for source in sources:
        yield from (
            f"of its source {source.key}: {told}" for told in doubts(source, words) if told not in said
        )
    label = words.known(f"confidence.{level}", "")
    if level is not Confidence.statute_text and (not label or _even(label) not in said):
        yield f"how well it is known ({level})"


def _told_where(claim: Claim, said: str, guide: Guide, words: Words) -> bool:
    place = elsewhere(guide.pack, claim)
    return place is None or elsewhere_words(guide.pack, place, words) in said


def _resting(path: str, found: Marks, guide: Guide, words: Words) -> Iterator[Problem]:
    """A claim on the page of its source has no footnote there: it says itself where it holds."""
    for box in found.boxes:
        claim = guide.pack.claims.get(box.name) if box.what == _RESTS else None
        if claim and not _told_where(claim, box.said, guide, words):
            yield _lacks(
                path, f"the claim {box.name} does not say that it holds in {claim.holds_in}, not here alone"
            )


def _plain_claims(guide: Guide, language: str) -> dict[str, str]:
    """The claims whose text stands on a page as it stands in its file."""
    texts = ((key, _even(claim.text.get(language, ""))) for key, claim in guide.pack.claims.items())
    screens = {_even(line) for line in guide.pack.words(language).values()}
    return {
        key: text
        for key, text in texts
        if len(text.split()) >= _FEWEST and text not in screens and not re.search(r"[{}\[\]*_]", text)
    }


def _bare(path: str, page: Page, read: Seen, plain: Mapping[str, str]) -> Iterator[Problem]:
    cited = {note.claim for note in page.notes}
    whole = "\n".join(block.text for block in read.blocks)
    for key, text in plain.items():
        if key not in cited and text in whole:
            yield _lacks(path, f'the claim {key}, "{text[:120]}", stands without its footnote')


def _even(text: str) -> str:
    return " ".join(text.split())


def _lacks(where: str, what: str) -> Problem:
    return Problem(
        where=where,
        what=what,
        why="A reader could not see what it rests on, or how old it is.",
        do="Cite it where it stands, or draw it with the component that shows its mark.",
    )
