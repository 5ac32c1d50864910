"""`rcpref help`."""

from typing import Annotated, Any

import typer

from rcpref.cli import completion
from rcpref.cli.commands import COMMANDS, no_command
from rcpref.cli.options import argument
from rcpref.report import safe

EXAMPLES = ("rcpref help", "rcpref help members")


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
    found = group.command.get_command(group, name)
    if found is None:
        raise no_command(name)
    with found.make_context(name, [], parent=group, resilient_parsing=True) as context:
        safe.write(context.get_help() + "\n")
