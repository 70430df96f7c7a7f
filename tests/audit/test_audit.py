"""Another page is held against the guide: errors are found, and no truth is called wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from waypost.cli.app import app
from waypost.desk.audit import Audit, Finding, audit
from waypost.desk.guide import Guide
from waypost.rules.audit import items
from waypost.rules.audit_text import decoded, sentences

PAGES = Path(__file__).parent / "pages"
NAMES = ["doorway.html", "column.txt", "hoja.txt", "firm.html", "escort.html"]


def _planted(name: str) -> dict[str, list[list[str]]]:
    planted: dict[str, list[list[str]]] = yaml.safe_load(
        (PAGES / name).with_suffix(".yaml").read_text("utf-8")
    )
    return planted


def _found(held: Audit, planted: list[str]) -> list[Finding]:
    kind, said, *near = planted
    return [
        each
        for each in held.findings
        if each.kind == kind and each.said == said and (not near or near[0] in each.sentence)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_planted_error_is_found_and_no_truth_is_called_wrong(name: str, guide: Guide) -> None:
    """Each planted error differs, and nothing else on the page does."""
    held = audit(guide, (PAGES / name).read_text("utf-8"))
    planted = _planted(name)
    missed = [e for e in planted["errors"] if not any(f.verdict == "differs" for f in _found(held, e))]
    assert missed == []
    expected = {id(f) for e in planted["errors"] for f in _found(held, e)}
    wronged = [f for f in held.findings if f.verdict == "differs" and id(f) not in expected]
    assert wronged == []


@pytest.mark.parametrize(
    ("name", "known"), [("doorway.html", 22), ("column.txt", 24), ("hoja.txt", 21), ("escort.html", 24)]
)
def test_truths_are_recognized(name: str, known: int, guide: Guide) -> None:
    """The truths of a page agree, each with a record, section or deadline, and a day."""
    held = audit(guide, (PAGES / name).read_text("utf-8"))
    agreed = [f for t in _planted(name)["truths"] for f in _found(held, t)[:1] if f.verdict == "agrees"]
    assert len(agreed) == known
    assert all(each.record for each in agreed)


def test_a_page_has_twenty_of_each() -> None:
    """The made-up doorway page holds at least twenty errors and twenty truths."""
    planted = _planted("doorway.html")
    assert len(planted["errors"]) >= 20
    assert len(planted["truths"]) >= 20


CONTEXT: list[tuple[str, str, str]] = [
    ("Promoting prostitution in the second degree is a class C felony.", "class C felony", "agrees"),
    ("Promoting prostitution in the second degree is a class B felony.", "class B felony", "differs"),
    ("Prostitution is not a felony in Connecticut.", "felony", "agrees"),
    ("Prostitution is a felony in Connecticut.", "felony", "differs"),
    ("Until 2021 prostitution was punished with up to one year in jail.", "one year", "agrees"),
    ("Prostitution is punished with up to one year in jail.", "one year", "differs"),
    ("Before October 2017 trafficking in persons was a class B felony.", "class B felony", "agrees"),
    ("Vender sexo es un delito menor de clase A.", "delito menor de clase A", "agrees"),
    ("Vender sexo es un delito grave de clase A.", "delito grave de clase A", "differs"),
    ("Selling and buying sex are class A misdemeanors.", "class A misdemeanors", "agrees"),
]


@pytest.mark.parametrize(("text", "said", "verdict"), CONTEXT)
def test_a_class_or_term_is_judged_by_what_it_is_said_of(
    text: str, said: str, verdict: str, guide: Guide
) -> None:
    """The same words agree of one offense or time and differ of another."""
    found = [each for each in audit(guide, text).findings if each.said == said]
    assert [each.verdict for each in found] == [verdict]


def test_what_others_are_said_to_say_is_passed_over(guide: Guide) -> None:
    """A page that names a myth to correct it is not held to have said it."""
    assert audit(guide, "Myth: prostitution is a class D felony.").findings == ()


def test_a_number_nobody_knows_is_unknown_and_resembles(guide: Guide) -> None:
    """An unknown number without a name is unknown, with the number of ours that it resembles."""
    known = next(
        phone.number
        for listing in guide.directory.listings
        for phone in listing.service.phones
        if len(phone.number) == len("000-000-0000")
    )
    changed = known[:-1] + str((int(known[-1]) + 1) % 10)
    (found,) = audit(guide, f"Call our office at {changed}.").findings
    assert (found.verdict, known in found.have) == ("unknown", True)


def test_no_confidential_number_is_told(guide: Guide) -> None:
    """What is held against a page is the published directory, so that nothing withheld can be confirmed."""
    shown = {p.number for listing in guide.directory.listings for p in listing.service.phones}
    held = audit(guide, (PAGES / "doorway.html").read_text("utf-8"))
    assert all(
        each.have.split(" is ")[0] in shown
        for each in held.findings
        if (each.kind, each.verdict) == ("phone", "agrees")
    )


def test_old_windows_text_is_read() -> None:
    """A page saved in the old Windows alphabet reads the same as in UTF-8."""
    text = "Llame mañana – “prostitución”"
    assert decoded(text.encode("cp1252")) == decoded(text.encode("utf-8")) == text


def test_script_and_style_say_nothing() -> None:
    """What no reader sees is not held against a page; cells of a row are one sentence."""
    page = "<html><script>a = 1;</script><table><tr><td>Name</td><td>Number</td></tr></table></html>"
    assert [each.text for each in sentences(page)] == ["Name – Number"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text breaks the reader, and each thing found stands where it says."""
    for sentence in sentences(text):
        for item in items(sentence.text):
            assert sentence.text[item.start : item.end] == item.said


def _run(*words: str, database: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["audit", *words, "--on", "2026-11-22", "--database", database])
    return result.exit_code, result.stdout


def test_the_command_exits_1_where_something_differs(database: str, tmp_path: Path) -> None:
    """The answer as JSON counts and lists every verdict with its source; a page that agrees exits 0."""
    code, told = _run(str(PAGES / "doorway.html"), "--json", database=database)
    answer: dict[str, Any] = json.loads(told)
    assert code == 1
    assert answer["counts"]["differs"] == sum(f["verdict"] == "differs" for f in answer["findings"]) > 0
    assert all(f["sources"] for f in answer["findings"] if f["kind"] == "class")
    fine = tmp_path / "fine.txt"
    fine.write_text("Prostitution is a class A misdemeanor in Connecticut.", "utf-8")
    assert _run(str(fine), database=database)[0] == 0


def test_a_page_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A file that cannot be read is a Problem of the environment, not a traceback."""
    result = CliRunner().invoke(app, ["audit", str(tmp_path / "none.html")])
    assert result.exit_code == 3
