"""What happened, and when: foundings, meetings, chairs, joinings, standing, documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as day
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.time import NEXT_MEETING, as_of
from rcpref.answers.values import (
    gathering_of,
    is_ahead,
    is_session,
    placed,
    sessions,
    shown_value,
)
from rcpref.dates import Interval, parse
from rcpref.errors import UsageProblem, echo, several_texts
from rcpref.model import DERIVED, HELD, HELD_KINDS, PLANNED
from rcpref.model.records import Record

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim

_WHAT = {
    "founded": "founding",
    "founding_event": "founding",
    "meeting": "meeting",
    NEXT_MEETING: "meeting",
    "member_joined": "joining",
    "member_left": "leaving",
    "membership_event": "membership",
    "chair": "chair",
    "milestone": "milestone",
    "key_document": "document",
    "adopted": "document",
    "published": "document",
}

STANDING = "standing"
"""An event that changes the standing of a State: it is suspended, reinstated, ..."""

EVENTS = (*dict.fromkeys(_WHAT.values()), STANDING)


class Happening(NamedTuple):
    """One thing that happened.

    Attributes:
        date: When, as the source has it.
        first: The first day that this can mean.
        last: The last day.
        record: Id of the record to which it happened.
        short_name: Its short name.
        event: The kind of event: founding, meeting, joining, leaving, standing, membership,
            chair, milestone or document.
        what: What happened, in words.
        claims: The claims that say so.
        held: Of a meeting held or planned: of the latter no report is known. None otherwise.
        series: Id of the forum, if a meeting or summit is its session; None otherwise.
    """

    date: str
    first: day
    last: day
    record: str
    short_name: str
    event: str
    what: str
    claims: tuple[Claim, ...]
    held: str | None = None
    series: str | None = None


def events_named(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """The kinds of events that were asked for."""
    if words is None:
        return ()
    asked = [part.strip().lower() for part in several_texts(words, "an event")]
    for part in asked:
        if part.removesuffix("s") not in EVENTS:
            raise UsageProblem(f"no event {echo(part)}", f"events: {', '.join(EVENTS)}")
    return tuple(dict.fromkeys(part.removesuffix("s") for part in asked))


def happenings(
    data: Data,
    named: Sequence[Record | Country] = (),
    start: str | None = None,
    end: str | None = None,
    events: Sequence[str] = (),
) -> list[Happening]:
    """What happened in some time, in order of time: 2013 comes before all of its months."""
    since = as_of(start, data.date).date.first if start is not None else day.min
    until = as_of(end, data.date).date.last if end is not None else day.max
    if until < since:
        raise UsageProblem(f"{end} comes before {start}", "swap --from and --to")
    entries = [entry for entry in named if isinstance(entry, Record)]
    records = {each.id for entry in entries for each in (entry, *sessions(data, entry))}
    states = {entry.alpha3 for entry in named if not isinstance(entry, Record)}

    def concerns(each: Happening) -> bool:
        naming = (
            c.values if data.type_of(c.property) == "states" else c.states for c in each.claims
        )
        return each.record in records or not states.isdisjoint(code for c in naming for code in c)

    found = [
        each
        for record in data
        for each in _of(data, record)
        if (not events or each.event in events)
        and each.first <= until
        and each.last >= since
        and (not named or concerns(each))
    ]
    return sorted(found, key=lambda each: (each.first, -each.last.toordinal(), each.record))


def _of(data: Data, record: Record) -> Iterator[Happening]:
    """What a record's claims tell to have happened; what is equal is put together."""
    found: dict[tuple[Interval, str, str], list[Claim]] = {}
    own = [each for each in map(gathering_of, sessions(data, record)) if each]
    for claim in record.claims:
        if any(is_session(claim, session) for session in own):
            continue  # told with the session
        # What a process repeats of its body changes no standing in it.
        standing = claim.effect and not claim.about
        event = STANDING if standing else _WHAT.get(claim.property)
        if event and not (event == "chair" and record.kind in HELD_KINDS):
            for when, what in _moments(data, claim):
                found.setdefault((when, event, what), []).append(claim)
    every: list[tuple[tuple[Interval, str, str], Sequence[Claim]]] = [*found.items()]
    series = None
    if gathering := gathering_of(record):  # a meeting or summit, from its first day to its last
        series = next((str(each.value) for each in record.claims_of("series")), None)
        forum = data.records.get(series or "")
        also = [each for each in forum.claims if is_session(each, gathering)] if forum else []
        what = placed(data, record)
        every.append(((gathering.when, "meeting", what), [*gathering.claims, *also]))
    for ((first, last, text), event, what), claims in every:
        held = of = None
        if event == "meeting":
            held = PLANNED if _is_planned(what, claims) else HELD
            of = series
        names = record.id, record.short_name
        yield Happening(text, first, last, *names, event, what, tuple(claims), held, of)


def _is_planned(what: str, claims: Sequence[Claim]) -> bool:
    """Whether it is only known that a meeting was to be held: no claim says that it was."""
    told = [str(claim.value) for claim in claims if claim.property == "meeting"] or [what]
    announced = any(claim.property == NEXT_MEETING for claim in claims)
    return announced or all(is_ahead(words) for words in told)


def _moments(data: Data, claim: Claim) -> list[tuple[Interval, str]]:
    value = shown_value(data, claim)
    if claim.property in ("founded", "adopted", "published"):
        return [(parse(str(claim.value)), claim.property)]
    if claim.property == "chair":
        mentioned = claim.from_ is None and claim.until is None and claim.as_of
        # The end of a term that its source was written before can only have been announced.
        written = data.document["sources"][claim.source].get("date") or claim.as_of
        ahead = claim.until and written and parse(claim.until).after(parse(written))
        leaves = "is to leave" if ahead else "leaves"
        ends = ((mentioned, "in"), (claim.from_, "takes"), (claim.until, leaves))
        return [(parse(date), f"{value} {does} the chair") for date, does in ends if date]
    if claim.as_of is None:
        return []
    verbs = {"member_joined": "joined: ", "member_left": "left: "}
    made = f" {DERIVED}" if claim.derived and claim.property in verbs else ""
    return [(parse(claim.as_of), f"{verbs.get(claim.property, '')}{value}{made}")]
