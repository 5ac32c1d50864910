"""`rcpref new`: templates that `check` accepts once they are filled in, and safe writing."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from asking import bundled
from conftest import COMMAND, Result, apart, environment, run_command
from helpers import assert_complaint, hint_of, in_terminal, refuse, rows, sample
from rcpref.data.loading import data_folder
from rcpref.errors import OutputError
from rcpref.model import KINDS
from rcpref.writing import add_files

EXAMPLE = re.compile(
    r"(?m)^# (\[.*\]|(?:property|value|as_of|source|title|publisher|tier|date|url) = .*)$"
)
"""The lines of the examples, which are to be uncommented."""

SCHEMAS = {"schema", "schema/record.json", "schema/sources.json"}
"""What is put beside for editors."""


def new(folder: Path, *args: str) -> Result:
    return run_command("new", *args, "--data", str(folder))


def findings(folder: Path, code: int = 0) -> list[dict[str, Any]]:
    result = run_command("check", str(folder), "-f", "json", code=code, quiet=False)
    items: list[dict[str, Any]] = result.json["items"]
    return items


def edit(file: Path, pattern: re.Pattern[str], by: str) -> None:
    text, count = pattern.subn(by, file.read_text(encoding="utf-8"))
    assert count, file
    file.write_text(text, encoding="utf-8")


def files_in(folder: Path) -> dict[str, bytes]:
    """All that is below a folder, hidden files included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


# The template ----------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("kind", sample(KINDS, ("process", "text")))
def test_a_template_filled_in_passes_check(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "deep" / "overlay"
    file = folder / KINDS[kind] / "own-record.toml"
    result = new(folder, kind, "own-record")
    assert result.out == f"{file}\n"
    assert result.err.splitlines() == [
        f"also written: {folder / 'sources.toml'}",
        f"fill it in, then run: rcpref check {folder}",
    ]
    own = {KINDS[kind], f"{KINDS[kind]}/own-record.toml", "sources.toml"}
    assert set(files_in(folder)) == {*own, *SCHEMAS}
    for name in ("sources.toml", f"{KINDS[kind]}/own-record.toml"):
        first = (folder / name).read_text(encoding="utf-8").splitlines()[0]
        schema = (folder / name).parent / first.removeprefix("#:schema ")
        assert json.loads(schema.read_text(encoding="utf-8"))["$id"].startswith("urn:rcpref:")
    # As it is, check says what is still to be filled in, and nothing else.
    told = [(item["code"], item["file"], item["key"]) for item in findings(folder, code=3)]
    assert told == [("E109", str(file), "name"), ("E109", str(file), "short_name")]
    edit(file, re.compile(r'(?m)^(name|short_name) = ""$'), r'\1 = "Own Record for Tests"')
    assert findings(folder) == []
    edit(file, EXAMPLE, r"\1")
    (item,) = findings(folder, code=3)
    assert (item["code"], item["key"][:9]) == ("E301", "claim 1 (")
    edit(folder / "sources.toml", EXAMPLE, r"\1")
    assert findings(folder) == []
    shown = run_command("show", "own-record", "--history", "--data", str(folder), "-f", "json").json
    (claim,) = shown["items"][0]["claims"]
    assert claim["source"] == "overlay:my-source"
    assert shown["sources"]["overlay:my-source"]["tier"] == "primary"


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_lists_the_properties_of_its_kind(kind: str) -> None:
    text = run_command("new", kind, "own-record").out
    _, _, rest = text.partition(f"# Properties for the kind {kind}")
    listed = re.findall(r"(?m)^#   (\w+) \((\w+)\) +(.*)$", rest)
    wanted = [each for each in bundled().properties.values() if kind in each.kinds]
    assert listed == [(each.key, each.type, each.definition) for each in wanted]
    _, _, types = rest.partition("# Types:\n")
    explained = re.findall(r"(?m)^#   (\w+) +\S", types)
    assert set(explained) == {each.type for each in wanted}


def test_every_key_of_a_claim_and_of_a_source_is_explained(tmp_path: Path) -> None:
    folder = tmp_path / "overlay"
    new(folder, "process", "colombo-process")
    record, sources = folder / "processes/colombo-process.toml", folder / "sources.toml"
    texts = [file.read_text(encoding="utf-8") for file in (record, sources)]
    # `check` itself tells which keys there are.
    record.write_text(texts[0] + "\n[[claim]]\nnonsense = 1\n", encoding="utf-8")
    sources.write_text(texts[1] + "\n[x]\nnonsense = 1\n", encoding="utf-8")
    remedies = {
        item["file"]: item["remedy"].removeprefix("use one of: ").split(", ")
        for item in findings(folder, code=3)
        if item["code"] == "E104"
    }
    for file, text, of in ((record, texts[0], "claim"), (sources, texts[1], "source")):
        block = text.partition(f"# The keys of a {of}:\n")[2].partition("\n\n")[0]
        assert re.findall(r"(?m)^#   (\w+) +\S", block) == remedies[str(file)]


@pytest.mark.parametrize("kind", sample(KINDS, ("process", "meeting")))
def test_a_template_for_a_record_of_the_data_adds_claims(
    tmp_path: Path, small: Path, kind: str
) -> None:
    record = bundled().of_kind(kind)[0]
    new(tmp_path, kind, record.id)
    file = tmp_path / KINDS[kind] / f"{record.id}.toml"
    text = file.read_text(encoding="utf-8")
    live = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert live == [f'id = "{record.id}"']
    assert record.short_name in text
    assert findings(tmp_path) == []
    for each in (file, tmp_path / "sources.toml"):
        edit(each, EXAMPLE, r"\1")
    assert not [item for item in findings(tmp_path) if item["level"] == "error"]
    found = rows(run_command("diff", str(small), str(tmp_path)).out)
    assert [(row[1], row[2], row[3]) for row in found] == [
        ("added", "source", ""),
        ("added", "claim", record.id),
    ]


def test_without_a_folder_it_is_printed(tmp_path: Path) -> None:
    printed = run_command("new", "process", "own-process")
    assert printed.err == ""
    new(tmp_path, "process", "own-process")
    assert (tmp_path / "processes/own-process.toml").read_text(encoding="utf-8") == printed.out
    assert printed.out == run_command("new", "processes", "own-process").out
    assert printed.out.startswith("#:schema ../schema/record.json\n")
    sources = (tmp_path / "sources.toml").read_text(encoding="utf-8")
    assert sources.startswith("#:schema schema/sources.json\n")
    (item,) = run_command("new", "process", "own-process", "-f", "json").json["items"]
    assert item == {"id": "own-process", "kind": "process", "template": printed.out}
    assert "[[claim]]" in in_terminal("new", "process", "own-process").plain


def test_what_is_printed_of_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "own overlay"
    file = folder / "terms/own-term.toml"
    report = run_command("new", "term", "own-term", "--data", str(folder), "-f", "json")
    assert report.json["items"] == [{"path": str(file), "id": "own-term", "kind": "term"}]
    assert report.err.splitlines()[-1] == f"fill it in, then run: rcpref check '{folder}'"
    screen = in_terminal("new", "term", "other", "--data", str(folder), columns=200)
    assert screen.err == ""
    # The sources are there by now.
    assert screen.plain.splitlines()[:2] == [
        str(folder / "terms/other.toml"),
        f"fill it in, then run: rcpref check '{folder}'",
    ]
    chosen = run_command("new", "term", "third", "--data", str(folder), "--columns", "kind")
    assert rows(chosen.out) == [["term"]]
    assert (folder / "terms/third.toml").is_file()


def test_the_variable_names_the_folder_too(tmp_path: Path) -> None:
    run_command("new", "process", "own-process", env={"RCPREF_DATA": str(tmp_path)})
    assert (tmp_path / "processes/own-process.toml").is_file()


# Wrong usage -----------------------------------------------------------------------------


@pytest.mark.parametrize(("args", "says", "hints"), [
    (("proces", "x"), "'proces'", "did you mean processes?"),
    (("states", "x"), "'states'", "terms"),
    (("", "x"), "''", "processes"),
    (("process", ""), "''", "bali-process"),
    (("process", "Own"), "'Own'", "lower-case"),
    (("process", "own_process"), "'own_process'", "hyphens"),
    (("--", "process", "-own"), "'-own'", "hyphens"),
    (("process", "own-"), "'own-'", "hyphens"),
    (("process", "../own"), "'../own'", "letters"),
    (("process", "a/b"), "'a/b'", "letters"),
    (("process", 'a"\nb = 1'), "", "letters"),
    (("process", "pérou"), "", "letters"),
    (("process", "oas"), "kind body", "rcpref new body oas"),
    (("process",), "ID", "--help"),
    ((), "KIND", "--help"),
    (("process", "x", "--columns", "nonsense"), "nonsense", "path"),
    (("process", "x", "-f", "nonsense"), "nonsense", "--help"),
])  # fmt: skip
def test_wrong_usage_writes_nothing(
    tmp_path: Path, args: tuple[str, ...], says: str, hints: str
) -> None:
    folder = tmp_path / "overlay"
    options = ("--data", str(folder))
    result = refuse("new", *options, *args, codes=(2,))
    assert says in result.err.splitlines()[0]
    assert hints in hint_of(result)
    assert files_in(tmp_path) == {}


def test_an_id_that_the_overlay_has_for_another_kind(tmp_path: Path) -> None:
    new(tmp_path, "process", "own")
    before = files_in(tmp_path)
    result = refuse("new", "body", "own", "--data", str(tmp_path), codes=(2,))
    assert "kind process" in result.err
    assert files_in(tmp_path) == before


# Writing ---------------------------------------------------------------------------------


def test_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("# mine\n", encoding="utf-8")
    new(tmp_path, "process", "own-process")
    file = tmp_path / "processes/own-process.toml"
    file.write_text("# mine, too\n", encoding="utf-8")
    before = files_in(tmp_path)
    assert before["sources.toml"] == b"# mine\n"
    result = refuse("new", "process", "own-process", "--data", str(tmp_path), codes=(3,))
    assert f"{file} exists already" in result.err
    assert files_in(tmp_path) == before


@pytest.mark.process
def test_of_many_at_once_one_writes(tmp_path: Path) -> None:
    folder = tmp_path / "overlay"
    line = [COMMAND, "new", "process", "own-process", "--data", str(folder)]
    runs = [
        subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment())
        for _ in range(4)
    ]
    errors = [run.communicate(timeout=60)[1].decode() for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 3, 3, 3], errors
    own = {"processes", "processes/own-process.toml", "sources.toml"}
    assert set(files_in(folder)) == {*own, *SCHEMAS}
    text = (folder / "processes/own-process.toml").read_text(encoding="utf-8")
    assert text == run_command("new", "process", "own-process").out


def test_a_file_may_be_read_by_those_who_may_read_any_other(tmp_path: Path) -> None:
    new(tmp_path, "process", "own-process")
    plain = tmp_path / "plain"
    plain.write_text("", encoding="utf-8")
    assert (tmp_path / "processes/own-process.toml").stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("linked", ["overlay", "overlay/", "overlay/processes"])
def test_no_link_is_followed(tmp_path: Path, linked: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / linked.rstrip("/")
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere)
    folder = f"{tmp_path}/overlay{'/' if linked.endswith('/') else ''}"
    result = refuse("new", "process", "own-process", "--data", folder, codes=(3,))
    assert "symbolic link" in result.err
    assert files_in(elsewhere) == {}


def test_a_link_in_place_of_a_file_is_left(tmp_path: Path) -> None:
    (tmp_path / "processes").mkdir()
    for name in ("sources.toml", "processes/own-process.toml"):
        (tmp_path / name).symlink_to(tmp_path / "nowhere")
    refuse("new", "process", "own-process", "--data", str(tmp_path), codes=(3,))
    new(tmp_path, "process", "other")
    assert not (tmp_path / "nowhere").exists()


def test_the_bundled_data_are_left_alone(tmp_path: Path) -> None:
    bundled_folder = Path(data_folder())
    (tmp_path / "link").symlink_to(bundled_folder.parent)
    names = [path.name for path in bundled_folder.rglob("*")]
    for folder in (
        str(bundled_folder),
        f"{bundled_folder}/processes",
        f"{bundled_folder}/new/folder",
        f"{bundled_folder}/../{bundled_folder.name}",
        str(tmp_path / "link" / bundled_folder.name),
    ):
        result = refuse("new", "process", "own-process", "--data", folder, codes=(3,))
        assert "is inside the data themselves" in result.err
    assert [path.name for path in bundled_folder.rglob("*")] == names


def test_a_whole_data_set_is_no_overlay(tmp_path: Path) -> None:
    shutil.copy(os.path.join(data_folder(), "dataset.toml"), tmp_path)
    result = refuse("new", "process", "own-process", "--data", str(tmp_path), codes=(3,))
    assert f"is inside a data folder, {tmp_path}" in result.err
    assert set(files_in(tmp_path)) == {"dataset.toml"}


@pytest.mark.parametrize("place", ["file", "file/overlay", "/proc/overlay", "overlay"])
def test_a_place_that_cannot_be_written_to(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay/processes").write_text("", encoding="utf-8")
    before = files_in(tmp_path)
    folder = str(tmp_path / place)
    result = refuse("new", "process", "own-process", "--data", folder, codes=(3,))
    assert "cannot write" in result.err
    assert files_in(tmp_path) == before


def test_after_an_error_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "overlay"
    # A name longer than file systems take: folders are made, the file cannot be.
    result = refuse("new", "process", "a" * 252, "--data", str(folder), codes=(3,))
    assert "cannot write" in result.err
    assert files_in(tmp_path) == {}
    # The record is written, what belongs beside it cannot be.
    with pytest.raises(OutputError):
        add_files(str(folder), {"processes/own.toml": "x"}, {"b" * 300: "y"})
    assert files_in(tmp_path) == {}


@pytest.mark.process
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell that sets limits")
def test_a_full_disk(tmp_path: Path) -> None:
    """No file may grow beyond nothing: the template cannot be written."""
    done = apart(
        ["bash", "-c", 'ulimit -f 0; "$0" new process own-process --data overlay', COMMAND],
        cwd=tmp_path,
        env=environment({"PYTHONDONTWRITEBYTECODE": "1"}),
    )
    assert (done.returncode, done.stdout) == (3, b"")
    assert_complaint(done.stderr.decode())
    assert files_in(tmp_path) == {}
