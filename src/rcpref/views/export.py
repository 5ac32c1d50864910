"""`rcpref export`: what was written."""

from __future__ import annotations

from collections.abc import Mapping

from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data, sha256
from rcpref.report.blocks import Block, Facts, Heading, Span
from rcpref.report.report import Report
from rcpref.views.shapes import EXPORTED
from rcpref.views.words import date_words

_LISTED = 20  # longest list of files that people get to see


def exported(data: Data, kind: str, files: Mapping[str, bytes], asked: AsOf | None) -> Report:
    """What an export has written, file by file."""
    items = [
        {"path": path, "bytes": len(content), "sha256": sha256(content)}
        for path, content in files.items()
    ]
    query = {"command": "export", "to": kind, "as_of": asked.text if asked else None}
    report = Report(data, query, EXPORTED.columns(), items=items)
    report.asked = asked

    def blocks() -> list[Block]:
        size = sum(map(len, files.values()))
        count = "1 file" if len(files) == 1 else f"{len(files)} files"
        lines = [("Written", [Span(f"{count}, {size} bytes")], "")]
        if asked:
            lines.append(("Membership", [Span(date_words(data, asked))], ""))
        blocks: list[Block] = [Heading(f"Export to {kind}", 1), Facts("", lines)]
        # A folder of a hundred pages is not listed to people.
        return [*blocks, report.grid()] if len(items) <= _LISTED else blocks

    report.blocks = blocks
    return report
