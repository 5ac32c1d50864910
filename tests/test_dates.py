"""Prefix dates are intervals of days: examples, errors, and laws against the calendar."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import cases
from rcpref.dates import Interval, parse, period
from rcpref.errors import DateError, UsageProblem
from rcpref.model.records import Claim

years = st.integers(1, 9999)
months = st.integers(1, 12)
days = st.dates()


@st.composite
def prefixes(draw: st.DrawFn) -> str:
    """A year, a month or a day."""
    return str(draw(days))[: draw(st.sampled_from((4, 7, 10)))]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A prefix date or an interval of two, the earlier beginning first."""
    one, two = draw(prefixes()), draw(prefixes())
    if draw(st.booleans()):
        return one
    earlier, later = sorted((one, two), key=lambda text: parse(text).first)
    return f"{earlier}/{later}"


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2013", "2013-01-01", "2013-12-31"),
    ("2013-05", "2013-05-01", "2013-05-31"),
    ("2013-05-22", "2013-05-22", "2013-05-22"),
    ("2013-02", "2013-02-01", "2013-02-28"),
    ("2012-02", "2012-02-01", "2012-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2000-02", "2000-02-01", "2000-02-29"),
    ("2016-02-29", "2016-02-29", "2016-02-29"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("2013-05-22/2013-05-23", "2013-05-22", "2013-05-23"),
    ("2013-06/2015-10-04", "2013-06-01", "2015-10-04"),
    ("2013/2014-02", "2013-01-01", "2014-02-28"),
    ("2013/2013", "2013-01-01", "2013-12-31"),
    ("2013/2013-01", "2013-01-01", "2013-12-31"),
])  # fmt: skip
def test_examples(text: str, first: str, last: str) -> None:
    interval = parse(text)
    assert (interval.first.isoformat(), interval.last.isoformat()) == (first, last)
    assert interval.text == str(interval) == text


@pytest.mark.parametrize(("text", "message"), cases({
    "is not a date": ["", " ", "now", "13", "213", "20135", "2013-5", "2013-005", "2013-05-2",
        "2013-05-022", "2013-05-22-01", "2013-", "-2013", "-013", "+013", "2013--1", "2013-+5",
        "2013-0x", "2013-w1", "2013.5", "20130522", "2013/05/22", "22-05-2013", " 2013", "2013 ",
        "2013\n", "2013-05-22T00:00", "2013\N{EN DASH}05", "٢٠١٣", "２０１３", "201³", "1_00", "/",
        "2013/", "/2013", "2013/2014/2015", "2013 / 2014", "2013..2014"],
    "is not in the calendar": ["0000", "2013-00", "2013-13", "2013-05-00", "2013-05-32",
        "2013-04-31", "2013-02-29", "1900-02-29", "2013/2014-13"],
    "ends before it begins": ["2014/2013", "2013-06/2013-05", "2013-05-23/2013-05-22",
        "2014-01/2013"],
}))  # fmt: skip
def test_errors(text: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    error = caught.value
    assert isinstance(error, ValueError)
    assert isinstance(error, UsageProblem)
    assert error.exit_code == 2
    assert error.message == f"{text!r} {message}" == str(error)
    assert error.hint


# Against the calendar of the standard library ------------------------------------------


@given(years)
def test_a_year_is_all_its_days(year: int) -> None:
    interval = parse(f"{year:04}")
    assert interval.first == date(year, 1, 1)
    assert interval.last == date(year, 12, 31)
    length = (interval.last - interval.first).days + 1
    assert length == 365 + calendar.isleap(year)


@given(years, months)
def test_a_month_is_all_its_days(year: int, month: int) -> None:
    interval = parse(f"{year:04}-{month:02}")
    assert interval.first == date(year, month, 1)
    assert interval.last == date(year, month, calendar.monthrange(year, month)[1])


@given(days)
def test_a_day_is_itself(day: date) -> None:
    interval = parse(day.isoformat())
    assert interval.first == interval.last == day


@given(years)
def test_29_february_is_there_in_leap_years_alone(year: int) -> None:
    text = f"{year:04}-02-29"
    if calendar.isleap(year):
        assert parse(text).first == date(year, 2, 29)
    else:
        with pytest.raises(DateError, match="not in the calendar"):
            parse(text)


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_read_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        wanted = date(year, month, day)
    except ValueError:
        with pytest.raises(DateError, match="not in the calendar"):
            parse(text)
    else:
        assert parse(text).first == wanted


@given(days)
def test_a_day_is_in_its_month_and_that_in_its_year(day: date) -> None:
    text = day.isoformat()
    whole_day, month, year = parse(text), parse(text[:7]), parse(text[:4])
    assert whole_day.within(month)
    assert month.within(year)
    assert whole_day.within(year)
    assert not month.within(whole_day)
    assert not year.within(month)
    for one in (whole_day, month, year):
        assert one.within(one)
        assert all(one.overlaps(other) for other in (whole_day, month, year))


@given(st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 30)))
def test_neighbouring_days_do_not_overlap(day: date) -> None:
    before, here, after = (parse((day + timedelta(days=step)).isoformat()) for step in (-1, 0, 1))
    assert before.before(here)
    assert after.after(here)
    assert not before.overlaps(here)
    assert not here.overlaps(after)


# Laws ----------------------------------------------------------------------------------


@given(texts(), texts())
def test_just_one_of_before_after_and_overlaps(one: str, two: str) -> None:
    a, b = parse(one), parse(two)
    assert [a.before(b), a.after(b), a.overlaps(b)].count(True) == 1
    assert a.overlaps(b) == b.overlaps(a)
    assert a.before(b) == b.after(a)


@given(texts(), texts())
def test_to_overlap_is_to_share_a_day(one: str, two: str) -> None:
    a, b = parse(one), parse(two)
    first, last = max(a.first, b.first), min(a.last, b.last)
    assert a.overlaps(b) == (first <= last)
    if a.within(b):
        assert a.overlaps(b)
        assert (first, last) == (a.first, a.last)


@given(texts(), texts(), texts())
def test_what_is_within_what_is_within(one: str, two: str, three: str) -> None:
    a, b, c = parse(one), parse(two), parse(three)
    if a.within(b) and b.within(c):
        assert a.within(c)
    if a.within(b) and b.before(c):
        assert a.before(c)
    if a.within(b) and b.within(a):
        assert a[:2] == b[:2]


@given(prefixes(), prefixes())
def test_an_interval_covers_both_and_is_not_reversed(one: str, two: str) -> None:
    a, b = parse(one), parse(two)
    if b.first < a.first:
        with pytest.raises(DateError, match="ends before it begins"):
            parse(f"{one}/{two}")
        return
    whole = parse(f"{one}/{two}")
    assert a.within(whole)
    assert b.within(whole)
    assert whole.first == a.first
    assert whole.last == max(a.last, b.last)


@given(texts())
def test_an_interval_ends_no_earlier_than_it_begins(text: str) -> None:
    interval = parse(text)
    assert interval.first <= interval.last
    assert interval.text == text
    assert parse(text) == interval


# Near dates, so that some are dates and most are not quite.
near_dates = st.one_of(
    st.text(),
    st.text("0123456789-/", max_size=22),
    st.from_regex(r"\A\d{3,5}(-\d{1,3}){0,3}(/\d{3,5}(-\d{1,3}){0,3})?\Z"),
)


@given(near_dates)
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        interval = parse(text)
    except DateError as error:
        assert error.hint
        assert repr(text) in error.message
    else:
        assert interval.first <= interval.last
        assert set(text) <= set("0123456789-/")
        assert interval.first.isoformat().startswith(text.partition("/")[0])


# Periods -------------------------------------------------------------------------------


def test_a_period_without_ends_is_none() -> None:
    assert period(None, None) is None


@given(st.one_of(st.none(), prefixes()), st.one_of(st.none(), prefixes()))
def test_a_period_reaches_as_far_as_it_can(start: str | None, end: str | None) -> None:
    found = period(start, end)
    if found is None:
        assert start is end is None
        return
    assert isinstance(found, Interval)
    assert found.first == (parse(start).first if start else date.min)
    if end is None:
        assert found.last == date.max
    elif parse(end).last >= found.first:
        assert found.last == parse(end).last
    assert found.first <= found.last


@given(st.one_of(st.none(), prefixes()), st.one_of(st.none(), prefixes()))
def test_a_period_is_written_as_in_references(start: str | None, end: str | None) -> None:
    found = period(start, end)
    if found is not None:
        claim = Claim("x", "chair", ("PER",), "y", from_=start, until=end)
        assert str(found) == claim.date


@pytest.mark.parametrize("text", ["2013-13", "now"])
def test_a_period_of_bad_dates_is_a_date_error(text: str) -> None:
    for start, end in ((text, None), (None, text), ("2013", text), (text, "2013")):
        with pytest.raises(DateError):
            period(start, end)
