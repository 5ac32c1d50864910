"""`rcpref about`."""

import typer

from rcpref import __version__
from rcpref.cli.options import Context, command
from rcpref.report.report import Report

COMMANDS: dict[str, typer.Typer] = {}


@command(COMMANDS, "about", "rcpref about", "rcpref about -f json")
def about(context: Context) -> Report:
    """Tell versions, digest, counts, licence, how to cite."""
    from rcpref.views import about as views

    return views.about(context.data, __version__)
