"""What was added, removed or changed between two data sets.

Everything but claims has a key of its own. Claims are compared as a whole; of the claims that
only one of the data sets has, those of the same property, date and source are one changed claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rcpref.data.dataset import Data

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
    """

    change: str
    what: str
    ref: str
    record: str
    property: str
    old: Plain | None
    new: Plain | None

    def __repr__(self) -> str:
        return f"<Change {self.change} {self.what} {self.ref}>"


def changes(old: Data, new: Data) -> list[Change]:
    """All that differs, in the order of the newer data; what was removed follows."""
    before = dict(_things(old, new))
    rows = []
    for key, (what, ref, record, property, plain) in _things(new, old):
        former = before.pop(key, None)
        if former is None:
            rows.append(Change("added", what, ref, record, property, None, plain))
        elif former.plain != plain:
            rows.append(Change("changed", what, ref, record, property, former.plain, plain))
    for what, ref, record, property, plain in before.values():
        rows.append(Change("removed", what, ref, record, property, plain, None))
    return rows


class _Thing(NamedTuple):
    what: str
    ref: str
    record: str
    property: str
    plain: Plain


def _things(data: Data, other: Data) -> Iterator[tuple[tuple[str, str], _Thing]]:
    """Everything in a data set by key, without the claims that the other one has as well."""
    document = data.document
    parts = [("dataset", {"dataset": document["dataset"]}), ("property", document["properties"])]
    parts += [("source", document["sources"]), ("state", document["countries"])]
    for what, things in parts:
        for ref, plain in things.items():
            yield (what, ref), _Thing(what, ref, "", "", plain)
    for ref, plain in document["records"].items():
        yield ("record", ref), _Thing("record", ref, ref, "", plain)
        yield from _claims(ref, data, other)
    for ref, text in document["texts"].items():
        passages = {f"{ref}/{each['kind']}-{each['number']}": each for each in text["passages"]}
        yield ("text", ref), _Thing("text", ref, "", "", {**text, "passages": list(passages)})
        for place, passage in passages.items():
            yield ("passage", place), _Thing("passage", place, "", "", passage)


def _claims(record: str, data: Data, other: Data) -> Iterator[tuple[tuple[str, str], _Thing]]:
    """The claims of a record that the other data set does not have."""
    claims = data.document["claims"][record]
    others = other.document["claims"].get(record, ())
    if list(claims) == list(others):
        return
    left = Counter(_whole(claim) for claim in others)
    seen: Counter[str] = Counter()
    for claim, plain in zip(data.records[record].claims, claims, strict=True):
        whole = _whole(plain)
        if left[whole]:
            left[whole] -= 1
            continue
        # A claim before others of its label moves the numbers in their references.
        label = claim.ref.partition("#")[0]
        seen[label] += 1
        key = "claim", f"{label}#{seen[label]}"
        yield key, _Thing("claim", claim.ref, record, claim.property, plain)


def _whole(claim: Plain) -> tuple[Any, ...]:
    """Return a claim as a key that only an equal one has."""
    return tuple(sorted((key, tuple(v) if isinstance(v, list) else v) for key, v in claim.items()))
