"""Options that several commands have; output and data options, which all commands have."""

import os
from collections.abc import Callable, Iterable
from copy import copy
from functools import cached_property
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

import typer

from rcpref.answers.membership.answer import ANSWERS, BASES, YES
from rcpref.cli import completion
from rcpref.errors import UsageProblem
from rcpref.report.options import (
    NO_SOURCES,
    OWN_FORMATS,
    WHOLE_SOURCES,
    Color,
    Format,
    OutputOptions,
    spelt,
)

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.report.report import Report

Function = TypeVar("Function", bound=Callable[..., Any])

PANEL = "Output and data"
"""Where the help has the options that all commands have."""


def argument(metavar: str, help: str, offers: completion.Offers | None = None) -> Any:
    return typer.Argument(metavar=metavar, help=help, autocompletion=offers)


def option(
    name: str,
    metavar: str,
    help: str,
    offers: completion.Offers | None = None,
    short: str = "",
    panel: str | None = None,
) -> Any:
    names = (name, short) if short else (name,)
    return typer.Option(
        *names, metavar=metavar, help=help, autocompletion=offers, rich_help_panel=panel
    )


def flag(name: str, help: str) -> Any:
    return typer.Option(name, help=help)


_FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"{', '.join(get_args(Format))}. auto: a table on a terminal, TSV in a pipe; "
        "pictures, citations and quotations as they are.",
        show_default=False,
        rich_help_panel=PANEL,
    ),
]
_Header = Annotated[
    bool,
    typer.Option("--header", help="Start TSV with a line of column names.", rich_help_panel=PANEL),
]
_Columns = Annotated[
    str | None,
    option(
        "--columns",
        "A,B",
        "Print only these columns, in this order, by key or column heading.",
        completion.columns,
        panel=PANEL,
    ),
]
_Color = Annotated[
    Color,
    typer.Option(
        "--color",
        metavar="WHEN",
        help=f"{', '.join(get_args(Color))}.",
        show_default=False,
        rich_help_panel=PANEL,
    ),
]
_Width = Annotated[
    int | None,
    typer.Option(
        "--width",
        metavar="N",
        min=20,
        max=10_000,
        help="Width in characters (default: as the terminal).",
        rich_help_panel=PANEL,
    ),
]
_Sources = Annotated[
    bool | None,
    typer.Option(
        "--sources/--no-sources",
        help="Print sources in full, with title and address, or leave them out.",
        show_default=False,
        rich_help_panel=PANEL,
    ),
]
_Overlay = Annotated[
    str | None,
    option(
        "--data",
        "PATH",
        "Add the records and claims in this folder, or answer from an exported .json file. "
        "Default: the environment variable RCPREF_DATA.",
        panel=PANEL,
    ),
]
_Lang = Annotated[
    str | None,
    option(
        "--lang",
        "LANG",
        "Names of States, processes and bodies in Spanish (es), French (fr) or Portuguese (pt).",
        completion.languages,
        panel=PANEL,
    ),
]

AsOf = Annotated[
    str | None,
    option(
        "--as-of",
        "DATE",
        "2013, 2013-05, 2013-05-22, two with a slash, or today (default: what is last known).",
    ),
]

Answers = Annotated[
    str | None,
    option(
        "--answer",
        "A,B",
        f"Answers to print: {YES} (default), {', '.join(ANSWERS[1:])}, all.",
        completion.some_of(*ANSWERS, "all"),
    ),
]

Basis = Annotated[
    str | None,
    option(
        "--basis",
        "A,B",
        f"Only answers on this basis: {', '.join(BASES)}.",
        completion.some_of(*BASES),
    ),
]

Years = Annotated[
    str | None, option("--years", "YEARS", "Year by year: 2003..2025, or 2003.. (up to now).")
]

Quote = Annotated[
    bool, typer.Option("--quote", help="Ready to paste: quotation marks, exact words, reference.")
]

PictureFile = Annotated[
    str | None,
    option(
        "--output",
        "FILE",
        "Write the picture to a file, NAME.svg; - is standard output.",
        short="-o",
    ),
]

Force = Annotated[bool, typer.Option("--force", help="With -o: replace a file that exists.")]


class Context:
    """What a command gets besides its own arguments: the options that all commands have."""

    def __init__(
        self,
        format: _FormatOption = "auto",
        header: _Header = False,
        columns: _Columns = None,
        color: _Color = "auto",
        width: _Width = None,
        sources: _Sources = None,
        overlay: _Overlay = None,
        lang: _Lang = None,
    ) -> None:
        """Read the options; UsageProblem where one of them cannot be."""
        keys = () if columns is None else tuple(map(spelt, columns.split(",")))
        if not all(keys):
            raise UsageProblem("a column name is empty", "write --columns id,name")
        if format in OWN_FORMATS and keys:
            raise UsageProblem(f"{format} has no columns", "leave out --columns, or write -f csv")
        listed = {None: "", True: WHOLE_SOURCES, False: NO_SOURCES}[sources]
        self.output = OutputOptions(format, header, keys, color, width or 0, listed)
        self.overlay = folder(overlay)
        self.lang = lang
        if lang is not None:
            from rcpref.data.loading import language_named

            self.lang = language_named(lang)

    @cached_property
    def data(self) -> "Data":
        """The data set that answers, loaded when it is first needed."""
        from rcpref.data.loading import load_named

        return load_named(self.overlay, self.lang)


SHARED = signature(Context).parameters  # the options that every command has

VALUED = ("--format", "-f", "--columns", "--color", "--width", "--data", "--lang")
"""Those of them that are followed by a value."""


def hidden(parameter: Parameter) -> Parameter:
    """A parameter that works and that the help does not show."""
    type_, shown = get_args(parameter.annotation)
    made = copy(shown)
    made.hidden = True
    return parameter.replace(annotation=Annotated[type_, made])


def with_parameters(before: Iterable[Parameter]) -> Callable[[Function], Function]:
    """Let Typer see parameters of a function that takes them by `**`, before its others."""

    def seen(function: Function) -> Function:
        every = (*before, *signature(function).parameters.values())
        parameters = [
            each.replace(kind=each.KEYWORD_ONLY) for each in every if each.kind != each.VAR_KEYWORD
        ]
        function.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        function.__annotations__ = {each.name: each.annotation for each in parameters}
        return function

    return seen


def folder(named: str | None) -> str | None:
    """The folder of an overlay, or the file: the one typed, else that of the environment."""
    found = named if named is not None else os.environ.get("RCPREF_DATA") or None
    if found is not None and not found.strip():
        asked = "--data" if named is not None else "RCPREF_DATA"
        raise UsageProblem(f"{asked} needs the path of a folder or file", "write --data my-overlay")
    return found


def picture(
    context: Context,
    report: "Report",
    draw: "Callable[[Report], str]",
    file: str | None,
    force: bool,
) -> "Report | None":
    """Write the picture of a report into a file, or let it be printed where SVG is wanted."""
    if file is None:
        if force:
            raise UsageProblem("--force replaces a file", "name it with -o")
        report.whole = lambda: draw(report)
        return report
    if file == "-":
        from rcpref.report import safe
        from rcpref.report.report import file_notice

        if context.output.format != "auto" or context.output.columns or force:
            raise UsageProblem("-o - prints only the picture", "leave out the other options")
        safe.write(draw(report))
        for line in file_notice(context.data):
            safe.complain(line)
        return None
    from rcpref.export.pictures import save
    from rcpref.views.about import exported
    from rcpref.writing import stopped_cleanly

    # Columns that there are not are refused before anything is written.
    exported(context.data, "svg", {}, None).choose(context.output.columns)
    with stopped_cleanly():
        files = save(context.data, file, lambda: draw(report), force)
    return exported(context.data, "svg", files, None, file)
