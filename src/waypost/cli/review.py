"""``waypost review``: worksheets for volunteers, out and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.desk.review import kinds, sheet, tasks
from waypost.desk.review_record import Taken, take
from waypost.exchange import worksheet


def review(
    pack: options.Pack = None,
    database: options.Database = None,
    on: options.On = None,
    due: Annotated[bool, typer.Option("--due", help="Write what is to be checked as a worksheet.")] = False,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Only facts of this kind, such as law or crisis.", metavar="KIND"),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of questions and scripts.")] = "en",
    out: Annotated[
        Path, typer.Option("--out", help="The folder that the worksheet is written into.", metavar="FOLDER")
    ] = Path(),
    record: Annotated[
        Path | None, typer.Option("--record", help="Take a filled worksheet back.", metavar="FILE")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Keep the guide true without an account: write what is to be checked, take back what was found."""
    if due == (record is not None):
        raise typer.BadParameter(
            "Say either --due, to write a worksheet, or --record FILE, to take one back."
        )
    guide = bootstrap.open_guide(pack, database, on)
    if record is not None:
        loaded = bootstrap.read_loaded(pack)
        store = bootstrap.open_store(database, loaded.pack, on=on)
        _tell(take(store, guide, loaded, bootstrap.packs_root(), worksheet.read(record)), as_json)
        return
    if kind is not None and kind not in kinds(guide):
        raise typer.BadParameter(f'"{kind}" is no kind of fact here. There are: {", ".join(kinds(guide))}.')
    if lang not in guide.pack.manifest.languages:
        raise typer.BadParameter(f"This guide speaks {', '.join(guide.pack.manifest.languages)}.")
    found = tasks(guide, lang, kind)
    if as_json:
        print(msgspec.json.encode({"tasks": found}).decode())
        return
    made = sheet(guide, found, lang)
    written = {"worksheet.md": worksheet.markdown(made), "worksheet.xlsx": worksheet.xlsx(made, guide.on)}
    out.mkdir(parents=True, exist_ok=True)
    for name, data in written.items():
        (out / name).write_bytes(data)
    print(f"{len(found)} things to check, in {out / 'worksheet.md'} and {out / 'worksheet.xlsx'}.")


def _tell(taken: Taken, as_json: bool) -> None:
    """What became of a worksheet: in words, or as JSON. Conflicts are exit code 1."""
    if as_json:
        print(msgspec.json.encode(taken).decode())
    else:
        print(
            f"{len(taken.confirmed)} looked at and as they were, {len(taken.unchanged)} known already, "
            f"{len(taken.not_reached)} not reached, {taken.not_filled} not filled in."
        )
        for title, lines in (
            ("To change by hand", taken.to_change),
            ("Conflicts, not taken", taken.conflicts),
        ):
            if lines:
                print("\n".join([f"{title}:", *(f"  {line}" for line in lines)]))
    raise typer.Exit(report.REFUSED if taken.conflicts else report.DONE)
