"""`rcpref compare` of terms: what each is said to mean, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.data.dataset import Data
from rcpref.errors import UsageProblem
from rcpref.report.blocks import Block, Cell, Column, Grid, Heading, Item, Row
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.items import claim_item
from rcpref.views.words import written_date

if TYPE_CHECKING:
    from rcpref.model.records import Record

_COLUMNS = (
    Column("id", "Id", style="id"),
    Column("short_name", "Term", style="name"),
    Column("property", "Property"),
    Column("value", "Value"),
    Column("date", "Date", cell=written_date),
    Column("note", "Note"),
    Column("source", "Source"),
)


def compare_terms(data: Data, terms: Sequence[Record]) -> Report:
    """What the claims say of two or more terms, with their sources.

    Args:
        data: The data set.
        terms: Records of the kind term.

    Raises:
        UsageProblem: Fewer than two different terms.
    """
    terms = list(dict.fromkeys(terms))
    if len(terms) < 2:
        raise UsageProblem("there is nothing to compare", "give two or more different terms")
    items: list[Item] = [
        {"id": term.id, "short_name": term.short_name, **claim_item(claim)}
        for term in terms
        for claim in term.claims
    ]
    query = {"command": "compare", "records": [term.id for term in terms]}
    report = Report(data, query, _COLUMNS, items=items)
    report.blocks = lambda: _blocks(report, terms)
    return report


def _blocks(report: Report, terms: Sequence[Record]) -> list[Block]:
    marks = Marks(report.data)
    title = " and ".join(term.short_name for term in terms)
    if report.chosen:
        return [Heading(title, 1), report.grid()]
    columns = [
        Column("property", "", style="name"),
        *(Column(term.id, f"{term.name} ({term.short_name})") for term in terms),
    ]
    keys = dict.fromkeys(item["property"] for item in report.items)
    rows: list[Row] = []
    for key in keys:
        row: dict[str, Cell] = {"property": report.data.label_of(key)}
        for term in terms:
            own = [i for i in report.items if (i["id"], i["property"]) == (term.id, key)]
            row[term.id] = tuple(marks.behind(_words(item), [item["source"]]) for item in own)
        rows.append(row)
    return [Heading(title, 1), Grid(columns, rows), *marks.block()]


def _words(item: Item) -> str:
    """A value with what stands beside it: its date, and the note on it."""
    beside = "; ".join(filter(None, [written_date(item), item.get("note") or ""]))
    return f"{item['value']} ({beside})" if beside else str(item["value"])
