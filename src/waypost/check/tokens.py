"""What in a text states a fact that can be looked up: phones, citations, dates, hours, numbers, names.

Rules for what is no fact stand here too: a number of a footnote is left out by the page reader; small
numbers written as words ("two doors") are words.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

Token = tuple[str, str]
"""Its kind (``phone``, ``citation``, ``date``, ``time``, ``number``) and its value, the same in every language."""

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PATTERNS = (
    ("phone", r"(?<![\d-])(?:1[-–.])?\(?\d{3}\)?[-–. ]\d{3}[-–.][\dA-Z]{4}(?![\d-])"),
    ("date", r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"),
    ("citation", r"(?<![\w-])\d+[a-z]{0,2}-\d+[a-z]{0,3}(?:\([a-zA-Z0-9]+\))*(?![\w-])"),
    ("date", rf"(?<!\w)(?:{_MONTH}) \d{{1,2}}, \d{{4}}(?!\d)"),
    ("date", rf"(?<!\d)\d{{1,2}}\.?º? de (?:{_MONTH})(?: de(?:l)? \d{{4}})?"),
    ("date", rf"(?<!\w)(?:{_MONTH})(?: de(?:l)?)? \d{{4}}(?!\d)"),
    ("date", rf"(?<!\w)(?:{_MONTH}) \d{{1,2}}(?![\d,])"),
    ("time", r"(?<![\d:])\d{1,2}(?::\d{2})?\s?(?:[ap]\.\s?m\.?|[ap]m\b)"),
    ("time", r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])"),
    ("number", r"(?<![\w.])\d+(?:[.,]\d+)*(?:(?=s\b)|(?!\w))"),
)
_ANY = re.compile("|".join(f"(?P<g{at}>{pattern})" for at, (_, pattern) in enumerate(_PATTERNS)), re.I)


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[Token, ...]:
    """Every token of a text, in order."""
    if not any(letter.isdigit() for letter in text):
        return ()
    found = []
    for match in _ANY.finditer(text):
        kind = _PATTERNS[int((match.lastgroup or "g0")[1:])][0]
        found.append((kind, _READ[kind](match[0].lower())))
    return tuple(found)


def counted(texts: list[str]) -> Counter[Token]:
    """How often each token stands in several texts."""
    return Counter(token for text in texts for token in tokens(text))


def _phone(said: str) -> str:
    return (
        re.sub(r"[^\da-z]", "", said).removeprefix("1") if len(said) > 12 else re.sub(r"[^\da-z]", "", said)
    )


def _citation(said: str) -> str:
    return said.partition("(")[0]


def _date(said: str) -> str:
    if re.match(r"\d{4}-", said):
        return said
    month = next(_MONTHS[word] for word in re.findall(r"[a-z]+", said) if word in _MONTHS)
    figures = [int(figure) for figure in re.findall(r"\d+", said)]
    year = next((f"{figure}-" for figure in figures if figure > 31), "")
    day = next((f"-{figure:02}" for figure in figures if figure <= 31), "")
    return f"{year}{month:02}{day}"


def _time(said: str) -> str:
    figures = re.findall(r"\d+", said)
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    if "m" in said:
        hour = hour % 12 + (12 if "p" in said else 0)
    return f"{hour:02}:{minute:02}"


def _number(said: str) -> str:
    return said.replace(",", "")


_READ = {"phone": _phone, "citation": _citation, "date": _date, "time": _time, "number": _number}
