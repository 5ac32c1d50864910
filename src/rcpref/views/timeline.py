"""`rcpref timeline`: what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.timeline import Happening, happenings
from rcpref.answers.values import shown_states
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Column, Row
from rcpref.report.marks import Marks
from rcpref.report.report import Report, rows_of
from rcpref.views.items import report_of
from rcpref.views.shapes import EVENT, sources_of

if TYPE_CHECKING:
    from rcpref.model.countries import Country


def timeline(
    data: Data,
    named: Sequence[Record | Country],
    start: str | None,
    end: str | None,
    kinds: Sequence[str] = (),
) -> Report:
    """What happened in order of time."""
    found = happenings(data, named, start, end, kinds)
    if not found:
        whom = ", ".join(e.short_name if isinstance(e, Record) else e.name for e in named)
        what = f"no {' or '.join(kinds)} is known" if kinds else "nothing is known to have happened"
        of = f" {'of' if kinds else 'to'} {whom}" if whom else ""
        then = " then" if start or end else ""
        raise NotFound(f"{what}{of}{then}", "rcpref timeline shows the whole of it")
    names = [e.id if isinstance(e, Record) else e.alpha3 for e in named]
    times = {"from": start, "to": end, "events": list(kinds) or None}
    report = report_of(data, {"command": "timeline", "names": names, **times}, EVENT, found)
    # A reader needs no days beside the date that the source has.
    report.people = ("date", "record", "short_name", "event", "what", "sources")

    def blocks(marks: Marks) -> list[Block]:
        lines = [_shortened(data, each, named) for each in found]
        return [report.grid(marked_rows(report.columns, lines, marks))]

    report.blocks = blocks
    return report


def marked_rows(columns: Sequence[Column], lines: Sequence[Happening], marks: Marks) -> list[Row]:
    """Rows in which the marks of its sources stand behind what happened."""
    rows: list[Row] = [
        {**row, "what": marks.behind(line.what, sources_of(line.claims))}
        for row, line in zip(rows_of(columns, lines), lines, strict=True)
    ]
    marks.explain(rows)
    return rows


def _shortened(data: Data, each: Happening, named: Sequence[Record | Country]) -> Happening:
    """A joining or leaving that others shared: who asks for a State need not read them all."""
    codes = [entry.alpha3 for entry in named if not isinstance(entry, Record)]
    everybody = each.claims[0].values
    among = [code for code in codes if code in everybody]
    others = len(everybody) - len(among)
    asked = any(isinstance(entry, Record) and entry.id == each.record for entry in named)
    if each.event not in ("joining", "leaving") or asked or not among or others < _FEW:
        return each
    verb = each.what.partition(": ")[0]
    return each._replace(what=f"{verb}: {shown_states(data, among)} and {others} others")


_FEW = 3
"""So many others are not worth their names."""
