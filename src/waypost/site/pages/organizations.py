"""A page for each organization."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.directory import Listing, Organization
from waypost.site import address
from waypost.site.cards import Card, card
from waypost.site.contact import place
from waypost.site.drawn import Scene, scene
from waypost.site.page import Page
from waypost.site.pages.made import HOME, made
from waypost.site.pages.services import web_link
from waypost.site.rows import Row, row
from waypost.site.words import Said


@dataclass(frozen=True)
class OrganizationContent:
    """What the guide knows of an organization."""

    description: Said | None
    rows: tuple[Row, ...]
    url: str | None
    url_shown: str | None
    cards: tuple[Card, ...]


def pages(guide: Guide, language: str) -> Iterator[Page]:
    """Each organization that has a published service."""
    organizations: dict[str, list[Listing]] = {}
    for listing in guide.directory.listings:
        organizations.setdefault(listing.organization.key, []).append(listing)
    for listings in organizations.values():
        yield page_of(guide, listings, language)


def page_of(guide: Guide, listings: list[Listing], language: str) -> Page:
    """The page of the organization that gives these services."""
    return _organization(scene(guide, language), listings[0].organization, listings)


def _organization(at: Scene, organization: Organization, listings: list[Listing]) -> Page:
    words = at.words
    shown = [place(location, words) for location in organization.locations]
    rows = (
        row(words, "also", [words.listed([organization.alternate_name or ""])]),
        row(words, "formerly", [words.listed(organization.former_names)]),
        row(words, "where", [", ".join(each.lines) or each.name for each in shown if each]),
        row(words, "note", [words.pick(organization.note)]),
        row(words, "listed", _why_listed(organization, at)),
    )
    site = web_link(organization.website) if organization.website else None
    content = OrganizationContent(
        description=words.pick(organization.description) or None,
        rows=tuple(each for each in rows if each is not None),
        url=site.url if site else None,
        url_shown=site.title if site else None,
        cards=tuple(card(listing, words) for listing in listings),
    )
    path = address.organization(organization.slug)
    trail = [HOME, (address.services(), "nav.all")]
    return made(at, path, "organization", content, title=organization.name, trail=trail)


def _why_listed(organization: Organization, at: Scene) -> list[Said | str]:
    """The reason for listing it, when it was decided and by whom."""
    decision, words = organization.inclusion, at.words
    reason = at.guide.pack.inclusion.get(decision.reason) if decision else None
    if decision is None or reason is None:
        return []
    by = words.known(f"listed.role.{decision.by}", decision.by)
    decided = words("listed.decided", day=words.day(decision.on), by=by)
    return [words.pick(reason.text), words.pick(decision.note), decided]
