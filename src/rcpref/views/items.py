"""Items: records, claims, passages and answers as JSON has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Data
from rcpref.data.form import (
    CLAIM,
    COUNTRY,
    EVIDENCE,
    IN_PASSAGES,
    OWN,
    PASSAGE,
    RECORD,
    Shown,
    shown,
)
from rcpref.views import shapes

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer, Standing
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim


# The keys of each, as the form of the data has them.
_RECORD, _STATE, _CLAIM = shown(RECORD), shown({**COUNTRY, **OWN}), shown(CLAIM)
_EVIDENCE, _PASSAGE = shown(EVIDENCE), shown(PASSAGE)
_BESIDE = {name: shown(form) for name, form in IN_PASSAGES.items()}


def _item(thing: Any, keys: Sequence[Shown]) -> dict[str, Any]:
    """A thing of the model with the keys that it has in the data."""
    item: dict[str, Any] = {}
    for key, attribute, always, unset in keys:
        value = getattr(thing, attribute)
        if always or value != unset:
            item[key] = list(value) if isinstance(value, tuple) else value
    return item


def _plain_item(raw: Mapping[str, Any], keys: Sequence[Shown]) -> dict[str, Any]:
    """A table of plain data with the keys that it has in the data."""
    item: dict[str, Any] = {}
    for key, _, always, unset in keys:
        value = raw.get(key, unset)
        if always or value != unset:
            item[key] = list(value) if isinstance(value, tuple) else value
    return item


def record_item(key: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """A record's names, with the keys of its file."""
    item: dict[str, Any] = {"id": key}
    for name, _, _, unset in _RECORD:
        value = raw.get(name, unset)
        item[name] = list(value) if isinstance(value, (list, tuple)) else value
    return {**item, "names": dict(raw.get("names", {})), **overlay_mark(raw)}


def overlay_mark(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What an item says of a part of the data that an overlay added; empty for any other."""
    return {name: raw[name] for name in OWN if raw.get(name)}


def state_item(country: Country) -> dict[str, Any]:
    """A State with the keys of countries.toml."""
    return {"id": country.alpha3, **_item(country, _STATE), "names": dict(country.names)}


def claim_item(claim: Claim) -> dict[str, Any]:
    """A claim with its reference and the keys that it has in the data."""
    return {"ref": claim.ref, **_item(claim, _CLAIM)}


def passage_item(data: Data, ref: str) -> dict[str, Any]:
    """A passage with its reference, words and what stands beside them, from the plain data."""
    text, raw = data.plain.passages[ref]
    beside = {
        name: [_plain_item(part, keys) for part in raw.get(name, ())]
        for name, keys in _BESIDE.items()
    }
    whole = data.document["texts"][text]
    item = {"ref": ref, **_plain_item(raw, _PASSAGE), **beside, "source": whole["document"]}
    return {**item, **overlay_mark(whole)}


def rests_on(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims that an answer rests on, for JSON: without their value and note.

    A list of 49 States beside each of them would bury the answer; the reference leads
    to the whole claim, which `show` prints.
    """
    return [{"ref": claim.ref, **_item(claim, _EVIDENCE)} for claim in claims]


def standing_item(standing: Standing) -> dict[str, Any]:
    """What else is true of a State, with the claim that says so."""
    claim = standing.claim
    return {
        "effect": standing.effect,
        "since": standing.since,
        "ref": claim.ref,
        "source": claim.source,
    }


def item_of(shape: shapes.Shape, line: Any) -> dict[str, Any]:
    """A line of an answer for JSON."""
    item: dict[str, Any] = {}
    for field in shape.fields:
        value = field.value(line) if field.item else None
        if not field.item or (field.optional and not value):
            continue
        if value is not None and field.type in _OF_TYPE:
            value = _OF_TYPE[field.type](value)
        if field.key:
            item[field.key] = value
        elif value:
            item.update(value)
    return item


def answer_item(answer: Answer) -> dict[str, Any]:
    """An answer for JSON."""
    return item_of(shapes.GIVEN_ANSWER, answer)


_OF_TYPE: dict[str, Callable[[Any], Any]] = {
    shapes.GIVEN: answer_item,
    shapes.GIVENS: lambda answers: {key: answer_item(each) for key, each in answers.items()},
    shapes.TEXTS: list,
    shapes.DAY: str,
    shapes.CLAIM: claim_item,
    shapes.CLAIMS: lambda claims: list(map(claim_item, claims)),
    shapes.TIERED: lambda parts: [{**claim_item(each.claim), "tier": each.tier} for each in parts],
    shapes.EVIDENCE: rests_on,
    shapes.STANDING: lambda standing: list(map(standing_item, standing)),
}
"""What makes plain data of the values of a type."""
