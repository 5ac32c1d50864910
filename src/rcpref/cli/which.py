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
            "A name as you would type it; - reads names from standard input.",
            completion.records_and_states,
        ),
    ],
) -> Report:
    """Tell how a name is understood: the records and States that it fits.

    Words that are not in quotation marks are read as the fewest names that they can be.
    """
    from rcpref.cli.names import ANY, names_of
    from rcpref.views.search import which as meanings_of
    from rcpref.views.show import report_on_each

    asked = {name: name for name in names_of(context.data, names, ANY)}
    return report_on_each(asked, lambda name: meanings_of(context.data, name), "name", "names")
