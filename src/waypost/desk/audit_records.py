"""Phones, names, hours and time limits that a page says, held against the records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from waypost.desk.audit_known import Finding, Mention, hours_of, listed, organizations, services
from waypost.desk.guide import Guide
from waypost.model.directory import Listing
from waypost.rules.audit import Item
from waypost.rules.audit_text import Sentence
from waypost.rules.audit_words import clauses, in_days

_LONG = 10
_ALIKE = 88
_NEAR = 90
_STEM = 6
_KINDS = (
    "Center|Clinic|Hospital|Shelter|Coalition|Hotline|Helpline|Lifeline|Alliance|Foundation|Institute|Project|Services|"
    "Network|Association|Department|Collective"
)
_KINDS_ES = "Centro|Clínica|Hospital|Coalición|Alianza|Fundación|Instituto|Albergue|Departamento"
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w’'&.-]+"
_LIKE_A_NAME = re.compile(
    rf"\b(?:{_CAPITAL} (?:(?:of|for|and|the|de|del|la|y) )*){{1,5}}(?:{_KINDS})\b(?: (?:of|for) (?:{_CAPITAL} ?){{1,4}})?"
    rf"|\b(?:{_KINDS_ES}) (?:(?:de|del|para|la|las|los|el|contra) )*{_CAPITAL}(?: {_CAPITAL})*"
)
_FIRST = re.compile(
    r"^(?:The|A|An|Our|Your|That|This|In|At|See|Call|Ask|Contact|Visit|El|La|Un|Una|En|Vea|Llame)\s+"
)
_FORMERLY = re.compile(
    r"\b(?:formerly|former|previously|once|used to be|until|old name|renamed|antes|antiguo|antigua)\b", re.I
)
_LIMIT = re.compile(
    r"\b(?:within|up to|no later than|after|first|limit\w*|hasta|dentro de|antes de|en las|límite)\b", re.I
)
_WORD = re.compile(r"[A-Za-zÁÉÍÓÚÑáéíóúñ-]{3,}")
_UNTOLD = "the and for there are hay del por para una with after risk riesgo después exceptions excepciones asking pedir"
_LITTLE = frozenset(_UNTOLD.split())


class RecordJudge:
    """Judges what sentences say of organizations, by the records that are published on the guide's day."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._names = organizations(guide)
        self._listed = listed(guide)
        self._services = services(guide)
        self._numbers: dict[str, list[tuple[Listing, str]]] = {}
        for listing in guide.directory.listings:
            for phone in listing.service.phones:
                digits = re.sub(r"\D", "", phone.number)
                key = digits[-_LONG:] if len(digits) > _LONG else digits
                self._numbers.setdefault(key, []).append((listing, phone.number))
        self._last: list[Mention] = []
        self._above: list[Mention] = []
        self._block = -1

    def judge(self, sentence: Sentence, found: Sequence[Item]) -> Iterator[Finding]:
        """What each thing that a sentence says of an organization is worth."""
        if sentence.block != self._block:
            self._block = sentence.block
            self._last = self._above = self._names.mentions(sentence.heading)
        mentions = self._names.mentions(sentence.text)
        yield from self._named(sentence, mentions)
        for item in found:
            if item.kind == "phone":
                yield self._phone(sentence, item, mentions)
            elif item.kind == "hours":
                yield self._hours(sentence, item, mentions)
            elif item.kind == "term" and (limit := self._limit(sentence, item)):
                yield limit
        self._last = mentions or self._last

    def _spoken_of(self, item: Item, mentions: list[Mention]) -> Mention | None:
        """The organization that an item is said of: the name before it, else the one behind, else the last."""
        before = [m for m in mentions if m.end <= item.start]
        behind = [m for m in mentions if m.start >= item.end]
        return before[-1] if before else behind[0] if behind else self._last[-1] if self._last else None

    def _phone(self, sentence: Sentence, item: Item, mentions: list[Mention]) -> Finding:
        known = self._numbers.get(item.value, [])
        spoken = self._spoken_of(item, mentions)
        about = {key for mention in [*mentions, *self._last] for key in mention.keys}
        said = spoken.named if spoken else ""
        for listing, number in sorted(
            known, key=lambda one: -fuzz.token_set_ratio(one[0].service.name, said)
        ):
            if len(item.value) < _LONG or not about or listing.organization.key in about:
                return self._of(sentence, item, "agrees", f"{number} is {listing.service.name}", listing)
        if known and not mentions:
            return self._of(
                sentence, item, "agrees", f"{known[0][1]} is {known[0][0].service.name}", known[0][0]
            )
        others = [each for key in (spoken.keys if spoken else ()) for each in self._services.get(key, [])]
        ours = [phone.number for listing in others for phone in listing.service.phones]
        coded = 3 < len(item.value) < _LONG and any(_figures(n) == len(item.value) for n in ours)
        if ours and spoken and (mentions or self._above) and (coded or len(item.value) >= _LONG):
            have = f"for {spoken.named} we have {', '.join(dict.fromkeys(ours))}"
            if known:
                have += f"; this is the number of {known[0][0].service.name}"
            return self._of(
                sentence, item, "differs", have, next(one for one in others if one.service.phones)
            )
        if known:
            return self._of(
                sentence, item, "agrees", f"{known[0][1]} is {known[0][0].service.name}", known[0][0]
            )
        return self._of(sentence, item, "unknown", self._resembling(item.value))

    def _resembling(self, digits: str) -> str:
        alike = process.extractOne(
            digits, {n: n for n in self._numbers}, scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if alike is None or len(digits) != _LONG:
            return "no record of ours has this number"
        listing, number = self._numbers[str(alike[2])][0]
        return f"no record of ours has this number; it resembles {number}, {listing.service.name}"

    def _hours(self, sentence: Sentence, item: Item, mentions: list[Mention]) -> Finding:
        spoken = self._spoken_of(item, mentions)
        if spoken is None:
            return self._of(sentence, item, "unknown", "we cannot tell whose hours these are")
        ours = [
            (one, h)
            for key in sorted(spoken.keys)
            for one in self._services.get(key, [])
            for h in hours_of(one)
        ]
        for listing, hours in ours:
            spans = [(set(s.days), f"{s.opens}-{s.closes}") for s in hours.spans]
            fits = any(set(item.days) <= days and item.value == said for days, said in spans)
            if hours.always if item.value == "always" else fits:
                return self._of(sentence, item, "agrees", f"{listing.service.name}: the same hours", listing)
        if not ours:
            return self._of(sentence, item, "unknown", f"we have no hours of {spoken.named}")
        listing, hours = ours[0]
        said = (
            "; ".join(f"{', '.join(s.days)} {s.opens}-{s.closes}" for s in hours.spans)
            or "24 hours, every day"
        )
        return self._of(sentence, item, "differs", f"{listing.service.name}: {said}", listing)

    def _limit(self, sentence: Sentence, item: Item) -> Finding | None:
        """A time limit that one of our deadlines is about, by the words of its name."""
        if not _LIMIT.search(sentence.text) or item.value not in ("most", "under"):
            return None
        about = (self._deadline(part) for part in clauses(sentence.text, item.start))
        key = next(filter(None, about), None)
        if key is None:
            return None
        deadline = self._guide.pack.deadlines[key]
        allowed = {in_days(h, "hours") for h in (deadline.hours, deadline.better_hours) if h}
        verdict = "agrees" if item.most in allowed else "differs"
        have = f"{deadline.name.get('en', key)}: {deadline.hours} hours"
        sources = (deadline.source,) if deadline.source else ()
        return Finding(sentence.line, "term", item.said, verdict, have, f"deadline {key}", sources,
                       str(self._guide.on), sentence.text)  # fmt: skip

    def _deadline(self, text: str) -> str | None:
        """The deadline whose name has its words, or its capitals, in a text."""
        said = _words(text)
        best = (0.0, "")
        for key, deadline in self._guide.pack.deadlines.items():
            for name in deadline.name.values():
                words = _words(name)
                sure = any(word.isupper() for word in re.findall(r"[\w-]+", name) if _words(word) & said)
                score = len(words & said) / max(1, len(words)) + sure
                best = max(best, (score, key)) if score >= 1 else best
        return best[1] or None

    def _named(self, sentence: Sentence, mentions: list[Mention]) -> Iterator[Finding]:
        text = sentence.text
        left_out = self._left_out(sentence)
        yield from left_out
        for mention in mentions:
            if any(mention.named.casefold() in one.said.casefold() for one in left_out):
                continue
            organization = self._listed[sorted(mention.keys)[0]]
            old = [n for n in organization.former_names if _same(n, mention.named)]
            listing = max(
                self._services[organization.key],
                key=lambda one: fuzz.token_set_ratio(one.service.name, mention.named),
            )
            item = Item("phone", mention.named, mention.start, mention.end)
            if old and not _FORMERLY.search(text):
                have = f"its name is now {organization.name}"
                yield self._of(sentence, item, "differs", have, listing, "name")
            else:
                yield self._of(sentence, item, "agrees", organization.name, listing, "name")
        covered = [(m.start, m.end) for m in mentions]
        for match in _LIKE_A_NAME.finditer(text):
            name = _FIRST.sub("", match[0]).strip()
            start = match.end() - len(match[0]) + match[0].find(name)
            inside = any(start < end and s < match.end() for s, end in covered)
            if not inside and " " in name and not any(_same(name, one.said) for one in left_out):
                item = Item("phone", name, start, match.end())
                yield self._of(sentence, item, "unknown", self._like(name), None, "name")

    def _like(self, name: str) -> str:
        names = {org.key: org.name for org in self._listed.values()}
        alike = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return f"no record of that name; we have {alike[0]}" if alike else "no record of that name"

    def _left_out(self, sentence: Sentence) -> list[Finding]:
        """Names that stay out of the guide, with our reason."""
        found = []
        for key, entry in self._guide.pack.not_listed.items():
            for name in dict.fromkeys(entry.name.values()):
                at = sentence.text.casefold().find(name.casefold())
                turned = next((m for m in _LIKE_A_NAME.finditer(sentence.text) if _turned(m[0], name)), None)
                if at < 0 and turned:
                    at, name = turned.start(), turned[0]
                if at >= 0 and not _FORMERLY.search(sentence.text):
                    reason = f"not listed: {entry.reason.get('en', entry.code)}"
                    found.append(
                        Finding(
                            sentence.line,
                            "name",
                            sentence.text[at : at + len(name)],
                            "differs" if entry.code in _DENIED else "unknown",
                            reason,
                            f"not-listed {key}",
                            entry.sources,
                            str(entry.decided_on),
                            sentence.text,
                        )
                    )
                    break
        return found

    def _of(
        self,
        sentence: Sentence,
        item: Item,
        verdict: str,
        have: str,
        listing: Listing | None = None,
        kind: str = "",
    ) -> Finding:
        service = listing.service if listing else None
        day = service.verification.on or service.verification.looked_up if service else None
        return Finding(
            sentence.line, kind or item.kind, item.said, verdict, have,
            f"record {service.key}" if service else "", service.sources if service else (),
            str(day or ""), sentence.text,
        )  # fmt: skip


_DENIED = frozenset(
    {
        "not_found",
        "ended",
        "not_here",
        "misleading",
        "imitation_clinic",
        "coercive",
        "sells_contacts",
        "hands_over",
    }
)
"""Reasons of ``inclusion.yaml`` for which a page that leads readers there says otherwise than we do."""


def _same(one: str, other: str) -> bool:
    return one.casefold().replace("’", "'") == other.casefold().replace("’", "'")


def _turned(one: str, other: str) -> bool:
    """Whether two names hold the same words in another order: "Clinic of Kent", "Kent Clinic"."""
    said, ours = (sorted(re.findall(r"\w{4,}|[A-Z]\w+", _FIRST.sub("", name))) for name in (one, other))
    return said == ours and len(said) > 1


def _figures(number: str) -> int:
    return len(re.sub(r"\D", "", number))


def _words(text: str) -> set[str]:
    return {word.casefold()[:_STEM] for word in _WORD.findall(text) if word.casefold() not in _LITTLE}
