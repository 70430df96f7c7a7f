"""A fact that was typed instead of drawn is found in every kind of running text, in either language."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest
from tests.site import made_up

from waypost.check import names, typed
from waypost.desk.guide import Guide
from waypost.model.evidence import Problem

FACTS = {
    "phone": ("Call 203-555-0142 now.", "Llame al 203-555-0142 ahora."),
    "address": ("Go to 12 Elm Street first.", "Vaya primero a 12 Elm Street."),
    "hours": ("It closes at 4:30 p.m. today.", "Hoy cierra a las 4:30 p. m."),
    "fine": ("The fine is $2,000.", "La multa es de $2,000."),
    "citation": ("See section 53a-999z.", "Vea la sección 53a-999z."),
    "penalty": ("It brings up to one year in jail.", "Trae hasta un año de cárcel."),
    "name": ("Ask Quiet Clinic about it.", "Pregunte en Quiet Clinic."),
}
PLACES = ("question", "summary", "route", "wording", "claim")


def test_t1_nothing_is_typed(guide: Guide) -> None:
    """T1: no question, route, word of the screens or claim of the guide types a fact that should be drawn."""
    assert _found(guide) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", FACTS)
def test_t1_a_typed_fact_is_found(kind: str, place: str) -> None:
    """T1: each kind of fact, typed into each kind of text, is an error with where and words, in both languages."""
    assert _found(_guide()) == []
    for code, said in zip(("en", "es"), FACTS[kind], strict=True):
        found = _found(_planted(place, code, said))
        if kind == "penalty" and place == "claim":
            assert found == []
            continue
        assert len(found) == 1
        assert code in found[0].where.replace(".", " ").replace(",", " ").split()
        words = "Quiet Clinic" if kind == "name" else said.rstrip(".")
        assert words in found[0].what or f"the {kind} " in found[0].what


def test_t1_the_line_is_told() -> None:
    """T1: in an answer the line of the text is named."""
    told = _found(_planted("question", "en", FACTS["fine"][0]))[0]
    question = _guide().pack.questions
    lines = len(next(iter(question.values()))["en"].body.splitlines())
    assert f"line {lines + 1} of its text" in told.where


def test_what_others_say_may_be_quoted_and_what_is_drawn_may_stand() -> None:
    """Words in quotation marks are those of others; what is drawn has no figures of its own."""
    for said in ('Others say "up to one year in jail".', "Call {phone:svc-line}.[^c-law]", "It has class."):
        assert _found(_planted("question", "en", said)) == []


def _found(guide: Guide) -> list[Problem]:
    return [*typed.typed(guide), *names.typed(guide)]


def _guide() -> Guide:
    """The made-up guide, with the organizations of its records."""
    guide = made_up.guide()
    known = {each.organization.key: each.organization for each in guide.directory.listings}
    return dataclasses.replace(guide, pack=msgspec.structs.replace(guide.pack, organizations=known))


def _planted(place: str, code: str, said: str) -> Guide:
    """The made-up guide with a sentence more in one text."""
    guide = _guide()
    pack = guide.pack
    changed: dict[str, Any]
    if place in ("question", "summary"):
        key, asked = next(iter(pack.questions.items()))
        field = {"question": "body", "summary": "summary"}[place]
        text = f"{getattr(asked[code], field).rstrip()}\n{said}"
        one = {**asked, code: msgspec.structs.replace(asked[code], **{field: text})}
        changed = {"questions": {**pack.questions, key: one}}
    elif place == "route":
        key, turn = next(iter(pack.routes.items()))
        changed = {
            "routes": {**pack.routes, key: msgspec.structs.replace(turn, say={**turn.say, code: said})}
        }
    elif place == "wording":
        changed = {"wording": {**pack.wording, code: {**pack.wording[code], "x.planted": said}}}
    else:
        claim = pack.claims["c-law"]
        planted = msgspec.structs.replace(claim, text={**claim.text, code: said})
        changed = {"claims": {**pack.claims, "c-law": planted}}
    return dataclasses.replace(guide, pack=msgspec.structs.replace(pack, **changed))
