"""The one place that decides paths. Every page path starts and ends in "/"; links are always relative.

Paths are neutral: a word in an address would tell a bystander what is read. What has no slug of its own
(a source, a section) gets an opaque one from its key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

DEFAULT_LANGUAGE = "en"
ASSETS = "/assets/"
FIND = "/find/"
ABOUT_THE_GUIDE = frozenset({"about", "safety"})
"""Slugs of the two questions that every page links to."""
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


def opaque(key: str) -> str:
    """Six letters and digits that stand for a key; without vowels, so that they form no words."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)


def home() -> str:
    """The front page."""
    return "/"


def now() -> str:
    """Numbers for somebody who needs help at once."""
    return "/now/"


def turn() -> str:
    """Where do I turn: situations, and whom to call first."""
    return "/turn/"


def situation(key: str) -> str:
    """One situation of "where do I turn", by its key."""
    return f"/t/{opaque(key)}/"


def help_list() -> str:
    """Help by need: the list of groups."""
    return "/help/"


def help_group(slug: str) -> str:
    """One group of needs with its services."""
    return f"/help/{slug}/"


def services() -> str:
    """All services and organizations by name."""
    return "/all/"


def dense() -> str:
    """All services on one page, in few words."""
    return "/table/"


def service(slug: str) -> str:
    """One service."""
    return f"/s/{slug}/"


def organization(slug: str) -> str:
    """One organization."""
    return f"/o/{slug}/"


def law() -> str:
    """The list of sections."""
    return "/law/"


def section(slug: str) -> str:
    """One section of law."""
    return f"/l/{slug}/"


def ask() -> str:
    """The form of the law explorer; a server takes it at the same address."""
    return "/law/ask/"


def law_sides() -> str:
    """The offenses side by side."""
    return "/law/sides/"


def law_years() -> str:
    """Then and now, by year."""
    return "/law/years/"


def law_models() -> str:
    """Ways to treat adult sex work in law, compared."""
    return "/law/models/"


def law_open() -> str:
    """What still has to be read in the official code."""
    return "/law/open/"


def law_tables() -> dict[str, str]:
    """The tables of the law by the name that running text calls them."""
    return {"sides": law_sides(), "years": law_years(), "models": law_models(), "open": law_open()}


def law_answer(situation: str, variant: str = "") -> str:
    """A ready-made answer of the law, by its situation and variant."""
    return f"/k/{opaque(f'{situation}/{variant}')}/"


def law_result(token: str) -> str:
    """An answer of the law on the server, under a sealed token."""
    return f"/law/r/{token}"


def questions() -> str:
    """The list of questions."""
    return "/q/"


def question(slug: str) -> str:
    """One question. Those about the guide itself stand at its root, where readers look for them."""
    return f"/{slug}/" if slug in ABOUT_THE_GUIDE else f"/q/{slug}/"


def before() -> str:
    """Who must pass on what one tells them."""
    return "/before/"


def listener(key: str) -> str:
    """One kind of listener: what must be passed on there."""
    return f"/b/{opaque(key)}/"


def sources() -> str:
    """The list of sources."""
    return "/sources/"


def source_kind(kind: str) -> str:
    """The sources of one kind."""
    return f"/sources/{opaque(kind)}/"


def source(key: str) -> str:
    """One source, by its id."""
    return f"/src/{opaque(key)}/"


def mistakes() -> str:
    """What other pages get wrong."""
    return "/w/"


def about() -> str:
    """About this guide."""
    return "/about/"


def freshness() -> str:
    """How fresh this guide is."""
    return "/fresh/"


def safety() -> str:
    """What the exit and the guide can do for a reader's privacy, and what they cannot."""
    return "/safety/"


def keep() -> str:
    """A copy of the guide on the reader's own device, and its removal."""
    return "/keep/"


def keep_worker() -> str:
    """The script that keeps the copy; it works for the whole site only from its root."""
    return "/keep.js"


def keep_remove() -> str:
    """Where the button that removes the copy leads."""
    return "/keep/remove/"


def results(token: str) -> str:
    """Search results on the server, under a sealed token."""
    return f"/r/{token}"


def problem() -> str:
    """The page that says that something went wrong (the static edition's 404)."""
    return "/404.html"


def asset(name: str) -> str:
    """A file of style, script, data or icon, by its name with the content's hash."""
    return ASSETS + name


def localized(path: str, language: str) -> str:
    """The same page in a language: English at the root, every other language below its code."""
    return path if language == DEFAULT_LANGUAGE else f"/{language}{path}"


def relative(from_path: str, to_path: str, index_name: str = "") -> str:
    """The relative link from one page to another; a link to a folder ends in ``index_name``.

    >>> relative("/es/s/abc/", "/assets/style.css")
    '../../../assets/style.css'
    >>> relative("/", "/es/", "index.html")
    'es/index.html'
    """
    target, hash_mark, fragment = to_path.partition("#")
    here = from_path.rpartition("/")[0].split("/")[1:]
    there, _, leaf = target.rpartition("/")
    parts = there.split("/")[1:]
    shared = 0
    while shared < min(len(here), len(parts)) and here[shared] == parts[shared]:
        shared += 1
    steps = [".."] * (len(here) - shared) + parts[shared:]
    leaf = leaf or index_name
    link = "/".join([*steps, leaf]) if steps else leaf or "./"
    return link + hash_mark + fragment


def file_name(path: str) -> str:
    """Where the static edition writes a page: its path below the folder, with ``index.html`` for folders."""
    return path.lstrip("/") + ("index.html" if path.endswith("/") else "")


def slug_in(path: str, made: Callable[[str], str]) -> str | None:
    """The slug in an address of the kind that ``made`` makes, in whatever language; None in any other.

    >>> slug_in("/es/s/abc234/", service)
    'abc234'
    """
    before, _, after = localized(made("*"), language_of(path)).partition("*")
    slug = path.removeprefix(before).removesuffix(after)
    return slug if slug.isalnum() and path == f"{before}{slug}{after}" else None


def language_of(path: str) -> str:
    """The language of an address: what stands below a two-letter folder is in that language."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if len(first) == 2 and first.isalpha() and first.islower() else DEFAULT_LANGUAGE
