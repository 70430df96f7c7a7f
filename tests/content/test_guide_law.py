"""The answers on law, trafficking and whom to call; the routes; what other pages get wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.conftest import new_milford
from tests.content.test_guide_health import grade, inflesz

from waypost.model.directory import Service
from waypost.model.evidence import Confidence, Text
from waypost.model.guide import Question, Turn
from waypost.model.pack import Pack
from waypost.site import address

PACKS = Path(__file__).parents[2] / "packs"
KEYS = ("legal-here", "penalties", "law-protects", "trafficking", "whom-to-call", "other-pages")
LANGUAGES = ("en", "es")
OWN_CLAIMS = (
    "us/claims/trafficking.yaml",
    "us-ct/claims/law.yaml",
    "us-ct/claims/trafficking.yaml",
    "us-ct/claims/calls.yaml",
    "us-ct-new-milford/claims/calls.yaml",
)
OWN_SOURCES = tuple(f"{pack}/sources/guide-law.yaml" for pack in ("us", "us-ct", "us-ct-new-milford"))
DRAWN = re.compile(r"\{([a-z-]+):([^{}\s]+)\}|\[\^([A-Za-z0-9_-]+)\]")
AUTHORITIES = {"svc-911", "svc-dcf-careline", "svc-nmpd-nonemergency", "svc-nmpd-complaints"}
# Every danger sign that find knows has a situation of its own here.
SITUATIONS = {
    "immediate_danger": "danger-now",
    "suicide": "want-to-die",
    "overdose": "overdose",
    "sexual_assault_recent": "raped",
    "pep_window": "condom-broke",
    "dv": "partner-hits",
    "trafficking": "made-to-work",
    "child_harmed": "child-harmed",
    "young_person_self": "under-18",
    "parent_worried": "parent-afraid",
    "police_abuse": "police-hurt-me",
    "image_abuse": "images-threat",
}


def pack() -> Pack:
    """The guide of the town, with all that it inherits."""
    return new_milford().pack


def question(key: str, language: str) -> Question:
    """One of the answers in one language."""
    return pack().questions[key][language]


@cache
def own(files: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that these files define."""
    return tuple(key for name in files for key in yaml.safe_load((PACKS / name).read_text("utf-8")))


def references(text: str) -> list[str]:
    """What a text draws and cites, in order."""
    return [f"{kind}:{key}" if kind else f"^{note}" for kind, key, note in DRAWN.findall(text)]


def claims_of(text: str) -> list[str]:
    """The claims that a text draws or cites."""
    return [r.removeprefix("^").removeprefix("claim:") for r in references(text) if r[0] in "^c"]


@cache
def services() -> dict[str, Service]:
    """The services of the guide by key."""
    return {s.key: s for o in pack().organizations.values() for s in o.services}


def full(text: str, language: str) -> str:
    """A text as a reader sees it: claims, names and titles in place, a word for a number, no footnotes."""

    def drawn(match: re.Match[str]) -> str:
        kind, key, _ = match.groups()
        if kind == "claim":
            return pack().claims[key].text[language]
        if kind == "service":
            return services()[key].translations.get(language, {}).get("name") or services()[key].name
        if kind == "question":
            return pack().questions[key][language].title
        return "00" if kind else ""

    return DRAWN.sub(drawn, text)


def sentences(text: str) -> list[list[str]]:
    """The sentences of a text as lists of words; headings are left out, each list item stands alone."""
    text = re.sub(r"(?m)^#+ .*$", "\n", text)
    text = re.sub(r"(?m)^\s*(?:[-*]|\d+\.) ", "\n\n", text).replace("**", "")
    text = re.sub(r"(\d)[.,](\d)", r"\1\2", text)
    parts = re.split(r'(?<=[.!?])["»)]*\s+|\n\n+', text)
    counted = (re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", part) for part in parts)
    return [words for words in counted if words]


def said() -> Iterator[tuple[str, Text]]:
    """Every text of ours in both languages, with a name for it: claims, situations, corrections."""
    for key in own(OWN_CLAIMS):
        yield f"claim {key}", pack().claims[key].text
    for key, turn in pack().routes.items():
        for text in (turn.when, turn.say, turn.happens, turn.caution):
            if text:
                yield f"situation {key}", text
    for key, mistake in pack().mistakes.items():
        yield f"mistake {key}", mistake.said
        yield f"mistake {key}", mistake.correction


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_draw_and_cite_the_same_in_the_same_order(key: str) -> None:
    """A Spanish reader gets the same claims, contacts and penalties as an English one."""
    english, spanish = question(key, "en"), question(key, "es")
    assert references(english.body) == references(spanish.body)
    assert len(references(english.body)) >= 10
    for mark in (r"^## ", r"^- ", r"^\d+\. "):
        assert len(re.findall(mark, english.body, re.M)) == len(re.findall(mark, spanish.body, re.M))
    for name in ("slug", "order", "door", "needs", "services", "version"):
        assert getattr(english, name) == getattr(spanish, name)
    assert spanish.translated_from == english.version


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_no_number_is_typed_into_an_answer(key: str, language: str) -> None:
    """Penalties, phones and dates are drawn or stand in claims; only the age of 18 is written out."""
    asked = question(key, language)
    left = re.sub(r"(?m)^\d+\. ", "", DRAWN.sub("", f"{asked.title}\n{asked.summary}\n{asked.body}"))
    assert set(re.findall(r"\d+", left)) <= {"18"}


@pytest.mark.parametrize("key", KEYS)
def test_every_answer_cites_claims_that_exist_and_ends_with_what_to_do_next(key: str) -> None:
    """No statement hangs in the air, and no answer ends in a blind alley."""
    for language, last in (("en", "What to do next"), ("es", "Qué hacer ahora")):
        body = question(key, language).body
        assert len(set(claims_of(body))) >= 8
        assert set(claims_of(body)) <= pack().claims.keys()
        ending = body.rsplit("\n## ", 1)[-1]
        assert ending.startswith(last)
        assert any(r.startswith(("phone:", "question:")) for r in references(ending))


@pytest.mark.parametrize("key", KEYS)
def test_every_answer_is_found_by_needs_that_the_lexicon_has(key: str) -> None:
    """A need that no reader's words lead to would keep the answer from being found."""
    asked = question(key, "en")
    assert asked.needs
    assert set(asked.needs) <= pack().lexicon.needs.keys()
    assert len(asked.ask) >= 6


def test_whatever_is_drawn_is_there_to_be_drawn() -> None:
    """Every service, phone, section, deadline and question that a text names exists, phones with a number."""
    texts = [question(key, language).body for key in KEYS for language in LANGUAGES]
    texts += [text[language] for _, text in said() for language in LANGUAGES]
    known = {
        "service": set(services()),
        "phone": {key for key, service in services().items() if service.phones},
        "question": set(pack().questions),
        "claim": set(pack().claims),
        "deadline": set(pack().deadlines),
        "table": set(address.law_tables()),
        "page": {"before", "mistakes", "now"},
        **{kind: set(pack().law.sections) for kind in ("section", "max-term", "fine")},
    }
    for reference in {r for text in texts for r in references(text) if r[0] != "^"}:
        kind, _, key = reference.partition(":")
        assert key in known[kind], reference


def test_whom_to_call_first_can_be_called() -> None:
    """A situation never names first a service that has no number."""
    for key, turn in pack().routes.items():
        for service in turn.first:
            assert services()[service].phones, (key, service)


def test_every_claim_of_ours_is_used_and_every_source_of_ours_is_cited() -> None:
    """Nothing lies about that nobody reads."""
    used = {c for asked in pack().questions.values() for c in claims_of(asked["en"].body)}
    used |= {c for turn in pack().routes.values() for c in turn.claims}
    assert set(own(OWN_CLAIMS)) <= used
    cited = {s for c in pack().claims.values() for s in c.sources}
    cited |= {s for m in pack().mistakes.values() for s in m.sources}
    assert set(own(OWN_SOURCES)) <= cited


def test_what_could_not_be_confirmed_is_no_claim() -> None:
    """A claim needs a source; where we only looked and found nothing, the claim says that we looked."""
    for key in own(OWN_CLAIMS):
        claim = pack().claims[key]
        assert claim.sources, key
        assert claim.confidence is not Confidence.could_not_confirm, key
        if claim.sources == ("own-search",):
            assert "found no" in claim.text["en"], key


def test_nothing_rests_on_the_official_text_that_nobody_has_read() -> None:
    """The offenses are labelled: their current wording was on no page that we read."""
    for key in own(OWN_CLAIMS):
        assert pack().claims[key].confidence is not Confidence.statute_text, key
    for key in ("legal-here", "penalties", "law-protects", "other-pages"):
        assert "l-not-read" in claims_of(question(key, "en").body)


def test_a_source_that_was_read_elsewhere_has_no_link_of_that_place() -> None:
    """Readers are never led to a mirror or a look-alike."""
    for key in own(OWN_SOURCES):
        source = pack().sources[key]
        if source.read_at:
            assert source.url != source.read_at, key
        assert "google-ecuador" not in f"{source.url}{source.read_at}", key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_answers_are_written_in_short_sentences(key: str, language: str) -> None:
    """Sentences have twenty words on average at most, and none has more than twenty-five."""
    lengths = [len(words) for words in sentences(full(question(key, language).body, language))]
    assert sum(lengths) / len(lengths) <= 20
    assert max(lengths) <= 25


@pytest.mark.parametrize("key", KEYS)
def test_answers_are_easy_to_read(key: str) -> None:
    """English asks for eight years of school at most, Spanish is "normal" or easier (INFLESZ)."""
    assert grade(full(question(key, "en").body, "en")) <= 8
    assert inflesz(full(question(key, "es").body, "es")) >= 55


def test_situations_and_corrections_are_written_in_short_sentences_too() -> None:
    """No sentence of a claim, a situation or a correction has more than twenty-five words."""
    for name, text in said():
        for language in LANGUAGES:
            longest = max(len(words) for words in sentences(full(text[language], language)))
            assert longest <= 25, (name, language)


def test_both_languages_of_a_text_hold_the_same_numbers_and_references() -> None:
    """A figure, a contact or a link that one language has, the other has too; no stray marks."""
    for name, text in said():
        assert references(text["en"]) == references(text["es"]), name
        assert not re.search(r"\.\.|  | \.", f"{text['en']}\n{text['es']}"), name
        numbers = [sorted(re.findall(r"\d+", DRAWN.sub("", text[language]))) for language in LANGUAGES]
        assert numbers[0] == numbers[1], name


@pytest.mark.parametrize("sign", sorted(SITUATIONS))
def test_every_danger_sign_has_a_situation(sign: str) -> None:
    """Whoever is in that danger finds whom to call, what to say and what happens then."""
    turn = pack().routes[SITUATIONS[sign]]
    assert turn.first
    assert turn.say
    assert turn.happens
    assert turn.claims


@pytest.mark.parametrize("key", ["under-18", "parent-afraid"])
def test_a_young_person_and_an_afraid_parent_are_not_sent_to_authorities(key: str) -> None:
    """Neither the police nor child protection is named to them, first or later."""
    turn = pack().routes[key]
    assert not AUTHORITIES & {*turn.first, *turn.then}


def test_whoever_was_hurt_and_fears_the_police_is_not_sent_to_them_first() -> None:
    """A counselor or peers come first."""
    for key in ("raped", "hurt-afraid-of-police", "police-hurt-me", "made-to-work", "friend-sold"):
        assert not AUTHORITIES & set(pack().routes[key].first), key


@pytest.mark.parametrize("key", ["made-to-work", "friend-sold"])
def test_trafficking_shows_both_doors_with_the_private_one_first(key: str) -> None:
    """The counselor's line stands before the national line, and both say what they share."""
    turn: Turn = pack().routes[key]
    assert turn.first[:2] == ("svc-sa-hotline-ct", "svc-nht-hotline")
    assert {"h-counselor-private", "t-hotline-shares"} <= set(turn.claims)


def test_the_answer_on_trafficking_shows_both_doors_with_what_each_shares() -> None:
    """The private door comes first; neither is promised more than is known."""
    found = references(question("trafficking", "en").body)
    order = [
        found.index(name)
        for name in (
            "service:svc-sa-hotline-ct",
            "claim:h-counselor-private",
            "service:svc-nht-hotline",
            "claim:t-hotline-shares",
        )
    ]
    assert order == sorted(order)


def test_the_answer_on_penalties_says_first_what_can_be_done_instead() -> None:
    """Protections stand before the first penalty."""
    body = question("penalties", "en").body
    first_penalty = body.index("{max-term:")
    for claim in ("l-under-18", "l-trafficked-defense", "l-diversion", "m-record-erased"):
        assert body.index(f"{{claim:{claim}}}") < first_penalty


def test_each_mistake_has_both_languages_a_verdict_with_words_and_a_source() -> None:
    """What others say is never shown without what is so."""
    for key, mistake in pack().mistakes.items():
        for language in LANGUAGES:
            assert mistake.said[language], key
            assert mistake.correction[language], key
            assert f"verdict.{mistake.verdict}" in pack().wording[language], key
        assert mistake.sources, key
        assert mistake.verdict not in {"correct", "confirmed"}, key


def test_what_others_say_wrongly_stands_in_no_answer_as_fact() -> None:
    """The sentences judged wrong appear word for word in no claim and no answer."""
    texts = [claim.text["en"] for claim in pack().claims.values()]
    texts += [asked["en"].body for asked in pack().questions.values()]
    for mistake in pack().mistakes.values():
        assert not any(mistake.said["en"] in text for text in texts)
