"""`rcpref list`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context
from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.model import LIMA
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


class Filters(Fields):
    """Which rows, and in which order."""

    attended: Annotated[
        str | None,
        typer.Option(
            "--attended",
            metavar="MEETING",
            help="Only those that took part in it.",
            autocompletion=completion.gatherings,
        ),
    ] = None
    at_lima: Annotated[bool, typer.Option("--at-lima", help=f"The same as --attended {LIMA}.")] = (
        False
    )
    member: Annotated[
        str | None,
        typer.Option(
            "--member",
            metavar="STATE",
            help="Only those with this member.",
            autocompletion=completion.states,
        ),
    ] = None
    capacity: Annotated[
        str | None,
        typer.Option(
            "--capacity",
            metavar="CAPACITY",
            help="With --member: observer, participating State, ... Alone: those with any.",
            autocompletion=completion.capacities,
        ),
    ] = None
    chair: Annotated[
        str | None,
        typer.Option(
            "--chair",
            metavar="STATE",
            help="Only those with this State in the chair.",
            autocompletion=completion.states,
        ),
    ] = None
    secretariat: Annotated[
        str | None,
        typer.Option(
            "--secretariat",
            metavar="WORDS",
            help="Only those whose secretariat has these words, or this name: ICMPD.",
        ),
    ] = None
    founded: Annotated[
        str | None,
        typer.Option(
            "--founded", metavar="DATES", help="Founded then: 2010.., ..2012, 2000..2005, 2013."
        ),
    ] = None
    met: Annotated[
        str | None,
        typer.Option("--met", metavar="DATES", help="Met then: 2025.., 2024..2025, 2013-05."),
    ] = None
    as_of: AsOf = None
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="active, dormant, formalised, ...",
            autocompletion=completion.statuses,
        ),
    ] = None
    classification: Annotated[
        str | None,
        typer.Option(
            "--classification",
            metavar="CLASS",
            help="RCP or IRF.",
            autocompletion=completion.classifications,
        ),
    ] = None
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            metavar="REGION",
            help="By its words, its names, or where most members lie: Mediterranean, ...",
            autocompletion=completion.regions,
        ),
    ] = None
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="WORDS", help="Words of one of its topics.")
    ] = None
    every: Annotated[
        bool, typer.Option("--all", help="States: every one, not just those that are named.")
    ] = False
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="COLUMN",
            help="Sort by a column; -COLUMN: in reverse.",
            autocompletion=completion.sort_columns,
        ),
    ] = None
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many rows.")
    ] = None


def command(
    context: Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="processes, bodies, ...; singular too.",
            autocompletion=completion.kinds,
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...", help="Only rows with these words (or beginnings), in any column."
        ),
    ] = None,
    *,
    filters: Filters,
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

    if kind is None:
        if filters != Filters():
            raise UsageProblem("a filter needs a kind", "write rcpref list processes ...")
        return views.counts(context.data)
    _check(filters)
    kind = kind_named(kind)
    if filters.every and kind != "state":
        raise UsageProblem("--all goes with states alone", "other kinds are always listed whole")
    wanted = Wanted(
        words=words or [],
        attended=filters.attended or (LIMA if filters.at_lima else ""),
        member=filters.member or "",
        capacity=filters.capacity or "",
        chair=filters.chair or "",
        secretariat=filters.secretariat or "",
        founded=filters.founded or "",
        met=filters.met or "",
        as_of=filters.as_of,
        status=filters.status or "",
        classification=filters.classification or "",
        region=filters.region or "",
        topic=filters.topic or "",
        every=filters.every,
        columns=context.output.columns,
        sort=filters.sort or "",
        limit=filters.limit,
    )
    return views.listing(context.data, kind, wanted)


_NEEDS = {
    "attended": ("the name of a meeting", "meetings"),
    "member": ("the name of a State", "states"),
    "capacity": ("a capacity", "processes --capacity observer"),
    "chair": ("the name of a State", "states"),
    "secretariat": ("words or a name", "processes --columns secretariat"),
    "founded": ("a date or a range", "processes --columns founded"),
    "met": ("a date or a range", "processes --met 2025.."),
    "as_of": ("a date", "processes --member Kenya --as-of 2013-05"),
    "status": ("a status", "processes --columns status"),
    "classification": ("RCP or IRF", "processes --columns classification"),
    "region": ("words", "processes --columns region"),
    "topic": ("words", "processes --columns topics"),
}
"""What the value of a filter is, and what of `rcpref list` shows some."""


def _check(filters: Filters) -> None:
    """Refuse a value that is there and says nothing."""
    for key, (what, shows) in _NEEDS.items():
        given = getattr(filters, key)
        if given is not None and not given.strip():
            option = f"--{key.replace('_', '-')}"
            raise UsageProblem(f"{option} needs {what}", f"rcpref list {shows} shows some")
    sort = filters.sort
    if sort is not None and (not sort.strip("- ") or sort.startswith("--")):
        raise UsageProblem("--sort needs the name of a column", "write --sort short_name")
