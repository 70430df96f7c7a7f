"""Times, days and dates as people write them, in the words of the standard; None for what cannot be read."""

from __future__ import annotations

import re
from datetime import datetime

from waypost.exchange.recurring import CODES, clock

TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*([ap])\.?\s*m\.?", re.IGNORECASE)
WORDS = {"noon": "12:00", "12 noon": "12:00", "midnight": "00:00"}
DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%Y/%m/%d")
OLDEST = 1900
BETWEEN = re.compile(r"\s*(?:-|\u2013|\bto\b|\bthrough\b)\s*")
APART = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*")


def time(text: str) -> str | None:
    """A time of day as HH:MM: 9:00am, 9 AM, 17:00:00, noon."""
    bare = text.strip().lower()
    if found := WORDS.get(bare) or clock(bare):
        return found
    match = TWELVE.fullmatch(bare)
    if not match or not 1 <= int(match[1]) <= 12 or int(match[2] or 0) > 59:
        return None
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return f"{hour:02d}:{match[2] or '00'}"


def date(text: str) -> str | None:
    """A date as 2026-11-22; none for a year that only holds a place, such as 0001."""
    for form in DATES:
        try:
            found = datetime.strptime(text.strip()[:30], form)  # noqa: DTZ007
        except ValueError:
            continue
        return found.date().isoformat() if found.year >= OLDEST else None
    return None


def day(text: str) -> str | None:
    """The code of one day: Monday, Mon, MO, or 1 for Monday to 7 for Sunday."""
    bare = text.strip().rstrip(".").upper()
    if bare.isascii() and bare.isdigit():
        return CODES[int(bare) - 1] if len(bare) == 1 and 1 <= int(bare) <= 7 else None
    if len(bare) < 2 or not bare.isalpha():
        return None
    whole = {"MO": "MONDAYS", "TU": "TUESDAYS", "WE": "WEDNESDAYS", "TH": "THURSDAYS", "FR": "FRIDAYS"}
    whole |= {"SA": "SATURDAYS", "SU": "SUNDAYS"}
    return next((code for code, name in whole.items() if name.startswith(bare)), None)


def days(text: str) -> str | None:
    """The codes of days: "Monday - Friday", "Tuesday & Thursday", "MO,WE"."""
    found: list[str] = []
    for part in APART.split(text.strip()):
        ends = [day(end) for end in BETWEEN.split(part)]
        if None in ends or len(ends) > 2:
            return None
        codes = [code for code in ends if code]
        first, last = CODES.index(codes[0]), CODES.index(codes[-1])
        found += [CODES[n % 7] for n in range(first, last + 1 + (7 if last < first else 0))]
    return ",".join(code for code in CODES if code in found) or None
