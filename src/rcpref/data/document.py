"""A folder or an exported JSON -> one checked document.

The document is the whole data set as plain dictionaries and lists; it is what the digest
is taken of, what a wheel carries as JSON and what `rcpref.data.dataset` turns into the
model. While it is read, the claims are in their records, as they are in the files; in the
document they stand apart, so that a command can parse those of one record alone.
"""

import os
from collections.abc import Mapping
from typing import Any

from rcpref.data import form
from rcpref.data.check import (
    check_claims,
    check_countries,
    check_id,
    check_keyed,
    check_passages,
    check_types,
    check_version,
    shape,
)
from rcpref.data.digest import digest_of
from rcpref.data.files import Export, Folder, Origin, Part
from rcpref.data.links import Links, check_claim_links, check_country_links, check_text_links
from rcpref.data.overlay import (
    check_ids,
    check_labels,
    check_names,
    label,
    only_adds,
    with_names,
)
from rcpref.data.problems import Enough, Place, Problem
from rcpref.errors import DataError
from rcpref.model import FORM_VERSION, KINDS

Document = dict[str, Any]
"""The data set as plain data: dataset, properties, sources, countries, records (their
names), claims (by record), texts."""


def read_folder(folder: str, base: Mapping[str, Any] | None = None) -> Document:
    """Read and check a data folder.

    Args:
        folder: Path of the folder that holds ``dataset.toml`` and the rest.
        base: The document to which the folder is an overlay; None if it is whole.

    Returns:
        The document; for an overlay, that of the base with what it adds.

    Raises:
        DataError: The first problem found, with file, key and remedy.
    """
    return _good(folder, *check_folder(folder, base))


def read_exported(path: str) -> Document:
    """Read and check a data set that was exported as JSON.

    Args:
        path: Path of the file.

    Returns:
        The document.

    Raises:
        DataError: The first problem found, with key and remedy.
    """
    return _good(path, *check_exported(path))


def check_folder(
    folder: str, base: Mapping[str, Any] | None = None
) -> tuple[Document, list[Problem]]:
    """The same with all that is wrong; what has a problem is left out of the document."""
    origin = Folder(folder, overlay=base is not None)
    document = _read(origin, with_claims(base) if base is not None else None)
    return document, origin.problems.found


def check_exported(path: str) -> tuple[Document, list[Problem]]:
    """The same for a data set that was exported as JSON."""
    origin = Export(path)
    document = _read(origin, None)
    problems = origin.problems
    if not problems.found and origin.digest not in (None, digest_of(document)):
        remedy = "leave it out if you have changed the data on purpose"
        Place(problems).problem("E105", "digest", "is not that of these data", remedy)
    return document, problems.found


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
    return {
        **{key: dict(document[key]) for key in document if key not in ("records", "claims")},
        "records": records,
    }


def _split(whole: Mapping[str, Any]) -> Document:
    """A document with the claims apart, by record."""
    records, claims = {}, {}
    for key, record in whole["records"].items():
        claims[key] = record["claims"]
        records[key] = {name: value for name, value in record.items() if name != "claims"}
    return {
        "dataset": whole["dataset"],
        "properties": whole["properties"],
        "sources": whole["sources"],
        "countries": whole["countries"],
        "records": records,
        "claims": claims,
        "texts": whole["texts"],
    }


def _read(origin: Origin, base: Document | None) -> Document:
    """The document of an origin, with what it adds to a base; empty if it has too much wrong."""
    try:
        if not origin.is_open():
            return {}
        draft = _Draft(origin, base)
        draft.form()
        if not origin.problems.found:
            if base is not None:
                draft.names()
            draft.links()
    except Enough:
        return {}
    if base is not None and not origin.problems.found:
        label(draft.whole, base)
    return _split(draft.whole)


_EMPTY: Document = {name: {} for name in form.SECTIONS}


class _Draft:
    """A document while it is put together.

    Args:
        origin: What it is read from.
        base: What an overlay adds to, the claims in their records; None for none.

    Attributes:
        whole: What has been read, the claims in their records.
    """

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
        if not self._overlay:
            self._dataset(self._origin.single("dataset"))
        self._properties(self._origin.single("properties"))
        self._sources(self._origin.single("sources"))
        part = self._origin.single("countries")
        if part is not None:
            self._countries = part.place
            expected, known = self._origin.forms.country, self._base["countries"]
            self.whole["countries"] |= check_countries(part.place, part.table, expected, known)
        for part in self._origin.records():
            self._record(part)
        for part in self._origin.texts():
            self._text(part)

    def _dataset(self, part: Part | None) -> None:
        if part is not None:
            check_version(part.place, part.table)
            if shape(part.place, "", part.table, form.DATASET):
                self.whole["dataset"] = part.table

    def _properties(self, part: Part | None) -> None:
        if part is not None:
            expected, known = self._origin.forms.property, self._base["properties"]
            good = check_keyed(part.place, part.table, expected, form.PROPERTY_KEY, known)
            check_types(part.place, good)
            check_labels(part.place, good, known)
            self.whole["properties"] |= good

    def _sources(self, part: Part | None) -> None:
        if part is not None:
            forms, known = self._origin.forms, self._base["sources"]
            good = check_keyed(part.place, part.table, forms.source, forms.source_key, known)
            self.whole["sources"] |= good

    def _record(self, part: Part) -> None:
        place, forms, key = part.place, self._origin.forms, part.table.get("id")
        known = self._base["records"].get(key) if isinstance(key, str) else None
        table = with_names(part.table, known, forms.record)
        if not shape(place, "", table, forms.record):
            return
        if not only_adds(place, table, known, forms.claims):
            return
        key = table["id"]
        if key in self._records:
            message = f"{key!r} is also in {self._records[key]}"
            place.problem("E107", "id", message, "give one of them another id")
            return
        check_id(place, key, part.name, part.is_file)
        if part.kind and table["kind"] != part.kind:
            folder = KINDS[table["kind"]]
            message = f"is {table['kind']!r}, unlike the folder"
            place.problem("E108", "kind", message, f"move it to {folder}/")
        before = known["claims"] if known else []
        claims = check_claims(place, table.pop(forms.claims, []), len(before))
        if claims is not None:
            self.whole["records"][key] = {**table, "claims": [*before, *claims]}
            self._records[key] = place

    def _text(self, part: Part) -> None:
        place, forms, table = part.place, self._origin.forms, part.table
        if not shape(place, "", table, forms.text):
            return
        key = table["id"]
        if key in self.whole["texts"]:
            place.problem("E107", "id", f"{key!r} is there twice", "give one another id")
            return
        check_id(place, key, part.name, part.is_file)
        passages = check_passages(place, table.pop(forms.passages))
        self.whole["texts"][key] = {**table, "passages": passages}
        self._texts[key] = place

    def names(self) -> None:
        """Look at what an overlay calls its own, once the form of all is good."""
        records, texts, countries = (
            {key: raw for key, raw in self.whole[name].items() if key not in self._base[name]}
            for name in ("records", "texts", "countries")
        )
        # A text may be kept under the id of its meeting.
        others = {key: self._texts[key] for key in texts if texts[key]["meeting"] != key}
        check_ids(self._base, {key: self._records[key] for key in records}, others)
        named = [(self._records[key], "", raw) for key, raw in records.items()]
        if place := self._countries:
            named += [(place, f"country[{code}].", raw) for code, raw in countries.items()]
        if named:
            check_names(self.whole, named)

    def links(self) -> None:
        """Look at what the parts say of each other, once the form of all is good."""
        links = Links(self.whole)
        if self._countries is not None:
            check_country_links(self._countries, self.whole["countries"], links)
        for key, place in self._records.items():
            record, known = self.whole["records"][key], self._base["records"].get(key)
            own = record["claims"][len(known["claims"]) :] if known else record["claims"]
            check_claim_links(place, record, own, links)
        for key, place in self._texts.items():
            check_text_links(place, self.whole["texts"][key], links)
