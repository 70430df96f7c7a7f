"""An element whose parts are taken one after another; what nobody took is kept under its own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from waypost.exchange.dialects.xml import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NO = ("false", "0", "no", "n", "")
YES = ("true", "1", "yes", "y")
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
MARK = "Confidential"


class Part:
    """One element, with what of it nobody has taken yet."""

    def __init__(self, element: Element) -> None:
        self.name = local(element.tag)
        self.children = [child for child in element if local(child.tag)]
        self.attributes = {
            local(name): " ".join(said.split())
            for name, said in element.attrib.items()
            if "XMLSchema-instance" not in name
        }
        self.words = plain(element.text)
        self.confidential = is_marked(element)

    def all(self, *names: str) -> list[Element]:
        """Every child of one of these names."""
        taken = [child for child in self.children if local(child.tag) in names]
        self.children = [child for child in self.children if local(child.tag) not in names]
        return taken

    def texts(self, *names: str, most: int | None = None) -> list[str]:
        """The texts of the children of these names that hold nothing else; so many at most, the first ones."""
        found: list[str] = []
        left = []
        for child in self.children:
            full = most is not None and len(found) >= most
            if local(child.tag) not in names or len(child) or child.attrib or full:
                left.append(child)
            elif words := plain(child.text):
                found.append(words)
        self.children = left
        return found

    def one(self, *names: str) -> str | None:
        """The first text of a child of one of these names, in the order of the names."""
        return next((found[0] for name in names if (found := self.texts(name, most=1))), None)

    def attribute(self, name: str) -> str | None:
        """The value of an attribute, taken."""
        return self.attributes.pop(name, None)

    def rest(self) -> dict[str, str]:
        """What nobody took, as columns named after it. What has parts stands there as JSON, with its mark."""
        self.attributes.pop(MARK, None)
        kept: dict[str, list[Any]] = {}
        for child in self.children:
            if (value := told(child)) not in ("", {}):
                kept.setdefault(column(local(child.tag)), []).append(value)
        columns = {column(name): said for name, said in self.attributes.items() if said}
        if self.words:
            columns["airs_text"] = self.words
        return columns | {name: cell(found) for name, found in kept.items()}


def cell(found: list[Any]) -> str:
    """One or several values as a cell."""
    value = found[0] if len(found) == 1 else found
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def told(element: Element) -> Any:
    """An element that no field has room for: its text, or its parts by name."""
    children = [child for child in element if local(child.tag)]
    marked = is_marked(element)
    if not children and not element.attrib:
        return plain(element.text)
    found: dict[str, Any] = {local(name): said for name, said in element.attrib.items() if said}
    found.pop(MARK, None)
    for child in children:
        value = told(child)
        if value not in ("", {}):
            name = local(child.tag)
            found[name] = value if name not in found else [*as_list(found[name]), value]
    if words := plain(element.text):
        found["text"] = words
    return {**found, "confidential": "true"} if marked and found else found


def as_list(value: Any) -> list[Any]:
    """A value among others of its name."""
    return value if isinstance(value, list) else [value]


def is_marked(element: Element) -> bool:
    """Whether an element is marked confidential, by an attribute or by a child. What is not a clear no is a yes."""
    said = [value for name, value in element.attrib.items() if local(name) == MARK]
    said += [child.text or "" for child in element if local(child.tag) == MARK]
    return any(value.strip().lower() not in NO for value in said)


def plain(written: str | None) -> str:
    """The text of an element: its lines, each without the blanks around it."""
    lines = [" ".join(line.split()) for line in (written or "").strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def column(name: str) -> str:
    """The column of an element that no field has room for: BusServiceAccess is airs_bus_service_access."""
    return "airs_" + WORDS.sub("_", name).lower()[:60]


def spoken(name: str) -> str:
    """The name of an element as words: ResidencyRequirements is "Residency requirements"."""
    return WORDS.sub(" ", name).capitalize()
