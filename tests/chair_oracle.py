"""A slow, obvious oracle for the chair: who was in it at a date, by one record's claims.

Written from the rules in the design ("Chair") and from the form of a claim; it shares no code
with the program that it is compared with, and reads dates as `evidence_oracle` does. Every date
becomes a pair of days, every rule a small function, called in the order of the rules. Where the
rules leave a choice, this file chooses as follows.

C1.  Claims without any of ``as_of``, ``from`` and ``until`` cannot be placed and are left out.
C2.  D is an interval: "chair at some time in D". ``yes`` where every reading of the edges gives a
     day in D, ``possible`` where some reading does. So a term from 2021 until 2021 is ``yes`` in
     2021, ``possible`` in 2021-05.
C3.  Co-chairs are one holder: "the same State" means the same set of States.
C4.  A single mention holds for all of its date (2013 holds in 2013-05); one dated a/b held at one
     moment inside: ``yes`` where D contains it, else ``possible``. Where another State begins
     within the date of a mention, a D from the first day on which it may have begun is
     ``possible``, one after that by which it has, nothing. So does the date of an open term (C5).
C5.  ``from`` or ``until`` together with ``as_of`` is a term, ``as_of`` a mention of it where it
     has a day in common with the term; else it speaks of another time.
C6.  A claim is placed at its first certain day; where it is certain at one moment alone, at the
     first day on which that can be. "The next claim" is placed after the days of the earlier one,
     or on the last of several if it names another State. If it names another, the earlier one is
     ``possible`` up to the day before; up to that before the last day of a mention dated a/b.
C7.  Between two claims that name the same State, with no other between them: ``yes``, for terms
     and mentions alike, not past the end of a term. Of two next claims on one day, that on the
     same State counts. An open term or a mention that meets a closed term of the same State ends
     with it, unless it begins on its last day.
C8.  Between different mentions only the earlier one is possible (Colombo Process 2022:
     Afghanistan, not India).
C9.  After the last claim of all, an open term or a mention stays ``possible`` without limit: its
     end is not known. It is not ``yes``, for no known end is not "until today".
C10. A term with ``until`` alone holds on the earliest day of it, and is ``possible`` back to the
     last day that the claims before it prove (without limit if there is none).
C11. ``founded`` is not looked at. All holders that answer are given, also two that both say yes
     (two mentions of 2012, for D in 2012-12), in the order of their codes.
C12. A term whose ``until`` is before its ``from`` is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from evidence_oracle import days_of

Claim = Mapping[str, Any]

YES, POSSIBLE = "yes", "possible"


# --- dates ------------------------------------------------------------------------------------


class Days(NamedTuple):
    """The first and the last day of a date."""

    first: date
    last: date


def days(text: str) -> Days:
    """The days of a prefix date or of an interval of two."""
    span = days_of(text)
    return Days(date.fromordinal(span[0]), date.fromordinal(span[-1]))


def is_moment_within(text: str) -> bool:
    """Whether the date is of the form a/b: true at one moment inside, not throughout."""
    return "/" in text


def day_before(day: date) -> date:
    """The day before, or the same at the beginning of the calendar."""
    return day if day == date.min else day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after, or the same at the end of the calendar."""
    return day if day == date.max else day + timedelta(days=1)


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
        is_mention: Whether the claim says neither when it began nor when it ended.
    """

    states: tuple[str, ...]
    earliest_start: date
    latest_start: date
    earliest_end: date
    latest_end: date
    start_known: bool
    end_known: bool
    is_mention: bool


def hold_of(claim: Claim) -> Hold | None:
    """What one claim says by itself, or None if it has no date or an impossible one."""
    states = tuple(sorted(set(claim["value"])))
    start = days(claim["from"]) if "from" in claim else None
    end = days(claim["until"]) if "until" in claim else None
    named = days(claim["as_of"]) if "as_of" in claim else None
    if start and end and start.first > end.last:
        return None
    if named and ((start and named.last < start.first) or (end and named.first > end.last)):
        named = None  # it speaks of another time (C5)
    if named is None and start is None and end is None:
        return None
    # The chair was held all through the date of a mention or, if that is a/b, at one moment in
    # it: begun by its last day and not over before its first. Of a term, on its days alone.
    begun_by, not_over_before = date.max, date.min
    if named is not None:
        first = max(named.first, start.first) if start else named.first
        last = min(named.last, end.last) if end else named.last
        moment = is_moment_within(claim["as_of"])
        begun_by, not_over_before = (last, first) if moment else (first, last)

    if start is None and end is None:
        assert named is not None
        return Hold(states, named.first, begun_by, not_over_before, named.last, True, False, True)
    if end is None:
        assert start is not None
        # Certain on the day by which it has begun: that is the first proof.
        begun = min(start.last, begun_by)
        proof = max(begun, not_over_before)
        latest = max(start.last, named.last if named else start.last)
        return Hold(states, start.first, begun, proof, latest, True, False, False)
    if start is None:
        # Certain on the last day before which it cannot have ended.
        proof = max(end.first, not_over_before)
        earliest = min(end.first, named.first if named else end.first)
        return Hold(states, earliest, min(proof, begun_by), proof, end.last, False, True, False)
    begun = min(start.last, end.last, begun_by)
    proof = max(end.first, start.first, not_over_before)
    return Hold(states, start.first, begun, proof, end.last, True, True, False)


def placed(hold: Hold) -> date:
    """The day at which a claim is placed among the others: its first certain one (C6)."""
    return min(hold.latest_start, hold.earliest_end)


def next_claims(hold: Hold, holds: Sequence[Hold]) -> tuple[date, list[Hold]]:
    """The claims that come next after one, and the day on which they have begun (C6).

    The end of the calendar and none where none comes.
    """
    over = max(hold.latest_start, hold.earliest_end)
    found: dict[date, list[Hold]] = {date.max: []}
    for other in holds:
        another = other.states != hold.states
        if placed(other) > over or (another and placed(other) == over > placed(hold)):
            late = other.is_mention and another
            found.setdefault(other.latest_start if late else placed(other), []).append(other)
    return min(found.items())


def known_end(hold: Hold, holds: Sequence[Hold]) -> date | None:
    """The last day on which it can have ended; None where nobody says (C7)."""
    if hold.end_known:
        return hold.latest_end
    ends = [
        other.latest_end
        for other in holds
        if other.end_known
        and other.states == hold.states
        # They have a day in common, and an open term does not begin as the other ends.
        and other.earliest_start <= hold.latest_end
        and hold.earliest_start <= other.latest_end
        and (hold.is_mention or hold.earliest_start != other.latest_end)
    ]
    return max(ends, default=None)


def with_end(hold: Hold, holds: Sequence[Hold]) -> Hold:
    """A claim with its end moved to where the next claim puts it.

    The next claim names the same State: proof that it held until then, unless it had ended. It
    names another: it ended on some day before, nobody knows which. There is none: the end is
    not known.
    """
    end = known_end(hold, holds)
    day, following = next_claims(hold, holds)
    if any(other.states == hold.states for other in following):
        return hold if end and end < day else hold._replace(earliest_end=day)
    limit = day_before(day) if following else date.max
    return hold if end else hold._replace(latest_end=max(hold.latest_end, limit))


def with_start(hold: Hold, holds: Sequence[Hold]) -> Hold:
    """A term with an unknown beginning moved back to the last proof of the claims before it."""
    if hold.start_known:
        return hold
    proofs = [other.earliest_end for other in holds if placed(other) < placed(hold)]
    if not proofs:
        return hold._replace(earliest_start=date.min)
    return hold._replace(earliest_start=min(day_after(max(proofs)), hold.earliest_start))


def overtaken(hold: Hold, claim: Claim, claims: Sequence[Claim]) -> Hold:
    """A claim cut where another State begins within the date for which it is made (C4)."""
    if hold.end_known or "as_of" not in claim or is_moment_within(claim["as_of"]):
        return hold
    own = days(claim["as_of"])
    begins = [
        days(other["from"] if "from" in other else other["as_of"])
        for other in claims
        if set(other["value"]) != set(claim["value"])
        and hold_of(other) is not None
        and ("from" in other or "until" not in other)
    ]
    inside = [each for each in begins if max(own.first, hold.latest_start) < each.first <= own.last]
    if not inside:
        return hold
    return hold._replace(
        earliest_end=day_before(min(each.first for each in inside)),
        latest_end=min(each.last for each in (own, *inside)),
    )


def ends_before_founding(claims: Sequence[Claim], asked: str) -> bool:
    """Whether a date ends before the earliest founding, or the day of the founding participants."""
    foundings = [days(claim["value"]) for claim in claims if claim["property"] == "founded"]
    if not foundings:
        return False
    first, last = min((founding[0], founding[1]) for founding in foundings)
    for claim in claims:
        if claim["property"] == "founding_participants" and claim.get("as_of"):
            start, end = days(claim["as_of"])[:2]
            if first <= start and end <= last:
                first = start
                break
    return bool(days(asked)[1] < first)


def chair(claims: Sequence[Claim], asked: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Who was in the chair at some time in the date asked about.

    Args:
        claims: The claims of one record, as read from TOML.
        asked: A prefix date or an interval of two.

    Returns:
        The holders, each a sorted tuple of States and ``yes`` or ``possible``, in the order of
        the States; empty where no claim covers the date.
    """
    if ends_before_founding(claims, asked):
        return ()
    when = days(asked)
    chairs = [claim for claim in claims if claim["property"] == "chair"]
    holds = [
        overtaken(hold, claim, chairs)
        for claim in chairs
        if (hold := hold_of(claim)) and hold.states
    ]
    found: dict[tuple[str, ...], str] = {}
    for own in holds:
        hold = with_start(with_end(own, holds), holds)
        if hold.latest_start <= when.last and hold.earliest_end >= when.first:
            found[hold.states] = YES
        elif hold.earliest_start <= when.last and hold.latest_end >= when.first:
            found.setdefault(hold.states, POSSIBLE)
    return tuple(sorted(found.items()))
