"""A pack: everything known about one place, its own files merged with those it inherits."""

from __future__ import annotations

from waypost.model.directory import Holiday, InclusionReason, NotListed, Organization
from waypost.model.evidence import Claim, Cycle, Source, Struct, Text
from waypost.model.guide import BeforeYouTell, Call, Deadline, Mistake, Question, Terms, Turn
from waypost.model.law import Law
from waypost.model.need import Lexicon
from waypost.model.place import Places
from waypost.model.reading import ReadEntry


class Removal(Struct):
    """A key from an inherited pack that this one takes out, and why."""

    key: str
    why: str


class Emergency(Struct):
    """One number of the strip on every page; the number is drawn from the service's record.

    ``quiet`` is what the wallet card calls it: a name that tells nothing to whoever finds the card.
    """

    service: str
    label: Text
    phone: int = 0
    quiet: Text = {}


class LocalDetail(Struct):
    """A yes or no asked about a local matter; what the record then says, or names as not confirmed (``open``)."""

    ask: str
    yes: Text
    no: Text
    open: Text


class LocalMatter(Struct):
    """Something that only the people of a town know, asked of whoever begins its pack.

    ``kinds`` are terms: a service of one of them for the town answers it. ``names`` and ``describes`` are what
    a record made from the answer says until somebody writes it better; ``details`` is asked beside it.
    """

    ask: str
    kinds: tuple[str, ...]
    names: Text
    describes: Text
    inclusion: str = "public_body"
    cycle: str = "service"
    details: dict[str, LocalDetail] = {}


class Settings(Struct):
    """Choices of a pack that are neither facts nor words.

    ``exit_url`` is where the quick exit leads: harmless, never a search engine. ``timezone`` is IANA.
    ``telling_words`` are words that no path, page title or file name may hold (requirement P15).
    ``capacity_hours``: for how many hours free beds or places are shown after the hour they were counted.
    ``local`` is what every town has to say for itself before it is published, ``local_open`` what a record made
    from such an answer names as not confirmed (``phone`` where none was given, ``always`` in each),
    ``town_questions`` which answers inherited texts may lead to although not every town writes them.
    """

    exit_url: str | None = None
    timezone: str = "America/New_York"
    emergency: tuple[Emergency, ...] = ()
    referral: str | None = None
    telling_words: tuple[str, ...] = ()
    capacity_hours: int = 12
    local: dict[str, LocalMatter] = {}
    local_open: dict[str, Text] = {}
    town_questions: tuple[str, ...] = ()


class Manifest(Struct):
    """``pack.yaml``: what the pack is, what it inherits, what it overrides and removes by name.

    ``not_known`` names local matters that a steward looked for and did not find: readers are told so.
    ``minutes`` is how long one check takes: a ``call``, a ``page``, a ``claim``, a section of ``law``.
    """

    id: str
    title: Text
    inherits: str | None = None
    publishable: bool = False
    place: Text = {}
    languages: tuple[str, ...] = ("en", "es")
    cycles: dict[str, Cycle] = {}
    minutes: dict[str, int] = {}
    settings: Settings = Settings()
    overrides: tuple[str, ...] = ()
    removes: tuple[Removal, ...] = ()
    not_known: tuple[str, ...] = ()


class Avoid(Struct):
    """A word or phrase that the guide avoids: what it says ``instead``, and why.

    A ``slur`` does not build. ``spared`` are kinds of pages that must use it, such as those of statutes.
    """

    instead: str
    why: str
    slur: bool = False
    spared: tuple[str, ...] = ()


class Pack(Struct):
    """A pack as the program reads it, merged along its line of inheritance (``chain``, root first).

    ``verifications`` are by the pack that holds them; they are already applied to claims and sections.
    ``written_by`` names, for each organization, the nearest pack of the line that writes it; ``facts_by``
    does so for each claim and section.
    """

    manifest: Manifest
    chain: tuple[str, ...]
    sources: dict[str, Source] = {}
    claims: dict[str, Claim] = {}
    places: Places = Places()
    terms: Terms = Terms()
    lexicon: Lexicon = Lexicon()
    law: Law = Law()
    organizations: dict[str, Organization] = {}
    not_listed: dict[str, NotListed] = {}
    inclusion: dict[str, InclusionReason] = {}
    holidays: dict[str, Holiday] = {}
    routes: dict[str, Turn] = {}
    deadlines: dict[str, Deadline] = {}
    mistakes: dict[str, Mistake] = {}
    telling: BeforeYouTell = BeforeYouTell()
    calls: dict[str, Call] = {}
    questions: dict[str, dict[str, Question]] = {}
    wording: dict[str, dict[str, str]] = {}
    avoid: dict[str, dict[str, Avoid]] = {}
    verifications: dict[str, tuple[ReadEntry, ...]] = {}
    fingerprint: str = ""
    written_by: dict[str, str] = {}
    facts_by: dict[str, str] = {}

    @property
    def draft(self) -> bool:
        """Whether this is a town's pack that nobody has called ready; a pack without a home is only inherited."""
        return self.places.home is not None and not self.manifest.publishable

    def words(self, language: str) -> dict[str, str]:
        """The words of the screens in one language."""
        return self.wording[language]
