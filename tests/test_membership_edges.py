"""The edges of the rules on membership and chair, on claims made for each of them."""

from typing import Any

import pytest

import rcpref
from rcpref.answers.membership import Answer, Holder, chairs_at, member_at, states_named
from rcpref.dates import parse


def record(*claims: dict[str, Any]) -> rcpref.Record:
    """A record with these claims; what they leave out is filled in."""
    made = tuple(
        rcpref.Claim("test", **{"source": f"s{place}", "property": "members", **claim})
        for place, claim in enumerate(claims, 1)
    )
    return rcpref.Record("test", "process", "Test Process", "Test", claims=made)


def listed(*states: str, at: str | None = None, **more: Any) -> dict[str, Any]:
    return {"value": states, "as_of": at, "complete": True, **more}


def event(state: str, at: str, joined: bool = True) -> dict[str, Any]:
    return {
        "property": "member_joined" if joined else "member_left",
        "value": (state,),
        "as_of": at,
    }


def founded(at: str) -> dict[str, Any]:
    return {"property": "founded", "value": at}


def chair(*states: str, **dates: str) -> dict[str, Any]:
    return {"property": "chair", "value": states, **dates}


def asked(date: str, *claims: dict[str, Any], state: str = "KEN") -> Answer:
    return member_at(record(*claims), state, parse(date))


def said(date: str, *claims: dict[str, Any], state: str = "KEN") -> tuple[str, str | None, str]:
    return asked(date, *claims, state=state)[:3]


# Carried over years -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("list_at", "date", "answer"),
    [
        ("2003-05-10", "2013-05-10", "yes"),
        ("2003-05-10", "2013-05-11", "possible"),
        ("2003", "2013-12-31", "yes"),
        ("2003", "2014-01-01", "possible"),
        ("2013-05-10", "2003-05-10", "yes"),
        ("2013-05-10", "2003-05-09", "possible"),
        ("2004-02-29", "2014-02-28", "yes"),
        ("2004-02-29", "2014-03-01", "possible"),
        # Ten years from there no calendar has a date: nothing is too far.
        ("9995", "9999", "yes"),
        ("9989-05-10", "9999-05-10", "yes"),
        ("9989-05-10", "9999-05-11", "possible"),
    ],
)
def test_a_list_is_carried_over_ten_years_to_the_day(list_at: str, date: str, answer: str) -> None:
    assert asked(date, listed("KEN", at=list_at)).answer == answer


@pytest.mark.parametrize(
    ("second", "list_at", "date", "answer"),
    [
        ("2005-05-10", "2005-05-10", "2003", "possible"),
        ("2005-05-10", "2005-05-09", "2003", "yes"),
        ("2005-05-10", "2010", "2005-05-10", "yes"),
        ("2005-05-10", "2010", "2005-05-09", "possible"),
    ],
)
def test_a_yes_is_not_carried_back_over_one_of_several_foundings(
    second: str, list_at: str, date: str, answer: str
) -> None:
    found = asked(date, founded("2000"), founded(second), listed("KEN", at=list_at))
    assert found.answer == answer
    assert ("by one account" in found.reason) == (answer == "possible")


# Lists at some time in an interval ------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        # Between the list that says no and the moment of the other.
        ("2013-04", "possible"),
        ("2013-05", "possible"),
        ("2013-06", "possible"),
        ("2013-08", "possible"),
        ("2013-09", "yes"),
        ("2013", "yes"),
    ],
)
def test_a_list_of_some_time_in_an_interval(date: str, answer: str) -> None:
    """It was true at one moment from May to August; the one of 2012 says no."""
    claims = (listed("PER", at="2012"), listed("KEN", at="2013-05/2013-08"))
    assert asked(date, *claims).answer == answer


# Lists and events of one date -----------------------------------------------------------


def test_lists_of_the_same_date_that_differ() -> None:
    one, two = listed("KEN", at="2013"), listed("PER", at="2013")
    words = "in the list of 2013; not in the list of 2013, for the same time"
    assert said("2013", one, two) == ("disputed", "listed", words)
    marked = listed("KEN", at="2013", disputed=("KEN",))
    words = "not in the list of 2013; marked as disputed in the list of 2013"
    assert said("2013", two, marked) == ("disputed", "listed", words)


def test_a_joining_and_a_leaving_within_the_date() -> None:
    found = said("2013", event("KEN", "2013-02"), event("KEN", "2013-10", joined=False))
    assert found == ("yes", "event", "joined 2013-02; left 2013-10")


def test_of_several_joinings_the_nearest_is_told() -> None:
    lists = (listed("KEN", at="2010"), listed("KEN", at="2012"))
    found = asked("2011", event("KEN", "2001"), event("KEN", "2009"), *lists)
    assert found[:3] == ("yes", "between", "in the lists of 2010 and 2012; joined 2009")
    without = (listed("PER", at="2010"), listed("PER", at="2012"))
    found = asked("2011", event("KEN", "2018"), event("KEN", "2015"), *without)
    assert found[:3] == ("no", "between", "not in the lists of 2010 and 2012; joined 2015")


# Undated lists --------------------------------------------------------------------------


def test_undated_lists_alone_answer() -> None:
    assert said("2013", listed("KEN")) == ("yes", "undated", "in an undated list")
    assert said("2013", listed("PER")) == ("no", "undated", "not in an undated list")
    disputed = listed("KEN", disputed=("KEN",))
    assert said("2013", disputed) == ("disputed", "undated", "disputed in an undated list")
    assert said("2013", listed("KEN"), listed("KEN", "PER")) == (
        "yes",
        "undated",
        "in 2 undated lists",
    )
    both = asked("2013", listed("KEN"), listed("PER"))
    assert both[:3] == ("disputed", "undated", "undated lists contradict each other")
    assert [claim.source for claim in both.rests_on] == ["s1", "s2"]


def test_an_undated_list_beside_dated_ones() -> None:
    dated = listed("KEN", at="2012")
    assert said("2013", dated, listed("PER")) == (
        "possible",
        "carried",
        "last listed 2012; not in an undated list",
    )
    assert said("2013", dated, listed("KEN", disputed=("KEN",))) == (
        "possible",
        "carried",
        "last listed 2012; disputed in an undated list",
    )
    without = listed("PER", at="2012")
    assert said("2013", without, listed("KEN"))[2].endswith("; in an undated list")
    # Two dated lists that agree are not put in doubt.
    assert asked("2013", dated, listed("KEN", at="2011"), listed("PER")).answer == "yes"


def test_what_nobody_speaks_of() -> None:
    partial = listed("PER", at="2012", complete=False)
    breaks_off = "not among the names read; the list is incomplete"
    assert said("2013", partial) == ("unknown", None, breaks_off)
    assert said("2013") == ("unknown", None, "no list is known")
    assert said("2013", listed("KEN"), partial) == (
        "possible",
        "undated",
        "in an undated list; the dated ones are silent",
    )


def test_a_dated_list_that_is_silent_beside_an_undated_one_without_the_state() -> None:
    """A list of the days on which it joined says nothing of it, nor does a joining of 2013."""
    found = asked("2013", listed("PER"), listed("PER", at="2012", complete=False))
    assert (found.answer, found.rests_on) == ("unknown", ())


# The chair -----------------------------------------------------------------------------


def chairs(date: str, *claims: dict[str, Any]) -> list[Holder]:
    return chairs_at(record(*claims), parse(date))


def spoken(date: str, *claims: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [("+".join(h.states), *h[1:4]) for h in chairs(date, *claims)]


@pytest.mark.parametrize(
    ("date", "answer"), [("2013-06", "possible"), ("2013-05/2013-08", "yes"), ("2013", "yes")]
)
def test_a_mention_at_some_time_in_an_interval(date: str, answer: str) -> None:
    mention = chair("AUS", as_of="2013-05/2013-08")
    assert spoken(date, mention) == [("AUS", answer, "listed", "named in 2013-05/2013-08")]


def test_a_mention_holds_in_all_of_its_date() -> None:
    mention = chair("AUS", as_of="2013")
    assert spoken("2013-06", mention) == [("AUS", "yes", "listed", "named in 2013")]
    assert spoken("2012", mention) == []


@pytest.mark.parametrize(
    ("term", "date", "answer", "words"),
    [
        ({"from_": "2012", "until": "2014"}, "2013-05", "yes", "from 2012 until 2014"),
        ({"from_": "2012", "until": "2014"}, "2012-05", "possible", "from 2012 until 2014"),
        ({"from_": "2012", "until": "2014"}, "2014-05", "possible", "from 2012 until 2014"),
        ({"from_": "2012", "until": "2014"}, "2012-12-31", "yes", "from 2012 until 2014"),
        ({"from_": "2012", "until": "2014"}, "2014-01-01", "yes", "from 2012 until 2014"),
        ({"from_": "2021", "until": "2021"}, "2021", "yes", "from 2021 until 2021"),
        ({"from_": "2021", "until": "2021"}, "2021-05", "possible", "from 2021 until 2021"),
        ({"from_": "2013"}, "2013-05", "possible", "from 2013"),
        ({"until": "2013"}, "2013-05", "possible", "until 2013"),
    ],
)
def test_a_term_and_its_margins(term: dict[str, str], date: str, answer: str, words: str) -> None:
    (found,) = chairs(date, chair("AUS", **term))
    assert (found.states, found.answer, found.basis) == (("AUS",), answer, "listed")
    assert found.reason == f"in the chair {words}"
    assert [claim.source for claim in found.rests_on] == ["s1"]


def test_a_term_of_which_only_the_end_is_known() -> None:
    ended = chair("AUS", until="2013-05-10")
    assert spoken("2012", ended) == [
        ("AUS", "possible", "carried", "in the chair until 2013-05-10")
    ]
    assert [claim.source for claim in chairs("2012", ended)[0].rests_on] == ["s1"]
    assert spoken("2013-05-10", ended)[0][:2] == ("AUS", "yes")
    assert spoken("2013-05-11", ended) == []
    # It reaches back to the last proof of another, and no further.
    before = chair("PER", as_of="2011-03-04")
    assert [h.states for h in chairs("2011-03-04", before, ended)] == [("PER",)]
    assert ("AUS",) in [h.states for h in chairs("2011-03-05", before, ended)]


def test_an_open_term_up_to_the_next_claim() -> None:
    one, two = chair("AUS", from_="2010-01-05"), chair("IDN", "AUS", as_of="2012")
    assert spoken("2010-01-05", one, two)[0][:2] == ("AUS", "yes")
    assert spoken("2011", one, two) == [
        (
            "AUS",
            "possible",
            "carried",
            "in the chair from 2010-01-05; next AUS, IDN, named in 2012",
        )
    ]
    assert spoken("2011", one) == [
        ("AUS", "possible", "carried", "in the chair from 2010-01-05; no later claim on the chair")
    ]


def test_two_mentions_of_one_state() -> None:
    one, two = chair("AUS", as_of="2010"), chair("AUS", as_of="2012")
    assert spoken("2011", one, two) == [
        ("AUS", "yes", "between", "named in 2010; again named in 2012")
    ]
    assert [claim.source for claim in chairs("2011", one, two)[0].rests_on] == ["s1", "s2"]


def test_a_mention_within_a_closed_term_proves_it_up_to_its_day() -> None:
    """The margin of the end is certain up to the last mention in it, the last day included."""
    term = chair("AUS", from_="2012", until="2014")
    assert spoken("2014-03", term)[0][1] == "possible"
    for mention, date, answer in (
        ("2014-06-01", "2014-03", "yes"),
        ("2014-06-01", "2014-07", "possible"),
        ("2014-12-31", "2014-12-31", "yes"),
    ):
        found = chairs(date, term, chair("AUS", as_of=mention))
        assert [(h.states, h.answer) for h in found] == [(("AUS",), answer)], (mention, date)


def test_a_term_that_ends_before_it_begins_says_nothing() -> None:
    assert chairs("2013", chair("AUS", from_="2014", until="2012")) == []
    assert chairs("2013", chair("AUS")) == []


# Names ---------------------------------------------------------------------------------


def test_states_are_named_by_lists_of_their_capacity_and_by_events_of_members() -> None:
    found = record(
        listed("PER", at="2012"),
        event("KEN", "2013"),
        {**listed("FRA", at="2012"), "property": "observers"},
        listed("CHL", at="2012", disputed=("VEN",)),
    )
    assert states_named(found) == ["CHL", "KEN", "PER", "VEN"]
    assert states_named(found, "observers") == ["FRA"]


def test_a_joining_explains_an_undated_list_and_a_leaving_does() -> None:
    later = event("KEN", "2015")
    before = asked("2013", listed("PER", at="2012"), listed("KEN", "PER"), later)
    assert before.answer == "no"
    assert "joined 2015" in before.reason
