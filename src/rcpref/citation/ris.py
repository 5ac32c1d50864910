"""Citations as records of RIS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rcpref.citation.parts import number_of, one_note, with_publisher

if TYPE_CHECKING:
    from rcpref.citation.items import Citation

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
