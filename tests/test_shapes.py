"""Each field of an answer is declared once, and found wherever the answer is shown."""

import pytest

from conftest import run_command
from helpers import output
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
    "member": (shapes.MEMBERSHIP, ("eritrea", "kenya", "igad", "african-union")),
    "cite": (shapes.CITATION, ("lima-2013/conclusion-5", "igc")),
    "check": (shapes.FINDING, ()),
    "show -p": (shapes.FACT, ("igc", "-p", "chair")),
}


@pytest.mark.parametrize("line", LINES)
def test_items_have_the_fields_of_the_shape(line: str) -> None:
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
    others |= {"SHOWN", "ABOUT", "EXPORTED", "AGES"}  # columns alone
    others |= {"PANEL", "STATE_ANSWER"}  # data frames alone: tests/test_frames.py
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
