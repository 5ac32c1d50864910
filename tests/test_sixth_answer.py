"""A sixth kind of answer, added to the table of answers, is shown everywhere; no State is lost.

The package is copied, its table gets a line, and each certain membership of Peru becomes an
answer of that kind. Then the copy is asked, as a program of its own.
"""

import csv
import io
import json
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import Result, apart, environment, once, run_command, run_process
from installed import changed_copy

pytestmark = pytest.mark.process

WORD, STATE, NAME = "claimed", "PER", "Peru"
LINE = f"""    Kind({WORD!r}, open=True,
         sign=Sign({WORD!r}, "as they say", "So they say.", "#ffffff", "#123456", "C", "")),
    Kind(NO,
"""
"""A line of the table, before the one that it must come before."""

GIVEN = f"""        found = self._of(state)
        if state == {STATE!r} and found.certain:
            found = found._replace(answer={WORD!r})
"""

ASK = """
import json, sys
import rcpref
data = rcpref.load()
panel, members = data.panel("2013", "2014"), data.members("sacm")
print(json.dumps({
    "panel": [[row.record, row.state, row.as_of, row.answer] for row in panel],
    "uncertain": {code: found.answer for code, found in members.uncertain.items()},
    "map": data.map("sacm"),
}))
"""


def sixth(home: Path) -> Path:
    """A copy of the package in which there is a sixth kind of answer."""
    return changed_copy(
        home,
        ("answers/membership/answer.py", "    Kind(NO,\n", LINE),
        ("answers/membership/members.py", "        found = self._of(state)\n", GIVEN),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such a copy."""
    return sixth(tmp_path_factory.mktemp("sixth"))


@pytest.fixture
def few(small: Path, tmp_path: Path) -> Path:
    """One with small data, for what is made of all of them."""
    return sixth(tmp_path)


def asked(folder: Path, *args: str, **env: str) -> Result:
    """What the copy prints."""
    extra = {"PYTHONPATH": str(folder), "COLUMNS": "200", "LC_ALL": "C.UTF-8", **env}
    result = run_process(args, environment(extra), cwd=folder)
    assert result.code == 0, result
    return result


def report(folder: Path, *args: str) -> Any:
    """The JSON of the copy, which must be as its own schema says."""
    found = asked(folder, *args, "-f", "json").json
    Draft202012Validator(schema(folder, found["query"]["command"])).validate(found)
    return found


@once
def schema(folder: Path, name: str) -> Any:
    return asked(folder, "schema", name).json


def every(found: Any) -> list[Any]:
    return [*found["items"], *found["uncertain"]]


def before(*args: str) -> Any:
    """The same of the package as it is."""
    return run_command(*args, "-f", "json").json


def test_members_and_state(folder: Path) -> None:
    found, was = report(folder, "members", "sacm"), before("members", "sacm")
    assert {each["id"]: each["answer"] for each in every(found)} == {
        each["id"]: WORD if each["id"] == STATE else each["answer"] for each in every(was)
    }
    assert found["summary"][WORD] == 1
    assert found["summary"]["states"] == was["summary"]["states"] - 1
    assert f"1 {WORD} ({STATE})" in asked(folder, "members", "sacm").err
    assert f"{WORD}: {NAME} (1)" in asked(folder, "members", "sacm", "-f", "table").out
    assert asked(folder, "members", "sacm", "--answer", WORD).ids == [STATE]
    found, was = report(folder, "state", NAME), before("state", NAME)
    assert len(every(found)) == len(every(was))
    assert {each["id"] for each in found["uncertain"] if each["answer"] == WORD} == {
        each["id"] for each in was["items"] if each["capacity"] != "chair"
    }
    shown = asked(folder, "state", NAME, "-f", "table").out
    assert shown.index("Not certain") < shown.index(WORD)
    assert f" {WORD}" in asked(folder, "state", NAME).err


def test_compare_and_matrix(folder: Path) -> None:
    pair = "sacm", "quito-process"
    found, was = report(folder, "compare", *pair), before("compare", *pair)
    assert {each["id"] for each in every(found)} == {each["id"] for each in every(was)}
    answers = {each["id"]: each["answers"] for each in found["uncertain"]}
    assert [each["answer"] for each in answers[STATE].values()] == [WORD, WORD]
    assert f"{NAME} ({STATE}): SACM: {WORD}" in asked(folder, "compare", *pair, "-f", "table").out
    (shared,) = report(folder, "matrix", *pair)["items"]
    (earlier,) = before("matrix", *pair)["items"]
    assert shared["shared"] == earlier["shared"] - 1
    assert shared["shared_possible"] == earlier["shared_possible"]


def test_cards_and_filters(folder: Path) -> None:
    card = asked(folder, "show", "sacm", "-f", "table", "--width", "200").out
    assert f"1 {WORD}" in card and NAME in card
    card = asked(folder, "show", NAME, "-f", "table", "--width", "200").out
    assert re.search(rf"^  {WORD.capitalize()} +(?:.*\n {{4,}})*.*SACM", card, re.MULTILINE)
    found = report(folder, "list", "processes", "--member", NAME)
    assert "sacm" in {each["id"] for each in found["uncertain"] if each["answer"] == WORD}
    found = report(folder, "show", "sacm", "-p", "members")
    assert {each["value"] for each in found["uncertain"] if each["answer"] == WORD} == {STATE}


def test_maps(folder: Path) -> None:
    found = report(folder, "map", "sacm")
    assert {each["id"] for each in found["items"] if each["answer"] == WORD} == {STATE}
    assert len(found["items"]) == len(before("map", "sacm")["items"])
    drawn = asked(folder, "map", "sacm", "-f", "table").out
    assert f"C as they say (1): {NAME}" in drawn
    assert "as they say: 1" in asked(folder, "map", "sacm").out


def test_the_python_api(folder: Path) -> None:
    done = apart(
        [sys.executable, "-c", ASK], env=environment({"PYTHONPATH": str(folder)}), check=True
    )
    found = json.loads(done.stdout)
    rows = {(record, state, date): answer for record, state, date, answer in found["panel"]}
    assert rows["sacm", STATE, "2013"] == WORD
    assert found["uncertain"][STATE] == WORD
    assert "as they say: 1" in found["map"]


def test_exports(few: Path) -> None:
    asked(few, "export", "members.csv")
    asked(few, "export", "tables", "--years", "2013..2013")
    asked(few, "export", "all.sqlite", "--years", "2013..2013")
    asked(few, "export", "book.md")
    read = csv.DictReader(io.StringIO((few / "members.csv").read_text(encoding="utf-8")))
    rows = {(row["record"], row["state"]): row for row in read}
    assert rows["sacm", STATE]["answer"] == WORD and rows["sacm", STATE]["certain"] == ""
    package = json.loads((few / "tables/datapackage.json").read_text(encoding="utf-8"))
    tables = {each["name"]: each["schema"]["fields"] for each in package["resources"]}
    with sqlite3.connect(few / "all.sqlite") as base:
        for table in ("membership_at", "panel"):
            field = next(each for each in tables[table] if each["name"] == "answer")
            assert WORD in field["constraints"]["enum"]
            (count,) = base.execute(
                f"select count(*) from {table} where answer = ? and record = 'sacm'", [WORD]
            ).fetchone()
            assert count == 1
    assert WORD in (few / "book.md").read_text(encoding="utf-8")


def test_completion(folder: Path) -> None:
    words = "\n".join(["rcpref", "members", "igc", "--answer", WORD[:2]])
    env = {"_RCPREF_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    assert asked(folder, **env).out.split() == [WORD]
    help_text = " ".join(asked(folder, "members", "--help").out.split())
    assert f"disputed, {WORD}, no" in help_text


def test_the_atlas(few: Path) -> None:
    """What its script counts and names comes from the table, too."""
    asked(few, "export", "atlas.html")
    page = (few / "atlas.html").read_text(encoding="utf-8")
    start = page.index(">", page.index("id=Data")) + 1
    data = json.loads(page[start : page.index("</script>", start)])
    assert WORD in data["answers"]["open"]
    assert [WORD, WORD, "as they say"] in data["signs"]
    own = page[page.index("id=sacm ") : page.index("<section", page.index("id=sacm "))]
    assert f"<tr class={WORD}>" in own and "1 claimed" in own
    assert "<dd>So they say." in page
