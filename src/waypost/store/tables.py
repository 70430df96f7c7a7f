"""The one schema. Documents are JSON text; what is looked up stands in columns and tables beside them."""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA = "0003"
"""The newest revision that this program knows."""

APPLICATION_ID = 0x57505354
"""Written into the header of our SQLite files ("WPST"), so that another program's file is never touched."""

metadata = sa.MetaData()

record = sa.Table(
    "record",
    metadata,
    sa.Column("object", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text),
    sa.Column("slug", sa.Text),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("source_id", sa.Text),
    sa.Column("parent", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("doc", sa.Text, nullable=False),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("modified", sa.Text, nullable=False),
    sa.Column("hide_after", sa.Text),
    sa.Index("record_key", "object", "source", "key"),
    sa.Index("record_slug", "object", "slug", unique=True),
    sa.Index("record_parent", "parent"),
    sa.Index("record_modified", "object", "modified", "id"),
)
"""``status``: ``active``; ``withdrawn`` (gone upstream, never deleted); ``withheld`` (not public)."""

withheld = sa.Table(
    "withheld",
    metadata,
    sa.Column("object", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pointer", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("base", sa.Text, nullable=False),
)
"""Values that no outlet may show, by JSON pointer into the document they were taken from."""

service_term = sa.Table(
    "service_term",
    metadata,
    sa.Column("term", sa.Text, primary_key=True),
    sa.Column("service", sa.Text, primary_key=True),
    sa.Index("service_term_service", "service"),
)

place = sa.Table(
    "place",
    metadata,
    sa.Column("location", sa.Text, primary_key=True),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("cell", sa.Text),
    sa.Column("postal_code", sa.Text),
    sa.Index("place_cell", "cell"),
    sa.Index("place_postal_code", "postal_code"),
)

change = sa.Table(
    "change",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("xid", sa.BigInteger),
    sqlite_autoincrement=True,
)
"""What happened to which record: ``taken``, ``changed``, ``withdrawn``, ``returned``, ``merged``. No values.

``xid`` is the transaction that wrote the line, on a server; see ``store.feed``."""

alias = sa.Table(
    "alias",
    metadata,
    sa.Column("object", sa.Text, primary_key=True),
    sa.Column("old_id", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

verdict = sa.Table(
    "verdict",
    metadata,
    sa.Column("object", sa.Text, primary_key=True),
    sa.Column("one", sa.Text, primary_key=True),
    sa.Column("other", sa.Text, primary_key=True),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)
"""What a person said of two records that looked as if they were one: ``accepted`` or ``rejected``."""

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What the program remembers about itself: what each pack was when it was last taken in."""
