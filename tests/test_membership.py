"""Members at a date and as last known: worked examples, an oracle written apart, properties.

`evidence_examples` and `evidence_oracle` were derived from the design alone; the program must
answer as they do, on made claims and on the bundled data.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence_examples import ANY, DATA_DATE, EXAMPLES, Example, read
from evidence_oracle import oracle, oracle_standing
from helpers import QUARTERS
from rcpref.answers.membership.answer import ANSWERS, BASES, Answer
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import member_at, members_at, states_named
from rcpref.answers.time import AsOf, as_of
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.model import CLOSED_BY, MEMBER_KINDS

Claims = Sequence[Mapping[str, Any]]

# Before most of the lists, at Lima, between lists, the date of the data; None: last known.
DATES = (
    None, "1960", "1985", "1991", "1996", "2000-06", "2004", "2008-01", "2010", "2012-05", "2013",
    "2013-05", "2013-05-22", "2014-12", "2014-01/2016", "2016-09", "2018", "2019", "2021",
    "2023-11", DATA_DATE, "2025", "2036",
)  # fmt: skip

# Asked, answer, words of the reason: beyond what the table in docs/membership.md shows.
WORKED = [
    ("european-union", "GBR", "2025", "no", "left 2020-01-31"),
    ("andean-community", "CHL", "1970", "yes", "left 1976"),
    ("khartoum-process", "CHE", "2014-12", "no", ""),
    ("abu-dhabi-dialogue", "MYS", "2008-01", "yes", "among the founding participants"),
    ("almaty-process", "KAZ", "2013-05", "possible", "not yet formalised in 2013-05"),
]


def asked(text: str | None) -> AsOf:
    return as_of(text, DATA_DATE)


@pytest.mark.parametrize(("record", "state", "date", "answer", "words"), WORKED)
def test_worked_example(
    data: Data, record: str, state: str, date: str | None, answer: str, words: str
) -> None:
    found = member_at(data, data[record], state, asked(date))
    assert (found.answer, words in found.reason) == (answer, True), found


def well_formed(found: Answer) -> None:
    assert found.answer in ANSWERS
    assert found.basis in (*BASES, None)
    assert (found.basis is None) == (found.answer == "unknown")
    assert found.reason
    if found.last_known is not None:
        parse(found.last_known)


PARTS = pytest.mark.parametrize(
    "dates",
    [
        DATES[:20:6],
        pytest.param([date for date in DATES if date not in DATES[:20:6]], marks=pytest.mark.wide),
    ],
    ids=["few", "others"],
)


@PARTS
def test_every_answer_on_the_bundled_data_agrees_with_the_oracle(
    data: Data, dates: Sequence[str | None]
) -> None:
    for record in data:
        plain = {"id": record.id, "claims": data.document["claims"][record.id]}
        rule = next(iter(record.claims_of("membership_of")), None)
        body = None
        if rule is not None:
            body = {"id": rule.value, "claims": data.document["claims"][rule.value]}
        countries = data.document["countries"]
        since = {state: countries.get(state, {}).get("since") for state in states_named(record)}
        # Of States of which all claims say the same the oracle is asked once.
        said = {
            state: (day, *(said_of(state, each) for each in (plain, body) if each))
            for state, day in since.items()
        }
        concerned = {state for event in record.claims for state in event.states}
        for date in dates:
            found = members_at(data, record, as_of(date, data.date))
            assert list(found) == list(said)
            told: dict[object, tuple[str, str | None, int | None]] = {}
            for state, each in found.items():
                if said[state] not in told:
                    told[said[state]] = oracle(
                        plain, state, date, since=since[state], body=body, data_date=data.date
                    )
                assert_told(each, told[said[state]], record.id, state, date)
                if each.standing or state in concerned:
                    assert standing(each) == oracle_standing(plain, state, date, data.date)
            other = member_at(data, record, "ZZZ", as_of(date, data.date))
            expected = oracle(plain, "ZZZ", date, body=body, data_date=data.date)
            assert_told(other, expected, record.id, "ZZZ", date)


def assert_told(
    found: Answer, expected: tuple[str, str | None, int | None], *where: object
) -> None:
    well_formed(found)
    answer, basis, distance = expected
    assert (found.answer, found.distance) == (answer, distance), (where, found, expected)
    assert basis in (None, found.basis), (where, found, expected)


def standing(found: Answer) -> list[tuple[str, str]]:
    return [(each.effect, each.since) for each in found.standing]


def test_an_answer_on_one_state_is_that_among_all(data: Data) -> None:
    for record in data:
        for date in (None, "2013-05"):
            for state, found in list(members_at(data, record, asked(date)).items())[::5]:
                assert member_at(data, record, state, asked(date)) == found


def said_of(state: str, record: Mapping[str, Any]) -> tuple[bool, ...]:
    """Where the claims of a record name a State."""
    return tuple(
        isinstance(named, list) and state in named
        for claim in record["claims"]
        for named in (claim["value"], claim.get("disputed"))
    )


@PARTS
@pytest.mark.parametrize("capacity", CAPACITIES[1:])
def test_the_other_capacities_are_answered_by_the_same_rules(
    data: Data, capacity: str, dates: Sequence[str | None]
) -> None:
    for record in data:
        plain = {"id": record.id, "claims": data.document["claims"][record.id]}
        for state in states_named(record, capacity):
            since = data.document["countries"].get(state, {}).get("since")
            for date in dates:
                found = member_at(data, record, state, as_of(date, data.date), capacity)
                expected = oracle(
                    plain, state, date, capacity=capacity, since=since, data_date=data.date
                )
                assert found.answer == expected[0], (record.id, state, date, found)


# Claims made for the purpose -----------------------------------------------------------------


def made(claims: Claims, body: Claims | None = None, since: Mapping[str, str] = {}) -> Data:
    """A data set with one process, and a body where one is needed."""
    records = {"a-process": claims} | ({"a-body": body} if body is not None else {})
    plain = {"kind": "process", "name": "A Process", "short_name": "A Process"}
    return Data(
        {
            "dataset": {"date": DATA_DATE},
            "properties": {},
            "sources": {},
            "countries": {code: {"since": day} for code, day in since.items()},
            "records": {key: {"id": key, **plain} for key in records},
            "claims": {
                key: [{"source": "s", **claim} for claim in own] for key, own in records.items()
            },
            "texts": {},
        }
    )


def answer(data: Data, state: str, date: str | None, capacity: str = "members") -> Answer:
    return member_at(data, data.records["a-process"], state, asked(date), capacity)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.place)
def test_an_example_derived_from_the_page(example: Example) -> None:
    since = {example.state: example.since} if example.since else {}
    data = made(example.claims, example.body, since)
    found = answer(data, example.state, example.asked, example.capacity)
    told = tuple((each.effect, each.since) for each in found.standing)
    wanted = f"{example.place}: {example.name}: {example.answer}, for {example.why}"
    hint = "mend the program, or the line where the page has changed"
    assert found.answer == example.answer, f"{wanted}; {hint}\n{found}"
    assert example.basis in (ANY, None, found.basis), f"{wanted}; {hint}\n{found}"
    assert example.distance in (ANY, found.distance), f"{wanted}; {hint}\n{found.distance} years"
    assert example.newest in (ANY, found.last_known), f"{wanted}; {hint}\n{found.last_known}"
    assert example.says in (ANY, found.reason), f"{wanted}; {hint}\n{found.reason}"
    assert example.standing in (None, told), f"{wanted}; {hint}\n{found.standing}"


@pytest.mark.parametrize(("line", "complaint"), [
    ("1 a | members KEN @2010 | KEN 2010 | yes listed", "not enough values"),
    ("1 a | members KEN @2010 | KEN | yes listed | why", "not enough values"),
    ("1 a | members KEN @2010 | KEN 2010 | yes listed | why | readings=1", "readings"),
    ("1 a | member KEN @2010 | KEN 2010 | yes listed | why", "'member'"),
    ("1 a | members KEN before=2010 | KEN 2010 | yes listed | why", "'before'"),
    ("1 a | members KEN @2010 | KEN 2010 | yes listed | why | body=A_BODY", "A_BODY"),
    ("1 a | founded 1990 | KEN 2010 | unknown | why\n" * 2, "has this name"),
])  # fmt: skip
def test_a_line_that_is_no_example_is_named(line: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=rf"^evidence_examples\.txt:\d: .*{complaint}.*; write "):
        read(line)


STATES = ("AAA", "BBB", "CCC")

_years = st.integers(1998, 2016).map(str)
_months = st.builds("{}-{:02}".format, _years, st.integers(1, 12))
_days = st.builds("{}-{:02}".format, _months, st.integers(1, 28))
_prefixes = st.one_of(_years, _months, _days)


def _ordered(one: str, two: str) -> str:
    first, second = sorted((parse(one), parse(two)))
    return first.text if second.last < first.last else f"{first.text}/{second.text}"


_dates = st.one_of(_prefixes, _prefixes, st.builds(_ordered, _prefixes, _prefixes))
_asked = st.one_of(
    st.none(),
    st.integers(1990, 2036).map(str),
    st.builds("{}-{:02}".format, st.integers(1990, 2036), st.integers(1, 12)),
    _dates,
)
_states = st.lists(st.sampled_from(STATES), unique=True, max_size=3)
_NAMING = ["members"] * 5 + ["observers", "member_joined", "member_left"]


@st.composite
def _naming(draw: st.DrawFn) -> dict[str, Any]:
    """A list, a joining or a leaving."""
    key = draw(st.sampled_from(_NAMING))
    claim: dict[str, Any] = {"property": key, "value": draw(_states)}
    if key not in ("members", "observers") or draw(st.integers(0, 3)):
        claim["as_of"] = draw(_dates)
    elif draw(st.booleans()):
        claim["not_before"] = draw(_years)
    if key in ("members", "observers"):
        claim["complete"] = draw(st.sampled_from((True, True, False)))
    if key == "members" and not draw(st.integers(0, 5)):
        claim["disputed"] = draw(_states)
    return claim


@st.composite
def _claims(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The claims of a record, as the data have them: the founding before all lists."""
    claims = draw(st.lists(_naming(), max_size=5))
    year = draw(st.integers(1990, 1997))
    founding = draw(st.integers(0, 3))
    if founding:
        claims.append({"property": "founded", "value": str(year)})
    if founding == 2:
        day = draw(st.sampled_from((f"{year}-11-28", str(year), None)))
        dated = {"as_of": day} if day else {}
        founders = {"property": "founding_participants", "value": draw(_states), "complete": True}
        claims.append({**founders, **dated})
    if not draw(st.integers(0, 3)):
        claims.append({"property": "members_count", "value": 2, "as_of": draw(_prefixes)})
    if not draw(st.integers(0, 7)):
        claims.append({"property": "ended", "value": draw(_prefixes)})
    if not draw(st.integers(0, 3)):
        word = draw(st.sampled_from(("active", "not yet launched", "not yet formalised")))
        derived = draw(st.booleans())
        status = {"property": "status", "value": word, "as_of": draw(_prefixes)}
        claims.append({**status, "derived": derived})
    return draw(st.permutations(claims))


@given(_claims(), st.sampled_from(STATES), _asked, st.sampled_from((None, "2005-06-05")))
def test_random_questions_agree_with_the_oracle(
    claims: list[dict[str, Any]], state: str, date: str | None, since: str | None
) -> None:
    data = made(claims, since={state: since} if since else {})
    found = answer(data, state, date)
    record = {"id": "a-process", "claims": claims}
    assert_told(found, oracle(record, state, date, since=since, data_date=DATA_DATE))


_EFFECTS = (*CLOSED_BY, *CLOSED_BY["suspended"], "withdrawal-revoked", None)


@st.composite
def _event(draw: st.DrawFn) -> dict[str, Any]:
    """Something that happened to the standing of States."""
    claim: dict[str, Any] = {"property": "membership_event", "value": "something happened"}
    effect = draw(st.sampled_from(_EFFECTS))
    keys = {"as_of": draw(st.none() | _dates), "effect": effect}
    about = {"about": "a-body"} if not draw(st.integers(0, 7)) else {}
    return claim | about | {"states": draw(_states)} | {k: v for k, v in keys.items() if v}


@given(_claims(), st.lists(_event(), min_size=1, max_size=6), st.sampled_from(STATES), _asked)
def test_random_questions_on_standing_agree_with_the_oracle(
    claims: list[dict[str, Any]], events: list[dict[str, Any]], state: str, date: str | None
) -> None:
    found = answer(made([*claims, *events]), state, date)
    assert standing(found) == oracle_standing({"claims": [*claims, *events]}, state, date)
    without = answer(made(claims), state, date)
    assert found._replace(standing=()) == without, "an event changes no answer"


@given(_claims(), _claims(), st.sampled_from(STATES), _asked)
def test_random_questions_on_a_process_of_a_body_agree_with_the_oracle(
    claims: list[dict[str, Any]], of_body: list[dict[str, Any]], state: str, date: str | None
) -> None:
    rule = {"property": "membership_of", "value": "a-body"}
    found = answer(made([*claims, rule], of_body), state, date)
    record, body = {"id": "a-process", "claims": [*claims, rule]}, {"id": "b", "claims": of_body}
    assert_told(found, oracle(record, state, date, body=body, data_date=DATA_DATE))


@given(_claims(), st.sampled_from(STATES), _asked, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(
    claims: list[dict[str, Any]], state: str, date: str | None, random: Any
) -> None:
    first = answer(made(claims), state, date)
    random.shuffle(claims)
    second = answer(made(claims), state, date)
    assert (first.answer, first.basis) == (second.answer, second.basis)


_dated_list = st.builds(
    lambda states, day: {"property": "members", "value": states, "as_of": day, "complete": True},
    _states,
    _dates,
)


@given(_claims(), _dated_list, st.lists(_asked, min_size=3, max_size=3), _days)
def test_a_list_of_one_day_that_agrees_never_makes_an_answer_less_certain(
    claims: list[dict[str, Any]], listing: dict[str, Any], dates: list[str | None], day: str
) -> None:
    """It agrees with the answer, and with what is known of that very day."""
    claims = [*claims, listing]
    data = made(claims)
    for state in STATES:
        known = answer(data, state, day).answer
        if known not in ("yes", "no"):
            continue
        value = [state] if known == "yes" else []
        added = {"property": "members", "value": value, "as_of": day, "complete": known == "no"}
        more = made([*claims, added])
        for date in dates:
            before = answer(data, state, date)
            if before.answer == known:
                after = answer(more, state, date)
                assert after.answer == known, (state, date, before, after)


@st.composite
def _date_and_parts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A date, and narrower dates inside it."""
    date = draw(_dates)
    whole = parse(date)
    length = (whole.last - whole.first).days
    ends = st.lists(st.integers(0, length), min_size=2, max_size=4, unique=length > 3)
    days = sorted((whole.first + timedelta(place)).isoformat() for place in draw(ends))
    months = [day[:7] for day in days if parse(day[:7]).within(whole)]
    return date, [*days, *months, *map("/".join, pairwise(days))]


@given(_claims(), _date_and_parts())
def test_a_no_holds_on_every_day_of_the_date(
    claims: list[dict[str, Any]], asked_for: tuple[str, list[str]]
) -> None:
    """Undated lists are not asked of each day: by them a day can be possible, and never yes."""
    date, parts = asked_for
    data = made(claims)
    undated = any(c["property"] in CAPACITIES and "as_of" not in c for c in claims)
    for state in STATES:
        if answer(data, state, date).answer == "no":
            answers = {answer(data, state, part).answer for part in parts}
            assert answers <= ({"no", "possible", "unknown"} if undated else {"no"}), state


@QUARTERS
def test_who_was_a_member_on_the_first_or_last_day_of_a_year_was_one_in_that_year(
    data: Data, part: int
) -> None:
    for record in (record for record in data if record.kind in MEMBER_KINDS):
        for year in range(1997 + 2 * part, 2027, 8):
            whole = members_at(data, record, asked(str(year)))
            for day in (f"{year}-01-01", f"{year}-12-31"):
                for state, found in members_at(data, record, asked(day)).items():
                    if found.answer == "yes":
                        assert whole[state].answer == "yes", (record.id, state, day, whole[state])


@given(_claims(), st.sampled_from(STATES))
def test_nobody_is_a_member_before_the_founding(claims: list[dict[str, Any]], state: str) -> None:
    founded = [claim["value"] for claim in claims if claim["property"] == "founded"]
    assume(founded)
    day = f"{int(min(founded)) - 1}-12-31"
    assert answer(made(claims), state, day).answer == "no"


# Names ---------------------------------------------------------------------------------------


def test_states_are_named_by_lists_of_their_capacity_and_by_events_of_members() -> None:
    data = made(
        [
            {"property": "members", "value": ["PER"], "as_of": "2012"},
            {"property": "member_joined", "value": ["KEN"], "as_of": "2013"},
            {"property": "observers", "value": ["FRA"], "as_of": "2012"},
            {"property": "founding_participants", "value": ["BOL"]},
            {"property": "members", "value": ["CHL"], "as_of": "2012", "disputed": ["VEN"]},
        ]
    )
    record = data.records["a-process"]
    assert states_named(record) == ["BOL", "CHL", "KEN", "PER", "VEN"]
    assert states_named(record, "observers") == ["FRA"]
