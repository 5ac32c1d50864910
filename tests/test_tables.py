"""Answers of several lines: the API says what the command says, and pandas takes the rows."""

import csv
import io
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import pandas
import pytest

import rcpref
from asking import bundled
from conftest import run_command


def asked(*args: str) -> list[dict[str, Any]]:
    """The items of a command, those that are not certain included."""
    report = run_command(*args, "-f", "json").json
    return [*report["items"], *report.get("uncertain", ())]


@pytest.fixture(scope="module")
def panel() -> list[rcpref.PanelRow]:
    return bundled().panel("2003", "2025")


def test_a_panel_has_the_answer_of_the_command_for_every_state_and_year(
    panel: list[rcpref.PanelRow],
) -> None:
    rows = {(row.record, row.state, row.as_of): row for row in panel}
    assert len(rows) == len(panel)
    years = [str(year) for year in range(2003, 2026)]
    assert {row.as_of for row in panel} == {*years}
    keys = [(row.record, row.state, row.as_of) for row in panel]
    assert keys == sorted(keys)
    named = {(row.record, row.state) for row in panel}
    assert len(panel) == len(named) * len(years)
    for record in ("bali-process", "mtm", "igad-rcp"):
        for year in ("2005", "2013", "2024"):
            for item in asked("members", record, "--as-of", year, "--answer", "all"):
                row = rows[record, item["id"], year]
                same = ("answer", "basis", "reason", "last_known", "distance")
                assert [getattr(row, key) for key in same] == [item[key] for key in same]
                assert row.certain is {"yes": True, "no": False}.get(row.answer)
                told = [(each["effect"], each["since"]) for each in item["standing"]]
                assert [(each.effect, each.since) for each in row.standing] == told
                assert [claim.ref for claim in row.rests_on] == [c["ref"] for c in item["rests_on"]]
                assert (row.first, row.last) == (date(int(year), 1, 1), date(int(year), 12, 31))


def test_a_panel_by_month_and_of_other_kinds() -> None:
    rows = bundled().panel("2013-11", "2014", "month", kinds=["body", "process"])
    months = list(dict.fromkeys(row.as_of for row in rows))
    assert (months[0], months[-1], len(months)) == ("2013-11", "2014-12", 14)
    assert {bundled()[row.record].kind for row in rows} == {"body", "process"}
    assert rows[0].last == date(2013, 11, 30)


@pytest.mark.parametrize(("start", "end", "by", "words"), [
    ("2025", "2003", "year", "2003 comes before 2025"),
    ("2003", "2025", "decade", "no unit 'decade'"),
    ("0001", "2025", "year", "2025 years are too many"),
    ("1990", "2025", "month", "432 months are too many"),
    ("2003", "soon", "year", "'soon' is not a date"),
])  # fmt: skip
def test_a_panel_that_cannot_be_is_refused(start: str, end: str, by: str, words: str) -> None:
    with pytest.raises(rcpref.UsageProblem, match=words):
        bundled().panel(start, end, by)


def test_a_kind_that_there_is_not_is_refused() -> None:
    for kind in ("meeting", "club"):
        with pytest.raises(rcpref.UsageProblem):
            bundled().panel("2013", "2013", kinds=kind)


def test_rows_become_data_frames_as_they_are(panel: list[rcpref.PanelRow]) -> None:
    data = bundled()
    tables: list[list[Any]] = [
        panel,
        data.spells(),
        data.edges("2013"),
        data.matrix("igc", "mtm"),
        data.members("bali-process", "2013-05").rows(),
        data.timeline("sacm"),
        data.chair_terms(),
    ]
    for rows in tables:
        frame = pandas.DataFrame(rows)
        assert tuple(frame.columns) == type(rows[0])._fields
        assert len(frame) == len(rows)
        for column, value in zip(frame.columns, rows[0], strict=True):
            # An absent value is None or not a number, as the type of the column has it.
            if value is not None:
                assert frame[column].iloc[0] == value
    frame = pandas.DataFrame(panel)
    certain = frame[frame["answer"] == "yes"].groupby("as_of").size()
    assert certain["2013"] == sum(row.answer == "yes" for row in panel if row.as_of == "2013")


def test_the_rows_of_members_have_all_answers() -> None:
    members = bundled().members("bali-process", "2013-05")
    rows = {row.state: row for row in members.rows()}
    assert [*rows] == [*members.answers]
    for state, answer in members.answers.items():
        assert rows[state].reason == answer.reason
        for field in set(answer._fields) - {"why"}:
            assert getattr(rows[state], field) == getattr(answer, field)


def test_spells_say_what_the_answer_of_each_day_is() -> None:
    data = bundled()
    spells = [row for row in data.spells() if row.capacity == "members"]
    for row in spells[::97]:
        answer = data.member(row.record, row.state, row.last_day)
        assert answer.answer == row.answer
        assert "; ".join(each.effect for each in answer.standing) == (row.standing or "")


# As the command line ---------------------------------------------------------------------


def test_a_timeline_is_that_of_the_command() -> None:
    items = asked("timeline", "igc", "peru", "--from", "2010", "--to", "2020")
    found = bundled().timeline("igc", "peru", start="2010", end="2020")
    keys = ("date", "record", "event", "what")
    assert [tuple(getattr(each, key) for key in keys) for each in found] == [
        tuple(item[key] for key in keys) for item in items
    ]
    text = run_command("timeline", "igc", "-f", "csv").out
    for line in csv.DictReader(io.StringIO(text)):
        span = rcpref.parse_date(line["date"])
        assert (line["first"], line["last"]) == (span.first.isoformat(), span.last.isoformat())
    with pytest.raises(rcpref.UsageProblem, match="no event 'wedding'"):
        bundled().timeline(events="wedding")


def test_a_matrix_is_that_of_the_command_and_edges_are_a_part_of_it() -> None:
    data = bundled()
    items = asked("matrix", "--as-of", "2013-05")
    matrix = data.matrix(as_of="2013-05")
    assert [row._asdict() for row in matrix] == [
        {field: item[field] for field in rcpref.Overlap._fields} for item in items
    ]
    assert data.edges("2013-05") == [row for row in matrix if row.shared]
    named = data.matrix("Rabat Process", "ECOWAS", "igc", as_of="2013-05")
    assert {frozenset((row.record, row.other)) for row in named} == {
        frozenset(pair) for pair in combinations(("rabat-process", "ecowas", "igc"), 2)
    }
    with pytest.raises(rcpref.UsageProblem, match="not by IGC alone"):
        data.matrix("igc", "IGC")


def test_a_comparison_and_changes_are_those_of_the_command() -> None:
    items = asked("compare", "midsa", "comesa", "sacm", "--as-of", "2013-05")
    found = bundled().compare("midsa", "comesa", "sacm", as_of="2013-05")
    said = {each.state: (each.where, each.certain) for each in found if each.where}
    assert said == {item["id"]: (item["where"], item["count"]) for item in items}
    items = asked("members", "european-union", "--changes", "2003", "2021")
    changes = bundled().changes("european-union", "2003", "2021")
    assert [(each.state, each.change) for each in changes] == [
        (item["id"], item["change"]) for item in items
    ]
    assert bundled().changes("colombo-process")


def test_terms_of_the_chair_hold_every_claim_once_and_agree_with_the_answers() -> None:
    data = bundled()
    for record in (*data.of_kind("process"), *data.of_kind("forum")):
        terms = data.chair_terms(record.id)
        claims = [claim for term in terms for claim in term.rests_on]
        assert len(claims) == len({*claims})
        dated = {claim for claim in record.claims_of("chair") if claim.date}
        assert {*claims} == dated
        for one, two in pairwise(terms):
            assert one.states != two.states or one.until, one
        for term in terms:
            assert term.first <= term.last
            for day in (term.first, term.last):
                holders = data.chairs(record.id, day.isoformat())
                # In the margins of a date it is possible; never unheard of.
                assert term.states in [holder.states for holder in holders], term


def test_a_map_is_that_of_the_command() -> None:
    picture = bundled().map("Bali Process", "2013-05")
    assert run_command("map", "bali-process", "--as-of", "2013-05").out == picture
    with pytest.raises(rcpref.NotFound):
        bundled().map("igc", capacity="candidates")
