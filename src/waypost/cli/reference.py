"""Reference pages made from the commands, the model and the packs, so that they cannot lie."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec
from typer.core import TyperCommand, TyperGroup, TyperOption

from waypost.exchange import profile
from waypost.model.pack import Pack

_MADE = "<!-- Made by `make docs`. A test compares it with the program. -->\n"


def pages(group: TyperGroup, pack: Pack) -> dict[str, str]:
    """File name -> text of each reference page."""
    return {
        "commands.md": _MADE + "\n".join(_commands(group)),
        "pack-keys.md": _MADE + "\n".join(_structs()),
        **{f"hsds-profile/{name}": data.decode() for name, data in profile.files().items()},
        "law-words.md": _MADE + "\n".join(_law_words(pack)),
    }


def _commands(group: TyperGroup) -> Iterator[str]:
    yield "# Commands\n"
    yield "Every command takes what it needs from the command line or from the settings at the end.\n"
    for path, command in _walk(group, "waypost"):
        yield f"## {path}\n\n{inspect.cleandoc(command.help or '').strip()}\n"
        yield "| what | meaning | default |\n|---|---|---|"
        for parameter in command.params:
            if parameter.name != "help":
                yield _parameter(parameter)
        yield ""
    yield _SETTINGS


_SETTINGS = """## Settings from the environment

| setting | meaning | default |
|---|---|---|
| `WAYPOST_PACK` | the pack, where `--pack` does not say | `us-ct-new-milford` |
| `WAYPOST_PACKS` | the folder of packs | the one that comes with Waypost |
| `WAYPOST_DATABASE` | the database, where `--database` does not say | `records.sqlite` in `WAYPOST_HOME` |
| `WAYPOST_HOME` | where the database lives | `./var` |
| `WAYPOST_ADDRESS` | by what the site is known, such as `https://example.org` (the API names it) | as asked for |
| `SOURCE_DATE_EPOCH` | the day to speak for, in seconds, where `--on` does not say | today |

Exit codes: 0 done; 1 Problems, or refused; 2 wrong words typed; 3 the environment (locked, unwritable,
newer schema).
"""


def _walk(group: TyperGroup, path: str) -> Iterator[tuple[str, TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _walk(command, f"{path} {name}")
        elif isinstance(command, TyperCommand):
            yield f"{path} {name}", command


def _parameter(parameter: object) -> str:
    plain = str(getattr(parameter, "name", "")).upper()
    name = ", ".join(parameter.opts) if isinstance(parameter, TyperOption) else plain
    help_text = str(getattr(parameter, "help", None) or "").replace("|", "&#124;")
    default = getattr(parameter, "default", None)
    shown = f"`{default}`" if isinstance(default, str | int | Path) and default is not False else ""
    return f"| `{name}` | {help_text} | {shown} |"


def _structs() -> Iterator[str]:
    yield "# The keys of a pack\n"
    yield "Every key that a pack may have. How its files are laid out: [pack-format.md](../pack-format.md).\n"
    for struct in _reachable(Pack):
        yield f"## {struct.__name__}\n\n{_paragraphs(struct)}\n"
        yield "| key | value | needed |\n|---|---|---|"
        hints = typing.get_type_hints(struct)
        for field in msgspec.structs.fields(struct):
            needed = "yes" if field.required else ""
            yield f"| `{field.encode_name}` | {_type(hints[field.name])} | {needed} |"
        yield ""


def _paragraphs(struct: type) -> str:
    return inspect.cleandoc(struct.__doc__ or "").replace("``", "`")


def _reachable(root: type) -> list[type]:
    found: list[type] = []
    waiting: list[object] = [root]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            if part not in found:
                found.append(part)
                waiting += typing.get_type_hints(part).values()
        else:
            waiting += typing.get_args(part)
    return found


def _type(hint: object) -> str:
    arguments = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return ", ".join(f"`{a}`" for a in arguments)
    if origin is tuple:
        parts = [_type(a) for a in arguments if a is not Ellipsis]
        return f"list of {' and '.join(dict.fromkeys(parts))}"
    if origin is dict:
        return f"mapping to {_type(arguments[1])}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_type(a) for a in arguments if a is not type(None))
    if hasattr(hint, "__members__"):
        return ", ".join(f"`{m}`" for m in hint.__members__)
    return {"str": "text", "int": "whole number", "bool": "true or false", "date": "day"}.get(
        getattr(hint, "__name__", str(hint)), getattr(hint, "__name__", str(hint))
    )


def _law_words(pack: Pack) -> Iterator[str]:
    yield "# The words of a situation\n"
    yield "What `waypost law ask` takes. Meanings and values live in the packs (`law/words.yaml`).\n"
    yield "| word | meaning | values |\n|---|---|---|"
    for key, word in sorted(pack.law.words.items()):
        values = ", ".join(f"`{value}`" for value in word.values)
        yield f"| `{key}` | {word.meaning.get('en', '')} | {values} |"
    yield ""
