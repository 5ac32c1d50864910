"""`rcpref list`."""

from typing import Annotated, NamedTuple

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context
from rcpref.errors import UsageProblem
from rcpref.report.report import Report

LIMA = "lima-2013"

EXAMPLES = (
    "rcpref list processes",
    "rcpref list processes labour",
    "rcpref list processes --at-lima",
    "rcpref list processes --member Kenya --as-of 2013-05",
    "rcpref list processes --region Africa --topic trafficking",
    "rcpref list bodies -f json",
    "rcpref list processes | cut -f1",
)


class Filters(NamedTuple):
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
            help="Words of its region, or a UN M49 region in which most members lie.",
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
        typer.Argument(metavar="[WORDS]...", help="Only rows with these words (or beginnings)."),
    ] = None,
    *,
    filters: Filters,
) -> Report:
    """List processes, bodies, meetings, sources and all else.

    Kinds: processes, bodies, organizations, forums, summits, meetings, documents,
    offices, terms; states, sources, properties, texts; conclusions, themes, key-points,
    paragraphs, footnotes, headings. Without a kind: how many there are of each.

    Any property of the kind can be a column, as in --columns short_name,status.
    """
    from rcpref.views import list as views
    from rcpref.views.kinds import kind_named

    if kind is None:
        if filters != Filters():
            raise UsageProblem("a filter needs a kind", "write rcpref list processes ...")
        return views.counts(context.data)
    _check(filters)
    kind = kind_named(kind)
    if filters.every and kind != "state":
        raise UsageProblem("--all goes with states alone", "other kinds are always listed whole")
    wanted = views.Wanted(
        words=words or [],
        attended=filters.attended or (LIMA if filters.at_lima else ""),
        member=filters.member or "",
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
    if filters.sort is not None and not filters.sort.strip("- "):
        raise UsageProblem("--sort needs the name of a column", "write --sort short_name")
