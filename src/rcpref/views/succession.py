"""Who is announced to follow in the chair: beside the chair that is last known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, chairs, next_chairs
from rcpref.answers.wording import shown_value
from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, Facts, Span
from rcpref.report.marks import Marks
from rcpref.views.items import claim_item
from rcpref.views.words import claim_date

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim, Record

Followers = Mapping[str, Sequence["Claim"]]
"""Claims on the next chair, by id of the record."""


def followers(records: Sequence[Record], asked: AsOf) -> Followers:
    """The claims on who follows the chair that is last known; none where a date is asked for."""
    if not asked.last_known:
        return {}
    found = {
        record.id: next_chairs(record, chairs(record, asked))
        for record in records
        if record.kind in CHAIR_KINDS
    }
    return {key: claims for key, claims in found.items() if claims}


def followers_item(found: Followers) -> dict[str, object]:
    """What JSON says of those that follow."""
    return {key: list(map(claim_item, claims)) for key, claims in found.items()}


def followers_lines(data: Data, found: Followers) -> list[str]:
    """Those that follow in a line for each record: "next chair of SACM: URY (2025-11-18)"."""
    return [
        f"next chair of {data.records[key].short_name}: "
        + ", ".join(f"{shown_value(data, each, short=True)} ({each.as_of})" for each in claims)
        for key, claims in found.items()
    ]


def followers_facts(data: Data, found: Followers, marks: Marks) -> list[Block]:
    """Those that follow, for people."""
    lines = [
        (
            data.records[key].short_name,
            [Span(f"{shown_value(data, claim)} (announced {claim_date(data, claim)})")],
            marks.behind("", (claim.source,)),
        )
        for key, claims in found.items()
        for claim in claims
    ]
    return [Facts("Next chair", lines)] if lines else []
