"""`rcpref timeline`: what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.meetings import HELD_KINDS, held
from rcpref.data.dataset import Data
from rcpref.dates import Interval, parse
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Cell, Column, Item
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report
from rcpref.views.items import claim_item
from rcpref.views.words import shown_value, state_names

if TYPE_CHECKING:
    from rcpref.model.countries import Country


class _Entry(NamedTuple):
    """One thing that happened: when, in words, and the claims that say so."""

    when: Interval
    record: Record
    kind: str
    what: str
    claims: tuple[Claim, ...]


_WHAT = {
    "founded": "founding",
    "founding_event": "founding",
    "meeting": "meeting",
    "member_joined": "joining",
    "member_left": "leaving",
    "membership_event": "membership",
    "chair": "chair",
    "milestone": "milestone",
    "key_document": "document",
    "adopted": "document",
    "published": "document",
}

EVENTS = tuple(dict.fromkeys(_WHAT.values()))
"""The kinds of events."""


def timeline(
    data: Data,
    named: Sequence[Record | Country],
    start: str | None,
    end: str | None,
    kinds: Sequence[str] = (),
) -> Report:
    """Foundings, meetings, chairs, joinings and leavings in order of time.

    Dates keep the precision of their source: 2013 comes before all of its months and is
    not the first of January.

    Args:
        data: The data set.
        named: Records, or States whose joinings and chairs are meant; empty for all.
        start: Nothing that ended before this date.
        end: Nothing that began after this date.
        kinds: Kinds of events, of `EVENTS`; empty for all.

    Raises:
        NotFound: Nothing happened in that time.
        UsageProblem: The end comes before the start.
    """
    since = parse(start).first if start is not None else date.min
    until = parse(end).last if end is not None else date.max
    if until < since:
        raise UsageProblem(f"{end} comes before {start}", "exchange --from and --to")
    records = [entry for entry in named if isinstance(entry, Record)]
    states = {entry.alpha3 for entry in named if not isinstance(entry, Record)}
    found = [
        entry
        for record in data
        for entry in _happened(data, record)
        if (not kinds or entry.kind in kinds)
        and entry.when.first <= until
        and entry.when.last >= since
        and (not named or record in records or _concerns(data, entry, states))
    ]
    if not found:
        raise _nothing(named, kinds, " then" if start or end else "")
    found.sort(key=lambda entry: (entry.when.first, -entry.when.last.toordinal(), entry.record.id))
    names = [e.id if isinstance(e, Record) else e.alpha3 for e in named]
    query: dict[str, Any] = {"command": "timeline", "names": names, "from": start, "to": end}
    query["events"] = list(kinds) or None
    report = Report(data, query, _columns(data), items=list(map(_item, found)))

    def blocks() -> list[Block]:
        marks = Marks(data)
        return [report.grid(marks=marks), *marks.block()]

    report.blocks = blocks
    return report


def _nothing(named: Sequence[Record | Country], kinds: Sequence[str], then: str) -> NotFound:
    whom = ", ".join(e.short_name if isinstance(e, Record) else e.name for e in named)
    what = f"no {' or '.join(kinds)} is known" if kinds else "nothing is known to have happened"
    preposition = "of" if kinds else "to"
    return NotFound(
        f"{what}{f' {preposition} {whom}' if whom else ''}{then}",
        "rcpref timeline shows the whole of it",
    )


def events_named(text: str | None) -> tuple[str, ...]:
    """The kinds of events that were asked for, with commas between them.

    Args:
        text: What was typed, in singular or plural; None for all.

    Raises:
        UsageProblem: There is no such kind.
    """
    if text is None:
        return ()
    asked = [part.strip().lower() for part in text.split(",")]
    for part in asked:
        if part.removesuffix("s") not in EVENTS:
            raise UsageProblem(f"no event {echo(part)}", f"events: {', '.join(EVENTS)}")
    return tuple(dict.fromkeys(part.removesuffix("s") for part in asked))


def _columns(data: Data) -> tuple[Column, ...]:
    def whose(item: Item) -> Cell:
        return data.records[item["record"]].short_name

    def sources(item: Item) -> list[str]:
        """The source of each claim: one with two claims stands twice behind it."""
        return [claim["source"] for claim in item["claims"]]

    return (
        Column("date", "Date", style="id"),
        Column("record", "Id", room=140),
        Column("short_name", "Whose", style="name", cell=whose),
        Column("event", "Event", room=70),
        Column("what", "What", marks=sources),
        Column("sources", "Sources", room=1000, cell=cited),
    )


def _item(entry: _Entry) -> Item:
    return {
        "date": entry.when.text,
        "first": entry.when.first.isoformat(),
        "last": entry.when.last.isoformat(),
        "record": entry.record.id,
        "event": entry.kind,
        "what": entry.what,
        "claims": [claim_item(claim) for claim in entry.claims],
    }


def _concerns(data: Data, entry: _Entry, states: set[str]) -> bool:
    return any(
        data.type_of(claim.property) == "states" and states & set(claim.values)
        for claim in entry.claims
    )


def _happened(data: Data, record: Record) -> list[_Entry]:
    """What a record's claims tell to have happened; equal entries put together."""
    found: dict[tuple[str, str, str], _Entry] = {}
    for claim in record.claims:
        kind = _WHAT.get(claim.property)
        if kind is None or (kind == "chair" and record.kind in HELD_KINDS):
            continue
        for when, what in _moments(data, claim):
            key = (when.text, kind, what)
            if key in found:
                old = found[key]
                found[key] = old._replace(claims=(*old.claims, claim))
            else:
                found[key] = _Entry(when, record, kind, what, (claim,))
    own = _held(data, record)
    return [*found.values(), *([own] if own else [])]


def _moments(data: Data, claim: Claim) -> list[tuple[Interval, str]]:
    value = shown_value(data, claim)
    if claim.property in ("founded", "adopted", "published"):
        return [(parse(str(claim.value)), claim.property)]
    if claim.property == "chair":
        if claim.from_ is None and claim.until is None:
            return [(parse(claim.as_of), f"{value} in the chair")] if claim.as_of else []
        moments = []
        if claim.from_:
            moments.append((parse(claim.from_), f"{value} takes the chair"))
        if claim.until:
            moments.append((parse(claim.until), f"{value} leaves the chair"))
        return moments
    if claim.as_of is None:
        return []
    verbs = {"member_joined": "joined: ", "member_left": "left: "}
    return [(parse(claim.as_of), verbs.get(claim.property, "") + value)]


def _held(data: Data, record: Record) -> _Entry | None:
    """A meeting or summit: from its first day to its last."""
    gathering = held(record)
    if gathering is None:
        return None
    cities = record.claims_of("city")
    codes = [code for claim in record.claims_of("country")[:1] for code in claim.values]
    place = ", ".join(
        part for part in (str(cities[0].value) if cities else "", state_names(data, codes)) if part
    )
    what = f"{record.name}{f' ({place})' if place and place not in record.name else ''}"
    return _Entry(gathering.when, record, "meeting", what, gathering.claims)
