"""`rcpref check`: each rule has a folder that breaks it, named after its code.

The folders in ``fixtures/check`` are overlays as small as they can be. What takes a pipe,
a huge file or a whole data set is made in a folder of its own.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import rcpref
from asking import bundled
from conftest import Result, run_command
from evidence_examples import Named, claims_of, table_of
from helpers import folded, in_terminal, refuse, rows, sample, write_files
from rcpref.answers import rules as checks
from rcpref.data import check as form_checks
from rcpref.data import document, files, links
from rcpref.data.loading import data_folder
from test_reading import COUNTRY, toml, too_large

FIXTURES = Path(__file__).with_name("fixtures") / "check"

OWN = "processes/own-process.toml"


class Wanted(NamedTuple):
    """What a folder is to be told: file, key, words of the message and of the remedy."""

    file: str
    key: str
    message: str
    remedy: str


WANTED = {
    code: Wanted(*(column.replace("(none)", "") for column in columns))
    for code, *columns in table_of(
        "check_findings.txt", "CODE | FILE | KEY | MESSAGE | REMEDY", lambda *each: each[2]
    )
}
"""By code, what its folder in ``fixtures/check`` is told."""

BUNDLED = [
    ("W502", "documents/a-res-63-225.toml"),
    ("W505", "bodies/cis.toml"),
    ("W506", "bodies/eccas.toml"),
    ("W506", "summits/gfmd-2020-quito.toml"),
    ("W506", "summits/gfmd-2025-riohacha.toml"),
    ("W506", "summits/imrf-2026.toml"),
    ("W509", "bodies/oas.toml"),
    ("W510", "forums/gfmd.toml"),
]
"""All warnings of the bundled data. Each is true; more of them want a reason."""


def check(*args: str, code: int = 0, env: dict[str, str] | None = None) -> Result:
    """Run `rcpref check`; what it finds is on standard output whatever the exit code."""
    return run_command("check", *args, code=code, env=env, quiet=False)


def found(*args: str, code: int = 0) -> list[dict[str, Any]]:
    """What `rcpref check` finds, as JSON items."""
    items: list[dict[str, Any]] = check(*args, "-f", "json", code=code).json["items"]
    return items


# Codes and fixtures ----------------------------------------------------------------------


def test_every_code_has_a_fixture_and_every_fixture_a_code() -> None:
    source = "".join(
        Path(str(module.__file__)).read_text(encoding="utf-8")
        for module in (form_checks, document, files, links, checks)
    )
    codes = set(re.findall(r'"([EW]\d{3})"', source))
    assert set(checks.RULES) <= codes
    assert {path.name for path in FIXTURES.iterdir()} == codes == set(WANTED)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("code", WANTED)
def test_a_folder_that_breaks_one_rule_is_told_so(code: str) -> None:
    folder = FIXTURES / code
    wanted = WANTED[code]
    items = found(str(folder), code=3 if code.startswith("E") else 0)
    # That one thing, and nothing that follows from it.
    assert [item["code"] for item in items] == [code]
    first = items[0]
    assert list(first) == ["code", "level", "file", "key", "message", "remedy"]
    assert first["level"] == ("error" if code.startswith("E") else "warning")
    assert first["file"] == str(folder / wanted.file)
    assert Path(first["file"]).is_file()
    assert first["key"] == wanted.key
    assert wanted.message in first["message"]
    assert wanted.remedy in first["remedy"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("code", ["E101", "E501", "W505"])
def test_a_folder_in_lines_and_in_a_table(code: str) -> None:
    exit_code = 3 if code.startswith("E") else 0
    summary = "errors: 1, warnings: 0" if exit_code else "errors: 0, warnings: 1"
    result = check(str(FIXTURES / code), code=exit_code)
    (row,) = rows(result.out)
    wanted = WANTED[code]
    assert (row[0], row[2], row[3]) == (code, str(FIXTURES / code / wanted.file), wanted.key)
    assert result.err == f"{summary}\n"
    screen = in_terminal("check", str(FIXTURES / code), columns=80)
    assert screen.code == exit_code
    assert code in screen.plain
    assert wanted.message in folded(screen.plain)
    assert wanted.remedy in folded(screen.plain)
    assert summary in screen.plain


@pytest.mark.usefixtures("small")
def test_errors_and_warnings_of_several_folders() -> None:
    folders = [str(FIXTURES / code) for code in ("W506", "E301", "E501")]
    items = found(*folders, code=3)
    assert [item["code"] for item in items] == ["W506", "E301", "E501"]
    for item, folder in zip(items, folders, strict=True):
        assert item["file"].startswith(folder + os.sep)
    result = check(*folders, code=3)
    assert result.err == "errors: 2, warnings: 1\n"
    warnings = [str(FIXTURES / code) for code in ("W506", "W505")]
    assert [item["code"] for item in found(*warnings)] == ["W506", "W505"]


# The bundled data ------------------------------------------------------------------------


def test_the_bundled_data_have_no_error_and_just_these_warnings() -> None:
    result = check("-f", "json")
    items = result.json["items"]
    assert [(item["code"], item["file"]) for item in items] == BUNDLED
    assert {item["level"] for item in items} == {"warning"}
    assert result.err == f"errors: 0, warnings: {len(BUNDLED)}\n"
    for item in items:
        assert os.path.isfile(os.path.join(data_folder(), item["file"]))


def test_the_data_folder_named_as_a_whole_is_checked_as_a_whole() -> None:
    items = found(data_folder())
    assert [(item["code"], item["file"]) for item in items] == [
        (code, os.path.join(data_folder(), file)) for code, file in BUNDLED
    ]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled data."""
    folder = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(data_folder(), folder)
    (folder / "baked.jsonl").unlink(missing_ok=True)
    return folder


@pytest.mark.parametrize(("file", "old", "new", "code", "key"), sample([
    ("processes/colombo-process.toml", '"BGD", "CHN"', '"BGD", "ZZZ"', "E302",
        r"claim \d+ \(\w+\)\.value"),
    ("bodies/oas.toml", "stated_total = 35", "stated_total = 36", "E501", r"claim \d+ \(members\)"),
    ("dataset.toml", "schema_version = 3", "schema_version = 4", "E105", "schema_version"),
], [
    ("dataset.toml", "schema_version = 3", "schema_version = 4", "E105", "schema_version"),
], several=True))  # fmt: skip
def test_one_slip_in_the_whole_of_the_data_is_found(
    copy: Path, file: str, old: str, new: str, code: str, key: str
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        items = found(str(copy), code=3)
    finally:
        path.write_text(text, encoding="utf-8")
    errors = [item for item in items if item["level"] == "error"]
    assert [(item["code"], item["file"]) for item in errors] == [(code, str(path))]
    assert re.fullmatch(key, errors[0]["key"])


# Files that cannot be read ---------------------------------------------------------------

HEAD = """\
id = "own-process"
kind = "process"
name = "Own Process for Tests"
short_name = "Own Process"
"""

SOURCES = """\
[own-page]
title = "About the process"
publisher = ["Own Process"]
tier = "primary"
date = "2024-05"
"""


def overlay(folder: Path, claims: str, head: str = HEAD, file: str = OWN) -> Path:
    """An overlay with one record and one primary source."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(head + claims, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return folder


def claim(key: str, value: str, *more: str) -> str:
    """A claim in TOML."""
    lines = ["", "[[claim]]", f'property = "{key}"', f"value = {value}", *more]
    return "\n".join([*lines, 'source = "own-page"', ""])


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("file", "make", "words"), [
    (OWN, os.mkfifo, "not a plain file"), (OWN, Path.mkdir, "not a plain file"),
    ("processes", Path.touch, ""), ("sources.toml", lambda path: path.symlink_to("gone"), ""),
    ("sources.toml", too_large, "larger than 8 MiB"),
])  # fmt: skip
def test_what_cannot_be_read_is_a_finding(
    tmp_path: Path, file: str, make: Callable[[Path], object], words: str
) -> None:
    """What else a file can be: tests/test_reading.py."""
    place = overlay(tmp_path, "") / file
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    make(place)
    (item,) = found(str(tmp_path), code=3)
    assert (item["code"], item["file"]) == ("E102", str(tmp_path / file))
    assert words in item["message"]


def test_an_exported_json_is_checked_like_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    run_command("export", str(file))
    items = found(str(file))
    assert [item["code"] for item in items] == [item["code"] for item in found(data_folder())]
    assert {item["file"] for item in items} == {str(file)}
    assert "records.gfmd-2020-quito" in {item["key"] for item in items}
    file.write_text("{}", encoding="utf-8")
    codes = {(item["code"], item["file"]) for item in found(str(file), code=3)}
    assert codes == {("E103", str(file))}


def test_a_file_that_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_text("", encoding="utf-8")
    (item,) = found(str(tmp_path / "file.toml"), code=3)
    assert (item["code"], item["file"]) == ("E101", str(tmp_path / "file.toml"))
    assert "not valid JSON" in item["message"]


@pytest.mark.parametrize("name", ["missing", "empty", ""])
def test_a_folder_without_data(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    folder = name and str(tmp_path / name)
    (item,) = found(folder, code=3)
    assert (item["code"], item["level"]) == ("E102", "error")
    assert folder in item["file"]
    assert item["remedy"]


def test_the_data_that_an_overlay_misses_are_named_in_a_whole_folder(tmp_path: Path) -> None:
    shutil.copy(os.path.join(data_folder(), "dataset.toml"), tmp_path)
    items = found(str(tmp_path), code=3)
    assert {item["code"] for item in items} == {"E102"}
    assert {os.path.basename(item["file"]) for item in items} == {
        "properties.toml",
        "sources.toml",
        "countries.toml",
    }


def test_a_small_whole_data_set_is_checked_without_the_bundled_one(tmp_path: Path) -> None:
    for name in ("dataset.toml", "properties.toml", "countries.toml"):
        shutil.copy(os.path.join(data_folder(), name), tmp_path)
    countries = tmp_path / "countries.toml"
    text = countries.read_text(encoding="utf-8")
    kept = re.sub(r"(?m)^(listed_|status|sovereign).*\n", "", text)
    countries.write_text(kept, encoding="utf-8")
    # An id of the bundled data is free here.
    head = HEAD.replace("own-process", "bali-process")
    overlay(
        tmp_path, claim("status", '"active"', 'as_of = "2024"'), head, "processes/bali-process.toml"
    )
    assert found(str(tmp_path)) == []
    assert check(str(tmp_path)).err == "errors: 0, warnings: 0\n"


@pytest.mark.usefixtures("small")
def test_a_meeting_that_begins_on_two_dates_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("own-process", "own-meeting").replace('"process"', '"meeting"')
    for key in ("start_date", "end_date"):
        claims = claim(key, '"2013/2014"')
        folder = overlay(tmp_path / key, claims, head, "meetings/own-meeting.toml")
        items = found(str(folder), code=3)
        assert [(item["code"], item["key"]) for item in items] == [("E507", f"claim 1 ({key})")]
        assert "'2013/2014' is two dates" in items[0]["message"]


# More ways to break a rule ---------------------------------------------------------------


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("claims", "code", "key"), [
    (claim("status", '"active"', "as_of = 2024-05-01"), "E105", "claim 1 (status).as_of"),
    (claim("status", '"active"', 'as_of = "2014/2013"'), "E402", "claim 1 (status).as_of"),
    (claim("founded", '"2013-13"'), "E401", "claim 1 (founded).value"),
    (claim("members", '"KEN"'), "E203", "claim 1 (members).value"),
    (claim("members", '["ken"]'), "E302", "claim 1 (members).value"),
    (claim("members", '["KEN"]', 'disputed = ["ZZZ"]'), "E302", "claim 1 (members).disputed"),
    (claim("topics", '["data", " "]'), "E109", "claim 1 (topics).value"),
    (claim("status", r'"act\u0007ive"'), "E106", "claim 1 (status).value"),
    (claim("status", '"active"', 'notes = "x"'), "E104", "claim 1 (status).notes"),
    ('\n[[claim]]\nproperty = "status"\nsource = "own-page"\n', "E103", "claim 1 (status).value"),
    ('claim = "none"\n', "E105", "claim"),
])  # fmt: skip
def test_a_claim_that_is_wrong(tmp_path: Path, claims: str, code: str, key: str) -> None:
    items = found(str(overlay(tmp_path, claims)), code=3)
    assert [(item["code"], item["key"]) for item in items] == [(code, key)]
    assert items[0]["file"] == str(tmp_path / OWN)
    assert items[0]["message"]
    assert items[0]["remedy"]


@pytest.mark.usefixtures("small")
def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    claims = claim("status", '"active"', 'as_of = "2024-13"') + claim("membrs", '["KEN"]')
    claims += claim("members", '["KEN", "QQQ"]')
    # What is wrong with the form of one claim does not hide the others.
    items = found(str(overlay(tmp_path, claims)), code=3)
    assert items[0]["code"] == "E401"
    claims = claim("membrs", '["KEN"]') + claim("members", '["KEN", "QQQ"]')
    items = found(str(overlay(tmp_path, claims)), code=3)
    assert [item["code"] for item in items] == ["E201", "E302"]
    assert [item["key"][:7] for item in items] == ["claim 1", "claim 2"]


class Edge(NamedTuple):
    """A line of the table: claims, as TOML, and what is found."""

    place: str
    claims: str
    codes: list[str]
    why: str


def edge_of(place: str, named: Named, columns: list[str]) -> Edge:
    claims, codes, why = columns
    made = [
        {key: value for key, value in {**each, "source": "own-page"}.items() if value is not None}
        for each in claims_of(claims, named)
    ]
    written = f"claim = {toml(made)}\n"
    return Edge(place, written, [] if codes == "none" else codes.split(), why)


EDGES = table_of("check_edges.txt", "CLAIMS | CODES | WHY", edge_of)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.place)
def test_where_a_rule_begins_and_ends(tmp_path: Path, edge: Edge) -> None:
    is_error = any(code.startswith("E") for code in edge.codes)
    items = found(str(overlay(tmp_path, edge.claims)), code=3 if is_error else 0)
    wanted = f"{edge.place}: {edge.why}; mend the rule, or the line\n{items}"
    assert [item["code"] for item in items] == edge.codes, wanted


@pytest.mark.usefixtures("small")
def test_what_is_printed_cannot_command_a_terminal(tmp_path: Path) -> None:
    head = HEAD + '"evil\\u001b[31m\\u202e" = 1\n'
    folder = overlay(tmp_path, "", head)
    for format in ("tsv", "table", "json", "csv", "markdown"):
        result = check(str(folder), "-f", format, code=3)
        assert "\x1b" not in result.out
        assert "\u202e" not in result.out


# An overlay ------------------------------------------------------------------------------


@pytest.mark.parametrize(("claims", "code"), [
    (claim("members", '["KEN", "KEN"]'), "E107"),
    (claim("membrs", '["KEN"]'), "E201"),
    (claim("members", '["KEN", "UGA"]', 'as_of = "1999"', "stated_total = 3"), "E501"),
])  # fmt: skip
def test_a_claim_is_counted_in_its_own_file(tmp_path: Path, claims: str, code: str) -> None:
    """The file of the overlay has one claim, the record that it adds to has many."""
    folder = overlay(tmp_path, claims, 'id = "colombo-process"\n', "processes/colombo-process.toml")
    (error,) = (item for item in found(str(folder), code=3) if item["level"] == "error")
    assert error["code"] == code
    assert error["key"].startswith("claim 1 (")


@pytest.mark.parametrize(("claims", "code"), [
    # Italy is an observer in the bundled list of 2024-06-29.
    (claim("members", '["ITA", "IND"]', 'as_of = "2024-06-29"', "complete = false"), "W504"),
    # Nepal is in the bundled lists of 2011 to 2024.
    (claim("member_left", '["NPL"]', 'as_of = "2010"'), "W505"),
    # Nepal is in the chair on 2018-11-16.
    (claim("members", '["IND"]', 'as_of = "2018-11-16"', "complete = true"), "W503"),
])  # fmt: skip
def test_what_an_overlay_sets_against_the_bundled_data_is_told(
    tmp_path: Path, claims: str, code: str
) -> None:
    folder = overlay(tmp_path, claims, 'id = "colombo-process"\n', "processes/colombo-process.toml")
    assert code in [item["code"] for item in found(str(folder))]


STATUS = claim("status", '"active"', 'as_of = "2024"')


def named(folder: Path, line: str, key: str = "own-process") -> str:
    """An overlay with one process of this id, and a line of names."""
    return str(
        overlay(
            folder, f"{line}\n{STATUS}", HEAD.replace("own-process", key), f"processes/{key}.toml"
        )
    )


NAMES = table_of("check_names.txt", "ID | LINE | FOUND | WORDS", lambda *line: (line[0], *line[2]))


@pytest.mark.parametrize(
    "name",
    sample(NAMES, [name for name in NAMES if name[1] == "bali" or "W502" not in name[3]]),
    ids=lambda name: f"{name[1]} {name[2]}",
)
def test_what_an_overlay_may_be_called(tmp_path: Path, name: tuple[str, ...]) -> None:
    place, key, line, wanted, words = name
    folder = named(tmp_path, line.replace("(nothing)", ""), key)
    refused = wanted.startswith("E")
    items = found(folder, code=3 if refused else 0)
    told = [f"{item['code']} {item['key'] or '(none)'}" for item in items]
    assert told == ([] if wanted == "none" else [wanted]), f"{place}: mend the rule, or the line"
    for item in items:
        assert words in item["message"], f"{place}: mend the message, or the line"
        assert refused or "a look-up then lists both" in item["remedy"]
    for command in (("text", "conclusion-5"), ("list",), ("cite", key)) if refused else ():
        assert f"[{wanted[:4]}]" in refuse(*command, "--data", folder, codes=(3,)).err


def test_two_records_of_an_overlay_that_share_a_name_are_told(tmp_path: Path) -> None:
    named(tmp_path, 'acronym = "OPT"')
    second = HEAD.replace("own-process", "own-second").replace("Own", "Second")
    overlay(tmp_path, f'acronym = "O.P.T."\n{STATUS}', second, "processes/own-second.toml")
    (item,) = found(str(tmp_path))
    assert item["code"] == "W502"
    assert "'OPT' is also that of own-second" in item["message"]


def test_a_state_of_an_overlay_that_shares_a_name_is_told(tmp_path: Path) -> None:
    country = COUNTRY.replace('"Testland"', '"The Uganda"')
    write_files(tmp_path, {"countries.toml": country})
    (item,) = found(str(tmp_path))
    assert (item["code"], item["key"]) == ("W502", "country[XTT]")
    assert item["file"] == str(tmp_path / "countries.toml")
    assert "'The Uganda' is also that of UGA" in item["message"]


# What it may not be called --------------------------------------------------------------


TEXT = """\
id = "{}"
title = "Minutes"
document = "lima-2013-chairs-summary"
meeting = "{}"
language = "en"
date = "2024-06"

[[passage]]
kind = "paragraph"
number = 1
text = "Words of our own."
"""


@pytest.mark.parametrize("key", ["lima", "lima-meeting", "kenya", "a-69-207-es", "bali-process"])
def test_an_id_of_a_text_that_is_a_name_in_the_data_is_refused(tmp_path: Path, key: str) -> None:
    write_files(tmp_path, {f"texts/{key}.toml": TEXT.format(key, "lima-2013")})
    items = found(str(tmp_path), code=3)
    assert {(item["code"], item["key"]) for item in items} == {("E110", "id")}


def test_a_text_may_have_the_id_of_a_meeting_of_which_none_is_kept(tmp_path: Path) -> None:
    meeting = next(
        record.id for record in bundled().of_kind("meeting") if record.id not in bundled().texts
    )
    write_files(tmp_path, {f"texts/{meeting}.toml": TEXT.format(meeting, meeting)})
    assert found(str(tmp_path)) == []
    folder = str(tmp_path)
    assert run_command("text", meeting, "--data", folder).ids == [f"{meeting}/paragraph-1"]
    # To cite the meeting is to cite the meeting.
    cited = run_command("cite", meeting, "--data", folder, "-f", "json").json["items"]
    assert [item["ref"] for item in cited] == [meeting]


@pytest.mark.parametrize("key", ["member_states", "joined", "nextchair"])
def test_a_property_that_is_called_as_another_is_labelled_is_refused(
    tmp_path: Path, key: str
) -> None:
    content = f'[{key}]\nlabel = "Own"\ntype = "text"\ndefinition = "x"\ngroup = "x"\n'
    write_files(tmp_path, {"properties.toml": f'{content}order = 1\nkinds = ["process"]\n'})
    (item,) = found(str(tmp_path), code=3)
    assert (item["code"], item["key"]) == ("E110", key)


def test_the_overlay_of_the_option_or_the_variable_is_checked_unless_a_folder_is_named() -> None:
    one, two = str(FIXTURES / "W506"), str(FIXTURES / "W505")
    by_option = check("--data", one, "-f", "json")
    assert [item["code"] for item in by_option.json["items"]] == ["W506"]
    assert by_option.json["query"]["folders"] == [one]
    by_variable = check("-f", "json", env={"RCPREF_DATA": two})
    assert [item["code"] for item in by_variable.json["items"]] == ["W505"]
    named = check(two, "-f", "json", env={"RCPREF_DATA": one})
    assert [item["code"] for item in named.json["items"]] == ["W505"]
    none = check("-f", "json", env={"RCPREF_DATA": ""})
    assert len(none.json["items"]) == len(BUNDLED)


# For CI ----------------------------------------------------------------------------------


def test_json_for_ci() -> None:
    report = check(str(FIXTURES / "E301"), "-f", "json", code=3).json
    assert report["count"] == 1
    assert report["query"] == {"command": "check", "folders": [str(FIXTURES / "E301")]}
    assert report["sources"] == {}
    assert report["dataset"]["digest"] == rcpref.load().digest


@pytest.mark.usefixtures("small")
def test_chosen_columns() -> None:
    folders = [str(FIXTURES / code) for code in ("W506", "E501")]
    chosen = check(*folders, "--columns", "code,level", code=3)
    assert rows(chosen.out) == [["W506", "warning"], ["E501", "error"]]
