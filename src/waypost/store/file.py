"""A look at a SQLite file before anything is done to it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from waypost.model.evidence import Problem
from waypost.store.tables import APPLICATION_ID
from waypost.store.trouble import StoreError

MAGIC = b"SQLite format 3\x00"
HEADER = 100


def examine(url: str, name: str | None) -> None:
    """Raise StoreError if the file is not ours, is cut short, or cannot be written; never touch it."""
    if not name or name == ":memory:":
        return
    path = Path(name)
    if path.is_dir():
        raise trouble(path, "This is a folder, not a database file.", "Name a file with --database.")
    if not path.exists() or path.stat().st_size == 0:
        writable(path)
        return
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not header.startswith(MAGIC) or len(header) < HEADER:
        raise trouble(
            path,
            "This file is not a database. It was left as it is.",
            "Name another file with --database.",
        )
    whole(path, header)
    ours(path, header)
    writable(path)


def whole(path: Path, header: bytes) -> None:
    """Compare the size that the file says it has with the one it has."""
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    sized_by_same_writer = header[24:28] == header[92:96]
    if sized_by_same_writer and path.stat().st_size < page * pages:
        raise trouble(
            path,
            "The database file is cut short: its end is missing. It was left as it is.",
            "Put a backup in its place, or move it away: pack records are taken in again by themselves.",
        )


def ours(path: Path, header: bytes) -> None:
    """Refuse a database that another program made: one with tables in it and without our mark."""
    if int.from_bytes(header[68:72], "big") == APPLICATION_ID:
        return
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
    finally:
        connection.close()
    if tables and mark != APPLICATION_ID:
        raise trouble(
            path,
            "This database was made by another program. It was left as it is.",
            "Name another file with --database.",
        )


def writable(path: Path) -> None:
    """Refuse a file or folder that may not be written."""
    nearest = path if path.exists() else next(p for p in path.absolute().parents if p.exists())
    if not nearest.is_dir() and path != nearest:
        raise trouble(path, f"{nearest} is not a folder.", "Name another file with --database.")
    if not os.access(nearest, os.W_OK):
        raise trouble(
            path,
            "The database may not be written here.",
            "Give yourself the right to write the file and its folder, or name another with --database.",
        )


def trouble(path: Path, what: str, do: str) -> StoreError:
    """A StoreError about a file."""
    return StoreError(
        Problem(
            where=str(path),
            what=what,
            why="Records can then be neither taken in nor shown.",
            do=do,
        )
    )
