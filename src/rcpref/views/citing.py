"""`rcpref cite`: references -> citations in a style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rcpref import citation as citing
from rcpref.citation import Citation
from rcpref.dataset import Dataset
from rcpref.errors import AmbiguousName, NotFound, UsageProblem
from rcpref.names import match_records, nearest, nearest_to
from rcpref.report import Block, Code, Column, Gap, Prose, Report, Row, Span
from rcpref.views.texts import passages_of, text_named

_COLUMNS = (Column("ref", "Reference", style="id"), Column("citation", "Citation"))

DATASET = ("dataset", "data")


def citations_of(data: Dataset, ref: str) -> list[Citation]:
    """What a reference means, cited: a range of passages gives several.

    In this order: the data set, a passage or text, a claim, a record by any name, a
    source. The name of a meeting whose outcome is kept as a text cites that document.

    Raises:
        NotFound: Nothing has that reference; the nearest are offered.
        AmbiguousName: It is the name of several records.
        UsageProblem: It is empty.
    """
    if not ref.strip():
        raise UsageProblem("the reference is empty", "cite a record, passage, claim or source")
    if ref.lower() in DATASET:
        return [citing.dataset_citation(data)]
    if claim := citing.claim_of(data, ref):
        return [citing.claim_citation(data, claim)]
    if ref in data.sources and ref not in data.records:
        return [citing.source_citation(data, ref)]
    if "/" in ref and text_named(data, ref.partition("/")[0]):
        return [citing.passage_citation(data, p) for p in passages_of(data, ref)[1]]
    matches = match_records(data, ref)
    if len(matches) > 1:
        ids = [match.key for match in matches]
        raise AmbiguousName(f"{ref!r} fits several: {', '.join(ids)}", "use one of these ids", ids)
    if matches:
        record = data.records[matches[0].key]
        if record.id in data.texts:
            return [citing.source_citation(data, data.texts[record.id].document)]
        return [citing.record_citation(data, record)]
    try:
        return [citing.passage_citation(data, p) for p in passages_of(data, ref)[1]]
    except NotFound as error:
        near = [*nearest_to(data, ref), *error.nearest]
        near += nearest(ref, ((key, key) for key in data.sources))
        raise citing.unknown_reference(ref, list(dict.fromkeys(near))[:4]) from error


def cite(data: Dataset, refs: Sequence[str], style: str) -> Report:
    """Citations of some references in a style.

    Raises:
        UsageProblem: No such style, or an empty reference.
        NotFound: A reference that nothing has.
    """
    found = [citation for ref in refs for citation in citations_of(data, ref)]
    seen: dict[str, Citation] = {}
    for citation in found:
        seen.setdefault(str(citation.item["id"]), citation)
    found = list(seen.values())
    made = _made(found, style)
    rows: list[Row] = [
        {"ref": citation.ref, "citation": words}
        for citation, words in zip(found, made, strict=True)
    ]
    items: list[dict[str, Any]] = [
        {"ref": citation.ref, "style": style, "citation": words, "csl": citation.item}
        for citation, words in zip(found, made, strict=True)
    ]
    cited = [citation.source for citation in found if citation.source]
    query = {"command": "cite", "refs": list(refs), "style": style}
    report = Report(data, query, _COLUMNS, rows, items=items, cited=cited)
    report.whole = _whole(found, made, style)

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for words in made:
            if blocks:
                blocks.append(Gap())
            blocks.append(Prose([Span(words)]) if style not in citing.STYLES[1:] else Code(words))
        return blocks

    report.blocks = blocks
    return report


def _made(found: Sequence[Citation], style: str) -> list[str]:
    if style == "text":
        return [citing.text(citation) for citation in found]
    if style == "bibtex":
        return [citing.bibtex(citation) for citation in found]
    if style == "ris":
        return [citing.ris(citation) for citation in found]
    if style == "csl-json":
        import json

        return [
            json.dumps(citation.item, ensure_ascii=False, indent=2) + "\n" for citation in found
        ]
    return citing.styled(found, style)


def _whole(found: Sequence[Citation], made: Sequence[str], style: str) -> str:
    """What goes into a file: one entry after the other, or one array of JSON."""
    if style == "csl-json":
        import json

        items = [citation.item for citation in found]
        return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    if style in ("bibtex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)
