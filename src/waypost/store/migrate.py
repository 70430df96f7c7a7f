"""Bringing a database to the schema of this program, and refusing one that is ahead of it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from waypost.model.evidence import Problem
from waypost.store.tables import APPLICATION_ID, SCHEMA
from waypost.store.trouble import StoreError, name_of

MIGRATIONS = Path(__file__).parent / "migrations"


def to_newest(reading: sa.Engine, writing: sa.Engine, url: str) -> None:
    """Make or change the tables if need be. Raises StoreError for a schema from a newer program."""
    with reading.connect() as connection:
        found = version(connection)
    if found == SCHEMA:
        return
    if found is not None and found > SCHEMA:
        raise StoreError(
            Problem(
                where=name_of(url),
                what=f"This database was made by a newer Waypost (its schema is {found}, ours {SCHEMA}).",
                why="An older program could damage what a newer one wrote. The database was left as it is.",
                do="Use the newer program, or name another database with --database.",
            )
        )
    if writing.dialect.name == "sqlite" and str(writing.url) != "sqlite://":
        with writing.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA journal_mode = WAL")
    with writing.begin() as connection:
        if version(connection) != SCHEMA:
            upgrade(connection)
    # A connection that was open before still believes the old journal mode.
    if reading is not writing:
        reading.dispose()


def version(connection: sa.Connection) -> str | None:
    """The schema that the database has, or None where there is none yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: sa.Connection) -> None:
    """Run every revision that this database lacks, in the caller's transaction."""
    # Alembic is loaded only where there is work for it: it costs a fifth of a second.
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda revision, _: scripts._upgrade_revs("head", revision), "script": scripts},
    )
    with Operations.context(context):
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
