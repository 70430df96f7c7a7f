"""A file that none of our formats fits: what it was taken for, what was looked for, and what to do with it."""

from __future__ import annotations

import re

from waypost.exchange.trouble import unreadable
from waypost.model.evidence import Problem

LOOKED_FOR = (
    "HSDS in JSON, which begins with { or [",
    "AIRS XML, which begins with < and holds Agency",
    "tables in CSV: a file that ends in .csv, a folder or a zip file of them",
    "our own form in YAML",
)
EXPORT = "Export the records from the program that keeps them, as HSDS or AIRS XML, or as CSV."
UNPACK = "Unpack it, and name what was in it."
BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", EXPORT),
    (b"\x89PNG", "a picture", EXPORT),
    (b"\xff\xd8\xff", "a picture", EXPORT),
    (b"GIF8", "a picture", EXPORT),
    (b"{\\rtf", "a text document (RTF)", EXPORT),
    (b"\xd0\xcf\x11\xe0", "a document or spreadsheet of an older office program", "Save it as xlsx or CSV."),
    (b"\x1f\x8b", "an archive (gzip)", UNPACK),
    (b"BZh", "an archive (bzip2)", UNPACK),
    (b"7z\xbc\xaf", "an archive (7z)", UNPACK),
    (b"Rar!", "an archive (rar)", UNPACK),
    (b"\xfd7zXZ", "an archive (xz)", UNPACK),
    (b"SQLite format 3", "a database (SQLite)", EXPORT),
    (b"PAR1", "a table in Parquet", "Save it as CSV."),
    (b"BEGIN:VCARD", "address cards (vCard)", EXPORT),
    (b"BEGIN:VCALENDAR", "a calendar", EXPORT),
)
PAGE = re.compile(rb"\A[\s\xef\xbb\xbf]*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
JSON = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[\[{\"\d-]|true|false|null|NaN|Infinity|\Z)")
TABLE = re.compile(r"\A[^\n,;\t|]{1,60}[,;\t|][^\n]*\n")


def foreign(data: bytes, where: str) -> Problem | None:
    """A Problem for a file that begins as none of our formats does; None for one that may be JSON or XML."""
    if PAGE.match(data[:400]):
        return taken_for(where, "a web page", EXPORT)
    for start, name, do in BEGINNINGS:
        if data.startswith(start):
            return taken_for(where, name, do)
    if JSON.match(data[:400]) or data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    return words(data[:4000], where)


def words(data: bytes, where: str) -> Problem:
    """A Problem: text that is none of ours, or no text at all."""
    marks = (b"\xff\xfe", b"\xfe\xff")
    text = data.decode("utf-16" if data.startswith(marks) else "cp1252", "replace")
    if "\0" in text:
        return taken_for(where, "a file of another program, since it is no text", EXPORT)
    if data.startswith(marks):
        return taken_for(where, "text in UTF-16", "Save it again as UTF-8.")
    start = " ".join(text.split())[:20]
    if TABLE.match(text.lstrip("\ufeff")):
        do = "Let its name end in .csv, and import it again."
        return taken_for(where, f'a table, since its first line "{start}" has several cells', do)
    return taken_for(where, f'plain words, which begin with "{start}"', EXPORT)


def taken_for(where: str, name: str, do: str) -> Problem:
    """A Problem: this is something else; what was looked for."""
    return unreadable(where, f"This was taken for {name}. Looked for: {'; '.join(LOOKED_FOR)}.", do)
