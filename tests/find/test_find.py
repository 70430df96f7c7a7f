"""What find answers: shape, order, banners, places, people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.desk.find import FindIndex, find, make_index
from waypost.desk.find_place import placed, serves
from waypost.desk.guide import Guide
from waypost.model.directory import Directory, Language, Listing, Location, Organization, Service, Shown
from waypost.model.evidence import Freshness, Verification, VerificationState
from waypost.model.need import Found, Lexicon, NeedWords, Wanted
from waypost.model.pack import Manifest, Pack
from waypost.model.place import Area, Places, Town
from waypost.rules.eligibility import fit

AT = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("America/New_York"))
Ask = Callable[..., Found]


@pytest.fixture(scope="module")
def ask(guide: Guide) -> Ask:
    """Ask New Milford's guide."""

    def asked(words: str, **options: object) -> Found:
        return find(guide.pack, guide.directory, guide.index, words, **({"at": AT} | options))  # type: ignore[arg-type]

    return asked


def listing(key: str, serves: tuple[str, ...] = ("here",), **more: object) -> Listing:
    """A listing that says only what matters."""
    service = Service(
        key=key,
        slug=key,
        name=key,
        status="active",
        description="",
        kinds=("food",),
        serves=serves,
        verification=Verification(VerificationState.seen_on_page),
        sources=(),
        url="https://example.org",
    )
    service = msgspec.structs.replace(service, **more)
    return Listing(key, service, Organization("org", "org", "Org", ()), Shown(Freshness.fresh, None))


PLACES = Places(
    home="here",
    towns={
        "here": Town("Here", "CT", 41.5, -73.4, areas=("county",), perhaps=("valley",)),
        "far": Town("Far", "CT", 41.9, -73.0, areas=("state",)),
    },
    areas={"county": Area({}, ("state",)), "valley": Area({}), "state": Area({})},
)
LEXICON = Lexicon(needs={"food": NeedWords({"en": "Food"}, {"food": 100}, {"en": ("food",)})})


def small(*listings: Listing) -> tuple[Pack, Directory, FindIndex]:
    """A guide of a few listings."""
    pack = Pack(Manifest("small", {}), ("small",), places=PLACES, lexicon=LEXICON)
    directory = Directory(tuple(sorted(listings, key=lambda one: one.key)))
    return pack, directory, make_index(pack, directory)


def order(*listings: Listing, words: str = "food", **options: object) -> list[str]:
    """The keys in the order of find."""
    pack, directory, index = small(*listings)
    found = find(pack, directory, index, words, **({"at": AT} | options))  # type: ignore[arg-type]
    return [result.key for result in found.results]


def test_the_contract_is_kept(ask: Ask) -> None:
    """Every field of the contract is there, also where it is null."""
    found = msgspec.json.decode(msgspec.json.encode(ask("my husband hits me, i need a shelter")))
    assert {"query_language", "on", "danger", "banners", "results", "answers"} <= set(found)
    assert {"key", "name", "phones", "why", "deadline_hours"} <= set(found["banners"][0])
    assert set(found["results"][0]) >= {
        *("key", "id", "kind", "name", "organization", "place", "phones", "score", "distance_miles"),
        *("open", "opens_next", "verification", "reasons"),
    }
    assert set(found["banners"][0]["phones"][0]) == {"number", "language", "kind"}
    assert set(found["results"][0]["verification"]) == {"state", "on", "due"}


def test_trafficking_has_two_doors(ask: Ask) -> None:
    """A counselor whose talk is privileged, and the line."""
    found = ask("my boyfriend takes my money and makes me see men")
    assert [b.key for b in found.banners if b.sign == "trafficking"] == [
        "svc-sa-hotline-ct",
        "svc-nht-hotline",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "im 15 and my stepdad touches me",
        "tengo 16 años y mi mamá me pega",
        "will dcf take my kids if i leave him",
        "tengo miedo de que me quiten a mis hijos",
    ],
)
def test_some_are_never_sent_to_child_protection_or_police_first(ask: Ask, words: str) -> None:
    """A young person asking for herself, and a parent afraid of losing children."""
    keys = [banner.key for banner in ask(words).banners]
    assert keys
    assert not {"svc-dcf-careline", "svc-911", "svc-nmpd-nonemergency"} & set(keys)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("condom broke", 72),
        ("condom broke yesterday", 48),
        ("se me rompió el condón hace dos días", 24),
        ("condom broke 10 hours ago", 62),
        ("condom broke 4 days ago", None),
    ],
)
def test_the_deadline_is_counted_from_the_words(ask: Ask, words: str, hours: int | None) -> None:
    """Seventy-two hours less what has passed; once they are over the sign is gone."""
    left = [banner.deadline_hours for banner in ask(words).banners if banner.sign == "pep_window"]
    assert left[:1] == ([] if hours is None else [hours])


def test_solicitation_gets_no_provider_and_a_word_of_why(ask: Ask) -> None:
    """Law, safety and the way out, and nothing else."""
    found = ask("hookers near route 7")
    assert (found.seeking, found.results, found.banners) == (True, (), ())
    assert found.notice


@pytest.mark.parametrize(
    ("words", "language"),
    [("food today", "en"), ("comida hoy", "es"), ("narcan cerca de danbury ahora", "es"), ("xyzzy", None)],
)
def test_the_language_of_the_query(ask: Ask, words: str, language: str | None) -> None:
    """Told by its words; unknown stays unknown."""
    assert ask(words).query_language == language


def test_places_are_read_from_the_words_and_from_near(ask: Ask) -> None:
    """A town or ZIP code in the words counts; what is asked for with near counts more."""
    assert ask("food in danbury").near == "Danbury"
    assert ask("food 06810").near == "Danbury"
    assert ask("food in danbury", near="Torrington").near == "Torrington"


def test_a_town_of_the_same_name_elsewhere_is_said_to_be_elsewhere(ask: Ask) -> None:
    """New Milford in New Jersey is not ours."""
    assert ask("food pantry new milford nj").notice


def test_a_place_that_nobody_knows_is_said(ask: Ask) -> None:
    """The place is named back, results are for everywhere, and known places are listed."""
    found = ask("food", near="Atlantis")
    assert (found.near, found.near_unknown) == (None, "Atlantis")
    assert found.notice
    assert "Atlantis" in found.notice
    assert "Danbury" in found.notice
    assert found.results
    for other in ("New Milford NJ", "Milford CT"):
        found = ask("food", near=other)
        assert (found.near, found.near_unknown) == (None, None)
        assert found.notice


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("food on sunday", None),
        ("food monday", "2026-11-23T12:00"),
        ("comida el sábado", "2026-11-28T12:00"),
        ("food tomorrow", "2026-11-23T12:00"),
        ("raped last night, sunday", None),
        ("comida ahora", None),
    ],
)
def test_a_day_in_the_words_moves_the_hours(ask: Ask, words: str, at: str | None) -> None:
    """Open or closed is told for the day that is named; in danger, and for what is past, for now."""
    assert ask(words).at == at


def test_tonight_is_eight_until_it_is_later(ask: Ask) -> None:
    """At noon "tonight" means eight in the evening; at ten at night it means now."""
    noon = AT.replace(hour=12)
    assert ask("food tonight", at=noon).at == "2026-11-22T20:00"
    assert ask("food tonight").at is None


def test_unknown_is_kept_apart_and_never_left_out() -> None:
    """F6: of three services, one says yes, one says no, one says nothing."""
    free, paid, silent = listing("free", cost="free"), listing("paid", cost="paid"), listing("silent")
    pack, directory, index = small(free, paid, silent)
    found = find(pack, directory, index, "food", at=AT, wanted=Wanted(free=True))
    assert [result.key for result in found.results] == ["free", "silent"]
    assert found.unsure == ("silent",)
    assert found.left_out == 1
    assert {c.name: (c.sure, c.unknown) for c in found.choices}["free"] == (1, 1)


@pytest.mark.parametrize(
    ("wanted", "yes", "no"),
    [
        (Wanted(walk_in=True), {"access": ("walk_in",)}, {"access": ("appointment",)}),
        (Wanted(no_id=True), {"no_id_needed": True}, {"no_id_needed": False}),
        (Wanted(language="es"), {"languages": (Language("es"),)}, {"languages": (Language("pt"),)}),
        (
            Wanted(within=5),
            {"locations": (Location("near", "", latitude=41.5, longitude=-73.4),)},
            {"locations": (Location("off", "", latitude=41.9, longitude=-73.0),)},
        ),
    ],
)
def test_each_way_to_narrow_has_three_values(wanted: Wanted, yes: dict[str, Any], no: dict[str, Any]) -> None:
    """What the record says decides; what it does not say is kept apart."""
    pack, directory, index = small(listing("yes", **yes), listing("no", **no), listing("silent"))
    found = find(pack, directory, index, "food", at=AT, wanted=wanted)
    assert [result.key for result in found.results] == ["yes", "silent"]
    assert found.unsure == ("silent",)


def test_a_confidential_place_is_at_no_distance() -> None:
    """P17: asked for what is near, a confidential place is "not known", however near it is."""
    hidden = Location("loc-hidden", "", latitude=41.5, longitude=-73.4, confidential=True)
    pack, directory, index = small(listing("x", locations=(hidden,)))
    found = find(pack, directory, index, "food", at=AT, wanted=Wanted(within=5))
    assert found.unsure == ("x",)
    assert found.results[0].distance_miles is None


def test_a_banner_is_never_narrowed_away(ask: Ask) -> None:
    """In danger the first doors stand there whatever was ticked."""
    plain = ask("my husband hits me")
    assert ask("my husband hits me", wanted=Wanted(free=True, within=5, no_id=True)).banners == plain.banners


def test_reasons_are_in_the_language_of_the_answer(ask: Ask) -> None:
    """Spanish words get Spanish reasons, and a wanted language goes before."""
    assert ask("comida").results[0].reasons[0].startswith("Ayuda con")
    assert ask("comida", language="en").results[0].reasons[0].startswith("Helps with")


def test_service_area_goes_before_distance() -> None:
    """A service that serves the town stands before a nearer one that does not."""
    near = Location("loc-near", "", latitude=41.5, longitude=-73.4)
    away = Location("loc-away", "", latitude=41.9, longitude=-73.0)
    assert (
        order(listing("a", ("elsewhere",), locations=(near,)), listing("b", ("state",), locations=(away,)))[0]
        == "b"
    )


@settings(max_examples=60, deadline=None)
@given(st.floats(40, 43), st.floats(-75, -71), st.floats(40, 43), st.floats(-75, -71))
def test_no_distance_ever_outweighs_the_area(a: float, b: float, c: float, d: float) -> None:
    """Whatever the points, serving the town comes first, then perhaps serving it, then not."""
    mine = listing("mine", locations=(Location("m", "", latitude=a, longitude=b),))
    perhaps = listing("perhaps", ("valley",), locations=(Location("p", "", latitude=41.5, longitude=-73.4),))
    other = listing("a-other", ("nowhere",), locations=(Location("o", "", latitude=c, longitude=d),))
    assert (
        placed(PLACES, mine, "here").area
        > placed(PLACES, perhaps, "here").area
        > placed(PLACES, other, "here").area
    )
    keys = order(mine, perhaps, other)
    assert keys.index("mine") < keys.index("a-other")
    assert keys.index("perhaps") < keys.index("a-other")


def test_unknown_areas_are_not_a_no() -> None:
    """Serving, not serving, and not known are three things."""
    assert serves(PLACES, listing("x", ("state",)), "here") is True
    assert serves(PLACES, listing("x", ("valley",)), "here") is None
    assert serves(PLACES, listing("x", ()), "here") is None
    assert serves(PLACES, listing("x", ("far",)), "here") is False


def test_a_confidential_place_has_no_distance() -> None:
    """Neither miles nor the name of the place."""
    hidden = Location("loc-hidden", "", latitude=41.6, longitude=-73.3, confidential=True)
    place = placed(PLACES, listing("x", locations=(hidden,)), "here")
    assert (place.tenths, place.location) == (None, None)


def test_equal_services_are_in_the_order_of_their_keys() -> None:
    """Ties are never left to chance."""
    assert order(listing("c"), listing("a"), listing("b")) == ["a", "b", "c"]


def test_what_cannot_be_reached_or_is_not_confirmed_stands_lower() -> None:
    """No contact at all goes last; an unconfirmed core goes after a confirmed one."""
    assert order(listing("a", url=None), listing("b", core_unverified=True), listing("c")) == ["c", "b", "a"]


def test_age_limits_are_kept_and_unknown_age_is_not_a_no() -> None:
    """A known limit excludes a known age, nothing else does."""
    young = listing("young", maximum_age=17).service
    assert [fit(young, age, ()) for age in (16, 19, None)] == ["yes", "no", "unknown"]
    assert fit(listing("x").service, 19, ()) == "unknown"
    assert fit(listing("x", not_for=("men",)).service, None, ("men",)) == "no"


@settings(max_examples=150, deadline=None)
@given(
    words=st.one_of(
        st.text(max_size=400), st.text(alphabet="abcñé'\"*|_=#@(){}[]-0123456789 \x00😀\u202e", max_size=3000)
    )
)
def test_any_words_are_answered(guide: Guide, words: str) -> None:
    """Length, NUL, emoji, right-to-left marks and operators bring an answer, not an error."""
    found = find(guide.pack, guide.directory, guide.index, words, at=AT)
    assert msgspec.json.encode(found)
