"""The value of any property at a date, by the rules that fit the property."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.chair import CHAIR_KINDS, CHAIRS, Holder, chairs
from rcpref.answers.membership.answer import CERTAIN, COUNTED, UNKNOWN, Answer
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import members_at, outside_life
from rcpref.answers.time import AsOf
from rcpref.answers.validity import happens, property_at, when
from rcpref.data.dataset import Data
from rcpref.dates import parse

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


LIFE = ("founded", "ended")
"""Properties that say when a record began and ended; they hold at any date."""


class Value(NamedTuple):
    """One item of the value of a property at a date.

    Attributes:
        item: The item: a string, a code, a number as text.
        answer: For States and chairs: yes, possible or disputed; None otherwise.
        basis: For States and chairs as that of an answer; otherwise at (it holds at the
            date), last known, later, undated, or dated (of what happens).
        reason: Why, in words; otherwise the date of the claim, empty if undated.
        claims: The claims that it rests on.
        last_known: Date of the newest of them, as it is written; None if undated.
    """

    item: str
    answer: str | None
    basis: str | None
    reason: str
    claims: "tuple[Claim, ...]"
    last_known: str | None = None


def _answered(item: str, found: Answer | Holder) -> Value:
    return Value(item, found.answer, found.basis, found.reason, found.rests_on, found.last_known)


def answer_of(value: Value) -> Answer:
    """A value of States or of a chair as the answer on one of them."""
    word = value.answer or UNKNOWN
    return Answer(word, value.basis, value.reason, value.claims, value.last_known)


def value_at(data: Data, record: "Record", key: str, as_of: AsOf) -> list[Value]:
    """The value of a property at a date, item by item.

    The items; of States and chairs those that are certain, possible or disputed; what
    happened in order of time. Empty if nothing is claimed.
    """
    standing = key not in LIFE and not happens(key, data.type_of(key))
    if standing and _is_outside(record, key, as_of):
        return []
    if key in CAPACITIES:
        return [
            _answered(state, found)
            for state, found in members_at(data, record, as_of, key).items()
            if found.answer in COUNTED
        ]
    if key in CHAIRS and record.kind in CHAIR_KINDS:
        return [
            _answered(state, holder)
            for holder in chairs(record, as_of, key)
            for state in holder.states
        ]
    found = property_at(record, key, as_of, data.type_of(key))
    claims = found.claims if standing else sorted(found.claims, key=_by_time)
    return [
        Value(item, None, _how(key, claim, found.how), claim.date, (claim,), _newest(claim))
        for claim in claims
        for item in claim.values
    ]


def _is_outside(record: "Record", key: str, as_of: AsOf) -> bool:
    """Whether a record cannot have a value: before its founding; a State or chair after its end.

    What else was last known before the end keeps its date, and so does the last chair where
    nobody asks for a date.
    """
    outside = outside_life(record, as_of)
    if outside is None or outside.rests_on[0].property != "ended":
        return outside is not None
    return key in CAPACITIES or (key in CHAIRS and not as_of.last_known)


def _by_time(claim: "Claim") -> tuple[int, int]:
    """The order of what happened: a whole year before its months, the undated last."""
    time = when(claim)
    return (time.first.toordinal(), -time.last.toordinal()) if time else (date.max.toordinal(), 0)


def _newest(claim: "Claim") -> str | None:
    """The last date that a claim itself gives; None where it has none."""
    return claim.as_of or claim.until or claim.from_


def _how(key: str, claim: "Claim", how: str) -> str:
    if not claim.date:
        return "undated"
    # Nobody follows in the chair of a meeting: it is not that nothing newer is known.
    return "dated" if key in CHAIRS and how == "last known" else how


def chair_words(found: Answer, as_of: AsOf) -> str:
    """How a chair stands in time: at a date by its reason, else by what is last known.

    "until 2027" while the term goes on, "ended 2025-06" after it, "last known 2024-07-16" where
    nobody gives it an end.
    """
    if not as_of.last_known:
        return found.reason
    end = found.last_known
    if end is None:
        return "undated"
    until = [claim for claim in found.rests_on if claim.until == end]
    dating = until or [claim for claim in found.rests_on if end in (claim.as_of, claim.from_)]
    made = ", derived" if dating and all(claim.derived for claim in dating) else ""
    if not until:
        return f"last known {end}{made}"
    return f"{'ended' if has_ended(found, as_of) else 'until'} {end}{made}"


def has_ended(found: Answer, as_of: AsOf) -> bool:
    """Whether the term of a chair that is last known is over by a source's own word."""
    end = found.last_known
    if end is None or all(claim.until != end for claim in found.rests_on):
        return False
    return parse(end).before(as_of.date)


def undated_chairs(record: "Record", key: str) -> "list[Claim]":
    """The undated claims on a chair that changes: no answer for a date rests on them."""
    if key not in CHAIRS or record.kind not in CHAIR_KINDS:
        return []
    return [claim for claim in record.claims_of(key) if not claim.date]


def claims_at(data: Data, record: "Record", as_of: AsOf | None) -> "Sequence[Claim]":
    """The claims on a record that speak of a date, in the order of the data; all for None.

    Those of the chair are the claims on which the answer for the date rests. As last known,
    what the texts kept here say is among them, whatever its date: that a process was yet to be
    formalised in Lima is not news, but it is what Lima says.
    """
    if as_of is None:
        return record.claims
    chosen = {id(claim) for claim in record.claims if as_of.last_known and claim.passage}
    for key in dict.fromkeys(claim.property for claim in record.claims):
        claims: Sequence[Claim]
        if key in CHAIRS and record.kind in CHAIR_KINDS:
            claims = [
                claim for value in value_at(data, record, key, as_of) for claim in value.claims
            ]
        else:
            claims = property_at(record, key, as_of, data.type_of(key)).claims
        chosen.update(map(id, claims))
    return [claim for claim in record.claims if id(claim) in chosen]


def claims_naming(data: Data, code: str, as_of: AsOf | None) -> "Iterator[Claim]":
    """The claims of all records that name a State and speak of a date; all for None."""
    for record in data.records.values():
        for claim in claims_at(data, record, as_of):
            if data.type_of(claim.property) == "states" and code in claim.values:
                yield claim


def sure(values: Sequence[Value]) -> list[Value]:
    """The values that hold for certain; outside States and chairs, all that are not later.

    A claim of a time after the date asked for says nothing of it in one cell, where its
    date does not stand beside.
    """
    return [v for v in values if v.answer in (None, *CERTAIN) and v.basis != "later"]


def certain(values: Sequence[Value]) -> tuple[str, ...]:
    """The items that hold for certain, each once."""
    return tuple(dict.fromkeys(v.item for v in sure(values)))
