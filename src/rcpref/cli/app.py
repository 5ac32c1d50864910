"""The entry point: commands by name, errors as one line, exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from rcpref import __version__
from rcpref.cli import completion, typer_private
from rcpref.cli.commands import COMMANDS, HELP_OPTIONS, loaded
from rcpref.cli.typer_private import ClickException, CompletionItem, UsageError
from rcpref.errors import RcprefError, echo, shortened
from rcpref.report import safe

PROGRAM = "rcpref"

_AGAIN = "install rcpref again, or give it more memory"

_INSTALL, _SHOW = "--install-completion", "--show-completion"


class Commands(TyperGroup):
    """A group that imports a command when it is called for, and lists them without."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = loaded(cmd_name)
        return self.commands[cmd_name]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The overview, from their table: nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options; the two for completion do their work here.

        The name of the shell may be left out, which no option of Typer's allows.
        """
        option, _, shell = args[0].partition("=") if args else ("", "", "")
        if option in (_INSTALL, _SHOW) and not ctx.resilient_parsing:
            from rcpref.cli.shells import set_up

            set_up(shell or "".join(args[1:2]), PROGRAM, install=option == _INSTALL)
            raise typer.Exit
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is called."""
        try:
            return super().invoke(ctx)
        except EOFError as error:
            # Byte-code that is cut off. Nothing here reads what is typed: Typer would take
            # this for its end.
            raise ImportError(str(error)) from error

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands that begin so, from their table, or the group's own options."""
        found = [
            CompletionItem(name, help=line)
            for name, line in COMMANDS.items()
            if name.startswith(incomplete.lower())
        ]
        return [*found, *typer_private.option_completions(self, ctx, incomplete)]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a misspelt one gets the nearest names as a hint."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0].lower()[:80], COMMANDS)
            hint = f"did you mean {', '.join(near)}?" if near else f"{PROGRAM} --help lists them"
            error = RcprefError(f"no command {echo(args[0])}", hint)
            error.exit_code = 2
            raise error
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_OPTIONS,
)


def _print_version(ctx: typer.Context, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        safe.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog="\b\nExamples:\n"
    "  rcpref list processes\n"
    "  rcpref show bali-process\n"
    "  rcpref members colombo-process --as-of 2013-05\n"
    "  rcpref conclusions\n"
    "  rcpref text lima-2013/conclusion-5\n"
    "  rcpref search evidence base\n\n"
    f"{PROGRAM} COMMAND --help shows the options of a command, and examples.",
)
def overview(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has done the work
        bool,
        typer.Option(
            "--version", "-V", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
    install: Annotated[  # noqa: ARG001 - Commands.parse_args has done the work
        str | None,
        typer.Option(
            _INSTALL,
            metavar="[SHELL]",
            help="Set up completion by TAB in your shell.",
            autocompletion=completion.shells,
        ),
    ] = None,
    script: Annotated[  # noqa: ARG001 - the same
        str | None,
        typer.Option(
            _SHOW,
            metavar="[SHELL]",
            help="Print the script that sets it up.",
            autocompletion=completion.shells,
        ),
    ] = None,
) -> None:
    """Reference on regional consultative processes on migration and regional bodies.

    Every fact has its date and its source. Output is a table on a terminal and
    tab-separated lines in a pipe; -f json gives all of it.
    """
    if ctx.invoked_subcommand is None:
        safe.write(ctx.get_help() + "\n")


def run(args: Sequence[str]) -> int:
    """Run one command line.

    Args:
        args: The arguments after the program's name.

    Returns:
        The exit code: 0 done, 1 nothing found, 2 wrong usage, 3 bad data or output that
        cannot be written, 130 interrupted, 141 closed pipe.
    """
    stdout = sys.stdout
    if stdout is None:
        safe.complain(f"{PROGRAM}: error: standard output is closed")
        return 3
    safe.settle_encoding()
    try:
        if os.environ.get(f"_{PROGRAM.upper()}_COMPLETE"):
            from rcpref.cli.shells import answer

            return answer(get_command(app), PROGRAM)
        code = get_command(app).main(list(args), prog_name=PROGRAM, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except SystemExit as error:
        # Typer's own ending after a closed pipe: it has put a wrapper in place of stdout.
        if sys.stdout is not stdout:
            sys.stdout = stdout
            safe.silence(stdout)
            return 141
        return error.code if isinstance(error.code, int) else 0
    except safe.ClosedPipe:
        return 141
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        expected = isinstance(error, RcprefError | ClickException | OSError)
        if os.environ.get("RCPREF_DEBUG") == "1" and not expected:
            import traceback

            traceback.print_exc()
            return 3
        return _explain(error, stdout)


def _explain(error: Exception, stdout: Any) -> int:
    """Say in one line what went wrong, and in one more what to do; the exit code."""
    if isinstance(error, RcprefError):
        # What was typed has been cut; of a path, both ends tell the most.
        message = shortened(error.message, 400, 100)
        hint, code = error.hint, error.exit_code
    elif isinstance(error, ClickException):
        message = shortened(error.format_message().rstrip("."), 100, 40)
        message = message[:1].lower() + message[1:]
        path = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else PROGRAM
        hint, code = f"{path} --help shows the options", 2
    elif isinstance(error, OSError):
        safe.silence(stdout)
        message, hint, code = f"cannot write: {error.strerror or error}", "", 3
    elif isinstance(error, ImportError):
        message, hint, code = f"cannot start: {error}", _AGAIN, 3
    elif isinstance(error, MemoryError):
        message, hint, code = "there is too little memory", "", 3
    else:
        message, code = f"this should not happen: {type(error).__name__}: {error}", 3
        hint = "run it again with RCPREF_DEBUG=1 and report what it prints"
    safe.complain(f"{PROGRAM}: error: {message}")
    if hint:
        safe.complain(f"hint: {hint}")
    return code
