"""`rcpref show`."""

from collections.abc import Sequence
from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, argument, flag, option
from rcpref.errors import UsageProblem
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref show bali-process",
    "rcpref show IGC puebla 5+5",
    "rcpref show Bali Process Colombo Process",
    "rcpref show colombo-process -p chair --as-of 2013-05",
    "rcpref show sacm igc -p chair,next_chair",
    "rcpref show almaty-process --history",
    "rcpref show rabat-process -p chair --history",
    "rcpref show oas -f json",
    "rcpref show igc --full -f html > igc.html",
)


def command(
    context: Context,
    names: Annotated[
        list[str], argument("NAME...", "Id, acronym, name or alias.", completion.records_and_states)
    ],
    keys: Annotated[
        list[str] | None,
        option(
            "--property",
            "P,Q",
            "Only these properties, one item a line. May be repeated.",
            completion.properties,
            short="-p",
        ),
    ] = None,
    as_of: AsOf = None,
    history: Annotated[
        bool,
        flag("--history", "All claims (with -p, about these), disputed ones marked."),
    ] = False,
    full: Annotated[bool, flag("--full", "All current claims, with notes and texts.")] = False,
) -> Report:
    """Show a process, body, meeting, State or other record.

    For people (on a terminal, with -f table, text, markdown or html) this is one screen.
    --full shows all current claims, --history all claims. -f html makes a page for a browser.
    Other formats always have the whole record.

    Case, accents, punctuation and spaces in a name do not matter. Records are looked up
    first, then States; a code of two letters can be either. Claims are those that hold at
    the date (--as-of, or the date of the data); if there are none, the newest before it.
    """
    from rcpref.answers.names import find_any, find_record
    from rcpref.cli.names import ANY, names_of

    if history and as_of is not None:
        raise UsageProblem("--history shows the claims of all dates", "leave out --as-of")
    data = context.data
    names = names_of(data, names, ANY)
    if keys:
        from rcpref.model.records import Record
        from rcpref.views.property import history_of, properties_at

        # Each name means what it means without -p; a State has no properties.
        found = [find_any(data, name) for name in names]
        records = [
            each if isinstance(each, Record) else find_record(data, name)
            for each, name in zip(found, names, strict=True)
        ]
        records = list(dict.fromkeys(records))
        if history:
            return history_of(data, records, _split(keys))
        return properties_at(data, records, _split(keys), as_of=as_of)
    from rcpref.views.show import showing

    found = list(dict.fromkeys(find_any(data, name) for name in names))
    return showing(data, found, names, as_of=as_of, history=history, full=full)


def _split(typed: Sequence[str]) -> list[str]:
    names = [name.strip() for name in ",".join(typed).split(",")]
    if not all(names):
        raise UsageProblem("the name of a property is empty", "write -p chair,next_chair")
    return names
