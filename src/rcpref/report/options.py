"""How a report is to be printed: format, columns, colour, width."""

import os
import re
import sys
from collections.abc import Sequence

from rcpref.fields import Fields

FORMATS = ("auto", "table", "tsv", "csv", "json", "markdown")
OWN_FORMATS = {"html": "show"}  # formats that one command alone has, and it

COLORS = ("auto", "always", "never")

DEFAULT_WIDTH = 100  # where no terminal says how wide it is

SHORT_SOURCES, WHOLE_SOURCES, NO_SOURCES = "short", "whole", "none"
"""How sources are listed for people: in one line each, with title and address, not at all."""

_SIGNS = re.compile(r"[\s-]+")
"""May be typed for the underscore of a key: a column can be named as people read it."""


class OutputOptions(Fields):
    format: str = "auto"
    header: bool = False
    columns: Sequence[str] = ()  # spelt as keys; empty for the usual ones
    color: str = "auto"
    width: int = 0  # 0 for that of the terminal
    sources: str = ""  # empty for what fits the command

    def settled_format(self) -> str:
        """The format, with auto settled: a table on a terminal, TSV elsewhere."""
        usual = "table" if on_terminal() else "tsv"
        return usual if self.format == "auto" else self.format


def spelt(column: str) -> str:
    """The name of a column in the spelling of a key."""
    return "_".join(_SIGNS.split(column.strip().lower()))


def on_terminal() -> bool:
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False


def use_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    environ = os.environ
    if environ.get("NO_COLOR"):
        return False
    if forced := environ.get("FORCE_COLOR"):
        return forced.lower() not in ("0", "false", "no")
    if environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environ.get("TERM") == "dumb" or environ.get("CLICOLOR") == "0":
        return False
    return on_terminal()


def terminal_width() -> int:
    """Columns: as the environment says if that is a sensible number, else as they are."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked):
        return int(asked)
    for stream in (sys.stdout, sys.stderr):
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if columns > 0:
            return columns
    return DEFAULT_WIDTH
