"""A pack kept as it was read, so that an unchanged pack need not be read and checked again.

The file may be deleted at any time. It is found by the hash of every file of the pack's chain and of the
program's own model, so that a changed word or a newer program never meets an old copy.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from waypost import __version__
from waypost.model.pack import Pack
from waypost.packs import files


def recall(root: Path, pack_id: str, folder: Path) -> Pack | None:
    """The pack as it was kept in ``folder``, if not one byte of its files has changed since."""
    try:
        kept = _path(root, pack_id, folder).read_bytes()
        return msgspec.msgpack.decode(kept, type=Pack)
    except (OSError, msgspec.DecodeError):
        return None


def keep(root: Path, pack: Pack, folder: Path) -> None:
    """Keep a pack that was read and found sound. Where nothing can be written, nothing is kept."""
    path = _path(root, pack.manifest.id, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{pack.manifest.id}-*.pack"):
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as fresh:
            fresh.write(msgspec.msgpack.encode(pack))
        Path(fresh.name).replace(path)
    except OSError:
        return


def _path(root: Path, pack_id: str, folder: Path) -> Path:
    digest = hashlib.sha256(_model().encode())
    identity: str | None = pack_id
    seen: list[str] = []
    while identity and identity not in seen and files.is_pack(root, identity):
        seen.append(identity)
        for path in sorted(p for p in (root / identity).rglob("*") if p.is_file()):
            digest.update(os.fsencode(path.relative_to(root)) + b"\0" + path.read_bytes() + b"\0")
        identity = files.inherits(root / identity)
    return folder / f"{pack_id if seen else 'none'}-{digest.hexdigest()[:32]}.pack"


@cache
def _model() -> str:
    """What a kept pack depends on beside its files: the program's version and the shape of its model."""
    return __version__ + msgspec.json.encode(msgspec.json.schema(Pack)).decode()
