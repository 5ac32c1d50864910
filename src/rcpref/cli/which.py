"""`rcpref which`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Context
from rcpref.report.report import Report

EXAMPLES = ("rcpref which CAN", "rcpref which lima")


def command(
    context: Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A name as you would type it.",
            autocompletion=completion.records_and_states,
        ),
    ],
) -> Report:
    """Tell how a name is understood: the records and States that it fits."""
    from rcpref.views import which as views

    return views.which(context.data, name)
