"""Meetings on a card: the last and the next one, sessions, who took part, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from rcpref.answers.meetings import placed
from rcpref.answers.meetings import sessions as of_series
from rcpref.answers.validity import when
from rcpref.dates import parse
from rcpref.report.blocks import Entry, Span
from rcpref.views.card.subject import Subject, newest_first, separated, sourced, stated

if TYPE_CHECKING:
    from rcpref.model.records import Claim

_Held = tuple[date, date, list["Claim"], str]
"""First day, last day, the claims that say so, what was held."""


def last_and_next(subject: Subject) -> list[Entry]:
    """The last meeting by the date; where none was asked for, the next that is announced."""
    day = subject.asked.date.last
    held = [*_meetings(subject), *_sessions(subject)]
    past = [each for each in held if each[0] <= day]
    coming = [each for each in held if each[0] > day]
    entries = []
    # Of several claims on the same days, that with more words says more of the meeting.
    if past:
        last = max(past, key=lambda each: (*each[:2], len(each[3])))
        entries.append(_entry(subject, "Last meeting", last))
    if coming and subject.asked.last_known:
        following = min(coming, key=lambda each: (*each[:2], -len(each[3])))
        entries.append(_entry(subject, "Next meeting", following))
    return entries


def _meetings(subject: Subject) -> Iterator[_Held]:
    for claim in subject.record.claims_of("meeting"):
        time = when(claim)
        if time is not None:
            yield time.first, time.last, [claim], str(claim.value)


def _sessions(subject: Subject) -> Iterator[_Held]:
    for record in of_series(subject.data, subject.record):
        days = [*record.claims_of("start_date")[:1], *record.claims_of("end_date")[:1]]
        if days:
            first, last = parse(str(days[0].value)).first, parse(str(days[-1].value)).last
            yield first, last, days, placed(subject.data, record)


def _entry(subject: Subject, label: str, held: _Held) -> Entry:
    *_, claims, words = held
    if len(claims) == 1:
        return Entry(label, stated(subject, claims[0], words))
    days = " to ".join(dict.fromkeys(str(claim.value) for claim in claims))
    marks = sourced(claims, subject.marks)
    return Entry(label, [Span(words), Span(f" ({days})", "quiet"), *marks])


def sessions(subject: Subject) -> list[Entry]:
    """The sessions of a forum that have records of their own, by the date."""
    day = subject.asked.date.last
    found = [
        record
        for record in of_series(subject.data, subject.record)
        if all(parse(str(c.value)).first <= day for c in record.claims_of("start_date"))
    ]
    claims = [claim for record in found for claim in record.claims_of("series")]
    if not found:
        return []
    spans = [Span(f"{len(found)} with records here"), *sourced(claims, subject.marks)]
    return [Entry("Sessions", spans, [record.short_name for record in found])]


# Taking part -------------------------------------------------------------------------


def took_part(subject: Subject) -> list[Entry]:
    """In what capacity the record took part in meetings, what it did, where that stands."""
    entries = []
    contributions = list(subject.record.claims_of("contribution"))
    for value in subject.said("attended"):
        meeting, claim = value.item, value.claims[0]
        name = subject.data.document["records"].get(meeting, {}).get("short_name", meeting)
        words = f"took part as {claim.role}" if claim.role else "took part"
        parts = [[Span(words), *_place(claim)]]
        own = [each for each in contributions if (each.passage or "").startswith(f"{meeting}/")]
        parts += [[Span("contribution"), *_place(each)] for each in own]
        spans = [*separated(parts), *subject.marks.spans(sorted({claim.source, *_sources(own)}))]
        refs = {claim.passage, *(each.passage for each in own)}
        named = subject.data.plain.refs_naming(record=subject.record.id)
        names = [ref for ref in named if ref.startswith(f"{meeting}/") and ref not in refs]
        entries.append(Entry(f"At {name}", spans))
        if names:
            entries.append(Entry("", [Span("named in")], names, 1))
    return entries


def _place(claim: Claim) -> list[Span]:
    return [Span(f" ({claim.passage})", "quiet")] if claim.passage else []


def _sources(claims: list[Claim]) -> list[str]:
    return [claim.source for claim in claims]


def participants(subject: Subject) -> list[Entry]:
    """Who took part in a meeting, by capacity."""
    key = subject.record.id
    groups: dict[str, list[dict[str, Any]]] = {}
    for record, claims in subject.data.document["claims"].items():
        for claim in claims:
            if claim["property"] == "attended" and key in claim["value"]:
                own = {**claim, "record": record}
                groups.setdefault(claim.get("role", "participant"), []).append(own)
    entries = []
    label = "Took part"
    for role, claims in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        names = [subject.data.document["records"][each["record"]]["short_name"] for each in claims]
        passages = dict.fromkeys(each["passage"] for each in claims if each.get("passage"))
        where = f" ({', '.join(passages)})" if passages else ""
        marks = subject.marks.spans(dict.fromkeys(each["source"] for each in claims))
        spans = [Span(f"as {role}: {len(claims)}"), Span(where, "quiet"), *marks]
        entries.append(Entry(label, spans, names, 0))
        label = ""
    return entries


def held(subject: Subject) -> list[Entry]:
    """When and where a meeting was held."""
    days = [*subject.said("start_date")[:1], *subject.said("end_date")[:1]]
    places = [*subject.said("city")[:1], *subject.said("country")[:1]]
    words = " to ".join(dict.fromkeys(value.item for value in days))
    data = subject.data
    where = ", ".join(
        data.plain.state_name(value.item) if value.item in data.countries else value.item
        for value in places
    )
    claims = newest_first(subject.claims_of([*days, *places]))
    if not claims:
        return []
    spans = [Span(", ".join(filter(None, (words, where)))), *sourced(claims, subject.marks)]
    return [Entry("Held", spans)]
