"""Where places are: drawn and said alike, and never of a place that is confidential."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from tests.site.made_up import directory, pack, service
from tests.site.made_up import guide as made_up
from waypost.desk.guide import Guide
from waypost.model.directory import Directory, Listing, Location
from waypost.model.place import Places, Town
from waypost.site.drawn import scene
from waypost.site.mapped import TownMap, direction, map_of
from waypost.site.pages.services import pages
from waypost.site.whither import with_targets

TOWNS = {
    "milltown": Town("Milltown", "CT", 41.5, -73.4),
    "deerford": Town("Deerford", "CT", 41.4, -73.4),
    "ashby": Town("Ashby", "CT", 41.6, -73.2),
    "far": Town("Far", "CT", 45.0, -70.0),
}


def guide_of(**location: Any) -> Guide:
    """A guide of one service at one place."""
    at = {
        "key": "loc-x",
        "name": "X",
        "town": "deerford",
        "addresses": [{"city": "Deerford", "state_province": "CT", "address_1": "1 Elm Street"}],
    } | location
    made = directory([service(locations=[at])])
    return made_up(pack=pack(places=Places("milltown", TOWNS)), directory=made)


def drawn_map(guide: Guide, language: str = "en") -> TownMap | None:
    """The map of all its services."""
    return map_of(guide.directory.listings, scene(guide, language))


def test_a_map_says_in_words_what_it_draws() -> None:
    """Miles, direction and town stand beside the drawing, in the reader's language."""
    found = drawn_map(guide_of())
    assert found is not None
    assert found.lines == ("About 7 miles south of Milltown, in Deerford.",)
    spanish = drawn_map(guide_of(), "es")
    assert spanish is not None
    assert spanish.lines == ("A unas 7 millas al sur de Milltown, en Deerford.",)
    assert {(dot.name, dot.state) for dot in found.dots} >= {("Deerford", "marked"), ("Milltown", "home")}


def test_north_is_up_and_east_is_right() -> None:
    """The marked town lies on the drawing where it lies on the land; towns off the drawing are not on it."""
    found = drawn_map(guide_of())
    assert found is not None
    at = {dot.name: (dot.x, dot.y) for dot in found.dots}
    assert at["Deerford"][1] > at["Milltown"][1]
    assert "Far" not in at
    assert all(0 <= x <= 320 and 0 <= y <= found.high for x, y in at.values())


@pytest.mark.parametrize(
    ("latitude", "longitude", "way"),
    [
        (42, -73.4, "north"),
        (41, -73.4, "south"),
        (41.5, -73, "east"),
        (41.5, -74, "west"),
        (42, -72.73, "northeast"),
    ],
)
def test_eight_ways(latitude: float, longitude: float, way: str) -> None:
    """The way from the middle of town, by the compass."""
    assert direction(TOWNS["milltown"], Town("T", "CT", latitude, longitude)) == way


def test_a_place_in_town_needs_no_miles() -> None:
    """A place in the reader's own town is said to be there."""
    found = drawn_map(guide_of(town="milltown"))
    assert found is not None
    assert found.lines == ("In Milltown.",)


def _with(guide: Guide, locations: tuple[Location, ...]) -> list[Listing]:
    return [
        msgspec.structs.replace(each, service=msgspec.structs.replace(each.service, locations=locations))
        for each in guide.directory.listings
    ]


def test_a_confidential_place_is_on_no_map() -> None:
    """P17: neither a map nor a distance is given for a confidential place, even if it came past ``publish``."""
    guide = guide_of()
    shown = guide.directory.listings[0].service.locations
    hidden = tuple(msgspec.structs.replace(each, confidential=True) for each in shown)
    at = scene(guide, "en")
    assert map_of(_with(guide, shown), at) is not None
    assert map_of(_with(guide, hidden), at) is None
    veiled = tuple(
        msgspec.structs.replace(
            each, addresses=tuple(msgspec.structs.replace(a, confidential=True) for a in each.addresses)
        )
        for each in shown
    )
    assert map_of(_with(guide, veiled), at) is None


def test_the_page_of_a_confidential_place_says_no_miles() -> None:
    """P17: its page has no map."""
    guide = guide_of(confidential=True)
    listing = guide.directory.listings[0]
    assert listing.service.locations == ()
    contents: Any = [page.content for page in pages(guide, "en") if page.kind == "service"]
    assert [content.map for content in contents] == [None]


def test_without_a_place_of_its_own_a_guide_has_no_maps() -> None:
    """Where the pack names no home town there is nothing to measure from."""
    guide = made_up(pack=pack(places=Places(None, TOWNS)))
    assert drawn_map(guide) is None
    assert map_of(Directory(()).listings, scene(guide_of(), "en")) is None


def test_names_on_a_map_cover_no_other(guide: Guide) -> None:
    """On the real map no two names overlap, and each lies inside the drawing."""
    found = drawn_map(guide)
    assert found is not None
    boxes = []
    for dot in found.dots:
        if dot.name:
            wide = len(dot.name) * 7.4
            left = dot.x + 7 if dot.anchor == "start" else dot.x - 7 - wide
            boxes.append((left, dot.y - 6.5, left + wide, dot.y + 6.5))
    assert len(boxes) > 7
    assert all(box[0] >= 0 and box[2] <= 320 for box in boxes)
    for number, a in enumerate(boxes):
        for b in boxes[number + 1 :]:
            assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_links_say_on_paper_where_they_lead() -> None:
    """A page of the guide by its short path, one elsewhere by host and path; numbers speak for themselves."""
    html = (
        '<a href="../"></a><main><a class="x" href="../../s/abc234/index.html">a</a>'
        '<a href="https://www.clinic.example/hours?x=1" rel="noreferrer">b</a>'
        '<a href="tel:+1">c</a><a href="#note-1">d</a></main><a href="../"></a>'
    )
    found = with_targets(html, "/es/o/x/")
    assert re.findall(r'data-to="([^"]*)"', found) == ["/es/s/abc234/", "clinic.example/hours"]
    assert with_targets("no main", "/") == "no main"
