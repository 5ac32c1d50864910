"""On a terminal, what is longer than the screen goes through a pager."""

import os
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from conftest import COMMAND, environment, run_process
from helpers import Screen, in_terminal, in_true_terminal, sample

pytestmark = pytest.mark.process

LONG = ("members", "igad-rcp", "--answer", "all")
SHORT = ("which", "igc")


MARKS = "sed s/^/paged:/"
"""A pager that marks each line."""


def shown(*args: str, pager: str = MARKS, env: Mapping[str, str] | None = None) -> Screen:
    return in_true_terminal(*args, env=env, pager=pager)


def lines(screen: Screen) -> list[str]:
    assert (screen.code, screen.err) == (0, "")
    return screen.plain.splitlines()


@cache
def direct(*args: str) -> list[str]:
    """What is printed without a pager."""
    return lines(shown(*args, "--no-pager"))


def test_what_is_longer_than_the_screen_is_paged_whole() -> None:
    assert len(direct(*LONG)) > 24
    assert lines(shown(*LONG)) == [f"paged:{line}" for line in direct(*LONG)]


@pytest.mark.parametrize("args", [SHORT, (*LONG, "--no-pager"), ("--no-pager", *LONG)])
def test_what_fits_or_is_not_to_be_paged_is_printed(args: tuple[str, ...]) -> None:
    assert not [line for line in lines(shown(*args)) if line.startswith("paged:")]


@pytest.mark.parametrize(("pager", "env"), sample([
    ("", {}),
    ("  ", {}),
    ("no-such-pager", {}),
    ("sed 's/", {}),
    (MARKS, {"TERM": "dumb"}),
    (MARKS, {"LINES": "9999"}),
], [("", {})], several=True))  # fmt: skip
def test_without_a_pager_it_is_printed(pager: str, env: Mapping[str, str]) -> None:
    plain = (*LONG, "--color", "never")
    assert lines(shown(*plain, pager=pager, env=env)) == direct(*plain)


@pytest.mark.parametrize(
    ("code", "args"),
    sample([(1, LONG), (126, LONG), (127, LONG), (1, ("timeline",))], [(126, LONG)], several=True),
    ids=str,
)
def test_what_a_pager_refuses_is_printed(tmp_path: Path, code: int, args: tuple[str, ...]) -> None:
    """A short text has gone into the pipe before it is refused, a long one has not."""
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    pager.chmod(0o755)
    assert lines(shown(*args, pager=str(pager))) == direct(*args)


@pytest.mark.parametrize("text", sample(["#!/no/such/interpreter\n", "", "\x7fELF"], [""]))
def test_what_cannot_be_started_as_a_pager_is_passed_over(tmp_path: Path, text: str) -> None:
    pager = tmp_path / "pager"
    pager.write_text(text, encoding="utf-8")
    pager.chmod(0o755)
    assert lines(shown(*LONG, pager=str(pager))) == direct(*LONG)
    pager.chmod(0o644)
    assert lines(shown(*LONG, pager=str(pager))) == direct(*LONG)
    assert lines(shown(*LONG, pager=str(tmp_path))) == direct(*LONG)


def test_a_pager_that_is_ended_has_shown_enough() -> None:
    assert len(lines(shown("timeline", pager="sh -c 'head -2; kill $$'"))) == 2


@pytest.mark.wide
def test_a_pager_that_is_left_is_no_error() -> None:
    assert len(lines(shown("timeline", pager="head -2"))) == 2


def test_no_shell_reads_the_name_of_the_pager(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    screen = shown(*LONG, pager=f"sed s/^/x/; touch {mark}")
    assert screen.code == 0 and not mark.exists()


@pytest.mark.wide
def test_less_is_told_to_leave_colours_and_links_are_left_out(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "LESS=$LESS"\ncat\n', encoding="utf-8")
    pager.chmod(0o755)
    asked = ("show", "bali-process", "--full", "--color", "always")
    direct = shown(*asked, "--no-pager")
    found = shown(*asked, pager=str(pager))
    assert "\x1b]8;" in direct.text and "\x1b[" in found.text
    assert found.text.startswith("LESS=FRX\n") and "\x1b]8;" not in found.text
    assert found.plain.removeprefix("LESS=FRX\n") == direct.plain
    found = shown(*asked, pager=str(pager), env={"LESS": "R"})
    assert found.text.startswith("LESS=R\n")


@pytest.mark.parametrize("usual", [False, True], ids=["PAGER", "less"])
def test_a_pager_starts_no_pager(tmp_path: Path, usual: bool) -> None:
    """Else one that is rcpref itself would start processes without end."""
    pager = tmp_path / "less"
    pager.write_text('#!/bin/sh\necho "PAGER=[$PAGER] ${PAGER-unset}"\n', encoding="utf-8")
    pager.chmod(0o755)
    path = f"{tmp_path}:{environment().get('PATH', '')}"
    screen = in_true_terminal(*LONG, env={"PATH": path}, pager=None if usual else str(pager))
    assert lines(screen) == ["PAGER=[] "]


@pytest.mark.wide
def test_rcpref_may_be_the_pager(tmp_path: Path) -> None:
    count = tmp_path / "count"
    pager = tmp_path / "pager"
    pager.write_text(
        f"#!/bin/sh\necho . >> '{count}'\n[ $(wc -l < '{count}') -lt 9 ] || exit 0\n"
        f"exec '{COMMAND}' {' '.join(LONG)}\n",
        encoding="utf-8",
    )
    pager.chmod(0o755)
    assert lines(shown("timeline", pager=str(pager))) == direct(*LONG)
    assert count.read_text(encoding="utf-8") == ".\n"


@pytest.mark.parametrize(("pager", "words"), [
    ("C:\\tools\\less.exe -R", ["C:\\tools\\less.exe", "-R"]),
    ('"C:\\My tools\\less.exe" -R', ["C:\\My tools\\less.exe", "-R"]),
    ("more", ["more"]),
])  # fmt: skip
def test_the_paths_of_windows_keep_their_backslashes(pager: str, words: list[str]) -> None:
    started = []

    def start(line: list[str], **_: object) -> None:
        started.append(line)
        raise OSError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", start)
        patch.setattr(os, "name", "nt")
        in_terminal(*LONG, env={"PAGER": pager, "LINES": "5"})
    assert started == [words]


def test_a_pipe_is_never_paged() -> None:
    result = run_process(LONG, environment({"PAGER": MARKS, "LINES": "5"}))
    assert result.out and "paged:" not in result.out


def test_less_is_the_usual_one(tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text('#!/bin/sh\necho "less $*"\ncat\n', encoding="utf-8")
    less.chmod(0o755)
    path = f"{tmp_path}:{environment().get('PATH', '')}"
    screen = in_true_terminal(*LONG, env={"PATH": path}, pager=None)
    assert lines(screen)[0] == "less -FRX"
