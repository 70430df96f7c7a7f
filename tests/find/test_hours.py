"""Open or closed: one function, against a minute-by-minute count and the field's list of past mistakes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings

from tests.find.made_hours import HOLIDAYS, counted, random_hours, starts
from waypost.desk.find import find, make_index
from waypost.desk.find_reasons import moment
from waypost.desk.guide import Guide
from waypost.model.directory import DatedHours, Day, Directory, Hours, Listing, Location, Span
from waypost.rules.hours import hold, open_at, opens_next, unsure_at

NEW_YORK = ZoneInfo("America/New_York")
WEEKDAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")
THANKSGIVING = frozenset({date(2026, 11, 26)})


def at(text: str) -> datetime:
    """A moment on the wall clock of New York; ``fold`` is its second showing."""
    plain = text.removesuffix(" again")
    return datetime.fromisoformat(plain).replace(tzinfo=NEW_YORK, fold=plain != text)


@settings(max_examples=30, deadline=None)
@given(random_hours(), starts)
def test_open_is_what_a_count_of_minutes_says(hours: Hours, first: date) -> None:
    """Any hours, over three days around changes of the clock, ends of months and holidays: as counted."""
    known, doubtful = counted(hours, first, 4)
    moment = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(hours.timezone)).astimezone(UTC)
    for _ in range(3 * 24 * 12):
        local = moment.astimezone(ZoneInfo(hours.timezone))
        minute = (local.date(), local.hour * 60 + local.minute)
        state = open_at(hours, moment, HOLIDAYS)
        assert (state == "open") == (minute in known), local
        assert minute in known or minute not in doubtful or state == "unknown", local
        moment += timedelta(minutes=5)


MISTAKES: dict[str, tuple[Hours, str, str]] = {
    "overnight: after midnight it is still last night": (
        Hours(spans=(Span(("thu",), "22:00", "02:00"),)),
        "2026-11-20T01:59",
        "open",
    ),
    "overnight: at its end it is closed": (
        Hours(spans=(Span(("thu",), "22:00", "02:00"),)),
        "2026-11-20T02:00",
        "closed",
    ),
    "friday night runs into saturday": (
        Hours(spans=(Span(("fri",), "20:00", "04:00"),)),
        "2026-11-28T03:00",
        "open",
    ),
    "sunday night runs into the next week": (
        Hours(spans=(Span(("sun",), "20:00", "04:00"),)),
        "2026-11-23T03:00",
        "open",
    ),
    "weekend: monday to friday is closed on saturday": (
        Hours(spans=(Span(WEEKDAYS, "09:00", "17:00"),)),
        "2026-11-28T10:00",
        "closed",
    ),
    "24 hours: open in the night": (Hours(always=True), "2026-11-28T03:33", "open"),
    "24 hours: open on a holiday of which nothing is said": (Hours(always=True), "2026-11-26T12:00", "open"),
    "midnight as 24:00": (Hours(spans=(Span(("sat",), "18:00", "24:00"),)), "2026-11-28T23:59", "open"),
    "midnight as 00:00": (Hours(spans=(Span(("sat",), "18:00", "00:00"),)), "2026-11-28T23:59", "open"),
    "midnight as 24:00 ends there": (
        Hours(spans=(Span(("sat",), "18:00", "24:00"),)),
        "2026-11-29T00:00",
        "closed",
    ),
    "midnight as 00:00 ends there": (
        Hours(spans=(Span(("sat",), "18:00", "00:00"),)),
        "2026-11-29T00:00",
        "closed",
    ),
    "opens at midnight": (Hours(spans=(Span(("sat",), "00:00", "06:00"),)), "2026-11-28T00:00", "open"),
    "opens and closes at the same minute: once around the clock": (
        Hours(spans=(Span(("fri",), "08:00", "08:00"),)),
        "2026-11-28T07:59",
        "open",
    ),
    "several spans a day: closed at noon": (
        Hours(spans=(Span(("mon",), "09:00", "12:00"), Span(("mon",), "13:00", "17:00"))),
        "2026-11-23T12:30",
        "closed",
    ),
    "several spans a day: open again": (
        Hours(spans=(Span(("mon",), "09:00", "12:00"), Span(("mon",), "13:00", "17:00"))),
        "2026-11-23T13:00",
        "open",
    ),
    "holiday: closed where the record says so": (
        Hours(spans=(Span(("thu",), "09:00", "17:00"),), closed_on_holidays=True),
        "2026-11-26T10:00",
        "closed",
    ),
    "holiday: open where the record says so": (
        Hours(spans=(Span(("thu",), "09:00", "17:00"),), closed_on_holidays=False),
        "2026-11-26T10:00",
        "open",
    ),
    "holiday: unknown where nobody said": (
        Hours(spans=(Span(("thu",), "09:00", "17:00"),)),
        "2026-11-26T10:00",
        "unknown",
    ),
    "holiday: closed in the night all the same": (
        Hours(spans=(Span(("thu",), "09:00", "17:00"),)),
        "2026-11-26T03:00",
        "closed",
    ),
    "holiday: an exception of that day goes before it": (
        Hours(
            spans=(Span(("thu",), "09:00", "17:00"),),
            exceptions=(DatedHours(date(2026, 11, 26), opens="09:00", closes="11:00"),),
        ),
        "2026-11-26T10:00",
        "open",
    ),
    "holiday: the night before it is no holiday yet": (
        Hours(spans=(Span(("wed",), "20:00", "04:00"),), closed_on_holidays=True),
        "2026-11-26T01:00",
        "open",
    ),
    "spring: an hour that the clock skips is not counted": (
        Hours(spans=(Span(("sun",), "01:00", "03:00"),)),
        "2026-03-08T03:00",
        "closed",
    ),
    "spring: open till the clock jumps": (
        Hours(spans=(Span(("sun",), "01:00", "03:00"),)),
        "2026-03-08T01:59",
        "open",
    ),
    "autumn: open the first time the clock shows it": (
        Hours(spans=(Span(("sun",), "01:00", "02:00"),)),
        "2026-11-01T01:30",
        "open",
    ),
    "autumn: open the second time too": (
        Hours(spans=(Span(("sun",), "01:00", "02:00"),)),
        "2026-11-01T01:30 again",
        "open",
    ),
    "another time zone: its own clock counts": (
        Hours(spans=(Span(("mon",), "09:00", "17:00"),), timezone="America/Los_Angeles"),
        "2026-11-23T19:30",
        "open",
    ),
    "exception: other hours on one date": (
        Hours(
            spans=(Span(("mon",), "09:00", "17:00"),),
            exceptions=(DatedHours(date(2026, 11, 23), opens="18:00", closes="20:00"),),
        ),
        "2026-11-23T10:00",
        "closed",
    ),
    "closed on this date": (
        Hours(always=True, exceptions=(DatedHours(date(2026, 11, 23), closed=True),)),
        "2026-11-23T10:00",
        "closed",
    ),
    "exception without times: unknown": (
        Hours(always=True, exceptions=(DatedHours(date(2026, 11, 23)),)),
        "2026-11-23T10:00",
        "unknown",
    ),
    "valid_from: not before": (
        Hours(spans=(Span(("mon",), "09:00", "17:00", valid_from=date(2026, 12, 1)),)),
        "2026-11-23T10:00",
        "closed",
    ),
    "valid_to: on its last day": (
        Hours(spans=(Span(("mon",), "09:00", "17:00", valid_to=date(2026, 11, 23)),)),
        "2026-11-23T10:00",
        "open",
    ),
    "valid_to: once all has ended nobody knows": (
        Hours(spans=(Span(("mon",), "09:00", "17:00", valid_to=date(2020, 12, 20)),)),
        "2026-11-23T10:00",
        "unknown",
    ),
    "by appointment only: unknown, not closed": (Hours(by_appointment=True), "2026-11-23T10:00", "unknown"),
    "first monday of the month": (
        Hours(spans=(Span(("mon",), "09:00", "17:00", weeks=(1,)),)),
        "2026-11-02T10:00",
        "open",
    ),
    "first monday of the month: not the second": (
        Hours(spans=(Span(("mon",), "09:00", "17:00", weeks=(1,)),)),
        "2026-11-09T10:00",
        "closed",
    ),
    "last friday of the month": (
        Hours(spans=(Span(("fri",), "09:00", "17:00", weeks=(-1,)),)),
        "2026-11-27T10:00",
        "open",
    ),
    "last day of a short month": (
        Hours(spans=(Span((), "09:00", "17:00", monthdays=(-1,)),)),
        "2027-02-28T10:00",
        "open",
    ),
    "the 31st is not in november": (
        Hours(spans=(Span((), "09:00", "17:00", monthdays=(31,)),)),
        "2026-11-30T10:00",
        "closed",
    ),
    "every second tuesday, counted from a date": (
        Hours(spans=(Span(("tue",), "09:00", "17:00", every=2, since=date(2026, 11, 10)),)),
        "2026-11-24T10:00",
        "open",
    ),
    "every second tuesday: not the week between": (
        Hours(spans=(Span(("tue",), "09:00", "17:00", every=2, since=date(2026, 11, 10)),)),
        "2026-11-17T10:00",
        "closed",
    ),
    "the week begins on sunday": (
        Hours(
            spans=(
                Span(("tue", "sun"), "09:00", "17:00", every=2, since=date(2026, 11, 10), week_starts="sun"),
            )
        ),
        "2026-11-22T10:00",
        "open",
    ),
    "every third month": (
        Hours(spans=(Span((), "09:00", "17:00", monthdays=(23,), every=3, since=date(2026, 8, 23)),)),
        "2026-11-23T10:00",
        "open",
    ),
    "season that runs over new year": (
        Hours(season=("11-25", "04-15"), spans=(Span(("mon",), "18:00", "23:00"),)),
        "2026-11-23T19:00",
        "closed",
    ),
    "no hours at all: unknown, not closed": (Hours(), "2026-11-23T10:00", "unknown"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_past_mistakes_of_the_field(name: str) -> None:
    """Each mistake that directories are known to make, by name."""
    hours, moment, state = MISTAKES[name]
    assert open_at(hours, at(moment), THANKSGIVING) == state


def test_without_a_record_nobody_knows() -> None:
    """No hours are unknown hours."""
    assert open_at(None, at("2026-11-23T10:00")) == "unknown"


def test_opens_next_skips_holidays() -> None:
    """After Wednesday comes Friday when Thursday is Thanksgiving, whether it is closed or unknown."""
    for said in (True, None):
        hours = Hours(spans=(Span(("wed", "thu", "fri"), "09:00", "17:00"),), closed_on_holidays=said)
        assert opens_next(hours, at("2026-11-25T18:00"), THANKSGIVING) == "2026-11-27T09:00"
        assert opens_next(hours, at("2026-11-25T10:00"), THANKSGIVING) is None


def test_opens_next_finds_the_next_month() -> None:
    """From one first Monday to the next it is five weeks at most, and they are looked through."""
    hours = Hours(spans=(Span(("mon",), "09:00", "17:00", weeks=(1,)),))
    assert opens_next(hours, at("2026-11-02T17:00")) == "2026-12-07T09:00"


def test_call_first_on_a_holiday_of_which_nothing_is_said() -> None:
    """Only weekly hours that say nothing of holidays are doubtful on one."""
    week = (Span(("thu",), "09:00", "17:00"),)
    noon = at("2026-11-26T12:00")
    assert unsure_at(Hours(spans=week), noon, THANKSGIVING)
    assert not unsure_at(Hours(spans=week), at("2026-11-25T12:00"), THANKSGIVING)
    for clear in (Hours(spans=week, closed_on_holidays=False), Hours(always=True), Hours(), None):
        assert not unsure_at(clear, noon, THANKSGIVING)


def test_hours_of_the_service_at_its_place_go_first(guide: Guide) -> None:
    """Service at location, then service, then location; the last are told to be those of the building."""
    here, own, house = (Hours(spans=(Span((day,), "09:00", "17:00"),)) for day in ("mon", "tue", "wed"))
    place = Location("loc-a", "House", hours=house)

    def held(**fields: object) -> tuple[Hours, bool] | None:
        listing = guide.directory.listings[0]
        service = {"locations": (place,), "hours": None, "hours_at": {}} | fields
        found = hold(replaced(listing, service))
        return (found.hours, found.inherited) if found else None

    assert held(hours_at={"loc-a": here}, hours=own) == (here, False)
    assert held(hours_at={"loc-other": here}, hours=own) == (own, False)
    assert held() == (house, True)
    assert held(locations=()) is None


def replaced(listing: Listing, fields: dict[str, object]) -> Listing:
    """The listing with other fields of its service."""
    return msgspec.structs.replace(listing, service=msgspec.structs.replace(listing.service, **fields))


@pytest.mark.parametrize(
    ("local", "said"),
    [
        ("2026-11-23T13:00", "el lunes a la 1:00 de la tarde"),
        ("2026-11-23T01:30", "el lunes a la 1:30 de la mañana"),
        ("2026-11-23T12:00", "el lunes a las 12:00 de la tarde"),
        ("2026-11-23T09:00", "el lunes a las 9:00 de la mañana"),
        ("2026-11-23T21:15", "el lunes a las 9:15 de la noche"),
    ],
)
def test_moments_in_spanish_are_said_as_people_say_them(guide: Guide, local: str, said: str) -> None:
    """One o'clock is singular, and the evening is no afternoon."""
    assert moment(guide.pack, "es", local) == said


def test_results_tell_of_holidays_and_of_hours_that_are_only_the_buildings(guide: Guide) -> None:
    """Both stand among the reasons of a result, where they are so and nowhere else."""
    listing = guide.directory.get("svc-nm-foodbank")
    assert listing is not None
    assert listing.service.hours is not None
    place = Location("loc-a", "House", town="new-milford", hours=listing.service.hours)
    lent = replaced(listing, {"hours": None, "locations": (place,)})

    def reasons(of: Listing, moment: str) -> tuple[str, ...]:
        directory = Directory((of,))
        index = make_index(guide.pack, directory)
        found = find(guide.pack, directory, index, "food pantry", language="en", at=at(moment))
        return next(result.reasons for result in found.results if result.key == of.key)

    holiday, building = "Today is a holiday: call first", "These are the hours of the building; call to check"
    assert holiday in reasons(listing, "2026-11-26T10:00")
    assert holiday not in reasons(listing, "2026-11-19T10:00")
    assert building in reasons(lent, "2026-11-19T10:00")
    assert building not in reasons(listing, "2026-11-19T10:00")
