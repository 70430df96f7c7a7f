"""Very many services made ready for the wide index by several processes, a part each: one alone would need twice as long.

Each process reads the store by itself, and so may see a change that was made a moment later. That change is in the
feed behind the position that the index is stamped with, and is taken in again with the next.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from waypost import store as database
from waypost.desk.publish_some import Whole
from waypost.desk.wide_entries import Maker
from waypost.model.evidence import Problem
from waypost.model.pack import Pack
from waypost.search.wide_entry import Entry
from waypost.store import Store, StoreError

MANY = 50_000
"""From so many services on other processes help: below, starting them takes longer than they save."""
PART = 2_000
WAITING = 6
"""Parts that are made ahead of the one that is being written: so much is held in memory, and no more."""

_DECODE = msgspec.msgpack.Decoder(list[Entry]).decode


def entries_of(store: Store, pack: Pack, ids: Sequence[str], whole: Whole) -> Iterator[Entry]:
    """The entries of these services, made by as many processes as there are cores. Raises StoreError."""
    starts = iter(range(0, len(ids), PART))
    context = multiprocessing.get_context("spawn")
    number = min(os.cpu_count() or 1, -(-len(ids) // PART))
    with context.Pool(number, _begin, (store.url, pack, whole)) as pool:
        waiting = [pool.apply_async(_part, (ids[at : at + PART],)) for at in islice(starts, WAITING)]
        while waiting:
            made = waiting.pop(0).get()
            for at in islice(starts, 1):
                waiting.append(pool.apply_async(_part, (ids[at : at + PART],)))
            if isinstance(made, Problem):
                raise StoreError(made)
            yield from _DECODE(made)


def several(store: Store, ids: Sequence[str]) -> bool:
    """Whether it is worth it, and other processes can read that database."""
    return len(ids) >= MANY and (os.cpu_count() or 1) > 1 and ":memory:" not in store.url


_MAKERS: list[Maker] = []


def _begin(url: str, pack: Pack, whole: Whole) -> None:
    os.nice(5)  # whoever is served meanwhile comes first
    _MAKERS.append(Maker(database.open(url), pack, whole))


def _part(ids: Sequence[str]) -> bytes | Problem:
    try:
        return msgspec.msgpack.encode(list(_MAKERS[0].entries(ids)))
    except StoreError as error:
        return error.problem
