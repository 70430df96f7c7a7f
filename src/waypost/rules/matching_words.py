"""Names, doors, numbers and web hosts in one spelling, so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from waypost.model.evidence import Struct

WRITTEN_OUT = {
    "assn": "association", "assoc": "association", "ave": "avenue", "av": "avenue", "blvd": "boulevard",
    "cir": "circle", "co": "county", "comm": "community", "corp": "corporation", "ct": "court", "ctr": "center",
    "centre": "center", "dept": "department", "dev": "development", "dr": "drive", "e": "east", "fdn": "foundation",
    "ft": "fort", "govt": "government", "hosp": "hospital", "hwy": "highway", "intl": "international",
    "ln": "lane", "mt": "mount", "n": "north", "natl": "national", "ne": "northeast", "nw": "northwest",
    "pkwy": "parkway", "pl": "place", "prog": "program", "rd": "road", "rte": "route", "s": "south", "saint": "st",
    "sch": "school", "se": "southeast", "sq": "square", "street": "st", "svc": "services", "svcs": "services",
    "service": "services", "sw": "southwest", "ter": "terrace", "univ": "university", "w": "west",
}  # fmt: skip
"""Short forms and the words that they stand for. "St" stays: it is both a street and a saint."""

LEFT_OUT = {
    "a",
    "an",
    "and",
    "at",
    "by",
    "for",
    "in",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "ltd",
    "of",
    "on",
    "the",
    "to",
}
"""Words of a name that tell nothing: a legal form, or grammar."""

FOUR = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
DIRECTIONS = {*FOUR, *(f"{side}ern" for side in FOUR), "central", "lower", "upper"}
LEVELS = {"borough", "city", "county", "federal", "state", "town", "township", "village"}
"""Words by which two names say that they are two, where each has another of them."""

ROOM = re.compile(
    r"(?:#|\b(?:apt|bldg|fl|floor|rm|room|ste|suite|unit)\b).*|\b\d+(?:st|nd|rd|th) (?:fl|floor)\b.*"
)
DOOR = re.compile(r"(\d+)[a-z]?(?:-\d+)? (.+)")
NATIONAL = 10
"""How many digits a number has here, without the country's own."""


class Street(Struct):
    """A door: its number, its street in one spelling, and its postal code where that is known."""

    number: str
    name: str
    postal: str = ""

    def is_same(self, other: Street) -> bool:
        """Whether two doors are one. A kind of street or a direction may be missing, but not differ."""
        if self.number != other.number or (self.postal and other.postal and self.postal != other.postal):
            return False
        mine, theirs = set(self.name.split()), set(other.name.split())
        return bool(mine & theirs) and (mine <= theirs or theirs <= mine)


def plain(text: str) -> str:
    """Letters and digits in lower case, without accents, one space between words."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    bare = "".join(c for c in bare if not unicodedata.combining(c) and c not in "'\u2019.")
    return " ".join(re.sub(r"[^\w#]+", " ", bare).replace("_", " ").split())


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell something, in one spelling; what stands in brackets is left out."""
    text = plain(re.sub(r"\([^)]*\)", " ", name) or name).replace("#", " ")
    every = text.split()
    return tuple(WRITTEN_OUT.get(w, w) for w in every if w not in LEFT_OUT) or tuple(every)


def street_of(line: str, postal: str) -> Street | None:
    """A line of an address as a door; None for what has no number, such as a box at the post office."""
    found = DOOR.match(ROOM.sub("", plain(line)).strip())
    if not found or line.casefold().lstrip().startswith(("po ", "p.o")):
        return None
    name = " ".join(WRITTEN_OUT.get(w, w) for w in found[2].split())
    return Street(found[1], name, postal.strip()[:5])


def number_of(phone: str) -> str:
    """The digits of a number without the country's own; nothing for what is too short to be somebody's."""
    digits = re.sub(r"\D", "", re.split(r"(?i)\bx|ext", phone)[0])
    return digits[-NATIONAL:] if len(digits) >= NATIONAL else ""


def host_of(address: str) -> str:
    """The host of a web address, without "www"; nothing where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""


def set_apart(mine: Iterable[str], theirs: Iterable[str]) -> str:
    """The words by which two names say that they are two: other numbers, directions or levels of government."""
    one, other = set(mine), set(theirs)
    for kind in (DIRECTIONS, LEVELS):
        if one & kind and other & kind:
            return f"{min(one & kind)}, {min(other & kind)}"
    numbers = [sorted(w for w in words if any(c.isdigit() for c in w)) for words in (one, other)]
    return ", ".join(group[0] for group in numbers) if all(numbers) else ""
