"""When a process or forum met, and when a meeting or summit was held."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rcpref.answers.wording import shown_states
from rcpref.dates import Interval, lasting, parse
from rcpref.fields import Fields
from rcpref.model import HELD_KINDS

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


_AHEAD = ("announced for ", "scheduled for ", "planned for ")
"""Words by which the data tell of a meeting of which no report was found."""

_LONGEST = timedelta(days=14)
"""No meeting sat longer. Where a claim on one gives two days further apart, it was some time
between them."""


class Gathering(Fields):
    """A meeting that a claim tells of.

    Attributes:
        when: Its date.
        what: What it was, in the words of the source; empty where only who was there is told.
        claims: The claims that say so.
        sat: Days on each of which it sat; None where it is not told from which day to which.
    """

    when: Interval
    what: str
    claims: tuple[Claim, ...]
    sat: Interval | None = None

    @property
    def announced(self) -> bool:
        """Whether it is only known that it was to be held."""
        return any(words in self.what for words in _AHEAD)

    def surely_in(self, time: Interval) -> bool:
        """Whether it was held, on one of its days at least, in some time."""
        if self.announced:
            return False
        return self.when.within(time) or (self.sat is not None and self.sat.overlaps(time))


def gathering_of(record: Record) -> Gathering | None:
    """A meeting or summit, from its first day to its last; None for any other record."""
    starts = record.claims_of("start_date")
    if record.kind not in HELD_KINDS or not starts:
        return None
    ends = record.claims_of("end_date")
    start = str(starts[0].value)
    when = lasting(start, str(ends[0].value) if ends else None)
    began = parse(start).last
    over = parse(str(ends[0].value)).first if ends else when.first
    sat = Interval(began, over, when.text) if began <= over else None
    return Gathering(when, record.name, (*starts[:1], *ends[:1]), sat)


def placed(data: Data, record: Record) -> str:
    """The name of a meeting or summit, and where it was held unless that is in its name."""
    cities = record.claims_of("city")
    codes = [code for claim in record.claims_of("country")[:1] for code in claim.values]
    parts = (str(cities[0].value) if cities else "", shown_states(data, codes))
    place = ", ".join(part for part in parts if part)
    return f"{record.name}{f' ({place})' if place and place not in record.name else ''}"


def sessions(data: Data, record: Record) -> list[Record]:
    """The meetings or summits of a forum that have records of their own, in order of time."""
    if record.kind != "forum":
        # No other record has any, and all claims would be read to see it.
        return []
    found = [
        data.records[each]
        for each, claims in data.document["claims"].items()
        if any(claim["property"] == "series" and claim["value"] == record.id for claim in claims)
    ]
    return sorted(found, key=lambda each: [c.value for c in each.claims_of("start_date")])


def gatherings(record: Record) -> list[Gathering]:
    """All meetings of a record that have a date, in order of time.

    Also those of which only the participants are told. A meeting or summit is its own.
    """
    itself = gathering_of(record)
    named = [itself] if itself else []
    named += [
        _claimed(claim, parse(claim.as_of))
        for claim in record.claims_of("meeting")
        if claim.as_of is not None
    ]
    attended = [
        Gathering(parse(claim.as_of), "", (claim,))
        for claim in record.claims_of("meeting_participants")
        if claim.as_of is not None
    ]
    # Of one that is named, too, the participants are no second meeting, but proof of it.
    sure = [one.when for one in named if not one.announced]
    more = [each for each in attended if not any(map(each.when.overlaps, sure))]
    return _in_order([*named, *more])


def with_sessions(data: Data, record: Record) -> list[Gathering]:
    """All meetings of a record and, of a forum, its sessions, in order of time."""
    held = (gathering_of(session) for session in sessions(data, record))
    return _in_order([*gatherings(record), *(each for each in held if each)])


def _in_order(every: list[Gathering]) -> list[Gathering]:
    return sorted(every, key=lambda each: (each.when.first, each.when.last))


def _claimed(claim: Claim, when: Interval) -> Gathering:
    """The meeting of a claim, whose date may give its first and its last day."""
    lasted = "/" in when.text and when.last - when.first <= _LONGEST
    return Gathering(when, str(claim.value), (claim,), when if lasted else None)
