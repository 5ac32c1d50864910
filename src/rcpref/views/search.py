"""What fits some words, the best hit first; how a name is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.answers.search import END, START, Hit, Scope, search
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.fields import Fields
from rcpref.report.blocks import Block, Gap, Prose, Span, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import HIT

if TYPE_CHECKING:
    from rcpref.model.records import Claim


class Found(Fields):
    hit: Hit
    kind: str = ""
    number: int = 0
    text: str = ""
    claim: Claim | None = None
    source: str = ""
    overlay: bool = False

    @property
    def matched(self) -> list[str]:
        return list(dict.fromkeys(s.text for s in _spans(self.hit.marked) if s.style == "hit"))

    @property
    def score(self) -> float:
        """The greater, the better the match."""
        return round(self.hit.score, 4)


def searching(data: Data, query: str, scope: Scope, limit: int | None) -> Report:
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
    when = AsOf(scope.as_of) if scope.as_of else None
    report = report_of(data, asked, HIT, [_found(data, hit) for hit in hits], asked=when)
    if limit is not None and len(hits) == limit:
        report.notices.append(f"the first {limit}; --limit N gives more")

    def blocks(_: Marks) -> list[Block]:
        blocks: list[Block] = []
        for hit in hits:
            blocks += [Gap()] if blocks else []
            blocks.append(Prose([Span(hit.ref, "id"), Span(f"  {hit.title}", "quiet")]))
            blocks.append(Prose(_spans(hit.marked), indent=2))
        if report.notices:
            blocks += [Gap(), quiet(f"{report.notices[0]}.")]
        return blocks

    report.blocks = blocks
    return report


def _found(data: Data, hit: Hit) -> Found:
    if hit.type == "passage":
        text, raw = data.plain.passages[hit.ref]
        whole = data.document["texts"][text]
        overlay = bool(whole.get("overlay"))
        about = raw["kind"], raw["number"], raw["text"]
        return Found(hit, *about, source=whole["document"], overlay=overlay)
    if hit.type == "claim":
        claim = next(c for c in data.records[str(hit.record)].claims if c.ref == hit.ref)
        return Found(hit, claim=claim, source=claim.source)
    if hit.type == "source":
        return Found(hit, source=hit.ref)
    return Found(hit, overlay=bool(data.document["records"][hit.ref].get("overlay")))


def _spans(marked: str) -> list[Span]:
    spans: list[Span] = []
    for part in marked.split(START):
        inside, found, after = part.partition(END)
        spans += [Span(inside, "hit" if found else ""), Span(after)]
    return [span for span in spans if span.text]
