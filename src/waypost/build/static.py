"""Write the static edition: every page, ready-made, for any web server, a CDN or a USB stick."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from waypost.desk.guide import Guide
from waypost.model.evidence import Problem, ProblemsFound
from waypost.site import address
from waypost.site.outlet import Outlet
from waypost.site.pages import all_pages, problem_page
from waypost.site.render import assets, render

MARKER = "edition.json"
"""Names the day, the pack and each file's hash; its presence says that a folder may be replaced."""


def edition_files(guide: Guide) -> Iterator[tuple[str, bytes]]:
    """Every file of the edition: its path inside the folder and its bytes."""
    made = assets(guide)
    outlet = Outlet.static(made)
    for name, data in sorted(made.items()):
        yield f"assets/{name}", data
    for page in all_pages(guide):
        yield address.file_name(page.path), render(page, guide, outlet).encode()
    for language in guide.pack.manifest.languages:
        missing = problem_page(guide, language, 404)
        yield address.file_name(missing.path), render(missing, guide, outlet).encode()


def build(guide: Guide, out: Path, progress: Callable[[int], None] = lambda count: None) -> int:
    """Write the edition into ``out``, whole or not at all; returns the number of files.

    Identical input and day give identical bytes. Raises ProblemsFound if ``out`` holds something else.
    """
    _refuse_strange(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".edition-", dir=out.parent))
    try:
        hashes = {}
        for count, (name, data) in enumerate(edition_files(guide), 1):
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            hashes[name] = hashlib.sha256(data).hexdigest()
            progress(count)
        (fresh / MARKER).write_bytes(_marker(guide, hashes))
        _open_to_readers(fresh)
        _replace(out, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(hashes)


def _marker(guide: Guide, hashes: dict[str, str]) -> bytes:
    told = {
        "pack": guide.pack.manifest.id,
        "made_on": guide.on.isoformat(),
        "stale_after": guide.stale_after.isoformat(),
        "files": dict(sorted(hashes.items())),
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _open_to_readers(folder: Path) -> None:
    """A temporary folder is private to its maker; a web server must be able to read the edition."""
    folder.chmod(0o755)


def _replace(out: Path, fresh: Path) -> None:
    if not out.exists():
        fresh.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=".edition-old-", dir=out.parent))
    try:
        out.rename(old / "was")
        fresh.rename(out)
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _refuse_strange(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise ProblemsFound([_in_the_way(out, "is a file")])
    if out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file():
        raise ProblemsFound([_in_the_way(out, "holds files that are no edition of a guide")])


def _in_the_way(out: Path, what: str) -> Problem:
    return Problem(
        where=str(out),
        what=f"it {what}",
        why="Building here would delete what is there.",
        do="Name an empty or new folder.",
    )
