"""Words to a Need: language, place, time, needs, traits, danger signs. ``browser/need.js`` is its twin.

Pure: everything it knows of words comes from the lexicon and the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.model.need import DANGERS, Lexicon, Need, Patterns
from waypost.model.place import Places
from waypost.rules.learned import Learner, make_learner
from waypost.rules.need_words import Match, WordBook, fold, stem

CONTAINED = 15
"""Percent that is left of a match inside a longer one of another need ("food" inside "food stamps")."""
MORE_WORDS = 8
MOST_MORE = 24
LEAST_SHOWN = 16
PLAINLY_SAID = 80
HALF_SAID = 50
STEPPED_BACK = 40
SURER = 3
"""How many times as sure a sum must be that sex is sought where the words also ask for care."""
SEEKING, ALARM = "seeking", "danger"
"""What the learned sums are called that stand for no sign: that sex is sought, that there is any danger."""


@dataclass(frozen=True)
class Reader:
    """A lexicon made ready for reading queries. Made once by ``make_reader``."""

    lexicon: Lexicon
    places: Places
    book: WordBook
    learner: Learner
    tongues: dict[str, frozenset[str]]
    ignored: frozenset[str]
    zips: dict[str, str]

    def understand(self, words: str, language: str | None = None) -> Need:
        """Take a query apart. What it does not say stays unknown."""
        tokens, corrected = self.book.correct(fold(words))
        matches = self.book.read(tokens)
        by_room: dict[str, list[Match]] = {}
        for match in matches:
            room, _, key = match.label.partition(":")
            by_room.setdefault(room, []).append(Match(key, match.percent, match.start, match.end))
        sums = self.learner.sums(tokens)
        dangers = self._dangers(by_room, sums)
        needs = _weights(by_room.get("need", []), self.lexicon)
        age = _age(tokens, by_room.get("age", []))
        traits = self._traits(by_room.get("trait", []), age)
        ago = _hours_ago(tokens, by_room.get("when", []), self.lexicon)
        moments = [self.lexicon.moments[match.label] for match in by_room.get("when", [])]
        seeking = self._seeking(by_room, needs, dangers, sums)
        said = dict(needs)
        meant = {need for key in dangers for need in self.lexicon.dangers[key].needs}
        plain = max((said[need] for need in said if need not in meant), default=0) >= PLAINLY_SAID
        for key in dangers:
            _raise(needs, self.lexicon.dangers[key].needs, said, plain)
        for key in traits:
            _raise(needs, self.lexicon.traits[key].needs, said, False)
        elsewhere, town, placed = self._place(tokens, by_room)
        left = [t for i, t in enumerate(tokens) if i not in placed and t not in self.ignored]
        return Need(
            words=words,
            tokens=tuple(dict.fromkeys(stem(token) for token in left)),
            language=self._language(words, tokens) or language,
            needs={key: needs[key] for key in sorted(needs) if needs[key] >= LEAST_SHOWN},
            dangers=dangers,
            traits=traits,
            age=age,
            town=town,
            elsewhere=elsewhere,
            hours_ago=ago,
            now=any(moment.now for moment in moments),
            days=next((m.days for m in moments if m.days is not None), None),
            weekday=next((m.weekday for m in moments if m.weekday is not None), None),
            hour=next((m.hour for m in moments if m.hour is not None), None),
            seeking=seeking,
            corrected=corrected,
        )

    def _traits(self, matches: list[Match], age: int | None) -> tuple[str, ...]:
        """What the person has or lacks; whoever is under 18 by a number is so by the word too."""
        traits = tuple(key for key in self.lexicon.traits if any(m.label == key for m in matches))
        if age is not None and age < 18 and "under_18" in self.lexicon.traits and "under_18" not in traits:
            return (*traits, "under_18")
        return traits

    def _dangers(self, by_room: dict[str, list[Match]], sums: dict[str, int]) -> tuple[str, ...]:
        """The signs whose words stand there and are not taken back, and the likeliest where the words add up."""
        taken_back = by_room.get("unless", [])
        barred = {m.label for m in by_room.get("never", [])}
        learned = self.lexicon.learned
        found = {
            m.label
            for m in by_room.get("danger", [])
            if not any(u.label == m.label and u.start <= m.end and m.start <= u.end for u in taken_back)
            and sums.get(ALARM, 0) > learned.hides
        }
        if sums.get(ALARM, 0) >= learned.alarms:
            likeliest = sorted(self.lexicon.dangers, key=lambda sign: (-sums.get(sign, 0), sign))[:2]
            least = sums.get(likeliest[0], 0) - learned.near
            found |= {sign for sign in likeliest if sums.get(sign, 0) >= least}
        found -= barred
        found |= {brought for sign in found for brought in self.lexicon.dangers[sign].implies}
        return tuple(sign for sign in DANGERS if sign in found)

    def _seeking(
        self,
        by_room: dict[str, list[Match]],
        needs: dict[str, int],
        dangers: tuple[str, ...],
        sums: dict[str, int],
    ) -> bool:
        """Whether the words seek to buy, sell or advertise sex, and ask for no care."""
        learned, total = self.lexicon.learned, sums.get(SEEKING, 0)
        matches = by_room.get("seek", [])
        if dangers or any(m.label == "freed_by" for m in matches):
            return False
        cared = any(self.lexicon.needs[key].care and weight >= 50 for key, weight in needs.items())
        # Who asks for care and is refused is harmed; who seeks sex and is shown care is not.
        if total >= learned.shows * (SURER if cared else 1):
            return True
        if total <= learned.frees:
            return False
        if any(m.label == "hard" for m in matches):
            return True
        return any(m.label == "plain" for m in matches) and not cared

    def _place(
        self, tokens: list[str], by_room: dict[str, list[Match]]
    ) -> tuple[str | None, str | None, set[int]]:
        """A place that only sounds like ours, a town of ours, and the tokens that named them."""
        elsewhere = max(by_room.get("elsewhere", []), key=lambda m: m.end - m.start, default=None)
        if elsewhere is not None:
            return elsewhere.label, None, set(range(elsewhere.start, elsewhere.end + 1))
        towns = sorted(by_room.get("town", []), key=lambda m: (m.start - m.end, m.start))
        placed = {i for m in towns for i in range(m.start, m.end + 1)}
        for i, token in enumerate(tokens):
            if token in self.zips:
                return None, self.zips[token], placed | {i}
        return None, towns[0].label if towns else None, placed

    def _language(self, words: str, tokens: list[str]) -> str | None:
        """The language that more of the words belong to; ``mixed`` where both have a good share."""
        english = sum(1 for token in tokens if token in self.tongues["en"])
        spanish = sum(1 for token in tokens if token in self.tongues["es"])
        if any(c in "áéíóúüñÁÉÍÓÚÜÑ¿¡" for c in words[:1000]):
            spanish += 2
        if min(english, spanish) >= 2 and 5 * min(english, spanish) >= 2 * (english + spanish):
            return "mixed"
        if english == spanish:
            return None
        return "en" if english > spanish else "es"


def make_reader(lexicon: Lexicon, places: Places, names: Iterable[str] = ()) -> Reader:
    """Compile a lexicon and a gazetteer; ``names`` are names whose words count as spelled right."""
    book = WordBook(lexicon.groups)
    for key, need in lexicon.needs.items():
        _add(book, f"need:{key}", need.words)
    for key, sign in lexicon.dangers.items():
        _add(book, f"danger:{key}", sign.words)
        _add(book, f"unless:{key}", sign.unless)
        _add(book, f"never:{key}", sign.never_with)
    for key, trait in lexicon.traits.items():
        room = "age:is" if key == "age" else f"trait:{key}"
        _add(book, room, trait.words)
    for key, moment in lexicon.moments.items():
        _add(book, f"when:{key}", moment.words)
    _add(book, "seek:hard", lexicon.seeking.hard)
    _add(book, "seek:plain", lexicon.seeking.plain)
    _add(book, "seek:freed_by", lexicon.seeking.freed_by)
    zips: dict[str, str] = {}
    for key, town in places.towns.items():
        book.add(f"town:{key}", [_as_pattern(name) for name in (town.name, *town.aliases)])
        for code in town.zips:
            zips.setdefault(code, key)
    for key, other in places.elsewhere.items():
        book.add(f"elsewhere:{key}", [_as_pattern(name) for name in other.words])
    for common in lexicon.common.values():
        book.know(token for word in common for token in fold(word))
    book.know(token for name in names for token in fold(name) if len(token) >= 4)
    ignored = frozenset(token for words in lexicon.common.values() for word in words for token in fold(word))
    learner = make_learner(lexicon.learned, book)
    return Reader(lexicon, places, book, learner, _tongues(lexicon), ignored, zips)


def understand(words: str, lexicon: Lexicon, places: Places, language: str | None = None) -> Need:
    """Take one query apart. For many, make one Reader and ask that."""
    return make_reader(lexicon, places).understand(words, language)


def _add(book: WordBook, label: str, words: Patterns) -> None:
    for language in sorted(words):
        book.add(label, words[language])


def _as_pattern(name: str) -> str:
    return " ".join(f"{token}!" for token in fold(name))


def _tongues(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The words that belong to one of the two languages and not to the other."""
    words: dict[str, set[str]] = {"en": set(), "es": set()}
    for language, own in words.items():
        own.update(token for word in lexicon.common.get(language, ()) for token in fold(word))
        for patterns in (
            *(n.words for n in lexicon.needs.values()),
            *(d.words for d in lexicon.dangers.values()),
        ):
            for line in patterns.get(language, ()):
                for element in line.split():
                    if element[0] not in "_=":
                        forms = ("".join(fold(w)) for w in element.split("|") if w[0] not in "@#")
                        own.update(form for form in forms if len(form) > 2)
    return {
        "en": frozenset(words["en"] - words["es"]),
        "es": frozenset(words["es"] - words["en"]),
    }


def _weights(matches: list[Match], lexicon: Lexicon) -> dict[str, int]:
    """The weight of each need: its best match, and a little for each further one elsewhere in the words."""
    best: dict[str, int] = {}
    starts: dict[str, set[int]] = {}
    for match in matches:
        inside = any(
            o.start <= match.start and match.end <= o.end and o.end - o.start > match.end - match.start
            for o in matches
            if o.label != match.label
        )
        weight = lexicon.needs[match.label].weight * match.percent // 100
        weight = weight * CONTAINED // 100 if inside else weight
        best[match.label] = max(best.get(match.label, 0), weight)
        starts.setdefault(match.label, set()).add(match.start)
    return {key: weight + min(MOST_MORE, MORE_WORDS * (len(starts[key]) - 1)) for key, weight in best.items()}


def _raise(needs: dict[str, int], least: dict[str, int], said: dict[str, int], plain: bool) -> None:
    """Bring in the needs that a sign or trait stands for.

    Where the words say plainly what else is wanted, a need that only the sign stands for steps back: the
    banner is there already, and the results should answer the words.
    """
    for key, weight in least.items():
        floor = weight * STEPPED_BACK // 100 if plain and said.get(key, 0) < HALF_SAID else weight
        needs[key] = max(needs.get(key, 0), floor)


def _age(tokens: list[str], matches: list[Match]) -> int | None:
    """The age that the words state, between 5 and 99."""
    for match in matches:
        for token in tokens[match.start : match.end + 1]:
            if token.isdigit() and 5 <= int(token[:4]) <= 99:
                return int(token)
    return None


def _hours_ago(tokens: list[str], matches: list[Match], lexicon: Lexicon) -> int | None:
    """How many hours ago, at most, by the words: "dos days ago" is a number times its unit."""
    found: list[int] = []
    for match in matches:
        unit = lexicon.moments[match.label].hours_ago
        if unit is None:
            continue
        counts = [int(t) for t in tokens[match.start : match.end + 1] if t.isdigit() and len(t) <= 3]
        found.append(unit * counts[0] if counts else unit)
    return max(found, default=None)
