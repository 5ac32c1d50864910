"""`rcpref members`: the member States of a process or body at a date."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.answers.membership import NO, YES, Answer, members_at
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Column, Facts, Gap, Heading, Item, Span, quiet
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report
from rcpref.views.certainty import (
    NO_WHOLE_LIST,
    parted,
    uncertain_line,
    undated_line,
    without_whole_list,
)
from rcpref.views.items import answer_item
from rcpref.views.words import asked_date, date_words, joined, shown_date

COLUMNS = (
    Column("id", "Code", room=60, style="id"),
    Column("name", "State", style="name"),
    Column("answer", "Answer"),
    Column("basis", "Basis"),
    Column("reason", "Why", marks=cited),
    Column("sources", "Sources", room=1000, cell=cited),
)


def members(data: Dataset, record: Record, as_of: str | None, wanted: Sequence[str]) -> Report:
    """The member States of a record at a date.

    Args:
        data: The data set.
        record: A process, body or organization.
        as_of: The date; None for that of the data.
        wanted: The kinds of answer to print.

    Raises:
        NotFound: Nothing is known of its members.
    """
    asked = asked_date(data, as_of)
    shown, left = parted(states_in(data, record, asked), wanted)
    if not shown and not left:
        raise NotFound(
            f"no list of members of {record.short_name} is known",
            f"rcpref show {record.id} has what is known of those who take part",
        )
    query = {
        "command": "members",
        "record": record.id,
        "as_of": asked.text,
        "answers": list(wanted),
    }
    report = Report(data, query, COLUMNS, items=shown)
    report.people = ["name", "id", *(["answer"] if wanted != (YES,) else []), "basis", "reason"]
    line = _line(record, asked, shown, left, wanted)
    report.notices += [line] if line else []
    report.blocks = lambda: _blocks(report, record, asked, line)
    return report


def states_in(
    data: Dataset, record: Record, asked: Interval, capacity: str = "members"
) -> list[Item]:
    """The States that the record names in a capacity, each with the answer for a date."""
    return [
        member_item(code, data.countries[code].name, answer)
        for code, answer in members_at(record, asked, capacity).items()
    ]


def member_item(key: str, name: str, answer: Answer) -> Item:
    """A State or an organization with the answer for it."""
    return {"id": key, "name": name, **answer_item(answer)}


def _line(
    record: Record,
    asked: Interval,
    shown: Sequence[Item],
    left: Sequence[Item],
    wanted: Sequence[str],
) -> str:
    """What is not certain, or why there is nothing; empty where all is said."""
    none_yet = _are_no_for_one_reason([*shown, *left])
    line = uncertain_line(left, no=not shown)
    if not shown and wanted == (YES,) and none_yet:
        line = f"no member States at {asked.text}: {left[0]['reason']}"
    if not line and not shown:
        line = f"no State with such an answer at {asked.text}"
    partial = without_whole_list([record]) and not none_yet
    return joined(line, undated_line(shown), NO_WHOLE_LIST if partial else "")


def _are_no_for_one_reason(items: Sequence[Item]) -> bool:
    """Whether all answers are no for the same reason, as before a founding."""
    return {item["answer"] for item in items} == {NO} and len({i["reason"] for i in items}) == 1


def _blocks(report: Report, record: Record, asked: Interval, line: str) -> list[Block]:
    marks = Marks(report.data)
    number = len(report.lines)
    count = f"{number} {'State' if number == 1 else 'States'}"
    title = f"Members of {record.short_name} at {date_words(report.data, asked)}: {count}"
    blocks: list[Block] = [Heading(title, 1)]
    if number:
        blocks.append(report.grid(marks=marks))
    if line:
        blocks += [Gap(), quiet(f"Not certain: {line}." if number else f"{line}.")]
    blocks += _beside(record, asked, marks)
    return [*blocks, *marks.block()]


def _beside(record: Record, asked: Interval, marks: Marks) -> list[Block]:
    """What changes no answer but belongs beside it: suspensions, contested exits."""
    lines = [
        (shown_date(claim) or "undated", [Span(str(claim.value))], marks.mark(claim.source))
        for claim in record.claims_of("membership_event")
    ]
    title = f"Beside the answer for {asked.text}, which it does not change"
    return [Facts(title, lines)] if lines else []
