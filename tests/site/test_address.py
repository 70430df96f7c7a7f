"""One place decides paths: links find their way between any two pages, and no path tells what is read."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.site import address

SEGMENT = st.text("abc234", min_size=1, max_size=3)
FOLDER = st.lists(SEGMENT, max_size=4).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))


@given(FOLDER, FOLDER)
def test_a_relative_link_leads_to_its_page_on_a_server(here: str, there: str) -> None:
    """Whatever page one is on, following the link lands on the page meant."""
    link = address.relative(here, there)
    landed = posixpath.normpath(posixpath.join(here, link))
    assert landed.rstrip("/") == there.rstrip("/")
    assert not link.startswith("/")
    assert link.endswith("/")


@given(FOLDER, FOLDER)
def test_a_relative_link_leads_to_its_file_without_a_server(here: str, there: str) -> None:
    """In a folder of files the same link ends in the index file of the page meant."""
    link = address.relative(here, there, "index.html")
    assert posixpath.normpath(posixpath.join(here, link)) == posixpath.join(there, "index.html")


def test_a_page_without_a_last_slash_links_from_its_folder() -> None:
    """Results lie at an address without a last slash; their links start from the folder above."""
    assert address.relative("/r/token", "/s/abc234/") == "../s/abc234/"
    assert address.relative("/es/r/token", "/es/") == "../"


def test_a_part_of_a_page_keeps_its_mark() -> None:
    """A link to a part of a page keeps the part."""
    assert address.relative("/q/", "/q/#part-1") == "./#part-1"
    assert address.relative("/", "/q/#part-1", "index.html") == "q/index.html#part-1"


@pytest.mark.parametrize(
    ("path", "language"), [("/", "en"), ("/es/", "es"), ("/es/s/abc/", "es"), ("/s/abc/", "en")]
)
def test_the_language_of_an_address(path: str, language: str) -> None:
    """English lies at the root, each other language below its code; a one-letter folder is no language."""
    assert address.language_of(path) == language


@given(st.text(max_size=30))
def test_an_opaque_slug_forms_no_words(key: str) -> None:
    """Six letters and digits without vowels, the same for the same key."""
    slug = address.opaque(key)
    assert len(slug) == 6
    assert not set(slug) & set("aeiouyl01")
    assert slug == address.opaque(key)
