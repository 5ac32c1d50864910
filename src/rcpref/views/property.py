"""`rcpref show --property`: the value of one property at a date, one item a line."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership import not_founded
from rcpref.answers.membership.answer import YES
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.suggestions import nearest
from rcpref.answers.values import undated_chairs, value_at
from rcpref.data.dataset import Dataset
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.report.blocks import Block, Column, Gap, Heading, quiet
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report
from rcpref.views.certainty import NO_WHOLE_LIST, uncertain_line, without_whole_list
from rcpref.views.items import rests_on
from rcpref.views.succession import (
    Followers,
    followers,
    followers_facts,
    followers_item,
    followers_lines,
)
from rcpref.views.words import asked_for, date_words, joined

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.answers.values import Value
    from rcpref.model.records import Record


_COLUMNS = (
    # A number is text here, too: what is in the column depends on the property.
    Column("value", "Value", style="name", cell=lambda item: str(item["value"])),
    Column("name", "Name"),
    Column("answer", "Answer"),
    Column("basis", "Basis"),
    Column("reason", "Date or reason", marks=cited),
    Column("sources", "Sources", room=1000, cell=cited),
    Column("id", "Id", room=140),
    Column("last_known", "Last known"),
)


def property_at(data: Dataset, records: Sequence[Record], key: str, as_of: str | None) -> Report:
    """The value of one property of some records at a date, one item a line.

    Args:
        data: The data set.
        records: The records.
        key: The property.
        as_of: The date; None for what is last known.

    Raises:
        UsageProblem: There is no such property.
        NotFound: It is not claimed of any of the records, or not for that date.
    """
    if key not in data.properties:
        near = nearest(key, ((name, name) for name in data.properties))
        hint = f"did you mean {', '.join(near)}?" if near else "rcpref list properties has all"
        raise UsageProblem(f"no property {echo(key)}", hint)
    asked = asked_for(data, as_of)
    items: list[dict[str, Any]] = []
    uncertain: list[dict[str, Any]] = []
    for record in records:
        for value in value_at(data, record, key, asked):
            certain = key not in CAPACITIES or value.answer == YES
            (items if certain else uncertain).append(_item(data, record, key, value))
    if not items and not uncertain:
        raise _nothing(data, records, key, asked)
    query = {
        "command": "show",
        "names": [record.id for record in records],
        "property": key,
        "as_of": asked.text,
    }
    report = Report(data, query, _columns(records), items=items)
    report.uncertain = uncertain
    partial = NO_WHOLE_LIST if key == "members" and without_whole_list(records) else ""
    following = followers(records, asked) if key == "chair" else {}
    report.summary = {"next_chair": followers_item(following)} if following else {}
    line = joined(
        uncertain_line(uncertain, named=itemgetter("value")), partial, *_undated_lines(records, key)
    )
    report.notices += [line] if line else []
    report.notices += followers_lines(data, following)
    sometimes = [name for name in ("name", "answer", "basis") if any(i[name] for i in items)]
    whose = ["id"] if len(records) > 1 else []
    report.people = [*whose, "value", *sometimes, "reason"]
    title = f"{data.label_of(key)} of {_names(records)} {date_words(data, asked)}"
    report.blocks = lambda: _blocks(report, title, line, following)
    return report


def _columns(records: Sequence[Record]) -> Sequence[Column]:
    """The columns; where several records are asked, the id of each stands first."""
    if len(records) == 1:
        return _COLUMNS
    ids = [column._replace(room=0, style="id") for column in _COLUMNS if column.key == "id"]
    return [*ids, *(column for column in _COLUMNS if column.key != "id")]


def _item(data: Dataset, record: Record, key: str, value: Value) -> dict[str, Any]:
    return {
        "id": record.id,
        "property": key,
        "value": int(value.item) if data.type_of(key) == "integer" else value.item,
        "name": _name(data, key, value.item),
        "answer": value.answer,
        "basis": value.basis,
        "reason": value.reason,
        "last_known": value.last_known,
        "rests_on": rests_on(value.claims),
    }


def _name(data: Dataset, key: str, value: str) -> str | None:
    """What people call a code or an id; None for a value that speaks for itself."""
    if data.type_of(key) == "states":
        return data.countries[value].name
    return data.records[value].short_name if value in data.records else None


def _names(records: Sequence[Record]) -> str:
    return ", ".join(record.short_name for record in records)


def _nothing(data: Dataset, records: Sequence[Record], key: str, asked: AsOf) -> NotFound:
    """Why there is no value, and where to look."""
    for record in records:
        early = not_founded(record, asked)
        if early is not None:
            return NotFound(
                f"{record.short_name} was not yet founded {date_words(data, asked)}: "
                f"{early.reason}",
                f"rcpref show {record.id} --history has all claims",
            )
    claimed = any(record.claims_of(key) for record in records)
    when = f" at {asked.text}" if claimed and asked.text else ""
    history = f"rcpref show {records[0].id} --history has all claims" if claimed else ""
    if key == "chair" and any(record.claims_of("chair_rule") for record in records):
        history = f"rcpref show {records[0].id} -p chair_rule says who takes the chair"
    return NotFound(
        f"nothing is known of the {data.label_of(key).lower()} of {_names(records)}{when}",
        joined(*_undated_lines(records, key)) or history,
    )


def _undated_lines(records: Sequence[Record], key: str) -> list[str]:
    """For each record with undated claims on the chair, whom they name and what shows them."""
    lines = []
    for record in records:
        states = sorted({code for claim in undated_chairs(record, key) for code in claim.values})
        if states:
            named = ", ".join(states)
            lines.append(f"undated claims name {named}: rcpref show {record.id} --history")
    return lines


def _blocks(report: Report, title: str, line: str, following: Followers) -> list[Block]:
    marks = Marks(report.data)
    blocks: list[Block] = [Heading(title, 1)]
    blocks += [report.grid(marks=marks)] if report.lines else []
    blocks += [Gap(), quiet(f"Not certain: {line}.")] if line else []
    blocks += followers_facts(report.data, following, marks)
    return [*blocks, *marks.block()]
