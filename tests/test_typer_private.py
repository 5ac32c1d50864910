"""What is expected of each private name of Typer, and that they are used in one module.

A new version of Typer may change any of them without a word: a failure here says which.
"""

import ast
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


REQUEST = {
    "COMP_WORDS": "words one --wo",
    "COMP_CWORD": "2",
    "_TYPER_COMPLETE_ARGS": "words one --wo",
    "_TYPER_COMPLETE_FISH_ACTION": "get-args",
}


@pytest.mark.parametrize(("kind", "offer"), [
    (private.BashComplete, "--word"),
    (private.ZshComplete, '"--word":"A [bold] word."'),
    (private.FishComplete, "--word\tA [bold] word."),
])  # fmt: skip
def test_a_class_of_ones_own_answers_a_shell(
    monkeypatch: pytest.MonkeyPatch, kind: Any, offer: str
) -> None:
    class Own(kind):  # type: ignore[misc]
        def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
            assert (args, incomplete) == (["one"], "--wo")
            return [*super().get_completions(args, incomplete)]

    for key, value in REQUEST.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("typer._completion_classes._sanitize_help_text", str)
    assert offer in Own(get_command(program), {}, "words", "_WORDS_ASK").complete()


def test_a_type_of_ones_own_offers_values() -> None:
    class Odd(private.StringParamType):
        def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[Any]:
            return [private.CompletionItem(f"{param.name} of {incomplete}")]

    single = typer.Typer(add_completion=False)

    @single.command()
    def two(words: Annotated[list[str] | None, typer.Argument(click_type=Odd())] = None) -> None:
        assert words == ["x", "y"]

    command = get_command(single)
    command.main(["x", "y"], standalone_mode=False)
    with command.make_context("two", [], resilient_parsing=True) as ctx:
        assert [item.value for item in command.params[0].shell_complete(ctx, "z")] == ["words of z"]


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
typer_private.leave_help_as_it_is()
print(typer_private.FishComplete(get_command(program), {{}}, "words", "_WORDS_ASK").complete())
assert "typer.rich_utils" not in sys.modules
"""


@pytest.mark.process
def test_words_on_offers_are_left_as_they_are() -> None:
    """In a process of its own: it is for good."""
    done = subprocess.run(
        [sys.executable, "-c", ASKING.format(folder=str(Path(__file__).parent))],
        env={**os.environ, **REQUEST},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "--word\tA [bold] word.\n"
