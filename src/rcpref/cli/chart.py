"""`rcpref chart`."""

from typing import Annotated

import typer

from rcpref.answers.membership.answer import bases_named
from rcpref.cli import completion
from rcpref.cli.options import AsOf, Basis, Context, Force, PictureFile, picture
from rcpref.errors import UsageProblem, echo
from rcpref.report.report import Report

CHARTS = ("overlap", "timeline")
"""The charts that there are."""

EXAMPLES = (
    "rcpref chart overlap > overlap.svg",
    "rcpref chart overlap --as-of 2013-05 -f csv",
    "rcpref chart overlap igad-rcp midsa comesa > overlap.svg",
    "rcpref chart timeline -o history.svg",
    "rcpref chart timeline igc rabat-process --from 2015",
)


def command(
    context: Context,
    chart: Annotated[
        str,
        typer.Argument(
            metavar="CHART",
            help=f"{' or '.join(CHARTS)}.",
            click_type=completion.one_of(*CHARTS),
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Records instead of all processes; timeline: or States.",
            click_type=completion.records_and_states,
        ),
    ] = None,
    as_of: AsOf = None,
    basis: Basis = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="timeline: the first date.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="timeline: the last date.")
    ] = None,
    output: PictureFile = None,
    force: Force = False,
) -> Report | None:
    """Draw the overlap or the history of the processes.

    overlap: how many members every two of them share, as last known or at a date; the
    darker the field, the more. timeline: foundings, meetings and terms in the chair.

    Into a pipe or a file it is SVG; on a terminal, and in other formats, the table that
    rcpref matrix or rcpref timeline has.
    """
    from rcpref.views import pictures as views

    if chart not in CHARTS:
        raise UsageProblem(f"no chart {echo(chart)}", f"charts: {', '.join(CHARTS)}")
    if chart == "overlap":
        _refuse(start is not None or end is not None, _OF_TIMELINE)
        from rcpref.cli.names import together_of
        from rcpref.export.pictures.charts import overlap_of

        named = together_of(context.data, names) if names else ()
        bases = bases_named(basis)
        report = views.overlap(context.data, as_of=as_of, bases=bases, named=named)
        return picture(context, report, overlap_of, output, force)
    _refuse(as_of is not None or basis is not None, _OF_OVERLAP)
    from rcpref.answers.names import find_any
    from rcpref.cli.names import ANY, names_of
    from rcpref.export.pictures.charts import timeline_of

    found = [find_any(context.data, name) for name in names_of(context.data, names or (), ANY)]
    report = views.history(context.data, found, start=start, end=end)
    return picture(context, report, timeline_of, output, force)


_OF_TIMELINE = ("--from and --to go with timeline", "overlap takes names, --as-of and --basis")
_OF_OVERLAP = ("--as-of and --basis go with overlap", "timeline takes names, --from and --to")


def _refuse(wrong: bool, words: tuple[str, str]) -> None:
    """Refuse what was given for another chart: what goes where, and what goes here."""
    if wrong:
        raise UsageProblem(*words)
