"""``waypost merges``: records that may be one; a person joins them or keeps them apart."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from waypost import bootstrap
from waypost.cli import options, report
from waypost.desk import same
from waypost.desk.same import Candidate
from waypost.rules.matching import Answer
from waypost.store import Store

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="PAIR", help='The name of the pair, as "list" shows it.')]


def opened(pack: str | None, database: str | None) -> Store:
    """The store with the pack's records in it."""
    return bootstrap.open_store(database, bootstrap.read_pack(pack))


@app.command("list")
def list_(
    pack: options.Pack = None, database: options.Database = None, as_json: options.AsJson = False
) -> None:
    """Show which records may be one, the surest first, and why. Nothing is changed."""
    with opened(pack, database).read() as connection:
        found = same.candidates(connection)
    if as_json:
        print(msgspec.json.encode({"pairs": found}).decode())
        return
    for one in found:
        print("\n".join(words(one)))
    print(f"{len(found)} to answer: waypost merges accept PAIR, or waypost merges reject PAIR.")


@app.command()
def accept(
    pair: Name,
    keep: Annotated[
        str | None, typer.Option(help="The id of the record that stands (default: the first shown).")
    ] = None,
    pack: options.Pack = None,
    database: options.Database = None,
) -> None:
    """Join two records: one stands, and whoever asks for the other is answered with it."""
    union = same.accept(opened(pack, database), pair, keep)
    print(f"{union.object} {union.loser} is now part of {union.winner}.")


@app.command()
def reject(pair: Name, pack: options.Pack = None, database: options.Database = None) -> None:
    """Keep two records apart, and never ask about them again."""
    found = same.reject(opened(pack, database), pair)
    print(f'"{found.keep.name}" and "{found.other.name}" are kept apart.')


@app.command()
def forget(pair: Name, pack: options.Pack = None, database: options.Database = None) -> None:
    """Ask again about two records that were kept apart."""
    if not same.forget(opened(pack, database), pair):
        print("No two records are kept apart under this name.")
        raise typer.Exit(report.REFUSED)
    print("They are asked about again, if they are still alike.")


def words(one: Candidate) -> list[str]:
    """One candidate as a person reads it."""
    said = "may well be one" if one.answer == Answer.proposal else "could be one"
    sides = [f"    {side.name}  ({side.id}, from {side.source})" for side in (one.keep, one.other)]
    reasons = [f"      {reason.points:+d}  {reason.why}" for reason in one.reasons]
    return [f"{one.name}  {one.object}: {said}, {one.points} of 100", *sides, *reasons]
