"""Where sources disagree for the same time.

Only properties that have one value at a time can contradict each other: dates,
numbers, classifications, lists of States and the chair. Two wordings of the same text
are no contradiction, and a list dated as an interval ("at some time in it") cannot be
told to be of the same time as another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership import CHAIRS
from rcpref.answers.time import when
from rcpref.dates import parse

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

# Several may be true at once, or the lists are of those who came to a meeting.
_MANY = frozenset(
    (
        "country",
        "founding_participants",
        "group",
        "invited_states",
        "mechanisms_count",
        "meeting_participants",
        "member_joined",
        "member_left",
        "next_chair",
        "attendance_count",
    )
)

_ONE_VALUE = frozenset(("choice", "date", "integer", "states"))


class Dispute(NamedTuple):
    """Claims of one property that cannot all be true.

    Attributes:
        record: Id of the record.
        property: The property.
        claims: The claims, in the order of the data; one alone where its source itself
            marks States as disputed.
        reason: What they disagree on.
    """

    record: str
    property: str
    claims: tuple[Claim, ...]
    reason: str


def disputes_in(record: Record, types: dict[str, str]) -> list[Dispute]:
    """All disagreements on one record.

    Args:
        record: The record.
        types: Types of properties by key.
    """
    found: list[Dispute] = []
    for key in dict.fromkeys(claim.property for claim in record.claims):
        claims = record.claims_of(key)
        for claim in claims:
            if claim.disputed:
                words = f"the source marks {', '.join(claim.disputed)} as disputed"
                found.append(Dispute(record.id, key, (claim,), words))
        if types[key] not in _ONE_VALUE or key in _MANY:
            continue
        found += _groups(record, key, claims, types[key])
    return found


def _groups(record: Record, key: str, claims: Sequence[Claim], type_: str) -> list[Dispute]:
    """Claims that contradict each other, put together where one contradicts several."""
    groups: list[set[int]] = []
    first_group: dict[int, int] = {}  # by place of the claim
    for one in range(len(claims)):
        for two in range(one + 1, len(claims)):
            if not _contradict(claims[one], claims[two], type_):
                continue
            known = [first_group[place] for place in (one, two) if place in first_group]
            number = min(known, default=len(groups))
            if number == len(groups):
                groups.append(set())
            groups[number] |= {one, two}
            for place in (one, two):
                first_group[place] = min(number, first_group.get(place, number))
    ordered = [tuple(claims[place] for place in sorted(group)) for group in groups]
    return [Dispute(record.id, key, group, _reason(group, type_)) for group in ordered]


def _contradict(one: Claim, two: Claim, type_: str) -> bool:
    if one.group != two.group or one.role != two.role:
        return False
    if type_ == "date":
        return not parse(str(one.value)).overlaps(parse(str(two.value)))
    if one.property in CHAIRS:
        return set(one.values) != set(two.values) and _same_term(one, two)
    if not _same_time(one, two):
        return False
    if type_ == "states":
        return bool(_missing(one, two) or _missing(two, one))
    return one.value != two.value


def _missing(one: Claim, two: Claim) -> set[str]:
    """States of the first list that the second, a complete one, does not have."""
    if two.complete is False:
        return set()
    return set(one.values) - set(two.values) - set(one.disputed) - set(two.disputed)


def _same_time(one: Claim, two: Claim) -> bool:
    """Whether both speak of the same time: their dates overlap, or both are undated."""
    first, second = when(one), when(two)
    if first is None or second is None:
        return first is None and second is None
    if "/" in first.text or "/" in second.text:
        return False
    return first.overlaps(second)


def _same_term(one: Claim, two: Claim) -> bool:
    """Whether two claims put different States in the chair on the same days.

    A term may end and another begin within the same year or month: only a mention well
    inside a term of another State, or two of the same date, contradict each other.
    """
    for term, mention in ((one, two), (two, one)):
        if term.from_ and term.until and mention.as_of and not mention.from_:
            inside = parse(mention.as_of)
            return parse(term.from_).last < inside.first and inside.last < parse(term.until).first
    if one.as_of and two.as_of and not (one.from_ or two.from_ or one.until or two.until):
        return one.as_of == two.as_of
    if one.from_ and two.from_ and one.until and two.until:
        return (
            parse(one.from_).last < parse(two.until).first
            and parse(two.from_).last < parse(one.until).first
        )
    return False


def _reason(group: Sequence[Claim], type_: str) -> str:
    if type_ != "states":
        return "different values for the same time" if type_ != "date" else "different dates"
    if group[0].property in CHAIRS:
        return "different States for the same time"
    missing = {
        state for one in group for two in group if one is not two for state in _missing(one, two)
    }
    return f"not in all of the lists: {', '.join(sorted(missing))}"
