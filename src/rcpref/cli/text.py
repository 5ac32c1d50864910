"""`rcpref text`."""

from typing import Annotated

from rcpref.cli import completion
from rcpref.cli.options import Context, Quote, argument
from rcpref.model import LIMA
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref text",
    "rcpref text lima-2013/conclusion-5",
    "rcpref text paragraph 4",
    "rcpref text lima-2013/conclusion-1..3 --quote",
    "rcpref text lima-2013 -f markdown",
)


def command(
    context: Context,
    ref: Annotated[
        list[str] | None,
        argument(
            "[REF]", "A text, or a passage such as lima-2013/footnote-1.", completion.references
        ),
    ] = None,
    quote: Quote = False,
) -> Report:
    """Show a document or one passage of it, word for word.

    Without a reference: the whole Chair's Summary of the Lima meeting. `rcpref list
    paragraphs`, `rcpref list conclusions` and so on list the references.
    """
    from rcpref.views import text as views

    return views.reading(context.data, " ".join(ref) if ref else LIMA, quote=quote)
