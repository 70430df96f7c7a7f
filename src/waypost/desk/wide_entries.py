"""What the wide index holds of each service of a store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from waypost.desk.find_documents import service_document, tokenizer
from waypost.desk.publish_some import Whole, publish_some
from waypost.model.directory import Listing
from waypost.model.pack import Pack
from waypost.rules.freshness import cycle_for, hide_on
from waypost.rules.hours import hours_of
from waypost.rules.need import make_reader
from waypost.rules.need_words import fold
from waypost.search.wide_entry import Entry
from waypost.store import Store

BEFORE_ANY_CLOCK = date.min
"""Published as of this day nothing is hidden by the clock: the index says of each until when it is shown."""


@dataclass(frozen=True)
class Maker:
    """Makes entries of the services of one store."""

    store: Store
    pack: Pack
    whole: Whole

    @cached_property
    def tokens(self) -> Callable[[str], list[str]]:
        """Texts as stems."""
        return tokenizer(make_reader(self.pack.lexicon, self.pack.places, []).ignored)

    def entries(self, ids: Sequence[str]) -> Iterator[Entry]:
        """The entries of those of these services that may be seen. Raises StoreError."""
        with self.store.read() as connection:
            some = publish_some(connection, self.pack, BEFORE_ANY_CLOCK, ids, self.whole)
            for listing, rests_on in some:
                own = ("service", listing.id) in self.whole.ours
                yield entry_of(listing, rests_on, self.pack, self.tokens, own=own)


def entry_of(
    listing: Listing,
    rests_on: Collection[str],
    pack: Pack,
    tokens: Callable[[str], list[str]],
    *,
    own: bool,
) -> Entry:
    """A service as the index has it. Confidential places have no point."""
    service, document = listing.service, service_document(listing)
    stems = {
        field: " ".join(dict.fromkeys(t for text in texts for t in tokens(text)))
        for field, texts in document.fields.items()
    }
    gone, hours = (
        hide_on(service.verification, cycle_for(service.cycle, pack.manifest.cycles)),
        hours_of(listing),
    )
    bare = msgspec.structs.replace(listing.organization, services=())
    return Entry(
        id=listing.id,
        slug=service.slug,
        owner=listing.organization.slug,
        **stems,
        starts=" ".join(fold(" ".join(document.fields["name"]))),
        rests_on=tuple(sorted(rests_on)),
        kinds=service.kinds,
        areas=service.serves,
        languages=tuple(dict.fromkeys(spoken.code for spoken in service.languages)),
        access=service.access,
        groups=service.for_whom,
        cost=service.cost,
        points=tuple(
            (at.latitude, at.longitude)
            for at in service.locations
            if at.latitude is not None and at.longitude is not None and not at.confidential
        ),
        hours=None if hours is None else msgspec.json.encode(hours, order="sorted").decode(),
        hide_on=None if gone is None else gone.toordinal(),
        own=own,
        held=msgspec.msgpack.encode(msgspec.structs.replace(listing, organization=bare)),
    )
