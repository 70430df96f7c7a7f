"""Worksheets for volunteers: what goes out, what comes back, and what is refused."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from waypost import bootstrap
from waypost.desk.guide import Guide
from waypost.desk.review import COLUMNS, code_now, kinds, sheet, tasks
from waypost.desk.review_record import LOG, Taken, take
from waypost.exchange import worksheet
from waypost.exchange.worksheet import Line
from waypost.model.evidence import ProblemsFound, VerificationState
from waypost.packs import Loaded, load
from waypost.store import Store

DAY = date(2026, 11, 22)
CLAIM = "claim:"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the packs that may be written to."""
    return Path(shutil.copytree(bootstrap.packs_root(), tmp_path / "packs"))


@pytest.fixture
def own(pack: object, tmp_path: Path) -> tuple[Store, Guide]:
    """A database of the test's own, and the guide on it."""
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    guide = bootstrap.guide_of(pack, url, DAY)  # type: ignore[arg-type]
    return bootstrap.open_store(url, guide.pack, on=DAY), guide


def filled(guide: Guide, of: str, **more: str) -> tuple[str, Line]:
    """A row as a volunteer hands it back."""
    code = code_now(guide, of) or ""
    found = {"result": "same", "by": "volunteer", "on": "2026-11-20", "method": "call"}
    return f"row {of}", {"of": of, "code": code, **found, **more}


def recorded(own: tuple[Store, Guide], loaded: Loaded, root: Path, *rows: tuple[str, Line]) -> Taken:
    """Take rows back."""
    store, guide = own
    return take(store, guide, loaded, root, list(rows))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_worksheet_says_what_whom_and_how(guide: Guide, language: str) -> None:
    """Each task has what we print, a question and whom to call or what to read, in the volunteer's language."""
    found = tasks(guide, language)
    assert {task.of.partition(":")[0] for task in found} == {"service", "claim", "section"}
    for task in found:
        assert task.now, task.of
        assert task.question, task.of
        assert task.call, task.of
        assert "{" not in task.question + task.call + task.script


def test_nobody_is_asked_to_call_a_crisis_line(guide: Guide) -> None:
    """A crisis line is not called to be checked: somebody may need it at that moment."""
    crisis = tasks(guide, "en", "crisis")
    assert crisis
    for task in crisis:
        assert not re.search(r"\d{3}", task.call)
        assert task.script == ""
    assert tasks(guide, "en")[: len(crisis)] == crisis


def test_a_script_never_says_why_somebody_would_call(guide: Guide) -> None:
    """The script says what the guide is, and asks for nothing about anybody."""
    scripts = {task.script for task in tasks(guide, "en") if task.script}
    assert scripts
    for script in scripts:
        assert "free list" in script
        assert not re.search(r"\b(my|client|patient|friend)\b", script)


def test_every_kind_of_sheet_comes_back_as_it_went_out(guide: Guide, tmp_path: Path) -> None:
    """Markdown and spreadsheet hold the same rows, and are read as they were written."""
    made = sheet(guide, tasks(guide, "en", "service")[:20], "en")
    (tmp_path / "a.md").write_bytes(worksheet.markdown(made))
    (tmp_path / "a.xlsx").write_bytes(worksheet.xlsx(made, DAY))
    assert worksheet.xlsx(made, DAY) == (tmp_path / "a.xlsx").read_bytes()
    text = [row for _, row in worksheet.read(tmp_path / "a.md")]
    table = [row for _, row in worksheet.read(tmp_path / "a.xlsx")]
    assert [row["of"] for row in text] == [row["of"] for row in table] == [row["of"] for row in made.rows]
    assert [row["code"] for row in text] == [row["code"] for row in table]
    assert set(table[0]) == set(COLUMNS)


def test_a_call_confirms_a_record_and_a_second_time_changes_nothing(
    own: tuple[Store, Guide], loaded: Loaded, root: Path
) -> None:
    """A service that somebody called is confirmed as of that day, and the feed says so, once."""
    store, guide = own
    row = filled(guide, "service:svc-cifc")
    assert recorded(own, loaded, root, row).confirmed == ("service:svc-cifc",)
    again = recorded(own, loaded, root, row)
    assert (again.confirmed, again.unchanged) == ((), ("service:svc-cifc",))
    listing = bootstrap.guide_of(guide.pack, str(store.url), DAY).directory.get("svc-cifc")
    assert listing
    checked = listing.service.verification
    assert (checked.state, checked.on, checked.by, checked.method) == (
        VerificationState.confirmed,
        date(2026, 11, 20),
        "volunteer",
        "call",
    )


def test_a_page_that_was_read_confirms_nothing(own: tuple[Store, Guide], loaded: Loaded, root: Path) -> None:
    """Reading a page shows that somebody looked; the evidence stays as old as the page."""
    store, guide = own
    recorded(own, loaded, root, filled(guide, "service:svc-cifc", method="page read", on="2026-11-22"))
    listing = bootstrap.guide_of(guide.pack, str(store.url), DAY).directory.get("svc-cifc")
    assert listing
    checked = listing.service.verification
    assert checked.state == VerificationState.seen_on_page
    assert checked.on == date(2022, 8, 1)
    assert (checked.looked_up, checked.by) == (date(2026, 11, 22), "volunteer")


def test_a_claim_goes_into_the_log_of_its_pack(own: tuple[Store, Guide], loaded: Loaded, root: Path) -> None:
    """A claim that was found true again gets a line at the end of its pack's log, and is as of that day."""
    _, guide = own
    key, claim = next((k, c) for k, c in guide.pack.claims.items() if c.kind == "health")
    row = filled(guide, f"claim:{key}", method="page_read")
    assert recorded(own, loaded, root, row).confirmed == (f"claim:{key}",)
    logs = [path for path in root.rglob(LOG) if f"claim:{key}" in path.read_text("utf-8")]
    assert len(logs) == 1
    again = load(root, "us-ct-new-milford")
    assert again.pack.claims[key].as_of == max(claim.as_of, date(2026, 11, 20))
    assert again.pack.claims[key].confidence == claim.confidence
    assert recorded(own, again, root, row).unchanged == (f"claim:{key}",)
    assert logs[0].read_text("utf-8").count(f"claim:{key}") == 1


def test_what_is_not_so_is_listed_with_its_place(
    own: tuple[Store, Guide], loaded: Loaded, root: Path
) -> None:
    """A fact that has changed is told with file, line and the new value, and is not confirmed."""
    _, guide = own
    told = recorded(own, loaded, root, filled(guide, "service:svc-cifc", result="changed", new_value="moved"))
    assert told.confirmed == ()
    assert re.search(r"org-cifc\.yaml, line \d+: service:svc-cifc: moved", told.to_change[0])


def test_a_worksheet_older_than_the_fact_confirms_nothing(
    own: tuple[Store, Guide], loaded: Loaded, root: Path
) -> None:
    """What was changed since the worksheet was made is a conflict; so are two answers that differ."""
    _, guide = own
    old = filled(guide, "service:svc-cifc", code="00000000")
    assert recorded(own, loaded, root, old).conflicts[0].startswith("row service:svc-cifc")
    one = filled(guide, "service:svc-cifc")
    other = filled(guide, "service:svc-cifc", result="not_reached")
    assert len(recorded(own, loaded, root, one, other).conflicts) == 1


def test_every_fault_is_told_at_once_and_nothing_is_taken(
    own: tuple[Store, Guide], loaded: Loaded, root: Path
) -> None:
    """Wrong words, days to come, missing roles and strange keys are told together; nothing is written."""
    store, guide = own
    rows = [
        filled(guide, "service:svc-cifc"),
        filled(guide, "service:nobody"),
        filled(guide, "service:svc-apex-testing", result="maybe", by="", method="guess", on="tomorrow"),
        filled(guide, "service:svc-apex-testing", on="2099-01-01"),
        filled(guide, "service:svc-apex-testing", result="wrong"),
    ]
    with pytest.raises(ProblemsFound) as refused:
        recorded(own, loaded, root, *rows)
    assert len(refused.value.problems) == 7
    listing = bootstrap.guide_of(guide.pack, str(store.url), DAY).directory.get("svc-cifc")
    assert listing
    assert listing.service.verification.state == VerificationState.seen_on_page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04 no"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b"name,value\n1,2\n"),
        ("a.doc", b""),
        ("gone.md", None),
    ],
)
def test_a_file_that_is_no_worksheet_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    """A broken or strange file ends in a Problem, never in a traceback."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ProblemsFound):
        worksheet.read(path)


def test_kinds_are_those_of_the_packs(guide: Guide) -> None:
    """The kinds that can be asked for are those that have a review cycle, and the law."""
    assert {"law", "crisis", "service"} <= set(kinds(guide))
