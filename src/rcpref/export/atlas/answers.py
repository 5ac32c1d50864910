"""All answers on membership and chairs, for every year and month, in little room.

The page has no rules of its own: it shows what was asked here. Years and months are both
asked for, as an answer for a year is not that of its months. An answer that stays the same
is written once, with the place in time from which it holds, and States with the same answers
throughout share them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers import chair
from rcpref.answers.chair import CHAIR_KINDS, Holder
from rcpref.answers.membership.answer import ANSWERS, BASES, YES, Answer
from rcpref.answers.membership.members import Membership, states_named
from rcpref.answers.membership.turns import Turns
from rcpref.answers.time import AsOf, as_of
from rcpref.dates import parse
from rcpref.export.atlas.claims import in_order
from rcpref.export.atlas.maps import sign
from rcpref.export.pictures.signs import SIGNS

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record

FIRST = 1985
"""The first year that is asked for: that in which the oldest of the processes began."""

JOIN = "; "
"""What stands between the parts of a reason."""

_SAID = {each.key: each.key if each.key in ANSWERS else YES for each in SIGNS}
"""Which answer a sign stands for: a yes has two."""

Runs = list[Any]
"""Values in turn, each behind the place in time from which it holds: [0, value, 12, value]."""


class Times(NamedTuple):
    """The dates that are asked for.

    Attributes:
        years: The years.
        months: The months, up to that of the date of the data; the last known stands last.
    """

    years: Sequence[AsOf]
    months: Sequence[AsOf]

    @property
    def span(self) -> tuple[str, str]:
        """The first year and the last month."""
        return str(self.years[0].text), str(self.months[-2].text)


def times_of(data: Data) -> Times:
    """The dates that are asked for: from the first year to the date of the data."""
    end = parse(data.date).last
    first = min(FIRST, end.year)
    years = [as_of(f"{year:04}", data.date) for year in range(first, end.year + 1)]
    months = [
        as_of(f"{year:04}-{month:02}", data.date)
        for year in range(first, end.year + 1)
        for month in range(1, 13)
        if (year, month) <= (end.year, end.month)
    ]
    return Times(years, [*months, as_of(None, data.date)])


class Numbered:
    """Things by numbers: each distinct one once, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def __call__(self, thing: Hashable) -> int:
        """The number of a thing."""
        return self._numbers.setdefault(thing, len(self._numbers))

    def things(self) -> list[Any]:
        """The things, in the order of their numbers."""
        return list(self._numbers)


class Answers:
    """The answers of a data set, asked for as they are written down.

    Args:
        data: The data set.

    Attributes:
        times: The dates that are asked for.
        members: Of each record that names members, what `encoded` has of it.
        last_known: Of each of them the answers as last known, by code.
        chairs: Of each process or forum, runs of holders for years and for months.
    """

    def __init__(self, data: Data) -> None:
        self.times = times_of(data)
        self._claims = {claim.ref: n for n, claim in enumerate(in_order(data))}
        self._answers, self._holders, self._reasons = Numbered(), Numbered(), Numbered()
        self.last_known: dict[str, Mapping[str, Answer]] = {}
        self.members = {
            record.id: self._members(data, record) for record in data if states_named(record)
        }
        self.chairs = {
            record.id: self._chairs(record)
            for record in data
            if record.kind in CHAIR_KINDS and record.claims_of("chair")
        }

    def _members(self, data: Data, record: Record) -> list[list[Any]]:
        membership = Membership(data, record, self.times.months[-1])
        self.last_known[record.id] = membership.all()
        turns = Turns(data, record)
        days = {state: turns.of(state) for state in membership.states}
        return [self._of_states(membership, dates, days) for dates in self.times]

    def _of_states(
        self, membership: Membership, dates: Sequence[AsOf], days: Mapping[str, Sequence[date]]
    ) -> list[Any]:
        """The runs of all States; those with the same ones stand together, codes in a row."""
        asked: dict[int, Membership] = {}

        def at(state: str, place: int) -> int:
            if place not in asked:
                asked[place] = membership.at(dates[place])
            return self._answers(self._plain(asked[place].of(state)))

        groups: dict[tuple[int, ...], list[str]] = {}
        for state in membership.states:
            runs = _runs((each, at(state, each)) for each in _places(dates, days[state]))
            groups.setdefault(tuple(runs), []).append(state)
        return [["".join(states), list(runs)] for runs, states in groups.items()]

    def _chairs(self, record: Record) -> list[Runs]:
        days = chair.turns(record)

        def at(asked: AsOf) -> list[int]:
            return [self._holders(self._plain(each)) for each in chair.chairs(record, asked)]

        return [
            _runs((each, at(dates[each])) for each in _places(dates, days)) for dates in self.times
        ]

    def _plain(self, found: Answer | Holder) -> tuple[Any, ...]:
        """An answer, or a holder with his States before it, as it is written in JSON."""
        claims = tuple(self._claims[claim.ref] for claim in found.rests_on)
        states = (found.states,) if isinstance(found, Holder) else ()
        basis = BASES.index(found.basis) if found.basis else None
        shown = SIGNS.index(sign(found))
        # What stands in many reasons beside something else is written once.
        reason = tuple(map(self._reasons, found.reason.split(JOIN)))
        return (*states, shown, basis, reason, claims)

    @cached_property
    def kinds(self) -> list[str]:
        """What each of the numbered answers says, yes, no and so on, once all are asked for."""
        return [_SAID[SIGNS[answer[0]].key] for answer in self._answers.things()]

    def encoded(self) -> dict[str, Any]:
        """All of it as plain data for JSON.

        `answers` and `holders` are the distinct ones: the places of their sign and basis in
        `signs` and `bases`, those of the parts of their reason in `reasons`, numbers of the
        claims in the order of the page; of holders their States before all.
        `members` has for each record first the years, then the months with the last known:
        groups of codes, each with its runs. `chairs` has runs of lists in the same way.
        """
        return {
            "span": self.times.span,
            "signs": [[each.key, _SAID[each.key], each.words] for each in SIGNS],
            "bases": BASES,
            "reasons": self._reasons.things(),
            "answers": self._answers.things(),
            "members": self.members,
            "holders": self._holders.things(),
            "chairs": self.chairs,
        }


def _places(dates: Sequence[AsOf], days: Sequence[date]) -> list[int]:
    """The places of the dates for which an answer has to be asked for.

    Those in which one of the days is, and those that follow them; the first, and the last
    known.

    Args:
        dates: Dates that follow each other without a gap, and perhaps the last known.
        days: The days on which the answer can turn.
    """
    last = len(dates) - 1
    found = {0, last}
    for day in days:
        place = bisect_right(dates, day, hi=last, key=_start) - 1
        found.update(each for each in (place, place + 1) if 0 <= each <= last)
    return sorted(found)


def _start(asked: AsOf) -> date:
    return asked.date.first


def _runs(values: Iterable[tuple[int, Any]]) -> Runs:
    """Values with their places; those that are as the one before are left out."""
    runs: Runs = []
    for place, value in values:
        if not runs or runs[-1] != value:
            runs += [place, value]
    return runs
