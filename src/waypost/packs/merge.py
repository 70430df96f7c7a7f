"""Merge packs along their line of inheritance: what a child overrides, it names."""

from __future__ import annotations

from typing import Any

from waypost.model.evidence import Problem
from waypost.packs.read import Pointer, Tree

_NESTED = {"terms", "places", "lexicon", "law", "questions", "wording", "telling"}


def place(tree: Tree, at: Pointer) -> Tree:
    """The same tree, standing at a pointer inside a larger one."""
    value: Any = tree.value
    for key in reversed(at):
        value = {key: value}
    return Tree(value, {(*at, *pointer): mark for pointer, mark in tree.marks.items()})


def union(into: Tree, more: Tree, overrides: tuple[str, ...] = ()) -> list[Problem]:
    """Add ``more`` to ``into`` in place; every key that both have and nobody named is a Problem.

    A named override merges mappings field by field and replaces lists and values whole.
    """
    problems: list[Problem] = []
    replaced: set[Pointer] = set()
    _union(into, more, (), overrides, problems, replaced)
    _drop_marks(into, replaced)
    for pointer, mark in more.marks.items():
        into.marks.setdefault(pointer, mark)
    return problems


def _is_container(pointer: Pointer) -> bool:
    """Whether keys at this depth only hold entries, so that two packs may both add to it."""
    if len(pointer) <= 1:
        return True
    if len(pointer) == 2:
        return pointer[0] in _NESTED
    return len(pointer) == 3 and pointer[:2] in {("law", "scale"), ("lexicon", "cases"), ("law", "cases")}


def entry(pointer: Pointer) -> Pointer:
    """The entry that a pointer lies in: the nearest part around it that can be left out by itself."""
    for end in range(1, len(pointer)):
        if not _is_container(pointer[:end]):
            return pointer[:end]
    return pointer


def _union(
    into: Tree,
    more: Tree,
    at: Pointer,
    overrides: tuple[str, ...],
    problems: list[Problem],
    replaced: set[Pointer],
) -> None:
    here, there = _at(into.value, at), _at(more.value, at)
    for key, value in there.items():
        pointer = (*at, key)
        both_maps = isinstance(value, dict) and isinstance(here.get(key), dict)
        named = any(".".join(pointer[:end]) in overrides for end in range(1, len(pointer) + 1))
        if key not in here:
            here[key] = value
        elif both_maps and (named or _is_container(pointer)):
            _union(into, more, pointer, overrides, problems, replaced)
        elif named:
            here[key] = value
            replaced.add(pointer)
        else:
            problems.append(_collision(into, more, pointer))


def remove(tree: Tree, dotted: str) -> bool:
    """Take the entry of that dotted key out; False if there is none."""
    for at in [p for p in tree.marks if ".".join(p) == dotted]:
        holder = _at(tree.value, at[:-1])
        if isinstance(holder, dict) and at[-1] in holder:
            del holder[at[-1]]
            _drop_marks(tree, {at})
            return True
    return False


def _at(value: Any, pointer: Pointer) -> Any:
    for key in pointer:
        value = value[key]
    return value


def _drop_marks(tree: Tree, parts: set[Pointer]) -> None:
    """Forget where those parts stood; all of them in one go, since a pack has a hundred thousand marks."""
    depths = {len(pointer) for pointer in parts}
    if parts:
        for p in [p for p in tree.marks if any(p[:depth] in parts for depth in depths)]:
            del tree.marks[p]


def _collision(into: Tree, more: Tree, pointer: Pointer) -> Problem:
    dotted = ".".join(pointer)
    return Problem(
        where=str(more.mark(pointer) or "the pack"),
        what=f'"{dotted}" is already defined in {into.mark(pointer) or "another file"}',
        why="Two definitions of one thing: readers would see only one, and nobody would know which.",
        do=f'Rename it, remove one, or write "{dotted}" under "overrides:" in this pack\'s pack.yaml.',
    )
