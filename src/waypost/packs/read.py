"""Read YAML strictly: every scalar a string, no duplicate keys, no aliases, a line number for each value.

Plain YAML turns ``NO`` into false and some ZIP codes into octal numbers; so nothing here has a type
until the model's own schema gives it one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from waypost.model.evidence import Problem

Pointer = tuple[str, ...]
DEEPEST = 40
"""Levels of nesting that a pack file may have; the deepest real one has nine."""


class Mark(NamedTuple):
    """A place in a file: the path as a steward knows it and the line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """``packs/us/sources.yaml, line 14``."""
        return f"{self.file}, line {self.line}"


@dataclass
class Tree:
    """Strings, lists and mappings, with the mark of each by its pointer."""

    value: Any
    marks: dict[Pointer, Mark] = field(default_factory=dict)

    def mark(self, pointer: Pointer) -> Mark | None:
        """The mark of that value, or of the nearest value around it."""
        for end in range(len(pointer), -1, -1):
            if found := self.marks.get(pointer[:end]):
                return found
        return None


@dataclass
class _Reading:
    file: str
    first_line: int
    marks: dict[Pointer, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def mark(self, node: yaml.Node) -> Mark:
        return Mark(self.file, node.start_mark.line + self.first_line)

    def value(self, node: yaml.Node, pointer: Pointer) -> Any:
        self.marks[pointer] = self.mark(node)
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if id(node) in self.seen:
            self.problems.append(_alias(self.mark(node)))
            return {}
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*pointer, str(i))) for i, child in enumerate(node.value)]
        return self.mapping(node, pointer)

    def mapping(self, node: yaml.Node, pointer: Pointer) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(_odd_key(self.mark(key_node)))
                continue
            key = key_node.value
            if key in found:
                self.problems.append(_twice(self.mark(key_node), key))
                continue
            found[key] = self.value(child, (*pointer, key))
            self.marks[(*pointer, key)] = self.mark(key_node)
        return found


def read_yaml(text: str, file: str, *, first_line: int = 1) -> tuple[Tree, list[Problem]]:
    """Read one YAML text; ``first_line`` is the line of the file on which it starts.

    Returns what could be read and every Problem; raises nothing for what a person typed.
    """
    reading = _Reading(file, first_line)
    try:
        if _depth(text) > DEEPEST:
            return Tree({}), [
                _malformed(Mark(file, first_line), f"more than {DEEPEST} levels inside one another")
            ]
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + first_line
        return Tree({}), [_malformed(Mark(file, line), str(error.problem))]
    except (yaml.YAMLError, RecursionError) as error:
        return Tree({}), [_malformed(Mark(file, first_line), type(error).__name__)]
    value = reading.value(node, ()) if node is not None else {}
    return Tree(value, reading.marks), reading.problems


def _depth(text: str) -> int:
    """How deep the text nests. Asked first: libyaml's composer overflows the stack on absurd depth."""
    deepest = depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


def read_file(path: Path, file: str) -> tuple[Tree, list[Problem]]:
    """Read one YAML file, named ``file`` to the steward."""
    text, problems = read_text(path, file)
    tree, more = read_yaml(text, file)
    return tree, problems + more


def read_text(path: Path, file: str) -> tuple[str, list[Problem]]:
    """The text of a file in UTF-8, or a Problem that says which byte is not."""
    try:
        return path.read_text("utf-8-sig"), []
    except UnicodeDecodeError as error:
        what = f"the byte at position {error.start} is not UTF-8"
        why = "Accents and names would come out garbled for readers."
        return "", [Problem(file, what, why, "Save the file as UTF-8 and try again.")]


def _malformed(mark: Mark, detail: str) -> Problem:
    return Problem(
        where=str(mark),
        what=f"this is not well-formed YAML: {detail}",
        why="Nothing in this file can be read until it is mended.",
        do="Look at the indentation, quotes and colons on this line and the one before it.",
    )


def _twice(mark: Mark, key: str) -> Problem:
    return Problem(
        where=str(mark),
        what=f'the key "{key}" stands twice in the same list of keys',
        why="Only one of the two could be kept, and nobody would see which.",
        do="Remove one of them, or give it another name.",
    )


def _alias(mark: Mark) -> Problem:
    return Problem(
        where=str(mark),
        what="a YAML alias (*name) repeats another part of the file",
        why="A correction in one place would silently change another.",
        do="Write the value out in full.",
    )


def _odd_key(mark: Mark) -> Problem:
    return Problem(
        where=str(mark),
        what="a key here is a list or a mapping, not a word",
        why="The program cannot tell what it is meant to name.",
        do="Write a plain word before the colon.",
    )
