"""Each field of an answer is declared once, and found wherever the answer is shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import Result, environment, run_command, run_process
from helpers import output
from installed import changed_copy
from rcpref.schemas import schema
from rcpref.views import shapes
from rcpref.views.shapes import Shape

LINES: dict[str, tuple[Shape, tuple[str, ...]]] = {
    "members": (shapes.PARTY, ("sacm", "--answer", "all")),
    "members --observers": (shapes.OBSERVER, ("puebla-process", "--observers")),
    "members --changes": (shapes.CHANGE, ("european-union", "--changes", "2013", "2021")),
    "state": (shapes.ROLE, ("kenya", "--answer", "all")),
    "compare": (shapes.COMPARED, ("igc", "midsa")),
    "compare of terms": (shapes.TERM, ("rcp", "irf")),
    "matrix": (shapes.PAIR, ()),
    "timeline": (shapes.EVENT, ("igc",)),
    "map": (shapes.MAPPED, ("igc",)),
    "search": (shapes.HIT, ("peru",)),
    "which": (shapes.MEANING, ("lima",)),
    "member": (shapes.MEMBERSHIP, ("eritrea", "kenya", "igad", "african-union")),
    "cite": (shapes.CITATION, ("lima-2013/conclusion-5", "igc")),
    "check": (shapes.FINDING, ()),
    "show -p": (shapes.FACT, ("igc", "-p", "chair")),
}


def forms(command: str) -> list[Any]:
    """What the schema of a command says of each kind of items."""
    item = schema(command)["$defs"]["item"]
    return list(item.get("anyOf", [item]))


@pytest.mark.parametrize("line", LINES)
def test_items_and_their_schema_have_the_fields_of_the_shape(line: str) -> None:
    shape, args = LINES[line]
    command = line.split()[0]
    items = run_command(command, *args, "-f", "json").json["items"]
    always = [each.key for each in shape.fields if each.item and each.key and not each.optional]
    every = {each.key for each in shape.fields if each.item}
    whole = "" in every  # the keys of a claim stand in the item
    assert items
    for item in items:
        assert [key for key in item if key in always] == always
        assert whole or item.keys() <= every
    assert any(set(always) <= set(form.get("required", ())) for form in forms(command))


@pytest.mark.parametrize("line", LINES)
def test_columns_are_the_fields_that_have_one(line: str) -> None:
    shape, args = LINES[line]
    command = line.split()[0]
    columns = [each.key for each in shape.columns()]
    chosen = ("--columns", ",".join(columns), "-f", "csv")
    text = run_command(command, *args, *chosen).lines
    assert text[0].split(",") == columns and len(text) > 1
    for each in shape.fields:
        assert each.item or each.table, f"{each.key}: neither programs nor people get it"
        assert bool(each.label) == each.table, f"{each.key}: a label is for a column"


def test_every_shape_is_looked_at() -> None:
    here = {id(shape) for shape, _ in LINES.values()}
    others = {"DIFFERENCE", "DISPUTE", "DISPUTED", "GIVEN_ANSWER", "CHAIR_TERM", "QUOTED"}
    others |= {"SHOWN", "ABOUT", "EXPORTED", "SCHEMA", "AGES"}  # columns alone
    others |= {"PANEL"}  # exports alone
    named = {name: each for name, each in vars(shapes).items() if isinstance(each, Shape)}
    left = {name for name, each in named.items() if id(each) not in here} - others
    assert not left, f"give {left} a line in LINES of tests/test_shapes.py"


def test_the_columns_of_a_command_can_be_completed() -> None:
    own = {"list"}  # it has several kinds of lines, and completes these itself
    missing = {line.split()[0] for line in LINES} - own - shapes.COMMANDS.keys()
    assert not missing, f"give {missing} a line in COMMANDS of views/shapes.py"


def test_disputes_have_a_line_for_each_claim() -> None:
    found = run_command("disputes", "-f", "json").json["items"]
    assert [*found[0]] == [each.key for each in shapes.DISPUTE.fields]
    refs = [claim["ref"] for item in found for claim in item["claims"]]
    assert output("disputes", "--columns", "ref").lines == refs


# A field more ---------------------------------------------------------------------------

LINE = """,
)
\"\"\"`members`: a State"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package in which members have a field more: its one line."""
    new = LINE.replace("\n)", '\n    Field("shout", "Aloud", of="name", place=2),\n)', 1)
    return changed_copy(tmp_path_factory.mktemp("shapes"), ("views/shapes.py", LINE, new))


def asked(folder: Path, *args: str, **env: str) -> Result:
    extra = {"PYTHONPATH": str(folder), "LC_ALL": "C.UTF-8", **env}
    result = run_process(args, environment(extra))
    assert result.code == 0, result
    return result


@pytest.mark.process
def test_a_line_in_one_file_makes_a_column(folder: Path) -> None:
    found = asked(folder, "members", "sacm", "-f", "json").json
    assert [item["shout"] for item in found["items"]] == [item["name"] for item in found["items"]]
    made = json.loads(asked(folder, "schema", "members").out)
    Draft202012Validator(made).validate(found)
    with_header = asked(folder, "members", "sacm", "--header").lines[0].split("\t")
    assert with_header == [*output("members", "sacm", "--header").lines[0].split("\t"), "shout"]
    assert asked(folder, "members", "sacm", "--columns", "shout").lines[0] == "Argentina"
    assert "Aloud" in asked(folder, "members", "sacm", "-f", "table", "--columns", "shout").out
    words = "\n".join(["rcpref", "members", "sacm", "--columns", "sh"])
    env = {"_RCPREF_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    assert asked(folder, **env).out.split() == ["shout"]
