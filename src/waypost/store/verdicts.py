"""What a person said of two records that looked as if they were one; asked once, remembered for good."""

from __future__ import annotations

import sqlalchemy as sa

from waypost.store import tables as t

Pair = tuple[str, str, str]
"""The object, and two ids of it, the lesser first."""


def every(connection: sa.Connection) -> dict[Pair, str]:
    """All that was ever said, by pair."""
    rows = connection.execute(sa.select(t.verdict))
    return {(row.object, row.one, row.other): row.said for row in rows}


def say(connection: sa.Connection, pair: Pair, said: str, points: int, at: str) -> None:
    """Remember a person's word on two records, in place of an earlier one."""
    forget(connection, pair)
    object_, one, other = pair
    values = {"object": object_, "one": one, "other": other, "said": said, "points": points, "at": at}
    connection.execute(sa.insert(t.verdict).values(**values))


def forget(connection: sa.Connection, pair: Pair) -> bool:
    """Forget what was said of two records, so that they are asked about again; False if nothing was."""
    object_, one, other = pair
    same = (t.verdict.c.object == object_, t.verdict.c.one == one, t.verdict.c.other == other)
    return connection.execute(sa.delete(t.verdict).where(*same)).rowcount > 0
