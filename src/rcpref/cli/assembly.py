"""How the function of a command becomes a command of Typer."""

import inspect
from collections.abc import Callable, Iterator
from functools import partial, wraps
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from rcpref.cli.commands import HELP, HELP_OPTIONS, NOTHING
from rcpref.cli.options import Context, Shared
from rcpref.errors import NotFound, UsageProblem
from rcpref.fields import Fields
from rcpref.report.options import OWN_FORMATS


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
    # Functions have one where it is given, of which their type says nothing.
    printing.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            *(each.replace(kind=keyword) for each in own),
            inspect.Parameter("shared", keyword, annotation=Shared),
            inspect.Parameter("ctx", keyword, annotation=typer.Context),
        ]
    )
    return spread(printing)


def spread(function: Callable[..., None]) -> Callable[..., None]:
    """A function with an option for each field of its parameters that are `Fields`."""
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
    kind = parameter.annotation
    return isinstance(kind, type) and issubclass(kind, Fields)


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
            default=getattr(group, name, inspect.Parameter.empty),
            annotation=annotation,
        )
