"""`rcpref members`: who belongs to what, at which date, and how sure that is."""

import re
from pathlib import Path
from typing import Any

import pytest

import rcpref
from asking import (
    UNCERTAIN,
    ask,
    bundled,
    certain,
    cited,
    claims,
    essence,
    few,
    members,
    named,
    records_with_members,
    table,
    told,
)
from conftest import run_command
from helpers import folded, output, rows, sample, write_files
from rcpref.answers.membership.answer import ANSWERS, BASES
from rcpref.spelling import key_of

NAMED = ["id", "name"]
ANSWERED = ["answer", "basis", "reason", "last_known", "distance", "standing", "rests_on"]
KEYS = [*NAMED, *ANSWERED]
"""The keys of a member in JSON, in order."""

EVENTS = ("member_joined", "member_left")

SPEAKING = {
    *EVENTS,
    "members", "founding_participants", "observers", "founded", "ended", "membership_of",
    # What shows that a list still held, or that there was nothing to be a member of yet.
    "members_count", "status",
}  # fmt: skip
"""The properties that an answer on members can rest on."""

BEFORE_ALL = "1900"
"""Before anything in the data was founded."""


# Numbers and answers that are known ------------------------------------------------------


@pytest.mark.parametrize(("record", "as_of", "count", "inside", "outside"), [
    ("colombo-process", "2013-05", 11, {"BGD", "LKA"}, {"KHM"}),
    ("colombo-process", "2024-07", 12, {"BGD", "KHM"}, {"MMR"}),
    ("sacm", "2013-05", 12, {"PER", "VEN"}, {"MEX"}),
    ("european-union", "2013-05", 27, {"GBR", "BGR"}, {"HRV"}),
    ("european-union", "2025", 27, {"HRV", "IRL"}, {"GBR"}),
    ("ecowas", "2025-03", 12, {"NGA", "SEN"}, {"BFA", "MLI", "NER", "MRT"}),
    ("ecowas", "2013-05", 15, {"BFA", "MLI", "NER"}, {"MRT"}),
    ("midsa", "2013-05", 15, {"ZAF", "SYC"}, {"COM"}),
    ("midsa", "2024", 16, {"COM"}, set()),
    ("khartoum-process", "2013-05", 0, set(), {"KEN", "ITA"}),
    ("comesa", "2013-05", 19, {"KEN", "SWZ"}, {"TUN", "SOM"}),
    ("andean-community", "2013", 4, {"PER"}, {"VEN", "CHL"}),
    ("puebla-process", "2013-05", 11, {"MEX"}, set()),
])  # fmt: skip
def test_the_certain_members_at_a_date(
    record: str, as_of: str, count: int, inside: set[str], outside: set[str]
) -> None:
    result = output("members", record, "--as-of", as_of)
    assert len(result.ids) == len(set(result.ids)) == count
    assert inside <= set(result.ids)
    assert not outside & set(result.ids)
    assert set(result.ids) == certain(record, as_of)


@pytest.mark.parametrize(("state", "record", "as_of", "answer", "basis", "why"), [
    ("KHM", "colombo-process", "2013-05", "no", None, "joined 2016-08-25"),
    ("HRV", "european-union", "2013", "yes", "event", "joined 2013-07-01"),
    ("HRV", "european-union", "2013-06", "no", None, "joined 2013-07-01"),
    ("GBR", "european-union", "2020", "yes", "event", "left 2020-01-31"),
    ("GBR", "european-union", "2020-02", "no", "listed", "not in the list of 2020-02"),
    ("GBR", "european-union", "2020-03", "no", None, "left 2020-01-31"),
    ("COM", "midsa", "2019", "possible", "between", "2015-07"),
    ("NOR", "eclac", "2014-06", "possible", "event", "some time in 2013-06/2015-10-04"),
    ("MYS", "abu-dhabi-dialogue", "2013-05", "possible", "between", "2012-04-18"),
    ("SGP", "abu-dhabi-dialogue", "2013-05", "possible", "between", "2014-01"),
    ("YEM", "abu-dhabi-dialogue", "2013-05", "yes", "between", "2012-04-18 and 2014-01"),
    ("VEN", "oas", "2023-11", "disputed", "listed", "2023-11, counted as disputed by the editors"),
    ("KAZ", "bali-process", "2019", "unknown", None, "incomplete"),
    ("KEN", "khartoum-process", "2013-05", "no", "event", "founded 2014-11-28"),
    ("TKM", "almaty-process", "2021", "possible", "between", "2019-05"),
    ("VEN", "andean-community", "2005", "yes", None, "left 2006"),
    ("CHL", "andean-community", "1980", "no", None, "left 1976"),
    # A list is carried for ten years and no longer; a joining has no such end.
    ("IND", "colombo-process", "2034-05", "yes", "carried", "last listed 2024-06-29"),
    ("IND", "colombo-process", "2034-07", "possible", "carried", "too long before"),
    ("TUR", "eclac", "2040", "yes", "carried", "joined 2017-07-25"),
    # Backward eight years, and no further.
    ("CHE", "igc", "1996", "yes", "carried", "first listed later, in 2003"),
    ("CHE", "igc", "1994", "possible", "carried", "too long after to be certain"),
    # Without a dated list, an undated one answers between its bounds.
    ("COM", "arcp", "2024", "yes", "undated", "not before 2023-05-07"),
    ("COM", "arcp", "2016", "possible", "undated", "too long after to be certain"),
])  # fmt: skip
def test_an_answer_with_its_reason(
    state: str, record: str, as_of: str, answer: str, basis: str | None, why: str
) -> None:
    if state not in told(record, as_of):
        # Named by no claim: only the State's own command speaks of it.
        report = ask("state", state, "--as-of", as_of, "--answer", "all")
        item = next(
            each
            for each in report["items"]
            if (each["id"], each["capacity"], each["state"]) == (record, "member", state)
        )
    else:
        item = told(record, as_of)[state]
    assert item["answer"] == answer
    assert why in item["reason"]
    if basis or answer == "unknown":
        assert item["basis"] == basis


@pytest.mark.parametrize(("record", "as_of", "founded"), [
    # Founded in 2014, with a list of those who were there on 28 November.
    ("khartoum-process", "2013-05", "2014-11-28"),
    ("khartoum-process", "2014-05", "2014-11-28"),
    ("midcom", "2013-05", "2013-09"),
    ("oas", BEFORE_ALL, "1948-04-30"),
    ("budapest-process", "1990", "1991"),
    ("midwa", "1999-12-31", "2000"),
    # No list of these is whole; before the founding there were no others all the same.
    ("mtm", "1950", "2002"),
    ("iom", "1900", "1951-12"),
])  # fmt: skip
def test_none_before_the_founding_with_the_reason(record: str, as_of: str, founded: str) -> None:
    result = output("members", record, "--as-of", as_of)
    assert result.out == ""
    assert result.err == f"no members: founded {founded}\n"
    report = ask("members", record, "--as-of", as_of)
    assert report["summary"]["heading"] == f"none: founded {founded}"
    assert {each["answer"] for each in report["uncertain"]} == {"no"}


# The shape of the answers ----------------------------------------------------------------


@pytest.mark.parametrize("as_of", sample(["2023-11", "2013-05"], ["2013-05"]))
@pytest.mark.parametrize("record", sample(records_with_members()))
def test_every_answer_has_its_keys_and_its_claims_and_only_yes_is_on_stdout(
    record: str, as_of: str
) -> None:
    by_rule = members(record, as_of)
    assert {code: essence(item) for code, item in told(record, as_of).items()} == by_rule
    for code, item in told(record, as_of).items():
        check_item(record, code, item)
    check_streams(record, as_of)


def check_item(record: str, code: str, item: dict[str, Any]) -> None:
    """The keys of an item, and what its claims must have to do with it."""
    assert list(item) == KEYS
    assert item["name"] == bundled().countries[code].name
    assert item["answer"] in ANSWERS
    reason = item["reason"]
    assert reason.strip()
    if item["answer"] == "unknown":
        assert item["basis"] is None
        return
    assert item["basis"] in BASES
    refs = [evidence["ref"] for evidence in item["rests_on"]]
    assert refs, item
    assert len(set(refs)) == len(refs)
    body = next((str(claim.value) for claim in bundled()[record].claims_of("membership_of")), None)
    for claim in map(claims().__getitem__, refs):
        assert claim.record == record or (claim.record == body and "only for members" in reason)
        assert claim.property in SPEAKING
        if claim.property in (*EVENTS, "observers"):
            assert code in claim.values
    if item["answer"] == "yes":
        assert any(code in claims()[ref].values for ref in refs), "nothing names the State"


def check_streams(record: str, as_of: str) -> None:
    """The certain ones on standard output, one line for the others beside it."""
    answers = told(record, as_of)
    result = output("members", record, "--as-of", as_of)
    assert result.ids == sorted(certain(record, as_of))
    cells = rows(result.out)
    assert [row[1] for row in cells] == [answers[code]["name"] for code in result.ids]
    assert {row[2] for row in cells} <= {"yes"}
    wanted = {
        kind: codes
        for kind in UNCERTAIN
        if (codes := [code for code, item in answers.items() if item["answer"] == kind])
    }
    assert result.out or result.err, "silence"
    report = ask("members", record, "--as-of", as_of)
    assert {item["id"] for item in report["uncertain"]} == set(answers) - set(result.ids)
    assert all(item == answers[item["id"]] for item in report["items"] + report["uncertain"])
    if result.err.startswith("no members: "):
        assert {item["answer"] for item in answers.values()} == {"no"}
        return
    if not result.ids:
        denied = [code for code, item in answers.items() if item["answer"] == "no"]
        wanted.update({"no": denied} if denied else {})
    assert named(result.err) == few(wanted)


@pytest.mark.parametrize(("text", "kinds"), [
    ("yes", {"yes"}),
    ("YES", {"yes"}),
    ("possible", {"possible"}),
    ("no,yes", {"yes", "no"}),
    (" possible , yes ", {"yes", "possible"}),
    ("yes,yes", {"yes"}),
    ("all", set(ANSWERS)),
    ("All", set(ANSWERS)),
    ("all,yes", set(ANSWERS)),
    ("possible,disputed,no,unknown", set(ANSWERS) - {"yes"}),
])  # fmt: skip
def test_the_answers_to_print_can_be_chosen(text: str, kinds: set[str]) -> None:
    result = output("members", "abu-dhabi-dialogue", "--as-of", "2013-05", "--answer", text)
    every = told("abu-dhabi-dialogue", "2013-05")
    assert result.ids == [code for code, item in every.items() if item["answer"] in kinds]
    left = {
        kind: [code for code, item in every.items() if item["answer"] == kind]
        for kind in UNCERTAIN
        if kind not in kinds and any(item["answer"] == kind for item in every.values())
    }
    assert named(result.err) == few(left)


@pytest.mark.parametrize("word", ["today", "now", "TODAY", " now "])
def test_today_is_the_date_of_the_data(word: str) -> None:
    report = ask("members", "midcas", "--as-of", word)
    assert report["query"]["as_of"] == report["dataset"]["date"] == bundled().date
    given = ask("members", "midcas", "--as-of", bundled().date)
    assert report == given


def test_without_a_date_the_answer_is_as_last_known_and_with_today_it_is_for_that_day() -> None:
    # The last list of MIDCAS is of 2015: too old to hold now, and the last that is known.
    known, now = ask("members", "midcas"), ask("members", "midcas", "--as-of", "today")
    assert known["query"]["as_of"] is None
    assert [item["id"] for item in known["items"]] == [item["id"] for item in now["uncertain"]]
    assert now["items"] == known["uncertain"] == []
    assert {item["answer"] for item in now["uncertain"]} == {"possible"}
    assert {item["last_known"] for item in known["items"]} == {"2015"}
    assert now["summary"]["heading"] == "none certain, 10 possible; dormant since 2016"
    assert known["summary"]["heading"] == (
        "10 States, last listed 2015; no newer list is known; dormant since 2016"
    )


# Before all evidence -----------------------------------------------------------------------


@pytest.mark.parametrize("record", sample(records_with_members()))
def test_a_date_before_all_evidence_has_an_answer_and_a_reason(record: str) -> None:
    every = told(record, BEFORE_ALL)
    assert every
    founded = min(str(claim.value) for claim in bundled()[record].claims_of("founded"))
    founders = bundled()[record].claims_of("founding_participants")
    # A list of the founding participants within that year or month tells the day.
    days = [each.as_of for each in founders if each.as_of and each.as_of.startswith(founded)]
    for item in every.values():
        assert item["answer"] == "no"
        assert item["reason"] == f"founded {min(days, default=founded)}"
        (claim,) = (claims()[each["ref"]] for each in item["rests_on"])
        assert (claim.as_of if days else claim.value) == min(days, default=founded)


# Who has not been listed whole -----------------------------------------------------------


def test_no_list_put_together_by_the_editors_passes_for_one_of_a_source() -> None:
    # No list of the process for 2013 was found; the note of the claim says how it was made.
    (evidence,) = told("igad-rcp", "2013-05")["KEN"]["rests_on"]
    assert claims()[evidence["ref"]].derived and evidence["derived"] is True


# Observers -------------------------------------------------------------------------------


def test_observer_states() -> None:
    result = output("members", "colombo-process", "--observers")
    newest = max(bundled()["colombo-process"].claims_of("observers"), key=lambda c: c.as_of or "")
    assert result.ids == sorted(newest.values)
    assert result.ids == ["ARE", "BHR", "ITA", "KOR", "KWT", "MYS", "QAT", "SAU"]
    report = ask("members", "colombo-process", "--observers")
    assert report["query"]["observers"] is True
    for item in report["items"]:
        assert list(item) == KEYS
        for evidence in item["rests_on"]:
            assert claims()[evidence["ref"]].property == "observers"


@pytest.mark.parametrize("record", ["bali-process", "abu-dhabi-dialogue", "cmc", "midsa", "sacm"])
def test_observers_are_certain_too_unless_others_are_asked_for(record: str) -> None:
    for extra in ((), ("--answer", "yes")):
        cells = rows(output("members", record, "--observers", *extra).out)
        assert {row[2] for row in cells} <= {"yes"}, "a guess is passed on as a fact"


def test_observers_that_are_not_certain_are_printed_when_asked_for() -> None:
    # Listed in 2002 and never since; the organizations without a date.
    args = ("members", "bali-process", "--observers")
    known = {row[0]: row[2] for row in rows(output(*args).out)}
    assert known["AUT"] == known["ASEAN Secretariat"] == "yes"
    then = ("--as-of", "2040", "--answer", "all")
    found = {row[0]: row[2] for row in rows(output(*args, *then).out)}
    assert found["AUT"] == found["ASEAN Secretariat"] == "possible"


# Changes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "first", "second", "wanted"), [
    ("colombo-process", "2013-05", "2024-07", {"KHM": ("joined", "no", "yes")}),
    ("european-union", "2013", "2021", {"GBR": ("left", "yes", "no")}),
    ("european-union", "2013-05", "2013-08", {"HRV": ("joined", "no", "yes")}),
    ("midsa", "2013-05", "2019", {"COM": ("became uncertain", "no", "possible")}),
    ("midsa", "2019", "2024", {"COM": ("became certain", "possible", "yes")}),
    ("ecowas", "2013", "2025-03", dict.fromkeys(("BFA", "MLI", "NER"), ("left", "yes", "no"))),
])  # fmt: skip
def test_who_joined_and_who_left(
    record: str, first: str, second: str, wanted: dict[str, tuple[str, str, str]]
) -> None:
    result = output("members", record, "--changes", first, second)
    found = {row[0]: (row[2], row[3], row[4]) for row in rows(result.out)}
    assert found == wanted
    report = ask("members", record, "--changes", first, second)
    assert report["query"]["changes"] == [first, second]
    for item in report["items"]:
        assert list(item) == [*NAMED, "change", "before", "after", "events"]
        claimed = {c.ref for key in EVENTS for c in bundled()[record].claims_of(key)}
        assert {event["ref"] for event in item["events"]} <= claimed
        for side, as_of in (("before", first), ("after", second)):
            full = told(record, as_of)[item["id"]]
            assert item[side] == {key: full[key] for key in item[side]}
            assert list(item[side]) == ANSWERED


@pytest.mark.parametrize(
    "record", ["abu-dhabi-dialogue", "almaty-process", "igc", "rabat-process", "pidc", "icmpd"]
)
def test_the_changes_are_those_between_the_two_answers(record: str) -> None:
    first, second = "2014-06", "2021"
    before, after = told(record, first), told(record, second)
    differ = {code for code in before if before[code]["answer"] != after[code]["answer"]}
    report = ask("members", record, "--changes", first, second)
    between = {item["id"] for item in report["items"] if item["id"] not in differ}
    assert {item["id"] for item in report["items"]} == differ | between
    for item in report["items"]:
        if item["id"] in between:
            assert item["before"]["answer"] == item["after"]["answer"] and item["events"]
            continue
        pair = (before[item["id"]]["answer"], after[item["id"]]["answer"])
        assert (item["change"] == "joined") == (pair == ("no", "yes"))
        assert (item["change"] == "left") == (pair == ("yes", "no"))


# For people ------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize(("record", "as_of", "titled"), [
    ("colombo-process", "2013-05", "Members of the Colombo Process in May 2013: 11 States"),
    ("european-union", "2025", "Members of the European Union in 2025: 27 States"),
    ("oas", None, "Members of OAS: 32 States, of the 34 in the newest list, of 27 June 2024 "
     "[1]"),
])  # fmt: skip
def test_a_table_has_its_date_the_marks_of_its_sources_and_what_they_are(
    record: str, as_of: str | None, titled: str, columns: int
) -> None:
    date = ("--as-of", as_of) if as_of else ()
    text = table("members", record, *date, columns=columns)
    title, _, rest = text.partition("\n\n")
    assert folded(title) == titled
    body, _, sources = rest.partition("\nSources\n")
    above, _, body = body.partition("─\n")
    body = body.partition("\n\n")[0]
    places = []
    for name in sorted(
        (bundled().countries[code].name for code in certain(record, as_of)), key=key_of
    ):
        begun = " ".join(name.split()[:2])  # where a long one is wrapped
        place = re.search(rf"^{re.escape(begun)}\s", body, re.MULTILINE)
        assert place, name
        places.append(place.start())
    assert places == sorted(places)
    # What a row does not say is said once, above the table; each has the mark of its source.
    assert re.search(r"\[\d+\]", title + above)
    for start, end in zip(places, [*places[1:], len(body)], strict=True):
        own = re.split(r" [A-Z]{3}\b", body[start:end], maxsplit=1)[1].strip()
        assert not own or re.search(r"\[\d+\]", own), own
    items = ask("members", record, *date)["items"]
    for key in cited(items):
        assert re.search(rf"\({re.escape(key)}[,)]", sources.replace("\n", "").replace(" ", ""))


def rows_of(*args: str, columns: int = 160) -> dict[str, str]:
    """What the table says of each State, by its code."""
    body = table("members", *args, columns=columns).partition("─\n")[2].partition("\n\n")[0]
    found = (re.match(r".*?  +([A-Z]{3})\b *(.*)", line) for line in body.splitlines())
    return {each[1]: each[2] for each in found if each}


def test_what_rows_share_is_said_once_and_a_row_says_what_is_its_own() -> None:
    assert "by the newest list, of 19 April 2024 [1]" in table("members", "khartoum", columns=160)
    said = rows_of("khartoum")
    assert len(said) == 40
    assert {code: words for code, words in said.items() if words} == {
        "CHE": "joined in December 2016 [2]"
    }
    text = table("members", "igad", columns=160)
    assert "Joined on 16 January 1986 [1], unless a row says otherwise." in text
    said = rows_of("igad")
    assert said["SSD"] == "joined on 25 November 2011 [5]"
    silent = [code for code, words in said.items() if not words]
    assert silent == ["DJI", "ETH", "KEN", "SOM", "SDN", "UGA"]


def test_what_else_is_true_of_a_state_is_there_without_marks_and_for_programs() -> None:
    assert "[" not in " ".join(rows_of("igad", "--no-sources").values())
    (cells,) = [row for row in rows(output("members", "igad").out) if row[0] == "ERI"]
    assert (cells[4], cells[7]) == ("joined 1993-09", "absent; withdrawal-announced")


def test_related_events_are_those_that_no_row_tells() -> None:
    text = table("members", "igad", columns=160)
    _, _, events = text.partition("\nRelated events (not counted in the answer)\n")
    assert "Sudan announced its full return" in events
    assert "decision to withdraw" not in events and "took part in no meeting" not in events
    dates = re.findall(
        r"^  (?:between \d+ and )?(?:\d+(?:-\d+)? )?(?:[A-Z][a-z]+ )?(\d{4})", events, re.MULTILINE
    )
    assert dates == sorted(dates) and len(dates) == 5


@pytest.mark.parametrize(("args", "code", "basis", "reason"), [
    (("khartoum",), "KEN", "from an older list", "in the newest list, of 19 April 2024 [1]"),
    (("colombo-process", "--as-of", "2013-05"), "BGD", "between two lists that agree", "in the"),
    (("igad-rcp", "--as-of", "2013-05"), "KEN", "in a list of that time", "in the list of May"),
    (("european-union", "--as-of", "2013"), "HRV", "joined or left", "joined on 1 July 2013"),
    (("arcp",), "DZA", "undated list", "in an undated list (7 May 2023 or later) [1]"),
    (("midsa", "--as-of", "2019", "--answer", "possible"), "COM", "between two lists ", "not in"),
])  # fmt: skip
def test_why_has_basis_and_reason_in_each_row(
    args: tuple[str, ...], code: str, basis: str, reason: str
) -> None:
    said = rows_of(*args, "--why")
    assert all(words for words in said.values())
    words = said[code].removeprefix("possible  ")
    assert words.startswith(basis) and words.removeprefix(basis).strip().startswith(reason), words


@pytest.mark.parametrize(
    "record",
    sample([*records_with_members()[::8], "prague-process", "iom"], ("prague-process", "iom")),
)
def test_people_read_no_date_as_it_is_in_the_data(record: str) -> None:
    for line in (
        ("members", record),
        ("members", record, "--as-of", "2013-05", "--why", "--answer", "all"),
        ("members", record, "--changes", "2012-05", "2024-02"),
        ("compare", record, "rabat-process", "oas"),
    ):
        text = re.split(r"\n(?:Sources|Related events|rcpref 0)", table(*line, columns=160))[0]
        assert not re.search(r"\b\d{4}-\d\d\b|\b\d{4}/\d{4}\b", text), text


@pytest.mark.parametrize("name", sample(["2020-99", "Forum 0000", "list of 2013-13"], ["2020-99"]))
def test_a_name_that_looks_like_a_date_is_a_name(tmp_path: Path, name: str) -> None:
    files = {
        "processes/own-one.toml": f'id = "own-one"\nkind = "process"\nname = "{name}"\n'
        f'short_name = "{name}"\n[[claim]]\nproperty = "members"\nvalue = ["KEN"]\n'
        'as_of = "2013-05"\nsource = "iom-mtm"\ncomplete = false\n',
    }
    folder = str(write_files(tmp_path / "mine", files))
    for line in ("members own-one", "state KEN", "compare own-one igad", "matrix"):
        assert name in folded(run_command(*line.split(), "--data", folder, "-f", "table").out)


@pytest.mark.parametrize("record", sample(records_with_members()))
def test_every_joining_and_leaving_between_two_dates_is_listed(record: str) -> None:
    """Of whoever has an answer at both dates; those of the days between alone."""
    first, second = "1992", "2024"
    listed = {
        (item["id"], event["ref"])
        for item in ask("members", record, "--changes", first, second)["items"]
        for event in item["events"]
    }
    for key in EVENTS:
        for claim in bundled()[record].claims_of(key):
            when = claim.as_of and rcpref.parse_date(claim.as_of)
            if when and when.first.year > 1992 and when.last.year < 2024:
                assert {(code, claim.ref) for code in claim.values} <= listed


def test_one_screen_says_who_is_a_member() -> None:
    lines = table("members", "midcom", columns=80).splitlines()
    assert "19 of them in the newest list, of 2017 [1]" in folded("\n".join(lines[:4]))
    assert len([line for line in lines if re.search(r"  [A-Z]{3}$", line.rstrip())]) == 19
    assert len(lines) <= 40


def test_a_table_of_observers_has_the_states_by_name_then_the_organizations() -> None:
    body = table("members", "bali-process", "--observers", columns=100).partition("\nSources")[0]
    lines = body.rpartition("─\n")[2].splitlines()
    rows = [re.split("  +", line.strip()) for line in lines if "  " in line]
    states = [name for name, code, *_ in rows if re.fullmatch("[A-Z]{3}", code)]
    assert states == sorted(states)
    assert [row[0] for row in rows[: len(states)]] == states
    assert len(rows) > len(states) > 10
