"""The files beside the pages: one style, one script, one data file a language, one icon; named by content."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from waypost.desk.find_browser import browser_data, browser_scripts, browser_words, without_comments
from waypost.desk.guide import Guide
from waypost.desk.law_browser import engine
from waypost.site.explored import explorer
from waypost.site.found import answer_paths, texts

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_BLANK = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,]) ?|(:) ")

_ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    b'<rect width="32" height="32" rx="7" fill="#0b4d45"/>'
    b'<path d="M15 5h3v22h-3z" fill="#f7f3e9"/><path d="M7 8h14l5 4.5-5 4.5H7z" fill="#f4b62c"/></svg>'
)


def assets(guide: Guide) -> dict[str, bytes]:
    """Every asset: its file name, with the hash of its content, and its bytes."""
    plain = {
        "style.css": style().encode(),
        "script.js": script().encode(),
        "icon.svg": _ICON,
    }
    for language in guide.pack.manifest.languages:
        if guide.index is not None:
            plain[f"search-{language}.js"] = search_words(guide, language)
            plain[f"data-{language}.js"] = search_data(guide, language)
        if guide.pack.law.form.situations:
            plain[f"law-{language}.js"] = law_script(guide, language)
    return {_hashed(name, content): content for name, content in (plain | _lone(plain["icon.svg"])).items()}


def _lone(icon: bytes) -> dict[str, bytes]:
    """What stands by itself: the script ahead of every page, the empty page of quick exit, the keeper of copies."""
    room = files("waypost.site") / "lone"
    scripts = {name: (room / name).read_bytes() for name in ("leaving.js", "blank.js", "keep.js")}
    page = (room / "blank.html").read_text("utf-8")
    for mark, name, content in (("ICON", "icon.svg", icon), ("SCRIPT", "blank.js", scripts["blank.js"])):
        page = page.replace(mark, _hashed(name, content))
    return scripts | {"blank.html": page.encode()}


def search_words(guide: Guide, language: str) -> bytes:
    """The page's own search: engine and lexicon, as a classic script that every town's guide shares."""
    return f"{browser_scripts()}\n{_assigned('WPWords', browser_words(guide.pack, language))}".encode()


def search_data(guide: Guide, language: str) -> bytes:
    """What the page's search knows of this guide: index, services, titles, and the words of the cards.

    Like the engine it is loaded when the search box is first touched, so that no page carries it in vain.
    """
    paths = answer_paths(guide.pack)
    data = browser_data(guide.pack, guide.directory, guide.index, paths, language, guide.on)
    return _assigned("WP", data | texts(guide, language)).encode()


def law_script(guide: Guide, language: str) -> bytes:
    """The page's own explorer of the law: engine, drawing and data, loaded when its form is first touched."""
    room = files("waypost.site") / "explorer"
    drawing = [(room / name).read_text("utf-8") for name in ("draw.js", "asked.js", "explorer.js")]
    return "\n".join([engine(), *drawing, _assigned("WPLaw", explorer(guide, language))]).encode()


def _assigned(name: str, value: object) -> str:
    """A statement that sets a global to a value: one string, which browsers parse faster than a literal."""
    text = msgspec.json.encode(value).decode()
    for quoted, character in (
        ("\\", "\\"),
        ("'", "'"),
        ("\u2028", "u2028"),
        ("\u2029", "u2029"),
        ("<", "x3c"),
    ):
        text = text.replace(quoted, "\\" + character)
    return f"globalThis.{name}=JSON.parse('{text}');"


@lru_cache(maxsize=1)
def keeper() -> bytes:
    """The service worker that keeps a copy where a reader asked for one. It is no asset: it lives at the root."""
    return (files("waypost.site") / "lone" / "copy.js").read_bytes()


@lru_cache(maxsize=1)
def style() -> str:
    """The one style file: tokens, base, pages, components in the order of their names, print last."""
    site = files("waypost.site")
    parts = _texts(site / "style", ".css")
    components = [
        (folder / "style.css").read_text("utf-8")
        for folder in sorted((site / "components").iterdir(), key=lambda entry: entry.name)
        if (folder / "style.css").is_file()
    ]
    text = "".join([*parts[:-1], *components, parts[-1]])
    packed = _AROUND.sub(r"\1\2", _BLANK.sub(" ", _COMMENT.sub("", text)))
    return packed.replace(";}", "}").strip()


@lru_cache(maxsize=1)
def script() -> str:
    """The one script of every page, without its comments."""
    return without_comments("\n".join(_texts(files("waypost.site") / "script", ".js")))


def _texts(folder: Traversable, ending: str) -> list[str]:
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(ending)), key=lambda entry: entry.name
    )
    return [entry.read_text("utf-8") for entry in found]


def _hashed(name: str, content: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{ending}"
