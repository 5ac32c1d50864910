"""`rcpref timeline`: what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.timeline import happenings
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import EVENT

if TYPE_CHECKING:
    from rcpref.model.countries import Country


def timeline(
    data: Data,
    named: Sequence[Record | Country],
    start: str | None,
    end: str | None,
    kinds: Sequence[str] = (),
) -> Report:
    """Foundings, meetings, chairs, joinings, leavings and standing in order of time."""
    found = happenings(data, named, start, end, kinds)
    if not found:
        raise _nothing(named, kinds, " then" if start or end else "")
    names = [e.id if isinstance(e, Record) else e.alpha3 for e in named]
    times = {"from": start, "to": end, "events": list(kinds) or None}
    report = report_of(data, {"command": "timeline", "names": names, **times}, EVENT, found)
    # A reader needs no days beside the date that the source has.
    report.people = ("date", "record", "short_name", "event", "what", "sources")

    def blocks() -> list[Block]:
        marks = Marks(data)
        return [report.grid(marks=marks), *marks.block()]

    report.blocks = blocks
    return report


def _nothing(named: Sequence[Record | Country], kinds: Sequence[str], then: str) -> NotFound:
    whom = ", ".join(e.short_name if isinstance(e, Record) else e.name for e in named)
    what = f"no {' or '.join(kinds)} is known" if kinds else "nothing is known to have happened"
    preposition = "of" if kinds else "to"
    return NotFound(
        f"{what}{f' {preposition} {whom}' if whom else ''}{then}",
        "rcpref timeline shows the whole of it",
    )
