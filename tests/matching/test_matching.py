"""Whether two records may be one: what speaks for it, what against, and how often that is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.labelled import scores
from waypost.rules.matching import Answer, Crowd, Likeness, Sketch, alike, likeness
from waypost.rules.matching_words import host_of, number_of, street_of, words_of

LINE = "+1 203 555 01{:02d}"


def sketch(id_: str, name: str, **more: tuple[str, ...] | tuple[tuple[str, str], ...] | str) -> Sketch:
    """An organization."""
    return Sketch("organization", id_, name, **more)  # type: ignore[arg-type]


CROWD = tuple(
    sketch(f"x{n}", f"{word} Community Center", phones=(LINE.format(n),))
    for n, word in enumerate(("Elm", "Oak", "Ash", "Birch", "Cedar", "Maple"), 20)
)


def asked(*both: Sketch) -> Likeness:
    """How alike two records are, among some others."""
    crowd = Crowd((*both, *CROWD))
    one, other = (crowd.faces[s.object, s.id] for s in both)
    return likeness(one, other, crowd)


def test_precision_and_recall_on_real_directories() -> None:
    """On labelled pairs no proposal is wrong, and hardly any two that are one go without a question."""
    found = scores()
    assert found["proposals"].precision >= 0.99
    assert found["proposals"].recall >= 0.80
    assert found["proposals and questions"].precision >= 0.94
    assert found["proposals and questions"].recall >= 0.97


def test_a_hotline_makes_nobody_one() -> None:
    """Organizations that share only a number stay two, whether two or many have it."""
    line = (LINE.format(1),)
    two = asked(sketch("a", "Harbor Food Pantry", phones=line), sketch("b", "Legal Aid Office", phones=line))
    assert two.answer is Answer.different
    many = [
        sketch(f"h{n}", f"{word} Shelter", phones=line) for n, word in enumerate(("Hope", "Grace", "Joy"))
    ]
    assert alike(Crowd((*many, *CROWD))) == []


def test_a_number_of_many_adds_little() -> None:
    """A number that several others have too counts for little beside one that is theirs alone."""
    pair = [sketch(id_, "Hope House", phones=(LINE.format(2),)) for id_ in "ab"]
    alone = asked(*pair)
    crowd = Crowd((*pair, sketch("c", "Day Center", phones=(LINE.format(2),)), *CROWD))
    shared = likeness(crowd.faces["organization", "a"], crowd.faces["organization", "b"], crowd)
    assert alone.answer is Answer.proposal
    assert shared.answer is Answer.question
    assert [r.why for r in shared.reasons][-1] == "they share a number with others"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elm City Health Department", "Elm County Health Department"),
        ("Engine 1 Station", "Engine 15 Station"),
        ("Pregnancy Center North", "Pregnancy Center West"),
        ("Northeastern Police District", "Southeastern Police District"),
    ],
)
def test_names_that_say_they_are_two(one: str, other: str) -> None:
    """Another number, direction or level of government in the names outweighs a shared number and host."""
    more = {"phones": (LINE.format(3),), "websites": ("https://example.org",)}
    found = asked(sketch("a", one, **more), sketch("b", other, **more))
    assert found.answer is Answer.different
    assert any("set them apart" in reason.why for reason in found.reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Mary's Ctr., Inc.", "Saint Mary's Center"),
        ("Sister Outreach, The", "The Sister Outreach"),
        ("Neighbors in Need (NIN)", "Neighbours in Need"),
        ("Centro de la Comunidad", "CENTRO DE LA COMUNIDÁD"),
    ],
)
def test_one_name_in_many_spellings(one: str, other: str) -> None:
    """Short forms, legal forms, articles, accents and a slip of the keys leave a name the same."""
    line = (LINE.format(4),)
    assert asked(sketch("a", one, phones=line), sketch("b", other, phones=line)).answer is Answer.proposal


def test_a_name_alone_is_a_question() -> None:
    """Two records of one name about which nothing else is known are asked about, not proposed."""
    assert asked(sketch("a", "Hope House"), sketch("b", "Hope House")).answer is Answer.question


def test_renamed_is_a_question() -> None:
    """Another name under a number and host that are theirs alone is asked about, never proposed."""
    more = {"phones": (LINE.format(5),), "websites": ("http://www.example.org/a",)}
    found = asked(sketch("a", "Opportunity Committee", **more), sketch("b", "Action Partnership", **more))
    assert found.answer is not Answer.proposal


def test_a_place_elsewhere_is_another_place() -> None:
    """Two places of one name and number with two addresses are never proposed as one."""
    line = (LINE.format(6),)
    sides = [
        Sketch("location", id_, "Hope House", addresses=((f"{n} Main St", "06776"),), phones=line)
        for id_, n in (("a", 1), ("b", 99))
    ]
    assert asked(*sides).answer is not Answer.proposal


def test_reasons_add_up() -> None:
    """The points are the sum of those of the reasons, cut at 0 and 100."""
    door = (("12 Main Street, Suite 3", "06776"),)
    other = (("12 Main St", ""),)
    one = sketch("a", "Hope House of Ash", addresses=door, websites=("example.org",))
    found = asked(one, sketch("b", "Hope House", addresses=other, websites=("https://www.example.org/x",)))
    assert found.points == min(100, sum(reason.points for reason in found.reasons))
    assert "an address is the same" in [reason.why for reason in found.reasons]


@given(st.text(), st.text(), st.text())
def test_any_text_is_compared(name: str, number: str, address: str) -> None:
    """No name, number or address, however strange, is too much; comparing both ways gives the same."""
    one = sketch("a", name, phones=(number,), addresses=((address, number),), websites=(address,))
    other = sketch("b", address, phones=(name,), addresses=((name, address),), websites=(name,))
    assert asked(one, other).points == asked(other, one).points


def test_one_spelling() -> None:
    """Names, doors, numbers and hosts come to one spelling."""
    assert words_of("The Dept. of Health & Safety, Inc. (DHS)") == ("department", "health", "safety")
    assert number_of("+1 (203) 555-0100 ext. 7") == number_of("203.555.0100")
    assert number_of("211") == ""
    assert host_of("HTTPS://www.Example.org/a?b") == host_of("example.org")
    assert street_of("P.O. Box 12", "06776") is None
    one, other = street_of("12 N. Main Street #4", "06776-1234"), street_of("12 North Main St", "06776")
    assert one is not None
    assert other is not None
    assert one.is_same(other)
