"""All commands by name, and how the function of one becomes a command of Typer.

A command has a file of its own in this folder, named as it is. The file holds EXAMPLES,
command lines for the end of its help, the common case first, and the function `command`,
which takes a `Context` and its own arguments and options and returns the report to print,
or None where it has printed already. The file is imported when the command is called.
"""

import inspect
from collections.abc import Callable, Iterator
from functools import partial, wraps
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from rcpref.cli.options import Context, Shared
from rcpref.errors import NotFound, UsageProblem
from rcpref.report.options import OWN_FORMATS

COMMANDS = {
    "list": "List processes, bodies, meetings, sources and all else.",
    "show": "Show records: names, claims, sources, what Lima says.",
    "search": "Search names, claims, notes, sources and texts.",
    "which": "Tell how a name is understood.",
    "members": "List the members of a process or body.",
    "state": "Tell what a State takes part in.",
    "compare": "Compare members: shared, separate, uncertain.",
    "matrix": "Count the shared members of every two processes.",
    "timeline": "Tell what happened, in order of time.",
    "map": "Draw the members of a process or body on a map.",
    "chart": "Draw the overlap or the history of the processes.",
    "disputes": "Show where sources disagree for the same time.",
    "conclusions": "Read the conclusions of the Lima meeting.",
    "text": "Read a document or one passage of it, word for word.",
    "cite": "Cite passages, records, claims, sources or the data.",
    "check": "Check data by coded rules: what is wrong, and where.",
    "diff": "Compare two data sets claim by claim.",
    "new": "Begin a file of an overlay from a commented template.",
    "export": "Write all data as an atlas, JSON, CSV, SQLite or Markdown.",
    "schema": "Print a JSON Schema of output or of a data file.",
    "about": "Tell versions, digest, counts, licence, how to cite.",
}
"""Every command with its line in the overview, in the order of the overview."""

NOTHING = "rcpref.nothing"
"""Under this, the context of a command keeps what prints that it has found nothing."""

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


HELP = "help"
"""What explains a command; it answers nothing and has none of the options of the others."""


def loaded(name: str) -> Any:
    """The command of a name, as Typer runs it; its module is imported for that.

    Args:
        name: One of `COMMANDS`, or `HELP`.
    """
    module = import_module(f"rcpref.cli.{name}")
    single = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP_OPTIONS,
    )
    lines = "".join(f"\n  {example}" for example in module.EXAMPLES)
    function = module.command if name == HELP else _printing(name, module.command)
    single.command(name, epilog=f"\b\nExamples:{lines}")(function)
    return get_command(single)


def _printing(name: str, function: Callable[..., Any]) -> Callable[..., None]:
    """A function with the shared options beside its own that prints what the other returns."""

    @wraps(function)
    def printing(*, ctx: typer.Context, shared: Shared, **given: Any) -> None:
        context = Context(shared)
        own = OWN_FORMATS.get(context.output.format, name)
        if own != name:
            raise UsageProblem(f"only rcpref {own} makes {context.output.format}")
        try:
            report = function(context, **given)
        except NotFound as error:
            if context.output.settled_format() == "json":
                # A script that reads JSON gets some, whatever there is to say. The group
                # prints it, unless it finds that the line was not meant as it was taken.
                from rcpref.report.render import show_nothing

                ctx.meta[NOTHING] = partial(show_nothing, context.data, name, error)
            raise
        if report is None:
            return
        from rcpref.report.render import show

        show(report, context.output)
        if report.exit_code:
            raise typer.Exit(report.exit_code)

    keyword = inspect.Parameter.KEYWORD_ONLY
    own = list(inspect.signature(function).parameters.values())[1:]
    printing.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            *(each.replace(kind=keyword) for each in own),
            inspect.Parameter("shared", keyword, annotation=Shared),
            inspect.Parameter("ctx", keyword, annotation=typer.Context),
        ]
    )
    return spread(printing)


def spread(function: Callable[..., None]) -> Callable[..., None]:
    """A function with an option for each field of its parameters that are NamedTuples."""
    own = inspect.signature(function).parameters
    groups = {name: each.annotation for name, each in own.items() if _is_group(each)}

    @wraps(function)
    def spreading(**given: Any) -> None:
        for name, group in groups.items():
            given[name] = group(**{field: given.pop(field) for field in group._fields})
        function(**given)

    parameters = [each for parameter in own.values() for each in _parameters(parameter)]
    spreading.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    spreading.__annotations__ = {each.name: each.annotation for each in parameters}
    return spreading


def _is_group(parameter: inspect.Parameter) -> bool:
    return hasattr(parameter.annotation, "_fields")


def _parameters(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """What Typer is to make of a parameter: itself, or the fields of a group."""
    group = parameter.annotation
    if not _is_group(parameter):
        yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        return
    for name, annotation in group.__annotations__.items():
        yield inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=group._field_defaults.get(name, inspect.Parameter.empty),
            annotation=annotation,
        )
