"""`rcpref check`: what the rules find."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from rcpref.answers.rules import ERROR, Finding, check, of_form
from rcpref.data.dataset import Data
from rcpref.data.document import check_exported, check_folder
from rcpref.data.loading import data_folder, is_overlay, load, verify
from rcpref.report.blocks import Block, Facts, Gap, Heading, Span, quiet
from rcpref.report.report import Report
from rcpref.views.items import item_of
from rcpref.views.shapes import FINDING


def checking(folders: Sequence[str]) -> Report:
    """The findings of all rules over some folders, the bundled data if none is named.

    A folder with ``dataset.toml`` is taken as a whole data set, one without as an
    overlay to the bundled data: then only what it adds is checked. A file is taken as
    a data set that was exported as JSON.
    """
    bundled = load()
    verify(bundled)
    found: list[Finding] = []
    for folder in folders or [data_folder()]:
        here = _findings(folder, bundled)
        if folders:
            here = [_placed(each, folder) for each in here]
        found += here
    errors = sum(each.level == ERROR for each in found)
    query = {"command": "check", "folders": list(folders)}
    report = Report(bundled, query, FINDING.columns(), lines=found, item=partial(item_of, FINDING))
    report.exit_code = 3 if errors else 0
    summary = f"errors: {errors}, warnings: {len(found) - errors}"
    report.notices.append(summary)

    def blocks() -> list[Block]:
        blocks: list[Block] = [Heading("Check of the data", 1)]
        for each in found:
            heading = f"{each.code} {each.level}: {each.file}"
            lines = [(each.key or "record", [Span(each.message)], "")]
            lines.append(("do", [Span(each.remedy)], ""))
            blocks.append(Facts(heading, lines))
        return [*blocks, Gap(), quiet(f"{summary}.")]

    report.blocks = blocks
    return report


def _findings(folder: str, bundled: Data) -> list[Finding]:
    whole = not is_overlay(folder)
    if os.path.exists(folder) and not os.path.isdir(folder):
        document, problems = check_exported(folder)
    else:
        document, problems = check_folder(folder, None if whole else bundled.document)
    if problems:
        return [of_form(problem) for problem in problems]
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
