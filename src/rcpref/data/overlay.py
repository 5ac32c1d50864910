"""Overlays: a folder of the form of the data that adds to them.

An overlay has no ``dataset.toml``; it adds records, claims, sources, properties, States
and texts to a document. What comes from it stays told apart: the keys of its sources
begin with ``overlay:``, and its records and sources say ``overlay = true``.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rcpref.data.check import strings
from rcpref.data.form import (
    CLAIM,
    COUNTRY,
    PARTS,
    PROPERTY,
    RECORD,
    SOURCE,
    SOURCES,
    TEXT,
    Form,
)
from rcpref.data.plain import NAMES, names_in
from rcpref.data.problems import Place
from rcpref.model import KINDS, OVERLAY, PASSAGE_KINDS
from rcpref.spelling import key_of, short_key_of


def with_names(
    table: Mapping[str, Any], known: Mapping[str, Any] | None, expected: Form
) -> dict[str, Any]:
    """A record with the names that it may leave out, as the data have them.

    Args:
        table: The record in the overlay.
        known: The record in the data; None if it is new.
        expected: The form of records.
    """
    if known is None:
        return dict(table)
    return {**{name: known[name] for name in expected if name in known}, **table}


def only_adds(
    place: Place, table: Mapping[str, Any], known: Mapping[str, Any] | None, claims: str
) -> bool:
    """Whether a record of an overlay only adds claims to the one in the data.

    Args:
        place: Where it stands.
        table: The record in the overlay.
        known: The record in the data; None if it is new.
        claims: The key of its claims.
    """
    if known is None:
        return True
    for name in table:
        if name != claims and table[name] != known.get(name):
            remedy = "an overlay adds claims to a record; leave its other keys out"
            place.problem("E107", name, "differs from the data", remedy)
            return False
    return True


def check_ids(
    base: Mapping[str, Any], records: Mapping[str, Place], texts: Mapping[str, Place]
) -> None:
    """Tell of ids in an overlay that mean something in the data already.

    A name that both have is the error of a look-up that lists both, and so is the id of a
    record; but the id of a text is looked up before all names.

    Args:
        base: The data without the overlay.
        records: Where its records stand, by id.
        texts: The same of its texts.
    """
    parts = (base["records"], base["countries"]) if texts else ()
    names = {short for part in parts for key in part for short in _keys_of(key, part[key])}
    for key, place in (*records.items(), *texts.items()):
        if key in base["sources"] or (key in texts and key_of(key) in names):
            what = "the key of a source" if key in base["sources"] else "a name"
            place.problem("E110", "id", f"{key!r} is {what} in the data", "give it another id")


def check_names(
    document: Mapping[str, Any], places: Iterable[tuple[Place, str, Mapping[str, Any]]]
) -> None:
    """Tell of names in an overlay that would be read as references to a passage.

    Args:
        document: The whole, whose texts they may name.
        places: Where a record or State stands, and in what, and the record or State.
    """
    named = {text[key] for text in document["texts"].values() for key in ("meeting", "document")}
    heads = {""}
    for key in named & document["records"].keys():
        heads |= _keys_of(key, document["records"][key])
    for place, within, raw in places:
        for key in ("id", *NAMES, "aliases", "names"):
            for name in strings(raw.get(key)):
                passage = _PASSAGE.search(short := short_key_of(name))
                if passage and short[: passage.start()] in heads:
                    message = f"{name!r} has the form of a passage"
                    place.problem("E111", f"{within}{key}", message, "leave it out or change it")


_KINDS = (key_of(kind) for pair in PASSAGE_KINDS.items() for kind in pair)
_PASSAGE = re.compile(f"({'|'.join(_KINDS)})[0-9]+$")
"""What a reference to a passage ends with, as names are compared."""


def _keys_of(key: str, raw: Mapping[str, Any]) -> set[str]:
    """What counts of the names of a record or State in a look-up, whole and with words left out."""
    names = list(names_in(key, raw))
    return {*map(key_of, names), *map(short_key_of, names)} - {""}


def check_labels(place: Place, properties: Iterable[str], known: Mapping[str, Any]) -> None:
    """Tell of properties of an overlay that are called as one in the data is labelled.

    Args:
        place: Where they stand.
        properties: Their keys.
        known: The properties in the data.
    """
    labels = {key_of(name): key for key in known for name in (key, known[key]["label"])}
    for key in properties:
        owner = labels.get(key_of(key))
        if owner and key not in known:
            place.problem("E110", key, f"is a name of the property {owner}", "give it another key")


def label(document: dict[str, Any], base: Mapping[str, Any]) -> None:
    """Say of all that an overlay adds that it comes from there; sort its records in.

    Args:
        document: The whole, the claims in their records; changed in place.
        base: The same without the overlay.
    """
    cited: set[str] = set()
    for section, expected in _FORMS.items():
        part = document[section]
        for key in part.keys() - base[section].keys():
            part[key] = {**_told_apart(part[key], expected, cited), "overlay": True}
    for key, known in base["records"].items():
        own = document["records"][key]["claims"]
        first_new = len(known["claims"])
        own[first_new:] = [_told_apart(claim, CLAIM, cited) for claim in own[first_new:]]
    _rename_sources(document, base, cited)
    kinds = list(KINDS)
    document["records"] = dict(
        sorted(
            document["records"].items(),
            key=lambda pair: (kinds.index(pair[1]["kind"]), pair[0]),
        )
    )


_FORMS = {
    "properties": PROPERTY,
    "sources": SOURCE,
    "countries": COUNTRY,
    "records": RECORD,
    "texts": TEXT,
}


def _told_apart(table: Mapping[str, Any], expected: Form, cited: set[str]) -> dict[str, Any]:
    """A table of an overlay with the keys that its sources have in the whole.

    Args:
        table: The table.
        expected: Its form, which says what its keys refer to.
        cited: Keys of the sources that it names, as they are in the overlay; added to.
    """
    made = dict(table)
    for name, value in table.items():
        if name in PARTS:
            made[name] = [_told_apart(part, PARTS[name], cited) for part in value]
        elif expected[name].refers == SOURCES:
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
