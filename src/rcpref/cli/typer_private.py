"""Every private name of Typer that this program needs, and none elsewhere.

Typer gives no promise on them, and offers no public name for what they do. What each is
expected to do is held by tests/test_typer_private.py, in every version that pyproject.toml
allows.
"""

from typing import Any

# Typer carries click in a private package.
from typer import _completion_classes
from typer._click.exceptions import ClickException, UsageError
from typer._click.shell_completion import CompletionItem
from typer._click.types import StringParamType
from typer._completion_classes import BashComplete, FishComplete, ZshComplete
from typer._completion_shared import get_completion_script as completion_script
from typer.core import TyperGroup

__all__ = (
    "BashComplete",
    "ClickException",
    "CompletionItem",
    "FishComplete",
    "StringParamType",
    "UsageError",
    "ZshComplete",
    "completion_script",
    "leave_help_as_it_is",
    "leave_rest",
    "option_completions",
    "rest_of",
)


def leave_help_as_it_is() -> None:
    """Let the words on offers go to the shell as they are.

    Typer would import all of Rich to look for markup in them, and wrap them: fish takes
    the second line for a value. There is no markup in ours.
    """
    vars(_completion_classes)["_sanitize_help_text"] = str


def option_completions(group: TyperGroup, ctx: Any, incomplete: str) -> list[CompletionItem]:
    """The options of a group that begin so, without its commands.

    The group's own method would ask each command for its line, and import it for that.
    """
    return super(TyperGroup, group).shell_complete(ctx, incomplete)


def rest_of(ctx: Any) -> list[str]:
    """The words that a group has not parsed: the command and what belongs to it."""
    return [*ctx._protected_args, *ctx.args]


def leave_rest(ctx: Any, words: list[str]) -> None:
    """Put other words in the place of those that a group has not parsed."""
    ctx._protected_args, ctx.args = words[:1], words[1:]
