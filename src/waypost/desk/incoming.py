"""What a person hands in, a file or folder, as a batch of records; its format follows from what is there."""

from __future__ import annotations

import re
from pathlib import Path

from waypost.desk.give import unstorable
from waypost.desk.mapping import mapped_batch, read_mapping
from waypost.desk.steady import steady
from waypost.exchange import hsds_csv, hsds_json, packform
from waypost.exchange.batch import Batch
from waypost.exchange.dialects import airs_file, package, xml
from waypost.exchange.dialects.book import SPREADSHEETS, looks_so
from waypost.exchange.foreign import foreign
from waypost.exchange.trouble import unreadable
from waypost.model.directory import Organization
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.pack import Pack
from waypost.packs import load_pack, schema
from waypost.packs.merge import place
from waypost.packs.read import read_file

YAML = (".yaml", ".yml")


def source_of(path: Path) -> str:
    """The name of a source that was given none: that of its file."""
    return re.sub(r"[^a-z0-9]+", "-", path.resolve().stem.lower()).strip("-") or "import"


def read_batch(path: Path, source: str | None, pack: Pack, mapping: Path | None = None) -> Batch:
    """Everything in a file or folder, a spreadsheet through its mapping. Raises ProblemsFound for what no format fits."""
    name = source or source_of(path)
    allowed(name, pack)
    if mapping is not None:
        return mapped_batch(path, read_mapping(mapping), name)
    try:
        if not path.exists():
            raise ProblemsFound(
                [unreadable(str(path), "There is no such file or folder.", "Check the name.")]
            )
        if path.is_dir():
            return read_folder(path, name, pack)
        if path.suffix.lower() in YAML:
            return organizations_batch([path], name, pack)
        with path.open("rb") as file:
            start = file.read(4)
        if path.suffix.lower() in SPREADSHEETS or (start.startswith(b"PK") and looks_so(path.read_bytes())):
            with steady():
                return mapped_batch(path, None, name)
        if start.startswith(b"PK"):
            return tables(hsds_csv.unzip(path), path, name)
        if path.suffix.lower() == ".csv":
            return tables({path.name: path.read_bytes()}, path, name)
        with steady():
            return read_bytes(path.read_bytes(), name, pack, path.name)
    except OSError as error:
        what = f"It cannot be read: {error.strerror or error}."
        raise ProblemsFound([unreadable(str(path), what, "Check that you may read it.")]) from None


def allowed(source: str, pack: Pack) -> None:
    """Raise ProblemsFound for a source whose records must not be kept."""
    if problem := unstorable(source, pack):
        raise ProblemsFound([problem])


def read_bytes(data: bytes, source: str, pack: Pack, name: str = "standard input") -> Batch:
    """Everything in JSON, in lines of JSON or in XML, from wherever it comes. Raises ProblemsFound."""
    allowed(source, pack)
    if xml.looks_so(data) and not foreign(data, name):
        return airs_file.read(data, source, name)
    return hsds_json.read(data, source, name)


def read_folder(path: Path, source: str, pack: Pack) -> Batch:
    """A pack, a folder of organizations in our form, or a CSV data package."""
    if (path / "pack.yaml").is_file():
        made = load_pack(path.resolve().parent, path.resolve().name)
        return packform.batch_of(made.organizations.values(), made.places, made.terms, source)
    written = sorted(p for p in path.iterdir() if p.suffix.lower() in YAML)
    if written:
        return organizations_batch(written, source, pack)
    with steady():
        return tables(hsds_csv.folder(path), path, source)


def tables(files: dict[str, bytes], path: Path, source: str) -> Batch:
    """Tables of HSDS, of whatever version or dialect. Raises ProblemsFound."""
    if found := airs_file.among(files, path.name):
        return airs_file.read(files[found], source, found)
    return package.read(files, source, path.name) or hsds_csv.batch(files, path, source)


def organizations_batch(paths: list[Path], source: str, pack: Pack) -> Batch:
    """Files in our own form, one organization each."""
    found: list[Organization] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(organization(path))
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    return packform.batch_of(found, pack.places, pack.terms, source)


def organization(path: Path) -> Organization:
    """One organization from its file, as strictly as packs are read. Raises ProblemsFound."""
    tree, problems = read_file(path, path.name)
    key = tree.value.get("key") if isinstance(tree.value, dict) else None
    if problems:
        raise ProblemsFound(problems)
    if not isinstance(key, str):
        what = 'This is no organization: there is no "key:" at the top.'
        raise ProblemsFound([unreadable(path.name, what, "docs/pack-format.md shows how one is written.")])
    whole = place(tree, ("organizations", key))
    whole.value |= {"manifest": {"id": "import", "title": {"en": "import"}}, "chain": ["import"]}
    if complaints := [problem for _, problem in schema.faults(whole)]:
        raise ProblemsFound(complaints)
    return schema.convert(whole).organizations[key]
