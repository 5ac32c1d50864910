"""Citations written as text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcpref.citation.items import Citation

OWN_STYLES = ("text", "bibtex", "csl-json", "ris")
"""Styles that need nothing else installed."""


def text(citation: Citation) -> str:
    """A plain citation: who, what, where in it, when, address."""
    item = citation.item
    who = ", ".join(
        author.get("literal") or f"{author['given']} {author['family']}"
        for author in item.get("author", ())
    )
    parts = [who, item["title"]]
    if citation.locator:
        parts.append(citation.locator)
    number = str(item.get("number", ""))
    if number and number not in item["title"]:
        parts.append(number)
    if "container-title" in item:
        parts.append(f"in: {item['container-title']}")
    if "collection-title" in item:
        series = item["collection-title"]
        parts.append(
            f"{series} {item['collection-number']}" if "collection-number" in item else series
        )
    literals = [author.get("literal", "") for author in item.get("author", ())]
    if item.get("publisher") and item["publisher"] != "; ".join(literals):
        parts.append(item["publisher"])
    if "version" in item:
        parts.append(f"version {item['version']}")
    parts.append(_date_text(item) or "undated")
    line = ", ".join(part for part in parts if part)
    if "archive" in item:
        copy = "a copy" if item["archive"] == "copy" else f"a copy at {item['archive']}"
        line += f", read as {copy}"
    if "URL" in item:
        line += f", {item['URL']}"
    return f"{line} [{item['note']}]" if "note" in item else line


def _date_text(item: Mapping[str, Any]) -> str:
    if "issued" not in item:
        return ""
    parts = item["issued"]["date-parts"]
    return "/".join("-".join(_two(n) for n in part) for part in parts)


def _two(number: int) -> str:
    return f"{number:04}" if number > 31 else f"{number:02}"


_BIBTEX_TYPES = {
    "report": "techreport",
    "webpage": "misc",
    "dataset": "misc",
    "entry": "misc",
}

_BIBTEX_SIGNS = {
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


def bibtex(citation: Citation) -> str:
    """A BibTeX entry; corporate authors and titles are kept from being taken apart."""
    item = citation.item
    fields: dict[str, str] = {}
    authors = [
        f"{{{_tex(author['literal'])}}}"
        if "literal" in author
        else f"{_tex(author['family'])}, {_tex(author['given'])}"
        for author in item.get("author", ())
    ]
    if authors:
        fields["author"] = " and ".join(authors)
    fields["title"] = f"{{{_tex(item['title'])}}}"
    if item["type"] == "report":
        fields["institution"] = _tex(item.get("publisher", ""))
        fields["type"] = _tex(item.get("genre", ""))
        fields["number"] = _tex(str(item.get("number", item.get("collection-number", ""))))
        fields["series"] = _tex(item.get("collection-title", ""))
        fields["address"] = _tex(item.get("event-place", ""))
    else:
        fields["publisher"] = _tex(item.get("publisher", ""))
        fields["version"] = _tex(item.get("version", ""))
        fields["booktitle"] = _tex(item.get("container-title", ""))
    if "issued" in item:
        first = item["issued"]["date-parts"][0]
        fields["year"] = f"{first[0]:04}"
        fields["month"] = str(first[1]) if len(first) > 1 else ""
        fields["date"] = _date_text(item)
    fields["issn"] = _tex(item.get("ISSN", ""))
    fields["url"] = item.get("URL", "").replace("{", "%7B").replace("}", "%7D")
    notes = [citation.locator, _copy_note(item), item.get("note", "")]
    fields["note"] = _tex("; ".join(note for note in notes if note))
    body = "".join(f",\n  {key} = {{{value}}}" for key, value in fields.items() if value)
    return f"@{_BIBTEX_TYPES[item['type']]}{{{item['id']}{body}\n}}\n"


def _tex(words: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(sign, sign) for sign in words)


def _copy_note(item: Mapping[str, Any]) -> str:
    if "archive" not in item:
        return ""
    return "read as a copy" if item["archive"] == "copy" else f"read as a copy at {item['archive']}"


_RIS_TYPES = {
    "report": "RPRT",
    "webpage": "ELEC",
    "dataset": "DATA",
    "entry": "DATA",
}


def ris(citation: Citation) -> str:
    """A record of the RIS format."""
    item = citation.item
    type_ = "GOVDOC" if "/" in str(item.get("number", "")) else _RIS_TYPES[item["type"]]
    lines = [("TY", type_), ("ID", item["id"])]
    for author in item.get("author", ()):
        lines.append(("AU", author.get("literal") or f"{author['family']}, {author['given']}"))
    lines.append(("TI", item["title"]))
    if "issued" in item:
        first = [*item["issued"]["date-parts"][0], "", ""][:3]
        lines.append(("PY", f"{first[0]:04}"))
        lines.append(("DA", "/".join(f"{n:02}" if n else "" for n in first) + "/"))
    lines += [
        ("PB", item.get("publisher", "")),
        ("CY", item.get("event-place", "")),
        ("T2", item.get("event-title", item.get("container-title", ""))),
        ("T3", item.get("collection-title", "")),
        ("M1", str(item.get("number", item.get("collection-number", "")))),
        ("SE", citation.locator),
        ("ET", item.get("version", "")),
        ("SN", item.get("ISSN", "")),
        ("UR", item.get("URL", "")),
        ("N1", _copy_note(item)),
        ("N1", item.get("note", "")),
    ]
    body = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value)
    return body + "ER  - \n"


def _json(found: Any) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def formatted(found: Sequence[Citation], style: str) -> list[str]:
    """Each citation in one of `OWN_STYLES`."""
    makers: dict[str, Callable[[Citation], str]] = {
        "text": text,
        "bibtex": bibtex,
        "csl-json": lambda citation: _json(citation.item),
        "ris": ris,
    }
    return [makers[style](citation) for citation in found]


def file_of(found: Sequence[Citation], made: Sequence[str], style: str) -> str:
    """What goes into a file: one entry after the other, or one array of JSON.

    Args:
        found: The citations.
        made: Each of them in the style.
        style: One of `OWN_STYLES`, or the name of a CSL style.
    """
    if style == "csl-json":
        return _json([citation.item for citation in found])
    if style in ("bibtex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)
