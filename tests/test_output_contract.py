"""What every command promises about its output, in every format, in pipes and terminals."""

import csv
import io
import json
import re
import shutil
import textwrap
from functools import cache
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

import rcpref
from asking import cited
from conftest import COMMAND, apart, run_command
from helpers import (
    HARMLESS,
    LINK,
    STYLING,
    Screen,
    cases,
    folded,
    in_terminal,
    in_true_terminal,
    output,
    raw,
    rows,
    sample,
    source_conclusions,
    uncut,
)
from rcpref.version import versions

LINES: list[tuple[str, ...]] = [
    ("list",),
    ("list", "processes"),
    ("list", "processes", "--at-lima"),
    ("list", "processes", "--at-lima", "--columns", "name,status,aliases"),
    ("list", "states", "--all"),
    ("list", "sources"),
    ("list", "properties"),
    ("list", "headings"),
    ("show", "almaty-process", "5+5", "oas"),
    ("show", "peru", "--full"),
    ("show", "midsa", "--columns", "property,value,source,note"),
    ("conclusions",),
    ("text",),
    ("text", "lima-2013/theme-2"),
    ("about",),
]


# Tests that take the same line are run one after the other and share what it prints.
@pytest.fixture(scope="module", params=sample(LINES, LINES[::3]), ids=" ".join)
def line(request: pytest.FixtureRequest) -> Any:
    return request.param


def assert_clean(text: str, besides: str = "") -> None:
    """Nothing that a terminal would obey, and a last line that ends."""
    assert text.endswith("\n")
    bad = {c for c in text if not (c.isprintable() or c in HARMLESS or c in besides)}
    assert not bad


# Formats for programs --------------------------------------------------------------


def test_a_pipe_gets_tsv(line: tuple[str, ...]) -> None:
    found = output(*line)
    assert found.err == ""
    assert found == output(*line, "-f", "tsv")
    assert_clean(found.out, "\t")


def test_tsv_has_one_record_a_line_and_as_many_fields_on_each(line: tuple[str, ...]) -> None:
    body = output(*line).out
    assert len({row.count("\t") for row in body.split("\n")[:-1]}) == 1
    header, *rest = output(*line, "--header").out.split("\n")
    assert "\n".join(rest) == body
    assert header.count("\t") == body.split("\n")[0].count("\t")
    assert re.fullmatch(r"[a-z0-9_]+(\t[a-z0-9_]+)*", header)


def test_csv_read_back_has_the_header_and_the_rows_of_tsv(line: tuple[str, ...]) -> None:
    text = output(*line, "-f", "csv").out
    assert_clean(text)
    assert "\r" not in text
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read == rows(output(*line, "--header").out)


def test_a_value_of_two_lines_is_escaped_in_tsv_and_whole_in_csv_and_json() -> None:
    words = "Lima, Peru\nMay 22 and 23, 2013"
    (line,) = output("text", "heading-2").lines
    assert line.endswith("\tLima, Peru\\nMay 22 and 23, 2013")
    read = csv.reader(io.StringIO(output("text", "heading-2", "-f", "csv").out, newline=""))
    assert list(read)[1][3] == words
    assert output("text", "heading-2", "-f", "json").json["items"][0]["text"] == words


def test_the_json_envelope(data: rcpref.Dataset, line: tuple[str, ...]) -> None:
    text = output(*line, "-f", "json").out
    assert_clean(text)
    answer = json.loads(text)
    # What may fit a filter stands beside what does.
    uncertain = ["uncertain"] if "--at-lima" in line else []
    head = ["schema_version", "dataset", "query", "count", "items"]
    assert list(answer) == [*head, *uncertain, "sources"]
    assert answer["schema_version"] == 3
    assert answer["dataset"] == {"version": data.version, "date": data.date, "digest": data.digest}
    assert list(answer["dataset"]) == ["version", "date", "digest"]
    assert answer["query"]["command"] == line[0]
    assert answer["count"] == len(answer["items"]) > 0
    assert all(isinstance(item, dict) for item in answer["items"])
    assert set(answer["sources"]) == cited(answer["items"])
    for key, source in answer["sources"].items():
        assert source == data.document["sources"][key]


def test_json_has_an_item_for_each_row(line: tuple[str, ...]) -> None:
    ids = output(*line).ids
    items = output(*line, "-f", "json").json["items"]
    if line[0] == "show" and "--columns" not in line:
        assert {item["id"] for item in items} <= set(ids)
    elif line[0] != "about":
        assert [next(iter(item.values())) for item in items] == ids


# Markdown --------------------------------------------------------------------------

_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


def test_markdown_tables_have_one_number_of_columns(line: tuple[str, ...]) -> None:
    text = output(*line, "-f", "markdown").out
    assert_clean(text)
    tables = [
        [row for row in part.split("\n") if row]
        for part in text.split("\n\n")
        if part.startswith("|")
    ]
    assert bool(tables) == (line[0] == "list")
    for table in tables:
        assert len({len(_PIPE.findall(row)) for row in table}) == 1
        assert all(row.startswith("| ") and row.endswith(" |") for row in table)
        assert re.fullmatch(r"\| (-{3}:?)( \| -{3}:?)* \|", table[1])
        assert len(table) - 2 == len(output(*line).lines)


def test_markdown_ends_with_the_data_that_answered(
    data: rcpref.Dataset, line: tuple[str, ...]
) -> None:
    lines = output(*line, "-f", "markdown").out.rstrip("\n").split("\n")
    assert_last(data, lines[-1])
    assert lines[-2] == ""


def rendered_cells(text: str) -> list[list[str]]:
    """The tables of a Markdown text, as a renderer understands them."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    found: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and found:
            found[-1].append("".join(child.content for child in token.children or ()))
    return found


@pytest.mark.parametrize("line", [
    ("list", "states", "--all"),
    ("list", "properties"),
    ("list", "documents", "--columns", "name,aliases"),
    ("list", "processes", "--columns", "short_name,name,aliases"),
], ids=" ".join)  # fmt: skip
def test_a_renderer_reads_the_values_back_from_a_markdown_table(line: tuple[str, ...]) -> None:
    keys, *values = rows(output(*line, "--header").out)
    count = len(keys)
    _, *cells = rendered_cells(output(*line, "-f", "markdown").out)
    # The order of columns for people may differ from that for programs.
    for row, shown in zip(values, cells[: len(values)], strict=True):
        assert sorted(map(folded, shown[:count])) == sorted(map(folded, row))


# Encodings -------------------------------------------------------------------------

SIGNS = ("show", "--full", "almaty-process", "5+5", "abu-dhabi-dialogue", "league-of-arab-states")


@pytest.mark.process
@pytest.mark.parametrize("format", sample(["table", "tsv", "json"], ["table"]))
def test_a_pipe_is_utf_8_whatever_the_locale(format: str) -> None:
    expected = output(*SIGNS, "-f", format).out
    assert "\u2013" in expected
    locale = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    found = raw(*SIGNS, "-f", format, env=locale)
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode() == expected


@pytest.mark.process
@pytest.mark.parametrize(
    "encoding", sample(["ascii", "cp1252", "utf-16", "shift_jis"], ["ascii", "utf-16"])
)
def test_json_loses_nothing_in_any_encoding(encoding: str) -> None:
    found = raw(*SIGNS, "-f", "json", env={"PYTHONIOENCODING": encoding})
    assert (found.returncode, found.stderr) == (0, b"")
    text = found.stdout.decode(encoding)
    assert json.loads(text) == output(*SIGNS, "-f", "json").json
    if encoding == "ascii":
        assert "\\u2013" in text


@pytest.mark.process
@pytest.mark.parametrize(("format", "encoding"), [
    ("table", "ascii"),
    pytest.param("table", "latin-1", marks=pytest.mark.wide),
    pytest.param("table", "utf-16", marks=pytest.mark.wide),
    ("tsv", "ascii"),
    pytest.param("markdown", "utf-16", marks=pytest.mark.wide),
])  # fmt: skip
def test_text_is_written_in_any_encoding(encoding: str, format: str) -> None:
    line = (*SIGNS, "-f", format)
    found = raw(*line, env={"PYTHONIOENCODING": encoding})
    assert (found.returncode, found.stderr) == (0, b"")
    text = found.stdout.decode(encoding)
    expected = output(*line).out
    for sign in "\n\t|#":
        assert text.count(sign) == expected.count(sign)
    if format == "tsv":
        assert rows(text) == rows(expected)


@pytest.mark.process
@pytest.mark.wide
def test_an_error_is_written_in_any_encoding() -> None:
    for encoding in ("ascii", "latin-1", "cp1252", "utf-16"):
        found = raw("show", "\u010cesk\u00e1 \u2013 zzqqxx", env={"PYTHONIOENCODING": encoding})
        assert found.returncode == 1
        text = found.stderr.decode(encoding)
        assert text.startswith("rcpref: error: no record or State named")
        assert "zzqqxx" in text


@pytest.mark.process
def test_an_encoding_with_a_way_of_handling_errors() -> None:
    for setting in ("ascii:strict", "ascii:replace", ":strict", "ascii:backslashreplace"):
        found = raw("text", "-f", "json", env={"PYTHONIOENCODING": setting})
        assert (found.returncode, found.stderr) == (0, b"")
        assert json.loads(found.stdout.decode("utf-8")) == output("text", "-f", "json").json


# Colour ----------------------------------------------------------------------------

TABLE = ("list", "processes", "--at-lima", "-f", "table")

COLOR_RULES: list[tuple[str, dict[str, str], bool]] = [
    ("auto", {}, False), ("auto", {"FORCE_COLOR": "1"}, True), ("always", {"NO_COLOR": "1"}, True),
    ("never", {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
]  # fmt: skip
"""One of each way in which it is decided; tests/test_output_units.py has all of them."""


@pytest.mark.parametrize(("choice", "env", "colored"), COLOR_RULES, ids=str)
def test_colour_in_a_pipe(choice: str, env: dict[str, str], colored: bool) -> None:
    found = run_command(*TABLE, "--color", choice, env=env).out
    assert ("\x1b" in found) == colored
    plain = STYLING.sub("", found)
    assert "\x1b" not in plain
    assert stripped(plain) == stripped(output(*TABLE).out)


def stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


@pytest.mark.parametrize("columns", ["40", "160"])
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_colour_changes_no_letter_and_no_line(columns: str, term: str) -> None:
    for line in (TABLE, ("show", "midsa", "-f", "table")):
        env = {"COLUMNS": columns, "TERM": term}
        colored = run_command(*line, "--color", "always", env=env).out
        plain = run_command(*line, "--color", "never", env=env).out
        assert "\x1b[" in colored
        assert stripped(STYLING.sub("", colored)) == stripped(plain)


def test_colour_never_decides_the_format() -> None:
    line = ("list", "processes", "--at-lima")
    assert run_command(*line, "--color", "always") == output(*line)
    for env in ({"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}):
        assert run_command(*line, env=env) == output(*line)
    for format in ("tsv", "csv", "json", "markdown"):
        found = run_command(*line, "-f", format, "--color", "always", env={"FORCE_COLOR": "1"})
        assert found == output(*line, "-f", format)


# Terminals -------------------------------------------------------------------------

SCREENS: list[tuple[str, ...]] = [
    ("list",),
    ("list", "processes"),
    ("list", "processes", "--at-lima"),
    ("list", "properties"),
    ("list", "conclusions"),
    ("show", "midsa", "--full"),
    ("show", "peru", "--full"),
    ("conclusions",),
    ("text",),
    ("text", "lima-2013/paragraph-2"),
    ("about",),
]


@pytest.fixture(scope="module", params=sample(SCREENS, SCREENS[1::3]), ids=" ".join)
def screen_line(request: pytest.FixtureRequest) -> Any:
    return request.param


@cache
def roomy(line: tuple[str, ...]) -> frozenset[str]:
    """The words of an answer that has all the room it wants."""
    table = run_command(*line, "-f", "table", env={"COLUMNS": "1000"}).out
    return uncut(table, output(*line, "-f", "markdown").out)


def assert_last(data: rcpref.Dataset, line: str) -> None:
    """The quiet line: versions of program and data, and the digest of the data."""
    assert versions(data.version, data.date) in line
    assert f"sha256 {data.digest[:12]}" in line


def assert_whole_words(line: tuple[str, ...], text: str, columns: int) -> None:
    """No word is cut: each is a word of the same answer with all the room it wants.

    A word that is nearly as long as the terminal is wide (an address, a digest) may go
    over to the next line.
    """
    there = roomy(line)
    long = [word for word in there if cell_len(word) > columns * 0.55]
    for word in text.split():
        known = word in there or word.removesuffix(":") in there or set(word) == {"\u2500"}
        assert known or any(word in each for each in long), (word, columns)


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_gets_a_table_that_fits(
    data: rcpref.Dataset, screen_line: tuple[str, ...], columns: int
) -> None:
    screen = in_terminal(*screen_line, columns=columns)
    assert (screen.code, screen.err) == (0, "")
    assert "\t" not in screen.text
    assert_clean(screen.plain)
    lines = screen.plain.split("\n")
    # An address that is longer than a line stands alone on it.
    assert all(cell_len(each) <= columns or re.fullmatch(r"https?://\S+", each) for each in lines)
    assert_whole_words(screen_line, screen.plain, columns)
    assert_last(data, folded(" ".join(lines[-4:])))


@pytest.mark.parametrize("columns", [40, 80, 160])
@pytest.mark.parametrize("kind", ["processes", "bodies"])
def test_the_short_name_comes_first_and_whole(kind: str, columns: int) -> None:
    for line in (("list", kind, "--at-lima"), ("list", kind)):
        # On a narrow terminal half of it is for the short name; a longer one goes on below.
        names = [textwrap.wrap(row[1], columns // 2)[0] for row in rows(output(*line).out)]
        lines = in_terminal(*line, columns=columns).plain.split("\n")
        # What a line of the table continues is set in from the margin.
        starts = [each for each in lines if any(each.startswith(name) for name in names)]
        assert len(starts) == len(names)
        assert all(start.startswith(name) for start, name in zip(starts, names, strict=True))


def test_the_official_name_where_there_is_room() -> None:
    names = [row[3] for row in rows(output("list", "bodies", "--at-lima").out)]
    wide = in_terminal("list", "bodies", "--at-lima", columns=160).plain
    for name in names:
        assert name in wide
    assert "andean-community" in wide
    for columns in (80, 160):
        shown = folded(in_terminal("list", "bodies", columns=columns).plain)
        for name in names:
            assert name in shown


def styled(screen: Screen, words: str) -> str:
    """The style right before words on a screen."""
    match = re.search(r"((?:\x1b\[[0-9;]*m)*)" + re.escape(words), screen.text)
    assert match
    return match[1]


def test_the_last_line_is_one_quiet_line() -> None:
    screen = in_terminal("list", "bodies")
    assert "\x1b[2m" in styled(screen, "rcpref ")
    assert screen.plain.endswith("\n")
    *_, before, last, end = screen.plain.split("\n")
    assert (before, end) == ("", "")
    assert last.startswith("rcpref ")
    assert screen.plain.count("sha256 ") == 1


@pytest.mark.parametrize(("args", "env", "colored"), [
    ((), {}, True),
    ((), {"NO_COLOR": "1"}, False),
    (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    (("--color", "always"), {"TERM": "dumb"}, True),
], ids=str)  # fmt: skip
def test_colour_on_a_terminal(args: tuple[str, ...], env: dict[str, str], colored: bool) -> None:
    screen = in_terminal("list", "processes", "--at-lima", *args, columns=100, env=env)
    assert screen.code == 0
    assert ("\x1b" in screen.text) == colored
    assert stripped(screen.plain) == stripped(output(*TABLE).out)


def test_a_named_format_is_kept_on_a_terminal() -> None:
    for format in ("tsv", "csv", "json", "markdown"):
        screen = in_terminal("list", "bodies", "-f", format, env={"FORCE_COLOR": "1"})
        assert screen.text == output("list", "bodies", "-f", format).out


def test_links_only_with_colour() -> None:
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        screen = in_terminal("show", "bali-process", "lima-2013", env=env)
        assert "\x1b" not in screen.text
    screen = in_terminal("show", "bali-process", "lima-2013")
    for link in LINK.findall(screen.text):
        assert re.match(r"\x1b\]8;[^;]*;(https?://[!-~]+)?\x1b\\", link)


def test_errors_on_a_terminal_are_no_different() -> None:
    screen = in_terminal("show", "bali-proces")
    assert screen.code == 1
    assert screen.text == ""
    assert screen.err.startswith("rcpref: error: ")
    assert "\x1b" not in screen.err


@pytest.mark.process
def test_a_terminal_that_knows_ascii_alone() -> None:
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    screen = in_true_terminal("text", env=env)
    assert screen.code == 0
    assert screen.text.isascii()
    assert "22 \\u2013 23 May 2013" in folded(screen.plain)


@pytest.mark.parametrize(
    "columns", ["0", "1", "2", "7", "abc", "100000", "-80", "\u0664"], ids=ascii
)
def test_any_number_of_columns_works(columns: str) -> None:
    found = run_command("conclusions", "-f", "table", env={"COLUMNS": columns})
    assert found.err == ""
    assert_clean(found.out)
    letters = "".join(found.out.split())
    for words in source_conclusions():
        assert "".join(words.split()) in letters


@pytest.mark.process
@pytest.mark.parametrize("columns", sample(["0", "abc"], ["0"]))
def test_a_senseless_number_of_columns_counts_as_none(columns: str) -> None:
    assert run_command(*TABLE, env={"COLUMNS": columns}) == output(*TABLE)
    line = ("list", "processes", "--at-lima")
    wide = in_true_terminal(*line, columns=120, env={"COLUMNS": columns})
    assert wide.text == in_true_terminal(*line, columns=120).text


@pytest.mark.process
def test_the_variable_goes_before_the_terminal() -> None:
    screen = in_true_terminal("conclusions", columns=160, env={"COLUMNS": "50"})
    longest = max(map(cell_len, screen.plain.split("\n")))
    assert 40 < longest <= 50


# Pipes -----------------------------------------------------------------------------


@pytest.mark.process
@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize(("pipeline", "says"), cases({
    "15": ["{} list processes --at-lima | cut -f1 | wc -l"],
    "5": ["{} conclusions | wc -l"],
    "5-plus-5-dialogue": ["{} list processes --at-lima | head -n 1 | cut -f1"],
}))  # fmt: skip
def test_in_a_pipeline(pipeline: str, says: str) -> None:
    done = apart(["sh", "-c", pipeline.format(f"'{COMMAND}'")])
    assert done.stdout.decode().strip() == says
    assert done.stderr == b""
