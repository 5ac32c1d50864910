"""`rcpref about` and `rcpref schema`: what answers here, and the schemas of its JSON."""

from __future__ import annotations

from rcpref.answers.suggestions import nearest
from rcpref.data.dataset import Data
from rcpref.data.loading import verify
from rcpref.errors import NotFound, echo
from rcpref.model import SCHEMA_VERSION
from rcpref.report.blocks import Block, Facts, Heading, Span
from rcpref.report.report import Report
from rcpref.schemas import as_json, names
from rcpref.version import versions
from rcpref.views.shapes import ABOUT, SCHEMA


def about(data: Data, program_version: str) -> Report:
    """Versions, digest, counts, licence and citation."""
    verify(data)
    info = data.info
    records = data.document["records"].values()
    beside = ", with an overlay" if data.overlay else ""
    which = f"{info.version} of {info.date}{beside}"
    citation = f"{info.citation}, version {which}, sha256:{data.digest}"
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

    def blocks() -> list[Block]:
        blocks: list[Block] = [Heading(versions(info.version, info.date), 1)]
        for name, keys in _SECTIONS.items():
            facts = [(key, str(item[key])) for key in keys if key in item]
            rows = [(_LABELS.get(k, k.capitalize()), [Span(text)], "") for k, text in facts]
            blocks.append(Facts(name, rows))
        return blocks

    columns = ABOUT.columns()
    return Report(data, {"command": "about"}, columns, items=[item], lines=lines, blocks=blocks)


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


# `rcpref schema`: which JSON Schemas there are, and each of them ----------------------


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
