"""The examples that components' own contracts hold: the gallery shows them and the tests render them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml
from markupsafe import Markup

from waypost.model.pack import Pack
from waypost.site import address
from waypost.site.templating import tools
from waypost.site.words import Words


@dataclass(frozen=True)
class Example:
    """One example of a component: with what fields, in which language."""

    component: str
    name: str
    language: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Contract:
    """What a component is for, which fields it takes, and how it looks with some."""

    component: str
    about: str
    fields: dict[str, str]
    examples: tuple[Example, ...]


def contracts() -> Iterator[Contract]:
    """The contract of each component, by name."""
    room = files("waypost.site") / "components"
    for name in sorted(folder.name for folder in room.iterdir() if folder.is_dir()):
        read = yaml.safe_load((room / name / "contract.yaml").read_text("utf-8"))
        examples = tuple(Example(name, e["name"], e["language"], e["fields"]) for e in read["examples"])
        yield Contract(name, read["about"], read["fields"], examples)


def kit(pack: Pack, language: str) -> dict[str, Any]:
    """What the templates of components may use beside their fields, where no page is around them."""
    return tools(Words(language, pack.words(language)), lambda path: address.relative("/", path))


def drawn(example: Example, pack: Pack) -> Markup:
    """The HTML of an example."""
    made: Markup = kit(pack, example.language)["component"](example.component, **example.fields)
    return made
