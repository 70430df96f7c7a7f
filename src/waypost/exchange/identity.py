"""Identity of records: an id that came with a record is kept; otherwise one follows from what it is."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from typing import Any
from uuid import UUID, uuid5

import msgspec

WAYPOST_NAMESPACE = UUID("2a5e8ae5-7c3d-5d52-9c0b-0f6f5a7f4e61")
"""Published in docs/records.md, so that anybody can compute the same ids."""

WRITTEN = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
UNIT_SEPARATOR = "\u241f"
SLUG_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
SLUG_LENGTH = 6


def record_id(source: str, object_: str, source_id: str) -> str:
    """The id of a record that its source knows by a name of its own."""
    name = UNIT_SEPARATOR.join((source, object_, source_id))
    return str(uuid5(WAYPOST_NAMESPACE, unicodedata.normalize("NFC", name)))


def valid_id(value: Any) -> str | None:
    """The id as it is written if it is a UUID, else None."""
    return value if isinstance(value, str) and WRITTEN.fullmatch(value) else None


def row_hash(row: Any) -> str:
    """A short hash of a row whatever the order of its fields."""
    return hashlib.sha256(msgspec.json.encode(row, order="deterministic")).hexdigest()[:16]


def slug_for(object_: str, id_: str, taken: Container[str]) -> str:
    """An opaque name for public paths, the same for the same record, and not one of those taken."""
    for attempt in range(1000):
        digest = hashlib.sha256(f"{object_}{UNIT_SEPARATOR}{id_}{UNIT_SEPARATOR}{attempt}".encode()).digest()
        slug = "".join(SLUG_LETTERS[byte % len(SLUG_LETTERS)] for byte in digest[:SLUG_LENGTH])
        if slug not in taken:
            return slug
    raise AssertionError("a thousand slugs in a row were taken")
