"""`rcpref conclusions` and `rcpref text`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Context, command
from rcpref.errors import UsageProblem
from rcpref.report.report import Report

COMMANDS: dict[str, typer.Typer] = {}

Quote = Annotated[
    bool,
    typer.Option("--quote", help="Ready to paste: quotation marks, exact words, reference."),
]


@command(
    COMMANDS,
    "conclusions",
    "rcpref conclusions",
    "rcpref conclusions 3 5",
    "rcpref conclusions --search evidence",
    "rcpref conclusions 5 --quote",
    "rcpref conclusions 4 -f json | jq -r '.items[0].text'",
)
def conclusions(
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
    from rcpref.views import text as views

    if search is not None and not search.strip():
        raise UsageProblem("there is no word to look for", "write --search evidence")
    return views.conclusions(context.data, numbers or [], search or "", quote)


@command(
    COMMANDS,
    "text",
    "rcpref text",
    "rcpref text lima-2013/conclusion-5",
    "rcpref text paragraph-4",
    "rcpref text lima-2013/conclusion-1..3 --quote",
    "rcpref text lima-2013 -f markdown",
)
def text(
    context: Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="[REF]",
            help="A text, or a passage such as lima-2013/footnote-1.",
            autocompletion=completion.references,
        ),
    ] = None,
    quote: Quote = False,
) -> Report:
    """Read a document or one passage of it, word for word.

    Without a reference: the whole Chair's Summary of the Lima meeting. `rcpref list
    paragraphs` and the like show what can be referred to.
    """
    from rcpref.views import text as views

    if ref is not None and not ref.strip():
        raise UsageProblem("the reference is empty", "write one such as lima-2013/conclusion-3")
    return views.reading(context.data, ref or "", quote)
