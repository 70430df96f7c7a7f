"""An unchanged pack is recalled as it was; a changed one is read anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from waypost import bootstrap
from waypost.model.pack import Pack
from waypost.packs import keep, recall

TOWN = "us-ct-new-milford"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the real packs that a test may change."""
    return Path(shutil.copytree(bootstrap.packs_root(), tmp_path / "packs"))


def test_a_kept_pack_comes_back_equal(root: Path, pack: Pack, tmp_path: Path) -> None:
    """What was kept equals what was read, to the last field."""
    assert recall(root, TOWN, tmp_path / "index") is None
    keep(root, pack, tmp_path / "index")
    assert recall(root, TOWN, tmp_path / "index") == pack


def test_one_changed_byte_forgets_it(root: Path, pack: Pack, tmp_path: Path) -> None:
    """A change in any file of the chain, an inherited one too, makes the kept pack unknown."""
    keep(root, pack, tmp_path / "index")
    path = root / "us" / "deadlines.yaml"
    path.write_text(path.read_text("utf-8") + "\n# a remark\n", "utf-8")
    assert recall(root, TOWN, tmp_path / "index") is None


def test_a_damaged_copy_is_not_believed(root: Path, pack: Pack, tmp_path: Path) -> None:
    """A kept file that was cut short or overwritten is read as if it were not there."""
    keep(root, pack, tmp_path / "index")
    (kept,) = (tmp_path / "index").iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert recall(root, TOWN, tmp_path / "index") is None


def test_where_nothing_can_be_written_nothing_breaks(root: Path, pack: Pack, tmp_path: Path) -> None:
    """A folder that cannot be made costs only the time of reading the pack again."""
    (tmp_path / "index").write_text("a file in the way")
    keep(root, pack, tmp_path / "index")
    assert recall(root, TOWN, tmp_path / "index") is None
