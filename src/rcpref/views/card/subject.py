"""What a card is about, and how it says things: the answer, its date, the mark of its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.validity import when
from rcpref.answers.values import Value, value_at
from rcpref.data.dataset import Data
from rcpref.model import HELD_KINDS
from rcpref.report.blocks import Entry, Span
from rcpref.report.marks import Marks
from rcpref.spelling import key_of
from rcpref.views.items import sources_of
from rcpref.views.words import shown_date

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim, Record

MOST_SOURCES = 2
"""So many sources of one answer are named on a card."""


_ONCE = (*HELD_KINDS, "document")
"""Kinds of records that do not last."""


class Subject(NamedTuple):
    """A record that a card is about.

    Attributes:
        data: The data set.
        record: The record.
        asked: The date.
        marks: Marks of the sources.
    """

    data: Data
    record: Record
    asked: AsOf
    marks: Marks

    def all_said(self, key: str) -> list[Value]:
        """The value of a property, item by item.

        What is only said of a later time is left out, but for what happens once, which may
        be still to come.
        """
        if key not in self.data.document["properties"]:
            return []  # data of somebody else may have another vocabulary
        values = value_at(self.data, self.record, key, self.asked)
        if self.record.kind in _ONCE:
            return values
        return [value for value in values if value.basis != "later"]

    def said(self, key: str) -> list[Value]:
        """The same without undated items where others are dated."""
        values = self.all_said(key)
        dated = [value for value in values if value.basis != "undated"]
        return dated or values

    def claims_of(self, values: Iterable[Value]) -> list[Claim]:
        """The claims that some values rest on, each once."""
        return list(dict.fromkeys(claim for value in values for claim in value.claims))


def newest_first(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by their dates, the newest first, undated ones at the end."""

    def place(claim: Claim) -> tuple[date, date]:
        time = when(claim)
        return (time.last, time.first) if time else (date.min, date.min)

    return sorted(claims, key=place, reverse=True)


def sourced(claims: Iterable[Claim], marks: Marks) -> list[Span]:
    """The marks of the sources of an answer, the first few, and how many more it has."""
    sources = sources_of(claims)
    few = sources[:MOST_SOURCES]
    left = len(sources) - len(few)
    spans = marks.spans(few)
    return [*spans, Span(f" and {left} more", "more-sources")] if left else spans


def dated(data: Data, claim: Claim) -> str:
    """The date of a claim as it stands behind its value; its bounds where it has none."""
    words = shown_date(data, claim)
    if not words:
        bounds = (("not before", claim.not_before), ("not after", claim.not_after))
        return ", ".join(["undated", *(f"{name} {day}" for name, day in bounds if day)])
    return words


def stated(subject: Subject, claim: Claim, words: str = "") -> list[Span]:
    """A claim: its value, its date, the mark of its source."""
    value = words or "; ".join(claim.values)
    is_address = subject.data.type_of(claim.property) == "url"
    spans = [Span(value, "", value if is_address else "")]
    # Of what happened once it is no question when it held.
    about = [dated(subject.data, claim)]
    if not claim.date and (is_address or subject.record.kind in _ONCE):
        about = []
    if claim.derived:
        about.append("derived")
    if about:
        spans.append(Span(f" ({', '.join(about)})", "quiet"))
    return [*spans, *subject.marks.spans([claim.source])]


def separated(parts: Sequence[Sequence[Span]], between: str = "; ") -> list[Span]:
    """Parts of a line with a sign between them."""
    spans: list[Span] = []
    for part in parts:
        spans += [Span(between)] if spans and part else []
        spans += part
    return spans


def told(
    subject: Subject, key: str, label: str = "", most: int = 1, undated: bool = False
) -> list[Entry]:
    """A property in words: its newest values, each with date and mark; nothing if unknown.

    Args:
        subject: What the card is about.
        key: The property.
        label: The label; empty for that of the property.
        most: How many values are told.
        undated: Whether undated ones stand beside dated ones: the date of what may have
            changed since tells less than that of a count.
    """
    said = subject.all_said(key) if undated else subject.said(key)
    values = {claim.value: claim for claim in reversed(newest_first(subject.claims_of(said)))}
    claims = newest_first(values.values())
    if not claims:
        return []
    parts = [stated(subject, claim) for claim in claims[:most]]
    left = len(claims) - most
    more = [Span(f"; and {left} more", "quiet")] if left > 0 else []
    return [Entry(label or subject.data.label_of(key), [*separated(parts), *more])]


def listed(subject: Subject, key: str, label: str = "", lines: int = 2) -> list[Entry]:
    """A property that lists things, as far as some lines go; nothing if unknown."""
    claims = newest_first(subject.claims_of(subject.said(key)))
    if not claims:
        return []
    names = list(dict.fromkeys(name for claim in claims for name in claim.values))
    if subject.data.type_of(key) == "states":
        names = sorted(map(subject.data.plain.state_name, names), key=key_of)
    marks = sourced(claims, subject.marks)
    if not claims[0].date and subject.record.kind in _ONCE:
        return [Entry(label or subject.data.label_of(key), (), names, lines, marks)]
    words = dated(subject.data, claims[0])
    end = [Span(f"({words})", "quiet"), *marks]
    return [Entry(label or subject.data.label_of(key), (), names, lines, end)]
