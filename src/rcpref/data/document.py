"""A folder or an exported JSON -> one checked document.

The document is the whole data set as plain dictionaries and lists, of which the digest is
taken. While it is read, the claims are in their records, as they are in the files; in the
document they stand apart, so that a command can parse those of one record alone.
"""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from rcpref.data import form
from rcpref.data.check import (
    Enough,
    Place,
    Problem,
    check_claims,
    check_countries,
    check_id,
    check_keyed,
    check_passages,
    check_types,
    check_version,
    shape,
    strings,
)
from rcpref.data.dataset import digest_of
from rcpref.data.files import Export, Folder, Origin, ReadTable
from rcpref.data.form import Form
from rcpref.data.links import Links, check_claim_links, check_country_links, check_text_links
from rcpref.data.names import NAMES, names_in
from rcpref.errors import DataError
from rcpref.model import FORM_VERSION, KINDS, OVERLAY, PASSAGE_KINDS
from rcpref.spelling import key_of, short_key_of

Document = dict[str, Any]
"""The data set as plain data: dataset, properties, sources, countries, records (their
names), claims (by record), texts."""


def read_folder(folder: str, base: Mapping[str, Any] | None = None) -> Document:
    """Read and check a data folder."""
    return _good(folder, *check_folder(folder, base))


def read_exported(path: str) -> Document:
    """Read and check a data set that was exported as JSON."""
    return _good(path, *check_exported(path))


def check_folder(
    folder: str, base: Mapping[str, Any] | None = None
) -> tuple[Document, list[Problem]]:
    """Read a data folder, with all that is wrong; what has a problem is left out."""
    origin = Folder(folder, overlay=base is not None)
    document = _read(origin, with_claims(base) if base is not None else None)
    return document, origin.problems


def check_exported(path: str) -> tuple[Document, list[Problem]]:
    """Read a data set that was exported as JSON, with all that is wrong."""
    origin = Export(path)
    document = _read(origin, None)
    problems = origin.problems
    if not problems and origin.digest not in (None, digest_of(document)):
        remedy = "delete it if you have changed the data on purpose"
        Place(problems).at("digest").wrong("E105", "is not the digest of these data", remedy)
    return document, problems


def _good(path: str, document: Document, problems: list[Problem]) -> Document:
    """The document, if it has no problem."""
    if not problems:
        return document
    first, more = problems[0], len(problems) - 1
    raise DataError(
        f"{os.path.join(path, first.file) if first.file else path}"
        f"{': ' + first.key if first.key else ''}: {first.message} [{first.code}]"
        + (f" (and {more} more)" if more else ""),
        first.remedy,
    )


def exported(document: Mapping[str, Any], digest: str) -> Document:
    """The document in the form of an exported JSON: the claims are in their records."""
    whole = {"schema_version": FORM_VERSION, "digest": digest, **with_claims(document)}
    return {name: whole[name] for name in form.EXPORT}


def with_claims(document: Mapping[str, Any]) -> Document:
    """A document with the claims in their records."""
    records = {
        key: {**record, "claims": document["claims"][key]}
        for key, record in document["records"].items()
    }
    parts = {key: dict(part) for key, part in document.items() if key != "claims"}
    return {**parts, "records": records}


def _split(whole: Mapping[str, Any]) -> Document:
    """A document with the claims apart, by record."""
    claims = {key: record["claims"] for key, record in whole["records"].items()}
    records = {
        key: {name: value for name, value in record.items() if name != "claims"}
        for key, record in whole["records"].items()
    }
    apart = {**whole, "records": records, "claims": claims}
    return {name: apart[name] for name in (*form.SECTIONS[:-1], "claims", form.SECTIONS[-1])}


def _read(origin: Origin, base: Document | None) -> Document:
    """The document of an origin, with what it adds to a base; empty if it has too much wrong."""
    try:
        if not origin.is_open():
            return {}
        draft = _Draft(origin, base)
        draft.form()
        if not origin.problems:
            if base is not None:
                draft.names()
            draft.links()
    except Enough:
        return {}
    if base is not None and not origin.problems:
        label(draft.whole, base)
    return _split(draft.whole)


_EMPTY: Document = {name: {} for name in form.SECTIONS}


class _Draft:
    """A document while it is put together, with the claims in their records."""

    def __init__(self, origin: Origin, base: Document | None) -> None:
        self._origin = origin
        self._overlay = base is not None
        self._base = base or _EMPTY
        self.whole: Document = {name: dict(part) for name, part in self._base.items()}
        # A claim that an overlay adds must not reach the document below it.
        self.whole["records"] = {
            key: {**record, "claims": list(record["claims"])}
            for key, record in self._base["records"].items()
        }
        self._records: dict[str, Place] = {}
        self._texts: dict[str, Place] = {}
        self._countries: Place | None = None

    def form(self) -> None:
        """Read all parts of good form."""
        for name in form.SECTIONS[1:4] if self._overlay else form.SECTIONS[:4]:
            if part := self._origin.single(name):
                self.whole[name] |= self._good(name, part)
        for part in self._origin.parts("records"):
            self._record(part)
        for part in self._origin.parts("texts"):
            self._text(part)

    def _good(self, name: str, part: ReadTable) -> Document:
        """What is of good form in a section of one file."""
        place, table = part.place, part.table
        if name == "dataset":
            check_version(place, table)
            return table if shape(place, table, form.DATASET) else {}
        expected, known = self._origin.forms[name], self._base[name]
        if name == "countries":
            self._countries = place
            return check_countries(place, table, expected, known)
        if name == "sources":
            return check_keyed(place, table, expected, self._origin.source_key, known)
        good = check_keyed(place, table, expected, form.PROPERTY_KEY, known)
        check_types(place, good)
        check_labels(place, good, known)
        return good

    def _record(self, part: ReadTable) -> None:
        place, origin, key = part.place, self._origin, part.table.get("id")
        expected = origin.forms["records"]
        known = self._base["records"].get(key) if isinstance(key, str) else None
        table = dict(part.table)
        if known is not None:  # the names that it may leave out
            table = {name: known[name] for name in expected if name in known} | table
        if not shape(place, table, expected):
            return
        if not only_adds(place, table, known, origin.claims):
            return
        key = table["id"]
        if key in self._records:
            message = f"{key!r} is also in {self._records[key]}"
            place.at("id").wrong("E107", message, "give one of them another id")
            return
        check_id(place, key, part.name, part.is_file)
        if part.kind and table["kind"] != part.kind:
            message = f"is {table['kind']!r}, unlike the folder"
            place.at("kind").wrong("E108", message, f"move it to {KINDS[table['kind']]}/")
        before = known["claims"] if known else []
        claims = check_claims(place, table.pop(origin.claims, []), len(before))
        if claims is not None:
            self.whole["records"][key] = {**table, "claims": [*before, *claims]}
            self._records[key] = place

    def _text(self, part: ReadTable) -> None:
        place, table = part.place, part.table
        if not shape(place, table, self._origin.forms["texts"]):
            return
        key = table["id"]
        if key in self.whole["texts"]:
            place.at("id").wrong("E107", f"{key!r} is there twice", "give one another id")
            return
        check_id(place, key, part.name, part.is_file)
        passages = check_passages(place, table.pop(self._origin.passages))
        self.whole["texts"][key] = {**table, "passages": passages}
        self._texts[key] = place

    def names(self) -> None:
        """Check the ids and names of an overlay, once the form of all is good."""
        records, texts, countries = (
            {key: raw for key, raw in self.whole[name].items() if key not in self._base[name]}
            for name in ("records", "texts", "countries")
        )
        # A text may be kept under the id of its meeting.
        others = {key: self._texts[key] for key in texts if texts[key]["meeting"] != key}
        check_ids(self._base, {key: self._records[key] for key in records}, others)
        named = [(self._records[key], raw) for key, raw in records.items()]
        if place := self._countries:
            named += [(place.at(f"country[{code}]"), raw) for code, raw in countries.items()]
        if named:
            check_names(self.whole, named)

    def links(self) -> None:
        """Check the references between the parts, once the form of all is good."""
        links = Links(self.whole)
        if self._countries is not None:
            check_country_links(self._countries, self.whole["countries"], links)
        for key, place in self._records.items():
            record, known = self.whole["records"][key], self._base["records"].get(key)
            own = record["claims"][len(known["claims"]) :] if known else record["claims"]
            check_claim_links(place, record, own, links)
        for key, place in self._texts.items():
            check_text_links(place, self.whole["texts"][key], links)


# Overlays: a folder of the form of the data that adds to them -------------------------
# What comes from an overlay can be told apart: the keys of its sources begin with ``overlay:``,
# and its records and sources say ``overlay = true``.


def only_adds(
    place: Place, table: Mapping[str, Any], known: Mapping[str, Any] | None, claims: str
) -> bool:
    """Whether a record of an overlay only adds claims to the one in the data."""
    if known is None:
        return True
    for name in table:
        if name != claims and table[name] != known.get(name):
            remedy = "an overlay adds claims to a record; leave its other keys out"
            return place.at(name).wrong("E107", "differs from the data", remedy)
    return True


def check_ids(
    base: Mapping[str, Any], records: Mapping[str, Place], texts: Mapping[str, Place]
) -> None:
    """Report ids in an overlay that mean something in the data already."""
    # A look-up lists records that share a name; the id of a text is looked up before all.
    parts = (base["records"], base["countries"]) if texts else ()
    names = {short for part in parts for key in part for short in _keys_of(key, part[key])}
    for key, place in (*records.items(), *texts.items()):
        if key in base["sources"] or (key in texts and key_of(key) in names):
            what = "the key of a source" if key in base["sources"] else "a name"
            place.at("id").wrong("E110", f"{key!r} is {what} in the data", "give it another id")


def check_names(
    document: Mapping[str, Any], places: Iterable[tuple[Place, Mapping[str, Any]]]
) -> None:
    """Report names in an overlay that would be read as references to a passage."""
    named = {text[key] for text in document["texts"].values() for key in ("meeting", "document")}
    heads = {""}
    for key in named & document["records"].keys():
        heads |= _keys_of(key, document["records"][key])
    for place, raw in places:
        for key in ("id", *NAMES, "aliases", "names"):
            for name in filter(_ends_as_passage, strings(raw.get(key))):
                passage = _PASSAGE.search(short := short_key_of(name))
                if passage and short[: passage.start()] in heads:
                    message = f"{name!r} has the form of a passage"
                    place.at(key).wrong("E111", message, "leave it out or change it")


_KINDS = (key_of(kind) for pair in PASSAGE_KINDS.items() for kind in pair)
_PASSAGE = re.compile(f"({'|'.join(_KINDS)})[0-9]+$")
"""What a reference to a passage ends with, as names are compared."""

_SIGNS = {number: None for number in range(128) if not chr(number).isalnum()}


def _ends_as_passage(name: str) -> bool:
    """Whether a name can be a reference: to take apart all that there can be takes seconds."""
    kept = name.lower().translate(_SIGNS) if name.isascii() else key_of(name)
    return kept[-1:].isdigit() and _PASSAGE.search(kept) is not None


def _keys_of(key: str, raw: Mapping[str, Any]) -> set[str]:
    """The keys by which a record or State is looked up, whole and with words left out."""
    names = list(names_in(key, raw))
    return {*map(key_of, names), *map(short_key_of, names)} - {""}


def check_labels(place: Place, properties: Iterable[str], known: Mapping[str, Any]) -> None:
    """Report properties of an overlay whose key is a name of one in the data."""
    labels = {key_of(name): key for key in known for name in (key, known[key]["label"])}
    for key in properties:
        owner = labels.get(key_of(key))
        if owner and key not in known:
            message = f"is a name of the property {owner}"
            place.at(key).wrong("E110", message, "give it another key")


def label(document: dict[str, Any], base: Mapping[str, Any]) -> None:
    """Mark all that an overlay adds as its own; sort its records in."""
    cited: set[str] = set()
    for section, expected in form.IN_FILES.items():
        part = document[section]
        for key in part.keys() - base[section].keys():
            part[key] = {**_with_own_sources(part[key], expected, cited), "overlay": True}
    for key, known in base["records"].items():
        own = document["records"][key]["claims"]
        first_new = len(known["claims"])
        own[first_new:] = [_with_own_sources(claim, form.CLAIM, cited) for claim in own[first_new:]]
    _rename_sources(document, base, cited)
    kinds = list(KINDS)
    document["records"] = dict(
        sorted(
            document["records"].items(), key=lambda pair: (kinds.index(pair[1]["kind"]), pair[0])
        )
    )


def _with_own_sources(table: Mapping[str, Any], expected: Form, cited: set[str]) -> dict[str, Any]:
    """A table of an overlay with the keys that its sources have in the whole."""
    made = dict(table)
    for name, value in table.items():
        key = expected.get(name)
        # Claims and passages are called by the plural here.
        if key is None or key.type == form.TABLES:
            made[name] = [_with_own_sources(part, form.PARTS[name], cited) for part in value]
        elif key.refers == form.SOURCES:
            keys = value if isinstance(value, list) else [value]
            cited.update(keys)
            own = [OVERLAY + key for key in keys]
            made[name] = own if isinstance(value, list) else own[0]
    return made


def _rename_sources(document: dict[str, Any], base: Mapping[str, Any], cited: set[str]) -> None:
    """Put the sources of an overlay, and those that it cites, under keys that tell them apart."""
    sources = document["sources"]
    documents = {text["document"] for text in document["texts"].values()}
    own = [key for key in sources if key not in base["sources"]]
    made = {OVERLAY + key: sources[key] for key in sources if key in cited}
    for key in own:
        # Under its own key only where a text of the overlay needs it.
        made.setdefault(key if key in documents else OVERLAY + key, sources[key])
    document["sources"] = {key: sources[key] for key in base["sources"]}
    document["sources"] |= {key: {**raw, "overlay": True} for key, raw in made.items()}
