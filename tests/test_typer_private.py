"""What is expected of each private name of Typer, and that they are used in one module.

A new version of Typer may change any of them without a word: a failure here says which.
"""

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

import rcpref
from rcpref.cli import typer_private as private
from rcpref.cli.shells import SHELLS

PACKAGE = Path(rcpref.__file__).parent

program = typer.Typer(add_completion=False, rich_markup_mode=None)


@program.command()
def one(word: Annotated[str, typer.Option(help="A [bold] word.")] = "") -> None:
    """Take a word."""


@program.callback()
def overview(loud: Annotated[bool, typer.Option(help="Louder.")] = False) -> None:
    """Print words."""


def run(*args: str) -> Any:
    return get_command(program).main(list(args), prog_name="words", standalone_mode=False)


def test_private_names_are_used_in_one_module() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name == "typer_private.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                hidden = name.startswith("typer.") and "._" in name
                assert not hidden, f"{path}:{node.lineno}: take it from typer_private"


def test_every_name_has_its_test() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in private.__all__ if f"private.{name}" not in text] == []


def test_errors_of_a_command_line() -> None:
    for line, path in (
        (["one", "--nosuch"], "words one"),
        (["two"], "words"),
        (["one", "--word"], None),
    ):
        with pytest.raises(private.UsageError) as caught:
            run(*line)
        error = caught.value
        assert isinstance(error, private.ClickException)
        assert error.format_message()
        assert (error.ctx.command_path if error.ctx else None) == path


def test_an_offer_is_a_value_with_words_on_it() -> None:
    item = private.CompletionItem("value", help="words")
    assert (item.value, item.help) == ("value", "words")


def test_options_of_a_group_without_its_commands() -> None:
    group = get_command(program)
    assert isinstance(group, TyperGroup)
    with group.make_context("words", [], resilient_parsing=True) as ctx:
        found = private.option_completions(group, ctx, "--l")
        assert [(item.value, item.help) for item in found] == [("--loud", "Louder.")]
        assert private.option_completions(group, ctx, "o") == []


def test_the_words_that_a_group_leaves_can_be_others() -> None:
    group = get_command(program)
    with group.make_context("words", ["--loud", "one", "--word", "x"]) as ctx:
        assert private.rest_of(ctx) == ["one", "--word", "x"]
        private.leave_rest(ctx, ["one", "--nosuch"])
        with pytest.raises(private.UsageError, match="--nosuch"):
            group.invoke(ctx)
    with group.make_context("words", ["--", "one"]) as ctx:
        assert private.rest_of(ctx) == ["one"]


def test_shells_and_the_classes_that_answer_them() -> None:
    private.register_shells()
    for shell in SHELLS:
        found: Any = private.get_completion_class(shell)
        assert list(inspect.signature(found.get_completions).parameters) == [
            *("self", "args", "incomplete")
        ]
    assert private.get_completion_class("tcsh") is None


def test_a_class_of_ones_own_is_asked() -> None:
    private.register_shells()
    base: Any = private.get_completion_class("bash")

    class Own(base):  # type: ignore[misc]
        def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
            return [private.CompletionItem(f"{args} {incomplete}")]

    try:
        private.add_completion_class(Own, "bash")
        assert private.get_completion_class("bash") is Own
    finally:
        private.add_completion_class(base, "bash")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_has_program_and_variable(shell: str) -> None:
    script = private.completion_script(prog_name="words", complete_var="_WORDS_ASK", shell=shell)
    assert "words" in script
    assert "_WORDS_ASK" in script


ASKING = """
import sys
sys.path.insert(0, {folder!r})
from typer.main import get_command
from rcpref.cli import typer_private
from test_typer_private import program
typer_private.register_shells()
typer_private.leave_help_as_it_is()
try:
    get_command(program).main([], prog_name="words", standalone_mode=False)
finally:
    assert "typer.rich_utils" not in sys.modules
"""


@pytest.mark.process
def test_words_on_offers_are_left_as_they_are() -> None:
    """In a process of its own: it is for good."""
    done = subprocess.run(
        [sys.executable, "-c", ASKING.format(folder=str(Path(__file__).parent))],
        env={
            **os.environ,
            "_WORDS_COMPLETE": "complete_fish",
            "_TYPER_COMPLETE_ARGS": "words one --wo",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "--word\tA [bold] word.\n"
