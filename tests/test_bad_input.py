"""Bad input: hostile words as arguments, data that are no folder, options that do not fit."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import environment, run_command, run_inside, run_process
from helpers import assert_complaint, hint_of, output, refuse, sample, write_files
from test_reading import link_to

# Hostile arguments -----------------------------------------------------------------

HOSTILE: dict[str, str | bytes] = {
    "escape": "zzq\x1b[31mred\x1b[0m",
    "clipboard": "zzq\x1b]52;c;cm0gLXJm\x07",
    "link": "zzq\x1b]8;;http://example.org\x1b\\x\x1b]8;;\x1b\\",
    "c1": "zzq\x9b31m",
    "carriage": "zzq\rrcpref: all is well",
    "backspace": "zzq\x08\x08\x08ok",
    "line": "zzq\nhint: do evil",
    "tab": "zzq\tzzq",
    "delete": "zzq\x7f",
    "bidi": "zzq\u202eevil\u202c",
    "isolate": "zzq\u2067evil\u2069",
    "invisible": "zzq\u200b\u2060\ufeff\U000e0041",
    "separator": "zzq\u2028zzq\u0085",
    "markup": "[red]zzq[/red]",
    "broken markup": "zzq[/x]",
    "link markup": "[link=http://example.org]zzq[/link]",
    "emoji": ":smile: zzq",
    "percent": "zzq %s %d {} {0} %(x)s",
    "backslash": "zzq\\n\\x1b[31m",
    "no utf-8": b"zzq\xff\xfe\x80",
    "lone surrogate": b"zzq\xed\xa0\x80",
    "dashes": "--zzq",
    "more dashes": "-----",
    "dash": "-Z",
    "dash escape": "--\x1b[31mzzq",
    "empty": "",
    "blank": " \t ",
    "long": "zzq" * 33_334,
    "regex": "zzq.*+?(){}[]^$|",
    "glob": "zzq*",
    "wide": "\u4e2d\u6587\U0001f600zzq",
    "combining": "zzq" + "\u0301" * 500,
    "arabic": "\u0639\u0631\u0628\u064a zzq",
}

PLACES = (
    "", "list", "list processes", "list processes --columns", "list processes --sort",
    "list processes --limit", "list processes --attended", "list -f", "list --color", "show",
    "conclusions", "conclusions --search", "text", "about",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["escape", "no utf-8", "empty"])
def test_a_hostile_word_in_every_place(place: str, name: str) -> None:
    refuse(*place.split(), HOSTILE[name])


@pytest.mark.parametrize("line", [
    "", "list", "list processes --as-of", "list processes --columns",
    "list processes --classification", "list -f", "show", "show igc -p",
    "members igc --answer", "search", "search igc --in",
    "cite igc --style", "conclusions", "conclusions --search", "text", "text lima-2013/",
])  # fmt: skip
def test_a_long_argument_is_not_echoed_whole(line: str) -> None:
    glue = "" if line.endswith("/") else " "
    error = refuse(*f"{line}{glue}{'zq' * 5000}".split()).err.splitlines()[0]
    assert len(error) < 180
    assert "zqzqzq" in error
    assert "..." in error


@pytest.mark.parametrize("word", ["--" + "zq" * 5000, "9" * 4000])
def test_a_long_option_or_number_is_not_echoed_whole(word: str) -> None:
    error = refuse("conclusions", word).err.splitlines()[0]
    assert len(error) < 180
    assert "..." in error


def test_a_long_path_keeps_both_its_ends() -> None:
    path = "/zq" + "/x" * 5000 + "/end"
    error = refuse("list", "--data", path, codes=[3]).err.splitlines()[0]
    assert len(error) < 600
    assert "/zq/x" in error
    assert "/end" in error
    assert "/end" in refuse("list", "--data", "/zq" + "/x" * 50 + "/end", codes=[3]).err


@pytest.mark.parametrize("name", HOSTILE)
def test_every_hostile_word(name: str) -> None:
    refuse("show", HOSTILE[name])


@pytest.mark.process
@pytest.mark.parametrize("name", sample(["escape", "bidi", "no utf-8"], ["escape"]))
def test_every_hostile_word_unbuffered_and_in_ascii(name: str) -> None:
    env = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "ascii"}
    for place in (("show",), ("text",)):
        refuse(*place, HOSTILE[name], env=env, run=run_process)


@pytest.mark.parametrize("name", ["escape", "bidi", "markup", "long", "empty", "blank", "wide"])
def test_a_hostile_word_after_two_dashes(name: str) -> None:
    refuse("text", "--", HOSTILE[name])


@pytest.mark.parametrize("name", ["escape", "bidi", "no utf-8", "c1", "separator", "tab"])
def test_a_hostile_word_comes_back_in_json_alone_and_escaped(name: str) -> None:
    """The query of the envelope tells what was asked, letter for letter."""
    word = HOSTILE[name]
    asked = os.fsencode(word) if isinstance(word, str) else word
    asked = asked.replace(b"zzq", b"e").replace(b"red", b"").replace(b"evil", b"")
    line: tuple[str | bytes, ...] = ("conclusions", "--search", b"evidence " + asked, "-f", "json")
    done = run_inside(line, environment())
    if done.code == 1:  # what was added reads as a word of its own
        assert_complaint(done.err)
        line = ("list", "processes", "bali", b"p" + asked[1:], "-f", "json")
        done = run_inside(line, environment())
    assert all(c.isprintable() or c == "\n" for c in done.out)


def test_very_many_arguments() -> None:
    # Words can be joined to names in too many ways; lines of standard input are names.
    refuse("show", *["zzqqxx"] * 2000, codes=[2])
    unknown = run_inside(("show", "-"), environment(), stdin=b"zzqqxx\n" * 2000)
    assert (unknown.code, unknown.out) == (1, "")
    assert_complaint(unknown.err)
    names = [f"{'the ' * (number % 7)}bali process" for number in range(300)]
    assert output("show", *names, "-f", "json").json["count"] == 1


# Data, and options -------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [os.mkfifo, link_to("data"), link_to("/dev/zero"), Path.touch, str]
)
def test_data_that_are_no_folder(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "data"
    make(path)
    refuse("about", codes=[3], env={"RCPREF_DATA": str(path)})
    refuse("members", "igc", "--data", str(path), codes=[3])
    refuse("diff", str(path), codes=[3])
    done = run_command("check", str(path), code=3, quiet=False)
    assert done.out.split("\t")[2] == str(path)


def test_a_blank_name_of_a_folder_says_who_gave_it() -> None:
    assert "RCPREF_DATA needs" in refuse("about", codes=[2], env={"RCPREF_DATA": " "}).err
    assert "--data needs" in refuse("about", "--data", " ", codes=[2]).err


def test_a_wrong_column_is_told_before_an_export_writes(tmp_path: Path) -> None:
    refuse("export", str(tmp_path / "a.json"), "--columns", "nonsense", codes=[2])
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(("args", "code"), [
    (("list", "nonsense"), 2),
    (("show", "zzqqxx"), 1),
    (("conclusions", "9"), 1),
    (("--nope",), 2),
    (("list", "processes", "--limit", "0"), 2),
], ids=str)  # fmt: skip
def test_debug_changes_nothing_about_what_is_expected(args: tuple[str, ...], code: int) -> None:
    expected = refuse(*args, codes=[code])
    assert refuse(*args, codes=[code], env={"RCPREF_DEBUG": "1"}) == expected


LONG = [
    ("list", "processes", "--columns", "chiar"),
    ("list", "processes", "--sort", "chiar"),
    ("list", "processes", "--region", "nowhere"),
    ("list", "processes", "--classification", "nothing"),
    ("search", "mmmmmmmmmmn"),
    ("show", "mmmmmmmmmmn"),
]
"""Lines whose hints could name very much."""


@pytest.mark.parametrize("line", sample(LONG, LONG[::3]), ids=" ".join)
def test_a_hint_is_never_longer_than_anybody_reads(line: tuple[str, ...], tmp_path: Path) -> None:
    claims = "".join(
        f'[[claim]]\nproperty = "status"\nvalue = "as it is {n}"\nsource = "own"\n'
        for n in range(100)
    )
    name = f"mmmmmmmmmmm {'m' * 19_980}"
    files = {
        "sources.toml": '[own]\ntitle = "Own"\npublisher = ["We"]\ntier = "primary"\n',
        "processes/own.toml": f'id = "own"\nkind = "process"\nname = "{name}"\n'
        f'short_name = "Own"\nacronym = "mmmmmmmmmmm"\n{claims}',
    }
    folder = str(write_files(tmp_path / "own", files))
    for args in (line, (*line, "--data", folder)):
        assert len(hint_of(refuse(*args))) < 500
    near = {"chiar": "did you mean chair", "nowhere": "and "}
    for word, words in near.items():
        if word in line:
            assert words in hint_of(refuse(*line))
