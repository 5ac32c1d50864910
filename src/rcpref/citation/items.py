"""Citations of documents, passages, records, claims, sources and the data set.

Every citation is a CSL-JSON item, the form that reference managers share; the other forms
are written from it. Authors are those whom the data name; nothing is filled in: a page
without a date has none, and no date of access is given, for none is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.data.dataset import Data
from rcpref.dates import lasting, parse
from rcpref.model import NOT_NAMED

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record
    from rcpref.model.sources import Source
    from rcpref.model.texts import Passage

AUTHOR = "The rcpref contributors"

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


def citation_of(data: Data, cited: Data | Passage | Claim | Record | Source) -> Citation:
    """The citation of one thing that the data set holds, or of the data set itself."""
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Passage

    if isinstance(cited, Data):
        return dataset_citation(cited)
    if isinstance(cited, Passage):
        return passage_citation(data, cited)
    if isinstance(cited, Claim):
        return claim_citation(data, cited)
    if isinstance(cited, Record):
        return record_citation(data, cited)
    return source_citation(data, cited.key)


def dataset_citation(data: Data) -> Citation:
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


def _which_data(data: Data) -> str:
    """Which data exactly, for a note."""
    return f"{'with an overlay; ' if data.overlay else ''}sha256:{data.digest}"


def source_citation(data: Data, key: str, locator: str = "", ref: str = "") -> Citation:
    """A source, or a place in it.

    Args:
        data: The data set.
        key: Key of the source.
        locator: The place.
        ref: What is cited; the key if empty.
    """
    source = data.sources[key]
    if key in data.records and not _is_kept(data, key):
        # The document is a record too: there its own title, author and series are known.
        own = _document(data, data.records[key]).item
        return Citation(ref or key, {**own, "id": _key(ref or key)}, locator, key)
    symbol = _symbol(source.title)
    item: Item = {"id": _key(ref or key), "type": "webpage", "title": source.title}
    if symbol:
        item |= {"type": "report", "number": symbol}
    _add_publishers(source, item)
    if source.date:
        item["issued"] = _issued(source.date)
    if source.url:
        item["URL"] = source.url
    if source.copy:
        item["archive"] = _archive(source.copy)
    _add_event(data, key, item)
    if locator:
        item["section"] = locator
    return Citation(ref or key, item, locator, key)


def _add_publishers(source: Source, item: Item) -> None:
    """Who wrote and who published a source; nothing where nobody is named."""
    people = [
        {"family": each.family, "given": each.given} if each.given else {"literal": each.family}
        for each in source.author
    ]
    if authors := people or _corporate(source.publishers):
        item["author"] = authors
    if source.publishers:
        item["publisher"] = source.publishers


def _archive(copy: str) -> str:
    """Where a copy was read, in a CSL item."""
    return "copy" if copy == NOT_NAMED else copy


def _add_event(data: Data, key: str, item: Item) -> None:
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
            item["event-date"] = _issued(lasting(str(starts[0].value), str(ends[0].value)).text)


def record_citation(data: Data, record: Record) -> Citation:
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


def _document(data: Data, record: Record) -> Citation:
    source = data.sources.get(record.id)
    if source and _is_kept(data, record.id):
        return source_citation(data, record.id)
    symbol = _symbol(record.acronym or "")
    item: Item = {"id": _key(record.id), "type": "report", "title": record.name}
    if symbol:
        item["number"] = symbol
    authors = [_person(str(claim.value)) for claim in record.claims_of("author")]
    publisher = _first(record, "publisher") or (source.publishers if source else "")
    if authors or publisher:
        item["author"] = authors or _corporate(publisher)
    if publisher:
        item["publisher"] = publisher
    day = (source.date if source else None) or _first(record, "adopted", "published")
    if day:
        item["issued"] = _issued(day)
    series, _, number = _first(record, "series").partition(", No. ")
    more = {
        "collection-title": series,
        "collection-number": number,
        "ISSN": _first(record, "issn"),
        "URL": _first(record, "url"),
    }
    item |= {name: value for name, value in more.items() if value}
    if source and source.copy:
        item["archive"] = _archive(source.copy)
    return Citation(record.id, item)


def _first(record: Record, *properties: str) -> str:
    """The value of the first claim on the first of some properties that has one."""
    claims = (claim for key in properties for claim in record.claims_of(key))
    return next((str(claim.value) for claim in claims), "")


def _is_kept(data: Data, key: str) -> bool:
    """Whether the words of a document are kept as a text."""
    return any(text.document == key for text in data.texts.values())


def passage_citation(data: Data, passage: Passage) -> Citation:
    """A passage, as a place in its document; a heading is cited as the document."""
    document = data.texts[passage.text_id].document
    if passage.kind in ("heading", "signature"):
        return source_citation(data, document)
    locator = f"{passage.kind.replace('-', ' ')} {passage.number}"
    return source_citation(data, document, locator, passage.ref)


def claim_citation(data: Data, claim: Claim) -> Citation:
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
