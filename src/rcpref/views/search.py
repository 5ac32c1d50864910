"""`rcpref search`: what fits some words, the best hit first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rcpref.answers.search import END, START, Hit, Scope, search
from rcpref.data.dataset import Data
from rcpref.model import KINDS, PASSAGE_KINDS
from rcpref.report.blocks import Block, Column, Gap, Prose, Span, quiet
from rcpref.report.report import Report
from rcpref.views.items import claim_item, overlay_mark, passage_item
from rcpref.views.kinds import kind_named

_COLUMNS = (
    Column("ref", "Reference", style="id"),
    Column("type", "Type"),
    Column("record", "Record"),
    Column("title", "What"),
    Column("snippet", "Words"),
)


def searching(data: Data, query: str, scope: Scope, limit: int | None) -> Report:
    """What fits a query, ranked, with the words marked.

    Raises:
        UsageProblem: There is no word in the query.
        NotFound: Nothing fits.
    """
    hits = search(data, query, scope, limit)
    asked = {
        "command": "search",
        "words": query,
        "in": list(scope.places),
        "kinds": list(scope.kinds),
        "property": scope.property or None,
        "as_of": scope.as_of.text if scope.as_of else None,
        "limit": limit,
    }
    report = Report(data, asked, _COLUMNS, items=[_item(data, hit) for hit in hits])
    if limit is not None and len(hits) == limit:
        report.notices.append(f"the first {limit}; --limit N gives more")

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for hit in hits:
            if blocks:
                blocks.append(Gap())
            head = [Span(hit.ref, "id"), Span(f"  {hit.title}", "quiet")]
            blocks.append(Prose(head))
            blocks.append(Prose(_spans(hit.marked), indent=2))
        if report.notices:
            blocks += [Gap(), quiet(f"{report.notices[0]}.")]
        return blocks

    report.blocks = blocks
    return report


def _item(data: Data, hit: Hit) -> dict[str, Any]:
    item: dict[str, Any] = {
        "ref": hit.ref,
        "type": hit.type,
        "record": hit.record,
        "title": hit.title,
        "snippet": hit.snippet,
        "matched": list(dict.fromkeys(s.text for s in _spans(hit.marked) if s.style == "hit")),
        "score": round(hit.score, 4),
    }
    if hit.type == "passage":
        passage = passage_item(data, hit.ref)
        item |= {key: passage[key] for key in ("kind", "number", "text", "source")}
        item |= overlay_mark(passage)
    elif hit.type == "claim":
        claim = next(c for c in data.records[str(hit.record)].claims if c.ref == hit.ref)
        item |= {"claim": claim_item(claim), "source": claim.source}
    elif hit.type == "source":
        item["source"] = hit.ref
    else:
        item |= overlay_mark(data.document["records"][hit.ref])
    return item


def _spans(marked: str) -> list[Span]:
    spans: list[Span] = []
    for part in marked.split(START):
        inside, found, after = part.partition(END)
        if found:
            spans.append(Span(inside, "hit"))
            spans.append(Span(after))
        else:
            spans.append(Span(part))
    return [span for span in spans if span.text]


def kinds_named(words: Sequence[str]) -> tuple[str, ...]:
    """Kinds that words mean; the search refuses those of neither records nor passages."""
    offered = [*KINDS, *PASSAGE_KINDS]
    return tuple(kind_named(word, offered=offered) for word in words)
