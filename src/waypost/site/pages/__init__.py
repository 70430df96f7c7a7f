"""Pages as values: pure functions from the guide of a day."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.desk.guide import Guide
from waypost.site.found import answer_paths
from waypost.site.page import Page
from waypost.site.pages import (
    ask_law,
    before,
    by_need,
    dense,
    freshness,
    home,
    law,
    law_models,
    law_open,
    law_sides,
    law_years,
    mistakes,
    organizations,
    questions,
    routes,
    services,
    sources,
)
from waypost.site.pages.ask_law import ask_page
from waypost.site.pages.keep import keep_page
from waypost.site.pages.problem import problem_page
from waypost.site.pages.results import kept_page, results_page

__all__ = ["all_pages", "answer_paths", "ask_page", "kept_page", "problem_page", "results_page"]

_KINDS = (
    home,
    routes,
    by_need,
    services,
    dense,
    organizations,
    law,
    law_sides,
    law_years,
    law_models,
    law_open,
    ask_law,
    questions,
    before,
    sources,
    freshness,
    mistakes,
)


def all_pages(guide: Guide) -> Iterator[Page]:
    """Every page of the guide that needs no query, in each of its languages."""
    for language in guide.pack.manifest.languages:
        made = []
        for kind in _KINDS:
            for page in kind.pages(guide, language):
                made.append(page)
                yield page
        yield keep_page(guide, language, made)
