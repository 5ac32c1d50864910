"""Standing: what else is true of a member at a date, beside that it is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import Standing
from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS, Register
from rcpref.dates import Interval, parse
from rcpref.model import CLOSED_BY

if TYPE_CHECKING:
    from rcpref.model.records import Claim


CONTESTED = "contested"
"""The effect that every later event of another effect closes."""


def standing_of(register: Register, state: str, asked: Interval) -> tuple[Standing, ...]:
    """What holds of a State at some time in a date, in order of time."""
    found: dict[tuple[str, str], Standing] = {}
    until: dict[str, date] = {}
    for opening in sorted(_openings(register, state), key=_first_day):
        ends = _ends(register, state, opening)
        last = min((end for end, _ in ends), default=date.max)
        # What opens again what is open tells nothing new.
        effect = str(opening.effect)
        if _first_day(opening) < until.get(effect, date.min):
            continue
        until[effect] = last
        # On the last day of what closes it, it is closed.
        if _first_day(opening) > asked.last or last <= asked.first:
            continue
        told = [opening]
        if last <= asked.last:
            told += [c for end, c in ends if end == last and c.effect and c.effect not in CLOSED_BY]
        for claim in told:
            each = Standing(str(claim.effect), str(claim.as_of), claim)
            found.setdefault(each[:2], each)
    return tuple(sorted(found.values(), key=_in_time))


def standing_turns(register: Register, state: str) -> Iterator[date]:
    """The days on which the standing of a State can turn."""
    for opening in _openings(register, state):
        yield _first_day(opening)
        for end, _ in _ends(register, state, opening):
            yield from (end, end - timedelta(days=1))


def _first_day(claim: Claim) -> date:
    return parse(str(claim.as_of)).first


def _in_time(each: Standing) -> tuple[date, date, str]:
    when = parse(each.since)
    return when.first, when.last, each.effect


def _openings(register: Register, state: str) -> list[Claim]:
    """The events that open a standing of a State as a member; undated ones open nothing."""
    if register.capacity != MEMBERS:
        return []
    return [
        claim for claim in register.events if state in claim.states and claim.effect in CLOSED_BY
    ]


def _ends(register: Register, state: str, opening: Claim) -> list[tuple[date, Claim]]:
    """The later claims that close a standing, each with the last day of its date.

    A State joins before it is suspended: a joining of the year of the opening closes nothing.
    """
    first = _first_day(opening)
    contested, closing = opening.effect == CONTESTED, CLOSED_BY[str(opening.effect)]
    found = [
        claim
        for claim in register.events
        if state in claim.states
        and (claim.effect != CONTESTED if contested else claim.effect in closing)
    ]
    for claim in register.record.claims:
        if claim.property in (JOINED, LEFT) and claim.as_of and state in claim.values:
            joined = claim.property == JOINED
            if not joined or _first_day(claim) > first:
                found.append(claim)
    ends_by_day = [(parse(str(claim.as_of)).last, claim) for claim in found]
    return [(last, claim) for last, claim in ends_by_day if last > first]
