"""`rcpref check`."""

from typing import Annotated

from rcpref.cli.options import Context, argument
from rcpref.report.report import Report

EXAMPLES = ("rcpref check", "rcpref check -f json")


def command(
    context: Context,
    folders: Annotated[
        list[str] | None,
        argument("[DIR]...", "Data folders, overlays (default: bundled data)."),
    ] = None,
) -> Report:
    """Check data files for errors: what is wrong, where, and what to do.

    A folder with dataset.toml is a whole data set, a folder without it an overlay. A file
    must be an exported JSON. With an error the exit code is 3; warnings do not change it.
    """
    from rcpref.views.check import checking

    named = list(folders or ([context.overlay] if context.overlay else []))
    return checking(named)
