"""`rcpref map`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, Force, PictureFile, argument, option, picture
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref map bali-process",
    "rcpref map bali-process --as-of 2013-05 > bali.svg",
    "rcpref map rabat-process -o rabat.svg",
    "rcpref map puebla-process --capacity observers -f csv",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        argument("NAME", "A process, body or organization.", completion.records_of(MEMBER_KINDS)),
    ],
    as_of: AsOf = None,
    capacity: Annotated[
        str,
        option(
            "--capacity",
            "CAPACITY",
            "Another role: observer, participating State, ....",
            completion.capacities,
        ),
    ] = "members",
    output: PictureFile = None,
    force: Force = False,
) -> Report | None:
    """Draw a map of the members of a process or body, last known or at a date.

    On a terminal the map is drawn in characters. In a pipe or a file it is SVG, which word
    processors and browsers open. Answers differ in colour and pattern. A lighter tone marks
    evidence from an older or newer list, or without a date. Other formats have the States
    with their answers.
    """
    from rcpref.answers.names import find_of_kinds
    from rcpref.cli.names import WITH_MEMBERS, names_of
    from rcpref.export.pictures.map import drawn, map_of
    from rcpref.views.members import mapped as map_members
    from rcpref.views.words import capacity_named

    name, *more = names_of(context.data, names, WITH_MEMBERS)
    if more:
        raise UsageProblem("a map shows one record", "draw one map for each")
    record = find_of_kinds(context.data, name, MEMBER_KINDS, "members")
    report = map_members(
        context.data, record, as_of=as_of, capacity=capacity_named(capacity), draw=drawn
    )
    return picture(context, report, map_of, output, force)
