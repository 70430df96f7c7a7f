"""The records as they are now: made anew when the database has changed, while what was is still read."""

from __future__ import annotations

import threading
from datetime import date

from waypost.desk.served import Served, serve_records
from waypost.model.pack import Pack
from waypost.store import Store, StoreError, feed


class Now:
    """Called, it gives what may be served. Whoever finds that the database changed makes it anew.

    Others are answered meanwhile with what was. A database that cannot be asked changes nothing that is at hand.
    """

    def __init__(self, store: Store, pack: Pack, day: date):
        self.store, self.pack, self.day = store, pack, day
        self.since = store.clock()
        self.making = threading.Lock()
        self.at_hand: tuple[tuple[int, ...], Served] | None = None

    def __call__(self) -> Served:
        """The records as they are now. Raises StoreError while there are none yet and the database is away."""
        before = self.at_hand
        if not self.making.acquire(blocking=before is None):
            assert before is not None
            return before[1]
        try:
            return self.made()
        except StoreError:
            if self.at_hand is None:
                raise
            return self.at_hand[1]
        finally:
            self.making.release()

    def made(self) -> Served:
        """What is at hand if the database is as it was, else what it holds now. Raises StoreError."""
        with self.store.read() as connection:
            version = feed.version(connection)
        if self.at_hand is None or self.at_hand[0] != version:
            self.at_hand = (version, serve_records(self.store, self.pack, self.day, self.since))
        return self.at_hand[1]
