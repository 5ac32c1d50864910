"""How the first word of a line calls a command, and how a command of Typer is made.

The file of a command holds EXAMPLES for its help, and the function `command`, which takes a
`Context` and its own arguments and returns the report, or None where it has printed already.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from rcpref.cli.commands import COMMANDS, PANELS
from rcpref.cli.entry import unknown
from rcpref.cli.options import SHARED, Context, with_parameters
from rcpref.errors import NotFound, UsageProblem
from rcpref.report.options import OWN_FORMATS
from rcpref.version import PROGRAM

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}

_OF_FACTS = ("check", "new", "diff", "schema")
"""Commands on the data as they are, in which are the names in all languages."""


class Commands(TyperGroup):
    """A group that imports a command when it is called for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = loaded(cmd_name)
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return the commands and options that begin so, or else the names that `show` takes."""
        found = super().shell_complete(ctx, incomplete)
        if found or not incomplete:
            return found
        names: list[Any] = self.get_command(ctx, "show").params[0].shell_complete(ctx, incomplete)
        return names


def loaded(name: str) -> Any:
    """The command of a name, as Typer runs it; its module is imported for that."""
    module = import_module(f"rcpref.cli.{name}")
    # Without docstrings (PYTHONOPTIMIZE=2) the line of the table is all there is to say.
    text = inspect.getdoc(module.command) or COMMANDS[name]
    single = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings=HELP_OPTIONS,
    )
    single.command(
        name,
        help="\n\n".join(" ".join(part.split()) for part in text.split("\n\n")),
        short_help=COMMANDS[name],
        epilog="\n".join(["Examples:", *(f"  {example}" for example in module.EXAMPLES)]),
        rich_help_panel=next(panel for panel, lines in PANELS.items() if name in lines),
    )(_printing(name, module.command))
    return get_command(single)


def _printing(name: str, function: Callable[..., Any]) -> Callable[..., None]:
    """A function with the options of all commands that prints the report of another."""
    every = inspect.signature(function).parameters.values()
    parameters = [each for each in every if each.name != "context"]

    @with_parameters([*parameters, *SHARED.values()])
    def printing(ctx: typer.Context, **arguments: Any) -> None:
        context = Context(**{key: arguments.pop(key) for key in SHARED})
        if context.lang is not None and name in _OF_FACTS:
            raise UsageProblem(f"{PROGRAM} {name} takes no --lang", "leave it out")
        format = context.output.format
        if OWN_FORMATS.get(format, name) != name:
            maker = f"{PROGRAM} {OWN_FORMATS[format]}"
            raise UsageProblem(f"only {maker} makes {format}", f"{maker} igc sacm -f {format}")
        try:
            report = function(context, **arguments)
        except NotFound as error:
            if ctx.obj:
                raise unknown(ctx.obj, error) from error
            if context.output.settled_format() == "json":
                # A script that reads JSON gets some, whatever there is to say.
                from rcpref.report.render import show_nothing

                show_nothing(context.data, name, error)
            raise
        if report is None:
            return
        from rcpref.report.render import show

        show(report, context.output)
        if report.exit_code:
            raise typer.Exit(report.exit_code)

    return printing
