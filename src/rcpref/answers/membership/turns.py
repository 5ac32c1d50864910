"""The days on which an answer on membership can turn: between two of them nothing changes.

The rules look at a date only by how its first and last day lie to the days of evidence, and
to those as far from them as evidence reaches. Whoever asks for every month of forty years
has to ask again only where one of these days has come in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.membership.evidence import (
    BACKWARD_NO_YEARS,
    BACKWARD_YES_YEARS,
    FORWARD_YEARS,
    JOINED,
    LEFT,
    LONGEST_YEARS,
    MEMBERS,
    Naming,
    Register,
    plus_years,
)
from rcpref.answers.membership.members import body_of
from rcpref.dates import Interval, parse

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record


class Turns:
    """The days on which the answers on a record can turn."""

    def __init__(self, data: Data, record: Record, capacity: str = MEMBERS) -> None:
        rule = body_of(data, record) if capacity == MEMBERS else None
        self._registers = [Register(record, capacity)]
        if rule:
            self._registers.append(Register(data.records[str(rule.value)], MEMBERS))
        self._countries = data.document["countries"]
        self._common = {day for each in self._registers for day in _of_all(each)}

    def of(self, state: str) -> list[date]:
        """The days on which the answer for a State can turn.

        For two dates without such a day in either of them or between them, all of the
        answer is the same.
        """
        days = set(self._common)
        for register in self._registers:
            for entry, says in zip(register.entries, register.said(state), strict=True):
                if says is not None:
                    days.update(_of_entry(entry))
        since = self._countries.get(state, {}).get("since")
        if since:
            days.add(parse(since).first)
        return sorted(days)


def _of_all(register: Register) -> Iterator[date]:
    """The days on which the answers for all States can turn: founding, status, counts."""
    for founding in (*register.foundings, *filter(None, [register.founding])):
        yield from _ends(founding.when)
    for claim in register.record.claims:
        if claim.property in ("status", "members_count"):
            for text in filter(None, (claim.as_of, claim.until)):
                yield parse(text).last
                yield plus_years(parse(text).last, FORWARD_YEARS)


def _of_entry(entry: Naming) -> Iterator[date]:
    if entry.when is not None:
        yield from _ends(entry.when)
        if entry.claim.property not in (JOINED, LEFT):
            yield from _reached(entry.when)
        return
    if entry.claim.not_before:
        yield from _ends(parse(entry.claim.not_before))
    if entry.claim.not_after:
        # It lies behind dated evidence, or not, wherever the date is.
        yield plus_years(parse(entry.claim.not_after).last, FORWARD_YEARS)


def _ends(when: Interval) -> Iterator[date]:
    yield from (when.first, when.last)


def _reached(when: Interval) -> Iterator[date]:
    """The days up to which a list is carried."""
    yield plus_years(when.last, FORWARD_YEARS)
    yield plus_years(when.last, LONGEST_YEARS)
    for years in (BACKWARD_YES_YEARS, BACKWARD_NO_YEARS):
        if when.first.year > years:
            yield plus_years(when.first, -years)
