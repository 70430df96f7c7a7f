"""What people write into one cell, taken apart: phones, opening hours, languages, lists; what is left stays words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waypost.exchange.dialects import times
from waypost.exchange.dialects.airs_rows import KINDS
from waypost.exchange.recurring import CODES
from waypost.model.evidence import Struct

NUMBER = re.compile(
    r"(?<![\w.])(?:\+?1[\s.-]{0,2})?(?:\(\d{3}\)|\d{3})[\s./-]{0,2}(?:\d{3}[\s.-]?\d{4}|[A-Z\d]{3}-?[A-Z\d]{4})(?!\w)"
)
SHORT = re.compile(r"(?<![\w-])(?:\d{3}[\s.-]\d{4}|[2-9]\d\d)(?![\w-])")
FOREIGN = re.compile(r"(?<!\w)\+[2-9]\d{0,2}(?:[\s.-]?\d{2,4}){2,4}(?!\w)")
EXTENSION = re.compile(r"\A[\s,;(]*(?:extension|ext|x|#)[\s.:]*(\d{1,7})\)?", re.IGNORECASE)
PARTS = re.compile(r"\s*(?:[\n;|,]|\bor\b|\band\b|\bo\b|(?<=\d)\s*/\s*(?=[\d(+A-Za-z]))\s*")
LISTED = re.compile(r"\s*[;\n,|]\s*")
SPOKEN = re.compile(r"\s*(?:[;\n,|/&+]|\band\b|\by\b)\s*", re.IGNORECASE)
LANGUAGES = {
    "eng": "English", "en": "English", "english": "English", "ingl\xe9s": "English", "ingles": "English",
    "span": "Spanish", "sp": "Spanish", "es": "Spanish", "esp": "Spanish", "spanish": "Spanish",
    "espa\xf1ol": "Spanish", "espanol": "Spanish", "port": "Portuguese", "pt": "Portuguese", "fr": "French",
    "portugu\xe9s": "Portuguese", "portugu\xeas": "Portuguese", "asl": "American Sign Language", "creole": "Haitian Creole",
}  # fmt: skip
CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?\s?m?\.?(?![a-z]))?|noon|midnight|mediod\xeda|medianoche)"
SPAN = re.compile(
    rf"({CLOCK})\s*(?:-|\u2013|\u2014|to|until|till|a|hasta)\s*(?:las\s+)?({CLOCK})", re.IGNORECASE
)
DAY = (
    r"(?:mon(?:day)?s?|tue(?:s(?:day)?s?)?|wed(?:nesday)?s?|thu(?:r(?:s(?:day)?s?)?)?|fri(?:day)?s?|sat(?:urday)?s?|"
    r"sun(?:day)?s?|lunes|lun|martes|mar|mi\xe9rcoles|miercoles|mi\xe9|mie|jueves|jue|viernes|vie|s\xe1bados?|sabados?|s\xe1b|"
    r"sab|domingos?|dom|mo|tu|we|th|fr|sa|su|m|t|w|f)\b\.?"
)
DAYS = re.compile(
    rf"(?:(?:{DAY})(?:\s*(?:-|\u2013|\u2014|,|&|/|\band\b|\bthrough\b|\bthru\b|\bto\b|\by\b|\ba\b)\s*(?:{DAY}))*"
    r"|daily|every ?day|7 days(?: a week)?|weekdays|weekends|todos los d\xedas|diario)",
    re.IGNORECASE,
)
LETTERS = {"m": "MO", "t": "TU", "w": "WE", "f": "FR", "l": "MO"}
SPANISH = {
    "lun": "MO",
    "mar": "TU",
    "mi": "WE",
    "jue": "TH",
    "vie": "FR",
    "s\xe1b": "SA",
    "sab": "SA",
    "dom": "SU",
}
WHOLE = {"weekdays": CODES[:5], "weekends": CODES[5:]}
ROUND = re.compile(
    r"24\s*/\s*7|24 (?:hours|hrs?)(?:\s*(?:a day|daily))?(?:[\s,;/]*(?:7 days.*|365.*))?|24 horas", re.I
)
FILLER = re.compile(r"\A[\s,.;:()]*(?:(?:from|open|de|hours?|horario)[\s:]*)?\Z", re.IGNORECASE)
SPELLING = ("by-day", "marked", "24-hours")


class Phone(Struct):
    """A number, its extension, its kind, and the words that stood beside it."""

    number: str
    extension: str = ""
    kind: str = ""
    words: str = ""


class Open(Struct):
    """Days and times, or words that say neither; ``guessed``: neither am nor pm stood there."""

    days: str = ""
    opens: str = ""
    closes: str = ""
    words: str = ""
    guessed: bool = False


def phones(cell: str) -> list[Phone]:
    """Every number in a cell; none where there is none."""
    found: list[Phone] = []
    marks = [*NUMBER.finditer(cell), *FOREIGN.finditer(cell)]
    taken = [m.span() for m in marks]
    marks += [m for m in SHORT.finditer(cell) if not any(a <= m.start() < b for a, b in taken)]
    marks.sort(key=lambda m: m.start())
    before = 0
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(cell)
        after = cell[mark.end() : end]
        extension = EXTENSION.match(after)
        after = after[extension.end() :] if extension else after
        cut = re.search(r"[;\n|/,]|\bor\b|\band\b", after)
        rest = after if place + 1 == len(marks) else after[: cut.start()] if cut else ""
        words = tidy(f"{cell[before : mark.start()]} {rest}")
        kind = next((name for name, pattern in KINDS if pattern.search(words)), "")
        found.append(Phone(spelled(mark[0]), extension[1] if extension else "", kind, words))
        before = (
            end if place + 1 == len(marks) else mark.end() + (extension.end() if extension else 0) + len(rest)
        )
    return found


def spelled(number: str) -> str:
    """A number as it is written; ten digits in a row, as a spreadsheet keeps them, with dashes."""
    bare = number.strip()
    if bare.isdigit() and len(bare) == 11 and bare[0] == "1":
        bare = bare[1:]
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:]}" if bare.isdigit() and len(bare) == 10 else bare


def tidy(words: str) -> str:
    """Words without the marks that stood between them and a number."""
    bare = re.sub(r"\s+", " ", words).strip(" \t,;:/|()-\u2013.")
    return re.sub(r"\A(?:or|and|o)\b\s*", "", bare)


def languages(cell: str) -> list[str]:
    """The names of languages in a cell, short ones written out."""
    parts = (part.strip(" .") for part in SPOKEN.split(cell))
    return list(dict.fromkeys(LANGUAGES.get(part.lower(), part) for part in parts if part))


def listed(cell: str) -> list[str]:
    """The parts of a list in a cell."""
    return list(dict.fromkeys(part for part in LISTED.split(cell.strip()) if part))


def hours(cell: str, *, spelling: str = "by-day", days: str = "") -> list[Open]:
    """Opening hours in a cell. Each part that cannot be read in whole stays as words."""
    found: list[Open] = []
    held = days
    for part in re.split(r"\s*[;\n]\s*", cell.strip()):
        for piece in pieces(part):
            read = one(piece, spelling, held)
            held = read[-1].days or held if read[-1].opens else held
            found += read
    return found


def pieces(part: str) -> Iterator[str]:
    """A part at the commas behind which days begin anew: "Mon-Fri 9-5, Sat 10-2"."""
    start = 0
    for comma in re.finditer(r"\s*,\s*", part):
        if SPAN.search(part[start : comma.start()]) and DAYS.match(part[comma.end() :]):
            yield part[start : comma.start()]
            start = comma.end()
    if part[start:].strip():
        yield part[start:].strip()


def one(piece: str, spelling: str, held: str) -> list[Open]:
    """One part: days with one or several spans, or all of it as words."""
    if ROUND.fullmatch(piece.strip(" .")):
        return [Open(",".join(CODES), "00:00", "23:59")]
    spans = list(SPAN.finditer(piece))
    if not spans:
        return [Open(words=piece)]
    rest = SPAN.sub(" ", piece)
    named = DAYS.search(rest)
    left = DAYS.sub(" ", rest, count=1) if named else rest
    codes = week(named[0]) if named else held
    read = [clocks(span[1], span[2], spelling) for span in spans]
    bare = re.sub(r"(?:\band\b|&|,|\by\b)", " ", left)
    if codes is None or not codes or None in read or not FILLER.match(bare):
        return [Open(words=piece)]
    return [Open(codes, r[0], r[1], piece if r[2] else "", r[2]) for r in read if r]


def week(words: str) -> str | None:
    """The codes of the days that words name."""
    bare = words.strip().lower().rstrip(".")
    if bare in WHOLE:
        return ",".join(WHOLE[bare])
    if re.fullmatch(r"daily|every ?day|7 days.*|todos los d\xedas|diario", bare):
        return ",".join(CODES)
    spoken = re.sub(DAY, lambda match: english(match[0]), bare)
    spoken = re.sub(r"\b(?:thru|a|al)\b|\u2014", "-", spoken)
    return times.days(re.sub(r"\by\b", "and", spoken))


def english(word: str) -> str:
    """A day by the code that the standard has for it."""
    bare = word.rstrip(".").lower()
    if bare in LETTERS:
        return LETTERS[bare]
    spanish = next((code for start, code in SPANISH.items() if bare.startswith(start)), None)
    return spanish or bare[:2].upper()


def clocks(opens: str, closes: str, spelling: str) -> tuple[str, str, bool] | None:
    """Two times as HH:MM, and whether am and pm were guessed; None where they could be either."""
    first, last = (clean(text) for text in (opens, closes))
    marked = [bool(re.search(r"[apnm]", text)) for text in (first, last)]
    if all(marked) or spelling == "24-hours":
        return both(whole(first), whole(last))
    if spelling == "marked":
        return both(whole(first), whole(last)) if ":" in first and len(first) == 5 else None
    if marked[1] and not marked[0] and (end := times.time(last)):
        near = [t for m in ("am", "pm") if (t := times.time(f"{whole_number(first)}{m}")) and t < end]
        return (
            (
                near[-1]
                if last[-2:] == "pm" and near and int(near[-1][:2]) >= 12 and int(first.split(":")[0]) < 6
                else near[0],
                end,
                True,
            )
            if near
            else None
        )
    if marked[0] and (start := times.time(first)):
        late = [t for m in ("am", "pm") if (t := times.time(f"{whole_number(last)}{m}")) and t > start]
        return (start, late[0], True) if late else None
    return by_day(first, last)


def by_day(first: str, last: str) -> tuple[str, str, bool] | None:
    """Two times of which neither says am or pm, as a day at work has them; None where both could be."""
    start, end = whole(first), whole(last)
    if not start or not end:
        return None
    if int(start[:2]) > 12 or int(end[:2]) > 12 or (start[0] == "0" and len(first) == 5):
        return (start, end, False) if start < end else None
    hour, until = int(start[:2]), int(end[:2])
    if 7 <= hour <= 11 and (until <= hour or until == 12):
        return start, end if until == 12 else f"{until + 12:02d}:{end[3:]}", True
    if 8 <= hour < until <= 11:
        return start, end, True
    if hour == 12 and until < 9:
        return start, f"{until + 12:02d}:{end[3:]}", True
    if 1 <= hour <= 4 and hour < until <= 7:
        return f"{hour + 12:02d}:{start[3:]}", f"{until + 12:02d}:{end[3:]}", True
    return None


def both(first: str | None, last: str | None) -> tuple[str, str, bool] | None:
    """Two times of which both are known."""
    return (first, last, False) if first and last else None


def clean(text: str) -> str:
    """A time in the words that are read: 9 a.m. as 9am, mediod\xeda as noon."""
    bare = re.sub(r"\s+", "", text.lower())
    bare = {"mediod\xeda": "noon", "medianoche": "midnight"}.get(bare, bare)
    if bare in times.WORDS:
        return bare
    bare = bare.replace(".", ":", 1) if re.match(r"\d{1,2}\.\d{2}", bare) else bare
    bare = bare.replace(".", "")
    return re.sub(r"(\d)([ap])m?$", r"\1\2m", bare)


def whole(text: str) -> str | None:
    """A time, also of hours alone."""
    return times.time(text) or times.time(f"{text}:00" if text.isdigit() else text)


def whole_number(text: str) -> str:
    """Hours and minutes without anything behind them."""
    return re.sub(r"[a-z]", "", text)
