"""What all commands share: output options, loading the data, printing the report."""

import inspect
import os
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from rcpref.cli import completion
from rcpref.data.dataset import Dataset
from rcpref.errors import UsageProblem
from rcpref.report.options import COLORS, FORMATS, OutputOptions, checked
from rcpref.report.report import Report

Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        autocompletion=completion.one_of(*FORMATS),
        help=f"{', '.join(FORMATS)}. auto is a table on a terminal, TSV elsewhere.",
    ),
]
Header = Annotated[bool, typer.Option("--header", help="Begin TSV with a line of column names.")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="A,B",
        help="Print these columns; the id comes first.",
        autocompletion=completion.columns,
    ),
]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        metavar="WHEN",
        help=f"{', '.join(COLORS)}.",
        autocompletion=completion.one_of(*COLORS),
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="2013, 2013-05, 2013-05-22, or two with a slash. Else the date of the data.",
    ),
]

Data = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Add the records and claims of this folder. Also: RCPREF_DATA.",
    ),
]

_SHARED = (
    ("format", Format, "auto"),
    ("header", Header, False),
    ("columns", Columns, None),
    ("color", Color, "auto"),
    ("overlay", Data, None),
)


class Context:
    """What a command gets beside its own arguments.

    Attributes:
        output: The output options.
        overlay: Path of an overlay; None if there is none.
    """

    def __init__(self, output: OutputOptions, overlay: str | None) -> None:
        self.output = output
        self.overlay = overlay
        self._data: Dataset | None = None

    @property
    def data(self) -> Dataset:
        """The data set that answers, loaded when it is first needed."""
        if self._data is None:
            from rcpref.data.loading import load

            self._data = load(overlay=self.overlay)
        return self._data


def command(
    commands: dict[str, typer.Typer], name: str, *examples: str
) -> Callable[[Callable[..., Report | None]], Callable[..., Report | None]]:
    """Register a function as a command that prints the report it returns, if it does.

    The function takes a `Context` first; the shared options are added to its own.

    Args:
        commands: Where to register it.
        name: Name of the command.
        examples: Command lines for the end of its help, the common case first.
    """

    def register(function: Callable[..., Report | None]) -> Callable[..., Report | None]:
        signature = inspect.signature(function)
        own = list(signature.parameters.values())[1:]
        shared = [
            inspect.Parameter(
                key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )
            for key, annotation, default in _SHARED
        ]

        @wraps(function)
        def wrapper(
            *,
            format: str,
            header: bool,
            columns: str | None,
            color: str,
            overlay: str | None,
            **arguments: Any,
        ) -> None:
            from rcpref.report.render import show

            options = checked(format, header, columns, color)
            folder = overlay if overlay is not None else os.environ.get("RCPREF_DATA") or None
            if folder is not None and not folder.strip():
                asked = "--data" if overlay is not None else "RCPREF_DATA"
                raise UsageProblem(f"{asked} needs the path of a folder", "write --data my-overlay")
            report = function(Context(options, folder), **arguments)
            if report is None:
                return
            show(report, options)
            if report.exit_code:
                raise typer.Exit(report.exit_code)

        keyword = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
        parameters = [*keyword, *shared]
        wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        wrapper.__annotations__ = {each.name: each.annotation for each in parameters}
        single = typer.Typer(
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        lines = "".join(f"\n  {example}" for example in examples)
        single.command(name, epilog=f"\b\nExamples:{lines}")(wrapper)
        commands[name] = single
        return function

    return register
