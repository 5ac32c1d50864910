"""Formats for programs: TSV, CSV, JSON and JSON lines."""

from typing import Any

from rcpref.model import SCHEMA_VERSION
from rcpref.report.blocks import Item, plain
from rcpref.report.marks import cited
from rcpref.report.report import Report
from rcpref.report.safe import json_text, visible


def tsv(report: Report, header: bool) -> str:
    """One row a line, cells separated by tabs, whole; tab, line feed, backslash escaped."""
    columns = report.shown_columns()
    lines = ["\t".join(column.key for column in columns)] if header else []
    lines += ["\t".join(_escaped(plain(cell)) for cell in cells) for cells in report.cells()]
    return "".join(line + "\n" for line in lines)


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if not text.isprintable():
        text = text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return visible(text)


def csv(report: Report) -> str:
    """RFC 4180 with a header, but line feeds alone, as Unix tools expect."""
    import csv as library
    import io

    stream = io.StringIO()
    writer = library.writer(stream, lineterminator="\n")
    writer.writerow([column.key for column in report.shown_columns()])
    writer.writerows([visible(plain(cell)) for cell in cells] for cells in report.cells())
    return stream.getvalue()


def items(report: Report) -> list[Item]:
    """The items of the JSON formats: whole, or just the columns that were named."""
    if not report.chosen:
        return list(report.items)
    keys = [column.key for column in report.shown_columns()]
    found = [dict(zip(keys, cells, strict=True)) for cells in report.cells()]
    if report.beside:
        for named, item in zip(found, report.lines, strict=True):
            named |= {key: item[key] for key in report.beside if key in item}
    return found


def envelope(report: Report, message: str = "") -> dict[str, Any]:
    """The object around the items: who answers, what was asked, the sources cited.

    Args:
        report: The report.
        message: Why there is nothing in it.
    """
    found = items(report)
    others = report.uncertain
    data = report.data
    sources = data.document["sources"]
    return {
        "schema_version": SCHEMA_VERSION,
        "dataset": {
            "version": data.version,
            "date": data.date,
            "digest": data.digest,
            **({"overlay": data.overlay} if data.overlay else {}),
        },
        "query": report.query,
        "count": len(found),
        **({"message": message} if message else {}),
        **({"summary": report.summary} if report.summary else {}),
        "items": found,
        **({} if others is None else {"uncertain": others}),
        "sources": {
            key: sources[key] for key in cited([found, others, report.summary]) if key in sources
        },
    }


def json(report: Report, message: str = "") -> str:
    """One object, indented."""
    return _dump(envelope(report, message), indent=2) + "\n"


def jsonl(report: Report) -> str:
    """The items, one a line."""
    return "".join(f"{_dump(item)}\n" for item in items(report))


def _dump(value: Any, indent: int | None = None) -> str:
    import json as library

    text = library.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return json_text(text)
