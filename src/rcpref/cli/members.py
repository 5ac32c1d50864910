"""`rcpref members`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Answers, AsOf, Context
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref members colombo-process",
    "rcpref members colombo-process --as-of 2013-05",
    "rcpref members abu-dhabi-dialogue --as-of 2013-05 --answer all",
    "rcpref members european-union --changes 2013 2021",
    "rcpref members bali-process | cut -f1",
)


def command(
    context: Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A process, body or organization.",
            autocompletion=completion.with_members,
        ),
    ],
    as_of: AsOf = None,
    answer: Answers = None,
    observers: Annotated[
        bool, typer.Option("--observers", help="The observers instead of the members.")
    ] = False,
    changes: Annotated[
        tuple[str, str] | None,
        typer.Option("--changes", metavar="A B", help="What changed between two dates."),
    ] = None,
) -> Report:
    """List the member States of a process or body at a date.

    Only what is certain is printed; one line on standard error, or under the table,
    names what is not. Without --as-of, the date is that of the data, never today.
    """
    from rcpref.answers.names import find_of_kinds
    from rcpref.views.certainty import answers_wanted

    wanted = answers_wanted(answer)
    record = find_of_kinds(context.data, name, MEMBER_KINDS, "members")
    if changes is not None:
        if as_of is not None or answer is not None or observers:
            raise UsageProblem("--changes takes two dates and no other choice")
        from rcpref.views.changes import changes as changes_view

        return changes_view(context.data, record, *changes)
    if observers:
        from rcpref.views.observers import observers as observers_view

        return observers_view(context.data, record, as_of, wanted)
    from rcpref.views.members import members as members_view

    return members_view(context.data, record, as_of, wanted)
