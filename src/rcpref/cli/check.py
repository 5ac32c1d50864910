"""`rcpref check`."""

from typing import Annotated

from rcpref.cli.options import Context, argument
from rcpref.report.report import Report

EXAMPLES = ("rcpref check", "rcpref check -f json")


def command(
    context: Context,
    folders: Annotated[
        list[str] | None, argument("[DIR]...", "Data folders or overlays; else the bundled data.")
    ] = None,
) -> Report:
    """Check data by coded rules: what is wrong, where, and what to do.

    A folder with dataset.toml is taken as a whole data set, one without as an overlay,
    a file as an exported JSON. Errors make the exit code 3, warnings do not.
    """
    from rcpref.views.check import checking

    named = list(folders or ([context.overlay] if context.overlay else []))
    return checking(named)
