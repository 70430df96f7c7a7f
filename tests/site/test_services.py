"""What a service's page tells somebody who has to decide whether to go."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import msgspec
import pytest

from tests.site.made_up import directory, guide, pack, service
from waypost.desk.guide import Guide
from waypost.model.directory import Inclusion
from waypost.site.outlet import Outlet
from waypost.site.pages import organizations, questions, services
from waypost.site.render import assets, render

WEEK: dict[str, Any] = {"spans": [{"days": ["mon", "thu"], "opens": "09:00", "closes": "17:00"}]}
HOLIDAYS = {
    "thanks": {"name": {"en": "Thanks", "es": "Gracias"}, "month": "11", "weekday": "thu", "nth": "4"}
}
REASONS = {
    "own_page": {"listed": True, "text": {"en": "A page of its own.", "es": "Una página propia."}},
    "ended": {"listed": False, "text": {"en": "It has ended.", "es": "Terminó."}},
}
LEFT_OUT = {
    "old-line": {
        "name": {"en": "Old line", "es": "Línea vieja"},
        "code": "ended",
        "reason": {"en": "Gone since spring.", "es": "Ya no existe desde la primavera."},
        "decided_on": "2026-11-22",
        "by": "steward",
    }
}


def text(html: str) -> str:
    """What a page's main part says, with single spaces."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def drawn(made: Guide, language: str = "en", key: str = "svc-clinic") -> str:
    """The page of a service."""
    slug = next(x.service.slug for x in made.directory.listings if x.key == key)
    page = next(p for p in services.pages(made, language) if p.path.endswith(f"/s/{slug}/"))
    return render(page, made, Outlet.static(assets(made)))


def of(language: str = "en", *, parts: dict[str, Any] | None = None, **fields: Any) -> str:
    """The page of one made-up service, with the emergency line and a line that finds help beside it."""
    others = [
        service("svc-911", name="Emergency", phones=[{"number": "911"}]),
        service("svc-line", name="Line"),
    ]
    made = guide(
        directory=directory([service(**fields), *others]), pack=pack(holidays=HOLIDAYS, **(parts or {}))
    )
    return drawn(made, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Hours of the building; call to check"), ("es", "Horario del edificio; llame para comprobarlo")],
)
def test_inherited_hours_are_told_to_be_the_buildings(language: str, said: str) -> None:
    """Hours of the place stand in for a service's own, and say so; its own hours do not."""
    place = {"key": "loc-a", "name": "House", "hours": WEEK}
    assert said in text(of(language, locations=[place]))
    assert said not in text(of(language, locations=[place], hours=WEEK))


def test_holiday_of_which_nothing_is_said_is_named() -> None:
    """Four days before a holiday on which it may be closed a reader is told to call; not where it is known."""
    told = "November 26, 2026 is a public holiday (Thanks). We do not know whether it is open."
    assert told in text(of(hours=WEEK))
    assert told not in text(of(hours=WEEK | {"closed_on_holidays": "true"}))
    assert told not in text(of(hours={"spans": [{"days": ["mon"], "opens": "09:00", "closes": "17:00"}]}))
    assert told not in text(of(hours={"always": "true"}))


@pytest.mark.parametrize(
    ("span", "english", "spanish"),
    [
        (
            {"days": ["sat"], "weeks": ["1", "-1"]},
            "first and last Saturday of the",
            "primer y último sábado del",
        ),
        ({"days": [], "monthdays": ["15"]}, "On day 15 of the month", "el día 15 de cada mes"),
        ({"days": ["tue"], "every": "2", "since": "2026-01-06"}, "Tuesday, every 2 weeks", "cada 2 semanas"),
        ({"days": ["tue"], "valid_to": "2026-12-20"}, "(until December 20", "(hasta el 20 de diciembre"),
    ],
)
def test_recurring_hours_are_said_in_words(span: dict[str, Any], english: str, spanish: str) -> None:
    """Which weeks, which dates, how often and until when: in both languages."""
    hours = {"spans": [{"opens": "13:00", "closes": "14:00", **span}]}
    assert english.lower() in text(of(hours=hours)).lower()
    assert spanish.lower() in text(of("es", hours=hours)).lower()


def test_unknown_is_asked_for_and_known_is_said() -> None:
    """Cost, papers and police are asked for only where nobody knows them, and never before a crisis line."""
    page = text(of(no_id_needed=None))
    assert "Not known, so ask What it costs Whether you need an ID Whether the police are told" in page
    known: dict[str, Any] = {
        "cost": "free",
        "no_id_needed": "true",
        "police_told": {"en": "Never.", "es": "Nunca."},
    }
    assert "Not known, so ask" not in text(of(**known))
    crisis = text(of(cycle="crisis"))
    assert "What it costs" not in crisis
    assert "Whether the police are told" in crisis


def test_room_is_shown_with_its_hour_and_until_it_lapses() -> None:
    """A count of beds says when it was true, carries its end for the page's script, and is gone the day after."""
    room: dict[str, Any] = {
        "available": "2",
        "maximum": "20",
        "at": "2026-11-22T18:00:00-05:00",
        "unit": {"en": "beds"},
    }
    page = of(capacity=[room])
    assert "2 of 20 beds free at 6 pm on November 22, 2026. Call to check." in text(page)
    assert 'data-until="2026-11-23T06:00:00-05:00"' in page
    assert "beds free" not in text(of(capacity=[room | {"at": "2026-11-20T18:00:00-05:00"}]))
    assert "beds free" in text(of(capacity=[room | {"at": "2026-11-20T18:00:00-05:00", "hours": "99"}]))


def test_way_in_through_another_record_is_a_link_with_its_number() -> None:
    """Who is let in through another service is led to its page, and to its number where there is no own."""
    page = of(phones=[], access=["referral"], referred_through="svc-line")
    assert "One gets in through another service. Call it: Line" in text(page)
    assert re.search(r'<a [^>]*class="roomy" href="[^"]*/linexx/[^"]*">Through Line', page)
    assert "Through another service" not in text(page)


def test_emergency_room_is_never_called_unreachable() -> None:
    """Without a number of its own the emergency line stands there, and nobody is told to call or ask first."""
    settings = {"emergency": [{"service": "svc-911", "label": {"en": "Now"}}]}
    manifest = msgspec.to_builtins(pack().manifest) | {"settings": settings}
    page = text(
        of(phones=[], kinds=["emergency_department"], core_unverified="true", parts={"manifest": manifest})
    )
    assert "In an emergency go there, or call: Emergency 911" in page
    assert "In an emergency do not wait for that." in page
    assert "Call first" not in page.split("Open")[0]


def test_organization_says_why_it_is_listed() -> None:
    """The reason, the day and the role that decided stand on its page; nothing stands where nobody decided."""
    made = directory([service()])
    (listing,) = made.listings
    decided = msgspec.structs.replace(
        listing.organization, inclusion=Inclusion("own_page", date(2026, 11, 22), "steward")
    )
    for organization, said in ((decided, True), (listing.organization, False)):
        held = msgspec.structs.replace(listing, organization=organization)
        shown = guide(directory=type(made)((held,)), pack=pack(inclusion=REASONS))
        (page,) = organizations.pages(shown, "en")
        told = text(render(page, shown, Outlet.static(assets(shown))))
        assert (
            "Why it is listed A page of its own. Decided on November 22, 2026, by: a steward" in told
        ) is said


def test_what_is_left_out_stands_on_the_page_about_it_without_number_or_link() -> None:
    """Name, reason and day of each, grouped by reason; no way to reach it."""
    tree = msgspec.to_builtins(pack().questions)
    asked = {"inclusion": {code: {**tree["about"][code], "key": "inclusion"} for code in ("en", "es")}}
    shown = guide(pack=pack(inclusion=REASONS, not_listed=LEFT_OUT, questions=tree | asked))
    pages = [p for p in questions.pages(shown, "es") if getattr(p.content, "left_out", ())]
    (page,) = pages
    html = render(page, shown, Outlet.static(assets(shown)))
    told = text(html)
    assert "Terminó. Línea vieja. Ya no existe desde la primavera. (22 de noviembre de 2026)" in told
    section = html[html.index('id="out-title"') : html.index("</section>", html.index('id="out-title"'))]
    assert "<a " not in section
