"""A first mapping for a spreadsheet, drafted from the names of its columns and from a look at what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from waypost.exchange.dialects import cellwords
from waypost.exchange.dialects.book import Book, Page
from waypost.exchange.dialects.mapped_cells import MAIL, SERIAL, WEB, header
from waypost.exchange.dialects.suggest_names import DAYS, ID, KNOWN, Known
from waypost.exchange.dialects.times import date

TOP = 20
"""The columns are named within so many rows from the top."""
LOOKED_AT = 200
LOOKS: dict[str, Callable[[str], bool]] = {
    "phone": lambda cell: bool(cellwords.phones(cell)) and len(re.sub(r"\d", "", cell)) < 60,
    "mail": lambda cell: bool(MAIL.search(cell)),
    "web": lambda cell: bool(WEB.fullmatch(cell)),
    "zip": lambda cell: bool(re.fullmatch(r"\d{4,5}(?:-\d{4})?", cell)),
    "number": lambda cell: bool(re.fullmatch(r"-?\d{1,3}\.\d+", cell)),
    "date": lambda cell: bool(date(cell) or SERIAL.fullmatch(cell) or re.match(r"\d{4}-\d\d-\d\d\b", cell)),
    "hours": lambda cell: any(one.opens for one in cellwords.hours(cell)),
    "yes-no": lambda cell: cell.casefold() in ("yes", "no", "y", "n", "x", "s\xed", "si", "true", "false"),
}
BY_VALUES = {
    "mail": ("service.email", ()),
    "web": ("service.url", ()),
    "hours": ("schedule", (("split", "hours"),)),
    "phone": ("phone", ()),
    "zip": ("address.postal_code", ()),
}


class Draft(msgspec.Struct):
    """What is suggested for one column, and how sure that is."""

    name: str
    to: str = ""
    more: tuple[tuple[str, str], ...] = ()
    sure: str = ""


def header_row(page: Page) -> int:
    """The row that names the columns: the one near the top with most known names, else with most cells."""
    best, most = 1, (0.0, 0)
    for number, row in page.rows[:TOP]:
        cells = [" ".join(cell.split()) for cell in row if cell]
        named = sum(known_of(cell) is not None or cell.casefold() in DAYS for cell in cells if len(cell) < 60)
        if (
            len(cells) > 1
            and (score := (named if named > 1 else 0.0, len(cells))) > most
            and (named > 1 or most[0] == 0)
        ):
            best, most = number, score
    return best


def known_of(name: str) -> Known | None:
    """The kind of column that a name tells, if one does."""
    bare = re.sub(r"[_\s]+", " ", name.casefold()).strip(" :*")
    bare = re.sub(r" ?[#(]?\d[)]?$", "", bare) if not bare.startswith("address") else bare
    return next((k for k in KNOWN for pattern in k.names if re.fullmatch(pattern, bare)), None)


def draft(page: Page) -> tuple[int, list[Draft]]:
    """The row of names and what is suggested for each column."""
    row = header_row(page)
    names = header(page, row)
    found: list[Draft] = []
    for place, name in enumerate(names):
        if not name or name in {d.name for d in found}:
            continue
        values = [r[place] for n, r in page.rows if n > row and place < len(r) and r[place]][:LOOKED_AT]
        found.append(one(name, values))
    return row, named(found)


def one(name: str, values: list[str]) -> Draft:
    """What is suggested for one column."""
    if not values:
        return Draft(name, more=(("ignore", "Nothing stands in it."),), sure="sure: it is empty")
    if day := DAYS.get(name.casefold().strip(" .")):
        return Draft(name, "schedule", (("split", "hours"), ("day", day)), "sure: it is named after a day")
    shares = {look: sum(map(test, values)) for look, test in LOOKS.items()}
    known = known_of(name)
    if known is None and re.fullmatch(ID, name.casefold()) and len(set(values)) == len(values):
        return Draft(name, "service.id", (), f"likely: its {len(values)} values are all different")
    if known is None:
        return by_values(name, values, shares)
    if known.to == "accessibility" and shares["yes-no"] < len(values) / 2:
        return Draft(name, known.to, (), "likely: by its name")
    met = shares.get(known.looks)
    if met is None:
        return Draft(name, known.to, known.more, "likely: by its name")
    if met >= len(values) * 0.7:
        return Draft(
            name, known.to, known.more, f"sure: by its name, and {met} of {len(values)} values look so"
        )
    if met == 0 and known.looks in ("mail", "web", "zip", "date"):
        return by_values(name, values, shares)
    return Draft(
        name, known.to, known.more, f"unsure: by its name, but only {met} of {len(values)} values look so"
    )


def by_values(name: str, values: list[str], shares: dict[str, int]) -> Draft:
    """What the values of a column tell whose name says nothing."""
    for look, (to, more) in BY_VALUES.items():
        if shares[look] >= max(len(values) * 0.8, 1):
            return Draft(
                name, to, more, f"unsure: by its values, of which {shares[look]} of {len(values)} look so"
            )
    why = "Neither its name nor its values tell what it is: map it, or leave it out."
    return Draft(name, more=(("ignore", why),), sure="left out")


def named(found: list[Draft]) -> list[Draft]:
    """The same with a column that names the services, and only one for each field that holds one thing."""
    told = [d.to for d in found]
    if "service.name" not in told:
        place = next((n for n, d in enumerate(found) if d.to == "organization.name"), None)
        if place is None:
            place = next((n for n, d in enumerate(found) if d.sure == "left out"), 0)
            sure = "unsure: no column is called a name; this is the first with words"
        else:
            sure = "likely: organizations are named, and services are not"
        found[place] = Draft(found[place].name, "[organization.name, service.name]", (), sure)
    elif "organization.name" not in told:
        place = told.index("service.name")
        sure = found[place].sure + "; no column names an organization, so each is its own"
        found[place] = Draft(found[place].name, "[organization.name, service.name]", (), sure)
    seen: set[str] = set()
    single = (
        "service.name",
        "organization.name",
        "service.email",
        "service.url",
        "address.postal_code",
        "service.id",
    )
    for place, d in enumerate(found):
        if d.to in single and d.to in seen:
            why = f"Another column is {d.to} already."
            found[place] = Draft(d.name, more=(("ignore", why),), sure="left out")
        seen.add(d.to)
    return found


def written(book: Book, name: str) -> str:
    """The draft of a mapping file, with how sure each line is, and what is left out and why."""
    lines = [
        f"# A first mapping for {' '.join(name.split())}, drafted from the names of its columns and a look at the values.",
        "# Read each line; those that are unsure or left out first. docs/importing.md explains every key.",
        'mapping: "1"',
        f"about: {quoted(name)}",
        "sheets:",
    ]
    for page in book.pages:
        lines += sheet(page, only=len(book.pages) == 1)
    return "\n".join(lines) + "\n"


def sheet(page: Page, *, only: bool) -> list[str]:
    """The lines for one sheet."""
    row, drafts = draft(page) if any(any(r) for _, r in page.rows) else (1, [])
    head = [] if only else [f"sheet: {quoted(page.name)}"]
    mapped = [d for d in drafts if d.to]
    why = (
        "It is hidden."
        if page.hidden
        else "It is no table of services: it has too few columns that are known."
    )
    if not only and (page.hidden or len([d for d in mapped if not d.sure.startswith("unsure")]) < 2):
        return [f"  - {head[0]}", f"    ignore: {quoted(why)}"]
    lines = [*head, f"header_row: {row}", "each_row: service"]
    lines += [f"identify: {{service: [{quoted(d.name)}]}}" for d in drafts if d.to == "service.id"]
    if any(d.to == "phone" for d in drafts) or drafts:
        lines.append("columns:")
    for d in drafts:
        said = ", ".join([*([f"to: {d.to}"] if d.to else []), *(f"{k}: {value(v)}" for k, v in d.more)])
        lines.append(f"  {quoted(d.name)}: {{{said}}}  # {d.sure}")
    return [f"  {'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines)]


def value(text: str) -> str:
    """A value as YAML; a list of words as it is."""
    return text if re.fullmatch(r"[\w-]+|\[[^\"]*\]", text) else quoted(text)


def quoted(text: str) -> str:
    """A text in quotes, as YAML and JSON alike read it."""
    return msgspec.json.encode(text).decode()
