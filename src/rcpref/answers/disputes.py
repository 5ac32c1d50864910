"""Where sources disagree for the same time.

Only properties that have one value at a time can contradict each other: dates,
numbers, classifications, lists of States and the chair. Two wordings of the same text
are no contradiction, and a list dated as an interval ("at some time in it") cannot be
told to be of the same time as another.
"""

from builtins import property as computed  # `Dispute.property` is a field
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.chair import CHAIRS
from rcpref.answers.membership.evidence import COUNT
from rcpref.answers.membership.members import discrepancy
from rcpref.answers.time import when
from rcpref.dates import Interval, parse
from rcpref.wording import Part, Why, in_words

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

# Several may be true at once, or the lists are of those who came to a meeting.
_MANY = frozenset(
    (
        *("country", "group", "next_chair", "founding_participants", "invited_states"),
        *("meeting_participants", "attendance_count", "mechanisms_count"),
        *("member_joined", "member_left"),
    )
)

_ONE_VALUE = frozenset(("choice", "date", "integer", "record", "states"))


class Dispute(NamedTuple):
    """Claims of one property that cannot all be true.

    Attributes:
        record: Id of the record.
        property: The property.
        claims: The claims, in the order of the data; one alone where the
            editors count States in it as disputed.
        why: What they disagree on, as parts.
    """

    record: str
    property: str
    claims: tuple["Claim", ...]
    why: Why

    @computed
    def reason(self) -> str:
        """What they disagree on, in words."""
        return in_words(self.why)


def disputes_in(record: "Record", type_of: Callable[[str], str]) -> list[Dispute]:
    """All disagreements on one record."""
    found: list[Dispute] = []
    if against := discrepancy(record):
        both = (against.members, against.counting)
        found.append(Dispute(record.id, COUNT, both, against.parts))
    for key in dict.fromkeys(claim.property for claim in record.claims):
        claims = record.claims_of(key)
        for claim in claims:
            if claim.disputed:
                why = (Part("editors-dispute", extra=", ".join(claim.disputed)),)
                found.append(Dispute(record.id, key, (claim,), why))
        if type_of(key) in _ONE_VALUE and key not in _MANY:
            found += _groups(record, key, claims, type_of(key))
    return found


def disputed_refs(record: "Record", type_of: Callable[[str], str]) -> frozenset[str]:
    """References of the claims on a record that others contradict."""
    found = disputes_in(record, type_of)
    return frozenset(claim.ref for dispute in found for claim in dispute.claims)


class _Statement(NamedTuple):
    """What one claim says, or several that say the same of the same time; its States as bits."""

    claim: "Claim"  # the first of them
    places: list[int]  # of all of them among the claims of the property
    time: Interval | None
    states: int
    doubtful: int  # those that it marks as disputed


def _groups(record: "Record", key: str, claims: "Sequence[Claim]", type_: str) -> list[Dispute]:
    """Claims that contradict each other, directly or through others, put together."""
    found = [
        (sorted(place for each in part for place in each.places), _reason(part, claims, type_))
        for near in _near(_statements(claims, type_))
        for part in _connected(near, type_)
    ]
    return [
        Dispute(record.id, key, tuple(claims[place] for place in places), why)
        for places, why in sorted(found)
    ]


def _statements(claims: "Sequence[Claim]", type_: str) -> list[_Statement]:
    """What the claims say, once for all that say the same: those cannot disagree."""
    places: dict[tuple[object, ...], list[int]] = {}
    for place, claim in enumerate(claims):
        dates = (claim.as_of, claim.from_, claim.until)
        words = (claim.value, claim.disputed, claim.complete)
        places.setdefault((claim.group, claim.role, *dates, *words), []).append(place)
    bits = {code: 1 << bit for bit, code in enumerate(_states(claims, type_))}
    found = []
    for alike in places.values():
        claim = claims[alike[0]]
        # A date contradicts others at any time.
        time = None if type_ == "date" else when(claim)
        states = sum(bits[code] for code in set(claim.values)) if bits else 0
        doubtful = sum(bits[code] for code in set(claim.disputed)) if bits else 0
        found.append(_Statement(claim, alike, time, states, doubtful))
    return found


def _states(claims: "Sequence[Claim]", type_: str) -> list[str]:
    if type_ != "states":
        return []
    named = (code for claim in claims for code in (*claim.values, *claim.disputed))
    return list(dict.fromkeys(named))


def _near(statements: Sequence[_Statement]) -> Iterator[list[_Statement]]:
    """What can contradict each other: of the same group and role, in times that overlap."""
    groups: dict[tuple[object, ...], list[_Statement]] = {}
    for each in statements:
        groups.setdefault((each.claim.group, each.claim.role, each.time is None), []).append(each)
    for every in groups.values():
        near: list[_Statement] = []
        end = date.min
        for each in sorted(every, key=lambda each: each.time or (date.min, date.max, "")):
            first, last, _ = each.time or (date.min, date.max, "")
            if near and first > end:
                yield near
                near = []
            near.append(each)
            end = max(end, last)
        yield near


def _connected(statements: Sequence[_Statement], type_: str) -> Iterator[list[_Statement]]:
    """Those that contradict others, each with all that it does so directly or through them."""
    left = list(statements)
    while left:
        part = [left.pop(0)]
        for one in part:  # which grows meanwhile
            against = [contradict(one, two, type_) for two in left]
            part += [two for two, is_against in zip(left, against, strict=True) if is_against]
            left = [two for two, is_against in zip(left, against, strict=True) if not is_against]
        if len(part) > 1:
            yield part


def contradict(one: _Statement, two: _Statement, type_: str) -> bool:
    """Whether both cannot be true."""
    if type_ == "date":
        return not parse(str(one.claim.value)).overlaps(parse(str(two.claim.value)))
    if one.claim.property in CHAIRS:
        return one.states != two.states and _same_term(one.claim, two.claim)
    if one.time is None or two.time is None:
        same_time = one.time is two.time
    else:
        between = "/" in one.time.text or "/" in two.time.text
        same_time = one.time.overlaps(two.time) and not between
    if not same_time:
        return False
    if type_ == "states":
        return bool(_missing(one, two) or _missing(two, one))
    return one.claim.value != two.claim.value


def _missing(one: _Statement, two: _Statement) -> int:
    """States of the first list that the second, a complete one, does not have."""
    if two.claim.complete is False:
        return 0
    return one.states & ~two.states & ~one.doubtful & ~two.doubtful


def _same_term(one: "Claim", two: "Claim") -> bool:
    """Whether two claims put different States in the chair on the same days."""
    # Terms may meet within a year or month: only a mention well inside a term contradicts it.
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


def _reason(part: Sequence[_Statement], claims: "Sequence[Claim]", type_: str) -> Why:
    if type_ != "states":
        return (Part("different-values" if type_ != "date" else "different-dates"),)
    if part[0].claim.property in CHAIRS:
        return (Part("different-states"),)
    have = lack = 0
    for each in part:
        have |= each.states & ~each.doubtful
        # What a list that is not complete does not have says nothing.
        lack |= 0 if each.claim.complete is False else ~each.states & ~each.doubtful
    names = _states(claims, type_)
    missing = sorted(code for bit, code in enumerate(names) if have & lack & 1 << bit)
    return (Part("not-in-all", extra=", ".join(missing)),)
