"""Classes, terms, fines, citations and days of the law, each judged against what it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from waypost.desk.audit_known import Finding, Mention, Names, citations, offenses
from waypost.desk.guide import Guide
from waypost.model.law import Fine, Grade, Section, SectionVersion, Term
from waypost.rules.audit import Item
from waypost.rules.audit_text import Sentence
from waypost.rules.audit_words import DEGREE, DEGREES, NEGATED, PENAL, SAID_OF, denied, in_days, of_the_past
from waypost.rules.penalty_scale import band, depart, holds_on, in_force

_LINKED = 70
_CITED_WITHIN = 45
_CLOSE = Fraction(1)
_TIES = re.compile(
    r"^\s*[(—–-]|^,\s*$|\b(?:under|defined|found|section|according|según|bajo|sección|definid\w+|falls|statute)\b|§",
    re.I,
)
_AND = {"and", "or", "y", "o", ",", "/", "&", "e", "u"}


@dataclass(frozen=True)
class Carries:
    """One grade of an offense on a day: its class, term and fine, and the words of where that stands."""

    key: str
    class_: str
    term: Term | None
    fine: Fine | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """What a sentence speaks of: sections, or a class of the scale by itself."""

    keys: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    named: str = ""


class LawJudge:
    """Judges what sentences say of the law of one guide on its day."""

    def __init__(self, guide: Guide) -> None:
        self._guide, self._law, self._on = guide, guide.pack.law, guide.on
        self._names: Names = offenses(guide.pack.law)
        self._cited = citations(guide.pack.law)
        self._last = Subject()
        self._where = (-1, "")

    def judge(self, sentence: Sentence, found: Sequence[Item]) -> Iterator[Finding]:
        """What each thing that a sentence says of the law is worth."""
        self._turn(sentence)
        mentions = self._mentions(sentence.text, found)
        for item in found:
            if item.kind == "citation":
                yield self._citation(sentence, item, mentions)
            elif item.kind in ("class", "term", "fine", "day"):
                subject = self._subject(sentence.text, item, mentions, found)
                judged = self._judged(sentence, item, subject)
                if judged:
                    yield judged
        self._remember(mentions, found)

    def _turn(self, sentence: Sentence) -> None:
        """A new heading says what the next blocks speak of; under the same heading the last subject stands."""
        block, heading = self._where
        if sentence.heading != heading:
            named = self._names.mentions(sentence.heading)
            self._last = _of(named) if named else Subject()
        elif sentence.block != block and sentence.heading:
            named = self._names.mentions(sentence.heading)
            self._last = _of(named) if named else self._last
        self._where = (sentence.block, sentence.heading)

    def _remember(self, mentions: list[Mention], found: Sequence[Item]) -> None:
        if mentions:
            self._last = _of(mentions[-1:])
        elif classes := [key for item in found if item.kind == "class" for key in _classes(item)]:
            self._last = Subject(classes=frozenset(classes), named=", ".join(classes))

    def _mentions(self, text: str, found: Sequence[Item]) -> list[Mention]:
        """Names and citations of sections; a citation right behind a name belongs to it, names joined are one."""
        named = self._names.mentions(text)
        for item in found:
            key = self._cited.get(item.value) if item.kind == "citation" else None
            if key and self._law.sections[key].kind == "offense":
                behind = [m for m in named if 0 <= item.start - m.end <= _CITED_WITHIN]
                if not behind or key in behind[-1].keys:
                    at = named.index(behind[-1]) if behind else -1
                    if behind:
                        named[at] = Mention(named[at].start, item.end, frozenset({key}), named[at].named)
                    else:
                        named.append(Mention(item.start, item.end, frozenset({key}), item.said))
        return _joined(text, sorted([*named, *self._degrees(text, named)]))

    def _degrees(self, text: str, named: list[Mention]) -> Iterator[Mention]:
        """ "In the first degree" by itself: of the offense that was named before it."""
        for match in DEGREE.finditer(text):
            if any(m.start <= match.start() < m.end for m in named):
                continue
            before = [m for m in named if m.end <= match.start()]
            keys = before[-1].keys if before else self._last.keys
            degree = f"{DEGREES.get((match['es'] or '').casefold(), match['en'] or '')} degree".casefold()
            kin = {key for family in self._names.keys.values() if family & keys for key in family}
            of = frozenset(k for k in kin if degree in self._law.sections[k].heading.get("en", "").casefold())
            if of:
                yield Mention(*match.span(), of, match[0])

    def _citation(self, sentence: Sentence, item: Item, mentions: list[Mention]) -> Finding:
        key = self._cited.get(item.value)
        section = self._law.sections[key] if key else None
        have = (
            f"{section.citation}: {section.heading.get('en', '')}"
            if section
            else "no section of ours has this number"
        )
        mention = self._tied(sentence.text, item) if section is None or section.kind == "offense" else None
        if mention and key not in mention.keys:
            stands = "; ".join(self._law.sections[each].citation for each in sorted(mention.keys))
            have = f'{have}. "{mention.named}" stands in {stands}'
            return self._of(sentence, item, "differs", have, key or min(mention.keys))
        return self._of(sentence, item, "agrees" if key else "unknown", have, key or "")

    def _tied(self, text: str, item: Item) -> Mention | None:
        """The name that a number right behind it is given for: "permitting (...)", "is charged under ..."."""
        for mention in self._names.mentions(text):
            between = text[mention.end : item.start]
            near = 0 <= item.start - mention.end <= _CITED_WITHIN and not any(c.isdigit() for c in between)
            if near and _TIES.search(between):
                return mention
        return None

    def _subject(self, text: str, item: Item, mentions: list[Mention], found: Sequence[Item]) -> Subject:
        """What an item is said of: the name before it, or behind it where the sentence begins with the item."""
        if item.kind == "class":
            named = self._named(text, item, mentions)
            of_itself = item.letters and not SAID_OF.search(text[: item.start])
            return named or (
                Subject(classes=frozenset(_classes(item))) if of_itself else _sections_only(self._last)
            )
        classes = [each for each in found if each.kind == "class" and each.end <= item.start]
        named = self._named(text, item, mentions)
        if classes and not (named and self._linked(text, mentions, classes[-1])):
            letters = frozenset(_classes(classes[-1]))
            return Subject(classes=letters, named=classes[-1].said) if letters else named or self._last
        if not named and (
            behind := [each for each in found if each.kind == "class" and each.start >= item.end]
        ):
            return Subject(classes=frozenset(_classes(behind[0])), named=behind[0].said)
        return named or self._last

    def _linked(self, text: str, mentions: list[Mention], of: Item) -> bool:
        """Whether a class stands behind the name of an offense and is said of it."""
        before = [m for m in mentions if m.end <= of.start and of.start - m.end <= _LINKED]
        return bool(before) and not NEGATED.search(text[: before[-1].start])

    def _named(self, text: str, item: Item, mentions: list[Mention]) -> Subject | None:
        before = [m for m in mentions if m.end <= item.start]
        if before:
            return _of(before[-1:])
        behind = [m for m in mentions if m.start >= item.end]
        return _of(behind[:1]) if behind else None

    def _judged(self, sentence: Sentence, item: Item, subject: Subject) -> Finding | None:
        past = of_the_past(sentence.text, item.start)
        if item.kind == "day":
            return self._day(sentence, item, subject)
        if item.kind != "class" and not PENAL.search(sentence.text) and not _of_money(sentence.text, item):
            return None
        carried = list(self._carried(subject, past))
        if not carried:
            return _finding(sentence, item, "unknown", "we cannot tell which offense this is said of")
        fits = [each for each in carried if _fits(item, each)]
        not_so = denied(sentence.text, item.start)
        if item.kind == "class" and item.letters and fits:
            fits = fits if {each.class_ for each in fits} >= set(_classes(item)) else []
        verdict = "agrees" if bool(fits) != not_so else "differs"
        told = [] if not_so else fits
        have = self._told(item, told or carried, subject, past)
        key = next((each.key for each in fits or carried if each.key), "")
        sources = tuple(dict.fromkeys(s for each in (fits or carried) for s in each.sources))
        return self._of(sentence, item, verdict, have, key, sources)

    def _carried(self, subject: Subject, past: bool) -> Iterator[Carries]:
        for key in sorted(subject.keys):
            section = self._law.sections[key]
            for version in section.versions:
                if holds_on(version, self._on) or past:
                    yield from self._grades(section, version)
        for jurisdiction, scale in self._law.scale.items():
            for class_ in sorted(subject.classes & scale.keys()):
                for each in scale[class_].bands:
                    if jurisdiction in self._guide.pack.chain and (holds_on(each, self._on) or past):
                        fine = Fine(None, each.fine_max) if each.fine_max is not None else None
                        yield Carries("", class_, each.term, fine, each.sources)

    def _grades(self, section: Section, version: SectionVersion) -> Iterator[Carries]:
        for rule in version.rules:
            for grade in rule.grades:
                on = min(self._on, version.effective_to or self._on)
                found = band(self._law, section.jurisdiction, grade.class_, on) if grade.class_ else None
                term, fine, _ = depart(found, grade.departures)
                yield Carries(
                    section.key,
                    grade.class_ or "",
                    term,
                    fine,
                    _sources(section, grade, found.sources if found else None),
                )

    def _day(self, sentence: Sentence, item: Item, subject: Subject) -> Finding | None:
        if not _began(sentence.text[: item.start]):
            return None
        days: dict[str, str] = {}
        for key in subject.keys:
            for version in self._law.sections[key].versions:
                days |= {str(version.effective_from): key} if version.effective_from else {}
        for scale in self._law.scale.values():
            for class_ in self._classes_of(subject):
                bands = scale[class_].bands if class_ in scale else ()
                days |= {str(each.effective_from): "" for each in bands if each.effective_from}
        if not days:
            return _finding(sentence, item, "unknown", "we have no day for this")
        fits = [day for day in days if day.startswith(item.value)]
        have = (
            f"a change in force since {fits[0]}"
            if fits
            else f"changes in force since {', '.join(sorted(days))}"
        )
        key = days[fits[0]] if fits else next(iter(sorted(subject.keys)), "")
        return self._of(sentence, item, "agrees" if fits else "differs", have, key)

    def _classes_of(self, subject: Subject) -> set[str]:
        return set(subject.classes) | {each.class_ for each in self._carried(subject, past=False)}

    def _told(self, item: Item, carried: list[Carries], subject: Subject, past: bool) -> str:
        """What we have, in one line."""
        parts = []
        for each in carried:
            section = self._law.sections.get(each.key)
            of = section.citation if section else self._class(each.class_)
            what = {
                "class": self._class(each.class_),
                "term": term_words(each.term),
                "fine": fine_words(each.fine),
            }
            parts.append(f"{of}: {what[item.kind] or 'not known'}")
        return "; ".join(dict.fromkeys(parts)) + (" (at any time that we know of)" if past else "")

    def _class(self, class_: str) -> str:
        for jurisdiction in reversed(self._guide.pack.chain):
            if found := self._law.scale.get(jurisdiction, {}).get(class_):
                return found.name.get("en", class_)
        return class_.replace("_", " ") or "a term of its own"

    def _of(
        self, sentence: Sentence, item: Item, verdict: str, have: str, key: str, sources: tuple[str, ...] = ()
    ) -> Finding:
        section = self._law.sections.get(key)
        version = in_force(key, section.versions, self._on) if section else None
        since = f"in force since {version.effective_from}" if version and version.effective_from else ""
        return _finding(
            sentence,
            item,
            verdict,
            have,
            f"section {key}" if key else "" if verdict == "unknown" else "law scale",
            sources or (section.sources if section else ()),
            f"{self._on}" + (f", {since}" if since else ""),
        )


def _finding(
    sentence: Sentence,
    item: Item,
    verdict: str,
    have: str,
    record: str = "",
    sources: tuple[str, ...] = (),
    on: str = "",
) -> Finding:
    return Finding(sentence.line, item.kind, item.said, verdict, have, record, sources, on, sentence.text)


def _of(mentions: Sequence[Mention]) -> Subject:
    keys = frozenset(key for mention in mentions for key in mention.keys)
    return Subject(keys, named=", ".join(mention.named for mention in mentions))


def _sections_only(subject: Subject) -> Subject:
    return Subject(subject.keys, named=subject.named)


def _joined(text: str, named: list[Mention]) -> list[Mention]:
    """Names that only "and" or a comma parts are spoken of together."""
    found: list[Mention] = []
    for mention in named:
        between = text[found[-1].end : mention.start].strip().casefold() if found else "x"
        if found and (between in _AND or between in ("", "(")):
            last = found.pop()
            mention = Mention(
                last.start, mention.end, last.keys | mention.keys, text[last.start : mention.end]
            )
        found.append(mention)
    return found


def _of_money(text: str, item: Item) -> bool:
    words = ("fine", "multa", "fined", "penal")
    return item.kind == "fine" and any(word in text.casefold() for word in words)


def _classes(item: Item) -> list[str]:
    return [f"{item.value}_{letter}" for letter in item.letters]


def _sources(section: Section, grade: Grade, of_band: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys((*grade.sources, *(of_band or ()), *(() if grade.sources else section.sources)))
    )


def _began(before: str) -> bool:
    """Whether a day is given as the first on which something held."""
    words = before.casefold().rstrip().removesuffix(" el").removesuffix(" on").removesuffix(" in").rstrip()
    return words.endswith(("since", "effective", "effective as of", "as of", "starting", "beginning", "desde", "a partir de",
                           "a partir del", "in force since", "took effect", "came into force", "vigente desde",
                           "en vigor desde", "entró en vigor", "renamed", "rige desde"))  # fmt: skip


def _fits(item: Item, each: Carries) -> bool:
    match item.kind:
        case "class":
            return each.class_.startswith(item.value) and (
                not item.letters or each.class_.rpartition("_")[2] in item.letters
            )
        case "term":
            return each.term is not None and _same_term(item, each.term)
        case "fine":
            amounts = {each.fine.fixed_usd, each.fine.max_usd} if each.fine else set()
            return item.amount in amounts
        case _:
            return False


def _same_term(item: Item, term: Term) -> bool:
    most = in_days(term.max, term.unit) if term.max is not None else None
    least = in_days(term.min, term.unit)
    mandatory = in_days(term.mandatory_min, term.unit) if term.mandatory_min else None
    match item.value:
        case "range":
            return item.least == least and item.most == most
        case "least":
            return item.least in (least, mandatory)
        case "under":
            return most is not None and item.most is not None and 0 < item.most - most <= _CLOSE
        case _:
            return item.most == most or (least > 0 and item.most == least) or item.most == mandatory


def term_words(term: Term | None) -> str:
    """A term in few words."""
    if term is None or term.max is None:
        return ""
    said = f"up to {_span(term.max, term.unit)}"
    if term.min:
        said = f"{_span(term.min, term.unit)} to {_span(term.max, term.unit)}"
    return said + (f", at least {_span(term.mandatory_min, term.unit)}" if term.mandatory_min else "")


def _span(number: int, unit: str) -> str:
    if unit == "months" and number % 12 == 0 and number:
        return f"{number // 12} year{'' if number == 12 else 's'}"
    return f"{number} {unit}"


def fine_words(fine: Fine | None) -> str:
    """A fine in few words."""
    if fine is None:
        return ""
    return f"${fine.fixed_usd:,}, set" if fine.fixed_usd is not None else f"up to ${fine.max_usd:,}"
