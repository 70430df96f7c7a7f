"""Both languages say the same: page by page the same claims, numbers and contacts (T4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from waypost.check.reading import Seen
from waypost.check.tokens import Token, tokens
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.site import address
from waypost.site.page import Page


def uneven_pages(guide: Guide, pages: Mapping[str, Page], read: Mapping[str, Seen]) -> Iterator[Problem]:
    """An error for each page that cites, counts or offers to call otherwise than the same page in English.

    A service that answers each language on a number of its own counts as one contact.
    """
    lines = _lines(guide)
    for name, page in pages.items():
        if page.language == address.DEFAULT_LANGUAGE:
            continue
        english = address.file_name(page.counterparts.get(address.DEFAULT_LANGUAGE, ""))
        if english not in pages:
            yield _uneven(name, "it has no English counterpart")
            continue
        mine, theirs = (
            _said(page, read[name], lines),
            _said(pages[english], read[english], lines),
        )
        for token, count in (theirs - mine).items():
            yield _uneven(name, f"the {token[0]} {token[1]} stands {count} time(s) more in the English page")
        for token, count in (mine - theirs).items():
            yield _uneven(name, f"the {token[0]} {token[1]} stands {count} time(s) less in the English page")


def _lines(guide: Guide) -> dict[str, str]:
    """The figures of each number that serves some languages only, and the service that it belongs to."""
    return {
        value: listing.key
        for listing in guide.directory.listings
        if len({phone.languages for phone in listing.service.phones}) > 1
        for phone in listing.service.phones
        for _, value in tokens(phone.number)
    }


def _said(page: Page, read: Seen, lines: Mapping[str, str]) -> Counter[Token]:
    """What a page says that is the same in every language."""
    said: Counter[Token] = Counter()
    for block in read.blocks:
        said.update((kind, lines.get(value, value)) for kind, value in tokens(block.text))
    said.update(("claim", note.claim) for note in page.notes if note.claim)
    for link in read.links:
        if link.startswith(("tel:", "sms:")):
            number = link.partition(":")[2].removeprefix("+1")
            said[("call", lines.get(number, number))] += 1
    return said


def _uneven(where: str, what: str) -> Problem:
    return Problem(
        where=where,
        what=what,
        why="Readers of one language would be told more, less or something else.",
        do="Make both languages say the same, from the same claims and records.",
    )
