"""`rcpref matrix`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, Years, argument, flag, option
from rcpref.errors import UsageProblem
from rcpref.model import LISTED, MEMBER_KINDS
from rcpref.report.options import OWN_FORMATS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref matrix",
    "rcpref matrix --as-of 2013-05 -f csv",
    "rcpref matrix --kind process,body",
    "rcpref matrix igad-rcp midsa comesa",
    "rcpref matrix --as-of 2013 --long",
    "rcpref matrix --years 2003..2025 -f csv",
    "rcpref matrix --as-of 2013 -f graphml > network.graphml",
)


def command(
    context: Context,
    names: Annotated[
        list[str] | None,
        argument(
            "[NAME]...",
            "Processes, bodies or organizations (default: all processes).",
            completion.records_of(MEMBER_KINDS),
        ),
    ] = None,
    as_of: AsOf = None,
    kind: Annotated[
        str | None,
        option(
            "--kind",
            "KIND",
            "Kinds of records, with commas (default: process).",
            completion.some_of(*MEMBER_KINDS),
        ),
    ] = None,
    long: Annotated[
        bool, flag("--long", "One line for each pair, not a table of all by all.")
    ] = False,
    years: Years = None,
) -> Report:
    """Count the shared members of each pair of processes, last known or at a date.

    --years prints one line for each pair and year. -f graphml makes a network for networkx,
    Gephi or igraph: two records are joined if they share a member, and the weight is the
    number that they share.
    """
    from rcpref.cli.names import together_of
    from rcpref.views.matrix import by_year
    from rcpref.views.matrix import matrix as matrix_of
    from rcpref.views.words import kind_named

    if years is not None and as_of is not None:
        raise UsageProblem("--years and --as-of exclude each other")
    if years is not None and context.output.format in OWN_FORMATS:
        raise UsageProblem("a network shows one date", "write --as-of 2013")
    if names and kind is not None:
        raise UsageProblem("names and --kind exclude each other")
    typed = "process" if kind is None else kind
    kinds = list(dict.fromkeys(kind_named(each, offered=MEMBER_KINDS) for each in typed.split(",")))
    for each in kinds:
        if each not in MEMBER_KINDS:
            plural = LISTED.get(each, each)
            raise UsageProblem(f"{plural} have no members", "use process, body or organization")
    named = together_of(context.data, names) if names else ()
    if years is not None:
        return by_year(context.data, kinds, years=years, named=named)
    return matrix_of(context.data, kinds, as_of=as_of, long=long, named=named)
