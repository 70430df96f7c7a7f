"""``waypost import``, ``export`` and ``validate`` as a person types them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from waypost.cli.app import main

EXAMPLES = Path(__file__).parent / "examples"
SERVICE = EXAMPLES / "service_full.json"
MANIFEST = 'id: town\ntitle: {en: Town}\npublishable: false\ncycles: {service: {due: "365", overdue: "545", hide: "1095"}}\n'
ORGANIZATION = """
key: org-a
slug: abcdef
name: Health Center
services:
  - key: svc-a
    slug: abcdeg
    name: Clinic
    status: active
    description: Tests and treatment.
    kinds: []
    serves: []
    verification: {state: seen_on_page, "on": 2026-06-01, looked_up: 2026-11-22}
    sources: []
    minimum_age: "13"
"""
Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command at a machine that has one small pack and an empty home."""
    (tmp_path / "packs" / "town").mkdir(parents=True)
    (tmp_path / "packs" / "town" / "pack.yaml").write_text(MANIFEST)
    for name, value in (("PACKS", tmp_path / "packs"), ("HOME", tmp_path / "home"), ("PACK", "town")):
        monkeypatch.setenv(f"WAYPOST_{name}", str(value))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")
    monkeypatch.delenv("WAYPOST_DATABASE", raising=False)

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["waypost", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return int(left.value.code or 0), said.out, said.err

    return run


def test_import_twice_says_that_nothing_changed(typed: Type) -> None:
    """The first import says what was taken, the second that nothing changed; both leave with 0."""
    code, out, _ = typed("import", SERVICE)
    assert (code, "services: 1 in, 1 taken" in out) == (0, True)
    code, out, _ = typed("import", SERVICE)
    assert (code, "Nothing changed." in out) == (0, True)


def test_progress_goes_to_standard_error(typed: Type) -> None:
    """How far it is stands on standard error where it is asked for, and nowhere else."""
    code, out, err = typed("import", SERVICE, "--progress", "--report", "json")
    assert code == 0
    assert json.loads(out)["refused"] is False
    assert "Comparing" in err
    assert "Comparing" not in typed("import", SERVICE)[2]


def test_standard_input_is_taken_in(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes on standard input is taken in as a file is."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SERVICE.read_bytes())))
    code, out, _ = typed("import", "-", "--source", "partner")
    assert code == 0
    assert 'from "partner"' in out
    assert "Nothing changed." in typed("import", SERVICE, "--source", "partner")[1]


def test_import_report_as_json(typed: Type) -> None:
    """The account as JSON names the source, the format and every table."""
    code, out, _ = typed("import", SERVICE, "--report", "json", "--source", "partner")
    report = json.loads(out)
    assert (code, report["source"], report["refused"]) == (0, "partner", False)
    assert report["tables"]["services"]["taken"] == 1


def test_dry_run_keeps_nothing(typed: Type) -> None:
    """After a dry run the same import still takes everything."""
    code, out, _ = typed("import", SERVICE, "--dry-run")
    assert (code, "dry run" in out) == (0, True)
    assert "1 taken" in typed("import", SERVICE)[1]


@pytest.mark.parametrize("report", ["words", "json"])
def test_refused_import_leaves_with_1(typed: Type, tmp_path: Path, report: str) -> None:
    """A file that cannot be read is told in words or JSON, and the exit code is 1."""
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    code, out, err = typed("import", bad, "--report", report)
    assert code == 1
    assert json.loads(out)["refused"] if report == "json" else "It is not JSON" in err


def test_wrong_words_leave_with_2(typed: Type, tmp_path: Path) -> None:
    """An unknown format or report is a wrong word typed."""
    assert typed("import", SERVICE, "--report", "poem")[0] == 2
    assert typed("export", tmp_path / "out.json", "--format", "poem")[0] == 2


def test_unusable_database_leaves_with_3(typed: Type, tmp_path: Path) -> None:
    """A database that cannot be used is told in words, and the exit code is 3."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 10)
    code, _, err = typed("import", SERVICE, "--database", f"sqlite:///{letter}")
    assert (code, "not a database" in err) == (3, True)


@pytest.mark.parametrize("name", ["out.json", "out.ndjson", "out.zip", "out"])
def test_export_is_valid_and_imports_without_change(typed: Type, tmp_path: Path, name: str) -> None:
    """Every form of export is valid HSDS, and taken in again changes nothing."""
    typed("import", SERVICE)
    out = tmp_path / name
    assert typed("export", out)[0] == 0
    code, said, _ = typed("validate", out)
    assert (code, ", valid" in said) == (0, True)
    assert "Nothing changed." in typed("import", out)[1]


def test_pack_comes_back_without_change(typed: Type, tmp_path: Path) -> None:
    """A pack's own records, exported and taken in as another's or under no name, change nothing."""
    (tmp_path / "packs" / "town" / "directory").mkdir()
    (tmp_path / "packs" / "town" / "directory" / "org-a.yaml").write_text(ORGANIZATION)
    for name in ("out.json", "out.ndjson", "out.zip", "out"):
        assert typed("export", tmp_path / name)[0] == 0
        assert typed("validate", tmp_path / name)[0] == 0
        assert "Nothing changed." in typed("import", tmp_path / name, "--source", "other")[1]
        assert "Nothing changed." in typed("import", tmp_path / name)[1]


def test_our_own_form_is_taken_in(typed: Type, tmp_path: Path) -> None:
    """An organization written as packs write it, as a file or in a folder, is taken in, and not twice."""
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "org-a.yaml").write_text(ORGANIZATION)
    assert "service: 1 in, 1 taken" in typed("import", folder / "org-a.yaml", "--source", "s")[1]
    assert "Nothing changed." in typed("import", folder, "--source", "s")[1]


def test_our_own_form_is_read_strictly(typed: Type, tmp_path: Path) -> None:
    """Two slips in a file of ours are both told with file and line, and nothing is taken."""
    path = tmp_path / "org-a.yaml"
    path.write_text(ORGANIZATION.replace("minimum_age", "minimumage").replace("seen_on_page", "seen"))
    code, _, err = typed("import", path)
    assert code == 1
    assert "minimumage" in err
    assert "seen_on_page" in err
    assert err.count("org-a.yaml, line") == 2


def test_a_whole_pack_is_taken_in(typed: Type, tmp_path: Path) -> None:
    """A folder that is a pack is taken in with its line of inheritance."""
    folder = tmp_path / "packs" / "other"
    (folder / "directory").mkdir(parents=True)
    (folder / "pack.yaml").write_text(MANIFEST.replace("id: town", "id: other"))
    (folder / "directory" / "org-a.yaml").write_text(ORGANIZATION)
    assert "organization: 1 in, 1 taken" in typed("import", folder)[1]


def test_validate_tells_everything(typed: Type, tmp_path: Path) -> None:
    """What the schema forbids is an error by pointer; what it lets through is told beside it."""
    path = tmp_path / "in.json"
    service = json.loads(SERVICE.read_text())
    service["status"] = "open"
    service["email"] = "nobody"
    service["url"] = "example"
    service["phones"][0]["number"] = "555-01"
    service["schedules"][0].update(opens_at="18:00", closes_at="9:00")
    path.write_text(json.dumps(service))
    code, out, _ = typed("validate", path, "--json")
    verdict = json.loads(out)
    assert (code, verdict["valid"], verdict["version"]) == (1, False, "3.2")
    wheres = {problem["where"]: problem["severity"] for problem in verdict["problems"]}
    assert wheres["in.json/status"] == "error"
    for field in ("url", "email", "phones/0/number", "schedules/0"):
        assert f"in.json/{field}" in wheres


def test_validate_tables_by_row_and_column(typed: Type, tmp_path: Path) -> None:
    """In tables every slip is told by table, row and column."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "services.csv").write_text(
        "id,name,status\nac148810-d857-441c-9679-408f346de14b,,open\n"
    )
    code, out, _ = typed("validate", tmp_path / "t")
    assert code == 1
    for column in ("name", "status", "organization_id"):
        assert f"services.csv row 2, column {column}" in out


def test_official_examples_are_valid(typed: Type) -> None:
    """The standard's own examples pass."""
    for name in ("service_full.json", "organization_full.json", "service_list.json", "csv"):
        assert typed("validate", EXAMPLES / name)[0] == 0, typed("validate", EXAMPLES / name)[1]
