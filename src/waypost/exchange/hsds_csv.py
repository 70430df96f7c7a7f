"""HSDS as a CSV data package: a folder or a zip file with one table a file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from waypost.exchange import cells, hsds_tables, profile, recognize
from waypost.exchange.batch import Batch, Count, Doc
from waypost.exchange.hsds_tables import OBJECT_OF, Table
from waypost.exchange.objects import TABLES
from waypost.exchange.schema import VERSION, fields_of
from waypost.exchange.trouble import not_utf8, stop, unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity

MOST_MEMBERS = 1000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
READ = (".csv", ".json", ".xml")
"""What is read of a folder or a zip file."""
ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst", ".xlsx", ".ods", ".jar")
DATED = (1980, 1, 1, 0, 0, 0)
"""The date on every file in a zip that we write, so that the same records make the same bytes."""


def read(path: Path, source: str) -> Batch:
    """Every row of a package. Raises ProblemsFound for one that cannot be read."""
    return batch(unzip(path) if path.is_file() else folder(path), path, source)


def read_one(path: Path, source: str) -> Batch:
    """Every row of a single table. Raises ProblemsFound."""
    return batch({path.name: path.read_bytes()}, path, source)


def batch(files: Mapping[str, bytes], path: Path, source: str) -> Batch:
    """Every row of these tables, and an account of those that the standard does not know."""
    found = tables_of(files, path)
    old = recognize.old_dialect(files, found)
    made = hsds_tables.read(found, source, "hsds-csv", old or VERSION)
    older = [recognize.read_anyway(path.name, old)] if old else []
    known = {name for name, _ in named(files)}
    strange = [table(n, "unknown", d) for n, d in files.items() if n.endswith(".csv") and n not in known]
    counts = {t.name: Count(t.object, in_=len(t.rows), set_aside=len(t.rows)) for t in strange}
    return msgspec.structs.replace(
        made,
        tables={**made.tables, **counts},
        problems=(*older, *made.problems, *(unknown(t.name, len(t.rows)) for t in strange)),
    )


def unknown(name: str, rows: int) -> Problem:
    """A Problem: a table that the standard does not know."""
    return Problem(
        where=name,
        what=f"HSDS 3 has no table of this name. Its {rows} rows were set aside.",
        why="What they say reaches no reader.",
        do="Name the table as the standard does, or leave it if it is of no use to readers.",
        severity=Severity.warning,
    )


def tables_in(path: Path) -> list[Table]:
    """Every table of a folder or zip file. Raises ProblemsFound."""
    return tables_of(unzip(path) if path.is_file() else folder(path), path)


def tables_of(files: Mapping[str, bytes], path: Path) -> list[Table]:
    """Every table among these files. Raises ProblemsFound."""
    tables, problems = [], []
    for name, object_ in named(files):
        try:
            tables.append(table(name, object_, files[name]))
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    if not tables:
        what = "There is no table of HSDS here: no services.csv, organizations.csv or their like."
        raise ProblemsFound([unreadable(str(path), what, "Name the folder or zip file that holds them.")])
    return tables


def named(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The files that are tables of the standard, and the object each holds, in the standard's order."""
    listed: dict[str, str] = {}
    for resource in resources(files.get("datapackage.json", b"")):
        if resource.get("path") in files and resource.get("name") in OBJECT_OF:
            listed[resource["path"]] = OBJECT_OF[resource["name"]]
    for name in files:
        if name.lower().endswith(".csv") and (object_ := OBJECT_OF.get(PurePosixPath(name).stem.lower())):
            listed.setdefault(name, object_)
    order = list(TABLES)
    return sorted(listed.items(), key=lambda item: (order.index(item[1]), item[0]))


def declared(files: Mapping[str, bytes]) -> str | None:
    """The version that datapackage.json declares, if there is one."""
    try:
        found = msgspec.json.decode(files.get("datapackage.json", b"")).get("version")
    except (msgspec.DecodeError, AttributeError, RecursionError, ValueError):
        return None
    return found if isinstance(found, str) else None


def resources(package: bytes) -> list[dict[str, Any]]:
    """The resources that datapackage.json names, if it is one."""
    try:
        found = msgspec.json.decode(package).get("resources")
    except (msgspec.DecodeError, AttributeError, RecursionError, ValueError):
        return []
    return [r for r in found if isinstance(r, dict)] if isinstance(found, list) else []


def folder(path: Path) -> dict[str, bytes]:
    """The files of a folder, by name."""
    names = sorted(p for p in path.iterdir() if p.is_file() and p.suffix.lower() in READ)
    return {p.name: p.read_bytes() for p in names}


def unzip(path: Path) -> dict[str, bytes]:
    """The files of a zip, by name, unless it is made to do harm. Raises ProblemsFound."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if what := suspicious(members, path.stat().st_size) or two_in_one(archive, members):
                raise ProblemsFound([unreadable(str(path), what, "Check where the file comes from.")])
            wanted = [m for m in members if m.filename.lower().endswith(READ)]
            return {PurePosixPath(m.filename).name: archive.read(m) for m in wanted}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        what = f"It cannot be unpacked: {error}."
        raise ProblemsFound([unreadable(str(path), what, "Make the zip file again, unencrypted.")]) from None


def suspicious(members: list[zipfile.ZipInfo], size: int) -> str | None:
    """What is wrong with an archive that would fill the disk or write elsewhere, in words; else None."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        return f"It holds {len(members)} files; the most is {MOST_MEMBERS}."
    if unpacked > MOST_UNPACKED or unpacked > max(size, 1) * MOST_RATIO:
        return f"It unpacks to {unpacked} bytes, which is more than is taken."
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or (member.external_attr >> 16) & 0o170000 == 0o120000:
            return f'It holds "{member.filename}", which leads out of its folder.'
    return None


def two_in_one(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    """What a zip holds that other programs would read as something else, in words; else None."""
    if archive.comment or min((member.header_offset for member in members), default=0) > 0:
        return "It is a zip file and something else at once."
    names = [PurePosixPath(member.filename).name.lower() for member in members if not member.is_dir()]
    if nested := next((name for name in names if name.endswith(ARCHIVES)), None):
        return f'It holds another archive, "{nested}".'
    tables = [name for name in names if name.endswith(READ)]
    if twice := next((name for name in tables if tables.count(name) > 1), None):
        return f'It holds two files called "{twice}".'
    return None


def table(name: str, object_: str, data: bytes) -> Table:
    """One table. Raises ProblemsFound with every row that cannot be read."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemsFound([not_utf8(name, error)]) from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    rows: list[tuple[str, Doc]] = []
    try:
        header = [column(object_, cell) for cell in next(lines, [])]
        if any(header) and object_ in TABLES and not set(header) & set(fields_of(object_)):
            what = f"None of its columns is one of HSDS: {', '.join(header)[:80]}."
            problems.append(unreadable(name, what, "Name the columns in the first row as the standard does."))
        if len(set(header)) < len(header):
            problems.append(unreadable(name, "Two of its columns have one name.", "Name each column once."))
        for number, line in enumerate(lines, 2):
            if len(line) > len(header):
                what = f"It has {len(line)} cells, and the table {len(header)} columns."
                problems.append(unreadable(f"{name} row {number}", what, "Put texts with commas in quotes."))
                stop(problems, name)
            elif any(line):
                texts = dict(zip(header, map(cells.read, line), strict=False))
                rows.append((f"{name} row {number}", texts))
    except csv.Error as error:
        where = f"{name} line {lines.line_num}"
        problems.append(unreadable(where, f"It is not CSV: {error}.", "Correct the quotes in this line."))
    if problems:
        raise ProblemsFound(problems)
    return Table(name, object_, rows)


def column(object_: str, cell: str) -> str:
    """The name of a column, without the blanks that somebody wrote around one of the standard's."""
    bare = cell.strip()
    return bare if bare in fields_of(object_) else cells.read(cell)


def write(
    docs: Mapping[tuple[str, str], Doc], licences: Sequence[Mapping[str, str]] = ()
) -> dict[str, bytes]:
    """A data package as files by name."""
    files: dict[str, bytes] = {}
    described = []
    found = hsds_tables.tables_of(docs)
    for object_ in TABLES:
        rows = found.get(object_, [])
        if not rows:
            continue
        columns = hsds_tables.columns(object_, rows)
        name = f"{TABLES[object_]}.csv"
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([cells.write(column) for column in columns])
        writer.writerows([cells.write(row.get(column)) for column in columns] for row in rows)
        files[name] = out.getvalue().encode()
        described.append(resource(object_, name, columns))
    files["datapackage.json"] = (
        msgspec.json.format(msgspec.json.encode(package(described, licences)), indent=2) + b"\n"
    )
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip, byte for byte the same for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, DATED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def package(described: list[Doc], licences: Sequence[Mapping[str, str]] = ()) -> Doc:
    """The description of the whole package."""
    whose = {"licenses": list(licences)} if licences else {}
    return {
        "name": "human_services_data",
        "title": "Human Services Data Specification",
        "profile": "tabular-data-package",
        "version": VERSION,
        "homepage": "https://docs.openreferral.org",
        "hsds_profile": profile.URI,
        **whose,
        "resources": described,
    }


def resource(object_: str, path: str, columns: list[str]) -> Doc:
    """The description of one table."""
    fields = []
    for column in columns:
        known = fields_of(object_).get(column, {})
        kind = known.get("datapackage_type") or known.get("type", "string")
        fields.append({"name": column, "type": kind if isinstance(kind, str) else "string"})
    return {
        "name": object_,
        "path": path,
        "profile": "tabular-data-resource",
        "schema": {"primaryKey": "id", "fields": fields},
    }
