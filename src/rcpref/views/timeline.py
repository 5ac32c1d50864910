"""`rcpref timeline`: what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.timeline import Happening, happenings
from rcpref.answers.values import shown_states
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Gap, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, rows_of
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
    most: int | None = None,
) -> Report:
    """Foundings, meetings, chairs, joinings, leavings and standing in order of time.

    Of many, people without a date to begin with get the newest: so many as `most`.
    """
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
        shown = found if most is None or start or end else found[-most:]
        lines = [_shortened(data, each, named) for each in shown]
        left = f"The newest {len(shown)} of {len(found)}. --from 2015 shows all since then."
        older: list[Block] = [Gap(), quiet(left)] if len(shown) < len(found) else []
        return [report.grid(rows_of(report.columns, lines, marks)), *older, *marks.block()]

    report.blocks = blocks
    return report


def _shortened(data: Data, each: Happening, named: Sequence[Record | Country]) -> Happening:
    """A joining or leaving that others shared: who asks for a State need not read them all."""
    codes = [entry.alpha3 for entry in named if not isinstance(entry, Record)]
    everybody = each.claims[0].values
    own = [code for code in codes if code in everybody]
    others = len(everybody) - len(own)
    asked = any(isinstance(entry, Record) and entry.id == each.record for entry in named)
    if each.event not in ("joining", "leaving") or asked or not own or others < _FEW:
        return each
    verb = each.what.partition(": ")[0]
    return each._replace(what=f"{verb}: {shown_states(data, own)} and {others} others")


_FEW = 3
"""So many others are not worth their names."""


def _nothing(named: Sequence[Record | Country], kinds: Sequence[str], then: str) -> NotFound:
    whom = ", ".join(e.short_name if isinstance(e, Record) else e.name for e in named)
    what = f"no {' or '.join(kinds)} is known" if kinds else "nothing is known to have happened"
    preposition = "of" if kinds else "to"
    return NotFound(
        f"{what}{f' {preposition} {whom}' if whom else ''}{then}",
        "rcpref timeline shows the whole of it",
    )
