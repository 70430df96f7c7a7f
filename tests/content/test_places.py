"""The gazetteer: towns, their ZIP codes and areas, and the places that only sound like ours."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from waypost.model.need import Lexicon
from waypost.model.pack import Pack
from waypost.rules.need import understand


def test_towns(pack: Pack) -> None:
    """There are 27 towns with points near New Milford, and home is one of them."""
    places = pack.places
    assert places.home == "new-milford"
    assert len(places.towns) == 27
    assert all(41 < t.latitude < 42 and -74 < t.longitude < -73 for t in places.towns.values())
    assert all(t.source in pack.sources for t in places.towns.values())


def test_zip_codes(pack: Pack) -> None:
    """ZIP codes are five digits with their leading zero, and belong to one town each."""
    codes = [code for town in pack.places.towns.values() for code in town.zips]
    assert [code for code in codes if not re.fullmatch(r"\d{5}", code)] == []
    assert [code for code, times in Counter(codes).items() if times > 1] == []
    assert len(codes) == 27 + 6


def test_areas(pack: Pack) -> None:
    """Towns lie in areas that exist, surely or perhaps but not both, and areas end at the widest one."""
    places = pack.places
    for key, town in places.towns.items():
        assert {*town.areas, *town.perhaps} <= places.areas.keys() | places.towns.keys(), key
        assert not set(town.areas) & set(town.perhaps), key
        assert f"us-{town.state.lower()}" in town.areas, key
    for key in places.areas:
        ways, steps = {key}, 0
        while ways and steps < 10:
            ways = {upper for way in ways for upper in places.areas[way].within}
            steps += 1
        assert steps < 10, f"{key} lies in itself"


def test_area_names_in_both_languages(pack: Pack) -> None:
    """Areas and places elsewhere have a name in both languages."""
    for key, name in [(k, a.name) for k, a in pack.places.areas.items()] + [
        (k, e.name) for k, e in pack.places.elsewhere.items()
    ]:
        assert set(name) == {"en", "es"}, key
    assert all(set(e.say) == {"en", "es"} for e in pack.places.elsewhere.values())


@pytest.mark.parametrize(
    ("words", "elsewhere", "town"),
    [
        ("testing in new milford nj", "new-milford-nj", None),
        ("New Milford, Pennsylvania", "new-milford-pa", None),
        ("help in 06460", "milford-ct", None),
        ("washington dc", "washington-dc", None),
        ("new milford ct", None, "new-milford"),
        ("new milford connecticut", None, "new-milford"),
        ("06776", None, "new-milford"),
        ("sandy hook", None, "newtown"),
        ("new preston", None, "washington"),
        ("food in gaylordsville", None, "gaylordsville"),
        ("pawling ny", None, "pawling-ny"),
        ("06811", None, "danbury"),
    ],
)
def test_sound_alikes(pack: Pack, words: str, elsewhere: str | None, town: str | None) -> None:
    """A place that only sounds like ours is told from ours."""
    need = understand(words, Lexicon(), pack.places)
    assert (need.elsewhere, need.town) == (elsewhere, town)
