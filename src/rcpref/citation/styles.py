"""Citations as plain text, BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rcpref.citation.items import (
    ENTRY,
    PARTS,
    Citation,
    is_told_apart,
    iso,
    number_of,
    one_note,
    version,
    with_publisher,
)
from rcpref.dates import parse
from rcpref.errors import UsageProblem, echo

STYLES = ("text", "bibtex", "csl-json", "ris")


def written(citations: Sequence[Citation], style: str) -> list[str]:
    """Write each citation in a style."""
    if style == "text":
        return [text(citation) for citation in citations]
    if style == "bibtex":
        from rcpref.citation.bibtex import bibtex  # only this style needs it

        return [bibtex(citation) for citation in citations]
    if style == "csl-json":
        return [_json(citation.item) for citation in citations]
    if style == "ris":
        return [ris(citation) for citation in citations]
    raise UsageProblem(f"no style {echo(style)}", f"styles: {', '.join(STYLES)}")


def file_of(citations: Sequence[Citation], entries: Sequence[str], style: str) -> str:
    """Join the entries of some citations as a file has them."""
    if style == "csl-json":
        return _json([citation.item for citation in citations])
    if style == "text":
        return "".join(f"{entry}\n" for entry in entries)
    return "\n".join(entries)


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# Citations as plain text --------------------------------------------------------------


def text(citation: Citation) -> str:
    """A plain citation: who, what, where in it, the notes, when, address."""
    item = citation.item
    names = [
        author.get("literal") or f"{author['given']} {author['family']}"
        for author in item.get("author", ())
    ]
    container = item.get("container-title", "")
    kind = item.get("collection-title") or item.get("genre") or ("No." if "issue" in item else "")
    number = number_of(item)
    parts = [
        " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))),
        item["title"],
        citation.locator,
        f"in: {container}" if item["type"] in ("entry", *PARTS) else container,
        item.get("volume", ""),
        f"pp. {item['page']}" if "page" in item else "",
        # Series or genre with the number, as in IOM Migration Research Series 45.
        f"{kind} {number if kind or number not in item['title'] else ''}".strip(),
        item.get("publisher", "") if is_told_apart(item) else "",
        version(item),
    ]
    line = ", ".join(part for part in parts if part)
    if "note" in item:
        line += f" [{item['note']}]"
    read = f", read {_words_of(item['accessed'])}" if "accessed" in item else ""
    line += f", {_words_of(item['issued'])}" if "issued" in item else f", undated{read}"
    return f"{line}, {item['URL']}" if "URL" in item else line


def _words_of(date: Mapping[str, Any]) -> str:
    """A date as people write it, as in 23 May 2013."""
    days = [parse(day).words for day in iso(date).split("/")]
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
    ENTRY: "ENCYC",
    "chapter": "CHAP",
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
        ("VL", item.get("volume", "")),
        ("SP", item.get("page", "")),
        ("N1", item.get("note", "")),
        ("RN", item.get("annote", "")),
        ("N1", f"ISSN {item['ISSN']}" if type_ == "RPRT" and "ISSN" in item else ""),
    ]
    body = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value)
    return body + "ER  - \n"


def _ris_day(date: Mapping[str, Any]) -> str:
    """A date in the form of RIS, as in 2013/05/23/; of an interval the first."""
    parts = [*(f"{n:02}" for n in date["date-parts"][0]), "", ""][:3]
    return "/".join(parts) + "/"
