"""Records on their way out: whole objects that stand on their own, and files of every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from waypost.exchange import hsds_csv, hsds_json, workbook
from waypost.exchange.batch import Doc
from waypost.exchange.hsds_json import ROOTS, kind_of
from waypost.exchange.splice import children_of, full
from waypost.model.evidence import Problem, Severity

Licences = Sequence[Mapping[str, str]]
"""The licences that the documents are under, as a data package names them."""

ORDER = ("organization", *(root for root in ROOTS if root != "organization"))
"""Organizations first, with their services in them; then what no organization reaches."""


def documents(docs: Mapping[tuple[str, str], Doc]) -> tuple[list[Doc], list[Problem]]:
    """Every record inside a whole object, and a Problem for each that no object reaches."""
    reached: set[tuple[str, str]] = set()

    def find(object_: str, id_: str) -> Doc | None:
        doc = docs.get((object_, id_))
        if doc is not None:
            reached.add((object_, id_))
        return doc

    children = children_of((object_, doc) for (object_, _), doc in docs.items())
    found: list[Doc] = []
    unplaced: set[tuple[str, str]] = set()
    for root in ORDER:
        for key in sorted(key for key in docs if key[0] == root and key not in reached):
            whole = full(find, children, *key)
            # A reader must be able to see what it is: a bare name could be an organization or a taxonomy.
            if whole and kind_of(whole) == root:
                found.append(whole)
            else:
                unplaced.add(key)
    return found, [left_out(key) for key in sorted((set(docs) - reached) | unplaced)]


def left_out(key: tuple[str, str]) -> Problem:
    """A Problem: a record that nothing points at has no place in nested JSON."""
    return Problem(
        where=f"{key[0]} {key[1]}",
        what="This record hangs on no service, organization or location. It was left out.",
        why="Nested JSON has no place for it.",
        do="Export as hsds-csv, which has a table for it.",
        severity=Severity.warning,
    )


def as_json(
    docs: Mapping[tuple[str, str], Doc], licences: Licences = ()
) -> tuple[dict[str, bytes], list[Problem]]:
    """One JSON list."""
    found, problems = documents(docs)
    return {"": hsds_json.write(found)}, problems


def as_ndjson(
    docs: Mapping[tuple[str, str], Doc], licences: Licences = ()
) -> tuple[dict[str, bytes], list[Problem]]:
    """One object a line."""
    found, problems = documents(docs)
    return {"": hsds_json.write_lines(found)}, problems


def as_csv(
    docs: Mapping[tuple[str, str], Doc], licences: Licences = ()
) -> tuple[dict[str, bytes], list[Problem]]:
    """A data package, by file name."""
    return hsds_csv.write(docs, licences), []


Written = tuple[dict[str, bytes], list[Problem]]
FORMATS: dict[str, Callable[..., Written]] = {
    "hsds-json": as_json,
    "hsds-csv": as_csv,
    "ndjson": as_ndjson,
    "xlsx": workbook.write,
}
"""Each turns documents, and the licences of their sources, into files by name and what there is to tell."""
