"""Asking by facts: filters, ranges of dates, regions, events, columns, terms side by side."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from typing import NamedTuple

import pytest

from asking import ask, bundled, certain, named, table
from conftest import Result, run_command
from evidence_examples import Named, table_of
from helpers import folded, hint_of, output, refuse, rows
from imports import are_in, imported_by
from rcpref.answers.chair import chairs
from rcpref.answers.membership.members import states_named
from rcpref.answers.time import as_of
from rcpref.dates import parse, parse_range
from rcpref.errors import DateError
from rcpref.model import LISTED
from rcpref.views.filters import COMMON, in_words, region_named
from rcpref.views.request import FILTERS, option_of
from rcpref.views.words import CAPACITY_WORDS, capacity_named

PROCESSES = ("list", "processes")


def listed(*args: str) -> set[str]:
    """Ids of the processes that fit some filters."""
    return set(output(*PROCESSES, *args).ids)


# A line each -----------------------------------------------------------------------


class Asked(NamedTuple):
    """A command line, and what must hold of what is told, by check."""

    place: str
    line: str
    checks: dict[str, str]


def asked_in(place: str, _: Named, columns: list[str]) -> Asked:
    line, *checks = columns
    told = {check: words for check, _, words in (each.partition(" ") for each in checks)}
    if not told or not told.keys() <= HOLDS.keys():
        raise ValueError(f"the checks are {', '.join(HOLDS)}")
    return Asked(place, line, told)


def all_in(words: str, text: str) -> bool:
    return all(each in text for each in words.split("; "))


HOLDS: dict[str, Callable[[Result, str], bool]] = {
    "is": lambda found, words: found.ids == words.split(),
    "first": lambda found, words: set(found.ids) == {words},
    "some": lambda found, _: bool(found.ids),
    "has": lambda found, words: set(words.split()) <= set(found.ids),
    "lacks": lambda found, words: not set(words.split()) & set(found.ids),
    "header": lambda found, words: rows(found.out)[0] == words.split(),
    "as": lambda found, words: found == output(*shlex.split(words)),
    "prints": lambda found, words: all_in(words, folded(found.out)),
    "begins": lambda found, words: found.out.startswith(words),
    "beside": lambda found, words: all_in(words, found.err),
    "unsure": lambda found, words: any(
        words
        in (f"{each['id']} {each['answer']}", f"{each['id']} {each['answer']} {each['reason']}")
        for each in found.json["uncertain"]
    ),
    "code": lambda found, words: found.code == int(words),
    "error": lambda found, words: all_in(words, found.err.splitlines()[0]),
    "hint": lambda found, words: all_in(words, hint_of(found)),
    "meant": lambda found, words: hint_of(found).startswith(words),
}
"""What the checks of the file say, of what a command line gave and the words behind them."""

FACTS = table_of("facts.txt", "COMMAND LINE | CHECK WORDS [| CHECK WORDS ...]", asked_in)


@pytest.mark.parametrize("asked", FACTS, ids=lambda asked: asked.line)
def test_what_is_told(asked: Asked) -> None:
    args = shlex.split(asked.line)
    found = refuse(*args) if "code" in asked.checks else output(*args)
    for check, words in asked.checks.items():
        wanted = f"{asked.place}: {check} {words}; mend the program, or the line\n{found}"
        assert HOLDS[check](found, words), wanted


# Ranges of dates -------------------------------------------------------------------


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2010..", "2010-01-01", "9999-12-31"),
    ("..2012", "0001-01-01", "2012-12-31"),
    ("2024..2025", "2024-01-01", "2025-12-31"),
    (" 2024-02 .. 2024-02 ", "2024-02-01", "2024-02-29"),
    ("2013-05", "2013-05-01", "2013-05-31"),
    ("2013-05-22/2013-05-23", "2013-05-22", "2013-05-23"),
])  # fmt: skip
def test_a_range_of_dates(text: str, first: str, last: str) -> None:
    found = parse_range(text)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["..", "", "2012..2010", "x..", "2010...2012", "2010..2012..", "-"]
)
@pytest.mark.parametrize("option", ["--founded", "--met"])
def test_what_is_no_range(text: str, option: str) -> None:
    with pytest.raises(DateError):
        parse_range(text)
    refuse(*PROCESSES, option, text, codes=(2,))


# Filters ---------------------------------------------------------------------------


def test_by_secretariat() -> None:
    assert all("ICMPD" in row[-1] for row in rows(output(*PROCESSES, "--secretariat", "ICMPD").out))
    # "none; IOM gave technical and logistical support on request"
    shown = dict(rows(output(*PROCESSES, "--columns", "id,secretariat").out))
    assert "IOM" in shown["5-plus-5-dialogue"]
    found = rows(output(*PROCESSES, "--secretariat", "IOM").out)
    assert not any(row[-1].startswith("none") for row in found)


def test_by_chair() -> None:
    for item in ask(*PROCESSES, "--chair", "Switzerland")["items"]:
        values = ask("show", item["id"], "-p", "chair")["items"]
        assert "CHE" in {value["value"] for value in values}
        assert any(claim["property"] == "chair" for claim in item["claims"])
    may_2013 = as_of("2013-05", bundled().date)
    assert listed("--chair", "BGD", "--as-of", "2013-05") == {
        record.id
        for record in bundled().of_kind("process")
        for holder in chairs(record, may_2013)
        if holder.answer == "yes" and "BGD" in holder.states
    }


@pytest.mark.parametrize("dates", ["2010..", "..1995", "2002", "2000..2003"])
def test_by_founding(dates: str) -> None:
    for key in listed("--founded", dates):
        claims = bundled()[key].claims_of("founded")
        assert any(parse(str(claim.value)).overlaps(parse_range(dates)) for claim in claims)


@pytest.mark.parametrize("dates", ["2025..", "2013", "..2001", "2024..2025"])
def test_by_meeting(dates: str) -> None:
    asked = parse_range(dates)
    report = ask(*PROCESSES, "--met", dates)
    assert report["items"]
    for item in report["items"]:
        assert parse(item["met"]).within(asked)
        assert [claim["property"] for claim in item["claims"]]
        assert item["claims"][0]["as_of"] == item["met"]
    found = {item["id"] for item in [*report["items"], *report["uncertain"]]}
    for record in bundled().of_kind("process"):
        dated = [parse(claim.as_of) for claim in record.claims_of("meeting") if claim.as_of]
        assert (record.id in found) or not any(date.overlaps(asked) for date in dated)


def test_the_meeting_that_is_told_is_the_last_one_of_the_time() -> None:
    (item,) = [i for i in ask(*PROCESSES, "--met", "2025..")["items"] if i["id"] == "sacm"]
    assert item["met"] == "2025-11-18/2025-11-19"
    assert item["occasion"]


def test_by_capacity() -> None:
    observers = listed("--member", "Switzerland", "--capacity", "observer")
    assert {"bali-process", "midwa"} <= observers
    for key in observers:
        assert "CHE" in {i["id"] for i in ask("members", key, "--observers")["items"]}
    assert observers == listed("--member", "CHE", "--capacity", "observers")
    alone = listed("--capacity", "observer")
    assert observers <= alone
    query = ask(*PROCESSES, "--member", "CHE", "--capacity", "observers")["query"]
    assert (query["member"], query["capacity"]) == ("CHE", "observer")


@pytest.mark.parametrize(("key", "word"), CAPACITY_WORDS.items())
def test_every_capacity_is_understood_as_it_is_printed(key: str, word: str) -> None:
    assert capacity_named(word) == capacity_named(f"{word}s".upper()) == capacity_named(key) == key


# Regions ---------------------------------------------------------------------------


@pytest.mark.parametrize(("region", "text", "fits"), [
    ("East Asia", "South and South-East Asia (countries of origin)", False),
    ("South Asia", "South and South-East Asia (countries of origin)", True),
    ("South-eastern Asia", "South and South-East Asia", True),
    ("Eastern Africa", "Middle East and Africa", False),
    ("Western Europe", "North, West and Central Africa and Europe", False),
    ("Northern Africa", "North, West and Central Africa and Europe", True),
    ("South America", "South American Conference on Migration", True),
    ("Central America", "Caribbean and Central America", True),
    ("South America", "North and Central America", False),
])  # fmt: skip
def test_a_direction_is_said_of_its_area(region: str, text: str, fits: bool) -> None:
    assert in_words(region_named(bundled(), region))(text) is fits


def test_common_names_mean_regions_that_there_are() -> None:
    places = {
        place for state in bundled().countries.values() for place in (state.region, state.subregion)
    }
    assert {place for inside in COMMON.values() for place in inside} <= places


# Words -----------------------------------------------------------------------------


def test_a_word_says_in_which_column_it_fits() -> None:
    report = ask(*PROCESSES, "ICMPD")
    found = {item["id"]: item["fits"]["ICMPD"] for item in report["items"]}
    for key in ("budapest-process", "mtm", "prague-process", "rabat-process"):
        assert "secretariat" in found[key]
    cells = {row[0]: row[-1] for row in rows(output(*PROCESSES, "ICMPD").out)}
    assert "Secretariat" in cells["mtm"]
    for item in report["items"]:
        for key in item["fits"]["ICMPD"]:
            texts = [str(c["value"]) for c in item["claims"] if c["property"] == key]
            assert any("ICMPD" in text for text in texts), (item["id"], key)


def test_each_of_several_words_says_where_it_fits() -> None:
    report = ask(*PROCESSES, "labour", "colombo")
    for item in report["items"]:
        assert set(item["fits"]) == {"labour", "colombo"}
        assert all(item["fits"].values())
    (row,) = [
        r for r in rows(output(*PROCESSES, "labour", "colombo").out) if r[0] == "colombo-process"
    ]
    assert re.fullmatch(r"labour: .*; colombo: .*", row[-1])


def test_a_state_is_found_by_its_name() -> None:
    items = ask(*PROCESSES, "Kyrgyzstan")["items"]
    members = {i["id"] for i in items if "members" in i["fits"]["Kyrgyzstan"]}
    assert members == {
        record.id for record in bundled().of_kind("process") if "KGZ" in certain(record.id)
    }


def test_words_of_other_kinds_say_where_they_fit() -> None:
    (item,) = ask("list", "conclusions", "evidence", "base")["items"]
    assert item["fits"] == {"evidence": ["text"], "base": ["text"]}
    (peru,) = ask("list", "states", "peru")["items"]
    assert {"name", "official_name"} <= set(peru["fits"]["peru"])


def test_a_table_has_the_column_and_a_mark() -> None:
    text = folded(table(*PROCESSES, "ICMPD", columns=120))
    assert "Found in" in text
    assert re.search(r"Secretariat \[\d+\]", text)


# Columns ---------------------------------------------------------------------------


def test_one_column_is_a_bare_list() -> None:
    names = [record.name for record in bundled().of_kind("process")]
    assert output(*PROCESSES, "--columns", "name").out.splitlines() == names


def test_dates_and_notes_of_a_value() -> None:
    args = ("--columns", "id,status,status_date,status_note,status_source")
    for key, status, date, note, source in rows(output(*PROCESSES, *args).out):
        claims = [
            c for c in bundled()[key].claims_of("status") if str(c.value) in status.split("; ")
        ]
        assert set(filter(None, date.split("; "))) <= {c.date for c in claims}
        assert note == "" or any(c.note and c.note in note for c in claims)
        assert set(filter(None, source.split("; "))) <= {c.source for c in claims}
        assert bool(source) == bool(status)


# Properties ------------------------------------------------------------------------


def test_each_row_says_whose_and_which_value_it_is() -> None:
    found = rows(output("show", "sacm", "-p", "chair,next_chair").out)
    assert {tuple(row[:2]) for row in found} == {("sacm", "chair"), ("sacm", "next_chair")}
    both = rows(output("show", "sacm", "igc", "-p", "chair").out)
    assert {row[0] for row in both} == {"sacm", "igc"}
    alone = rows(output("show", "sacm", "-p", "chair").out)
    assert alone[0][0] == ask("show", "sacm", "-p", "chair")["items"][0]["value"]


def test_a_value_has_its_note() -> None:
    items = ask("show", "bali-process", "-p", "status")["items"]
    for item in items:
        notes = [c.note for c in bundled()["bali-process"].claims_of("status")]
        assert item["note"] is None or item["note"] in notes


# Timeline --------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kinds"), [
    ("meeting", {"meeting"}),
    ("Meetings", {"meeting"}),
    ("joining,leaving", {"joining", "leaving"}),
    ("founding, document", {"founding", "document"}),
])  # fmt: skip
def test_a_timeline_of_some_events(text: str, kinds: set[str]) -> None:
    every = ask("timeline")["items"]
    report = ask("timeline", "--event", text)
    assert report["items"] == [item for item in every if item["event"] in kinds]
    assert {item["event"] for item in report["items"]} == kinds
    assert set(report["query"]["events"]) == kinds


def test_events_go_with_dates_and_names() -> None:
    found = ask("timeline", "sacm", "--event", "meeting", "--from", "2024")["items"]
    assert {(item["record"], item["event"]) for item in found} == {("sacm", "meeting")}


# Changes ---------------------------------------------------------------------------


def test_changes_without_dates_go_from_the_first_evidence_to_the_last() -> None:
    report = ask("members", "colombo-process", "--changes")
    first, last = report["query"]["changes"]
    assert first == "2003"
    assert parse(last).first.year >= 2024
    assert output("members", "colombo-process", "--changes") == output(
        "members", "colombo-process", "--changes", first, last
    )
    assert {"AFG", "KHM"} <= {item["id"] for item in report["items"]}


# Comparisons -----------------------------------------------------------------------


def test_terms_side_by_side() -> None:
    report = ask("compare", "rcp", "irf")
    assert {item["id"] for item in report["items"]} == {"rcp", "irf"}
    for key in ("rcp", "irf"):
        own = [item["ref"] for item in report["items"] if item["id"] == key]
        assert own == [claim.ref for claim in bundled()[key].claims]
    text = folded(table("compare", "RCP", "IRF", columns=100))
    assert "Definition" in text


def test_a_comparison_of_three_says_in_how_many_a_state_is() -> None:
    records = ("midsa", "comesa", "sacm")
    items = ask("compare", *records)["items"]
    for item in items:
        assert item["count"] == sum(code["answer"] == "yes" for code in item["answers"].values())
    text = folded(table("compare", *records, columns=100, marked=False))
    both = certain("midsa") & certain("comesa")
    assert f"In 2 of 3: {len(both)} MIDSA, COMESA: " in text
    assert "In all 3: 0" in text
    assert f"Only in SACM: {len(certain('sacm'))} " in text


def test_a_comparison_of_three_gives_no_reasons() -> None:
    text = folded(table("compare", "igc", "sacm", "bali-process", columns=100, marked=False))
    uncertain = ask("compare", "igc", "sacm", "bali-process")["uncertain"]
    assert f"Uncertain: {len(uncertain)} " in text
    assert "possible (" not in text
    assert "unknown (" not in text


# The line on standard error ----------------------------------------------------------


def test_a_notice_counts_many_and_names_a_few() -> None:
    many = output("members", "bali-process", "--as-of", "2005").err
    possible = ask("members", "bali-process", "--as-of", "2005", "--answer", "possible")["items"]
    assert named(many) == {"possible": len(possible)}
    assert len(many.splitlines()) == 1
    few = output("members", "abu-dhabi-dialogue", "--as-of", "2013-05").err
    assert named(few) == {"possible": ["MYS", "SGP"]}


def test_where_nothing_can_be_said_of_a_state_is_not_told_unless_asked() -> None:
    assert "unknown" not in output("state", "Kenya", "--as-of", "2013-05").err
    quiet = table("state", "Kenya", "--as-of", "2013-05", columns=100)
    assert "cannot be said" not in quiet
    report = ask("state", "Kenya", "--as-of", "2013-05")
    unknown = [item for item in report["uncertain"] if item["answer"] == "unknown"]
    asked = ask("state", "Kenya", "--as-of", "2013-05", "--answer", "unknown")["items"]
    assert [item["id"] for item in asked] == [item["id"] for item in unknown]


def test_nothing_is_said_of_bodies_of_other_continents() -> None:
    for code in ("PER", "KEN", "FJI", "MCO"):
        region = bundled().countries[code].region
        items = ask("state", code, "--answer", "all")["items"]
        for item in items:
            listed_there = states_named(bundled()[item["id"]])
            regions = {bundled().countries[each].region for each in listed_there}
            assert item["answer"] != "unknown" or not regions or region in regions, item


@pytest.mark.parametrize("option", FILTERS)
def test_a_filter_is_told_whole_where_it_is_given_nothing(option: str) -> None:
    kind = LISTED[FILTERS[option].kinds[0]]
    typed = option_of(option)
    error, hint = refuse("list", kind, typed, " ", codes=(2,)).err.splitlines()
    assert error == f"rcpref: error: {typed} needs {FILTERS[option].needs}"
    shown = hint.removeprefix("hint: ").removesuffix(" shows some").split()
    assert shown[:2] == ["rcpref", "list"]
    assert output(*shown[1:]).ids
    page = run_command("list", "--help", env={"COLUMNS": "120"}).out
    assert re.search(rf" {typed} +{FILTERS[option].value} ", page)
    refuse("list", kind, typed, "zyx", codes=(1, 2))


@pytest.mark.process
def test_names_are_listed_without_the_filters() -> None:
    modules = imported_by("list", "processes")
    assert not are_in(modules, ("rcpref.views.filters", "rcpref.answers.chair"))
