"""Two data sets -> what was added, removed or changed, claim by claim.

The parts are compared in the order of the document, each in the order of the newer data
set; what it no longer has stands after what it followed in the older one.

A claim has no key of its own: its reference is made of what it says. Claims of a record are
matched by being equal first; what is left of the same property, date and source is one claim
that was changed. So a claim put before others is one change, though the ``#2`` in the
references of those after it becomes ``#3``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.data.dataset import Data

if TYPE_CHECKING:
    from rcpref.model.records import Claim

ADDED, REMOVED, CHANGED = "added", "removed", "changed"

Plain = Mapping[str, Any]


class Change(NamedTuple):
    """One thing that differs between two data sets.

    Attributes:
        change: added, removed or changed.
        what: dataset, property, source, state, record, claim, text or passage.
        ref: Its key, code, id or reference in the newer data set; of what was removed,
            in the older one.
        record: Id of the record, for a record or a claim; empty for others.
        property: Property of a claim; empty for others.
        old: It as plain data, as in the document of the older data set; None if added.
            A text has the labels of its passages in place of them, as they follow.
        new: The same in the newer data set; None if removed.
        fields: Keys whose values differ; empty unless it was changed.
    """

    change: str
    what: str
    ref: str
    record: str
    property: str
    old: Plain | None
    new: Plain | None
    fields: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Change {self.change} {self.what} {self.ref}>"


def changes(old: Data, new: Data) -> list[Change]:
    """All that differs; the order of claims, and of what has keys, says nothing."""
    one, two = old.document, new.document
    found = [*_entry("dataset", "dataset", one["dataset"], two["dataset"])]
    for what, part in (("property", "properties"), ("source", "sources"), ("state", "countries")):
        for key, before, after in _pairs(one[part], two[part]):
            found += _entry(what, key, before, after)
    for key, before, after in _pairs(one["records"], two["records"]):
        found += _entry("record", key, before, after, record=key)
        found += _claims(
            key, old if before is not None else None, new if after is not None else None
        )
    for key, before, after in _pairs(one["texts"], two["texts"]):
        found += _text(key, before, after)
    return found


def _entry(
    what: str, ref: str, old: Plain | None, new: Plain | None, record: str = "", property: str = ""
) -> Iterator[Change]:
    """One thing with a key: nothing, or what was done to it."""
    if old is None:
        yield Change(ADDED, what, ref, record, property, None, new, ())
    elif new is None:
        yield Change(REMOVED, what, ref, record, property, old, None, ())
    elif fields := tuple(key for key in {**new, **old} if old.get(key) != new.get(key)):
        yield Change(CHANGED, what, ref, record, property, old, new, fields)


def _pairs(old: Plain, new: Plain) -> Iterator[tuple[str, Any, Any]]:
    """Keys with their value before and after, None where there is none."""
    yield from ((key, old.get(key), new.get(key)) for key in _together(old, new))


def _together(old: Iterable[Any], new: Sequence[Any] | Mapping[Any, Any]) -> list[Any]:
    """The keys of both in the order of the new; the others after what they followed."""
    kept = set(new)
    gone: dict[Any, list[Any]] = {}
    last = None
    for key in old:
        if key in kept:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    every = gone.get(None, [])
    for key in new:
        every += [key, *gone.get(key, ())]
    return every


# Claims -----------------------------------------------------------------------------


def _claims(record: str, old: Data | None, new: Data | None) -> Iterator[Change]:
    """What differs between the claims of a record; None where the record is not there."""
    before: Sequence[Plain] = old.document["claims"][record] if old else ()
    after: Sequence[Plain] = new.document["claims"][record] if new else ()
    if list(before) == list(after):
        return
    # References are made from the model; only records that differ come so far.
    old_claims = old.records[record].claims if old else ()
    new_claims = new.records[record].claims if new else ()
    matched = _matched(before, after, old_claims, new_claims)
    back = {place: own for own, place in matched.items()}
    places = [back.get(place, -1 - place) for place in range(len(before))]
    for own in _together(places, range(len(after))):
        if own < 0:
            claim, was, now = old_claims[-1 - own], before[-1 - own], None
        else:
            claim, now = new_claims[own], after[own]
            was = before[matched[own]] if own in matched else None
        yield from _entry("claim", claim.ref, was, now, record, claim.property)


def _matched(
    before: Sequence[Plain], after: Sequence[Plain], old: Sequence[Claim], new: Sequence[Claim]
) -> dict[int, int]:
    """Places of claims in the new list, and of what they were in the old one."""
    matched: dict[int, int] = {}
    used: set[int] = set()

    def match(old_keys: Iterable[Any], new_keys: Iterable[Any]) -> None:
        free: dict[Any, list[int]] = {}
        for place, key in enumerate(old_keys):
            if place not in used:
                free.setdefault(key, []).append(place)
        for own, key in enumerate(new_keys):
            if own not in matched and free.get(key):
                matched[own] = free[key].pop(0)
                used.add(matched[own])

    match(map(_whole, before), map(_whole, after))
    label = attrgetter("property", "date", "source")
    match(map(label, old), map(label, new))
    return matched


def _whole(claim: Plain) -> tuple[Any, ...]:
    """A claim as a key that only an equal one has."""
    return tuple(sorted((key, tuple(v) if isinstance(v, list) else v) for key, v in claim.items()))


# Texts ------------------------------------------------------------------------------


def _text(key: str, old: Plain | None, new: Plain | None) -> Iterator[Change]:
    """What differs between two states of a text; None where it is not there."""
    before, after = _passages(old), _passages(new)
    # Its passages follow each other, so an exchange of two is a change of the text.
    one = {**old, "passages": list(before)} if old else None
    two = {**new, "passages": list(after)} if new else None
    for change in _entry("text", key, one, two):
        fields = change.fields
        kept = [label for label in before if label in after]
        if kept == [label for label in after if label in before]:
            fields = tuple(field for field in fields if field != "passages")
        if fields or change.change != CHANGED:
            yield change._replace(fields=fields)
    for label, was, now in _pairs(before, after):
        yield from _entry("passage", f"{key}/{label}", was, now)


def _passages(text: Plain | None) -> dict[str, Plain]:
    passages: Sequence[Plain] = text["passages"] if text else ()
    return {f"{passage['kind']}-{passage['number']}": passage for passage in passages}
