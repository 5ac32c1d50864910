"""`rcpref conclusions`."""

import shlex
from collections.abc import Sequence
from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Context, Quote
from rcpref.errors import UsageProblem, echo
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
        list[str] | None,
        typer.Argument(
            metavar="[N]...",
            help="Only these, by number.",
            click_type=completion.conclusion_numbers,
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
    from rcpref.views import text as views

    if search is not None and not search.strip():
        raise UsageProblem("there is no word to look for", "write --search evidence")
    return views.conclusions(
        context.data, numbers=_numbers(numbers or []), search=search or "", quote=quote
    )


def _numbers(typed: Sequence[str]) -> list[int]:
    """The numbers that were typed; UsageProblem where something else was."""
    numbers = []
    for each in typed:
        try:
            numbers.append(int(each))
        except ValueError:
            hint = f"to look for words: rcpref conclusions --search {shlex.quote(' '.join(typed))}"
            raise UsageProblem(f"{echo(each)} is no number of a conclusion", hint) from None
    return numbers
