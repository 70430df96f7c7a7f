"""More services than a page can hold: their words, kinds and places on disk, for the server's own search.

tantivy keeps the index and supplies candidates; it never decides the order that readers see. Whoever asks
scores the candidates with the same whole numbers as the page does (docs/find.md).
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import tantivy
from tantivy import Occur, Query

from waypost.model.evidence import Struct
from waypost.search.wide_entry import (
    CELL,
    COUNTED,
    MILLIONTHS,
    TEXTS,
    UNSAID,
    Entry,
    around,
    document,
    number_of,
    schema,
)  # fmt: skip

FORM = 3
"""Raised when the fields change: an index of another form is made anew."""
MOST = 500
"""Candidates at most: the scorer orders these."""
FEW = 64
AT_FIRST = 2_000
"""Places that are looked at without asking how many there are."""
FARTHEST = 900
"""Cells to the east and west beyond which everything is looked at."""
MEMORY = 128_000_000
"""Bytes that the writer may use before it writes."""


class Question(Struct):
    """What is looked for, on the day with the ordinal ``on``.

    ``kinds`` say how much each kind is worth, ``tokens`` are stems. ``areas`` are those that the reader is in,
    ``near`` a point and ``rings`` how many cells around it count. ``must`` names fields and the values of which
    one has to stand there, ``UNSAID`` among them where silence is no obstacle. ``every``: each word must stand.
    ``weeks`` are the numbers (``week``) of the hours that will do, ``NO_WEEK`` for whoever does not say theirs.
    """

    on: int
    tokens: tuple[str, ...] = ()
    kinds: dict[str, int] = {}
    areas: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    rings: int = 4
    must: dict[str, tuple[str, ...]] = {}
    weeks: frozenset[int] | None = None
    every: bool = False


class Hit(Struct):
    """One candidate: what was kept of it, and the stems of its fields."""

    held: bytes
    name: str
    also: str
    body: str


class Stamp(Struct):
    """What an index was made from, so that whoever opens it knows what is missing."""

    form: int
    of: str
    version: tuple[int, ...]


class WideIndex:
    """The index in a folder. One process writes at a time; the others read what was last committed."""

    def __init__(self, folder: Path):
        self.folder = folder
        if self.stamp() is None:
            shutil.rmtree(folder, ignore_errors=True)
        (folder / "index").mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(schema(), path=str(folder / "index"))
        self._schema = self._index.schema
        self.refresh()

    def stamp(self) -> Stamp | None:
        """What the index was made from; None where it was never finished or is of another form."""
        try:
            stamp = msgspec.json.decode((self.folder / "stamp.json").read_bytes(), type=Stamp)
        except (OSError, msgspec.DecodeError):
            return None
        return stamp if stamp.form == FORM else None

    def refresh(self) -> None:
        """See what was committed last, also by another process."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def write(
        self, entries: Iterable[Entry], gone: Iterable[str] | None, of: str, version: tuple[int, ...]
    ) -> bool:
        """Take ``gone`` out, everything where that is None, and put entries in: all of it or nothing.

        False where another process writes: it does the same work.
        """
        try:
            writer = self._index.writer(MEMORY, num_threads=1)
        except ValueError:  # the lock is busy
            return False
        with writer:
            if gone is None:
                writer.delete_all_documents()
            for id_ in gone or ():
                writer.delete_documents_by_term("id", id_)
            for entry in entries:
                writer.add_document(document(entry))
            writer.commit()
        part = self.folder / "stamp.json.part"
        part.write_bytes(msgspec.json.encode(Stamp(FORM, of, version)))
        part.replace(self.folder / "stamp.json")
        self.refresh()
        return True

    @property
    def size(self) -> int:
        """How many services are in it."""
        return self._searcher.num_docs

    def spread(self, token: str) -> int:
        """In how many services a stem stands in any field, at most."""
        return max(self._searcher.doc_freq(field, token) for field in TEXTS)

    def hits(self, question: Question, most: int = MOST) -> list[Hit]:
        """The candidates, best first as far as tantivy can tell."""
        if question.weeks is None or question.near is None:
            return self._best(self._query(question), most)
        # Near a place there are few: their hours are looked at one by one, rather than gathered from everywhere.
        near = msgspec.structs.replace(question, weeks=None)
        addresses = [a for _, a in self._searcher.search(self._query(near), 8 * MOST, count=False).hits]
        weeks = self._searcher.fast_field_values("week", addresses)
        kept = [a for a, week in zip(addresses, weeks, strict=True) if week in question.weeks]
        return [_hit(self._searcher.doc(address)) for address in kept[:most]]

    def counts(self, question: Question, fields: Sequence[str] = COUNTED) -> dict[str, dict[str, int]]:
        """How many services fit, by the values of each field."""
        return self._counted(self._query(question), fields)

    def answer(
        self, question: Question, most: int = MOST, fields: Sequence[str] = COUNTED
    ) -> tuple[list[Hit], dict[str, dict[str, int]]]:
        """The candidates and the counts of one question, which is put into tantivy's words once for both."""
        if question.weeks is not None and question.near is not None:
            return self.hits(question, most), self.counts(question, fields)
        query = self._query(question)
        return self._best(query, most), self._counted(query, fields)

    def _best(self, query: Query, most: int) -> list[Hit]:
        found = self._searcher.search(query, most, count=False)
        return [_hit(self._searcher.doc(address)) for _, address in found.hits]

    def _counted(self, query: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": name, "size": 100}} for name in fields}
        told = self._searcher.aggregate(query, asked)
        return {
            name: {str(row["key"]): int(row["doc_count"]) for row in told[name]["buckets"]} for name in fields
        }

    def total(self, question: Question) -> int:
        """How many services fit."""
        return _count(self._searcher.search(self._query(question), 1))

    def nearest(self, question: Question, most: int) -> list[tuple[Hit, float]]:
        """The services with a known place that fit, the nearest first, each with its degrees squared away."""
        if question.near is None:
            return []
        here, bare = question.near, msgspec.structs.replace(question, near=None, areas=())
        east = 1 / max(math.cos(math.radians(here[0])), 0.01)
        far = 1.0
        while True:
            everywhere = far * east > FARTHEST
            cells = None if everywhere else around(*here, far, far * east)
            found = self._placed(self._query(bare, cells), here)
            if everywhere or (len(found) >= most and found[most - 1][0] <= (far / CELL) ** 2):
                break
            far = _farther(far, found, most)
        return [(_hit(self._searcher.doc(address)), off) for off, address in found[:most]]

    def _placed(self, query: Query, here: tuple[float, float]) -> list[tuple[float, tantivy.DocAddress]]:
        """All that fit and have a place, the nearest first."""
        found = self._searcher.search(query, AT_FIRST)
        if _count(found) > AT_FIRST:
            found = self._searcher.search(query, _count(found), count=False)
        addresses = [address for _, address in found.hits]
        if not addresses:
            return []
        points = zip(
            self._searcher.fast_field_values("latitude", addresses),
            self._searcher.fast_field_values("longitude", addresses),
            strict=True,
        )
        shrunk = math.cos(math.radians(here[0]))
        off = [
            math.inf
            if a is None or b is None
            else (a / MILLIONTHS - here[0]) ** 2 + ((b / MILLIONTHS - here[1]) * shrunk) ** 2
            for a, b in points
        ]
        order = sorted((far, at) for at, far in enumerate(off) if far < math.inf)
        return [(far, addresses[at]) for far, at in order]

    def starting(self, word: str, field: str = "starts", most: int = 8) -> list[str]:
        """The words of names (``starts``), or the stems of a field, that begin so."""
        return [term for term, _ in self._searcher.terms_with_prefix(field, word, limit=most)]

    def hours(self) -> list[str]:
        """Every text of hours that any service has."""
        return [term for term, _ in self._searcher.terms_with_prefix("hours", "{")]

    def by_slug(self, slug: str) -> Hit | None:
        """The service of that slug, or None."""
        found = self._searcher.search(self._term("slug", slug), 1, count=False).hits
        return _hit(self._searcher.doc(found[0][1])) if found else None

    def of_owner(self, slug: str) -> list[Hit]:
        """The services of the organization with that slug."""
        found = self._searcher.search(self._term("owner", slug), MOST, count=False).hits
        return [_hit(self._searcher.doc(address)) for _, address in found]

    def resting_on(self, ids: Iterable[str]) -> Iterator[Hit]:
        """The services that were made from any of these records."""
        numbers = sorted({number_of(id_) for id_ in ids})
        for start in range(0, len(numbers), MOST):
            query = Query.term_set_query(self._schema, "rests_on", numbers[start : start + MOST])
            for _, address in self._searcher.search(query, max(self.size, 1), count=False).hits:
                yield _hit(self._searcher.doc(address))

    def within(self, areas: Iterable[str], near: tuple[float, float] | None, rings: int) -> Iterator[Hit]:
        """The services of these areas or around a point, up to ten times as many as an answer weighs."""
        where = self._where(tuple(areas), near, rings)
        if where is not None:
            for _, address in self._searcher.search(where, 10 * MOST, count=False).hits:
                yield _hit(self._searcher.doc(address))

    def _query(self, question: Question, cells: list[str] | None = None) -> Query:
        parts = [(Occur.MustNot, self._hidden(question.on))]
        if cells is not None:
            parts.append((Occur.Must, _unscored(self._any("cell", cells))))
        if said := self._said(question):
            parts.append((Occur.Must, said))
        if question.areas or question.near:
            where = self._where(question.areas, question.near, question.rings)
            if where is not None:
                parts.append((Occur.Must, _unscored(where)))
        if question.weeks is not None:
            weeks = Query.term_set_query(self._schema, "week", sorted(question.weeks))
            parts.append((Occur.Must, _unscored(weeks)))
        for field, values in question.must.items():
            parts.append((Occur.Must, _unscored(self._any(field, values))))
        if len(parts) == 1:
            parts.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(parts)

    def _said(self, question: Question) -> Query | None:
        """The kinds and the words: any of them, or each word."""
        kinds = [Query.const_score_query(self._term("kind", k), float(w)) for k, w in question.kinds.items()]
        words = [self._word(token) for token in question.tokens]
        if question.every and words:
            words = [Query.boolean_query([(Occur.Must, word) for word in words])]
        either = [(Occur.Should, query) for query in (*kinds, *words)]
        return Query.boolean_query(either) if either else None

    def _word(self, token: str) -> Query:
        fields = [
            Query.boost_query(Query.term_query(self._schema, field, token, "freq"), weight)
            for field, weight in TEXTS.items()
        ]
        return Query.disjunction_max_query(fields)

    def _where(self, areas: Sequence[str], near: tuple[float, float] | None, rings: int) -> Query | None:
        """Serving one of the areas, or near; what serves nobody knows whom, nobody knows where, is not left out."""
        parts = []
        if areas:
            parts.append(self._any("area", areas))
            unsaid = [(Occur.Must, self._term(field, UNSAID)) for field in ("area", "cell")]
            parts.append(Query.boolean_query(unsaid))
        if near:
            parts.append(self._any("cell", around(*near, rings)))
        return Query.boolean_query([(Occur.Should, part) for part in parts]) if parts else None

    def _hidden(self, on: int) -> Query:
        """Hidden by the clock on that day: few, so these are looked up rather than all the others."""
        return Query.range_query(
            self._schema, "hide_on", tantivy.FieldType.Unsigned, upper_bound=on, use_inverted_index=True
        )

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, "basic")

    def _any(self, field: str, values: Sequence[str]) -> Query:
        """One of these values: a few are skipped through, many are gathered at once."""
        if len(values) > FEW:
            return Query.term_set_query(self._schema, field, list(values))
        return Query.boolean_query([(Occur.Should, self._term(field, value)) for value in values])


def _hit(document: tantivy.Document) -> Hit:
    texts = (str(document.get_first(name) or "") for name in TEXTS)
    return Hit(bytes(document.get_first("held") or b""), *texts)


def _count(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _farther(far: float, found: Sequence[tuple[float, object]], most: int) -> float:
    """How far to look next: just so far that the nearest are among what is found, or where enough may be."""
    if len(found) >= most:
        return max(math.sqrt(found[most - 1][0]) * CELL * 1.001, far * 1.1)
    return far * min(max(2.0, math.sqrt(2 * most / max(len(found), 0.5))), 8.0)
