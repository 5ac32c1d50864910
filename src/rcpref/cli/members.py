"""`rcpref members`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Answers, AsOf, Basis, Context, bases_asked
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref members colombo-process",
    "rcpref members colombo-process --as-of 2013-05",
    "rcpref members abu-dhabi-dialogue --as-of 2013-05 --answer all",
    "rcpref members european-union --changes 2013 2021",
    "rcpref members colombo-process --changes",
    "rcpref members bali-process | cut -f1",
    "rcpref members colombo-process --as-of 2013 --basis listed",
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
    basis: Basis = None,
    observers: Annotated[
        bool, typer.Option("--observers", help="The observers instead of the members.")
    ] = False,
    changes: Annotated[
        bool,
        typer.Option(
            "--changes",
            help="What changed between two dates: --changes 2013 2021. From one alone, to now; "
            "without dates, from the first evidence to the last.",
        ),
    ] = False,
) -> Report:
    """List the member States of a process or body, as last known or at a date.

    Only what is certain is printed; one line on standard error, or under the table,
    names what is not. Without --as-of, they are those last known, with that date;
    --as-of today asks for the date of the data.
    """
    from rcpref.answers.names import find_of_kinds
    from rcpref.cli.names import WITH_MEMBERS, names_of
    from rcpref.views.several import several

    if changes and (as_of is not None or answer is not None or basis is not None or observers):
        raise UsageProblem("--changes takes dates and no other choice")
    names, dates = _told_apart(names) if changes else (names, [])
    view = _changes(dates) if changes else _members(as_of, answer, basis, observers)
    data = context.data
    records = dict.fromkeys(
        find_of_kinds(data, name, MEMBER_KINDS, "members")
        for name in names_of(data, names, WITH_MEMBERS)
    )
    made = ((record.id, partial(view, data, record)) for record in records)
    return several(made, "record", "records")


def _told_apart(typed: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names and the dates among some arguments: no name of what has members is a date.

    Raises:
        UsageProblem: There are more than two dates, or nothing else.
    """
    dates = [each for each in typed if _begins_a_date(each)]
    names = [each for each in typed if each not in dates]
    if len(dates) > 2 or not names:
        raise UsageProblem(
            "--changes takes a name and two dates, or one up to now, or none",
            "write rcpref members european-union --changes 2013 2021",
        )
    return names, dates


def _begins_a_date(typed: str) -> bool:
    year = typed[:3]
    return (len(year) == 3 and year.isdecimal()) or typed.lower() in ("today", "now")


def _changes(dates: Sequence[str]) -> Callable[..., Report]:
    """What makes the report on the changes of a record."""
    from rcpref.views.changes import changes

    first, second = [*dates, *["today"] * (len(dates) == 1)] or (None, None)
    return partial(changes, first=first, second=second)


def _members(
    as_of: str | None, answer: str | None, basis: str | None, observers: bool
) -> Callable[..., Report]:
    """What makes the report on the members of a record."""
    from rcpref.answers.membership.evidence import MEMBERS, OBSERVERS
    from rcpref.views.certainty import answers_wanted
    from rcpref.views.members import members as view

    wanted, bases = answers_wanted(answer), bases_asked(basis)
    capacity = OBSERVERS if observers else MEMBERS
    return partial(view, as_of=as_of, wanted=wanted, bases=bases, capacity=capacity)
