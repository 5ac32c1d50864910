"""What the first word of a line is: a command, or a name that is to be shown."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from typer.core import TyperGroup

from rcpref.cli import completion, typer_private
from rcpref.cli.assembly import loaded
from rcpref.cli.commands import COMMANDS, HELP, HELP_OPTIONS, NOTHING
from rcpref.cli.options import Shared, folder
from rcpref.cli.typer_private import CompletionItem, UsageError
from rcpref.errors import NotFound, RcprefError, echo

PROGRAM = "rcpref"

INSTALL, SCRIPT = "--install-completion", "--show-completion"

_LINES = {**COMMANDS, HELP: "Explain a command, with examples."}

_DID_YOU_MEAN = "did you mean "

_ENTERED = "rcpref.entered"
"""Under this, the context of the group keeps the words of a line without a command."""


class Commands(TyperGroup):
    """A group that imports a command when it is called for, and lists them without.

    A first word that is no command is a name, and the line as if it began with `show`.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, in their order."""
        return list(_LINES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None if there is none."""
        if cmd_name not in _LINES:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = loaded(cmd_name)
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The overview, from their table: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_LINES.items()))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options; behind the two for completion, the shell may be left out."""
        if args in ([INSTALL], [SCRIPT]) and not ctx.resilient_parsing:
            args = [*args, ""]
        words = list(args)
        super().parse_args(ctx, args)
        rest = typer_private.rest_of(ctx)
        before = words[: len(words) - len(rest)]
        if before and before[-1] == "--" and (rest or ctx.resilient_parsing):
            typer_private.leave_rest(ctx, ["show", "--", *rest])
        ctx.default_map = dict.fromkeys(COMMANDS, _given(ctx.params))
        return list(ctx.args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is called."""
        try:
            return super().invoke(ctx)
        except EOFError as error:
            # Byte-code that is cut off. Nothing here reads what is typed: Typer would take
            # this for its end.
            raise ImportError(str(error)) from error
        except (NotFound, UsageError) as error:
            words = ctx.meta.get(_ENTERED)
            if words and (unknown := _unknown(ctx, words, error)):
                raise unknown from error
            if NOTHING in ctx.meta:
                ctx.meta[NOTHING]()
            raise

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands that begin so, from their table, else names; the group's own options."""
        found = [
            CompletionItem(name, help=line)
            for name, line in _LINES.items()
            if name.startswith(incomplete.lower())
        ]
        options = typer_private.option_completions(self, ctx, incomplete)
        if incomplete and not found and not options:
            names = completion.records_and_states(ctx, incomplete)
            return [CompletionItem(name, help=text) for name, text in names]
        return [*found, *options]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command: the first word, or `show` for a name."""
        if args[0] in _LINES:
            return super().resolve_command(ctx, args)
        if not ctx.resilient_parsing:
            if not args[0].strip():
                raise no_command(args[0])
            ctx.meta[_ENTERED] = words = _words(args)
            # Else the help of `show` would be printed for whatever was misspelt.
            if set(args) & set(HELP_OPTIONS["help_option_names"]) and not _begins(ctx, words):
                raise _error(words[0], _commands_near(words[0]))
        return "show", self.get_command(ctx, "show"), args


def no_command(name: str) -> RcprefError:
    """The error for a word that stands where a command must."""
    near = _commands_near(name)
    hint = f"{_DID_YOU_MEAN}{', '.join(near)}?" if near else f"{PROGRAM} --help lists them"
    return _usage(f"no command {echo(name)}", hint)


def _given(params: dict[str, Any]) -> dict[str, Any]:
    """The options of output and data before the command, as defaults of those behind it."""
    return {key: params[key] for key in Shared._fields if params[key] != getattr(Shared, key)}


def _words(args: Sequence[str]) -> list[str]:
    """The arguments before the first option."""
    return list(takewhile(lambda each: each == "-" or not each.startswith("-"), args))


def _unknown(ctx: Any, words: Sequence[str], error: Exception) -> RcprefError | None:
    """The error for a line whose first word is neither a command nor part of a name.

    None where the first word is one, and something else is wrong.
    """
    near = _commands_near(words[0])
    if isinstance(error, NotFound):
        if error.name and " ".join(words).startswith(error.name):
            from rcpref.answers.suggestions import SHOWS_ALL

            return _error(error.name, near, error.hint if error.hint != SHOWS_ALL else "")
    elif near and not _begins(ctx, words):
        return _error(words[0], near)
    return None


def _error(name: str, near: Sequence[str], names: str = "") -> RcprefError:
    """The error for a name that nothing has.

    Args:
        name: The name.
        near: Commands to offer.
        names: A hint that offers names, or says where else to look.
    """
    hint = names or f"{PROGRAM} --help lists the commands, {PROGRAM} list what there is"
    if near:
        offered = names.startswith(_DID_YOU_MEAN)
        others = f", {names.removeprefix(_DID_YOU_MEAN)}" if offered else "?"
        elsewhere = f"{names}; " if names and not offered else ""
        hint = f"{elsewhere}{_DID_YOU_MEAN}{', '.join(near)}{others}"
    return _usage(f"no command, record or State named {echo(name)}", hint)


def _usage(message: str, hint: str) -> RcprefError:
    error = RcprefError(message, hint)
    error.exit_code = 2
    return error


def _commands_near(word: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word.lower()[:80], _LINES, cutoff=0.7)


def _begins(ctx: Any, words: Sequence[str]) -> bool:
    """Whether a name begins with the first of some words."""
    from rcpref.data.loading import load

    names = load(overlay=folder(ctx.params["overlay"])).plain.names
    beginnings = (" ".join(words[:end]) for end in range(1, len(words) + 1))
    return words[0] == "-" or any(map(names.match, beginnings))
