"""`rcpref list`."""

from collections.abc import Iterator
from inspect import Parameter
from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, argument, flag, option, with_parameters
from rcpref.errors import UsageProblem
from rcpref.model import HELD_KINDS, LIMA
from rcpref.report.report import Report
from rcpref.views.request import FILTERS, Wanted, option_of

EXAMPLES = (
    "rcpref list processes",
    "rcpref list processes labour",
    "rcpref list processes --at-lima",
    "rcpref list processes --member Kenya --as-of 2013-05",
    "rcpref list processes --region Africa --topic trafficking",
    "rcpref list processes --secretariat ICMPD --met 2025..",
    "rcpref list processes --active-since 2022",
    "rcpref list processes ICMPD",
    "rcpref list bodies -f json",
    "rcpref list processes | cut -f1",
)


_OFFERS = {
    "MEETING": completion.records_of(HELD_KINDS),
    "STATE": completion.states,
    "CAPACITY": completion.capacities,
    "CLASS": completion.values_of("classification"),
    "REGION": completion.regions,
}


def _parameters() -> Iterator[Parameter]:
    for name, each in FILTERS.items():
        made = option(option_of(name), each.value, each.help, _OFFERS.get(each.value))
        annotation = Annotated[str | None, made]
        yield Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


@with_parameters(_parameters())
def command(
    context: Context,
    kind: Annotated[
        str | None,
        argument("[KIND]", "processes, bodies, ... or process, ...", completion.kinds),
    ] = None,
    words: Annotated[
        list[str] | None,
        argument("[WORDS]...", "Only rows with these words, or beginnings of words."),
    ] = None,
    at_lima: Annotated[bool, flag("--at-lima", f"The same as --attended {LIMA}.")] = False,
    as_of: AsOf = None,
    every: Annotated[
        bool, flag("--all", "For states: all States, not only those that a record names.")
    ] = False,
    sort: Annotated[
        str | None,
        option(
            "--sort",
            "COLUMN",
            "Sort by a column; -COLUMN reverses.",
            completion.sort_columns,
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most this many rows.")
    ] = None,
    **filters: str | None,
) -> Report:
    """List processes, bodies, meetings, sources and more.

    Kinds: processes, bodies, organizations, forums, summits, meetings, documents,
    offices, terms; states, sources, properties, texts; conclusions, themes, key-points,
    paragraphs, footnotes, headings. Without a kind: how many there are of each.

    Any property of the kind can be a column: --columns short_name,status,chair. Processes
    also have last_seen_active and status_as_of.
    """
    from rcpref.views import list as views
    from rcpref.views.words import kind_named

    if at_lima and filters["attended"] is None:
        filters["attended"] = LIMA
    wanted = Wanted(
        words=words or (),
        filters={key: text for key, text in filters.items() if text is not None},
        as_of=as_of,
        every=every,
        columns=context.output.columns,
        sort=sort,
        limit=limit,
    )
    if kind is not None:
        return views.listing(context.data, kind_named(kind), wanted)
    if wanted != Wanted(columns=wanted.columns):
        raise UsageProblem("a filter needs a kind", "write rcpref list processes ...")
    return views.counts(context.data)
