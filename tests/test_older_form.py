"""Data of form version 1: folders, exports and overlays are still read, key by key."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

import rcpref
from conftest import run_command
from helpers import folded, refuse
from rcpref.data.digest import digest_of
from test_reading import SMALL, Tree, write_trees

NEW_KEYS = {
    *("author", "type", "accessed", "language", "number", "series", "issn", "isbn", "doi", "note")
}


def trees(version: int, **source: Any) -> dict[str, Tree]:
    """The small data set in one of the forms, its source as given."""
    made = copy.deepcopy(SMALL)
    made["dataset.toml"]["schema_version"] = version
    kept = made["sources.toml"]["summary"]
    made["sources.toml"]["summary"] = {
        **{key: kept[key] for key in kept if key not in {*NEW_KEYS, "publisher", "copy"}},
        **source,
    }
    return made


OLD = trees(1, publisher="Chair; Host", copy=True, copy_at="example.com")
NEW = trees(2, publisher=["Chair", "Host"], copy="example.com")


def folder(path: Path, files: dict[str, Tree]) -> str:
    path.mkdir(exist_ok=True)
    write_trees(path, files)
    return str(path)


def exported(files: dict[str, Tree], **more: Any) -> dict[str, Any]:
    """What rcpref export wrote of a folder, put together by hand."""
    names = {"claim": "claims", "passage": "passages"}

    def plural(tree: Tree) -> Tree:
        return {names.get(key, key): each for key, each in tree.items()}

    records = {
        tree["id"]: {"claims": [], **plural(tree)}
        for file, tree in files.items()
        if "/" in file and not file.startswith("texts/")
    }
    return {
        "schema_version": files["dataset.toml"]["schema_version"],
        "dataset": files["dataset.toml"],
        "properties": files["properties.toml"],
        "sources": files["sources.toml"],
        "countries": {each["alpha3"]: each for each in files["countries.toml"]["country"]},
        "records": records,
        "texts": {"talk": plural(files["texts/talk.toml"])},
        **more,
    }


def digest(whole: dict[str, Any]) -> str:
    """The digest that version 1 of the form had of an export."""
    document = {key: each for key, each in whole.items() if key != "schema_version"}
    document["claims"] = {key: each["claims"] for key, each in whole["records"].items()}
    document["records"] = {
        key: {name: value for name, value in each.items() if name != "claims"}
        for key, each in whole["records"].items()
    }
    return digest_of(document)


def test_a_folder_of_the_older_form_says_the_same(tmp_path: Path) -> None:
    old, new = folder(tmp_path / "old", OLD), folder(tmp_path / "new", NEW)
    assert rcpref.load(old) == rcpref.load(new)
    assert rcpref.load(old).info.schema_version == 2
    assert run_command("diff", old, new).out == ""
    assert run_command("check", old).out == run_command("check", new).out.replace(new, old)


def test_an_export_of_the_older_form_is_read_and_its_digest_holds(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    whole = exported(OLD)
    file.write_text(json.dumps({**whole, "digest": digest(whole)}), encoding="utf-8")
    assert rcpref.load(file) == rcpref.load(folder(tmp_path / "new", NEW))
    changed = copy.deepcopy(whole)
    changed["sources"]["summary"]["publisher"] = "Chair"
    file.write_text(json.dumps({**changed, "digest": digest(whole)}), encoding="utf-8")
    with pytest.raises(rcpref.DataError, match="digest: is not that of these data"):
        rcpref.load(file)


def test_what_is_exported_is_of_the_form_of_today(tmp_path: Path) -> None:
    old = rcpref.load(folder(tmp_path / "old", OLD))
    old.export(tmp_path / "made.json")
    made = json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))
    assert (made["schema_version"], made["dataset"]["schema_version"]) == (2, 2)
    assert made["sources"]["summary"]["publisher"] == ["Chair", "Host"]
    assert rcpref.load(tmp_path / "made.json") == old


@pytest.mark.parametrize(
    ("source", "publisher", "kept"),
    [
        ({"publisher": "One"}, ("One",), None),
        ({"publisher": "One;  Two ;"}, ("One", "Two"), None),
        ({"publisher": ["One; Two"]}, ("One; Two",), None),
        ({"publisher": "One", "copy": False}, ("One",), None),
        ({"publisher": "One", "copy": False, "copy_at": "example.com"}, ("One",), None),
        ({"publisher": "One", "copy_at": "example.com"}, ("One",), "example.com"),
        ({"publisher": ["One"], "copy": True, "copy_at": "the archive"}, ("One",), "the archive"),
        ({"publisher": "One", "copy": "example.com"}, ("One",), "example.com"),
        # Where the copy was read is the address that is given.
        ({"publisher": "One", "copy": True}, ("One",), "example.org"),
        ({"publisher": "One", "copy": True, "url": "http://www.x.org/a"}, ("One",), "x.org"),
        ({"publisher": "One", "copy": True, "url": "Box 5"}, ("One",), "[not named]"),
    ],
    ids=str,
)
def test_each_key_of_a_source_may_be_of_either_form(
    tmp_path: Path, source: dict[str, Any], publisher: tuple[str, ...], kept: str | None
) -> None:
    for version in (1, 2):
        found = rcpref.load(folder(tmp_path / str(version), trees(version, **source)))
        assert found.sources["summary"].publisher == publisher
        assert found.sources["summary"].copy == kept


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"publisher": ""}, r"summary\.publisher: is empty \[E109\]"),
        ({"publisher": ";"}, None),
        ({"publisher": 5}, r"summary\.publisher: must be a list of strings"),
        ({"publisher": "One", "copy": True, "copy_at": 5}, r"summary\.copy_at: is not a known key"),
        ({"publisher": "One", "copy": "x", "copy_at": "y"}, r"summary\.copy_at: is not a known"),
        ({"publisher": "One", "copy": 5}, r"summary\.copy: must be a string"),
    ],
    ids=str,
)
def test_what_is_of_neither_form_is_refused(
    tmp_path: Path, source: dict[str, Any], message: str | None
) -> None:
    path = folder(tmp_path / "data", trees(1, **source))
    if message is None:
        rcpref.load(path)
        return
    with pytest.raises(rcpref.DataError, match=message):
        rcpref.load(path)


def test_an_overlay_of_the_older_form_is_shown_as_it_was(tmp_path: Path) -> None:
    write_trees(
        tmp_path,
        {
            "sources.toml": {
                "own-page": {
                    "title": "Own page",
                    "publisher": "Ministry; Office",
                    "tier": "primary",
                    "copy": True,
                    "copy_at": "example.com",
                }
            },
            "processes/igc.toml": {
                "id": "igc",
                "claim": [{"property": "website", "value": "https://x.org", "source": "own-page"}],
            },
        },
    )
    shown = folded(
        run_command("show", "igc", "--history", "-f", "table", "--data", str(tmp_path)).out
    )
    assert (
        "Own page. Ministry; Office, undated, primary source, read as a copy at example.com."
        in shown
    )


def test_a_form_to_come_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path / "data", trees(3, publisher=["One"]))
    result = refuse("diff", path, codes=(3,))
    assert "schema_version: is 3; this program reads 1 and 2" in result.err
