"""`rcpref timeline` and `chart timeline`: what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, ChairTerm, chair_terms
from rcpref.answers.timeline import STANDING, Happening, happenings
from rcpref.answers.values import shown_states
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Column, Gap, Row, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, rows_of
from rcpref.views.items import item_of, report_of
from rcpref.views.shapes import CHAIR_TERM, EVENT, sources_of
from rcpref.views.words import from_sources

if TYPE_CHECKING:
    from rcpref.model.countries import Country


def timeline(
    data: Data,
    named: Sequence[Record | Country],
    start: str | None,
    end: str | None,
    kinds: Sequence[str] = (),
    most: int | None = None,
) -> Report:
    """What happened in order of time; of many, people get the newest `most`, unless dated."""
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
        shown = found if most is None or start or end else found[-most:]
        lines = [_shortened(data, each, named) for each in shown]
        left = f"The newest {len(shown)} of {len(found)}. --from 2015 shows all since then."
        older: list[Block] = [Gap(), quiet(left)] if len(shown) < len(found) else []
        return [report.grid(marked_rows(report.columns, lines, marks)), *older]

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

_NEWEST = 15  # so many lines has the chart on a terminal, where it is no chart
_FEW_NAMES = 4  # so many names stand in the title of a chart


def history(
    data: Data, named: Sequence[Record | Country], start: str | None, end: str | None
) -> Report:
    asked = named or data.of_kind("process")
    kinds = ("founding", "meeting", "chair", STANDING)
    found = timeline(data, asked, start, end, kinds, _NEWEST)
    found.query = {**found.query, "command": "chart", "chart": "timeline"}
    # In the order in which the first of each happened.
    names = {each.record: each.short_name for each in found.lines}
    terms = {key: _terms(data.records[key], named, start, end) for key in names}
    silent = [e.short_name for e in asked if isinstance(e, Record) and e.id not in names]
    if silent:
        then = " in that time" if start or end else ""
        found.notices.append(
            f"no founding, meeting, chair or standing is known{then}: {', '.join(silent)}"
        )
    claims = [claim for each in found.lines for claim in each.claims]
    claims += [claim for every in terms.values() for term in every for claim in term.rests_on]
    found.summary = {
        "title": _chart_title(named, start, end),
        "names": names,
        "terms": {
            key: [item_of(CHAIR_TERM, each) for each in every] for key, every in terms.items()
        },
        "origin": f"{from_sources(sources_of(claims))}. rcpref timeline shows them.",
    }
    return found


def _chart_title(named: Sequence[Record | Country], start: str | None, end: str | None) -> str:
    names = [e.short_name if isinstance(e, Record) else e.name for e in named]
    whom = f" of {len(names)} records and States" if len(names) > _FEW_NAMES else ""
    whom = f": {', '.join(names)}" if 0 < len(names) <= _FEW_NAMES else whom
    span = f"{f' from {start}' if start else ''}{f' to {end}' if end else ''}"
    return f"Foundings, meetings, chairs and standing{whom}{',' if whom and span else ''}{span}"


def _terms(
    record: Record, named: Sequence[Record | Country], start: str | None, end: str | None
) -> list[ChairTerm]:
    """The terms in the chair of a record that are asked for, at some time between two dates."""
    states = {e.alpha3 for e in named if not isinstance(e, Record)}
    every = not named or record in named
    first = parse(start).first if start else date.min
    last = parse(end).last if end else date.max
    return [
        term
        for term in (chair_terms(record) if record.kind in CHAIR_KINDS else ())
        if (every or states & {*term.states}) and term.first <= last and term.last >= first
    ]
