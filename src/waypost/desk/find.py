"""The verb *find*: a reader's words to banners, services and answers, in order, with reasons.

It joins the reading of words (rules) to the scorer (search). ``search/browser/find.js`` is its twin: change
both, and the shared cases in tests/find say whether they still agree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from waypost.desk.find_documents import documents_of, names_of
from waypost.desk.find_place import AREA_YES, Place, placed, town_of
from waypost.desk.find_reasons import reasons_of, words_for
from waypost.model.directory import Directory, Listing, Phone
from waypost.model.evidence import Freshness
from waypost.model.need import AnswerLink, Banner, Found, FoundPhone, FoundVerification, Need, Result
from waypost.model.pack import Pack
from waypost.rules.eligibility import Fit, fit
from waypost.rules.holidays import holidays_in
from waypost.rules.hours import hold, hours_of, open_at, opens_next, unsure_at
from waypost.rules.need import Reader, make_reader
from waypost.rules.need_words import fold, stem
from waypost.search import Index, build_index, score

NEEDS_WHEN_SEEKING = {"law_selling_sex": 100, "staying_safer_selling": 80, "leaving_sex_trade": 60}
LEAST = 300
LEAST_SHARE = 8
LEAST_ANSWER = 500
MOST_ANSWERS = 5


@dataclass(frozen=True)
class FindIndex:
    """Everything that find needs beside the pack and the directory; may be made anew at any time."""

    index: Index
    reader: Reader


@dataclass(frozen=True)
class Ranked:
    """One listing with its points and what the reasons are drawn from."""

    points: int
    listing: Listing
    place: Place
    fit: Fit
    open: str


def make_index(pack: Pack, directory: Directory) -> FindIndex:
    """Index the published services, the questions and the law of a pack."""
    reader = make_reader(pack.lexicon, pack.places, names_of(pack, directory))
    known = frozenset(reader.book.stems) | frozenset(reader.book.exact)
    index = build_index(
        documents_of(pack, directory),
        {key: need.kinds for key, need in pack.lexicon.needs.items()},
        pack.lexicon.first,
        lambda text: [stem(token) for token in fold_long(text) if token not in reader.ignored],
        known,
    )
    return FindIndex(index, reader)


def fold_long(text: str) -> list[str]:
    """Fold a text of any length, sentence by sentence."""
    return [token for part in text.split(".") for token in fold(part)]


def find(
    pack: Pack,
    directory: Directory,
    index: FindIndex,
    words: str,
    *,
    language: str | None = None,
    near: str | None = None,
    at: datetime,
    open_now: bool = False,
    limit: int = 10,
    paths: Mapping[str, str] | None = None,
) -> Found:
    """Answer a query: danger banners first, then services, then questions and law.

    ``at`` is an aware moment; ``paths`` are the English public paths of questions and sections by key.
    Raises ProblemsFound where ``near`` is no town or ZIP code that the pack knows.
    """
    need = index.reader.understand(words, language)
    shown = shown_language(need.language, language)
    key = town_of(near, pack.places) if near else need.town or pack.places.home
    town = pack.places.towns.get(key) if key else None
    danger = tuple(sign for sign in need.dangers if _hours_left(pack, sign, need.hours_ago) != 0)
    needs = dict(NEEDS_WHEN_SEEKING) if need.seeking else need.needs
    points = score(index.index, needs, need.tokens)
    holidays = holidays_near(pack, at)
    ranked = (
        [] if need.seeking else _ranked(pack, directory, index, need, points, key, at, open_now, holidays)
    )
    results = [_result(pack, index, r, need, needs, key, at, shown, holidays) for r in ranked[:limit]]
    return Found(
        query_language=need.language,
        on=at.astimezone(ZoneInfo(pack.manifest.settings.timezone)).date(),
        danger=danger,
        banners=_banners(pack, directory, danger, need.hours_ago, shown),
        results=tuple(results),
        answers=_answers(pack, index.index, points, shown, paths or {}),
        needs=tuple(
            words_for(pack.lexicon.needs[n].name, shown) for n in _by_weight(needs) if n in pack.lexicon.needs
        ),
        near=town.name if town else None,
        seeking=need.seeking,
        notice=_notice(pack, need, shown),
    )


def holidays_near(pack: Pack, at: datetime) -> dict[date, str]:
    """The public holidays from the day before a moment to the end of the next year, as the pack has them."""
    return holidays_in(pack.holidays, (at.year - 1, at.year, at.year + 1))


def shown_language(query: str | None, wanted: str | None) -> str:
    """The language of the answer: the one wanted, else the query's; a mixture is answered in Spanish."""
    if wanted in ("en", "es"):
        return str(wanted)
    return "es" if query in ("es", "mixed") else "en"


def _ranked(
    pack: Pack,
    directory: Directory,
    index: FindIndex,
    need: Need,
    points: dict[int, int],
    town: str | None,
    at: datetime,
    open_now: bool,
    holidays: Collection[date],
) -> list[Ranked]:
    """The services in order: points, then key. Known misfits and, if asked, closed ones are left out."""
    groups = [g for key in need.traits for g in pack.lexicon.traits[key].for_whom]
    by_key = {listing.key: listing for listing in directory.listings}
    ranked: list[Ranked] = []
    for number, base in points.items():
        kind, key = index.index.documents[number]
        listing = by_key.get(key) if kind == "service" else None
        if listing is None:
            continue
        person = fit(listing.service, need.age, groups)
        state = open_at(hours_of(listing), at, holidays)
        if person == "no" or (open_now and state == "closed"):
            continue
        place = placed(pack.places, listing, town)
        total = _weighed(base, listing, place, person, state, need, open_now)
        ranked.append(Ranked(total, listing, place, person, state))
    ranked.sort(key=lambda r: (-r.points, r.listing.key))
    best = ranked[0].points if ranked else 0
    kept = [r for r in ranked if r.points >= max(LEAST, best * LEAST_SHARE // 100)]
    return _with_referral(pack, directory, town, at, kept, holidays)


def _with_referral(
    pack: Pack,
    directory: Directory,
    town: str | None,
    at: datetime,
    ranked: list[Ranked],
    holidays: Collection[date],
) -> list[Ranked]:
    """The line that helps to find more stands last, unless it is there already."""
    referral = directory.get(pack.manifest.settings.referral or "")
    if referral is None or any(r.listing.key == referral.key for r in ranked):
        return ranked
    state = open_at(hours_of(referral), at, holidays)
    return [*ranked, Ranked(0, referral, placed(pack.places, referral, town), "unknown", state)]


def _weighed(
    base: int, listing: Listing, place: Place, person: Fit, state: str, need: Need, open_now: bool
) -> int:
    """Base points times whole percents, one after the other."""
    service = listing.service
    near = min(place.tenths or 0, 200) // 25 if place.area == AREA_YES else 0
    total = base * place.area // 100 * (100 - near) // 100
    if person == "yes":
        total = total * 112 // 100
    if (need.now or open_now) and state != "unknown":
        total = total * (106 if state == "open" else 92) // 100
    if listing.shown.freshness in (Freshness.overdue, Freshness.hidden):
        total = total * 97 // 100
    if service.core_unverified:
        total = total * 90 // 100
    if need.language in ("es", "mixed") and any(spoken.code == "es" for spoken in service.languages):
        total = total * 102 // 100
    return total if reachable(listing) else total * 40 // 100


def reachable(listing: Listing) -> bool:
    """Whether a reader can get there at all: by a contact, or by going to a known, open place."""
    return listing.contactable or any(p.latitude and not p.confidential for p in listing.service.locations)


def _hours_left(pack: Pack, sign: str, ago: int | None) -> int | None:
    """Hours until a sign's deadline: None where there is none, 0 where the sign lapses with it."""
    rule = pack.lexicon.dangers[sign]
    deadline = pack.deadlines.get(rule.deadline) if rule.deadline else None
    if deadline is None:
        return None
    left = deadline.hours - (ago or 0)
    if left > 0:
        return left
    return 0 if rule.lapses else None


def _banners(
    pack: Pack, directory: Directory, danger: tuple[str, ...], ago: int | None, language: str
) -> tuple[Banner, ...]:
    """The doors of each sign in order, each service once; a sign that another brings along comes last."""
    banners: dict[str, Banner] = {}
    brought = {more for sign in danger for more in pack.lexicon.dangers[sign].implies}
    for sign in sorted(danger, key=lambda sign: sign in brought):
        rule = pack.lexicon.dangers[sign]
        for key in pack.lexicon.doors.get(sign, rule.services):
            listing = directory.get(key)
            if listing is None or key in banners:
                continue
            banners[key] = Banner(
                key=key,
                name=name_of(listing, language),
                phones=phones_of(listing.service.phones),
                why=words_for(rule.why, language),
                deadline_hours=_hours_left(pack, sign, ago),
                sign=sign,
                slug=listing.service.slug,
                happens=words_for(rule.happens, language) or None,
                silent=words_for(rule.silent, language) or None,
            )
    return tuple(banners.values())


def name_of(listing: Listing, language: str) -> str:
    """The service's name in a language, or as it is."""
    return listing.service.translations.get(language, {}).get("name") or listing.service.name


def phones_of(phones: tuple[Phone, ...]) -> tuple[FoundPhone, ...]:
    """Numbers with the one language they are for, if it is one. Confidential ones are never here."""
    return tuple(
        FoundPhone(p.number, p.languages[0].code if len(p.languages) == 1 else None, p.type)
        for p in phones
        if not p.confidential
    )


def _result(
    pack: Pack,
    index: FindIndex,
    ranked: Ranked,
    need: Need,
    needs: dict[str, int],
    town: str | None,
    at: datetime,
    language: str,
    holidays: Collection[date],
) -> Result:
    listing = ranked.listing
    service = listing.service
    held = hold(listing)
    hours = held.hours if held else None
    state = open_at(hours, at, holidays)
    following = opens_next(hours, at, holidays)
    return Result(
        key=service.key,
        id=listing.id,
        kind="service",
        name=name_of(listing, language),
        organization=listing.organization.name,
        place=ranked.place.location,
        phones=phones_of(service.phones),
        score=ranked.points / 100,
        distance_miles=None if ranked.place.tenths is None else ranked.place.tenths / 10,
        open=state,
        opens_next=following,
        verification=FoundVerification(
            service.verification.state, service.verification.on, listing.shown.due
        ),
        reasons=reasons_of(
            pack,
            listing,
            language,
            met=_needs_met(index.index, listing.key, needs),
            points=ranked.points,
            served=ranked.place.area,
            tenths=ranked.place.tenths,
            town=town,
            state=state,
            opens_next=following,
            inherited=held is not None and held.inherited,
            holiday=unsure_at(hours, at, holidays),
            traits=need.traits,
            fits=ranked.fit == "yes",
        ),
        slug=service.slug,
    )


def _needs_met(index: Index, key: str, needs: dict[str, int]) -> list[str]:
    """The needs that a service meets, what it adds most first."""
    number = index.documents.index(("service", key))
    met = [(needs[n] * dict(index.needs.get(n, ())).get(number, 0), n) for n in needs]
    return [n for weight, n in sorted(met, key=lambda pair: (-pair[0], pair[1])) if weight]


def _by_weight(needs: dict[str, int]) -> list[str]:
    return sorted(needs, key=lambda key: (-needs[key], key))


def _answers(
    pack: Pack, index: Index, points: dict[int, int], language: str, paths: Mapping[str, str]
) -> tuple[AnswerLink, ...]:
    """The questions and law sections with most points, then by key."""
    ranked = sorted(
        (-total, index.documents[number][1], index.documents[number][0])
        for number, total in points.items()
        if index.documents[number][0] != "service" and total >= LEAST_ANSWER
    )
    return tuple(_answer(pack, kind, key, language, paths) for _, key, kind in ranked[:MOST_ANSWERS])


def _answer(pack: Pack, kind: str, key: str, language: str, paths: Mapping[str, str]) -> AnswerLink:
    path = ("/es" if language == "es" else "") + paths.get(key, "/")
    if kind == "question":
        return AnswerLink("question", key, title_of(pack, key, language), path)
    return AnswerLink("law", key, section_title(pack, key, language), path)


def title_of(pack: Pack, key: str, language: str) -> str:
    """The heading of a question in a language, or in the first there is."""
    texts = pack.questions[key]
    return (texts.get(language) or texts[min(texts)]).title


def section_title(pack: Pack, key: str, language: str) -> str:
    """Citation and heading of a section of law."""
    section = pack.law.sections[key]
    return f"{section.citation}: {words_for(section.heading, language)}"


def _notice(pack: Pack, need: Need, language: str) -> str | None:
    if need.seeking:
        return words_for(pack.lexicon.sayings.get("seeking", {}), language) or None
    if need.elsewhere:
        return words_for(pack.places.elsewhere[need.elsewhere].say, language) or None
    return None


def explain(index: FindIndex, words: str, language: str | None = None) -> list[str]:
    """What find makes of a query, for a steward: tokens, needs, weights, scores before area and time."""
    need = index.reader.understand(words, language)
    points = score(index.index, need.needs, need.tokens)
    best = sorted(points, key=lambda number: (-points[number], index.index.documents[number]))[:10]
    lines = [f"language {need.language}", f"place {need.town or need.elsewhere}", f"seeking {need.seeking}"]
    lines += [f"corrected {old} -> {new}" for old, new in need.corrected.items()]
    lines += [
        f"tokens {' '.join(need.tokens)}",
        f"traits {' '.join(need.traits)}",
        f"danger {' '.join(need.dangers)}",
    ]
    lines += [f"need {key} {need.needs[key]}" for key in _by_weight(need.needs)]
    return lines + [f"score {points[number]} {index.index.documents[number][1]}" for number in best]
