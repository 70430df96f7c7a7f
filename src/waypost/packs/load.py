"""Load a pack and all that it inherits, reporting every Problem at once."""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path

import msgspec

from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.law import Law
from waypost.model.pack import Pack
from waypost.packs import files, merge, schema
from waypost.packs.loaded import Loaded
from waypost.packs.read import Mark, Pointer, Tree
from waypost.packs.references import dangling
from waypost.packs.verified import applied, unfounded


def load_pack(root: Path, pack_id: str) -> Pack:
    """Load the pack of that id from the folder ``root``. Raises ProblemsFound with all there are."""
    return load(root, pack_id).pack


def load(root: Path, pack_id: str) -> Loaded:
    """Load a pack with the marks of its files.

    Raises ProblemsFound with what is wrong in reading, in shape and in reference, all at once: a fault in one
    file does not hide those in another.
    """
    chain = _chain(root, pack_id)
    merged = Tree({})
    problems: list[Problem] = []
    lost: set[str] = set()
    digest = hashlib.sha256()
    for identity in chain:
        read = files.read_pack(root / identity, f"packs/{identity}", digest)
        problems += read.problems
        lost |= read.lost
        problems += _add(merged, read.tree, identity)
    merged.value["chain"] = chain
    merged.value["fingerprint"] = digest.hexdigest()
    faults = schema.faults(merged)
    problems += [problem for _, problem in faults]
    sound = _sound(merged, [pointer for pointer, _ in faults])
    if sound is not None:
        loaded = Loaded(sound, merged)
        problems += dangling(loaded, lost)
        problems += unfounded(loaded)
        if not problems:
            return Loaded(_lawful(applied(sound)), merged)
    raise ProblemsFound(problems)


def _lawful(pack: Pack) -> Pack:
    """Without the law where no pack below the nation's has any: half of a law would be read as all of it."""
    below = set(pack.chain[1:])
    if pack.places.home is None or any(each.jurisdiction in below for each in pack.law.sections.values()):
        return pack
    return msgspec.structs.replace(pack, law=Law())


def _sound(merged: Tree, faulty: list[Pointer]) -> Pack | None:
    """The pack without its faulty entries, to look for what dangles in the rest; None if nothing is left."""
    value = copy.deepcopy(merged.value) if faulty else merged.value
    for pointer in faulty:
        holder = value
        at = merge.entry(pointer)
        for key in at[:-1]:
            holder = holder.get(key, {})
        holder.pop(at[-1], None) if at else None
    try:
        return schema.convert(Tree(value))
    except (msgspec.ValidationError, AttributeError):
        return None


def _add(merged: Tree, tree: Tree, identity: str) -> list[Problem]:
    manifest = tree.value.pop("manifest", {})
    overrides = tuple(o for o in manifest.get("overrides", []) if isinstance(o, str))
    problems = merge.union(merged, tree, overrides)
    for number, removal in enumerate(manifest.get("removes", [])):
        key = removal.get("key", "") if isinstance(removal, dict) else ""
        if not merge.remove(merged, key):
            mark = tree.mark(("manifest", "removes", str(number))) or Mark(f"packs/{identity}/pack.yaml", 1)
            problems.append(_nothing_to_remove(mark, key))
    _inherit_manifest(merged, manifest)
    law = tree.value.get("law")
    sections = law.get("sections") if isinstance(law, dict) else None
    for name, what in (
        ("written_by", tree.value.get("organizations")),
        ("facts_by", tree.value.get("claims")),
        ("facts_by", sections),
    ):
        merged.value.setdefault(name, {}).update(dict.fromkeys(what or {}, identity))
    merged.marks |= {pointer: mark for pointer, mark in tree.marks.items() if pointer[:1] == ("manifest",)}
    return problems


def _inherit_manifest(merged: Tree, manifest: dict[str, object]) -> None:
    """Cycles, minutes and settings come down the line field by field; the rest of a manifest is each pack's own."""
    above = merged.value.get("manifest", {})
    below = dict(manifest)
    for name in ("cycles", "minutes", "settings"):
        mine, theirs = below.get(name, {}), above.get(name, {})
        if isinstance(mine, dict) and isinstance(theirs, dict) and (mine or theirs):
            below[name] = {**theirs, **mine}
    if "languages" not in below and "languages" in above:
        below["languages"] = above["languages"]
    merged.value["manifest"] = below


def _chain(root: Path, pack_id: str) -> list[str]:
    """The line of inheritance, root first."""
    chain: list[str] = []
    identity: str | None = pack_id
    while identity is not None:
        if not files.is_pack(root, identity):
            raise ProblemsFound([_no_pack(root, identity, chain)])
        if identity in chain:
            raise ProblemsFound([_circle(identity, chain)])
        chain.insert(0, identity)
        identity = files.inherits(root / identity)
    return chain


def _no_pack(root: Path, identity: str, chain: list[str]) -> Problem:
    there = ", ".join(sorted(p.parent.name for p in root.glob("*/pack.yaml"))) or "none"
    where = f"packs/{chain[0]}/pack.yaml" if chain else "--pack"
    return Problem(
        where=where,
        what=f'there is no pack "{identity}"',
        why="A guide is made from a pack and those it inherits; without it there is nothing to show.",
        do=f"Use one of the packs there are ({there}), or make a folder packs/{identity}/ with a pack.yaml.",
    )


def _circle(identity: str, chain: list[str]) -> Problem:
    return Problem(
        where=f"packs/{chain[0]}/pack.yaml",
        what=f'"{identity}" inherits itself, by way of {" and ".join(chain)}',
        why="No pack in such a circle could ever be complete.",
        do='Correct "inherits:" so that the line ends at a pack without it.',
    )


def _nothing_to_remove(mark: Mark, key: str) -> Problem:
    return Problem(
        where=str(mark),
        what=f'"{key}" is to be removed, but no inherited pack has it',
        why="What you meant to take out may still be shown under another key.",
        do="Correct the key, or take this line out.",
    )


__all__ = ["Loaded", "load", "load_pack"]
