"""`rcpref members`."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Answers, AsOf, Context
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

if TYPE_CHECKING:
    pass

EXAMPLES = (
    "rcpref members colombo-process",
    "rcpref members colombo-process --as-of 2013-05",
    "rcpref members abu-dhabi-dialogue --as-of 2013-05 --answer all",
    "rcpref members european-union --changes 2013 2021",
    "rcpref members bali-process | cut -f1",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="Processes, bodies, organizations; - reads names from standard input.",
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
    """List the member States of a process or body, as last known or at a date.

    Only what is certain is printed; one line on standard error, or under the table,
    names what is not. Without --as-of, they are those last known, with that date;
    --as-of today asks for the date of the data.
    """
    from rcpref.answers.names import find_of_kinds
    from rcpref.cli.words import WITH_MEMBERS, names_of
    from rcpref.views.several import several

    view = _view(as_of, answer, observers, changes)
    data = context.data
    records = dict.fromkeys(
        find_of_kinds(data, name, MEMBER_KINDS, "members")
        for name in names_of(data, names, WITH_MEMBERS)
    )
    if changes is not None and (as_of is not None or answer is not None or observers):
        raise UsageProblem("--changes takes two dates and no other choice")
    made = ((record.id, partial(view, data, record)) for record in records)
    return several(made, "record", "records")


def _view(
    as_of: str | None, answer: str | None, observers: bool, changes: tuple[str, str] | None
) -> Callable[..., Report]:
    """What makes the report on a record of a data set."""
    from rcpref.views.certainty import answers_wanted

    wanted = answers_wanted(answer)
    if changes is not None:
        from rcpref.views.changes import changes as changes_view

        return partial(changes_view, first=changes[0], second=changes[1])
    if observers:
        from rcpref.views.observers import observers as observers_view

        return partial(observers_view, as_of=as_of, wanted=wanted)
    from rcpref.views.members import members as members_view

    return partial(members_view, as_of=as_of, wanted=wanted)
