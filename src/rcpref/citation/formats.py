"""The styles that need nothing else installed: text, RIS, CSL-JSON, and what goes into a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.citation.items import (
    MONTHS,
    is_told_apart,
    number_of,
    one_note,
    version,
    with_publisher,
)

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
    """What writes one citation; BibTeX is imported for its own styles alone."""
    if style in ("bibtex", "biblatex"):
        from rcpref.citation import bibtex

        return bibtex.bibtex if style == "bibtex" else bibtex.biblatex
    if style == "csl-json":
        return lambda citation: _json(citation.item)
    return ris if style == "ris" else text


def file_of(found: Sequence[Citation], made: Sequence[str], style: str) -> str:
    """What goes into a file: one entry after the other, or one array of JSON."""
    if style == "csl-json":
        return _json([citation.item for citation in found])
    if style in ("bibtex", "biblatex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)


# Citations as plain text --------------------------------------------------------------


def text(citation: Citation) -> str:
    """A plain citation: who, what, where in it, the notes, when, address."""
    item = citation.item
    names = [
        author.get("literal") or f"{author['given']} {author['family']}"
        for author in item.get("author", ())
    ]
    container = item.get("container-title", "")
    parts = [
        " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))),
        item["title"],
        citation.locator,
        f"in: {container}" if item["type"] == "entry" else container,
        _numbered(item),
        item.get("publisher", "") if is_told_apart(item) else "",
        version(item),
    ]
    line = ", ".join(part for part in parts if part)
    if "note" in item:
        line += f" [{item['note']}]"
    line += f", {_day_text(item)}"
    return f"{line}, {item['URL']}" if "URL" in item else line


def _numbered(item: Mapping[str, Any]) -> str:
    """Series or genre with the number, as in IOM Migration Research Series 45."""
    kind = item.get("collection-title") or item.get("genre") or ("No." if "issue" in item else "")
    number = number_of(item)
    if kind:
        return f"{kind} {number}".strip()
    return "" if number in item["title"] else number


def _day_text(item: Mapping[str, Any]) -> str:
    """When it was published, else that no date is known and when it was read."""
    if "issued" in item:
        return _words_of(item["issued"])
    return f"undated, read {_words_of(item['accessed'])}" if "accessed" in item else "undated"


def _words_of(date: Mapping[str, Any]) -> str:
    """A date as people write it, as in 23 May 2013."""
    days = [
        " ".join([*map(str, part[2:]), *(MONTHS[month - 1] for month in part[1:2]), str(part[0])])
        for part in date["date-parts"]
    ]
    return days[0] if len(days) == 1 else f"between {' and '.join(days)}"


# Citations as records of RIS ----------------------------------------------------------


_TYPES = {
    "report": "RPRT",
    "webpage": "ELEC",
    "article-newspaper": "NEWS",
    "article-journal": "JOUR",
    "book": "BOOK",
    "dataset": "DATA",
    "entry": "DATA",
}

_NO_COMMA = "\u201a"
"""A sign that looks like the comma: readers of RIS take what follows one for a given name."""


def ris(citation: Citation) -> str:
    """A record of the RIS format.

    Readers differ in where they look for a number: in a report it is SN, where all others
    have the ISBN or ISSN, in a book M1, and some look in IS whatever it is.
    """
    item = with_publisher(citation.item)
    type_ = _TYPES.get(item["type"], "GEN")
    number = number_of(item)
    numbers = [item[key] for key in ("ISBN", "ISSN") if key in item]
    lines = [("TY", type_), ("ID", item["id"])]
    for author in item.get("author", ()):
        person = f"{author.get('family')}, {author.get('given')}"
        body = author.get("literal", "").replace(",", _NO_COMMA)
        lines.append(("AU", body or person))
    lines.append(("TI", item["title"]))
    if "issued" in item:
        lines.append(("PY", f"{item['issued']['date-parts'][0][0]:04}"))
        lines.append(("DA", _ris_day(item["issued"])))
    lines += [
        ("PB", item.get("publisher", "")),
        ("T2", item.get("container-title", item.get("collection-title", ""))),
        ("IS", number),
        ("M1", number if type_ in ("BOOK", "GEN") else ""),
        ("M3", item.get("genre", "")),
        ("SE", citation.locator),
        ("ET", item.get("version", "")),
        ("LA", item.get("language", "")),
        ("SN", number if type_ == "RPRT" else one_note(*numbers)),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "").replace(";", "%3B")),
        ("Y2", _ris_day(item["accessed"]) if "accessed" in item else ""),
        ("N1", item.get("note", "")),
        ("N1", f"ISSN {item['ISSN']}" if type_ == "RPRT" and "ISSN" in item else ""),
    ]
    body = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value)
    return body + "ER  - \n"


def _ris_day(date: Mapping[str, Any]) -> str:
    """A date in the form of RIS, as in 2013/05/23/; of an interval the first."""
    parts = [*(f"{n:02}" for n in date["date-parts"][0]), "", ""][:3]
    return "/".join(parts) + "/"
