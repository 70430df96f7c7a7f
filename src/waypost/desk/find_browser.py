"""What the page's own search reads: the index, the lexicon and the listings, in one small value.

Nothing in it differs between readers, and nothing confidential can be in it: it is made from Listings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import msgspec

from waypost.desk.find import FindIndex, name_of, phones_of, reachable, section_title, title_of
from waypost.desk.find_documents import names_of
from waypost.model.directory import Directory, Listing, Location
from waypost.model.evidence import Freshness
from waypost.model.pack import Pack
from waypost.model.place import Places
from waypost.rules.holidays import holidays_in
from waypost.rules.hours import hold
from waypost.rules.need_words import fold

SCRIPTS = (
    ("waypost.rules", "words.js"),
    ("waypost.rules", "need.js"),
    ("waypost.rules", "distance.js"),
    ("waypost.rules", "hours.js"),
    ("waypost.search", "score.js"),
    ("waypost.search", "find.js"),
)
"""The classic scripts of the page's search, in the order in which they must be loaded."""


YEARS_AHEAD = 4
"""A copy that is older than that has long said of itself that it is old."""


def browser_scripts() -> str:
    """The page's search as one classic script: adds ``find`` to ``globalThis.Waypost``."""
    return "\n".join(
        (files(package) / "browser" / name).read_text(encoding="utf-8") for package, name in SCRIPTS
    )


def browser_data(
    pack: Pack,
    directory: Directory,
    index: FindIndex,
    paths: Mapping[str, str],
    language: str | None = None,
    *,
    lexicon: bool = True,
    on: date | None = None,
) -> dict[str, Any]:
    """The value of ``globalThis.WP``.

    ``paths`` are the English public paths of questions and sections; with ``language`` only the words in
    that language are kept, for a page that always answers in it. Without ``lexicon`` the words are left
    to a file of their own (``browser_words``), which every town's guide can share. ``on`` is the day of the
    guide: the public holidays of the years around it go along.
    """
    years = range(on.year - 1, on.year + YEARS_AHEAD) if on else ()
    names = {token for name in names_of(pack, directory) for token in fold(name) if len(token) >= 4}
    data: dict[str, Any] = {
        "places": _places(pack.places),
        "names": sorted(names),
        "index": {
            "documents": index.index.documents,
            "tokens": _flat(index.index.tokens),
            "needs": _flat(index.index.needs),
        },
        "listings": {listing.key: _listing(listing, pack.places) for listing in directory.listings},
        "answers": _answers(pack, paths),
        "deadlines": {key: deadline.hours for key, deadline in pack.deadlines.items()},
        "referral": pack.manifest.settings.referral,
        "timezone": pack.manifest.settings.timezone,
        "holidays": [day.isoformat() for day in holidays_in(pack.holidays, years)],
    }
    if language:
        data = dict(_spoken(data, language, ("name", "title", "say")))
    return data | ({"lexicon": browser_words(pack, language)} if lexicon else {})


def browser_words(pack: Pack, language: str | None = None) -> dict[str, Any]:
    """The lexicon for the page: ``WP.lexicon``, or ``globalThis.WPWords`` as a file of its own."""
    lexicon = msgspec.to_builtins(pack.lexicon)
    for part in ("cases", "first"):
        lexicon.pop(part, None)
    for entry in (*lexicon["needs"].values(), *lexicon["dangers"].values()):
        for unneeded in ("provenance", "kinds"):
            entry.pop(unneeded, None)
    for entry in lexicon["dangers"].values():
        entry.pop("name", None)
    for part in ("doors", "traits", "moments", "sayings", "common", "groups", "seeking"):
        lexicon.setdefault(part, {})
    if language is None:
        return dict(lexicon)
    lexicon["sayings"] = {key: _one(text, language) for key, text in lexicon["sayings"].items()}
    return dict(_spoken(lexicon, language, ("name", "why", "happens", "silent")))


def _spoken(value: Any, language: str, fields: tuple[str, ...]) -> Any:
    """The value with its texts in one language."""
    if not isinstance(value, dict):
        return value
    return {
        key: _one(part, language)
        if key in fields and isinstance(part, dict)
        else _spoken(part, language, fields)
        for key, part in value.items()
    }


def _one(text: dict[str, str], language: str) -> dict[str, str]:
    """A text in one language, under that language's key, or as it is where it has no language."""
    words = text.get(language) or text.get("en") or text.get("")
    return {language: words} if words else {}


def _flat(postings: dict[str, tuple[tuple[int, int], ...]]) -> dict[str, list[int]]:
    return {key: [number for pair in pairs for number in pair] for key, pairs in postings.items()}


def _places(places: Places) -> dict[str, Any]:
    towns = {
        key: {
            name: value
            for name, value in msgspec.to_builtins(town).items()
            if name in ("name", "latitude", "longitude", "zips", "areas", "perhaps", "aliases")
        }
        for key, town in places.towns.items()
    }
    elsewhere = {key: {"words": other.words, "say": other.say} for key, other in places.elsewhere.items()}
    areas = {key: area.within for key, area in places.areas.items() if area.within}
    return {"home": places.home, "towns": towns, "areas": areas, "elsewhere": elsewhere}


def _listing(listing: Listing, places: Places) -> dict[str, Any]:
    service = listing.service
    held = hold(listing)
    value: dict[str, Any] = {
        "id": listing.id,
        "slug": service.slug,
        "name": {"": service.name}
        | {code: name_of(listing, code) for code, words in service.translations.items() if words.get("name")},
        "organization": listing.organization.name,
        "phones": msgspec.to_builtins(phones_of(service.phones)),
        "serves": service.serves,
        "points": [point for place in service.locations for point in _point(place, places)],
        "verification": {
            "state": service.verification.state.value,
            "on": service.verification.on.isoformat() if service.verification.on else None,
            "due": listing.shown.due.isoformat() if listing.shown.due else None,
        },
    }
    if held is not None:
        value["hours"] = {k: v for k, v in msgspec.to_builtins(held.hours).items() if k != "note"}
    flags = {
        "inherited": held is not None and held.inherited,
        "unsure": service.core_unverified,
        "late": listing.shown.freshness in (Freshness.overdue, Freshness.hidden),
        "reachable": reachable(listing),
        "spanish": any(spoken.code == "es" for spoken in service.languages),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "for_whom": service.for_whom,
        "not_for": service.not_for,
    }
    return value | {key: flag for key, flag in flags.items() if flag not in (False, None, ())}


def _point(place: Location, places: Places) -> list[tuple[str, float, float]]:
    """A location's point for distances; a confidential one has none."""
    if place.confidential:
        return []
    if place.latitude is not None and place.longitude is not None:
        return [(place.key, place.latitude, place.longitude)]
    centre = places.towns.get(place.town) if place.town else None
    return [(place.key, centre.latitude, centre.longitude)] if centre else []


def _answers(pack: Pack, paths: Mapping[str, str]) -> dict[str, Any]:
    questions = {
        key: {
            "title": {"": title_of(pack, key, "en")} | {code: text.title for code, text in texts.items()},
            "path": paths.get(key, "/"),
        }
        for key, texts in pack.questions.items()
    }
    sections = {
        key: {
            "title": {"": section_title(pack, key, "en")}
            | {code: section_title(pack, key, code) for code in section.heading},
            "path": paths.get(key, "/"),
        }
        for key, section in pack.law.sections.items()
    }
    return questions | sections
