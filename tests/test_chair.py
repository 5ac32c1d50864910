"""Who was in the chair, at a date and as last known: worked examples, edges, an oracle."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chair_oracle as oracle
import rcpref
from helpers import QUARTERS
from rcpref.answers.chair import Holder, chairs, next_chairs
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.dates import parse

CHAIRS = [
    ("colombo-process", "2013-05", [(("BGD",), "yes")]),
    ("colombo-process", "2022", [(("AFG",), "possible")]),
    ("gfmd", "2013-05", [(("SWE",), "yes")]),
    ("igc", "2013-05", [(("DNK",), "possible"), (("NZL",), "possible")]),
    ("rabat-process", "2024-06", [(("PRT",), "yes")]),
    ("khartoum-process", "2022", [(("NLD",), "yes"), (("SSD",), "yes")]),
    ("khartoum-process", "2022-03-22", [(("NLD",), "yes"), (("SSD",), "possible")]),
    # Papua New Guinea was in the chair in 2015-02, the Marshall Islands were in 2016-10.
    ("pidc", "2015", [(("PNG",), "yes")]),
    ("pidc", "2015-06", [(("PNG",), "possible")]),
    # Named at some moment from 2019-06-29 to 2020-09-10: Liberia may have stayed until then.
    ("midwa", "2020", [(("LBR",), "possible"), (("NER",), "possible")]),
    ("abu-dhabi-dialogue", "2016", [(("KWT",), "possible")]),
    ("abu-dhabi-dialogue", "2017-03", [(("LKA",), "yes")]),
    ("midwa", "2013-05", []),
    # Named for all of a year, within which another State took over.
    ("gfmd", "2012-10", [(("MUS",), "yes")]),
    ("gfmd", "2012-12", [(("SWE",), "yes")]),
    ("puebla-process", "2014", [(("MEX",), "yes"), (("NIC",), "yes")]),
    ("puebla-process", "2014-11-05", [(("MEX",), "possible"), (("NIC",), "possible")]),
    ("puebla-process", "2014-12", [(("MEX",), "yes")]),
]


@pytest.mark.parametrize(("record", "asked", "expected"), CHAIRS)
def test_who_chairs(
    data: Data, record: str, asked: str, expected: list[tuple[tuple[str, ...], str]]
) -> None:
    found = chairs(data[record], AsOf(parse(asked)))
    assert [(holder.states, holder.answer) for holder in found] == expected


def record(*claims: dict[str, Any]) -> rcpref.Record:
    """A record with these claims; what they leave out is filled in."""
    made = tuple(
        rcpref.Claim(
            "test",
            **{
                "source": f"s{place}",
                **{("from_" if key == "from" else key): value for key, value in claim.items()},
                "value": tuple(claim["value"]),
            },
        )
        for place, claim in enumerate(claims, 1)
    )
    return rcpref.Record("test", "process", "Test Process", "Test", claims=made)


def chair(*states: str, **dates: str) -> dict[str, Any]:
    return {"property": "chair", "value": states, **dates}


@pytest.mark.parametrize("kind", ["process", "forum"])
@QUARTERS
def test_every_chair_on_the_bundled_data_agrees_with_the_oracle(
    data: Data, kind: str, part: int
) -> None:
    """In every year, and where an answer can turn: at the dates of the claims and near them."""
    years = [*map(str, range(1985, 2028)), "2017-06/2018-02"]
    for record in data.of_kind(kind)[part::4]:
        claims = data.document["claims"][record.id]
        dates = {
            date
            for claim in claims
            if claim["property"] == "chair"
            for key in ("as_of", "from", "until")
            for date in claim.get(key, "").split("/")
            if date
        }
        near = {f"{date[:4]}-{month}" for date in dates for month in ("01", "06", "12")}
        for asked in (*years, *sorted(dates | near)):
            found = {
                (holder.states, holder.answer) for holder in chairs(record, AsOf(parse(asked)))
            }
            assert found == set(oracle.chair(claims, asked)), (record.id, asked)


def holders(date: str, *claims: dict[str, Any]) -> list[Holder]:
    return chairs(record(*claims), AsOf(parse(date)))


def spoken(date: str, *claims: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [("+".join(h.states), *h[1:4]) for h in holders(date, *claims)]


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


def test_a_mention_ends_where_another_state_follows_within_its_date() -> None:
    claims = chair("AUS", as_of="2013"), chair("PER", from_="2013-06")
    assert spoken("2013-05", *claims) == [("AUS", "yes", "listed", "named in 2013")]
    assert ("AUS", "possible", "listed", "named in 2013") in spoken("2013-06-15", *claims)
    assert [each[0] for each in spoken("2013-07", *claims)] == ["PER"]


def test_what_the_editors_inferred_of_a_chair_is_marked() -> None:
    made = chair("AUS", as_of="2013") | {"derived": True}
    words = "named in 2013 [derived]"
    assert spoken("2013", made) == [("AUS", "yes", "listed", words)]
    # Another source that says so itself needs no mark.
    assert spoken("2013", made, chair("AUS", as_of="2013"))[0][3] == "named in 2013"
    assert spoken("2013", chair("AUS", as_of="2013"), made)[0][3] == "named in 2013"


def test_the_date_of_a_holder_is_not_that_of_who_followed() -> None:
    (found,) = holders("2013-05", chair("AUS", as_of="2013-02"), chair("PER", as_of="2014"))
    assert (found.states, found.answer, found.last_known) == (("AUS",), "possible", "2013-02")


@pytest.mark.parametrize(("term", "date", "answer", "words"), [
    ({"from_": "2012", "until": "2014"}, "2013-05", "yes", "from 2012 until 2014"),
    ({"from_": "2012", "until": "2014"}, "2012-05", "possible", "from 2012 until 2014"),
    ({"from_": "2012", "until": "2014"}, "2014-05", "possible", "from 2012 until 2014"),
    ({"from_": "2012", "until": "2014"}, "2012-12-31", "yes", "from 2012 until 2014"),
    ({"from_": "2012", "until": "2014"}, "2014-01-01", "yes", "from 2012 until 2014"),
    ({"from_": "2021", "until": "2021"}, "2021", "yes", "in 2021"),
    ({"from_": "2021", "until": "2021"}, "2021-05", "possible", "in 2021"),
    ({"from_": "2013"}, "2013-05", "possible", "from 2013"),
    ({"until": "2013"}, "2013-05", "possible", "until 2013"),
])  # fmt: skip
def test_a_term_and_its_margins(term: dict[str, str], date: str, answer: str, words: str) -> None:
    (found,) = holders(date, chair("AUS", **term))
    assert (found.states, found.answer, found.basis) == (("AUS",), answer, "listed")
    assert found.reason == f"in the chair {words}"
    assert [claim.source for claim in found.rests_on] == ["s1"]


def test_a_term_of_which_only_the_end_is_known() -> None:
    ended = chair("AUS", until="2013-05-10")
    assert spoken("2012", ended) == [
        ("AUS", "possible", "carried", "in the chair until 2013-05-10")
    ]
    assert [claim.source for claim in holders("2012", ended)[0].rests_on] == ["s1"]
    assert spoken("2013-05-10", ended)[0][:2] == ("AUS", "yes")
    assert spoken("2013-05-11", ended) == []
    # It reaches back to the last proof of another, and no further.
    before = chair("PER", as_of="2011-03-04")
    assert [h.states for h in holders("2011-03-04", before, ended)] == [("PER",)]
    assert ("AUS",) in [h.states for h in holders("2011-03-05", before, ended)]


def test_an_open_term_up_to_the_next_claim() -> None:
    one, two = chair("AUS", from_="2010-01-05"), chair("IDN", "AUS", as_of="2012")
    assert spoken("2010-01-05", one, two)[0][:2] == ("AUS", "yes")
    assert spoken("2011", one, two) == [
        ("AUS", "possible", "carried", "in the chair from 2010-01-05; next AUS, IDN, named in 2012")
    ]
    assert spoken("2011", one) == [
        ("AUS", "possible", "carried", "in the chair from 2010-01-05; no later chair is known")
    ]


def test_two_mentions_of_one_state() -> None:
    one, two = chair("AUS", as_of="2010"), chair("AUS", as_of="2012")
    assert spoken("2011", one, two) == [
        ("AUS", "yes", "between", "named in 2010; again named in 2012")
    ]
    assert [claim.source for claim in holders("2011", one, two)[0].rests_on] == ["s1", "s2"]


def test_a_mention_within_a_closed_term_proves_it_up_to_its_day() -> None:
    """The margin of the end is certain up to the last mention in it, the last day included."""
    term = chair("AUS", from_="2012", until="2014")
    assert spoken("2014-03", term)[0][1] == "possible"
    for mention, date, answer in (
        ("2014-06-01", "2014-03", "yes"),
        ("2014-06-01", "2014-07", "possible"),
        ("2014-12-31", "2014-12-31", "yes"),
    ):
        found = holders(date, term, chair("AUS", as_of=mention))
        assert [(h.states, h.answer) for h in found] == [(("AUS",), answer)], (mention, date)


def test_a_term_that_ends_before_it_begins_says_nothing() -> None:
    assert holders("2013", chair("AUS", from_="2014", until="2012")) == []
    assert holders("2013", chair("AUS")) == []


# Claims next to each other ---------------------------------------------------------------

Claims = tuple[dict[str, Any], ...]

AUSTRALIA_2013 = (chair("AUS", from_="2012", until="2014"), chair("AUS", as_of="2014-06"))

NEIGHBOURS: list[tuple[Claims, dict[str, str]]] = [
    # Two claims on one State with nothing between them, though another begins as it ends.
    (
        (chair("AUS", as_of="2009-09-22"), chair("AUS", until="2010-10-25"),
            chair("PER", from_="2010-10-25")),
        {"2009-09": "AUS yes", "2010-05": "AUS yes", "2010-10-26": "PER possible"}),
    # A term is certain in all of the date for which it is claimed, up to another in it.
    ((chair("AUS", from_="2010-10-25", as_of="2011"), chair("PER", as_of="2011-10-19")),
        {"2011-05": "AUS yes", "2011-10-19": "AUS possible, PER yes", "2011-12": "PER possible"}),
    ((chair("AUS", from_="2010", as_of="2012"),), {"2012-12": "AUS yes", "2013": "AUS possible"}),
    # A mention is possible up to the first day on which the next can be certain.
    ((chair("AUS", as_of="2010"), chair("PER", from_="2011", until="2011-12")),
        {"2011-11": "AUS possible, PER possible", "2011-12": "PER yes", "2012": ""}),
    # Of a mention at a moment and one within it, nobody knows which was the last.
    ((chair("AUS", as_of="2010/2012"), chair("PER", as_of="2011-05")),
        {"2011-05": "AUS possible, PER yes", "2013": "AUS possible, PER possible"}),
    # Not past another that was named before the proof.
    ((*AUSTRALIA_2013, chair("PER", as_of="2014-07")), {"2014-05": "AUS yes"}),
    ((*AUSTRALIA_2013, chair("PER", as_of="2014-03")), {"2014-05": "AUS possible, PER possible"}),
    # Two sources on one term, of which one gives no end.
    ((chair("AUS", from_="2012"), chair("AUS", until="2012")), {"2012": "AUS yes", "2013": ""}),
    ((chair("AUS", from_="2021-01"), chair("AUS", from_="2021", until="2022")),
        {"2021-05": "AUS yes", "2022-05": "AUS possible", "2023": ""}),
    # A new term of the State whose last one ends on that day.
    ((chair("AUS", from_="2010", until="2012-05-03"), chair("AUS", from_="2012-05-03")),
        {"2012-05-03": "AUS yes", "2013": "AUS possible"}),
    # Neither before a day on which it cannot have begun, nor by a source of another time.
    ((chair("AUS", from_="2012-11-20", until="2012"),), {"2012-10": "", "2012-12": "AUS possible"}),
    ((chair("AUS", from_="2014", as_of="2013-05"),), {"2013-05": "", "2014-05": "AUS possible"}),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "expected"), NEIGHBOURS)
def test_claims_next_to_each_other(claims: Claims, expected: dict[str, str]) -> None:
    for date, words in expected.items():
        found = {("+".join(each.states), each.answer) for each in holders(date, *claims)}
        assert ", ".join(sorted(map(" ".join, found))) == words, date
        plain = [{key.rstrip("_"): value for key, value in claim.items()} for claim in claims]
        assert {("+".join(states), says) for states, says in oracle.chair(plain, date)} == found


# Last known ------------------------------------------------------------------------------

LAST_KNOWN = AsOf(parse("2026-11-24"), last_known=True)


def last(*claims: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    found = chairs(record(*claims), LAST_KNOWN)
    return [("+".join(h.states), h.basis, h.last_known) for h in found]


def test_the_last_known_chair_has_the_date_of_its_last_proof() -> None:
    one, two = chair("AUS", as_of="2022-05"), chair("IDN", as_of="2024-07-16")
    assert last(two, one) == [("IDN", "carried", "2024-07-16")]
    assert last(one, chair("AUS", as_of="2023")) == [("AUS", "carried", "2023")]


def test_a_term_that_runs_is_told_apart_from_one_that_ran_out() -> None:
    runs, over = (
        chair("AUS", from_="2026-02", until="2027"),
        chair("IDN", from_="2024", until="2025"),
    )
    assert last(over, runs) == [("AUS", "listed", "2027")]
    assert last(over) == [("IDN", "carried", "2025")]
    # It may have ended by the date of the data, or not: it was the last all the same.
    assert last(chair("IND", from_="2024-05", until="2026")) == [("IND", "carried", "2026")]


def test_of_undated_claims_alone_the_chair_has_no_date() -> None:
    assert last(chair("ZMB")) == [("ZMB", "undated", None)]
    assert last(chair("ZMB"), chair("KEN", as_of="2012")) == [("KEN", "carried", "2012")]
    assert last() == []


def test_undated_claims_are_one_answer_only_where_they_say_the_same() -> None:
    known = chair("PER", not_before="2011"), chair("PER", not_before="2011"), chair("PER")
    own = record(*known)
    found = chairs(own, AsOf(parse("2026-11-24"), True))
    assert [(holder.reason, len(holder.rests_on)) for holder in found] == [
        ("named without a date, not before 2011", 2),
        ("named without a date", 1),
    ]


def test_a_chair_of_the_future_is_not_the_last() -> None:
    assert last(chair("AUS", as_of="2025"), chair("IDN", from_="2027-02")) == [
        ("AUS", "carried", "2025")
    ]


@pytest.mark.parametrize(("states", "as_of", "found"), [
    (("URY",), "2025-11-18", True),
    (("URY",), "2023-05", False),
    (("BRA",), "2025-11-18", False),
    (("URY",), None, False),
])  # fmt: skip
def test_who_follows(states: tuple[str, ...], as_of: str | None, found: bool) -> None:
    """Not who was announced years before the last chair, nor the last chair itself."""
    announced = {"property": "next_chair", "value": states, "as_of": as_of}
    made = record(chair("BRA", as_of="2025-11-19"), announced)
    claims = next_chairs(made, chairs(made, LAST_KNOWN))
    assert bool(claims) == found


# Random claims ---------------------------------------------------------------------------

STATES = ("AAA", "BBB", "CCC")

_years = st.integers(1990, 1998).map(str)
_months = st.builds("{}-{:02}".format, _years, st.integers(1, 12))
_days = st.builds("{}-{:02}".format, _months, st.integers(1, 28))
_prefixes = st.one_of(_years, _months, _days)


@st.composite
def _dates(draw: st.DrawFn) -> str:
    """A prefix date, or two of which the second begins after the first has ended."""
    one, two = sorted((draw(_prefixes), draw(_prefixes)), key=lambda text: parse(text))
    apart = parse(one).before(parse(two)) and draw(st.integers(0, 5)) == 0
    return f"{one}/{two}" if apart else one


@st.composite
def _chairs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims on the chair, which may contradict each other."""
    claims: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 6))):
        states = draw(st.sets(st.sampled_from(STATES), min_size=1, max_size=2))
        claim = {"property": "chair", "source": f"s{number}", "value": sorted(states)}
        keys = ("as_of", "from", "until", "from until", "from as_of", "until as_of")
        for key in draw(st.sampled_from(keys)).split():
            claim[key] = draw(_dates())
        claims.append(claim)
    return claims


@given(_chairs(), _dates())
def test_random_questions_for_the_chair_agree_with_the_oracle(
    claims: list[dict[str, Any]], asked: str
) -> None:
    found = {(h.states, h.answer) for h in chairs(record(*claims), AsOf(parse(asked)))}
    assert found == set(oracle.chair(claims, asked))


@given(_chairs(), _prefixes, st.randoms(use_true_random=False))
def test_the_order_of_claims_on_the_chair_does_not_matter(
    claims: list[dict[str, Any]], asked: str, random: Any
) -> None:
    first = [(h.states, h.answer) for h in chairs(record(*claims), AsOf(parse(asked)))]
    random.shuffle(claims)
    assert [(h.states, h.answer) for h in chairs(record(*claims), AsOf(parse(asked)))] == first
