"""The styles that need nothing else installed, and what goes into a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcpref.citation.items import Citation

OWN_STYLES = ("text", "bibtex", "biblatex", "csl-json", "ris")
"""Styles that need nothing else installed."""

NAMED_STYLES = ("apa", "chicago", "mla", "oscola", "united-nations")
"""Those of the others, which an extra makes, that are named to people."""


def _json(found: Any) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def formatted(found: Sequence[Citation], style: str) -> list[str]:
    """Each citation in one of `OWN_STYLES`."""
    return [_maker(style)(citation) for citation in found]


def _maker(style: str) -> Callable[[Citation], str]:
    """What writes one citation; each module is imported for its own style alone."""
    if style == "csl-json":
        return lambda citation: _json(citation.item)
    if style == "ris":
        from rcpref.citation.ris import ris

        return ris
    if style == "text":
        from rcpref.citation.text import text

        return text
    from rcpref.citation import bibtex

    return bibtex.bibtex if style == "bibtex" else bibtex.biblatex


def file_of(found: Sequence[Citation], made: Sequence[str], style: str) -> str:
    """What goes into a file: one entry after the other, or one array of JSON.

    Args:
        found: The citations.
        made: Each of them in the style.
        style: One of `OWN_STYLES`, or the name of a CSL style.
    """
    if style == "csl-json":
        return _json([citation.item for citation in found])
    if style in ("bibtex", "biblatex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)
