"""`rcpref compare`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref compare bali-process colombo-process",
    "rcpref compare midsa comesa sacm --as-of 2013-05",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME NAME...",
            help="Processes, bodies, organizations.",
            autocompletion=completion.with_members,
        ),
    ],
    as_of: AsOf = None,
) -> Report:
    """Compare the members of two or more processes or bodies, last known or at a date."""
    from rcpref.answers.names import find_of_kinds
    from rcpref.cli.words import WITH_MEMBERS, names_of
    from rcpref.views.compare import compare as view

    names = names_of(context.data, names, WITH_MEMBERS)
    records = [find_of_kinds(context.data, name, MEMBER_KINDS, "members") for name in names]
    return view(context.data, records, as_of)
