"""The answers on health, safety, leaving, papers and families: both languages, plain words, nothing typed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import new_milford

from waypost.model.evidence import Claim, Confidence
from waypost.model.guide import Question
from waypost.model.pack import Pack

PACKS = Path(__file__).parents[2] / "packs"
KEYS = (
    "testing",
    "after-violence",
    "close-by",
    "staying-safer",
    "leaving",
    "overdose",
    "images",
    "no-papers",
    "parents",
    "young",
    "safety",
    "about",
    "inclusion",
)
LANGUAGES = ("en", "es")
DRAWN = re.compile(r"\{([a-z-]+):([^{}\s]+)\}|\[\^([A-Za-z0-9_-]+)\]")
OWN_FILES = (
    "us/claims/health.yaml",
    "us/claims/practice.yaml",
    "us-ct/claims/health.yaml",
    "us-ct/claims/practice.yaml",
    "us-ct/claims/regional.yaml",
    "us-ct-new-milford/claims/guide.yaml",
)
SENSITIVE = {
    "en": ("sex", "rape", "assault", "violence", "drug", "overdose", "HIV", "STD", "police", "papers"),
    "es": ("sexo", "viol", "agresi", "droga", "sobredosis", "VIH", "policía", "papeles"),
}


def pack() -> Pack:
    """The guide of the town, with all that it inherits."""
    return new_milford().pack


def question(key: str, language: str) -> Question:
    """One of our answers in one language."""
    return pack().questions[key][language]


@cache
def own_claims() -> dict[str, Claim]:
    """The claims of our files by id."""
    keys = [
        m
        for f in OWN_FILES
        for m in re.findall(r"^([a-z][a-z0-9-]+):$", (PACKS / f).read_text("utf-8"), re.M)
    ]
    return {key: pack().claims[key] for key in keys}


def references(text: str) -> list[str]:
    """What a text draws and cites, in order."""
    return [f"{kind}:{key}" if kind else f"^{note}" for kind, key, note in DRAWN.findall(text)]


def prose(key: str, language: str) -> str:
    """What a reader reads: the body with its claims in place, and a plain word for each other drawn thing."""
    stands = {"en": "this", "es": "esto"}[language]

    def put(match: re.Match[str]) -> str:
        kind, name, note = match.groups()
        if kind == "claim":
            return pack().claims[name].text[language]
        return "" if note else stands

    return DRAWN.sub(put, question(key, language).body)


def sentences(text: str) -> list[str]:
    """Sentences and list items, without marks of Markdown."""
    text = re.sub(r"(?m)^#+ .*$", "", text)
    text = re.sub(r"(?m)^\s*(?:[-*]|\d+\.) ", "\n\n", text).replace("**", "")
    text = re.sub(r"(\d)[.,](\d)", r"\1\2", text)
    parts = re.split(r'(?<=[.!?])["»)]*\s+|\n\n+', text)
    return [part.strip() for part in parts if re.search(r"\w\w", part)]


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)


def english_syllables(word: str) -> int:
    """A rough count, good to about one in twenty words."""
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$", lambda m: m[0][0], word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def spanish_syllables(word: str) -> int:
    """Vowel groups, with hiatus between two strong or stressed vowels."""
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    nuclei = re.findall(r"[íú]|[aeoáéó]|[iuü]", word)
    total = len(nuclei)
    total -= len(re.findall(r"[iuü](?=[aeoáéó])|(?<=[aeoáéó])[iuü](?![aeoáéóíú])|[iu](?=[ui])", word))
    return max(1, total)


def grade(text: str) -> float:
    """Flesch-Kincaid grade of English text."""
    tokens = [w for s in sentences(text) for w in words(s)]
    return (
        0.39 * len(tokens) / len(sentences(text))
        + 11.8 * sum(map(english_syllables, tokens)) / len(tokens)
        - 15.59
    )


def inflesz(text: str) -> float:
    """INFLESZ (Szigriszt-Pazos) of Spanish text."""
    tokens = [w for s in sentences(text) for w in words(s)]
    return (
        206.835
        - 62.3 * sum(map(spanish_syllables, tokens)) / len(tokens)
        - len(tokens) / len(sentences(text))
    )


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_draw_and_cite_the_same_in_the_same_order(key: str) -> None:
    """A Spanish reader gets the same claims, contacts, deadlines and links as an English one."""
    assert references(question(key, "en").body) == references(question(key, "es").body)


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_have_the_same_shape(key: str) -> None:
    """Sections, list items and what the front matter names agree."""
    shapes = []
    for language in LANGUAGES:
        asked = question(key, language)
        body = asked.body
        shapes.append(
            (
                [len(re.findall(mark, body, re.M)) for mark in (r"^## ", r"^- ", r"^\d+\. ")],
                (asked.slug, asked.order, asked.door, asked.needs, asked.services, asked.version),
            )
        )
    assert shapes[0] == shapes[1]
    assert question(key, "es").translated_from == question(key, "en").version


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_no_number_is_typed(key: str, language: str) -> None:
    """Hours, phones and figures come from records, deadlines and claims; only the age of 18 is said."""
    asked = question(key, language)
    typed = re.sub(r"(?m)^\d+\. ", "", DRAWN.sub("", f"{asked.title}\n{asked.summary}\n{asked.body}"))
    assert set(re.findall(r"\d+", typed)) <= {"18"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_answer_ends_with_what_to_do_next(key: str, language: str) -> None:
    """The last section is a short numbered list of next steps."""
    last = question(key, language).body.rsplit("\n## ", 1)[-1]
    assert last.startswith({"en": "What to do next", "es": "Qué hacer ahora"}[language])
    assert len(re.findall(r"(?m)^\d\. ", last)) >= 2


@pytest.mark.parametrize("key", KEYS)
def test_every_answer_rests_on_claims_or_speaks_of_the_guide_itself(key: str) -> None:
    """Whatever is drawn or cited exists; an answer about the world cites at least five claims."""
    found = references(question(key, "en").body)
    cited = {
        name.removeprefix("claim:").removeprefix("^")
        for name in found
        if name[0] == "^" or name[:6] == "claim:"
    }
    assert cited <= pack().claims.keys()
    assert key in {"about", "inclusion", "safety"} or len(cited) >= 5
    for name in found:
        kind, _, target = name.partition(":")
        if kind == "deadline":
            assert target in pack().deadlines
        if kind == "question":
            assert target in pack().questions


def test_every_claim_is_used_and_rests_on_a_source() -> None:
    """No claim lies idle; none is without source, and what could not be confirmed is no claim."""
    cited = {
        name.removeprefix("claim:").removeprefix("^")
        for asked in pack().questions.values()
        for name in references(asked["en"].body)
    }
    for key, claim in own_claims().items():
        assert key in cited, key
        assert claim.sources, key
        assert claim.wrong_if, key
        assert set(claim.sources) <= pack().sources.keys(), key
        assert claim.confidence != Confidence.could_not_confirm, key
        assert claim.kind in pack().manifest.cycles, key


def test_claims_say_the_same_numbers_in_both_languages() -> None:
    """Hours, percentages and years agree between English and Spanish."""

    def numbers(text: str) -> list[str]:
        return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))

    for key, claim in own_claims().items():
        english, spanish = claim.text["en"].replace("1980s", "1980"), claim.text["es"]
        assert numbers(english) == numbers(spanish), key


@pytest.mark.parametrize("key", KEYS)
def test_english_is_plain(key: str) -> None:
    """Grade 8 at most, sentences of 20 words on average at most, none over 25."""
    text = prose(key, "en")
    lengths = {s: len(words(s)) for s in sentences(text)}
    assert grade(text) <= 8
    assert sum(lengths.values()) / len(lengths) <= 20
    assert not [s for s, n in lengths.items() if n > 25]


@pytest.mark.parametrize("key", KEYS)
def test_spanish_is_plain(key: str) -> None:
    """INFLESZ of 55 at least, sentences of 20 words on average at most, none over 25."""
    text = prose(key, "es")
    lengths = {s: len(words(s)) for s in sentences(text)}
    assert inflesz(text) >= 55
    assert sum(lengths.values()) / len(lengths) <= 20
    assert not [s for s, n in lengths.items() if n > 25]


def test_half_of_the_answers_are_plainer_still() -> None:
    """The middle answer is of grade 6 at most, and of INFLESZ 65 at least."""
    grades = sorted(grade(prose(key, "en")) for key in KEYS)
    ease = sorted(inflesz(prose(key, "es")) for key in KEYS)
    assert grades[len(grades) // 2] <= 6
    assert ease[len(ease) // 2] >= 65


@pytest.mark.parametrize("key", ["young", "parents"])
def test_nobody_afraid_is_sent_to_child_protection_or_police_first(key: str) -> None:
    """A young person asking for herself and a worried parent find other doors first; the agency is none."""
    called = [
        name for name in references(question(key, "en").body) if name.startswith(("phone:", "service:"))
    ]
    assert not [name for name in called if "dcf" in name or "nmpd" in name]
    assert called.index("phone:svc-911") > 3
    assert not [name for name in question(key, "en").services if "dcf" in name or name == "svc-911"]


def test_peer_advice_says_that_it_comes_from_experience() -> None:
    """Where tips of people who sell sex stand, the page says what they rest on before the first of them."""
    for language, said in (("en", "They come from experience"), ("es", "Vienen de la experiencia")):
        body = question("staying-safer", language).body
        assert body.index(said) < body.index("{claim:p-")


def test_figures_from_elsewhere_are_not_connecticuts() -> None:
    """A claim that holds in the world or the country says so, and a local claim stands in a local pack."""
    for file in OWN_FILES:
        holds = re.findall(r"(?m)^  holds_in: (\S+)$", (PACKS / file).read_text("utf-8"))
        if file.startswith("us/"):
            assert set(holds) <= {"us", "world"}
    assert pack().claims["h-condom"].holds_in == "world"
    assert pack().claims["p-together"].holds_in == "world"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_titles_for_history_and_addresses_tell_nothing(key: str, language: str) -> None:
    """A neutral title holds no telling word; a slug is opaque, or one of the three neutral pages."""
    asked = question(key, language)
    assert not [w for w in SENSITIVE[language] if re.search(rf"\b{w}", asked.neutral_title, re.I)]
    assert re.fullmatch(r"[a-z2-9]{6}", asked.slug) or asked.slug == key


def test_no_link_leads_to_a_seller_of_names_or_a_copy() -> None:
    """Commercial copies and lead-generation pages are named as read there, and never linked."""
    shunned = (
        "legalclarity",
        "instalawyer",
        "docslib",
        "blogspot",
        "myteensworld",
        "lawserver",
        "snapbenefit",
        "rajulaw",
    )
    ours = {
        key
        for file in PACKS.glob("*/sources/guide-health.yaml")
        for key in re.findall(r"(?m)^([A-Z]\d+):$", file.read_text("utf-8"))
    }
    linked = [pack().sources[key].url or "" for key in ours]
    assert len(linked) > 100
    assert not [url for url in linked if any(host in url for host in shunned)]


def test_the_deadlines_are_those_of_the_facts() -> None:
    """Hours from the event, the better hours of the medicine against HIV beside them."""
    hours = {key: deadline.hours for key, deadline in pack().deadlines.items()}
    assert (
        hours.items()
        >= {"d-pep": 72, "d-doxypep": 72, "d-ec": 120, "d-exam": 120, "d-police-comp": 120}.items()
    )
    assert pack().deadlines["d-pep"].better_hours == 24
    assert pack().deadlines["d-comp"].hours == 2 * 365 * 24
