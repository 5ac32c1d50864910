"""`rcpref chart`: the overlap of the processes, and what happened to them, as charts show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.data.dataset import Data
from rcpref.report.marks import cited
from rcpref.report.report import Report
from rcpref.views import matrix, timeline
from rcpref.views.certainty import basis_words
from rcpref.views.words import asked_for, date_words, from_sources

if TYPE_CHECKING:
    from rcpref.model.countries import Country
    from rcpref.model.records import Record

_EVENTS = ("founding", "meeting", "chair")
"""What the chart of history shows."""


def overlap(data: Data, as_of: str | None, bases: Sequence[str] = ()) -> Report:
    """How many certain members every two processes share.

    Args:
        data: The data set.
        as_of: The date; None for what is last known.
        bases: What an answer must rest on to be counted; empty for all.

    Raises:
        NotFound: No members of any of them are known.
    """
    report = matrix.matrix(data, ["process"], as_of, bases)
    report.query = {**report.query, "command": "chart", "chart": "overlap"}
    when = date_words(data, asked_for(data, as_of)) + basis_words(bases)
    title = f"Members that processes share, {when}"
    report.summary = {"title": title, **report.summary}
    return report


def history(
    data: Data, named: Sequence[Record | Country], start: str | None, end: str | None
) -> Report:
    """Foundings, meetings and chairs.

    Args:
        data: The data set.
        named: Records, or States whose chairs are meant; empty for all processes.
        start: Nothing that ended before this date.
        end: Nothing that began after this date.

    Raises:
        NotFound: Nothing happened in that time.
        UsageProblem: The end comes before the start.
    """
    found = timeline.timeline(data, named or data.of_kind("process"), start, end, _EVENTS)
    found.query = {**found.query, "command": "chart", "chart": "timeline"}
    # In the order in which the first of each happened.
    keys = dict.fromkeys(item["record"] for item in found.items)
    names = {key: data.records[key].short_name for key in keys}
    origin = f"{from_sources(cited(found.items))}. rcpref timeline says which."
    found.summary = {"title": "Foundings, meetings and chairs", "names": names, "origin": origin}
    return found
