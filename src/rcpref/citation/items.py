"""Citations of documents, passages, records, claims, sources and the data set.

Every citation is a CSL-JSON item, the form that reference managers share; the other forms
are written from it. Authors are those whom the data name, persons or bodies; nothing is
filled in: a page without a date has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.fields import Fields, replace
from rcpref.model import NOT_NAMED, OVERLAY

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record
    from rcpref.model.sources import Source
    from rcpref.model.texts import Passage


ENTRY = "entry-encyclopedia"
PARTS = {ENTRY: "webpage", "chapter": "book"}
"""What CSL calls a part of a work of reference, as a page of a site and in a book.

Of an entry without an author APA names the publisher, and then names it again.
"""

AUTHOR = "The rcpref contributors"

Item = dict[str, Any]


class Citation(Fields):
    """What was cited, as a CSL-JSON item, with the place in it and the source that it is of."""

    ref: str
    item: Item
    locator: str = ""  # as in "conclusion 5"
    source: str = ""  # empty for records and the data set
    kind: str = ""  # what the bibliography calls that source, as in legal


def citation_of(data: Data, cited: Data | Passage | Claim | Record | Source) -> Citation:
    """The citation of one thing that the data set holds, or of the data set itself."""
    if isinstance(cited, Data):
        return dataset_citation(cited)
    # By name: each class of the model takes time to import, and one is all that is cited.
    makers: dict[str, Callable[[Data, Any], Citation]] = {
        "Passage": passage_citation,
        "Claim": claim_citation,
        "Record": record_citation,
        "Source": lambda data, source: source_citation(data, source.key),
    }
    return makers[type(cited).__name__](data, cited)


def dataset_citation(data: Data) -> Citation:
    item: Item = {
        "id": f"rcpref-data-{data.version}",
        "type": "dataset",
        "title": data.info.title,
        **_made(data),
        "publisher": AUTHOR,
        "note": _which_data(data),
    }
    return Citation("dataset", item)


def _made(data: Data) -> Item:
    """Who made the data, when, and where they are."""
    item: Item = {
        "author": [{"literal": AUTHOR}],
        "issued": _issued(data.date),
        "version": data.version,
    }
    return item | {"URL": data.info.url} if data.info.url else item


def _which_data(data: Data) -> str:
    """Which data exactly, for a note."""
    return f"{'with an overlay; ' if data.overlay else ''}digest sha256:{data.digest}"


def _if_overlaid(data: Data) -> str:
    """Which data exactly, where the version alone does not tell it."""
    return f", {_which_data(data)}" if data.overlay else ""


def source_citation(data: Data, key: str, locator: str = "", ref: str = "") -> Citation:
    source = data.sources[key]
    item: Item = {"id": _key(ref or key), **_entry(source)}
    if locator:
        item["section"] = locator
    return Citation(ref or key, item, locator, key, source.type or "")


def _entry(source: Source) -> Item:
    """A source as the bibliography has it; nothing that it does not say is filled in."""
    translated = f" [{source.title_en}]" if source.title_en else ""
    item: Item = {"type": _type_of(source), "title": f"{source.title}{translated}"}
    if source.type in _GENRES:
        item["genre"] = _GENRES[source.type]
    _add_names(source, item)
    if source.series:
        place = "container-title" if item["type"] in _CONTAINED else "collection-title"
        item[place] = source.series
    if source.number:
        place = "collection-number" if "collection-title" in item else "number"
        item["issue" if item["type"] in _PERIODICALS else place] = source.number
    more = {
        "container-title": source.container,
        "volume": source.volume,
        "page": source.pages,
        "issued": source.date and _issued(source.date),
        "accessed": source.accessed and _issued(source.accessed),
        "language": source.language,
        "DOI": source.doi,
        "ISBN": source.isbn,
        "ISSN": source.issn,
        "URL": _ascii(source.archived or source.url or ""),
        "note": one_note(source.note, _read_in(source)),
        "annote": source.editors_note,
    }
    item |= {name: value for name, value in more.items() if value}
    if source.number and is_symbol(source.number) and (source.copy or not source.url):
        # The day of reading is that of the copy; the note has it with the host.
        item.pop("accessed", None)
        item["URL"] = address_of(source.number)
    return item


def _ascii(address: str) -> str:
    """An address as it goes over the wire: readers of references stop at other signs."""
    if address.isascii():
        return address
    from urllib.parse import quote

    return "".join(sign if sign.isascii() else quote(sign) for sign in address)


def address_of(symbol: str) -> str:
    """The address of a document in the store of the United Nations.

    So the Dag Hammarskjöld Library and research guides of universities tell it.
    """
    return f"https://undocs.org/{symbol.replace(' ', '')}"


_TYPES = {
    "report": "report",
    # Styles print what a report has: of a law they make one of a code of the United States,
    # and of a document some leave out the date.
    "document": "report",
    "legal": "report",
    "journal-article": "article-journal",
    "book": "book",
    "dataset": "dataset",
    "speech": "speech",
}
"""Types of sources that are no pages, as CSL calls them."""

_GENRES = {"press-release": "Press release", "speech": "Speech"}


def _type_of(source: Source) -> str:
    if source.container and source.type in PARTS.values():
        return next(part for part, kind in PARTS.items() if kind == source.type)
    if _is_press(source):
        return "article-newspaper"
    return _TYPES.get(source.type or "", "webpage")


def _is_press(source: Source) -> bool:
    """Whether it is news of a paper, an agency or a station, and not of a body itself."""
    return source.type == "news" and source.tier != "primary"


_BROUGHT_OUT = ("news", "press-release", "book", "journal-article")
"""What papers, agencies and publishing houses bring out without having written it."""


def _add_names(source: Source, item: Item) -> None:
    """Who wrote and who published a source; nothing if nobody is named.

    What others bring out has no author but those who sign it. A body that is the author is
    not named again as publisher: the styles print both, and want it once.
    """
    named = [name for name in source.publisher if name != NOT_NAMED]
    authors = [
        {"family": each.family, "given": each.given} if each.given else {"literal": each.family}
        for each in source.author
    ]
    if not authors and (source.tier == "primary" or source.type not in _BROUGHT_OUT):
        authors = [{"literal": name} for name in named]
    elif named:
        item["publisher"] = source.publishers
    if authors:
        item["author"] = authors
    if named and _is_press(source):
        item["container-title"] = source.publishers


_PERIODICALS = ("article-newspaper", "article-journal")
_CONTAINED = ("webpage", *_PERIODICALS)
"""Types that are part of a site, a paper or a journal; others are part of a series."""


def _read_in(source: Source) -> str:
    """Which copy was read, and of a United Nations document also when, for a note."""
    if source.archived:
        return f"copy stored on {source.archived_date}"
    if not source.copy:
        return ""
    words = "read in a copy" if source.copy == NOT_NAMED else f"read in a copy: {source.copy}"
    when = source.accessed if is_symbol(source.number or "") else None
    return f"{words}, {when}" if when else words


def record_citation(data: Data, record: Record) -> Citation:
    """A record: a document as itself, any other as an entry of the data set."""
    if record.kind == "document":
        # No overlay changes the citation of a document of the data.
        own = [each for each in record.claims if not each.source.startswith(OVERLAY)]
        return _document(data, record if record.overlay else replace(record, claims=tuple(own)))
    item: Item = {
        "id": _key(record.id),
        "type": "entry",
        "title": record.name,
        **_made(data),
        "container-title": data.info.title,
        "note": f"record {record.id}{_if_overlaid(data)}",
    }
    if record.short_name != record.name:
        item["title-short"] = record.short_name
    return Citation(record.id, item)


def _document(data: Data, record: Record) -> Citation:
    """A document: as the bibliography has it, else as its claims say."""
    symbol = record.acronym if record.acronym and is_symbol(record.acronym) else ""
    source = _listed(data, record, symbol)
    if source and source.key == record.id:
        return source_citation(data, record.id)
    if source:
        # What the entry notes is of the page that was read, such as one of a catalogue.
        item = {"id": _key(record.id), **_entry(replace(source, title=record.name, note=None))}
        return Citation(record.id, item, source=source.key, kind=source.type or "")
    item = {"id": _key(record.id), "type": "report", "title": record.name}
    if symbol:
        item["number"] = symbol
    publisher = _first(record, "publisher") or (_issuer(data, symbol) if symbol else "")
    authors = [_person(_one_line(claim)) for claim in record.claims_of("author")]
    if authors and publisher:
        item["publisher"] = publisher
    if authors or publisher:
        item["author"] = authors or [{"literal": publisher}]
    if day := _first(record, "adopted", "published"):
        item["issued"] = _issued(day)
    series, _, number = _first(record, "series").partition(", No. ")
    more = {
        "collection-title": series,
        "collection-number": number,
        "ISSN": _first(record, "issn"),
        "URL": _first(record, "url") or (address_of(symbol) if symbol else ""),
    }
    item |= {name: value for name, value in more.items() if value}
    return Citation(record.id, item, kind="document")


def _listed(data: Data, record: Record, symbol: str) -> Source | None:
    """The entry of the bibliography on a document: of its key, its symbol or its address.

    That of a bundled document is no source of an overlay.
    """
    listed = data.sources.get(record.id)
    if listed and listed.overlay <= record.overlay:
        return listed
    address = _first(record, "url")
    found = [
        source
        for source in data.sources.values()
        if source.overlay <= record.overlay
        and ((symbol and source.number == symbol) or (address and source.url == address))
    ]
    # What was read at the publisher's own address comes before a copy of it elsewhere.
    return min(found, key=lambda source: source.copy is not None, default=None)


def _issuer(data: Data, symbol: str) -> str:
    """The body that all documents of the bibliography have whose symbols begin alike."""
    organ = symbol.partition("/")[0] + "/"
    bodies = {
        source.publishers
        for source in data.sources.values()
        if not source.overlay
        and (source.number or "").startswith(organ)
        and is_symbol(source.number or "")
    }
    return bodies.pop() if len(bodies) == 1 else ""


def _first(record: Record, *properties: str) -> str:
    """The value of the first claim on the first of some properties that has one."""
    claims = (claim for key in properties for claim in record.claims_of(key))
    return next(map(_one_line, claims), "")


def _one_line(claim: Claim) -> str:
    """The value of a claim: a second line would begin another field of a citation."""
    return " ".join(str(claim.value).split())


def passage_citation(data: Data, passage: Passage) -> Citation:
    """A passage, as a place in its document; a heading is cited as the document."""
    document = data.texts[passage.text_id].document
    if passage.kind in ("heading", "signature"):
        return source_citation(data, document)
    locator = f"{passage.kind.replace('-', ' ')} {passage.number}"
    return source_citation(data, document, locator, passage.ref)


def claim_citation(data: Data, claim: Claim) -> Citation:
    """A claim: its source, with the claim and the data that hold it in a note."""
    place = (claim.passage or "").rpartition("/")[2].replace("-", " ")
    locator = place or f"claim {claim.ref}"
    found = source_citation(data, claim.source, locator, claim.ref)
    label = data.label_of(claim.property).lower()
    named = f": claim {claim.ref}" if place else ""
    claimed = f"{data.records[claim.record].short_name}, {label}{named}"
    held = f"{claimed} in rcpref data {data.version}{_if_overlaid(data)}"
    found.item["note"] = one_note(found.item.get("note"), held)
    return found


def _person(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def is_symbol(number: str) -> bool:
    """Whether it is a symbol of a United Nations document, as in A/RES/68/4."""
    return number.startswith(("A/", "E/", "S/")) and number[-1:].isdigit()


def _issued(text: str) -> dict[str, Any]:
    """A prefix date in CSL's form, as precise as it is and no more."""
    parse(text)
    return {"date-parts": [[int(n) for n in part.split("-")] for part in text.split("/")]}


def _key(ref: str) -> str:
    """A key of ASCII letters, digits and ``:.-`` that is different for different refs."""
    return re.sub("[^A-Za-z0-9.:-]", lambda sign: f"_{ord(sign[0]):x}_", ref.replace("/", ":"))


# Parts of a citation that several forms write: number, version, publisher, dates ------


def number_of(item: Mapping[str, Any]) -> str:
    keys = ("number", "collection-number", "issue")
    return next((str(item[key]) for key in keys if key in item), "")


def version(item: Mapping[str, Any]) -> str:
    return f"version {item['version']}" if "version" in item else ""


def is_told_apart(item: Mapping[str, Any]) -> bool:
    """Whether the publisher says more than the author or the paper does."""
    authors = "; ".join(author.get("literal", "") for author in item.get("author", ()))
    return item.get("publisher") not in (authors, item.get("container-title"))


def with_publisher(item: Item) -> Item:
    """An item for forms that have a field for it, also where the author is the publisher."""
    bodies = "; ".join(filter(None, (author.get("literal") for author in item.get("author", ()))))
    return {"publisher": bodies, **item} if bodies else item


def iso(date: Mapping[str, Any] | None) -> str:
    """A date as in 2013-05-23; an interval has two, with a stroke between."""
    if date is None:
        return ""
    return "/".join(
        "-".join(f"{n:02}" if place else f"{n:04}" for place, n in enumerate(part))
        for part in date["date-parts"]
    )


def one_note(*notes: str | None) -> str:
    return "; ".join(note for note in notes if note)
