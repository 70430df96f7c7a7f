"""A directory too large for a page: what lies near is read whole, what lies farther off is looked up.

Up to ``MOST_IN_PAGE`` services the guide holds all of them, in the server and in the page. Above that the guide
holds the pack's own services and those near its home; all others lie in ``search.wide`` and are found by the
server alone. They pass the same gate: what is in the index was published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from waypost.desk import wide_parts
from waypost.desk.find_documents import service_document
from waypost.desk.publish import by_clock
from waypost.desk.publish_some import whole_of
from waypost.desk.served_places import around
from waypost.desk.wide_entries import Maker
from waypost.model.directory import Directory, Listing
from waypost.model.evidence import Cycle
from waypost.model.pack import Pack
from waypost.rules.freshness import cycle_for, hide_on
from waypost.search.index import Index, need_fit, worth
from waypost.search.scorer import MOST_TEXT, SHORTEST_START, STARTED
from waypost.search.wide import Hit, Question, WideIndex
from waypost.search.wide_entry import OWN
from waypost.store import Store, feed, records

MOST_IN_PAGE = 5_000
"""Services that the page's own search holds (docs/decisions/0001-tried-decisions.md)."""
RINGS = (4, 16)
"""Cells around the reader's town in which to look: about 28 miles, and where too little is there about 110."""
FEW = 20


@dataclass(frozen=True)
class WideDirectory:
    """All services of a store, for one day, and the words of the lexicon."""

    index: WideIndex
    pack: Pack
    on: date
    known: Collection[str] = frozenset()

    def listing(self, hit: Hit) -> Listing:
        """What was kept of a service, with what the clock says of it today."""
        kept: Listing = _KEPT.decode(hit.held)
        clock = by_clock(kept.service.verification, _cycle(kept, self.pack), self.on)
        return msgspec.structs.replace(kept, shown=clock)

    def shown(self, hits: Iterable[Hit]) -> Iterator[Listing]:
        """The listings of hits that the clock does not hide today."""
        for hit in hits:
            listing = self.listing(hit)
            gone = hide_on(listing.service.verification, _cycle(listing, self.pack))
            if gone is None or self.on < gone:
                yield listing

    def by_slug(self, slug: str) -> tuple[Listing, ...]:
        """The service of that slug with its organization's others, itself first; nothing where there is none."""
        hit = self.index.by_slug(slug)
        first = list(self.shown([hit])) if hit else []
        return (*first, *(x for one in first for x in self.of_owner(one.organization.slug) if x.id != one.id))

    def of_owner(self, slug: str) -> tuple[Listing, ...]:
        """The services of the organization with that slug, by name."""
        return tuple(
            sorted(self.shown(self.index.of_owner(slug)), key=lambda one: (one.service.name, one.id))
        )

    def near_home(self, most: int = MOST_IN_PAGE) -> Directory:
        """The pack's own services and those near its home, the nearest first, as a directory of their own."""
        places = self.pack.places
        home = places.towns.get(places.home or "")
        areas = tuple(sorted(around(places, places.home))) if places.home else ()
        own = Question(on=self.on.toordinal(), must={"own": (OWN,)})
        found = {one.id: one for one in self.shown(self.index.hits(own, most))}
        for rings in RINGS if home else ():
            point = (home.latitude, home.longitude) if home else None
            for one in self.shown(self.index.within(areas, point, rings)):
                found.setdefault(one.id, one)
            if len(found) >= most:
                break
        nearest = list(found.values())[:most]
        return Directory(tuple(sorted(nearest, key=lambda listing: listing.key)))

    def candidates(
        self, needs: dict[str, int], tokens: Collection[str], town: str | None, skip: Collection[str]
    ) -> list[tuple[Listing, dict[str, int], int]]:
        """Services beyond those with a key to ``skip``: how each meets the needs, and its points for the words."""
        stems = {token: self._stems(token) for token in tokens}
        question = self._question(needs, [s for some in stems.values() for s, _ in some], town)
        hits = self._hits(question)
        held = {s: self.index.spread(s) for some in stems.values() for s, _ in some}
        found = []
        for hit in hits:
            for listing in self.shown([hit]):
                if listing.key not in skip:
                    text = sum(self._points(hit, some, held) for some in stems.values())
                    found.append((listing, self._fits(listing, needs), min(text, MOST_TEXT)))
        return found

    def _hits(self, question: Question) -> list[Hit]:
        """The candidates near; where they are few those farther off, and then from anywhere."""
        hits: list[Hit] = []
        for rings in RINGS:
            hits = self.index.hits(msgspec.structs.replace(question, rings=rings))
            if len(hits) >= FEW or question.near is None:
                return hits
        return self.index.hits(msgspec.structs.replace(question, near=None, areas=()))

    def _question(self, needs: dict[str, int], stems: list[str], town: str | None) -> Question:
        kinds: dict[str, int] = {}
        for need, weight in needs.items():
            for kind, fit in self.pack.lexicon.needs[need].kinds.items():
                kinds[kind] = max(kinds.get(kind, 0), weight * fit // 100)
        places = self.pack.places
        here = places.towns.get(town or "")
        return Question(
            on=self.on.toordinal(),
            tokens=tuple(dict.fromkeys(stems)),
            kinds=kinds,
            areas=tuple(sorted(around(places, town))) if here and town else (),
            near=(here.latitude, here.longitude) if here else None,
        )

    def _stems(self, token: str) -> list[tuple[str, int]]:
        """A word with its percent; one that nothing has, as what it begins."""
        if self.index.spread(token) or len(token) < SHORTEST_START:
            return [(token, 100)]
        return [(s, STARTED) for s in self.index.starting(token, "name")]

    def _points(self, hit: Hit, stems: list[tuple[str, int]], held: dict[str, int]) -> int:
        best = 0
        for field, text in (("name", hit.name), ("also", hit.also), ("body", hit.body)):
            there = set(text.split())
            for s, percent in stems:
                if s in there:
                    points = worth(field, s, held[s], self.index.size, self.known) * percent // 100
                    best = max(best, points)
        return best

    def _fits(self, listing: Listing, needs: dict[str, int]) -> dict[str, int]:
        document, lexicon = service_document(listing), self.pack.lexicon
        fits = {n: need_fit(document, n, lexicon.needs[n].kinds, lexicon.first.get(n, ())) for n in needs}
        return {need: fit for need, fit in fits.items() if fit}


def with_wide(
    index: Index, directory: Directory, points: dict[int, int], needs: dict[str, int],
    far: list[tuple[Listing, dict[str, int], int]],
) -> tuple[Index, Directory, dict[int, int]]:  # fmt: skip
    """An index, a directory and points with the services from farther off added at their end."""
    first = len(index.documents)
    added = {need: list(index.needs.get(need, ())) for need in needs}
    scored = dict(points)
    for number, (_, fits, text) in enumerate(far, first):
        for need, fit in fits.items():
            added[need].append((number, fit))
        scored[number] = text + sum(needs[need] * fit for need, fit in fits.items())
    documents = (*index.documents, *(("service", listing.key) for listing, _, _ in far))
    wider = {need: tuple(pairs) for need, pairs in added.items()}
    listings = (*directory.listings, *(one for one, _, _ in far))
    return (
        msgspec.structs.replace(index, documents=documents, needs=wider),
        msgspec.structs.replace(directory, listings=listings),
        scored,
    )


def bring_up(index: WideIndex, store: Store, pack: Pack) -> bool:
    """Bring the index in step with the store: what changed since, or all of it where the pack is another.

    False where another process is at it. What is written meanwhile is taken in the next time.
    """
    with store.read() as connection:
        end, stamp = feed.end(connection), index.stamp()
        anew = stamp is None or stamp.of != pack.fingerprint
        if stamp is not None and not anew and stamp.version == end:
            return True
        whole = whole_of(connection, pack)
        ids = records.ids_of(connection, "service")
        if stamp is not None and not anew:
            changed = {line.id for line in feed.lines(connection, (stamp.version[0], stamp.version[1]))}
            resting = {_KEPT.decode(hit.held).id for hit in index.resting_on(changed)}
            ids = sorted(resting | (changed & set(ids)))
    make = wide_parts.entries_of(store, pack, ids, whole) if wide_parts.several(store, ids) else None
    entries = make or Maker(store, pack, whole).entries(ids)
    return index.write(entries, None if anew else ids, pack.fingerprint, end)


def _cycle(listing: Listing, pack: Pack) -> Cycle:
    return cycle_for(listing.service.cycle, pack.manifest.cycles)


_KEPT = msgspec.msgpack.Decoder(Listing)
