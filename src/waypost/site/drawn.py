"""Drawn text: phones, services, law and claims that running text names by key and never types.

``{phone:svc-x}``, ``{service:svc-x}``, ``{section:KEY}``, ``{max-term:KEY}``, ``{fine:KEY}``,
``{deadline:KEY}``, ``{question:KEY}``, ``{table:KEY}``, ``{page:KEY}``, ``{claim:KEY}`` and the footnote
``[^claim-id]`` become Markdown links that start with the site's own path, so that one change of a record changes every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from waypost.desk.guide import Guide
from waypost.model.evidence import Problem
from waypost.site import address
from waypost.site.cards import field_in
from waypost.site.contact import dial, first_phone
from waypost.site.law_words import drawn_fine, drawn_section, drawn_term
from waypost.site.notes import Notebook
from waypost.site.words import Words

REFERENCE = re.compile(r"\{([a-z][a-z-]*):([^{}\s]+)\}")
FOOTNOTE = re.compile(r"\[\^([A-Za-z0-9_.-]+)\]")
_EITHER = re.compile(f"{REFERENCE.pattern}|{FOOTNOTE.pattern}")
"""Both at once, so that footnotes are numbered in the order in which they are read."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


@dataclass(frozen=True)
class Scene:
    """Where a text is drawn: of which guide, in which language, with whose footnotes."""

    guide: Guide
    words: Words
    notebook: Notebook

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.words.language

    def path(self, path: str) -> str:
        """A path of the site in the language of the page."""
        return address.localized(path, self.language)


def scene(guide: Guide, language: str) -> Scene:
    """A fresh scene, with no footnotes yet."""
    return Scene(guide, Words(language, guide.pack.words(language)), Notebook(guide.pack, guide.on))


def draw(text: str, at: Scene) -> str:
    """The text with every reference drawn, as Markdown. What dangles is left out (``check`` reports it)."""
    return _EITHER.sub(lambda match: _reference(match, at) if match[1] else _footnote(match[3], at), text)


def escape(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", text)


def _reference(match: re.Match[str], at: Scene) -> str:
    drawer = DRAWERS.get(match[1])
    if drawer is None:
        return match[0]
    drawn = drawer(match[2], at)
    return at.words("drawn.gone") if drawn is None else drawn


def _footnote(claim: str, at: Scene) -> str:
    number = at.notebook.claim(claim)
    return "" if number is None else f"[{number}](#note-{number})"


def _phone(key: str, at: Scene) -> str | None:
    listing = at.guide.directory.get(key)
    phone = first_phone(listing, at.language) if listing else None
    return f"[{escape(phone.number)}]({dial(phone.number, phone.type, phone.extension)})" if phone else None


def _service(key: str, at: Scene) -> str | None:
    listing = at.guide.directory.get(key)
    if listing is None:
        return None
    name = field_in(listing, "name", at.words).text
    return f"[{escape(name)}]({at.path(address.service(listing.service.slug))})"


def _deadline(key: str, at: Scene) -> str | None:
    deadline = at.guide.pack.deadlines.get(key)
    return at.words.count("hours.count", deadline.hours) if deadline else None


def _question(key: str, at: Scene) -> str | None:
    asked = at.guide.pack.questions.get(key)
    if not asked and key in at.guide.pack.manifest.settings.town_questions:
        # Not every town answers this; the list of what there is helps instead.
        return f"[{escape(at.words('nav.help'))}]({at.path(address.help_list())})"
    if not asked:
        return None
    question = asked.get(at.language) or asked.get("en") or next(iter(asked.values()))
    return f"[{escape(question.title)}]({at.path(address.question(question.slug))})"


def _table(key: str, at: Scene) -> str | None:
    path = address.law_tables().get(key)
    return f"[{escape(at.words(f'law_{key}.title'))}]({at.path(path)})" if path else None


_PAGES = {
    "before": (address.before(), "before.title"),
    "mistakes": (address.mistakes(), "mistakes.title"),
    "now": (address.now(), "now.title"),
}
"""Pages that running text may link to by name: their paths, and the words that hold their titles."""


def _page(key: str, at: Scene) -> str | None:
    if key not in _PAGES:
        return None
    path, title = _PAGES[key]
    return f"[{escape(at.words(title))}]({at.path(path)})"


def _claim(key: str, at: Scene) -> str | None:
    claim = at.guide.pack.claims.get(key)
    if claim is None:
        return None
    return draw(at.words.pick(claim.text).text, at) + _footnote(key, at)


def _section(key: str, at: Scene) -> str | None:
    found = drawn_section(at.guide.pack.law, key)
    return f"[{escape(found[0])}]({at.path(address.section(found[1]))})" if found else None


def _max_term(key: str, at: Scene) -> str | None:
    return drawn_term(at.guide.pack.law, key, at.guide.on, at.words)


def _fine(key: str, at: Scene) -> str | None:
    return drawn_fine(at.guide.pack.law, key, at.guide.on)


DRAWERS: dict[str, Callable[[str, Scene], str | None]] = {
    "phone": _phone,
    "service": _service,
    "section": _section,
    "max-term": _max_term,
    "fine": _fine,
    "deadline": _deadline,
    "question": _question,
    "table": _table,
    "page": _page,
    "claim": _claim,
}


def dangling(guide: Guide) -> list[Problem]:
    """Every reference in questions, routes and words that nothing answers."""
    problems: list[Problem] = []
    for where, language, text in _texts(guide):
        at = scene(guide, language)
        for kind, key in REFERENCE.findall(text):
            drawer = DRAWERS.get(kind)
            if drawer is None or drawer(key, at) is None:
                problems.append(_nothing(where, f"{{{kind}:{key}}}"))
        for claim in FOOTNOTE.findall(text):
            if claim not in guide.pack.claims:
                problems.append(_nothing(where, f"[^{claim}]"))
    return problems


def _texts(guide: Guide) -> list[tuple[str, str, str]]:
    pack = guide.pack
    texts = [
        (question.file, language, f"{question.summary}\n{question.body}")
        for asked in pack.questions.values()
        for language, question in asked.items()
    ]
    for key, turn in pack.routes.items():
        for said in (turn.when, turn.say, turn.happens, turn.caution):
            texts += [(f"routes.yaml, {key}", language, text) for language, text in said.items()]
    for language, lines in pack.wording.items():
        texts += [(f"wording.{language}.yaml, {key}", language, line) for key, line in lines.items()]
    return [text for text in texts if text[1] in pack.wording]


def _nothing(where: str, reference: str) -> Problem:
    return Problem(
        where=where,
        what=f"{reference} names something that the guide does not show",
        why="A reader would find a hole where a number or a fact should stand.",
        do="Correct the key, or add the record, section, claim or question that it names.",
    )
