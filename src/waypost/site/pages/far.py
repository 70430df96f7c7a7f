"""Pages of services too far off to be among the guide's own: made when somebody asks for one."""

from __future__ import annotations

from dataclasses import replace

from waypost.desk.guide import Guide
from waypost.model.directory import Directory
from waypost.site import address
from waypost.site.page import Page
from waypost.site.pages import organizations, services


def far_page(guide: Guide, path: str) -> Page | None:
    """The page of a service or an organization that only the wide directory has; None where there is none."""
    if guide.wide is None:
        return None
    language = address.language_of(path)
    if language not in guide.pack.manifest.languages:
        return None
    if slug := address.slug_in(path, address.service):
        found = guide.wide.by_slug(slug)
    elif slug := address.slug_in(path, address.organization):
        found = guide.wide.of_owner(slug)
    else:
        return None
    if not found:
        return None
    held = {listing.id for listing in guide.directory.listings}
    added = tuple(listing for listing in found if listing.id not in held)
    directory = Directory((*guide.directory.listings, *added), guide.directory.hidden)
    wider = replace(guide, directory=directory)
    if address.slug_in(path, address.service):
        return services.page_of(wider, found[0], language)
    return organizations.page_of(wider, list(found), language)
