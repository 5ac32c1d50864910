"""`rcpref members`: the member States of a process or body, at a date or as last known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership.answer import NO, YES, Answer
from rcpref.answers.membership.evidence import MEMBERS, OTHER_CAPACITIES
from rcpref.answers.membership.members import members_at, states_named
from rcpref.answers.validity import at_date
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.report.blocks import Block, Column, Facts, Gap, Heading, Item, Span, quiet
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report, rows_of
from rcpref.views.certainty import (
    NO_WHOLE_LIST,
    basis_words,
    chosen_bases,
    on_bases,
    parted,
    short_line,
    uncertain_line,
    undated_line,
    without_whole_list,
)
from rcpref.views.items import answer_item
from rcpref.views.summary import counted, summary
from rcpref.views.words import asked_for, claim_date, date_words, in_order_of_names, together

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Record

COLUMNS = (
    Column("id", "Code", room=60, style="id"),
    Column("name", "State", style="name"),
    Column("answer", "Answer"),
    Column("basis", "Basis", room=100),
    Column("reason", "Why", marks=cited),
    Column("sources", "Sources", room=1000, cell=cited),
    Column("last_known", "Last known", room=120),
)


def members(
    data: Data,
    record: Record,
    as_of: str | None,
    wanted: Sequence[str],
    bases: Sequence[str] = (),
) -> Report:
    """The member States of a record, at a date or as last known.

    Args:
        data: The data set.
        record: A process, body or organization.
        as_of: The date; None for what is last known.
        wanted: The kinds of answer to print.
        bases: What an answer must rest on; empty for all.

    Raises:
        NotFound: Nothing is known of its members, or not on these bases.
    """
    asked = asked_for(data, as_of)
    every = on_bases(states_in(data, record, asked), bases, record.short_name)
    shown, left = parted(every, wanted)
    if not every:
        raise NotFound(
            f"no list of members of {record.short_name} is known",
            f"rcpref show {record.id} has what is known of those who take part",
        )
    report = Report(data, query_of(record, asked, wanted, bases), COLUMNS, items=shown)
    report.uncertain = left
    certain = {item["id"] for item in every if item["answer"] == YES}
    beside = others(data, record, asked, certain)
    report.summary = {
        **summary(data, record, asked, every, whole=not bases),
        "beside": {key: list(items) for key, items in beside.items()},
    }
    answer = ["answer"] if wanted != (YES,) else []
    report.people = ["name", "id", *answer, "basis", "last_known", "reason"]
    not_certain = uncertain_line(left, no=not shown), short_line(left, no=not shown)
    # Of some answers alone one cannot say that there are no members.
    none = not bases and not shown and {item["answer"] for item in every} == {NO}
    lines, short = (_lines(record, shown, wanted, none, each) for each in not_certain)
    notice = together(*short, *_in_heading(report.summary, shown, none))
    report.notices += [notice] if notice else []
    report.blocks = lambda: _blocks(report, record, asked, bases, lines)
    return report


def query_of(record: Record, asked: AsOf, wanted: Sequence[str], bases: Sequence[str]) -> Item:
    """What JSON says of the question."""
    return {
        "command": "members",
        "record": record.id,
        "as_of": asked.text,
        "answers": list(wanted),
        **chosen_bases(bases),
    }


def states_in(data: Data, record: Record, asked: AsOf, capacity: str = MEMBERS) -> list[Item]:
    """The States that the record names in a capacity, each with its answer."""
    return [
        member_item(code, data.plain.state_name(code), answer)
        for code, answer in members_at(data, record, asked, capacity).items()
    ]


def member_item(key: str, name: str, answer: Answer) -> Item:
    """A State or an organization with the answer for it."""
    return {"id": key, "name": name, **answer_item(answer)}


def others(
    data: Data, record: Record, asked: AsOf, certain: Collection[str]
) -> dict[str, list[Item]]:
    """Who takes part in another capacity, for certain, by the capacity.

    Args:
        data: The data set.
        record: The record.
        asked: The date.
        certain: Codes of the members that are certain: they are no others.
    """
    found = {
        key: parted(states_in(data, record, asked, key), (YES,))[0]
        for key in OTHER_CAPACITIES
        if states_named(record, key)
    }
    beside = {
        key: [item for item in items if item["id"] not in certain] for key, items in found.items()
    }
    return {key: items for key, items in beside.items() if items}


def _lines(
    record: Record,
    shown: Sequence[Item],
    wanted: Sequence[str],
    none: bool,
    not_certain: str,
) -> list[str]:
    """What a reader should know beside the rows and the heading; empty where all is said."""
    if none and wanted == (YES,):
        return []
    lines = [not_certain]
    if not any(lines) and not shown:
        lines = ["no State with such an answer"]
    lines.append(undated_line(shown))
    if without_whole_list([record]) and not none:
        lines.append(NO_WHOLE_LIST)
    return [line for line in lines if line]


def _in_heading(whole: dict[str, Any], shown: Sequence[Item], none: bool) -> list[str]:
    """What people read in the heading, and programs are told beside the rows."""
    if none:
        return [f"no members: {whole['heading'].removeprefix('none: ')}"]
    return [whole["count_against_list"]] if shown and whole["count_against_list"] else []


def _blocks(
    report: Report, record: Record, asked: AsOf, bases: Sequence[str], lines: Sequence[str]
) -> list[Block]:
    marks = Marks(report.data)
    when = "" if asked.last_known else f" {date_words(report.data, asked)}"
    when += basis_words(bases)
    title = f"Members of {record.short_name}{when}: {report.summary['heading']}"
    blocks: list[Block] = [Heading(title, 1)]
    if report.lines:
        blocks.append(report.grid(rows_of(report.columns, in_order_of_names(report.lines), marks)))
    if lines:
        lead = "Not certain: " if report.lines and report.uncertain else ""
        blocks += [Gap(), quiet(f"{lead}{'; '.join(lines)}.")]
    blocks += _others(report.data, report.summary["beside"], marks)
    blocks += _events(report.data, record, asked, marks)
    return [*blocks, *marks.block()]


def _others(data: Data, beside: dict[str, list[Item]], marks: Marks) -> list[Block]:
    """Who takes part beside the members, and in what capacity."""
    lines = []
    for key, items in beside.items():
        names = ", ".join(item["name"] for item in in_order_of_names(items))
        count = marks.behind(counted(len(items)), cited(items))
        lines.append((data.label_of(key), [Span(names)], count))
    return [Facts("Beside the members", lines)] if lines else []


def _events(data: Data, record: Record, asked: AsOf, marks: Marks) -> list[Block]:
    """What changes no answer but belongs beside it: suspensions, contested exits."""
    lines = [
        (
            claim_date(data, claim),
            [Span(str(claim.value))],
            marks.behind("", (claim.source,)),
        )
        for claim in at_date(record.claims_of("membership_event"), asked.date, "event").claims
    ]
    when = "" if asked.last_known else f" for {asked.text}"
    return [Facts(f"Beside the answer{when}, which it does not change", lines)] if lines else []
