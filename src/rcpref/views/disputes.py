"""`rcpref disputes`: where sources disagree for the same time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rcpref.answers.disputes import Dispute, disputes_in
from rcpref.answers.values import shown_value
from rcpref.data.dataset import Data
from rcpref.fields import Fields
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Facts, Gap, Heading, Prose, Span, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Made, Report
from rcpref.views.items import item_of
from rcpref.views.shapes import DISPUTE, DISPUTED
from rcpref.views.words import claim_date

_MOST_NAMES = 8
"""So many States are named to people where sources disagree; of more there is the number."""


class Disputed(Fields):
    """A claim that others contradict, with the tier of its source."""

    dispute: Dispute
    claim: Claim
    tier: str


class Contradiction(Fields):
    """All claims of a disagreement."""

    dispute: Dispute
    claims: Sequence[Disputed]


def disputes(data: Data, records: Sequence[Record]) -> Report:
    """Where sources disagree for the same time, side by side."""
    found = [each for record in records or data for each in disputes_in(record, data.type_of)]
    every = [
        Contradiction(each, [Disputed(each, c, data.sources[c.source].tier) for c in each.claims])
        for each in found
    ]

    query = {"command": "disputes", "names": [record.id for record in records]}
    # One line a claim.
    lines = [claim for each in every for claim in each.claims]
    items = Made(partial(item_of, DISPUTE), every)
    report = Report(data, query, DISPUTED.columns(), items, DISPUTED.unasked(), lines=lines)
    if not found:
        report.notices.append("no disagreement is known")
    report.blocks = lambda: _blocks(data, found)
    return report


def _blocks(data: Data, found: Sequence[Dispute]) -> list[Block]:
    marks = Marks(data)
    blocks: list[Block] = [Heading(f"Where sources disagree: {len(found)}", 1)]
    for dispute in found:
        label = data.label_of(dispute.property)
        heading = f"{data.records[dispute.record].short_name}: {label.lower()}"
        lines = []
        for claim in dispute.claims:
            note = [Span(f"Note: {claim.note}", "note")] if claim.note else []
            spans = [Span(shown_briefly(data, claim)), *note]
            remark = marks.behind(data.sources[claim.source].tier, (claim.source,))
            lines.append((claim_date(data, claim, iso=True), spans, remark))
        blocks += [Facts(heading, lines), Prose([Span(dispute.reason, "strong")], indent=2)]
    if not found:
        blocks += [Gap(), quiet("No disagreement is known.")]
    return [*blocks, *marks.block()]


def shown_briefly(data: Data, claim: Claim) -> str:
    """The value of a claim; of a long list how many it has: what differs is said below."""
    if data.type_of(claim.property) == "states" and len(claim.values) > _MOST_NAMES:
        return f"{len(claim.values)} States"
    return shown_value(data, claim)
