"""Membership and chair at a date, against worked examples and a separate oracle."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import membership_oracle as oracle
import rcpref
from rcpref.answers.membership import (
    ANSWERS,
    BASES,
    Answer,
    chairs_at,
    member_at,
    members_at,
    states_named,
)
from rcpref.data.dataset import Dataset
from rcpref.dates import parse

DATES = [
    "1960",
    "1970",
    "1972",
    "1980",
    "1991",
    "1992",
    "1994",
    "1999",
    "2000-06",
    "2003",
    "2005",
    "2008",
    "2010",
    "2011-04",
    "2012",
    "2012-05",
    "2013",
    "2013-05",
    "2013-05-22",
    "2014",
    "2014-06",
    "2014-01/2016",
    "2015",
    "2016-09",
    "2017",
    "2018",
    "2019",
    "2020",
    "2021",
    "2022",
    "2023",
    "2023-06",
    "2023-11",
    "2024-07",
    "2025",
    "2025-03",
    "2026-11-24",
    "2030",
    "2036",
    "2012/2014",
    "2014/2018",
]

# Asked, answer, words of the reason: the worked examples of docs/membership.md.
EXAMPLES = [
    ("colombo-process", "KHM", "2013-05", "no", "joined 2016-08-25"),
    ("european-union", "HRV", "2013", "yes", "joined 2013-07-01"),
    ("midsa", "COM", "2019", "possible", "not in the list of 2015-07; in the list of 2024"),
    ("eclac", "NOR", "2014-06", "possible", "joined some time in 2013-06/2015-10-04"),
    ("abu-dhabi-dialogue", "MYS", "2013-05", "possible", "not in the list of 2012-04-18"),
    ("oas", "VEN", "2023-11", "disputed", "marked as disputed in the list of 2023-11"),
    ("prague-process", "GBR", "2013", "unknown", "the list is incomplete"),
    ("khartoum-process", "KEN", "2013-05", "no", "founded 2014"),
    ("almaty-process", "TKM", "2021", "possible", "not in the list of 2023/2024"),
    ("abu-dhabi-dialogue", "SGP", "2013-05", "possible", "in the list of 2014-01"),
    ("abu-dhabi-dialogue", "YEM", "2013-05", "possible", "not in the list of 2014"),
    ("european-union", "GBR", "2025", "no", "left 2020-01-31"),
    ("andean-community", "CHL", "1970", "yes", "left 1976"),
    ("eclac", "TUR", "2012-05", "no", "joined 2017-07-25"),
    ("budapest-process", "TUR", "1992", "possible", "more than 10 years after"),
    ("igc", "AUS", "1990", "possible", "more than 10 years after"),
]

COUNTS = [
    ("colombo-process", "2013-05", 11),
    ("colombo-process", "2024-07", 12),
    ("sacm", "2013-05", 12),
    ("european-union", "2013-05", 27),
    ("european-union", "2025", 27),
    ("ecowas", "2025-03", 12),
    ("midsa", "2013-05", 15),
    ("khartoum-process", "2013-05", 0),
]

CHAIRS = [
    ("colombo-process", "2013-05", [(("BGD",), "yes")]),
    ("colombo-process", "2022", [(("AFG",), "possible")]),
    ("gfmd", "2013-05", [(("SWE",), "yes")]),
    ("igc", "2013-05", [(("DNK",), "possible"), (("NZL",), "possible")]),
    ("rabat-process", "2024-06", [(("PRT",), "yes")]),
    ("khartoum-process", "2022", [(("NLD",), "possible")]),
    ("midwa", "2013-05", []),
]


@pytest.mark.parametrize(("record", "state", "asked", "answer", "words"), EXAMPLES)
def test_worked_example(
    data: Dataset, record: str, state: str, asked: str, answer: str, words: str
) -> None:
    found = member_at(data[record], state, parse(asked))
    assert (found.answer, words in found.reason) == (answer, True), found


@pytest.mark.parametrize(("record", "asked", "count"), COUNTS)
def test_number_of_certain_members(data: Dataset, record: str, asked: str, count: int) -> None:
    answers = members_at(data[record], parse(asked))
    assert sum(found.answer == "yes" for found in answers.values()) == count


@pytest.mark.parametrize(("record", "asked", "expected"), CHAIRS)
def test_who_chairs(
    data: Dataset, record: str, asked: str, expected: list[tuple[tuple[str, ...], str]]
) -> None:
    found = chairs_at(data[record], parse(asked))
    assert [(holder.states, holder.answer) for holder in found] == expected


def _basis(found: tuple[str, str | None]) -> tuple[str, str | None]:
    """The oracle tells foundings apart; the program counts them among the events."""
    return (found[0], "event") if found[1] == "founding" else found


def _well_formed(found: Answer) -> None:
    assert found.answer in ANSWERS
    assert found.basis in (*BASES, None)
    assert (found.basis is None) == (found.answer == "unknown") == (not found.rests_on)
    assert found.reason


def _named_records() -> list[str]:
    return [record.id for record in rcpref.load() if states_named(record)]


@pytest.mark.parametrize("key", _named_records())
def test_every_answer_on_the_bundled_data_agrees_with_the_oracle(data: Dataset, key: str) -> None:
    record = data[key]
    claims = data.document["claims"][key]
    for state in [*states_named(record), "ZZZ"]:
        for asked in DATES:
            found = member_at(record, state, parse(asked))
            _well_formed(found)
            expected = _basis(oracle.answer(claims, state, asked))
            assert (found.answer, found.basis) == expected, (key, state, asked, found)


@pytest.mark.parametrize("kind", ["process", "forum"])
def test_every_chair_on_the_bundled_data_agrees_with_the_oracle(data: Dataset, kind: str) -> None:
    months = [f"{year}-{month:02}" for year in range(1985, 2028) for month in (1, 3, 6, 12)]
    asked_for = [*map(str, range(1985, 2028)), *months, "2013-03-21", "2017-06/2018-02"]
    for record in data.of_kind(kind):
        claims = data.document["claims"][record.id]
        for asked in asked_for:
            found = {(holder.states, holder.answer) for holder in chairs_at(record, parse(asked))}
            assert found == set(oracle.chair(claims, asked)), (record.id, asked)


# Random claims -------------------------------------------------------------------------

STATES = ("AAA", "BBB", "CCC")

_years = st.integers(1990, 2012).map(str)
_months = st.builds("{}-{:02}".format, _years, st.integers(1, 12))
_days = st.builds("{}-{:02}".format, _months, st.integers(1, 28))
_prefixes = st.one_of(_years, _months, _days)


def _ordered(one: str, two: str) -> str:
    first, second = sorted((parse(one), parse(two)))
    if second.last < first.last:
        return first.text
    return f"{first.text}/{second.text}"


_dates = st.one_of(_prefixes, st.builds(_ordered, _prefixes, _prefixes))
_lists = st.lists(st.sampled_from(STATES), unique=True, max_size=3)


@st.composite
def _claims(draw: st.DrawFn) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["members"] * 5 + ["member_joined", "member_left", "founded"]))
        claim: dict[str, Any] = {"property": kind, "source": f"s{number}"}
        if kind == "founded":
            claim["value"] = draw(_prefixes)
        else:
            claim["value"] = draw(_lists)
            if kind != "members" or draw(st.integers(0, 4)):
                claim["as_of"] = draw(_dates)
        if kind == "members":
            if draw(st.booleans()):
                claim["complete"] = draw(st.booleans())
            if not draw(st.integers(0, 4)):
                claim["disputed"] = draw(_lists)
        claims.append(claim)
    return claims


def _record(claims: Sequence[Mapping[str, Any]]) -> rcpref.Record:
    plain = {"kind": "process", "name": "X", "short_name": "X"}
    return Dataset(
        {
            "dataset": {},
            "properties": {},
            "sources": {},
            "countries": {},
            "records": {"x": plain},
            "claims": {"x": claims},
            "texts": {},
        }
    ).records["x"]


@settings(max_examples=400, deadline=None)
@given(_claims(), st.sampled_from(STATES), _dates)
def test_random_membership_questions_agree_with_the_oracle(
    claims: list[dict[str, Any]], state: str, asked: str
) -> None:
    found = member_at(_record(claims), state, parse(asked))
    _well_formed(found)
    assert (found.answer, found.basis) == _basis(oracle.answer(claims, state, asked)), found


@settings(max_examples=150, deadline=None)
@given(_claims(), st.sampled_from(STATES), _dates, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(
    claims: list[dict[str, Any]], state: str, asked: str, random: Any
) -> None:
    first = member_at(_record(claims), state, parse(asked))
    random.shuffle(claims)
    second = member_at(_record(claims), state, parse(asked))
    assert (first.answer, first.basis) == (second.answer, second.basis)


@st.composite
def _chairs(draw: st.DrawFn) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 5))):
        claim: dict[str, Any] = {"property": "chair", "source": f"s{number}"}
        claim["value"] = [draw(st.sampled_from(STATES))]
        form = draw(st.integers(0, 5))
        if form <= 2:
            claim["as_of"] = draw(_prefixes)
        elif form == 3:
            claim["from"] = draw(_prefixes)
        else:
            one, two = sorted((draw(_prefixes), draw(_prefixes)), key=lambda text: parse(text))
            claim["from"], claim["until"] = one, two
        claims.append(claim)
    return claims


@st.composite
def _successions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims on the chair that do not contradict each other: one begins after another ended.

    Of contradictory claims the rules say little, so the two could only agree by chance.
    """
    claims: list[dict[str, Any]] = []
    year = 1990
    for number in range(draw(st.integers(0, 5))):
        year += draw(st.integers(1, 3))
        claim: dict[str, Any] = {"property": "chair", "source": f"s{number}"}
        claim["value"] = [draw(st.sampled_from(STATES))]
        edge = draw(st.sampled_from(("", "-03", "-11-20")))
        form = draw(st.integers(0, 3))
        if form < 2:
            claim["as_of"] = f"{year}{edge}"
        else:
            claim["from"] = f"{year}{edge}"
        if form == 3:
            if draw(st.booleans()):
                proof = {**claim, "source": f"p{number}", "as_of": f"{year + 1}-02"}
                del proof["from"]
                claims.append(proof)
            year += draw(st.integers(1, 3))
            claim["until"] = f"{year}{draw(st.sampled_from(('', '-07', '-12-31')))}"
        claims.append(claim)
    return claims


@settings(max_examples=400, deadline=None)
@given(_successions(), _prefixes)
def test_random_questions_for_the_chair_agree_with_the_oracle(
    claims: list[dict[str, Any]], asked: str
) -> None:
    found = {(h.states, h.answer) for h in chairs_at(_record(claims), parse(asked))}
    assert found == set(oracle.chair(claims, asked))


@settings(max_examples=150, deadline=None)
@given(_chairs(), _prefixes, st.randoms(use_true_random=False))
def test_the_order_of_claims_on_the_chair_does_not_matter(
    claims: list[dict[str, Any]], asked: str, random: Any
) -> None:
    first = [(h.states, h.answer) for h in chairs_at(_record(claims), parse(asked))]
    random.shuffle(claims)
    assert [(h.states, h.answer) for h in chairs_at(_record(claims), parse(asked))] == first
