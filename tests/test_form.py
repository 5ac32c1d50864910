"""Every key is described once: a new one is a line of the form and one of the model."""

import copy
import csv
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import rcpref
from conftest import apart, environment
from rcpref.data import form
from rcpref.model.countries import Country
from rcpref.model.records import Claim, Record
from rcpref.model.sources import Source
from rcpref.model.texts import Emphasis, Mention, Note, Passage, Text
from rcpref.model.vocabulary import DatasetInfo, Property
from test_reading import SMALL, write_trees

PACKAGE = Path(rcpref.__file__).parent

KEY = '    "mood": Key(STR, about="How it was said"),\n'
FIELD = "    mood: str | None = None\n"

CLAIMS = [
    {"property": "founded", "value": "2012", "source": "summary", "mood": "in passing"},
    {"property": "founded", "value": "2013", "source": "summary"},
]


@pytest.fixture(scope="module")
def run_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs a copy of the program, with small data that have a key more.

    The key is one line in its form and one in its model.
    """
    folder = tmp_path_factory.mktemp("key")
    package = folder / "src" / "rcpref"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "bundled"))
    add_line(package / "data" / "form.py", r"^CLAIM: Form = \{\n", KEY)
    add_line(package / "model" / "records.py", r"^class Claim:(?s:.*?)^    note: .*?\n", FIELD)
    (folder / "pyproject.toml").touch()
    trees = copy.deepcopy(SMALL)
    trees["processes/small.toml"]["claim"] = CLAIMS
    # The template has an example of it.
    trees["properties.toml"]["office"] = {**trees["properties.toml"]["founded"], "type": "text"}
    write_trees(folder / "data", trees)

    def run(*args: str) -> str:
        done = apart(
            [sys.executable, "-m", "rcpref", *args],
            env=environment({"PYTHONPATH": str(package.parent)}),
            cwd=folder,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    return run


def add_line(file: Path, before: str, line: str) -> None:
    text = file.read_text(encoding="utf-8")
    found = re.search(before, text, re.MULTILINE)
    assert found, f"{file}: has no {before!r}"
    file.write_text(text[: found.end()] + line + text[found.end() :], encoding="utf-8")


def objects(value: Any, key: str) -> list[dict[str, Any]]:
    """The objects of a schema that have a key."""
    found = []
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, (dict, list)):
            found += objects(part, key)
    if isinstance(value, dict) and key in value.get("properties", {}):
        found.append(value)
    return found


@pytest.mark.process
def test_a_new_key_is_in_the_items_that_have_it(run_copy: Callable[..., str]) -> None:
    (item,) = json.loads(run_copy("show", "small", "--history", "-f", "json"))["items"]
    assert [claim.get("mood") for claim in item["claims"]] == ["in passing", None]


@pytest.mark.process
def test_a_new_key_is_a_column_of_the_exports(run_copy: Callable[..., str], tmp_path: Path) -> None:
    run_copy("export", str(tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        claims = archive.read("claims.csv").decode().splitlines()
        package = json.loads(archive.read("datapackage.json"))
    assert [row["mood"] for row in csv.DictReader(claims)] == ["in passing", ""]
    table = next(each for each in package["resources"] if each["name"] == "claims")
    column = {"name": "mood", "type": "string", "description": "How it was said"}
    assert column in table["schema"]["fields"]


@pytest.mark.process
def test_a_new_key_is_exported_and_read_back(run_copy: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text(run_copy("export", "-"), encoding="utf-8")
    assert run_copy("diff", str(tmp_path / "data.json")) == ""


class Held(NamedTuple):
    """A class of the model, its form, and its fields that are no keys of the data."""

    kind: Any
    keys: form.Form
    more: frozenset[str] = frozenset()


HELD = [
    Held(DatasetInfo, form.DATASET),
    Held(Property, form.IN_EXPORTS["properties"], frozenset({"key"})),
    Held(Source, form.IN_EXPORTS["sources"], frozenset({"key"})),
    Held(Country, form.IN_EXPORTS["countries"]),
    Held(Record, form.IN_EXPORTS["records"]),
    Held(Claim, form.CLAIM, frozenset({"record", "number"})),
    Held(Text, form.IN_EXPORTS["texts"]),
    Held(Passage, form.PASSAGE, frozenset({"text_id"})),
    Held(Emphasis, form.EMPHASIS),
    Held(Mention, form.MENTION),
    Held(Note, form.NOTE),
]


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.kind.__name__)
def test_the_model_has_the_keys_of_the_form_and_what_they_are_unset(held: Held) -> None:
    if hasattr(held.kind, "_fields"):
        known = {name: held.kind._field_defaults.get(name, MISSING) for name in held.kind._fields}
    else:
        known = {each.name: each.default for each in fields(held.kind)}
    for name, key in held.keys.items():
        default = known.pop(key.attribute or name)
        if key.required:
            assert default in (MISSING, ()), name
        else:
            assert default == key.unset, name
    assert set(known) == held.more
