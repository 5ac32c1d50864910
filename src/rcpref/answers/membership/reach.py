"""How far evidence on one side of a date reaches.

A joining or leaving reaches without limit. A list is true of its day, and is taken to hold
for some years more; longer where something later says that it still held.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import NO
from rcpref.answers.membership.evidence import (
    COUNT,
    FOUNDERS,
    MEMBERS,
    STATUS,
    Event,
    Listing,
    Proof,
    Reach,
    Register,
)

if TYPE_CHECKING:
    from rcpref.model.records import Claim

FORWARD_YEARS = 10
"""Years over which a list is carried from the last proof that it still held."""

LONGEST_YEARS = 20
"""Years over which a list is carried at the most, whatever proves that it still held."""

BACKWARD_YES_YEARS = 8
"""Years over which a list is carried back to say yes."""

BACKWARD_NO_YEARS = 10
"""Years over which a list is carried back to say no."""


def plus_years(day: date, years: int) -> date:
    """The same day so many years later; the last of the calendar if there is none."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def last_proof(register: Register, listing: Listing) -> Proof:
    """The last proof that a list still held.

    That is the list itself, a later claim of the same number of members, or a later
    `status` active that a source states; one that follows from a meeting proves that the
    process met, not who belonged to it.
    """
    proofs = [Proof(listing.when.last, listing.claim)]
    proofs += [
        Proof(time.last, claim)
        for claim, time in register.confirming
        if time.after(listing.when) and _confirms(claim, listing)
    ]
    return max(proofs, key=lambda proof: proof.day)


def _confirms(claim: "Claim", listing: Listing) -> bool:
    if claim.property == STATUS:
        return claim.value == "active" and not claim.derived
    counted = listing.claim.property in (MEMBERS, FOUNDERS)
    return counted and claim.property == COUNT and claim.value == _length(listing)


def _length(listing: Listing) -> int | None:
    """How many States are in the list; of one that breaks off, how many it says there are."""
    claim = listing.claim
    return claim.stated_total if claim.complete is False else len(claim.values)


def reach_forward(register: Register, evidence: Iterable[Event | Listing]) -> Reach:
    """How far the evidence reaches that reaches furthest."""
    return max((_forward(register, each) for each in evidence), key=lambda reach: reach.day)


def _forward(register: Register, each: Event | Listing) -> Reach:
    if isinstance(each, Event):
        return Reach(date.max, None)
    # A list reaches as far at all dates, for all States: it is worked out once.
    known = register.reaches.get(id(each.claim))
    if known is None:
        proof = last_proof(register, each)
        day = min(plus_years(proof.day, FORWARD_YEARS), plus_years(each.when.last, LONGEST_YEARS))
        known = register.reaches[id(each.claim)] = Reach(day, proof)
    return known


def reaches_back(each: Event | Listing, day: date) -> bool:
    """Whether evidence reaches an earlier day."""
    if isinstance(each, Event):
        return True
    years = BACKWARD_NO_YEARS if each.answer == NO else BACKWARD_YES_YEARS
    return each.when.first <= plus_years(day, years)
