"""`rcpref state`: everything that a State takes part in, and where it cannot be said."""

import re
from typing import Any

import pytest

import rcpref
from asking import (
    MEMBER_KINDS,
    ask,
    bundled,
    claims,
    essence,
    few,
    members,
    named,
    records_with_members,
    table,
)
from helpers import folded, output, rows, sample
from rcpref.answers.time import as_of
from rcpref.views.state import roles_of

CAPACITIES = {
    "member": ("members", "member_joined", "member_left", "founding_participants", "observers",
        "membership_of", "members_count"),
    "associate member": ("associate_members",),
    "observer": ("observers",),
    "participating State": ("participating_states",),
    "partner State": ("partner_states",),
    "candidate": ("candidate_states",),
    "invited": ("invited_states",),
    "chair": ("chair",),
}  # fmt: skip
"""What a State can be, and the properties that answer for it."""

ALWAYS = ("founded", "ended", "status")
"""The properties that answer in every capacity: not yet, no more, or still so."""


KEYS = ["id", "short_name", "kind", "capacity", "state", "answer", "basis"]
KEYS += ["reason", "last_known", "distance", "standing", "rests_on", "last_seen_active"]
"""The keys of an item in JSON, in order."""


def everything(state: str, as_of: str) -> list[dict[str, Any]]:
    """All items on a State at a date."""
    found: list[dict[str, Any]] = ask("state", state, "--as-of", as_of, "--answer", "all")["items"]
    return found


def label(item: dict[str, Any], code: str) -> str:
    """What a notice calls an item: the record, the capacity unless member, the territory."""
    beside = [item["capacity"]] if item["capacity"] != "member" else []
    if item["state"] != code:
        beside.append(bundled().countries[item["state"]].name)
    return f"{item['id']} ({', '.join(beside)})" if beside else str(item["id"])


def elsewhere(code: str, as_of: str) -> set[str]:
    """Records of which nothing is known for a State, and that have members elsewhere alone."""
    found = set()
    for record in bundled():
        named = bundled().states_of(record.id, as_of) if record.kind in MEMBER_KINDS else {}
        regions = {bundled().countries[state].region for state in named}
        far = regions and bundled().countries[code].region not in regions
        if far and bundled().member(record.id, code, as_of).answer == "unknown":
            found.add(record.id)
    return found


# Answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "as_of", "record", "capacity", "answer"), [
    ("Kenya", "2013-05", "khartoum-process", "member", "no"),
    ("Kenya", "2013-05", "igad-rcp", "member", "yes"),
    ("Kenya", "2013-05", "comesa", "member", "yes"),
    ("Cambodia", "2013-05", "colombo-process", "member", "no"),
    ("Bangladesh", "2013-05", "colombo-process", "chair", "yes"),
    ("Sweden", "2013-05", "gfmd", "chair", "yes"),
    ("New Zealand", "2013-05", "igc", "chair", "possible"),
    ("Denmark", "2013-05", "igc", "chair", "possible"),
    ("Croatia", "2013-05", "european-union", "member", "no"),
    ("UK", "2013", "prague-process", "member", "yes"),
    ("Kazakhstan", "2019", "bali-process", "member", "unknown"),
    ("Mali", "today", "midwa", "member", "possible"),
    ("Venezuela", "2023-11", "oas", "member", "disputed"),
    ("Switzerland", "2013-05", "midwa", "observer", "yes"),
])  # fmt: skip
def test_an_answer_that_is_known(
    state: str, as_of: str, record: str, capacity: str, answer: str
) -> None:
    found = [
        item["answer"]
        for item in everything(state, as_of)
        if (item["id"], item["capacity"]) == (record, capacity)
    ]
    assert found == [answer]


@pytest.mark.parametrize("code", sample(["KEN", "TUR", "GBR", "VEN", "COM"], ["KEN"]))
def test_it_agrees_with_the_members_of_each_process(code: str) -> None:
    as_of = "2020"
    own = {
        item["id"]: item
        for item in everything(code, as_of)
        if item["capacity"] == "member" and item["state"] == code
    }
    every = {record.id for record in bundled() if record.kind in MEMBER_KINDS}
    assert every - set(own) == elsewhere(code, as_of)
    for record in records_with_members():
        item = members(record, as_of).get(code)
        if record not in own:
            assert item is None
        elif item is None:
            assert own[record]["answer"] != "yes", record
        else:
            assert essence(own[record]) == item, record


@pytest.mark.parametrize(
    ("code", "as_of"), [("FRA", "2013-05"), ("ARE", "2019"), ("TUR", "2022"), ("ETH", "2012")]
)
def test_items_say_in_which_capacity_and_rest_on_claims_of_it(code: str, as_of: str) -> None:
    for item in everything(code, as_of):
        assert list(item) == KEYS
        record = bundled()[item["id"]]
        assert (item["short_name"], item["kind"]) == (record.short_name, record.kind)
        assert item["reason"].strip()
        assert item["rests_on"] or item["answer"] == "unknown" or "of its own" in item["reason"]
        bodies = {str(claim.value) for claim in record.claims_of("membership_of")}
        for evidence in item["rests_on"]:
            claim = claims()[evidence["ref"]]
            assert claim.record in (item["id"], *bodies)
            assert claim.property in (*CAPACITIES[item["capacity"]], *ALWAYS)
            if item["answer"] == "no" and claim.property == "members":
                assert item["state"] not in claim.values


@pytest.mark.parametrize(
    ("code", "as_of"),
    [("FRA", "2001"), ("GBR", "2013"), ("VEN", "2023-11"), ("USA", "2005"), ("CHN", "2005")],
)
def test_the_line_on_stderr_tells_what_is_possible_or_disputed(code: str, as_of: str) -> None:
    result = output("state", code, "--as-of", as_of)
    assert {row[4] for row in rows(result.out)} <= {"yes"}
    asked = [item for item in everything(code, as_of) if item["answer"] not in ("yes", "no")]
    wanted: dict[str, list[str]] = {}
    for item in asked:
        # Where nothing can be said is not told, unless that is all there is to tell.
        if item["answer"] != "unknown":
            wanted.setdefault(item["answer"], []).append(label(item, code))
    if result.out or wanted:
        assert named(result.err) == few(wanted)
    else:
        assert result.err == f"nothing certain in {as_of}; --answer all shows what is unknown\n"
    report = ask("state", code, "--as-of", as_of)
    assert {label(item, code) for item in report["uncertain"]} >= {
        label(item, code) for item in asked
    }


def test_without_a_date_it_is_as_last_known_with_the_date_of_the_newest_evidence() -> None:
    report = ask("state", "Chad")
    assert report["query"]["as_of"] is None
    known = {item["id"]: item for item in report["items"] if item["capacity"] == "member"}
    assert known["midcas"]["last_known"] == "2015"
    today = ask("state", "Chad", "--as-of", "today")
    assert today["query"]["as_of"] == bundled().date
    assert "midcas" not in [item["id"] for item in today["items"]]
    (old,) = [item for item in today["uncertain"] if item["id"] == "midcas"]
    assert (old["answer"], old["last_known"]) == ("possible", "2015")
    lines = rows(output("state", "Chad", "--columns", "id,capacity,last_known").out)
    assert ["midcas", "member", "2015"] in lines
    assert table("state", "Chad", columns=120).startswith(
        "Chad as last known: member of 2 processes, and 2 not seen active for years\n"
    )


def test_what_is_uncertain_is_in_json_in_any_case() -> None:
    report = ask("state", "Venezuela", "--as-of", "2023-11")
    asked = ask("state", "Venezuela", "--as-of", "2023-11", "--answer", "all")
    assert {item["answer"] for item in report["items"]} == {"yes"}
    assert ("oas", "disputed") in [(item["id"], item["answer"]) for item in report["uncertain"]]
    both = [(each["id"], each["capacity"]) for each in report["items"] + report["uncertain"]]
    assert sorted(both) == sorted((each["id"], each["capacity"]) for each in asked["items"])


@pytest.mark.parametrize("code", ["MCO", "FRA"])
def test_a_state_that_nothing_names_is_never_a_possible_member(code: str) -> None:
    # Monaco is in no list of COMMIT, of MIDWA or of the Arab League, old as these are.
    for item in ask("state", code, "--answer", "possible")["items"]:
        assert any(
            item["state"] in (*claim.values, *claim.disputed)
            for claim in bundled()[item["id"]].claims
        ), item


# Territories -----------------------------------------------------------------------------

OF_NEW_CALEDONIA = ["bali-process", "pidc", "pacific-islands-forum"]


def test_territories_that_are_listed_by_themselves_stand_apart() -> None:
    items = ask("state", "France")["items"]
    apart = {(item["id"], item["state"]) for item in items if item["state"] != "FRA"}
    assert apart == {(key, "NCL") for key in OF_NEW_CALEDONIA}
    assert not [item for item in items if item["id"] == "bali-process" and item["state"] == "FRA"]
    # In lines for programs, a column says whose the line is.
    lines = rows(output("state", "France", "--columns", "id,state").out)
    assert {(row[0], row[1]) for row in lines} >= apart


def test_a_territory_answers_by_itself_too() -> None:
    assert output("state", "New Caledonia").ids == OF_NEW_CALEDONIA


def test_a_line_about_a_territory_does_not_pass_for_one_about_the_state() -> None:
    # China is a certain member of the Bali Process in 2005; of Hong Kong it cannot be said.
    result = output("state", "China", "--as-of", "2005")
    assert "bali-process" in result.ids
    assert "bali-process" not in re.sub(r"bali-process \((Hong Kong|Macao) SAR\)", "", result.err)
    report = ask("state", "China", "--as-of", "2005", "--answer", "possible")
    assert {("bali-process", "HKG"), ("bali-process", "MAC")} <= {
        (item["id"], item["state"]) for item in report["items"]
    }


def test_no_answer_on_a_territory_hides_that_on_the_state() -> None:
    # Both are uncertain, and each of the two is to be counted.
    for date, answers in (
        ("2005", {"FRA": "possible", "NCL": "possible"}),
        ("2015-11", {"FRA": "disputed", "NCL": "yes"}),
    ):
        items = everything("FRA", date)
        found = {item["state"]: item["answer"] for item in items if item["id"] == "bali-process"}
        assert found == answers
        labels: dict[str, list[str]] = {}
        for item in items:
            if item["answer"] in ("possible", "disputed"):
                labels.setdefault(item["answer"], []).append(label(item, "FRA"))
        assert "bali-process" in labels[answers["FRA"]]
        told = "bali-process (New Caledonia)" in labels.get("possible", [])
        assert told == (answers["NCL"] == "possible")
        assert named(output("state", "France", "--as-of", date).err) == few(labels)


def test_how_a_source_prints_a_territory_is_said_of_that_source_alone() -> None:
    text = folded(table("state", "France", columns=160))
    assert "New Caledonia: Bali Process, member: yes" in text
    country = bundled().countries["NCL"]
    pidc = next(
        item
        for item in ask("state", "France")["items"]
        if (item["id"], item["state"]) == ("pidc", "NCL")
    )
    assert country.listed_source not in {each["source"] for each in pidc["rests_on"]}
    line = re.search(r"• New Caledonia: PIDC.*?(?= • | Sources )", text)
    assert line
    # The page of another process does not show how this one prints it.
    assert "printed there" not in line[0]


# For people ------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("extra", [(), ("--answer", "all")])
def test_a_table_has_its_date_and_the_parts_in_order(columns: int, extra: tuple[str, ...]) -> None:
    text = table("state", "France", "--as-of", "2026", *extra, columns=columns)
    assert text.startswith("France in 2026: member of ")
    heads = ["5+5 Dialogue  ", "Not certain", "Listed separately, printed with France"]
    heads += ["Membership unknown"] if extra else []
    places = [text.index(f"\n{head}") for head in [*heads, "Sources"]]
    assert places == sorted(places)
    sure, unsure = text[: places[1]], text[places[1] : places[2]]
    for item in everything("FRA", "2026"):
        if item["state"] != "FRA":
            continue
        name = item["short_name"]
        if item["answer"] == "yes":
            assert re.search(rf"^{re.escape(name)}\s", sure, re.MULTILINE), name
    assert not re.search(r"\byes\b", unsure)
    # Each row has a mark.
    lines = re.split(r"\n(?=\S)", sure.partition("─\n")[2].strip())
    assert len(lines) == len(output("state", "France", "--as-of", "2026").ids) - len(
        OF_NEW_CALEDONIA
    )
    assert all(re.search(r"\[\d+\]", line) for line in lines), lines


@pytest.mark.parametrize("date", [None, "2013-05", "1995"])
def test_where_no_claim_names_a_state_it_is_no_member_or_that_is_unknown(
    data: rcpref.Dataset, date: str | None
) -> None:
    """So the line that is printed needs no claims of such records."""
    asked = as_of(date, data.date)
    for code in ("AUT", "KEN", "NIU", "PER", "SSD", "TON"):
        naming = data.plain.records_naming(code)
        others = [each for each in roles_of(data, code, asked) if each.record.id not in naming]
        assert others and {each.answer.answer for each in others} <= {"no", "unknown"}


def test_processes_that_were_not_seen_active_for_years_are_left_out_of_no_list() -> None:
    seen = {item["id"]: item["last_seen_active"] for item in ask("state", "Eritrea")["items"]}
    assert {"midcom", "rmfm"} <= seen.keys()
    assert seen["igad-rcp"] == "2023-02-21"
    header = output("state", "Eritrea", "-f", "tsv", "--header").lines[0].split("\t")
    assert header[-2:] == ["standing", "last_seen_active"]
