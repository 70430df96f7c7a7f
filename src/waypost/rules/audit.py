"""What a sentence states that can be looked up: where it stands in the sentence, and its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import phonenumbers

from waypost.rules.audit_words import (
    AGE,
    AGE_AFTER,
    MONTHS,
    NUMBER,
    UNIT,
    WEEK,
    WEEKDAYS,
    counted,
    in_days,
)

Kind = Literal["phone", "citation", "class", "term", "fine", "day", "hours"]


@dataclass(frozen=True)
class Item:
    """One thing said: the words, where they stand, and what they mean by their kind.

    A phone is its digits; a citation its number; a class letters and "felony" or "misdemeanor"; a term its
    least and most in days; a fine dollars; a day as far as it is said; hours their days, opening and closing.
    """

    kind: Kind
    said: str
    start: int
    end: int
    value: str = ""
    letters: tuple[str, ...] = ()
    least: Fraction | None = None
    most: Fraction | None = None
    amount: int = 0
    days: tuple[str, ...] = field(default=())


_SHORT = re.compile(
    r"\b(?:call|calling|text|texting|dial|dialing|llam\w+|marqu\w+|marcar|env[ií]\w+|mensaje|n[uú]mero|number|at|al|"
    r"hotline|l[ií]nea|lifeline|emergenc\w+)\b[\w\s“\"':,(áéíóú]{0,30}?(?<![\d$.,-])(\d-\d-\d|\d{3}|\d{5,6})(?![\d,:-]|\.\d|\s*"
    r"(?:days?|d[ií]as?|hours?|horas?|years?|años?|percent|%|people|personas))",
    re.I,
)
_ALSO = re.compile(
    r"(?<=\d),? (?:or|and|o|y)(?: (?:call|text|dial|llame|marque))?(?: al?)? (\d-\d-\d|\d{3})"
    r"(?![\d,:-]|\.\d| (?:days?|d[ií]as?|hours?|horas?|years?|años?))"
)
_LETTERED = re.compile(r"(?<!\d)1?[-. ]?8\d\d[-. ](?=[\dA-Z-]*[A-Z]{3})[\dA-Z]{3,7}(?:-[\dA-Z]{1,7})?\b")
_CITATION = re.compile(
    r"(?<![\w$-])(?<!Public Act )(?<!Public Act No\. )(?<!P\.A\. )(?<!PA )(?<!Ley Pública )"
    r"(?:\d{1,2} U\.?\s?S\.?\s?C\.?(?: ?§+)? ?(?P<federal>\d{4}[A-Z]?)|(?P<state>\d{1,2}[a-z]?-\d{1,3}[a-z]{0,2}))"
    r"(?![\w-]|\s?(?:%|a\.?m|p\.?m|days|hours|years|días|horas|años))"
)
_CLASS = re.compile(
    r"\bclass(?:es)? (?P<a>[A-E](?:(?:,? or |,? and |, |/)(?:class )?[A-E])*) (?P<b>felon|misdemeanor)\w*"
    r"|\b(?P<c>felon|misdemeanor)(?:y|ies|s)?,? \(?(?:of )?class(?:es)? (?P<d>[A-E](?:(?:,? or |,? and |, |/)[A-E])*)\b"
    r"|\bdelitos? (?P<e>graves?|menor(?:es)?) ?(?:\([a-z]+\) )?,?(?:de )?(?:la )?clases? "
    r"(?P<f>[A-E](?:(?: o | y |, )[A-E])*)\b"
    r"|\b(?P<g>felony|misdemeanor)(?: de)? clase (?P<h>[A-E](?:(?: o | y |, )[A-E])*)\b",
    re.I,
)
_BARE_CLASS = re.compile(
    r"\b(?:is|are|as|becomes?|remains?|es|son|como)(?: (?:not|never|no longer|only|just|always|still|now|also|treated as|"
    r"considered|punished as|"
    r"charged as|solo|siempre|todavía|ahora|un|una|a|an|the|minor|serious))* "
    r"(?P<a>felon(?:y|ies)|misdemeanors?|delitos? (?:graves?|menor(?:es)?))\b(?! \(?(?:of )?(?:de )?(?:la )?cla)",
    re.I,
)
_RANGE = re.compile(
    rf"\b(?:(?:between|from|entre|de) )?(?P<a>{NUMBER})(?: (?P<u>{UNIT}))? ?(?:to|and|-|–|—|a|y|hasta) ?(?P<b>{NUMBER})"
    rf"[ -](?P<v>{UNIT})\b",
    re.I,
)
_TERM = re.compile(rf"\b(?P<a>{NUMBER})[ -](?P<u>{UNIT})\b", re.I)
_UNDER = re.compile(r"\b(?:less|fewer|shorter) than\s*$|\bunder\s*$|\bjust under\s*$|\bmenos de\s*$", re.I)
_LEAST = re.compile(
    r"\b(?:at least|minimum(?: sentence)?(?: of)?|no less than|not less than|al menos|como m[ií]nimo|m[ií]nimo de)"
    r"(?: a)?\s*$",
    re.I,
)
_FINE = re.compile(
    r"(?:US)?\$\s?(?P<a>\d{1,3}(?:,\d{3})+|\d+)(?:\.00)?(?: ?(?:-|–|to|a|and|y) ?\$\s?(?P<b>\d{1,3}(?:,\d{3})+|\d+))?"
    r"|\b(?P<c>\d{1,3}(?:[,.]\d{3})+|\d{2,6}) (?:dollars|d[oó]lares)\b"
    rf"|\b(?:(?P<t>{NUMBER}) )?(?P<k>thousand|hundred|mil) (?:dollars|d[oó]lares)\b",
    re.I,
)
_MONTH = "|".join(MONTHS)
_DAY = re.compile(
    rf"\b(?P<m>{_MONTH})(?: (?P<d>\d{{1,2}}),?)?(?: del?)? (?P<y>(?:19|20)\d\d)\b"
    rf"|\b(?P<dd>\d{{1,2}})\.?º? de (?P<mm>{_MONTH}) del? (?P<yy>(?:19|20)\d\d)\b"
    r"|(?<![\d$,.-])(?P<year>(?:19|20)\d\d)(?![\d,-]|\.\d)",
    re.I,
)
_CLOCK = r"(?P<{0}>\d{{1,2}})(?::(?P<{0}m>\d{{2}}))?\s?(?P<{0}h>[ap]\.?\s?m\b\.?)?"
_NAMES = "|".join(sorted((re.escape(name) for name in WEEKDAYS), key=len, reverse=True))
_HOURS = re.compile(
    rf"\b(?P<first>{_NAMES})s?\.?(?:(?P<to> ?(?:to|through|thru|-|–|a) ?)(?P<last>{_NAMES})s?\.?)?,?:? ?(?:from |de )?"
    rf"{_CLOCK.format('o')} ?(?:to|-|–|until|a|hasta) ?(?:las )?{_CLOCK.format('c')}",
    re.I,
)
_ALWAYS = re.compile(
    r"\b24 ?/ ?7\b|\b24[- ]hours?\b(?! (?:after|of|from|later))|\baround the clock\b|\bday (?:and|or) night\b"
    r"|\blas 24 horas\b|\b24 horas(?: al d[ií]a)\b|\bd[ií]a y noche\b",
    re.I,
)


_TURKISH = {0x130: "I", 0x131: "i"}
"""Letters that a pattern takes for an i, and that no list of words has."""


def items(text: str) -> tuple[Item, ...]:
    """Everything in a sentence that can be looked up, in order; what stands inside a longer thing is left out."""
    text = text.translate(_TURKISH)
    found: list[Item] = []
    taken: list[tuple[int, int]] = []
    readers = (_phones, _citations, _classes, _hours, _fines, _terms, _days)
    for each in (item for reader in readers for item in reader(text)):
        if not any(each.start < end and start < each.end for start, end in taken):
            found.append(each)
            taken.append((each.start, each.end))
    return tuple(sorted(found, key=lambda each: (each.start, -each.end)))


def _phones(text: str) -> Iterator[Item]:
    leniency = phonenumbers.Leniency.POSSIBLE
    for match in phonenumbers.PhoneNumberMatcher(text, "US", leniency, 65535):
        digits = str(match.number.national_number)
        if match.number.country_code == 1 and len(digits) == _LONG:
            open_ = match.raw_string.startswith("(") and ")" not in match.raw_string
            yield Item("phone", match.raw_string[open_:], match.start + open_, match.end, digits)
    for lettered in _LETTERED.finditer(text):
        digits = re.sub(r"\D", "", phonenumbers.convert_alpha_characters_in_number(lettered[0]))[-_LONG:]
        if len(digits) == _LONG:
            yield Item("phone", lettered[0], lettered.start(), lettered.end(), digits)
    for short in _SHORT.finditer(text):
        yield _short(short)
    for also in _ALSO.finditer(text):
        yield _short(also)


def _short(match: re.Match[str]) -> Item:
    """A number of three, five or six figures that a reader is told to call or text."""
    return Item("phone", match[1], match.start(1), match.end(1), match[1].replace("-", ""))


_LONG = 10


def _citations(text: str) -> Iterator[Item]:
    for match in _CITATION.finditer(text):
        number = match["federal"] or match["state"]
        if match["federal"] or re.search(r"[a-z]-|-\d{2}", number):
            yield Item("citation", match[0], match.start(), match.end(), number)


def _classes(text: str) -> Iterator[Item]:
    found = []
    for match in _CLASS.finditer(text):
        kind = next(value for name in "bceg" if (value := match[name])).casefold()
        letters = re.findall(r"\b[A-E]\b", next(value for name in "adfh" if (value := match[name])), re.I)
        found.append(
            Item("class", match[0], *match.span(), _kind(kind), tuple(each.upper() for each in letters))
        )
    yield from found
    for match in _BARE_CLASS.finditer(text):
        if not any(match.start("a") < each.end and each.start < match.end() for each in found):
            yield Item("class", match["a"], match.start("a"), match.end("a"), _kind(match["a"].casefold()))


def _kind(said: str) -> str:
    return "felony" if "felon" in said or "grave" in said else "misdemeanor"


def _terms(text: str) -> Iterator[Item]:
    for match in _RANGE.finditer(text):
        least = in_days(counted(match["a"]), match["u"] or match["v"])
        most = in_days(counted(match["b"]), match["v"])
        if least < most and not _an_age(text, *match.span()):
            yield Item("term", match[0], *match.span(), "range", least=least, most=most)
    for match in _TERM.finditer(text):
        if _an_age(text, *match.span()):
            continue
        length, before = in_days(counted(match["a"]), match["u"]), text[: match.start()]
        if _LEAST.search(before):
            yield Item("term", match[0], *match.span(), "least", least=length)
        else:
            mode = "under" if _UNDER.search(before) else "most"
            yield Item("term", match[0], *match.span(), mode, most=length)


def _an_age(text: str, start: int, end: int) -> bool:
    under = AGE.search(text[:start])
    return bool(AGE_AFTER.match(text[end:]) or (under and "year" not in text[start:end].casefold()))


def _fines(text: str) -> Iterator[Item]:
    for match in _FINE.finditer(text):
        amounts = [int(re.sub(r"\D", "", said)) for name in "abc" if (said := match[name])]
        if match["k"]:
            by = 100 if match["k"].casefold() == "hundred" else 1000
            amounts.append(counted(match["t"] or "one") * by)
        yield Item("fine", match[0], *match.span(), amount=max(amounts))


def _days(text: str) -> Iterator[Item]:
    for match in _DAY.finditer(text):
        year = match["y"] or match["yy"] or match["year"]
        month = match["m"] or match["mm"]
        day = match["d"] or match["dd"]
        value = (
            year + (f"-{MONTHS[month.casefold()]:02}" if month else "") + (f"-{int(day):02}" if day else "")
        )
        yield Item("day", match[0], *match.span(), value)


def _hours(text: str) -> Iterator[Item]:
    for match in _ALWAYS.finditer(text):
        yield Item("hours", match[0], *match.span(), "always")
    for match in _HOURS.finditer(text):
        opens, closes = _clock(match, "o"), _clock(match, "c")
        if opens is None or closes is None or not (match["oh"] or match["ch"] or match["om"]):
            continue
        if not match["oh"] and match["ch"] and "p" in match["ch"].casefold() and opens + 720 < closes:
            opens += 720 if opens < 360 else 0
        first = WEEK.index(WEEKDAYS[match["first"].casefold()])
        last = WEEK.index(WEEKDAYS[match["last"].casefold()]) if match["last"] else first
        span = WEEK[first : last + 1] if first <= last else (*WEEK[first:], *WEEK[: last + 1])
        value = f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
        yield Item("hours", match[0], *match.span(), value, days=span)


def _clock(match: re.Match[str], name: str) -> int | None:
    hour, minute = int(match[name]), int(match[f"{name}m"] or 0)
    half = (match[f"{name}h"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif name == "c" and hour < 8:
        hour += 12
    return hour * 60 + minute if hour <= 24 and minute < 60 else None
