"""`rcpref which`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, argument
from rcpref.report.report import Report

EXAMPLES = ("rcpref which CAN", "rcpref which lima", "rcpref which South Sudan")


def command(
    context: Context,
    names: Annotated[
        list[str],
        argument(
            "NAME...",
            "A name; - reads names from standard input.",
            completion.records_and_states,
        ),
    ],
) -> Report:
    """Show what a name matches: records and States.

    Words without quotation marks are read as the smallest possible number of names.
    """
    from rcpref.cli.names import ANY, names_of
    from rcpref.views.search import which as meanings_of
    from rcpref.views.show import report_on_each

    asked = {name: name for name in names_of(context.data, names, ANY)}
    return report_on_each(asked, lambda name: meanings_of(context.data, name), "name", "names")
