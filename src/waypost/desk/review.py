"""What should be checked by a person: each fact that is due, as a task with a question, a call and a script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from waypost.desk.guide import Guide
from waypost.desk.law_open import official_text
from waypost.exchange.worksheet import Sheet
from waypost.model.directory import Hours, Listing, Phone, Service
from waypost.model.evidence import Freshness, Struct, Text, Verification, VerificationState
from waypost.rules.freshness import cycle_for, due, freshness
from waypost.rules.hours import hold

FILLED = ("result", "new_value", "by", "on", "method")
COLUMNS = ("of", "code", "kind", "what", "now", "source", "question", "call", "script", *FILLED)
RESULTS = ("same", "changed", "wrong", "not_reached")
METHODS = ("call", "visit", "letter", "page_read")
CRISIS = "crisis"


class Task(Struct):
    """One thing to check. ``of`` names it (``service:KEY``, ``claim:KEY``, ``section:KEY``), ``code`` stands for what
    we say now: it changes with it, so that an old worksheet confirms no new words.
    """

    of: str
    code: str
    kind: str
    what: str
    now: str
    source: str
    question: str
    call: str
    script: str
    due: date | None = None


def tasks(guide: Guide, language: str, kind: str | None = None) -> tuple[Task, ...]:
    """Everything that is due on the guide's day or that nobody has confirmed, crisis lines first, then by day."""
    found = [*_services(guide, language), *_claims(guide, language), *_sections(guide, language)]
    wanted = [task for task in found if kind in (None, task.kind)]
    return tuple(sorted(wanted, key=lambda t: (t.kind != CRISIS, t.due or date.min, t.of)))


def kinds(guide: Guide) -> tuple[str, ...]:
    """The kinds of fact that this guide has a review cycle for."""
    return tuple(sorted({*guide.pack.manifest.cycles, "law"}))


def sheet(guide: Guide, found: tuple[Task, ...], language: str) -> Sheet:
    """The tasks as a worksheet."""
    words = guide.pack.words(language)
    rows = [{name: str(getattr(task, name, "")) for name in COLUMNS} for task in found]
    place = guide.pack.manifest.place
    return Sheet(
        title=words["review.title"].format(place=place.get(language) or place.get("en", "")),
        intro=words["review.intro"].format(day=guide.on.isoformat(), results=", ".join(RESULTS)),
        columns={name: words[f"review.column.{name}"] for name in COLUMNS},
        to_fill=FILLED,
        choices={"result": RESULTS, "method": METHODS},
        rows=rows,
    )


def code_of(*said: str) -> str:
    """Eight letters that stand for what was said."""
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:8]


def code_now(guide: Guide, of: str) -> str | None:
    """The code of what we say now of a thing, or None where the guide has no such thing."""
    kind, _, key = of.partition(":")
    if kind == "service" and (listing := guide.directory.get(key)):
        return code_of(of, said_of(listing))
    if kind == "claim" and (claim := guide.pack.claims.get(key)):
        return code_of(of, *claim.text.values())
    if kind == "section" and (section := guide.pack.law.sections.get(key)):
        return code_of(of, *section.paraphrase.values())
    return None


def said_of(listing: Listing) -> str:
    """What we print of a service, line by line, and nothing that is withheld."""
    service = listing.service
    lines = [service.name]
    lines += [f"{p.type}: {p.number}{f' x{p.extension}' if p.extension else ''}" for p in _numbers(service)]
    lines += [_in(channel, "en") for channel in service.other_channels]
    if held := hold(listing):
        lines.append(f"hours: {_hours(held.hours)}")
    for at in service.locations:
        if not at.confidential:
            lines += [
                ", ".join(part for part in (a.address_1, a.city, a.state_province, a.postal_code) if part)
                for a in at.addresses
                if not a.confidential
            ]
    lines += [f"cost: {service.cost}"] if service.cost else []
    lines += (
        [f"languages: {', '.join(tongue.code for tongue in service.languages)}"] if service.languages else []
    )
    lines += [_in(text, "en") for text in (service.eligibility_description, service.documents_needed) if text]
    return "\n".join(lines)


def _services(guide: Guide, language: str) -> Iterator[Task]:
    words = guide.pack.words(language)
    place = guide.pack.manifest.place
    for listing in guide.directory.listings:
        service = listing.service
        if listing.shown.freshness == Freshness.fresh and _confirmed(service.verification):
            continue
        kind = service.cycle
        numbers = ", ".join(phone.number for phone in _numbers(service) if phone.type == "voice")
        ask = [words["review.ask.service"]]
        ask += [words["review.ask.open"].format(what=_in(text, language)) for text in service.unverified]
        if kind == CRISIS:
            call, script = words["review.call.crisis"], ""
        else:
            call = numbers or words["review.call.none"]
            script = words["review.script"].format(
                place=place.get(language) or place.get("en", ""), name=service.name
            )
        of = f"service:{service.key}"
        now = said_of(listing)
        yield Task(
            of=of,
            code=code_of(of, now),
            kind=kind,
            what=service.name,
            now=now,
            source=_sources(guide, service.sources),
            question=" ".join(ask),
            call=call,
            script=script,
            due=listing.shown.due,
        )


def _claims(guide: Guide, language: str) -> Iterator[Task]:
    words = guide.pack.words(language)
    cycles = guide.pack.manifest.cycles
    for key, claim in guide.pack.claims.items():
        seen = Verification(VerificationState.seen_on_page, on=claim.as_of, looked_up=claim.as_of)
        cycle = cycle_for(claim.kind, cycles)
        if freshness(seen, cycle, guide.on) == Freshness.fresh:
            continue
        of = f"claim:{key}"
        yield Task(
            of=of,
            code=code_of(of, *claim.text.values()),
            kind=claim.kind,
            what=key,
            now=_in(claim.text, language),
            source=_sources(guide, claim.sources),
            question=words["review.ask.claim"].format(wrong_if=claim.wrong_if or "").strip(),
            call=words["review.call.read"],
            script="",
            due=due(seen, cycle),
        )


def _sections(guide: Guide, language: str) -> Iterator[Task]:
    words = guide.pack.words(language)
    for key, section in sorted(guide.pack.law.sections.items()):
        if not section.open_questions:
            continue
        of = f"section:{key}"
        yield Task(
            of=of,
            code=code_of(of, *section.paraphrase.values()),
            kind="law",
            what=f"{section.citation}: {_in(section.heading, language)}",
            now=_in(section.paraphrase, language),
            source=_in(official_text(guide.pack.law, key), language),
            question=" ".join(_in(question, language) for question in section.open_questions),
            call=words["review.call.law"],
            script="",
        )


def _confirmed(verification: Verification) -> bool:
    return verification.state == VerificationState.confirmed


def _numbers(service: Service) -> list[Phone]:
    return [phone for phone in service.phones if not phone.confidential]


def _hours(hours: Hours) -> str:
    if hours.always:
        return "24 hours, every day"
    parts = [f"{' '.join(span.days)} {span.opens}-{span.closes}" for span in hours.spans]
    return "; ".join(parts) or ("by appointment" if hours.by_appointment else "not known")


def _sources(guide: Guide, keys: tuple[str, ...]) -> str:
    found = [(key, guide.pack.sources[key]) for key in keys if key in guide.pack.sources]
    return "\n".join(f"{key}: {s.title} ({s.date}){f' {s.url}' if s.url else ''}" for key, s in found)


def _in(text: Text, language: str) -> str:
    return text.get(language) or text.get("en", "")
