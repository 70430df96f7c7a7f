"""What points at nothing: a source, a term, a place, a service or a claim that no pack has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from waypost.model.evidence import Problem
from waypost.packs.loaded import Loaded
from waypost.packs.read import Pointer

FOOTNOTE = re.compile(r"\[\^([A-Za-z0-9_-]+)\]")
_SOURCE_KEYS = {"source", "sources", "same_as", "disagrees", "against"}
_CITING = {
    *("sources", "claims", "organizations", "not_listed", "holidays"),
    *("deadlines", "mistakes", "law", "places", "verifications"),
}


def dangling(loaded: Loaded, lost: Collection[str] = ()) -> list[Problem]:
    """Every reference of the pack that leads nowhere, with file and line.

    ``lost`` names the parts of which a file could not be read: what points there is not held against it.
    A pack that is only inherited may name services that each town below brings, such as its emergency line.
    """
    found: list[Problem] = []
    for pointer, kind, key in _references(loaded):
        if kind == "service" and loaded.pack.places.home is None and not loaded.pack.manifest.publishable:
            continue
        if _PARTS[kind][0] not in lost and key not in _known(loaded, kind):
            found.append(_nowhere(loaded.where(*pointer), kind, key, pointer))
    return found if "questions" in lost else [*found, *_lonely_translations(loaded)]


_PARTS = {
    "source": ("sources",),
    "claim": ("claims",),
    "term": ("terms", "terms"),
    "place": ("places",),
    "service": ("organizations",),
    "reason of inclusion": ("inclusion",),
    "code": ("terms", "taxonomies"),
    "place of the service": ("organizations",),
    "review cycle": ("manifest", "cycles"),
    "saying": ("telling", "sayings"),
    "local matter": ("manifest", "settings", "local"),
}


def _known(loaded: Loaded, kind: str) -> set[str]:
    match kind:
        case "service":
            return loaded.service_keys()
        case "place":
            return loaded.keys("places", "towns") | loaded.keys("places", "areas")
        case "place of the service":
            return set()
        case "code":
            return {
                f"{name}/{code}"
                for name, taxonomy in loaded.pack.terms.taxonomies.items()
                for code in taxonomy.terms
            }
        case _:
            return loaded.keys(*_PARTS[kind])


def _references(loaded: Loaded) -> Iterator[tuple[Pointer, str, str]]:
    pack = loaded.pack
    for part in _CITING & loaded.tree.value.keys():
        for pointer, key in _cited(loaded.tree.value[part], (part,)):
            yield pointer, "source", key
    yield from _of_services(loaded)
    for key, kept_out in pack.not_listed.items():
        yield ("not_listed", key, "code"), "reason of inclusion", kept_out.code
    for key, organization in pack.organizations.items():
        if organization.inclusion:
            yield ("organizations", key, "inclusion"), "reason of inclusion", organization.inclusion.reason
    for key, term in pack.terms.terms.items():
        if term.code and pack.terms.taxonomies:
            yield ("terms", "terms", key, "code"), "code", f"{term.taxonomy}/{term.code}"
    for key, turn in pack.routes.items():
        for name, listed in (("first", turn.first), ("then", turn.then)):
            for number, service in enumerate(listed):
                yield ("routes", key, name, str(number)), "service", service
        for number, claim in enumerate(turn.claims):
            yield ("routes", key, "claims", str(number)), "claim", claim
    for name, matter in pack.manifest.settings.local.items():
        for kind in matter.kinds:
            yield ("manifest", "settings", "local", name), "term", kind
    for number, name in enumerate(pack.manifest.not_known):
        yield ("manifest", "not_known", str(number)), "local matter", name
    for number, line in enumerate(pack.manifest.settings.emergency):
        yield ("manifest", "settings", "emergency", str(number)), "service", line.service
    yield from _of_questions(loaded)
    yield from _of_telling(loaded)


def _of_telling(loaded: Loaded) -> Iterator[tuple[Pointer, str, str]]:
    """What the grid of "before you tell" and the answers to "what happens when I call" rest on."""
    telling = loaded.pack.telling
    for key, listener in telling.listeners.items():
        at: Pointer = ("telling", "listeners", key)
        for service in listener.services:
            yield (*at, "services"), "service", service
        for kind in listener.kinds:
            yield (*at, "kinds"), "term", kind
        for said, cell in listener.cells.items():
            yield (*at, "cells", said), "saying", said
            for claim in cell.claims:
                yield (*at, "cells", said, "claims"), "claim", claim
    for key, call in loaded.pack.calls.items():
        yield ("calls", key), "service", key
        for field in call.__struct_fields__:
            for claim in getattr(call, field):
                yield ("calls", key, field), "claim", claim


def _of_services(loaded: Loaded) -> Iterator[tuple[Pointer, str, str]]:
    for organization in loaded.pack.organizations.values():
        for number, service in enumerate(organization.services):
            at: Pointer = ("organizations", organization.key, "services", str(number))
            for kind in service.kinds:
                yield (*at, "kinds"), "term", kind
            for place in service.serves:
                yield (*at, "serves"), "place", place
            if service.referred_through:
                yield (*at, "referred_through"), "service", service.referred_through
            yield (*at, "cycle"), "review cycle", service.cycle
            for place in service.hours_at:
                if place not in {location.key for location in service.locations}:
                    yield (*at, "hours_at"), "place of the service", place
            for town in (loc.town for loc in service.locations if loc.town):
                yield (*at, "locations"), "place", town


def _of_questions(loaded: Loaded) -> Iterator[tuple[Pointer, str, str]]:
    for key, by_language in loaded.pack.questions.items():
        for language, question in by_language.items():
            at: Pointer = ("questions", key, language)
            for claim in FOOTNOTE.findall(question.body):
                yield at, "claim", claim
            for service in question.services:
                yield (*at, "services"), "service", service


def _cited(value: Any, at: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from _cited(part, (*at, str(number)))
    if not isinstance(value, dict):
        return
    for key, part in value.items():
        if key in _SOURCE_KEYS and at:
            for cited in part if isinstance(part, list) else [part]:
                if isinstance(cited, str):
                    yield (*at, key), cited
        else:
            yield from _cited(part, (*at, key))


def _lonely_translations(loaded: Loaded) -> Iterator[Problem]:
    languages = loaded.pack.manifest.languages
    for key, by_language in loaded.pack.questions.items():
        for missing in [language for language in languages if language not in by_language]:
            yield Problem(
                where=loaded.where("questions", key),
                what=f'the question "{key}" has no text in "{missing}"',
                why="A reader of that language would find the page gone.",
                do=f"Write questions/<name>.{missing}.md with the same key.",
            )


def _nowhere(where: str, kind: str, key: str, pointer: Pointer) -> Problem:
    return Problem(
        where=where,
        what=f'{" > ".join(pointer[:3])} names the {kind} "{key}", which no pack has',
        why=_WHY.get(kind, "A reader would be led to nothing."),
        do=f"Correct the key, or add the {kind}.",
    )


_WHY = {
    "source": "A fact without a source that can be opened is not shown.",
    "term": "Nobody who looks for this kind of help would find the service.",
    "place": "Nobody can tell whom this service is for.",
    "reason of inclusion": "Readers are told why something is listed or not; this one would have no words.",
    "code": "Whoever takes our records over could not tell what kind of help this is.",
    "saying": "The grid would have an answer in a column that is not there.",
    "local matter": "Readers would not be told that this is not known.",
    "claim": "A statement would stand there with nothing behind it.",
    "review cycle": "The program could not tell when this fact is too old to trust.",
}
