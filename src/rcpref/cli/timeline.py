"""`rcpref timeline`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import Context
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref timeline colombo-process",
    "rcpref timeline --from 2013 --to 2013",
    "rcpref timeline igc peru",
    "rcpref timeline --event meeting --from 2024",
)


def command(
    context: Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Records or States.",
            click_type=completion.records_and_states,
        ),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Nothing that ended before it.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Nothing that began after it.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            "--event",
            metavar="E,F",
            help="Only these: founding, meeting, chair, joining, leaving, document, ...",
            click_type=completion.events,
        ),
    ] = None,
) -> Report:
    """Tell foundings, meetings, chairs, joinings and leavings in order of time.

    A date keeps the precision of its source: 2013 is not the first of January.
    """
    from rcpref.answers.names import find_any
    from rcpref.answers.timeline import events_named
    from rcpref.cli.names import ANY, names_of
    from rcpref.views.timeline import timeline as timeline_of

    events = events_named(event)
    found = [find_any(context.data, name) for name in names_of(context.data, names or (), ANY)]
    return timeline_of(context.data, found, start=start, end=end, kinds=events)
