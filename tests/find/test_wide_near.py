"""The nearest of very many services, wherever one asks from: the same as if each distance had been measured."""

from __future__ import annotations

import math
from random import Random

import pytest

from waypost.search.wide import Question, WideIndex
from waypost.search.wide_entry import Entry, around, cells_of

ON = 739_942


def entry(number: int, point: tuple[float, float], language: str) -> Entry:
    """A service at a point."""
    name = f"s{number}"
    return Entry(name, name, name, "name", "", "", "name", languages=(language,), points=(point,))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> tuple[WideIndex, dict[str, tuple[float, float]]]:
    """Many in one town, a few in others, some alone, one beyond the line where days change."""
    random = Random(5)
    points = [(41.5 + random.gauss(0, 0.02), -73.4 + random.gauss(0, 0.02)) for _ in range(300)]
    points += [(random.uniform(25, 49), random.uniform(-123, -68)) for _ in range(60)]
    points += [(64.8, -147.7), (13.4, 144.7), (0.0, 0.0), (-14.3, -170.7)]
    index = WideIndex(tmp_path_factory.mktemp("near"))
    entries = [entry(n, point, ("en", "es")[n % 2]) for n, point in enumerate(points)]
    assert index.write(entries, None, "here", (0, 0))
    return index, {e.slug: e.points[0] for e in entries if e.languages == ("es",)}


@pytest.mark.parametrize(
    "here", [(41.5, -73.4), (41.9, -73.4), (30.0, -100.0), (64.8, -147.0), (0.05, -0.05)]
)
def test_the_nearest_are_the_nearest(
    crowd: tuple[WideIndex, dict[str, tuple[float, float]]], here: tuple[float, float]
) -> None:
    """In a crowd, at its edge and where nobody is, the first twenty are those that a measure of all finds."""
    index, points = crowd

    def away(point: tuple[float, float]) -> float:
        return math.hypot(point[0] - here[0], (point[1] - here[1]) * math.cos(math.radians(here[0])))

    wanted = sorted(map(away, points.values()))[:20]
    found = index.nearest(Question(on=ON, near=here, must={"language": ("es",)}), 20)
    assert [math.sqrt(off) for _, off in found] == pytest.approx(wanted, abs=1e-5)


def test_every_place_within_reach_lies_in_a_cell_that_is_looked_at() -> None:
    """However far one looks, a point that near lies in one of the cells, of which there are never very many."""
    random = Random(6)
    for _ in range(2_000):
        here = random.uniform(-60, 70), random.uniform(-179, 179)
        far = random.choice((1, 3, 8, 9, 30, 80, 81, 400))
        there = tuple(at + random.uniform(-far, far) / 10 for at in here)
        cells = set(around(*here, far))
        assert cells & set(cells_of(*there))
        assert len(cells) <= 400


def test_an_answer_is_the_candidates_and_the_counts(
    crowd: tuple[WideIndex, dict[str, tuple[float, float]]],
) -> None:
    """Asked for both at once, they are what they are when asked for one by one."""
    index, _ = crowd
    asked = Question(on=ON, tokens=("name",), near=(41.5, -73.4))
    hits, counts = index.answer(asked, 20)
    assert hits == index.hits(asked, 20)
    assert counts == index.counts(asked)
    assert sum(counts["language"].values()) == index.total(asked) >= 300
