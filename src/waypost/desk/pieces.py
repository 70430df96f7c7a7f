"""A file too large to be read at once, in pieces: objects one a line, or one list of objects."""

from __future__ import annotations

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from waypost.exchange.trouble import not_utf8, unreadable
from waypost.model.evidence import ProblemsFound

LARGE = 12 * 2**20
"""Files from so many bytes on are read in pieces: read at once, they become twenty times as much in memory."""
PIECE = 6 * 2**20
BLANK = " \t\r\n"


class Piece(NamedTuple):
    """Some objects of a file as it writes them: bytes that are a file of their own, with where they stand in it."""

    data: bytes
    first: int
    done: int


def in_pieces(path: Path) -> bool:
    """Whether a file is so large, and of a form that can be read in pieces."""
    if not path.is_file() or path.stat().st_size < LARGE:
        return False
    with path.open("rb") as file:
        start = file.read(4096).lstrip()
    return start.startswith((b"{", b"["))


def pieces(path: Path) -> Iterator[Piece]:
    """The pieces of a file, in order. Raises ProblemsFound where it breaks off or is no such file."""
    with path.open("rb") as file:
        while (at := file.read(1)) in (b" ", b"\t", b"\r", b"\n"):
            continue
        file.seek(-1, 1)
        yield from lines(file) if at == b"{" else listed(file, path.name)


def lines(file: BinaryIO) -> Iterator[Piece]:
    """Objects one a line."""
    some: list[bytes] = []
    size, first, done = 0, 1, file.tell()
    for number, line in enumerate(file, 1):
        done += len(line)
        if line.strip():
            some.append(line)
            size += len(line)
        if size >= PIECE:
            yield Piece(b"".join(some), first, done)
            some, size, first = [], 0, number + 1
    if some:
        yield Piece(b"".join(some), first, done)


def listed(file: BinaryIO, name: str) -> Iterator[Piece]:
    """The objects of one list, of which only a few are held at a time."""
    decoder, scan = getincrementaldecoder("utf-8")(), json.JSONDecoder().raw_decode
    text, at, number, first = "", 1, 0, 1
    some: list[str] = []
    size = 0
    while True:
        block = file.read(PIECE)
        try:
            text, at = text[at:] + decoder.decode(block, not block), 0 if text else at
        except UnicodeDecodeError as error:
            raise ProblemsFound([not_utf8(name, error)]) from None
        while True:
            start = after_blank(text, at)
            if text[start : start + 1] == "]":
                break
            try:
                _, end = scan(text, start)
            except (ValueError, RecursionError):
                break  # no object begins here, or it goes on in the next block
            if after_blank(text, end, "") == len(text) and block:
                break  # a number might go on in the next block
            some.append(text[start:end])
            size, number, at = size + end - start, number + 1, end
            if size >= PIECE:
                yield Piece(f"[{','.join(some)}]".encode(), first, file.tell())
                some, size, first = [], 0, number + 1
        if text[after_blank(text, at) :].rstrip() == "]" and not block:
            break
        if not block or len(text) - at > 4 * PIECE:
            what = f"After object {number:,} it breaks off, or is no list of objects."
            raise ProblemsFound([unreadable(name, what, "Correct the file, or export it again.")])
    if some:
        yield Piece(f"[{','.join(some)}]".encode(), first, file.tell())


def after_blank(text: str, at: int, also: str = ",") -> int:
    """Where the next that is neither blank nor a comma stands."""
    skipped = BLANK + also
    while at < len(text) and text[at] in skipped:
        at += 1
    return at
