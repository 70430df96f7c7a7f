"""The directory as packs write it (HSDS 3.2 words, nested) and as readers see it (a Listing).

HSDS = Human Services Data Specification 3.2.3, https://docs.openreferral.org. Where the standard falls
short, our own fields stand beside it: ``hours``, ``access``, ``evidence``, ``verification``,
``confidential``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from waypost.model.evidence import Freshness, Struct, Text, Verification

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Evidence = Literal["seen", "inferred"]
Access = Literal["walk_in", "call_first", "appointment", "referral", "online"]
CostKind = Literal["free", "sliding", "low", "paid", "varies"]


class Span(Struct):
    """One opening span. ``closes`` at or before ``opens`` means past midnight; "24:00" is midnight.

    It holds on ``days`` of every week, of every ``every``-th week counted from ``since``, or only on the
    days of a month: ``weeks`` says which of the month's Mondays (1 the first, -1 the last), ``monthdays``
    which dates (31 the 31st, -1 the last day). With either of the two, ``every`` counts months.
    ``valid_from`` and ``valid_to`` are its first and last day. Weeks begin on ``week_starts``.
    """

    days: tuple[Day, ...]
    opens: str
    closes: str
    weeks: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    every: int = 1
    since: date | None = None
    week_starts: Day = "mon"
    valid_from: date | None = None
    valid_to: date | None = None


class DatedHours(Struct):
    """A dated exception to the weekly hours: closed, or open other hours, on one local date."""

    on: date
    closed: bool = False
    opens: str | None = None
    closes: str | None = None
    note: str | None = None


class Hours(Struct):
    """When something is open, in local time of ``timezone`` (an IANA name).

    ``always`` is 24 hours a day. No spans and not ``always`` means *unknown*, never closed.
    ``season`` bounds (month-day strings, "11-25") mark seasonal openings. ``closed_on_holidays`` left out
    means that nobody knows: on a holiday, weekly hours are then unknown, and readers are told to call first.
    """

    spans: tuple[Span, ...] = ()
    always: bool = False
    by_appointment: bool = False
    exceptions: tuple[DatedHours, ...] = ()
    closed_on_holidays: bool | None = None
    season: tuple[str, str] | None = None
    note: Text = {}
    timezone: str = "America/New_York"


class Language(Struct):
    """HSDS ``language``: an ISO 639 code, and a note such as "by interpreter"."""

    code: str
    note: str | None = None


class Phone(Struct):
    """HSDS ``phone``: one number for one purpose and language. Two languages on two lines are two phones.

    ``number`` is as dialled in the country ("988", or ten digits with hyphens); ``type`` is HSDS's (voice, text, tty,
    fax). ``purpose`` is our label for readers. ``checked`` is false where not even a page showed it.
    """

    number: str
    type: str = "voice"
    extension: str | None = None
    languages: tuple[Language, ...] = ()
    purpose: Text = {}
    description: Text = {}
    hours: Hours | None = None
    checked: bool = True
    confidential: bool = False


class Address(Struct):
    """HSDS ``address``; an absent street is unknown. A confidential one is withheld, the rest of its place shown."""

    city: str
    state_province: str
    country: str = "US"
    address_1: str | None = None
    address_2: str | None = None
    postal_code: str | None = None
    address_type: str = "physical"
    confidential: bool = False


class Location(Struct):
    """HSDS ``location``. Where ``confidential``, its address and point go to ``withheld`` at intake.

    ``town`` is the key of its town in ``places.yaml``.
    """

    key: str
    name: str
    town: str | None = None
    location_type: str = "physical"
    addresses: tuple[Address, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    point_source: str | None = None
    hours: Hours | None = None
    confidential: bool = False
    note: Text = {}


class Capacity(Struct):
    """How much room there is, HSDS ``service_capacity``: true at one hour, and soon no longer.

    ``at`` is that hour, with its offset from UTC; ``hours`` says for how many hours it may be shown, else the
    pack's ``capacity_hours`` does. ``unit`` says of what: beds, places.
    """

    available: int
    at: datetime
    unit: Text
    maximum: int | None = None
    hours: int | None = None


class Inclusion(Struct):
    """The decision to list an organization: why, when, and who decided, by role and never by name.

    ``reason`` is a key of ``inclusion.yaml``; ``sources`` are those that the decision rests on.
    """

    reason: str
    on: date
    by: str
    sources: tuple[str, ...] = ()
    note: Text = {}


class InclusionReason(Struct):
    """One reason for listing (``listed``) or for leaving out, in words for readers."""

    text: Text
    listed: bool


class Holiday(Struct):
    """A public holiday: a fixed ``date`` ("07-04"), the ``nth`` weekday of a month, or days from Easter.

    ``nth`` -1 is the last. One that ``moves`` is kept on Friday where it falls on Saturday, and on Monday
    where it falls on Sunday. ``since`` is the first year in which it is kept.
    """

    name: Text
    date: str | None = None
    month: int | None = None
    weekday: Day | None = None
    nth: int | None = None
    easter: int | None = None
    moves: bool = False
    since: int | None = None
    sources: tuple[str, ...] = ()


class Service(Struct):
    """HSDS ``service``, with our fields beside the standard's.

    ``kinds`` are keys of ``terms.yaml``; ``serves`` are keys of areas and towns; ``unverified`` lists what
    nobody has confirmed, in words; ``evidence`` says per field whether a page showed it or it was inferred
    (inferred values are never published as fact). ``hours_at`` are its hours at one of its places, by the
    place's key: they go before ``hours``, and those before the hours of the place.
    """

    key: str
    slug: str
    name: str
    status: str
    description: str
    kinds: tuple[str, ...]
    serves: tuple[str, ...]
    verification: Verification
    sources: tuple[str, ...]
    translations: dict[str, dict[str, str]] = {}
    alternate_name: str | None = None
    phones: tuple[Phone, ...] = ()
    other_channels: tuple[Text, ...] = ()
    url: str | None = None
    email: str | None = None
    hours: Hours | None = None
    hours_at: dict[str, Hours] = {}
    capacity: tuple[Capacity, ...] = ()
    cost: CostKind | None = None
    fees_description: Text = {}
    eligibility_description: Text = {}
    minimum_age: int | None = None
    maximum_age: int | None = None
    for_whom: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    documents_needed: Text = {}
    no_id_needed: bool | None = None
    application_process: Text = {}
    access: tuple[Access, ...] = ()
    referred_through: str | None = None
    languages: tuple[Language, ...] = ()
    confidentiality: Text = {}
    police_told: Text = {}
    locations: tuple[Location, ...] = ()
    evidence: dict[str, Evidence] = {}
    unverified: tuple[Text, ...] = ()
    core_unverified: bool = False
    cycle: str = "service"
    note: Text = {}
    steward_note: str | None = None


class Organization(Struct):
    """HSDS ``organization`` with its services nested: one file of ``directory/``."""

    key: str
    slug: str
    name: str
    services: tuple[Service, ...]
    description: Text = {}
    alternate_name: str | None = None
    former_names: tuple[str, ...] = ()
    website: str | None = None
    locations: tuple[Location, ...] = ()
    inclusion: Inclusion | None = None
    note: Text = {}
    steward_note: str | None = None


class NotListed(Struct):
    """What was looked at and stays out, and why, for readers: without a phone and without a link.

    ``code`` is a key of ``inclusion.yaml``; ``by`` is the role that decided.
    """

    name: Text
    code: str
    reason: Text
    decided_on: date
    by: str
    sources: tuple[str, ...] = ()


class Shown(Struct, omit_defaults=False):
    """What the clock says of a listing: its freshness and when it is next due."""

    freshness: Freshness
    due: date | None


class Listing(Struct):
    """A published service as every outlet sees it: joined, dated, with nothing confidential in it.

    Made only by ``desk.publish``. ``id`` is the UUID of the HSDS record; ``service`` has its confidential
    values removed and its inferred ones left out.
    """

    id: str
    service: Service
    organization: Organization
    shown: Shown

    @property
    def key(self) -> str:
        """The key from the facts, such as ``svc-apex-testing``."""
        return self.service.key

    @property
    def contactable(self) -> bool:
        """Whether a reader can reach it at all: a phone, another channel, a web page or a street address."""
        s = self.service
        streets = any(a.address_1 for loc in s.locations for a in loc.addresses)
        return bool(s.phones or s.other_channels or s.url or s.email or self.organization.website or streets)


class Directory(Struct):
    """Everything that ``publish`` let through for one day, in the order of keys."""

    listings: tuple[Listing, ...]
    hidden: tuple[str, ...] = ()

    def get(self, key: str) -> Listing | None:
        """The listing of that key, or None if it is not published."""
        return next((listing for listing in self.listings if listing.key == key), None)
