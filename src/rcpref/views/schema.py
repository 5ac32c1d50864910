"""`rcpref schema`: which JSON Schemas there are, and each of them."""

from __future__ import annotations

from rcpref.answers.suggestions import nearest
from rcpref.data.dataset import Data
from rcpref.errors import NotFound, echo
from rcpref.report.report import Report
from rcpref.schemas import as_json, names
from rcpref.views.shapes import SCHEMA


def listed(data: Data) -> Report:
    """All schemas, those of the data files first."""
    items = [{"name": name, "describes": what} for name, what in names().items()]
    return Report(data, {"command": "schema"}, SCHEMA.columns(), items=items)


def written(name: str) -> str:
    """One schema as JSON."""
    if name not in names():
        near = nearest(name, ((each, each) for each in names()))
        hint = f"did you mean {', '.join(near)}?" if near else "rcpref schema lists them"
        raise NotFound(f"no schema {echo(name)}", hint, near)
    return as_json(name)
