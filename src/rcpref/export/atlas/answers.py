"""All answers on membership and chairs, for every year and month, in little room.

The page has no rules of its own: it shows what was asked here. Years and months are both
asked for, as an answer for a year is not that of its months. An answer that stays the same
is written once, with the place in time from which it holds, and States with the same answers
throughout share them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers import chair
from rcpref.answers.chair import CHAIR_KINDS, Holder
from rcpref.answers.membership.answer import CERTAIN, KINDS, OPEN, Answer
from rcpref.answers.membership.evidence import CAPACITIES, MEMBERS
from rcpref.answers.membership.members import Membership, Turns, states_named
from rcpref.answers.time import AsOf, as_of
from rcpref.answers.values import long_since
from rcpref.dates import parse
from rcpref.export.atlas.words import claim_numbers
from rcpref.export.pictures.svg import OLDER, SIGNS, sign_of
from rcpref.views.lines import LABELS
from rcpref.views.summary import EVERY_BASIS, basis_of, caveat, dormant_line, summary
from rcpref.views.words import CAPACITY_WORDS
from rcpref.wording import Why, clauses, in_words

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record

FIRST = 1985
"""The first year that is asked for: that in which the oldest of the processes began."""

_CODE = re.compile("...")

JOIN = "; "
"""What stands between the parts of a reason."""

Runs = list[Any]
"""Values in turn, each behind how far after the one before it begins: [0, value, 12, value]."""


class Times(NamedTuple):
    years: Sequence[AsOf]
    months: Sequence[AsOf]  # up to that of the date of the data; the last known stands last

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
        return self._numbers.setdefault(thing, len(self._numbers))

    def things(self) -> list[Any]:
        return list(self._numbers)


class Answers:
    """The answers of a data set, asked for as they are written down."""

    def __init__(self, data: Data) -> None:
        self.times = times_of(data)
        self.numbers = claim_numbers(data)
        self.reasons, self.headings = Numbered(), Numbered()
        # As last known: States with their answers by capacity and record, and the chairs.
        self.known: dict[str, dict[str, Mapping[str, Answer]]] = {key: {} for key in CAPACITIES}
        self.last_known = self.known[MEMBERS]
        self.holders: dict[str, list[Holder]] = {}
        self.records: dict[str, _OfRecord] = {}
        self._seen = {each.id: seen for each in data if (seen := long_since(data, each.id))}
        for record in data:
            own = _OfRecord(data, record, self)
            for capacity in CAPACITIES:
                if states_named(record, capacity):
                    self.known[capacity][record.id] = own.ask(capacity)
            if record.kind in CHAIR_KINDS and record.claims_of("chair"):
                own.ask_chairs()
                self.holders[record.id] = chair.chairs(record, self.times.months[-1])
            if own.states or own.chairs:
                self.records[record.id] = own

    def encoded(self) -> dict[str, Any]:
        """All of it as plain data for JSON.

        `seen` has of each process when it was last seen active, and the day after which that
        is long ago. `records` has for each record the number of its first claim in the order
        of the page, its distinct answers, who was what in each capacity, who was in the chair,
        and the headings of each capacity, which are in `headings`, in runs. An answer is
        the places of its sign and of what it rests on in `signs` and `bases`, those of the parts
        of its reason in `reasons`, its claims, counted from the first, and where the State has a
        standing, its words, which are in `reasons`, too; of parts and claims one alone is no
        list. Of a capacity there are groups of codes, each with its runs for
        years and for months with the last known: how far from the one before, and which
        answer. Chairs are the distinct holders, whose States stand before all, and two runs
        of lists of them.
        """
        return {
            "span": self.times.span,
            "answers": {"certain": CERTAIN, "open": OPEN},
            "signs": [[sign.key, kind.word, sign.words] for kind in KINDS for sign in kind.signs],
            "bases": EVERY_BASIS,
            "capacities": {key: [CAPACITY_WORDS[key], label] for key, label in LABELS.items()},
            "seen": {key: [parse(seen).words, str(day)] for key, (seen, day) in self._seen.items()},
            "records": {key: own.encoded() for key, own in self.records.items()},
            "reasons": self.reasons.things(),
            "headings": self.headings.things(),
        }


class _OfRecord:
    def __init__(self, data: Data, record: Record, every: Answers) -> None:
        self.states: dict[str, list[list[Any]]] = {}  # groups of codes with their runs
        self.headings: dict[str, list[Runs]] = {}  # both by capacity
        self.chairs: list[Runs] = []  # for years and months
        self._data, self._record, self._every = data, record, every
        self._first = min((every.numbers[claim.ref] for claim in record.claims), default=0)
        self._answers, self._holders = Numbered(), Numbered()
        self._by_number: dict[int, Answer] = {}

    def ask(self, capacity: str) -> dict[str, Answer]:
        """Ask for all dates; what is last known is given back."""
        last_known = self._every.times.months[-1]
        membership = Membership(self._data, self._record, last_known, capacity)
        turns = Turns(self._data, self._record, capacity)
        alike: dict[Hashable, list[str]] = {}
        for state in membership.states:
            alike.setdefault(turns.alike(state), []).append(state)
        days = [(states, turns.of(states[0])) for states in alike.values()]
        self.states[capacity] = self._groups(membership, days)
        every = {*chain(*(own for _, own in days)), *_days_of_status(self._record)}
        self.headings[capacity] = self._ask_headings(capacity, sorted(every))
        return membership.all()

    def _groups(
        self, membership: Membership, alike: Iterable[tuple[list[str], list[date]]]
    ) -> list[list[Any]]:
        """The runs of all States; those with the same ones stand together, codes in a row."""
        membership_at = cache(membership.at)
        # An answer is written once. To compare claims one by one would take longer.
        written: dict[Hashable, int] = {}

        def at(state: str, when: AsOf) -> int:
            found = membership_at(when).of(state)
            claims = tuple(map(id, found.rests_on))
            key = found.answer, found.basis, found.why, claims, found.standing
            if key not in written:
                written[key] = self._answers(self._plain(found))
                self._by_number[written[key]] = found
            return written[key]

        groups: dict[tuple[tuple[int, ...], ...], list[str]] = {}
        for states, days in alike:
            runs = tuple(
                tuple(_runs((n, at(states[0], dates[n])) for n in _places(dates, days)))
                for dates in self._every.times
            )
            groups.setdefault(runs, []).extend(states)
        return [["".join(sorted(states)), *runs] for runs, states in groups.items()]

    def _ask_headings(self, capacity: str, days: Sequence[date]) -> list[Runs]:
        """The heading of all answers of a capacity, and what stands behind it."""
        record = self._record
        states = [(_CODE.findall(codes), runs) for codes, *runs in self.states[capacity]]
        lists = [parse(each.as_of).first for each in record.claims_of(capacity) if each.as_of]
        written: dict[Hashable, int] = {}

        def heading(asked: AsOf, numbers: Sequence[int]) -> int:
            given = [
                (codes, self._by_number[n]) for (codes, _), n in zip(states, numbers, strict=True)
            ]
            last = asked.date.last
            # Without what can turn beside the answers, the kinds of answers make the heading.
            some = any(found.certain for _, found in given)
            key = (
                tuple((found.answer, () if some else found.why) for _, found in given),
                dormant_line([record], asked),
                sum(day <= last for day in lists),
            )
            if key not in written:
                found = {code: found for codes, found in given for code in codes}
                whole = summary(self._data, record, asked, found, capacity).heading_parts
                parts = (*whole, *caveat(record, found.values(), capacity))
                written[key] = self._every.headings(in_words(parts, people=True))
            return written[key]

        return [
            _runs(
                (place, heading(dates[place], [_value(runs[n], place) for _, runs in states]))
                for place in _places(dates, days)
                if not dates[place].last_known
            )
            for n, dates in enumerate(self._every.times)
        ]

    def ask_chairs(self) -> None:
        days = chair.turns(self._record)

        def at(asked: AsOf) -> list[int]:
            found = chair.chairs(self._record, asked)
            return [self._holders(self._plain(each)) for each in found]

        self.chairs = [
            _runs((each, at(dates[each])) for each in _places(dates, days))
            for dates in self._every.times
        ]

    def _plain(self, found: Answer | Holder) -> tuple[Any, ...]:
        """An answer, or a holder with his States before it, as it is written in JSON."""
        states, standing = (
            ((found.states,), ()) if isinstance(found, Holder) else ((), found.standing)
        )
        proofs = dict.fromkeys([*found.rests_on, *(each.claim for each in standing)])
        claims = tuple(self._every.numbers[claim.ref] - self._first for claim in proofs)
        also: tuple[Any, ...] = ()
        if standing:
            also = (tuple(self._every.reasons(_clause((each.part,))) for each in standing),)
        # A chair rests on no list of members.
        basis = EVERY_BASIS.index("" if isinstance(found, Holder) else basis_of(found))
        shown = _PLACE_OF_SIGN[sign_of(found).key]
        # What stands in many reasons beside something else is written once.
        reason = tuple(self._every.reasons(_clause(clause)) for clause in clauses(found.why))
        return (*states, shown, basis, *map(_short, (reason, claims)), *also)

    def counts(self) -> list[list[int]]:
        """How many members there were in each year, by `YEAR_LEVELS`."""
        years = len(self._every.times.years)
        counts = [[0] * len(YEAR_LEVELS) for _ in range(years)]
        levels = [
            _LEVELS[each[0]][self._by_number[number].basis in OLDER]
            for number, each in enumerate(self._answers.things())
        ]
        for codes, runs, _ in self.states[MEMBERS]:
            place = 0
            ends = [*runs[2::2], None]
            for start, number, length in zip(runs[::2], runs[1::2], ends, strict=True):
                place += start
                for level in levels[number]:
                    for year in range(place, years if length is None else place + length):
                        counts[year][level] += len(codes) // 3
        return counts

    def encoded(self) -> list[Any]:
        chairs = [self._holders.things(), *self.chairs] if self.chairs else None
        return [self._first, self._answers.things(), self.states, chairs, self.headings]


@cache
def _clause(parts: Why) -> str:
    return in_words(parts, people=True)


"""Reasons as people read them: the same ones stand in many answers."""

_PLACE_OF_SIGN = {sign.key: place for place, sign in enumerate(SIGNS)}


def _short(numbers: tuple[int, ...]) -> int | tuple[int, ...]:
    """A number where there is one alone, as in most answers."""
    return numbers[0] if len(numbers) == 1 else numbers


YEAR_LEVELS = (
    ("yes", "of that year"),
    ("carried", "by older or undated evidence"),
    ("possible", "not certain"),
)
"""What members are counted by, from below: the sign of each, and its words."""

_LEVELS = [
    ((0, 1, 2), (1, 2)) if kind.certain else ((2,), (2,)) if kind.open else ((), ())
    for kind in KINDS
    for _ in kind.signs
]
"""Which of these counts a State is in by the place of its sign, and by older evidence."""


def _places(dates: Sequence[AsOf], days: Sequence[date]) -> list[int]:
    """The places of dates that hold one of the days, or follow one; the first, the last known."""
    last = len(dates) - 1
    found = {0, last}
    for day in days:
        place = bisect_right(dates, day, hi=last, key=lambda each: each.date.first) - 1
        found.update(each for each in (place, place + 1) if 0 <= each <= last)
    return sorted(found)


def _days_of_status(record: Record) -> Iterator[date]:
    """The days on which it can turn whether a record is dormant."""
    for claim in record.claims_of("status"):
        for text in filter(None, (claim.as_of, claim.from_, claim.until)):
            yield from (parse(text).first, parse(text).last)


def _value(runs: Runs, place: int) -> Any:
    starts = list(accumulate(runs[::2]))
    return runs[2 * bisect_right(starts, place) - 1]


def _runs(values: Iterable[tuple[int, Any]]) -> Runs:
    """Values with their places; those that are as the one before are left out."""
    runs: Runs = []
    last = 0
    for place, value in values:
        if not runs or runs[-1] != value:
            runs += [place - last, value]
            last = place
    return runs
