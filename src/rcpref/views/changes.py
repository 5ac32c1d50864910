"""`rcpref members --changes`: who joined, left, became uncertain between two dates."""

from __future__ import annotations

from functools import partial

from rcpref.answers.comparison import MemberChange, dates_of
from rcpref.answers.comparison import changes as found_changes
from rcpref.data.dataset import Data
from rcpref.dates import Interval
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Gap, Heading, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.certainty import incomplete_line
from rcpref.views.items import item_of
from rcpref.views.shapes import CHANGE


def changes(data: Data, record: Record, first: str | None, second: str | None) -> Report:
    """Who joined, left, became uncertain or certain between two dates."""
    start, end = dates_of(data, record, first, second)
    found = list(found_changes(data, record, start, end))
    query = {"command": "members", "record": record.id, "changes": [start.text, end.text]}
    columns = CHANGE.columns(reason=partial(_reasons, start, end))
    report = Report(data, query, columns, lines=found, item=partial(item_of, CHANGE))
    report.people = ["name", "change", "before", "after", "reason"]
    incomplete = incomplete_line([record])
    report.notices += [incomplete] if incomplete else []
    if not found:
        report.notices.append(f"no change is known between {start.text} and {end.text}")

    def blocks() -> list[Block]:
        marks = Marks(data)
        title = f"{record.short_name}: changes between {start.text} and {end.text}"
        table = report.grid(marks=marks) if found else quiet("No change is known.")
        blocks: list[Block] = [Heading(title, 1), table]
        blocks += [Gap(), quiet(f"{incomplete}.")] if incomplete else []
        return [*blocks, *marks.block()]

    report.blocks = blocks
    return report


def _reasons(start: Interval, end: Interval, change: MemberChange) -> str:
    """The reasons at both dates, and the events that neither of them names."""
    words = f"{start.text}: {change.before.reason}; {end.text}: {change.after.reason}"
    for event in change.events:
        verb = "joined" if event.property == "member_joined" else "left"
        event_words = f"{verb} {event.as_of}"
        if event_words not in words:
            words += f"; {event_words}"
    return words
