"""The verb *find*: a reader's words to banners, services and answers, in order, with reasons.

It joins the reading of words (rules) to the scorer (search). ``search/browser/find.js`` is its twin: change
both, and the shared cases in tests/find say whether they still agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from waypost.desk.find_documents import documents_of, names_of, tokenizer
from waypost.desk.find_place import Nearby, nearby
from waypost.desk.find_rank import Moment, Ranked, ranked, referral_of
from waypost.desk.find_reasons import reasons_of, saying, words_for
from waypost.desk.find_wanted import (
    Narrowed,
    checked,
    moment_meant,
    names_wanted,
    narrow,
    offered,
    state_of,
    with_open,
)
from waypost.desk.wide import WideDirectory, with_wide
from waypost.model.directory import Directory, Listing, Phone
from waypost.model.need import AnswerLink, Banner, Found, FoundPhone, FoundVerification, Need, Result, Wanted
from waypost.model.pack import Pack
from waypost.rules.holidays import holidays_in
from waypost.rules.hours import hold, opens_next, unsure_at
from waypost.rules.need import Reader, make_reader
from waypost.rules.need_words import fold, stem
from waypost.search import Index, build_index, score

NEEDS_WHEN_SEEKING = {"law_selling_sex": 100, "staying_safer_selling": 80, "leaving_sex_trade": 60}
LEAST_ANSWER = 500
MOST_ANSWERS = 5


@dataclass(frozen=True)
class FindIndex:
    """Everything that find needs beside the pack and the directory; may be made anew at any time."""

    index: Index
    reader: Reader
    wide: WideDirectory | None = None


def make_index(pack: Pack, directory: Directory, wide: WideDirectory | None = None) -> FindIndex:
    """Index the published services, the questions and the law of a pack; ``wide`` has those farther off."""
    reader = make_reader(pack.lexicon, pack.places, names_of(pack, directory))
    known = frozenset(reader.book.stems) | frozenset(reader.book.exact)
    index = build_index(
        documents_of(pack, directory),
        {key: need.kinds for key, need in pack.lexicon.needs.items()},
        pack.lexicon.first,
        tokenizer(reader.ignored),
        known,
    )
    return FindIndex(index, reader, replace(wide, known=known) if wide else None)


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
    wanted: Wanted = Wanted(),
    limit: int = 10,
    paths: Mapping[str, str] | None = None,
) -> Found:
    """Answer a query: danger banners first, then services, then questions and law.

    ``at`` is an aware moment; ``paths`` are the English public paths of questions and sections by key. What
    is ``wanted`` narrows the services and nothing else. Raises ProblemsFound for a group that is unknown.
    """
    wanted = with_open(checked(wanted, pack), open_now)
    need = index.reader.understand(words, language)
    here = nearby(near, need, pack.places)
    danger = tuple(sign for sign in need.dangers if _hours_left(pack, sign, need.hours_ago) != 0)
    meant = _meant(at, ZoneInfo(pack.manifest.settings.timezone), need, wanted, danger)
    when = Moment(meant, holidays_near(pack, meant))
    needs = dict(NEEDS_WHEN_SEEKING) if need.seeking else need.needs
    shown = shown_language(need.language, language)
    tokens = need.tokens or _all_words(need)
    reached, points = index.index, score(index.index, needs, tokens)
    if index.wide is not None and not need.seeking:
        far = index.wide.candidates(needs, tokens, here.town, {one.key for one in directory.listings})
        reached, directory, points = with_wide(reached, directory, points, needs, far)
    shape = _Shape(pack, reached, need, needs, here.town, when, shown, meant != at)
    listed = [] if need.seeking else ranked(pack, directory, reached, need, points, here.town, when)
    narrowed = _narrowed(pack, directory, listed, wanted)
    order = [] if need.seeking else _in_order(pack, directory, listed, narrowed, here.town, when)
    return _told(
        shape,
        here,
        at=at,
        danger=danger,
        banners=_banners(pack, directory, danger, need.hours_ago, shown),
        order=order[:limit],
        narrowed=narrowed,
        answers=_answers(pack, reached, points, shown, paths or {}),
    )


def _told(
    by: _Shape,
    here: Nearby,
    *,
    at: datetime,
    danger: tuple[str, ...],
    banners: tuple[Banner, ...],
    order: list[Ranked],
    narrowed: Narrowed,
    answers: tuple[AnswerLink, ...],
) -> Found:
    """The whole answer in the reader's language."""
    pack, zone = by.pack, ZoneInfo(by.pack.manifest.settings.timezone)
    town = pack.places.towns.get(here.town) if here.town else None
    known = [pack.lexicon.needs[key] for key in _by_weight(by.needs) if key in pack.lexicon.needs]
    return Found(
        query_language=by.need.language,
        on=at.astimezone(zone).date(),
        danger=danger,
        banners=banners,
        results=tuple(_result(by, one) for one in order),
        answers=answers,
        needs=tuple(words_for(need.name, by.language) for need in known),
        near=town.name if town else None,
        seeking=by.need.seeking,
        notice=_notice(pack, by.need, here, by.language),
        at=by.when.at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if by.then else None,
        near_unknown=here.unknown,
        unsure=tuple(one.listing.key for one in order if one.listing.key in narrowed.unknown),
        left_out=narrowed.left_out,
        choices=narrowed.choices,
    )


def _all_words(need: Need) -> tuple[str, ...]:
    """Every word, where there are only words that are looked up nowhere else, and none of them names a place."""
    if need.town or need.elsewhere:
        return ()
    return tuple(dict.fromkeys(stem(token) for token in fold(need.words)))


def _meant(at: datetime, zone: ZoneInfo, need: Need, wanted: Wanted, danger: tuple[str, ...]) -> datetime:
    """The moment that hours are read at: the one chosen, else the one in the words, else now.

    In danger, and where the words tell of something past, only now counts.
    """
    if wanted.day is not None or wanted.hour is not None:
        return moment_meant(at, zone, None, wanted.day, wanted.hour)
    if danger or need.hours_ago is not None:
        return at
    return moment_meant(at, zone, need.days, need.weekday, need.hour)


def _narrowed(pack: Pack, directory: Directory, listed: list[Ranked], wanted: Wanted) -> Narrowed:
    names = dict.fromkeys((*offered(pack, directory), *names_wanted(wanted)))
    states = {
        one.listing.key: {
            name: state_of(pack, one.listing, name, one.open, one.place.tenths) for name in names
        }
        for one in listed
    }
    return narrow(states, names_wanted(wanted))


def _in_order(
    pack: Pack,
    directory: Directory,
    listed: list[Ranked],
    narrowed: Narrowed,
    town: str | None,
    when: Moment,
) -> list[Ranked]:
    """What is as wanted, then what does not say, and last the line that helps to find more."""
    by_key = {one.listing.key: one for one in listed}
    order = [by_key[key] for key in (*narrowed.sure, *narrowed.unknown)]
    referral = referral_of(pack, directory, town, when)
    if referral is None or any(one.listing.key == referral.listing.key for one in order):
        return order
    return [*order, referral]


def holidays_near(pack: Pack, at: datetime) -> dict[date, str]:
    """The public holidays from the day before a moment to the end of the next year, as the pack has them."""
    return holidays_in(pack.holidays, (at.year - 1, at.year, at.year + 1))


def shown_language(query: str | None, wanted: str | None) -> str:
    """The language of the answer: the one wanted, else the query's; a mixture is answered in Spanish."""
    if wanted in ("en", "es"):
        return str(wanted)
    return "es" if query in ("es", "mixed") else "en"


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


@dataclass(frozen=True)
class _Shape:
    """What every result of one answer is told with."""

    pack: Pack
    index: Index
    need: Need
    needs: dict[str, int]
    town: str | None
    when: Moment
    language: str
    then: bool


def _result(by: _Shape, one: Ranked) -> Result:
    listing, service = one.listing, one.listing.service
    held = hold(listing)
    hours = held.hours if held else None
    following = opens_next(hours, by.when.at, by.when.holidays)
    tenths = one.place.tenths
    return Result(
        key=service.key,
        id=listing.id,
        kind="service",
        name=name_of(listing, by.language),
        organization=listing.organization.name,
        place=one.place.location,
        phones=phones_of(service.phones),
        score=one.points / 100,
        distance_miles=None if tenths is None else tenths / 10,
        open=one.open,  # type: ignore[arg-type]
        opens_next=following,
        verification=FoundVerification(
            service.verification.state, service.verification.on, listing.shown.due
        ),
        reasons=reasons_of(
            by.pack,
            listing,
            by.language,
            met=_needs_met(by.index, listing.key, by.needs),
            points=one.points,
            served=one.place.area,
            tenths=tenths,
            town=by.town,
            state=one.open,
            opens_next=following,
            then=by.then,
            inherited=held is not None and held.inherited,
            holiday=unsure_at(hours, by.when.at, by.when.holidays),
            traits=by.need.traits,
            fits=one.fit == "yes",
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


def _notice(pack: Pack, need: Need, here: Nearby, language: str) -> str | None:
    if need.seeking:
        return words_for(pack.lexicon.sayings.get("seeking", {}), language) or None
    if here.elsewhere:
        return words_for(pack.places.elsewhere[here.elsewhere].say, language) or None
    if here.unknown:
        towns = ", ".join(sorted(town.name for town in pack.places.towns.values()))
        return saying(pack, "near_unknown", language, {"near": here.unknown, "towns": towns}) or None
    return None
