"""Whole answers as a reader gets them, in English and Spanish, beside golden files; and the commands."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.law.conftest import Asking
from waypost import bootstrap
from waypost.cli.law import app
from waypost.desk.law import spoken
from waypost.desk.law_text import told
from waypost.model.law import Law
from waypost.model.pack import Pack

GOLDEN = Path(__file__).parent / "golden"
SITUATIONS: dict[str, dict[str, object]] = {
    "seller": {"role": "seller", "age": 25, "act": "offer", "value": "money", "date": "2025-06-10"},
    "seller-17": {"role": "seller", "age": 17, "act": "completed", "value": "money", "date": "2025-06-10"},
    "buyer": {"role": "buyer", "other_age": 28, "act": "completed", "value": "money", "date": "2025-06-10"},
    "buyer-age-unknown": {"role": "buyer", "act": "solicitation", "value": "money", "date": "2025-06-10"},
    "promoter-2012": {"role": "promoter", "force": False, "other_age": 30, "count": 1, "date": "2012-06-10"},
    "overdose": {"role": "bystander", "overdose": True, "calls_911": True, "date": "2025-06-10"},
    "vacatur": {
        "question": "vacatur",
        "convicted_of": "53a-82",
        "because_trafficked": True,
        "date": "2025-06-10",
    },
    "compensation": {
        "role": "survivor",
        "wants": "compensation",
        "police_report": False,
        "date": "2025-06-10",
    },
    "unread": {"role": "seller", "age": 25, "date": "2009-06-10"},
    "sweden": {
        "jurisdiction": "se",
        "role": "buyer",
        "act": "completed",
        "value": "money",
        "mode": "in_person",
        "date": "2025-06-10",
    },
}
RUN = CliRunner()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", SITUATIONS)
def test_the_whole_answer(law: Law, ask: Asking, name: str, language: str) -> None:
    """The answer in words is the one that was read and approved (WAYPOST_GOLDEN=1 writes it anew)."""
    text = told(law, spoken(ask(**SITUATIONS[name]), language), language) + "\n"
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("WAYPOST_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_protections_come_before_penalties(law: Law, ask: Asking) -> None:
    """What protects the person is told before what the law threatens."""
    text = told(law, spoken(ask(**SITUATIONS["seller"]), "en"), "en")
    assert text.index("WHAT PROTECTS") < text.index("At most")


Typing = Callable[..., Result]


@pytest.fixture
def type_in(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Run ``waypost law`` with words and something on standard input, on a fixed day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    read = bootstrap.read_pack
    monkeypatch.setattr(bootstrap, "read_pack", lambda named: read(named) if named else pack)

    def typing(*words: str, stdin: str = "") -> Result:
        return RUN.invoke(app, list(words), input=stdin)

    return typing


def test_ask_prints_the_contract_s_json(type_in: Typing) -> None:
    """``law ask --json`` prints every field of the contract, in order, null where there is nothing."""
    raw = {
        "jurisdiction": "us-ct",
        "date": "2025-06-10",
        "asked_on": "2026-11-22",
        "role": "buyer",
        "age": 45,
    }
    raw |= {"other_age": 28, "act": "completed", "value": "money", "prior_same": 0}
    result = type_in("ask", "--json", stdin=json.dumps(raw))
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["outcome"], answer["as_of"], answer["date"]) == ("offense", "2026-11-22", "2025-06-10")
    finding = answer["findings"][0]
    assert finding["section"] == "us-ct/cgs/53a-83@2021-10-01"
    assert finding["citation"] == "CGS 53a-83"
    assert finding["class"] == "misdemeanor_A"
    assert finding["term"] == {"min": 0, "max": 364, "unit": "days", "mandatory_min": None}
    assert finding["fine"] == {"fixed_usd": 2000, "max_usd": 2000}
    assert (finding["possible"], finding["confidence"]) == (False, "official_summary")
    assert answer["help"] == ["svc-public-defender"]


def test_ask_speaks_spanish(type_in: Typing) -> None:
    """``law ask --lang es`` answers in Spanish."""
    result = type_in("ask", "--lang", "es", stdin=json.dumps(SITUATIONS["seller-17"]))
    assert "La ley protege a la persona en este caso" in result.stdout


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (["ask"], '{"colour": "red"}', 1),
        (["ask"], "not json", 1),
        (["ask"], "[1]", 1),
        (["ask"], "{" + " " * 70000, 1),
        (["ask", "--lang", "xx"], "{}", 2),
        (["ask", "--on", "May"], "{}", 2),
        (["show", "99z-9"], "", 1),
        (["show"], "", 2),
        (["ask", "--pack", "nowhere"], "{}", 1),
    ],
)
def test_wrong_input_is_refused_with_a_sentence(
    type_in: Typing, words: list[str], stdin: str, code: int
) -> None:
    """Wrong words typed exit with 2, Problems with 1, and neither with a traceback."""
    result = type_in(*words, stdin=stdin)
    assert result.exit_code == code
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_show_tells_a_section_as_it_stood(type_in: Typing) -> None:
    """``law show`` tells the version of the day, what is open, and as JSON the whole section."""
    assert "PA 13-166" in type_in("show", "53a-83", "--on", "2015-01-01").stdout
    assert "WHAT MUST STILL BE READ" in type_in("show", "CGS 53a-82").stdout
    assert "No version of this section" not in type_in("show", "53a-83b").stdout
    assert "no version of this section" in type_in("show", "53a-83b", "--on", "2010-01-01").stdout
    shown = json.loads(type_in("show", "53a-83", "--on", "2015-01-01", "--json").stdout)
    assert shown["version"]["effective_from"] == "2013-10-01"


def test_words_lists_the_vocabulary(type_in: Typing) -> None:
    """``law words`` lists each word with its meaning and values, also as JSON."""
    assert "standing_on_street: only being on the street" in type_in("words").stdout
    listed = json.loads(type_in("words", "--json", "--lang", "es").stdout)
    assert listed["role"]["values"]["seller"] == "vende u ofrece sexo por pago"
