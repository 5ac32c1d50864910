"""Sources of an overlay: told apart in every place that can name a source."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import rcpref
from conftest import run_command
from helpers import folded, sample, write_files
from rcpref.data import form
from rcpref.data.document import read_folder

FOLDER = Path(__file__).with_name("fixtures") / "overlay-sources"
FILES = {
    file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8")
    for file in FOLDER.rglob("*.toml")
}
"""An overlay without an error, in which everything that can name a source names one of its own."""

KEY = "overlay:own-page"


@pytest.fixture(scope="module")
def overlay() -> str:
    return str(FOLDER)


def forms() -> dict[str, form.Form]:
    """The forms of all tables in files, by their names."""
    return {
        name: value
        for name, value in vars(form).items()
        if isinstance(value, dict) and all(isinstance(key, form.Key) for key in value.values())
    }


def naming(whole: Any) -> list[str]:
    """The keys of sources that an exported data set names in any of its tables."""
    names = {
        name for each in forms().values() for name in each if each[name].refers == form.SOURCES
    }
    if isinstance(whole, list):
        return [key for part in whole for key in naming(part)]
    if not isinstance(whole, dict):
        return []
    own = [str(value) for key, value in whole.items() if key in names]
    return own + [key for part in whole.values() for key in naming(part)]


def test_the_overlay_of_these_tests_has_every_key_that_names_a_source() -> None:
    keys = {
        f"{table}.{name}"
        for table, each in forms().items()
        for name in each
        if each[name].refers == form.SOURCES
    }
    # A new one belongs into `FILES`.
    countries = {"COUNTRY.listed_source", "COUNTRY.status_source"}
    assert keys - {"EVIDENCE.source"} == {"CLAIM.source", *countries}


def test_a_territory_that_an_own_source_lists_is_printed_with_that_source(overlay: str) -> None:
    assert [
        item["code"] for item in run_command("check", overlay, "-f", "json").json["items"]
    ] == []
    for name in ("KEN", "XTT"):
        table = run_command("state", name, "-f", "table", "--data", overlay).out
        assert f"({KEY}, from your overlay)" in folded(table)
    assert "Test Territory in [" in folded(
        run_command("state", "KEN", "-f", "table", "--data", overlay).out
    )


@pytest.mark.wide
def test_whatever_names_a_source_in_an_overlay_names_one_that_is_there(overlay: str) -> None:
    whole = run_command("export", "-", "--data", overlay).json
    named = naming(whole)
    assert set(named) <= whole["sources"].keys()
    own = [whole["records"]["own-process"], whole["countries"]["XTT"]]
    assert naming(own) == [KEY] * 3
    assert [key for key in named if key.startswith("overlay:")] == [KEY] * 3


def test_an_export_of_an_overlay_loads_again_and_is_the_same(overlay: str, tmp_path: Path) -> None:
    data = rcpref.load(overlay=overlay)
    file = tmp_path / "data.json"
    data.export(file)
    again = rcpref.load(file)
    assert again == data
    assert again.document == data.document
    assert run_command("check", str(file), "-f", "json").json["count"] == 8


@pytest.mark.parametrize(
    "file", sample(["countries.toml", "texts/own-text.toml"], ["countries.toml"])
)
def test_an_export_says_that_an_overlay_added_but_a_state_or_a_text(
    tmp_path: Path, file: str
) -> None:
    content = FILES[file].replace('"own-minutes"', '"lima-2013-chairs-summary"')
    content = re.sub(r"(?m)^(listed|status|sovereign).*\n", "", content)
    data = rcpref.load(overlay=write_files(tmp_path / "own", {file: content}))
    data.export(tmp_path / "data.json")
    assert rcpref.load(tmp_path / "data.json").overlay == str(tmp_path / "data.json")


@pytest.mark.wide
def test_no_key_of_an_exported_database_leads_nowhere(overlay: str, tmp_path: Path) -> None:
    file = tmp_path / "data.sqlite"
    run_command("export", str(file), "--data", overlay)
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("pragma foreign_key_check").fetchall() == []
        found = database.execute("select listed_source from countries where alpha3 = 'XTT'")
        assert found.fetchone() == (KEY,)


@pytest.mark.parametrize("type_", [form.STR, form.STRS])
@pytest.mark.parametrize(
    "table", ["PROPERTY", "SOURCE", "COUNTRY", "RECORD", "CLAIM", "TEXT", "PASSAGE"]
)
def test_a_new_key_that_names_a_source_is_told_apart_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, type_: str
) -> None:
    monkeypatch.setitem(
        forms()[table], "seen_in", form.Key(type_, about="Where", refers=form.SOURCES)
    )
    new = 'seen_in = "own-page"\n' if type_ == form.STR else 'seen_in = ["own-page"]\n'
    own, text = "processes/own-process.toml", "texts/own-text.toml"
    heads = {"RECORD": own, "TEXT": text}
    files = {
        **FILES,
        "properties.toml": '[own_rating]\nlabel = "Own rating"\ntype = "integer"\ngroup = "x"\n'
        'definition = "How it is rated"\norder = 500\nkinds = ["process"]\n',
    }
    ends = {"PROPERTY": "properties.toml", "SOURCE": "sources.toml", "COUNTRY": "countries.toml"}
    ends |= {"CLAIM": own, "PASSAGE": text}
    if table in heads:
        files[heads[table]] = new + files[heads[table]]
    else:
        files[ends[table]] += new
    whole = read_folder(str(write_files(tmp_path, files)), rcpref.load().document)
    found = {
        "PROPERTY": whole["properties"]["own_rating"],
        "SOURCE": whole["sources"]["own-minutes"],
        "COUNTRY": whole["countries"]["XTT"],
        "RECORD": whole["records"]["own-process"],
        "CLAIM": whole["claims"]["own-process"][0],
        "TEXT": whole["texts"]["own-text"],
        "PASSAGE": whole["texts"]["own-text"]["passages"][0],
    }[table]["seen_in"]
    assert found == (KEY if type_ == form.STR else [KEY])
