"""Which file of a pack's folder holds what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from waypost.model.evidence import Problem
from waypost.packs import merge
from waypost.packs.read import Pointer, Tree, read_file, read_text, read_yaml

SINGLE: dict[str, Pointer] = {
    "pack.yaml": ("manifest",),
    "sources.yaml": ("sources",),
    "claims.yaml": ("claims",),
    "places.yaml": ("places",),
    "terms.yaml": ("terms",),
    "needs.yaml": ("lexicon",),
    "dangers.yaml": ("lexicon",),
    "learned.yaml": ("lexicon",),
    "routes.yaml": ("routes",),
    "deadlines.yaml": ("deadlines",),
    "mistakes.yaml": ("mistakes",),
    "before-you-tell.yaml": ("telling",),
    "calls.yaml": ("calls",),
    "not-listed.yaml": ("not_listed",),
    "inclusion.yaml": ("inclusion",),
    "holidays.yaml": ("holidays",),
    "words-to-avoid.yaml": ("avoid",),
}
VERIFICATIONS = Path("verifications.yaml")
"""A list that is only ever added to, so that each pack of a line keeps its own."""
FOLDERS: dict[str, Pointer] = {"sources": ("sources",), "claims": ("claims",)}
_QUESTION = re.compile(r"(?P<stem>[a-z0-9-]+)\.(?P<language>[a-z]{2})\.md$")
_WORDING = re.compile(r"wording\.(?P<language>[a-z]{2})\.yaml$")
_IGNORED = {"README.md", "LICENSE.md"}


class Digest(Protocol):
    """What a fingerprint is fed to."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""


def is_pack(root: Path, identity: str) -> bool:
    """Whether ``root`` has a pack of that id (a plain folder name, never a path)."""
    return (
        bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity)) and (root / identity / "pack.yaml").is_file()
    )


def inherits(folder: Path) -> str | None:
    """What the pack in that folder inherits; Problems in its ``pack.yaml`` are told when it is read."""
    tree, _ = read_file(folder / "pack.yaml", "pack.yaml")
    named = tree.value.get("inherits") if isinstance(tree.value, dict) else None
    return named if isinstance(named, str) else None


@dataclass
class PackFiles:
    """One pack's own files as one tree, uninherited. ``lost``: parts of which a file could not be read."""

    tree: Tree
    problems: list[Problem]
    lost: set[str]


def read_pack(folder: Path, shown_as: str, digest: Digest) -> PackFiles:
    """Read every file of a pack's folder, with every Problem of reading them."""
    read = PackFiles(Tree({}), [], set())
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or inside.name in _IGNORED:
            continue
        digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        tree, found = _read_one(path, inside, f"{shown_as}/{inside.as_posix()}", folder.name)
        read.problems += found
        if found and (at := _pointer(inside, folder.name)):
            read.lost.add(at[0])
        if tree is not None:
            read.problems += merge.union(read.tree, tree)
    return read


def _read_one(path: Path, inside: Path, file: str, identity: str) -> tuple[Tree | None, list[Problem]]:
    if inside.parts[0] == "questions" and (match := _QUESTION.fullmatch(inside.name)):
        return _question(path, file, match["language"])
    if path.suffix not in {".yaml"}:
        return None, [_stray(file)]
    at = _pointer(inside, identity)
    if at is None:
        return None, [_stray(file)]
    tree, problems = read_file(path, file)
    if inside.parts[0] == "directory" or inside.parts[:2] == ("law", "sections"):
        return _keyed(tree, at, file, problems)
    if not isinstance(tree.value, dict) and inside.parent.name != "cases" and inside != VERIFICATIONS:
        return None, [*problems, _not_mapping(file)]
    return merge.place(tree, at), problems


def _pointer(inside: Path, identity: str) -> Pointer | None:
    """Where in the whole a file's content stands."""
    folder, stem = inside.parts[:-1], inside.stem
    if not folder:
        if match := _WORDING.fullmatch(inside.name):
            return ("wording", match["language"])
        if inside == VERIFICATIONS:
            return ("verifications", identity)
        return SINGLE.get(inside.name)
    match folder:
        case ("law",):
            return ("law", stem)
        case ("law", "sections"):
            return ("law", "sections")
        case ("law", "cases"):
            return ("law", "cases", f"{identity}/{stem}")
        case ("cases",):
            return ("lexicon", "cases", f"{identity}/{stem}")
        case ("directory",):
            return ("organizations",)
        case ("taxonomies",):
            return ("terms", "taxonomies", stem)
        case (name,):
            return FOLDERS.get(name)
        case _:
            return None


def _keyed(tree: Tree, at: Pointer, file: str, problems: list[Problem]) -> tuple[Tree | None, list[Problem]]:
    """An entry that fills a whole file, under its own ``key``."""
    key: Any = tree.value.get("key") if isinstance(tree.value, dict) else None
    if not isinstance(key, str) or not key:
        return None, problems or [_no_key(file)]
    return merge.place(tree, (*at, key)), problems


def _question(path: Path, file: str, language: str) -> tuple[Tree | None, list[Problem]]:
    text, problems = read_text(path, file)
    head, separator, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not separator:
        return None, problems or [_no_front_matter(file)]
    tree, more = read_yaml(head, file, first_line=2)
    problems += more
    if not isinstance(tree.value, dict) or not isinstance(key := tree.value.get("key"), str):
        return None, problems or [_no_key(file)]
    tree.value |= {"language": language, "file": file, "body": body.strip() + "\n"}
    return merge.place(tree, ("questions", key, language)), problems


def _stray(file: str) -> Problem:
    return Problem(
        where=file,
        what="nothing reads a file of this name or in this folder",
        why="What is written in it would never reach a reader.",
        do="Rename or move it (docs/pack-format.md lists the files of a pack), or remove it.",
    )


def _no_key(file: str) -> Problem:
    return Problem(
        where=f"{file}, line 1",
        what='there is no "key:" at the top',
        why="Other files find this entry by its key.",
        do='Add a line "key: ..." with the entry\'s own name.',
    )


def _not_mapping(file: str) -> Problem:
    return Problem(
        where=f"{file}, line 1",
        what="the file should hold keys and values, and holds something else",
        why="The program cannot tell what is meant, and will not guess.",
        do="See docs/pack-format.md for what belongs in this file.",
    )


def _no_front_matter(file: str) -> Problem:
    return Problem(
        where=f"{file}, line 1",
        what="the question does not start with front matter between two lines of ---",
        why="Its title, order and address are read from there.",
        do="Start the file with ---, the keys, and --- again. See docs/pack-format.md.",
    )
