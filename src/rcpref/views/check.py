"""`rcpref check` and `rcpref new`: what the rules find, and the first file of a new record."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence

from rcpref.answers.rules import ERROR, Finding, check
from rcpref.data import form
from rcpref.data.dataset import Data
from rcpref.data.document import check_exported, check_folder
from rcpref.data.form import ID_KEY
from rcpref.data.loading import is_overlay, load, verify
from rcpref.data.place import data_folder, refuse_inside
from rcpref.errors import UsageProblem, echo
from rcpref.model import KINDS, TIERS
from rcpref.report.blocks import Block, Code, Column, Facts, Gap, Heading, Span, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.schemas import as_json
from rcpref.views.items import report_of
from rcpref.views.shapes import FINDING
from rcpref.views.words import kind_named
from rcpref.writing import write_file


def checking(folders: Sequence[str]) -> Report:
    bundled = load()
    verify(bundled)
    found: list[Finding] = []
    for folder in folders or [data_folder()]:
        here = _findings(folder, bundled)
        found += [_placed(each, folder) for each in here] if folders else here
    errors = sum(each.level == ERROR for each in found)
    query = {"command": "check", "folders": list(folders)}
    report = report_of(bundled, query, FINDING, found)
    report.exit_code = 3 if errors else 0
    summary = f"errors: {errors}, warnings: {len(found) - errors}"
    report.notices.append(summary)

    def blocks(_: Marks) -> list[Block]:
        blocks: list[Block] = [Heading("Check of the data", 1)]
        for each in found:
            lines = [(each.key or "record", [Span(each.message)], "")]
            lines.append(("do", [Span(each.remedy)], ""))
            blocks.append(Facts(f"{each.code} {each.level}: {each.file}", lines))
        return [*blocks, Gap(), quiet(f"{summary}.")]

    report.blocks = blocks
    return report


def _findings(folder: str, bundled: Data) -> list[Finding]:
    # An overlay is checked with the bundled data: then only what it adds.
    whole = not is_overlay(folder)
    if os.path.exists(folder) and not os.path.isdir(folder):
        document, problems = check_exported(folder)
    else:
        document, problems = check_folder(folder, None if whole else bundled.document)
    if problems:
        return [Finding(each.code, ERROR, *each[1:]) for each in problems]
    data = Data(document, overlay=None if whole else folder)
    return check(data, own_only=not whole)


def _placed(finding: Finding, folder: str) -> Finding:
    """The finding with the whole path; in an exported JSON the file is part of the key."""
    if not os.path.isfile(folder):
        place = os.path.join(folder, finding.file) if finding.file else folder
        return finding._replace(file=place)
    section, _, record = finding.file.removesuffix(".toml").partition("/")
    place = f"records.{record}" if record else section
    key = ": ".join(filter(None, (place, finding.key)))
    return finding._replace(file=folder, key=key)


# `rcpref new`: the first file of a correction or a new record, in an overlay ----------

_ID, _KIND = Column("id", "Id"), Column("kind", "Kind")
_TEXT_COLUMNS = (_ID._replace(style="id"), _KIND, Column("template", "Template"))
_FILE_COLUMNS = (Column("path", "File", style="id"), _ID, _KIND)


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
        report.blocks = lambda _: [Code(template)]
        return report
    file = f"{KINDS[kind]}/{key}.toml"
    path = os.path.join(folder, *file.split("/"))
    item = {"path": path, "id": key, "kind": kind}
    report = Report(data, query, _FILE_COLUMNS, shown=("path",), items=[item])
    if columns:
        report.choose(columns)
    refuse_inside(path, [data_folder()])
    # The schemas, by which editors complete and check, are where the first line of a file says.
    schemas = {f"schema/{name}.json": as_json(f"{name}.toml") for name in ("record", "sources")}
    others = {"sources.toml": sources_template(), **schemas}
    written = [path]
    for name, text in {file: template, **others}.items():
        place = os.path.join(folder, *name.split("/"))
        if name == file or not os.path.lexists(place):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            write_file(place, text.encode())
            written += [place] if name != file else []
    # Nobody has to look at the schemas.
    report.notices += [f"also written: {path}" for path in written[1:] if path.endswith(".toml")]
    report.notices.append(f"fill it in, then run: rcpref check {shlex.quote(folder)}")

    # To be copied, so not broken into lines.
    lines = Code("\n".join([path, *report.notices]))
    report.blocks = lambda _: [report.grid() if report.chosen else lines]
    return report


def _check_id(data: Data, kind: str, key: str, folder: str | None) -> None:
    if not ID_KEY.fits(key):
        raise UsageProblem(f"{echo(key)} is not an id", f"use {ID_KEY.about}")
    known = data.document["records"].get(key)
    kinds = [known["kind"]] if known is not None else []
    for other, plural in KINDS.items() if folder is not None else ():
        kinds += [other] if os.path.lexists(f"{folder}/{plural}/{key}.toml") else []
    for other in kinds:
        if other != kind:
            raise UsageProblem(
                f"{echo(key)} is the id of a record of the kind {other}",
                f"choose another id, or write: rcpref new {other} {key}",
            )


# Commented templates for the files of an overlay: what to fill in, and what it means --
# What is explained stands in comments, and so do the examples: a template states nothing
# about anybody. Only the names of a new record are live and empty, so that ``rcpref
# check`` asks for them.

SOURCE = "my-source"  # key of the source in the examples

TYPES = {
    "text": "the words of the source",
    "texts": "a list of such words",
    "choice": "one of the words in the definition",
    "event": "what happened, in words",
    "url": "an address",
    "integer": "a whole number",
    "date": 'a date, as in "2013-05"',
    "states": 'a list of ISO 3166-1 alpha-3 codes, as in ["KEN", "PER"]',
    "record": "the id of another record",
}


def record_template(data: Data, kind: str, key: str) -> str:
    """The file of a record in an overlay; of one that the data have, a file of claims to add."""
    known = data.document["records"].get(key)
    lines = ["#:schema ../schema/record.json"]
    if known is None:
        lines += [
            f"# A new record of the kind {kind}. Fill in its names.",
            f'id = "{key}"',
            f'kind = "{kind}"',
            "# Official name.",
            'name = ""',
            "# The usual short name, for tables.",
            'short_name = ""',
            "# If it has them: acronym, other names for look-up, names by language (ISO 639):",
            '# acronym = "ABC"',
            '# aliases = ["Another Name"]',
            '# names = { fr = "Nom" }',
        ]
    else:
        lines += [
            f"# Claims to add to {known['short_name']} ({kind}). Its names are in the",
            "# data already, and an overlay cannot change them.",
            f'id = "{key}"',
        ]
    properties = [each for each in data.properties.values() if kind in each.kinds]
    used = {each.type for each in properties}
    free = next((each.key for each in properties if each.type == "text"), "PROPERTY")
    lines += [
        "",
        "# A claim is one statement from one source. What no claim states is unknown, not",
        "# false: leave out what the source does not say. Write a block like this for each:",
        "#",
        "# [[claim]]",
        f'# property = "{free}"',
        '# value = "the words of the source"',
        '# as_of = "2024-05"',
        f'# source = "{SOURCE}"',
        "",
        "# The keys of a claim:",
        *_keys(form.CLAIM),
        "",
        f"# Properties for the kind {kind}, with the type of their values:",
        *_explained({f"{each.key} ({each.type})": each.definition for each in properties}),
        "",
        "# Types:",
        *_explained({name: words for name, words in TYPES.items() if name in used}),
    ]
    return "\n".join([*lines, ""])


def sources_template() -> str:
    lines = [
        "#:schema schema/sources.json",
        "# Sources: one table for each, under the key that claims use.",
        "#",
        f"# [{SOURCE}]",
        '# title = "Title of the page"',
        '# publisher = ["Who published it"]',
        '# type = "webpage"',
        f'# tier = "{TIERS[0]}"',
        '# date = "2024-05"',
        '# url = "https://example.org/"',
        "",
        "# The keys of a source:",
        *_keys(form.SOURCE),
    ]
    return "\n".join([*lines, ""])


def _keys(keys: form.Form) -> list[str]:
    always = " (always there)"
    about = {name: f"{key.about}{always if key.required else ''}" for name, key in keys.items()}
    return _explained(about)


def _explained(words: dict[str, str]) -> list[str]:
    width = max(map(len, words))
    return [f"#   {key:{width}}  {meaning}" for key, meaning in words.items()]
