"""`rcpref conclusions`, `text` and `about`, the version and the help, through the command."""

import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import pytest

import rcpref
from conftest import run_command
from helpers import bare, folded, output, raw, rows, sample, source_conclusions, source_text
from rcpref.cli.commands import COMMANDS

SUMMARY = "lima-2013-chairs-summary"
REFS = [
    *(f"lima-2013/heading-{n}" for n in range(1, 4)),
    *(f"lima-2013/paragraph-{n}" for n in range(1, 12)),
    *(f"lima-2013/footnote-{n}" for n in range(1, 3)),
    *(f"lima-2013/theme-{n}" for n in range(1, 5)),
    *(f"lima-2013/key-point-{n}" for n in range(1, 7)),
    *(f"lima-2013/conclusion-{n}" for n in range(1, 6)),
    "lima-2013/signature-1",
]


# Conclusions -----------------------------------------------------------------------


def test_the_conclusions_word_for_word() -> None:
    words = source_conclusions()
    assert len(words) == 5
    assert rows(output("conclusions").out) == [
        [f"lima-2013/conclusion-{n}", "conclusion", str(n), text] for n, text in enumerate(words, 1)
    ]


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_the_conclusions_as_people_read_them(columns: str) -> None:
    found = run_command("conclusions", "-f", "table", env={"COLUMNS": columns}).out
    read = folded(found)
    for number, words in enumerate(source_conclusions(), 1):
        assert f"{number}) {words}" in read
        assert re.search(rf"^{number}\) \S", found, re.MULTILINE)
    assert "Conclusions of the Fourth Global Meeting of RCP Chairs and Secretariats" in read
    assert "(lima-2013-chairs-summary)" in found
    assert read.index("Source:") > read.index(folded(source_conclusions()[4]))


def test_the_conclusions_in_markdown() -> None:
    lines = output("conclusions", "-f", "markdown").lines
    plain = [re.sub(r"\\([^\w\s])", r"\1", line).replace("**", "") for line in lines]
    for number, words in enumerate(source_conclusions(), 1):
        assert f"{number}) {words}" in plain


def test_a_conclusion_in_json_is_one_line_without_markup() -> None:
    answer = output("conclusions", "4", "-f", "json").json
    (item,) = answer["items"]
    assert item["text"] == source_conclusions()[3]
    assert not re.search(r"[\n\r\t*_\[\]<>`]", item["text"])
    assert item["ref"] == "lima-2013/conclusion-4"
    assert (item["kind"], item["number"], item["source"]) == ("conclusion", 4, SUMMARY)
    assert list(answer["sources"]) == [SUMMARY]
    assert answer["sources"][SUMMARY]["tier"] == "primary"


@pytest.mark.parametrize(
    ("numbers", "found"),
    [(["4"], [4]), (["3", "5"], [3, 5]), (["5", "3"], [3, 5]), (["2", "2"], [2]), (["01"], [1])],
)
def test_conclusions_by_number(numbers: list[str], found: list[int]) -> None:
    words = source_conclusions()
    shown = rows(output("conclusions", *numbers).out)
    assert [row[3] for row in shown] == [words[number - 1] for number in found]


@pytest.mark.parametrize(
    "words",
    ["evidence", "EVIDENCE", "migrants", "rcps irfs", "human rights", "inter-regional", "deepen"],
)
def test_search_finds_the_conclusions_with_all_words(words: str) -> None:
    asked = bare(words).split()
    expected = [
        f"lima-2013/conclusion-{number}"
        for number, text in enumerate(source_conclusions(), 1)
        if all(any(word.startswith(key) for word in bare(text).split()) for key in asked)
    ]
    assert expected
    assert output("conclusions", "--search", words).ids == expected


def test_search_takes_accents_spelling_and_numbers() -> None:
    assert output("conclusions", "--search", "\u00e9vidence").ids == ["lima-2013/conclusion-5"]
    assert output("conclusions", "4", "5", "--search", "evidence").ids == ["lima-2013/conclusion-5"]


def test_a_search_marks_the_words_and_changes_none() -> None:
    found = run_command("conclusions", "--search", "evidence", "-f", "table", "--color", "always")
    assert re.search(r"\x1b\[[0-9;]*m[ ]?evidence\x1b\[0m", found.out)
    plain = folded(re.sub(r"\x1b\[[0-9;]*m", "", found.out))
    assert f"5) {source_conclusions()[4]}" in plain


# Texts -----------------------------------------------------------------------------


def squeezed(text: str) -> str:
    """Text without white space, asterisks and footnote marks."""
    return re.sub(r"[\s*\u00b9\u00b2]", "", text)


def test_the_whole_text_is_the_source_word_for_word() -> None:
    shown = rows(output("text").out)
    assert [row[0] for row in shown] == [
        row[0] for row in shown if row[0] in REFS and "/theme-" not in row[0]
    ]
    assert len(shown) == len(REFS) - 4
    # The footnotes cut paragraph 4 in two; here they stand behind it.
    source = source_text()
    notes = re.findall(r"^[\u00b9\u00b2] .*$", source, re.MULTILINE)
    assert len(notes) == 2
    for note in notes:
        source = source.replace(note, "")
    source = re.sub(r"^- (\d\) )?", "", source, flags=re.MULTILINE)
    flow = "".join(row[3] for row in shown if row[1] != "footnote")
    assert squeezed(flow) == squeezed(source)
    footnotes = [row[3] for row in shown if row[1] == "footnote"]
    assert [squeezed(text) for text in footnotes] == [squeezed(note) for note in notes]


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_the_whole_text_as_people_read_it(columns: str) -> None:
    read = folded(run_command("text", "-f", "table", env={"COLUMNS": columns}).out)
    place = 0
    for _, kind, number, text in rows(output("text").out):
        if kind == "footnote":
            continue
        words = folded(text)
        if (kind, number) == ("paragraph", "2"):
            words = words.replace("and Secretariats,", "and Secretariats\u00b9,", 1)
            words = words.replace("regional bodies ", "regional bodies\u00b2 ", 1)
        place = read.index(words, place) + len(words)
    for _, kind, number, text in rows(output("text").out):
        if kind == "footnote":
            mark = {"1": "\u00b9", "2": "\u00b2"}[number]
            place = read.index(f"{mark} {folded(text)}", place)


@pytest.mark.parametrize("ref", REFS)
def test_each_passage_by_its_reference(data: rcpref.Dataset, ref: str) -> None:
    (item,) = output("text", ref, "-f", "json").json["items"]
    passage = data.passage(ref)
    assert (item["ref"], item["kind"], item["number"]) == (ref, passage.kind, passage.number)
    assert item["text"] == passage.text
    assert squeezed(item["text"]) in squeezed(source_text()) or ref == "lima-2013/paragraph-4"
    assert f"{item['kind']}-{item['number']}" == ref.partition("/")[2]


def test_every_editors_note_stands_below_the_whole_text(data: rcpref.Dataset) -> None:
    read = folded(output("text", "-f", "table").out)
    notes = [(passage.ref, note) for passage in data.passages() for note in passage.notes]
    assert len(notes) > 3
    for ref, note in notes:
        sic = " (sic)" if note.sic else ""
        assert f"Editor's note: {ref}: \u201c{note.words}\u201d{sic}. {note.note}" in read


# About, version, help --------------------------------------------------------------


def test_about_says_what_answers(data: rcpref.Dataset) -> None:
    answer = output("about", "-f", "json").json
    (item,) = answer["items"]
    assert item["program"] == rcpref.__version__
    assert item["version"] == data.version == answer["dataset"]["version"]
    assert item["date"] == data.date == answer["dataset"]["date"]
    assert item["digest"] == data.digest == answer["dataset"]["digest"]
    assert re.fullmatch(r"[0-9a-f]{64}", item["digest"])
    assert item["records"] == len(data)
    assert item["claims"] == sum(len(record.claims) for record in data)
    assert item["passages"] == len(REFS)
    assert (item["code_licence"], item["data_licence"]) == ("MIT", "CC-BY-4.0")
    assert item["digest"] in item["citation"]
    told = dict(rows(output("about").out))
    assert told == {key: str(value) for key, value in item.items()}
    read = output("about", "-f", "table").out
    assert "MIT" in read
    assert "CC-BY-4.0" in read
    assert f"rcpref {rcpref.__version__}" in read.splitlines()[0]


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(option: str) -> None:
    data = rcpref.load()
    which = f"rcpref {rcpref.__version__}, data {data.version} of {data.date}"
    assert output(option).out == f"{which}\n"
    assert output("about", "-f", "table").out.startswith(which)
    for form in ("table", "text", "markdown"):
        assert which in output("members", "igc", "-f", form).out.splitlines()[-1]
    assert output(option).err == ""


def examples(command: str) -> list[str]:
    """The examples in the help of a command."""
    lines: tuple[str, ...] = import_module(f"rcpref.cli.{command}").EXAMPLES
    return list(lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str) -> None:
    page = output(command, "--help")
    assert page.err == ""
    assert page == output(command, "-h")
    assert page.out.strip().startswith(f"Usage: rcpref {command} ")
    assert all(len(line) <= 80 for line in page.lines)
    # What is not printable, or markup that was meant for something else, is a slip.
    assert "\x08" not in page.out
    assert "[/" not in page.out
    lines = examples(command)
    assert lines
    assert all(line.split()[:2] == ["rcpref", command] for line in lines)


ANY_DATA = ("diff", "export")
"""Commands whose examples name nothing of the data, and would take long with all of them."""


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in ANY_DATA])
def test_every_example_of_the_help_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_examples_work(command)


@pytest.mark.parametrize("command", ANY_DATA)
def test_every_example_with_any_data_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Path, command: str
) -> None:
    for name in ("old-data", "new-data"):  # which the examples name
        shutil.copytree(small, tmp_path / name)
    file = tmp_path / "old-data/dataset.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^version = .*", 'version = "0.9.0"', text), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert_examples_work(command)


def assert_examples_work(command: str) -> None:
    lines = examples(command)
    assert lines
    for line in lines:
        assert line.startswith("rcpref ")
        first, *_ = re.split(r" [|>] | && ", line)
        assert output(*shlex.split(first)[1:]).out


@pytest.mark.process
@pytest.mark.parametrize("encoding", sample(["ascii", "latin-1"], ["ascii"]))
def test_footnote_marks_do_not_run_into_the_word_where_no_digit_is_raised(encoding: str) -> None:
    raised = folded(output("text", "-f", "table").out)
    assert "RCP Chairs and Secretariats¹, regional bodies²" in raised
    for args in (["text"], ["show", "gfmd", "--full"]):
        done = raw(*args, "-f", "table", env={"PYTHONIOENCODING": encoding})
        text = folded(done.stdout.decode(encoding))
        assert "RCP Chairs and Secretariats(1), regional bodies(2)" in text
    done = raw("text", "paragraph-2", "-f", "table", env={"PYTHONIOENCODING": encoding})
    assert re.search(r"^\(1\) Abu Dhabi Dialogue;", done.stdout.decode(encoding), re.MULTILINE)
