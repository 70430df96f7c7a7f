"""The one gate: every outlet, page, API, export, index and print, sees the records that pass through here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED
from waypost.exchange.packform import SOURCE
from waypost.exchange.packread import Reader, day, own_of
from waypost.exchange.withhold import SHARED, Key, confidential, listed, pointed_at
from waypost.model.directory import Directory, Listing, Location, Organization, Service, Shown
from waypost.model.evidence import Cycle, Freshness, Struct, Verification, VerificationState
from waypost.model.pack import Pack
from waypost.rules.freshness import cycle_for, due, freshness
from waypost.store import Connection, Store, records
from waypost.store.records import Record


class Published(Struct):
    """The records that may be seen on one day, by object and id, and the keys of those the clock hides."""

    records: dict[Key, Record]
    hidden: tuple[str, ...] = ()

    def find(self, object_: str, id_: str) -> Doc | None:
        """The document of that id, or None."""
        record = self.records.get((object_, id_))
        return record.doc if record else None


def publish(store: Store, pack: Pack, today: date) -> Directory:
    """Everything that may be seen on this day, in the order of keys."""
    published = publish_records(store, pack, today)
    keys = listing_keys(record for key, record in published.records.items() if key[0] == "service")
    listings = listings_of(published, pack, today, keys)
    return Directory(tuple(sorted(listings, key=lambda listing: listing.key)), published.hidden)


def listings_of(published: Published, pack: Pack, today: date, keys: dict[str, str]) -> list[Listing]:
    """Each of these services as a listing under its key, with the organization that gives it."""
    timezone = pack.manifest.settings.timezone
    reader = Reader(published.find, timezone, terms_by_id(published, pack), areas_by_name(pack))
    services = {key[1]: record for key, record in published.records.items() if key[0] == "service"}
    owners = owners_of(published, services)
    made = {
        id_: fitting(reader.service(services[id_].doc), services[id_], keys[id_], pack, name)
        for owner, ids in owners.items()
        for name in [str((published.find("organization", owner) or services[ids[0]].doc).get("name"))]
        for id_ in ids
    }
    organizations = {
        owner: organization(published, reader, owner, [made[id_] for id_ in ids])
        for owner, ids in owners.items()
    }
    return [
        Listing(id_, made[id_], organizations[owner], shown(services[id_].doc, pack, today))
        for owner, ids in owners.items()
        for id_ in ids
    ]


class Held(Struct):
    """All that the database holds, and the keys of what this pack put there."""

    every: dict[Key, Record]
    ours: frozenset[Key]


def publish_records(store: Store, pack: Pack, today: date, *, exporting: bool = False) -> Published:
    """The records that may be seen, or given away, on this day, pointing nowhere else."""
    with store.read() as connection:
        held = held_in(connection, pack)
    return let_through(held, pack, today, exporting=exporting)


def held_in(connection: Connection, pack: Pack) -> Held:
    """All that the database holds, read once."""
    listed_here = records.remembered(connection, f"pack:{pack.manifest.id}") or {}
    ours = frozenset((object_, id_) for object_, id_ in listed_here.get("records", ()))
    return Held({(record.object, record.id): record for record in records.every(connection)}, ours)


def let_through(held: Held, pack: Pack, today: date, *, exporting: bool = False) -> Published:
    """What of it may be seen, or given away, on this day, pointing nowhere else."""
    every, ours = held.every, held.ours
    seen = {key: r for key, r in every.items() if may_be_seen(key, r, ours, pack, exporting=exporting)}
    clock = {k for k, r in seen.items() if k[0] == "service" and hidden_by_clock(r, pack, today)}
    names = tuple(sorted(seen[key].key or key[1] for key in clock))
    closed = {k for k, r in seen.items() if k[0] == "service" and r.doc.get("status", "active") != "active"}
    gone = with_dependents(every, (set(every) - set(seen)) | clock | closed)
    seen = {key: record for key, record in seen.items() if key not in gone}
    return Published({key: pointing_inside(record, seen) for key, record in seen.items()}, names)


def may_be_seen(key: Key, record: Record, ours: frozenset[Key], pack: Pack, *, exporting: bool) -> bool:
    """Whether a record is active, of this pack or of an import, and its source's rights allow it."""
    if record.status != "active" or (confidential(record.doc) and record.object != "location"):
        return False
    if exporting and own_of(record.doc).get("exported") is False:
        return False
    if record.source == SOURCE:
        return key in ours
    source = pack.sources.get(record.source)
    return source is None or (source.shown and (source.exported or not exporting))


def hidden_by_clock(record: Record, pack: Pack, today: date) -> bool:
    """Whether nobody has looked at a service for so long that it must not be shown."""
    return shown(record.doc, pack, today).freshness == Freshness.hidden


def shown(doc: Doc, pack: Pack, today: date) -> Shown:
    """What the clock says of a service's document."""
    return by_clock(*clock_of(doc, pack), today)


def by_clock(verification: Verification, cycle: Cycle, today: date) -> Shown:
    """What the clock says of whatever was verified so and is due so often."""
    return Shown(freshness(verification, cycle, today), due(verification, cycle))


def clock_of(doc: Doc, pack: Pack) -> tuple[Verification, Cycle]:
    """How a service was verified, and how often that is due."""
    said = own_of(doc).get("verification")
    verification = (
        msgspec.convert(said, Verification)
        if said is not None
        else msgspec.convert({"state": VerificationState.unverified, "on": day(doc)}, Verification)
    )
    return verification, cycle_for(own_of(doc).get("cycle", "service"), pack.manifest.cycles)


def with_dependents(every: dict[Key, Record], gone: set[Key]) -> set[Key]:
    """These records and everything that belongs only to them."""
    listing: dict[Key, set[Key]] = {}
    owned: dict[Key, set[Key]] = {}
    by_id = {key[1]: key for key in every if key[0] in PARENTS}
    for key, record in every.items():
        for child in pointed_at(key[0], record.doc):
            listing.setdefault(child, set()).add(key)
            owned.setdefault(key, set()).add(child)
        if record.parent in by_id and key[0] not in SHARED:
            owned.setdefault(by_id[record.parent], set()).add(key)
    found, queue = set(gone), list(gone)
    while queue:
        for key in owned.get(queue.pop(), ()):
            if key not in found and key in every and not listing.get(key, set()) - found:
                found.add(key)
                queue.append(key)
    return found


PARENTS = ("organization", "service", "service_at_location", "location", "contact", "phone")


def pointing_inside(record: Record, seen: dict[Key, Record]) -> Record:
    """The record without references to what may not be seen."""
    doc, nests = record.doc, NESTED[record.object]
    for field in [field for field in doc if field in nests]:
        nested, ids = nests[field], listed(doc.get(field))
        kept = [id_ for id_ in ids if (nested.object, id_) in seen]
        if len(kept) < len(ids):
            doc = {k: v for k, v in doc.items() if k != field}
            if kept:
                doc[field] = kept
    return record if doc is record.doc else msgspec.structs.replace(record, doc=doc)


def owners_of(published: Published, services: dict[str, Record]) -> dict[str, list[str]]:
    """The services of each organization, in its own order and then in the order of keys."""
    owner: dict[str, str] = {}
    order: dict[str, int] = {}
    for (object_, id_), record in published.records.items():
        if object_ == "organization":
            for place, service in enumerate(listed(record.doc.get("services"))):
                owner.setdefault(service, id_)
                order.setdefault(service, place)
    for id_, record in services.items():
        said = record.doc.get("organization") or record.doc.get("organization_id")
        owner.setdefault(id_, said if isinstance(said, str) else id_)
    found: dict[str, list[str]] = {}
    for id_ in sorted(services, key=lambda i: (order.get(i, len(order)), services[i].key or i)):
        found.setdefault(owner[id_], []).append(id_)
    return found


def organization(published: Published, reader: Reader, id_: str, services: list[Service]) -> Organization:
    """An organization with the services that may be seen; a bare one where its own record is not there."""
    record = published.records.get(("organization", id_))
    if record is None:
        name = services[0].name
        return Organization(key=f"org-{id_}", slug=id_, name=name, services=tuple(services))
    made = reader.organization({k: v for k, v in record.doc.items() if k != "services"})
    changes = {"slug": record.slug or made.slug, "locations": called(made.locations, made.name)}
    return msgspec.structs.replace(made, services=tuple(services), **changes)


def called(locations: tuple[Location, ...], name: str) -> tuple[Location, ...]:
    """The places, each with a name: one whose own name is withheld is called by its organization's."""
    return tuple(at if at.name else msgspec.structs.replace(at, name=name) for at in locations)


def listing_keys(services: Iterable[Record]) -> dict[str, str]:
    """A key for each service: its own, or its id where another already has that key. Packs come first."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for record in sorted(services, key=lambda r: (r.source != SOURCE, r.source, r.id)):
        key = record.key if record.key and record.key not in taken else f"svc-{record.id}"
        taken.add(key)
        found[record.id] = key
    return found


def fitting(service: Service, record: Record, key: str, pack: Pack, owner: str) -> Service:
    """The service under its key and slug; one of another's without keys that this pack does not know."""
    changes: dict[str, object] = {"key": key, "slug": record.slug or service.slug, "steward_note": None}
    locations = called(service.locations, owner)
    if record.source != SOURCE:
        changes["sources"] = tuple(s for s in service.sources if s in pack.sources)
        known = {**pack.places.areas, **pack.places.towns}
        changes["serves"] = tuple(s for s in service.serves if s in known)
        changes["kinds"] = tuple(k for k in service.kinds if k in pack.terms.terms)
        towns = pack.places.towns
        locations = tuple(
            at if at.town in towns else msgspec.structs.replace(at, town=None) for at in locations
        )
    return msgspec.structs.replace(service, locations=locations, **changes)


def terms_by_id(published: Published, pack: Pack) -> dict[str, str]:
    """The keys of our terms by the ids of the records, ours and others', that carry their code."""
    codes = {term.code: key for key, term in pack.terms.terms.items() if term.code}
    found = {}
    for (object_, id_), record in published.records.items():
        if object_ == "taxonomy_term" and (key := codes.get(str(record.doc.get("code")))):
            found[id_] = key
    return found


def areas_by_name(pack: Pack) -> dict[str, str]:
    """The keys of towns and areas by the names that others write, in lower case."""
    areas = {name.casefold(): key for key, area in pack.places.areas.items() for name in area.name.values()}
    towns = {n.casefold(): k for k, town in pack.places.towns.items() for n in (town.name, *town.aliases)}
    return {**areas, **towns}
