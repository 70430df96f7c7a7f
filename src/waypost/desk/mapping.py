"""Mapping files: read strictly, drafted for a spreadsheet, and the one that comes with Waypost for its own export."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import msgspec

from waypost.exchange.batch import Batch
from waypost.exchange.dialects import book as books
from waypost.exchange.dialects import mapped, suggest
from waypost.exchange.dialects.book import Book
from waypost.exchange.dialects.mapping import Mapping, faults, shape
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import ProblemsFound, Severity
from waypost.packs.read import read_file, read_yaml

OWN = "waypost-export.yaml"
ASK = (
    "Draft a mapping for it: waypost import FILE --suggest-mapping OUT.yaml; look at it; then import with "
    "--mapping OUT.yaml."
)


def read_mapping(path: Path) -> Mapping:
    """A mapping file. Raises ProblemsFound with everything that is wrong with it."""
    if not path.is_file():
        raise ProblemsFound([unreadable(str(path), "There is no such mapping file.", "Check the name.")])
    tree, problems = read_file(path, path.name)
    if problems:
        raise ProblemsFound(problems)
    return converted(tree.value, path.name)


def converted(value: object, where: str) -> Mapping:
    """The mapping that these words stand for. Raises ProblemsFound."""
    try:
        found = msgspec.convert(value, Mapping, strict=False)
    except msgspec.ValidationError as error:
        raise ProblemsFound([shape(error, where)]) from None
    if wrong := list(faults(found, where)):
        raise ProblemsFound(wrong)
    return found


def own() -> Mapping:
    """The mapping for what Waypost itself exports."""
    text = (resources.files("waypost.exchange.dialects") / OWN).read_text("utf-8")
    return converted(read_yaml(text, OWN)[0].value, OWN)


def book_of(path: Path) -> Book:
    """The spreadsheet in a file. Raises ProblemsFound."""
    try:
        return books.read(path.name, path.read_bytes())
    except OSError as error:
        what = f"It cannot be read: {error.strerror or error}."
        raise ProblemsFound([unreadable(str(path), what, "Check that you may read it.")]) from None


def mapped_batch(path: Path, mapping: Mapping | None, source: str) -> Batch:
    """Everything in a spreadsheet through a mapping; without one only what Waypost exported. Raises ProblemsFound."""
    book = book_of(path)
    if mapping is None and not is_own(book):
        what = f"This is a spreadsheet ({book.kind}), and nothing says what its columns mean."
        raise ProblemsFound([unreadable(path.name, what, ASK)])
    return mapped.read(book, mapping or own(), source, path.name)


def is_own(book: Book) -> bool:
    """Whether a spreadsheet is one that Waypost exported."""
    names = {page.name for page in book.pages}
    return "Directory" in names and len(names & {part.sheet for part in own().sheets}) == len(names)


def suggested(path: Path) -> str:
    """A first mapping for a spreadsheet, which imports as it is. Raises ProblemsFound."""
    book = book_of(path)
    text = suggest.written(book, path.name)
    made = converted(read_yaml(text, "the draft")[0].value, "the draft")
    _, problems = mapped.chosen_of(book, made, path.name)
    if any(problem.severity == Severity.error for problem in problems):
        raise ProblemsFound(problems)
    return text
