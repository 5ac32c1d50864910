"""`rcpref state`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Answers, AsOf, Context
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref state Kenya",
    'rcpref state "Côte d\'Ivoire" --as-of 2013-05',
    "rcpref state swaziland --answer all",
    "rcpref state TR -f json",
)


def command(
    context: Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="Any name or code of a State.",
            autocompletion=completion.states,
        ),
    ],
    as_of: AsOf = None,
    answer: Answers = None,
) -> Report:
    """Tell what a State takes part in at a date, and where it cannot be said."""
    from rcpref.answers.names import find_state
    from rcpref.views.certainty import answers_wanted
    from rcpref.views.state import state as view

    country = find_state(context.data, name)
    return view(context.data, country, as_of, answers_wanted(answer))
