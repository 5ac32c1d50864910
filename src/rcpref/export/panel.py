"""The tables of answers that are made when they are asked for: panel, flat table, spells."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date as day
from datetime import timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.membership.answer import ANSWERS, BASES, NO
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import Membership, Turns, states_named
from rcpref.answers.time import AsOf
from rcpref.answers.time import as_of as asked_for
from rcpref.dates import Interval, parse
from rcpref.export.tables import (
    AS_OF,
    BOOLEAN,
    DATE,
    INTEGER,
    RECORD,
    STATE,
    STRING,
    TABLES,
    Cell,
    Table,
    TableField,
    answered,
    cells_of,
)
from rcpref.fields import Fields
from rcpref.model import MEMBER_KINDS

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer, Standing
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


_PANEL = ("certain", "answer", "basis", "last_known", "sources", "distance", "standing")
_FLAT = (*_PANEL[:4], "reason", *_PANEL[4:])
_WHICH = ("record", "state", "as_of", "first", "last")


def _answered(keys: Sequence[str]) -> Iterator[TableField]:
    for key in keys:
        about = "Whether it was a member at some time in it" if key == "answer" else ""
        yield answered(key, about)


def tables_with(years: Sequence[AsOf]) -> tuple[Table, ...]:
    """All tables, with that of the panel where there are years for it."""
    return (*TABLES, panel_table(years)) if years else TABLES


def panel_table(years: Sequence[AsOf]) -> Table:
    return Table(
        "panel",
        "The answer for every State that a membership claim names, year by year",
        (
            RECORD,
            STATE,
            AS_OF._replace(description="The year", required=True),
            TableField("first_day", DATE, "First day of the year", True),
            TableField("last_day", DATE, "Last day of the year", True),
            *_answered(_PANEL),
        ),
        ("record", "state", "as_of"),
        lambda data, _: (cells_of(row, (*_WHICH, *_PANEL)) for row in _rows(data, years)),
    )


def flat_table(years: Sequence[AsOf]) -> Table:
    return Table(
        "members",
        "The answer for every State that a membership claim names, with names",
        (
            RECORD,
            TableField("kind", STRING, "Kind of the record", True),
            TableField("record_name", STRING, "Its short name", True),
            STATE,
            TableField("state_name", STRING, "Name of the State", True),
            AS_OF,
            *_answered(_FLAT),
        ),
        ("record", "state", "as_of"),
        lambda data, asked: _flat_rows(data, years, asked),
    )


def _flat_rows(data: Data, years: Sequence[AsOf], asked: AsOf) -> Iterator[tuple[Cell, ...]]:
    for row in _rows(data, years or [asked]):
        date = row.as_of if years else asked.text
        names = row.record, data[row.record].kind, row.short_name, row.state, row.name
        yield *names, date, *cells_of(row, _FLAT)


def _rows(data: Data, dates: Sequence[AsOf]) -> Iterator[PanelRow]:
    return panel(data, [record for record in data if record.kind in MEMBER_KINDS], dates)


# A panel of members: the answer for every State, record and date ----------------------


class PanelRow(NamedTuple):
    """Whether a State was a member of a record at some time in a year or month.

    Attributes:
        record: Id of the record.
        short_name: Its short name.
        state: Alpha-3 code.
        name: Name of the State.
        as_of: The year or month.
        first: Its first day.
        last: Its last day.
        certain: True for yes, False for no; None where it is neither.
        answer: yes, possible, disputed, no or unknown.
        basis: listed, event, between, carried or undated; None where nothing is known.
        reason: The reason in words.
        last_known: Date of the newest evidence, as it is written; None where it has none.
        distance: Whole years to the nearest list that decides, as `Answer.distance`.
        standing: What else is true of the State in that time.
        rests_on: The claims that the answer rests on.
    """

    record: str
    short_name: str
    state: str
    name: str
    as_of: str
    first: day
    last: day
    certain: bool | None
    answer: str
    basis: str | None
    reason: str
    last_known: str | None
    distance: int | None
    standing: tuple[Standing, ...]
    rests_on: tuple[Claim, ...]

    def __repr__(self) -> str:
        basis = f", {self.basis}" if self.basis else ""
        return f"<PanelRow {self.record} {self.state} {self.as_of}: {self.answer}{basis}>"


def panel(data: Data, records: Sequence[Record], dates: Sequence[AsOf]) -> Iterator[PanelRow]:
    """The rows of a panel: by record, then by State, then by date.

    A record has a row for each State that any claim names as its member, or former member.
    """
    for record in records:
        first = Membership(data, record, asked_for(None, data.date))
        memberships = [first.at(asked) for asked in dates]
        for state in first.states:
            name = data.countries[state].name
            for asked, membership in zip(dates, memberships, strict=True):
                found = membership.of(state)
                yield PanelRow(
                    record.id,
                    record.short_name,
                    state,
                    name,
                    asked.date.text,
                    asked.date.first,
                    asked.date.last,
                    found.certain or (False if found.answer == NO else None),
                    found.answer,
                    found.basis,
                    found.reason,
                    found.last_known,
                    found.distance,
                    found.standing,
                    found.rests_on,
                )


# Spells: the stretches of days over which an answer is the same ------------------------


SPELLS = Table(
    "spells",
    "The stretches of days over which the answer for a State in a capacity is the same",
    (
        RECORD,
        STATE,
        TableField("capacity", STRING, "In which capacity", True, CAPACITIES),
        TableField("first_day", DATE, "First day; none for all days before the last day"),
        TableField("last_day", DATE, "Last day; at the latest the day of the data", True),
        TableField("start_known", BOOLEAN, "Whether an event of a known day begins it", True),
        TableField(
            "end_known",
            BOOLEAN,
            "Whether an event of a known day ends it; FALSE on the day of the data",
            True,
        ),
        TableField("answer", STRING, "The answer for each day in it", True, ANSWERS),
        TableField("basis", STRING, "All that the answers rest on, with semicolons"),
        answered("standing"),
        TableField("distance", INTEGER, "The smallest distance of its days from evidence"),
    ),
    ("record", "state", "capacity", "last_day"),
    lambda data, _: spells(data),
)
"""The table of spells; it is of all dates, so that nobody asks for one."""

_DAY = timedelta(days=1)


class Stretch(Fields):
    """Days over which one answer is the same."""

    first: day | None
    last: day
    answers: tuple[Answer, ...]  # on the first day and the last: they differ in distance alone

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """What neighbouring stretches share if they are one spell."""
        return self.answers[0].answer, tuple(each.effect for each in self.answers[0].standing)


class Spell(NamedTuple):
    """Days over which the answer for a State in a capacity is the same.

    Attributes:
        record: Id of the record.
        state: Alpha-3 code.
        capacity: In which capacity: members, observers, ...
        first_day: First day; None for all days before the last day.
        last_day: Last day; at the latest the day of the data.
        start_known: Whether an event of a known day begins it.
        end_known: Whether an event of a known day ends it; False on the day of the data.
        answer: The answer for each day in it.
        basis: All that the answers rest on, with semicolons; None for nothing.
        standing: What else is true of the State then, with semicolons; None for nothing.
        distance: The smallest distance of its days from evidence, in whole years.
    """

    record: str
    state: str
    capacity: str
    first_day: str | None
    last_day: str
    start_known: bool
    end_known: bool
    answer: str
    basis: str | None
    standing: str | None
    distance: int | None


def spells(data: Data) -> Iterator[Spell]:
    """The rows of the table: by record, by capacity, by State, and then in order of time."""
    for record in data:
        for capacity in CAPACITIES:
            if states_named(record, capacity):
                for state, cells in _spells(data, record, capacity):
                    yield Spell(record.id, state, capacity, *cells)


def _spells(data: Data, record: Record, capacity: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """The spells of each State; for States of whom claims say the same they are made once."""
    membership = Membership(data, record, asked_for(None, data.date), capacity)
    turns, end = Turns(data, record, capacity), parse(data.date).last
    at = cache(lambda asked: membership.at(AsOf(Interval(asked, asked, str(asked)))))
    found: dict[Hashable, list[Sequence[Any]]] = {}
    for state in membership.states:
        events = turns.events_of(state)
        key = turns.alike(state), events
        if key not in found:
            days = [each for each in turns.of(state) if each <= end]
            runs = groupby(_stretches(at, state, days, end), lambda each: each.kind)
            found[key] = [tuple(_spell_cells(list(run), events, end)) for _, run in runs]
        yield from ((state, cells) for cells in found[key])


def _stretches(
    at: Callable[[day], Membership], state: str, days: Sequence[day], end: day
) -> Iterator[Stretch]:
    """Each day on which the answer can turn, and what lies before, between and behind."""
    before = days[0] - _DAY if days else end
    yield Stretch(None, before, (at(before).of(state),))
    for place, turn in enumerate(days):
        yield Stretch(turn, turn, (at(turn).of(state),))
        first, last = turn + _DAY, days[place + 1] - _DAY if turn != days[-1] else end
        if first <= last:
            yield Stretch(first, last, (at(first).of(state), at(last).of(state)))


def _spell_cells(spell: Sequence[Stretch], events: frozenset[day], end: day) -> Iterator[Any]:
    """What a row says of neighbouring stretches of one kind, from their first day on."""
    first, last = spell[0].first, spell[-1].last
    yield first.isoformat() if first else None
    yield last.isoformat()
    # A leaving, or an end, is of the last day that it leaves; a joining of the first.
    yield bool(first and events & {first, first - _DAY})
    yield last != end and bool(events & {last, last + _DAY})
    answer, standing = spell[0].kind
    yield answer
    answers = [each for stretch in spell for each in stretch.answers]
    bases = {each.basis for each in answers}
    yield "; ".join(basis for basis in BASES if basis in bases) or None
    yield "; ".join(standing) or None
    yield min((each.distance for each in answers if each.distance is not None), default=None)
