"""Terms in the chair as bars: where each may be, and where it is for certain.

A chart and the atlas draw them in their own ways; what a bar says is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from rcpref.dates import Interval, parse
from rcpref.report.blocks import Item


class Scale(Protocol):
    """Where on a drawing a day is."""

    def at(self, day: date) -> int:
        """The place of a day."""

    def middle(self, when: Interval) -> int:
        """The place of a date: the middle of all days that it may mean."""


class Bar(NamedTuple):
    """A term in the chair, from one place to another.

    Attributes:
        left: Where it begins at the earliest.
        right: Where it ends at the latest.
        sure: From where to where it is certain.
        term: The item of the term.
    """

    left: int
    right: int
    sure: tuple[int, int]
    term: Item


def bar_of(term: Item, scale: Scale, least: int, end: date | None = None) -> Bar:
    """A term: certain from its beginning, or its first proof, to its end, or its last."""
    begins, ends = (scale.middle(parse(day)) if day else None for day in _ends(term))
    proofs = [*map(scale.middle, _named(term)), *(x for x in (begins, ends) if x is not None)]
    first, last = (scale.at(date.fromisoformat(term[key])) for key in ("first", "last"))
    left, right = min(proofs) if begins is not None else first, max(proofs)
    if begins is not None and begins == ends:
        # From 2021 until 2021: for a day of it or for all of it.
        left, right, proofs = first, last, [first, last]
    elif ends is None:
        right = max(right, last, *([scale.at(end)] if end else []))
    return Bar(left, max(right, left + least), (min(proofs), max(proofs)), term)


def lanes_of(bars: Iterable[Bar]) -> list[list[Bar]]:
    """Bars that lie over each other in lanes of their own."""
    lanes: list[list[Bar]] = []
    # Of those that begin together the longest first.
    for bar in sorted(bars, key=lambda bar: (bar.left, -bar.right, bar.term["states"])):
        free = next((lane for lane in lanes if lane[-1].right <= bar.left), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return lanes


def said_of(term: Item) -> str:
    """Since when and until when, and when it was named where that is not said."""
    since, until = _ends(term)
    words = f" from {since}" if since else ""
    words += f" until {until}" if until else ""
    named = _named(term)
    if named and not (since and until):
        dates = [when.text for when in sorted(named)]
        words += f", named in {dates[0]}"
        words += f" and last in {dates[-1]}" if dates[-1] != dates[0] else ""
    return words


def _ends(term: Item) -> tuple[str | None, str | None]:
    return term["since"], term["until"]


def _named(term: Item) -> Sequence[Interval]:
    """When the States were named as being in the chair."""
    return [parse(claim["as_of"]) for claim in term["rests_on"] if claim.get("as_of")]
