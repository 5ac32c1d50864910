"""The worst that input within the limits can do: work is counted, never timed.

benchmarks/worst.py has the times of the same cases, at the size that the limits allow.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

import rcpref
from conftest import run_command
from helpers import hint_of, output, refuse, write_files
from rcpref.answers import comparison, rules, search, suggestions
from rcpref.answers.chair import chairs
from rcpref.answers.membership.members import Membership
from rcpref.answers.rules import MOST_CHAIRS, MOST_FINDINGS
from rcpref.answers.search import MOST_WORDS
from rcpref.answers.time import as_of
from rcpref.data.dataset import Data
from rcpref.dates import Interval
from rcpref.errors import NotFound, UsageProblem
from rcpref.export import MOST_PAGED
from rcpref.model.texts import Passage
from rcpref.report import terminal


def with_claims(data: rcpref.Dataset, claims: Sequence[Mapping[str, Any]]) -> Data:
    """The data with one process alone, and these claims on it."""
    source = next(iter(data.document["sources"]))
    own = [{"source": source, **claim} for claim in claims]
    raw = {"id": "own", "kind": "process", "name": "Own", "short_name": "Own"}
    return Data({**data.document, "records": {"own": raw}, "claims": {"own": own}}, "0" * 64)


def codes(data: Data) -> list[str]:
    return [finding.code for finding in rules.check(data)]


def day(number: int) -> str:
    return f"{1900 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


# check ---------------------------------------------------------------------------------


def test_no_more_findings_of_a_rule_are_made_than_are_told(data: rcpref.Dataset) -> None:
    lists = [
        {"property": key, "value": ["PER", "KEN"], "as_of": "2000"}
        for key in ("members", "observers")
        for _ in range(40)
    ]
    assert codes(with_claims(data, lists)).count("W504") == MOST_FINDINGS


def test_joinings_are_looked_through_once_for_a_state(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims: list[Mapping[str, Any]] = [
        {"property": "members", "value": ["PER", "KEN"], "as_of": day(2 * n)} for n in range(100)
    ]
    claims += [
        {"property": "member_joined", "value": ["PER", "KEN"], "as_of": day(2 * n + 1)}
        for n in range(-1, 99)
    ]
    compared = Mock(wraps=Interval.overlaps)
    monkeypatch.setattr(Interval, "overlaps", lambda *args: compared(*args))
    own = with_claims(data, claims)
    assert "W505" not in codes(own)
    assert compared.call_count < 1_000
    assert len(own.records["own"].claims) == 200


def test_so_many_mentions_of_a_state_in_the_chair_are_looked_up(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = list(data.countries)[:30]
    claims: list[Mapping[str, Any]] = [
        {"property": "members", "value": states, "as_of": "2000", "complete": True}
    ]
    claims += [{"property": "chair", "value": states, "as_of": day(n + 33_600)} for n in range(50)]
    asked = Mock(wraps=Membership.of)
    monkeypatch.setattr(Membership, "of", lambda *args: asked(*args))
    codes(with_claims(data, claims))
    assert asked.call_count == MOST_CHAIRS


# Texts ---------------------------------------------------------------------------------


@pytest.mark.wide
def test_the_passages_of_a_text_are_not_looked_through_for_each_of_them(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From two texts of which one is ten times as long, ten times as much work comes."""
    text = data.document["texts"]["lima-2013"]

    def calls(count: int) -> int:
        passages = [
            {"kind": "paragraph", "number": n, "text": "Words", "mentions": []}
            for n in range(count)
        ]
        plain = {**data.document, "texts": {"lima-2013": {**text, "passages": passages}}}
        asked = Mock(wraps=Passage.ref.fget)  # type: ignore[attr-defined]
        monkeypatch.setattr(Passage, "ref", property(lambda passage: asked(passage)))
        from rcpref.export.handbook import handbook

        own = Data(plain, "0" * 64)
        handbook(own, as_of(None, own.date))
        monkeypatch.undo()
        return asked.call_count

    assert calls(1_000) < 12 * calls(100)


# Tables --------------------------------------------------------------------------------


def test_a_mark_is_looked_for_at_the_beginnings_of_words_alone() -> None:
    text = f"{'m' * 50} [1] {'n' * 50}"
    places = [place for place in range(len(text)) if terminal._MARKED.match(text, place)]
    assert places == [0]
    assert re.findall(terminal._MARKED, "a [1][2]; b [3] [4] c") == [("a", "[1][2];"), ("b", "[3]")]


def test_a_table_ends_where_nobody_would_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "MOST_ROWS", 5)
    # Not by `output`, which would keep what is cut off for other tests.
    lines = run_command("list", "processes", "-f", "table").out.splitlines()
    assert sum(line.startswith("Bali Process") for line in lines) == 0
    every = len(output("list", "processes").lines)
    assert f"{every - 5} more rows are left out; -f tsv has all." in lines


# Pairs ---------------------------------------------------------------------------------


def toml_of(number: int) -> str:
    return (
        f'id = "own-{number}"\nkind = "process"\nname = "Own {number}"\n'
        f'short_name = "Own {number}"\n[[claim]]\nproperty = "members"\n'
        'value = ["PER", "KEN"]\nas_of = "2013"\nsource = "own"\n'
        f'[[claim]]\nproperty = "founded"\nvalue = "201{number % 3}"\nsource = "own"\n'
    )


def overlay_of(folder: Path, count: int) -> str:
    """An overlay of so many processes."""
    files = {f"processes/own-{number}.toml": toml_of(number) for number in range(count)}
    files["sources.toml"] = '[own]\ntitle = "Own"\npublisher = ["Own"]\ntier = "primary"\n'
    return str(write_files(folder, files))


@pytest.mark.usefixtures("small")
def test_no_more_records_are_compared_than_there_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = overlay_of(tmp_path, 10)
    assert len(run_command("matrix", "--data", folder).lines) >= 45
    monkeypatch.setattr(comparison, "MAX_RECORDS", 10)
    refused = refuse("matrix", "--data", folder, codes=(2,))
    assert "at most 10 records are compared at once, not 13" in refused.err
    assert run_command("matrix", "own-1", "own-2", "--data", folder).lines


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("target", "what"), [("atlas.html", "an atlas"), ("site/", "a site")])
def test_an_atlas_or_site_of_more_records_than_there_can_be_is_refused(
    tmp_path: Path, target: str, what: str
) -> None:
    more = overlay_of(tmp_path / "more", MOST_PAGED)
    line = ("export", f"{tmp_path}/{target}", *(("--to", "site") if target == "site/" else ()))
    refused = refuse(*line, "--data", more, codes=(2,))
    assert f"{what} has at most {MOST_PAGED} records, not {MOST_PAGED + 11}" in refused.err
    assert "rcpref export handbook.md" in hint_of(refused)
    assert [each.name for each in tmp_path.iterdir()] == ["more"]


# The chair ---------------------------------------------------------------------------------


def test_states_that_are_named_often_in_the_chair_are_one_answer(data: rcpref.Dataset) -> None:
    claims = [{"property": "chair", "value": ["KEN", "PER"], "note": f"{n}"} for n in range(50)]
    (found,) = chairs(with_claims(data, claims).records["own"], as_of(None, data.date))
    assert (found.states, len(found.rests_on)) == (("KEN", "PER"), 50)


# search --------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["peru", '"peru', "perru", '"peru"'])
def test_a_search_of_more_words_than_a_sentence_has_is_refused(
    data: rcpref.Dataset, word: str
) -> None:
    with pytest.raises(UsageProblem, match=f"has {MOST_WORDS + 1} words") as caught:
        data.search(" ".join([word] * (MOST_WORDS + 1)))
    assert str(MOST_WORDS) in caught.value.hint


def test_as_many_operators_as_a_search_can_have_are_understood(data: rcpref.Dataset) -> None:
    assert data.search("peru" + " NOT zyx" * ((MOST_WORDS - 1) // 2))
    assert data.search("peru" + " OR zyx" * ((MOST_WORDS - 1) // 2))


def test_of_a_search_only_the_first_misspelt_words_are_compared(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Mock(wraps=suggestions.nearest)
    monkeypatch.setattr(suggestions, "nearest", compared)
    with pytest.raises(NotFound):
        search.search(data, " ".join(f"evidenc{n}x" for n in range(150)), search.Scope())
    assert compared.call_count == 5
