"""`rcpref list`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context
from rcpref.errors import UsageProblem
from rcpref.model import HELD_KINDS, LIMA
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref list processes",
    "rcpref list processes labour",
    "rcpref list processes --at-lima",
    "rcpref list processes --member Kenya --as-of 2013-05",
    "rcpref list processes --region Africa --topic trafficking",
    "rcpref list processes --secretariat ICMPD --met 2025..",
    "rcpref list processes ICMPD",
    "rcpref list bodies -f json",
    "rcpref list processes | cut -f1",
)

Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="[KIND]",
        help="processes, bodies, ...; singular too.",
        click_type=completion.kinds,
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORDS]...", help="Only rows with these words (or beginnings), in any column."
    ),
]
Attended = Annotated[
    str | None,
    typer.Option(
        "--attended",
        metavar="MEETING",
        help="Only those that took part in it.",
        click_type=completion.records_of(HELD_KINDS),
    ),
]
AtLima = Annotated[bool, typer.Option("--at-lima", help=f"The same as --attended {LIMA}.")]
Member = Annotated[
    str | None,
    typer.Option(
        "--member",
        metavar="STATE",
        help="Only those with this member.",
        click_type=completion.states,
    ),
]
Capacity = Annotated[
    str | None,
    typer.Option(
        "--capacity",
        metavar="CAPACITY",
        help="With --member: observer, participating State, ... Alone: those with any.",
        click_type=completion.capacities,
    ),
]
Chair = Annotated[
    str | None,
    typer.Option(
        "--chair",
        metavar="STATE",
        help="Only those with this State in the chair.",
        click_type=completion.states,
    ),
]
Secretariat = Annotated[
    str | None,
    typer.Option(
        "--secretariat",
        metavar="WORDS",
        help="Only those whose secretariat has these words, or this name: ICMPD.",
    ),
]
Founded = Annotated[
    str | None,
    typer.Option(
        "--founded", metavar="DATES", help="Founded then: 2010.., ..2012, 2000..2005, 2013."
    ),
]
Met = Annotated[
    str | None,
    typer.Option("--met", metavar="DATES", help="Met then: 2025.., 2024..2025, 2013-05."),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="active, dormant, formalised, ...",
        click_type=completion.values_of("status"),
    ),
]
Classification = Annotated[
    str | None,
    typer.Option(
        "--classification",
        metavar="CLASS",
        help="RCP or IRF.",
        click_type=completion.values_of("classification"),
    ),
]
Region = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="REGION",
        help="By its words, its names, or where most members lie: Mediterranean, ...",
        click_type=completion.regions,
    ),
]
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="WORDS", help="Words of one of its topics.")
]
Every = Annotated[
    bool, typer.Option("--all", help="States: every one, not just those that are named.")
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="COLUMN",
        help="Sort by a column; -COLUMN: in reverse.",
        click_type=completion.sort_columns,
    ),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many rows.")
]


def command(
    context: Context,
    kind: Kind = None,
    words: Words = None,
    attended: Attended = None,
    at_lima: AtLima = False,
    member: Member = None,
    capacity: Capacity = None,
    chair: Chair = None,
    secretariat: Secretariat = None,
    founded: Founded = None,
    met: Met = None,
    as_of: AsOf = None,
    status: Status = None,
    classification: Classification = None,
    region: Region = None,
    topic: Topic = None,
    every: Every = False,
    sort: Sort = None,
    limit: Limit = None,
) -> Report:
    """List processes, bodies, meetings, sources and all else.

    Kinds: processes, bodies, organizations, forums, summits, meetings, documents,
    offices, terms; states, sources, properties, texts; conclusions, themes, key-points,
    paragraphs, footnotes, headings. Without a kind: how many there are of each.

    Any property of the kind can be a column, with its date, note and source beside it,
    as in --columns short_name,status,status_date,status_note.
    """
    from rcpref.views import list as views
    from rcpref.views.kinds import kind_named
    from rcpref.views.request import Wanted

    wanted = Wanted(
        words=words or (),
        attended=LIMA if at_lima and attended is None else attended,
        member=member,
        capacity=capacity,
        chair=chair,
        secretariat=secretariat,
        founded=founded,
        met=met,
        as_of=as_of,
        status=status,
        classification=classification,
        region=region,
        topic=topic,
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
