"""Words typed freely to `rcpref list`: in which columns of a row each of them fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rcpref.answers.membership.answer import Answer
from rcpref.answers.time import AsOf
from rcpref.answers.values import Value, answer_of, sure, value_at
from rcpref.data.dataset import Data
from rcpref.fields import Fields
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Cell, Column, Item
from rcpref.spelling import asked_words, begun_by, words
from rcpref.views.filters import FilterMatch

FITS = "fits"  # key of an item for where each word fits

_NAMES = {
    "id": "Id",
    "short_name": "Short name",
    "acronym": "Acronym",
    "name": "Official name",
    "aliases": "Aliases",
    "names": "Names in other languages",
}


def parse_words(typed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What was typed, each with the words that it is for a look-up; signs alone are none."""
    asked_words(" ".join(typed))
    return {word: keys for text in typed for word in text.split() if (keys := words(word))}


def places_column(labels: Mapping[str, str], typed_words: Mapping[str, Sequence[str]]) -> Column:
    """The column that says where each word fits."""
    known = {**_NAMES, **labels}

    def cell(item: Item) -> Cell:
        places = {
            word: ", ".join(known[key] for key in found) for word, found in item[FITS].items()
        }
        if len(typed_words) == 1:
            return next(iter(places.values()))
        return tuple(f"{word}: {found}" for word, found in places.items())

    return Column(FITS, "Fits in", style="quiet", room=70, cell=cell)


def places_of(
    item: Item, columns: Sequence[Column], typed_words: Mapping[str, Sequence[str]]
) -> dict[str, list[str]] | None:
    """The columns of an item in which each word fits; None if one fits in none."""
    there = {column.key: _texts(column.read(item)) for column in columns}
    there["names"] = list((item.get("names") or {}).values())
    found = {
        word: [key for key, texts in there.items() if _in(texts, keys)]
        for word, keys in typed_words.items()
    }
    return found if all(found.values()) else None


def _texts(cell: Cell) -> Sequence[str]:
    if isinstance(cell, str):
        return (cell,)
    return cell if isinstance(cell, tuple) else ()


def _in(texts: Iterable[str], keys: Sequence[str]) -> bool:
    return begun_by({word for text in texts for word in words(text)}, keys)


class FreeWords(Fields):
    """Words, each of which must fit in a name, in a value at the date, or in what is shown."""

    column: Column
    ask: Callable[[Record, Item], FilterMatch | Answer | None]
    """Why a record with its item matches; None if it does not, an answer if it may."""


def free_words(
    data: Data, kind: str, typed: Sequence[str], asked: AsOf, shown: Sequence[Column]
) -> FreeWords:
    """Words as a question to records."""
    typed_words = parse_words(typed)
    # A word of an address says nothing of what is there.
    properties = {
        key: raw["label"]
        for key, raw in data.document["properties"].items()
        if kind in raw["kinds"] and raw["type"] != "url"
    }

    def ask(record: Record, item: Item) -> FilterMatch | Answer | None:
        found: dict[str, list[str]] = {}
        claims: dict[Claim, None] = {}
        open_: Answer | None = None
        for word, keys in typed_words.items():
            places, proofs, answer = _fitting(data, record, properties, keys, asked)
            places += [each.key for each in shown if _in(_texts(each.read(item)), keys)]
            if not places and answer is None:
                return None
            found[word] = places
            claims |= dict.fromkeys(proofs)
            open_ = open_ or (None if places else answer)
        return open_ or FilterMatch(tuple(claims), {FITS: found})

    labels = {**properties, **{column.key: column.label for column in shown}}
    return FreeWords(places_column(labels, typed_words), ask)


def _fitting(
    data: Data, record: Record, properties: Iterable[str], keys: Sequence[str], asked: AsOf
) -> tuple[list[str], list[Claim], Answer | None]:
    """Where a word fits, by what claims, and what may have it but not for certain."""
    places = [key for key, texts in _names(data, record.id) if _in(texts, keys)]
    claims: list[Claim] = []
    uncertain: list[Value] = []
    for key in _claimed(data, record.id, properties, keys):
        values = value_at(data, record, key, asked)
        fitting = [value for value in values if _in(_value(data, key, value.item), keys)]
        if certain := sure(fitting):
            places.append(key)
            # Of what happened many times the last is proof enough.
            claims += certain[-1].claims
        uncertain += [value for value in fitting if value.answer is not None]
    return places, claims, answer_of(uncertain[0]) if uncertain else None


def _names(data: Data, record: str) -> Iterator[tuple[str, Sequence[str]]]:
    raw: Mapping[str, Any] = data.document["records"][record]
    yield "id", (record,)
    for key in ("short_name", "acronym", "name"):
        yield key, (raw.get(key, ""),)
    yield "aliases", raw.get("aliases", ())
    yield "names", tuple(raw.get("names", {}).values())


def _claimed(data: Data, record: str, properties: Iterable[str], keys: Sequence[str]) -> list[str]:
    """The properties of which some claim on a record has the words, at whatever date."""

    def texts(key: str, value: Any) -> Iterator[str]:
        for item in value if isinstance(value, (list, tuple)) else (value,):
            yield from _value(data, key, str(item))

    claims = data.document["claims"][record]
    found = {
        claim["property"] for claim in claims if _in(texts(claim["property"], claim["value"]), keys)
    }
    return [key for key in properties if key in found]


def _value(data: Data, key: str, item: str) -> tuple[str, ...]:
    """A value as it can be asked for: a State by its name, too."""
    if data.type_of(key) == "states" and item in data.document["countries"]:
        return item, data.document["countries"][item]["name"]
    return (item,)
