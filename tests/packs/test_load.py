"""A pack that is broken says so: where, what, why and what to do, everything at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from waypost import bootstrap
from waypost.model.evidence import Problem, ProblemsFound
from waypost.packs import load

TOWN = "us-ct-new-milford"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the real packs that a test may break."""
    return Path(shutil.copytree(bootstrap.packs_root(), tmp_path / "packs"))


def problems(root: Path, pack: str = TOWN) -> list[Problem]:
    """What loading says of the packs in that folder."""
    try:
        load(root, pack)
    except ProblemsFound as found:
        return found.problems
    return []


def test_the_packs_as_they_are_load(packs: Path) -> None:
    """New Milford's pack, with the state's and the nation's, has no Problem."""
    assert problems(packs) == []


def edit(packs: Path, file: str, old: str, new: str) -> int:
    """Replace the first ``old`` in a file; returns the line on which it stood."""
    path = packs / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def service_file(packs: Path) -> str:
    """A record file of the town, as a path inside the folder of packs."""
    return next(p for p in sorted((packs / TOWN / "directory").glob("*.yaml"))).relative_to(packs).as_posix()


Break = Callable[[Path], tuple[str, str]]


def _append(packs: Path, file: str, text: str) -> None:
    path = packs / file
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def _misspelt_key(packs: Path) -> tuple[str, str]:
    line = edit(packs, "us/pack.yaml", "exit_url:", "exit_ulr:")
    return f"packs/us/pack.yaml, line {line}", '"exit_ulr"'


def _duplicate_key(packs: Path) -> tuple[str, str]:
    line = edit(packs, "us-ct/pack.yaml", "inherits: us\n", "inherits: us\ninherits: us\n") + 1
    return f"packs/us-ct/pack.yaml, line {line}", "stands twice"


def _wrong_date(packs: Path) -> tuple[str, str]:
    _append(packs, "us-ct/not-listed.yaml", "\nplanted-day: {name: X, reason: Y, decided_on: 22 Nov}\n")
    return "packs/us-ct/not-listed.yaml", "22 Nov"


def _wrong_number(packs: Path) -> tuple[str, str]:
    line = edit(packs, "us/pack.yaml", "due: 90", "due: ninety")
    return f"packs/us/pack.yaml, line {line}", "ninety"


def _dangling_source(packs: Path) -> tuple[str, str]:
    _append(
        packs,
        "us-ct/deadlines.yaml",
        "\nplanted: {hours: 1, name: {en: x}, source: S999, confidence: official}\n",
    )
    return "packs/us-ct/deadlines.yaml", "S999"


def _missing_key(packs: Path) -> tuple[str, str]:
    _append(packs, "us-ct/not-listed.yaml", "\nplanted-gap: {name: X, decided_on: 2026-11-22}\n")
    return "packs/us-ct/not-listed.yaml", 'no "reason"'


def _not_one_of(packs: Path) -> tuple[str, str]:
    line = edit(packs, service_file(packs), "state: ", "state: certainly_")
    return f"packs/{service_file(packs)}, line {line}", "certainly_"


def _malformed(packs: Path) -> tuple[str, str]:
    _append(packs, "us/terms.yaml", "\nplanted: [never closed\n")
    return "packs/us/terms.yaml", "well-formed"


def _collision(packs: Path) -> tuple[str, str]:
    text = "---\nkey: about\nslug: about\n"
    source = next((packs / "us" / "questions").glob("*about*.en.md"), None)
    assert source is not None
    target = packs / TOWN / "questions" / "planted.en.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(source.read_text("utf-8"), "utf-8")
    assert text[:3] == "---"
    return f"packs/{TOWN}/questions/planted.en.md", "already defined"


def _not_utf8(packs: Path) -> tuple[str, str]:
    path = packs / "us" / "wording.es.yaml"
    path.write_bytes(path.read_bytes() + b"planted: \xff\n")
    return "packs/us/wording.es.yaml", "UTF-8"


def _stray_file(packs: Path) -> tuple[str, str]:
    (packs / TOWN / "notes.txt").write_text("x")
    return f"packs/{TOWN}/notes.txt", "nothing reads"


def _alias(packs: Path) -> tuple[str, str]:
    _append(
        packs,
        "us-ct/not-listed.yaml",
        "\nplanted-one: &p {name: X, reason: Y, decided_on: 2026-11-22}\nplanted-two: *p\n",
    )
    return "packs/us-ct/not-listed.yaml", "alias"


BREAKS: list[Break] = [
    _misspelt_key,
    _duplicate_key,
    _wrong_date,
    _wrong_number,
    _dangling_source,
    _missing_key,
    _not_one_of,
    _malformed,
    _collision,
    _not_utf8,
    _stray_file,
    _alias,
]


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda b: b.__name__.strip("_"))
def test_a_broken_pack_says_where_what_why_and_what_to_do(packs: Path, break_it: Break) -> None:
    """Each way of breaking a pack gives a sentence with file and line, and never a traceback."""
    where, what = break_it(packs)
    found = [p for p in problems(packs) if p.where.startswith(where) and what in p.what]
    assert found, problems(packs)
    assert all(p.why and p.do for p in found)


def test_all_problems_come_at_once(packs: Path) -> None:
    """Slips of reading, of shape and of reference, in ten places, are told together."""
    broken = [break_it(packs) for break_it in BREAKS if break_it not in (_malformed, _not_utf8)]
    told = problems(packs)
    for where, what in broken:
        assert [p for p in told if p.where.startswith(where) and what in p.what], (where, what)
    assert {p.where.split(",")[0] for p in told} == {where.split(",")[0] for where, _ in broken}


def test_an_unknown_pack_is_told_with_those_there_are(packs: Path) -> None:
    """Asking for a pack that is not there lists the packs there are."""
    (problem,) = problems(packs, "us-ct-atlantis")
    assert "us-ct-new-milford" in problem.do


@pytest.mark.parametrize("name", ["../us", "/etc", "us/..", "", "US"])
def test_a_pack_is_never_a_path(packs: Path, name: str) -> None:
    """A pack's name cannot lead out of the folder of packs."""
    assert [p.what for p in problems(packs, name)] == [f'there is no pack "{name}"']


def test_a_circle_of_inheritance_is_told(packs: Path) -> None:
    """A pack that inherits itself by way of others is a Problem, not an endless loop."""
    edit(packs, "us/pack.yaml", "id: us\n", "id: us\ninherits: us-ct-new-milford\n")
    (problem,) = problems(packs)
    assert "inherits itself" in problem.what


def test_a_named_override_replaces_field_by_field(packs: Path) -> None:
    """A child may change one field of an inherited entry when it names it; the rest stands."""
    before = load(packs, TOWN).pack.deadlines["d-pep"]
    (packs / TOWN / "deadlines.yaml").write_text("d-pep: {hours: '71'}\n")
    edit(packs, f"{TOWN}/pack.yaml", "overrides: [", "overrides: [deadlines.d-pep, ")
    after = load(packs, TOWN).pack.deadlines["d-pep"]
    assert (after.hours, after.name) == (71, before.name)


def test_a_removal_takes_an_inherited_entry_out(packs: Path) -> None:
    """What a child removes by name is gone; removing what is not there is a Problem."""
    removes = (
        "inherits: us-ct\nremoves:\n- {key: deadlines.d-pep, why: test}\n- {key: deadlines.none, why: test}\n"
    )
    edit(packs, f"{TOWN}/pack.yaml", "inherits: us-ct\n", removes)
    (problem,) = problems(packs)
    assert "deadlines.none" in problem.what


def test_an_inherited_pack_stands_by_itself(packs: Path) -> None:
    """The state's pack and the nation's load without any town, and a town without their emergency line does not."""
    assert problems(packs, "us") == problems(packs, "us-ct") == []
    edit(packs, "us/directory/org-911.yaml", "svc-911", "svc-912")
    assert any('"svc-911"' in p.what for p in problems(packs))
