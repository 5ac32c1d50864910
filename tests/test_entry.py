"""The entry: names without a command, words without quotes, options before the command.

Which line means which other, and which is refused: `alike.txt` and `refused.txt`.
"""

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import rcpref
from conftest import COMMAND, Result, apart, environment, run_command, run_inside
from helpers import hint_of, output, prose, refuse, rows, write_files
from rcpref.answers.names import find_any, names_among
from rcpref.cli.commands import COMMANDS, PANELS
from rcpref.cli.entry import GONE, completed
from rcpref.cli.group import loaded
from rcpref.cli.names import ANY, STATES, names_of
from rcpref.cli.options import SHARED, VALUED
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS


def fed(content: str | bytes, *args: str) -> Result:
    """Run the command with something on its standard input."""
    stdin = content.encode() if isinstance(content, str) else content
    return run_inside(args, environment(), stdin=stdin)


# The entry, and its help ---------------------------------------------------------------


def test_json_says_what_is_not_known() -> None:
    nothing = run_command("show", "igc", "nowhere", "-f", "json", code=1, quiet=False).json
    assert nothing["query"] == {"command": "show"}
    assert nothing["count"] == 0
    assert "'nowhere'" in nothing["message"]
    assert refuse("membrs", "igc", "-f", "json", codes=[2])


def test_the_first_screen_has_counts_and_lines_that_work() -> None:
    first = output().out
    processes = len(output("list", "processes").lines)
    assert f"{processes} processes" in first
    lines = re.findall(r"^  (rcpref .*?)  ", first, re.M)
    assert len(lines) > 5
    assert max(map(len, first.splitlines()[2:])) <= 80
    for line in lines:
        if "export" not in line:
            assert output(*shlex.split(line)[1:]).out


def test_the_help_lists_every_command_in_its_panel() -> None:
    page = output("--help").out
    for panel, lines in PANELS.items():
        assert f" {panel} " in page
        for name, words in lines.items():
            assert re.search(rf"^. {name} +{re.escape(words)}", page, re.M), name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_its_options_and_examples(name: str) -> None:
    page = run_command(name, "--help", env={"COLUMNS": "120"}).out
    module = import_module(f"rcpref.cli.{name}")
    for line in module.EXAMPLES:
        assert f" {line} " in page or f" {line}\n" in page
    for option in ("--format", "--columns", "--width", "--data", "--help"):
        assert f" {option} " in page
    assert page.isascii() or set(page) - set("╭─╮│╰╯") <= set(map(chr, range(128)))


@pytest.mark.parametrize("name", COMMANDS)
def test_no_words_of_a_help_are_taken_for_markup_of_rich(name: str) -> None:
    command = loaded(name)
    for text in (command.help, command.epilog, *(each.help for each in command.params)):
        assert not re.search(r"\[[a-z#/@]", text or ""), text


@pytest.mark.process
def test_help_without_docstrings_and_in_any_encoding() -> None:
    for env in ({"PYTHONOPTIMIZE": "2"}, {"PYTHONIOENCODING": "ascii"}, {"COLUMNS": "50"}):
        for args in (["--help"], ["members", "--help"]):
            done = apart([COMMAND, *args], env=environment(env), text=True, check=True)
            assert done.stderr == ""
            assert "List" in done.stdout


def test_options_with_a_value_are_known(data: rcpref.Dataset) -> None:
    """What is before the command is told from the command by them."""
    takes_value = {
        name
        for each in loaded("about").params
        if each.name in SHARED and not each.is_flag
        for name in each.opts
    }
    assert takes_value == set(VALUED)


@pytest.mark.parametrize(("typed", "line"), [
    ("bali", "show bali"),
    ("-f json bali", "-f json show bali"),
    ("-f=json -- bali", "-f=json show -- bali"),
    ("--data x members igc", "--data x members igc"),
    ("-", "show -"),
    ("help", "--help"),
    ("help members", "members --help"),
    ("--color always help list", "--color always list --help"),
    ("-V", "-V"),
    ("", ""),
])  # fmt: skip
def test_the_line_with_its_command(typed: str, line: str) -> None:
    assert completed(typed.split())[0] == line.split()


@pytest.mark.parametrize(("typed", "hint"), [
    ("chart overlap", "rcpref export atlas.html"),
    ("which lima", "rcpref search lima"),
    ("which", "rcpref search NAME"),
    ("new process my-process", "docs/overlay.md ..."),
    ("help schema", "docs/data-model.md ..."),
])  # fmt: skip
def test_what_took_the_place_of_a_command(
    monkeypatch: pytest.MonkeyPatch, typed: str, hint: str
) -> None:
    monkeypatch.setattr("rcpref.cli.entry.COMMANDS", {"list": ""})
    with pytest.raises(UsageProblem, match="no such command") as caught:
        completed(typed.split())
    assert caught.value.hint == hint or caught.value.hint.startswith(hint.rstrip("."))


def test_what_took_the_place_of_an_option() -> None:
    for option in ("--status", "--excel", "--to"):
        done = refuse("about", option, codes=[2])
        assert f"no such option: {option}" in done.err
        assert hint_of(done) == GONE[option]


def test_only_public_names_of_typer_are_used() -> None:
    for path in Path(rcpref.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for trick in (r"typer\S*\._", r"typer\S* import _", r"os\._exit", r"sys\.modules\["):
            assert not re.search(trick, text), f"{path}: {trick}"


# Options before the command -------------------------------------------------------------


def test_an_overlay_is_named_before_the_command(tmp_path: Path) -> None:
    record = 'id = "odd-process"\nkind = "process"\nname = "The odd one"\nshort_name = "Odd"\n'
    folder = str(write_files(tmp_path, {"processes/odd-process.toml": record}))
    for line in (["show", "odd one"], ["odd", "one"], ["odd-process"]):
        assert "odd-process" in run_command("--data", folder, *line).ids


@pytest.mark.parametrize("line", [
    ["-f", "bogus"],
    ["--format="],
    ["--color", "x"],
    ["--width", "3"],
    ["--width", "x"],
], ids=" ".join)  # fmt: skip
def test_a_wrong_option_without_a_command(line: list[str]) -> None:
    alone, with_command = (refuse(*line, *more) for more in ([], ["list", "processes"]))
    assert alone == with_command


# Names of several words -----------------------------------------------------------------


def test_ids_are_left_as_they_are(data: rcpref.Dataset) -> None:
    """What a command lists can be given to another, in any order."""
    assert names_of(data, ["CYP", "RUS"], ANY) == ["CYP", "RUS"]
    assert names_of(data, ["igad", "rcp", "sacm"], ANY) == ["igad", "rcp", "sacm"]
    assert names_of(data, list(data.records), ANY) == list(data.records)
    assert names_of(data, list(data.countries), STATES) == list(data.countries)


@pytest.mark.parametrize("words", ["IGAD RCP", "igad rcp", "Igad rcp", "comesa rcp", "COMESA RCP"])
def test_ids_that_together_are_one_name_are_that(data: rcpref.Dataset, words: str) -> None:
    assert names_of(data, words.split(), ANY) == [words]


def every_name(data: rcpref.Dataset) -> Iterator[str]:
    for raw in (*data.document["records"].values(), *data.document["countries"].values()):
        names = [raw["name"], raw.get("short_name", ""), raw.get("official_name", "")]
        yield from (name for name in (*names, *raw.get("aliases", ())) if name)


def test_every_name_of_the_data_means_the_same_without_quotes(data: rcpref.Dataset) -> None:
    names = {name for name in every_name(data) if len(name.split()) > 1}
    assert len(names) > 300
    for name in names:
        assert names_of(data, name.split(), ANY) == [" ".join(name.split())], name


def test_names_of_records_in_a_row_are_told_apart(data: rcpref.Dataset) -> None:
    records = [record for record in data if record.kind in MEMBER_KINDS]
    words = [word for record in records for word in record.short_name.split()]
    found = names_of(data, words, ANY)
    assert [find_any(data, name) for name in found] == records


TOY = {
    "a": "1",
    "b": "2",
    "a b": "3",
    "b c": "4",
    "c": "5",
    "d": "1",
    "d e": "1",
    "e f": "2",
    "f": "2",
}


def toy(name: str) -> frozenset[str]:
    return frozenset(TOY.get(name, ""))


@pytest.mark.parametrize(("words", "names"), [
    ("a b", ["a b"]),
    ("a a b", ["a", "a b"]),
    ("b a", ["b", "a"]),
    ("d e f", ["d e", "f"]),
    ("x", ["x"]),
    ("x y", ["x y"]),
    ("a x y b", ["a", "x y"]),
    ("x a b", ["x"]),
    ("a b x", ["a b", "x"]),
])  # fmt: skip
def test_the_fewest_names_else_what_is_none(words: str, names: list[str]) -> None:
    assert names_among(words.split(), toy) == names


def test_several_ways_are_an_error_that_names_them() -> None:
    with pytest.raises(UsageProblem) as caught:
        names_among(["a", "b", "c"], toy)
    assert str(caught.value) == "'a b c' can be read as 'a b' and 'c' or as 'a' and 'b c'"
    assert "quotation marks" in caught.value.hint


def test_several_ways_on_the_command_line(tmp_path: Path) -> None:
    files = {
        f"processes/odd-{number}.toml": f'id = "odd-{number}"\nkind = "process"\n'
        f'name = "{name}"\nshort_name = "{name}"\n'
        for number, name in enumerate(("Upper Middle", "Lower", "Upper", "Middle Lower"))
    }
    folder = str(write_files(tmp_path, files))
    done = refuse("show", "upper", "middle", "lower", "--data", folder, codes=[2])
    assert "'upper middle' and 'lower' or as 'upper' and 'middle lower'" in done.err
    assert run_command("show", "upper middle", "lower", "--data", folder).out


def test_many_words_are_read_in_a_breath(data: rcpref.Dataset) -> None:
    """It would never end if all the ways to read them were tried."""
    words = ["Bali", "Process", "South", "Africa"]
    assert names_of(data, words * 10, ANY) == ["Bali Process", "South Africa"] * 10
    with pytest.raises(UsageProblem, match="501 words are too many"):
        names_of(data, [*words * 125, "igc"], ANY)


# Several names --------------------------------------------------------------------------


def test_members_of_several_stand_one_after_the_other() -> None:
    one, other = output("members", "igc"), output("members", "sacm")
    both = output("members", "igc", "sacm")
    assert rows(both.out) == [
        *(["igc", *row] for row in rows(one.out)),
        *(["sacm", *row] for row in rows(other.out)),
    ]
    header = output("members", "igc", "sacm", "--header").lines[0]
    assert header.split("\t")[:3] == ["asked", "id", "name"]


def test_json_of_several_says_for_which_each_item_is() -> None:
    report = output("state", "Peru", "South", "Africa", "-f", "json").json
    assert report["query"]["states"] == ["PER", "ZAF"]
    assert "state" not in report["query"]
    for code in ("PER", "ZAF"):
        alone = output("state", code, "-f", "json").json["items"]
        found = [dict(item) for item in report["items"] if item["asked"] == code]
        assert [item.pop("asked") for item in found] == [code] * len(alone)
        assert found == alone


def test_columns_of_several() -> None:
    done = output("members", "igc", "sacm", "--columns", "asked,name", "-f", "csv")
    assert done.lines[0] == "asked,name"
    assert "igc,Australia" in done.lines
    text = prose("members", "igc", "sacm", "--columns", "name")
    assert "Australia" in text
    assert "Basis" not in text


def test_people_read_of_each_in_turn() -> None:
    text = prose("members", "igc", "sacm")
    assert text.index("Members of IGC") < text.index("Members of SACM")
    assert "Sources" in text


def test_notices_say_of_which_they_speak() -> None:
    done = output("members", "bali-process", "igc", "--as-of", "2013-05")
    alone = output("members", "bali-process", "--as-of", "2013-05")
    assert f"bali-process: {alone.err}" in done.err


def test_one_of_several_without_an_answer_is_named() -> None:
    done = output("members", "commit-process", "colombo-process", "--observers")
    assert {row[0] for row in rows(done.out)} == {"colombo-process"}
    assert "no observers of" in done.err


# Names from standard input --------------------------------------------------------------


def test_names_from_standard_input() -> None:
    assert fed("Kenya\nPeru\n", "state", "-") == output("state", "Kenya", "Peru")
    assert fed("Bali Process\r\n\n  igc", "members", "-") == output(
        *("members", "bali-process", "igc")
    )
    assert fed("igc\n", "-") == output("show", "igc")
    assert fed("\ufeffigc\n", "show", "-") == output("show", "igc")
    assert fed("lima-2013/conclusion-5\nBali Process\n", "cite", "-") == output(
        *("cite", "lima-2013/conclusion-5", "bali-process")
    )
    assert fed("5+5\n", "timeline", "-") == output("timeline", "5+5")


def test_the_first_column_of_a_list_is_a_name() -> None:
    listed = output("list", "processes", "--at-lima")
    done = fed(listed.out, "show", "-", "-p", "status")
    assert done.ids == output("show", *listed.ids, "-p", "status").ids


@pytest.mark.parametrize(("content", "message", "code"), [
    ("", "there is no name on standard input", 2),
    ("\n \n\t\n", "there is no name on standard input", 2),
    (b"igc\n\xff\xfe\n", "standard input, line 2: it is not UTF-8", 2),
    ("igc\n" * 300_000, "standard input is too long for names", 2),
    ("igc\nnowhere\n", "no record or State named 'nowhere'", 1),
    ("\x1b[31m\n", "no record or State named", 1),
], ids=["empty", "blank", "no text", "too long", "unknown", "control"])  # fmt: skip
def test_what_standard_input_must_not_be(content: str | bytes, message: str, code: int) -> None:
    done = fed(content, "show", "-")
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert "\x1b" not in done.err


@pytest.mark.process
def test_a_closed_standard_input() -> None:
    done = apart(["sh", "-c", f"'{COMMAND}' show - <&-"], text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("rcpref: error: there is no name on standard input\n")
