"""Options that several commands have; those of output and data, which all of them have."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from rcpref.answers.membership.answer import ANSWERS, BASES, YES
from rcpref.cli import completion
from rcpref.errors import UsageProblem, echo
from rcpref.fields import Fields
from rcpref.report.options import COLORS, FORMATS, OutputOptions, checked

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        autocompletion=completion.one_of(*FORMATS),
        help=f"{', '.join(FORMATS)}. auto: table on a terminal, else TSV; "
        "pictures, citations and quotations as they are.",
    ),
]
Header = Annotated[bool, typer.Option("--header", help="Begin TSV with a line of column names.")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="A,B",
        help="Print just these columns, in this order, by key or by what stands above them.",
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

Width = Annotated[
    int | None,
    typer.Option(
        "--width", metavar="N", help="Columns of table and text; else of the terminal; 80 in text."
    ),
]
Sources = Annotated[
    bool | None,
    typer.Option(
        "--sources/--no-sources",
        help="List sources whole, with title and address, or not at all.",
        show_default=False,
    ),
]
NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager",
        help="On a terminal, print what is longer than the screen without PAGER or less.",
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="2013, 2013-05, 2013-05-22, two with a slash, or today. Else as last known.",
    ),
]

Answers = Annotated[
    str | None,
    typer.Option(
        "--answer",
        metavar="A,B",
        help=f"Answers to print: {YES} (alone, unless given), {', '.join(ANSWERS[1:])}, all.",
        autocompletion=completion.answers,
    ),
]

Basis = Annotated[
    str | None,
    typer.Option(
        "--basis",
        metavar="A,B",
        help=f"Only answers that rest on this: {', '.join(BASES)}.",
        autocompletion=completion.bases,
    ),
]

Years = Annotated[
    str | None,
    typer.Option("--years", metavar="YEARS", help="Year by year: 2003..2025, or 2003.. to now."),
]

Quote = Annotated[
    bool,
    typer.Option("--quote", help="Ready to paste: quotation marks, exact words, reference."),
]

PictureFile = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the picture into a file, NAME.svg; - is standard output.",
    ),
]

Force = Annotated[bool, typer.Option("--force", help="With -o: replace a file that exists.")]

Overlay = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Add the records and claims of this folder. Also: RCPREF_DATA.",
    ),
]


def bases_asked(basis: str | None) -> tuple[str, ...]:
    """What answers are to rest on; empty for all, for which nothing has to be imported.

    Raises:
        UsageProblem: There is no such basis.
    """
    if basis is None:
        return ()
    from rcpref.answers.membership.basis import bases_named

    return bases_named(basis)


class Shared(Fields):
    """The options that every command has, beside its own."""

    format: Format = "auto"
    header: Header = False
    columns: Columns = None
    color: Color = "auto"
    width: Width = None
    sources: Sources = None
    no_pager: NoPager = False
    overlay: Overlay = None


class Context:
    """What a command gets beside its own arguments.

    Attributes:
        output: The output options.
        overlay: Path of an overlay; None if there is none.
    """

    def __init__(self, shared: Shared) -> None:
        """Check the options as they were typed.

        Raises:
            UsageProblem: One of them cannot be.
        """
        self.output: OutputOptions = checked(
            shared.format,
            shared.header,
            shared.columns,
            shared.color,
            shared.width,
            shared.sources,
            not shared.no_pager,
        )
        self.overlay = folder(shared.overlay)
        self._data: Data | None = None

    @property
    def data(self) -> "Data":
        """The data set that answers, loaded when it is first needed."""
        if self._data is None:
            from rcpref.data.loading import load

            self._data = load(overlay=self.overlay)
        return self._data


def check_alone(shared: Shared) -> None:
    """Check the options of a line without a command as a command would.

    Raises:
        RcprefError: One of them is wrong for every command.
    """
    context = Context(shared)
    if shared.overlay is None and not context.output.columns:
        return
    from rcpref.spelling import key_of

    known = {key_of(column) for column in completion.every_column(context.data)}
    for name in context.output.columns:
        if key_of(name) not in known:
            hint = "columns are those of a command: rcpref list processes --columns id,name"
            raise UsageProblem(f"no column {echo(name)}", hint)


def folder(named: str | None) -> str | None:
    """The folder of an overlay: the one that was named, else that of the environment.

    Raises:
        UsageProblem: It is named by nothing but blanks.
    """
    found = named if named is not None else os.environ.get("RCPREF_DATA") or None
    if found is not None and not found.strip():
        asked = "--data" if named is not None else "RCPREF_DATA"
        raise UsageProblem(f"{asked} needs the path of a folder", "write --data my-overlay")
    return found
