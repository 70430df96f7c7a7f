"""What another page says on the subject, thing by thing: agrees with us, differs, or unknown to us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from waypost.desk.audit_known import Finding
from waypost.desk.audit_law import LawJudge
from waypost.desk.audit_mistakes import MistakeJudge
from waypost.desk.audit_records import RecordJudge
from waypost.desk.guide import Guide
from waypost.model.evidence import Struct
from waypost.rules.audit import items
from waypost.rules.audit_text import sentences
from waypost.rules.audit_words import REPORTED

__all__ = ["Audit", "Finding", "audit"]


class Audit(Struct, omit_defaults=False):
    """Everything that was found on a page, in its order, for the guide of one day."""

    findings: tuple[Finding, ...]

    def count(self, verdict: str) -> int:
        """How many things have that verdict."""
        return Counter(each.verdict for each in self.findings)[verdict]


def audit(guide: Guide, text: str) -> Audit:
    """Hold a page or a text against the guide. A sentence that only reports what others say is passed over."""
    law, records, mistakes = LawJudge(guide), RecordJudge(guide), MistakeJudge(guide)
    found: list[Finding] = []
    for sentence in sentences(text):
        if REPORTED.search(sentence.text):
            continue
        said = items(sentence.text)
        judged = [*law.judge(sentence, said), *records.judge(sentence, said)]
        mistake = mistakes.judge(sentence)
        found += _in_order(judged, sentence.text)
        if mistake and not any(each.verdict == "differs" for each in judged):
            found.append(mistake)
    return Audit(tuple(_once(found)))


def _in_order(judged: Sequence[Finding], text: str) -> list[Finding]:
    return sorted(judged, key=lambda each: max(0, text.find(each.said)))


def _once(found: Sequence[Finding]) -> Iterator[Finding]:
    """Each thing once where a sentence stands twice on a page (a heading in a title, a menu)."""
    seen: set[tuple[str, str, str]] = set()
    for each in found:
        key = (each.kind, each.said, each.sentence)
        if key not in seen:
            seen.add(key)
            yield each
