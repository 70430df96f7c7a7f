"""What a reader asked for, taken apart; the lexicon that takes it apart; and what find answers.

A *pattern* is how packs write words down. It is a line of elements in order, read against the folded
words of a query (lower case, no accents):

- ``word`` matches that word and its plain endings (see ``rules.need_words.stem``);
- ``word!`` matches only exactly that; ``word*`` matches every word that begins so;
- ``a|b|c`` matches any of them; ``@group`` any word of ``groups.group``; ``#`` any number;
- ``_2`` lets up to two other words stand between.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from waypost.model.evidence import Struct, Text, VerificationState

Patterns = dict[str, tuple[str, ...]]
"""Patterns by language code."""

DANGERS = (
    "immediate_danger",
    "suicide",
    "overdose",
    "sexual_assault_recent",
    "pep_window",
    "dv",
    "trafficking",
    "child_harmed",
    "young_person_self",
    "parent_worried",
    "police_abuse",
    "image_abuse",
)
"""Every danger sign, in the order in which they are reported."""

OpenState = Literal["open", "closed", "unknown"]


class NeedWords(Struct):
    """One need: its plain name, the kinds of service that meet it (weights up to 100), what people call it.

    ``care`` says that asking for this is asking for help: such a query is never taken for one that seeks
    to buy sex. ``weight`` is how much it says about the reader's wish beside other needs (100 is usual).
    """

    name: Text
    kinds: dict[str, int] = {}
    words: Patterns = {}
    weight: int = 100
    care: bool = True
    provenance: str | None = None


class DangerSign(Struct):
    """One danger sign as data: the words that tell it, those that take it back, and what its banner says.

    ``unless`` takes a match back where the two overlap ("kill me" in "my feet kill me"); ``never_with``
    takes the whole sign back. ``services`` are the doors in order, first one first. ``why`` says why the
    banner stands there, ``happens`` what happens when one calls, ``silent`` what to do when one cannot
    speak. ``implies`` are signs that this one brings along. ``deadline`` is a key of ``deadlines.yaml``;
    with ``lapses`` the sign is gone once the words say that the deadline has passed.
    """

    name: Text
    words: Patterns
    why: Text
    unless: Patterns = {}
    never_with: Patterns = {}
    needs: dict[str, int] = {}
    services: tuple[str, ...] = ()
    happens: Text = {}
    silent: Text = {}
    deadline: str | None = None
    lapses: bool = False
    implies: tuple[str, ...] = ()
    provenance: str | None = None


class Trait(Struct):
    """Something that a reader says of themself or of the person they ask for.

    ``for_whom`` and ``age`` tie it to records; ``needs`` are what it asks for beside the words.
    """

    name: Text
    words: Patterns
    for_whom: tuple[str, ...] = ()
    age: int | None = None
    needs: dict[str, int] = {}


class Moment(Struct):
    """A word for a time: how many hours ago something happened at most, that it is about now, or when.

    ``days`` counts from today, ``weekday`` is the next such day (0 is Monday), ``hour`` the hour of the day.
    """

    words: Patterns
    hours_ago: int | None = None
    now: bool = False
    days: int | None = None
    weekday: int | None = None
    hour: int | None = None


class Wanted(Struct):
    """What a reader narrows the results by. What a record does not say is kept apart, never left out.

    ``within`` is miles, ``language`` a code, ``whom`` a key of ``Lexicon.traits``. ``day`` (0 is Monday)
    and ``hour`` move the moment that opening hours are read at.
    """

    open: bool = False
    day: int | None = None
    hour: int | None = None
    within: int | None = None
    language: str | None = None
    free: bool = False
    walk_in: bool = False
    no_id: bool = False
    confidential: bool = False
    whom: str | None = None


class Choice(Struct, omit_defaults=False):
    """How many of the results would surely remain if this were wanted too, and of how many nobody knows."""

    name: str
    sure: int
    unknown: int


class Seeking(Struct):
    """Words that seek to buy, sell or advertise sex, and words that show that care is asked for.

    ``plain`` gives way to any need of care; ``hard`` gives way only to ``freed_by`` and to danger signs.
    """

    hard: Patterns = {}
    plain: Patterns = {}
    freed_by: Patterns = {}


class Learned(Struct):
    """Whole numbers for words, pairs and parts of words, learned from sentences (``rules.learned``, ``bench/learn.py``).

    ``base`` is where each sum begins, ``worths`` what is added, packed. The sum ``danger`` says whether there is any:
    from ``alarms`` on, the likeliest sign is shown without any pattern, and the next one if it is within ``near``
    of it; at ``hides`` or less patterns are taken back. From ``shows`` on the sum ``seeking`` says that sex is sought;
    at ``frees`` or less that it is not.
    """

    bits: int = 15
    alarms: int = 1
    near: int = 0
    hides: int = -1
    shows: int = 1
    frees: int = -1
    base: dict[str, int] = {}
    worths: dict[str, str] = {}


class FindCase(Struct):
    """One expectation of find: a query and what must, may and must never come of it.

    ``danger`` must be found; ``danger_allowed`` may; with ``never`` these signs must not. ``grades`` are
    3 must be in the top three, 2 good, 1 marginal, 0 must not be offered. Of the questions in ``answers`` at
    least one must be among the answers.
    """

    query: str
    lang: str = "en"
    id: str | None = None
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    grades: dict[str, int] = {}
    danger: tuple[str, ...] = ()
    danger_allowed: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    banner_first: tuple[str, ...] = ()
    banner_any: tuple[str, ...] = ()
    seeking: bool | None = None
    answers: tuple[str, ...] = ()
    note: str | None = None


class Lexicon(Struct):
    """``needs.yaml`` and ``dangers.yaml`` merged along the chain of packs, and the cases that judge them.

    ``first`` names, for a need, the services of this place that are the right first call, best first;
    ``doors`` the services of this place that a danger banner shows. ``common`` are plain words that are
    never taken for a misspelling. ``sayings`` are the lines that give a result's reasons.
    """

    groups: dict[str, tuple[str, ...]] = {}
    common: Patterns = {}
    needs: dict[str, NeedWords] = {}
    dangers: dict[str, DangerSign] = {}
    traits: dict[str, Trait] = {}
    moments: dict[str, Moment] = {}
    seeking: Seeking = Seeking()
    learned: Learned = Learned()
    sayings: dict[str, Text] = {}
    first: dict[str, tuple[str, ...]] = {}
    doors: dict[str, tuple[str, ...]] = {}
    cases: dict[str, tuple[FindCase, ...]] = {}


class Need(Struct, omit_defaults=False):
    """A query taken apart. None and empty mean *unknown*, never "no".

    ``needs`` is weight by need, ``tokens`` what is left to look up in the index. ``town`` is a key of
    ``places.towns``; ``elsewhere`` a key of ``places.elsewhere``. ``language`` is ``en``, ``es``, ``mixed``
    or None. ``hours_ago`` is when something happened, as far as the words say.
    """

    words: str
    tokens: tuple[str, ...] = ()
    language: str | None = None
    needs: dict[str, int] = {}
    dangers: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    age: int | None = None
    town: str | None = None
    elsewhere: str | None = None
    hours_ago: int | None = None
    now: bool = False
    days: int | None = None
    weekday: int | None = None
    hour: int | None = None
    seeking: bool = False
    corrected: dict[str, str] = {}


class FoundPhone(Struct, omit_defaults=False):
    """A number as ``find`` prints it."""

    number: str
    language: str | None
    kind: str


class Banner(Struct, omit_defaults=False):
    """One door that stands before every result. Numbers are drawn from the record."""

    key: str
    name: str
    phones: tuple[FoundPhone, ...]
    why: str
    deadline_hours: int | None
    sign: str
    slug: str
    happens: str | None
    silent: str | None


class FoundVerification(Struct, omit_defaults=False):
    """How well a result is known."""

    state: VerificationState
    on: date | None
    due: date | None


class Result(Struct, omit_defaults=False):
    """One service, with why it is here in plain words."""

    key: str
    id: str
    kind: str
    name: str
    organization: str
    place: str | None
    phones: tuple[FoundPhone, ...]
    score: float
    distance_miles: float | None
    open: OpenState
    opens_next: str | None
    verification: FoundVerification
    reasons: tuple[str, ...]
    slug: str


class AnswerLink(Struct, omit_defaults=False):
    """A question, a law section or a page that answers."""

    kind: Literal["question", "law", "page"]
    key: str
    title: str
    path: str


class Found(Struct, omit_defaults=False):
    """What ``find`` answers: ``find --json`` prints exactly this.

    ``notice`` is one line to the reader about the query itself (another town of that name; a query that
    gets no provider); ``needs`` are the plain names of what was understood. ``at`` is the local moment that
    was named, if one was; ``near_unknown`` a place that was asked for and that nobody here knows. Of
    ``results``, the keys in ``unsure`` do not say whether they are as wanted; ``left_out`` are those that
    say that they are not. ``choices`` are the counts beside each way to narrow.
    """

    query_language: str | None
    on: date
    danger: tuple[str, ...]
    banners: tuple[Banner, ...]
    results: tuple[Result, ...]
    answers: tuple[AnswerLink, ...]
    needs: tuple[str, ...]
    near: str | None
    seeking: bool
    notice: str | None
    at: str | None = None
    near_unknown: str | None = None
    unsure: tuple[str, ...] = ()
    left_out: int = 0
    choices: tuple[Choice, ...] = ()
