"""`rcpref members`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from rcpref.cli import completion
from rcpref.cli.options import Answers, AsOf, Context, argument, flag
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

if TYPE_CHECKING:
    from rcpref.model.records import Record

EXAMPLES = (
    "rcpref members colombo-process",
    "rcpref members colombo-process --as-of 2013-05",
    "rcpref members abu-dhabi-dialogue --as-of 2013-05 --answer all",
    "rcpref members african-union --why",
    "rcpref members european-union --changes 2013 2021",
    "rcpref members colombo-process --changes",
    "rcpref members bali-process | cut -f1",
    "rcpref members colombo-process --as-of 2013 --why",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        argument(
            "NAME...",
            "Processes, bodies, organizations; - reads names from standard input.",
            completion.records_of(MEMBER_KINDS),
        ),
    ],
    as_of: AsOf = None,
    answer: Answers = None,
    observers: Annotated[bool, flag("--observers", "List the observers, not the members.")] = False,
    why: Annotated[bool, flag("--why", "In tables: show basis and reason in each row.")] = False,
    changes: Annotated[
        bool,
        flag(
            "--changes",
            "What changed between two dates: --changes 2013 2021. With one date: up to now. "
            "Without a date: from the first evidence to the last.",
        ),
    ] = False,
) -> Report:
    """List the member States of a process or body, last known or at a date.

    Only certain members are printed. One line on standard error, or under the table, names
    the others. Without --as-of the answer is what is last known, with its date; --as-of today
    asks for the date of the data.
    """
    from rcpref.answers.membership.evidence import MEMBERS, OBSERVERS
    from rcpref.cli.names import with_members
    from rcpref.views import members as views
    from rcpref.views.show import report_on_each
    from rcpref.views.summary import answers_wanted

    choices = as_of is not None or answer is not None or observers or why
    if changes and choices:
        raise UsageProblem("--changes takes dates and no other choice")
    names, first, second = _split_dates(names) if changes else (names, None, None)
    wanted = answers_wanted(answer)
    capacity = OBSERVERS if observers else MEMBERS
    data = context.data

    def report_on(record: "Record") -> Report:
        if changes:
            from rcpref.views.compare import changes as changes_between

            return changes_between(data, record, first=first, second=second)
        return views.members(data, record, as_of=as_of, wanted=wanted, capacity=capacity, why=why)

    found = {each.id: each for each in with_members(data, names)}
    return report_on_each(found, report_on, "record", "records")


def _split_dates(typed: Sequence[str]) -> tuple[list[str], str | None, str | None]:
    """The names, and the dates between them: no name of what has members is a date."""

    def begins_a_date(text: str) -> bool:
        return (text[:3].isdecimal() and len(text) > 2) or text.lower() in ("today", "now")

    dates = [each for each in typed if begins_a_date(each)]
    names = [each for each in typed if each not in dates]
    if len(dates) > 2 or not names:
        raise UsageProblem(
            "--changes takes a name and no date, one or two",
            "write rcpref members european-union --changes 2013 2021",
        )
    if not dates:
        return names, None, None
    return names, dates[0], dates[1] if len(dates) == 2 else "today"
