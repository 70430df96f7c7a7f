"""The lexicon as one text of blocks, for the page: groups, common words, then the patterns of each language.

A block is a room and a key in its first line, then lines; blocks are apart by an empty line, parts by two.
``search/browser/find.js`` takes it apart again.
"""

from __future__ import annotations

from collections.abc import Iterable

from waypost.model.need import Lexicon, Patterns
from waypost.rules.need_words import fold


def tongues_of(lexicon: Lexicon) -> list[str]:
    """The languages of the patterns, in the order of their parts."""
    return sorted(_patterns(lexicon))


def lines_of(lexicon: Lexicon) -> str:
    """Everything by which the page reads a query."""
    groups = (
        f"group {key}\n{'|'.join(sorted(map(_folded, words)))}" for key, words in lexicon.groups.items()
    )
    common = (
        f"common {tongue}\n{'|'.join(sorted({token for word in words for token in fold(word)}))}"
        for tongue, words in lexicon.common.items()
    )
    patterns = _patterns(lexicon)
    return "\n\n\n".join(["\n\n".join([*groups, *common]), *(patterns[key] for key in sorted(patterns))])


def _patterns(lexicon: Lexicon) -> dict[str, str]:
    """Every pattern by language: blocks of lines, each under its room and key."""
    rooms: dict[str, dict[tuple[str, str], set[str]]] = {}

    def add(room: str, key: str, words: Patterns) -> None:
        for language, lines in words.items():
            if lines:
                rooms.setdefault(language, {}).setdefault((key, room), set()).update(map(_plain, lines))

    for key, need in lexicon.needs.items():
        add("need", key, need.words)
    for key, sign in lexicon.dangers.items():
        add("danger", key, sign.words)
        add("unless", key, sign.unless)
        add("never", key, sign.never_with)
    for key, trait in lexicon.traits.items():
        add("age" if key == "age" else "trait", "is" if key == "age" else key, trait.words)
    for key, moment in lexicon.moments.items():
        add("when", key, moment.words)
    for key in ("hard", "plain", "freed_by"):
        add("seek", key, getattr(lexicon.seeking, key))
    return {
        language: "\n\n".join(
            "\n".join([f"{room} {key}", *merged(lines)]) for (key, room), lines in sorted(some.items())
        )
        for language, some in rooms.items()
    }


def merged(lines: Iterable[str]) -> list[str]:
    """The same patterns in fewer lines: those that differ in one place only become one with a choice there."""
    rows = {tuple(line.split(" ")) for line in lines}
    before = -1
    while len(rows) != before:
        before = len(rows)
        for place in range(max(map(len, rows), default=0) - 1, -1, -1):
            alike: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
            for row in rows:
                if place < len(row) and row[place][0] not in "_=":
                    alike.setdefault((*row[:place], "", *row[place + 1 :]), []).append(row)
            for frame, some in alike.items():
                if len(some) > 1:
                    choice = "|".join(sorted({word for row in some for word in row[place].split("|")}))
                    rows.difference_update(some)
                    rows.add((*frame[:place], choice, *frame[place + 1 :]))
    return sorted(" ".join(row) for row in rows)


def _plain(line: str) -> str:
    """A pattern with the words of each place folded, in alphabetical order: what it matches stays the same."""
    return " ".join(
        element if element[0] in "_=" else "|".join(sorted(map(_folded, element.split("|"))))
        for element in line.split()
    )


def _folded(word: str) -> str:
    """A word of a pattern without accents and capitals, with its marks."""
    if word[0] in "@#":
        return word
    return "".join(fold(word)) + (word[-1] if word[-1] in "*!" else "")
