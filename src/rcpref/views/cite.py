"""`rcpref cite`: references -> citations in a style."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rcpref.answers.references import meant
from rcpref.citation.items import Citation, citation_of
from rcpref.citation.styles import OWN_STYLES, file_of, written
from rcpref.data.dataset import Data
from rcpref.fields import Fields
from rcpref.report.blocks import Block, Code, Gap, Prose, Span
from rcpref.report.report import Report
from rcpref.views.items import item_of
from rcpref.views.shapes import CITATION


class Cited(Fields):
    """What is cited, and its citation in a style."""

    cited: Citation
    style: str
    citation: str


def cite(data: Data, refs: Sequence[str], style: str) -> Report:
    """Citations of some references in a style."""
    found = [citation_of(data, each) for ref in refs for each in meant(data, ref)]
    seen: dict[str, Citation] = {}
    for citation in found:
        seen.setdefault(str(citation.item["id"]), citation)
    found = list(seen.values())
    made = written(found, style)
    lines = [Cited(each, style, words) for each, words in zip(found, made, strict=True)]
    query = {"command": "cite", "refs": list(refs), "style": style}
    report = Report(data, query, CITATION.columns(), lines=lines, item=partial(item_of, CITATION))
    report.whole = file_of(found, made, style)

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for words in made:
            if blocks:
                blocks.append(Gap())
            blocks.append(Prose([Span(words)]) if style not in OWN_STYLES[1:] else Code(words))
        return blocks

    report.blocks = blocks
    return report
