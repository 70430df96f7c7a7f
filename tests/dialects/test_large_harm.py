"""Files as large as an upload may be, made to fill the memory: refused at once, with little of it used (R9)."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.dialects.made import TWO

LARGE = 10 * 1024 * 1024
MOST_SECONDS = 4.0
"""R9 asks for one second, which holds on an idle machine. This is no clock: it tells a refusal from a file that is
read over and over, also where two tests share a core's memory.
"""
MOST_GROWTH = 64
"""MiB by which a refusal may let the process grow."""

RUN = """
import json, resource, sys, time
from pathlib import Path
from waypost.exchange import hsds_json
from waypost.exchange.dialects import airs_file, package
from waypost.exchange.validate import validate
from waypost.desk.incoming import read_batch
from waypost.model.evidence import ProblemsFound
from waypost.model.guide import Terms
from waypost.model.pack import Manifest, Pack
from waypost.model.place import Places
empty = Pack(Manifest("made", {"en": "Made"}), ("made",), places=Places(), terms=Terms())
first, *paths = map(Path, sys.argv[1:])
read_batch(first, "made", empty)
validate(first)
for path in paths:
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        read_batch(path, "made", empty)
        what = None
    except ProblemsFound as found:
        what = found.problems[0].what
    spent = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps([path.name, what, spent, grown]))
"""


def liar(path: Path) -> None:
    """A zip whose directory says that a member is small, and whose data is not."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id,name\n" + b"1,A\n" * 2_000_000)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.rindex(mark) + at
        data[start : start + 4] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(data))


def filled(start: bytes, part: bytes, end: bytes = b"") -> bytes:
    """A file as large as an upload may be, of one part over and over."""
    return start + part * ((LARGE - len(start) - len(end)) // len(part)) + end


HARM: dict[str, bytes] = {
    "brackets.json": filled(b"", b"["),
    "digits.json": filled(b'{"id": "a", "name": "b", "minimum_age": ', b"9", b"}"),
    "zeros.json": filled(b"[0", b",0", b"]"),
    "empties.json": filled(b"[{}", b",{}", b"]"),
    "quotes.json": filled(b"[", b'"'),
    "backslashes.json": filled(b'["', b"\\"),
    "bad-lines.ndjson": filled(b"", b"{a}\n"),
    "NaN.json": filled(b"[NaN", b",NaN", b"]"),
    "wide-rows.csv": filled(b"id\n", b"1,1\n"),
    "quote.csv": filled(b'id,name\n"', b"a\n"),
    "nothing.csv": filled(b"", b"\x00"),
    "laughs.xml": filled(b'<!DOCTYPE a [<!ENTITY b "', b"ha", b'">]><Source>&b;</Source>'),
    "deep.xml": filled(b"<Source>", b"<Agency>"),
    "feed.xml": filled(b"<feed>", b"<entry/>", b"</feed>"),
    "attributes.xml": filled(b"<Source a='", b"<", b"'/>"),
    "page.html": filled(b"<!doctype html>", b"<p>"),
    "words.txt": filled(b"", b"Dear Sir or Madam. "),
}


def test_large_harmful_files_are_refused_at_once(tmp_path: Path) -> None:
    """A process refuses each file of 10 MiB with a sentence, reads none over and over, and grows by at most 64 MiB."""
    good = tmp_path / "good.zip"
    with zipfile.ZipFile(good, "w") as archive:
        for name, text in TWO.items():
            archive.writestr(name, text)
    paths = [tmp_path / name for name in HARM]
    for path in paths:
        path.write_bytes(HARM[path.name])
    liar(tmp_path / "liar.zip")
    paths.append(tmp_path / "liar.zip")
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(good), *map(str, paths)], capture_output=True, text=True, check=True
    )
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [name for name, what, _, _ in told if not what] == []
    assert len(told) == len(paths)
    assert [(name, spent) for name, _, spent, _ in told if spent > MOST_SECONDS] == []
    assert [(name, grown) for name, _, _, grown in told if grown > MOST_GROWTH] == []


TWO_AT_ONCE = {
    "a PDF and a zip": b"%PDF-1.7\n",
    "a page and a zip": b"<!doctype html><p>x",
    "a picture and a zip": b"GIF89a",
    "XML and a zip": b"<Source><Agency><Key>1</Key></Agency></Source>",
    "JSON and a zip": b'{"id": "1", "name": "A", "status": "active"}',
    "a table and a zip": b"id,name,status\n1,A,active\n",
}


@pytest.mark.parametrize("ending", [".json", ".csv", ".zip"])
@pytest.mark.parametrize("name", TWO_AT_ONCE)
def test_file_that_is_two_at_once_is_refused(name: str, ending: str, tmp_path: Path) -> None:
    """A file that begins as one thing and ends as a zip is refused, whatever its name ends in."""
    from tests.records.factories import pack
    from waypost.desk.incoming import read_batch
    from waypost.exchange.validate import validate
    from waypost.model.evidence import ProblemsFound

    path = tmp_path / f"in{ending}"
    with zipfile.ZipFile(path, "w") as archive:
        for table, text in TWO.items():
            archive.writestr(table, text)
    path.write_bytes(TWO_AT_ONCE[name] + path.read_bytes())
    with pytest.raises(ProblemsFound):
        read_batch(path, "made", pack())
    assert not validate(path).valid


UNKNOWN = {
    "PDF": (b"%PDF-1.7", "a PDF"),
    "page": (b" <HTML><p>x", "a web page"),
    "archive": (b"\x1f\x8b\x08", "gzip"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1", "older office program"),
    "words": (b"Dear Sir or Madam", 'plain words, which begin with "Dear Sir or Madam"'),
    "a table": (b"id;name\n1;A\n", "a table"),
    "zeros": (b"\x00\x01\x02" * 9, "no text"),
    "UTF-16": ("abc".encode("utf-16"), "UTF-16"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_file_is_told_what_it_was_taken_for(name: str, tmp_path: Path) -> None:
    """Import and validate say alike what a file was taken for, what was looked for, why it matters, and what to do."""
    from tests.records.factories import pack
    from waypost.desk.incoming import read_batch
    from waypost.exchange.validate import validate
    from waypost.model.evidence import ProblemsFound

    data, words = UNKNOWN[name]
    path = tmp_path / "in.dat"
    path.write_bytes(data)
    with pytest.raises(ProblemsFound) as found:
        read_batch(path, "made", pack())
    (problem,) = found.value.problems
    assert words in problem.what
    assert "Looked for: HSDS in JSON" in problem.what
    assert problem.why
    assert problem.do
    assert list(validate(path).problems) == [problem]
