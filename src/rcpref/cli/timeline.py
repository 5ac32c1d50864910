"""`rcpref timeline`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, argument, option
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref timeline colombo-process",
    "rcpref timeline --from 2013 --to 2013",
    "rcpref timeline igc peru",
    "rcpref timeline --event meeting --from 2024",
    "rcpref timeline mali --event standing",
)


def command(
    context: Context,
    names: Annotated[
        list[str] | None, argument("[NAME]...", "Records or States.", completion.records_and_states)
    ] = None,
    start: Annotated[str | None, option("--from", "DATE", "Nothing that ended earlier.")] = None,
    end: Annotated[str | None, option("--to", "DATE", "Nothing that began later.")] = None,
    event: Annotated[
        str | None,
        option(
            "--event",
            "E,F",
            "Only these: founding, meeting, chair, joining, leaving, standing, ...",
            completion.events,
        ),
    ] = None,
) -> Report:
    """Show foundings, meetings, chairs, joinings, leavings and standing in order of time.

    A date is as precise as its source: 2013 does not mean 1 January.
    """
    from rcpref.answers.timeline import events_named
    from rcpref.cli.names import records_and_states
    from rcpref.views.timeline import timeline as timeline_of

    events = events_named(event)
    found = records_and_states(context.data, names or ())
    return timeline_of(context.data, found, start=start, end=end, kinds=events)
