"""`rcpref conclusions`."""

import shlex
from collections.abc import Sequence
from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, Quote, argument, option
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
        argument("[N]...", "Only conclusions of these numbers.", completion.conclusion_numbers),
    ] = None,
    search: Annotated[
        str | None, option("--search", "WORDS", "Only conclusions with all of these words.")
    ] = None,
    quote: Quote = False,
) -> Report:
    """Show the conclusions of the Lima meeting.

    They are quoted word for word from the Chair's Summary.
    """
    from rcpref.views import text as views

    if search is not None and not search.strip():
        raise UsageProblem("--search has no word", "write --search evidence")
    return views.conclusions(
        context.data, numbers=_numbers(numbers or []), search=search or "", quote=quote
    )


def _numbers(typed: Sequence[str]) -> list[int]:
    numbers = []
    for each in typed:
        try:
            numbers.append(int(each))
        except ValueError:
            hint = f"to look for words: rcpref conclusions --search {shlex.quote(' '.join(typed))}"
            raise UsageProblem(f"{echo(each)} is not the number of a conclusion", hint) from None
    return numbers
