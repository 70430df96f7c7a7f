"""The documentation cannot lie: what a person can type, edit or open is documented, and as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from waypost.cli import reference
from waypost.cli.app import app
from waypost.desk.guide import Guide
from waypost.model.pack import Pack
from waypost.packs import files
from waypost.site.pages import all_pages

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def _pages(pack: Pack) -> dict[str, str]:
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    return reference.pages(command, pack)


def test_the_reference_is_as_the_program_is(pack: Pack) -> None:
    """The reference of commands, pack keys and law words is what `make docs` writes now."""
    for name, text in _pages(pack).items():
        assert (DOCS / "reference" / name).read_text("utf-8") == text, f"run make docs: {name}"


def test_every_command_and_setting_is_in_the_reference(pack: Pack) -> None:
    """Each command has its heading, and each environment variable that the program reads has its row."""
    text = _pages(pack)["commands.md"]
    for name in app.registered_commands:
        assert f"## waypost {name.name}\n" in text
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        read |= set(re.findall(r'environ(?:\.get)?[\[(]"(\w+)"', path.read_text("utf-8")))
    assert {name for name in read if f"`{name}`" not in text} == set()


def test_every_file_of_a_pack_is_documented() -> None:
    """Each file and folder that a pack may have stands in docs/pack-format.md."""
    text = (DOCS / "pack-format.md").read_text("utf-8")
    names = [
        *files.SINGLE,
        *files.FOLDERS,
        "directory/",
        "questions/",
        "law/sections/",
        "law/cases/",
        "cases/",
    ]
    assert [name for name in names if name not in text] == []


def test_every_key_of_a_pack_is_in_the_reference(pack: Pack) -> None:
    """Each struct that a pack is made of has its heading in the reference of keys."""
    text = _pages(pack)["pack-keys.md"]
    assert all(
        f"## {name}\n" in text for name in ("Manifest", "Source", "Claim", "Service", "Section", "Question")
    )
    assert "`confidential`" in text


def test_every_address_is_documented(guide: Guide) -> None:
    """Each kind of page and route of the server stands in docs/addresses.md."""
    text = (DOCS / "addresses.md").read_text("utf-8")
    kinds = {page.kind for page in all_pages(guide)}
    assert [kind for kind in sorted(kinds) if f"| {kind} |" not in text] == []
    for route in ("/healthz", "/find/", "/r/TOKEN", "/assets/"):
        assert f"`{route}" in text


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda p: p.name)
def test_links_inside_the_docs_lead_somewhere(path: Path) -> None:
    """A link from one document to another leads to a file that is there."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_links_in_the_readme_lead_somewhere() -> None:
    """README and CONTRIBUTING link to files that are there, the picture included."""
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
            assert (ROOT / target).exists(), target


def test_every_number_of_safety_has_its_test() -> None:
    """Each requirement of privacy and access has a row in docs/safety.md, and the tests that it names are there."""
    text = (DOCS / "safety.md").read_text("utf-8")
    rows = re.findall(
        r"^\| ([PA]\d+) \|.*\| `(tests/[\w/]+\.py)::(\w+)` \| (?:`(\w+)`)? \|$", text, re.MULTILINE
    )
    assert {row[0] for row in rows} == {
        *(f"P{number}" for number in range(1, 23) if number != 18),
        *(f"A{number}" for number in (*range(1, 9), 13, 14)),
    }
    for _, file, name, planted in rows:
        code = (ROOT / file).read_text("utf-8")
        assert f"def {name}(" in code
        assert not planted or f"def {planted}(" in code
