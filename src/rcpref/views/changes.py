"""`rcpref members --changes`: who joined, left, became uncertain between two dates."""

from __future__ import annotations

from rcpref.answers.changes import MemberChange, dates_of
from rcpref.answers.changes import changes as found_changes
from rcpref.data.dataset import Data
from rcpref.dates import Interval
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Column, Gap, Heading, Item, quiet
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report
from rcpref.views.certainty import incomplete_line
from rcpref.views.items import answer_item, rests_on


def changes(data: Data, record: Record, first: str | None, second: str | None) -> Report:
    """Who joined, left, became uncertain or certain between two dates.

    Args:
        data: The data set.
        record: A process, body or organization.
        first: The earlier date; None for that of the first evidence.
        second: The later one; None for that of the last evidence.

    Raises:
        NotFound: Nothing is known of its members, or not for two dates.
        UsageProblem: The second date does not come after the first.
    """
    start, end = dates_of(data, record, first, second)
    items = list(map(_item, found_changes(data, record, start, end)))
    query = {"command": "members", "record": record.id, "changes": [start.text, end.text]}
    report = Report(data, query, _columns(start, end), items=items)
    report.people = ["name", "change", "before", "after", "reason"]
    partial = incomplete_line([record])
    report.notices += [partial] if partial else []
    if not items:
        report.notices.append(f"no change is known between {start.text} and {end.text}")

    def blocks() -> list[Block]:
        marks = Marks(data)
        title = f"{record.short_name}: changes between {start.text} and {end.text}"
        found: list[Block] = [Heading(title, 1)]
        found.append(report.grid(marks=marks) if items else quiet("No change is known."))
        found += [Gap(), quiet(f"{partial}.")] if partial else []
        return [*found, *marks.block()]

    report.blocks = blocks
    return report


def _columns(start: Interval, end: Interval) -> tuple[Column, ...]:
    return (
        Column("id", "Code", room=60, style="id"),
        Column("name", "State", style="name"),
        Column("change", "Change"),
        Column("before", "Before", cell=lambda item: str(item["before"]["answer"])),
        Column("after", "After", cell=lambda item: str(item["after"]["answer"])),
        Column("reason", "Why", cell=lambda item: _reason(item, start, end), marks=cited),
        Column("sources", "Sources", room=1000, cell=cited),
    )


def _item(found: MemberChange) -> Item:
    return {
        "id": found.state,
        "name": found.name,
        "change": found.change,
        "before": answer_item(found.before),
        "after": answer_item(found.after),
        "events": rests_on(found.events),
    }


def _reason(item: Item, start: Interval, end: Interval) -> str:
    """The reasons at both dates, and the events that neither of them names."""
    before, after = item["before"]["reason"], item["after"]["reason"]
    reason = f"{start.text}: {before}; {end.text}: {after}"
    for event in item["events"]:
        verb = "joined" if event["property"] == "member_joined" else "left"
        words = f"{verb} {event['as_of']}"
        if words not in reason:
            reason += f"; {words}"
    return reason
