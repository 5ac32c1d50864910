"""`rcpref disputes`: where sources disagree for the same time, side by side."""

from pathlib import Path
from typing import Any

import pytest

from asking import ask, bundled, claims, table
from conftest import run_command
from helpers import folded, output, rows, write_files

KNOWN = [
    ("acp-eu-migration-dialogue", "founded", 2),
    ("almaty-process", "members", 1),
    ("almaty-process", "meeting_participants", 1),
    ("apc", "founded", 2),
    ("arcp", "founded", 2),
    ("bali-process", "members", 1),
    ("bali-process", "members", 1),
    ("budapest-process", "classification", 2),
    ("budapest-process", "founded", 2),
    ("igc", "members_count", 2),
    ("midwa", "founded", 2),
    ("mtm", "founded", 2),
    ("prague-process", "members", 1),
    ("rabat-process", "members_count", 2),
    ("tripoli-process", "founded", 2),
    ("eccas", "members", 1),
    ("oas", "members", 1),
    ("oas", "members", 1),
]
"""All disagreements in the bundled data: record, property, how many claims."""


def test_all_disagreements_of_the_bundled_data() -> None:
    items = ask("disputes")["items"]
    found = [(item["record"], item["property"], len(item["claims"])) for item in items]
    assert found == KNOWN


def test_each_has_its_claims_with_their_tiers_and_what_differs() -> None:
    for item in ask("disputes")["items"]:
        assert list(item) == ["record", "property", "reason", "claims"]
        assert item["reason"].strip()
        for each in item["claims"]:
            claim = claims()[each["ref"]]
            assert claim.record == item["record"]
            # A count is held against the list of those whom it counts.
            spoken = {item["property"]} | ({"members"} if "a count of" in item["reason"] else set())
            assert claim.property in spoken
            assert each["tier"] == bundled().sources[claim.source].tier
        if len(item["claims"]) == 1:
            # No two that disagree: the source itself marks the place of a State.
            marked = claims()[item["claims"][0]["ref"]].disputed
            assert marked
            assert all(state in item["reason"] for state in marked)
        else:
            values = [str(each["value"]) for each in item["claims"]]
            assert len(set(values)) > 1, "they say the same"


@pytest.mark.parametrize(("record", "key", "values"), [
    ("budapest-process", "founded", ["1991", "1993"]),
    ("budapest-process", "classification", ["RCP", "IRF"]),
    ("midwa", "founded", ["2001", "2000"]),
    ("mtm", "founded", ["2003", "2002"]),
])  # fmt: skip
def test_they_stand_side_by_side(record: str, key: str, values: list[Any]) -> None:
    item = next(item for item in ask("disputes", record)["items"] if item["property"] == key)
    assert [each["value"] for each in item["claims"]] == values


OWN = """\
id = "own-process"
kind = "process"
name = "Own Process"
short_name = "Own Process"

[[claim]]
property = "members"
value = ["KEN", "UGA", "TZA"]
as_of = "2014"
source = "one"
complete = true

[[claim]]
property = "members"
value = ["KEN", "BDI", "TZA"]
as_of = "2014-05"
source = "two"
complete = true
"""
SOURCES = "".join(
    f'[{key}]\ntitle = "{key}"\npublisher = ["{key}"]\ntier = "primary"\n' for key in ("one", "two")
)


def test_what_differs_between_lists_is_named(tmp_path: Path) -> None:
    files = {"processes/own-process.toml": OWN, "sources.toml": SOURCES}
    folder = str(write_files(tmp_path, files))
    result = run_command("disputes", "own-process", "--data", folder, "-f", "json")
    (item,) = result.json["items"]
    assert item["reason"] == "not in all of the lists: BDI, UGA"
    assert [each["source"] for each in item["claims"]] == ["overlay:one", "overlay:two"]


def test_a_count_that_speaks_against_the_list_stands_beside_it() -> None:
    (item,) = ask("disputes", "Rabat Process")["items"]
    members, count = item["claims"]
    assert (members["property"], count["property"]) == ("members", "members_count")
    assert (len(members["value"]), count["value"]) == (56, 57)
    assert item["reason"] == "the list of 2018-02/2020 has 56, a count of 2026-01-29 says 57"


def test_lines_have_one_claim_each() -> None:
    cells = rows(output("disputes").out)
    # A count is told beside the list that it speaks against.
    assert [(row[0], row[1]) for row in cells] == [
        (record, "members" if key == "members_count" and not place else key)
        for record, key, number in KNOWN
        for place in range(number)
    ]
    for row in cells:
        assert row[5] == bundled().sources[row[4]].tier
        assert row[6]


def test_of_some_records_only() -> None:
    wanted = {"mtm", "oas"}
    items = ask("disputes", "oas", "MTM")["items"]
    assert {item["record"] for item in items} == wanted
    every = [item for item in ask("disputes")["items"] if item["record"] in wanted]
    assert sorted(map(str, items)) == sorted(map(str, every))
    assert ask("disputes", "oas", "MTM")["query"]["names"] == ["oas", "mtm"]


def test_they_are_those_that_the_history_marks() -> None:
    for record in ("rabat-process", "budapest-process", "colombo-process"):
        (item,) = ask("show", record, "--history")["items"]
        marked = {each["ref"] for each in item["claims"] if each.get("in_dispute")}
        told = {each["ref"] for d in ask("disputes", record)["items"] for each in d["claims"]}
        assert marked == told


@pytest.mark.parametrize("columns", [80, 160])
def test_a_table_has_both_sides_with_dates_tiers_and_marks(columns: int) -> None:
    text = table("disputes", columns=columns)
    assert text.startswith(f"Where sources disagree: {len(KNOWN)}\n")
    body = text.partition("\nSources\n")[0]
    count = sum(number for _, _, number in KNOWN)
    tiers = sum(body.count(f"{tier} [") for tier in ("primary", "secondary", "tertiary"))
    assert tiers == count
    told = folded(body)
    for record, key, _ in KNOWN:
        heading = f"{bundled()[record].short_name}: {bundled().label_of(key).lower()}"
        assert heading in told
