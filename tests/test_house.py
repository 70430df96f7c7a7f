"""The house keeps its floors, its measures and its promises about what is not code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "waypost"
FLOORS = [
    {"model"},
    {"rules", "packs", "exchange", "store", "search"},
    {"desk"},
    {"site"},
    {"server", "build", "check", "paper"},
    {"bootstrap"},
    {"cli"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def _modules() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("waypost"):
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from [a.name.split(".")[1] for a in node.names if a.name.startswith("waypost.")]


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_rooms_look_down(path: Path) -> None:
    """A room imports only from floors below its own, never from above and never from a neighbour."""
    room = _room(path)
    if room.startswith("__"):
        return
    for other in _imports(path):
        if other in FLOOR and other != room:
            assert FLOOR[other] < FLOOR[room], f"{path.name} ({room}) imports {other}"


def test_a_look_up_would_be_noticed(tmp_path: Path) -> None:
    """The reader of imports sees both ways of writing one, so that the rule above can fail."""
    planted = tmp_path / "planted.py"
    planted.write_text(
        "import waypost.cli.app\nfrom waypost import server\nfrom waypost.site.page import Page\n"
    )
    assert list(_imports(planted)) == ["cli", "server", "site"]


def test_every_room_has_a_floor() -> None:
    """No folder stands beside the house."""
    assert {_room(p) for p in _modules() if not _room(p).startswith("__")} == set(FLOOR)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_and_functions_stay_readable(path: Path) -> None:
    """A file has at most 400 lines and a function at most 45, docstring and signature included."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 45, f"{node.name} at line {node.lineno}"


PHONE = re.compile(r"(?<![\w.#-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\w)")
SECTION = re.compile(r"\b5[34]a?-\d{2,3}[a-z]?\b")


@pytest.mark.parametrize(
    "path",
    [p for kind in ("*.py", "*.jinja", "*.js", "*.css") for p in sorted(SOURCE.rglob(kind))],
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_no_fact_lives_in_code(path: Path) -> None:
    """No phone number and no section number stands in any program, template, style or script."""
    text = path.read_text("utf-8")
    assert not PHONE.findall(text)
    assert not SECTION.findall(text)


def test_facts_in_code_would_be_found() -> None:
    """The patterns above do match a phone number and a section number."""
    assert PHONE.findall("call 860-555-0100 now")
    assert PHONE.findall("(860) 555-0100")
    assert SECTION.findall("under 53a-82 or 54-95c")


def test_no_room_is_named_for_nothing() -> None:
    """No file is called Manager, Helper, Util or Common: a function without a home is not understood yet."""
    nameless = re.compile(r"manager|helper|util|common|misc", re.IGNORECASE)
    assert [p.name for p in SOURCE.rglob("*") if p.is_file() and nameless.search(p.stem)] == []


def test_lock_files_name_no_address() -> None:
    """The locked requirements hold versions and hashes, and no address of any registry."""
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text("utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_direct_dependencies_are_few() -> None:
    """At most 14 packages are needed to run (R23), each explained in docs/decisions/."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]]
    assert len(names) <= 14
    told = (ROOT / "docs" / "decisions" / "0003-dependencies.md").read_text("utf-8").lower()
    assert [name for name in names if name.lower() not in told] == []


def _python_files() -> list[Path]:
    return _modules() + sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", _python_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_path_of_a_machine(path: Path) -> None:
    """Nothing names a folder of the machine on which it was written."""
    assert not re.search(r"(?<![\w/.])/(home|root|Users|work)/", path.read_text("utf-8"))
