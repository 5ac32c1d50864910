"""`rcpref member`: is a State a member of a process or body?"""

import json

import pytest

import rcpref
from asking import ask, bundled
from conftest import Result, environment, run_inside
from helpers import QUARTERS, output
from rcpref.model import CLOSED_BY, MEMBER_KINDS


def member(*words: str, stdin: str = "") -> Result:
    """Ask, whatever the exit status: it is a part of the answer."""
    return run_inside(("member", *words), environment(), stdin=stdin.encode())


QUESTIONS = [
    # words, exit status, what the pipe gets
    ("eritrea igad", 0, "ERI igad yes carried", "absent; withdrawal-announced"),
    ("igad eritrea", 0, "ERI igad yes carried", "absent; withdrawal-announced"),
    ("peru colombo-process", 1, "PER colombo-process no carried", ""),
    ("mali african-union", 0, "MLI african-union yes carried", "suspended"),
    ("france bali", 4, "FRA bali-process disputed carried", ""),
    ("ukraine cis", 1, "UKR cis no carried", "absent"),
    ("libya 5+5 --as-of 2013-05", 0, "LBY 5-plus-5-dialogue yes between", ""),
    ("Khartoum Process South Africa", 1, "ZAF khartoum-process no carried", ""),
    ("South Africa Bali Process", 4, "ZAF bali-process unknown", ""),
]


@pytest.mark.parametrize(("words", "code", "answer", "standing"), QUESTIONS)
def test_one_line_says_it_in_either_order(
    words: str, code: int, answer: str, standing: str
) -> None:
    result = member(*words.split())
    cells = result.out.removesuffix("\n").split("\t")
    told = [cell for cell in cells[:4] if cell]
    assert (result.code, told, cells[5]) == (code, answer.split(), standing)
    assert cells[4], "it says why"


@pytest.mark.parametrize(("words", "code"), [
    ("kenya uganda igad", 0),
    ("kenya peru igad", 1),
    ("france thailand bali", 4),
    ("france peru colombo-process", 1),
    ("kenya igad comesa african-union", 0),
])  # fmt: skip
def test_of_several_all_must_be_yes(words: str, code: int) -> None:
    result = member(*words.split(), "-f", "json")
    assert result.code == code
    answers = [item["answer"] for item in result.json["items"]]
    expected = 1 if "no" in answers else 0 if set(answers) == {"yes"} else 4
    assert code == expected and len(answers) == len(words.split()) - 1


def test_names_may_come_from_standard_input() -> None:
    one_list = "".join(f"{line}\n" for line in output("members", "igad", "--columns", "id").lines)
    result = member("igad", "-", stdin=one_list)
    assert (result.code, len(result.lines)) == (0, len(one_list.split()))
    both = member("-", stdin="igad\nkenya\n")
    assert both.out == member("kenya", "igad").out


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "markdown"])
def test_every_format_has_the_answer(form: str) -> None:
    result = member("mali", "african-union", "-f", form)
    assert result.code == 0
    assert "yes" in result.out and "uspended" in result.out


def test_json_has_the_answer_whole() -> None:
    [item] = json.loads(member("mali", "african-union", "-f", "json").out)["items"]
    found = bundled().member("african-union", "mali")
    assert (item["answer"], item["distance"]) == (found.answer, found.distance)
    assert [each["effect"] for each in item["standing"]] == ["suspended"]
    assert item["standing"][0]["ref"] == found.standing[0].claim.ref


def test_every_event_of_the_data_is_told_of_its_states(data: rcpref.Dataset) -> None:
    """On the day that it opened a standing, wherever the record has members."""
    for record in data:
        for claim in record.claims_of("membership_event"):
            opens = claim.effect in CLOSED_BY and claim.as_of and not claim.about
            for state in claim.states if opens and record.kind in MEMBER_KINDS else ():
                day = rcpref.parse_date(str(claim.as_of)).last.isoformat()
                told = {each.effect for each in data.member(record.id, state, day).standing}
                closed = data.member(record.id, state, str(claim.as_of)).standing
                assert claim.effect in told | {each.effect for each in closed}, claim.ref


def openings() -> list[tuple[str, str, str, str]]:
    """Each opening of a standing in the data: its record, State and effect, and a day of it."""
    return [
        (record.id, state, str(claim.effect), rcpref.parse_date(claim.as_of).last.isoformat())
        for record in bundled()
        if record.kind in MEMBER_KINDS
        for claim in record.claims_of("membership_event")
        if claim.effect in CLOSED_BY and claim.as_of and not claim.about
        for state in claim.states
    ]


@QUARTERS
def test_every_standing_is_seen_from_the_state_and_from_the_record(part: int) -> None:
    assert len(openings()) > 80
    for record, state, effect, day in openings()[part::4]:
        told = [each[:2] for each in bundled().member(record, state, day).standing]
        if effect not in {each for each, _ in told}:
            continue  # it was over on the same day
        for args, whose in ((("members", record), state), (("state", state), record)):
            items = ask(*args, "--as-of", day, "--answer", "all")["items"]
            rows = [each["standing"] for each in items if each["id"] == whose]
            seen = [(one["effect"], one["since"]) for row in rows for one in row]
            # Of a State that no list of members has, the events tell below the table.
            apart = not rows and args[0] == "members"
            assert set(told) <= set(seen) or apart, (args, day)
        listed = ask("member", "--standing", state, record, "--as-of", day)["items"]
        assert [item["record"] for item in listed] == [record], (record, state, day)


def test_who_has_a_standing_is_listed_with_since_when_and_by_whom() -> None:
    items = ask("member", "--standing")["items"]
    pairs = {(item["state"], item["record"]) for item in items}
    assert {("MLI", "african-union"), ("ERI", "igad"), ("UKR", "cis")} <= pairs
    assert all(item["standing"] for item in items)
    assert ("USA", "gfmd") in pairs, "a forum has no members, but takes part"
    for state, record in pairs - {("USA", "gfmd")}:
        assert bundled().member(record, state).standing, (state, record)
    assert ask("member", "--standing", "mali")["items"] == [
        item for item in items if item["state"] == "MLI"
    ]
    then = {
        item["state"] for item in ask("member", "--standing", "oas", "--as-of", "2013")["items"]
    }
    assert then == {"CUB"}
