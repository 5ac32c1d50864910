"""Who was in the chair, at a date and as last known: worked examples, edges, an oracle."""

from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chair_oracle as oracle
from evidence_examples import Claim, Named, claims_of, keys_of, record_of, table_of
from helpers import QUARTERS
from rcpref.answers.chair import chairs, next_chairs
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.dates import parse

# Examples --------------------------------------------------------------------------------

LAST_KNOWN = AsOf(parse("2026-11-24"), last_known=True)


class Example(NamedTuple):
    """A line of the file: claims, the date asked for, and who was in the chair."""

    place: str
    claims: tuple[Claim, ...]
    date: str
    holders: list[list[str]]
    why: str
    keys: dict[str, str]


def example_of(place: str, named: Named, columns: list[str]) -> Example:
    claims, date, holders, why, *more = columns
    told = [each.split() for each in holders.split(";") if each != "none"]
    return Example(
        place, claims_of(claims, named), date, told, why, keys_of(more, "newest", "rests", "says")
    )


EXAMPLES = table_of(
    "chair_examples.txt",
    "CLAIMS | DATE | HOLDERS | WHY [| KEY=VALUE ...] [| says REASON]",
    example_of,
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.place)
def test_an_example(example: Example) -> None:
    last_known = example.date == "last-known"
    asked = LAST_KNOWN if last_known else AsOf(parse(example.date))
    found = chairs(record_of(example.claims), asked)
    wanted = f"{example.place}: {example.why}; mend the program, or the line\n{found}"
    told = [["+".join(holder.states), holder.answer, holder.basis] for holder in found]
    assert len(told) == len(example.holders), wanted
    for one, other in zip(told, example.holders, strict=True):
        assert one[: len(other)] == other, wanted
    if says := example.keys.get("says"):
        assert found[0].reason == says, wanted
    if newest := example.keys.get("newest"):
        assert str(found[0].last_known or "none") == newest, wanted
    if rests := example.keys.get("rests"):
        assert [claim.source for claim in found[0].rests_on] == [f"s{n}" for n in rests.split(",")]
    if not last_known:
        said = {(holder.states, holder.answer) for holder in found}
        assert set(oracle.chair(example.claims, example.date)) == said, wanted


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


def test_undated_claims_are_one_answer_only_where_they_say_the_same() -> None:
    own = record_of(claims_of("chair PER not_before=2011; chair PER not_before=2011; chair PER"))
    found = chairs(own, LAST_KNOWN)
    assert [(holder.reason, len(holder.rests_on)) for holder in found] == [
        ("named without a date, not before 2011", 2),
        ("named without a date", 1),
    ]


@pytest.mark.parametrize(("announced", "found"), [
    ("next_chair URY @2025-11-18", True),
    ("next_chair URY @2023-05", False),
    ("next_chair BRA @2025-11-18", False),
    ("next_chair URY", False),
])  # fmt: skip
def test_who_follows(announced: str, found: bool) -> None:
    """Not who was announced years before the last chair, nor the last chair itself."""
    made = record_of(claims_of(f"chair BRA @2025-11-19; {announced}"))
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
    found = {(h.states, h.answer) for h in chairs(record_of(claims), AsOf(parse(asked)))}
    assert found == set(oracle.chair(claims, asked))


@given(_chairs(), _prefixes, st.randoms(use_true_random=False))
def test_the_order_of_claims_on_the_chair_does_not_matter(
    claims: list[dict[str, Any]], asked: str, random: Any
) -> None:
    first = [(h.states, h.answer) for h in chairs(record_of(claims), AsOf(parse(asked)))]
    random.shuffle(claims)
    assert [(h.states, h.answer) for h in chairs(record_of(claims), AsOf(parse(asked)))] == first
