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
"""The effect that every later event closes."""


def standing_of(register: Register, state: str, asked: Interval) -> tuple[Standing, ...]:
    """What holds of a State at some time in a date, in order of time."""
    found: dict[tuple[str, str], Standing] = {}
    for opening in _openings(register, state):
        ends = _ends(register, state, opening)
        last = min((end for end, _ in ends), default=date.max)
        # On the last day of what closes it, it is closed.
        if parse(str(opening.as_of)).first > asked.last or last <= asked.first:
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
        yield parse(str(opening.as_of)).first
        for end, _ in _ends(register, state, opening):
            yield from (end, end - timedelta(days=1))


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
    first = parse(str(opening.as_of)).first
    effect = str(opening.effect)
    found = [
        claim
        for claim in register.events
        if (effect == CONTESTED or claim.effect in CLOSED_BY[effect])
        and claim is not opening
        and state in claim.states
    ]
    for claim in register.record.claims:
        if claim.property in (JOINED, LEFT) and claim.as_of and state in claim.values:
            joined = claim.property == JOINED
            if not joined or parse(claim.as_of).first > first:
                found.append(claim)
    ends_by_day = [(parse(str(claim.as_of)).last, claim) for claim in found]
    return [(last, claim) for last, claim in ends_by_day if last > first]
