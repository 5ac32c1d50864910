"""`rcpref new`: the first file of a correction or a new record, in an overlay."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence

from rcpref.data.dataset import Data
from rcpref.data.form import ID_KEY
from rcpref.data.place import data_folder, refuse_inside
from rcpref.errors import UsageProblem, echo
from rcpref.model import KINDS
from rcpref.report.blocks import Block, Code, Column
from rcpref.report.report import Report
from rcpref.schemas import as_json
from rcpref.templates import record_template, sources_template
from rcpref.views.words import kind_named
from rcpref.writing import add_files

_TEXT_COLUMNS = (
    Column("id", "Id", style="id"),
    Column("kind", "Kind"),
    Column("template", "Template"),
)

_FILE_COLUMNS = (
    Column("path", "File", style="id"),
    Column("id", "Id"),
    Column("kind", "Kind"),
)


def new(data: Data, kind: str, key: str, folder: str | None, columns: Sequence[str] = ()) -> Report:
    """The template of a record's file, written into an overlay if there is one."""
    kind = kind_named(kind, KINDS)
    _check_id(data, kind, key, folder)
    template = record_template(data, kind, key)
    query = {"command": "new", "kind": kind, "id": key}
    if folder is None:
        item = {"id": key, "kind": kind, "template": template}
        report = Report(data, query, _TEXT_COLUMNS, items=[item])
        report.whole = template
        report.blocks = lambda: [Code(template)]
        return report
    file = f"{KINDS[kind]}/{key}.toml"
    path = os.path.join(folder, *file.split("/"))
    item = {"path": path, "id": key, "kind": kind}
    report = Report(data, query, _FILE_COLUMNS, shown=("path",), items=[item])
    if columns:
        report.choose(columns)
    refuse_inside(path, [data_folder()])
    written = add_files(folder, {file: template}, _beside())
    # The schemas are for editors: nobody has to look at them.
    told = [path for path in written[1:] if path.endswith(".toml")]
    report.notices += [f"also written: {path}" for path in told]
    report.notices.append(f"fill it in, then run: rcpref check {shlex.quote(folder)}")

    def blocks() -> list[Block]:
        if report.chosen:
            return [report.grid()]
        # To be copied, so not broken into lines.
        return [Code("\n".join([path, *report.notices]))]

    report.blocks = blocks
    return report


def _beside() -> dict[str, str]:
    """What an overlay has beside its records, by path: written where it is missing.

    The first lines of the templates name JSON Schemas in the folder ``schema``, by which
    editors complete and check them.
    """
    schemas = {f"schema/{name}.json": as_json(f"{name}.toml") for name in ("record", "sources")}
    return {"sources.toml": sources_template(), **schemas}


def _check_id(data: Data, kind: str, key: str, folder: str | None) -> None:
    if not ID_KEY.fits(key):
        raise UsageProblem(f"{echo(key)} is not an id", f"use {ID_KEY.about}")
    known = data.document["records"].get(key)
    kinds = [known["kind"]] if known is not None else []
    kinds += [
        other
        for other, plural in KINDS.items()
        if folder is not None and os.path.lexists(os.path.join(folder, plural, f"{key}.toml"))
    ]
    for other in kinds:
        if other != kind:
            raise UsageProblem(
                f"{echo(key)} is the id of a record of the kind {other}",
                f"choose another id, or write: rcpref new {other} {key}",
            )
