"""The entry point: commands by name, errors as one line, exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from rcpref.cli import completion
from rcpref.cli.commands import COMMANDS, HELP, HELP_OPTIONS, INSTALL, SCRIPT, Commands
from rcpref.cli.options import SHARED, check_alone, with_parameters
from rcpref.cli.typer_private import ClickException, UsageError
from rcpref.errors import AmbiguousName, DateError, NotFound, RcprefError, UsageProblem, shortened
from rcpref.report import safe
from rcpref.version import PROGRAM

_AGAIN = "install rcpref again, or give it more memory"

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_OPTIONS,
)


def _answer(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> None:
    """Print what an option in place of a command asks for."""
    if ctx.resilient_parsing or value in (None, False):
        return
    if param.name == "version":
        from rcpref.data.place import bundled_version
        from rcpref.version import versions

        safe.write(f"{versions(*bundled_version())}\n")
    else:
        from rcpref.cli import shells

        act = shells.write_script if param.name == "script" else shells.refuse_install
        act(value)
    raise typer.Exit


def _question(*names: str, help: str, **shell: Any) -> Any:
    return typer.Option(*names, help=help, callback=_answer, is_eager=True, **shell)


_SHELL: dict[str, Any] = {"metavar": "[SHELL]", "click_type": completion.shells}
_INSTALL = "Print the line that sets up TAB completion. Nothing is written."


@app.callback(invoke_without_command=True)
@with_parameters(SHARED.values())
def overview(
    ctx: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool, _question("--version", "-V", help="Show the versions of program and data.")
    ] = False,
    install: Annotated[  # noqa: ARG001 - the same
        str | None, _question(INSTALL, help=_INSTALL, **_SHELL)
    ] = None,
    script: Annotated[  # noqa: ARG001 - the same
        str | None, _question(SCRIPT, help="Print the script that this line loads.", **_SHELL)
    ] = None,
    **shared: Any,
) -> None:
    """Who belongs to which regional consultative process on migration, when, and who says so."""
    if ctx.invoked_subcommand in (None, HELP):
        check_alone(shared)
    if ctx.invoked_subcommand is None:
        safe.write(ctx.get_help() + "\n")


def run(args: Sequence[str]) -> int:
    """Run one command line; the exit code: that of an error, 141 for a closed pipe."""
    stdout = sys.stdout
    if stdout is None:
        safe.complain(f"{PROGRAM}: error: standard output is closed")
        return 3
    safe.settle_encoding()
    try:
        if os.environ.get(f"_{PROGRAM.upper()}_COMPLETE"):
            from rcpref.cli.shells import answer

            return answer(get_command(app))
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
    except Exception as error:
        expected = isinstance(error, RcprefError | ClickException | OSError)
        if os.environ.get("RCPREF_DEBUG") == "1" and not expected:
            import traceback

            traceback.print_exc()
            return 3
        return _explain(error, stdout, args)


def _line_meant(error: RcprefError, args: Sequence[str]) -> str:
    """The whole line that was meant, where every word of it is understood."""
    from rcpref.cli.lines import line_meant, line_with_date

    if isinstance(error, DateError):
        return line_with_date(args)
    if not error.name and not isinstance(error, AmbiguousName):
        return ""
    from rcpref.data.loading import load

    line = line_meant(load(), args, [*COMMANDS])
    return line if error.name or line.startswith(f"{PROGRAM} member ") else ""


def _explain(error: Exception, stdout: Any, args: Sequence[str]) -> int:
    """Say in one line what went wrong, and in one more what to do; the exit code."""
    if isinstance(error.__cause__, KeyboardInterrupt):
        return 130  # in the middle of a class, whose making has failed of it
    if isinstance(error, RcprefError):
        # What was typed has been cut; of a path, both ends tell the most.
        message = shortened(error.message, 400, 100)
        hint, code = error.hint, error.exit_code
        if isinstance(error, NotFound | UsageProblem):
            hint = _line_meant(error, args) or hint
    elif isinstance(error, ClickException):
        message = shortened(error.format_message().rstrip("."), 100, 40)
        message = message[:1].lower() + message[1:]
        path = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else PROGRAM
        hint, code = f"{path} --help shows the options", 2
        if option := getattr(error, "option_name", None):
            from rcpref.cli.lines import line_with_option

            hint = line_with_option(args, option, [*COMMANDS]) or hint
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
