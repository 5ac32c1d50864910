"""The dates that questions are asked for, and when a claim holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.dates import Interval, parse, parse_date, parse_range, period
from rcpref.errors import UsageProblem, echo, not_of, only_text
from rcpref.fields import Fields

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


class AsOf(NamedTuple):
    """The date that a question is asked for.

    Attributes:
        date: The date.
        last_known: Whether nobody asked for a date: then `date` is that of the data, and the
            answer is what was last known by then, with no promise that it still holds.
    """

    date: Interval
    last_known: bool = False

    @property
    def text(self) -> str | None:
        """The date as it was asked for; None where nobody asked for one."""
        return None if self.last_known else self.date.text


def as_of(text: str | None, day: str) -> AsOf:
    """The date that a text asks for."""
    if text is None:
        return AsOf(parse(day), True)
    asked = parse_date(day if str(text).strip().lower() in ("today", "now") else text)
    return AsOf(asked)


UNITS = ("year", "month")

MOST_DATES = 360  # steps, at most: thirty years by month


def dates_from(start: str, end: str, by: str, today: str) -> list[AsOf]:
    """The years or months from one date to another, both included."""
    for text in (start, end):
        only_text(text, "a date")
    if only_text(by, "a unit") not in UNITS:
        raise UsageProblem(f"no unit {echo(by)}", f"units: {', '.join(UNITS)}")
    first, last = as_of(start, today).date, as_of(end, today).date
    if last.last < first.first:
        raise UsageProblem(f"{last.text} comes before {first.text}", "put the earlier date first")
    if by == "year":
        texts = [f"{year:04}" for year in range(first.first.year, last.last.year + 1)]
    else:
        begun, over = (each.year * 12 + each.month - 1 for each in (first.first, last.last))
        months = (divmod(number, 12) for number in range(begun, over + 1))
        texts = [f"{year:04}-{month + 1:02}" for year, month in months]
    if len(texts) > MOST_DATES:
        raise UsageProblem(f"{len(texts)} {by}s are too many", f"give at most {MOST_DATES}")
    return [AsOf(parse(text)) for text in texts]


_YEARS = "2003..2025, 2003.. (up to the date of the data), or one year"


def years_of(text: str, today: str) -> list[AsOf]:
    """The years of a range as it is typed."""
    span = parse_range(only_text(text, "a range of years"), _YEARS)
    if span.first == date.min:
        raise UsageProblem(f"{echo(text)} has no first year", f"write {_YEARS}")
    last = parse(today).last if span.last == date.max else span.last
    if last < span.first:
        message = f"{echo(text)} begins after the date of the data, {today}"
        raise UsageProblem(message, f"write {_YEARS}")
    return dates_from(f"{span.first.year:04}", f"{last.year:04}", "year", today)


# When a claim holds, and what the claims of a property say at a date ------------------
# Two kinds of claims are told apart. A state of affairs (status, secretariat, a list)
# holds until something newer is said; what happened (a meeting, a joining) stays true.
# Who is a member and who has the chair is answered by rules of their own.


HAPPENINGS = frozenset(("attended", "member_joined", "member_left"))
"""Properties that tell what happened, beside all those of the type event."""

NEXT_MEETING = "next_meeting"  # the property of a meeting that is announced, not held

ENDED = "ended"  # the property that dates an end, and the status after it


class AtDate(Fields):
    """The claims of one property that speak of a date, and how."""

    claims: tuple[Claim, ...]
    how: str  # at, last known, later (than the date), undated; of what happens: dated


def when(claim: Claim) -> Interval | None:
    """The time that a claim can speak of.

    Args:
        claim: The claim.

    Returns:
        The interval from its earliest day to its last possible one; where an end is not
        known, to that of the calendar. None if it is undated.

    >>> import rcpref
    >>> joined = rcpref.load()["colombo-process"].claims_of("member_joined")
    >>> [(claim.value, rcpref.when(claim).text) for claim in joined]
    [(('AFG',), '2005-09'), (('KHM',), '2016-08-25')]
    """
    try:
        day, whole = claim.as_of, period(claim.from_, claim.until)
    except AttributeError:
        raise not_of(claim, "a claim is one of Dataset.claims") from None
    if day is None:
        return whole
    own = parse(day)
    if whole is None:
        return own
    return Interval(min(own.first, whole.first), max(own.last, whole.last), claim.date)


def happens(key: str, type_: str) -> bool:
    """Whether the claims of a property tell what happened."""
    return type_ == "event" or key in HAPPENINGS


def at_date(claims: Iterable[Claim], asked: Interval, type_: str) -> AtDate:
    """The claims of one property that speak of a date.

    For what happened: all claims that began by then, and the undated ones. For a
    state of affairs: the claims that hold at the date; if there are none, the
    newest before it; if there are none, the oldest after it; undated ones always.
    """
    times = [(claim, when(claim)) for claim in claims]
    if times and happens(times[0][0].property, type_):
        kept = [c for c, time in times if time is None or time.first <= asked.last]
        return AtDate(tuple(kept), "dated")
    dated = [(claim, time) for claim, time in times if time is not None]
    how = "undated"
    chosen: list[Claim] = []
    if at := [claim for claim, time in dated if time.overlaps(asked)]:
        how, chosen = "at", at
    elif before := [(claim, time) for claim, time in dated if time.before(asked)]:
        newest = max(before, key=lambda pair: (pair[1].last, pair[1].first))[1]
        how, chosen = "last known", [c for c, time in before if time.overlaps(newest)]
    elif dated:
        oldest = min(dated, key=lambda pair: (pair[1].first, pair[1].last))[1]
        how, chosen = "later", [c for c, time in dated if time.overlaps(oldest)]
    kept = [claim for claim, time in times if time is None or claim in chosen]
    return AtDate(tuple(kept), how)


def property_at(record: Record, key: str, as_of: AsOf, type_: str) -> AtDate:
    """The claims of one property of a record that speak of a date; of a status, the end alone."""
    every, asked = record.claims_of(key), as_of.date
    if key == NEXT_MEETING and as_of.last_known:
        # Its date is still to come: that of the announcement is not a part of the claim.
        return AtDate(every, "dated")
    if key != "status":
        return at_date(every, asked, type_)
    # Before the end, the end says nothing yet; after it, what was before is history.
    come = (c for c in every if c.value != ENDED or as_of.last_known or _has_come(c, record, asked))
    found = at_date(come, asked, type_)
    end = tuple(claim for claim in found.claims if claim.value == ENDED)
    return AtDate(end or found.claims, found.how)


def _has_come(status: Claim, record: Record, asked: Interval) -> bool:
    """Whether a status "ended" speaks of a date; an undated one follows all other statuses."""
    ends = [parse(str(claim.value)) for claim in record.claims_of(ENDED)]
    if not ends and (time := when(status)):
        ends = [time]
    if ends:
        return not any(map(asked.before, ends))
    dates = [claim.as_of for claim in record.claims_of("status") if claim.value != ENDED]
    return all(asked.last > parse(day).last for day in (status.not_before, *dates) if day)
