"""The commands, joined; and what becomes of an error that reaches the top."""

from __future__ import annotations

import sys

import typer

from waypost.cli import (
    audit,
    build,
    check,
    docs,
    export,
    find,
    gallery,
    import_,
    law,
    merges,
    new,
    print_,
    report,
    review,
    serve,
    validate,
)
from waypost.exchange.trouble import ExtraMissing
from waypost.model.evidence import ProblemsFound
from waypost.store import StoreError

app = typer.Typer(
    name="waypost",
    help="A community guide to help: every fact with a source and a date.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
app.command("new")(new.new)
app.command("serve")(serve.serve)
app.command("build")(build.build)
app.command("find")(find.find)
app.add_typer(law.app, name="law", help="The law: ask about a situation, show a section, list the words.")
app.command("check")(check.check)
app.command("audit")(audit.audit)
app.command("review")(review.review)
app.command("import", cls=import_.Words)(import_.import_)
app.add_typer(
    merges.app, name="merges", help="Records that may be one: list them, join them, keep them apart."
)
app.command("export")(export.export)
app.command("validate")(validate.validate)
app.command("gallery")(gallery.gallery)
app.command("print")(print_.print_)
app.command("docs")(docs.docs)


def main() -> None:
    """Run the command line; what a person typed or fed in never ends in a traceback."""
    try:
        app()
    except ProblemsFound as found:
        report.tell(found.problems)
        sys.exit(report.ENVIRONMENT if isinstance(found, ExtraMissing) else report.REFUSED)
    except StoreError as error:
        report.tell([error.problem])
        sys.exit(report.ENVIRONMENT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(report.DONE)
