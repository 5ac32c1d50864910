"""What the commands that draw share: where a picture goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rcpref.errors import UsageProblem

if TYPE_CHECKING:
    from rcpref.cli.options import Context
    from rcpref.report.report import Report

STDOUT = "-"
"""The file that is standard output."""


def shown(
    context: Context,
    report: Report,
    draw: Callable[[Report], str],
    file: str | None,
    force: bool,
) -> Report | None:
    """Write a picture into a file, or let it be printed where SVG is wanted.

    Args:
        context: What the command gets.
        report: What the picture shows.
        draw: Draws it.
        file: Path of the file, or `STDOUT`; None to go by the format.
        force: Whether a file that exists may be replaced.

    Returns:
        The report to print; None where the picture has been printed.

    Raises:
        UsageProblem: The name of the file, or options that do not go together.
        OutputError: The file cannot be written.
    """
    if file is None:
        if force:
            raise UsageProblem("--force replaces a file", "name it with -o")
        report.whole = lambda: draw(report)
        return report
    if file == STDOUT:
        from rcpref.report import safe

        if context.output.format != "auto" or context.output.columns or force:
            raise UsageProblem("-o - is the picture as it is", "leave the other options out")
        safe.write(draw(report))
        return None
    from rcpref.cli.signals import stopped_cleanly
    from rcpref.export.pictures import save
    from rcpref.views.export import exported

    # Columns that there are not are refused before anything is written.
    exported(context.data, "svg", {}, None).choose(context.output.columns)
    with stopped_cleanly():
        files = save(context.data, file, lambda: draw(report), force)
    return exported(context.data, "svg", files, None)
