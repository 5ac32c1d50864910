"""`rcpref show` through the installed command."""

import re
from typing import Any

import pytest

import rcpref
from conftest import run_command
from helpers import folded, in_terminal, output, prose, rows, source_text

SUMMARY = "lima-2013-chairs-summary"
KEYS = ["id", "property", "value", "date", "source", "passage", "role"]


def facts(name: str) -> list[dict[str, str]]:
    """The rows of one record, by column."""
    header, *body = rows(output("show", name, "--header").out)
    assert header == KEYS
    return [dict(zip(header, row, strict=True)) for row in body]


def item(name: str) -> Any:
    answer = output("show", name, "-f", "json").json
    assert answer["count"] == 1
    return answer["items"][0]


# What Lima says --------------------------------------------------------------------

SAYINGS = [
    ("almaty-process", "status", "not yet formalised", "lima-2013/footnote-1",
        "two dialogue processes that are yet to be formalised \u2013 the Almaty Process"),
    ("midcas", "status", "not yet formalised", "lima-2013/footnote-1",
        "Migration Dialogue for Central African States (MIDCAS)"),
    ("midsa", "contribution", "highlighted key features", "lima-2013/paragraph-3",
        "Representatives from the Bali Process, Budapest Process, MIDSA and SACM further"),
    ("oas", "contribution", "led the discussion", "lima-2013/paragraph-3",
        "The OAS led a discussion involving representatives of the League of Arab States"),
    ("gaborone-2011", "contribution", "Government of Botswana", "lima-2013/paragraph-3",
        "the Government of Botswana shared the outcomes of the last global meeting"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "property", "value", "passage", "words"), SAYINGS, ids=[case[0] for case in SAYINGS]
)
def test_what_lima_says_is_shown_with_the_passage_it_rests_on(
    name: str, property: str, value: str, passage: str, words: str
) -> None:
    assert words in source_text()
    claims = [row for row in facts(name) if row["property"] == property and value in row["value"]]
    assert SUMMARY in [row["source"] for row in claims if row["passage"] == passage]
    named_in = {
        row["passage"]: row["value"] for row in facts(name) if row["property"] == "named_in"
    }
    assert words in named_in[passage]
    table = prose("show", name, "--full")
    assert value in table
    assert f"({passage}" in table
    assert words in table
    markdown = output("show", name, "--full", "-f", "markdown").out
    assert value in markdown
    assert f"> \\({passage}\\)" in markdown or f"> ({passage})" in markdown


def test_each_passage_that_names_a_record_is_quoted(data: rcpref.Dataset) -> None:
    for name in ("midsa", "gfmd", "lima-2013", "oas"):
        for passage in data.passages_naming(record=name):
            assert passage.ref in prose("show", name, "--full")


def test_the_words_that_name_the_record_are_marked_and_no_others() -> None:
    shown = run_command("show", "midsa", "--full", "-f", "table", "--color", "always").out
    marked = re.findall(r"\x1b\[1;4m(.*?)\x1b\[0m", shown)
    assert folded(" ".join(marked)) == "MIDSA Migration Dialogue for Southern Africa (MIDSA)"


# Names -----------------------------------------------------------------------------


def test_several_names_are_shown_in_the_order_asked_for() -> None:
    ids = [each["id"] for each in output("show", "5+5", "IGC", "peru", "-f", "json").json["items"]]
    assert ids == ["5-plus-5-dialogue", "igc", "PER"]
    answer = output("show", "oas", "OAS", "peru", "PE", "oea", "-f", "json").json
    assert [each["id"] for each in answer["items"]] == ["oas", "PER"]
    assert answer["count"] == 2
    assert answer["query"]["names"] == ["oas", "OAS", "peru", "PE", "oea"]
    markdown = output("show", "igc", "oas", "-f", "markdown").lines
    titles = [line for line in markdown if line.startswith("# ")]
    assert titles == ["# IGC (igc)", "# OAS (oas)"]


def test_rows_of_several_names_bear_their_own_id() -> None:
    both = output("show", "igc", "oas").lines
    assert both == output("show", "igc").lines + output("show", "oas").lines


# JSON ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything(data: rcpref.Dataset) -> Any:
    """All records, shown by one run."""
    return run_command("show", *data.records, "--history", "-f", "json").json


def test_a_record_has_the_keys_and_values_of_its_file(
    data: rcpref.Dataset, everything: Any
) -> None:
    assert [each["id"] for each in everything["items"]] == list(data.records)
    empty: dict[str, Any] = {"acronym": None, "aliases": [], "names": {}}
    for shown in everything["items"]:
        raw = data.document["records"][shown["id"]]
        names = {key: value for key, value in shown.items() if key not in ("claims", "passages")}
        assert names == empty | raw


def test_claims_have_the_keys_and_values_of_the_data(data: rcpref.Dataset, everything: Any) -> None:
    for shown in everything["items"]:
        stated = []
        for claim in shown["claims"]:
            added = ("ref", "in_dispute")
            stated.append({key: value for key, value in claim.items() if key not in added})
            assert claim["ref"].startswith(f"{shown['id']}/{claim['property']}@")
        expected = [{"as_of": None, **claim} for claim in data.document["claims"][shown["id"]]]
        assert stated == expected
        assert {claim["source"] for claim in stated} <= everything["sources"].keys()
        refs = [claim["ref"] for claim in shown["claims"]]
        assert len(set(refs)) == len(refs)


def test_passages_have_a_reference_and_the_keys_of_the_data(
    data: rcpref.Dataset, everything: Any
) -> None:
    raw = {
        f"{text['id']}/{passage['kind']}-{passage['number']}": passage
        for text in data.document["texts"].values()
        for passage in text["passages"]
    }
    seen = set()
    for shown in everything["items"]:
        refs = [passage["ref"] for passage in shown["passages"]]
        naming = [
            ref
            for ref, passage in raw.items()
            if shown["id"] in [mention.get("record") for mention in passage.get("mentions", ())]
        ]
        assert refs == naming
        for passage in shown["passages"]:
            seen.add(passage["ref"])
            for key in ("kind", "number", "text"):
                assert passage[key] == raw[passage["ref"]][key]
            assert passage["mentions"] == [dict(m) for m in raw[passage["ref"]]["mentions"]]
    assert {"lima-2013/footnote-1", "lima-2013/paragraph-3"} <= seen


def test_what_nothing_names_cites_no_source() -> None:
    answer = output("show", "bouvet island", "-f", "json").json
    assert answer["items"][0]["claims"] == answer["items"][0]["passages"] == []
    assert answer["sources"] == {}


def test_a_state_has_its_names_claims_and_passages() -> None:
    peru = item("peru")
    assert peru["id"] == "PER"
    assert peru["kind"] == "state"
    assert peru["alpha2"] == "PE"
    assert peru["official_name"] == "Republic of Peru"
    chairs = [claim for claim in peru["claims"] if claim["property"] == "chair"]
    records = [claim["record"] for claim in peru["claims"]]
    ids = [row[0] for row in rows(output("show", "peru").out)]
    assert [key for key in ids if key != "PER"] == records
    assert "lima-2013" in [claim["record"] for claim in chairs]
    assert all("PER" in claim["value"] for claim in peru["claims"])
    passages = {passage["ref"]: passage["text"] for passage in peru["passages"]}
    assert "the Government of Peru" in passages["lima-2013/paragraph-2"]
    assert "BWA" in {row[0] for row in rows(output("show", "Botswana").out)}


# Columns and formats ---------------------------------------------------------------


def test_columns_of_claims() -> None:
    found = rows(output("show", "midsa", "--header", "--columns", "id,value,ref,derived,note").out)
    assert found[0] == ["id", "value", "ref", "derived", "note"]
    assert {row[0] for row in found[1:]} == {"midsa"}
    derived = [row for row in found[1:] if row[3] == "yes"]
    assert derived
    assert all(row[4] for row in derived)


def test_a_claim_row_says_when_and_from_where() -> None:
    claims = [row for row in facts("bali-process") if row["source"]]
    assert claims
    by_summary = [row for row in claims if row["source"] == SUMMARY]
    assert {row["date"] for row in by_summary} <= {"2013-05", "2013-05-23", "2013-05-22/2013-05-23"}


# Refusals --------------------------------------------------------------------------


def test_one_unknown_name_among_known_ones_shows_nothing() -> None:
    result = run_command("show", "zzqqxx", "oas", "-f", "json", code=1, quiet=False)
    assert (result.json["count"], result.json["items"]) == (0, [])


# Columns of facts ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["midcas", "midsa", "mtm", "midiocc", "geneva-2016"])
def test_a_long_address_breaks_and_leaves_the_columns(data: rcpref.Dataset, name: str) -> None:
    text = in_terminal("show", name, columns=80).plain
    labels = {each.label for each in data.properties.values()}
    running = [m[1] for m in re.finditer(r"^  ([^:\n]+): ", text, re.MULTILINE) if m[1] in labels]
    assert not running
    columns = [m[1] for m in re.finditer(r"^  (\S.*?)  +\S", text, re.MULTILINE)]
    assert labels & set(columns)
    squeezed = "".join(text.split())
    for claim in data[name].claims:
        for address in re.findall(r"https?://\S+", str(claim.value)):
            assert address in squeezed


@pytest.mark.parametrize("name", ["bali-process", "almaty-process"])
def test_a_mark_stands_on_the_line_of_the_word_before_it(name: str) -> None:
    for columns in (60, 80, 100):
        lines = in_terminal("show", name, columns=columns).plain.splitlines()
        assert sum("[1]" in line for line in lines) > 1
        assert not [line for line in lines if re.fullmatch(r"\s*(\[\d+\])+\s*", line)]
