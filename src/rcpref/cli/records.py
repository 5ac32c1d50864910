"""`rcpref show`."""

from typing import Annotated

import typer

from rcpref.cli.options import Context, command
from rcpref.names import find_any
from rcpref.report import Report
from rcpref.views.records import showing

COMMANDS: dict[str, typer.Typer] = {}


@command(
    COMMANDS,
    "show",
    "rcpref show bali-process",
    "rcpref show IGC puebla 5+5",
    "rcpref show oas -f json",
    "rcpref show midsa --columns property,value,note",
)
def show(
    context: Context,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Id, acronym, name or alias.")
    ],
) -> Report:
    """Show records: names, claims, sources, what Lima says.

    A name is taken without regard to case, accents, punctuation and spacing. Records
    are looked for first, then States.
    """
    found = [find_any(context.data, name) for name in names]
    return showing(context.data, list(dict.fromkeys(found)), names)
