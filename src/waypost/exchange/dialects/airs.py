"""AIRS XML 3.0 in: agencies, sites and the services at them, as the tables of an older directory.

The schema lets an agency hold agencies, and every part be marked. What is marked confidential is kept under that
mark; what is not for a directory, a website or referral is kept and shown nowhere.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from waypost.exchange.dialects import airs_rows as rows
from waypost.exchange.dialects import times
from waypost.exchange.dialects.airs_rows import Cells, Made, identified
from waypost.exchange.dialects.parts import YES, Part, cell, told
from waypost.exchange.dialects.rules import Notes
from waypost.exchange.dialects.text import Sheet
from waypost.exchange.dialects.xml import local
from waypost.exchange.identity import row_hash

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROWS = (
    "Agency", "AgencyLocation", "Site", "SiteService", "PhysicalAddress", "MailingAddress", "OtherAddress", "Phone",
    "Contact", "Taxonomy", "GeographicAreaServed",
)  # fmt: skip
"""The elements of which each is one row of the account."""
SITES = ("AgencyLocation", "Site")
POINTS = (
    "NoPhysicalAddress",
    "SpatialLocation",
    "CrossStreet",
    "PhysicalLocationDescription",
    "BusServiceAccess",
)
"""What says where a place is, besides its address."""
NOT_FOR = ("AvailableForDirectory", "AvailableForReferral")


class Above:
    """What holds for everything in an agency or a site: whose it is, whether it is shown, when it was verified."""

    def __init__(self, organization: str = "", *, hidden: bool = False, verified: str | None = None) -> None:
        self.organization = organization
        self.hidden = hidden
        self.verified = verified


class Reader:
    """Collects the rows of a file, each table under the name of its element."""

    def __init__(self) -> None:
        self.sheets: dict[str, list[Cells]] = {}
        self.objects: dict[str, str] = {}
        self.numbers: dict[str, list[int]] = {}
        self.seen: Counter[str] = Counter()
        self.folded: Counter[str] = Counter()
        self.aside: Counter[str] = Counter()
        self.keys: dict[tuple[str, str], str] = {}
        self.first: dict[tuple[str, str], Cells] = {}
        self.notes = Notes()

    def add(self, table: str, object_: str, cells: Cells, *, counted: bool = True) -> str:
        """Add a row; return where it stands."""
        self.seen[table] += counted
        self.objects[table] = object_
        self.sheets.setdefault(table, []).append(cells)
        self.numbers.setdefault(table, []).append(self.seen[table] or len(self.sheets[table]))
        where = f"{table} row {self.numbers[table][-1]}"
        if cells.get("confidential") and object_ not in ("organization", "location", "service"):
            self.notes.note("confidential", table, where)
        return where

    def add_all(self, made: list[Made]) -> None:
        """Add several rows."""
        for table, object_, cells in made:
            self.add(table, object_, cells)

    def fold(self, element: Element, table: str) -> None:
        """Count an element that says again what was read, with all that hangs on it."""
        for name in (table, *rows.within(element, ROWS)):
            self.seen[name] += 1
            self.folded[name] += 1
            self.objects.setdefault(name, "unknown")
        self.notes.note("said-again", table, f"{table} row {self.seen[table]}")

    def key(self, table: str, written: str | None, element: Element, name: str = "") -> tuple[str, bool]:
        """The key of an element, and whether the same stood there before. One used for two is told apart.

        Agencies and sites are the same by their name, since some write them again for each part of them; services
        only if all is the same.
        """
        # Not ElementTree's own writing: that would differ by the blanks between elements.
        print_ = "" if written and name else row_hash(told(element))
        same = name.casefold() or print_
        if not written:
            self.notes.note("no-ids", table, f"{table} row {self.seen[table] + 1}")
            written = print_
        elif self.keys.get((table, written), same) != same:
            self.notes.note("key-twice", table, f"{table} row {self.seen[table] + 1}")
            written = f"{written}@{row_hash(same)}"
        again = (table, written) in self.keys
        self.keys[table, written] = same
        return written, again

    def named(self, part: Part, element: Element) -> tuple[str, str, bool]:
        """The name and key of an agency or a site, and whether it stood there before."""
        name = part.one("Name") or ""
        return name, *self.key(part.name, part.one("Key"), element, name)

    def keep(self, table: str, object_: str, cells: Cells, *, again: bool) -> None:
        """Add an agency or a site; of one that stands twice what stood first holds."""
        if not again:
            self.first[table, cells["id"]] = cells
            self.add(table, object_, cells)
            return
        self.seen[table] += 1
        self.folded[table] += 1
        rule = "said-again" if self.first[table, cells["id"]] == cells else "first-holds"
        self.notes.note(rule, table, f"{table} row {self.seen[table]}")

    def agency(self, element: Element, above: Above, parent: str = "") -> None:
        """An agency, its sites and their services, and the agencies in it."""
        part = Part(element)
        name, key, again = self.named(part, element)
        info, hidden = self.information(part, above)
        here = Above(key, hidden=hidden, verified=info.get("assured_date") or above.verified)
        sites, services, children = part.all(*SITES), part.all("SiteService"), part.all("Agency")
        owner = {"organization_id": key}
        small = self.small(part, owner) + websites(part, owner)
        small += [
            ("SourceOfFunds", "funding", identified({**owner, "source": t}))
            for t in part.texts("SourceOfFunds")
        ]
        cells = {
            "id": key,
            "name": name,
            "description": "\n\n".join(part.texts("AgencyDescription", "Description")),
            "tax_status": part.one("IRSStatus") or "",
            "tax_id": part.attribute("FEIN") or "",
            "year_incorporated": part.attribute("YearInc") or "",
            "legal_status": part.attribute("LegalStatus") or "",
            "parent_organization_id": parent,
            **addresses(part),
        }
        self.keep("Agency", "organization", finished(cells, part, hidden=hidden), again=again)
        self.add_all(small)
        for site in sites:
            self.site(site, here)
        for service in services:
            self.service(service, here, None)
        for child in children:
            self.agency(child, here, key)

    def site(self, element: Element, above: Above) -> None:
        """A place of an agency with the services at it."""
        part = Part(element)
        name, key, again = self.named(part, element)
        whose = part.one("AgencyKey") or ""
        above = above if above.organization else Above(whose, hidden=above.hidden)
        info, hidden = self.information(part, above)
        here = Above(above.organization, hidden=hidden, verified=info.get("assured_date") or above.verified)
        services = part.all("SiteService")
        owner = {"location_id": key}
        written = [rows.address(e, owner, f"{key}:physical", "physical") for e in part.all("PhysicalAddress")]
        secret = any(c.get("confidential") for _, _, c in written)
        written += [rows.address(e, owner, f"{key}:postal", "postal") for e in part.all("MailingAddress")]
        written += [rows.address(e, owner, "", "physical") for e in part.all("OtherAddress")]
        cells = {"id": key, "organization_id": above.organization, "name": name, **place(part, secret=secret)}
        small = [*written, *self.small(part, owner)]
        small += [
            ("DisabilitiesAccess", "accessibility", identified({**owner, "description": text}))
            for text in part.texts("DisabilitiesAccess")
        ]
        cells = finished({**cells, **addresses(part, "url")}, part, hidden=hidden)
        self.keep(part.name, "location", cells, again=again)
        self.add_all(small)
        for service in services:
            self.service(service, here, key)

    def service(self, element: Element, above: Above, site: str | None) -> None:
        """A service at a site. The very same at another site is the same service there too."""
        part = Part(element)
        key, again = self.key("SiteService", part.one("Key"), element)
        if site:
            joined = {"id": f"{key}:{site}", "service_id": key, "location_id": site}
            self.add("SiteService: Site", "service_at_location", joined)
        if again:
            self.fold(element, "SiteService")
            return
        info, hidden = self.information(part, above)
        if "assured_date" not in info and above.verified:
            info["assured_date"] = above.verified
            self.notes.note(
                "verified-above", "SiteService", f"SiteService row {self.seen['SiteService'] + 1}"
            )
        owner = {"service_id": key}
        small = self.small(part, owner) + websites(part, owner) + self.kinds(part, owner)
        for name, make in (("GeographicAreaServed", rows.area), ("Seasonal", rows.seasonal)):
            small += [row for e in part.all(name) for row in make(e, owner)]
        small += [
            ("DocumentsRequired", "required_document", identified({**owner, "document": text}))
            for text in part.texts("DocumentsRequired")
        ]
        cells = {
            "id": key,
            "organization_id": above.organization,
            "name": part.one("Name") or "",
            "description": "\n\n".join(part.texts("Description")),
            "fees_description": "\n".join(part.texts("FeeStructure")),
            **asked(part),
            **info,
            **addresses(part, "url"),
        }
        self.add("SiteService", "service", finished(cells, part, hidden=hidden))
        self.add_all(small)

    def small(self, part: Part, owner: Cells) -> list[Made]:
        """The rows that hang on an agency, a site or a service alike."""
        makers: tuple[tuple[str, Any], ...] = (
            ("Phone", rows.phone),
            ("Contact", rows.contact),
            ("TimeOpen", rows.hours),
            ("Languages", rows.languages),
        )
        hours = "organization_id" not in owner
        return [
            row
            for name, make in makers
            if hours or name in ("Phone", "Contact")
            for element in part.all(name)
            for row in make(element, owner)
        ]

    def kinds(self, part: Part, owner: Cells) -> list[Made]:
        """The terms of the taxonomy that a service goes by, each term once."""
        made: list[Made] = []
        for element in part.all("Taxonomy"):
            inner = Part(element)
            code, name = inner.one("Code") or "", inner.one("Name") or ""
            link = {"link_id": owner["service_id"], "link_entity": "service", "taxonomy_term_id": code}
            made.append(("Taxonomy", "attribute", identified({**link, **inner.rest()})))
            if code and ("term", code) not in self.keys:
                self.keys["term", code] = code
                term = {"id": code, "code": code, "name": name or code, "taxonomy": "AIRS/211 LA County"}
                self.add("Taxonomy: Code", "taxonomy_term", term)
        return made

    def information(self, part: Part, above: Above) -> tuple[Cells, bool]:
        """What a record says of itself: when it was verified, and whether it may be shown."""
        table = part.name
        hidden = above.hidden or part.confidential
        for name in ("ExcludeFromWebsite", "ExcludeFromDirectory"):
            hidden = (part.attribute(name) or "").lower() in YES or hidden
        cells: Cells = {}
        infos = part.all("ResourceInfo")
        for inner in (part, *map(Part, infos)):
            said = [
                (inner.attribute(name) or "true").lower() in YES
                for name in (*NOT_FOR, "AvailableForResearch")
            ]
            hidden = hidden or not all(said[:2])
            cells |= {} if said[2] else {"waypost": '{"exported":false}'}
            verified = inner.attribute("DateLastVerified") or inner.one("DateLastVerified")
            if verified and (day := times.date(verified[:10]) or times.date(verified)):
                cells["assured_date"] = day
            elif verified:
                cells["airs_date_last_verified"] = verified
            if inner is not part:
                inner.all("Contact", "ResourceSpecialist")
                cells |= inner.rest()
        for name in (name for element in infos for name in rows.within(element, ROWS)):
            self.seen[name] += 1
            self.aside[name] += 1
            self.notes.note("private", name, f"{name} row {self.seen[name]}")
        where = f"{table} row {self.seen[table] + 1}"
        if hidden:
            self.notes.note("not-for-readers", table, where)
        elif "waypost" in cells:
            self.notes.note("not-for-research", table, where)
        return cells, hidden

    def tables(self) -> list[tuple[Sheet, str]]:
        """Every table with the object that it holds."""
        made = []
        for name, of in self.sheets.items():
            columns = tuple(dict.fromkeys(column for cells in of for column in cells))
            numbered = tuple(zip(self.numbers[name], of, strict=True))
            made.append((Sheet(name, columns, numbered), self.objects[name]))
        return made


def asked(part: Part) -> Cells:
    """Who is served, of what age, and how one applies."""
    cells: Cells = {}
    for element in part.all("AgeRequirements"):
        inner = Part(element)
        for name, column in (("MinimumAge", "minimum_age"), ("MaximumAge", "maximum_age")):
            if age := inner.one(name):
                cells[column] = age
        part.children += [element]
    names = [local(e.tag) for e in part.children if local(e.tag).endswith("Requirements")]
    lines = [rows.requirements(e) for e in part.all(*names)]
    cells["eligibility_description"] = "\n".join(dict.fromkeys(filter(None, lines)))
    steps = [text.strip() for e in part.all("ApplicationProcess") for text in e.itertext() if text.strip()]
    return cells | {"application_process": "\n".join(steps)}


def finished(cells: Cells, part: Part, *, hidden: bool) -> Cells:
    """The row of an agency, a site or a service, with what nobody took and whether it is shown."""
    akas = part.all("AKA")
    names = [Part(aka) for aka in akas]
    open_ = [name for aka in names if not aka.confidential for name in aka.texts("Name")]
    secret = [told(aka) for aka, name in zip(akas, names, strict=True) if name.confidential]
    cells["alternate_name"] = "; ".join(open_)
    cells |= {"airs_aka": cell(secret)} if secret else {}
    cells |= {name: value for name, value in part.rest().items() if name not in cells}
    return {name: value for name, value in cells.items() if value} | (
        {"confidential": "true"} if hidden else {}
    )


def place(part: Part, *, secret: bool) -> Cells:
    """What a place is called and where it is. Where its address is secret, so is all that tells of it."""
    cells: Cells = {}
    words = part.texts("SiteDescription", "Description")
    if secret or any(local(child.tag) == "NoPhysicalAddress" for child in part.children):
        found = {local(e.tag): told(e) for e in part.all(*POINTS) if told(e)}
        cells["description"] = "\n\n".join(words)
        # Under our own key, so that no export has a column for it.
        return cells | (
            {"waypost": cell([{"secret_place": {**found, "confidential": "true"}}])} if found else {}
        )
    for point in part.all("SpatialLocation"):
        inner = Part(point)
        cells |= {"latitude": inner.one("Latitude") or "", "longitude": inner.one("Longitude") or ""}
        cells |= inner.rest()
    words += part.texts("PhysicalLocationDescription")
    return cells | {"description": "\n\n".join(words), "transportation": part.one("BusServiceAccess") or ""}


def websites(part: Part, owner: Cells) -> list[Made]:
    """Every website after the first, as a row of its own."""
    elements = part.all("URL")
    part.children += elements[:1]
    made: list[Made] = []
    for element in elements[1:]:
        inner = Part(element)
        cells = {**owner, "url": inner.one("Address") or inner.words, "label": inner.one("Note") or ""}
        inner.words = ""
        made.append(("URL", "url", identified({**cells, **inner.rest()})))
    return made


def addresses(part: Part, web: str = "website") -> Cells:
    """The first website and the first mail address; the others stay with the rest."""
    cells: Cells = {}
    for name, column in (("URL", web), ("Email", "email")):
        elements = part.all(name)
        if elements and not (inner := Part(elements[0])).confidential:
            cells[column] = inner.one("Address") or inner.words
            inner.words = ""
            cells |= inner.rest()
            elements = elements[1:]
        part.children += elements
    return cells
