"""`rcpref show`."""

from typing import Annotated

import typer

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context
from rcpref.errors import UsageProblem
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref show bali-process",
    "rcpref show IGC puebla 5+5",
    "rcpref show Bali Process Colombo Process",
    "rcpref show colombo-process -p chair --as-of 2013-05",
    "rcpref show almaty-process --history",
    "rcpref show oas -f json",
)


def command(
    context: Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="Id, acronym, name or alias.",
            autocompletion=completion.records_and_states,
        ),
    ],
    key: Annotated[
        str | None,
        typer.Option(
            "--property",
            "-p",
            metavar="P",
            help="The value of this property, one item a line.",
            autocompletion=completion.properties,
        ),
    ] = None,
    as_of: AsOf = None,
    history: Annotated[
        bool, typer.Option("--history", help="All claims, those in dispute marked.")
    ] = False,
) -> Report:
    """Show records: names, claims, sources, what Lima says.

    A name is taken without regard to case, accents, punctuation and spacing. Records
    are looked for first, then States. Claims are those that speak of the date asked for
    (without --as-of, that of the data): those that hold then, else the newest before.
    """
    from rcpref.answers.names import find_any, find_record
    from rcpref.cli.words import ANY, names_of
    from rcpref.views.property import property_at
    from rcpref.views.show import Asked, showing

    if history and (as_of is not None or key is not None):
        raise UsageProblem("--history shows all claims", "leave out --as-of and --property")
    data = context.data
    names = names_of(data, names, ANY)
    if key is not None:
        records = [find_record(data, name) for name in names]
        key = key.strip().lower().replace("-", "_").replace(" ", "_")
        return property_at(data, list(dict.fromkeys(records)), key, as_of)
    found = [find_any(data, name) for name in names]
    return showing(data, list(dict.fromkeys(found)), names, Asked(as_of, history))
