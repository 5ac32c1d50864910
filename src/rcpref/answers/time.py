"""The dates that questions are asked for: one, or the years or months of a range."""

from datetime import date
from typing import NamedTuple

from rcpref.dates import Interval, parse, parse_date, parse_range
from rcpref.errors import UsageProblem, echo, only_text


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
"""The steps from one date to another."""

MOST_DATES = 360
"""Steps, at most: thirty years by month."""


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
    """The years of a range as it is typed."""
    span = parse_range(only_text(text, "a range of years"), _YEARS)
    if span.first == date.min:
        raise UsageProblem(f"{echo(text)} has no first year", f"write {_YEARS}")
    last = parse(today).last if span.last == date.max else span.last
    if last < span.first:
        message = f"{echo(text)} begins after the date of the data, {today}"
        raise UsageProblem(message, f"write {_YEARS}")
    return dates_from(f"{span.first.year:04}", f"{last.year:04}", "year", today)
