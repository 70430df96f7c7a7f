"""Pages as values: pure functions from the guide of a day."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.site.found import answer_paths
from waypost.site.page import Page
from waypost.site.pages import (
    by_need,
    freshness,
    home,
    law,
    mistakes,
    organizations,
    questions,
    routes,
    services,
    sources,
)
from waypost.site.pages.law_answer import law_answer_page
from waypost.site.pages.problem import problem_page
from waypost.site.pages.results import results_page

__all__ = ["all_pages", "answer_paths", "law_answer_page", "problem_page", "results_page"]

_KINDS = (home, routes, by_need, services, organizations, law, questions, sources, freshness, mistakes)


def all_pages(guide: Guide) -> Iterator[Page]:
    """Every page of the guide that needs no query, in each of its languages."""
    for language in guide.pack.manifest.languages:
        for kind in _KINDS:
            yield from kind.pages(guide, language)
