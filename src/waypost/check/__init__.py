"""Every Problem of a guide, by severity: what does not build, what is stale, what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from waypost.check import (
    avoided,
    content,
    freshness,
    marked,
    names,
    pages,
    parity,
    town,
    trace,
    typed,
    wrong,
)
from waypost.desk import upkeep
from waypost.desk.find_cases import run_cases as find_cases
from waypost.desk.guide import Guide
from waypost.desk.independence import really_one
from waypost.desk.law import run_cases as law_cases
from waypost.model.evidence import Problem
from waypost.site.drawn import dangling

__all__ = ["examine", "truths"]


def examine(guide: Guide, secrets: Mapping[str, str]) -> list[Problem]:
    """All that is wrong, stale or open in a guide of a day, errors first.

    ``secrets`` maps each withheld value to the record that it belongs to: none may stand in any file.
    Faults of the pack's files themselves are found earlier, by loading it.
    """
    noon = datetime.combine(guide.on, time(12), ZoneInfo(guide.pack.manifest.settings.timezone))
    found: list[Problem] = [
        # A pack that is only inherited may draw what each town below it brings.
        *(dangling(guide) if guide.pack.manifest.publishable or guide.pack.draft else []),
        *law_cases(guide.pack.law),
        *find_cases(guide.pack, guide.directory, guide.index, noon),
        *content.uneven_wording(guide),
        *content.uneven_claims(guide),
        *content.unfounded_claims(guide),
        *freshness.unknown_cycles(guide),
        *upkeep.untimed(guide),
    ]
    if not found:
        edition = pages.drawn(guide)
        found += pages.faults(edition, guide.pack.manifest.settings.telling_words)
        found += pages.leaks(edition.files, secrets)
        found += truths(guide, edition)
    found += [
        *town.missing(guide),
        *freshness.stale(guide),
        *freshness.on_doubtful(guide),
        *really_one(guide.pack),
        *content.stale_translations(guide),
        *content.undecided(guide),
        *content.open_facts(guide),
    ]
    order = ["error", "warning", "open"]
    return sorted(found, key=lambda problem: order.index(problem.severity))


def truths(guide: Guide, edition: pages.Edition) -> list[Problem]:
    """What the finished pages say that traces to nothing, lacks its mark, differs by language, or is known to be wrong."""
    return [
        *trace.untraced(edition.pages, edition.read, trace.Ground(guide)),
        *marked.unmarked(guide, edition.pages, edition.files, edition.read),
        *names.typed(guide),
        *typed.typed(guide),
        *names.unknown(guide, edition.pages, edition.read),
        *parity.uneven_pages(guide, edition.pages, edition.read),
        *avoided.avoided(guide, edition.pages, edition.read),
        *wrong.repeated(guide, edition.pages, edition.read),
    ]
