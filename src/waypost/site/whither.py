"""Where links lead, said for paper: a page of this guide by its short path, one elsewhere by host and path."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_LINK = re.compile(r'<a ((?:[^>"]|"[^"]*")*?)href="([^"#][^"]*)"')


def with_targets(html: str, path: str) -> str:
    """The page with ``data-to`` on each link of its main part; numbers and mail are said by their own words."""
    start = html.find("<main")
    end = html.find("</main>")
    if start < 0 or end < 0:
        return html
    return html[:start] + _LINK.sub(lambda found: _said(found, path), html[start:end]) + html[end:]


def _said(found: re.Match[str], path: str) -> str:
    target = found[2]
    if target.startswith(("tel:", "sms:", "mailto:", "javascript:")):
        return found[0]
    if "://" in target:
        parts = urlsplit(target)
        shown = (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
    else:
        shown = urljoin(f"http://x{path}", target.partition("#")[0]).removeprefix("http://x")
        shown = shown.removesuffix("index.html")
    return f'<a data-to="{shown}" {found[1]}href="{target}"'
