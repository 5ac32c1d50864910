"""Items: records, claims, passages and answers as JSON has them.

Their keys are read from the form of the data when the first item is made: what is printed for
people and as TSV does without that module, which is a hundredth of a start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Data
from rcpref.report.blocks import Column, Item
from rcpref.report.report import Report
from rcpref.views import shapes

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer, Standing
    from rcpref.data.form import Shown
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim
    from rcpref.report.report import Many


@cache
def _keys(name: str) -> tuple[Shown, ...]:
    """The keys of a thing, as the form of the data has them."""
    from rcpref.data import form

    return form.shown(form.IN_PASSAGES.get(name) or getattr(form, name))


def _item(thing: Any, name: str) -> dict[str, Any]:
    """A thing of the model with the keys that it has in the data."""
    item: dict[str, Any] = {}
    for key, attribute, always, unset in _keys(name):
        value = getattr(thing, attribute)
        if always or value != unset:
            item[key] = list(value) if isinstance(value, tuple) else value
    return item


def _plain_item(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A table of plain data with the keys that it has in the data."""
    item: dict[str, Any] = {}
    for key, _, always, unset in _keys(name):
        value = raw.get(key, unset)
        if always or value != unset:
            item[key] = list(value) if isinstance(value, tuple) else value
    return item


def record_item(key: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """A record's names, with the keys of its file."""
    item: dict[str, Any] = {"id": key}
    for name, _, _, unset in _keys("RECORD"):
        value = raw.get(name, unset)
        item[name] = list(value) if isinstance(value, (list, tuple)) else value
    return {**item, "names": dict(raw.get("names", {})), **overlay_mark(raw)}


def overlay_mark(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What an item says of a part of the data that an overlay added; empty for any other."""
    return _plain_item(raw, "OWN")


def state_item(country: Country) -> dict[str, Any]:
    """A State with the keys of countries.toml."""
    keys = {**_item(country, "COUNTRY"), **_item(country, "OWN")}
    return {"id": country.alpha3, **keys, "names": dict(country.names)}


def claim_item(claim: Claim) -> dict[str, Any]:
    """A claim with its reference and the keys that it has in the data."""
    return {"ref": claim.ref, **_item(claim, "CLAIM")}


def passage_item(data: Data, ref: str) -> dict[str, Any]:
    """A passage with its reference, words and what stands beside them, from the plain data."""
    from rcpref.data.form import IN_PASSAGES

    text, raw = data.plain.passages[ref]
    beside = {name: [_plain_item(part, name) for part in raw.get(name, ())] for name in IN_PASSAGES}
    whole = data.document["texts"][text]
    item = {"ref": ref, **_plain_item(raw, "PASSAGE"), **beside, "source": whole["document"]}
    return {**item, **overlay_mark(whole)}


def rests_on(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims that an answer rests on, for JSON: a value of 49 States would bury the answer."""
    return [{"ref": claim.ref, **_item(claim, "EVIDENCE")} for claim in claims]


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


def report_of(
    data: Data,
    query: Item,
    shape: shapes.Shape,
    lines: Many,
    columns: Sequence[Column] = (),
    shown: Sequence[str] = (),
) -> Report:
    """A report on lines that have the fields of a shape."""
    item = partial(item_of, shape)
    return Report(data, query, columns or shape.columns(), shown=shown, lines=lines, item=item)


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
