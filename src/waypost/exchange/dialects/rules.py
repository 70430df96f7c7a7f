"""What is done with dirt, each by a rule with a name, told once for each table with how many rows it met."""

from __future__ import annotations

from waypost.model.evidence import Problem, Severity

RULES: dict[str, tuple[str, str]] = {
    "key-of-nothing": (
        "They name by key what is not in these files. The key was kept as it is written and leads nowhere.",
        "What hangs in the air cannot be shown where it belongs.",
    ),
    "hangs-on-nothing": (
        "They belong to no record in these files. They were set aside.",
        "A number or an hour without an owner says nothing to a reader.",
    ),
    "half-a-link": (
        "They join two records of which one is not in these files. They were set aside.",
        "A link with one end leads nowhere.",
    ),
    "no-organization": (
        "They are services of no organization in these files. They were set aside.",
        "The standard asks who gives a service, and a reader could not tell whom to trust.",
    ),
    "several-keys": (
        "They name several records in one cell. The first that is in these files holds.",
        "A table has room for one; the cell is kept as it is written.",
    ),
    "for-each-key": (
        "They name several records in one cell. They were taken once for each that is in these files.",
        "A number or an hour is that of each of them.",
    ),
    "place-from-address": (
        "They are addresses of places that services name and that no table has. A place was made of each, with the "
        "street for a name.",
        "Without it nobody could find where the service is.",
    ),
    "blank-status": (
        'They have no status. They were taken as "active", since the directory lists them.',
        "The standard asks for a status, and a closed service must not be shown as open.",
    ),
    "strange-status": (
        'Their status is none of the standard\'s. They were taken as "inactive" and are not shown.',
        "Nobody can tell from it whether the service is there.",
    ),
    "no-name": ("They have no name. They were set aside.", "A reader could not tell what they are."),
    "no-number": ("They have no number. They were set aside.", "Nobody can call them."),
    "no-words": (
        "They have no description, which the standard asks for. Their name stands there again.",
        "Without it other programs would refuse the record.",
    ),
    "address-in-part": (
        "They lack a part of the address that the standard asks for. What is there was put into the "
        "location's description, and the row set aside.",
        "An address with a part made up leads somebody to the wrong door.",
    ),
    "no-country": ("They name no country. They were taken to be in the US.", "The standard asks for one."),
    "time-read": (
        "Their times were written another way, such as 9:00am. They were written as HH:MM.",
        "Only so can anybody tell whether a service is open.",
    ),
    "time-for-date": (
        "Times stand in fields for dates. They were put where the standard has times.",
        "Read as dates they would say nothing.",
    ),
    "hours-in-words": (
        "Their hours or dates cannot be read as such. They were kept as words.",
        "No page can tell from them whether a service is open.",
    ),
    "no-hours": ("They name no time and no day. They were set aside.", "They say nothing."),
    "empty-column": ("A column without a single value was left out.", "There is nothing in it."),
    "no-ids": (
        "They have no id. Each got one that follows from what it says.",
        "A row that changes will look like another row.",
    ),
    "private": ("Addresses for the directory's own staff were left out.", "They are not meant for readers."),
    "folded": ("Each became part of the record that it names.", "HSDS 3 has no table for them."),
    "not-as-the-standard": (
        "A value is none that the standard allows there. It was kept as written, in a column of its own.",
        "Other programs would refuse the record.",
    ),
    "lacks-what-must-be": (
        "They lack what the standard asks for. They were set aside.",
        "Other programs would refuse them.",
    ),
    "nothing-before": (
        'They tell that something was made. What was there before is written as "(nothing)".',
        "The standard asks for a value.",
    ),
    "said-again": (
        "They say again what stood there before, under the same key. They became one with it.",
        "One record is told once.",
    ),
    "first-holds": (
        "They stand there again under the same key and name, with other words. What stood first holds.",
        "Only one of the two can be right.",
    ),
    "key-twice": (
        "Their key is that of another, too. They were given one of their own.",
        "Two records under one key cannot be told apart.",
    ),
    "confidential": (
        "They are marked confidential. They were kept for stewards and are shown and given to nobody.",
        "Whoever looks for a person in hiding must not find them here.",
    ),
    "not-for-readers": (
        "They, or what they belong to, are not for a website, a directory or referral. They were kept and are not "
        "shown.",
        "Their owner asked that nobody be sent there from a list.",
    ),
    "not-for-research": (
        "They are not for research. They are shown to readers and left out of every export.",
        "An export is for everybody and for every use.",
    ),
    "verified-above": (
        "They bear no day on which they were verified. That of the site or agency was taken.",
        "Readers are told how old a fact is.",
    ),
    "no-scheme": (
        "Their web address lacks http:// before it. It was put there.",
        "The standard asks for it, and without it no link works.",
    ),
    "country-in-words": (
        "They name their country in words. It was written as two letters.",
        "The standard asks for two letters.",
    ),
    "other-encoding": (
        "The file says that it is in UTF-8, and is not. It was read as cp1252.",
        "Letters with accents would be wrong.",
    ),
    "control-characters": (
        "Characters that XML does not allow were left out.",
        "No program could read the file with them.",
    ),
    "am-or-pm": (
        "Their hours do not say whether in the morning or in the afternoon. They were read as by day: 9-5 is 9 to 17.",
        "Somebody could stand before a closed door.",
    ),
    "address-in-one-cell": (
        "Their whole address stood in one cell. It was taken apart into street, town, state and ZIP code.",
        "Only so can anybody look for what is near.",
    ),
    "one-cell": (
        "They have one cell and no name. They were taken for headings or remarks and set aside.",
        "A heading is no record.",
    ),
    "header-again": ("They name the columns again. They were set aside.", "They are no records."),
    "no-table": ("HSDS 3 has no table for them. They were set aside.", "What they say reaches no reader."),
}
"""Name -> what was done, and why it matters. docs/importing.md lists them; a test holds the two together."""


class Notes:
    """Counts which rule met how many rows of which table."""

    def __init__(self) -> None:
        self.met: dict[tuple[str, str], list[str]] = {}

    def note(self, rule: str, table: str, where: str) -> None:
        """Count one row."""
        assert rule in RULES
        self.met.setdefault((rule, table), []).append(where)

    def problems(self) -> list[Problem]:
        """One Problem for each rule and table, with the number of rows and the first of them."""
        return [self.problem(rule, table, rows) for (rule, table), rows in self.met.items()]

    @staticmethod
    def problem(rule: str, table: str, rows: list[str]) -> Problem:
        """What one rule did in one table."""
        what, why = RULES[rule]
        first = ", ".join(rows[:3]) + (" and more" if len(rows) > 3 else "")
        return Problem(
            where=table,
            what=f"[{rule}] {len(rows)} {'row' if len(rows) == 1 else 'rows'}: {what} ({first})",
            why=why,
            do="Correct it where the file comes from, or leave it so.",
            severity=Severity.warning,
        )
