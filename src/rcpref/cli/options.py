"""Options that several commands have; output and data options, which all commands have."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from inspect import Parameter, Signature, signature
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from rcpref.answers.membership.answer import ANSWERS, YES
from rcpref.cli import completion
from rcpref.errors import UsageProblem, echo, shortened
from rcpref.report.options import (
    COLORS,
    FORMATS,
    NO_SOURCES,
    OWN_FORMATS,
    WHOLE_SOURCES,
    OutputOptions,
    spelt,
)

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.report.report import Report

Function = TypeVar("Function", bound=Callable[..., Any])

_NARROWEST, _WIDEST = 20, 10_000  # what --width takes, in columns


def argument(metavar: str, help: str, offers: completion.Offers | None = None) -> Any:
    return typer.Argument(metavar=metavar, help=help, click_type=offers)


def option(
    name: str, metavar: str, help: str, offers: completion.Offers | None = None, short: str = ""
) -> Any:
    names = (name, short) if short else (name,)
    return typer.Option(*names, metavar=metavar, help=help, click_type=offers)


def flag(name: str, help: str) -> Any:
    return typer.Option(name, help=help)


Format = Annotated[
    str,
    option(
        "--format",
        "FORMAT",
        f"{', '.join(FORMATS)}. auto: a table on a terminal, TSV in a pipe; "
        "pictures, citations and quotations as they are. Also html (show).",
        completion.one_of(*FORMATS),
        short="-f",
    ),
]
Header = Annotated[bool, typer.Option("--header", help="Start TSV with a line of column names.")]
Columns = Annotated[
    str | None,
    option(
        "--columns",
        "A,B",
        "Print only these columns, in this order, by key or column heading.",
        completion.columns,
    ),
]
Color = Annotated[
    str, option("--color", "WHEN", f"{', '.join(COLORS)}.", completion.one_of(*COLORS))
]

Width = Annotated[
    int | None,
    option("--width", "N", "Width in characters (default: as the terminal; 100 in a pipe)."),
]
Sources = Annotated[
    bool | None,
    typer.Option(
        "--sources/--no-sources",
        help="Print sources in full, with title and address, or leave them out.",
        show_default=False,
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

Overlay = Annotated[
    str | None,
    option(
        "--data",
        "PATH",
        "Add the records and claims in this folder, or answer from an exported .json file. "
        "Default: the environment variable RCPREF_DATA.",
    ),
]


class Context:
    """What a command gets besides its own arguments: the options that all commands have."""

    def __init__(
        self,
        format: Format = "auto",
        header: Header = False,
        columns: Columns = None,
        color: Color = "auto",
        width: Width = None,
        sources: Sources = None,
        overlay: Overlay = None,
    ) -> None:
        """Check the options as they were typed; UsageProblem where one of them cannot be."""
        if format not in (*FORMATS, *OWN_FORMATS):
            raise UsageProblem(f"no format {echo(format)}", f"formats: {', '.join(FORMATS)}")
        if color not in COLORS:
            raise UsageProblem(f"no colour choice {echo(color)}", f"choices: {', '.join(COLORS)}")
        keys = () if columns is None else tuple(map(spelt, columns.split(",")))
        if not all(keys):
            raise UsageProblem("a column name is empty", "write --columns id,name")
        if format in OWN_FORMATS and keys:
            raise UsageProblem(f"{format} has no columns", "leave out --columns, or write -f csv")
        if width is not None and not _NARROWEST <= width <= _WIDEST:
            hint = f"a width is from {_NARROWEST} to {_WIDEST} columns"
            raise UsageProblem(f"no width {width}", hint)
        listed = {None: "", True: WHOLE_SOURCES, False: NO_SOURCES}[sources]
        self.output = OutputOptions(format, header, keys, color, width or 0, listed)
        self.overlay = folder(overlay)

    @cached_property
    def data(self) -> "Data":
        """The data set that answers, loaded when it is first needed."""
        from rcpref.data.loading import load_named

        return load_named(self.overlay)


SHARED = signature(Context).parameters  # the options that every command has


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


def check_alone(options: Mapping[str, Any]) -> None:
    """Check the options of a line without a command as a command would."""
    context = Context(**options)
    if options["overlay"] is None and not context.output.columns:
        return
    from rcpref.spelling import key_of

    known = {key_of(column) for column in completion.every_column(context.data)}
    for name in context.output.columns:
        if key_of(name) not in known:
            hint = "write --columns after a command: rcpref list processes --columns id,name"
            raise UsageProblem(f"no column {echo(name)}", hint)


def refuse_several(words: Sequence[str]) -> None:
    """Refuse an exported data set together with other data: only one can answer."""
    from rcpref.data.loading import is_exported

    words = words[: words.index("--")] if "--" in words else words
    named = [after for word, after in pairwise(words) if word == "--data"]
    named += [word.removeprefix("--data=") for word in words if word.startswith("--data=")]
    files = [path for path in named if is_exported(path)]
    if files and len(named) > 1:
        other = next((path for path in named if path != files[0]), files[0])
        message = f"--data {shortened(files[0])} answers in place of all other data"
        raise UsageProblem(message, f"leave out --data {shortened(other)}, or compare: rcpref diff")


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
