"""Items: records, claims, passages and answers as JSON has them.

Their keys are read from the form of the data when the first item is made: what is printed for
people and as TSV does without that module, which is a hundredth of a start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Data
from rcpref.report.blocks import Column, Item
from rcpref.report.report import Report
from rcpref.views import shapes

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer
    from rcpref.answers.time import AsOf
    from rcpref.data.form import Shown
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim


@cache
def _keys(name: str) -> tuple[Shown, ...]:
    from rcpref.data import form

    return form.shown(form.IN_PASSAGES.get(name) or getattr(form, name))


def _item(thing: Any, name: str) -> Item:
    """The keys of a thing, of the model or plain, as they are in the data."""
    item: Item = {}
    for key, attribute, always, unset in _keys(name):
        plain = isinstance(thing, dict)
        value = thing.get(key, unset) if plain else getattr(thing, attribute)
        if always or value != unset:
            item[key] = list(value) if isinstance(value, (list, tuple)) else value
    return item


def record_item(data: Data, key: str) -> Item:
    raw = data.document["records"][key]
    keys, names = _item(raw, "RECORD"), dict(raw.get("names", {}))
    return {"id": key, **keys, "names": names, **overlay_mark(raw)}


def overlay_mark(raw: Mapping[str, Any]) -> Item:
    """What an item says of a part that an overlay added; empty for any other."""
    return _item(raw, "OWN")


def state_item(data: Data, country: Country) -> Item:
    key, keys = country.alpha3, _item(country, "COUNTRY")
    mark = overlay_mark(data.document["countries"][key])
    return {"id": key, **keys, "names": dict(country.names), **mark}


def claim_item(claim: Claim) -> Item:
    return {"ref": claim.ref, **_item(claim, "CLAIM")}


def passage_item(data: Data, ref: str) -> Item:
    from rcpref.data.form import IN_PASSAGES

    text, raw = data.plain.passages[ref]
    parts = {name: [_item(part, name) for part in raw.get(name, ())] for name in IN_PASSAGES}
    whole = data.document["texts"][text]
    item = {"ref": ref, **_item(raw, "PASSAGE"), **parts, "source": whole["document"]}
    return {**item, **overlay_mark(whole)}


def item_of(shape: shapes.Shape, line: Any) -> Item:
    """The item of a line."""
    item: Item = {}
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
    lines: Sequence[Any],
    columns: Sequence[Column] = (),
    shown: Sequence[str] = (),
    asked: AsOf | None = None,
    others: Sequence[Any] | Callable[[], Sequence[Any]] | None = None,
) -> Report:
    item = partial(item_of, shape)
    report = Report(data, query, columns or shape.columns(), shown=shown, lines=lines, item=item)
    report.asked, report.others = asked, others
    return report


def answer_item(answer: Answer) -> Item:
    return item_of(shapes.GIVEN_ANSWER, answer)


_OF_TYPE: dict[str, Callable[[Any], Any]] = {
    shapes.GIVEN: answer_item,
    shapes.GIVENS: lambda answers: {key: answer_item(each) for key, each in answers.items()},
    shapes.TEXTS: list,
    shapes.DAY: str,
    shapes.CLAIM: claim_item,
    shapes.CLAIMS: lambda claims: list(map(claim_item, claims)),
    shapes.TIERED: lambda parts: [{**claim_item(each.claim), "tier": each.tier} for each in parts],
    # Without the values: one of 49 States would bury the answer.
    shapes.EVIDENCE: lambda claims: [{"ref": c.ref, **_item(c, "EVIDENCE")} for c in claims],
    shapes.STANDING: lambda standing: [
        {"effect": e.effect, "since": e.since, "ref": e.claim.ref, "source": e.claim.source}
        for e in standing
    ],
}
