"""When a process or forum met, and when a meeting or summit was held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rcpref.dates import Interval, lasting, parse
from rcpref.model import HELD_KINDS

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


class Gathering(NamedTuple):
    """A meeting that a claim tells of.

    Attributes:
        when: Its date.
        what: What it was, in the words of the source; empty where only who was there is told.
        claims: The claims that say so.
    """

    when: Interval
    what: str
    claims: tuple[Claim, ...]


def held(record: Record) -> Gathering | None:
    """A meeting or summit, from its first day to its last; None for any other record."""
    starts = record.claims_of("start_date")
    if record.kind not in HELD_KINDS or not starts:
        return None
    ends = record.claims_of("end_date")
    when = lasting(str(starts[0].value), str(ends[0].value) if ends else None)
    return Gathering(when, record.name, (*starts[:1], *ends[:1]))


def gatherings(record: Record) -> list[Gathering]:
    """All meetings of a record that have a date, in order of time.

    Also those of which only the participants are told. A meeting or summit is its own.
    """
    own = held(record)
    named = [own] if own else []
    named += [
        Gathering(parse(claim.as_of), str(claim.value), (claim,))
        for claim in record.claims_of("meeting")
        if claim.as_of is not None
    ]
    attended = [
        Gathering(parse(claim.as_of), "", (claim,))
        for claim in record.claims_of("meeting_participants")
        if claim.as_of is not None
    ]
    # Of one that is named, too, the participants are no second meeting.
    more = [each for each in attended if not any(each.when.overlaps(one.when) for one in named)]
    return sorted([*named, *more], key=lambda each: (each.when.first, each.when.last))
