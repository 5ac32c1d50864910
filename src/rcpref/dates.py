"""Prefix dates as intervals of days.

A date in the data is a prefix of an ISO 8601 date (``2013``, ``2013-05``,
``2013-05-22``) or an interval of two (``2013-06/2015-10-04``). It always means an
interval of whole days, first and last included, and never a point: ``2013`` is all
of 2013. Nothing here compares two dates as text.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from rcpref.errors import DateError, echo, not_of

FORMS = "2013, 2013-05, 2013-05-22, or two of them as in 2013-06/2015-10-04"

RANGES = "2010.., ..2012, 2024..2025, or one date"

_DAY = timedelta(days=1)


class Interval(NamedTuple):
    """Days from `first` to `last`, both included.

    Attributes:
        first: First day.
        last: Last day.
        text: The date as it was written.
    """

    first: date
    last: date
    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def said(self) -> str:
        """The date in a sentence: "in 2013-05", "on 2013-05-22"."""
        return f"{'on' if self.first == self.last else 'in'} {self.text}"

    @property
    def words(self) -> str:
        """The date as people write it: "May 2013", "22 May 2013", "20-21 May 2025", "2018-22"."""
        start, slash, end = self.text.partition("/")
        if not slash:
            return _words(start)
        one, other = start.split("-"), end.split("-")
        if len(one) == len(other) and one[:-1] == other[:-1]:
            # They differ in their last part alone: it is written twice, the rest once.
            if len(one) == 1:
                return f"{start}-{end[2:] if start[:2] == end[:2] else end}"
            if len(one) == 2:
                return f"{MONTHS[int(one[1]) - 1]} to {_words(end)}"
            return f"{int(one[2])}-{_words(end)}"
        if len(one) == len(other) == 3 and one[0] == other[0]:
            return f"{_words(start).rpartition(' ')[0]} to {_words(end)}"
        return f"{_words(start)} to {_words(end)}"

    @property
    def moment(self) -> str:
        """When something happened, for people: "in May 2013", "between 2018 and 2022"."""
        start, slash, end = self.text.partition("/")
        if slash:
            one, other = start.split("-"), end.split("-")
            shared = len(one) == len(other) > 1 and one[:-1] == other[:-1]
            # As in "between 25 and 29 July 2011".
            since = _words(start).split()[0] if shared else _words(start)
            return f"between {since} and {_words(end)}"
        return f"{'on' if self.first == self.last else 'in'} {_words(start)}"

    def overlaps(self, other: "Interval") -> bool:
        """Whether this interval and `other` have at least one day in common."""
        try:
            return self.first <= other.last and other.first <= self.last
        except AttributeError:
            raise _no_interval(other) from None

    def within(self, other: "Interval") -> bool:
        """Whether every day of this interval is a day of `other`."""
        try:
            return other.first <= self.first and self.last <= other.last
        except AttributeError:
            raise _no_interval(other) from None

    def before(self, other: "Interval") -> bool:
        """Whether this interval ends before `other` begins."""
        try:
            return self.last < other.first
        except AttributeError:
            raise _no_interval(other) from None

    def after(self, other: "Interval") -> bool:
        """Whether this interval begins after `other` ends."""
        try:
            return self.first > other.last
        except AttributeError:
            raise _no_interval(other) from None


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _words(text: str) -> str:
    """A prefix date as people write it."""
    year, *rest = text.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) == 2 else month


# Dates are compared so often that types are not looked at first.
def _no_interval(value: object) -> TypeError:
    return not_of(value, "an interval is what rcpref.parse_date and rcpref.when give")


def _prefix(text: str, whole: str) -> tuple[date, date]:
    parts = text.split("-")
    digits = all(part.isascii() and part.isdigit() for part in parts)
    if not digits or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        raise DateError(f"{echo(whole)} is not a date", f"write {FORMS}")
    year, *rest = map(int, parts)
    try:
        first = date(year, *[*rest, 1, 1][:2])
    except ValueError:
        raise DateError(f"{echo(whole)} is not in the calendar", f"write {FORMS}") from None
    if not rest or rest == [12]:
        return first, date(year, 12, 31)
    # The day before the next month begins.
    return first, first if rest[1:] else date(year, rest[0] + 1, 1) - _DAY


def parse_date(text: str) -> Interval:
    """Read a prefix date or an interval of two.

    Args:
        text: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, or two of them joined by ``/``.

    Returns:
        The interval from the first possible day to the last possible one.

    Raises:
        DateError: The text has another form, names a day that no calendar has, or
            its second date begins before its first one.
        TypeError: It is no text: a year has to be written ``"2013"``.

    >>> import rcpref
    >>> rcpref.parse_date("2013-02").last.isoformat()
    '2013-02-28'
    >>> rcpref.parse_date("2013-06/2015-10-04").first.isoformat()
    '2013-06-01'
    """
    if not isinstance(text, str):
        raise not_of(text, "a date is text such as '2013' or '2013-05'")
    return parse(text)


@lru_cache(maxsize=4096)
def parse(text: str) -> Interval:
    """The interval of a date that is known to be text."""
    start, slash, end = text.partition("/")
    first, last = _prefix(start, text)
    if slash:
        end_first, end_last = _prefix(end, text)
        if end_first < first:
            raise DateError(f"{echo(text)} ends before it begins", "put the earlier date first")
        last = max(last, end_last)
    return Interval(first, last, text)


def newest(dates: Iterable[str | None]) -> str | None:
    """The newest of some dates, as it is written; None where there is none."""
    known = [parse(date) for date in dates if date is not None]
    last = max(known, key=lambda date: (date.last, date.first), default=None)
    return last.text if last else None


def parse_range(text: str, forms: str = RANGES) -> Interval:
    """Read a range of dates, with an end that may be open, or one date."""
    start, dots, end = (part.strip() for part in text.partition(".."))
    if not start and not end:
        raise DateError(f"{echo(text)} has no date", f"write {forms}")
    try:
        first = parse(start).first if start else date.min
        last = parse(end if dots else start).last if end or not dots else date.max
    except DateError as error:
        raise DateError(error.message, f"write {forms}") from error
    if last < first:
        raise DateError(f"{echo(text)} ends before it begins", "put the earlier date first")
    return Interval(first, last, text)


def lasting(start: str, end: str | None) -> Interval:
    """All days from one date to another; those of `start` alone where `end` lies before it."""
    if end is None or end == start:
        return parse(start)
    try:
        return parse(f"{start.partition('/')[0]}/{end.rpartition('/')[2]}")
    except DateError:
        return parse(start)


def period(start: str | None, end: str | None) -> Interval | None:
    """First reading of `start` to last of `end`; an unknown side is that of the calendar."""
    if start is None and end is None:
        return None
    first = parse(start).first if start else date.min
    last = parse(end).last if end else date.max
    return Interval(first, max(first, last), f"{start or ''}..{end or ''}")
