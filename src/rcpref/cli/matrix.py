"""`rcpref matrix`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Basis, Context
from rcpref.errors import UsageProblem
from rcpref.model import MEMBER_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref matrix",
    "rcpref matrix --as-of 2013-05 -f csv",
    "rcpref matrix --kind process,body",
    "rcpref matrix --long --basis listed",
    "rcpref matrix --as-of 2013 -f graphml > network.graphml",
)


def command(
    context: Context,
    as_of: AsOf = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Kinds of records; several with commas.",
            autocompletion=completion.some_of(*MEMBER_KINDS),
        ),
    ] = "process",
    basis: Basis = None,
    long: Annotated[
        bool, typer.Option("--long", help="A line for every two, not a table of all by all.")
    ] = False,
) -> Report:
    """Count the shared members of every two processes, as last known or at a date.

    -f graphml makes a network for networkx, Gephi or igraph: records that share a member
    are joined, the more they share the heavier.
    """
    from rcpref.answers.membership.basis import bases_named
    from rcpref.model import KINDS
    from rcpref.views.kinds import kind_named
    from rcpref.views.matrix import matrix as view

    kinds = [kind_named(word, offered=MEMBER_KINDS) for word in kind.split(",")]
    for each in kinds:
        if each not in MEMBER_KINDS:
            plural = KINDS.get(each, each)
            raise UsageProblem(f"{plural} have no members", "use process, body or organization")
    return view(context.data, list(dict.fromkeys(kinds)), as_of, bases_named(basis), long)
