"""How two languages write lengths of time, classes of offenses, days and hours. Words of language, no facts."""

from __future__ import annotations

import re
from fractions import Fraction

SMALL = {
    word: number
    for line in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty",
        "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete dieciocho diecinueve veinte",
    )
    for number, word in enumerate(line.split())
} | {"a": 1, "an": 1, "uno": 1, "una": 1, "thirty": 30, "treinta": 30, "sixty": 60, "sesenta": 60}
SMALL |= {"ninety": 90, "noventa": 90, "veinticinco": 25, "twenty-five": 25, "forty": 40, "cuarenta": 40}

NUMBER = r"\d{1,3}(?:,\d{3})+|\d+|" + "|".join(sorted(SMALL, key=len, reverse=True))
DAYS_OF = {
    "hour": Fraction(1, 24), "hora": Fraction(1, 24), "day": Fraction(1), "día": Fraction(1),
    "dia": Fraction(1), "week": Fraction(7), "semana": Fraction(7), "month": Fraction(365, 12),
    "mes": Fraction(365, 12), "year": Fraction(365), "año": Fraction(365),
}  # fmt: skip
UNIT = r"hours?|horas?|days?|d[ií]as?|weeks?|semanas?|months?|mes(?:es)?|years?|años?"

MONTHS = {
    name: number
    for line in (
        "january february march april may june july august september october november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(line.split(), 1)
}
WEEKDAYS = {
    name: key
    for line in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lunes martes miércoles jueves viernes sábado domingo",
        "mon tue wed thu fri sat sun",
    )
    for name, key in zip(line.split(), ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=False)
} | {"tues": "tue", "thurs": "thu", "thur": "thu", "miercoles": "wed", "sabado": "sat"}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PENAL = re.compile(
    r"\b(?:jail|prison|imprison\w*|incarcerat\w*|behind bars|custody|sentenc\w*|lock(?:ed)? up|punish\w*|penalt\w*"
    r"|carr(?:y|ies|ied)|felon(?:y|ies)|misdemeanors?|c[aá]rcel|prisi[oó]n|encarcel\w*|tras las rejas|penas?|condena"
    r"|sentencia|castig\w*|conlleva\w*|delitos? (?:graves?|menor(?:es)?))\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:until|before|formerly|previously|used to|was|were|had been|in the past|at that time|carried|hasta que|hasta "
    r"(?:\w+ de(?:l)? )?(?:19|20)\d\d|antes|antiguamente|era|eran|fue|conllevaba|en el pasado|until \w+ \d{4})\b",
    re.I,
)
REPORTED = re.compile(
    r"\b(?:myth|some (?:pages|sites|people|websites) (?:say|claim|think)|it is (?:often|sometimes) said|"
    r"mito|algunas p[aá]ginas dicen|se dice (?:a veces|a menudo))\b",
    re.I,
)
_NO_DENIAL = r"(?!\s+(?:exceed\w*|more|to exceed|less|fewer|over|longer than|later|than|más|mayor|menos|only|just|solo))"
NEGATED = re.compile(
    rf"(?:\b(?:not{_NO_DENIAL}|never|no longer(?! than)|isn['’]t|aren['’]t|nor|rather than|instead of|unlike|ya no|"
    rf"no{_NO_DENIAL}|nunca|ni|en (?:vez|lugar) de)\b)(?:\s+[\w’'-]+){{0,3}}\s*$",
    re.I,
)
SAID_OF = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|as|becomes?|remains?|faces?|commits?|called|es|son|era|eran|como|comete|ser|"
    r"siendo)\b(?:\s+[\w’'-]+){0,4}|[:(–—-]\s*(?:(?:an?|un|una)\b)?)\s*$",
    re.I,
)
"""Before a class: it is said of something, and not of the class itself."""
DEGREE = re.compile(r"\b(?P<en>first|second|third)[- ]degree\b|\b(?P<es>primer|segundo|tercer) grado\b", re.I)
DEGREES = {"primer": "first", "segundo": "second", "tercer": "third"}
AGE = re.compile(r"\b(?:under|younger than|over|aged?|ages|below|menor(?:es)? de|mayor(?:es)? de)\s*$", re.I)
AGE_AFTER = re.compile(
    r"^\s*(?:-\s*)?(?:old|of age|de edad|or (?:older|younger)|o (?:más|menos) de edad)", re.I
)
_PAST_FROM_THE_START = re.compile(r"^(?:until|before|prior to|hasta|antes de)\b", re.I)
_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|y|pero)\s")


def clauses(text: str, at: int) -> list[str]:
    """The part of a sentence that a place lies in, then the same with ever more of what goes before it."""
    bounds = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    end = next(bound for bound in bounds if bound > at)
    return [text[start:end] for start in reversed([bound for bound in bounds if bound <= at])]


_NO_LONGER = re.compile(r"\b(?:no longer(?! than)|ya no)\b", re.I)


def denied(text: str, at: int) -> bool:
    """Whether a sentence says of what stands at a place that it is not so, or is so no longer."""
    before = text[:at]
    return bool(NEGATED.search(before) or _NO_LONGER.search(_CLAUSE.split(before)[-1]))


def of_the_past(text: str, at: int) -> bool:
    """Whether what stands at a place of a sentence is said of an earlier time."""
    return bool(_PAST_FROM_THE_START.search(text) or PAST.search(clauses(text, at)[0]))


def counted(said: str) -> int:
    """A whole number in figures or words."""
    said = said.casefold()
    return SMALL[said] if said in SMALL else int(said.replace(",", ""))


def in_days(number: int, unit: str) -> Fraction:
    """A length of time in days; a year has 365, a month the twelfth of that."""
    unit = unit.casefold()
    stem = next(name for name in sorted(DAYS_OF, key=len, reverse=True) if unit.startswith(name))
    return number * DAYS_OF[stem]
