"""Formats for programs: TSV, CSV, JSON and JSON lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from rcpref.model import SCHEMA_VERSION
from rcpref.report.report import Report, plain
from rcpref.report.safe import json_text, visible


def tsv(report: Report, header: bool) -> str:
    """One row a line, cells separated by tabs, whole; tab, line feed, backslash escaped."""
    columns = report.shown_columns()
    lines = ["\t".join(column.key for column in columns)] if header else []
    keys = [column.key for column in columns]
    for row in report.rows:
        lines.append("\t".join(_escaped(plain(row.get(key))) for key in keys))
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
    columns = report.shown_columns()
    writer = library.writer(stream, lineterminator="\n")
    writer.writerow([column.key for column in columns])
    for row in report.rows:
        writer.writerow([visible(plain(row.get(column.key))) for column in columns])
    return stream.getvalue()


def items(report: Report) -> list[dict[str, Any]]:
    """The items of the JSON formats."""
    if report.items is not None:
        return report.items
    keys = [column.key for column in report.shown_columns()]
    return [{key: row.get(key) for key in keys} for row in report.rows]


def envelope(report: Report) -> dict[str, Any]:
    """The object around the items: who answers, what was asked, the sources cited."""
    found = items(report)
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
        "items": found,
        "sources": {key: sources[key] for key in dict.fromkeys(_cited(found)) if key in sources},
    }


def _cited(value: Any) -> Iterator[str]:
    """Whatever the items call a source, at any depth, in their order."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "source" and isinstance(part, str):
                yield part
            elif key == "sources" and isinstance(part, (list, tuple)):
                yield from part
            else:
                yield from _cited(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _cited(part)


def json(report: Report) -> str:
    """One object, indented."""
    return _dump(envelope(report), indent=2) + "\n"


def jsonl(report: Report) -> str:
    """The items, one a line."""
    return "".join(line + "\n" for line in _lines(items(report)))


def _lines(found: Iterable[dict[str, Any]]) -> Iterable[str]:
    return (_dump(item) for item in found)


def _dump(value: Any, indent: int | None = None) -> str:
    import json as library

    text = library.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return json_text(text)
