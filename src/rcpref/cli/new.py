"""`rcpref new`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, argument
from rcpref.model import KINDS
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref new process my-process",
    "rcpref new process my-process --data my-overlay",
    "rcpref new processes bali-process --data my-overlay",
)


def command(
    context: Context,
    kind: Annotated[
        str,
        argument(
            "KIND",
            "process, body, meeting, ... or processes, ...",
            completion.one_of(*KINDS),
        ),
    ],
    key: Annotated[
        str,
        argument("ID", "Id of a new record, or of an existing one.", completion.records_of()),
    ],
) -> Report:
    """Start a file of an overlay from a commented template.

    With --data the file is written to that folder, with a sources.toml. The folder is made if
    it is missing; an existing file is never replaced. Without --data it is printed.
    """
    from rcpref.data.loading import load
    from rcpref.views.check import new as view
    from rcpref.writing import stopped_cleanly

    # Not `context.data`: the overlay may be empty or not there yet.
    with stopped_cleanly():
        return view(load(), kind, key, context.overlay, context.output.columns)
