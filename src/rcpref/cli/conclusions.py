"""`rcpref conclusions`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Context, Quote
from rcpref.errors import UsageProblem
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref conclusions",
    "rcpref conclusions 3 5",
    "rcpref conclusions --search evidence",
    "rcpref conclusions 5 --quote",
    "rcpref conclusions 4 -f json | jq -r '.items[0].text'",
)


def command(
    context: Context,
    numbers: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="[N]...",
            help="Only these, by number.",
            autocompletion=completion.conclusion_numbers,
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", metavar="WORDS", help="Only those with all of these words."),
    ] = None,
    quote: Quote = False,
) -> Report:
    """Read the conclusions of the Lima meeting.

    They are given word for word, as in the Chair's Summary.
    """
    from rcpref.views import conclusions as views

    if search is not None and not search.strip():
        raise UsageProblem("there is no word to look for", "write --search evidence")
    return views.conclusions(context.data, numbers or [], search or "", quote)
