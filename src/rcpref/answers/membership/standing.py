"""Standing: what else is true of a member at a date, beside that it is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import Standing
from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS, Register
from rcpref.dates import Interval, parse
from rcpref.model import CLOSED_BY, EFFECTS

if TYPE_CHECKING:
    from rcpref.model.records import Claim


CONTESTED = "contested"  # the effect that every later event of another effect closes


def standing_of(register: Register, state: str, asked: Interval) -> tuple[Standing, ...]:
    """What holds of a State at some time in a date, in order of time."""
    found: dict[tuple[str, str], Standing] = {}
    until: dict[str, date] = {}
    for opening in sorted(_openings(register, state), key=_first_day):
        effect = str(opening.effect)
        # What opens again what is open tells nothing new.
        if _first_day(opening) < until.get(effect, date.min):
            continue
        until[effect], closing = _closing(register, state, opening)
        # On the last day of what closes it, it is closed.
        if _first_day(opening) > asked.last or until[effect] <= asked.first:
            continue
        # What closes it may have come in the date: both are told.
        for claim in (opening, *(each for each in closing if _first_day(each) <= asked.last)):
            each = Standing(str(claim.effect), str(claim.as_of), claim)
            found.setdefault(each[:2], each)
    return tuple(sorted(found.values(), key=lambda each: (*parse(each.since)[:2], each.effect)))


def standing_turns(register: Register, state: str) -> Iterator[date]:
    """The days on which the standing of a State can turn."""
    for opening in _openings(register, state):
        yield _first_day(opening)
        end, closing = _closing(register, state, opening)
        yield from (end, end - timedelta(days=1), *map(_first_day, closing))


def _first_day(claim: Claim) -> date:
    return parse(str(claim.as_of)).first


def _openings(register: Register, state: str) -> list[Claim]:
    """The events that open a standing of a State as a member; undated ones open nothing."""
    if register.capacity != MEMBERS:
        return []
    return [claim for claim in register.events_of.get(state, ()) if claim.effect in CLOSED_BY]


def _closing(register: Register, state: str, opening: Claim) -> tuple[date, list[Claim]]:
    """The day on which a standing is closed, and the events that close it on that day."""
    first = _first_day(opening)
    ends = _ends(register, state, str(opening.effect))
    day, found = date.max, []
    for place in range(bisect_right(ends, first, key=itemgetter(0)), len(ends)):
        last, claim = ends[place]
        if last > day:
            break
        # A State joins before it is suspended: a joining of the same year closes nothing.
        if claim.property != JOINED or _first_day(claim) > first:
            day = last
            found.append(claim)
    return day, [claim for claim in found if claim.effect and claim.effect not in CLOSED_BY]


def _ends(register: Register, state: str, effect: str) -> list[tuple[date, Claim]]:
    """What can close an effect on a State, each with the last day of its date, in order."""
    key = state, effect
    if key not in register.ends:
        closing = CLOSED_BY[effect] if effect != CONTESTED else {*EFFECTS, None} - {CONTESTED}
        found = [claim for claim in register.events_of[state] if claim.effect in closing]
        turned = (claim for claim in register.record.claims if claim.property in (JOINED, LEFT))
        found += [claim for claim in turned if claim.as_of and state in claim.values]
        pairs = [(parse(str(claim.as_of)).last, claim) for claim in found]
        register.ends[key] = sorted(pairs, key=itemgetter(0))
    return register.ends[key]
