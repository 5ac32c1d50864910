"""`rcpref help`."""

from typing import Annotated, Any

import typer

from rcpref.cli import completion
from rcpref.cli.commands import COMMANDS, OUTPUT, no_command
from rcpref.cli.options import SHARED, argument
from rcpref.report import safe

EXAMPLES = ("rcpref help", "rcpref help members", "rcpref help output")


def _output_options(group: Any) -> str:
    """The options that all commands have."""
    formatter = group.make_formatter()
    formatter.write_text("Options for output and data. They may come before or after the command;")
    formatter.write_text("the one after it wins.")
    shared = [each for each in group.command.get_params(group) if each.name in SHARED]
    with formatter.section("Options"):
        formatter.write_dl([each.get_help_record(group) for each in shared])
    return str(formatter.getvalue()).rstrip("\n")


def command(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        argument(
            "[COMMAND]",
            "A command; without one, the overview.",
            completion.Offers(lambda *_: [COMMANDS]),
        ),
    ] = None,
) -> None:
    """Explain a command: what it takes, its options, examples. As COMMAND --help."""
    group: Any = ctx.parent
    if name is None:
        safe.write(group.get_help() + "\n")
        return
    if name == OUTPUT:
        safe.write(_output_options(group) + "\n")
        return
    found = group.command.get_command(group, name)
    if found is None:
        raise no_command(name)
    with found.make_context(name, [], parent=group, resilient_parsing=True) as context:
        safe.write(context.get_help() + "\n")
