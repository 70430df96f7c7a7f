"""XML without a DTD, entities or anything from elsewhere: bytes as elements, or a Problem that says why not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from waypost.exchange.dialects import text
from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem, ProblemsFound, Struct

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEEPEST = 64
"""AIRS nests about ten levels; what is deeper by far is made to do harm."""

SOON = 1000
"""So many elements may stand before the first one that is looked for."""

DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml\b([^>]*)\?>")
ENCODING = re.compile(r"encoding\s*=\s*[\"']([\w.:-]+)[\"']")
READ = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "windows-1252", "cp1252", "iso-8859-1", "latin1"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FIRST = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<[\s\x00]*[?!A-Za-z_]")
DO = "Export the file again, as XML in UTF-8 without a DTD."


class Written(Struct):
    """The text of an XML file: which encoding it is in, and how many characters that XML has not were left out."""

    text: str
    encoding: str
    declared: str | None = None
    left_out: int = 0

    @property
    def otherwise(self) -> bool:
        """Whether the file is written in another encoding than it says."""
        said = (self.declared or "utf-8").lower().replace("-", "")
        return self.encoding == "cp1252" and said in ("utf8", "utf16")


def looks_so(data: bytes) -> bool:
    """Whether a file begins as XML does."""
    return FIRST.match(data[:200]) is not None


def written(data: bytes, where: str) -> Written:
    """The text of the file without its declaration. Raises ProblemsFound."""
    whole, encoding = text.decoded(where, data)
    found = DECLARATION.match(whole)
    said = ENCODING.search(found[1]) if found else None
    if said and said[1].lower() not in READ:
        what = f'It says that it is written in "{said[1][:40]}", which is not read.'
        raise ProblemsFound([unreadable(where, what, DO)])
    if found:
        # Lines are counted as in the file, so that a Problem names the line that a person sees.
        whole = "\n" * found[0].count("\n") + whole[found.end() :]
    clean, left_out = CONTROLS.subn("", whole.removeprefix("\ufeff"))
    return Written(clean, encoding, said[1] if said else None, left_out)


def branches(found: Written, where: str, branch: str) -> Iterator[tuple[list[str], Element]]:
    """Each element of this name that stands in no other of its name, whole, with the names of those around it.

    What was given is let go of when the next is asked for, so that a large file is not held twice. The root
    comes last, under no name. Raises ProblemsFound, also for a file in which there soon is none of this name.
    """
    iterparse, refusals, broken = library(where)
    path: list[str] = []
    inside = count = 0
    met = False
    source = io.BytesIO(found.text.encode("utf-8", "replace"))
    try:
        for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            name = local(element.tag)
            if event == "start":
                path.append(name)
                inside += name == branch
                count += 1
                met = met or name == branch
                if count > SOON and not met:
                    raise ProblemsFound([other(where, path[0], branch)])
                if len(path) > DEEPEST:
                    what = f"It nests more than {DEEPEST} levels deep."
                    raise ProblemsFound([unreadable(where, what, DO)])
                continue
            path.pop()
            inside -= name == branch
            if not path and not met:
                raise ProblemsFound([other(where, name, branch)])
            if (name == branch and not inside) or not path:
                yield list(path), element
                element.clear()
    except refusals as error:
        raise ProblemsFound([unreadable(where, refused(error), DO)]) from None
    except broken as error:
        raise ProblemsFound([unreadable(where, f"It is not XML: {error}.", DO)]) from None


def other(where: str, root: str, branch: str) -> Problem:
    """A Problem: this is XML of another kind."""
    return unreadable(
        where,
        f'This is XML, but not AIRS XML: its root is "{root[:40]}", and there is no "{branch}" in it.',
        "Export the directory as AIRS XML 3.0, or as HSDS in JSON or CSV.",
    )


def library(where: str) -> tuple[Any, type[Exception], type[Exception]]:
    """The reader, and what it raises. Raises ProblemsFound where it is not installed."""
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, iterparse
    except ImportError:
        what = "XML needs the extra packages of Waypost's formats, which are not installed."
        raise ProblemsFound(
            [unreadable(where, what, 'Install them with "pip install waypost[formats]".')]
        ) from None
    return iterparse, DefusedXmlException, ParseError


def refused(error: Exception) -> str:
    """What a file does that no directory needs, in words."""
    if type(error).__name__ == "DTDForbidden":
        return (
            "It has a DTD (<!DOCTYPE>), which can make a small file fill the memory or call other machines."
        )
    return "It defines entities or points at other files, which can call other machines."


@lru_cache(maxsize=4096)
def local(tag: object) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
