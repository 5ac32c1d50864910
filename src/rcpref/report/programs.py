"""Formats for programs: TSV, CSV and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rcpref.model import SCHEMA_VERSION
from rcpref.report.blocks import Item, plain
from rcpref.report.marks import cited
from rcpref.report.report import Report
from rcpref.report.safe import json_text, visible


def tsv(report: Report, header: bool) -> str:
    """One row a line, cells separated by tabs, whole; tab, line feed, backslash escaped."""
    lines = []
    if header:
        lines.append("\t".join(column.key for column in report.shown_columns()))
    for cells in report.cells():
        lines.append("\t".join([_escaped(plain(cell)) for cell in cells]))
    return "".join(f"{line}\n" for line in lines)


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if text.isprintable():
        return text
    return visible(text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"))


def csv(report: Report) -> str:
    """RFC 4180 with a header, but line feeds alone, as Unix tools expect."""
    import csv as library

    text = StringIO()
    writer = library.writer(text, lineterminator="\n")
    writer.writerow([column.key for column in report.shown_columns()])
    for cells in report.cells():
        writer.writerow([visible(plain(cell)) for cell in cells])
    return text.getvalue()


def _items(report: Report) -> Sequence[Item]:
    """The items of JSON: whole, or just the columns that were named."""
    if not report.chosen:
        return report.items
    columns = report.shown_columns()
    items = []
    for line in report.lines:
        item = {column.key: column.read(line) for column in columns}
        items.append(item | {key: line[key] for key in report.kept_keys if key in line})
    return items


def json(report: Report, message: str = "") -> str:
    """One object, indented: who answers, what was asked, the items, the sources cited."""
    from json import dumps

    data, items, others = report.data, _items(report), report.uncertain
    whole: Item = {
        "schema_version": SCHEMA_VERSION,
        "dataset": {"version": data.version, "date": data.date, "digest": data.digest},
        "query": report.query,
        "count": len(items),
    }
    if data.overlay:
        whole["dataset"]["overlay"] = data.overlay
    if data.file:
        whole["dataset"]["file"] = data.file
    if message:
        whole["message"] = message
    if report.summary:
        whole["summary"] = report.summary
    whole["items"] = items
    if others is not None:
        whole["uncertain"] = others
    sources = data.document["sources"]
    keys = dict.fromkeys(cited([items, others, report.summary]))
    whole["sources"] = {key: sources[key] for key in keys if key in sources}
    return json_text(dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)) + "\n"
