"""What a record's claims say at a date, for properties other than membership and chair.

Two kinds of claims are told apart. A state of affairs (status, secretariat, a list)
holds until something newer is said; what happened (a meeting, a joining) stays true.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.dates import Interval, parse, parse_range, period
from rcpref.errors import UsageProblem, echo, only_text

if TYPE_CHECKING:
    from rcpref.model.records import Claim


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
    """The date that a text asks for.

    Args:
        text: A prefix date or an interval; ``today`` or ``now`` for the date of the data;
            None for what is last known.
        day: The date of the data.

    Raises:
        DateError: The text is no date.
        TypeError: It is no text.
    """
    if text is None:
        return AsOf(parse(day), True)
    today = str(text).strip().lower() in ("today", "now")
    return AsOf(parse(day if today else text))


UNITS = ("year", "month")
"""The steps from one date to another."""

MOST_DATES = 360
"""Steps, at most: thirty years by month."""


def dates_from(start: str, end: str, by: str, today: str) -> list[AsOf]:
    """The years or months from one date to another, both included.

    Args:
        start: Prefix date; its first year or month is the first.
        end: Prefix date; its last year or month is the last.
        by: One of `UNITS`.
        today: The date of the data, which ``today`` means.

    Raises:
        UsageProblem: No such unit, the end comes before the start, or they are too many.
        DateError: One of them is no date.
    """
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
        start_month, end_month = (
            each.year * 12 + each.month - 1 for each in (first.first, last.last)
        )
        months = (divmod(number, 12) for number in range(start_month, end_month + 1))
        texts = [f"{year:04}-{month + 1:02}" for year, month in months]
    if len(texts) > MOST_DATES:
        raise UsageProblem(f"{len(texts)} {by}s are too many", f"take at most {MOST_DATES}")
    return [AsOf(parse(text)) for text in texts]


_YEARS = "2003..2025, 2003.. for until the date of the data, or one year"


def years_of(text: str, today: str) -> list[AsOf]:
    """The years of a range as it is typed.

    Args:
        text: ``2003..2025``, ``2003..`` for until the date of the data, or one year.
        today: The date of the data.

    Raises:
        UsageProblem: It has no beginning, or too many years.
        DateError: It is no range of dates, or ends before it begins.
    """
    span = parse_range(only_text(text, "a range of years"), _YEARS)
    if span.first == date.min:
        raise UsageProblem(f"{echo(text)} has no first year", f"write {_YEARS}")
    last = parse(today).last if span.last == date.max else span.last
    if last < span.first:
        message = f"{echo(text)} begins after the date of the data, {today}"
        raise UsageProblem(message, f"write {_YEARS}")
    return dates_from(f"{span.first.year:04}", f"{last.year:04}", "year", today)


HAPPENINGS = frozenset(("attended", "member_joined", "member_left"))
"""Properties that tell what happened, beside all those of the type event."""


class AtDate(NamedTuple):
    """The claims of one property that speak of a date.

    Attributes:
        claims: The claims, in the order of the data.
        how: at (they hold at the date), last known (from before it), later (only from
            after it), undated; of what happens: dated.
        left: How many other claims there are.
    """

    claims: "tuple[Claim, ...]"
    how: str
    left: int


def when(claim: "Claim") -> Interval | None:
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
    if claim.as_of is not None:
        own = parse(claim.as_of)
        whole = period(claim.from_, claim.until)
        if whole is None:
            return own
        return Interval(min(own.first, whole.first), max(own.last, whole.last), claim.date)
    return period(claim.from_, claim.until)


def happens(key: str, type_: str) -> bool:
    """Whether the claims of a property tell what happened."""
    return type_ == "event" or key in HAPPENINGS


def at_date(claims: "Iterable[Claim]", asked: Interval, type_: str) -> AtDate:
    """The claims of one property that speak of a date.

    Args:
        claims: Claims with the same property.
        asked: The date.
        type_: Type of the property.

    Returns:
        For what happened: all claims that began by then, and the undated ones. For a
        state of affairs: the claims that hold at the date; if there are none, the
        newest before it; if there are none, the oldest after it; undated ones always.
    """
    every = list(claims)
    times = [(claim, when(claim)) for claim in every]
    if every and happens(every[0].property, type_):
        kept = [c for c, time in times if time is None or time.first <= asked.last]
        return AtDate(tuple(kept), "dated", len(every) - len(kept))
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
    return AtDate(tuple(kept), how, len(every) - len(kept))
