"""The model's own schema, made to fit text-only YAML, and its complaints in a steward's words."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
import msgspec

from waypost.model.evidence import Problem
from waypost.model.pack import Pack
from waypost.packs.read import Pointer, Tree

_AS_TEXT: dict[str, dict[str, Any]] = {
    "integer": {"type": "string", "pattern": r"^-?[0-9]{1,15}$"},
    "number": {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"},
    "boolean": {"type": "string", "enum": ["true", "false"]},
}


def _textual(schema: Any) -> Any:
    """The same schema for values that are all strings: "12" where a number is meant; no nulls."""
    if isinstance(schema, list):
        return [_textual(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(kind := schema.get("type"), str) and kind in _AS_TEXT:
        return _AS_TEXT[kind]
    if "anyOf" in schema:
        options = [_textual(part) for part in schema["anyOf"] if part.get("type") != "null"]
        rest = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
        return {**rest, **options[0]} if len(options) == 1 else {**rest, "anyOf": options}
    return {key: value if key == "default" else _textual(value) for key, value in schema.items()}


@cache
def _validator() -> Any:
    schema = msgspec.json.schema(Pack)
    return jsonschema_rs.validator_for(_textual(schema), validate_formats=True)


def faults(tree: Tree) -> list[tuple[Pointer, Problem]]:
    """Every way in which a merged tree does not fit the model: where in the tree, and with file and line."""
    found: list[tuple[Pointer, Problem]] = []
    for error in _validator().iter_errors(tree.value):
        pointer = tuple(str(part) for part in error.instance_path)
        found.extend((pointer, problem) for problem in _explain(error, tree, ()))
    return found


def convert(tree: Tree) -> Pack:
    """The pack that a tree without complaints stands for."""
    return msgspec.convert(tree.value, Pack, strict=False)


def _explain(error: Any, tree: Tree, around: Pointer) -> list[Problem]:
    kind = error.kind
    pointer = (*around, *(str(part) for part in error.instance_path))
    if kind.name == "anyOf":
        return _nearest(kind.context, tree, around, pointer)
    where = str(tree.mark(pointer) or "the pack")
    name = _name(pointer)
    match kind.name:
        case "required":
            return [_missing(where, name, kind.property)]
        case "additionalProperties":
            return [
                _unknown(str(tree.mark((*pointer, key)) or where), name, key, error)
                for key in kind.unexpected
            ]
        case "enum":
            return [_not_one_of(where, name, error)]
        case "type":
            return [_shape(where, name, error)]
        case _:
            return [_malformed(where, name, error)]


def _nearest(context: list[list[Any]], tree: Tree, around: Pointer, pointer: Pointer) -> list[Problem]:
    """The complaints of the alternative that came closest: the writer most likely meant that one."""

    def depth(errors: list[Any]) -> tuple[int, int]:
        return max(len(e.instance_path) for e in errors), -len(errors)

    best = max((errors for errors in context if errors), key=depth, default=[])
    problems = [p for error in best for p in _explain(error, tree, around)]
    if problems:
        return problems
    where = str(tree.mark(pointer) or "the pack")
    return [Problem(where, f"{_name(pointer)} has none of the shapes it may have", _UNREAD, _FORMAT)]


_UNREAD = "The program cannot tell what is meant, and will not guess."
_FORMAT = "See docs/pack-format.md for the keys and values that belong here."


def _name(pointer: Pointer) -> str:
    return " > ".join(dict.fromkeys([*pointer[1:2], *pointer[-2:]])) or "this file"


def _missing(where: str, name: str, key: str) -> Problem:
    return Problem(
        where=where,
        what=f'{name} has no "{key}"',
        why="Readers and the program rely on it; without it this entry cannot be shown.",
        do=f'Add a line "{key}: ..." here. {_FORMAT}',
    )


def _unknown(where: str, name: str, key: str, error: Any) -> Problem:
    return Problem(
        where=where,
        what=f'{name} has a key "{key}" that nothing reads',
        why="It may be a slip of the pen for another key, whose value would then be lost.",
        do=f"Correct the spelling or remove the line. {_FORMAT}",
    )


def _not_one_of(where: str, name: str, error: Any) -> Problem:
    options = ", ".join(str(option) for option in error.kind.options)
    return Problem(
        where=where,
        what=f'{name} is "{_short(error.instance)}", which is not one of: {options}',
        why=_UNREAD,
        do="Use one of the words listed.",
    )


def _shape(where: str, name: str, error: Any) -> Problem:
    wanted = {"object": "a mapping (key: value)", "array": "a list", "string": "a single value"}
    shape = error.message.split("of type")[-1].strip().strip('"')
    return Problem(
        where=where,
        what=f"{name} should be {wanted.get(shape, shape)}",
        why=_UNREAD,
        do=_FORMAT,
    )


def _malformed(where: str, name: str, error: Any) -> Problem:
    wanted = {"format": "a day such as 2026-11-22", "pattern": "a number in digits"}
    meant = wanted.get(error.kind.name, error.message)
    return Problem(
        where=where,
        what=f'{name} is "{_short(error.instance)}"; it should be {meant}',
        why="A wrong date or number would be shown to people as fact.",
        do="Correct the value.",
    )


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
