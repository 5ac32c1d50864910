"""`rcpref diff`."""

from typing import Annotated

from rcpref.cli.options import Context, argument
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref diff old-data",
    "rcpref diff old-data new-data -f json",
    "rcpref diff old-data -f markdown",
)


def command(
    context: Context,
    old: Annotated[str, argument("OLD", "The older data: a folder, or an exported file.")],
    new: Annotated[
        str | None,
        argument("[NEW]", "The newer data (default: --data, or the bundled data)."),
    ] = None,
) -> Report:
    """Compare two data sets claim by claim: what was added, removed or changed.

    A folder with dataset.toml is a whole data set, a folder without it an overlay to the
    bundled data. The table and -f markdown are grouped by record, as in release notes.
    The exit code is 1 where the data sets differ.
    """
    from rcpref.views.diff import diffing, opened

    before = opened(old)
    return diffing(before, opened(new) if new is not None else context.data, (old, new))
