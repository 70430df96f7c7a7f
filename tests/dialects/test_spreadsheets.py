"""Spreadsheets through a mapping: every row accounted for, every bad cell told, nothing secret out, and back the same."""

from __future__ import annotations

import builtins
import io
import re
import zipfile
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from tests.dialects.made import DATA
from tests.dialects.sheets import HEAD, MAPPING, ROWS, SECRETS, xlsx
from tests.records.factories import TODAY, pack, store
from waypost.cli.app import app
from waypost.desk.give import give
from waypost.desk.incoming import read_batch
from waypost.desk.intake import intake
from waypost.desk.mapping import own, read_mapping, suggested
from waypost.desk.preview import preview
from waypost.exchange.batch import Batch
from waypost.exchange.dialects import book, cellwords
from waypost.exchange.dialects.mapping import Column, Mapping, Part, targets
from waypost.exchange.outgoing import FORMATS
from waypost.exchange.trouble import ExtraMissing
from waypost.exchange.validate import validate
from waypost.model.evidence import Problem, ProblemsFound, Severity

MANUAL = Path(__file__).parents[2] / "docs" / "importing.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list and its mapping, as a steward has them."""
    made = tmp_path_factory.mktemp("list")
    (made / "list.xlsx").write_bytes(xlsx())
    (made / "list.yaml").write_text(MAPPING, "utf-8")
    return made


def read(folder: Path, name: str = "list.xlsx", mapping: str = "list.yaml") -> Batch:
    """A spreadsheet through a mapping."""
    return read_batch(folder / name, "made", pack(), folder / mapping)


def refused(folder: Path, name: str, mapping: str = "list.yaml") -> list[Problem]:
    """Why a file is refused."""
    with pytest.raises(ProblemsFound) as found:
        read(folder, name, mapping)
    return list(found.value.problems)


def small(
    folder: Path, head: str, *rows: str, columns: str, encoding: str = "utf-8", more: str = ""
) -> Batch:
    """A list of a few rows in plain text through a mapping of its columns."""
    (folder / "small.csv").write_bytes("\n".join([head, *rows]).encode(encoding))
    (folder / "small.yaml").write_text(f'mapping: "1"\nsheets:\n  - columns: {{{columns}}}\n{more}', "utf-8")
    return read(folder, "small.csv", "small.yaml")


def docs(made: Batch, object_: str) -> list[dict[str, Any]]:
    """What became of one kind."""
    return [row.doc for row in made.rows if row.object == object_]


def test_report_is_as_it_was(folder: Path) -> None:
    """The whole report of the dirty list is the golden one: counts, bad cells, rules."""
    report = intake(store(), read(folder), today=TODAY)
    golden = DATA / "list-report.json"
    assert msgspec.json.decode(report.as_json()) == msgspec.json.decode(golden.read_bytes())


def test_every_row_is_accounted_for_and_a_second_import_changes_nothing(folder: Path) -> None:
    """The sheet's account has all rows under its header, sums add up, and the same list again changes nothing."""
    held = store()
    first = intake(held, read(folder), today=TODAY)
    assert first.tables["List 2026"].in_ == sum(any(row) for row in ROWS)
    for name, t in first.tables.items():
        assert t.in_ == t.taken + t.changed + t.unchanged + t.folded + t.set_aside, name
    assert intake(held, read(folder), today=TODAY).quiet


def test_second_list_changes_what_changed(folder: Path) -> None:
    """A program with another fee in the next list is the same record, changed."""
    columns = (
        "Name: {to: [organization.name, service.name]}, Fee: {to: service.fees_description}, Tel: {to: phone}"
    )
    held = store()
    for row in ("Oak,free,203-555-0107", "Oak,10 dollars,203-555-0109"):
        report = intake(held, small(folder, "Name,Fee,Tel", row, columns=columns), today=TODAY)
    assert report.tables["small.csv"].changed == 1
    assert len(report.withdrawn) == 1


def test_bad_cells_are_told_with_their_place(folder: Path) -> None:
    """A cell that is no mail, date or phone is told with sheet, row, column and value; a secret row's value is not."""
    told = {p.where.split(", ", 1)[1]: p.what for p in read(folder).problems if "[bad-cell]" in p.what}
    assert (
        told['sheet "List 2026", row 6, column "Email"']
        == '[bad-cell] "not an address" is no e-mail address.'
    )
    assert "555-0105" in told['sheet "List 2026", row 10, column "Phone 1"']
    assert "(kept back)" in told['sheet "List 2026", row 9, column "Phone 1"']


def test_cells_become_what_they_say(folder: Path) -> None:
    """A phone kept as a number, a ZIP without its zero, a serial date, merged agencies, hours and languages are read."""
    made = read(folder)
    assert {"203-555-0101", "1-800-555-0102", "203-555-0104"} <= {d["number"] for d in docs(made, "phone")}
    assert {d["postal_code"] for d in docs(made, "address")} == {"06776"}
    soup, coat = (
        next(d for d in docs(made, "service") if d["name"] == n) for n in ("Soup Table", "Coat Closet")
    )
    assert soup["last_modified"] == "2023-11-01T00:00:00Z"
    assert soup["organization"] == coat["organization"]
    assert {d["name"] for d in docs(made, "language")} == {"English", "Spanish"}
    assert next(d for d in docs(made, "service") if d["name"] == "Day Room")["status"] == "inactive"


def test_secrets_reach_no_outlet(folder: Path, tmp_path: Path) -> None:
    """A confidential street and a staff note are in no preview, no report and no cell of an export."""
    held = store()
    report = intake(held, read(folder), today=TODAY)
    gift = give(held, pack(), TODAY)
    data = FORMATS["xlsx"](gift.docs, gift.licences)[0][""]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Soup Table" in inside
    for secret in SECRETS:
        assert secret not in inside + report.as_json().decode() + "\n".join(preview(read(folder), 20))


def test_export_comes_back_the_same(folder: Path) -> None:
    """What is exported as a spreadsheet is known as our own, and taking it in changes nothing; an edit does."""
    held = store()
    intake(held, read(folder), today=TODAY)
    gift = give(held, pack(), TODAY)
    data = FORMATS["xlsx"](gift.docs, gift.licences)[0][""]
    assert FORMATS["xlsx"](gift.docs, gift.licences)[0][""] == data
    (folder / "out.xlsx").write_bytes(data)
    assert intake(held, read_batch(folder / "out.xlsx", "made", pack()), today=TODAY).quiet
    edited = rezipped(data, lambda name, part: part.replace(b">Free<", b">Five dollars<"))
    (folder / "edited.xlsx").write_bytes(edited)
    report = intake(held, read_batch(folder / "edited.xlsx", "made", pack()), today=TODAY)
    assert [t.changed for t in report.tables.values() if t.changed] == [1]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=kept"])
def test_cells_are_inert_and_come_back(text: str, folder: Path) -> None:
    """A text that a spreadsheet would run stands behind an apostrophe, is no formula, and is read as it was."""
    id_ = "11111111-1111-4111-8111-111111111111"
    given = {("organization", id_): {"id": id_, "name": "Oak", "description": text}}
    data = FORMATS["xlsx"](given)[0][""]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
        words = unescape(archive.read("xl/sharedStrings.xml").decode()).replace("_x000D_", "\r")
    assert f">'{text}<" in words
    rows = next(page for page in book.read("x.xlsx", data).pages if page.name == "Organizations").rows
    assert text.strip() in rows[1][1]


def test_phones_stay_as_they_are() -> None:
    """A number that begins with a plus is no formula and gets no apostrophe."""
    id_ = "11111111-1111-4111-8111-111111111111"
    data = FORMATS["xlsx"]({("phone", id_): {"id": id_, "number": "+1 203 555 0100"}})[0][""]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b">+1 203 555 0100<" in archive.read("xl/sharedStrings.xml")


def test_draft_imports_as_it_is(folder: Path) -> None:
    """The suggested mapping reads the list at once, knows its columns, and says what it left out."""
    text = suggested(folder / "list.xlsx")
    (folder / "draft.yaml").write_text(text, "utf-8")
    report = intake(store(), read(folder, mapping="draft.yaml"), today=TODAY)
    assert report.tables["List 2026"].taken == 4
    assert '"Hours": {to: schedule, split: hours}' in text
    assert '"Staff notes": {ignore:' in text
    assert '"Confidential": {marks: confidential}' in text
    assert '"Lunes": {to: schedule, split: hours, day: Monday}' in text
    assert re.search(r'sheet: "Old"\n +ignore: "It is hidden', text)
    assert all("#" in line for line in text.splitlines() if line.lstrip().startswith('"'))


@pytest.mark.parametrize(
    "head",
    [
        "Agency Name,Program Name,Main Phone,Web Site,Hours of Operation,Service Area,Last Verified",
        "Organizaci\xf3n,Servicio,Tel\xe9fono,P\xe1gina web,Horario,Zona,Verificado",
        "Name,Contact Number,Link,Notes,Towns",
        "A,B,C",
    ],
)
def test_draft_of_any_list_imports(head: str, folder: Path) -> None:
    """Lists of other names, also of none that is known, get a draft that imports every row."""
    rows = [f"{n}" + f",x{n}" * head.count(",") for n in "abc"]
    (folder / "any.csv").write_bytes("\n".join([head, *rows]).encode())
    (folder / "any.yaml").write_text(suggested(folder / "any.csv"), "utf-8")
    report = intake(store(), read(folder, "any.csv", "any.yaml"), today=TODAY)
    assert (report.tables["any.csv"].in_, report.tables["any.csv"].taken) == (3, 3)


def test_draft_looks_at_values(folder: Path) -> None:
    """Columns whose names say nothing are known by phones, mail, web addresses, ZIP codes and hours."""
    (folder / "v.csv").write_text(
        "Name,c1,c2,c3,c4,c5\nOak,203-555-0107,a@example.org,www.example.org,06776,M-F 9-5\n"
    )
    text = suggested(folder / "v.csv")
    for to in ("phone", "service.email", "service.url", "address.postal_code", "schedule, split: hours"):
        assert re.search(rf'"c\d": {{to: {to}}}  # unsure: by its values', text), to


def test_wrong_mapping_is_told_whole(folder: Path) -> None:
    """Every wrong word of a mapping, missing column and missing sheet is told at once, with what it may be."""
    (folder / "w.yaml").write_text(
        'mapping: "1"\nsheets:\n  - columns:\n      A: {to: servce.name}\n      B: {to: phone, ignore: x}\n'
        "    identify: {service: [Z]}\n",
        "utf-8",
    )
    told = refused(folder, "list.xlsx", "w.yaml")
    assert len(told) == 4
    assert any("service.name" in p.do for p in told)
    missing = (
        MAPPING.replace("Agency:", "Agentur:")
        .replace("Library: {to", "Librarie: {to")
        .replace("[Library]", "[Librarie]")
    )
    (folder / "w.yaml").write_text(missing, "utf-8")
    errors = [p for p in refused(folder, "list.xlsx", "w.yaml") if p.severity == Severity.error]
    assert ["Agentur" in p.what or "Librarie" in p.what for p in errors] == [True, True]
    (folder / "w.yaml").write_text('mapping: "1"\nsheets: [{colums: {}}]', "utf-8")
    assert "colums" in refused(folder, "list.xlsx", "w.yaml")[0].what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_plain_tables_in_any_spelling(encoding: str, mark: str, folder: Path) -> None:
    """Every encoding and delimiter reads the same."""
    lines = (mark.join(row) for row in (["Name", "Tel"], ["Caf\xe9", "203-555-0107"]))
    made = small(
        folder,
        *lines,
        columns="Name: {to: [organization.name, service.name]}, Tel: {to: phone}",
        encoding=encoding,
    )
    assert docs(made, "service")[0]["name"] == "Caf\xe9"
    assert docs(made, "phone")[0]["number"] == "203-555-0107"


def test_street_in_place_of_which_confidential_stands(folder: Path) -> None:
    """A place whose street is "Confidential" is kept back, though no column says so."""
    columns = "N: {to: [organization.name, service.name]}, A: {to: address.address_1}, C: {to: address.city}"
    made = small(folder, "N,A,C", "Oak,Confidential location,Milltown", columns=columns)
    assert docs(made, "address") == []
    assert "Milltown" not in "\n".join(preview(made, 5))


def rezipped(data: bytes, change: Any, *, extra: dict[str, bytes] | None = None) -> bytes:
    """The same spreadsheet with its parts changed, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return out.getvalue()


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    """Spreadsheets made to do harm, or broken, each with what must be said of it."""
    good = xlsx()
    same = lambda name, part: part  # noqa: E731
    far = lambda name, part: part.replace(b'r="A5"', b'r="XFD1048576"')  # noqa: E731
    doctype = lambda name, part: part.replace(b"<worksheet", b"<!DOCTYPE x><worksheet")  # noqa: E731
    return {
        "cut.xlsx": (good[: len(good) // 2], "no whole spreadsheet"),
        "empty.xlsx": (b"", "no whole spreadsheet"),
        "text.xlsx": (b"Agency,Program\n", "no whole spreadsheet"),
        "secret.xlsx": (book.OLE + b"\0" * 64 + book.SECRET, "password"),
        "old.xls": (book.OLE + b"\0" * 600, "older office program"),
        "bomb.xlsx": (rezipped(good, same, extra={"xl/x.bin": bytes(40_000_000)}), "unpacks to"),
        "many.xlsx": (rezipped(good, same, extra={f"x/{n}": b"" for n in range(1001)}), "files; the most"),
        "far.xlsx": (rezipped(good, far), "far apart"),
        "dtd.xlsx": (rezipped(good, doctype), "DTD"),
        "out.xlsx": (rezipped(good, same, extra={"../x.xml": b""}), "out of its folder"),
        "two.xlsx": (b"%PDF-1.4" + good, "something else at once"),
        "zip.xlsx": (zipped({"a.txt": b"a"}), "no spreadsheet"),
        "secret.ods": (
            zipped({"content.xml": b"?", "META-INF/manifest.xml": b"<encryption-data"}),
            "password",
        ),
        "rows.ods": (
            zipped(
                {"content.xml": b'<table:table-cell office:value="1" table:number-columns-repeated="16000"/>'}
            ),
            "repeats one cell",
        ),
    }


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def ods(*rows: str, repeated: str = "") -> bytes:
    """A sheet as LibreOffice writes it, with the thousands of empty rows that it puts at the end."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    body = "".join(
        f"<table:table-row>{''.join(cell.format(repeated, word) for word in row.split('|'))}</table:table-row>"
        for row in rows
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table "
        f'table:name="One">{body}{empty}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


def test_ods_is_read_with_its_empty_end(folder: Path) -> None:
    """A spreadsheet of LibreOffice is read; the million empty rows at its end are none, and a repeated cell is refused."""
    (folder / "o.ods").write_bytes(ods("Library|Tel", "Oak|203-555-0107"))
    (folder / "o.yaml").write_text(suggested(folder / "o.ods"), "utf-8")
    made = read(folder, "o.ods", "o.yaml")
    assert [d["number"] for d in docs(made, "phone")] == ["203-555-0107"]
    (folder / "o.ods").write_bytes(ods("Library|Tel", repeated=' table:number-columns-repeated="16000"'))
    assert "repeats one cell" in refused(folder, "o.ods", "o.yaml")[0].what


def test_validate_says_that_it_is_a_spreadsheet(folder: Path) -> None:
    """validate does not take the parts of a spreadsheet for files of XML."""
    verdict = validate(folder / "list.xlsx", TODAY)
    assert (verdict.format, verdict.valid) == ("spreadsheet", False)
    assert "--suggest-mapping" in verdict.problems[0].do


def test_options_may_stand_without_a_value(folder: Path) -> None:
    """--preview and --suggest-mapping stand before the file, behind it, with a value and without."""
    name = str(folder / "list.xlsx")
    run = CliRunner().invoke
    drafted = run(app, ["import", "--suggest-mapping", name])
    assert drafted.exit_code == 0
    assert drafted.stdout == suggested(folder / "list.xlsx")
    assert run(app, ["import", name, "--suggest-mapping", str(folder / "list.yaml")]).exit_code == 1


@pytest.mark.parametrize("name", sorted(hostile()))
def test_hostile_and_broken_spreadsheets_are_a_sentence(name: str, folder: Path) -> None:
    """A bomb, a password, a cut file, far cells or a DTD are refused in a sentence, before anything is laid out."""
    data, said = hostile()[name]
    (folder / name).write_bytes(data)
    (problem,) = refused(folder, name)
    assert said in problem.what
    assert problem.do


def test_macros_and_links_are_passed_over_and_told(folder: Path) -> None:
    """A spreadsheet with macros and links to other files is read, and the report says that they were not."""
    parts = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    (folder / "macro.xlsm").write_bytes(rezipped(xlsx(), lambda name, part: part, extra=parts))
    told = [p.what for p in read(folder, "macro.xlsm").problems]
    assert any("macros" in what for what in told)
    assert any("points at other files" in what for what in told)


def test_without_a_mapping_it_says_what_to_do(folder: Path) -> None:
    """A spreadsheet of others without a mapping is refused with the command that drafts one."""
    with pytest.raises(ProblemsFound) as found:
        read_batch(folder / "list.xlsx", "made", pack())
    assert "--suggest-mapping" in found.value.problems[0].do


def test_missing_extra_is_the_machines_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra packages reading and writing say what to install."""
    real = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name in ("python_calamine", "xlsxwriter"):
            raise ImportError(name)
        return real(name, *more, **named)

    data = (folder / "list.xlsx").read_bytes()
    monkeypatch.setattr(builtins, "__import__", without)
    for work in (lambda: book.read("list.xlsx", data), lambda: FORMATS["xlsx"]({})):
        with pytest.raises(ExtraMissing) as found:
            work()
        assert "waypost[formats]" in found.value.problems[0].do


def test_every_key_is_in_the_manual() -> None:
    """docs/importing.md names each key of a mapping, each object that a cell may become, and each value of a key."""
    manual = MANUAL.read_text("utf-8")
    keys = [f.encode_name for struct in (Mapping, Part, Column) for f in msgspec.structs.fields(struct)]
    keys += sorted({t.partition(".")[0] + ("." if "." in t else "") for t in targets()} - {"phone."})
    assert [key for key in keys if f"`{key}`" not in manual] == []
    short = re.search(r"```yaml\n(mapping:.*?)```", manual, re.DOTALL)
    assert short


def test_mapping_of_the_manual_is_one(tmp_path: Path) -> None:
    """The mapping that the manual shows is read without a word; and so is our own."""
    found = re.search(r"```yaml\n(mapping:.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    assert found
    (tmp_path / "m.yaml").write_text(found[1], "utf-8")
    assert read_mapping(tmp_path / "m.yaml").sheets[0].columns
    assert own().sheets[0].sheet == "Directory"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("M-F 9-5; Sat by appt", [("MO,TU,WE,TH,FR", "09:00", "17:00"), ("", "", "")]),
        ("Mon\u2013Fri 9am-5pm, Sat 10-2", [("MO,TU,WE,TH,FR", "09:00", "17:00"), ("SA", "10:00", "14:00")]),
        ("Lunes a viernes 9am a 4pm", [("MO,TU,WE,TH,FR", "09:00", "16:00")]),
        ("Tu/Th 9-11 and 1-4", [("TU,TH", "09:00", "11:00"), ("TU,TH", "13:00", "16:00")]),
        ("Mon 11pm-7am", [("MO", "23:00", "07:00")]),
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]),
        ("1st Monday 9-5", [("", "", "")]),
        ("Mon 6-9", [("", "", "")]),
        ("Mon-Fri 9-5 except holidays", [("", "", "")]),
    ],
)
def test_hours_as_people_write_them(written: str, read_as: list[tuple[str, str, str]]) -> None:
    """Hours that can be read are; what says more than days and times, or could be am or pm, stays words."""
    assert [(o.days, o.opens, o.closes) for o in cellwords.hours(written)] == read_as


def test_made_list_has_a_cell_for_each_column() -> None:
    """The made-up rows are as wide as their header."""
    assert {len(row) for row in ROWS if len(row) > 1} == {len(HEAD)}
