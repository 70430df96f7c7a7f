"""What stands around every page: exit, numbers, languages, help, and the way to everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waypost.desk.guide import Guide
from waypost.site import address
from waypost.site.contact import PhoneLine, dial, first_phone, phone_line
from waypost.site.elsewhere import elsewhere_words
from waypost.site.notes import Note, age_words
from waypost.site.page import Page
from waypost.site.words import Words


@dataclass(frozen=True)
class Link:
    """A link to a page of the site, with a line that says what is there."""

    title: str
    path: str
    hint: str = ""


@dataclass(frozen=True)
class Tongue:
    """The same page in another language."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class StripNumber:
    """One number of the emergency strip."""

    label: str
    number: str
    href: str


@dataclass(frozen=True)
class ShownNote:
    """A footnote with its confidence in plain words; without a label where none is due.

    ``where`` says that a figure comes from elsewhere, ``age`` that it is time to check it again.
    """

    number: int
    sources: tuple[object, ...]
    label: str
    as_of: date | None
    where: str = ""
    age: str = ""
    against: tuple[object, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Everything around the main part of a page."""

    exit_url: str
    place: str
    home_path: str
    now_path: str
    turn_path: str
    safety_path: str
    languages: tuple[Tongue, ...]
    strip: tuple[StripNumber, ...]
    referral: tuple[PhoneLine, ...]
    doors: tuple[Link, ...]
    links: tuple[Link, ...]
    notes: tuple[ShownNote, ...]
    made_on: date
    stale_after: str


def frame(page: Page, guide: Guide, words: Words) -> Frame:
    """The frame of a page."""

    def here(path: str) -> str:
        return address.localized(path, page.language)

    settings = guide.pack.manifest.settings
    return Frame(
        exit_url=settings.exit_url or "about:blank",
        place=words.pick(guide.pack.manifest.place).text,
        home_path=here(address.home()),
        now_path=here(address.now()),
        turn_path=here(address.turn()),
        safety_path=here(address.safety()),
        languages=tuple(
            Tongue(code, words.known(f"language.own.{code}", code), path)
            for code, path in page.counterparts.items()
            if code != page.language
        ),
        strip=strip(guide, words),
        referral=referral(guide, words),
        doors=_links(words, _doors(guide)),
        links=_links(words, _ABOUT),
        notes=tuple(_shown(note, guide, words) for note in page.notes),
        made_on=guide.on,
        stale_after=guide.stale_after.isoformat(),
    )


def _shown(note: Note, guide: Guide, words: Words) -> ShownNote:
    return ShownNote(
        number=note.number,
        sources=note.sources,
        label=words.known(f"confidence.{note.confidence}", ""),
        as_of=note.as_of,
        where=elsewhere_words(guide.pack, note.elsewhere, words) if note.elsewhere else "",
        age=age_words(note.age, words),
        against=note.against,
    )


def strip(guide: Guide, words: Words) -> tuple[StripNumber, ...]:
    """The numbers that the pack puts on every page, drawn from their records."""
    numbers = []
    for line in guide.pack.manifest.settings.emergency:
        listing = guide.directory.get(line.service)
        phone = first_phone(listing, words.language, line.phone) if listing else None
        if phone:
            href = dial(phone.number, phone.type, phone.extension)
            numbers.append(StripNumber(words.pick(line.label).text, phone.number, href))
    return tuple(numbers)


def referral(guide: Guide, words: Words) -> tuple[PhoneLine, ...]:
    """The numbers of the line that finds any other help."""
    listing = guide.directory.get(guide.pack.manifest.settings.referral or "")
    if listing is None:
        return ()
    voices = [p for p in listing.service.phones if p.type == "voice" and not p.confidential]
    return tuple(phone_line(phone, words) for phone in voices[:2])


def has_law(guide: Guide) -> bool:
    """Whether a law pack covers the place: where none does, the law door is not there."""
    return bool(guide.pack.law.sections)


_ABOUT = (
    ("nav.about", address.about()),
    ("nav.safety", address.safety()),
    ("nav.keep", address.keep()),
    ("nav.fresh", address.freshness()),
    ("nav.sources", address.sources()),
    ("nav.mistakes", address.mistakes()),
    ("nav.all", address.services()),
    ("nav.dense", address.dense()),
)


def _doors(guide: Guide) -> tuple[tuple[str, str], ...]:
    law = (("nav.law", address.law()),) if has_law(guide) else ()
    return (
        ("nav.now", address.now()),
        ("nav.help", address.help_list()),
        *law,
        ("nav.questions", address.questions()),
        ("nav.turn", address.turn()),
    )


def _links(words: Words, entries: tuple[tuple[str, str], ...]) -> tuple[Link, ...]:
    return tuple(Link(words(key), address.localized(path, words.language)) for key, path in entries)
