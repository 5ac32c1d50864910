"""`rcpref list` through the installed command."""

import re
import shlex
from typing import Any

import pytest

import rcpref
from conftest import run_command
from helpers import LIMA_PROCESSES, bare, cases, folded, hint_of, in_terminal, output, refuse, rows
from rcpref.model import KINDS, PASSAGE_KINDS
from rcpref.views import list as listing
from rcpref.views.request import Wanted

OTHER_KINDS = {"state": "states", "source": "sources", "property": "properties", "text": "texts"}
ALL_KINDS = {**KINDS, **OTHER_KINDS, **PASSAGE_KINDS}
AT_LIMA = ("list", "processes", "--at-lima")


# Kinds -----------------------------------------------------------------------------


@pytest.mark.parametrize(("singular", "plural"), ALL_KINDS.items())
def test_singular_and_plural_list_the_same(singular: str, plural: str) -> None:
    found = output("list", plural)
    assert found.out
    assert found.err == ""
    assert output("list", singular) == found


@pytest.mark.parametrize(("spelling", "plural"), cases({
    "processes": ["PROCESSES"],
    "bodies": ["Bodies"],
    "organizations": ["organisations", "organisation"],
    "key-points": ["key points", "key_point", "KeyPoints"],
    "states": ["State"],
}))  # fmt: skip
def test_a_kind_is_taken_without_regard_to_case_hyphen_and_spelling(
    spelling: str, plural: str
) -> None:
    assert output("list", spelling) == output("list", plural)


@pytest.mark.parametrize(("kind", "number"), cases({
    29: ["bodies"],
    4: ["organizations", "themes"],
    6: ["key-points"],
    5: ["conclusions"],
    11: ["paragraphs"],
    2: ["footnotes"],
    3: ["headings"],
    1: ["signatures"],
}))  # fmt: skip
def test_as_many_as_the_summary_says(kind: str, number: int) -> None:
    found = output("list", kind)
    assert len(found.lines) == number
    assert len(set(found.ids)) == number


def test_ids_stand_first_and_are_those_of_the_data(data: rcpref.Dataset) -> None:
    for kind, plural in KINDS.items():
        assert output("list", plural).ids == [record.id for record in data.of_kind(kind)]
    assert output("list", "sources").ids == list(data.sources)
    assert output("list", "texts").ids == list(data.texts)
    assert sorted(output("list", "properties").ids) == sorted(data.properties)
    assert output("list", "conclusions").ids == [f"lima-2013/conclusion-{n}" for n in range(1, 6)]


def test_without_a_kind_it_counts_every_kind() -> None:
    counted = {kind: int(number) for kind, number in rows(output("list").out)}
    assert list(counted) == list(ALL_KINDS.values())
    assert set(counted) == set(ALL_KINDS.values())
    for kind, number in counted.items():
        assert len(output("list", kind).lines) == number, kind


# At a meeting ----------------------------------------------------------------------


def test_the_fifteen_processes_at_lima() -> None:
    found = rows(output(*AT_LIMA).out)
    assert [row[0] for row in found] == LIMA_PROCESSES
    roles = {row[0]: row[4] for row in found}
    unformalised = {key for key, role in roles.items() if role != "RCP"}
    assert unformalised == {"almaty-process", "midcas"}
    assert {roles[key] for key in unformalised} == {"dialogue process yet to be formalised"}
    assert {row[5] for row in found} == {"lima-2013/footnote-1"}


@pytest.mark.parametrize(("kind", "ids", "passage"), [
    ("bodies", "andean-community comesa eclac ecowas european-union league-of-arab-states oas",
        "lima-2013/footnote-2"),
    ("organizations", "icmpd ilo iom unhcr", "lima-2013/paragraph-2"),
    ("offices", "srsg-migration", "lima-2013/paragraph-2"),
])  # fmt: skip
def test_bodies_organizations_and_office_at_lima(kind: str, ids: str, passage: str) -> None:
    found = rows(output("list", kind, "--at-lima").out)
    assert [row[0] for row in found] == ids.split()
    assert {row[5] for row in found} == {passage}


@pytest.mark.parametrize("name", [
    "lima-2013", "Lima 2013", "LIMA MEETING", "grcp 4", "GRCP4",
    "Fourth Global Meeting of RCP Chairs and Secretariats", "fourth global rcp meeting",
    "Reunion mondiale des PCR 2013",
])  # fmt: skip
def test_attended_takes_any_name_of_the_meeting(name: str) -> None:
    assert output("list", "processes", "--attended", name) == output(*AT_LIMA)


def test_the_json_of_an_attended_list_says_which_claim_it_rests_on() -> None:
    answer = output("list", "processes", "--attended", "grcp 4", "-f", "json").json
    assert answer["query"]["attended"] == "lima-2013"
    assert [item["id"] for item in answer["items"]] == LIMA_PROCESSES
    for item in answer["items"]:
        (claim,) = item["claims"]
        assert claim["property"] == "attended"
        assert claim["value"] == ["lima-2013"]
        assert claim["passage"] == "lima-2013/footnote-1"
    assert list(answer["sources"]) == ["lima-2013-chairs-summary"]


# Words -----------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "ids"), [
    (["labour"], {"abu-dhabi-dialogue", "colombo-process"}),
    (["LABOR"], {"abu-dhabi-dialogue", "colombo-process"}),
    (["traff"], {"bali-process"}),
    (["Mediterranee"], {"5-plus-5-dialogue", "mtm"}),
    (["Méditerranée"], {"5-plus-5-dialogue", "mtm"}),
    (["southern", "africa"], {"midsa"}),
    (["africa southern"], {"midsa"}),
    (["yet", "formalised"], {"almaty-process", "midcas"}),
    (["asylum,", "(refugees)"], {"igc"}),
])  # fmt: skip
def test_words_are_found_in_names_and_in_what_a_filter_shows(
    words: list[str], ids: set[str]
) -> None:
    places = {"id", "short_name", "acronym", "name", "aliases", "names", "role"}
    items = output("list", "processes", *words, "--at-lima", "-f", "json").json["items"]
    assert ids == {
        item["id"] for item in items if all(places & set(found) for found in item["fits"].values())
    }


def test_every_word_must_fit() -> None:
    assert refuse(*AT_LIMA, "labour", "zzqqxx", codes=[1]).code == 1


def test_a_word_is_not_looked_for_in_the_kind() -> None:
    items = output(*AT_LIMA, "process", "-f", "json").json["items"]
    assert not any("kind" in item["fits"]["process"] for item in items)


def test_words_work_for_passages_and_states() -> None:
    assert output("list", "conclusions", "evidence").ids == ["lima-2013/conclusion-5"]
    assert output("list", "states", "peru").ids == ["PER"]
    assert output("list", "states", "--all", "ivory").ids == ["CIV"]
    assert output("list", "properties", "chair rule").ids == ["chair_rule"]


# Columns ---------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "keys"), [
    ("name", ["name"]),
    ("name,short_name", ["name", "short_name"]),
    ("short_name,id,name", ["short_name", "id", "name"]),
    ("name,name", ["name"]),
    (" Name , Short-Name ", ["name", "short_name"]),
    ("Official name,SHORT NAME", ["name", "short_name"]),
    ("Took part as", ["role"]),
    ("id", ["id"]),
    ("role,passage,kind,aliases", ["role", "passage", "kind", "aliases"]),
    ("status,status_date,region", ["status", "status_date", "region"]),
    ("Number of members, status note", ["members_count", "status_note"]),
])  # fmt: skip
def test_columns_are_those_asked_for_in_their_order(columns: str, keys: list[str]) -> None:
    header, *body = rows(output(*AT_LIMA, "--header", "--columns", columns).out)
    assert header == keys
    assert len(body) == len(LIMA_PROCESSES)
    items = output(*AT_LIMA, "-f", "json", "--columns", columns).json["items"]
    assert [[key for key in item if key != "claims"] for item in items] == [keys] * 15


def test_a_column_holds_the_claims_of_its_property() -> None:
    found = dict(rows(output("list", "meetings", "--columns", "id,theme").out))
    assert "Defining the Place of RCPs" in found["lima-2013"]
    in_2013 = ("--columns", "id,status", "--as-of", "2013-05")
    status = dict(rows(output("list", "processes", *in_2013).out))
    assert "not yet formalised" in status["almaty-process"].split("; ")
    chairs = dict(rows(output("list", "meetings", "--columns", "id,chair").out))
    assert chairs["lima-2013"].startswith("PER")


def test_the_json_of_a_property_column_carries_its_claims_and_their_sources() -> None:
    answer = output("list", "processes", "--columns", "status", "-f", "json").json
    claims = [claim for item in answer["items"] for claim in item.get("claims", ())]
    assert claims
    assert {claim["property"] for claim in claims} == {"status"}
    assert set(answer["sources"]) == {claim["source"] for claim in claims}


@pytest.mark.parametrize("args", [
    ("processes", "--at-lima"),
    ("processes", "--columns", "status"),
    ("processes", "--columns", "attended"),
    ("processes", "--at-lima", "--columns", "role"),
    ("processes", "--sort", "status"),
], ids=" ".join)  # fmt: skip
def test_marks_of_sources_in_a_table_are_those_listed_below_it(args: tuple[str, ...]) -> None:
    shown = output("list", *args, "-f", "table").out
    table, _, below = shown.partition("\nSources\n")
    # Where they fit, two sources stand on a line.
    listed = re.findall(r"(?:^|\s{2,})(\[\d+\])", below, re.MULTILINE)
    assert set(re.findall(r"\[\d+\]", table)) == set(listed)


def test_a_fact_in_a_table_bears_the_mark_of_its_source() -> None:
    for args in (
        ("--columns", "attended"),
        ("--columns", "status"),
        ("--columns", "contribution"),
        ("--at-lima",),
    ):
        shown = output("list", "processes", "bali", *args, "-f", "table").out
        table, _, below = shown.partition("\nSources\n")
        assert re.search(r"\[1\]", table), args
        assert re.search(r"^\[1\]", below, re.MULTILINE), args


# Order and number ------------------------------------------------------------------


@pytest.mark.parametrize("column", ["id", "name", "short_name", "role"])
def test_sort_orders_by_the_letters_of_a_column(column: str) -> None:
    unsorted = rows(output(*AT_LIMA, "--columns", column).out)
    found = rows(output(*AT_LIMA, "--columns", column, "--sort", column).out)
    assert found == sorted(unsorted, key=lambda row: bare(row[-1]))


@pytest.mark.parametrize("option", [("--sort=-name",), ("--sort", "-name")], ids=" ".join)
def test_a_minus_turns_the_order_round(option: tuple[str, ...]) -> None:
    forth = output(*AT_LIMA, "--sort", "name").ids
    assert output(*AT_LIMA, *option).ids == forth[::-1]


@pytest.mark.parametrize("sort", ["acronym", "-acronym"])
def test_empty_cells_come_last_in_either_order(sort: str) -> None:
    cells = [row[2] for row in rows(output(*AT_LIMA, f"--sort={sort}").out)]
    assert "" in cells
    filled = [cell for cell in cells if cell]
    assert cells[: len(filled)] == filled


def test_rows_that_are_equal_keep_the_order_of_the_data() -> None:
    assert output(*AT_LIMA, "--sort", "kind").ids == LIMA_PROCESSES


@pytest.mark.parametrize("sort", ["number", "-number"])
def test_numbers_are_sorted_by_size(data: rcpref.Dataset, sort: str) -> None:
    document = dict(data.document)
    claim = {"property": "number", "source": "lima-2013-chairs-summary"}
    document["records"] = dict(document["records"]) | {
        f"meeting-{n}": {
            "id": f"meeting-{n}",
            "kind": "meeting",
            "name": f"Meeting {n}",
            "short_name": f"Meeting {n}",
        }
        for n in (2, 10, 1)
    }
    document["claims"] = dict(document["claims"]) | {
        f"meeting-{n}": [{**claim, "value": n}] for n in (2, 10, 1)
    }
    wanted = Wanted(words=["meeting"], columns=["number"], sort=sort)
    found = listing.listing(rcpref.Dataset(document), "meeting", wanted).rows
    ids = [row["id"] for row in found if str(row["id"]).startswith("meeting-")]
    order = ["meeting-1", "meeting-2", "meeting-10"]
    assert ids == (order if sort == "number" else order[::-1])


@pytest.mark.parametrize("limit", [1, 3, 15, 16, 10**18])
def test_limit_cuts_the_list(limit: int) -> None:
    assert output(*AT_LIMA, "--limit", str(limit)).ids == LIMA_PROCESSES[:limit]


def test_limit_cuts_after_filter_and_order() -> None:
    args = ("list", "processes", "--at-lima", "--sort=-id", "--limit", "2")
    assert output(*args).ids == LIMA_PROCESSES[:-3:-1]
    answer = output(*args, "-f", "json").json
    assert answer["count"] == len(answer["items"]) == 2
    assert [item["id"] for item in answer["items"]] == LIMA_PROCESSES[:-3:-1]
    assert output("list", "processes", "southern", "--at-lima", "--limit", "1").ids == ["midsa"]


# States ----------------------------------------------------------------------------


def test_states_are_those_named_or_with_all_every_one(data: rcpref.Dataset) -> None:
    named, every = output("list", "states").ids, output("list", "states", "--all").ids
    assert every == list(data.countries)
    assert {"BWA", "PER"} <= set(named)
    assert named == [code for code in every if code in named]


def test_a_state_row_has_codes_names_and_regions() -> None:
    answer = output("list", "states", "peru", "-f", "json").json
    (peru,) = answer["items"]
    assert peru["id"] == "PER"
    assert peru["alpha2"] == "PE"
    assert peru["numeric"] == "604"
    assert peru["un_member"] is True
    header, row = rows(output("list", "states", "peru", "--header").out)
    assert dict(zip(header, row, strict=True))["un_member"] == "yes"


def test_a_state_that_nothing_names_is_found_with_all() -> None:
    assert output("list", "states", "bouvet", "--all").ids == ["BVT"]
    assert "--all" in hint_of(refuse("list", "states", "bouvet", codes=[1]))


@pytest.mark.parametrize("kind", ["conclusions", "key-points", "footnotes"])
def test_long_text_is_no_ribbon_on_a_narrow_terminal(kind: str) -> None:
    passages = output("list", kind, "-f", "json").json["items"]
    narrow = in_terminal("list", kind, columns=40).plain
    assert "\u2500" not in narrow
    assert folded(" ".join(item["text"] for item in passages)) in folded(
        re.sub(r"^lima-2013/.*\n  Text: ", "", narrow, flags=re.MULTILINE)
    )
    assert "\u2500" in in_terminal("list", kind, columns=60).plain


# Refusals --------------------------------------------------------------------------


REFUSALS = [
    (["proceses"], 2, "proceses", "processes"),
    (["nonsense"], 2, "nonsense", "processes, bodies, organizations"),
    (["organizatons"], 2, "organizatons", "did you mean organizations?"),
    (["..."], 2, "'...'", "processes"),
    (["processes", "--columns", "nope"], 2, "nope", "short_name"),
    (["processes", "--columns", "role"], 2, "role", "short_name"),
    (["processes", "--columns", "adopted"], 2, "adopted", "status"),
    (["processes", "--columns", ""], 2, "empty", "--columns"),
    (["--columns", "name"], 2, "name", "kind, count"),
    (["states", "--columns", "status"], 2, "status", "alpha2"),
    (["conclusions", "--columns", "name"], 2, "name", "ref"),
    (["processes", "--sort", "nope"], 2, "nope", "short_name"),
    (["processes", "--sort", "--name"], 2, "", ""),
    (["conclusions", "--sort", "name"], 2, "name", "ref"),
    (["processes", "--limit", "0"], 2, "0", "--help"),
    (["processes", "--limit", "-1"], 2, "-1", "--help"),
    (["processes", "--limit", ""], 2, "", "--help"),
    (["processes", ""], 2, "no word", "letters"),
    (["processes", "..."], 2, "no word", "letters"),
    (["processes", "--region", "!!"], 2, "no word", "letters"),
    (["processes", "zzqqxx"], 1, "processes", "rcpref list processes"),
    (["meetings", "--at-lima"], 1, "meetings", "rcpref list meetings"),
    (["states", "--at-lima"], 2, "states", "processes"),
    (["conclusions", "--attended", "lima-2013"], 2, "conclusions", "processes"),
    (["processes", "--attended", "lima-2031"], 1, "lima-2031", "lima-2013"),
    (["processes", "--attended", "bali-process"], 1, "is a process", "show bali-process"),
    (["processes", "--attended", ""], 2, "meeting", "rcpref list meetings"),
    (["processes", "--all"], 2, "--all", ""),
    (["--at-lima"], 2, "kind", "rcpref list processes"),
    (["--all"], 2, "kind", "rcpref list"),
    (["--sort", "kind"], 2, "kind", "rcpref list"),
    (["--limit", "3"], 2, "kind", "rcpref list"),
    (["--attended", "lima-2013"], 2, "kind", "rcpref list"),
    (["processes", "-f", "xml"], 2, "xml", "markdown"),
    (["processes", "-f", ""], 2, "''", "markdown"),
    (["processes", "-f"], 2, "-f", "--help"),
    (["processes", "--color", "blue"], 2, "blue", "never"),
    (["processes", "--nope"], 2, "--nope", "--help"),
]


@pytest.mark.parametrize(
    ("args", "code", "says", "hints"), REFUSALS, ids=[shlex.join(case[0]) for case in REFUSALS]
)
def test_what_cannot_be_listed_is_refused(
    args: list[str], code: int, says: str, hints: str
) -> None:
    result = refuse("list", *args, codes=[code])
    error = result.err.splitlines()[0]
    assert says in error
    assert hints in hint_of(result)


def test_a_refused_command_line_says_nothing_in_any_format() -> None:
    for format in ("csv", "table", "markdown", "jsonl"):
        refuse("list", "processes", "zzqqxx", "-f", format, codes=[1])


def test_where_nothing_fits_json_is_an_envelope_with_the_reason() -> None:
    result = run_command("list", "processes", "zzqqxx", "-f", "json", code=1, quiet=False)
    assert result.json["count"] == 0
    assert result.json["items"] == []
    assert f"rcpref: error: {result.json['message']}\n" in result.err


def test_the_query_in_the_envelope_is_what_was_asked() -> None:
    args: list[Any] = ["list", "process", "africa", "--at-lima", "--sort", "name", "--limit", "2"]
    query = output(*args, "-f", "json").json["query"]
    assert query["command"] == "list"
    assert query["kind"] == "process"
    assert query["words"] == ["africa"]
    assert query["sort"] == "name"
    assert query["limit"] == 2


# Last seen active --------------------------------------------------------------------


def listed_processes(*args: str) -> dict[str, dict[str, Any]]:
    items = run_command("list", "processes", *args, "-f", "json").json["items"]
    return {item["id"]: item for item in items}


def test_those_last_seen_active_since_a_date_are_listed() -> None:
    every = listed_processes()
    found = listed_processes("--active-since", "2022")
    later = {key for key, item in every.items() if (item["last_seen_active"] or "") >= "2022"}
    assert {"bali-process", "rabat-process"} <= found.keys()
    assert found.keys().isdisjoint(["mtm", "manila-process"])
    assert set(found) == later
    assert len(later) < len(every)
    seen = {key for key in every if every[key]["last_seen_active"]}
    assert listed_processes("--inactive-since", "2022").keys() == seen - later


def test_what_was_seen_active_on_either_side_of_a_date_is_possible() -> None:
    assert listed_processes()["rabat-process"]["last_seen_active"] == "2026-01-28/2026-01-29"
    found = run_command("list", "processes", "--active-since", "2026-01-29")
    assert "rabat-process" not in found.ids
    assert found.err == "not listed: 1 possible (rabat-process)\n"


def test_a_process_has_its_age_in_json_and_for_who_chooses_it() -> None:
    columns = ("--columns", "id,status,status_as_of,last_seen_active")
    chosen = {row[0]: row[1:] for row in rows(output("list", "processes", *columns).out)}
    for key, item in listed_processes().items():
        ages = [item["status_as_of"] or "", item["last_seen_active"] or ""]
        assert chosen[key][1:] == ages
    assert chosen["bali-process"] == ["active", "2025-05-21", "2025-05-21"]
    assert chosen["midcas"][:2] == ["dormant", "2016"]
    assert "last_seen_active" not in output("list", "bodies", "-f", "json").json["items"][0]


def test_for_people_a_status_stands_with_its_date() -> None:
    args = ("list", "processes", "--columns", "short_name,status,last_seen_active")
    for form in ("text", "markdown"):
        line = next(each for each in output(*args, "-f", form).lines if "Bali" in each)
        assert "active, 21 May 2025" in line
        assert line.count("21 May 2025") == 2
    assert "\tactive\t" in output(*args).out


def test_a_date_since_which_none_was_active_is_refused_with_the_line_to_type() -> None:
    for typed, hint in (("May 2013", "2013-05"), ("recently", "2022")):
        found = refuse("list", "processes", "--active-since", typed, codes=(2,))
        assert hint_of(found) == f"rcpref list processes --active-since {hint}"
    refuse("list", "bodies", "--active-since", "2022", codes=(2,))
    refuse("list", "processes", "--active-since", "2999", codes=(1,))


def test_a_list_of_members_says_where_some_are_suspended_or_the_like() -> None:
    told = "some members are suspended, absent and so on: igad;"
    assert told in output("list", "bodies", "igad", "--columns", "id,members").err
    assert "suspended" not in output("list", "bodies", "gcc", "--columns", "id,members").err
    assert "suspended" not in output("list", "bodies", "igad", "--columns", "id,founded").err
