"""What the page's own search reads, as small as it goes: a file of a town, and a file of words for all towns.

Nothing in them differs between readers, and nothing confidential can be in them: they are made from Listings.
``search/browser/open.js`` opens what is packed here: change both.

How it is packed: keys stand once, in the order of the index; lists of documents are steps from one to the
next; what a word is worth is a letter for a place in a short list of values; words of the index that the lexicon
has are steps through its stems. The lexicon's own lines are in ``find_lines.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import msgspec

from waypost.desk.find import FindIndex, name_of, phones_of, section_title, title_of
from waypost.desk.find_documents import names_of
from waypost.desk.find_lines import lines_of, tongues_of
from waypost.desk.find_rank import reachable
from waypost.desk.find_reasons import words_for
from waypost.desk.find_wanted import FREE, offered
from waypost.model.directory import Directory, Listing, Location
from waypost.model.evidence import Freshness, Text, VerificationState
from waypost.model.need import Lexicon
from waypost.model.pack import Pack
from waypost.model.place import Places
from waypost.rules.holidays import holidays_in
from waypost.rules.hours import hold
from waypost.rules.need_words import fold
from waypost.search import Index
from waypost.search.packing import ALPHABET, packed

SCRIPTS = (
    ("waypost.rules", "words.js"),
    ("waypost.rules", "learned.js"),
    ("waypost.rules", "need.js"),
    ("waypost.rules", "distance.js"),
    ("waypost.rules", "hours.js"),
    ("waypost.search", "unpack.js"),
    ("waypost.search", "score.js"),
    ("waypost.search", "open.js"),
    ("waypost.search", "wanted.js"),
    ("waypost.search", "find.js"),
)
"""The classic scripts of the page's search, in the order in which they must be loaded."""

YEARS_AHEAD = 4
"""A copy that is older than that has long said of itself that it is old."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def browser_scripts() -> str:
    """The page's search as one classic script, without its comments: adds ``find`` to ``globalThis.Waypost``."""
    texts = [(files(package) / "browser" / name).read_text(encoding="utf-8") for package, name in SCRIPTS]
    return without_comments("\n".join(texts))


def without_comments(script: str) -> str:
    """A script without its whole-line comments and the space that begins its lines."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def browser_data(
    pack: Pack,
    directory: Directory,
    index: FindIndex,
    paths: Mapping[str, str],
    language: str,
    on: date | None = None,
) -> dict[str, Any]:
    """The value of ``globalThis.WP``: a town's guide for the page's search, in one language.

    ``paths`` are the English public paths of questions and sections. ``on`` is the day of the guide: the
    public holidays of the years around it go along.
    """
    years = range(on.year - 1, on.year + YEARS_AHEAD) if on else ()
    book = index.reader.book
    names = {token for name in names_of(pack, directory) for token in fold(name) if len(token) >= 4}
    held = {*book.stems, *book.exact}
    stems = sorted(held)
    by_key = {listing.key: listing for listing in directory.listings}
    doors = _doors(pack.lexicon)
    keys: dict[str, list[str]] = {}
    for kind, key in index.index.documents:
        keys.setdefault(kind, []).append(key)
    return {
        "lang": language,
        "places": _places(pack.places, language),
        "names": " ".join(sorted(names - book.forms - index.reader.ignored)),
        "keys": {kind: " ".join(some) for kind, some in keys.items()},
        "tokens": " ".join(token for token in index.index.tokens if token not in held),
        "stems": _gaps([number for number, stem in enumerate(stems) if stem in index.index.tokens]),
        **_packed(index.index),
        "listings": [
            _listing(by_key[key], pack.places, language, key in doors) for key in keys.get("service", [])
        ],
        "titles": [
            *(section_title(pack, key, language) for key in keys.get("law", [])),
            *(title_of(pack, key, language) for key in keys.get("question", [])),
        ],
        "paths": [paths.get(key, "/") for kind in ("law", "question") for key in keys.get(kind, [])],
        "deadlines": {key: deadline.hours for key, deadline in pack.deadlines.items()},
        "referral": pack.manifest.settings.referral,
        "timezone": pack.manifest.settings.timezone,
        "holidays": [day.isoformat() for day in holidays_in(pack.holidays, years)],
        "offered": offered(pack, directory),
    }


def browser_words(pack: Pack, language: str) -> dict[str, Any]:
    """The value of ``globalThis.WPWords``: the lexicon, which every guide of the same packs shares."""
    lexicon = pack.lexicon
    value: dict[str, Any] = {
        "packed": packed(lines_of(lexicon)),
        "tongues": tongues_of(lexicon),
        "sayings": {key: words_for(text, language) for key, text in lexicon.sayings.items()},
        "doors": lexicon.doors,
        "learned": msgspec.structs.asdict(lexicon.learned),
    }
    for part in ("needs", "dangers", "traits", "moments"):
        entries = msgspec.to_builtins(getattr(lexicon, part))
        value[part] = {key: _entry(entry, language) for key, entry in entries.items()}
    for sign in value["dangers"].values():
        sign.pop("name", None)
    return value


_SPOKEN = ("name", "why", "happens", "silent")
_UNREAD = ("words", "unless", "never_with", "kinds", "provenance")


def _entry(entry: dict[str, Any], language: str) -> dict[str, Any]:
    """An entry of the lexicon with its texts in one language and without what the page never reads."""
    return {
        key: _one(value, language) if key in _SPOKEN else value
        for key, value in entry.items()
        if key not in _UNREAD
    }


def _one(text: Text, language: str) -> str:
    return words_for(text, language)


def _packed(index: Index) -> dict[str, Any]:
    """Postings as steps and letters: "3A1cB" is document 3 with the first worth, 48 further with the second."""
    worth = Counter(
        worth for part in (index.tokens, index.needs) for pairs in part.values() for _, worth in pairs
    )
    values = sorted(worth, key=lambda value: (-worth[value], value))
    place = {value: _letters(number) for number, value in enumerate(values)}
    return {
        "worth": values,
        "postings": " ".join(_steps(pairs, place) for pairs in index.tokens.values()),
        "needs": {key: _steps(pairs, place) for key, pairs in index.needs.items()},
    }


def _steps(pairs: Iterable[tuple[int, int]], place: Mapping[int, str]) -> str:
    text, last = "", 0
    for document, worth in pairs:
        text += _digits(document - last) + place[worth]
        last = document
    return text


def _gaps(numbers: Iterable[int]) -> str:
    """Rising numbers as steps, a letter each; the last letter is a step that lands nowhere."""
    text, last, most = "", 0, len(ALPHABET) - 1
    for number in numbers:
        nowhere, step = divmod(number - last, most)
        text += ALPHABET[most] * nowhere + ALPHABET[step]
        last = number
    return text


def _digits(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, len(_DIGITS))
        text = _DIGITS[rest] + text
    return text or "0"


def _letters(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        text = _LETTERS[rest] + text
    return text


def _doors(lexicon: Lexicon) -> set[str]:
    """The services that a banner can show: the page needs all their numbers."""
    return {key for keys in lexicon.doors.values() for key in keys} | {
        key for sign in lexicon.dangers.values() for key in sign.services
    }


def _places(places: Places, language: str) -> dict[str, Any]:
    towns = {
        key: {
            name: value
            for name, value in msgspec.to_builtins(town).items()
            if name in ("name", "latitude", "longitude", "zips", "areas", "perhaps", "aliases")
        }
        for key, town in places.towns.items()
    }
    elsewhere = {
        key: {"words": other.words, "say": words_for(other.say, language)}
        for key, other in places.elsewhere.items()
    }
    areas = {key: area.within for key, area in places.areas.items() if area.within}
    return {"home": places.home, "towns": towns, "areas": areas, "elsewhere": elsewhere}


def _listing(listing: Listing, places: Places, language: str, door: bool) -> dict[str, Any]:
    """What scoring, narrowing and reasons read of a service; what nobody knows is not there."""
    service = listing.service
    held = hold(listing)
    awaited = service.verification.state is VerificationState.unverified
    value: dict[str, Any] = {
        "slug": service.slug,
        "name": name_of(listing, language),
        "serves": " ".join(service.serves),
        "points": [point for place in service.locations for point in _point(place, places)],
        "phones": [list(msgspec.structs.astuple(p)) for p in phones_of(service.phones)] if door else [],
        "hours": _hours(held.hours) if held is not None else None,
        "inherited": held is not None and held.inherited,
        "unsure": service.core_unverified,
        "unchecked": service.core_unverified or awaited,
        "late": listing.shown.freshness in (Freshness.overdue, Freshness.hidden),
        "far": not reachable(listing),
        "spoken": " ".join(spoken.code for spoken in service.languages),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "for_whom": service.for_whom,
        "not_for": service.not_for,
        "free": FREE.get(service.cost or ""),
        "access": " ".join(service.access),
        "no_id": None if service.no_id_needed is None else "yes" if service.no_id_needed else "no",
        "confidential": bool(service.confidentiality) and not service.core_unverified,
    }
    return {key: part for key, part in value.items() if part not in (False, None, (), [], "")}


def _hours(hours: Any) -> dict[str, Any]:
    return {key: value for key, value in msgspec.to_builtins(hours).items() if key != "note"}


def _point(place: Location, places: Places) -> list[tuple[float, float]]:
    """A location's point for distances; a confidential one has none."""
    if place.confidential:
        return []
    if place.latitude is not None and place.longitude is not None:
        return [(place.latitude, place.longitude)]
    centre = places.towns.get(place.town) if place.town else None
    return [(centre.latitude, centre.longitude)] if centre else []
