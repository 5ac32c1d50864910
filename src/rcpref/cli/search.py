"""`rcpref search`."""

from typing import Annotated

import typer

from rcpref.answers.search import PLACES, Scope
from rcpref.cli import completion
from rcpref.cli.options import Context, argument, option
from rcpref.model import KINDS, PASSAGE_KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref search evidence base",
    "rcpref search '\"regional bodies\" engage'",
    "rcpref search 'migra* AND health' --in claims",
    "rcpref search peru --property chair",
    "rcpref search trafficking --kind process -f json",
)


def command(
    context: Context,
    words: Annotated[
        list[str], argument("WORDS...", 'All must be found; "phrases"; migra*; AND, OR, NOT.')
    ],
    places: Annotated[
        str | None,
        option("--in", "A,B", f"Look only in: {', '.join(PLACES)}.", completion.some_of(*PLACES)),
    ] = None,
    kind: Annotated[
        str | None,
        option(
            "--kind",
            "KIND",
            "Only records or passages of this kind.",
            completion.some_of(*KINDS, *PASSAGE_KINDS),
        ),
    ] = None,
    key: Annotated[
        str,
        option(
            "--property", "P", "Only claims about this property.", completion.properties, short="-p"
        ),
    ] = "",
    as_of: Annotated[
        str | None, option("--as-of", "DATE", "Only claims whose date may include this date.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="At most this many hits.")
    ] = 20,
) -> Report:
    """Search names, claims, notes, sources and texts, the best hit first.

    Case and accents do not matter, and a word finds its plural. Punctuation separates words
    and is never an error. With --as-of, claims are found only if they may be of that date.
    """
    from rcpref.dates import parse
    from rcpref.views.search import searching
    from rcpref.views.words import kind_named

    kinds = kind.split(",") if kind is not None else ()
    offered = [*KINDS, *PASSAGE_KINDS]
    scope = Scope(
        places=[each.strip().lower() for each in places.split(",")] if places is not None else [],
        kinds=tuple(kind_named(word, offered=offered) for word in kinds),
        property=key.strip().lower().replace("-", "_"),
        as_of=parse(as_of) if as_of is not None else None,
    )
    return searching(context.data, " ".join(words), scope=scope, limit=limit)
