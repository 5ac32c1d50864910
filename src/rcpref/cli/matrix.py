"""`rcpref matrix`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, argument
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref matrix",
    "rcpref matrix igad-rcp midsa comesa",
    "rcpref matrix --as-of 2013-05 -f csv",
)


def command(
    context: Context,
    names: Annotated[
        list[str] | None,
        argument(
            "[NAME]...",
            "Processes, bodies or organizations (default: all processes).",
            completion.records_of(MEMBER_KINDS),
        ),
    ] = None,
    as_of: AsOf = None,
) -> Report:
    """Count the States that each pair of processes shares, last known or at a date.

    Each line is a pair, those that share most first, with a lower and an upper count: the
    certain members of both, and with them the possible and disputed members.
    """
    from rcpref.cli.names import with_members
    from rcpref.views.matrix import matrix

    records = with_members(context.data, names) if names else []
    return matrix(context.data, records, as_of)
