"""A new town is one small folder: what its people know; the rest is inherited, and what is missing is said."""

from __future__ import annotations

import os
import posixpath
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
import typer.testing
import yaml

from waypost import bootstrap
from waypost.check.town import missing
from waypost.cli.app import app
from waypost.desk.begin import begin
from waypost.desk.begin_answers import read_answers
from waypost.desk.guide import Guide
from waypost.model.evidence import ProblemsFound, VerificationState
from waypost.model.pack import Pack
from waypost.site import address
from waypost.site.bundle import assets
from waypost.site.outlet import Outlet
from waypost.site.pages import all_pages
from waypost.site.render import render

DOC = Path(__file__).parents[2] / "docs/new-town.md"
ANSWERS = """
name: Sherman
local:
  police: {name: Sherman police desk, phone: 860-555-0100, details: {advocate: "no"}, called: 2026-11-01}
  emergency-department: not known
  social-services: {name: "Town hall: \\"help\\" desk #1", website: https://sherman.example,
    seen: https://sherman.example/a?b=1, seen_date: 2026-01-15}
  library: Sherman Library
  food: Not Known
"""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The nation's and Connecticut's packs in a folder of their own."""
    root = tmp_path_factory.mktemp("towns") / "packs"
    for name in ("us", "us-ct"):
        shutil.copytree(bootstrap.packs_root() / name, root / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYPOST_PACKS", str(root))
        patch.setenv("WAYPOST_HOME", str(root.parent / "var"))
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        yield root


def run(*words: str) -> tuple[int, str]:
    """The exit code and everything that was said."""
    done = typer.testing.CliRunner().invoke(app, list(words))
    problems = done.exception.problems if isinstance(done.exception, ProblemsFound) else []
    return done.exit_code, done.output + " ".join(problem.what for problem in problems)


@pytest.fixture(scope="module")
def sherman(packs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town that was begun with a file of answers."""
    answers = tmp_path_factory.mktemp("answers") / "answers.yaml"
    answers.write_text(ANSWERS, "utf-8")
    code, said = run("new", "us-ct-sherman", "--into", str(packs), "--answers", str(answers))
    assert code == 0, said
    return packs / "us-ct-sherman"


@pytest.fixture(scope="module")
def town(sherman: Path) -> Guide:
    """The guide of that town as it stands."""
    return bootstrap.open_guide(sherman.name, None)


def test_a_small_folder_is_enough(sherman: Path, town: Guide) -> None:
    """The folder holds nothing that is inherited, and every file of it is read back as it was answered."""
    files = [path for path in sherman.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 12_000
    pack = town.pack
    assert pack.manifest.not_known == ("emergency-department", "food")
    desk = pack.organizations["org-sherman-social-services"]
    assert desk.name == 'Town hall: "help" desk #1'
    assert pack.sources["r-sherman-social-services"].url == "https://sherman.example/a?b=1"
    assert len(pack.law.sections) > 40


def test_what_is_known_is_as_sure_as_it_was_learned(town: Guide) -> None:
    """A call confirms, a page is a page, and hearsay is marked as not confirmed."""
    records = town.pack.organizations
    called, read, said = (
        records[f"org-sherman-{key}"].services[0] for key in ("police", "social-services", "library")
    )
    assert (called.verification.state, called.verification.method) == (VerificationState.confirmed, "call")
    assert read.verification.state is VerificationState.seen_on_page
    assert said.verification.state is VerificationState.unverified
    assert said.core_unverified
    assert called.application_process["es"] == "La denuncia la hace usted."
    assert "a phone number" not in [text["en"] for text in called.unverified]
    assert "a phone number" in [text["en"] for text in said.unverified]


def test_a_draft_says_what_is_missing_and_is_given_to_nobody(town: Guide, tmp_path: Path) -> None:
    """It may be looked at on this machine; built, printed, exported or served to others it is not."""
    found = missing(town)
    assert [problem.what for problem in found] == ["not publishable yet: nobody has called it ready"]
    out = str(tmp_path / "out")
    pack = ("--pack", town.pack.manifest.id)
    for words in (
        ("build", out), ("print", "sheet", out), ("export", out), ("serve",), ("serve", "--draft", "--host", "0.0.0.0"),
    ):  # fmt: skip
        code, said = run(*words, *pack)
        assert (code, "draft" in said) == (1, True), words
    assert not Path(out).exists()


def test_a_town_that_nobody_answered_for_is_told_each_question(packs: Path) -> None:
    """New Fairfield goes on from Connecticut, not from "us-ct-new"; without a terminal nothing is asked."""
    assert run("new", "us-ct-new-fairfield", "--into", str(packs))[0] == 0
    begun = bootstrap.open_guide("us-ct-new-fairfield", None)
    assert (begun.pack.places.home, begun.pack.manifest.place["en"]) == ("new-fairfield", "New Fairfield")
    lacking = " ".join(problem.what for problem in missing(begun))
    matters = begun.pack.manifest.settings.local
    asked = [key for key in matters if matters[key].ask in lacking]
    assert asked == ["police", "emergency-department", "social-services", "library", "food"]


def test_a_filled_town_is_whole_and_says_what_nobody_knows(town: Guide) -> None:
    """Once called ready nothing is missing: readers find what was answered, and what was not found."""
    ready = msgspec.structs.replace(town.pack.manifest, publishable=True)
    filled = replace(town, pack=msgspec.structs.replace(town.pack, manifest=ready))
    assert missing(filled) == []
    bootstrap.ready(filled.pack)
    drawn = "".join(drawn_pages(filled, "help").values())
    assert "860-555-0100" in drawn
    assert "Nobody has been able to tell us this for Sherman: Emergency department" in drawn
    assert "Sherman: Sala de emergencias" in drawn
    assert "New Milford: " not in drawn


def drawn_pages(town: Guide, part: str) -> dict[str, str]:
    """The pages of that part of the site as files, with every link of them checked against all there are."""
    made = assets(town)
    outlet = Outlet.static(made)
    pages = list(all_pages(town))
    there = {address.file_name(page.path) for page in pages} | {f"assets/{name}" for name in made}
    drawn = {
        page.path: render(page, town, outlet)
        for page in pages
        if page.path.removeprefix("/es").strip("/").split("/")[0] == part
    }
    dead = [
        (path, link)
        for path, text in drawn.items()
        for link in _links(text)
        if posixpath.normpath(posixpath.join(posixpath.dirname(address.file_name(path)), link)) not in there
    ]
    assert dead == []
    return drawn


def _links(text: str) -> list[str]:
    hrefs = [part.partition('"')[0] for part in text.split(' href="')[1:]]
    return [link for href in hrefs if (link := href.partition("#")[0]) and ":" not in link]


WRONG = [
    ("kent", "goes on from no state"),
    ("us-zz-town", "goes on from no state"),
    ("us-ct", "goes on from no state"),
    ("us-ct-../x", "is not the id of a town"),
    ("us-ct-Kent", "is not the id of a town"),
    ("us-ct-sherman-hill", "a town is not inherited from"),
    ("us-ct-sherman", "already something there"),
]


@pytest.mark.parametrize(("identity", "why"), WRONG)
def test_an_id_that_leads_nowhere_makes_no_folder(identity: str, why: str, sherman: Path) -> None:
    """Whoever slips in the id is told so, and what is there stays as it is."""
    before = sorted(path for path in sherman.parent.rglob("*"))
    code, said = run("new", identity, "--into", str(sherman.parent))
    assert (code, why in " ".join(said.split())) == (1, True)
    assert sorted(path for path in sherman.parent.rglob("*")) == before


FAULTS = {
    "latitude: 41.2": "half of a point",
    "latitude: 141\nlongitude: -73": "latitude",
    "latitude: nan\nlongitude: -73": "latitude",
    "zips: ['6784']": "zips",
    "areas: [nowhere]": "no pack above has this area",
    "neighbors: {danbury: {name: Danbury, latitude: 41, longitude: -73}}": "known already",
    "local: {police: {name: P, phone: '203 1'}}": "cannot be dialed",
    "local: {police: {name: P, website: sherman.example}}": "not the address of a page",
    "local: {police: {name: P, details: {advocate: maybe}}}": "is no answer",
    "local: {police: {name: P, called: 2030-01-01}}": "still to come",
    "local: {police: {phone: 860-555-0100}}": "name",
    "local: {pool: here}": "no town is asked this",
    "nmae: x": "nmae",
}


def begin_from(answers: str, parent: Pack) -> dict[str, str]:
    """The files that come of those answers."""
    return begin("us-ct-elsewhere", parent, read_answers(answers, "answers.yaml"), date(2026, 11, 23))


@pytest.mark.parametrize(("fault", "why"), FAULTS.items())
def test_answers_that_cannot_be_right_are_refused(fault: str, why: str, packs: Path) -> None:
    """Each slip is named, and nothing is made of it."""
    parent = bootstrap.read_pack("us-ct")
    with pytest.raises(ProblemsFound) as refused:
        begin_from(f"name: Elsewhere\n{fault}\n", parent)
    assert why in " ".join(f"{problem.where} {problem.what}" for problem in refused.value.problems)


def test_the_answers_in_the_docs_are_taken(packs: Path) -> None:
    """Both files of answers that docs/new-town.md shows make a folder."""
    shown = re.findall(r"```yaml\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    known, more = shown
    parent = bootstrap.read_pack("us-ct")
    files = begin("us-ct-sherman", parent, read_answers(known, "new-town.md"), date(2026, 11, 23))
    assert "directory/org-sherman-social-services.yaml" in files
    assert "pawling:" in begin_from(f"name: Elsewhere\n{more}", parent)["places.yaml"]


def test_answers_that_are_no_text_are_refused(packs: Path, tmp_path: Path) -> None:
    """A file that is not there, a folder and bytes that are no text end in one clear Problem each."""
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00name")
    for named in ("nowhere.yaml", ".", "bytes"):
        code, said = run("new", "us-ct-x", "--into", str(packs), "--answers", str(tmp_path / named))
        assert (code, "cannot be read" in said) == (1, True)


def test_a_place_without_law_has_no_law_door(packs: Path, tmp_path: Path) -> None:
    """A town of a state that nobody has written law for shows no way to the law, though the nation has some."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("name: Farlow\nstate: ZZ\nlatitude: 40\nlongitude: -99\nzips: ['00001']\n", "utf-8")
    words = ("new", "us-zz-farlow", "--inherits", "us", "--into", str(packs), "--answers", str(answers))
    assert run(*words)[0] == 0
    town = bootstrap.open_guide("us-zz-farlow", None)
    assert {page.kind for page in all_pages(town) if page.kind.startswith(("law", "ask"))} == set()
    drawn = drawn_pages(town, "")
    assert drawn
    assert not [path for path, text in drawn.items() if "law/" in text]


def test_a_terminal_is_asked_and_empty_answers_stay_open(packs: Path) -> None:
    """At a terminal each question is put; Enter leaves it open, and ``not known`` is kept as an answer."""
    terminal, keyboard = pty.openpty()
    typed = ["Roxbury", "Roxbury desk", "860-555-0100", "", "yes", "", "", "", "not known", "", "", ""]
    os.write(terminal, "".join(f"{line}\n" for line in typed).encode())
    words = [sys.executable, "-m", "waypost", "new", "us-ct-roxbury", "--into", str(packs)]
    done = subprocess.run(words, stdin=keyboard, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("?") == 6
    written = yaml.safe_load((packs / "us-ct-roxbury" / "pack.yaml").read_text("utf-8"))
    assert written["not_known"] == ["violence-agency"]
    record = yaml.safe_load((packs / "us-ct-roxbury/directory/org-roxbury-police.yaml").read_text("utf-8"))
    told = record["services"][0]["application_process"]
    assert told["en"] == "An advocate can make the report for you."
