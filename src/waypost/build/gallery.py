"""Write the gallery of components: each with its examples, in each language, light and dark.

The pages are plain files without any script. The strict policy forbids frames and styles inside a page, so
light and dark are two pages, each with a style file that says which of the two it is.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from waypost.model.pack import Pack
from waypost.site.bundle import style
from waypost.site.examples import Contract, contracts, drawn
from waypost.site.headers import CONTENT_POLICY

THEMES = ("light", "dark")
_DARK = "@media (prefers-color-scheme:dark)"

_OWN = """
.gallery { max-width: 76rem; margin: 0 auto; padding: 1rem; }
.gallery-list { columns: 12rem; }
.gallery-part { border-top: 3px solid var(--line); padding: 1rem 0 2rem; }
.gallery-pair { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.gallery-one { border: 1px dashed var(--edge); border-radius: .5rem; overflow: auto;
  position: relative; padding: 1rem; contain: layout; }
.gallery-one > [hidden] { display: block !important; } .gallery .exit { position: static; }
"""


def gallery(pack: Pack, out: Path) -> int:
    """Write the gallery into a folder; returns the number of files. Existing files of those names are replaced."""
    out.mkdir(parents=True, exist_ok=True)
    made = list(contracts())
    for theme in THEMES:
        (out / f"{theme}.css").write_text(themed(style(), theme) + _OWN, "utf-8")
        page = out / ("index.html" if theme == "light" else "dark.html")
        page.write_text(_page(pack, made, theme), "utf-8")
    return 2 * len(THEMES)


def themed(css: str, theme: str) -> str:
    """The style as one theme alone, whatever the device prefers."""
    forced = css.replace(_DARK, "@media all" if theme == "dark" else "@media not all")
    return forced.replace("color-scheme:light dark", f"color-scheme:{theme}")


def _page(pack: Pack, made: list[Contract], theme: str) -> str:
    other, where = ("Dark", "dark.html") if theme == "light" else ("Light", "index.html")
    contents = "".join(f'<li><a href="#c-{c.component}">{c.component}</a></li>' for c in made)
    parts = "\n".join(_part(pack, each) for each in made)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(CONTENT_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>Components, Waypost</title>\n<link rel="stylesheet" href="{theme}.css">\n</head>\n'
        f'<body><main class="gallery"><h1>Components</h1>\n<p class="lead">{len(made)} components, from their own '
        f'contracts. <a href="{where}">{other}</a></p>\n<ul class="plain gallery-list wide">{contents}</ul>\n{parts}\n'
        "</main></body>\n</html>\n"
    )


def _part(pack: Pack, contract: Contract) -> str:
    fields = "".join(f"<li><code>{escape(k)}</code>: {escape(v)}</li>" for k, v in contract.fields.items())
    shown = "\n".join(
        f'<div><p class="quiet">{escape(e.name)}, {e.language}</p>'
        f'<div class="gallery-one" lang="{e.language}">{drawn(e, pack)}</div></div>'
        for e in contract.examples
    )
    return (
        f'<section class="gallery-part wide"><h2 id="c-{contract.component}">{contract.component}</h2>\n'
        f"<p>{escape(contract.about)}</p><ul>{fields}</ul>\n"
        f'<div class="gallery-pair">{shown}</div></section>'
    )
