"""The rows of one sheet, each as the organization, service, place and parts that its cells say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from waypost.exchange.batch import Count
from waypost.exchange.dialects import mapped_cells
from waypost.exchange.dialects.book import Page
from waypost.exchange.dialects.mapped_cells import Bad, Cells, Here
from waypost.exchange.dialects.mapping import ONE, OWNERS, PARTS, Column, Part
from waypost.exchange.dialects.parts import NO
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.dialects.text import Sheet
from waypost.exchange.identity import row_hash
from waypost.exchange.objects import FIELD_OF_PARENT

SECRET = re.compile(
    r"\bconfidential|\bundisclosed|\bnot disclosed|\bwithheld\b|\bconfidencial", re.IGNORECASE
)
"""What people write where an address should stand that they keep back."""
Known = dict[tuple[str, str], Cells]
"""What was told so far of each organization, service and place, over all sheets."""


class Said(msgspec.Struct):
    """One row: its number, the cells under their columns, the fields they go into, and how it is marked."""

    number: int
    cells: dict[str, str]
    fields: dict[str, Cells]
    marks: set[str]


class Teller:
    """Tells the rows of one sheet."""

    def __init__(self, page: Page, part: Part, where: str, notes: Notes, known: Known) -> None:
        self.page, self.part, self.where, self.notes, self.known = page, part, where, notes, known
        self.columns = {" ".join(name.split()): column for name, column in part.columns.items()}
        self.bad = Bad(f'{where}, sheet "{page.name}"')
        self.tables: dict[str, tuple[str, list[tuple[int, Cells]]]] = {}
        self.objects: dict[str, str] = {page.name: part.each_row}
        self.folded: Counter[str] = Counter()
        self.aside: Counter[str] = Counter()
        self.open: set[tuple[str, str]] = set()
        for row in self.rows():
            self.take(row)
        self.hide()

    def sheets(self) -> Iterator[tuple[Sheet, str]]:
        """Every table with the object that it holds."""
        for name, (object_, rows) in self.tables.items():
            columns = tuple(dict.fromkeys(column for _, cells in rows for column in cells))
            yield Sheet(name, columns, tuple(rows)), object_

    def counted(self, counts: dict[str, Count]) -> dict[str, Count]:
        """The account with what became one with others and what was set aside at once."""
        for name in dict.fromkeys([self.page.name, *self.folded, *self.aside]):
            folded, aside = self.folded[name], self.aside[name]
            count = counts.get(name, Count(self.objects[name]))
            counts[name] = count.plus(in_=folded + aside, folded=folded, set_aside=aside)
        return counts

    def rows(self) -> Iterator[Said]:
        """The rows under the header that say anything, with what is merged or meant from above."""
        names = mapped_cells.header(self.page, self.part.header_row)
        above: dict[str, str] = {}
        empty = {word.casefold() for word in self.part.empty}
        for number, row in self.page.rows:
            if number <= self.part.header_row or not any(row):
                continue
            cells = {n: "" if c.casefold() in empty else c for n, c in zip(names, row, strict=False) if n}
            if [c for c in row if c] == [n for n in names if n]:
                self.set_aside("header-again", number)
                continue
            for name in self.part.fill_down:
                cells[name] = above[name] = cells.get(name) or above.get(name, "")
            yield self.said(number, cells)

    def said(self, number: int, cells: dict[str, str]) -> Said:
        """A row with its marks and plain fields; parts are told later, when their owners are known."""
        row = Said(number, cells, {}, set())
        for name, column in self.columns.items():
            if column.marks and self.marked(column, cells.get(name, "")):
                row.marks.add(column.marks)
        for name, column in self.columns.items():
            if cell := cells.get(name):
                for target in column.targets:
                    if target.partition(".")[0] in ONE and column.split is None:
                        at = Here(self.bad, number, name, secret=self.secret(row))
                        for to, text in mapped_cells.fitted(target, cell, column, self.part, at):
                            self.put(row, to, text, column)
        for target, text in self.part.fixed.items():
            # A state without a street is no address.
            if target.partition(".")[0] in (*row.fields, self.part.each_row, "organization"):
                self.put(row, target, text, None)
        return row

    @staticmethod
    def put(row: Said, target: str, text: str, column: Column | None) -> None:
        """Put a text into a field, behind what another column put there."""
        object_, _, field = target.partition(".")
        of = row.fields.setdefault(object_, {})
        if not text or (column is None and of.get(field)):
            return
        long = field in ("description", "eligibility_description", "fees_description", "application_process")
        join = (column.join if column else None) or ("\n" if long else ", ")
        of[field] = join.join(dict.fromkeys(filter(None, [of.get(field, ""), text])))

    @staticmethod
    def marked(column: Column, cell: str) -> bool:
        """Whether a cell marks its row. What is neither listed nor a clear no marks it, if it keeps something back."""
        bare = cell.strip().casefold()
        if column.when and bare in {word.casefold() for word in column.when}:
            return True
        return bare not in NO and (not column.when or str(column.marks).startswith("confidential"))

    @staticmethod
    def secret(row: Said) -> bool:
        """Whether what stands in a row must not be repeated in a report."""
        return any(mark.startswith("confidential") for mark in row.marks)

    def set_aside(self, rule: str, number: int) -> None:
        """Count a row that is none."""
        self.notes.note(rule, self.page.name, f"{self.page.name} row {number}")
        self.aside[self.page.name] += 1

    def take(self, row: Said) -> None:
        """Tell one row."""
        each = self.part.each_row
        named = row.fields.get(each, {}).get("name") or (each == "location" and row.fields.get("address"))
        if not named and sum(map(bool, row.cells.values())) == 1:
            self.set_aside("one-cell", row.number)
            return
        if "private" in row.marks:
            self.notes.note("private", self.page.name, f"{self.page.name} row {row.number}")
        ids = self.owners(row)
        for name in (n for n in self.columns if row.cells.get(n)):
            for target in self.columns[name].targets:
                if target.partition(".")[0] in PARTS and (
                    target in PARTS or self.columns[name].split or "phone." in target
                ):
                    self.parts(row, name, self.columns[name], target.partition(".")[0], ids)
        for object_ in ("contact", "schedule"):
            if cells := row.fields.get(object_):
                self.part_of(row, object_, cells, ids, None)

    def owners(self, row: Said) -> dict[str, str]:
        """Tell the organization, the place and the service of a row; their ids."""
        each, of = self.part.each_row, row.fields
        organization, service, place = (of.get(n, {}) for n in ("organization", "service", "location"))
        address = mapped_cells.address_of(of.get("address", {}), self.notes, self.at("address", row))
        postal = of.get("postal_address", {})
        secret = self.secret(row)
        if SECRET.search(address.get("address_1", "")):
            address, secret = {}, True
            place = place or {"name": ""}
            row.marks.add("confidential-address")
        ids: dict[str, str] = {}
        if organization:
            ids["organization"] = self.key(row, "organization", organization.get("name", ""))
            self.keep(row, "organization", {"id": ids["organization"], **organization})
        if each == "service":
            said = service.get("name", "")
            ids["service"] = self.key(row, "service", "|".join([ids.get("organization", ""), said]))
        if each == "location" or address or postal or secret or any(place.values()):
            told = "|".join([*address.values()] if address else [place.get("name", "")])
            # What is secret must not be guessed from an id that follows from it.
            told = (
                "|".join(filter(None, ["secret", *ids.values()]))
                if secret
                else f"{ids.get('organization')}|{told}"
            )
            ids["location"] = self.key(row, "location", told)
            self.place(row, ids, place, (address, postal), secret=secret)
        if each == "service":
            self.service(row, ids, service)
        return ids

    def place(
        self, row: Said, ids: dict[str, str], place: Cells, addresses: tuple[Cells, Cells], *, secret: bool
    ) -> None:
        """Tell a place and its addresses."""
        hidden = {"confidential": "true"} if secret else {}
        owner = {"organization_id": ids["organization"]} if "organization" in ids else {}
        again = self.keep(row, "location", {"id": ids["location"], **owner, **place, **hidden})
        for kind, address in zip(("physical", "postal"), addresses, strict=True):
            if address:
                cells = {"location_id": ids["location"], "address_type": kind, **address, **hidden}
                self.add(
                    row, f"{kind} address" if kind == "postal" else "address", "address", cells, again=again
                )

    def service(self, row: Said, ids: dict[str, str], service: Cells) -> None:
        """Tell a service, and that it is given at the place."""
        if "inactive" in row.marks:
            service = {**service, "status": "inactive"}
        elif any(column.marks == "inactive" for column in self.columns.values()):
            service = {"status": "active", **service}
        hidden = {"confidential": "true"} if "confidential" in row.marks else {}
        owner = {"organization_id": ids["organization"]} if "organization" in ids else {}
        if not service.get("name"):
            ids.pop("service")
            self.keep(row, "service", {**owner, **service})
            return
        self.keep(row, "service", {"id": ids["service"], **owner, **service, **hidden})
        if "location" in ids:
            ids["service_at_location"] = f"{ids['service']}@{ids['location']}"
            cells = {"service_id": ids["service"], "location_id": ids["location"]}
            self.add(row, "place", "service_at_location", {"id": ids["service_at_location"], **cells})

    def key(self, row: Said, object_: str, told: str) -> str:
        """The name by which a second import finds the same one."""
        columns = self.part.identify.get(object_, ())
        if columns:
            told = "|".join(row.cells.get(name, "") for name in columns)
        elif id_ := row.fields.get(object_, {}).get("id"):
            told = id_
        told = " ".join(told.split()).casefold()
        return told if told and len(told) < 80 and not re.search(r"[,;]", told) else row_hash(told)

    def keep(self, row: Said, object_: str, cells: Cells) -> bool:
        """Add an organization, a service or a place; whether it was told before, and became one with that."""
        table = self.table(object_)
        cells = {name: cell for name, cell in cells.items() if cell}
        key = (object_, cells.get("id", ""))
        if not self.secret(row):
            self.open.add(key)
        elif cells.get("confidential"):
            self.notes.note("confidential", table, f"{self.page.name} row {row.number}")
        first = self.known.get(key) if key[1] else None
        if first is None:
            self.known[key] = cells
            self.tables.setdefault(table, (object_, []))[1].append((row.number, cells))
            return False
        same = all(first.get(name, cell) == cell for name, cell in cells.items())
        first.update({name: cell for name, cell in cells.items() if name not in first})
        self.folded[table] += 1
        if not same or table == self.page.name:
            rule = "said-again" if same else "first-holds"
            self.notes.note(rule, table, f"{self.page.name} row {row.number}")
        return True

    def table(self, name: str) -> str:
        """The table of the account that a kind stands in: the sheet itself for what each row is."""
        table = self.page.name if name == self.part.each_row else f"{self.page.name}: {name}"
        self.objects.setdefault(table, name)
        return table

    def at(self, name: str, row: Said) -> tuple[str, str]:
        """Table and place, as notes have them."""
        return self.table(name), f"{self.page.name} row {row.number}"

    def add(self, row: Said, name: str, object_: str, cells: Cells, *, again: bool = False) -> None:
        """Add a part. The very same, under an owner told before, became one with it."""
        table = self.table(name)
        self.objects[table] = object_
        full = {field: cell for field, cell in cells.items() if cell}
        full = {"id": row_hash(full), **full}
        if (object_, full["id"]) in self.known:
            self.folded[table] += 1
            return
        self.known[object_, full["id"]] = full
        self.tables.setdefault(table, (object_, []))[1].append((row.number, full))
        if full.get("confidential"):
            self.notes.note("confidential", table, f"{self.page.name} row {row.number}")

    def parts(self, row: Said, name: str, column: Column, object_: str, ids: dict[str, str]) -> None:
        """Tell everything that one cell holds."""
        at = Here(self.bad, row.number, name, secret=self.secret(row))
        for cells, rule in mapped_cells.told(object_, row.cells[name], column, self.part, at):
            if rule:
                self.notes.note(rule, *self.at(object_, row))
            self.part_of(row, object_, cells, ids, column)

    def part_of(
        self, row: Said, object_: str, cells: Cells, ids: dict[str, str], column: Column | None
    ) -> None:
        """Hang a part on the first that may own it: as the mapping says, else on what the row is."""
        if object_ == "keyword":
            self.keyword(row, cells["name"], ids)
            return
        first = [column.of] if column and column.of else []
        usual = (
            ["service_at_location"]
            if object_ == "schedule"
            else ["location"]
            if object_ == "accessibility"
            else []
        )
        for owner in (*first, *usual, self.part.each_row, *OWNERS):
            if owner in ids and (object_, f"{owner}_id") in FIELD_OF_PARENT:
                self.add(row, object_, object_, {f"{owner}_id": ids[owner], **cells})
                return
        self.add(row, object_, object_, cells)

    def keyword(self, row: Said, word: str, ids: dict[str, str]) -> None:
        """A word that a record is found by."""
        owner = next((o for o in (self.part.each_row, *OWNERS) if o in ids), self.part.each_row)
        id_ = f"keyword:{row_hash(word.casefold())}"
        if ("taxonomy_term", id_) not in self.known:
            term = {"id": id_, "name": word, "description": word, "taxonomy": "keyword"}
            self.known["taxonomy_term", id_] = term
            self.tables.setdefault(self.table("words"), ("taxonomy_term", []))[1].append((row.number, term))
        link = {"link_id": ids.get(owner, ""), "link_entity": owner, "taxonomy_term_id": id_, "value": word}
        self.add(row, "keyword", "attribute", {**link, "link_type": "keyword"})

    def hide(self) -> None:
        """Mark each organization that is told of in rows marked confidential alone."""
        marked = any(column.marks == "confidential" for column in self.columns.values())
        _, rows = self.tables.get(self.table("organization"), ("", []))
        for number, cells in rows if marked else ():
            if ("organization", cells.get("id", "")) not in self.open:
                cells["confidential"] = "true"
                self.notes.note("confidential", self.table("organization"), f"{self.page.name} row {number}")
