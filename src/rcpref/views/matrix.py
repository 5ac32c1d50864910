"""`rcpref matrix`: how many members every two records share at a date."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.answers.comparison import Membered, membered, overlaps_of
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Gap, Heading, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, sentence
from rcpref.views.items import report_of
from rcpref.views.shapes import PAIR
from rcpref.views.summary import dormant_line, incomplete_line
from rcpref.views.words import asked_for, date_words, from_sources, in_words, together

_SHOWN = ("short_name", "other_name", "shared", "shared_possible")
"""The columns that people read."""

_LEGEND = "Shared: certain members of both. At most: with the possible and disputed members."


def matrix(data: Data, records: Sequence[Record], as_of: str | None) -> Report:
    """Count the members that every two records share; without records, those of all processes."""
    asked = asked_for(data, as_of)
    every = membered(data, records, asked)
    rows = overlaps_of(every, asked)
    when = date_words(data, asked)
    then = "" if asked.last_known else f" {when}"
    if not rows:
        raise NotFound(f"members of fewer than two of them are known{then}")
    query = {
        "command": "matrix",
        "records": [record.id for record in records],
        "as_of": asked.text,
    }
    report = report_of(data, query, PAIR, rows, asked=asked)
    report.people = _SHOWN

    counted = [each for each in every if each.possible]
    sources = sorted({source for each in counted for source in each.sources})
    origin = f"{from_sources(sources)}."
    report.named = [each.record.id for each in counted], sources
    report.summary = {"origin": origin}
    remark = _remark(every, asked, then)
    report.notice(remark)

    def blocks(_: Marks) -> list[Block]:
        found: list[Block] = [Heading(f"Shared members {when}", 1), report.grid(), Gap()]
        found.append(quiet(_LEGEND))
        if remark:
            found.append(quiet(sentence(in_words(remark))))
        found.append(quiet(origin, " rcpref compare NAME NAME says which States."))
        return found

    report.blocks = blocks
    return report


def _remark(every: Sequence[Membered], asked: AsOf, then: str) -> str:
    """Name the records without known members, the dormant ones, those without a whole list."""
    silent = [each.record.short_name for each in every if not each.possible]
    counted = [each.record for each in every if each.possible]
    unknown = f"no members known{then}: {', '.join(silent)}" if silent else ""
    return together(unknown, dormant_line(counted, asked), incomplete_line(counted))
