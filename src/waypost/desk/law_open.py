"""What must still be read before the law of a pack counts as confirmed: a list for a volunteer lawyer."""

from __future__ import annotations

from waypost.model.evidence import Confidence, Struct, Text
from waypost.model.law import Law, Review, Section
from waypost.model.pack import Pack
from waypost.model.reading import question_code


class OpenSource(Struct, omit_defaults=False):
    """A source on which a claim rests so far, and where it was seen."""

    id: str
    title: str
    date: str
    url: str | None


class OpenQuestion(Struct, omit_defaults=False):
    """One thing to read; ``code`` closes it in ``verifications.yaml``."""

    code: str
    text: Text


class OpenSection(Struct, omit_defaults=False):
    """A section with open questions: what we say, how well it is known, and where its text stands."""

    section: str
    citation: str
    heading: Text
    claim: Text
    confidence: Confidence
    where: Text
    questions: tuple[OpenQuestion, ...]
    read_by: tuple[Review, ...]
    sources: tuple[OpenSource, ...]


def open_sections(pack: Pack, jurisdiction: str | None = None) -> tuple[OpenSection, ...]:
    """Every section with an open question, the least known first; of one jurisdiction only if it is named."""
    found = [
        _open(pack, section)
        for _, section in sorted(pack.law.sections.items())
        if section.open_questions and jurisdiction in (None, section.jurisdiction)
    ]
    order = list(Confidence)
    return tuple(sorted(found, key=lambda one: -order.index(one.confidence)))


def official_text(law: Law, key: str) -> Text:
    """Where the official text of a section stands: the longest beginning of its key that the pack knows."""
    fits = [start for start in law.codes if key == start or key.startswith(f"{start}/")]
    return law.codes[max(fits, key=len)] if fits else {}


def _open(pack: Pack, section: Section) -> OpenSection:
    sources = [(key, pack.sources[key]) for key in section.sources if key in pack.sources]
    return OpenSection(
        section=section.key,
        citation=section.citation,
        heading=section.heading,
        claim=section.paraphrase,
        confidence=section.confidence,
        where=official_text(pack.law, section.key),
        questions=tuple(OpenQuestion(question_code(section.key, q), q) for q in section.open_questions),
        read_by=section.read_by,
        sources=tuple(OpenSource(key, source.title, source.date, source.url) for key, source in sources),
    )


def as_markdown(found: tuple[OpenSection, ...], language: str = "en") -> str:
    """The list as Markdown: one heading a section, one box to tick a question."""
    lines = ["# What still has to be read", ""]
    lines.append(f"{sum(len(one.questions) for one in found)} questions in {len(found)} sections.")
    for one in found:
        lines += ["", f"## {one.citation}: {_in(one.heading, language)}", ""]
        lines.append(f"- What we say now: {_in(one.claim, language)}")
        lines.append(f"- How well it is known: {one.confidence.replace('_', ' ')}")
        lines += [f"- Where to find it: {_in(one.where, language)}"] if one.where else []
        lines += [f"- Rests so far on: {_source(source)}" for source in one.sources]
        lines += [f"- Read by a {review.by} on {review.on}: {review.read}" for review in one.read_by]
        lines += ["", *(f"- [ ] `{q.code}` {_in(q.text, language)}" for q in one.questions)]
    return "\n".join(lines)


def _source(source: OpenSource) -> str:
    return f"{source.id}, {source.title} ({source.date})" + (f" <{source.url}>" if source.url else "")


def _in(text: Text, language: str) -> str:
    return text.get(language) or text.get("en", "")
