"""`rcpref disputes`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, argument
from rcpref.report.report import Report

EXAMPLES = ("rcpref disputes", "rcpref disputes budapest-process")


def command(
    context: Context,
    names: Annotated[
        list[str] | None,
        argument("[NAME]...", "Records (default: all).", completion.records_of()),
    ] = None,
) -> Report:
    """Show where sources disagree for the same time, side by side."""
    from rcpref.answers.names import find_record
    from rcpref.cli.names import RECORDS, names_of
    from rcpref.views.compare import disputes as disputes_of

    found = [
        find_record(context.data, name) for name in names_of(context.data, names or (), RECORDS)
    ]
    return disputes_of(context.data, list(dict.fromkeys(found)))
