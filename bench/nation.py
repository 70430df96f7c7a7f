"""Made-up services of a whole nation, the same for the same number: words from the packs, towns from nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from waypost.model.pack import Pack

CITIES, TOWNS, PATTERNS = 300, 20_000, 4_000
FIRST = [
    "Harbor", "River", "Green", "North", "South", "Cedar", "Maple", "Pine", "Hill", "Lake", "Spring",
    "Stone", "Bridge", "Mill", "Oak", "Valley", "Bay", "Grand", "Silver", "Union", "Liberty", "Salem",
    "Clear", "Fair", "West", "East", "Ash", "Elm", "Brook", "Forest",
]  # fmt: skip
LAST = [
    "ton", "ville", "field", "wood", "port", "burg", "ford", "land", "dale", "view", "side", "haven",
    "mont", "stead", "water", "cliff", "brook", "chester",
]  # fmt: skip
NAMES = [
    "Family", "Community", "Hope", "Health", "First", "Open", "Bridge", "New", "United", "Home", "Step",
    "Care", "Safe", "Neighbor",
]  # fmt: skip
KINDS_OF = [
    "Center", "Services", "House", "Clinic", "Network", "Alliance", "Pantry", "Shelter", "Project",
    "Outreach", "Partners",
]  # fmt: skip
LANGUAGES = {"en": 100, "es": 45, "pt": 8, "zh": 6, "fr": 5, "vi": 4, "ar": 4, "ht": 4, "ko": 2, "ru": 2}
COSTS = {"free": 45, "sliding": 15, "low": 5, "paid": 12, "varies": 8, "": 15}
ACCESS = {"walk_in": 30, "call_first": 25, "appointment": 25, "referral": 10, "online": 5, "": 5}


class Made(NamedTuple):
    """One service, with its words as a directory has them."""

    number: int
    name: str
    organization: str
    description: str
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    access: tuple[str, ...]
    cost: str
    town: str
    area: str
    latitude: float
    longitude: float
    hours: str


def sentences(pack: Pack) -> list[str]:
    """Every sentence in which a pack describes a service, in both languages."""
    found: set[str] = set()
    for organization in pack.organizations.values():
        for service in organization.services:
            texts = [service.description, *(t.get("description", "") for t in service.translations.values())]
            for text in texts:
                found |= {s for s in re.split(r"(?<=[.!?])\s+", text) if 20 < len(s) < 220}
    return sorted(found)


def towns(random: Random) -> list[tuple[str, float, float]]:
    """Towns around cities, more of them around the large ones."""
    cities = [(random.uniform(26, 48), random.uniform(-123, -68)) for _ in range(CITIES)]
    made = []
    for _ in range(TOWNS):
        latitude, longitude = cities[int(CITIES * random.random() ** 2)]
        name = random.choice(FIRST) + random.choice(LAST)
        if random.random() < 0.5:
            name += f" {random.choice(FIRST)}"
        place = (max(25.0, min(49.0, random.gauss(latitude, 0.6))), random.gauss(longitude, 0.7))
        made.append((name, *place))
    return made


def hours_of(number: int) -> str:
    """One of the weeks that services keep: most keep one of a few."""
    opens, days = 6 + number % 7, 1 + number % 7
    week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][:days]
    spans = [
        {"closes": f"{14 + number // 7 % 9:02}:{number % 4 * 15:02}", "days": week, "opens": f"{opens:02}:00"}
    ]
    note = {"en": f"w{number}"} if number > 300 else {}
    return str({"note": note, "spans": spans}).replace("'", '"')


def services(count: int, pack: Pack) -> Iterator[Made]:
    """So many services."""
    random = Random(7)
    words, places = sentences(pack), towns(random)
    kinds = sorted(pack.terms.terms)
    shares = [1 / (at + 1) ** 0.8 for at in range(len(kinds))]
    weeks = [hours_of(number) for number in range(PATTERNS)]
    often = [1 / (at + 1) for at in range(PATTERNS)]

    def one_of(shares: dict[str, int], times: int) -> tuple[str, ...]:
        drawn = random.choices(list(shares), list(shares.values()), k=times)
        return tuple(dict.fromkeys(value for value in drawn if value))

    for number in range(count):
        town, latitude, longitude = places[int(TOWNS * random.random() ** 1.5)]
        yield Made(
            number,
            random.choice(words).split(".")[0][:60],
            f"{random.choice(NAMES)} {random.choice(KINDS_OF)} of {town}",
            " ".join(random.sample(words, 3)),
            tuple(dict.fromkeys(random.choices(kinds, shares, k=2))),
            one_of(LANGUAGES, 2),
            one_of(ACCESS, 1),
            next(iter(one_of(COSTS, 1)), ""),
            town,
            town if random.random() < 0.6 else "",
            latitude + random.gauss(0, 0.03),
            longitude + random.gauss(0, 0.03),
            random.choices(weeks, often)[0] if random.random() < 0.6 else "",
        )
