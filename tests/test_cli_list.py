"""`rcpref list` through the installed command."""

import re
from typing import Any

import pytest

import rcpref
from conftest import run_command
from helpers import LIMA_PROCESSES, bare, folded, in_terminal, output, refuse, rows
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


def test_ids_stand_first_and_are_those_of_the_data(data: rcpref.Dataset) -> None:
    for kind, plural in KINDS.items():
        assert output("list", plural).ids == [record.id for record in data.of_kind(kind)]
    for kind, plural in PASSAGE_KINDS.items():
        assert output("list", plural).ids == [p.ref for p in data.passages() if p.kind == kind]
    assert output("list", "sources").ids == list(data.sources)
    assert output("list", "texts").ids == list(data.texts)
    assert sorted(output("list", "properties").ids) == sorted(data.properties)


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
    ("status,region", ["status", "region"]),
    ("Number of members, status", ["members_count", "status"]),
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
    records, claims = dict(document["records"]), dict(document["claims"])
    for number in (2, 10, 1):
        key, name = f"meeting-{number}", f"Meeting {number}"
        records[key] = {"id": key, "kind": "meeting", "name": name, "short_name": name}
        claims[key] = [{"property": "number", "value": number, "source": "iom"}]
    document |= {"records": records, "claims": claims}
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


def test_a_refused_command_line_says_nothing_in_any_format() -> None:
    for format in ("csv", "table", "markdown"):
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


def test_what_was_seen_active_on_either_side_of_a_date_is_not_listed() -> None:
    assert listed_processes()["rabat-process"]["last_seen_active"] == "2026-01-28/2026-01-29"
    assert "rabat-process" not in listed_processes("--active-since", "2026-01-29")


def test_a_process_has_its_age_in_json_and_for_who_chooses_it() -> None:
    columns = ("--columns", "id,status,status_as_of,last_seen_active")
    chosen = {row[0]: row[1:] for row in rows(output("list", "processes", *columns).out)}
    for key, item in listed_processes().items():
        ages = [item["status_as_of"] or "", item["last_seen_active"] or ""]
        assert chosen[key][1:] == ages
    assert chosen["bali-process"] == ["active", "2025-05-21", "2025-05-21"]
    assert chosen["midcas"][:2] == ["dormant", "2016"]
    assert "last_seen_active" not in output("list", "bodies", "-f", "json").json["items"][0]
