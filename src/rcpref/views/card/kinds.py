"""What a card says of each kind of record, in its order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rcpref.report.blocks import Entry, Span
from rcpref.views.card.chairs import chairs, secretariat
from rcpref.views.card.meetings import (
    held,
    last_and_next,
    participants,
    sessions,
    took_part,
)
from rcpref.views.card.parties import beside, members, observers
from rcpref.views.card.subject import Subject, listed, newest_first, separated, stated, told
from rcpref.views.card.texts import text_of

if TYPE_CHECKING:
    from rcpref.answers.values import Value
    from rcpref.model.records import Claim

Line = Callable[[Subject], list[Entry]]
"""What makes a line of a card, or several that belong together, or none."""


def entries(subject: Subject, leave_out: Collection[Line] = ()) -> list[Entry]:
    """The lines of a card.

    Args:
        subject: What it is about.
        leave_out: Lines that are not wanted.
    """
    lines = [line for line in LINES[subject.record.kind] if line not in leave_out]
    return [entry for line in lines for entry in line(subject)]


def _what(subject: Subject) -> list[Entry]:
    """One line of what it is: class, status with date, when it was founded."""
    spans = separated(
        [
            # An undated page may class it otherwise than a dated one: both are told.
            _each(subject, subject.all_said("classification")),
            _each(subject, subject.said("status")),
            _founded(subject),
        ]
    )
    return [Entry(subject.record.kind.capitalize(), spans)] if spans else []


def _each(subject: Subject, values: Sequence[Value]) -> list[Span]:
    """Each value that differs from the others, with date and mark, the newest first."""
    by_value: dict[str, Claim] = {}
    for claim in newest_first(subject.claims_of(values)):
        by_value.setdefault(str(claim.value), claim)
    return separated([stated(subject, c) for c in by_value.values()], " or ")


def _founded(subject: Subject) -> list[Span]:
    by_value: dict[str, Claim] = {}
    for claim in subject.claims_of(subject.said("founded")):
        by_value.setdefault(str(claim.value), claim)
    marks = subject.marks
    parts = [[Span(value), *marks.spans([c.source])] for value, c in by_value.items()]
    return [Span("founded "), *separated(parts, " or ")] if parts else []


def _series(subject: Subject) -> list[Entry]:
    """Its number and series, as "4 in Global ISCM Meetings"."""
    records = subject.data.document["records"]
    parts = []
    for key, lead in (("number", "no. "), ("series", "of ")):
        for value in subject.said(key)[:1]:
            name = records[value.item]["short_name"] if value.item in records else value.item
            marks = subject.marks.spans([value.claims[0].source])
            parts.append([Span(f"{lead}{name}"), *marks])
    return [Entry(subject.record.kind.capitalize(), separated(parts, " "))] if parts else []


def _told(key: str, label: str = "", most: int = 1) -> Line:
    return partial(told, key=key, label=label, most=most)


def _listed(key: str, label: str = "", lines: int = 2) -> Line:
    return partial(listed, key=key, label=label, lines=lines)


_PARTIES: tuple[Line, ...] = (members, beside, observers)
_LEAD: tuple[Line, ...] = (chairs, secretariat, last_and_next)

LINES: dict[str, tuple[Line, ...]] = {
    "process": (
        _what,
        *_PARTIES,
        *_LEAD,
        took_part,
        _listed("topics"),
        _told("website"),
    ),
    "body": (
        _what,
        _told("legal_nature"),
        *_PARTIES,
        _told("headquarters"),
        took_part,
        _told("website"),
    ),
    "organization": (
        _what,
        _told("legal_nature"),
        *_PARTIES,
        _told("headquarters"),
        _told("role"),
        took_part,
        _told("website"),
    ),
    "forum": (
        _what,
        _told("legal_nature"),
        _told("membership_rule", "Members"),
        _told("participation_rule"),
        *_LEAD,
        _told("periodicity"),
        sessions,
        _told("role"),
        took_part,
        _told("website"),
    ),
    "meeting": (
        _series,
        held,
        _told("theme"),
        _told("purpose"),
        _listed("chair"),
        _listed("host"),
        participants,
        _told("attendance_count"),
        _told("mechanisms_count"),
        _listed("mechanisms_present"),
        _listed("topics"),
        _told("outcome_document", most=2),
        _told("background_study"),
        _told("related_document"),
        text_of,
        _told("url"),
    ),
    "summit": (
        _series,
        held,
        _told("theme"),
        _listed("chair"),
        _told("mandate"),
        _told("attendance_text"),
        _told("outcome", most=2),
        _told("outcome_document"),
    ),
    "document": (
        _told("title"),
        _told("adopted"),
        _told("published"),
        _told("author"),
        _told("publisher"),
        _told("series"),
        _told("session"),
        _told("purpose"),
        _told("scope"),
        _told("refers_to_processes"),
        _listed("calls_for", lines=4),
        _listed("topics"),
        _listed("covers"),
        _told("contribution", most=2),
        text_of,
        _told("url", most=3),
    ),
    "office": (
        _told("holder"),
        _told("role"),
        _listed("former_names"),
        took_part,
    ),
    "term": (
        _told("definition"),
        _told("terminology", most=3),
        _told("mechanisms_count"),
    ),
}
"""The lines of a card, by the kind of its record."""
