"""What a card is about, and how it says things: the answer, its date, the mark of its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.time import when
from rcpref.answers.values import Value, value_at
from rcpref.data.dataset import Dataset
from rcpref.report.blocks import Entry, Span
from rcpref.report.marks import Marks
from rcpref.views.items import sources_of
from rcpref.views.words import shown_date

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim, Record

MOST_SOURCES = 2
"""So many sources of one answer are named on a card."""


class Subject(NamedTuple):
    """A record that a card is about.

    Attributes:
        data: The data set.
        record: The record.
        asked: The date.
        marks: Marks of the sources.
    """

    data: Dataset
    record: Record
    asked: AsOf
    marks: Marks

    def all_said(self, key: str) -> list[Value]:
        """The value of a property, item by item."""
        return value_at(self.data, self.record, key, self.asked)

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
    few = sources if len(sources) <= MOST_SOURCES + 1 else sources[:MOST_SOURCES]
    left = len(sources) - len(few)
    spans = marks.spans(few)
    return [*spans, Span(f" and {left} more sources", "more-sources")] if left else spans


def dated(claim: Claim, asked: AsOf, how: str | None = None) -> str:
    """The date of a claim as it stands behind its value.

    Args:
        claim: The claim.
        asked: The date that was asked for.
        how: The basis of the value, where the claim may be of a later time.
    """
    words = shown_date(claim)
    if not words:
        bounds = (("not before", claim.not_before), ("not after", claim.not_after))
        return ", ".join(["undated", *(f"{name} {day}" for name, day in bounds if day)])
    return f"only later, {words}" if how == "later" and not asked.last_known else words


def stated(subject: Subject, claim: Claim, words: str = "", how: str | None = None) -> list[Span]:
    """A claim: its value, its date, the mark of its source."""
    value = words or "; ".join(claim.values)
    link = value if subject.data.type_of(claim.property) == "url" else ""
    return [
        Span(value, "", link),
        Span(f" ({dated(claim, subject.asked, how)})", "quiet"),
        *subject.marks.spans([claim.source]),
    ]


def joined(parts: Sequence[Sequence[Span]], between: str = "; ") -> list[Span]:
    """Parts of a line with a sign between them."""
    spans: list[Span] = []
    for part in parts:
        spans += [Span(between)] if spans and part else []
        spans += part
    return spans


def told(subject: Subject, key: str, label: str = "", most: int = 1) -> list[Entry]:
    """A property in words: its newest values, each with date and mark; nothing if unknown.

    Args:
        subject: What the card is about.
        key: The property.
        label: The label; empty for that of the property.
        most: How many values are told.
    """
    values = subject.said(key)
    how = {claim: value.basis for value in values for claim in value.claims}
    claims = newest_first(how)
    if not claims:
        return []
    parts = [stated(subject, claim, how=how[claim]) for claim in claims[:most]]
    left = len(claims) - most
    more = [Span(f"; and {left} more", "quiet")] if left > 0 else []
    return [Entry(label or subject.data.label_of(key), [*joined(parts), *more])]


def listed(subject: Subject, key: str, label: str = "", lines: int = 2) -> list[Entry]:
    """A property that lists things, as far as some lines go; nothing if unknown."""
    values = subject.said(key)
    claims = newest_first(subject.claims_of(values))
    if not claims:
        return []
    names = list(dict.fromkeys(name for claim in claims for name in claim.values))
    if subject.data.type_of(key) == "states":
        names = sorted(subject.data.countries[name].name for name in names)
    words = dated(claims[0], subject.asked, values[0].basis)
    end = [Span(f"({words})", "quiet"), *sourced(claims, subject.marks)]
    return [Entry(label or subject.data.label_of(key), (), names, lines, end)]
