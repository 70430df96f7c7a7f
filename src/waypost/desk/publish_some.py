"""Some services of a store, through the same gate as all: where there are too many to read at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from waypost.desk.publish import Held, let_through, listing_keys, listings_of
from waypost.exchange.objects import NESTED
from waypost.exchange.withhold import Key
from waypost.model.directory import Listing
from waypost.model.evidence import Struct
from waypost.model.pack import Pack
from waypost.store import Connection, records
from waypost.store.records import Record

AT_ONCE = 400
"""Services that are read and joined in one step."""
NOT_FOLLOWED = {
    "organization": ("services",),
    "service_at_location": ("service",),
    "taxonomy": ("taxonomy_terms",),
}
"""Fields that lead from a service back to others, and so to the whole directory."""


class Whole(Struct):
    """What must be known of all records to publish some: which this pack wrote, whose a disputed key is."""

    ours: frozenset[Key]
    winners: dict[str, str]


def whole_of(connection: Connection, pack: Pack) -> Whole:
    """What must be known of all records of a store."""
    remembered = records.remembered(connection, f"pack:{pack.manifest.id}") or {}
    ours = frozenset((object_, id_) for object_, id_ in remembered.get("records", ()))
    disputed = records.sharing_keys(connection, "service")
    won = listing_keys(disputed)
    winners = {key: id_ for id_, key in won.items()}
    return Whole(ours, {record.key: winners[record.key] for record in disputed if record.key in winners})


def publish_some(
    connection: Connection, pack: Pack, today: date, ids: Iterable[str], whole: Whole
) -> Iterator[tuple[Listing, frozenset[str]]]:
    """Those of these services that may be seen on a day, in the order asked for, and the ids of what each rests on."""
    asked = list(ids)
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        found, names = held_around(connection, some)
        published = let_through(Held(found, whole.ours), pack, today)
        services = [record for key, record in published.records.items() if key[0] == "service"]
        keys = {record.id: _key(record, whole) for record in services}
        made = {listing.id: listing for listing in listings_of(published, pack, today, keys)}
        for id_ in some:
            if id_ in made:
                yield made[id_], frozenset(key[1] for key in below(names, ("service", id_)))


def held_around(connection: Connection, ids: Iterable[str]) -> tuple[dict[Key, Record], dict[Key, list[Key]]]:
    """These services with everything that their listings are made of, and which record names which."""
    found: dict[Key, Record] = {}
    names: dict[Key, list[Key]] = {}
    asked: set[Key] = set()
    waiting: dict[str, set[str]] = {"service": set(ids)}
    while waiting:
        object_, wanted = waiting.popitem()
        asked.update((object_, id_) for id_ in wanted)
        for id_, record in records.named(connection, object_, sorted(wanted)).items():
            found[object_, id_] = record
            names[object_, id_] = leads = list(_leads_to(record))
            for key in leads:
                if key not in asked:
                    waiting.setdefault(key[0], set()).add(key[1])
    return found, names


def below(names: dict[Key, list[Key]], top: Key) -> set[Key]:
    """A record and all that it leads to, but for terms: those are everybody's."""
    found, waiting = {top}, [top]
    while waiting:
        for key in names.get(waiting.pop(), ()):
            if key not in found and key[0] not in ("taxonomy_term", "taxonomy"):
                found.add(key)
                waiting.append(key)
    return found


def _leads_to(record: Record) -> Iterator[Key]:
    """The records that a record names, but for the way back."""
    follow = _FOLLOWED[record.object]
    for field, said in record.doc.items():
        object_ = follow.get(field)
        if object_ is None:
            continue
        if isinstance(said, str):
            yield object_, said
        elif isinstance(said, list):
            for id_ in said:
                if isinstance(id_, str):
                    yield object_, id_


_FOLLOWED = {
    object_: {
        **{
            field: nested.object
            for field, nested in fields.items()
            if field not in NOT_FOLLOWED.get(object_, ())
        },
        "organization_id": "organization",
        "location_id": "location",
    }
    for object_, fields in NESTED.items()
}


def _key(record: Record, whole: Whole) -> str:
    """The key of a service: its own, or its id where that key is another's."""
    if record.key and whole.winners.get(record.key, record.id) == record.id:
        return record.key
    return f"svc-{record.id}"
