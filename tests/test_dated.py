"""What the claims on a property say at a date: examples, and rules that always hold."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcpref
from rcpref.answers.time import HAPPENINGS, AtDate, at_date, happens, when
from rcpref.dates import Interval, parse


def claim(
    value: str = "x",
    as_of: str | None = None,
    *,
    start: str | None = None,
    end: str | None = None,
    key: str = "status",
) -> rcpref.Claim:
    return rcpref.Claim("r", key, value, "s", as_of=as_of, from_=start, until=end)


def values(found: AtDate) -> list[object]:
    return [each.value for each in found.claims]


# Examples --------------------------------------------------------------------------------

HISTORY = (
    claim("undated"),
    claim("planned", "2003"),
    claim("active", "2010-05"),
    claim("also active", "2010"),
    claim("dormant", "2018-03"),
)


@pytest.mark.parametrize(("type_", "asked", "wanted", "how"), [
    # A state of affairs holds until something newer is said.
    ("choice", "1999", "undated, planned", "later"),
    ("choice", "2003-07", "undated, planned", "at"),
    ("choice", "2005", "undated, planned", "last known"),
    ("choice", "2010-05-22", "undated, active, also active", "at"),
    ("choice", "2010-06", "undated, also active", "at"),
    # The newest before it is the one of the longer date; the other overlaps that.
    ("choice", "2011", "undated, active, also active", "last known"),
    ("choice", "2018", "undated, dormant", "at"),
    ("choice", "2030", "undated, dormant", "last known"),
    ("choice", "2003/2018", "undated, planned, active, also active, dormant", "at"),
    # What happened stays true and is not told before it happens.
    ("event", "2002", "undated", "dated"),
    ("event", "2003-01-01", "undated, planned", "dated"),
    ("event", "2010-04", "undated, planned, also active", "dated"),
    ("event", "2010-05", "undated, planned, active, also active", "dated"),
    ("event", "2018-02", "undated, planned, active, also active", "dated"),
    ("event", "2030", "undated, planned, active, also active, dormant", "dated"),
])  # fmt: skip
def test_what_is_told_of_a_date(type_: str, asked: str, wanted: str, how: str) -> None:
    found = at_date(HISTORY, parse(asked), type_)
    assert (values(found), found.how) == (wanted.split(", "), how)


@pytest.mark.parametrize("key", sorted(HAPPENINGS))
def test_joining_leaving_and_attending_happen_whatever_their_type(key: str) -> None:
    found = at_date(
        [claim("a", "2003", key=key), claim("b", "2010", key=key)], parse("2005"), "states"
    )
    assert (values(found), found.how) == (["a"], "dated")
    assert happens(key, "states")


def test_other_properties_do_not_happen_unless_they_are_events() -> None:
    assert happens("meeting", "event")
    assert not happens("status", "choice")
    assert not happens("members", "states")


def test_nothing_claimed() -> None:
    assert at_date([], parse("2013"), "choice") == AtDate((), "undated")
    assert at_date([], parse("2013"), "event").claims == ()


def test_undated_claims_alone() -> None:
    found = at_date([claim("a"), claim("b")], parse("2013"), "choice")
    assert (values(found), found.how) == (["a", "b"], "undated")


@pytest.mark.parametrize(("given_", "first", "last"), [
    (claim(as_of="2013"), "2013-01-01", "2013-12-31"),
    (claim(start="2013", end="2014-02"), "2013-01-01", "2014-02-28"),
    (claim(start="2013-05"), "2013-05-01", "9999-12-31"),
    (claim(end="2013-05"), "0001-01-01", "2013-05-31"),
    # A proof outside the term that the claim states widens it.
    (claim(as_of="2012", start="2013", end="2014"), "2012-01-01", "2014-12-31"),
    (claim(as_of="2013-06", start="2013", end="2014"), "2013-01-01", "2014-12-31"),
    (claim(as_of="2013-06/2015-10-04"), "2013-06-01", "2015-10-04"),
])  # fmt: skip
def test_the_time_of_a_claim(given_: rcpref.Claim, first: str, last: str) -> None:
    time = when(given_)
    assert time is not None
    assert (time.first.isoformat(), time.last.isoformat()) == (first, last)


def test_an_undated_claim_has_no_time() -> None:
    assert when(claim()) is None


# Rules -----------------------------------------------------------------------------------

YEARS = st.integers(1990, 2030)


@st.composite
def prefixes(draw: st.DrawFn) -> str:
    """A date of any precision."""
    text = f"{draw(YEARS):04}"
    for low, high in ((1, 12), (1, 28)):
        if not draw(st.booleans()):
            break
        text += f"-{draw(st.integers(low, high)):02}"
    return text


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """A date, or an interval of two."""
    one = draw(prefixes())
    if draw(st.integers(0, 3)):
        return one
    two = draw(prefixes())
    early, late = sorted((one, two), key=lambda text: (parse(text).first, parse(text).last))
    return f"{early}/{late}"


@st.composite
def claims(draw: st.DrawFn) -> list[rcpref.Claim]:
    """Claims with one property: undated ones, dates, terms open or closed, with doubles."""
    key = draw(st.sampled_from(("status", "members", "member_joined", "attended")))
    found = []
    for _ in range(draw(st.integers(0, 7))):
        as_of = draw(st.none() | intervals())
        start = end = None
        if draw(st.integers(0, 3)) == 0:
            start, end = draw(st.none() | prefixes()), draw(st.none() | prefixes())
            if start and end and parse(end).last < parse(start).first:
                start, end = end, start
        found.append(claim(draw(st.sampled_from("abc")), as_of, start=start, end=end, key=key))
    return found


TYPES = st.sampled_from(("choice", "states", "event", "text"))


@given(claims(), intervals(), TYPES)
def test_no_undated_claim_is_lost_and_the_order_stays(
    every: list[rcpref.Claim], asked: str, type_: str
) -> None:
    found = at_date(every, parse(asked), type_)
    left = iter(every)
    assert all(any(each is other for other in left) for each in found.claims)
    undated = [each for each in every if when(each) is None]
    assert [each for each in found.claims if when(each) is None] == undated
    # Where something is claimed, something is told of any date; what happens may be later.
    assert found.claims or not every or found.how == "dated"


@given(claims(), intervals(), st.sampled_from(("choice", "states", "text")))
def test_what_holds_at_the_date_is_told_all_of_it_and_nothing_else(
    every: list[rcpref.Claim], asked: str, type_: str
) -> None:
    if every and every[0].property in HAPPENINGS:
        return
    day = parse(asked)
    times = [(each, time) for each in every if (time := when(each))]
    chosen = [time for each in at_date(every, day, type_).claims if (time := when(each))]
    how = at_date(every, day, type_).how
    overlapping = [time for _, time in times if time.overlaps(day)]
    before = [time for _, time in times if time.before(day)]
    if overlapping:
        assert how == "at"
        assert chosen == overlapping
    elif before:
        assert how == "last known"
        assert all(time.before(day) for time in chosen)
        assert max(time.last for time in chosen) == max(time.last for time in before)
        # Nothing that was over when the newest began.
        newest = max(chosen, key=lambda time: (time.last, time.first))
        assert all(time.overlaps(newest) for time in chosen)
    elif times:
        assert how == "later"
        assert all(time.after(day) for time in chosen)
        assert min(time.first for time in chosen) == min(time.first for _, time in times)
    else:
        assert how == "undated"


@given(claims(), intervals())
def test_what_happens_never_lies_in_the_future_of_the_date(
    every: list[rcpref.Claim], asked: str
) -> None:
    day = parse(asked)
    found = at_date(every, day, "event")
    for each in found.claims:
        time = when(each)
        assert time is None or time.first <= day.last
    for each in every:
        time = when(each)
        if time is not None and time.first <= day.last:
            assert each in found.claims


@given(claims(), intervals(), intervals())
def test_what_has_happened_is_never_undone(every: list[rcpref.Claim], one: str, two: str) -> None:
    early, late = sorted((parse(one), parse(two)), key=lambda day: day.last)
    earlier = at_date(every, early, "event").claims
    later = at_date(every, late, "event").claims
    assert all(each in later for each in earlier)


@given(claims(), intervals(), TYPES, st.randoms())
def test_the_order_of_the_claims_does_not_decide(
    every: list[rcpref.Claim], asked: str, type_: str, random: Random
) -> None:
    shuffled = list(every)
    random.shuffle(shuffled)
    one, two = (at_date(each, parse(asked), type_) for each in (every, shuffled))
    assert sorted(map(repr, one.claims)) == sorted(map(repr, two.claims))
    assert one.how == two.how


@given(intervals())
def test_a_date_is_never_a_point(text: str) -> None:
    day = parse(text)
    assert isinstance(day, Interval)
    assert date(1990, 1, 1) <= day.first <= day.last <= date(2030, 12, 31)
