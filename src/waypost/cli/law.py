"""``waypost law``: explain a supposed person's situation, show a section on a day, list the words."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from waypost.cli import options, report
from waypost.desk.law import answer, section_on, spoken, words_in
from waypost.desk.law_text import section_text, told, words_text
from waypost.model.evidence import Problem, ProblemsFound
from waypost.model.pack import Pack

app = typer.Typer(no_args_is_help=True)

_LARGEST = 64 * 1024

Language = Annotated[
    str, typer.Option("--lang", help="The language of the answer: en or es.", metavar="LANG")
]


@app.command("ask")
def ask(
    pack: options.Pack = None,
    on: options.On = None,
    as_json: options.AsJson = False,
    lang: Language = "en",
) -> None:
    """Explain the situation given as JSON on standard input: information about a supposed person."""
    guide, today = _open(pack, on)
    _known_language(guide, lang)
    try:
        explanation = answer(guide.law, _situation(), today, guide.chain)
    except ProblemsFound as found:
        report.fail(found.problems)
    if as_json:
        _print_json(spoken(explanation, lang))
    else:
        print(told(guide.law, spoken(explanation, lang), lang, _names(guide)))


@app.command("show")
def show(
    citation: Annotated[str, typer.Argument(help='A section, such as "CGS 17a-101".')],
    pack: options.Pack = None,
    on: options.On = None,
    as_json: options.AsJson = False,
    lang: Language = "en",
) -> None:
    """Show one section as it stood on a day: what it says, on whose word, and what is still open."""
    guide, today = _open(pack, on)
    _known_language(guide, lang)
    try:
        section, version = section_on(guide.law, citation, today, guide.chain)
    except ProblemsFound as found:
        report.fail(found.problems)
    if as_json:
        _print_json({"on": today, "section": section, "version": version})
    else:
        print(section_text(guide.law, section, version, today, lang))


@app.command("words")
def words(pack: options.Pack = None, as_json: options.AsJson = False, lang: Language = "en") -> None:
    """List the words of a situation, what each means and which values it takes."""
    guide, _ = _open(pack, None)
    _known_language(guide, lang)
    if as_json:
        listed = {
            key: {
                "meaning": words_in(word.meaning, lang),
                "kind": word.kind,
                "open": word.open,
                "values": {name: words_in(value.meaning, lang) for name, value in word.values.items()},
            }
            for key, word in sorted(guide.law.words.items())
        }
        _print_json(listed)
    else:
        print(words_text(guide.law, lang))


def _open(pack: str | None, on: date | None) -> tuple[Pack, date]:
    from waypost.bootstrap import read_pack, today

    try:
        guide = read_pack(pack)
    except ProblemsFound as found:
        report.fail(found.problems)
    return guide, on or today(guide)


def _names(pack: Pack) -> dict[str, str]:
    """What to call each service, with its first number."""
    names: dict[str, str] = {}
    for organization in pack.organizations.values():
        for service in organization.services:
            numbers = ", ".join(phone.number for phone in service.phones[:1])
            names[service.key] = f"{service.name}: {numbers}" if numbers else service.name
    return names


def _known_language(pack: Pack, language: str) -> None:
    if language not in pack.manifest.languages:
        raise typer.BadParameter(f'"{language}" is none of {", ".join(pack.manifest.languages)}.')


def _situation() -> dict[str, Any]:
    text = sys.stdin.buffer.read(_LARGEST + 1)
    try:
        if len(text) > _LARGEST:
            raise ValueError("it is too long")
        raw = msgspec.json.decode(text)
    except ValueError as error:
        raise ProblemsFound([_unreadable(str(error))]) from None
    if not isinstance(raw, dict):
        raise ProblemsFound([_unreadable("it is not an object of words and values")])
    return raw


def _unreadable(detail: str) -> Problem:
    return Problem(
        where="standard input",
        what=f"the situation cannot be read as JSON: {detail}",
        why="There is nothing to explain.",
        do='Write an object of words and values, such as {"role": "buyer"}; see `waypost law words`.',
    )


def _print_json(value: object) -> None:
    print(msgspec.json.encode(value).decode())
