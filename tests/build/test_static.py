"""The static edition is whole, the same each time, and never written over something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from waypost import bootstrap
from waypost.build import build
from waypost.desk.guide import Guide
from waypost.model.evidence import ProblemsFound


def _files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def _build_apart(out: Path, home: Path, zone: str, locale: str, seed: str) -> None:
    environment = {
        **os.environ,
        "TZ": zone,
        "LC_ALL": locale,
        "PYTHONHASHSEED": seed,
        "WAYPOST_HOME": str(home),
    }
    environment["WAYPOST_PACKS"] = str(bootstrap.packs_root())
    command = [sys.executable, "-m", "waypost", "build", str(out), "--on", "2026-11-22"]
    subprocess.run(command, check=True, env=environment, capture_output=True)


def test_p22_two_builds_are_byte_identical(tmp_path: Path) -> None:
    """P22: two builds of one day, apart in time zone, locale and hash seed, are the same to the byte."""
    _build_apart(tmp_path / "one", tmp_path / "home1", "Pacific/Kiritimati", "C", "1")
    _build_apart(tmp_path / "two", tmp_path / "home2", "America/Adak", "C.UTF-8", "2")
    one, two = _files(tmp_path / "one"), _files(tmp_path / "two")
    assert len(one) > 200
    assert [name for name in one.keys() | two.keys() if one.get(name) != two.get(name)] == []


def test_another_day_gives_another_edition(guide: Guide, tmp_path: Path) -> None:
    """The day stands in the pages, so that a copy ages honestly."""
    build(guide, tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert guide.on.isoformat() in page
    assert guide.stale_after.isoformat() in page


def test_a_folder_that_holds_something_else_is_left_alone(guide: Guide, tmp_path: Path) -> None:
    """Building into a folder with other files is refused, and nothing in it is touched."""
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(ProblemsFound) as refused:
        build(guide, tmp_path)
    assert "delete" in refused.value.problems[0].why
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_older_edition_is_replaced_whole(guide: Guide, tmp_path: Path) -> None:
    """Building again leaves no file of the older edition behind, and no temporary folder."""
    out = tmp_path / "out"
    build(guide, out)
    (out / "s" / "gone").mkdir(parents=True)
    (out / "s" / "gone" / "index.html").write_text("old")
    build(guide, out)
    assert not (out / "s" / "gone").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
