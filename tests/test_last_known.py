"""What is known now: lists of members and chairs as last known, with their age and what speaks
against them.

Numbers that the data say themselves are read from the claims; those that are written out here
were counted in the files of the data.
"""

import re
from typing import Any

import pytest

import rcpref
from asking import ask, bundled, certain, cited, claims, records_with_members, table
from conftest import environment, run_inside, validator
from evidence_examples import table_of
from helpers import folded, output, prose, rows, sample


def heading(record: str, *date: str) -> str:
    """How many members, how old, what speaks against it, as JSON has it; people read as many."""
    said = str(ask("members", record, *date)["summary"]["heading"])
    counts = re.split(r", (?:last |undated|of the |\d+ of them )|;", said)[0]
    assert f": {counts}" in title(record, *date)
    return said


def title(record: str, *date: str) -> str:
    """The first line that people read."""
    return folded(table("members", record, *date, columns=160).partition("\n\n")[0])


def newest(record: str, key: str) -> Any:
    """The newest dated claim of a property."""
    dated = [claim for claim in bundled()[record].claims_of(key) if claim.as_of]
    return max(dated, key=lambda claim: claim.as_of or "")


# Members ---------------------------------------------------------------------------------


HEADINGS = table_of(
    "headings.txt",
    "RECORD | COUNT | FOR PROGRAMS | FOR PEOPLE",
    lambda place, _, line: (place, *line),
)


@pytest.mark.parametrize("line", HEADINGS, ids=lambda line: line[1])
def test_how_many_are_last_known_and_how_old_that_is(line: tuple[str, ...]) -> None:
    place, record, count, for_programs, for_people = line
    remedy = f"{place}: mend the program, or the line where the data have changed"
    assert ask("members", record)["summary"]["heading"] == for_programs, remedy
    assert title(record) == f"Members of {for_people}", remedy
    assert len(output("members", record).ids) == int(count), remedy


@pytest.mark.parametrize("date", sample([None, "1960", "2060"], [None]))
def test_no_heading_says_that_there_are_no_states_where_some_are_named(date: str | None) -> None:
    for record in records_with_members():
        report = ask("members", record, *(("--as-of", date) if date else ()))
        whole = report["summary"]
        said = whole["heading"]
        assert not re.match(r"0 States|none known", said), record
        assert whole["states"] + whole["territories"] == len(report["items"])
        if not report["items"]:
            assert re.match(r"none certain, \d+ (possible|disputed)|none: \w", said), record
        if date is None:
            ended = bundled()[record].claims_of("ended")
            assert bool(report["items"]) != bool(ended), record
            known = r"undated|last (listed|joined|change) \d{4}"
            assert re.search(r"^none: ended \d{4}" if ended else known, said), record


def test_where_none_is_certain_it_says_how_many_are_possible() -> None:
    args = ("commit-process", "--as-of", "2040")
    assert heading(*args) == "none certain, 6 possible"
    result = output("members", *args)
    assert result.out == ""
    assert result.err.splitlines() == [
        "not listed: 6 possible (--answer all lists them)",
        f"2040 lies after the date of the data, {bundled().date}",
    ]
    assert len(ask("members", *args)["uncertain"]) == 6


@pytest.mark.parametrize(("record", "as_of", "counted"), [
    ("bali-process", None, "42 States, 3 territories"),
    ("bali-process", "2013-05", "42 States, 3 territories"),
    ("pacific-islands-forum", None, "16 States, 2 territories"),
])  # fmt: skip
def test_who_is_a_territory_goes_by_its_status(
    record: str, as_of: str | None, counted: str
) -> None:
    """The Cook Islands and Niue are associated: they are counted as States."""
    date = ("--as-of", as_of) if as_of else ()
    assert re.match(rf"{counted}\b", heading(record, *date))
    countries = bundled().countries
    territories = {code for code in certain(record, as_of) if countries[code].status == "territory"}
    whole = ask("members", record, *date)["summary"]
    assert whole["territories"] == len(territories)
    assert whole["states"] == len(certain(record, as_of)) - len(territories)
    if record == "pacific-islands-forum":
        assert {countries[code].status for code in ("COK", "NIU")} == {"associated"}
        assert {"COK", "NIU"} <= certain(record, as_of) - territories


# Counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "listed", "counted"), [
    ("abu-dhabi-dialogue", "the list of 2021-10/2024-02 has 18", "a count of 2026-01-30 says 16"),
    ("igc", "the list of 2024-12-31 has 19", "a count of 2024-12 says 17"),
    ("rabat-process", "the list of 2018-02/2020 has 56", "a count of 2026-01-29 says 57"),
])  # fmt: skip
def test_a_count_that_speaks_against_the_list_is_told(
    record: str, listed: str, counted: str
) -> None:
    words = f"{listed}, {counted}"
    assert heading(record).endswith(f"; {counted}")
    assert ask("members", record)["summary"]["count_against_list"] == words
    assert output("members", record).err.rstrip("\n").endswith(words)
    (item,) = [
        each
        for each in ask("disputes", record)["items"]
        if each["property"] == "members_count" and each["reason"] == words
    ]
    members, count = (claims()[each["ref"]] for each in item["claims"])
    assert listed == f"the list of {members.as_of} has {len(members.values)}"
    assert counted == f"a count of {count.as_of} says {count.value}"


def test_of_a_time_before_the_list_the_count_is_not_told() -> None:
    report = ask("members", "igc", "--as-of", "2013-05")
    assert report["summary"]["count_against_list"] is None
    assert "count" not in report["summary"]["heading"]
    assert "count" not in output("members", "igc", "--as-of", "2013-05").err


@pytest.mark.parametrize("record", ["colombo-process", "ilo", "puebla-process"])
def test_a_count_that_agrees_is_not_told(record: str) -> None:
    count = newest(record, "members_count")
    assert count.value == len(certain(record))
    assert ask("members", record)["summary"]["count_against_list"] is None


# Beside the members ----------------------------------------------------------------------


def test_pakistan_is_not_missing_from_the_budapest_process() -> None:
    report = ask("members", "budapest-process")
    beside = report["summary"]["beside"]
    found = {key: [item["id"] for item in items] for key, items in beside.items()}
    assert found["participating_states"] == sorted(
        newest("budapest-process", "participating_states").values
    )
    assert "PAK" in found["participating_states"]
    assert "PAK" not in [item["id"] for item in report["items"]]
    assert cited(beside) <= set(report["sources"])
    text = folded(table("members", "budapest-process", columns=120))
    assert re.search(r"Other roles Participating States [^.]*Pakistan 3 States \[\d+\]", text)


def test_nobody_stands_beside_the_members_who_is_one() -> None:
    for record in records_with_members():
        report = ask("members", record)
        members = {item["id"] for item in report["items"]}
        for items in report["summary"]["beside"].values():
            assert items
            assert not members & {item["id"] for item in items}, record


def test_what_happened_later_does_not_stand_beside_an_earlier_answer() -> None:
    text = table("members", "igad-rcp", "--as-of", "2009", columns=120)
    body = text.partition("\nSources\n")[0]
    # It is the body's event, which the process only repeats.
    assert "21 April 2007  IGAD: Eritrea suspended its membership" in body
    assert "2023-06" not in body
    assert "2025-12-12" in table("members", "igad-rcp", columns=120)


# Nothing found ---------------------------------------------------------------------------


@pytest.mark.parametrize(("args", "message"), [
    (("members", "unhcr"), "no list of members of UNHCR is known"),
    (("members", "nowhere"), "no record named 'nowhere'"),
    (("state", "Utopia"), "no State named 'Utopia'"),
    (("show", "mtm", "-p", "chair"), "nothing is known of the chair of MTM"),
    (("show", "ecowas", "-p", "meeting"), "meeting is not for bodies"),
    (("matrix", "--as-of", "1800"), "members of fewer than two of them are known in 1800"),
])  # fmt: skip
def test_where_nothing_is_found_there_is_an_envelope(args: tuple[str, ...], message: str) -> None:
    result = run_inside((*args, "-f", "json"), environment())
    assert result.code == 1
    assert result.err.startswith(f"rcpref: error: {message}")
    report = result.json
    validator(args[0]).validate(report)
    assert (report["count"], report["items"], report["message"]) == (0, [], message)
    assert report["query"]["command"] == args[0]
    assert report["dataset"]["digest"] == bundled().digest


# Chairs ----------------------------------------------------------------------------------


def test_every_process_has_a_status_and_most_have_a_chair_with_its_date() -> None:
    result = output("list", "processes", "--columns", "short_name,chair,status")
    cells = [row[-3:] for row in rows(result.out)]
    assert len(cells) == len(bundled().of_kind("process"))
    assert all(status for _, _, status in cells)
    chairs = [chair for _, chair, _ in cells if chair]
    assert len(chairs) >= 18
    dated = r"(?:announced until|ended|last known) \d{4}\S*"
    one = rf"[A-Z]{{3}} \(({dated}|undated)(?:, derived)?\)"
    assert all(re.fullmatch(f"{one}(; {one})*", chair) for chair in chairs), chairs


@pytest.mark.parametrize(("record", "said"), [
    ("abu-dhabi-dialogue", "PHL (announced until 2027)"),
    ("bali-process", "AUS (last known 2025-05-21); IDN (last known 2025-05-21)"),
    ("midcom", "ZMB (undated)"),
    ("puebla-process", "BLZ (last known 2024-07-17)"),
    ("pidc", "SLB (ended 2025-06)"),
])  # fmt: skip
def test_a_term_with_an_end_is_told_apart_from_a_last_proof(record: str, said: str) -> None:
    lines = rows(output("list", "processes", "--columns", "id,chair").out)
    assert {row[0]: row[1] for row in lines}[record] == said
    named = {claim.value for claim in bundled()[record].claims_of("chair")}
    codes = tuple(re.findall(r"\b[A-Z]{3}\b", said))
    assert codes in named


def test_a_date_after_that_of_the_data_is_told_apart() -> None:
    result = output("members", "colombo-process", "--as-of", "2030")
    assert f"2030 lies after the date of the data, {bundled().date}" in result.err.splitlines()
    heading = output("members", "colombo-process", "--as-of", "2030", "-f", "table").out
    after = rcpref.parse_date(bundled().date).words
    assert f"in 2030 (after the date of the data, {after})" in folded(heading)
    assert "after the date" not in output("members", "colombo-process", "--as-of", "2026-11").err


def test_the_chair_last_known_has_its_date_and_the_next_beside_it() -> None:
    report = ask("show", "sacm", "-p", "chair")
    (item,) = report["items"]
    assert (item["value"], item["last_known"]) == ("BRA", "2025-11-19")
    (following,) = report["summary"]["next_chair"]["sacm"]
    assert (following["value"], following["as_of"]) == (["URY"], "2025-11-18")
    assert "next chair of SACM: URY (2025-11-18)" in output("show", "sacm", "-p", "chair").err
    text = folded(table("show", "sacm", "-p", "chair", columns=120))
    assert re.search(
        r"Next chair SACM Uruguay \(announced 18 November 2025\); not confirmed since \[\d\]", text
    )


@pytest.mark.parametrize("args", [
    # Kazakhstan was announced in 2025-03, and is in the chair since.
    ("almaty-process",),
    # At a date, the question is who was in the chair then.
    ("sacm", "--as-of", "2025-12"),
    ("sacm", "--as-of", "today"),
])  # fmt: skip
def test_who_is_in_the_chair_already_or_another_time_has_no_next(args: tuple[str, ...]) -> None:
    report = ask("show", *args, "-p", "chair")
    assert "summary" not in report
    assert "next chair" not in output("show", *args, "-p", "chair").err


@pytest.mark.parametrize("line", sample([
    "members igc", "state kenya", "compare igc mtm", "matrix", "map igc", "show igc",
    "igc -p chair",
], ("members igc", "show igc", "igc -p chair")))  # fmt: skip
def test_a_time_after_that_of_the_data_is_told_from_what_they_speak_of(line: str) -> None:
    told = f"(after the date of the data, {rcpref.parse_date(bundled().date).words})"
    for date, later in (("2030", True), ("2027-01/2028", True), ("2026", False), ("2013", False)):
        text = prose(*line.split(), "--as-of", date)
        assert (told in text) == later, date
    assert told not in prose(*line.split())
