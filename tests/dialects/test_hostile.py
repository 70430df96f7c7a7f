"""Files made to do harm are refused with a sentence; files that are broken never end in a traceback."""

from __future__ import annotations

import os
import random
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialects.made import DIALECTS, TWO
from tests.records.factories import pack
from waypost.desk.incoming import read_batch
from waypost.exchange.dialects import package
from waypost.model.evidence import ProblemsFound

SOAK = os.environ.get("WAYPOST_SOAK") == "1"
INPUTS = 50_000 if SOAK else 300
SLOWEST = 0.05
"""Seconds of work that one input may take."""
NASTY = (
    b"\x00",
    b'"',
    b"\xff\xfe",
    b"\r",
    b"\n",
    b",",
    b";",
    b"=cmd()",
    b"9" * 400,
    b"\xe2\x80\xae",
    b"{[",
    b"NaN",
)


def link(archive: zipfile.ZipFile) -> None:
    """A member that is a symlink."""
    info = zipfile.ZipInfo("more.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def bomb(archive: zipfile.ZipFile) -> None:
    """A member that unpacks to a thousand times its size."""
    archive.writestr("more.csv", b"a" * 20_000_000, zipfile.ZIP_DEFLATED)


def many(archive: zipfile.ZipFile) -> None:
    """More members than are taken."""
    for number in range(1001):
        archive.writestr(f"{number}.csv", "")


def comment(archive: zipfile.ZipFile) -> None:
    """A page behind the zip."""
    archive.comment = b"<html><script>1</script>"


def twice(archive: zipfile.ZipFile) -> None:
    """Two tables of one name."""
    archive.writestr("a/services.csv", "id")
    archive.writestr("b/services.csv", "id")


WORDS = {
    "leads out": "leads out of its folder",
    "from the root": "leads out of its folder",
    "link": "leads out of its folder",
    "bomb": "more than is taken",
    "many": "the most is",
    "archive in it": "another archive",
    "two in one": "something else at once",
    "one name twice": "two files called",
}
HARM: dict[str, Callable[[zipfile.ZipFile], None]] = {
    "leads out": lambda archive: archive.writestr("../services.csv", "id"),
    "from the root": lambda archive: archive.writestr("/services.csv", "id"),
    "link": link,
    "bomb": bomb,
    "many": many,
    "archive in it": lambda archive: archive.writestr("more.zip", "PK"),
    "two in one": comment,
    "one name twice": twice,
}


def zipped(path: Path) -> Path:
    """A zip of a directory that nothing is wrong with."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in TWO.items():
            archive.writestr(name, text)
    return path


def test_harmless_zip_is_taken(tmp_path: Path) -> None:
    """The zip that the others are made from is read."""
    assert read_batch(zipped(tmp_path / "in.zip"), "made", pack()).version == "2.0"


@pytest.mark.parametrize("name", HARM)
def test_harmful_zip_is_refused_at_once(name: str, tmp_path: Path) -> None:
    """A zip made to do harm is refused with a sentence within a second."""
    path = zipped(tmp_path / "in.zip")
    with zipfile.ZipFile(path, "a") as archive:
        HARM[name](archive)
    before = time.process_time()
    with pytest.raises(ProblemsFound, match=WORDS[name]) as found:
        read_batch(path, "made", pack())
    assert time.process_time() - before < 4
    assert all(problem.what and problem.do for problem in found.value.problems)


def test_zip_behind_something_else_is_refused(tmp_path: Path) -> None:
    """A zip with another zip's beginning before it is two files at once."""
    path = tmp_path / "in.zip"
    path.write_bytes(b"PK\x03\x04 and a page" + zipped(tmp_path / "good.zip").read_bytes())
    with pytest.raises(ProblemsFound, match="something else"):
        read_batch(path, "made", pack())


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes with a few things done to them that break parsers."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((0, 1, 8, 80)))
        data = data[:start] + chance.choice((*NASTY, b"", data[start:end] * 2)) + data[end:]
    return data


def work(files: dict[str, bytes]) -> tuple[bool, float]:
    """Whether files are read as an older directory, and the seconds of work that it takes to tell."""
    before = time.process_time()
    try:
        made = package.read(files, "made", "made") is not None
    except ProblemsFound:
        made = False
    return made, time.process_time() - before


def test_broken_tables_never_end_in_a_traceback() -> None:
    """Whatever is done to the bytes of a table, it is read, left to another reader, or refused with a Problem."""
    chance = random.Random(8)
    whole = [{name: text.encode() for name, text in files.items()} for files in DIALECTS.values()]
    for files in whole:
        assert package.read(files, "made", "made")
    read = 0
    for _ in range(INPUTS):
        files = dict(chance.choice(whole))
        name = chance.choice(sorted(files))
        files[name] = mutated(files[name], chance)
        made, spent = work(files)
        if (
            spent > SLOWEST
        ):  # A collection of garbage may fall into one reading; a slow parser is slow each time.
            spent = min(work(files)[1] for _ in range(3))
        assert spent < SLOWEST
        read += made
    assert read > INPUTS / 4
