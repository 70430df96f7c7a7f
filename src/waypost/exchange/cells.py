"""Values as the cells of a table and back: inert in a spreadsheet, and the same again when read.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return for a formula.
Such a text gets an apostrophe before it, which a spreadsheet does not show and ``read`` takes away. Numbers and
phones are left as they are: nothing in them can be run.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

GUARD = "'"
FORMULA = re.compile(r"\A'*[=+\-@\t\r\n]")
GUARDED = re.compile(r"\A'+[=+\-@\t\r\n]")
PLAIN = re.compile(r"\A(?:[+-]?[0-9]+(?:\.[0-9]+)?|\+[0-9][0-9 ().-]*)\Z")


def write(value: Any) -> str:
    """A value as a cell; what has parts is written as JSON."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return msgspec.json.encode(value).decode()
    return GUARD + value if FORMULA.match(value) and not PLAIN.match(value) else value


def read(cell: str) -> str:
    """The text of a cell."""
    return cell[1:] if GUARDED.match(cell) and not PLAIN.match(cell[1:]) else cell


def structured(cell: str) -> Any:
    """A list or an object that stands in a cell as JSON, if it is written as we write it; else the text."""
    if cell[:1] not in ("{", "["):
        return cell
    try:
        found = msgspec.json.decode(cell)
        return found if msgspec.json.encode(found).decode() == cell else cell
    except (msgspec.DecodeError, ValueError, RecursionError):
        return cell
