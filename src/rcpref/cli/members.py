"""`rcpref members`, `state`, `compare` and `matrix`."""

from typing import TYPE_CHECKING, Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, command
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

if TYPE_CHECKING:
    from rcpref.model.records import Record

COMMANDS: dict[str, typer.Typer] = {}

Answers = Annotated[
    str | None,
    typer.Option(
        "--answer",
        metavar="A,B",
        help="Answers to print: yes (alone, unless given), possible, disputed, no, unknown, all.",
        autocompletion=completion.answers,
    ),
]


def _with_members(context: Context, name: str) -> "Record":
    """The process, body or organization of this name; of another kind, say that."""
    from rcpref.answers.names import find_of_kinds

    return find_of_kinds(context.data, name, MEMBER_KINDS, "members")


@command(
    COMMANDS,
    "members",
    "rcpref members colombo-process",
    "rcpref members colombo-process --as-of 2013-05",
    "rcpref members abu-dhabi-dialogue --as-of 2013-05 --answer all",
    "rcpref members european-union --changes 2013 2021",
    "rcpref members bali-process | cut -f1",
)
def members(
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
    from rcpref.views import members as views

    wanted = views.answers_wanted(answer)
    record = _with_members(context, name)
    if changes is not None:
        if as_of is not None or answer is not None or observers:
            raise UsageProblem("--changes takes two dates and no other choice")
        return views.changes(context.data, record, *changes)
    if observers:
        return views.observers(context.data, record, as_of, wanted)
    return views.members(context.data, record, as_of, wanted)


@command(
    COMMANDS,
    "state",
    "rcpref state Kenya",
    'rcpref state "Côte d\'Ivoire" --as-of 2013-05',
    "rcpref state swaziland --answer all",
    "rcpref state TR -f json",
)
def state(
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
    from rcpref.views import members as views

    country = find_state(context.data, name)
    return views.state(context.data, country, as_of, views.answers_wanted(answer))


@command(
    COMMANDS,
    "compare",
    "rcpref compare bali-process colombo-process",
    "rcpref compare midsa comesa sacm --as-of 2013-05",
)
def compare(
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
    """Compare the members of two or more processes or bodies at a date."""
    from rcpref.views import members as views

    records = [_with_members(context, name) for name in names]
    return views.compare(context.data, records, as_of)


@command(
    COMMANDS,
    "matrix",
    "rcpref matrix",
    "rcpref matrix --as-of 2013-05 -f csv",
    "rcpref matrix --kind process,body",
)
def matrix(
    context: Context,
    as_of: AsOf = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Kinds of records; several with commas.",
            autocompletion=completion.some_of(*MEMBER_KINDS),
        ),
    ] = "process",
) -> Report:
    """Count the shared members of every two processes at a date."""
    from rcpref.model import KINDS
    from rcpref.views import members as views
    from rcpref.views.kinds import kind_named

    kinds = [kind_named(word, offered=MEMBER_KINDS) for word in kind.split(",")]
    for each in kinds:
        if each not in MEMBER_KINDS:
            plural = KINDS.get(each, each)
            raise UsageProblem(f"{plural} have no members", "use process, body or organization")
    return views.matrix(context.data, list(dict.fromkeys(kinds)), as_of)
