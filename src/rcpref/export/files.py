"""The data set in forms that other tools read: JSON, CSV data package, workbook, SQLite.

Each function makes the bytes of one file. The same data give the same bytes on every machine:
order, line ends and times are fixed, and nothing is compressed, since libraries of compression
differ. What an SQLite file looks like inside is up to the library of the machine; its version
is taken out of the header.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rcpref.answers.search import index_rows
from rcpref.answers.time import AsOf, when
from rcpref.citation.items import AUTHOR, dataset_citation
from rcpref.citation.styles import text
from rcpref.data.dataset import sha256
from rcpref.data.document import exported
from rcpref.dates import parse
from rcpref.errors import OutputError
from rcpref.export.panel import tables_with
from rcpref.export.tables import BOOLEAN, DATE, INTEGER, STRING, Cell, Table, TableField
from rcpref.report.safe import web_address

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

Files = Mapping[str, bytes]
"""Contents of files by their names."""

_PROFILES = "https://datapackage.org/profiles/2.0"

_WORD_FOR_WORD = ("texts", "passages")
"""Tables with documents of others, which the licence of the data does not cover."""

KEYWORDS = (
    "migration",
    "regional consultative processes",
    "inter-State consultation mechanisms on migration",
    "inter-regional forums on migration",
    "migration governance",
    "membership of international organizations",
    "regional bodies",
)
"""What the data are about, for catalogues; `CITATION.cff` has them, too."""

_LICENCE_PATHS = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


def as_json(data: Data) -> bytes:
    """The whole data set; `rcpref.load` reads it back."""
    whole = exported(data.document, data.digest)
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


# CSV --------------------------------------------------------------------------------


def as_zip(data: Data, asked: AsOf, years: Sequence[AsOf] = ()) -> bytes:
    """A Frictionless Data Package: one CSV file a table, and ``datapackage.json``."""
    tables = tables_with(years)
    files = {f"{table.name}.csv": as_csv(data, table, asked) for table in tables}
    package = _datapackage(data, asked, tables, files)
    text = json.dumps(package, ensure_ascii=False, indent=2)
    return zipped({**files, "datapackage.json": f"{text}\n".encode()})


def _span(data: Data) -> tuple[str, str]:
    """The first day of which a claim speaks, and the day of the data."""
    times = filter(None, (when(claim) for record in data for claim in record.claims))
    first = min((time.first for time in times if time.first != date.min), default=None)
    last = parse(data.date).last
    return str(min(first or last, last)), str(last)


def as_csv(data: Data, table: Table, asked: AsOf) -> bytes:
    """One table as CSV.

    A truth value is TRUE or FALSE, which R, pandas, polars, DuckDB and spreadsheets all
    take for one; R takes true and false for words, and then finds none of them TRUE.
    """
    import csv

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    for row in table.rows(data, asked):
        writer.writerow(map(_cell, row))
    return stream.getvalue().encode()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return str(cell)


def _when(asked: AsOf) -> str:
    return "as last known" if asked.last_known else f"for {asked.text}"


def _filled(described: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in described.items() if value}


def _datapackage(data: Data, asked: AsOf, tables: Sequence[Table], files: Files) -> dict[str, Any]:
    info = data.info
    overlay = " An overlay adds to the data of that version." if data.overlay else ""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "rcpref",
        "id": f"sha256:{data.digest}",
        "title": info.title,
        "description": (
            f"Claims with date and source. The table membership_at answers {_when(asked)}."
            f"{overlay} {info.licence_note}"
        ),
        "version": info.version,
        "created": f"{parse(info.date).last}T00:00:00Z",
        "temporal": dict(zip(("start", "end"), _span(data), strict=True)),
        "keywords": list(KEYWORDS),
        "contributors": [{"title": AUTHOR, "roles": ["author"]}],
        **({"homepage": info.url} if info.url else {}),
        "licenses": [
            _filled({"name": info.licence, "path": _LICENCE_PATHS.get(info.licence)}),
        ],
        "sources": [
            _filled(
                {"title": each.title, "path": each.url if web_address(each.url or "") else None}
            )
            for each in data.sources.values()
        ],
        "resources": [_resource(data, table, files[f"{table.name}.csv"]) for table in tables],
    }


def _resource(data: Data, table: Table, content: bytes) -> dict[str, Any]:
    foreign = [
        {
            "fields": [field.name],
            # A table that refers to itself names the empty string.
            "reference": {
                "resource": "" if field.refers[0] == table.name else field.refers[0],
                "fields": [field.refers[1]],
            },
        }
        for field in table.fields
        if field.refers
    ]
    schema = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_described(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": foreign,
    }
    not_ours = {"name": "notspecified", "title": data.info.licence_note}
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "type": "table",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"licenses": [not_ours]} if table.name in _WORD_FOR_WORD else {}),
        # Said, as a table without rows gives a reader nothing to guess it from.
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "schema": _filled(schema),
    }


def _described(field: TableField) -> dict[str, Any]:
    return _filled(
        {
            "name": field.name,
            "type": field.type,
            "description": field.description,
            # Said, as not every reader takes these for truth values unasked.
            "trueValues": ["TRUE"] if field.type == BOOLEAN else None,
            "falseValues": ["FALSE"] if field.type == BOOLEAN else None,
            "constraints": _filled({"required": field.required, "enum": list(field.choices)}),
        }
    )


def zipped(files: Files) -> bytes:
    """The files as a ZIP archive: stored as they are, at a fixed time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


# A workbook --------------------------------------------------------------------------

_LONGEST_CELL = 32767
_MOST_ROWS = 1048576
_FIRST_DATE = "1900-03-01"
"""Excel counts its days from 1900, and takes that year for a leap year."""

_NO_GUESSES = {
    "in_memory": True,
    **dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False),
}


def as_xlsx(data: Data, asked: AsOf, years: Sequence[AsOf] = ()) -> bytes:
    """The tables as a workbook, a sheet a table; the first sheet says what it is."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    workbook = Workbook(stream, _NO_GUESSES)
    info = data.info
    # Time stands still, so that the bytes are the same again.
    workbook.set_properties({"title": info.title, "created": datetime(1980, 1, 1)})
    formats = {name: workbook.add_format(look) for name, look in _LOOKS.items()}
    tables = tables_with(years)
    _write_about(workbook, formats, data, asked, tables)
    for table in tables:
        _write_sheet(workbook, formats, table, table.rows(data, asked))
    workbook.close()
    with zipfile.ZipFile(stream) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


_LOOKS = {
    "head": {"bold": True},
    STRING: {"num_format": "@"},
    DATE: {"num_format": "yyyy-mm-dd"},
    INTEGER: {},
    BOOLEAN: {},
}
"""How a cell looks, by the type of its column; "@" keeps text text when it is edited."""


def _write_about(
    workbook: Any, formats: Mapping[str, Any], data: Data, asked: AsOf, tables: Sequence[Table]
) -> None:
    sheet = workbook.add_worksheet("about")
    sheet.set_column(0, 0, 24, formats["head"])
    sheet.set_column(1, 1, 100)
    info = data.info
    lines = [
        ("What this is", info.title),
        ("Version", f"{info.version} of {info.date}"),
        ("Digest", f"sha256:{data.digest}"),
        ("Answers on members", _when(asked)),
        ("How to cite it", text(dataset_citation(data))),
        ("Licence", info.licence),
        ("Not covered by it", info.licence_note),
        ("Missing values", "An empty cell. NA is the code of Namibia."),
        *([("Overlay", "Data of your own are added to that version")] if data.overlay else []),
        ("", ""),
        *((table.name, table.description) for table in tables),
    ]
    for row, (label, words) in enumerate(lines):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, words)


def _write_sheet(
    workbook: Any, formats: Mapping[str, Any], table: Table, rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = workbook.add_worksheet(table.name)
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, 16, formats[field.type])
        sheet.write_string(0, column, field.name, formats["head"])
    sheet.freeze_panes(1, 0)
    # Codes such as 004 are meant as text.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for number, row in enumerate(rows, 1):
        if number >= _MOST_ROWS:
            raise OutputError(f"{table.name} has more rows than a sheet can", _NO_WORKBOOK)
        sheet.write_row(number, 0, map(_sheet_cell, table.fields, row))


_NO_WORKBOOK = "write tables: rcpref export tables.zip"


def _sheet_cell(field: TableField, cell: Cell) -> Cell | datetime:
    if isinstance(cell, str):
        if field.type == DATE and cell >= _FIRST_DATE:
            return datetime.fromisoformat(cell)
        if len(cell) > _LONGEST_CELL:
            raise OutputError(f"a text in {field.name} is longer than a cell can be", _NO_WORKBOOK)
    return cell


# SQLite -----------------------------------------------------------------------------

_SQL_TYPES = {"string": "text", INTEGER: "integer", BOOLEAN: "integer", DATE: "text"}

_STATE_ANSWERS = """r.short_name as record_name, t.state, c.name as state_name,
  t.as_of, t.answer, t.basis"""
_NAMES = "join records r on r.id = t.record join countries c on c.alpha3 = t.state"

_VIEWS = {
    "claims": """select t.ref, r.short_name as record_name, p.label as property_label, t.value,
  t.as_of, t.first_day, t.last_day, s.title as source_title, s.publisher, s.url, t.note
from claims t join records r on r.id = t.record
join properties p on p.key = t.property join sources s on s.key = t.source""",
    "membership_at": f"""select t.record, r.kind, {_STATE_ANSWERS}, t.reason, t.last_known,
  t.distance, t.standing
from membership_at t {_NAMES}""",
    "chair_at": f"""select t.record, {_STATE_ANSWERS}, t.reason, t.last_known
from chair_at t {_NAMES}""",
    "panel": f"""select t.record, r.kind, {_STATE_ANSWERS}, t.last_known, t.distance,
  t.standing
from panel t {_NAMES}""",
}
"""By table, the SQL of a view that has names in place of its codes."""


def as_sqlite(data: Data, asked: AsOf, years: Sequence[AsOf] = ()) -> bytes:
    """The tables as an SQLite database, with keys, indices, views and a full-text table."""
    tables = tables_with(years)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("pragma page_size = 4096")
        # Whether keys lead somewhere has been checked when the data were read.
        connection.execute("pragma foreign_keys = off")
        connection.execute("begin")
        for table in tables:
            connection.execute(_create(table))
            marks = ", ".join("?" * len(table.fields))
            connection.executemany(
                f"insert into {_quoted(table.name)} values ({marks})", table.rows(data, asked)
            )
            for number, field in enumerate(table.fields):
                # The first column of a key needs no index of its own.
                if field.refers and (number or table.key[0] != field.name):
                    connection.execute(
                        f"create index {_quoted(f'{table.name}_{field.name}')} "
                        f"on {_quoted(table.name)} ({_quoted(field.name)})"
                    )
        for table in tables:
            if table.name in _VIEWS:
                connection.execute(f"create view {table.name}_named as {_VIEWS[table.name]}")
        connection.execute(
            "create virtual table search using fts5(ref unindexed, type unindexed, "
            'record unindexed, title, body, tokenize = "unicode61 remove_diacritics 2")'
        )
        connection.executemany("insert into search values (?, ?, ?, ?, ?)", index_rows(data))
        connection.execute("insert into search (search) values ('optimize')")
        connection.execute("commit")
        content = bytearray(connection.serialize())
    # The number of the library's version, which no reader needs.
    content[96:100] = bytes(4)
    return bytes(content)


def _create(table: Table) -> str:
    lines = []
    for field in table.fields:
        line = f"{_quoted(field.name)} {_SQL_TYPES[field.type]}"
        if field.required:
            line += " not null"
        if field.type == BOOLEAN:
            line += f" check ({_quoted(field.name)} in (0, 1))"
        if field.choices:
            words = ", ".join(f"'{word}'" for word in field.choices)
            line += f" check ({_quoted(field.name)} in ({words}))"
        if field.refers:
            line += f" references {_quoted(field.refers[0])} ({_quoted(field.refers[1])})"
        lines.append(line)
    lines.append(f"primary key ({', '.join(map(_quoted, table.key))})")
    body = ",\n  ".join(lines)
    return f"create table {_quoted(table.name)} (\n  {body}\n)"


def _quoted(name: str) -> str:
    return f'"{name}"'
