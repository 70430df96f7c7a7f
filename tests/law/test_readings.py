"""Who read what closes what was open; sources that are really one count as one."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from tests.law.conftest import ROOT, connecticut
from waypost import bootstrap
from waypost.cli.app import app
from waypost.desk.independence import groups, independent, really_one
from waypost.desk.law_open import as_markdown, official_text, open_sections
from waypost.model.evidence import Claim, Confidence, ProblemsFound, Reading, Source
from waypost.model.law import Law
from waypost.model.pack import Manifest, Pack
from waypost.model.reading import question_code
from waypost.packs import load_pack

DAY = date(2026, 11, 22)
KEY = "us-ct/cgs/53a-82"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the packs that a test may write into, without what readings never touch."""
    left_out = shutil.ignore_patterns("directory", "questions", "cases", "wording.*")
    for name in ("us", "us-ct"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    return tmp_path


def _write(packs: Path, *entries: str) -> Path:
    (packs / "us-ct" / "verifications.yaml").write_text("".join(entries), "utf-8")
    return packs


def _entry(of: str = f"section:{KEY}", by: str = "lawyer", on: str = "2026-11-20", **more: str) -> str:
    lines = {"of": of, "by": by, "on": on, "read": "the official code", "known_as": "statute_text", **more}
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in lines.items()) + "\n"


def _codes() -> list[str]:
    return [question_code(KEY, question) for question in connecticut().sections[KEY].open_questions]


def test_a_lawyer_s_reading_closes_the_question_and_raises_what_the_text_says(packs: Path) -> None:
    """A question that a lawyer read the text for is no longer open, and the version is known by its text."""
    codes = _codes()
    entry = _entry(closes=f"[{', '.join(codes)}]", sources="[S10]", method="in the library")
    section = load_pack(_write(packs, entry), "us-ct").law.sections[KEY]
    assert section.open_questions == ()
    assert section.confidence is Confidence.statute_text
    assert section.read_by[0].method == "in the library"
    version = section.versions[-1]
    assert version.confidence is Confidence.statute_text
    for rule in version.rules:
        assert rule.protections
        assert {part.confidence for part in rule.elements} == {Confidence.statute_text}
        assert {part.confidence for part in rule.protections} == {Confidence.statute_text}
        assert {(part.confidence, part.sources[0]) for part in rule.grades} == {
            (Confidence.statute_text, "S10")
        }
    assert section.versions[1].confidence is Confidence.official_summary
    told = [effect for rule in version.rules for effect in rule.consequences]
    assert Confidence.secondary in {effect.confidence for effect in told}


def test_one_question_closed_leaves_the_others_open(packs: Path) -> None:
    """A reading of one part closes its question, raises only the rules that it names, and no more."""
    codes = _codes()
    entry = _entry(closes=f"[{codes[0]}]", part='"(b)"')
    section = load_pack(_write(packs, entry), "us-ct").law.sections[KEY]
    assert [question_code(KEY, q) for q in section.open_questions] == codes[1:]
    assert section.confidence is Confidence.official_summary
    assert section.versions[-1].confidence is Confidence.official_summary
    assert section.versions[-1].rules[0].grades[0].confidence is not Confidence.statute_text
    named = load_pack(_write(packs, _entry(part='"(b)"', rules="[sells]")), "us-ct").law.sections[KEY]
    assert named.versions[-1].rules[0].grades[0].confidence is Confidence.statute_text


def test_no_other_reading_changes_anything(packs: Path) -> None:
    """A reading by somebody else, of less than the text, or that disagrees, is told and changes nothing."""
    before = connecticut().sections[KEY]
    entries = (_entry(by="steward"), _entry(agrees="false"), _entry(known_as="secondary"))
    after = load_pack(_write(packs, *entries), "us-ct").law.sections[KEY]
    assert [review.by for review in after.read_by] == ["steward", "lawyer", "lawyer"]
    assert replace(after, read_by=()) == before


def test_a_claim_that_a_lawyer_confirmed(packs: Path) -> None:
    """A claim that a lawyer confirmed is known as they say, on the day of reading."""
    claim = load_pack(_write(packs, _entry("claim:l-sell")), "us-ct").claims["l-sell"]
    assert (claim.confidence, claim.as_of) == (Confidence.statute_text, max(date(2026, 11, 20), claim.as_of))


WRONG = {
    _entry("section:us-ct/cgs/none"): '"section:us-ct/cgs/none" is no claim',
    _entry("claim:none"): '"claim:none" is no claim',
    _entry("rule:x"): '"rule:x" is no claim',
    _entry("claim:l-sell", closes="[bbbbbb]"): "a claim has no open questions",
    _entry(closes="[cccccc]"): '"cccccc" is the code of no open question',
    _entry(by="steward", closes="[bbbbbb]"): "only a lawyer",
    _entry(version="1900-01-01"): "no version of that day",
    _entry(rules="[nothing]"): 'no rule "nothing"',
    _entry(sources="[S999]"): "S999",
    _entry(on="2026-11-19"): "2026-11-19 stands after 2026-11-20",
}


def test_a_reading_of_nothing_is_a_problem(packs: Path) -> None:
    """Each reading that names what is not there, or stands out of order, is told with its file."""
    with pytest.raises(ProblemsFound) as found:
        load_pack(_write(packs, *WRONG), "us-ct")
    for told in WRONG.values():
        problem = next(p for p in found.value.problems if told in p.what)
        assert "verifications.yaml" in problem.where


def test_the_list_for_a_lawyer(law: Law) -> None:
    """Each open section is listed with claim, confidence, place and codes, the least known first."""
    pack = bootstrap.read_pack("us-ct")
    found = open_sections(pack, "us-ct")
    assert sum(len(one.questions) for one in found) == sum(
        len(s.open_questions) for s in law.sections.values() if s.jurisdiction == "us-ct"
    )
    order = [list(Confidence).index(one.confidence) for one in found]
    assert order == sorted(order, reverse=True)
    text = as_markdown(found)
    for one in found:
        assert f"## {one.citation}: " in text
        assert all(f"- [ ] `{question.code}` " in text for question in one.questions)
    assert "cga.ct.gov" in official_text(law, KEY)["en"]
    assert official_text(law, "nowhere/x") == {}


def test_the_list_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """``check --law`` prints the list as Markdown, and as JSON with the same codes."""
    run = CliRunner()
    told = run.invoke(app, ["check", "--law", "--pack", "us-ct"])
    listed = run.invoke(app, ["check", "--law", "--json", "--pack", "us-ct"])
    assert (told.exit_code, listed.exit_code) == (0, 0)
    sections = json.loads(listed.stdout)["sections"]
    assert {"section", "citation", "claim", "confidence", "where", "questions"} <= sections[0].keys()
    assert all(q["code"] in told.stdout for one in sections for q in one["questions"])
    assert run.invoke(app, ["check", "--law", "--pack", "nowhere"]).exit_code == 1


def _source(*same: str) -> Source:
    return Source("A page", "news", "undated", DAY, Reading.whole, same_as=same)


SOURCES = {
    "a": _source(),
    "b": _source("a"),
    "c": _source("b"),
    "d": _source("e"),
    "e": _source(),
    "f": _source("x"),
}


def test_sources_that_are_the_same_count_as_one() -> None:
    """Sameness goes from source to source, in either direction; an unknown one is a source of its own."""
    of = groups(SOURCES)
    assert independent(of, ["a", "b", "c"]) == 1
    assert independent(of, ["a", "e"]) == 2
    assert independent(of, ["c", "d", "e", "f"]) == 3
    assert independent(of, ["z", "a"]) == 2
    assert independent(of, []) == 0


def _pack(confidence: Confidence, *sources: str) -> Pack:
    claim = Claim({"en": "x"}, "law", "us", DAY, confidence, sources)
    return Pack(Manifest("p", {}), ("p",), sources=SOURCES, claims={"k": claim})


def test_a_claim_that_rests_on_one_source_in_two_coats_is_told() -> None:
    """A planted pair that shares its wording warns where it is all that a reported claim has."""
    told = list(really_one(_pack(Confidence.secondary, "a", "c")))
    assert [problem.where for problem in told] == ["claim k"]
    assert "a, c" in told[0].what
    assert list(really_one(_pack(Confidence.secondary, "a", "c", "e"))) == []
    assert list(really_one(_pack(Confidence.official, "a", "c"))) == []
    assert list(really_one(_pack(Confidence.secondary, "a"))) == []


def test_a_part_of_a_section_that_rests_on_one_source_is_told() -> None:
    """The parts of sections and of models are looked at as claims are."""
    pack = load_pack(ROOT, "us-ct")
    first = {key: source for key, source in pack.sources.items() if key in ("S26", "S27")}
    joined = {**pack.sources, "S26": replace(first["S26"], same_as=("S27",))}
    told = {problem.where for problem in really_one(replace(pack, sources=joined))}
    assert told
    assert any(", rule " in where for where in told)
    assert not any(", rule " in p.where and "S26" in p.what for p in really_one(pack))
