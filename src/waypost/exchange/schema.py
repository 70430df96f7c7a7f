"""The standard's own schemas, which lie beside this file in ``hsds/``, as tables and as validators."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec

from waypost.exchange.batch import Doc
from waypost.exchange.objects import NESTED, OBJECTS

FOLDER = Path(__file__).parent / "hsds"
VERSION = "3.2"
BASE = "https://waypost.invalid/hsds/"
"""The schemas name each other by file; this base makes the names whole, and leads nowhere."""


@cache
def schema(object_: str) -> Doc:
    """The schema of one object, as published."""
    found: Doc = msgspec.json.decode((FOLDER / f"{object_}.json").read_bytes())
    return found


@cache
def fields_of(object_: str) -> dict[str, Doc]:
    """The fields of one object with what its schema says of each, nested ones included."""
    if object_ not in NESTED:
        return {}
    nested = {name: {"type": "array" if kind.many else "object"} for name, kind in NESTED[object_].items()}
    return {**nested, **schema(object_)["properties"]}


@cache
def columns_of(object_: str) -> tuple[str, ...]:
    """The columns of one object's table, in the order of the standard."""
    return tuple(name for name in schema(object_)["properties"] if name not in NESTED[object_])


@cache
def validator(object_: str) -> Any:
    """A validator of one object with everything nested in it."""
    resources = [(f"{BASE}{name}.json", {**schema(name), "$id": f"{BASE}{name}.json"}) for name in OBJECTS]
    registry = jsonschema_rs.Registry(resources)
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{BASE}{object_}.json"}, registry=registry, validate_formats=True
    )
