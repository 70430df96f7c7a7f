"""Each component keeps its contract: the fields it names are those it uses, and every example renders."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import meta

from tests.site.made_up import pack
from waypost.build.gallery import gallery, themed
from waypost.site.bundle import style
from waypost.site.examples import Example, contracts, drawn, kit
from waypost.site.render import environment

CONTRACTS = {contract.component: contract for contract in contracts()}
NAMES = sorted(CONTRACTS)
SITE = Path(str(files("waypost.site")))
EXAMPLES = [example for contract in CONTRACTS.values() for example in contract.examples]


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_names_exactly_the_fields_that_are_used(name: str) -> None:
    """A contract that says more or less than the template uses is a false promise."""
    source = (files("waypost.site") / "components" / name / "template.jinja").read_text("utf-8")
    used = meta.find_undeclared_variables(environment().parse(source)) - set(kit(pack(), "en"))
    assert used == set(CONTRACTS[name].fields)
    assert CONTRACTS[name].about


@pytest.mark.parametrize("name", NAMES)
def test_every_component_has_examples_in_both_languages(name: str) -> None:
    """A component without an example in a language was never looked at in it."""
    assert {example.language for example in CONTRACTS[name].examples} == {"en", "es"}


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.component}-{e.name}-{e.language}" for e in EXAMPLES])
def test_every_example_renders(example: Example) -> None:
    """Every example of a contract renders, with its fields escaped and no style or handler inside."""
    shown = str(drawn(example, pack()))
    assert "style=" not in shown
    assert " onclick" not in shown


def test_no_two_styles_set_the_same_class() -> None:
    """A class has one home: two components that set the same one would change each other's looks."""
    homes: dict[str, set[str]] = {}
    for path in [*SITE.glob("style/[!9]*.css"), *SITE.glob("components/*/style.css")]:
        css = re.sub(r"@media print \{.*?\}\s*\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        for rule in re.findall(r"([^{}]+)\{", re.sub(r"@media[^{]*\{", "", css)):
            for name in re.findall(r"(?:^|,)\s*\.([\w-]+)\s*(?=,|$)", rule):
                homes.setdefault(name, set()).add(path.parent.name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_the_gallery_shows_every_example(tmp_path: Path) -> None:
    """Light and dark, each example stands on the page, which holds no script and obeys the policy."""
    assert gallery(pack(), tmp_path) == 4
    for theme, page in (("light", "index.html"), ("dark", "dark.html")):
        html = (tmp_path / page).read_text("utf-8")
        assert html.count('class="gallery-one"') == len(EXAMPLES)
        assert "default-src &#x27;none&#x27;" in html
        assert "<script" not in html
        assert f'href="{theme}.css"' in html


def test_each_theme_is_forced() -> None:
    """The dark page is dark on a light device, and the other way round."""
    css = "a{color-scheme:light dark}@media (prefers-color-scheme:dark){b{c:d}}"
    assert themed(css, "dark") == "a{color-scheme:dark}@media all{b{c:d}}"
    assert themed(css, "light") == "a{color-scheme:light}@media not all{b{c:d}}"
    assert themed(style(), "dark") != themed(style(), "light") != style()


def test_components_escape_what_they_show() -> None:
    """Text that looks like HTML is shown as text."""
    drawn = str(
        kit(pack(), "en")["component"](
            "verification-note", note={"tone": "plain", "text": "<script>x</script>"}
        )
    )
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
