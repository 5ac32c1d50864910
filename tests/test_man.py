"""The man page says what the commands say, and man reads it without a complaint."""

import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from conftest import apart
from helpers import folded, output
from rcpref.cli.commands import COMMANDS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rcpref.1"

needs_man = pytest.mark.skipif(not shutil.which("man"), reason="man is not installed")


@pytest.fixture(scope="module")
def read() -> str:
    """The page as man shows it, on a screen wide enough for every line of it."""
    done = apart(
        ["man", "--warnings", "--no-hyphenation", "--no-justification", "-l", str(PAGE)],
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "400", "LC_ALL": "C.UTF-8", "MANROFFOPT": "-c"},
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return re.sub(".\b", "", done.stdout)


@needs_man
@pytest.mark.process
def test_man_shows_each_command_with_its_options_and_examples(read: str) -> None:
    words = folded(read)
    for name in COMMANDS:
        help = output(name, "--help").out
        assert re.search(rf"^   {name}\b", read, re.M), name
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help))
        assert options <= set(re.findall(r"--[a-z][a-z-]+", words)), name
        for example in import_module(f"rcpref.cli.{name}").EXAMPLES:
            assert example in words, example


@needs_man
@pytest.mark.process
def test_man_shows_exit_codes_and_the_environment(read: str) -> None:
    for heading in ("NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES"):
        assert re.search(rf"^{heading}$", read, re.M), heading
    assert re.search(r"^ +1 +Nothing found", read, re.M)
    assert "RCPREF_DATA" in read and "COLUMNS" in read
