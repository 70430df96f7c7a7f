"""A file of AIRS XML as a batch: what it was taken for, and the account of every element that is a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from waypost.exchange import hsds_tables
from waypost.exchange.batch import Batch, Count
from waypost.exchange.dialects import airs, xml
from waypost.exchange.dialects.airs import Above, Reader
from waypost.exchange.dialects.package import Package, summed
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.dialects.xml import Written, local
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound, Severity

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

VERSION = "3.0"
NAMED = re.compile(r"airs\D{0,12}(\d)[_.](\d)", re.IGNORECASE)
FORMAT = "airs-xml"


def read(data: bytes, source: str, where: str) -> Batch:
    """Everything in a file of AIRS XML. Raises ProblemsFound for what is none, or may do harm."""
    written = xml.written(data, where)
    reader = Reader()
    version = VERSION
    for path, element in xml.branches(written, where, "Agency"):
        if path or local(element.tag) == "Agency":
            reader.agency(element, Above())
        else:
            version = version_of(element)
            beside(reader, element)
    package = Package(reader.tables(), "AIRS", source)
    package.notes = noted(reader, written, where)
    tables = package.retell()
    made = hsds_tables.read(tables, source, FORMAT, version)
    counts = {name: summed(count, made.tables.get(name)) for name, count in package.counts.items()}
    for name in (*reader.folded, *reader.aside):
        folded, aside = reader.folded.pop(name, 0), reader.aside.pop(name, 0)
        count = counts.get(name, Count(reader.objects.get(name, "unknown")))
        counts[name] = count.plus(in_=folded + aside, folded=folded, set_aside=aside)
    told = (taken_for(where, version, written), *package.notes.problems(), *made.problems)
    return msgspec.structs.replace(made, tables=counts, encoding=written.encoding, problems=told)


def noted(reader: Reader, written: Written, where: str) -> Notes:
    """The notes of the reader with those on the file itself."""
    if written.otherwise:
        reader.notes.note("other-encoding", where, "the whole file")
    if written.left_out:
        reader.notes.note("control-characters", where, f"{written.left_out} characters")
    return reader.notes


def beside(reader: Reader, root: Element) -> None:
    """What stands beside the agencies: sites that name their agency, and what no table is for."""
    for element in root:
        name = local(element.tag)
        if name in airs.SITES:
            reader.site(element, Above())
        elif name != "Agency" and (len(element) or element.text):
            reader.seen[name] += 1
            reader.aside[name] += 1
            reader.notes.note("no-table", name, f"{name} row {reader.seen[name]}")


def version_of(root: Element) -> str:
    """The version that the file names, in the address of its schema or in an attribute; else 3.0."""
    said = [
        value for name, value in root.attrib.items() if local(name).lower().endswith(("location", "version"))
    ]
    found = NAMED.search(" ".join(said))
    return f"{found[1]}.{found[2]}" if found else VERSION


def taken_for(where: str, version: str, written: Written) -> Problem:
    """What this file was taken for and why."""
    return Problem(
        where=where,
        what=f"[taken-for] This was taken for AIRS XML {version}, because of Agency. It is written in "
        f"{written.encoding}.",
        why="Read as another format, names and shapes would be others.",
        do="If it is something else, have it exported as HSDS 3.",
        severity=Severity.warning,
    )


def among(files: Mapping[str, bytes], where: str) -> str | None:
    """The name of the file of XML among the files of a folder or zip, if there is one. Raises ProblemsFound."""
    names = [name for name in files if name.lower().endswith(".xml")]
    if len(names) > 1 or (names and any(name.lower().endswith(".csv") for name in files)):
        what = f"It holds {len(names)} files of XML and {len(files) - len(names)} others. One directory is one of them."
        raise ProblemsFound([unreadable(where, what, "Name the one file that is meant.")])
    return names[0] if names else None
