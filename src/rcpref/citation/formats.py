"""Citations written as text, BibTeX, biblatex, RIS and CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcpref.citation.items import Citation, Item

OWN_STYLES = ("text", "bibtex", "biblatex", "csl-json", "ris")
"""Styles that need nothing else installed."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


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
        item.get("publisher", "") if _is_told_apart(item) else "",
        _version(item),
    ]
    line = ", ".join(part for part in parts if part)
    if "note" in item:
        line += f" [{item['note']}]"
    line += f", {_day_text(item)}"
    return f"{line}, {item['URL']}" if "URL" in item else line


def _is_told_apart(item: Mapping[str, Any]) -> bool:
    """Whether the publisher says more than the author or the paper does."""
    authors = "; ".join(author.get("literal", "") for author in item.get("author", ()))
    return item.get("publisher") not in (authors, item.get("container-title"))


def _numbered(item: Mapping[str, Any]) -> str:
    """Series or genre with the number, as in IOM Migration Research Series 45."""
    kind = item.get("collection-title") or item.get("genre") or ""
    number = _number_of(item)
    return f"{kind} {'' if number in item['title'] else number}".strip()


def _number_of(item: Mapping[str, Any]) -> str:
    keys = ("number", "collection-number", "issue")
    return next((str(item[key]) for key in keys if key in item), "")


def _version(item: Mapping[str, Any]) -> str:
    return f"version {item['version']}" if "version" in item else ""


def _day_text(item: Mapping[str, Any]) -> str:
    """When it was published, else that no date is known and when it was read."""
    if "issued" in item:
        return _words_of(item["issued"])
    return f"undated, read {_words_of(item['accessed'])}" if "accessed" in item else "undated"


def _words_of(date: Mapping[str, Any]) -> str:
    """A date as people write it, as in 23 May 2013."""
    days = [
        " ".join([*map(str, part[2:]), *(_MONTHS[month - 1] for month in part[1:2]), str(part[0])])
        for part in date["date-parts"]
    ]
    return days[0] if len(days) == 1 else f"between {' and '.join(days)}"


def _iso(date: Mapping[str, Any] | None) -> str:
    """A date as in 2013-05-23; an interval has two, with a stroke between."""
    if date is None:
        return ""
    return "/".join(
        "-".join(f"{n:02}" if place else f"{n:04}" for place, n in enumerate(part))
        for part in date["date-parts"]
    )


def _with_publisher(item: Item) -> Item:
    """An item for forms that have a field for it, also where the author is the publisher."""
    bodies = "; ".join(filter(None, (author.get("literal") for author in item.get("author", ()))))
    return {"publisher": bodies, **item} if bodies else item


# BibTeX ---------------------------------------------------------------------------------

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

_BIBTEX_TYPES = {"report": "techreport", "book": "book", "article-journal": "article"}

_BIBTEX_NEEDS = {
    "techreport": ("author", "institution", "year"),
    "book": ("author", "publisher", "year"),
    "article": ("author", "journal", "year"),
}
"""What the styles of BibTeX stop without, by type of entry; misc needs nothing."""

_BIBTEX_FIELDS = {
    "techreport": {"type": "", "number": "", "institution": "publisher"},
    "book": {"series": "collection-title", "number": "", "publisher": "publisher"},
    "article": {"journal": "container-title", "number": "", "publisher": "publisher"},
    "misc": {
        "howpublished": "",
        "series": "collection-title",
        "number": "",
        "publisher": "publisher",
        "version": "version",
    },
}
"""Fields beside those of all entries, by type, and the keys of CSL that they are from."""

_IDENTIFIERS = {"isbn": "ISBN", "issn": "ISSN", "doi": "DOI", "language": "language"}

_KINDS = {"report": "Report", "document": "Document", "legal": "Legal text"}
"""What stands before the number of a report that has no series or genre."""


def bibtex(citation: Citation) -> str:
    """A BibTeX entry that no style stops at: without what its type needs it is a misc."""
    item = _with_publisher(citation.item)
    fields = _common_fields(item)
    if "issued" in item:
        year, month, day = [*item["issued"]["date-parts"][0], 0, 0][:3]
        fields |= {
            "year": f"{year:04}",
            "month": _MONTHS[month - 1][:3].lower() if month else "",
            "day": str(day or ""),
        }
    type_ = _BIBTEX_TYPES.get(item["type"], "misc")
    own = _fields_of(citation, _BIBTEX_FIELDS[type_])
    if not all((fields | own).get(name) for name in _BIBTEX_NEEDS.get(type_, ())):
        type_, own = "misc", _fields_of(citation, _BIBTEX_FIELDS["misc"])
    fields |= own | _fields_of(citation, _IDENTIFIERS)
    fields["urldate"] = _iso(item.get("accessed"))
    fields["note"] = _tex(_joined(citation.locator, _version(item), item.get("note")))
    return _entry(type_, item["id"], fields)


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
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D"),
    }


def _fields_of(citation: Citation, names: Mapping[str, str]) -> dict[str, str]:
    """Fields by the keys of CSL that they are from; those without one are put together."""
    item = _with_publisher(citation.item)
    made = {
        "type": _kind_of(citation),
        "number": _number_of(item),
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
    """What stands before the number of a report: series, genre, or just what it is."""
    item = citation.item
    kinds = (item.get("collection-title"), item.get("genre"), _KINDS.get(citation.kind, "Document"))
    return next((str(kind) for kind in kinds if kind), "")


def _published(citation: Citation) -> str:
    """Where a misc was published: the paper or site, else series and number, else by whom."""
    item = citation.item
    if "container-title" in item:
        return str(item["container-title"])
    if number := _number_of(item):
        return f"{_kind_of(citation)} {number}".strip()
    return item.get("publisher", "") if _is_told_apart(item) else ""


def _joined(*notes: str | None) -> str:
    return "; ".join(note for note in notes if note)


def _tex(words: str) -> str:
    return "".join(_TEX_SIGNS.get(sign, sign) for sign in words)


def _entry(type_: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return ",\n".join([f"@{type_}{{{key}", *lines]) + "\n}\n"


# biblatex -------------------------------------------------------------------------------

_LANGUAGES = {
    "ar": "arabic",
    "cs": "czech",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "ja": "japanese",
    "lt": "lithuanian",
    "nb": "norsk",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "pt-BR": "brazilian",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}
"""Languages as biblatex and babel call them."""

_BIBLATEX_TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "webpage": ("online", ("URL",)),
    "article-newspaper": ("online", ("URL",)),
    "report": ("report", ("author", "publisher")),
    "book": ("book", ("author", "publisher")),
    "article-journal": ("article", ("author", "container-title")),
    "dataset": ("dataset", ()),
}
"""Types of biblatex by those of CSL, and what a work of such a type needs."""

_BIBLATEX_FIELDS = {
    "online": {"organization": "container-title", "version": "version"},
    "report": {"type": "", "number": "", "institution": "publisher", "version": "version"},
    "book": {
        "series": "collection-title",
        "number": "",
        "publisher": "publisher",
        "isbn": "ISBN",
    },
    "article": {"journaltitle": "container-title", "number": "", "issn": "ISSN"},
    "dataset": {
        "series": "collection-title",
        "number": "",
        "publisher": "publisher",
        "version": "version",
    },
    "misc": {"type": "genre", "howpublished": "", "version": "version"},
}
"""As `_BIBTEX_FIELDS`: a data model of biblatex has no others for these types."""

_UNKNOWN_DATE = "XXXX"
"""A year that is not known, in the form of ISO 8601-2: biblatex asks for the date of nearly
all."""


def biblatex(citation: Citation) -> str:
    """An entry of biblatex, with nothing that its data model does not have for the type."""
    item = _with_publisher(citation.item)
    type_ = _biblatex_type(item)
    own = _fields_of(citation, _BIBLATEX_FIELDS[type_])
    numbers = [key for key in ("number", "ISBN", "ISSN") if key in item]
    left = [f"{key} {item[key]}" for key in numbers if key.lower() not in own]
    language = item.get("language", "")
    fields = _common_fields(item) | own
    fields |= {
        "date": _iso(item.get("issued")) or _UNKNOWN_DATE,
        "urldate": _iso(item.get("accessed")),
        "langid": _LANGUAGES.get(language, ""),
        "language": "" if language in _LANGUAGES else _tex(language),
        "doi": _tex(item.get("DOI", "")),
        "entrysubtype": _subtype(citation),
        "note": _tex(_joined(citation.locator, item.get("note"), *left)),
    }
    return _entry(type_, item["id"], fields)


def _subtype(citation: Citation) -> str:
    """What a style may want to know beside the type; biblatex has no fields for type legal."""
    newspaper = "newspaper" if citation.item["type"] == "article-newspaper" else ""
    return "legal" if citation.kind == "legal" else newspaper


def _biblatex_type(item: Mapping[str, Any]) -> str:
    """The type of a work, or misc where it lacks what that type needs."""
    type_, needs = _BIBLATEX_TYPES.get(item["type"], ("misc", ()))
    return type_ if all(key in item for key in needs) else "misc"


# RIS ------------------------------------------------------------------------------------

_RIS_TYPES = {
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
    item = _with_publisher(citation.item)
    type_ = _RIS_TYPES.get(item["type"], "GEN")
    number = _number_of(item)
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
        ("SN", number if type_ == "RPRT" else _joined(*numbers)),
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


# All ------------------------------------------------------------------------------------


def _json(found: Any) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def formatted(found: Sequence[Citation], style: str) -> list[str]:
    """Each citation in one of `OWN_STYLES`."""
    makers: dict[str, Callable[[Citation], str]] = {
        "text": text,
        "bibtex": bibtex,
        "biblatex": biblatex,
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
    if style in ("bibtex", "biblatex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)
