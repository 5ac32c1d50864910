"""`rcpref timeline`: what happened, in order of time, with the precision of its source."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asking import ask, bundled, claims, table
from conftest import environment, run_command, run_inside
from helpers import cases, output, rows, write_files
from rcpref.dates import parse


def whole() -> list[dict[str, Any]]:
    """The timeline of everything."""
    items: list[dict[str, Any]] = ask("timeline")["items"]
    return items


def key(item: dict[str, Any]) -> tuple[str, ...]:
    return item["date"], item["record"], item["event"], item["what"]


# Order and precision ---------------------------------------------------------------------


def test_it_goes_by_time_and_a_whole_year_comes_before_its_months() -> None:
    places = [(item["first"], -date.fromisoformat(item["last"]).toordinal()) for item in whole()]
    assert len(places) > 400
    assert places == sorted(places)
    rows_in_order = [(row[0], row[1]) for row in rows(output("timeline").out)]
    assert rows_in_order == [(item["date"], item["record"]) for item in whole()]


def test_dates_keep_the_precision_of_their_claims() -> None:
    for item in whole():
        keys = ["date", "first", "last", "record", "event", "what", "claims", "held", "series"]
        assert list(item) == keys
        assert (item["held"] is None) == (item["event"] != "meeting")
        when = parse(item["date"])
        assert (item["first"], item["last"]) == (when.first.isoformat(), when.last.isoformat())
        assert item["claims"]
        # Nothing is made more precise than a claim has it.
        written = {
            text
            for each in item["claims"]
            for text in (each["as_of"], each.get("from"), each.get("until"), each["value"])
            if isinstance(text, str)
        }
        if item["event"] == "meeting" and len(item["claims"]) > 1 and item["series"]:
            assert set(item["date"].split("/")) <= written
        else:
            assert item["date"] in written, item
        for each in item["claims"]:
            assert claims()[each["ref"]].record in (item["record"], item["series"])


def test_a_meeting_is_held_or_planned_and_a_session_stands_once() -> None:
    items = [each for each in whole() if each["event"] == "meeting"]
    by_days: dict[tuple[str, str], list[str]] = {}
    for each in items:
        by_days.setdefault((each["first"], each["last"]), []).append(each["record"])
    assert by_days["2013-10-03", "2013-10-04"] == ["hld-2013"]
    assert by_days["2025-09-02", "2025-09-04"] == ["gfmd-2025-riohacha"]
    sessions = {each["record"]: each for each in items if each["series"]}
    riohacha = sessions["gfmd-2025-riohacha"]
    assert riohacha["series"] == "gfmd" and riohacha["held"] == "held"
    assert {claims()[each["ref"]].record for each in riohacha["claims"]} == {
        "gfmd",
        "gfmd-2025-riohacha",
    }
    # What the forum tells of another day of the session stays.
    assert by_days["2020-01-23", "2020-01-23"] == ["gfmd"]
    planned = {each["what"]: each for each in items if each["held"] == "planned"}
    assert len(planned) == 16
    announced = {what for what in planned if re.search("(announced|planned|scheduled) for", what)}
    # That of others is only known from a claim `next_meeting`, or from what the forum says.
    others = {planned[what]["record"] for what in planned.keys() - announced}
    assert others == {"rabat-process", "imrf-2026"}


def test_a_year_is_not_its_first_day() -> None:
    items = ask("timeline", "igc", "--from", "2013-06", "--to", "2013-06")["items"]
    assert {(item["date"], item["what"]) for item in items} == {
        ("2013", "New Zealand leaves the chair"),
        ("2013", "Denmark takes the chair"),
    }
    assert (items[0]["first"], items[0]["last"]) == ("2013-01-01", "2013-12-31")


# Completeness ----------------------------------------------------------------------------


@pytest.mark.parametrize(("properties", "event"), [
    (("member_joined",), "joining"),
    (("member_left",), "leaving"),
    (("founded", "founding_event"), "founding"),
    (("milestone",), "milestone"),
    (("membership_event",), "membership standing"),
])  # fmt: skip
def test_every_dated_claim_of_what_happened_is_there_once(
    properties: tuple[str, ...], event: str
) -> None:
    told = [
        each["ref"] for item in whole() if item["event"] in event.split() for each in item["claims"]
    ]
    wanted = [
        ref
        for ref, claim in claims().items()
        if claim.property in properties and (claim.as_of or claim.property == "founded")
    ]
    assert wanted
    assert sorted(told) == sorted(wanted)


def test_every_chair_of_a_process_or_forum_is_there() -> None:
    told = {each["ref"] for item in whole() if item["event"] == "chair" for each in item["claims"]}
    wanted = {
        ref
        for ref, claim in claims().items()
        if claim.property == "chair"
        and claim.date
        and bundled()[claim.record].kind in ("process", "forum")
    }
    assert told == wanted


def test_a_term_is_told_at_both_of_its_ends() -> None:
    found = [
        (item["date"], item["what"])
        for item in ask("timeline", "colombo-process")["items"]
        if "Bangladesh" in item["what"]
    ]
    assert found == [
        ("2009-12-14", "Bangladesh takes the chair"),
        ("2013-10-12", "Bangladesh leaves the chair"),
    ]


def test_every_meeting_and_summit_is_there_from_its_first_day_to_its_last() -> None:
    told = {item["record"]: item for item in whole() if item["event"] == "meeting"}
    held = [
        record
        for record in bundled()
        if record.kind in ("meeting", "summit") and record.claims_of("start_date")
    ]
    assert len(held) > 20
    for record in held:
        assert (
            told[record.id]["first"]
            == parse(str(record.claims_of("start_date")[0].value)).first.isoformat()
        )
    lima = told["lima-2013"]
    assert lima["date"] == "2013-05-22/2013-05-23"
    assert lima["what"] == "Fourth Global Meeting of RCP Chairs and Secretariats (Lima, Peru)"


def test_the_same_thing_said_by_two_sources_is_told_once_with_both() -> None:
    item = next(
        each
        for each in ask("timeline", "colombo-process")["items"]
        if each["what"] == "Nepal takes the chair"
    )
    assert {each["source"] for each in item["claims"]} >= {"ft-lk-2017-04-19", "iom-cp-nepal-2017"}
    for entries in (whole(), ask("timeline", "colombo-process")["items"]):
        assert len(set(map(key, entries))) == len(entries)


# Filters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "end"), cases({
    "2013": ["2013"],
    "2013-05": ["2013-05"],
    None: ["2013-05-22", "2013-06/2013-08"],
    "1990": [None],
    "2014-06": ["2012"],
}))  # fmt: skip
def test_from_and_to_keep_what_overlaps(start: str | None, end: str | None) -> None:
    args = [*(("--from", start) if start else ()), *(("--to", end) if end else ())]
    first = parse(start).first.isoformat() if start else "0001-01-01"
    last = parse(end).last.isoformat() if end else "9999-12-31"
    wanted = [item for item in whole() if item["first"] <= last and item["last"] >= first]
    report = ask("timeline", *args)
    assert report["items"] == wanted
    assert (report["query"]["from"], report["query"]["to"]) == (start, end)


def test_records_by_any_name() -> None:
    names = {"igc", "colombo-process", "bali-process"}
    report = ask("timeline", "IGC", "colombo", "Bali Process")
    assert report["items"] == [item for item in whole() if item["record"] in names]
    assert report["query"]["names"] == ["igc", "colombo-process", "bali-process"]


def test_a_forum_has_its_sessions_that_are_records_of_their_own() -> None:
    report = ask("timeline", "gfmd", "--event", "meeting", "--from", "2018", "--to", "2018")
    assert [item["record"] for item in report["items"]] == ["gfmd-2018-marrakesh"]
    alone = ask("timeline", "gfmd-2018-marrakesh")["items"]
    assert alone == report["items"]


def test_a_state_has_its_joinings_leavings_and_chairs() -> None:
    found = [
        (item["date"], item["record"], item["event"])
        for item in ask("timeline", "bangladesh")["items"]
    ]
    assert [each for each in found if each[2] == "chair"] == [
        ("2009-12-14", "colombo-process", "chair"),
        ("2013-10-12", "colombo-process", "chair"),
        ("2016", "gfmd", "chair"),
    ]
    assert ("1972", "ilo", "joining") in found
    croatia = [(item["date"], item["event"]) for item in ask("timeline", "HRV")["items"]]
    assert ("2013-07-01", "joining") in croatia
    kingdom = [(item["date"], item["event"]) for item in ask("timeline", "UK")["items"]]
    assert ("2020-01-31", "leaving") in kingdom


def test_a_state_has_the_events_of_its_standing_in_their_own_words() -> None:
    items = ask("timeline", "mali", "--event", "standing")["items"]
    events = [claims()[each["ref"]] for item in items for each in item["claims"]]
    assert [(item["date"], item["record"], item["what"]) for item in items] == [
        (event.as_of, event.record, event.value) for event in events
    ]
    wanted = {
        each
        for each in claims().values()
        if "MLI" in each.states and each.effect and each.as_of and not each.about
    }
    assert {*events} == wanted
    assert {event.effect for event in events} >= {"suspended", "reinstated"}
    assert {item["record"] for item in items} >= {"african-union", "ecowas"}
    # Without the filter they stand among the other things that happened.
    every = ask("timeline", "mali")["items"]
    assert [item for item in every if item["event"] == "standing"] == items


def test_a_record_has_the_standing_of_its_states_and_what_is_only_repeated_is_none() -> None:
    told = {
        each["ref"]
        for item in ask("timeline", "--event", "standing")["items"]
        for each in item["claims"]
    }
    dated = {ref: each for ref, each in claims().items() if each.effect and each.as_of}
    assert told == {ref for ref, each in dated.items() if not each.about}
    items = ask("timeline", "igad", "--event", "standing")["items"]
    assert {item["record"] for item in items} == {"igad"}
    assert "Eritrea" in " ".join(item["what"] for item in items)


def test_a_record_and_a_state_together() -> None:
    both = ask("timeline", "midsa", "bangladesh")["items"]
    one = ask("timeline", "midsa")["items"]
    two = ask("timeline", "bangladesh")["items"]
    assert sorted(map(key, both)) == sorted({*map(key, one), *map(key, two)})


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_today_is_the_date_of_the_data(option: str) -> None:
    today, then = (
        run_inside(("timeline", "igc", option, date), environment())
        for date in ("today", bundled().date)
    )
    assert today.code == then.code != 2
    assert today.out == then.out


# For people ------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 160])
def test_a_table_has_a_mark_in_each_row_and_its_sources(columns: int) -> None:
    text = table("timeline", "igc", "lima-2013", columns=columns)
    body = text.partition("\nSources\n")[0].partition("─\n")[2]
    lines = re.split(r"\n(?=\d{4})", body.strip())
    assert len(lines) == ask("timeline", "igc", "lima-2013")["count"]
    assert all(re.search(r"\[\d+\]", line) for line in lines)


# Meetings whose dates are odd --------------------------------------------------------------

MEETING = """\
id = "own-meeting"
kind = "meeting"
name = "Own Meeting"
short_name = "Own Meeting"
"""
STATED = '[[claim]]\nproperty = "{}"\nvalue = "{}"\nsource = "own-note"\n'


def with_meeting(folder: Path, start: str, end: str) -> Path:
    """An overlay with a meeting of these dates, and a text of it."""
    claims = STATED.format("start_date", start) + (STATED.format("end_date", end) if end else "")
    return write_files(
        folder,
        {
            "meetings/own-meeting.toml": MEETING + claims,
            "sources.toml": '[own-note]\ntitle = "x"\npublisher = ["x"]\ntier = "primary"\n',
            "documents/own-note.toml": MEETING.replace("own-meeting", "own-note").replace(
                '"meeting"', '"document"'
            ),
            "texts/own-text.toml": 'id = "own-text"\ntitle = "x"\ndocument = "own-note"\n'
            'meeting = "own-meeting"\nlanguage = "en"\ndate = "2013"\n'
            '[[passage]]\nkind = "paragraph"\nnumber = 1\ntext = "x"\n',
        },
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("start", "end", "shown"), [
    ("2013-05-22", "", "2013-05-22"),
    ("2013-05-22", "2013-05-22", "2013-05-22"),
    ("2013-05-22", "2013-05-23", "2013-05-22/2013-05-23"),
    ("2013-05-22", "2013", "2013-05-22"),
    ("2013-05-22", "2012-05-23", "2013-05-22"),
    ("2013/2014", "", "2013/2014"),
    ("2013/2014", "2014-05", "2013/2014-05"),
    ("2013/2014", "2013/2015", "2013/2015"),
    ("2013/2014", "2012", "2013/2014"),
    ("2013-05-22", "2012/2014", "2013-05-22/2014"),
])  # fmt: skip
def test_a_meeting_whose_dates_are_odd_is_shown_as_far_as_they_go(
    tmp_path: Path, start: str, end: str, shown: str
) -> None:
    folder = with_meeting(tmp_path, start, end)
    for args in (("timeline",), ("timeline", "own-meeting"), ("timeline", "--from", "2000")):
        done = run_command(*args, "--data", str(folder), "--columns", "record,date")
        assert dict(rows(done.out))["own-meeting"] == shown
        assert done.ids.count("own-meeting") == 1
    item = run_command("timeline", "own-meeting", "--data", str(folder), "-f", "json").json
    assert [each["date"] for each in item["items"]] == [shown]
    cite = ("cite", "own-text", "--data", str(folder))
    for format in ("json", "markdown"):
        run_command(*cite, "-f", format)
    for style in ("bibtex", "ris"):
        run_command(*cite, "--style", style)


@pytest.mark.wide
def test_a_source_of_two_claims_is_marked_once() -> None:
    assert not re.search(r"\[(\d+)\]\[\1\]", run_command("timeline", "-f", "table").out)
