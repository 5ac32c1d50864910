"""What counts as a disagreement of sources, and what does not."""

from itertools import chain
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcpref
from asking import bundled
from evidence_examples import Claim, Named, claims_of, keys_of, record_of, table_of
from rcpref.answers import disputes as asking
from rcpref.answers.disputes import Dispute, disputes_in


def claim(key: str, value: Any, source: str, **more: Any) -> rcpref.Claim:
    return rcpref.Claim("r", key, value, source, **more)


def record(*claims: rcpref.Claim) -> rcpref.Record:
    return rcpref.Record("r", "process", "R", "R", claims=claims)


def disputes(*claims: rcpref.Claim) -> list[Dispute]:
    return disputes_in(record(*claims), bundled().type_of)


def sources(found: list[Dispute]) -> list[list[str]]:
    return [[each.source for each in dispute.claims] for dispute in found]


# Examples --------------------------------------------------------------------------------


VALUES = (
    ("members_count 45", "members_count 48"),
    ("status active", "status dormant"),
    ("members KEN", "members UGA"),
)
"""What ONE and TWO are in a line that holds for several types."""


class Example(NamedTuple):
    """A line of the file."""

    place: str
    claims: tuple[Claim, ...]
    disputes: list[str]
    why: str
    says: str


def examples_of(place: str, named: Named, columns: list[str]) -> list[Example]:
    claims, found, why, *more = columns
    wanted = [] if found == "none" else found.split()
    written = {claims.replace("ONE", one).replace("TWO", two) for one, two in VALUES}
    says = keys_of(more, "says").get("says", "")
    return [Example(place, claims_of(each, named), wanted, why, says) for each in sorted(written)]


EXAMPLES = table_of(
    "dispute_examples.txt",
    "CLAIMS | DISPUTES | WHY [| says REASON]",
    examples_of,
)


@pytest.mark.parametrize("example", [*chain(*EXAMPLES)], ids=lambda example: example.place)
def test_an_example(example: Example) -> None:
    claims = record_of(example.claims, "abcd").claims
    found = disputes(*claims)
    wanted = f"{example.place}: {example.why}; mend the program, or the line\n{found}"
    assert ["".join(group) for group in sources(found)] == example.disputes, wanted
    if example.says:
        told = (found[0].record, found[0].property, found[0].reason)
        assert told == ("r", claims[0].property, example.says), wanted
    if len(claims) == 2:
        turned = [group[::-1] for group in sources(found)]
        assert sources(disputes(*reversed(claims))) == turned, f"in another order, {wanted}"
        one, two = example.claims
        value = one["value"]
        same = {**two, "value": value[::-1] if isinstance(value, list) else value}
        if "disputed" not in one:
            assert not disputes(*record_of((one, same), "ab").claims), f"the same, {wanted}"


# Groups ----------------------------------------------------------------------------------

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


# Without comparing all with all ----------------------------------------------------------


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
