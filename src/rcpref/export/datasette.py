"""The database for people: views with names in place of codes, and words for Datasette."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.export.tables import Table

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

DATABASE, METADATA = "data.sqlite", "metadata.json"
"""Names of the files of a folder that Datasette serves."""


class View(NamedTuple):
    """A view: a table with the names that its codes stand for.

    Attributes:
        name: Its name.
        description: What a row is.
        table: The table that it reads; it is made where that is.
        select: The columns and joins, in SQL.
    """

    name: str
    description: str
    table: str
    select: str


_ANSWER = "t.as_of, t.answer, t.basis"

VIEWS = (
    View(
        "claims_named",
        "Claims with the names of record, property and source",
        "claims",
        """t.ref, r.short_name as record_name, p.label as property_label, t.value, t.as_of,
  t.first_day, t.last_day, s.title as source_title, s.publisher, s.url, t.note
from claims t join records r on r.id = t.record
join properties p on p.key = t.property join sources s on s.key = t.source""",
    ),
    View(
        "membership_at_named",
        "The answers of membership_at with names",
        "membership_at",
        f"""t.record, r.kind, r.short_name as record_name, t.state, c.name as state_name,
  {_ANSWER}, t.reason, t.last_known
from membership_at t join records r on r.id = t.record
join countries c on c.alpha3 = t.state""",
    ),
    View(
        "chair_at_named",
        "The answers of chair_at with names",
        "chair_at",
        f"""t.record, r.short_name as record_name, t.state, c.name as state_name,
  {_ANSWER}, t.reason, t.last_known
from chair_at t join records r on r.id = t.record join countries c on c.alpha3 = t.state""",
    ),
    View(
        "panel_named",
        "The panel with names",
        "panel",
        f"""t.record, r.kind, r.short_name as record_name, t.state, c.name as state_name,
  {_ANSWER}, t.last_known
from panel t join records r on r.id = t.record join countries c on c.alpha3 = t.state""",
    ),
)


def views_of(tables: Sequence[Table]) -> Iterator[View]:
    """The views of some tables."""
    there = {table.name for table in tables}
    return (view for view in VIEWS if view.table in there)


def created(view: View) -> str:
    """What makes a view, in SQL."""
    return f"create view {view.name} as select {view.select}"


_LABELS = {"records": "short_name", "countries": "name", "sources": "title", "properties": "label"}
"""The column by which Datasette names a row of a table that others refer to."""


def metadata(data: Data, tables: Sequence[Table], licence: Mapping[str, str]) -> bytes:
    """What Datasette tells of the database: title, licence, tables and their columns.

    Args:
        data: The data set.
        tables: The tables of the database.
        licence: Name of the licence, and where it is known its address.
    """
    info = data.info
    told: dict[str, Any] = {
        table.name: {
            "description": table.description,
            "columns": {field.name: field.description for field in table.fields},
            **({"label_column": _LABELS[table.name]} if table.name in _LABELS else {}),
        }
        for table in tables
    }
    told |= {view.name: {"description": view.description} for view in views_of(tables)}
    whole = {
        "title": info.title,
        "description": f"Version {info.version} of {info.date}. {info.licence_note}",
        "license": licence["name"],
        **({"license_url": licence["path"]} if "path" in licence else {}),
        "databases": {"data": {"tables": told}},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
