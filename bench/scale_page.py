"""What was measured as a page for people: a table for each number of services, and one picture.

The picture is SVG text, drawn here: no library of plots is needed for dots on a line. Its colors change with the
reader's own choice of light or dark; each engine has a shape too, for whoever tells no colors apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engines import ASKED

DOCS = Path(__file__).resolve().parents[1] / "docs"
LIMITS = {
    "words + place + 3 filters + 4 counts": (12, 36),
    "words + 3 filters + 4 counts, anywhere": (30, 65),
    "nearest first": (8, 30),
    "open now, near": (5, 20),
    "beginning of a word": (1, 3),
    "by slug": (0.05, 0.1),
}
"""What we ask of ourselves for a million services: median and 95th percentile in milliseconds."""
SHAPES = {"Waypost": "circle", "SQLite FTS5": "square", "PostgreSQL": "diamond", "datasette": "triangle"}
WIDTH, LEFT, RIGHT, TOP, ROW, GAP = 860, 310, 30, 92, 22, 34
LEAST, MOST = 0.001, 10_000
STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1c2430 } .small { font-size: 12px } .head { font-weight: 600 }
.back { fill: #ffffff } .line { stroke: #c9ced6 } .limit { stroke: #1c2430; stroke-dasharray: 4 3 }
.e0 { fill: #0b5c8a } .e1 { fill: #a8480a } .e2 { fill: #5b3c96 } .e3 { fill: #3d6b1f }
@media (prefers-color-scheme: dark) {
text { fill: #e8ebf0 } .back { fill: #14181f } .line { stroke: #3b4452 } .limit { stroke: #e8ebf0 }
.e0 { fill: #6cc0f0 } .e1 { fill: #f0a060 } .e2 { fill: #bba2f0 } .e3 { fill: #9fd070 } }
"""


def tables(every: list[Any]) -> str:
    """A table for each number of services."""
    return "\n".join(table([f for f in every if f.count == n]) for n in sorted({f.count for f in every}))


def table(figures: list[Any]) -> str:
    """One table: a row for each question, a column for each engine."""
    names = [f.engine for f in figures]
    ours, most = figures[0], figures[0].count == 1_000_000
    lines = [
        f"### {ours.count:,} services",
        "",
        f"| | {' | '.join(names)} |{' we ask at most |' if most else ''}",
    ]
    lines.append("|---|" + "---:|" * (len(names) + most))
    for at, name in enumerate(ASKED):
        cells = [
            written(f.asked[at]) + (f" ({ratio(f, ours, at)})" if f is not ours else "") for f in figures
        ]
        limit = f" {LIMITS[name][0]} / {LIMITS[name][1]} |" if most else ""
        lines.append(f"| {name} | {' | '.join(cells)} |{limit}")
    rest = (
        ("built in, s", "built", " 300 |"),
        ("on disk, MiB", "disk", " |"),
        ("memory at most, MiB", "memory", " 1,024 |"),
    )
    for name, field, limit in rest:
        cells = [f"{getattr(f, field):,.0f}" for f in figures]
        lines.append(f"| {name} | {' | '.join(cells)} |{limit if most else ''}")
    return "\n".join(lines) + "\n"


def ratio(one: Any, ours: Any, at: int) -> str:
    """How many times as long as ours."""
    times = one.asked[at][0] / ours.asked[at][0]
    return f"{times:,.0f}x" if times >= 10 else f"{times:.1f}x"


def written(times: tuple[float, float]) -> str:
    """Median and 95th percentile, with as many digits as mean anything."""
    return " / ".join(f"{t:,.0f}" if t >= 100 else f"{t:.1f}" if t >= 1 else f"{t:.2g}" for t in times)


def picture(figures: list[Any]) -> str:
    """The medians of one number of services as shapes on a line for each question; a bar reaches to the 95th percentile."""
    count = figures[0].count
    bottom = TOP + len(ASKED) * (GAP + ROW * len(figures) // 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 50}" role="img" aria-labelledby="t">',
        f'<title id="t">Milliseconds for a search among {count:,} services, by engine</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="back" width="{WIDTH}" height="{bottom + 50}"/>',
        f'<text class="head" x="20" y="28">Milliseconds for a search among {count:,} services</text>',
        '<text class="small" x="20" y="48">Shape: median. Bar: to the 95th percentile. '
        "Dashed: the median that we allow ourselves. Farther left is better.</text>",
        *legend(figures),
        *scale(bottom),
    ]
    for at, name in enumerate(ASKED):
        parts += row(at, name, figures, count)
    return "\n".join([*parts, "</svg>"]) + "\n"


def legend(figures: list[Any]) -> Iterable[str]:
    """Which shape is whose."""
    for at, figure in enumerate(figures):
        x = 26 + 150 * at
        yield shape(SHAPES[figure.engine], x, 68, at)
        yield f'<text class="small" x="{x + 12}" y="72">{figure.engine}</text>'


def scale(bottom: int) -> Iterable[str]:
    """A line for each power of ten."""
    for power in range(round(math.log10(LEAST)), round(math.log10(MOST)) + 1):
        at = across(10.0**power)
        yield f'<line class="line" x1="{at:.1f}" y1="{TOP - 6}" x2="{at:.1f}" y2="{bottom}"/>'
        yield f'<text class="small" x="{at:.1f}" y="{bottom + 20}" text-anchor="middle">{10.0**power:,g}</text>'


def row(at: int, name: str, figures: list[Any], count: int) -> Iterable[str]:
    """One question: the shapes of all engines, one below another."""
    high = GAP + ROW * len(figures) // 2
    top = TOP + at * high
    yield f'<text x="20" y="{top + high / 2:.1f}">{name}</text>'
    if count == 1_000_000:
        x = across(LIMITS[name][0])
        yield f'<line class="limit" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + high - 12}"/>'
    for place, figure in enumerate(figures):
        y = top + 8 + place * (high - 20) / len(figures)
        median, late = (across(t) for t in figure.asked[at])
        yield f'<rect class="e{place}" x="{median:.1f}" y="{y - 1:.1f}" width="{max(late - median, 0):.1f}" height="2"/>'
        yield shape(SHAPES[figure.engine], median, y, place)


def across(milliseconds: float) -> float:
    """Where a time lies: as far to the right as it has digits."""
    share = math.log10(min(max(milliseconds, LEAST), MOST) / LEAST) / math.log10(MOST / LEAST)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def shape(kind: str, x: float, y: float, at: int) -> str:
    """A small shape of one engine."""
    if kind == "circle":
        return f'<circle class="e{at}" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
    points = {
        "square": ((-5, -5), (5, -5), (5, 5), (-5, 5)),
        "diamond": ((0, -7), (7, 0), (0, 7), (-7, 0)),
        "triangle": ((0, -7), (7, 6), (-7, 6)),
    }[kind]
    return f'<polygon class="e{at}" points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in points)}"/>'


BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write(every: list[Any]) -> None:
    """Put the tables into docs/scale.md between its marks, and the picture of the largest number beside it."""
    page = DOCS / "scale.md"
    before, rest = page.read_text().split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{tables(every)}\n{END}{rest.split(END)[1]}")
    largest = max(f.count for f in every)
    (DOCS / "pictures" / "scale.svg").write_text(picture([f for f in every if f.count == largest]))
