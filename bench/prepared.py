"""Services made once and written down, so that each engine takes the same and none pays for their making."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import nation
from nation import Made

from waypost import bootstrap
from waypost.desk.find_documents import tokenizer
from waypost.rules.need import make_reader


class Row(NamedTuple):
    """One service, and the stems of its name, its organization and its description with blanks between."""

    made: Made
    name: str
    organization: str
    body: str


def write(path: Path, count: int) -> Path:
    """So many services in a file, unless they stand there."""
    if path.exists():
        return path
    pack = bootstrap.read_pack(None)
    stems = tokenizer(make_reader(pack.lexicon, pack.places, []).ignored)
    encode = msgspec.msgpack.Encoder().encode
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        for made in nation.services(count, pack):
            texts = (made.name, made.organization, made.description)
            written = encode(Row(made, *(" ".join(dict.fromkeys(stems(text))) for text in texts)))
            file.write(len(written).to_bytes(4, "big") + written)
    part.rename(path)
    return path


def read(path: Path, count: int) -> Iterator[Row]:
    """The first so many of them."""
    decode = msgspec.msgpack.Decoder(Row).decode
    with path.open("rb", buffering=1 << 20) as file:
        for _ in range(count):
            yield decode(file.read(int.from_bytes(file.read(4), "big")))
