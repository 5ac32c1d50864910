"""What answers here, and the files that an export has written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from os.path import abspath

from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.data.loading import verify
from rcpref.model import SCHEMA_VERSION
from rcpref.report.blocks import Block, FactLine, Facts, Heading, Span
from rcpref.report.report import Report
from rcpref.version import versions
from rcpref.views.shapes import ABOUT, EXPORTED
from rcpref.writing import Written


def about(data: Data, program_version: str) -> Report:
    verify(data)
    info = data.info
    records = data.document["records"].values()
    overlay = ", with an overlay" if data.overlay else ""
    version = f"{info.version} of {info.date}{overlay}"
    citation = f"{info.citation}, version {version}, sha256:{data.digest}"
    item: dict[str, str | int] = {
        "program": program_version,
        "title": info.title,
        "version": info.version,
        "date": info.date,
        "digest": data.digest,
        **({"overlay": data.overlay} if data.overlay else {}),
        **({"file": data.file} if data.file else {}),
        "schema_version": SCHEMA_VERSION,
        "records": len(records),
        "claims": sum(map(len, data.document["claims"].values())),
        "sources": len(data.sources),
        "properties": len(data.properties),
        "states": len(data.countries),
        "passages": sum(1 for _ in data.passages()),
        "code_licence": "MIT",
        "data_licence": info.licence,
        "licence_note": info.licence_note,
        "citation": citation,
    }
    lines = [{"key": key, "value": value} for key, value in item.items()]
    report = Report(data, {"command": "about"}, ABOUT.columns(), items=[item], lines=lines)
    sections: list[Block] = [
        Facts(name, [(_LABELS.get(k, k.capitalize()), [Span(str(item[k]))], "") for k in keys])
        for name, every in _SECTIONS.items()
        for keys in [[key for key in every if key in item]]
    ]
    report.blocks = lambda _: [Heading(versions(info.version, info.date), 1), *sections]
    return report


_SECTIONS = {
    "Data": ("title", "version", "date", "digest", "overlay", "file", "schema_version"),
    "Holds": ("records", "claims", "sources", "properties", "states", "passages"),
    "Licence": ("code_licence", "data_licence", "licence_note"),
    "How to cite the data": ("citation",),
}


_LABELS = {
    "digest": "SHA-256",
    "schema_version": "Schema version",
    "states": "States and territories",
    "passages": "Passages of texts",
    "code_licence": "Program",
    "data_licence": "Data",
    "licence_note": "Except",
}


def exported(data: Data, files: Sequence[Written], asked: AsOf | None = None) -> Report:
    query = {"command": "export", "as_of": asked.text if asked else None}
    report = Report(data, query, EXPORTED.columns(), items=[file._asdict() for file in files])
    report.asked = asked
    report.blocks = lambda _: [block for file in files for block in _file_blocks(file)]
    return report


def _file_blocks(file: Written) -> list[Block]:
    path = file.path
    with suppress(OSError):  # the folder in which it was called may be gone
        path = abspath(path)
    lines: list[FactLine] = [
        ("Written to", [Span(path)], ""),
        ("Size", [Span(f"{file.bytes:,} bytes")], ""),
        ("SHA-256", [Span(file.sha256)], ""),
    ]
    return [Facts("", lines)]
