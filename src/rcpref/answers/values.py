"""The value of any property at a date, by the rules that fit the property."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership import (
    CAPACITIES,
    CHAIR_KINDS,
    CHAIRS,
    YES,
    chairs_at,
    members_at,
    not_yet_founded,
)
from rcpref.answers.time import at_date, happens
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


class Value(NamedTuple):
    """One item of the value of a property at a date.

    Attributes:
        item: The item: a string, a code, a number as text.
        answer: For States and chairs: yes, possible or disputed; None otherwise.
        basis: For States and chairs as that of an answer; otherwise at (it holds at the
            date), last known, later, undated, or happened.
        reason: Why, in words; otherwise the date of the claim, empty if undated.
        claims: The claims that it rests on.
    """

    item: str
    answer: str | None
    basis: str | None
    reason: str
    claims: tuple[Claim, ...]


def value_at(data: Dataset, record: Record, key: str, asked: Interval) -> list[Value]:
    """The value of a property at a date, item by item.

    Args:
        data: The data set.
        record: The record.
        key: The property.
        asked: The date.

    Returns:
        The items; of States and chairs those that are certain, possible or disputed.
        Empty if nothing is claimed.
    """
    standing = key != "founded" and not happens(key, data.type_of(key))
    if standing and not_yet_founded(record, asked):
        return []
    if key in CAPACITIES:
        return [
            Value(state, found.answer, found.basis, found.reason, found.rests_on)
            for state, found in members_at(record, asked, key).items()
            if found.answer not in ("no", "unknown")
        ]
    if key in CHAIRS and record.kind in CHAIR_KINDS:
        return [
            Value(state, holder.answer, holder.basis, holder.reason, holder.rests_on)
            for holder in chairs_at(record, asked, key)
            for state in holder.states
        ]
    found = at_date(record.claims_of(key), asked, data.type_of(key))
    return [
        Value(item, None, _how(key, claim, found.how), claim.date, (claim,))
        for claim in found.claims
        for item in claim.values
    ]


def _how(key: str, claim: Claim, how: str) -> str:
    if not claim.date:
        return "undated"
    # Nobody follows in the chair of a meeting: it is not that nothing newer is known.
    return "happened" if key in CHAIRS and how == "last known" else how


def undated_chairs(record: Record, key: str) -> list[Claim]:
    """The undated claims on a chair that changes: no answer for a date rests on them."""
    if key not in CHAIRS or record.kind not in CHAIR_KINDS:
        return []
    return [claim for claim in record.claims_of(key) if not claim.date]


def current(
    data: Dataset, record: Record, asked: Interval, with_texts: bool = False
) -> list[Claim]:
    """The claims on a record that speak of a date, in the order of the data.

    Those of the chair are the claims on which the answer for the date rests.

    Args:
        data: The data set.
        record: The record.
        asked: The date.
        with_texts: Also what the texts kept here say of it, whatever its date.
    """
    chosen = {id(claim) for claim in record.claims if with_texts and claim.passage}
    for key in dict.fromkeys(claim.property for claim in record.claims):
        claims: Sequence[Claim]
        if key in CHAIRS and record.kind in CHAIR_KINDS:
            claims = [
                claim for value in value_at(data, record, key, asked) for claim in value.claims
            ]
        else:
            claims = at_date(record.claims_of(key), asked, data.type_of(key)).claims
        chosen.update(map(id, claims))
    return [claim for claim in record.claims if id(claim) in chosen]


def certain(values: Sequence[Value]) -> tuple[str, ...]:
    """The items that hold for certain; outside States and chairs, all that are not later.

    A claim of a time after the date asked for says nothing of it in one cell, where its
    date does not stand beside.
    """
    fitting = [v for v in values if v.answer in (None, YES) and v.basis != "later"]
    return tuple(dict.fromkeys(v.item for v in fitting))
