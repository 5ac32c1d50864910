"""Citations as entries of BibTeX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rcpref.citation.items import (
    PARTS,
    Citation,
    is_told_apart,
    iso,
    number_of,
    one_note,
    version,
    with_publisher,
)
from rcpref.dates import MONTHS

_TEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}

_PARTS = ("incollection", ("author", "container-title", "publisher", "issued"))
_ENTRY_TYPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "report": ("techreport", ("author", "publisher", "issued")),
    "book": ("book", ("author", "publisher", "issued")),
    "article-journal": ("article", ("author", "container-title", "issued")),
    **dict.fromkeys(PARTS, _PARTS),
}
"""Types of entries by those of CSL, and the keys of CSL that each needs; any other is a misc.

The styles of BibTeX stop without what a type needs.
"""

_IN_SERIES = {"series": "collection-title", "number": "", "publisher": "publisher"}

_PLACE = {"volume": "volume", "pages": "page"}

_ENTRY_FIELDS = {
    "techreport": {"type": "", "number": "", "institution": "publisher"},
    "book": _IN_SERIES,
    "article": {"journal": "container-title", "number": "", "publisher": "publisher", **_PLACE},
    "incollection": {"booktitle": "container-title", "publisher": "publisher", **_PLACE},
    "misc": {"howpublished": "", **_IN_SERIES, "version": "version"},
}
"""Fields of a type in addition to those of all entries, and the keys of CSL that they are from."""

_IDENTIFIERS = {"isbn": "ISBN", "issn": "ISSN", "language": "language"}

_KINDS = {"report": "Report", "document": "Document", "legal": "Legal text"}
"""Words before the number of a report that has no series or genre."""


def bibtex(citation: Citation) -> str:
    """A BibTeX entry that no style stops at: without what its type needs it is a misc."""
    item = with_publisher(citation.item)
    fields = _common_fields(item)
    if "issued" in item:
        year, month, day = [*item["issued"]["date-parts"][0], 0, 0][:3]
        fields |= {
            "year": f"{year:04}",
            "month": MONTHS[month - 1][:3].lower() if month else "",
            "day": str(day or ""),
        }
    type_ = _type_of(item)
    fields |= _fields_of(citation, {**_ENTRY_FIELDS[type_], **_IDENTIFIERS})
    fields["urldate"] = iso(item.get("accessed"))
    fields["note"] = _tex(one_note(citation.locator, version(item), item.get("note")))
    fields["annote"] = _tex(item.get("annote", ""))
    return _entry(type_, item["id"], fields)


def _type_of(item: Mapping[str, Any]) -> str:
    type_, needs = _ENTRY_TYPES.get(item["type"], ("misc", ()))
    return type_ if all(key in item for key in needs) else "misc"


def _common_fields(item: Mapping[str, Any]) -> dict[str, str]:
    """Author and title, kept from being taken apart, and the address."""
    authors = [
        f"{{{_tex(author['literal'])}}}"
        if "literal" in author
        else f"{_tex(author['family'])}, {_tex(author['given'])}"
        for author in item.get("author", ())
    ]
    return {
        "author": " and ".join(authors),
        "title": f"{{{_tex(item['title'])}}}",
        "doi": _verbatim(item.get("DOI", "")),
        "url": _verbatim(item.get("URL", "")),
    }


def _verbatim(address: str) -> str:
    """An address, which TeX takes as it is, except for the signs that end a field."""
    return address.replace("{", "%7B").replace("}", "%7D")


def _fields_of(citation: Citation, names: Mapping[str, str]) -> dict[str, str]:
    """Fields by the keys of CSL that they are from; those without one are put together."""
    item = with_publisher(citation.item)
    made = {
        "type": _kind_of(citation),
        "number": number_of(item),
        "howpublished": _published(citation),
    }
    fields = {name: _tex(item.get(key, "") if key else made[name]) for name, key in names.items()}
    for name, key in names.items():
        if key in ("publisher", "container-title") and name != "journal" and fields[name]:
            fields[name] = _listed(item[key])
    return fields


def _listed(names: str) -> str:
    """Names of bodies as BibTeX lists them, none of them taken apart at an "and" of its own."""
    bodies = [_tex(name) for name in names.split("; ")]
    return " and ".join(
        f"{{{each}}}" if " and " in names or bodies[1:] else each for each in bodies
    )


def _kind_of(citation: Citation) -> str:
    """Words before the number of a report: series, genre, or just what it is."""
    item = citation.item
    kinds = (item.get("collection-title"), item.get("genre"), _KINDS.get(citation.kind, "Document"))
    return next((str(kind) for kind in kinds if kind), "")


def _published(citation: Citation) -> str:
    """Where a misc was published: the paper or site, else series and number, else by whom."""
    item = citation.item
    if "container-title" in item:
        return str(item["container-title"])
    if number := number_of(item):
        return f"{_kind_of(citation)} {number}".strip()
    return item.get("publisher", "") if is_told_apart(item) else ""


def _tex(words: str) -> str:
    return "".join(_TEX_SIGNS.get(sign, sign) for sign in words)


def _entry(type_: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return ",\n".join([f"@{type_}{{{key}", *lines]) + "\n}\n"
