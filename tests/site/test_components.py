"""Each component keeps its contract: the fields it names are those it uses, and every example renders."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml
from jinja2 import meta

from tests.site.made_up import pack
from waypost.site import address
from waypost.site.render import environment, tools
from waypost.site.words import Words

ROOM = files("waypost.site") / "components"
NAMES = sorted(folder.name for folder in ROOM.iterdir() if folder.is_dir())


def contract(name: str) -> dict[str, Any]:
    """The contract of a component."""
    read: dict[str, Any] = yaml.safe_load((ROOM / name / "contract.yaml").read_text("utf-8"))
    return read


def kit(language: str) -> dict[str, Any]:
    """What templates may use beside their fields."""
    return tools(Words(language, pack().words(language)), lambda path: address.relative("/", path))


EXAMPLES = [(name, example) for name in NAMES for example in contract(name)["examples"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_names_exactly_the_fields_that_are_used(name: str) -> None:
    """A contract that says more or less than the template uses is a false promise."""
    source = (ROOM / name / "template.jinja").read_text("utf-8")
    used = meta.find_undeclared_variables(environment().parse(source)) - set(kit("en"))
    assert used == set(contract(name)["fields"])
    assert contract(name)["about"]


@pytest.mark.parametrize("name", NAMES)
def test_every_component_has_examples_in_both_languages(name: str) -> None:
    """A component without an example in a language was never looked at in it."""
    assert {example["language"] for example in contract(name)["examples"]} == {"en", "es"}


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{n}-{e['name']}-{e['language']}" for n, e in EXAMPLES]
)
def test_every_example_renders(name: str, example: dict[str, Any]) -> None:
    """Every example of a contract renders, with its fields escaped and no style or handler inside."""
    drawn = str(kit(example["language"])["component"](name, **example["fields"]))
    assert "style=" not in drawn
    assert " onclick" not in drawn


def test_components_escape_what_they_show() -> None:
    """Text that looks like HTML is shown as text."""
    drawn = str(
        kit("en")["component"]("verification-note", note={"tone": "plain", "text": "<script>x</script>"})
    )
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
