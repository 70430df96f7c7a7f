"""How hard a text is to read: Flesch-Kincaid for English, Szigriszt-Pazos (INFLESZ scale) for Spanish.

Both are sums over words, sentences and syllables. English syllables come from a pronouncing dictionary that
the caller passes in; Spanish ones are counted from the spelling, which tells them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = ["english_syllables", "grade", "inflesz", "sentences", "spanish_syllables", "words"]

Syllables = Callable[[str], int]

# A number read aloud is one word; a hyphen or apostrophe inside keeps a word whole.
_WORD = re.compile(r"[^\W_]+(?:[.,:/][0-9]+)*(?:['’\-‑][^\W_]+)*")
_ENDS = {
    "en": ("mr", "mrs", "ms", "dr", "st", "ave", "rd", "no", "vs", "inc", "dept", "e.g", "i.e", "etc", "u.s"),
    "es": (
        "sr",
        "sra",
        "srta",
        "dr",
        "dra",
        "ud",
        "uds",
        "núm",
        "art",
        "ee",
        "uu",
        "p.ej",
        "ej",
        "etc",
        "av",
    ),
}
_LETTERED = frozenset({"class", "clase"})
_STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s|$))|\n\s*\n|\n")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?:[^laeiouy]es|[^aeiouy]ed|[^l]e|[aeiouy]le)$")
_SPOKEN_END = re.compile(r"(?:[td]ed|[sxz]es|[cg]es|[sc]hes|[^aeiouy]le)$")
_STRONG = "aeoáéíóú"
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+|(?<![aeiouáéíóúü])y(?![aeiouáéíóú])")


def words(text: str) -> list[str]:
    """The words of a text in order; a number with its points and commas is one word."""
    return _WORD.findall(text)


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text: they end at a stop, a question or exclamation mark, or the end of a line.

    A point after an abbreviation, after one capital letter, or between figures does not end one.
    """
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        so_far = text[start : stop.start()]
        if text[stop.start()] == "." and _abbreviated(so_far, text[stop.end() :], language):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if words(sentence)]


def _abbreviated(before: str, after: str, language: str) -> bool:
    said = before.split()[-2:]
    last = said[-1].strip("(\"'“¿¡").lower() if said else ""
    # "Es de clase B." ends: its letter is no initial.
    lettered = len(said) > 1 and said[-2].lower() in _LETTERED
    initial = len(last) == 1 and last.isalpha() and last not in "aeiouy" and not lettered
    # "etc." ends a sentence when a capital follows; a title never does.
    ends_here = last == "etc" and after.lstrip()[:1].isupper()
    return not ends_here and (initial or last in _ENDS.get(language, ()) or after.lstrip()[:1].islower())


def grade(text: str, syllables: Syllables) -> float:
    """The Flesch-Kincaid grade of an English text: 0.39 words a sentence + 11.8 syllables a word − 15.59.

    Raises ValueError for a text without words.
    """
    per_sentence, per_word = _means(text, "en", syllables)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def inflesz(text: str) -> float:
    """Szigriszt-Pazos' perspicuity of a Spanish text: 206.835 − 62.3 syllables a word − words a sentence.

    On the INFLESZ scale, 55 to 65 is normal and above 65 is fairly easy. Raises ValueError for a text
    without words.
    """
    per_sentence, per_word = _means(text, "es", spanish_syllables)
    return 206.835 - 62.3 * per_word - per_sentence


def _means(text: str, language: str, syllables: Syllables) -> tuple[float, float]:
    said = words(text)
    if not said:
        raise ValueError("A text without words has no grade.")
    return len(said) / len(sentences(text, language)), sum(map(syllables, said)) / len(said)


def english_syllables(word: str, pronounced: Mapping[str, int]) -> int:
    """The syllables of an English word: as in the dictionary, else guessed from its groups of vowels.

    Parts joined by a hyphen are counted one by one; figures count as one syllable, as Flesch counted them.
    """
    parts = [part for part in re.split(r"[-‑]", word.lower().replace("’", "'")) if part]
    return sum(_english_part(part, pronounced) for part in parts) or 1


def _english_part(word: str, pronounced: Mapping[str, int]) -> int:
    if not any(letter.isalpha() for letter in word):
        return 1
    if known := pronounced.get(word) or pronounced.get(word.removesuffix("'s")):
        return known
    count = len(_VOWELS.findall(word))
    if _SILENT_E.search(word) and not _SPOKEN_END.search(word):
        count -= 1
    return max(count, 1)


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word from its spelling.

    Two strong vowels part (hiatus), and so does a weak vowel with an accent beside a strong one; a weak
    vowel without accent joins its neighbor (diphthong). The u of "que", "gui" is silent.
    """
    # A mute h keeps no vowels apart: "prohibir" has two syllables.
    spelled = re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])|(?<!c)h", "", word.lower())
    count = 0
    for group in _SPANISH_VOWELS.findall(spelled):
        # An accented í or ú beside a strong vowel is strong itself: it always makes a syllable of its own.
        strong = sum(letter in _STRONG for letter in group)
        count += strong or 1
    return max(count, 1)
