"""`rcpref search`, through the installed command."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import bundled
from helpers import raw, refuse
from rcpref.answers.search import END, START, Scope, search
from rcpref.data.dataset import Data
from rcpref.errors import NotFound, UsageProblem

Run = Callable[..., Any]


def test_passages_and_names_come_first_then_sentences_and_lists_of_topics_last(run: Run) -> None:
    items = run("search", "migration", "--limit", "3000", "-f", "json").json["items"]
    kinds = ["topics" if "/topics@" in item["ref"] else item["type"] for item in items]
    assert not {"passage", "name"} & {*kinds[kinds.index("claim") :]}
    assert kinds.index("topics") > kinds.index("claim") + 100


def test_a_record_that_is_named_so_comes_first(data: Data) -> None:
    records = data.document["records"]
    every = {
        key: {key, raw["name"], raw["short_name"], raw.get("acronym", ""), *raw.get("aliases", ())}
        | set(raw.get("names", {}).values())
        for key, raw in records.items()
    }
    for key in ("bali-process", "gfmd", "sacm", "hld", "igad", "khartoum-process", "a-res-65-170"):
        for name in filter(None, every[key]):
            hits = search(data, name, Scope(), limit=9)
            named = [each for each in every if name in every[each]]
            first = {(hit.ref, hit.type) for hit in hits[: len(named)]}
            assert first == {(each, "name") for each in named}, name


def test_what_no_record_is_named_stays_in_its_order(run: Run) -> None:
    found = run("search", "dialogue on migration", "-f", "json").json["items"]
    scores = [item["score"] for item in found]
    assert scores == sorted(scores, reverse=True)
    named = run("search", "Global Forum on Migration and Development", "-f", "json").json["items"]
    scores = [item["score"] for item in named]
    assert (named[0]["ref"], named[0]["type"]) == ("gfmd", "name")
    assert scores != sorted(scores, reverse=True)
    assert scores[1:] == sorted(scores[1:], reverse=True)
    assert run("search", "GFMD", "--in", "texts").ids[0].startswith("lima-2013/")


def test_plurals_do_not_matter(run: Run) -> None:
    assert set(run("search", "conclusion").ids) == set(run("search", "conclusions").ids)


def test_phrases_prefixes_and_operators(run: Run) -> None:
    phrase = run("search", '"lessons learned"', "--in", "texts").ids
    assert "lima-2013/conclusion-5" in phrase
    assert run("search", "vulnerab*", "--in", "texts").ids == ["lima-2013/conclusion-4"]
    either = run("search", "vulnerable OR deepening", "--in", "texts").ids
    assert set(either) == {"lima-2013/conclusion-4", "lima-2013/conclusion-5"}
    without = run("search", "conclusions NOT Peru", "--in", "texts").ids
    assert without and "lima-2013/paragraph-11" not in without


def test_scopes(run: Run) -> None:
    chairs = run("search", "peru", "--property", "chair", "-f", "json").json
    assert {item["claim"]["property"] for item in chairs["items"]} == {"chair"}
    names = run("search", "migration", "--in", "names", "--kind", "organization").ids
    assert "iom" in names
    dated = run("search", "peru", "--as-of", "2013-05", "-f", "json").json
    assert dated["items"] and all(item["type"] == "claim" for item in dated["items"])
    assert len(run("search", "migration", "--limit", "3").lines) == 3


def test_every_hit_shows_why(run: Run) -> None:
    answer = run("search", "vulnerable", "-f", "json").json
    assert all(item["matched"] for item in answer["items"])
    assert answer["items"][0]["text"] and answer["items"][0]["ref"]
    cited = {item["source"] for item in answer["items"] if "source" in item}
    assert set(answer["sources"]) == cited


@given(
    st.text(max_size=30)
    | st.lists(
        st.sampled_from(["peru", "AND", "OR", "NOT", '"', "*", "(", ")", "-", "migra*", "5+5"])
    ).map(" ".join)
)
def test_no_query_breaks_the_search(query: str) -> None:
    try:
        hits = search(bundled(), query, Scope(("texts", "names")), 3)
    except (NotFound, UsageProblem):
        return
    assert hits
    for hit in hits:
        assert START in hit.marked and END in hit.marked


OPERATORS = ("NOT", "OR", "AND")


@pytest.mark.process
@pytest.mark.parametrize("operator", OPERATORS)
def test_a_query_of_nearly_200_words_is_answered(operator: str) -> None:
    """SQLite nests no deeper than 256: of 200 words, operators included, all are taken."""
    done = raw("search", "evidence" + f" {operator} zzqq" * 99, "-f", "json")
    assert done.returncode == (1 if operator == "AND" else 0), done.stderr


@pytest.mark.parametrize("times", [100, 256, 1000])
@pytest.mark.parametrize("operator", OPERATORS)
def test_a_query_of_over_200_words_is_wrong_usage(times: int, operator: str) -> None:
    line = ("search", "evidence" + f" {operator} zzqq" * times, "-f", "json")
    assert "words" in refuse(*line, codes=[2]).err
