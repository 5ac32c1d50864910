"""Completion by TAB: what is offered, and that no shell would run it.

Scripts and protocol are Typer's. A shell asks in variables of the environment; the answer is
read here as the shell reads it.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

import rcpref
from conftest import COMMAND, environment, run_command, run_inside
from helpers import write_files
from rcpref.answers.names import find_record, find_state
from rcpref.cli.commands import COMMANDS
from rcpref.model import LISTED, MEMBER_KINDS
from rcpref.report.options import COLORS

SHELLS = ("bash", "zsh", "fish")


def asked_by(shell: str, *words: str) -> dict[str, str]:
    """The environment in which a shell asks, the cursor at the end of the last word."""
    return {
        "_RCPREF_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(["rcpref", *words]),
        "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_ARGS": " ".join(["rcpref", *words]),
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }


def offered(*words: str, env: dict[str, str] | None = None) -> list[str]:
    """What bash gets: lines of one plain word each."""
    done = run_command(env={**asked_by("bash", *words), **(env or {})})
    assert done.err == ""
    values = done.out.split()
    for value in values:
        assert re.fullmatch(r"[\w.,:/-]+", value), value
    return values


def explained(*words: str, env: dict[str, str] | None = None) -> dict[str, str]:
    """What fish gets: values, each with the words on it."""
    done = run_command(env={**asked_by("fish", *words), **(env or {})})
    rows = [line.partition("\t") for line in done.out.splitlines() if line]
    return {value: words for value, _, words in rows}


# Values --------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "values"), [
    ("sh", "show"),
    ("co", "compare conclusions"),
    ("--vers", "--version"),
    ("list --col", "--columns --color"),
    ("show bali", "bali-process"),
    ("show igc igad-", "igad-rcp"),
    ("show ken", "kenya"),
    ("show Ken", "Kenya"),
    ("show KEN", "KEN"),
    ("show zzqqxx", ""),
    ("members gfmd", ""),
    ("timeline swaz", "swaziland"),
    ("disputes ken", ""),
    ("state sri", "sri-lanka"),
    ("state igc", ""),
    ("list pro", "processes properties"),
    ("list processes --member ken", "kenya"),
    ("list processes --attended lim", "lima-2013"),
    ("list processes --region eastern-a", "eastern-africa eastern-asia"),
    ("list processes --columns short_name,founding_p", "short_name,founding_participants"),
    ("list processes --columns status,statu", "status,status_as_of"),
    ("list processes --sort acr", "acronym"),
    ("members igc --columns id,ba", "id,basis"),
    ("members igc --answer yes,p", "yes,possible"),
    ("search x --in names,t", "names,texts"),
    ("search x -p members_c", "members_count"),
    ("show igc -p chair,next_c", "chair,next_chair"),
    ("text lima-2013/foot", "lima-2013/footnote-1 lima-2013/footnote-2"),
    ("text theme-4", "theme-4"),
    ("conclusions 2", "2"),
    ("cite mrs", "mrs-45"),
    ("list -f ts", "tsv"),
    ("list --data te", ""),
    # A first word may be a name too.
    ("bal", "bali-process"),
    ("ken", "kenya"),
    ("igc mids", "midsa"),
    ("-f json sho", "show"),
])  # fmt: skip
def test_what_is_offered(line: str, values: str) -> None:
    assert sorted(offered(*line.split())) == sorted(values.split())


def test_all_of_a_few_values(data: rcpref.Dataset) -> None:
    assert offered("") == list(COMMANDS)
    assert offered("list", "--color", "") == list(COLORS)
    assert offered("list", "") == list(LISTED.values())
    assert offered("show", "") == list(data.records)
    assert offered("members", "") == [each.id for each in data if each.kind in MEMBER_KINDS]
    assert offered("search", "x", "-p", "") == list(data.properties)
    assert offered("about", "") == []


def test_a_name_offered_means_the_record_or_state_that_it_stands_for(data: rcpref.Dataset) -> None:
    for start in ("", "S"):
        names = explained("state", start)
        assert all(find_state(data, name).alpha3 == code for name, code in names.items())
    for start in ("puebla", "south", "regional-conference", "5-"):
        names = explained("disputes", start)
        found = {name: find_record(data, name).id for name in names}
        assert set(found.values()) <= data.records.keys()


@pytest.mark.parametrize("kind", LISTED.values())
def test_the_columns_offered_for_a_list_can_be_chosen(kind: str) -> None:
    columns = offered("list", kind, "--columns", "")
    assert run_command("list", kind, "--limit", "1", "--columns", ",".join(columns)).out


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_the_value(shell: str) -> None:
    done = run_command(env=asked_by(shell, "show", "bali"))
    assert "bali-process" in done.out
    assert shell == "bash" or "Bali Process" in done.out


def test_the_help_of_an_option_stays_in_one_line() -> None:
    found = explained("list", "--")
    assert all(value.startswith("--") for value in found)
    assert len(found) > 20


# What an overlay may hold ----------------------------------------------------------------

ODD = """\
id = "odd-process"
kind = "process"
name = "The odd one"
short_name = "[/b] $(touch P) `touch P`; \\"x\\" 'y' \\\\ *"
aliases = ["Odd $(touch P)", "Odd; touch P"]
"""


@pytest.fixture
def overlay(tmp_path: Path) -> str:
    return str(write_files(tmp_path, {"processes/odd-process.toml": ODD}))


@pytest.mark.parametrize("shell", SHELLS)
def test_words_of_an_overlay_come_out_harmless(overlay: str, shell: str) -> None:
    for words in (("show", "odd"), ("odd",), ("list", "processes", "--columns", "")):
        done = run_command(env={**asked_by(shell, *words), "RCPREF_DATA": overlay})
        assert done.err == ""
        assert not set("`$\\") & set(done.out.replace("\\\\:", "")), done.out
        assert done.out.count("'") == (2 if shell == "zsh" else 0)
    assert "odd-process" in run_command(env=asked_by(shell, "--data", overlay, "show", "odd")).out


@pytest.mark.parametrize("typed", ["$(x)", "`x`", "a;b", "~x", "=x", "a*", "a|b", "<x"])
def test_what_was_typed_before_a_comma_is_not_offered_with_its_signs(typed: str) -> None:
    assert offered("members", "igc", "--columns", f"{typed},") == []


@pytest.mark.parametrize("env", [
    {"RCPREF_DATA": "/nonexistent"},
    {"_RCPREF_COMPLETE": "nonsense"},
    {"_RCPREF_COMPLETE": "complete_nonsense"},
    {"COMP_CWORD": "x"},
], ids=str)  # fmt: skip
def test_an_odd_request_gives_no_offer_and_no_traceback(env: dict[str, str]) -> None:
    done = run_inside([], environment({**asked_by("bash", "show", "bali"), **env}))
    assert done.out.strip() == ""
    assert "Traceback" not in done.err
    assert "rcpref: error" not in done.err


# Shells ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A bash that has loaded the script of Typer; lines are typed in it, and not run."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("needs bash")
    home = tmp_path_factory.mktemp("bash")
    (home / "my-overlay").mkdir()
    path = f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"HOME": str(home), "INPUTRC": os.devnull, "HISTFILE": "", "TERM": "dumb", "PATH": path}
    child = pexpect.spawn(
        shell,
        ["--norc", "--noprofile", "-i"],
        env=environment(env),
        cwd=str(home),
        encoding="utf-8",
        dimensions=(100, 1000),
        timeout=30,
    )
    for line in (
        "PS1='ready> '; bind 'set enable-bracketed-paste off'",
        'eval "$(_RCPREF_COMPLETE=source_bash rcpref)"',
    ):
        child.sendline(f"{line}; echo do'ne'")
        child.expect("\ndone\r")
    yield child
    child.close(force=True)


@pytest.mark.process
@pytest.mark.parametrize(("line", "words"), [
    ("rcpref sho", "rcpref show"),
    ("rcpref bal", "rcpref bali-process"),
    ("rcpref show bal", "rcpref show bali-process"),
    ("rcpref text lima-2013/sig", "rcpref text lima-2013/signature-1"),
    ("rcpref show zzqqxx", "rcpref show zzqqxx"),
    ("rcpref list --format tab", "rcpref list --format table"),
    ("rcpref list processes --columns id,topi", "rcpref list processes --columns id,topics"),
    ("rcpref check my", "rcpref check my-overlay/"),
])  # fmt: skip
def test_tab_in_bash(bash: Any, line: str, words: str) -> None:
    # Control-A goes to the beginning: the words are printed instead of run.
    bash.send(f"{line}\t\x01printf '[%s]' '' ")
    bash.sendline("")
    bash.expect(r"\n\[\](\[.*?\])\r?\n?[^\[\r\n]*ready>")
    assert bash.match[1] == "".join(f"[{word}]" for word in words.split())
