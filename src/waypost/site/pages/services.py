"""A page for each service, and the list of all by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.site import address
from waypost.site.calling import CallRow, before_telling, calling
from waypost.site.cards import field_in
from waypost.site.checked import AT_ONCE, CheckedNote, checked_note
from waypost.site.contact import PhoneLine, in_order, phone_line
from waypost.site.drawn import Scene, scene
from waypost.site.frame import Link, referral
from waypost.site.mapped import TownMap, map_of
from waypost.site.notes import Cited, cite_all
from waypost.site.opening import hours_lines
from waypost.site.page import Page
from waypost.site.pages.by_need import groups_of
from waypost.site.pages.made import HOME, link, made
from waypost.site.rows import Row, service_rows
from waypost.site.words import Said


@dataclass(frozen=True)
class WebLink:
    """A link that leaves the site."""

    title: str
    url: str


@dataclass(frozen=True)
class Ask:
    """Whom to call where the service itself has no contact: in words, with numbers."""

    text: str
    phones: tuple[PhoneLine, ...]


@dataclass(frozen=True)
class ServiceContent:
    """Everything a reader may know of one service."""

    name: Said
    organization: str
    organization_path: str
    phones: tuple[PhoneLine, ...]
    channels: tuple[Said, ...]
    links: tuple[WebLink, ...]
    email: str | None
    ask: Ask | None
    checked: CheckedNote
    description: Said
    calling: tuple[CallRow, ...]
    before: Link | None
    rows: tuple[Row, ...]
    unverified: tuple[Said, ...]
    sources: tuple[Cited, ...]
    looked_up: date | None
    due: date | None
    late: bool
    groups: tuple[Link, ...]
    map: TownMap | None


@dataclass(frozen=True)
class Named:
    """An organization with its services, in the list of all."""

    name: str
    path: str
    services: tuple[Link, ...]


@dataclass(frozen=True)
class All:
    """The list of all by name."""

    organizations: tuple[Named, ...]
    count: int
    hidden: int


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """The list of all, then each service."""
    yield _all(scene(guide, language))
    for listing in guide.directory.listings:
        yield page_of(guide, listing, language)


def page_of(guide: Guide, listing: Listing, language: str) -> Page:
    """The page of one service."""
    return _service(scene(guide, language), listing)


def web_link(url: str) -> WebLink:
    """An address outside, shown by its host alone."""
    full = url if "://" in url else f"https://{url}"
    return WebLink(urlsplit(full).netloc.removeprefix("www."), full)


def _service(at: Scene, listing: Listing) -> Page:
    service = listing.service
    name = field_in(listing, "name", at.words)
    site = service.url or listing.organization.website
    content = ServiceContent(
        name=name,
        organization=listing.organization.name,
        organization_path=at.path(address.organization(listing.organization.slug)),
        phones=tuple(
            phone_line(phone, at.words, hours_lines(phone.hours, at.words))
            for phone in in_order(service.phones, at.language)
        ),
        channels=tuple(at.words.pick(channel) for channel in service.other_channels),
        links=(web_link(site),) if site else (),
        email=service.email,
        ask=_ask(listing, at),
        checked=checked_note(listing, at.words),
        description=field_in(listing, "description", at.words),
        calling=calling(listing, at),
        before=before_telling(listing, at),
        rows=service_rows(listing, at),
        unverified=tuple(at.words.pick(line) for line in service.unverified),
        sources=cite_all(at.guide.pack, (*service.verification.sources, *service.sources), at.guide.on),
        looked_up=service.verification.looked_up,
        due=listing.shown.due,
        late=listing.shown.due is not None and listing.shown.due <= at.guide.on,
        groups=tuple(
            link(at, address.help_group(group.slug), at.words.pick(group.name).text)
            for group in groups_of(listing, at.guide)
        ),
        map=map_of([listing], at),
    )
    trail = [HOME, (address.help_list(), "nav.help")]
    return made(at, address.service(service.slug), "service", content, title=name.text, trail=trail)


def _ask(listing: Listing, at: Scene) -> Ask | None:
    """Whom to call instead: in an emergency the emergency line, else who lets one in, else who finds help."""
    service, words = listing.service, at.words
    if service.phones:
        return None
    lines = at.guide.pack.manifest.settings.emergency
    if any(kind in AT_ONCE for kind in service.kinds) and lines:
        return _ask_at("service.ask_emergency", lines[0].service, at)
    if service.referred_through and (through := _ask_at("service.ask_through", service.referred_through, at)):
        return through
    if service.other_channels or service.url or service.email or listing.organization.website:
        return None
    return Ask(words("service.ask_211"), referral(at.guide, words))


def _ask_at(key: str, service: str, at: Scene) -> Ask | None:
    """The first numbers of another service, under words that name it."""
    other = at.guide.directory.get(service)
    if other is None:
        return None
    phones = in_order(other.service.phones, at.language)[:2]
    text = at.words(key, name=field_in(other, "name", at.words).text)
    return Ask(text, tuple(phone_line(phone, at.words) for phone in phones))


def _all(at: Scene) -> Page:
    by_organization: dict[str, list[Listing]] = {}
    for listing in at.guide.directory.listings:
        by_organization.setdefault(listing.organization.key, []).append(listing)
    named = tuple(
        Named(
            some[0].organization.name,
            at.path(address.organization(some[0].organization.slug)),
            tuple(
                link(at, address.service(each.service.slug), field_in(each, "name", at.words).text)
                for each in some
            ),
        )
        for some in sorted(by_organization.values(), key=lambda some: some[0].organization.name.casefold())
    )
    content = All(named, len(at.guide.directory.listings), len(at.guide.directory.hidden))
    return made(at, address.services(), "all", content, title=at.words("all.title"), trail=[HOME])
