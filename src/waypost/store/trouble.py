"""What can be wrong with a database, in words for whoever runs the program."""

from __future__ import annotations

from waypost.model.evidence import Problem


class StoreError(Exception):
    """The database cannot be used. Carries the one Problem that says why and what to do."""

    def __init__(self, problem: Problem):
        super().__init__(problem.what)
        self.problem = problem


def explain(url: str, error: Exception) -> StoreError:
    """A database's complaint as a StoreError: locked, unwritable, full, damaged or not there."""
    said = str(getattr(error, "orig", error)).lower()
    where = name_of(url)
    for sign, what, why, do in SIGNS:
        if sign in said:
            return StoreError(Problem(where=where, what=what, why=why, do=do))
    return StoreError(
        Problem(
            where=where,
            what=f"The database cannot be used: {said.splitlines()[0] if said else type(error).__name__}.",
            why="Without its records the guide cannot show any service.",
            do="Check that the address is right, that the server runs, and that you may use it.",
        )
    )


def name_of(url: str) -> str:
    """What to call the database in a message: the file, or the server without its password."""
    if url.startswith("sqlite"):
        return url.split("///", 1)[-1] or "the database in memory"
    return url.split("@", 1)[-1].split("?", 1)[0]


UNCHANGED = "Nothing was changed."
SIGNS = (
    (
        "lock timeout",
        "The database is in use by another program, which did not let go of it in time.",
        UNCHANGED,
        "Wait for the other program to finish, or end it, and try again.",
    ),
    (
        "connection refused",
        "The database server does not answer.",
        "Records can then be neither taken in nor shown anew; what is shown already goes on being shown.",
        "Start the server, or check its address and port.",
    ),
    (
        "locked",
        "The database is in use by another program, which did not let go of it in time.",
        UNCHANGED,
        "Wait for the other program to finish, or end it, and try again.",
    ),
    (
        "readonly",
        "The database may be read but not written.",
        "Records can then be neither taken in nor kept up to date.",
        "Give yourself the right to write the file and its folder, or name another with --database.",
    ),
    (
        "permission denied",
        "The database may not be opened: permission denied.",
        "Records can then be neither taken in nor shown.",
        "Give yourself the right to use the file and its folder, or name another with --database.",
    ),
    (
        "unable to open",
        "The database file cannot be opened or made.",
        "Records can then be neither taken in nor shown.",
        "Check that its folder exists and that you may write there, or name another with --database.",
    ),
    (
        "full",
        "The disk is full.",
        UNCHANGED,
        "Free some space and try again.",
    ),
    (
        "malformed",
        "The database file is damaged.",
        "What it says can no longer be relied on. The file was left as it is.",
        "Put a backup in its place, or move it away: pack records are taken in again by themselves.",
    ),
    (
        "not a database",
        "This file is not a database.",
        "It was left as it is, because it may be something of yours.",
        "Name another file with --database.",
    ),
)
