"""`rcpref show -p`, `--as-of` and `--history`; the filters of `rcpref list` by date."""

import re
from pathlib import Path
from typing import Any

import pytest

from asking import (
    ask,
    bundled,
    certain,
    claims,
    essence,
    few,
    members,
    named,
    records_with_members,
    table,
)
from conftest import run_command
from helpers import folded, hint_of, output, refuse, rows, write_files
from rcpref.dates import parse
from rcpref.views.filters import names_of_regions


def values(record: str, key: str, as_of: str | None = None) -> list[dict[str, Any]]:
    """The items of one property of one record at a date."""
    date = ("--as-of", as_of) if as_of else ()
    found: list[dict[str, Any]] = ask("show", record, "-p", key, *date)["items"]
    return found


KEYS = ["id", "property", "value", "name", "answer", "basis", "reason"]
KEYS += ["last_known", "standing", "note", "rests_on"]
"""The keys of an item on a chair in JSON, in order."""


# Members ---------------------------------------------------------------------------------


def test_a_member_has_what_else_is_true_of_it() -> None:
    """A State that takes no part does not look like the other members."""
    standing = {item["value"]: item["standing"] for item in values("igad", "members")}
    assert [each["effect"] for each in standing["ERI"]] == ["absent", "withdrawal-announced"]
    assert not standing["KEN"]


# The chair -------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "as_of", "wanted", "rests_on"), [
    ("colombo-process", "2013-05", {"BGD": "yes"},
        {"colombo-process/chair@2009-12-14..2013-10-12:ft-lk-2017-04-19"}),
    ("igc", "2013-05", {"NZL": "possible", "DNK": "possible"}, None),
    ("colombo-process", "2022", {"AFG": "possible"},
        {"colombo-process/chair@2021..:iom-cp-afghanistan-fr",
            "colombo-process/chair@2024-05..2026:devdiscourse-2024-05-29"}),
    # The Netherlands until 22 or 23 March 2022, and South Sudan from then on.
    ("khartoum-process", "2022", {"NLD": "yes", "SSD": "yes"}, None),
    ("khartoum-process", "2022-03-23", {"NLD": "possible", "SSD": "yes"}, None),
    # The day of a handover, and the days beside it.
    ("colombo-process", "2013-10-12", {"BGD": "yes"}, None),
    ("colombo-process", "2013-10", {"BGD": "yes", "LKA": "yes"}, None),
    ("igc", "2012/2014", {"AUS": "yes", "DEU": "yes", "DNK": "yes", "NZL": "yes"}, None),
])  # fmt: skip
def test_who_is_in_the_chair(
    record: str, as_of: str, wanted: dict[str, str], rests_on: set[str] | None
) -> None:
    items = values(record, "chair", as_of)
    assert {item["value"]: item["answer"] for item in items} == wanted
    for item in items:
        assert list(item) == KEYS
        assert (item["id"], item["property"]) == (record, "chair")
        assert item["name"] == bundled().countries[item["value"]].name
        assert item["basis"] in ("listed", "between", "carried")
        assert item["reason"]
        named_by = [claims()[each["ref"]] for each in item["rests_on"]]
        assert any(item["value"] in claim.values for claim in named_by)
        assert {(claim.record, claim.property) for claim in named_by} == {(record, "chair")}
    if rests_on:
        assert {each["ref"] for item in items for each in item["rests_on"]} == rests_on


# Other properties ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "as_of"), [("colombo-process", "2013-05"), ("oas", "2023-11"), ("midsa", "2019")]
)
def test_members_as_a_property_are_those_of_members(record: str, as_of: str) -> None:
    one = output("show", record, "-p", "members", "--as-of", as_of)
    two = output("members", record, "--as-of", as_of)
    assert one.ids == two.ids
    assert one.err == two.err
    for item in values(record, "members", as_of):
        assert essence(item) == members(record, as_of)[item["value"]]


def test_an_integer_is_a_number_in_json() -> None:
    (item,) = values("iom", "members_count", "2013-05")
    assert item["value"] == 147


def test_a_list_has_one_item_a_line() -> None:
    result = output("show", "colombo-process", "-p", "topics")
    claim = next(claim for claim in bundled()["colombo-process"].claims_of("topics"))
    assert result.ids == list(claim.values)
    assert {row[3] for row in rows(result.out)} == {"undated"}


def test_states_other_than_members() -> None:
    assert output("show", "colombo-process", "-p", "observers").ids == (
        output("members", "colombo-process", "--observers").ids
    )


@pytest.mark.parametrize("as_of", ["2003", "2010", "2013-05", "2024"])
@pytest.mark.parametrize(
    ("record", "key"), [("colombo-process", "meeting"), ("igad-rcp", "membership_event")]
)
def test_what_happened_by_then_in_order_of_time_and_nothing_that_was_to_come(
    record: str, key: str, as_of: str
) -> None:
    own = bundled()[record].claims_of(key)
    dated = [(parse(claim.as_of), claim.values[0]) for claim in own if claim.as_of]
    dated.sort(key=lambda pair: (pair[0].first, -pair[0].last.toordinal()))
    by_then = [value for time, value in dated if time.first <= parse(as_of).last]
    by_then += [claim.values[0] for claim in own if claim.as_of is None]
    items = values(record, key, as_of)
    assert [item["value"] for item in items] == by_then
    assert {item["basis"] for item in items} <= {"dated", "undated"}


# The whole record ------------------------------------------------------------------------


@pytest.mark.parametrize("record", ["colombo-process", "gfmd", "iom", "lima-2013", "rcp"])
def test_the_history_has_every_claim_and_any_date_a_part_of_it(record: str) -> None:
    (whole,) = ask("show", record, "--history")["items"]
    refs = [claim["ref"] for claim in whole["claims"]]
    assert refs == [claim.ref for claim in bundled()[record].claims]
    for args in ((), ("--as-of", "2013-05")):
        report = ask("show", record, *args)
        (item,) = report["items"]
        part = [claim["ref"] for claim in item["claims"]]
        assert part == [ref for ref in refs if ref in set(part)]
        # What has no date is never hidden by one.
        undated = {claim.ref for claim in bundled()[record].claims if not claim.date}
        hidden = {ref for ref in undated - set(part) if claims()[ref].property != "chair"}
        assert not hidden
        assert report["query"]["as_of"] == (args[1] if args else None)
        assert report["query"]["history"] is False
    assert ask("show", record, "--history")["query"]["as_of"] is None


def test_a_date_hides_what_holds_at_another() -> None:
    def shown(key: str, *args: str) -> list[Any]:
        (item,) = ask("show", "colombo-process", *args)["items"]
        return [claim["value"] for claim in item["claims"] if claim["property"] == key]

    # Two claims have India in the chair: until 2026, and at its first meeting.
    assert shown("chair") == [["IND"], ["IND"]]
    assert shown("chair", "--as-of", "2013-05") == [["BGD"]]
    assert shown("members_count") == [12]
    assert 12 not in shown("members_count", "--as-of", "2013-05")


def test_the_history_of_a_property_has_its_claims_and_nothing_else() -> None:
    """Who has been in the chair: all claims on it, in the order of the data."""
    (whole,) = ask("show", "rabat-process", "--history")["items"]
    chairs = [claim for claim in whole["claims"] if claim["property"] == "chair"]
    report = ask("show", "rabat-process", "-p", "chair", "--history")
    assert report["query"]["properties"] == ["chair"]
    (found,) = report["items"]
    assert (found["claims"], found["passages"]) == (chairs, [])
    table = output("show", "rabat-process", "-p", "chair", "--history").out
    assert [line.split("\t")[1] for line in table.splitlines()] == ["chair"] * len(chairs)


def test_the_history_marks_what_is_in_dispute() -> None:
    cells = rows(output("show", "budapest-process", "--history").out)
    marked = {(row[1], row[2]) for row in cells if row[7]}
    wanted = {"founded": ["1991", "1993"], "classification": ["RCP", "IRF"]}
    assert marked == {(key, value) for key, each in wanted.items() for value in each}
    text = table("show", "budapest-process", "--history", columns=100)
    assert folded(text).count("Others disagree. See rcpref disputes.") == len(marked)


def test_the_history_says_of_events_whom_they_concern_what_they_do_and_whose_they_are() -> None:
    lines = output("show", "igad-rcp", "--history", "--header").out.splitlines()
    header, *cells = [line.split("\t") for line in lines]
    assert header[-4:] == ["disputed_by", "states", "effect", "about"]
    events = [row[-3:] for row in cells if row[1] == "membership_event"]
    assert ["ERI", "returned", "igad"] in events
    assert all(row[-3:] == ["", "", ""] for row in cells if row[1] != "membership_event")
    (item,) = ask("show", "igad-rcp", "--history")["items"]
    assert events == [
        ["; ".join(claim.get("states", ())), claim.get("effect", ""), claim.get("about", "")]
        for claim in item["claims"]
        if claim["property"] == "membership_event"
    ]


# The filters of list ---------------------------------------------------------------------


def test_by_member() -> None:
    as_of = "2013"
    processes = [key for key in records_with_members() if bundled()[key].kind == "process"]
    for state in ("KEN", "GBR", "FRA", "MCO"):
        answers = {key: members(key, as_of).get(state) for key in processes}
        wanted = [key for key in processes if state in certain(key, as_of)]
        unsure: dict[str, list[str]] = {}
        for key, answer in answers.items():
            if answer is not None and answer["answer"] not in ("yes", "no"):
                unsure.setdefault(answer["answer"], []).append(key)
        args = ("list", "processes", "--member", state, "--as-of", as_of)
        if not wanted:
            refuse(*args, codes=(1,))
            continue
        result = output(*args)
        assert result.ids == wanted
        assert named(result.err) == few(unsure)
        report = ask(*args)
        assert (report["query"]["member"], report["query"]["as_of"]) == (state, as_of)
        for item in report["items"]:
            assert essence(item) == members(item["id"], as_of)[state]


@pytest.mark.parametrize(("record", "as_of", "wanted"), [
    # Ended on 2005-10-10; the page that says so has no date.
    ("cis-conference", "2005-09", ["active"]),
    ("cis-conference", "2005", ["ended"]),
    ("cis-conference", None, ["ended"]),
    # Active on 2010-12-14, ended on 2011-12-09.
    ("soderkoping-process", "2006", ["active"]),
    ("soderkoping-process", "2011-11", ["active"]),
    ("soderkoping-process", "2011", ["ended"]),
    # Active in 2005-12; nobody says when it ended, but not before then.
    ("south-caucasus-cluster-process", "2005-12", ["active"]),
    ("south-caucasus-cluster-process", "2005/2007", ["ended"]),
    ("south-caucasus-cluster-process", None, ["ended"]),
])  # fmt: skip
def test_a_status_from_before_the_end_does_not_stand_beside_it(
    record: str, as_of: str | None, wanted: list[str]
) -> None:
    assert [item["value"] for item in values(record, "status", as_of)] == wanted
    date = ("--as-of", as_of) if as_of else ()
    (shown,) = ask("show", record, *date)["items"]
    status = [claim["value"] for claim in shown["claims"] if claim["property"] == "status"]
    assert status == wanted
    line = next(
        row
        for row in rows(output("list", "processes", "--columns", "id,status", *date).out)
        if row[0] == record
    )
    # In a list, where no date stands beside it, nothing is told of a later status.
    assert line[1] in (wanted[0], "")
    assert line[1] or as_of in ("2003", "2006")


STATUS = """\
id = "own"
kind = "process"
name = "Own Process"
short_name = "Own"
[[claim]]
property = "status"
value = "active"
as_of = "2010"
source = "own"
[[claim]]
property = "status"
value = "ended"
source = "own"
"""


@pytest.mark.parametrize(("more", "as_of", "wanted"), [
    # Undated and without bounds, it follows what is dated.
    ("", "2009", ["active"]),
    ("", "2010", ["active"]),
    ("", "2011", ["ended"]),
    ("", None, ["ended"]),
    ('not_before = "2012"\n', "2011", ["active"]),
    ('not_before = "2012"\n', "2012", ["active"]),
    ('not_before = "2012"\n', "2013", ["ended"]),
    # By its date.
    ('as_of = "2012-05"\n', "2012-04", ["active"]),
    ('as_of = "2012-05"\n', "2012", ["ended"]),
    # The known end decides, of several the latest.
    ('[[claim]]\nproperty = "ended"\nvalue = "2012-05"\nsource = "own"\n', "2012-04", ["active"]),
    ('[[claim]]\nproperty = "ended"\nvalue = "2012-05"\nsource = "own"\n', "2012", ["ended"]),
])  # fmt: skip
def test_when_a_status_ended_counts(
    tmp_path: Path, more: str, as_of: str | None, wanted: list[str]
) -> None:
    files = {
        "sources.toml": '[own]\ntitle = "Own"\npublisher = ["Own"]\ntier = "primary"\n',
        "processes/own.toml": STATUS + more,
    }
    date = ("--as-of", as_of) if as_of else ()
    args = ("show", "own", "-p", "status", *date, "--data", str(write_files(tmp_path, files)))
    found = run_command(*args, "-f", "json").json["items"]
    assert [item["value"] for item in found] == wanted


def test_by_classification() -> None:
    result = output("list", "processes", "--classification", "irf")
    assert "khartoum-process" in result.ids
    assert "colombo-process" not in result.ids
    for row in rows(result.out):
        assert "IRF" in row[-1].split("; ")


def test_by_region() -> None:
    result = output("list", "processes", "--region", "africa")
    assert {"midsa", "midwa", "midcom"} <= set(result.ids)
    assert not {"sacm", "bali-process", "colombo-process"} & set(result.ids)
    eastern = output("list", "processes", "--region", "Eastern Africa")
    by_members = [row for row in rows(eastern.out) if row[-1].endswith("by most of its members")]
    assert by_members
    for row in by_members:
        inside = [
            code
            for code in certain(row[0])
            if "Eastern Africa"
            in (bundled().countries[code].region, bundled().countries[code].subregion)
        ]
        assert len(inside) * 2 > len(certain(row[0]))


def test_by_topic() -> None:
    result = output("list", "processes", "--topic", "traffick")
    assert "bali-process" in result.ids
    for row in rows(result.out):
        assert "traffick" in row[-1]
    both = output("list", "processes", "--topic", "trafficking", "--region", "africa")
    assert set(both.ids) == set(result.ids) & set(
        output("list", "processes", "--region", "africa").ids
    )


@pytest.mark.parametrize("args", [
    ("--classification", "IRF"),
    ("--region", "africa"),
    ("--topic", "trafficking"),
])  # fmt: skip
def test_what_was_not_yet_founded_fits_no_filter_of_a_date(args: tuple[str, ...]) -> None:
    as_of = "2013"
    result = output("list", "processes", *args, "--as-of", as_of)
    for key in result.ids:
        founded = [parse(str(claim.value)).first for claim in bundled()[key].claims_of("founded")]
        assert min(founded) <= parse(as_of).last, key


def test_a_region_that_does_not_exist_is_told_those_that_do() -> None:
    hint = hint_of(refuse("list", "processes", "--region", "Atlantis", codes=(2,)))
    # Those that end alike stand together: "Asia (Central, South-eastern)".
    known = [*re.sub(r" \([^)]+\)", "", hint.removeprefix("regions: ")).split(", ")]
    known += [
        f"{lead} {name}"
        for name, leads in re.findall(r"([\w-]+) \(([^)]+)\)", hint)
        for lead in leads.split(", ")
    ]
    assert "more" not in hint and set(names_of_regions(bundled())) <= {*known}
    for region in ("Africa", "Latin America", "Mediterranean", "South-eastern Asia"):
        assert region in known


# Undated claims on the chair, and the chair of a meeting ----------------------------------


@pytest.mark.parametrize(("name", "key", "wanted"), [
    ("sacm", "chair", "undated claims name ARG: rcpref show sacm -p chair --history"),
    ("5+5", "parent_body_chair",
        "name PER, TON: rcpref show 5-plus-5-dialogue -p parent_body_chair --history"),
])  # fmt: skip
def test_undated_claims_on_the_chair_are_told_beside_the_answer(
    tmp_path: Path, name: str, key: str, wanted: str
) -> None:
    claim = f'[[claim]]\nproperty = "{key}"\nvalue = ["TON", "PER"]\nsource = "iom"\n'
    files = {
        "sources.toml": '[iom]\ntitle = "Page"\npublisher = ["IOM"]\ntier = "primary"\n',
        "processes/5-plus-5-dialogue.toml": f'id = "5-plus-5-dialogue"\n{claim}',
    }
    args = ("show", name, "-p", key, "--data", str(write_files(tmp_path, files)))
    assert wanted in run_command(*args, "--as-of", "2013").err
    assert wanted in folded(run_command(*args, "-f", "table").out)


def test_the_chair_of_a_meeting_is_not_the_last_that_is_known() -> None:
    for as_of, basis in (("2012", "later"), ("2013-05-22", "at"), ("2020", "dated")):
        (item,) = ask("show", "lima-2013", "-p", "chair", "--as-of", as_of)["items"]
        assert (item["value"], item["basis"]) == ("PER", basis)
    (now,) = ask("show", "lima-2013", "-p", "chair")["items"]
    assert now["basis"] == "dated"
