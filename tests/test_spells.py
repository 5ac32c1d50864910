"""Spells: the days over which an answer is the same, as an export of one table."""

import csv
import io
from bisect import bisect_left
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import bundled
from conftest import run_command
from rcpref.answers.membership.members import member_at
from rcpref.answers.time import as_of

Spell = dict[str, str]
Key = tuple[str, str, str]
Spells = dict[Key, list[Spell]]


@pytest.fixture(scope="module")
def spells(tmp_path_factory: pytest.TempPathFactory) -> Spells:
    path = tmp_path_factory.mktemp("spells") / "spells.csv"
    run_command("export", str(path))
    found: Spells = {}
    for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
        found.setdefault((row["record"], row["state"], row["capacity"]), []).append(row)
    return found


@pytest.mark.wide
@given(st.randoms(use_true_random=False), st.dates(date(1900, 1, 1), date(2026, 11, 30)))
def test_a_spell_has_the_answer_of_each_of_its_days(
    spells: Spells, random: Random, day: date
) -> None:
    data = bundled()
    key = record, state, capacity = random.choice(sorted(spells))
    if random.random() < 0.5:  # beside a turn, which a day of a century rarely is
        turn = date.fromisoformat(random.choice(spells[key])["last_day"])
        day = min(turn + timedelta(random.choice((-1, 0, 1, 2))), date.fromisoformat(data.date))
    row = spells[key][bisect_left([each["last_day"] for each in spells[key]], day.isoformat())]
    assert row["first_day"] <= day.isoformat() <= row["last_day"]
    asked = as_of(day.isoformat(), data.date)
    answer = member_at(data, data[record], state, asked, capacity)
    assert row["answer"] == answer.answer
    assert row["standing"] == "; ".join(each.effect for each in answer.standing)
    assert (answer.basis or "") in row["basis"].split("; ")
    if answer.distance is not None:
        assert int(row["distance"]) <= answer.distance


def test_spells_follow_each_other_from_the_beginning_to_the_day_of_the_data(
    spells: Spells,
) -> None:
    for key, rows in spells.items():
        assert rows[0]["first_day"] == "" and rows[-1]["last_day"] == bundled().date, key
        for one, other in pairwise(rows):
            gap = date.fromisoformat(other["first_day"]) - date.fromisoformat(one["last_day"])
            assert gap.days == 1, key
            # Two that meet are told apart, and agree on whether the day is known.
            assert (one["answer"], one["standing"]) != (other["answer"], other["standing"]), key
            assert one["end_known"] == other["start_known"], key


def test_a_spell_ends_on_the_day_of_a_leaving(spells: Spells) -> None:
    rows = spells["european-union", "GBR", "members"]
    assert [row["answer"] for row in rows] == ["no", "yes", "yes", "yes", "no"]
    assert [row["last_day"] for row in rows][-2:] == ["2020-01-31", "2026-11-30"]
    assert rows[2]["standing"] == "withdrawal-announced"
    assert [row["end_known"] for row in rows][-2:] == ["TRUE", "FALSE"]


def test_a_spell_ends_on_the_day_on_which_a_process_ended(
    spells: Spells,
) -> None:
    for state in ("TKM", "UKR"):
        *_, before, after = spells["cis-conference", state, "members"]
        assert (before["answer"], before["last_day"]) == ("yes", "2005-10-10")
        assert (after["answer"], after["first_day"]) == ("no", "2005-10-11")
        assert before["end_known"] == "TRUE"
