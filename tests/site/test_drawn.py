"""Running text names phones, services, law and claims by key; what dangles is a Problem, never a hole."""

from __future__ import annotations

import pytest

from tests.site.made_up import TREE, guide, pack
from waypost.site.drawn import dangling, draw, scene
from waypost.site.prose import plain, prose


@pytest.mark.parametrize(
    ("text", "language", "drawn"),
    [
        ("{phone:svc-911}", "en", "[911](tel:911)"),
        ("{phone:svc-line}", "en", "[888-555-0199](tel:+18885550199)"),
        ("{phone:svc-line}", "es", "[888-555-0188](tel:+18885550188)"),
        ("{service:svc-clinic}", "en", "[Quiet Clinic](/s/clinic/)"),
        ("{service:svc-clinic}", "es", "[Clínica Tranquila](/es/s/clinic/)"),
        ("{deadline:d-pep}", "en", "72 hours"),
        ("{deadline:d-pep}", "es", "72 horas"),
        ("{question:q-two}", "en", "[Where can I get tested? (q-two)](/q/qtwoaaa/)"),
        ("So[^c-law].", "en", "So[1](#note-1)."),
        ("{claim:c-law}", "en", "The act is in force.[1](#note-1)"),
        ("{phone:svc-gone}", "en", "(a listing that was taken out)"),
        ("{not a reference}", "en", "{not a reference}"),
    ],
)
def test_what_is_drawn(text: str, language: str, drawn: str) -> None:
    """Each kind of reference is drawn from its record in the reader's language."""
    assert draw(text, scene(guide(), language)) == drawn


def test_the_same_claim_keeps_its_number() -> None:
    """A claim that is cited twice has one footnote; another has the next number."""
    at = scene(guide(), "en")
    assert draw("a[^c-law] b[^c-health] c[^c-law]", at) == "a[1](#note-1) b[2](#note-2) c[1](#note-1)"
    assert [note.claim for note in at.notebook.notes] == ["c-law", "c-health"]


def test_what_dangles_is_a_problem_each() -> None:
    """A reference to nothing is reported with its file, whatever its kind."""
    body = "{phone:svc-gone} {section:xx/1} {nonsense:x} [^c-gone] {claim:c-law}"
    asked = {language: TREE["questions"]["q-one"][language] | {"body": body} for language in ("en", "es")}
    broken = pack(questions={"q-one": asked})
    problems = dangling(guide(pack=broken))
    english = [problem for problem in problems if problem.where.endswith(".en.md")]
    assert [p.what.split()[0] for p in english] == [
        "{phone:svc-gone}",
        "{section:xx/1}",
        "{nonsense:x}",
        "[^c-gone]",
    ]


def test_a_sound_guide_has_nothing_that_dangles() -> None:
    """The made-up guide is whole, the words of the screens included."""
    assert dangling(guide()) == []


def test_prose_lets_no_html_in() -> None:
    """HTML in a pack's text is shown, not obeyed."""
    html = prose("<b>x</b> <script>y</script> [a](javascript:z)", lambda path: path, "Source")
    assert "<b>" not in html
    assert "<script>" not in html
    assert "href" not in html


def test_prose_names_footnotes_and_numbers() -> None:
    """A footnote has a name for a screen reader; a number can be pressed; a site path is made relative."""
    html = prose("x[1](#note-1) [911](tel:911) [y](/s/a/)", lambda path: ".." + path, "Source")
    assert '<sup class="note-ref"><a href="#note-1" aria-label="Source 1">1</a></sup>' in html
    assert '<a href="tel:911" class="tel">911</a>' in html
    assert 'href="../s/a/"' in html


def test_plain_leaves_only_words() -> None:
    """A drawn line becomes plain words where it is itself a link."""
    assert plain("**See** [Quiet \\[Clinic\\]](/s/x/)[1](#note-1)") == "See Quiet [Clinic]"
