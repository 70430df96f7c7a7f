"""The first schema: records, what is withheld of them, and what is looked up beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables. Frozen here, so that later schemas start from what this one was."""
    op.create_table(
        "record",
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
    )
    op.create_index("record_key", "record", ["object", "source", "key"])
    op.create_index("record_slug", "record", ["object", "slug"], unique=True)
    op.create_index("record_parent", "record", ["parent"])
    op.create_index("record_modified", "record", ["object", "modified", "id"])
    op.create_table(
        "withheld",
        sa.Column("object", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("pointer", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("base", sa.Text, nullable=False),
    )
    side_tables()


def side_tables() -> None:
    """Make the tables in which records are looked up."""
    op.create_table(
        "service_term",
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("service", sa.Text, primary_key=True),
    )
    op.create_index("service_term_service", "service_term", ["service"])
    op.create_table(
        "place",
        sa.Column("location", sa.Text, primary_key=True),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column("cell", sa.Text),
        sa.Column("postal_code", sa.Text),
    )
    op.create_index("place_cell", "place", ["cell"])
    op.create_index("place_postal_code", "place", ["postal_code"])
    feed_and_memory()


def feed_and_memory() -> None:
    """Make the change feed, the aliases and the program's memory."""
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "alias",
        sa.Column("object", sa.Text, primary_key=True),
        sa.Column("old_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """There is no schema before this one."""
    raise NotImplementedError("there is no schema before the first")
