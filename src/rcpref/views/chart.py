"""`rcpref chart`: the overlap of the processes, and what happened to them, as charts show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, ChairTerm, chair_terms
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.model.records import Record
from rcpref.report.report import Report
from rcpref.views import matrix, timeline
from rcpref.views.certainty import basis_words
from rcpref.views.items import item_of
from rcpref.views.shapes import CHAIR_TERM, sources_of
from rcpref.views.words import date_words, from_sources

if TYPE_CHECKING:
    from rcpref.model.countries import Country

_EVENTS = ("founding", "meeting", "chair")
"""What the chart of history shows."""


def overlap(
    data: Data, as_of: str | None, bases: Sequence[str] = (), named: Sequence[Record] = ()
) -> Report:
    """How many certain members every two processes share."""
    report = matrix.matrix(data, ["process"], as_of=as_of, bases=bases, named=named)
    report.query = {**report.query, "command": "chart", "chart": "overlap"}
    assert report.asked is not None
    when = date_words(data, report.asked) + basis_words(bases)
    title = f"Members that processes share, {when}"
    report.summary = {"title": title, **report.summary}
    return report


def history(
    data: Data, named: Sequence[Record | Country], start: str | None, end: str | None
) -> Report:
    """Foundings, meetings and chairs."""
    asked = named or data.of_kind("process")
    found = timeline.timeline(data, asked, start, end, _EVENTS)
    found.query = {**found.query, "command": "chart", "chart": "timeline"}
    # In the order in which the first of each happened.
    names = {each.record: each.short_name for each in found.lines}
    terms = {key: _terms(data.records[key], named, start, end) for key in names}
    silent = [e.short_name for e in asked if isinstance(e, Record) and e.id not in names]
    if silent:
        then = " in that time" if start or end else ""
        found.notices.append(f"no founding, meeting or chair is known{then}: {', '.join(silent)}")
    claims = [claim for each in found.lines for claim in each.claims]
    claims += [claim for own in terms.values() for term in own for claim in term.rests_on]
    found.summary = {
        "title": _title(named, start, end),
        "names": names,
        "terms": {key: [item_of(CHAIR_TERM, term) for term in own] for key, own in terms.items()},
        "origin": f"{from_sources(sources_of(claims))}. rcpref timeline says which.",
    }
    return found


_FEW = 4
"""So many names stand in a title."""


def _title(named: Sequence[Record | Country], start: str | None, end: str | None) -> str:
    """What the chart shows, of whom, and of which time."""
    names = [e.short_name if isinstance(e, Record) else e.name for e in named]
    whom = f" of {len(names)} records and States" if len(names) > _FEW else ""
    whom = f": {', '.join(names)}" if 0 < len(names) <= _FEW else whom
    span = f"{f' from {start}' if start else ''}{f' to {end}' if end else ''}"
    return f"Foundings, meetings and chairs{whom}{',' if whom and span else ''}{span}"


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
