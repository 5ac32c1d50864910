"""What counts as a disagreement of sources, and what does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcpref
from rcpref.answers import disputes as asking
from rcpref.answers.disputes import Dispute, disputes_in

TYPES = {
    "founded": "date",
    "status": "choice",
    "members_count": "integer",
    "members": "states",
    "observers": "states",
    "meeting_participants": "states",
    "member_joined": "states",
    "chair": "states",
    "next_chair": "states",
    "region": "text",
    "topics": "texts",
    "meeting": "event",
}


def claim(key: str, value: Any, source: str, **more: Any) -> rcpref.Claim:
    return rcpref.Claim("r", key, value, source, **more)


def record(*claims: rcpref.Claim) -> rcpref.Record:
    return rcpref.Record("r", "process", "R", "R", claims=claims)


def disputes(*claims: rcpref.Claim) -> list[Dispute]:
    return disputes_in(record(*claims), TYPES.__getitem__)


def sources(found: list[Dispute]) -> list[list[str]]:
    return [[each.source for each in dispute.claims] for dispute in found]


# What contradicts ------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "two", "disagree"), [
    # Different days, one within the other: the same thing, told more or less precisely.
    ("2003", "2003-04", False),
    ("2003-04", "2003", False),
    ("2003", "2004", True),
    ("2003-04", "2003-05", True),
    ("2003/2005", "2004", False),
])  # fmt: skip
def test_dates(one: str, two: str, disagree: bool) -> None:
    found = disputes(claim("founded", one, "a"), claim("founded", two, "b"))
    assert bool(found) == disagree
    if disagree:
        assert sources(found) == [["a", "b"]]
        assert (found[0].record, found[0].property, found[0].reason) == (
            "r",
            "founded",
            "different dates",
        )


@pytest.mark.parametrize(("one", "two", "disagree"), [
    ({"as_of": "2013"}, {"as_of": "2013"}, True),
    ({"as_of": "2013"}, {"as_of": "2013-05"}, True),
    ({"as_of": "2013-05"}, {"as_of": "2013-06"}, False),
    ({"as_of": "2013"}, {"as_of": "2014"}, False),
    # Of different dates: history. Undated: it cannot be told to be of that time.
    ({"as_of": "2013"}, {}, False),
    ({}, {}, True),
    # At one moment in an interval, nobody knows at which.
    ({"as_of": "2013/2015"}, {"as_of": "2014"}, False),
    ({"as_of": "2013/2015"}, {"as_of": "2013/2015"}, False),
    ({"from_": "2010", "until": "2014"}, {"as_of": "2012"}, True),
    ({"from_": "2010", "until": "2014"}, {"as_of": "2016"}, False),
    # Of different groups or in different roles.
    ({"as_of": "2013", "group": "A"}, {"as_of": "2013", "group": "B"}, False),
    ({"as_of": "2013", "role": "A"}, {"as_of": "2013"}, False),
])  # fmt: skip
@pytest.mark.parametrize(("key", "values"), [
    ("members_count", (45, 48)),
    ("status", ("active", "dormant")),
    ("members", (("KEN",), ("UGA",))),
])  # fmt: skip
def test_the_time_of_two_values(
    key: str, values: tuple[Any, Any], one: dict[str, str], two: dict[str, str], disagree: bool
) -> None:
    found = disputes(claim(key, values[0], "a", **one), claim(key, values[1], "b", **two))
    assert sources(found) == ([["a", "b"]] if disagree else [])
    # The same value twice is no disagreement, whenever.
    assert not disputes(claim(key, values[0], "a", **one), claim(key, values[0], "b", **two))


@pytest.mark.parametrize(("one", "two", "disagree"), [
    ((True, ("KEN", "UGA")), (True, ("KEN",)), True),
    ((None, ("KEN", "UGA")), (None, ("KEN",)), True),
    # A list that breaks off says nothing about those whom it does not name.
    ((True, ("KEN", "UGA")), (False, ("KEN",)), False),
    ((False, ("KEN", "UGA")), (True, ("KEN",)), True),
    ((False, ("KEN", "UGA")), (False, ("TZA",)), False),
    ((True, ("KEN", "UGA")), (True, ("UGA", "KEN")), False),
])  # fmt: skip
def test_lists_of_states(
    one: tuple[bool | None, tuple[str, ...]],
    two: tuple[bool | None, tuple[str, ...]],
    disagree: bool,
) -> None:
    first, second = (
        claim("members", names, source, as_of="2013", complete=complete)
        for source, (complete, names) in zip("ab", (one, two), strict=True)
    )
    for pair in ((first, second), (second, first)):
        found = disputes(*pair)
        assert bool(found) == disagree
        if disagree:
            assert found[0].reason == "not in all of the lists: UGA"


def test_a_state_that_a_source_marks_is_told_by_itself() -> None:
    marked = claim("members", ("KEN", "UGA"), "a", as_of="2013", disputed=("UGA",))
    found = disputes(marked, claim("members", ("KEN",), "b", as_of="2013"))
    # That the other list leaves it out is the same dispute, and not a second one.
    assert sources(found) == [["a"]]
    assert found[0].reason == "UGA marked as disputed"


@pytest.mark.parametrize("key", ["region", "topics", "meeting"])
def test_two_wordings_contradict_nothing(key: str) -> None:
    assert not disputes(claim(key, "one", "a", as_of="2013"), claim(key, "two", "b", as_of="2013"))


@pytest.mark.parametrize("key", ["meeting_participants", "member_joined", "next_chair"])
def test_what_may_be_many_at_once_contradicts_nothing(key: str) -> None:
    assert not disputes(
        claim(key, ("KEN",), "a", as_of="2013"), claim(key, ("UGA",), "b", as_of="2013")
    )


# The chair -------------------------------------------------------------------------------

TERM = {"from_": "2010", "until": "2014"}


@pytest.mark.parametrize(("one", "two", "disagree"), [
    # Two mentions of one date; of two, the chair may have changed.
    ({"as_of": "2013-05"}, {"as_of": "2013-05"}, True),
    ({"as_of": "2013"}, {"as_of": "2013-05"}, False),
    # Well inside a term of another, and at its edges.
    (TERM, {"as_of": "2012"}, True),
    (TERM, {"as_of": "2012-05-22"}, True),
    (TERM, {"as_of": "2010-06"}, False),
    (TERM, {"as_of": "2014"}, False),
    (TERM, {"as_of": "2016"}, False),
    # Two terms that overlap, that meet in a year, and that follow each other.
    (TERM, {"from_": "2012", "until": "2016"}, True),
    (TERM, {"from_": "2014", "until": "2016"}, False),
    (TERM, {"from_": "2015", "until": "2016"}, False),
    # An open term ends when another is named.
    ({"from_": "2010"}, {"as_of": "2012"}, False),
    ({"from_": "2010"}, {"from_": "2012"}, False),
])  # fmt: skip
def test_who_is_in_the_chair(one: dict[str, str], two: dict[str, str], disagree: bool) -> None:
    first, second = claim("chair", ("KEN",), "a", **one), claim("chair", ("UGA",), "b", **two)
    for pair in ((first, second), (second, first)):
        assert bool(disputes(*pair)) == disagree
    # The same State, or the same two in another order, contradict nothing.
    assert not disputes(
        claim("chair", ("KEN", "UGA"), "a", **one), claim("chair", ("UGA", "KEN"), "b", **two)
    )


# Groups ----------------------------------------------------------------------------------


def test_one_that_contradicts_several_stands_with_all_of_them() -> None:
    found = disputes(
        claim("members_count", 45, "a", as_of="2013"),
        claim("members_count", 48, "b", as_of="2013"),
        claim("members_count", 45, "c", as_of="2013"),
        claim("members_count", 50, "d", as_of="2020"),
    )
    assert sources(found) == [["a", "b", "c"]]


def test_two_disagreements_at_two_times_stay_apart() -> None:
    found = disputes(
        claim("members_count", 45, "a", as_of="2013"),
        claim("members_count", 48, "b", as_of="2013"),
        claim("members_count", 50, "c", as_of="2020"),
        claim("members_count", 51, "d", as_of="2020"),
    )
    assert sources(found) == [["a", "b"], ["c", "d"]]


DATES = st.none() | st.sampled_from(
    ("2012", "2013", "2013-05", "2013-05-22", "2013-06", "2012/2013", "2014")
)


@st.composite
def counts(draw: st.DrawFn) -> list[rcpref.Claim]:
    return [
        claim("members_count", draw(st.integers(1, 3)), f"s{number}", as_of=draw(DATES))
        for number in range(draw(st.integers(0, 6)))
    ]


@given(counts())
def test_every_pair_that_contradicts_stands_together_and_no_claim_without_cause(
    claims: list[rcpref.Claim],
) -> None:
    pairs = {
        (one.source, two.source)
        for index, one in enumerate(claims)
        for two in claims[index + 1 :]
        if disputes(one, two)
    }
    together = [set(group) for group in sources(disputes(*claims))]
    for one, two in pairs:
        assert any({one, two} <= group for group in together)
    for group in together:
        assert len(group) > 1
        for source in group:
            assert any(source in pair and set(pair) <= group for pair in pairs)


@given(counts())
def test_the_claims_of_a_dispute_are_in_the_order_of_the_data(claims: list[rcpref.Claim]) -> None:
    order = [each.source for each in claims]
    for group in sources(disputes(*claims)):
        assert group == [source for source in order if source in group]


@st.composite
def lists(draw: st.DrawFn) -> list[rcpref.Claim]:
    states = st.lists(st.sampled_from(("KEN", "UGA", "TZA")), min_size=1, unique=True)
    return [
        claim(
            "members",
            tuple(draw(states)),
            f"s{number}",
            as_of=draw(st.sampled_from(("2013", "2013-05", None))),
            complete=draw(st.sampled_from((True, False, None))),
        )
        for number in range(draw(st.integers(2, 4)))
    ]


@given(lists())
def test_what_differs_between_lists_is_in_one_and_not_in_another(
    claims: list[rcpref.Claim],
) -> None:
    for dispute in disputes(*claims):
        named = dispute.reason.removeprefix("not in all of the lists: ").split(", ")
        for state in named:
            said = {state in each.values for each in dispute.claims}
            assert said == {True, False}
            # A list that is known to break off is no witness against a State.
            assert any(
                state not in each.values and each.complete is not False for each in dispute.claims
            ), dispute


# Together, and without comparing all with all ----------------------------------------------


def test_what_contradicts_through_others_is_one_dispute() -> None:
    found = disputes(
        claim("members_count", 1, "a", as_of="2000-01"),
        claim("members_count", 1, "b", as_of="2000-02"),
        claim("members_count", 2, "c", as_of="2000-02"),
        claim("members_count", 2, "d", as_of="2000"),
    )
    assert sources(found) == [["a", "b", "c", "d"]]


@pytest.mark.parametrize("claims", [
    [claim("status", f"s{n % 2}", f"s{n}", as_of="2000") for n in range(990)],
    [claim("status", f"s{n}", f"s{n}", as_of="2000") for n in range(990)],
    [claim("status", f"s{n}", f"s{n}", as_of=str(1000 + n)) for n in range(990)],
    [claim("chair", (f"{n:03}",), f"s{n}", from_="1990", until="2020") for n in range(990)],
    [claim("members", (f"{n:03}",), f"s{n}", as_of="2000") for n in range(990)],
    [claim("founded", str(1000 + n), f"s{n}") for n in range(990)],
], ids=["two statuses", "statuses", "years", "chairs", "lists", "founded"])  # fmt: skip
def test_a_thousand_claims_are_not_all_compared_with_each_other(
    claims: list[rcpref.Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    real = asking.contradict

    def counted(*args: Any, **options: Any) -> bool:
        nonlocal compared
        compared += 1
        return real(*args, **options)

    monkeypatch.setattr(asking, "contradict", counted)
    found = disputes(*claims)
    assert compared < 2_000
    assert [len(dispute.claims) for dispute in found] in ([990], [])
