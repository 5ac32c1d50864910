"""`--data FILE.json`: an exported data set answers in place of the bundled one, and says so."""

import json
from pathlib import Path

import pytest

import rcpref
from asking import bundled
from conftest import run_command
from helpers import assert_complaint, hint_of, sample

SAYS = "nswers from {}, not from the bundled data"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An older data set, in which one claim is another than in the bundled one."""
    path = tmp_path_factory.mktemp("older") / "older.json"
    run_command("export", str(path))
    whole = json.loads(path.read_bytes())
    whole["dataset"]["version"] = "0.9.0"
    claims = whole["records"]["igad"]["claims"]
    joined = next(each for each in claims if each["value"] == ["ERI"])
    joined["value"] = ["MLI"]
    del whole["digest"]
    path.write_text(json.dumps(whole), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("form", sample(["table", "markdown", "html"], ["table"]))
def test_people_read_it_above_all_else(form: str, file: str) -> None:
    if form == "html":
        out = run_command("show", "igad", "--data", file, "-f", form).out
    else:
        out = run_command("members", "igad", "--data", file, "-f", form, "--width", "400").out
        assert SAYS.format(Path(file).name)[:12] in out.splitlines()[0]
    assert "not from the bundled data" in " ".join(out.split()) and "0.9.0" in out


@pytest.mark.parametrize("form", sample(["tsv", "csv", "json"], ["tsv"]))
def test_programs_have_it_on_standard_error(form: str, file: str) -> None:
    result = run_command("members", "igad", "--data", file, "-f", form)
    assert f"a{SAYS.format(file)}" in result.err.splitlines()
    assert "bundled data" not in result.out


def test_json_has_the_file_and_its_digest(file: str) -> None:
    whole = run_command("members", "igad", "--data", file, "-f", "json").json
    assert whole["dataset"] == {
        "version": "0.9.0",
        "date": bundled().date,
        "digest": rcpref.load(file).digest,
        "file": file,
    }
    assert "file" not in run_command("members", "igad", "-f", "json").json["dataset"]


LINES = (
    "members igad --as-of 1995", "state kenya", "member kenya igad", "search igad",
    "timeline igad", "list sources igad", "matrix --as-of 2013", "cite igad", "map igad", "about",
)  # fmt: skip


@pytest.mark.parametrize("line", sample(LINES, ["about"]))
def test_it_answers_as_the_file_says(line: str, file: str) -> None:
    result = run_command(*line.split(), "--data", file)
    assert SAYS.format(file)[1:] in result.err
    assert run_command("--data", file, *line.split()) == result


def test_the_answer_is_that_of_the_api(file: str) -> None:
    out = run_command("members", "igad", "--data", file, "--as-of", "1995").out
    codes = [line.split("\t")[0] for line in out.splitlines()]
    assert codes == sorted(rcpref.load(file).members("igad", as_of="1995"))
    assert codes != sorted(bundled().members("igad", as_of="1995"))


def test_what_goes_to_standard_output_whole_says_it_too(file: str) -> None:
    result = run_command("export", "-", "--data", file)
    assert json.loads(result.out)["dataset"]["version"] == "0.9.0"
    assert SAYS.format(file)[1:] in result.err
    assert SAYS.format(file)[1:] in run_command("map", "igad", "-o", "-", "--data", file).err


def test_a_comparison_takes_it(file: str, tmp_path: Path) -> None:
    now = tmp_path / "now.json"
    run_command("export", str(now))
    result = run_command("diff", str(now), "--data", file, "-f", "json", code=1, quiet=False)
    assert result.json["dataset"]["file"] == file and result.json["count"]


@pytest.mark.parametrize(
    "args",
    [
        ("members", "igad", "--data", "{}", "--data", "folder"),
        ("members", "igad", "--data", "folder", "--data={}"),
        ("--data", "{}", "members", "igad", "--data", "{}"),
    ],
)
def test_one_alone_can_answer(args: tuple[str, ...], file: str) -> None:
    result = run_command(*(each.format(file) for each in args), code=2)
    assert_complaint(result.err)
    assert "only one --data can answer" in result.err


@pytest.mark.parametrize(("change", "words"), [
    ({"schema_version": 99}, "reads forms 2 and 3"),
    ({"digest": "0" * 64}, "digest: is not the digest"),
    ({"name": "x"}, "name: is not a known key"),
], ids=str)  # fmt: skip
def test_what_is_no_data_set_is_one_line_with_its_place(
    change: dict[str, object], words: str, file: str, tmp_path: Path
) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps(json.loads(Path(file).read_bytes()) | change), encoding="utf-8")
    result = run_command("members", "igad", "--data", str(path), code=3)
    assert_complaint(result.err)
    assert str(path) in result.err and words in result.err and hint_of(result)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    result = run_command("igad", "--data", str(path), code=3)
    assert_complaint(result.err)
    assert f"{path}: cannot be read" in result.err and "rcpref export" in hint_of(result)
