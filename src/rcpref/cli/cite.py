"""`rcpref cite`."""

from typing import Annotated

from rcpref.citation.styles import STYLES
from rcpref.cli import completion
from rcpref.cli.options import Context, argument, option
from rcpref.report.report import Report

EXAMPLES = (
    "rcpref cite lima-2013/conclusion-5",
    "rcpref cite lima-2013 --style bibtex",
    "rcpref cite bali-process mrs-45 a-res-65-170 --style ris",
    "rcpref cite dataset --style csl-json",
)


def command(
    context: Context,
    refs: Annotated[
        list[str],
        argument("REF...", "Passages, records, claims, sources, or dataset.", completion.citable),
    ],
    style: Annotated[
        str,
        option("--style", "STYLE", f"{', '.join(STYLES)}.", completion.styles),
    ] = "text",
) -> Report:
    """Cite passages, records, claims, sources, or the data set itself.

    Citations are printed ready to paste; -f json and other formats have them in a table.
    The name of a meeting cites its outcome document, if the data have its text. `dataset`
    cites the data, with version and digest. For APA, Chicago and other printed styles, import
    csl-json or ris into Zotero or another reference manager.
    """
    from rcpref.cli.names import REFERENCES, names_of
    from rcpref.views.text import cite as cite_all

    return cite_all(context.data, names_of(context.data, refs, REFERENCES), style=style)
