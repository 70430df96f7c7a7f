"""Whether two records may be one: points for what they share, each with its reason. It never decides alone.

The weight of a word follows from how few of the records have it, and so does that of a number or a web host: what
many share tells nothing. So no list of common words is needed, and a hotline in many records makes none of them one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from itertools import combinations, product
from math import log

from rapidfuzz.distance import OSA

from waypost.model.evidence import Struct
from waypost.rules.matching_words import (
    DIRECTIONS,
    Street,
    host_of,
    number_of,
    set_apart,
    street_of,
    words_of,
)

PROPOSAL = 80
"""From so many points on, a person is asked to join two records."""

QUESTION = 55
"""From so many points on, a person is asked whether they are one."""

MOST_IN_ONE_BLOCK = 60
"""What more records than this have in common brings no two of them together."""

OWN = 2
"""A number or host that no more records than this have is taken for their own."""

NAME, STREET, NUMBER, HOST = 60, 25, 26, 20
OTHER_HOST, CONTRARY = -10, -25
ELSEWHERE = {"organization": -5}
NOT_HERE = -15
"""A place with another address is another place; an organization may have moved, or have several."""

SHARED_BY_MANY = 3
RENAMED = 15
"""For a number and a host that both are theirs alone: one of the names may be of before."""

INITIALS = ANOTHER_NAME = 0.8
"""How much of a name its initials, or another name that goes with it, are worth."""

TYPO_FROM, TWO_TYPOS_FROM = 5, 9


class Sketch(Struct):
    """What is compared of one record. ``within``: only records with the same are compared with it."""

    object: str
    id: str
    name: str
    other_names: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    within: str = ""


class Reason(Struct):
    """One thing that speaks for or against, with its points."""

    points: int
    why: str


class Answer(StrEnum):
    """What the points come to."""

    proposal = "proposal"
    question = "question"
    different = "different"


class Likeness(Struct):
    """How alike two records are, out of 100, and why."""

    object: str
    one: str
    other: str
    points: int
    reasons: tuple[Reason, ...]

    @property
    def answer(self) -> Answer:
        """A proposal, a question, or nothing."""
        if self.points >= PROPOSAL:
            return Answer.proposal
        return Answer.question if self.points >= QUESTION else Answer.different


class Face(Struct):
    """A sketch brought to one spelling."""

    sketch: Sketch
    names: tuple[tuple[str, ...], ...]
    streets: tuple[Street, ...]
    numbers: frozenset[str]
    hosts: frozenset[str]


def face_of(sketch: Sketch) -> Face:
    """A record as it is compared."""
    names = (words_of(name) for name in (sketch.name, *sketch.other_names))
    return Face(
        sketch,
        tuple(dict.fromkeys(name for name in names if name)),
        tuple(s for s in (street_of(*address) for address in sketch.addresses) if s),
        frozenset(n for n in map(number_of, sketch.phones) if n),
        frozenset(h for h in map(host_of, sketch.websites) if h),
    )


class Crowd:
    """All records that are compared: how many have each word, number and host."""

    def __init__(self, sketches: Iterable[Sketch]):
        self.faces = {(s.object, s.id): face_of(s) for s in sketches}
        faces = self.faces.values()
        self.words = Counter(w for f in faces for w in {w for name in f.names for w in name})
        self.numbers = Counter(n for f in faces for n in f.numbers)
        self.hosts = Counter(h for f in faces for h in f.hosts)

    def weight(self, word: str) -> float:
        """How much a word tells: the more, the fewer records have it."""
        return log((len(self.faces) + 2) / (self.words[word] + 1)) + 0.3

    def pairs(self, among: Collection[tuple[str, str]] | None = None) -> Iterator[tuple[Face, Face]]:
        """Every two records that have something in common that few have, or those with one of ``among``, once."""
        blocks: dict[tuple[str, ...], list[Face]] = {}
        for face in self.faces.values():
            for key in set(keys(face, self)):
                blocks.setdefault((face.sketch.object, face.sketch.within, *key), []).append(face)
        seen: set[tuple[str, str, str]] = set()
        for block in blocks.values():
            if len(block) > MOST_IN_ONE_BLOCK:
                continue
            for one, other in combinations(block, 2):
                first, second = sorted((one, other), key=lambda f: f.sketch.id)
                object_, *ids = pair = (first.sketch.object, first.sketch.id, second.sketch.id)
                if pair not in seen and (among is None or any((object_, id_) in among for id_ in ids)):
                    seen.add(pair)
                    yield first, second


def keys(face: Face, crowd: Crowd) -> Iterator[tuple[str, ...]]:
    """What brings a record together with others: a number, a host, a door, or its two rarest words."""
    yield from (("number", n) for n in face.numbers)
    yield from (("host", h) for h in face.hosts)
    yield from (("door", s.number, s.name[:3]) for s in face.streets)
    for name in face.names:
        rare = sorted(set(name), key=lambda w: (crowd.words[w], w))
        yield from (("word", w[:5]) for w in rare[:2])


def alike(crowd: Crowd, among: Collection[tuple[str, str]] | None = None) -> list[Likeness]:
    """Every two records that may be one, or those with one of ``among``, the surest first."""
    found = (likeness(one, other, crowd) for one, other in crowd.pairs(among))
    kept = [one for one in found if one.answer is not Answer.different]
    return sorted(kept, key=lambda one: (-one.points, one.object, one.one, one.other))


def likeness(one: Face, other: Face, crowd: Crowd) -> Likeness:
    """How alike two records are. Without a likeness of the names nothing else makes them one."""
    named, share = by_name(one, other, crowd)
    apart = any(reason.points == CONTRARY for reason in named)
    reasons = [*named, *by_street(one, other), *by_number(one, other, crowd), *by_host(one, other, crowd)]
    renamed = not apart and {NUMBER, HOST} <= {reason.points for reason in reasons[len(named) :]}
    if renamed:
        reasons.append(Reason(RENAMED, "number and web host are both theirs: one may have been renamed"))
    points = sum(reason.points for reason in reasons)
    # Half a name in common is needed for a question, and three quarters of it for a proposal.
    most = 100 if share >= 0.75 else PROPOSAL - 1 if share >= 0.5 or renamed else QUESTION - 1
    if points > most:
        reasons.append(Reason(most - points, "too little of the names is the same for more"))
    a, b = one.sketch, other.sketch
    points = max(0, min(points, most, 100))
    return Likeness(a.object, a.id, b.id, points, tuple(r for r in reasons if r.points))


def by_name(one: Face, other: Face, crowd: Crowd) -> tuple[list[Reason], float]:
    """Points for the two names that are most alike, and how much of them is shared, by weight."""
    if not one.names or not other.names:
        return [], 0.0
    share, apart = compared(one.names[0], other.names[0], crowd)
    for mine, theirs in product(one.names, other.names):
        by_another, _ = compared(mine, theirs, crowd)
        share = max(share, ANOTHER_NAME * by_another)
    reasons = [Reason(round(NAME * share), f"{round(100 * share)}% of the name is the same, by weight")]
    if apart:
        return [*reasons, Reason(CONTRARY, f"the names set them apart: {apart}")], 0.0
    return reasons, share


def compared(mine: tuple[str, ...], theirs: tuple[str, ...], crowd: Crowd) -> tuple[float, str]:
    """How much of two names is the same, from 0 to 1, and the words by which they say that they are two."""
    left, right = list(dict.fromkeys(mine)), list(dict.fromkeys(theirs))
    both: list[str] = []
    for word in list(left):
        if same := next((w for w in right if spelled_alike(word, w)), None):
            left.remove(word)
            right.remove(same)
            both.append(word)
    if not both and (initials(mine) in theirs or initials(theirs) in mine):
        return INITIALS, ""
    shared = sum(map(crowd.weight, both))
    whole = shared + sum(map(crowd.weight, left)) + sum(map(crowd.weight, right))
    return shared / whole, set_apart(left, right)


def spelled_alike(one: str, other: str) -> bool:
    """Whether two words are one, or one of them mistyped; a number or a short word is never mistyped."""
    if one == other:
        return True
    if one[0] != other[0]:
        return False
    short = min(len(one), len(other))
    if short < TYPO_FROM or {one, other} & DIRECTIONS or one.isdigit() or other.isdigit():
        return False
    return OSA.distance(one, other) <= (2 if short >= TWO_TYPOS_FROM else 1)


def initials(name: tuple[str, ...]) -> str:
    """The first letters of a name of three words or more; else nothing that is a word."""
    return "".join(word[0] for word in name) if len(name) > 2 else " "


def by_street(one: Face, other: Face) -> Iterator[Reason]:
    """Points for a door that both have, or against where each has its own."""
    if any(a.is_same(b) for a in one.streets for b in other.streets):
        yield Reason(STREET, "an address is the same")
    elif one.streets and other.streets:
        yield Reason(ELSEWHERE.get(one.sketch.object, NOT_HERE), "no address is the same")


def by_number(one: Face, other: Face, crowd: Crowd) -> Iterator[Reason]:
    """Points for a phone number that both have: few where many others have it too."""
    if both := one.numbers & other.numbers:
        own = any(crowd.numbers[number] <= OWN for number in both)
        points = NUMBER if own else SHARED_BY_MANY
        yield Reason(points, "a phone number is theirs alone" if own else "they share a number with others")


def by_host(one: Face, other: Face, crowd: Crowd) -> Iterator[Reason]:
    """Points for a web host that both have, or against where each has its own."""
    if both := one.hosts & other.hosts:
        own = any(crowd.hosts[host] <= OWN for host in both)
        points = HOST if own else SHARED_BY_MANY
        yield Reason(points, "a web host is theirs alone" if own else "they share a web host with others")
    elif one.hosts and other.hosts:
        yield Reason(OTHER_HOST, "their web hosts differ")
