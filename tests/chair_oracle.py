"""A slow, obvious oracle for the chair: who was in it at a date, by one record's claims.

Written from the rules in the design ("Chair") and from the form of a claim; it shares no code
with the program that it is compared with. Every date becomes a pair of days, every rule a
small function, called in the order of the rules. Where the rules leave a choice, this file
chooses as follows.

C1.  Claims without any of ``as_of``, ``from`` and ``until`` cannot be placed and are left out.
C2.  D is an interval: "chair at some time in D". ``yes`` where every reading of the edges gives a
     day in D, ``possible`` where some reading does. So a term from 2021 until 2021 is ``yes`` in
     2021, ``possible`` in 2021-05.
C3.  Co-chairs are one holder: "the same State" means the same set of States.
C4.  A single mention holds for all of its date (2013 holds in 2013-05); one dated a/b held at one
     moment inside: ``yes`` where D contains it, else ``possible``. A mention holds until the next
     claim: where that names another State and begins within the date of the mention, a D from the
     first day on which it may have begun is ``possible``, one after that by which it has, nothing.
C5.  ``from`` or ``until`` together with ``as_of`` is a term, ``as_of`` a proof of it.
C6.  "The next claim" goes by the day from which claims hold for certain. If it names another
     State, the earlier one is ``possible`` up to the day before that day; so in the margin of a
     next claim's ``from`` both are possible. If its day falls within the earlier claim's own date,
     the earlier one is not carried beyond that date.
C7.  Between two claims that name the same State, with no other between them: ``yes``, for open
     terms and mentions alike. A mention within a closed term of the same State is a proof of that
     term and is not carried beyond its end; where it falls in the margin of that end, the term is
     certain up to it.
C8.  Between different mentions only the earlier one is possible (Colombo Process 2022:
     Afghanistan, not India).
C9.  After the last claim of all, an open term or a mention stays ``possible`` without limit: its
     end is not known. It is not ``yes``, for no known end is not "until today".
C10. A term with ``until`` alone holds on the earliest day of it, and is ``possible`` back to the
     last certain day of the claim before (without limit if there is none).
C11. ``founded`` is not looked at. All holders that answer are given, also two that both say yes
     (two mentions of 2012, for D in 2012-12), in the order of their codes.
C12. A term whose ``until`` is before its ``from`` is left out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

Claim = Mapping[str, Any]

YES, POSSIBLE = "yes", "possible"


# --- dates ------------------------------------------------------------------------------------


class Days(NamedTuple):
    """The first and the last day of a date."""

    first: date
    last: date


def prefix_days(text: str) -> Days:
    """The days of ``2013``, ``2013-05`` or ``2013-05-22``."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise ValueError(f"not a date: {text!r}")
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return Days(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
    if len(numbers) == 2:
        year, month = numbers
        if not 1 <= month <= 12:
            raise ValueError(f"not a date: {text!r}")
        return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    day = date(numbers[0], numbers[1], numbers[2])
    return Days(day, day)


def days(text: str) -> Days:
    """The days of a prefix date or of an interval of two."""
    if "/" not in text:
        return prefix_days(text)
    start, end = text.split("/")
    whole = Days(prefix_days(start).first, prefix_days(end).last)
    if whole.first > whole.last:
        raise ValueError(f"ends before it begins: {text!r}")
    return whole


def is_moment_within(text: str) -> bool:
    """Whether the date is of the form a/b: true at one moment inside, not throughout."""
    return "/" in text


def day_before(day: date) -> date:
    """The day before, or the same at the beginning of the calendar."""
    return day if day == date.min else day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after, or the same at the end of the calendar."""
    return day if day == date.max else day + timedelta(days=1)


def with_property(claims: Sequence[Claim], name: str) -> list[Claim]:
    """The claims with one property."""
    return [claim for claim in claims if claim["property"] == name]


# --- who chairs ---------------------------------------------------------------------------------


class Hold(NamedTuple):
    """One claim that somebody was in the chair, with the readings of its two ends.

    Attributes:
        states: The State or, for co-chairs, the States, sorted.
        earliest_start: The first day on which it may have begun.
        latest_start: The first day on which it must have begun.
        earliest_end: The last day on which it cannot have ended: the last proof.
        latest_end: The last day that the claim itself leaves possible.
        start_known: Whether the claim says when it began, or is a mention.
        end_known: Whether the claim says when it ended.
    """

    states: tuple[str, ...]
    earliest_start: date
    latest_start: date
    earliest_end: date
    latest_end: date
    start_known: bool
    end_known: bool


def hold_of(claim: Claim) -> Hold | None:
    """What one claim says by itself, or None if it has no date or an impossible one."""
    states = tuple(sorted(set(claim["value"])))
    start = days(claim["from"]) if "from" in claim else None
    end = days(claim["until"]) if "until" in claim else None
    named = days(claim["as_of"]) if "as_of" in claim else None
    # A mention proves that the chair was held all through its date or, if that is a/b, at one
    # moment in it: begun by its last day and not over before its first.
    begun_by, not_over_before = named if named is not None else (date.max, date.min)
    if named is not None and is_moment_within(claim["as_of"]):
        begun_by, not_over_before = named.last, named.first

    if start is None and end is None:
        if named is None:
            return None
        return Hold(states, named.first, begun_by, not_over_before, named.last, True, False)
    if end is None:
        assert start is not None
        # Certain from the latest reading of its beginning: that day is the first proof.
        begun = min(start.last, max(begun_by, start.first))
        proof = max(start.last, not_over_before)
        return Hold(states, start.first, begun, proof, proof, True, False)
    if start is None:
        begun = min(end.first, begun_by)
        return Hold(states, begun, begun, end.first, end.last, False, True)
    if start.first > end.last:
        return None
    begun = min(start.last, end.last, max(begun_by, start.first))
    proof = max(end.first, start.first, min(not_over_before, end.last))
    return Hold(states, start.first, begun, proof, end.last, True, True)


def within_closed_term(states: tuple[str, ...], day: date, holds: Sequence[Hold]) -> bool:
    """Whether the day lies in a term of these States whose end is known."""
    return any(
        other.end_known
        and other.states == states
        and other.earliest_start <= day <= other.latest_end
        for other in holds
    )


def follows(other: Hold, hold: Hold) -> bool:
    """Whether a claim is a next one: on the last day of a mention at one moment, too (C6)."""
    if other.latest_start != hold.latest_start:
        return other.latest_start > hold.latest_start
    moment = hold.earliest_start < hold.latest_start == hold.latest_end
    return moment and other.states != hold.states and other.earliest_start > hold.earliest_start


def with_end(hold: Hold, holds: Sequence[Hold]) -> Hold:
    """A term with its end moved to where the next claims put it.

    The next claim names the same State: proof that it held until then. It names another: it ended
    on some day before, nobody knows which. There is none: the end is not known.
    """
    proof, limit = hold.earliest_end, hold.latest_end
    for day in sorted({other.latest_start for other in holds if follows(other, hold)}):
        if within_closed_term(hold.states, proof, holds):
            return hold._replace(earliest_end=proof, latest_end=max(limit, proof))
        starting = [other for other in holds if other.latest_start == day]
        same = [other for other in starting if other.states == hold.states]
        proof = max([proof] + [other.earliest_end for other in same])
        if len(same) < len(starting):
            return hold._replace(earliest_end=proof, latest_end=max(limit, proof, day_before(day)))
    if within_closed_term(hold.states, proof, holds):
        return hold._replace(earliest_end=proof, latest_end=max(limit, proof))
    return hold._replace(earliest_end=proof, latest_end=date.max)


def with_proofs(term: Hold, holds: Sequence[Hold]) -> Hold:
    """A term whose end is known, held for certain up to the last proof in the margin of its end.

    Not past a claim of another State that begins in that margin before the proof.
    """
    proof = term.earliest_end
    for day in sorted({o.latest_start for o in holds if proof < o.latest_start}):
        starting = [other for other in holds if other.latest_start == day]
        if day > term.latest_end or any(other.states != term.states for other in starting):
            break
        ends = [min(other.earliest_end, term.latest_end) for other in starting]
        proof = max([proof, *ends])
    return term._replace(earliest_end=proof)


def with_start(hold: Hold, holds: Sequence[Hold]) -> Hold:
    """A term with an unknown beginning moved back to the claim before it."""
    if hold.start_known:
        return hold
    earlier = [other for other in holds if other.latest_start < hold.latest_start]
    if not earlier:
        return hold._replace(earliest_start=date.min)
    last = max(other.latest_start for other in earlier)
    ended = max(other.earliest_end for other in earlier if other.latest_start == last)
    return hold._replace(earliest_start=min(day_after(ended), hold.latest_start))


def is_plain_mention(claim: Claim) -> bool:
    """Whether the claim is a mention of a year, a month or a day, and no term."""
    return not {"from", "until"} & set(claim) and not is_moment_within(claim["as_of"])


def followed_within(claim: Claim, claims: Sequence[Claim]) -> tuple[date, date]:
    """When another State follows within the date of a mention (C4).

    Returns:
        The first day on which it may have begun, and that by which it has; the end of the
        calendar where none follows.
    """
    own = days(claim["as_of"])
    begins = [
        days(other["from"] if "from" in other else other["as_of"])
        for other in claims
        if set(other["value"]) != set(claim["value"])
        and hold_of(other) is not None
        and ("from" in other or "until" not in other)
    ]
    inside = [each for each in begins if own.first < each.first <= own.last]
    if not inside:
        return date.max, date.max
    return min(each.first for each in inside), min(each.last for each in inside)


def chair(claims: Sequence[Claim], asked: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Who was in the chair at some time in the date asked about.

    Args:
        claims: The claims of one record, as read from TOML.
        asked: A prefix date or an interval of two.

    Returns:
        The holders, each a sorted tuple of States and ``yes`` or ``possible``, in the order of
        the States; empty where no claim covers the date.

    Raises:
        ValueError: If a date is not one.
    """
    when = days(asked)
    chairs = with_property(claims, "chair")
    read = [(claim, hold) for claim in chairs if (hold := hold_of(claim)) and hold.states]
    holds = [hold for _, hold in read]
    found: dict[tuple[str, ...], str] = {}
    for claim, own in read:
        hold = with_proofs(own, holds) if own.end_known else with_end(own, holds)
        hold = with_start(hold, holds)
        if is_plain_mention(claim):
            may, must = followed_within(claim, chairs)
            if when.first > must:
                continue
            if when.first >= may:
                hold = hold._replace(earliest_end=date.min)
        if hold.latest_start <= when.last and hold.earliest_end >= when.first:
            found[hold.states] = YES
        elif hold.earliest_start <= when.last and hold.latest_end >= when.first:
            found.setdefault(hold.states, POSSIBLE)
    return tuple(sorted(found.items()))
