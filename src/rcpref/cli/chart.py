"""`rcpref chart`."""

from typing import Annotated

from rcpref.answers.membership.answer import bases_named
from rcpref.cli import completion
from rcpref.cli.options import AsOf, Basis, Context, Force, PictureFile, argument, option, picture
from rcpref.errors import UsageProblem, echo
from rcpref.report.report import Report

CHARTS = ("overlap", "timeline")  # the charts that there are

EXAMPLES = (
    "rcpref chart overlap > overlap.svg",
    "rcpref chart overlap --as-of 2013-05 -f csv",
    "rcpref chart overlap igad-rcp midsa comesa > overlap.svg",
    "rcpref chart timeline -o history.svg",
    "rcpref chart timeline igc rabat-process --from 2015",
)


def command(
    context: Context,
    chart: Annotated[str, argument("CHART", f"{' or '.join(CHARTS)}.", completion.one_of(*CHARTS))],
    names: Annotated[
        list[str] | None,
        argument(
            "[NAME]...",
            "Records (default: all processes); for timeline also States.",
            completion.records_and_states,
        ),
    ] = None,
    as_of: AsOf = None,
    basis: Basis = None,
    start: Annotated[str | None, option("--from", "DATE", "For timeline: the first date.")] = None,
    end: Annotated[str | None, option("--to", "DATE", "For timeline: the last date.")] = None,
    output: PictureFile = None,
    force: Force = False,
) -> Report | None:
    """Draw the overlap or the history of the processes.

    overlap: how many members each pair of processes shares, last known or at a date.
    The darker the field, the larger the share. timeline: foundings, meetings, terms in the
    chair, and changes of standing.

    In a pipe or a file the picture is SVG. On a terminal, and in other formats, you get the
    table of rcpref matrix or rcpref timeline. On a terminal, a timeline
    without --from shows its newest lines.
    """
    if chart not in CHARTS:
        raise UsageProblem(f"no chart {echo(chart)}", f"charts: {', '.join(CHARTS)}")
    if chart == "overlap":
        if start is not None or end is not None:
            hint = "overlap takes names, --as-of and --basis"
            raise UsageProblem("--from and --to go with timeline", hint)
        from rcpref.cli.names import together_of
        from rcpref.export.pictures.charts import overlap_of
        from rcpref.views.matrix import overlap

        named = together_of(context.data, names) if names else ()
        bases = bases_named(basis)
        report = overlap(context.data, as_of=as_of, bases=bases, named=named)
        return picture(context, report, overlap_of, output, force)
    if as_of is not None or basis is not None:
        hint = "timeline takes names, --from and --to"
        raise UsageProblem("--as-of and --basis go with overlap", hint)
    from rcpref.cli.names import records_and_states
    from rcpref.export.pictures.charts import timeline_of
    from rcpref.views.timeline import history

    found = records_and_states(context.data, names or ())
    report = history(context.data, found, start=start, end=end)
    return picture(context, report, timeline_of, output, force)
