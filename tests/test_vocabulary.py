"""The vocabulary of a whole data set: what it may change, and what rcpref knows by name."""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rcpref
from conftest import run_command
from rcpref.data.check import TYPES
from rcpref.model import PROPERTY_TYPES
from test_reading import SMALL, write_trees

OTHER_TYPE = {"text": "states"}
"""Another type for each; for any but text, text."""


def words_of(folder: Path) -> Iterator[str]:
    """The strings that stand in the modules of a folder."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def retyped(folder: Path, types: dict[str, str]) -> str:
    """A small whole data set whose vocabulary has these types, and no claims."""
    trees = copy.deepcopy(SMALL)
    trees["processes/small.toml"]["claim"] = []
    first = trees["properties.toml"]["founded"]
    trees["properties.toml"] = {key: {**first, "type": type_} for key, type_ in types.items()}
    write_trees(folder, trees)
    return str(folder)


def test_the_types_of_all_properties_that_are_known_by_name_are_held(data: rcpref.Dataset) -> None:
    for key, type_ in TYPES.items():
        assert data.properties[key].type == type_, key
    package = Path(rcpref.__file__).parent
    named = {word for name in ("answers", "views", "citation") for word in words_of(package / name)}
    assert named & set(data.properties) <= set(TYPES)


def test_a_property_that_is_known_by_name_cannot_be_retyped(tmp_path: Path) -> None:
    types = {key: OTHER_TYPE.get(type_, "text") for key, type_ in TYPES.items()}
    folder = retyped(tmp_path, types)
    found = run_command("check", folder, "-f", "json", code=3, quiet=False).json["items"]
    assert {(item["code"], item["key"]) for item in found} == {
        ("E204", f"{key}.type") for key in TYPES
    }
    told = {item["key"]: (item["message"], item["remedy"]) for item in found}
    assert told["founded.type"] == (
        "'text' is not the type that rcpref needs for this property",
        "write date, or give the property another key",
    )
    with pytest.raises(rcpref.DataError, match=r"\[E204\]"):
        rcpref.load(folder)


def test_any_other_property_can_be_of_any_type(tmp_path: Path) -> None:
    types = {f"own_{type_}": type_ for type_ in PROPERTY_TYPES}
    found: Any = rcpref.load(retyped(tmp_path, types)).properties
    assert {key: each.type for key, each in found.items()} == types
