"""Formats for programs: TSV, CSV, JSON and JSON lines, a part at a time: pairs are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from rcpref.model import ENGLISH, SCHEMA_VERSION
from rcpref.report.blocks import Item, plain
from rcpref.report.marks import SINGLE, cited
from rcpref.report.report import Report
from rcpref.report.safe import json_text, visible


def tsv(report: Report, header: bool) -> Iterator[str]:
    """One row a line, cells separated by tabs, whole; tab, line feed, backslash escaped."""
    if header:
        yield "\t".join(column.key for column in report.shown_columns()) + "\n"
    for cells in report.cells():
        yield "\t".join([_escaped(plain(cell)) for cell in cells]) + "\n"


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if text.isprintable():
        return text
    return visible(text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"))


class _Back:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv(report: Report) -> Iterator[str]:
    """RFC 4180 with a header, but line feeds alone, as Unix tools expect."""
    import csv as library

    writer = library.writer(_Back(), lineterminator="\n")
    yield writer.writerow([column.key for column in report.shown_columns()])
    for cells in report.cells():
        yield writer.writerow([visible(plain(cell)) for cell in cells])


def _items(report: Report) -> Iterable[Item]:
    """The items of the JSON formats: whole, or just the columns that were named."""
    if not report.chosen:
        return report.items
    columns = report.shown_columns()
    return (
        {column.key: column.read(line) for column in columns}
        | {key: line[key] for key in report.kept_keys if key in line}
        for line in report.lines
    )


def json(report: Report, message: str = "") -> Iterator[str]:
    """One object, indented: who answers, what was asked, the items, the sources cited."""
    data, others = report.data, report.uncertain
    head = {
        "schema_version": SCHEMA_VERSION,
        "dataset": {
            "version": data.version,
            "date": data.date,
            "digest": data.digest,
            **({"overlay": data.overlay} if data.overlay else {}),
            **({"file": data.file} if data.file else {}),
            **({"lang": data.lang} if data.lang != ENGLISH else {}),
        },
        "query": report.query,
        "count": len(report.lines if report.chosen else report.items),
        **({"message": message} if message else {}),
        **({"summary": report.summary} if report.summary else {}),
    }
    yield f'{_indented(head).removesuffix(_END)},\n  "items": ['
    keys: dict[str, None] = {}
    between = ""
    for item in _items(report):
        keys |= dict.fromkeys(cited(item))
        yield f"{between}\n    {_indented(item, 2)}"
        between = ","
    keys |= dict.fromkeys(cited([others, report.summary]))
    sources = data.document["sources"]
    tail = {
        **({} if others is None else {"uncertain": others}),
        "sources": {key: sources[key] for key in keys if key in sources},
    }
    yield f"{between and _LINE}],{_indented(tail).removeprefix('{')}\n"


_END, _LINE = "\n}", "\n  "


def jsonl(report: Report) -> Iterator[str]:
    encode = _encoder(None)
    for item in _items(report):
        yield json_text(f"{encode(item)}\n")


def _indented(value: Any, level: int = 0) -> str:
    """A value with a line for each of its parts, as `json.dumps` does it, in less time."""
    if not isinstance(value, dict | list | tuple) or not value:
        return json_text(_encoder(level)(value))
    margin = f"\n{'  ' * (level + 1)}"
    parts = value.values() if isinstance(value, dict) else value
    if SINGLE.issuperset(map(type, parts)):
        inside = json_text(_encoder(level + 1)(value)[1:-1])
    elif isinstance(value, dict):
        encode = _encoder(None)
        inside = f",{margin}".join(
            f"{json_text(encode(key))}: {_indented(part, level + 1)}" for key, part in value.items()
        )
    else:
        inside = f",{margin}".join(_indented(part, level + 1) for part in value)
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}{margin}{inside}\n{'  ' * level}{last}"


@cache
def _encoder(level: int | None) -> Callable[[Any], str]:
    """What writes a value on one line, or all its parts on lines of a level."""
    from json import JSONEncoder

    between = ", " if level is None else f",\n{'  ' * level}"
    return JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(between, ": ")).encode
