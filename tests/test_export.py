"""What `rcpref export` writes, read back by those for whom it is written."""

import copy
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pandas
import pytest
import sqlite_utils
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError

import rcpref
from asking import bundled, members, records_with_members
from conftest import COMMAND, apart, environment, once, run_command, small_data, validator
from helpers import folded, refuse, sample, write_files
from rcpref.answers.chair import CHAIR_KINDS
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.time import as_of
from rcpref.data.dataset import sha256
from rcpref.data.document import exported
from rcpref.export.files import as_json, as_sqlite, as_zip
from rcpref.export.tables import TABLES
from rcpref.model import MEMBER_KINDS
from small import RECORDS

AS_OF = "2013-05"

Made = Callable[..., Path]
Rows = list[dict[str, Any]]
Tables = dict[str, Rows]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Makes exports, each one once."""
    folder = tmp_path_factory.mktemp("exports")

    @once
    def make(target: str, *args: str) -> Path:
        place = folder / str(len(list(folder.iterdir()))) / target
        place.parent.mkdir()
        run_command("export", str(place), *args)
        return place

    return make


@pytest.fixture(scope="module")
def unpacked(made: Made) -> Made:
    """Makes an archive with some options, and unpacks it: its folder."""

    @once
    def make(*args: str) -> Path:
        file = made("all.zip", *args)
        with zipfile.ZipFile(file) as archive:
            archive.extractall(file.parent / "all")
        return file.parent / "all"

    return make


OWN = {
    "sources.toml": """\
[own]
title = "=HYPERLINK(\\"http://example.org\\";\\"click\\")"
publisher = ["+Ministry"]
tier = "primary"
date = "2026-03"
""",
    "processes/sacm.toml": """\
id = "sacm"

[[claim]]
property = "members"
value = ["ARG", "BOL", "PER"]
as_of = "2026-03"
source = "own"
complete = true
disputed = ["PER"]
""",
    "processes/own-process.toml": """\
id = "own-process"
kind = "process"
name = "=1+1 # x - y ==="
short_name = "@SUM(A1) [y](http://example.org) <i>z</i> ![i](i.png) 1. one"
acronym = "-2"
aliases = ["+3", "\uff1d5", "<script>alert(1)</script>", "[x](http://example.org)"]

[[claim]]
property = "secretariat"
value = "<img src=x onerror=alert(1)> | [x](javascript:alert(1)) \\\\ `x` ~~x~~\\n# not a heading"
as_of = "2024"
source = "own"
note = "<b>bold</b>\\n\\n- no list\\n\\n    no code\\n***\\n1. no number\\n> no quote"

[[claim]]
property = "members"
value = ["KEN", "UGA"]
as_of = "2024"
source = "own"
complete = false
""",
    "processes/igc-own.toml": """\
id = "igc-own"
kind = "process"
name = "Own part of the IGC"
short_name = "Own part"
""",
}
"""An overlay of somebody who wants to break out of every form."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of that overlay."""
    return str(write_files(tmp_path_factory.mktemp("own"), OWN))


# JSON ----------------------------------------------------------------------------------


def same(one: rcpref.Dataset, other: rcpref.Dataset) -> bool:
    """Whether two data sets are equal in all, and in the order of all."""
    parts = ("records", "sources", "countries", "properties", "texts")
    return (
        one == other
        and one.document == other.document
        and all(list(getattr(one, key)) == list(getattr(other, key)) for key in parts)
        and [each.ref for each in one.claims()] == [each.ref for each in other.claims()]
    )


def test_json_is_the_whole_data_set(made: Made) -> None:
    data = rcpref.load(str(made("all.json")))
    assert same(data, bundled())
    assert (data.overlay, data.info) == (None, bundled().info)
    assert list(data.passages()) == list(bundled().passages())


def test_json_of_an_overlay_is_the_whole_data_set(made: Made, own: str) -> None:
    data = rcpref.load(str(made("own.json", "--data", own)))
    assert same(data, rcpref.load(overlay=own))
    assert data != bundled()
    assert data["own-process"].overlay and data.overlay is not None
    assert data.members("sacm", "2026-03").answers["PER"].answer == "disputed"


def test_an_overlay_of_names_alone_is_still_one(tmp_path: Path) -> None:
    name = "processes/igc-own.toml"
    own = write_files(tmp_path / "own", {name: OWN[name]})
    file = str(tmp_path / "own.json")
    rcpref.load(overlay=str(own)).export(file)
    assert rcpref.load(file).overlay == file


def test_json_is_as_its_schema_says(made: Made) -> None:
    schema = run_command("schema", "export.json").json
    assert schema == validator("export.json").schema
    validator("export.json").validate(json.loads(made("all.json").read_bytes()))


@pytest.mark.usefixtures("small")
def test_json_of_an_overlay_is_as_the_schema_says(made: Made, own: str) -> None:
    whole = json.loads(made("own.json", "--data", own).read_bytes())
    validator("export.json").validate(whole)
    whole["records"]["igc"]["colour"] = "blue"
    with pytest.raises(ValidationError):
        validator("export.json").validate(whole)


def test_json_is_for_people_too(made: Made) -> None:
    text = made("all.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert max(map(len, text.splitlines())) < 5000
    assert list(json.loads(text))[:2] == ["schema_version", "digest"]


def test_data_that_were_changed_do_not_go_by_the_old_digest(tmp_path: Path, made: Made) -> None:
    whole, file = json.loads(made("all.json").read_bytes()), tmp_path / "edited.json"
    whole["records"]["igc"]["short_name"] = "IGC, changed"
    file.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(rcpref.DataError, match=r"digest: is not the digest of these data \[E105\]"):
        rcpref.load(str(file))
    del whole["digest"]
    file.write_text(json.dumps(whole), encoding="utf-8")
    data = rcpref.load(str(file))
    assert data["igc"].short_name == "IGC, changed"
    assert data != bundled()


@cache
def few() -> Any:
    """An export of the small data but its summit, with at most five claims on each record."""
    whole = json.loads(json.dumps(exported(rcpref.load(str(small_data())).document, "")))
    del whole["digest"], whole["records"]["hld-2006"]
    for record in whole["records"].values():
        del record["claims"][5:]
    return whole


def use(data: rcpref.Dataset) -> None:
    """All that an export does with a data set; what was read must not break later."""
    asked = as_of(None, data.date)
    as_zip(data, asked)
    as_sqlite(data, asked)
    assert data.digest


def test_a_small_export_is_read(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(few()), encoding="utf-8")
    data = rcpref.load(str(file))
    assert len(data) == len(RECORDS) - 1
    assert any(passage.mentions for passage in data.passages())
    use(data)


def refusal(path: Path) -> str:
    """What is said of a file that cannot be read: one line, with the code of a rule."""
    with pytest.raises(rcpref.DataError) as caught:
        rcpref.load(str(path))
    error = caught.value
    assert re.search(r"\[(E[1-4]\d\d)\]", error.message), error.message
    assert error.hint
    return error.message


CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "no records": (lambda w: w.pop("records"), "records: is missing [E103]"),
    "a key more": (lambda w: w.update(colour=1), "colour: is not a known key [E104]"),
    "schema version": (lambda w: w.update(schema_version=9), "the data have form 9; "),
    "version of the data": (lambda w: w["dataset"].update(schema_version=9), "have form 9; "),
    "no version": (lambda w: w.update(schema_version="1"), "schema_version: must be a whole"),
    "digest": (lambda w: w.update(digest="0" * 64), "digest: is not the digest of these data"),
    "records as a list": (lambda w: w.update(records=list(w["records"].values())),
        "records: must be an object [E105]"),
    "a record as a list": (lambda w: w["records"].update(igc=[]), "records.igc: is not an object"),
    "a record as null": (lambda w: w["records"].update(igc=None), "records.igc: is not an object"),
    "a text as a string": (lambda w: w["texts"].update({"lima-2013": ""}), "is not an object"),
    "a country as a list": (lambda w: w["countries"].update(AUS=[]),
        "AUS: is not an object [E105]"),
    "a source as a string": (lambda w: w["sources"].update(x="x"), "sources: x: must be a table"),
    "another id": (lambda w: w["records"]["igc"].update(id="icg"),
        "is 'icg', unlike its key [E108]"),
    "a path as id": (
        lambda w: w["records"].update({"../../x": {**w["records"]["igc"], "id": "../../x"}}),
        "'../../x' is not an id [E105]"),
    "an empty id": (lambda w: w["records"].update({"": {**w["records"]["igc"], "id": ""}}), "id:"),
    "a text whose id is no id": (
        lambda w: w["texts"].update({"a b)": {**w["texts"]["lima-2013"], "id": "a b)"}}),
        "'a b)' is not an id [E105]"),
    "claim in place of claims": (
        lambda w: w["records"]["igc"].update(claim=w["records"]["igc"].pop("claims")),
        "igc: claim: is not a known key [E104] (and 1 more)"),
    "a claim as a string": (lambda w: w["records"]["igc"].update(claims=["x"]), "[E105]"),
    "another code": (lambda w: w["countries"].update(ZZZ=w["countries"]["AUS"]),
        "is not the code of that State [E108]"),
    "no such source": (lambda w: w["records"]["igc"]["claims"][0].update(source="nowhere"),
        "'nowhere' is not in sources.toml [E301]"),
    "a lone surrogate": (lambda w: w["records"]["igc"].update(name="\ud800"), "control or bidi"),
    "a lone surrogate as key": (
        lambda w: w["sources"].update({"\ud800": w["sources"]["lima-2013-chairs-summary"]}),
        "control or bidi"),
    "a key that is a lone surrogate": (lambda w: w.update({"\ud800": 1}), "is not a known key"),
}  # fmt: skip
"""What is wrong with the file as JSON; what any reader refuses is in tests/test_reading.py."""


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_for_the_worse_is_refused(tmp_path: Path, name: str) -> None:
    change, says = CHANGES[name]
    whole = copy.deepcopy(few())
    change(whole)
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert says in refusal(file)


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not valid JSON"),
    "half": (b'{"schema_version": 1, "dataset": {', "not valid JSON"),
    "two": (b"{}{}", "not valid JSON"),
    "no object": (b"[]", "is not an object"),
    "a string": (b'"x"', "is not an object"),
    "null": (b"null", "is not an object"),
    "empty object": (b"{}", "is missing"),
    "nan": (b'{"schema_version": NaN}', "must be a whole number"),
    "infinity": (b'{"schema_version": -Infinity}', "must be a whole number"),
    "large float": (b'{"schema_version": 1e999}', "must be a whole number"),
    "large number": (b'{"schema_version": ' + b"9" * 400 + b"}", "must be a whole number"),
    "huge number": (b'{"schema_version": ' + b"9" * 5000 + b"}", "not valid JSON"),
    "deep list": (b"[" * 200_000, "it is nested too deeply"),
    "deep object": (b'{"x":' * 200_000, "it is nested too deeply"),
    "deep, but read": (b'{"x":' + b"[" * 600 + b"]" * 600 + b"}", "is not a known key"),
    "key twice": (b'{"digest": "x", "digest": "y"}', "'digest' is there twice"),
    "key twice below": (b'{"records": {"igc": {}, "igc": {}}}', "'igc' is there twice"),
    "utf-16": ('{"digest": "x"}'.encode("utf-16"), "is not UTF-8 (byte 1) [E102]"),
    "latin-1": ('{"digest": "\u00e9"}'.encode("latin-1"), "is not UTF-8 (byte 13) [E102]"),
    "nul": (b'{"digest": "x\0"}', "not valid JSON"),
    "toml": (b'title = "x"\n', "not valid JSON"),
    "binary": (bytes(range(256)), "is not UTF-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_export_is_refused(tmp_path: Path, name: str) -> None:
    content, says = BROKEN[name]
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    assert says in refusal(file)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.json")
    assert "is not a plain file [E102]" in refusal(tmp_path / "fifo.json")
    assert "is not a plain file" in refusal(Path("/dev/zero"))
    assert "no such file" in refusal(tmp_path / "missing.json").lower()
    (tmp_path / "folder.json").mkdir()
    refusal(tmp_path / "folder.json")
    (tmp_path / "dangling.json").symlink_to("nowhere")
    refusal(tmp_path / "dangling.json")
    with pytest.raises(rcpref.DataError, match="E102"):
        rcpref.load("a\0b.json")
    sparse = tmp_path / "large.json"
    with sparse.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024)
    assert "larger than" in refusal(sparse)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "bom.json"
    file.write_text(json.dumps(few()), encoding="utf-8-sig")
    assert len(rcpref.load(str(file))) == len(RECORDS) - 1


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file for one export after the other."""
    return tmp_path_factory.mktemp("scratch") / "damaged.json"


def read_or_refuse(file: Path) -> None:
    """A damaged export is refused by a rule, or is a data set like any other."""
    try:
        data = rcpref.load(str(file))
    except rcpref.DataError as error:
        assert re.search(r"\[E[1-4]\d\d\]", error.message), error.message
    else:
        use(data)


@settings(suppress_health_check=list(HealthCheck))
@given(
    place=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    put=st.one_of(st.binary(max_size=4), st.sampled_from([b'"', b"{", b"]", b",", b"\\", b"0"])),
)
def test_bytes_that_are_damaged(scratch: Path, place: float, length: int, put: bytes) -> None:
    content = json.dumps(few(), ensure_ascii=False).encode()
    start = int(place * len(content))
    scratch.write_bytes(content[:start] + put + content[start + length :])
    read_or_refuse(scratch)


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value at which another could stand: what holds it, and its key."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in list(keys):
        yield value, key
        yield from spots(value[key])


ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.sampled_from(["2013", "AUS", "igc", "process", "lima-2013/conclusion-1", "states"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(suppress_health_check=list(HealthCheck))
@given(
    section=st.sampled_from(["dataset", "properties", "sources", "countries", "records", "texts"]),
    place=st.floats(0, 1, exclude_max=True),
    how=st.sampled_from(["replace", "delete", "rename", "add"]),
    value=ANYTHING,
    word=st.text(max_size=6),
)
def test_values_that_are_damaged(
    scratch: Path, section: str, place: float, how: str, value: Any, word: str
) -> None:
    whole = copy.deepcopy(few())
    found = list(spots(whole[section]))
    holder, key = found[int(place * len(found))]
    if how == "replace":
        holder[key] = value
    elif how == "delete":
        del holder[key]
    elif isinstance(holder, list):
        holder.append(value)
    else:
        holder[word] = holder.pop(key) if how == "rename" else value
    scratch.write_text(json.dumps(whole), encoding="utf-8")
    read_or_refuse(scratch)


# Tables --------------------------------------------------------------------------------


def read_csv(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@cache
def tables_in(folder: Path) -> Tables:
    """The tables of a folder as lists of rows, cells as they stand there."""
    return {file.stem: read_csv(file.read_bytes()) for file in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module")
def tables(unpacked: Made) -> Tables:
    return tables_in(unpacked())


@pytest.mark.usefixtures("small")
def test_frictionless_takes_the_archive(made: Made, own: str) -> None:
    """The archive with an overlay; that of all data is what the command below takes."""
    package = Package(str(made("own.zip", "--data", own, "--years", "2013")))
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert len(report.tasks) == len(TABLES) + 1
    assert not report.stats["warnings"]
    assert package.licenses[0]["name"] == bundled().info.licence


@pytest.mark.process
@pytest.mark.wide
def test_the_command_of_frictionless_takes_it(unpacked: Made) -> None:
    """As a person would run it, with all of the data."""
    done = apart(
        [sys.executable, "-m", "frictionless", "validate", unpacked() / "datapackage.json"],
        text=True,
        env=environment({"COLUMNS": "200"}),
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(" VALID ") == len(TABLES)


DAMAGES = {
    ("claims", "foreign-key"): (0, "record", "nowhere"),
    ("mentions", "foreign-key"): (0, "passage", "x/y-1"),
    ("passages", "foreign-key"): (1, "within", "x/y-1"),
    ("records", "constraint-error"): (0, "name", ""),
    ("records", "type-error"): (1, "claims", "many"),
    ("sources", "type-error"): (0, "first_day", "2013-02-30"),
}
"""By the table and the error that it must be told as, a damaged cell; none hides another."""


@pytest.mark.usefixtures("small")
def test_frictionless_sees_each_row_that_is_damaged(tmp_path: Path, unpacked: Made) -> None:
    shutil.copytree(unpacked(), tmp_path / "all")
    package = tmp_path / "all" / "datapackage.json"
    tables = {each.stem: read_csv(each.read_bytes()) for each in package.parent.glob("*.csv")}
    for (name, _), (row, column, value) in DAMAGES.items():
        tables[name][row][column] = value
    tables["records"].append(tables["records"][2])
    for table in TABLES:
        file = package.parent / f"{table.name}.csv"
        with file.open("w", newline="", encoding="utf-8") as stream:
            fields = [field.name for field in table.fields]
            writer = csv.DictWriter(stream, fields, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[table.name])
    description = json.loads(package.read_bytes())
    for resource in description["resources"]:
        del resource["hash"], resource["bytes"]  # or the digest alone would show it
    package.write_text(json.dumps(description), encoding="utf-8")
    assert told_of(package) == {*DAMAGES, ("records", "primary-key")}


@pytest.mark.usefixtures("small")
@pytest.mark.wide
def test_frictionless_sees_a_byte_that_is_damaged(tmp_path: Path, unpacked: Made) -> None:
    shutil.copytree(unpacked(), tmp_path / "all")
    file = tmp_path / "all" / "names.csv"
    file.write_bytes(file.read_bytes().replace(b"Kenya", b"Kenia", 1))
    assert told_of(tmp_path / "all" / "datapackage.json") == {("names", "hash-count")}


def told_of(package: Path) -> set[tuple[str, str]]:
    """What frictionless finds wrong with a package: tables, and the types of their errors."""
    report = Package(str(package)).validate()
    return {(task.name, error.type) for task in report.tasks for error in task.errors}


def test_the_archive_holds_the_tables_and_their_description(made: Made) -> None:
    with zipfile.ZipFile(made("all.zip")) as archive:
        assert archive.testzip() is None
        expected = [*(f"{table.name}.csv" for table in TABLES), "datapackage.json"]
        assert archive.namelist() == expected
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.process
@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs unzip")
def test_unzip_takes_the_archive(tmp_path: Path, made: Made, unpacked: Made) -> None:
    apart(["unzip", "-tq", made("all.zip")], check=True)
    apart(["unzip", "-q", made("all.zip")], check=True, cwd=tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (unpacked() / path.name).read_bytes()
        assert path.stat().st_mode & 0o777 == 0o644


DTYPES = {"string": "string", "integer": "Int64", "boolean": "boolean", "date": "string"}


def test_pandas_reads_each_table_by_its_description(unpacked: Made, tables: Tables) -> None:
    description = json.loads((unpacked() / "datapackage.json").read_bytes())
    for resource in description["resources"]:
        fields = resource["schema"]["fields"]
        frame = pandas.read_csv(
            unpacked() / resource["path"],
            dtype={field["name"]: DTYPES[field["type"]] for field in fields},
            parse_dates=[field["name"] for field in fields if field["type"] == "date"],
            keep_default_na=False,
            na_values=resource["schema"]["missingValues"],
            encoding=resource["encoding"],
        )
        assert list(frame.columns) == [field["name"] for field in fields]
        assert len(frame) == len(tables[resource["name"]])
        for field in fields:
            missing = [row[field["name"]] == "" for row in tables[resource["name"]]]
            assert list(frame[field["name"]].isna()) == missing
            if field["type"] == "boolean":
                cells = [cell for row in tables[resource["name"]] if (cell := row[field["name"]])]
                assert [str(each).upper() for each in frame[field["name"]].dropna()] == cells
            assert not (field.get("constraints", {}).get("required") and any(missing))
        assert not frame.duplicated(resource["schema"]["primaryKey"]).any()


COLUMNS = {"from_": "from_date", "until": "until_date", "group": "group_name"}
"""Attributes whose column has another name."""


def cell(value: Any) -> str:
    """How a value of the model is written in CSV."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if value is None:
        return ""
    return str(value).upper() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(("table", "things", "elsewhere"), [
    ("properties", lambda data: data.properties.values(), {"kinds", "order"}),
    ("sources", lambda data: data.sources.values(), set()),
    ("countries", lambda data: data.countries.values(), {"aliases", "names"}),
    ("records", iter, {"aliases", "names", "claims"}),
    ("texts", lambda data: data.texts.values(), {"passages"}),
    ("passages", rcpref.Dataset.passages, {"emphasis", "mentions", "notes"}),
    ("mentions", lambda data: (m for p in data.passages() for m in p.mentions), set()),
    ("editor_notes", lambda data: (n for p in data.passages() for n in p.notes), set()),
    ("claims", rcpref.Dataset.claims, {"disputed", "number"}),  # of items; in the reference
])  # fmt: skip
def test_a_table_has_everything_of_the_model_and_nothing_more(
    tables: Tables, table: str, things: Callable[[Any], Any], elsewhere: set[str]
) -> None:
    assert tables[table]
    for row, thing in zip(tables[table], things(bundled()), strict=True):
        names = getattr(thing, "_fields", None) or [each.name for each in fields(thing)]
        for name in {*names} - elsewhere:
            assert row[COLUMNS.get(name, name)] == cell(getattr(thing, name)), (name, thing)


def names_of(thing: Any) -> Iterator[tuple[str, str, str]]:
    """The names of a record or State: type, language, name."""
    for key in ("name", "short_name", "official_name", "acronym"):
        if name := getattr(thing, key, None):
            yield key, "", name
    yield from (("alias", "", name) for name in thing.aliases)
    yield from (("translation", language, name) for language, name in thing.names)


def test_what_comes_several_times_has_rows_of_its_own(tables: Tables) -> None:
    def columns(table: str, *keys: str) -> list[tuple[str, ...]]:
        return [tuple(row[key] for key in keys) for row in tables[table]]

    data = bundled()
    assert columns("property_kinds", "property", "kind") == [
        (key, kind) for key, each in data.properties.items() for kind in each.kinds
    ]
    assert columns("claim_values", "claim", "position", "value", "disputed") == [
        (claim.ref, str(place), item, cell(item in claim.disputed))
        for claim in data.claims()
        for place, item in enumerate(claim.values, 1)
    ]
    for row in tables["claim_values"]:
        kind = data.type_of(data.claim(row["claim"]).property)
        assert row["state"] == (row["value"] if kind == "states" else "")
    for table, attribute in (("mentions", "mentions"), ("editor_notes", "notes")):
        assert columns(table, "passage", "position") == [
            (passage.ref, str(place))
            for passage in data.passages()
            for place, _ in enumerate(getattr(passage, attribute), 1)
        ]
    assert columns("names", "record", "state", "type", "language", "name") == [
        *((record.id, "", *name) for record in data for name in names_of(record)),
        *(("", code, *name) for code, own in data.countries.items() for name in names_of(own)),
    ]
    assert {table.name for table in TABLES} == {*tables}


def meaning(claim: rcpref.Claim, kind: str | None) -> str:
    """What the date of a claim means, by docs/data-model.md."""
    time = rcpref.parse_date(str(claim.value)) if kind == "date" else rcpref.when(claim)
    if time is None:
        return ""
    spans = time.first == time.last or bool(claim.from_ or claim.until)
    if claim.property == "meeting":
        spans |= "/" in time.text and (time.last - time.first).days <= 14
    elif kind not in ("date", "event") and not claim.property.startswith("member_"):
        spans |= "/" not in time.text and claim.property != "attended"
    return "throughout" if spans else "within"


def test_claims_and_sources_have_the_days_that_their_dates_can_mean(
    tables: Tables,
) -> None:
    for row, claim in zip(tables["claims"], bundled().claims(), strict=True):
        kind = bundled().type_of(claim.property)
        time = rcpref.parse_date(str(claim.value)) if kind == "date" else rcpref.when(claim)
        assert row["date_means"] == meaning(claim, kind)
        assert row["ref"] == claim.ref
        if time is None:
            assert row["first_day"] == row["last_day"] == ""
        else:
            assert row["first_day"] in ("", time.first.isoformat())
            assert row["last_day"] in ("", time.last.isoformat())
    for row, source in zip(tables["sources"], bundled().sources.values(), strict=True):
        if source.date:
            days = rcpref.parse_date(source.date)
            assert (row["first_day"], row["last_day"]) == (str(days.first), str(days.last))


def test_answers_and_what_is_said_of_members_have_all_their_rows(tables: Tables) -> None:
    data = bundled()
    answers = [data.states_of(record.id) for record in data if record.kind in MEMBER_KINDS]
    says = (*CAPACITIES, "member_joined", "member_left")
    held = [data.chairs(record.id) for record in data if record.kind in CHAIR_KINDS]
    expected = {
        "memberships": sum(len(each.values) for each in data.claims() if each.property in says),
        "membership_at": sum(map(len, answers)),
        "membership_at_claims": sum(len(f.rests_on) for each in answers for f in each.values()),
        "chair_at": sum(len(holder.states) for holders in held for holder in holders),
    }
    assert {name: len(tables[name]) for name in expected} == expected
    keys = ("record", "state", "since", "until", "first_day")
    assert [tuple(row[key] for key in keys) for row in tables["chair_terms"]] == [
        (term.record, state, term.since or "", term.until or "", str(term.first))
        for term in data.chair_terms()
        for state in term.states
    ]


@pytest.mark.usefixtures("small")
def test_the_table_of_the_data_set_says_which_data_these_are(unpacked: Made, own: str) -> None:
    (row,) = tables_in(unpacked())["dataset"]
    assert (row["version"], row["digest"]) == (bundled().version, bundled().digest)
    assert (row["date"], row["asked"]) == (bundled().date, "")
    assert row["overlay"] == "FALSE"
    (asked,) = tables_in(unpacked("--as-of", AS_OF))["dataset"]
    assert asked["asked"] == AS_OF
    (other,) = tables_in(unpacked("--data", own))["dataset"]
    assert other["digest"] == rcpref.load(overlay=own).digest
    assert other["overlay"] == "TRUE"


# SQLite --------------------------------------------------------------------------------


@cache
def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


@pytest.mark.usefixtures("small")
def test_the_database_is_whole(made: Made, own: str) -> None:
    for path in (made("all.sqlite"), made("own.sqlite", "--data", own)):
        database = opened(path)
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma foreign_key_check").fetchall() == []


def test_the_database_refuses_what_the_tables_do_not_allow(made: Made) -> None:
    database = sqlite3.connect(":memory:")
    database.deserialize(made("all.sqlite").read_bytes())
    database.execute("pragma foreign_keys = on")
    for wrong in (
        "update claims set record = 'nowhere' where rowid = 1",
        "update records set kind = 'club' where id = 'igc'",
        "update records set name = null where id = 'igc'",
        "update sources set overlay = 2",
        "update passages set within = 'x/y-1'",
        "delete from sources",
        "insert into texts select * from texts",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(wrong)
    database.close()


def test_the_database_holds_the_same_tables(made: Made, tables: Tables) -> None:
    database = opened(made("all.sqlite"))
    for table in TABLES:
        cursor = database.execute(f'select * from "{table.name}" order by rowid')
        assert [each[0] for each in cursor.description] == [field.name for field in table.fields]
        found = [
            {
                field.name: ""
                if cell is None
                else ("FALSE", "TRUE")[cell]
                if field.type == "boolean"
                else str(cell)
                for field, cell in zip(table.fields, row, strict=True)
            }
            for row in cursor
        ]
        assert found == tables[table.name]


def test_every_reference_has_an_index(made: Made) -> None:
    database = opened(made("all.sqlite"))
    for table in TABLES:
        for field in table.fields:
            if not field.refers:
                continue
            query = f'select 1 from "{table.name}" where "{field.name}" = ?'
            plan = " ".join(row[3] for row in database.execute(f"explain query plan {query}", "x"))
            assert "SEARCH" in plan, (table.name, field.name, plan)
            assert "INDEX" in plan


def found_in(path: Path, query: str) -> set[str]:
    """References of what the full-text table finds."""
    return {row[0] for row in opened(path).execute("select ref from search(?)", (query,))}


@pytest.mark.parametrize(
    ("plain", "accented"), [("cote", "CÔTE"), ("migracion", "migración"), ("regional", "régional")]
)
def test_full_text_search_knows_no_accents(made: Made, plain: str, accented: str) -> None:
    found = found_in(made("all.sqlite"), plain)
    assert found == found_in(made("all.sqlite"), accented)
    assert found


@pytest.mark.parametrize("words", ["evidence base", "khartoum", "secretariat", "côte d ivoire"])
def test_full_text_search_finds_what_the_command_does(made: Made, words: str) -> None:
    found = found_in(made("all.sqlite"), f'body: "{words}"')
    assert found == {hit.ref for hit in rcpref.load().search(f'"{words}"', limit=None)}
    assert found


@pytest.mark.process
@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="needs the shell of SQLite")
def test_the_shell_of_sqlite_opens_it(made: Made) -> None:
    query = (
        "pragma foreign_key_check; pragma integrity_check; select count(*) from claims; "
        "select count(*) from search where search match 'cote';"
    )
    done = apart(["sqlite3", "-readonly", str(made("all.sqlite")), query], text=True, check=True)
    ok, claims, hits = done.stdout.split()
    assert (ok, int(claims)) == ("ok", len(list(bundled().claims())))
    assert int(hits) > 0


def test_sqlite_utils_opens_it(made: Made) -> None:
    database = sqlite_utils.Database(opened(made("all.sqlite")))
    assert {table.name for table in TABLES} <= set(database.table_names())
    for table in TABLES:
        there = database.table(table.name)
        assert tuple(there.pks) == table.key
        assert {(key.column, key.other_table, key.other_column) for key in there.foreign_keys} == {
            (field.name, *field.refers) for field in table.fields if field.refers
        }
    assert str(database.table("search").virtual_table_using).lower() == "fts5"
    assert database.table("records").get("igc")["kind"] == "process"


def answers_in(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The answers of a database by record and State, in the form of `asking.essence`."""
    database = opened(path)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    said = ("answer", "basis", "reason", "last_known")
    for record, state, *cells in database.execute(
        f"select record, state, {', '.join(said)} from membership_at order by record, state"
    ):
        own = {**dict(zip(said, cells, strict=True)), "refs": []}
        found.setdefault(record, {})[state] = own
    for record, state, claim in database.execute(
        "select record, state, claim from membership_at_claims order by record, state, position"
    ):
        found[record][state]["refs"].append(claim)
    return found


@pytest.mark.parametrize(("as_of", "whole"), [
    ("2023-11", True),  # when an answer is disputed
    (None, False),
    ("today", False),
    ("1800", False),
    ("2012/2014", False),
])  # fmt: skip
def test_membership_is_answered_for_the_date_asked_for_or_as_last_known(
    request: pytest.FixtureRequest, made: Made, as_of: str | None, whole: bool
) -> None:
    if not whole:
        request.getfixturevalue("small")
    path = made("dated.sqlite", *(("--as-of", as_of) if as_of else ()))
    expected = {record: members(record, as_of) for record in records_with_members()}
    found = answers_in(path)
    assert found == {record: own for record, own in expected.items() if own}
    ((asked,),) = opened(path).execute("select distinct as_of from membership_at")
    assert asked == (bundled().date if as_of == "today" else as_of)
    seen = {each["answer"] for own in found.values() for each in own.values()}
    assert not whole or {"yes", "no", "possible", "disputed"} <= seen


# The same bytes ------------------------------------------------------------------------

TARGETS = ("all.json", "all.sqlite", "all.zip", "all.xlsx", "atlas.html", "members.csv")


@pytest.mark.process
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("target", sample(TARGETS, ["all.sqlite"]))
def test_the_same_data_give_the_same_bytes_wherever_they_are_written(
    tmp_path: Path, made: Made, target: str
) -> None:
    first = made(target)
    apart(
        [COMMAND, "export", target],
        cwd=tmp_path,
        env=environment(
            {
                "LC_ALL": "tr_TR.UTF-8",
                "LANG": "C",
                "TZ": "Pacific/Kiritimati",
                "PYTHONHASHSEED": "12345",
                "PYTHONUTF8": "0",
                "HOME": "/nowhere",
                "SOURCE_DATE_EPOCH": "1",
            }
        ),
        preexec_fn=lambda: os.umask(0o077),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert (tmp_path / target).read_bytes() == first.read_bytes()


def test_the_data_of_a_checkout_give_the_same_bytes(small: Path, made: Made) -> None:
    """Those above are of a wheel."""
    data = rcpref.load(str(small))
    asked = as_of(None, data.date)
    assert as_json(data) == made("all.json").read_bytes()
    assert as_sqlite(data, asked) == made("all.sqlite").read_bytes()
    assert as_zip(data, asked) == made("all.zip").read_bytes()


# What is said of it --------------------------------------------------------------------


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("target", "asked"), [("x.json", None), ("x.zip", "2013-05"), ("claims.csv", None)]
)
def test_the_report_says_what_was_written(tmp_path: Path, target: str, asked: str | None) -> None:
    place = tmp_path / target
    date = ("--as-of", asked) if asked else ()
    report = run_command("export", str(place), *date, "-f", "json").json
    validator("envelope").validate(report)
    assert report["query"] == {"command": "export", "as_of": asked}
    content = place.read_bytes()
    assert report["items"] == [
        {"path": str(place), "bytes": len(content), "sha256": sha256(content)}
    ]


@pytest.mark.usefixtures("small")
def test_the_report_for_people_says_where_it_is_and_how_large(tmp_path: Path) -> None:
    place = str(tmp_path / "x.json")
    told = folded(run_command("export", place, "-f", "table", env={"COLUMNS": "300"}).out)
    assert place in told and f"{Path(place).stat().st_size:,} bytes" in told


@pytest.mark.usefixtures("small")
def test_an_overlay_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    refuse("export", str(tmp_path / "x.json"), "--data", str(tmp_path / "own"), codes=(3,))
    assert [each.name for each in tmp_path.iterdir()] == ["own"]


def test_the_chairs_of_the_database_are_those_of_the_command(tmp_path: Path) -> None:
    file = tmp_path / "data.sqlite"
    run_command("export", str(file), "--as-of", "2013-05")
    connection = sqlite3.connect(file)
    for name in ("igc", "colombo-process", "gfmd", "sacm"):
        found = connection.execute(
            "select state, answer, basis, reason from chair_at where record = ? "
            "order by holder, state",
            (name,),
        ).fetchall()
        items = run_command("show", name, "-p", "chair", "--as-of", "2013-05", "-f", "json").json
        said = [tuple(i[k] for k in ("value", "answer", "basis", "reason")) for i in items["items"]]
        assert found == said
        assert found
    connection.close()
