"""Words of an overlay, and its name, that would be markup, a formula or an escape."""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import Phase, example, given, settings

from conftest import Result, environment, examples, run_inside
from github import LINES_OF_WORDS, ONE_LINE, Rendered
from helpers import EACH, LINK, STYLING, sample, write_files
from rcpref.answers.rules import MOST_FINDINGS
from rcpref.answers.search import MOST_WORDS
from rcpref.cli.commands import COMMANDS
from rcpref.model import KINDS
from rcpref.report.options import FORMATS
from test_fuzz import assert_harmless
from test_reading import Tree, write_trees

MARKUP = "[red]Own[/red] <b>x</b> [/] *y* | `z` ![i](u) =1+1 :smile: \u200f# w"
"""All of it is allowed in a name; none of it may be obeyed."""

NAMED = "o\x1b[31m\u202e<b>[red]|*"
"""The name of a folder may hold anything."""

OWN: dict[str, list[tuple[str, ...]]] = {
    "list": [("processes",), ("sources",), ("texts",), ("properties",)],
    "show": [("own-process",), ("own-process", "--history"), ("own-process", "-p", "status")],
    "search": [("own",)],
    "members": [("own-process",), ("own-process", "--changes", "2012", "2014")],
    "state": [("Kenya",)],
    "compare": [("own-process", "igc")],
    "timeline": [("own-process",)],
    "map": [("own-process",)],
    "disputes": [("own-process",)],
    "text": [("own-text",), ("own-text", "--quote")],
    "cite": [("own-process",), ("overlay:own-note",), ("own-text", "--style", "bibtex")],
    "check": [("OVERLAY",)],
    "diff": [("OVERLAY",)],
    "export": [("-",), *((name, "--force") for name in ("a.html", "a.zip", "a.xlsx", "a.sqlite"))],
}
"""Command lines that show what the overlay below adds; of all others, that of `EACH`."""

LINES = [(command, *args) for command in COMMANDS for args in OWN.get(command, [EACH[command]])]


def overlay(folder: Path, words: str, at_length: str = "") -> Path:
    """An overlay in which every name, title, note and text has these words in it.

    Notes, values and passages have those that are at length, if there are any.
    """
    home = folder / NAMED
    text = json.dumps(words)  # with the escapes of JSON, which TOML has, too
    long = json.dumps(at_length or words)
    claim = f'source = "own-note"\nnote = {long}\n'
    files = {
        "sources.toml": f'[own-note]\ntitle = {text}\npublisher = [{text}]\ntier = "primary"\n'
        f"copy = {text}\nurl = {text}\n",
        "properties.toml": f'[own_word]\nlabel = {text}\ntype = "text"\ndefinition = {text}\n'
        f'group = {text}\norder = 1\nkinds = ["process"]\n',
        "processes/own-process.toml": f'id = "own-process"\nkind = "process"\nname = {text}\n'
        f"short_name = {text}\nacronym = {text}\naliases = [{text}]\nnames = {{ fr = {text} }}\n"
        f'[[claim]]\nproperty = "members"\nvalue = ["KEN"]\nas_of = "2013"\ngroup = {text}\n{claim}'
        f'[[claim]]\nproperty = "members_count"\nvalue = 1\nas_of = "2013"\n{claim}'
        f'[[claim]]\nproperty = "members_count"\nvalue = 2\nas_of = "2013"\nrole = {text}\n{claim}'
        f'[[claim]]\nproperty = "founded"\nvalue = "2012"\n{claim}'
        f'[[claim]]\nproperty = "own_word"\nvalue = {long}\n{claim}'
        f'[[claim]]\nproperty = "status"\nvalue = {text}\n{claim}',
        "documents/own-note.toml": f'id = "own-note"\nkind = "document"\nname = {text}\n'
        f"short_name = {text}\n",
        "texts/own-text.toml": f'id = "own-text"\ntitle = {text}\ndocument = "own-note"\n'
        f'meeting = "lima-2013"\nlanguage = "en"\ndate = "2013"\n'
        f'[[passage]]\nkind = "paragraph"\nnumber = 1\ntext = {long}\n'
        f"notes = [{{ words = {long}, note = {text}, sic = true }}]\n",
    }
    return write_files(home, files)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return overlay(tmp_path_factory.mktemp("marked"), MARKUP)


@pytest.fixture(scope="module")
def escaping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return overlay(tmp_path_factory.mktemp("escaping"), "Own \x1b[31mred\x1b]8;;x\x07")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder for what is exported, with small data, which are beside, too."""
    monkeypatch.chdir(tmp_path)
    Path("data").symlink_to(small)


def run(line: tuple[str, ...], folder: Path, format: str, terminal: bool = False) -> Result:
    args = [str(folder) if arg == "OVERLAY" else arg for arg in line]
    # To export to standard output is JSON already.
    chosen = [] if line[:2] == ("export", "-") else ["-f", format]
    env = environment({"COLUMNS": "200", "TERM": "xterm-256color"})
    return run_inside([*args, "--data", str(folder), *chosen], env, terminal)


def test_each_command_has_a_line_here() -> None:
    assert set(EACH) == set(COMMANDS)


@pytest.mark.parametrize("line", sample(LINES, LINES[::3]), ids=" ".join)
def test_markup_of_an_overlay_is_printed_as_it_is_written(
    marked: Path, line: tuple[str, ...]
) -> None:
    # A file that is exported is the same whatever the form of the report on it.
    writes = line[0] == "export" and line[1] != "-"
    for format in ("auto", "json", "markdown") if writes else FORMATS:
        terminal = format == "auto"
        done = run(line, marked, format, terminal)
        assert done.code == 0, done
        assert_harmless(done.err)
        shown = LINK.sub("", STYLING.sub("", done.out)) if terminal else done.out
        assert_harmless(shown, "\t")
        if format == "markdown" and line[0] != "export":
            prose = re.sub(r"(?ms)^(`{3,})$.*?^\1$", "", done.out)
            assert not re.search(r"(?<!\\)<b>|(?<!\\)\[red|(?<!\\)`z|!\[i", prose)
        if format == "table" and "red]Own" in done.out:
            # Neither taken for a style nor left out for one.
            assert "[red]Own[/red] <b>x</b> [/]" in re.sub(r"\s+", " ", done.out)
        assert "\U0001f604" not in done.out  # :smile: is no emoji


def test_these_lines_show_what_the_overlay_adds(marked: Path) -> None:
    """Or the test above would look at nothing."""
    shown = [line for line in LINES if line[0] in OWN]
    for line in shown:
        if line[0] in ("check", "export") and line != ("export", "-"):
            continue
        plain = run(line, marked, "json").out
        assert "[red]" in plain or "own-process" in plain, line


@pytest.mark.parametrize("line", sample(LINES, LINES[1::3]), ids=" ".join)
def test_escapes_of_an_overlay_are_refused_by_every_command(
    escaping: Path, line: tuple[str, ...]
) -> None:
    for format in ("auto", "table", "json"):
        done = run(line, escaping, format, terminal=format == "auto")
        shown = STYLING.sub("", done.out) if line[0] == "check" else done.out
        assert_harmless(shown, "\t")
        assert_harmless(done.err)
        assert done.code == 3
        assert "E106" in done.out + done.err
        assert (done.out == "") == (line[0] != "check")


@pytest.mark.parametrize("name", ["e\x1b[31m.json", "e\u202e.sqlite", "<b>[red]|.zip"])
def test_a_hostile_target_is_written_and_named_harmlessly(name: str) -> None:
    for format in ("table", "tsv", "json", "markdown"):
        args = ["export", name, "--force", "-f", format]
        done = run_inside(args, environment({"COLUMNS": "200"}))
        assert done.code == 0, done
        assert_harmless(done.out + done.err, "\t")
        assert Path(name).exists()


def stated(folder: Path, kind: str, claims: Iterable[Tree]) -> Path:
    """An overlay with one record of this kind, and these claims on it."""
    names = {"id": f"own-{kind}", "kind": kind, "name": "Own", "short_name": "Own"}
    note: Tree = {"own-note": {"title": "Own", "publisher": ["We"], "tier": "primary"}}
    own: Tree = {**names, "claim": [{**each, "source": "own-note"} for each in claims]}
    write_trees(folder, {"sources.toml": note, f"{KINDS[kind]}/own-{kind}.toml": own})
    return folder


FORGED = "so it says\n\n- Members: Peru\n# Members\n| Peru | member |"


def test_no_line_of_markdown_begins_with_words_that_are_told_at_length(tmp_path: Path) -> None:
    """Or it would be read as a fact beside the others, without a source."""
    told = (("secretariat", FORGED), ("milestone", FORGED), ("members", ["KEN"]))
    claims = [
        {"property": key, "value": value, "note": FORGED, "as_of": "2013"} for key, value in told
    ]
    home = stated(tmp_path / "own", "process", claims)
    lines = [("show", "own-process"), ("show", "own-process", "--history"), ("cite", "own-process")]
    lines += [("show", "own-process", "-p", "secretariat"), ("timeline", "own-process")]
    pages = [run(line, home, "markdown").out for line in lines]
    for page in pages:
        assert not re.findall(r"(?m)^\\?(?:- Members: Peru|# Members|\| Peru(?! \| PER )).*", page)
    assert sum("Members: Peru" in page for page in pages) == len(pages) - 1


@pytest.mark.parametrize("style", ["text", "bibtex", "ris", "csl-json"])
def test_what_a_claim_tells_at_length_is_one_line_of_a_citation(tmp_path: Path, style: str) -> None:
    words = "Own\nAU  - Another\n@misc{own,"
    keys = ("title", "publisher", "author", "series", "issn")
    claims = [{"property": key, "value": words} for key in keys]
    home = stated(tmp_path / "own", "document", claims)
    done = run(("cite", "own-document", "--style", style), home, "auto")
    assert "Another" in done.out
    assert not re.search(r"(?m)^(AU  - Another|@misc.own,)$", done.out)
    assert len(done.out.splitlines()) == 1 or style != "text"


def test_a_block_of_code_is_not_ended_by_what_is_in_it(tmp_path: Path) -> None:
    home = overlay(tmp_path, "Own ``` <b>x</b> ````")
    done = run(("cite", "overlay:own-note", "--style", "bibtex"), home, "markdown")
    assert done.code == 0
    assert "<b>x</b>" in done.out
    assert re.search(r"(?m)^`{5}$", done.out)
    assert "<b>x</b>" not in re.sub(r"(?ms)^(`{3,})$.*?^\1$", "", done.out)


# Markdown ------------------------------------------------------------------------------

IN_MARKDOWN = [
    *(line for line in LINES if line[0] in OWN and line[0] not in ("check", "export")),
    ("show", "own-process", "-p", "own-word"),
]
"""Command lines that print words of the overlay in Markdown."""


def shown_by_github(words: str, at_length: str) -> Iterator[tuple[str, Rendered]]:
    """All that is printed in Markdown of an overlay with these words, by what prints it."""
    with tempfile.TemporaryDirectory() as name:
        home = overlay(Path(name), words, at_length)
        for line in IN_MARKDOWN:
            done = run(line, home, "markdown")
            assert done.code == 0, done
            yield " ".join(line), Rendered(done.out)


@cache
def with_plain_words() -> dict[str, Rendered]:
    return dict(shown_by_github("Plain words", "Told at length"))


@settings(max_examples=examples(1), phases=(Phase.explicit, Phase.generate))
@given(ONE_LINE, LINES_OF_WORDS)
@example("https://a.org/<br a=b>Members:end", "www.a.org/<br a=b>Members:\na@b.org<br>end")
@example("/-~~<https://a.org>***\u200d&amp;</p>'end?", "===**</b>end[^1]:\nééend)")
@example("a&lt;b>end", "Members\n:-:\nPeru end")
@example("https://a.org/b_c?d=e&f", "See https://a.org/b_c?d=e&f.")
def test_no_word_of_the_data_is_a_tag_on_github(words: str, at_length: str) -> None:
    pages = with_plain_words()
    for where, shown in shown_by_github(words, at_length):
        plain = pages[where]
        assert shown.tags == plain.tags, where
        for each, other in ((words, "Plain words"), (at_length, "Told at length")):
            # BibTeX has escapes of its own, and an address of a citation is one of ASCII.
            encoded = quote(each, safe="".join(map(chr, range(128))))
            found = shown.count(each) + (shown.count(encoded) if encoded != each else 0)
            assert found >= plain.count(other) or "bibtex" in where, where


# Sizes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["peru", '"peru', "perru", '"peru"'])
def test_a_search_of_more_words_than_a_sentence_has_is_refused(word: str) -> None:
    done = run_inside(["search", *[word] * (MOST_WORDS + 1)], environment())
    assert (done.code, done.out) == (2, "")
    assert f"has {MOST_WORDS + 1} words" in done.err and f"{MOST_WORDS} or fewer" in done.err


@pytest.mark.parametrize("operator", ["NOT", "OR"])
def test_as_many_operators_as_a_search_can_have_are_understood(operator: str) -> None:
    words = ["peru", *[operator, "zyx"] * ((MOST_WORDS - 1) // 2)]
    assert run_inside(["search", *words], environment()).code == 0


def test_no_more_findings_of_a_rule_are_made_than_are_told(tmp_path: Path) -> None:
    """Eighty lists that differ from each other by pairs."""
    claims = [
        f'[[claim]]\nproperty = "{key}"\nvalue = ["PER", "KEN"]\nas_of = "2000"\nsource = "own"\n'
        f'note = "{number}"\n'
        for key in ("members", "observers")
        for number in range(40)
    ]
    names = 'id = "own"\nkind = "process"\nname = "Own"\nshort_name = "Own"\n'
    source = '[own]\ntitle = "Own"\npublisher = ["Own"]\ntier = "primary"\n'
    files = {"processes/own.toml": names + "".join(claims), "sources.toml": source}
    done = run_inside(["check", str(write_files(tmp_path / "own", files))], environment())
    assert sum(line.startswith("W504\t") for line in done.out.splitlines()) == MOST_FINDINGS


def test_what_grows_with_the_records_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rcpref.answers.comparison.MAX_RECORDS", 2)
    monkeypatch.setattr("rcpref.export.MAX_ATLAS_RECORDS", 5)
    monkeypatch.setattr("rcpref.report.terminal.MOST_ROWS", 2)
    for line in (["matrix"], ["export", "atlas.html"]):
        done = run_inside(line, environment())
        assert (done.code, done.out) == (2, "")
        assert "at most" in done.err and "hint: " in done.err
    assert not Path("atlas.html").exists()
    done = run_inside(["list", "properties", "-f", "table"], environment())
    assert "more rows are left out; -f tsv has all." in done.out
