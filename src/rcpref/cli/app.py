"""The entry point: the program as Typer runs it, errors as one line, exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from rcpref.cli.commands import COMMANDS
from rcpref.cli.entry import GONE, commands_near, completed
from rcpref.cli.group import HELP_OPTIONS, Commands
from rcpref.cli.options import SHARED, hidden, with_parameters
from rcpref.errors import RcprefError, UsageProblem, shortened
from rcpref.report import safe
from rcpref.version import PROGRAM

ABOUT = "Who belongs to which regional consultative process on migration, when, and who says so."

COMPLETING = f"_{PROGRAM.upper()}_COMPLETE"
"""The variable of the environment in which a shell asks for what TAB offers."""

FIRST_LINES = {
    "bali": "one screen on a process or State",
    "member eritrea igad": "is it a member?",
    "members colombo --as-of 2013-05": "who was a member in May 2013?",
    "list processes": "all processes",
    "conclusions": "what the Lima meeting concluded",
    "search evidence base": "where these words are found",
    "export atlas.html": "everything as one page for a browser",
}
"""Lines to begin with."""

app = typer.Typer(
    cls=Commands,
    help=ABOUT,
    epilog=f"Options that all commands have ({PROGRAM} list --help) may come before the command.",
    pretty_exceptions_enable=False,
    context_settings=HELP_OPTIONS,
)


def _versions(asked: bool) -> None:
    if asked:
        from rcpref.data.place import bundled_version
        from rcpref.version import versions

        safe.write(f"{versions(*bundled_version())}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
@with_parameters(map(hidden, SHARED.values()))
def overview(
    ctx: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option(
            "--version",
            "-V",
            help="Show the versions of program and data.",
            callback=_versions,
            is_eager=True,
        ),
    ] = False,
    **shared: Any,
) -> None:
    """Take the options before the command as defaults of those after it."""
    typed = {key: value for key, value in shared.items() if value != SHARED[key].default}
    ctx.default_map = dict.fromkeys(COMMANDS, typed)
    if ctx.invoked_subcommand is None:
        if typed:
            raise UsageProblem("there is no command", f"{PROGRAM} --help lists the commands")
        safe.write(_first_screen())


def _first_screen() -> str:
    """What there is, and lines to begin with."""
    from rcpref.cli.options import folder
    from rcpref.data.loading import load_named
    from rcpref.dates import parse

    data = load_named(folder(None))
    kinds = [raw["kind"] for raw in data.document["records"].values()]
    counts = f"{kinds.count('process')} processes, {kinds.count('body')} regional bodies."
    month = parse(data.info.date[:7]).words
    lines = [ABOUT, f"{counts} Data {data.info.version} of {month}.", ""]
    for line, words in FIRST_LINES.items():
        lines.append(f"  {PROGRAM} {line:<31}  {words}")
    lines += ["", f"{PROGRAM} --help lists all commands."]
    return "".join(f"{line}\n" for line in lines)


def run(args: Sequence[str]) -> int:
    """Run one command line; the exit code: that of an error, 141 for a closed pipe."""
    stdout = sys.stdout
    if stdout is None:
        safe.complain(f"{PROGRAM}: error: standard output is closed")
        return 3
    safe.settle_encoding()
    completing = bool(os.environ.get(COMPLETING))
    if completing:
        os.environ["COLUMNS"] = "1000"  # Typer would wrap what it tells of an option
    line, words = list(args), list[str]()
    try:
        if not completing:
            line, words = completed(args)
        command = get_command(app)
        code = command.main(line, prog_name=PROGRAM, standalone_mode=False, obj=words)
        return code if isinstance(code, int) else 0
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):
            # The ending of Typer and Rich: Typer has put a wrapper in the place of stdout.
            sys.stdout = stdout
            safe.silence(stdout)
            return 141
        return error.code if isinstance(error.code, int) else 0
    except safe.ClosedPipe:
        return 141
    except Exception as error:
        expected = isinstance(error, RcprefError | typer.TyperException | OSError)
        if os.environ.get("RCPREF_DEBUG") == "1" and not expected:
            import traceback

            traceback.print_exc()
            return 3
        # In the middle of a line that somebody types there is no place for a message.
        return 1 if completing else _explain(error, stdout, words)


def _explain(error: Exception, stdout: Any, words: Sequence[str]) -> int:
    """Say in one line what went wrong, and in one more what to do; the exit code.

    Args:
        error: What went wrong.
        stdout: Standard output as it was at the start.
        words: The words of a line without a command.
    """
    if isinstance(error, RcprefError):
        # What was typed has been cut; of a path, both ends tell the most.
        message = shortened(error.message, 400, 100)
        hint, code = error.hint, error.exit_code
    elif isinstance(error, typer.TyperException):
        message = shortened(error.format_message().rstrip("."), 100, 40)
        message = message[:1].lower() + message[1:]
        hint, code = _hint_of(error, words), 2
    elif isinstance(error, OSError):
        safe.silence(stdout)
        message, hint, code = f"cannot write: {error.strerror or error}", "", 3
    elif isinstance(error, ImportError | typer.Abort):
        # Typer ends so where byte-code is cut off.
        message, hint, code = f"cannot start: {error}", "install rcpref again", 3
    elif isinstance(error, MemoryError):
        message, hint, code = "there is too little memory", "", 3
    else:
        message, code = f"this should not happen: {type(error).__name__}: {error}", 3
        hint = "run it again with RCPREF_DEBUG=1 and report what it prints"
    safe.complain(f"{PROGRAM}: error: {message}")
    if hint:
        safe.complain(f"hint: {hint}")
    return code


def _hint_of(error: typer.TyperException, words: Sequence[str]) -> str:
    """What to type where an option is wrong."""
    if gone := GONE.get(getattr(error, "option_name", "")):
        return gone
    if words and (near := commands_near(words[0])):
        return f"did you mean {', '.join(near)}?"
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else PROGRAM} --help shows the options"
