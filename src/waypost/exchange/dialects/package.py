"""A folder or zip of older tables as a batch: what it was taken for, what hangs together, and every row's account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from waypost.exchange import hsds_tables
from waypost.exchange.batch import Batch, Count, Doc
from waypost.exchange.dialects import older, text
from waypost.exchange.dialects.retell import Asked, fitted, mend, renamed, spread
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.dialects.text import Sheet
from waypost.exchange.hsds_tables import Table
from waypost.exchange.identity import record_id, valid_id
from waypost.exchange.schema import columns_of
from waypost.exchange.trouble import unreadable
from waypost.exchange.withhold import confidential
from waypost.model.evidence import Problem, ProblemsFound, Severity, Struct

ORDER = (
    "organization",
    "program",
    "location",
    "taxonomy_term",
    "service",
    "service_at_location",
    "contact",
    "phone",
)
KEYS = ("organization", "program", "location", "service", "service_at_location", "contact", "phone")
KEY_COLUMNS = {f"{name}_id" for name in KEYS} | {f"{name}_id_as_written" for name in KEYS}
FOLDS = {"eligibility": ("eligibility", "eligibility_description"), "payment": ("payment", "")}
CORE = (("service", "organization_id"), ("location", "organization_id"))
ENOUGH = 5
LOOSE = 0.75
"""From this share of services or places on that name no organization here, these are not one directory's files."""
OWNED = {
    "program", "phone", "contact", "address", "schedule", "language", "accessibility", "service_area", "funding",
    "required_document", "cost_option", "attribute",
}  # fmt: skip
SEVERAL = re.compile(r"\s*[,;]\s*")


class Package:
    """The tables of one older directory on their way to HSDS 3."""

    def __init__(self, sheets: list[tuple[Sheet, str]], dialect: str, source: str) -> None:
        self.sheets = sorted(sheets, key=lambda pair: (rank(pair[1]), older.stem(pair[0].name)))
        self.dialect = dialect
        self.source = source
        self.notes = Notes()
        self.tables: dict[str, Table] = {}
        self.counts: dict[str, Count] = {}
        self.ids: dict[str, set[str]] = {}
        self.loose: dict[tuple[str, str], list[bool]] = {}
        self.docs: dict[tuple[str, str], Doc] = {}

    def retell(self) -> list[Table]:
        """Every table in the terms of HSDS 3, those first that others name."""
        self.sheets = [*self.sheets, *places_from_addresses(self.sheets, self.notes)]
        self.sheets.sort(key=lambda pair: (rank(pair[1]), older.stem(pair[0].name)))
        for sheet, object_ in self.sheets:
            if object_ in FOLDS:
                continue
            self.counts[sheet.name] = Count(object_)
            self.tables[sheet.name] = Table(sheet.name, object_, [])
            if "id" not in sheet.columns and "taxonomy_id" not in sheet.columns and sheet.rows:
                self.notes.note("no-ids", sheet.name, f"{len(sheet.rows)} rows")
            for row in self.rows(sheet, object_):
                self.take(row)
        for sheet, object_ in self.sheets:
            if object_ in FOLDS:
                self.fold(sheet, *FOLDS[object_])
        return [table for table in self.tables.values() if table.object != "unknown"]

    def rows(self, sheet: Sheet, object_: str) -> Iterator[Asked]:
        """The rows of a table under their new names, without columns in which nothing stands."""
        used = {column for _, row in sheet.rows for column, cell in row.items() if cell}
        for column in sheet.columns:
            if sheet.rows and column not in used and (not column or column not in columns_of(object_)):
                self.notes.note("empty-column", sheet.name, column or "without a name")
        mark = self.mark(sheet, object_)
        for number, row in sheet.rows:
            doc = renamed(object_, row)
            if mark and doc.get("id") and not valid_id(doc["id"]):
                doc["id"] = f"{mark}:{doc['id']}"
            yield Asked(sheet.name, f"{sheet.name} row {number}", object_, doc, self.notes)

    def mark(self, sheet: Sheet, object_: str) -> str | None:
        """What is put before the ids of a second table of one kind, whose numbers begin at 1 again."""
        same = [older.stem(s.name) for s, o in self.sheets if o == object_]
        apart = object_ in ("address", "schedule", "attribute")
        return older.stem(sheet.name) if apart and same[0] != older.stem(sheet.name) else None

    def take(self, row: Asked) -> None:
        """Take one row with what its cells become, or set it aside."""
        kept = mend(row, self.dialect)
        if kept:
            self.keys(row)
            self.owner_by_place(row)
            kept = not self.lacks_owner(row)
        parts = list(spread(row.object, row.doc)) if kept else []
        if not kept or not self.whole(row):
            self.counts[row.table] = self.counts[row.table].plus(in_=1, set_aside=1)
            return
        self.tables[row.table].rows.append((row.where, row.doc))
        if id_ := row.doc.get("id"):
            self.ids.setdefault(row.object, set()).add(id_)
            self.docs.setdefault((row.object, id_), row.doc)
        for column, object_, doc in [*parts, *self.for_each_key(row)]:
            self.derived(row, column, object_, doc)

    def whole(self, row: Asked) -> bool:
        """Whether a row has what the standard asks for. An address in part goes into its location's words."""
        keys = {f"{name}_id" for name in (*KEYS, "taxonomy_term", "parent")} | {"link_id", "resource_id"}
        if row.object == "address" and confidential(row.doc):
            # It is given to nobody, so no schema need like it; but its street must be known to be kept back.
            return True
        if fitted(row, keys):
            return True
        place = self.docs.get(("location", str(row.doc.get("location_id"))))
        if row.object == "address" and place is not None:
            parts = ("attention", "address_1", "address_2", "city", "state_province", "postal_code")
            written = ", ".join(row.doc[c] for c in parts if row.doc.get(c))
            place["description"] = "\n\n".join(filter(None, [place.get("description"), written]))
            row.note("address-in-part")
        else:
            row.note("lacks-what-must-be")
        return False

    def derived(self, row: Asked, column: str, object_: str, doc: Doc) -> None:
        """Add a row that a cell became, in a table that is named after both."""
        name = f"{row.table}: {column}"
        made = Asked(name, f"{row.where}, column {column}", object_, doc, self.notes)
        self.counts.setdefault(name, Count(object_))
        self.tables.setdefault(name, Table(name, object_, []))
        self.word(made)
        self.keys(made)
        if self.lacks_owner(made) or not self.whole(made):
            self.counts[name] = self.counts[name].plus(in_=1, set_aside=1)
            return
        if object_ == "service_at_location":
            made.doc["id"] = f"{doc['service_id']}:{doc['location_id']}"
            self.ids.setdefault(object_, set()).add(made.doc["id"])
        self.tables[name].rows.append((made.where, made.doc))

    def word(self, row: Asked) -> None:
        """Make the term that an attribute of words needs, once for each kind and word."""
        value, kind = row.doc.pop("value", None), row.doc.get("link_type")
        if row.object != "attribute" or value is None:
            row.doc.update({"value": value} if value is not None else {})
            return
        id_, name = f"{kind}:{value}", f"{row.table} (terms)"
        row.doc.update(taxonomy_term_id=id_, value=value)
        if id_ in self.ids.setdefault("taxonomy_term", set()):
            return
        self.ids["taxonomy_term"].add(id_)
        self.counts.setdefault(name, Count("taxonomy_term"))
        term = {"id": id_, "name": value, "description": value, "taxonomy": kind}
        self.tables.setdefault(name, Table(name, "taxonomy_term", [])).rows.append((row.where, term))

    def for_each_key(self, row: Asked) -> Iterator[tuple[str, str, Doc]]:
        """What hangs on several records hangs on each that is here: a row of its own for each after the first."""
        for name in KEYS if row.object in OWNED and row.doc.get("id") else ():
            column = f"{name}_id"
            several = SEVERAL.split(str(row.doc.get(f"{column}_as_written", "")))
            more = [key for key in dict.fromkeys(several) if key in self.ids.get(name, set())][1:]
            if more and column in row.doc:
                row.note("for-each-key")
            for key in more if column in row.doc else ():
                bare = {c: v for c, v in row.doc.items() if c not in KEY_COLUMNS}
                yield column, row.object, {**bare, "id": f"{row.doc['id']}:{key}", column: key}

    def owner_by_place(self, row: Asked) -> None:
        """In Ohana a service belongs to the organization of its place."""
        if row.object != "service" or "organization_id" in row.doc:
            return
        place = self.docs.get(("location", str(row.doc.get("location_id"))), {})
        if place.get("organization_id"):
            row.doc["organization_id"] = place["organization_id"]

    def keys(self, row: Asked) -> None:
        """See what each key of a row names; keep as written what names nothing here."""
        targets = {f"{name}_id": name for name in KEYS} | {"taxonomy_term_id": "taxonomy_term"}
        if row.object == "attribute":
            targets["link_id"] = str(row.doc.get("link_entity"))
        for column, target in targets.items():
            if column not in row.doc:
                continue
            written = row.doc[column]
            here = self.ids.get(target, set())
            found = written if written in here else self.first(row, written, here)
            self.loose.setdefault((row.object, column), []).append(found is None)
            if found is None:
                row.doc[f"{column}_as_written"] = row.doc.pop(column)
                row.note("key-of-nothing")
            elif found != written:
                row.doc[column], row.doc[f"{column}_as_written"] = found, written
        self.upward(row)

    def upward(self, row: Asked) -> None:
        """Keys that stay columns in HSDS 3 as the ids that the records get here."""
        for object_, column in (("taxonomy_term", "parent_id"), ("organization", "parent_organization_id")):
            if row.object == object_ and (above := row.doc.get(column)):
                row.doc[column] = valid_id(above) or record_id(self.source, object_, above)
        if row.object == "metadata" and (of := row.doc.get("resource_id")):
            kind = next((name for name, ids in self.ids.items() if of in ids), None)
            if kind:
                row.doc.setdefault("resource_type", kind)
            else:
                row.doc["resource_id_as_written"] = row.doc.pop("resource_id")
                row.note("key-of-nothing")

    @staticmethod
    def first(row: Asked, written: str, here: set[str]) -> str | None:
        """The first of several keys in one cell that names something here."""
        parts = SEVERAL.split(str(written))
        found = next((part for part in parts if part in here), None)
        if len(parts) > 1 and found and row.object not in OWNED:
            row.note("several-keys")
        return found

    def lacks_owner(self, row: Asked) -> bool:
        """Whether a row belongs to nothing here, and so says nothing to a reader."""
        if row.object == "service_at_location":
            rule = None if {"service_id", "location_id"} <= row.doc.keys() else "half-a-link"
        elif row.object == "service":
            rule = None if "organization_id" in row.doc else "no-organization"
        elif row.object == "metadata":
            rule = None if {"resource_id", "resource_type"} <= row.doc.keys() else "hangs-on-nothing"
        elif row.object == "attribute":
            rule = None if {"link_id", "taxonomy_term_id"} <= row.doc.keys() else "half-a-link"
        elif row.object in OWNED:
            owners = {f"{name}_id" for name in KEYS} | {"link_id"}
            rule = None if owners & row.doc.keys() else "hangs-on-nothing"
        else:
            rule = None
        if rule:
            row.note(rule)
        return rule is not None

    def fold(self, sheet: Sheet, column: str, field: str) -> None:
        """Put the rows of a table that HSDS 3 has no more into the services that they name."""
        count = Count("service", in_=len(sheet.rows))
        for number, row in sheet.rows:
            where = f"{sheet.name} row {number}"
            service = self.docs.get(("service", row.get("service_id", "")))
            value = row.get(column) or row.get("eligibility_description") or row.get("accepted_payment")
            if service is None or not value:
                self.notes.note("hangs-on-nothing", sheet.name, where)
                count = count.plus(set_aside=1)
                continue
            if field:
                service[field] = "\n".join(dict.fromkeys(filter(None, [service.get(field), value])))
            else:
                asked = Asked(sheet.name, where, "service", service, self.notes)
                kind = {"link_id": service["id"], "link_entity": "service", "link_type": "accepted_payment"}
                self.derived(asked, column, "attribute", {**kind, "value": value})
            self.notes.note("folded", sheet.name, where)
            count = count.plus(folded=1)
        self.counts[sheet.name] = count

    def refuse_if_loose(self) -> None:
        """Raise ProblemsFound where the core tables are not of one directory."""
        for key in CORE:
            named = self.loose.get(key, [])
            if len(named) >= ENOUGH and sum(named) > LOOSE * len(named):
                what = (
                    f"{sum(named)} of {len(named)} rows of {key[0]}s name organizations that are not in these files. "
                    "The tables do not hang together."
                )
                do = "Export all tables anew, at one time and from one place."
                raise ProblemsFound([unreadable("the whole import", what, do)])


def places_from_addresses(sheets: list[tuple[Sheet, str]], notes: Notes) -> Iterator[tuple[Sheet, str]]:
    """Places that services here name and that no table has, where a table of addresses says where they are."""

    def rows(kind: str) -> Iterator[dict[str, str]]:
        return (row for sheet, object_ in sheets if object_ == kind for _, row in sheet.rows)

    here, services = ({row.get("id") for row in rows(kind)} for kind in ("location", "service"))
    links = rows("service_at_location")
    named = {row.get("location_id", "") for row in links if row.get("service_id") in services} - here - {""}
    for sheet in (sheet for sheet, object_ in sheets if object_ == "address" and named):
        made: dict[str, tuple[int, dict[str, str]]] = {}
        for number, row in sheet.rows:
            key = row.get("location_id", "")
            if key in named and row.get("address_1"):
                made.setdefault(key, (number, {"id": key, "name": row["address_1"]}))
        for number, _ in made.values():
            notes.note("place-from-address", sheet.name, f"{sheet.name} row {number}")
        named -= made.keys()
        if made:
            yield Sheet(f"{sheet.name}: location_id", ("id", "name"), tuple(made.values())), "location"


def rank(object_: str) -> int:
    """Where in the order a kind of table is read."""
    return ORDER.index(object_) if object_ in ORDER else len(ORDER)


class Recognized(Struct):
    """An older directory: its dialect, what told it, and its tables, each with the object that it holds, if any."""

    dialect: str
    signs: list[str]
    sheets: list[tuple[Sheet, str | None]]

    def told(self, where: str) -> Problem:
        """What these files were taken for and why."""
        return taken_for(where, self.dialect, self.signs, [sheet for sheet, _ in self.sheets])

    @property
    def format(self) -> str:
        """The name of the format."""
        return "ohana-csv" if self.dialect == "Ohana" else "hsds-csv"


def recognized(files: Mapping[str, bytes]) -> Recognized | None:
    """These files as an older directory; None if they are none. Raises ProblemsFound for one that cannot be read."""
    names = [name for name in files if name.lower().endswith((".csv", ".tsv", ".txt"))]
    sheets, problems = all_of(files, sorted(names))
    known = [(sheet, older.object_of(sheet)) for sheet in sheets]
    by_object: dict[str, list[Sheet]] = {}
    for sheet, object_ in known:
        by_object.setdefault(object_ or "unknown", []).append(sheet)
    found = older.dialect_of(by_object)
    if found is None or not {"service", "organization", "location"} & by_object.keys():
        return None
    if problems:
        raise ProblemsFound(problems)
    return Recognized(*found, known)


def read(files: Mapping[str, bytes], source: str, where: str) -> Batch | None:
    """These files as a batch if they are an older directory; None if they are not. Raises ProblemsFound."""
    found = recognized(files)
    if found is None:
        return None
    package = Package([(sheet, object_) for sheet, object_ in found.sheets if object_], found.dialect, source)
    tables = package.retell()
    package.refuse_if_loose()
    for sheet in (sheet for sheet, object_ in found.sheets if not object_):
        package.counts[sheet.name] = Count("unknown", in_=len(sheet.rows), set_aside=len(sheet.rows))
        for number, _ in sheet.rows:
            package.notes.note("no-table", sheet.name, f"{sheet.name} row {number}")
    version = None if found.dialect == "Ohana" else found.dialect
    made = hsds_tables.read(tables, source, found.format, version)
    encodings = sorted({sheet.encoding for sheet, _ in found.sheets})
    told = (found.told(where), *package.notes.problems(), *made.problems)
    counts = {name: summed(count, made.tables.get(name)) for name, count in package.counts.items()}
    fields = {"tables": counts, "encoding": ", ".join(encodings), "problems": told}
    return msgspec.structs.replace(made, **fields)


def all_of(files: Mapping[str, bytes], names: list[str]) -> tuple[list[Sheet], list[Problem]]:
    """Every table that can be read, and what is wrong with the others."""
    sheets, problems = [], []
    for name in names:
        try:
            sheets.append(text.read(name, files[name]))
        except ProblemsFound as error:
            problems += error.problems
    return sheets, problems


def summed(aside: Count, read_: Count | None) -> Count:
    """The account of a table: what was set aside before, and what was read."""
    if read_ is None:
        return aside
    return read_.plus(in_=aside.in_, set_aside=aside.set_aside, folded=aside.folded)


def taken_for(where: str, dialect: str, signs: list[str], sheets: list[Sheet]) -> Problem:
    """What these files were taken for and why, told like everything a person should look at."""
    name = "the CSV dialect of Ohana" if dialect == "Ohana" else f"HSDS {dialect} in CSV"
    written = sorted({(sheet.encoding, sheet.delimiter) for sheet in sheets})
    how = "; ".join(f"{encoding}, cells apart by {mark!r}" for encoding, mark in written)
    return Problem(
        where=where,
        what=f"[taken-for] This was taken for {name}, because of {', '.join(signs[:6])}. It is written in {how}.",
        why="Read as another format, names and shapes would be others.",
        do="If it is something else, have it exported as HSDS 3.",
        severity=Severity.warning,
    )
