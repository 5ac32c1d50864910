"""`rcpref cite`: references -> citations in a style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rcpref.answers.references import meant
from rcpref.citation.formats import OWN_STYLES, file_of
from rcpref.citation.items import Citation, citation_of
from rcpref.citation.styles import written
from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, Code, Column, Gap, Prose, Span
from rcpref.report.report import Report

_COLUMNS = (Column("ref", "Reference", style="id"), Column("citation", "Citation"))


def cite(data: Data, refs: Sequence[str], style: str) -> Report:
    """Citations of some references in a style.

    Raises:
        UsageProblem: No such style, or an empty reference.
        NotFound: A reference that nothing has.
    """
    found = [citation_of(data, each) for ref in refs for each in meant(data, ref)]
    seen: dict[str, Citation] = {}
    for citation in found:
        seen.setdefault(str(citation.item["id"]), citation)
    found = list(seen.values())
    made = written(found, style)
    items: list[dict[str, Any]] = [
        {
            "ref": citation.ref,
            "style": style,
            "citation": words,
            "csl": citation.item,
            **({"locator": citation.locator} if citation.locator else {}),
            **({"source": citation.source} if citation.source else {}),
        }
        for citation, words in zip(found, made, strict=True)
    ]
    query = {"command": "cite", "refs": list(refs), "style": style}
    report = Report(data, query, _COLUMNS, items=items)
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
