"""Help by need: groups in plain words, and the services of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.model.guide import Group
from waypost.site import address
from waypost.site.cards import Card, card, field_in
from waypost.site.contact import PhoneLine
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link, referral
from waypost.site.mapped import TownMap, map_of
from waypost.site.page import Page
from waypost.site.pages.made import HOME, link, made
from waypost.site.words import Said


@dataclass(frozen=True)
class Help:
    """The list of needs."""

    find_path: str
    needs: tuple[Link, ...]
    all_path: str


@dataclass(frozen=True)
class Part:
    """The services of one term."""

    title: Said
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Needed:
    """One group of needs: its services by term, and those that only a call to the referral line can find."""

    hint: Said | None
    questions: tuple[Link, ...]
    parts: tuple[Part, ...]
    ask: tuple[Link, ...]
    ask_phones: tuple[PhoneLine, ...]
    not_known: tuple[str, ...]
    map: TownMap | None


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The list of needs and a page for each group."""
    at = scene(guide, language)
    content = Help(at.path(address.FIND), need_links(at), at.path(address.services()))
    yield made(at, address.help_list(), "help", content, title=at.words("help_list.title"), trail=[HOME])
    for key, group in listed_groups(guide):
        yield _group(scene(guide, language), key, group)


def need_links(at: Scene) -> tuple[Link, ...]:
    """The groups that hold a service today, in their order."""
    return tuple(
        link(
            at, address.help_group(group.slug), at.words.pick(group.name).text, at.words.pick(group.hint).text
        )
        for key, group in listed_groups(at.guide)
    )


def groups_of(listing: Listing, guide: Guide) -> list[Group]:
    """The groups that a service belongs to, by its kinds."""
    terms = guide.pack.terms
    keys = {terms.terms[kind].group for kind in listing.service.kinds if kind in terms.terms}
    return sorted((terms.groups[key] for key in keys if key in terms.groups), key=lambda group: group.order)


def listed_groups(guide: Guide) -> list[tuple[str, Group]]:
    """The groups that hold a service today, in their order."""
    terms = guide.pack.terms
    used = {
        terms.terms[k].group
        for listing in guide.directory.listings
        for k in listing.service.kinds
        if k in terms.terms
    }
    return sorted(
        ((key, group) for key, group in terms.groups.items() if key in used), key=lambda entry: entry[1].order
    )


def _group(at: Scene, key: str, group: Group) -> Page:
    listed = listed_once(at.guide, key)
    content = Needed(
        hint=at.words.pick(group.hint) or None,
        questions=_questions(at, key),
        parts=tuple(
            Part(
                at.words.pick(at.guide.pack.terms.terms[term].name),
                tuple(card(each, at.words) for each in some),
            )
            for term, some in listed.items()
            if some
        ),
        ask=tuple(
            link(at, address.service(each.service.slug), field_in(each, "name", at.words).text)
            for each in at.guide.directory.listings
            if not each.contactable and group in groups_of(each, at.guide)
        ),
        ask_phones=referral(at.guide, at.words),
        not_known=_not_known(at, key),
        map=map_of((each for some in listed.values() for each in some), at),
    )
    return made(
        at,
        address.help_group(group.slug),
        "group",
        content,
        title=at.words.pick(group.name).text,
        trail=[HOME, (address.help_list(), "nav.help")],
    )


def listed_once(guide: Guide, group: str) -> dict[str, list[Listing]]:
    """The reachable services of a group under their first term of it: terms with a crisis line first."""
    terms = guide.pack.terms.terms
    listed: dict[str, list[Listing]] = {term: [] for term, each in terms.items() if each.group == group}
    for listing in sorted(guide.directory.listings, key=_nearness):
        own = [kind for kind in listing.service.kinds if kind in listed]
        if own and listing.contactable:
            listed[own[0]].append(listing)
    return dict(sorted(listed.items(), key=lambda entry: not any(map(_answers_at_once, entry[1]))))


def _answers_at_once(listing: Listing) -> bool:
    return listing.service.cycle == "crisis" and bool(listing.service.phones)


def _not_known(at: Scene, group: str) -> tuple[str, ...]:
    """What somebody looked for here and did not find, said with the names of what is missing."""
    manifest, terms = at.guide.pack.manifest, at.guide.pack.terms.terms
    place = at.words.pick(manifest.place).text
    return tuple(
        at.words("group.not_known", place=place, what=at.words.pick(matter.names).text)
        for key, matter in manifest.settings.local.items()
        if key in manifest.not_known and any(terms[kind].group == group for kind in matter.kinds[:1])
    )


def _nearness(listing: Listing) -> tuple[bool, bool, bool, str]:
    """What can be called first, crisis lines before all, what nobody could confirm last; then by name."""
    service = listing.service
    return (service.core_unverified, not service.phones, not _answers_at_once(listing), service.name)


def _questions(at: Scene, group: str) -> tuple[Link, ...]:
    terms = {term for term, each in at.guide.pack.terms.terms.items() if each.group == group}
    asked = [q.get(at.language) or next(iter(q.values())) for q in at.guide.pack.questions.values()]
    return tuple(
        link(at, address.question(question.slug), question.title)
        for question in sorted(asked, key=lambda question: question.order)
        if terms & set(question.needs)
    )
