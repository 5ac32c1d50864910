"""How a report is to be printed: format, columns, colour, width."""

import os
import re
import sys
from collections.abc import Mapping, Sequence

from rcpref.errors import UsageProblem, echo
from rcpref.fields import Fields

FORMATS = ("auto", "table", "text", "tsv", "csv", "json", "jsonl", "markdown")
OWN_FORMATS = {
    "graphml": "matrix",
    "html": "show",
}  # formats that one command alone has, and that command

COLORS = ("auto", "always", "never")

DEFAULT_WIDTH = 80
NARROWEST, WIDEST = 20, 10_000
"""What --width takes, in columns."""

SHORT_SOURCES, WHOLE_SOURCES, NO_SOURCES = "short", "whole", "none"
"""How sources are listed for people: in one line each, with title and address, not at all."""

_SIGNS = re.compile(r"[\s-]+")
"""What may stand for the underscore of a key: a column is named as people read it, too."""


class OutputOptions(Fields):
    format: str = "auto"
    header: bool = False
    columns: Sequence[str] = ()  # spelt as keys; empty for the usual ones
    color: str = "auto"
    width: int = 0  # 0 for that of the terminal
    sources: str = ""  # empty for what fits the command
    pager: bool = True

    def settled_format(self) -> str:
        """The format, with auto settled: a table on a terminal, TSV elsewhere."""
        usual = "table" if on_terminal() else "tsv"
        return usual if self.format == "auto" else self.format


def checked(
    format: str,
    header: bool,
    columns: str | None,
    color: str,
    width: int | None = None,
    sources: bool | None = None,
    pager: bool = True,
) -> OutputOptions:
    if format not in (*FORMATS, *OWN_FORMATS):
        raise UsageProblem(f"no format {echo(format)}", f"formats: {', '.join(FORMATS)}")
    if color not in COLORS:
        raise UsageProblem(f"no colour choice {echo(color)}", f"choices: {', '.join(COLORS)}")
    keys = [spelt(key) for key in (columns or "").split(",")]
    if columns is not None and not all(keys):
        raise UsageProblem("a column name is empty", "write --columns id,name")
    if format in OWN_FORMATS and columns is not None:
        raise UsageProblem(f"{format} has no columns", "leave out --columns, or write -f csv")
    if width is not None and not NARROWEST <= width <= WIDEST:
        raise UsageProblem(f"no width {width}", f"a width is from {NARROWEST} to {WIDEST} columns")
    listed = {None: "", True: WHOLE_SOURCES, False: NO_SOURCES}[sources]
    wanted = tuple(keys) if columns is not None else ()
    return OutputOptions(format, header, wanted, color, width or 0, listed, pager)


def spelt(column: str) -> str:
    """The name of a column in the spelling of a key."""
    return "_".join(_SIGNS.split(column.strip().lower()))


def on_terminal() -> bool:
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False


def use_color(
    choice: str, environ: Mapping[str, str] | None = None, terminal: bool | None = None
) -> bool:
    if choice != "auto":
        return choice == "always"
    environ = os.environ if environ is None else environ
    if environ.get("NO_COLOR"):
        return False
    if forced := environ.get("FORCE_COLOR"):
        return forced.lower() not in ("0", "false", "no")
    if environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environ.get("TERM") == "dumb" or environ.get("CLICOLOR") == "0":
        return False
    return on_terminal() if terminal is None else terminal


def number_in(environ: Mapping[str, str], name: str) -> int:
    """A sensible number of columns or lines that the environment names; 0 for none."""
    text = environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def width() -> int:
    """Columns of the terminal: COLUMNS if it is a sensible number, else asked of it."""
    if asked := number_in(os.environ, "COLUMNS"):
        return asked
    for stream in (sys.stdout, sys.stderr):
        try:
            found = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if found > 0:
            return found
    return DEFAULT_WIDTH
