"""The records that the packs ship: whole, in both languages, sourced, and no surer than what was seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import msgspec
import pytest

from waypost.desk.guide import Guide
from waypost.model.directory import Service
from waypost.model.evidence import Reading, VerificationState
from waypost.model.pack import Pack
from waypost.packs import Loaded
from waypost.packs.references import dangling

OURS = ("organizations", "not_listed", "places")
TELEPHONE = re.compile(r"\d{3}[-. ]\d{4}")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
LONGEST_SENTENCE = {"en": 25, "es": 33}
NO_LINK_TO = {
    "saferstdtesting.com",
    "freementalhealth.us",
    "pubt.io",
    "post-huff.com",
    "daily8.com",
    "dokumen.tips",
    "pdfslide.net",
}
"""Hosts that live off readers who look for something else: cited where read, never linked."""


def services(pack: Pack) -> dict[str, Service]:
    """Every service of the pack by its key."""
    return {s.key: s for organization in pack.organizations.values() for s in organization.services}


def texts(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text for readers inside plain values, with where it stands."""
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, f"{at}/{number}")
    elif (
        isinstance(value, dict)
        and value
        and set(value) <= {"en", "es"}
        and all(isinstance(v, str) for v in value.values())
    ):
        yield at, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != "translations":
                yield from texts(part, f"{at}/{key}")


def said(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Every sentence-bearing text of the records: where, language, words."""
    for organization in pack.organizations.values():
        for at, text in texts(msgspec.to_builtins(organization), organization.key):
            yield from ((at, language, words) for language, words in text.items())
        for service in organization.services:
            yield f"{service.key}/description", "en", service.description
            yield f"{service.key}/description", "es", service.translations["es"]["description"]


def test_all_records_are_there(pack: Pack) -> None:
    """The guide of New Milford has 65 organizations with 76 services, and each file is named as its key."""
    assert len(pack.organizations) == 65
    assert len(services(pack)) == 76
    assert all(key == organization.key for key, organization in pack.organizations.items())


def test_every_reference_leads_somewhere(loaded: Loaded) -> None:
    """Every source, term, place, cycle and other service that a record names is there."""
    ours = [p for p in dangling(loaded) if any(p.what.startswith(f"{part} > ") for part in OURS)]
    assert [f"{p.where}: {p.what}" for p in ours] == []


def test_slugs_are_opaque(pack: Pack) -> None:
    """Slugs are six letters and digits, used once, and without vowels, so that they spell nothing."""
    slugs = [o.slug for o in pack.organizations.values()] + [s.slug for s in services(pack).values()]
    assert [slug for slug, times in Counter(slugs).items() if times > 1] == []
    assert [slug for slug in slugs if not re.fullmatch(r"[bcdfghjkmnpqrstvwxz2-9]{6}", slug)] == []


def test_both_languages(pack: Pack) -> None:
    """Every text for readers stands in English and in Spanish, and neither is empty."""
    lacking = [
        at
        for organization in pack.organizations.values()
        for at, text in texts(msgspec.to_builtins(organization), organization.key)
        if not (text.get("en", "").strip() and text.get("es", "").strip())
    ]
    assert lacking == []


def test_name_and_description_in_spanish(pack: Pack) -> None:
    """Every service has a Spanish name and a Spanish description that is not the English one."""
    for service in services(pack).values():
        spanish = service.translations["es"]
        assert spanish["name"].strip(), service.key
        assert spanish["description"].strip() not in ("", service.description), service.key


def test_plain_words(pack: Pack) -> None:
    """No sentence of a record is long, and none hides an aside behind a dash."""
    hard = [
        (at, sentence)
        for at, language, words in said(pack)
        for sentence in SENTENCE_END.split(words)
        if len(sentence.split()) > LONGEST_SENTENCE[language] or "—" in sentence or " – " in sentence
    ]
    assert hard == []


def test_no_number_is_typed_in_a_text(pack: Pack) -> None:
    """Telephone numbers stand in phones alone, where they are labelled and checked."""
    assert [(at, words) for at, _, words in said(pack) if TELEPHONE.search(words)] == []


def test_every_phone_says_what_it_is_for(pack: Pack) -> None:
    """Every phone has a purpose, and two phones of a service never share number, type and extension."""
    for service in services(pack).values():
        assert all(phone.purpose for phone in service.phones), service.key
        lines = [(phone.number, phone.type, phone.extension) for phone in service.phones]
        assert len(lines) == len(set(lines)), service.key


def test_two_crisis_lines_of_danbury(pack: Pack) -> None:
    """Violence at home and sexual violence have two different numbers at Danbury's center."""
    home, sexual, office = services(pack)["svc-cee-crisis"].phones
    assert len({home.number, sexual.number, office.number}) == 3
    assert "sexual" in sexual.purpose["en"]
    assert "sexual" not in home.purpose["en"]
    assert home.hours is not None
    assert home.hours.always
    assert office.hours is None


def test_spanish_line_is_a_line_of_its_own(pack: Pack) -> None:
    """The state's line on sexual violence has one number for English and another for Spanish."""
    english, spanish = services(pack)["svc-sa-hotline-ct"].phones
    assert english.number != spanish.number
    assert [language.code for language in spanish.languages] == ["es"]


def test_verification_says_no_more_than_was_done(pack: Pack) -> None:
    """Nobody has called: no record is confirmed, and those without a page for their core say so."""
    for service in services(pack).values():
        verification = service.verification
        assert verification.state is not VerificationState.confirmed, service.key
        assert service.core_unverified == (verification.state is VerificationState.unverified), service.key
        assert verification.state is VerificationState.unverified or verification.sources, service.key
        assert verification.looked_up is not None, service.key
        assert verification.on is None or verification.on <= verification.looked_up, service.key
        assert set(verification.sources) <= set(service.sources), service.key


def test_the_date_is_that_of_a_page(pack: Pack) -> None:
    """The date of a record stands on one of its pages; pages without a date lend it none."""
    for service in services(pack).values():
        on = service.verification.on
        dates = [pack.sources[source].date for source in service.verification.sources]
        if on is None:
            assert all(date.startswith(("undated", "recent, undated")) for date in dates), service.key
        else:
            assert any(str(on.year) in date for date in dates), service.key


def test_a_number_that_nobody_saw_is_marked(pack: Pack) -> None:
    """Where a record was not seen on any page, its own number is marked as not checked."""
    unseen = services(pack)["svc-never-use-alone"]
    assert [phone.checked for phone in unseen.phones] == [False]
    assert [phone.checked for phone in services(pack)["svc-ova"].phones] == [True, False]


def test_a_garbled_number_stays_out(pack: Pack) -> None:
    """A number that was printed garbled is no phone; the guess at it is for stewards."""
    service = services(pack)["svc-fca"]
    assert service.phones == ()
    assert service.steward_note
    assert TELEPHONE.search(service.steward_note)


@pytest.mark.parametrize("key", ["svc-dcf-careline", "svc-never-use-alone", "svc-nmh-ed", "svc-stronghearts"])
def test_unconfirmed_hours_are_unknown(pack: Pack, key: str) -> None:
    """Where nobody has confirmed "day and night", the hours are unknown and the note says why."""
    service = services(pack)[key]
    assert service.hours is not None
    assert not service.hours.always
    assert service.hours.spans == ()
    assert service.hours.note
    assert service.unverified
    assert all(phone.hours is None for phone in service.phones)


def test_a_lunch_break_is_two_spans(pack: Pack) -> None:
    """The legal aid line closes at noon and opens again."""
    hours = services(pack)["svc-sls"].hours
    assert hours is not None
    first, second = hours.spans
    assert first.closes < second.opens


def test_inferred_values_are_not_published(guide: Guide) -> None:
    """No outlet shows a value that its record says was only inferred."""
    records = services(guide.pack)
    shown = {listing.key: listing.service for listing in guide.directory.listings}
    assert shown.keys() == records.keys()
    seen = 0
    for key, record in records.items():
        for field in [name for name, how in record.evidence.items() if how == "inferred"]:
            assert getattr(record, field), f"{key} marks {field}, which it does not have"
            assert not getattr(shown[key], field), f"{key} shows {field}"
            seen += 1
    assert seen > 50


def test_evidence_is_said_of_what_outlets_act_upon(pack: Pack) -> None:
    """Cost and confidentiality, which people rely on, always say whether a page showed them."""
    for service in services(pack).values():
        for field in ("cost", "confidentiality"):
            assert not getattr(service, field) or field in service.evidence, f"{service.key} {field}"
        if service.evidence.get("cost") == "inferred" and service.fees_description:
            assert service.evidence.get("fees_description") == "inferred", service.key


def test_crisis_lines_have_a_phone(pack: Pack) -> None:
    """What never hides by the clock can be called, but for the emergency room that one walks into."""
    crisis = [s for s in services(pack).values() if s.cycle == "crisis"]
    assert len(crisis) >= 15
    assert [s.key for s in crisis if not s.phones] == ["svc-nmh-ed"]


def test_sources_that_are_not_linked_say_where_they_were_read(pack: Pack) -> None:
    """Every source of a record has an address; a page that lives off strayed readers gets no link."""
    cited = {source for service in services(pack).values() for source in service.sources}
    cited |= {source for left_out in pack.not_listed.values() for source in left_out.sources}
    for key in cited:
        source = pack.sources[key]
        assert source.url or source.read_at, key
        assert source.read is not Reading.mirror or source.read_at, key
        assert urlparse(source.url or "").netloc.removeprefix("www.") not in NO_LINK_TO, key


def test_what_stays_out_has_a_reason(pack: Pack) -> None:
    """What was found wrong or gone is kept with its reason and is no record."""
    assert len(pack.not_listed) >= 20
    names = {o.name for o in pack.organizations.values()} | {s.name for s in services(pack).values()}
    for key, left_out in pack.not_listed.items():
        assert left_out.name["en"] not in names, key
        assert not pack.inclusion[left_out.code].listed, key
        for language in ("en", "es"):
            assert left_out.name[language], key
            assert len(left_out.reason[language].split()) >= 4, key
            assert not TELEPHONE.search(left_out.reason[language]), key


def test_every_organization_says_why_it_is_listed(pack: Pack) -> None:
    """Each decision has a reason for listing, a day, a role and what it rests on; none claims a page unseen."""
    for key, organization in pack.organizations.items():
        decision = organization.inclusion
        assert decision is not None, key
        assert pack.inclusion[decision.reason].listed, key
        assert decision.by == "steward", key
        cited = {s for service in organization.services for s in service.sources}
        assert set(decision.sources) <= cited | {
            s for service in organization.services for s in service.verification.sources
        }, key
        assert decision.sources or decision.reason == "not_confirmed", key
        if decision.reason == "public_body":
            kinds = {pack.sources[s].kind for s in decision.sources}
            assert kinds & {"official", "statute"}, key


def test_our_own_terms_have_plain_names_in_both_languages(pack: Pack) -> None:
    """What Open Eligibility lacks stands in our extension; every service has a term."""
    ours = {key for key, term in pack.terms.terms.items() if term.taxonomy == "waypost"}
    assert ours >= {
        *("naloxone", "syringe_services", "hiv_pep", "hiv_prep", "sexual_assault_exam"),
        *("trafficking_legal", "court_advocacy", "leaving_sex_work", "trafficking_services"),
    }
    assert all(set(term.name) == {"en", "es"} for term in pack.terms.terms.values())
    assert [key for key, service in services(pack).items() if not service.kinds] == []


def test_open_eligibility_is_whole(pack: Pack) -> None:
    """All 385 terms, named in both languages, in a tree without loose ends; every code that ours go by is one of them."""
    terms = pack.terms.taxonomies["open-eligibility"].terms
    assert len(terms) == 385
    assert [code for code, term in terms.items() if not term.es] == []
    assert all(term.parent is None or term.parent in terms for term in terms.values())
    codes = {t.code for t in pack.terms.terms.values() if t.taxonomy == "open-eligibility"}
    assert codes <= set(terms)
