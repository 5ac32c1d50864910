"""Members compared: of several records, at two dates, and of every two records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import COUNTED, NO, YES, Answer
from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS, Register
from rcpref.answers.membership.members import Membership, members_at, states_named
from rcpref.answers.time import AsOf
from rcpref.answers.time import as_of as asked_for
from rcpref.data.dataset import ReadOnly
from rcpref.dates import Interval, parse
from rcpref.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


NOWHERE, UNCERTAIN, SHARED, SOME = "", "uncertain", "shared", "some"


class Compared(NamedTuple):
    """A State with the answers of several records.

    Attributes:
        state: Alpha-3 code.
        name: Its name.
        where: shared (in all), some, "only ID", uncertain (an answer is neither yes nor no),
            or empty (in none).
        certain: In how many of them it is a certain member.
        answers: The answer of each record, by its id.
    """

    state: str
    name: str
    where: str
    certain: int
    answers: Mapping[str, Answer]

    def __repr__(self) -> str:
        return f"<Compared {self.state}: {self.where or 'in none'}>"


def compared(data: Data, records: Sequence[Record], as_of: AsOf) -> list[Compared]:
    """Each State that one of the records has named, by code, with its answer for each."""
    if len(set(records)) < 2:
        raise UsageProblem("there is nothing to compare", "give two or more different records")
    for record in records:
        if not states_named(record):
            raise NotFound(
                f"no list of members of {record.short_name} is known",
                f"rcpref show {record.id} shows what is known of its participants",
            )
    found: list[Compared] = []
    every = {record.id: Membership(data, record, as_of) for record in records}
    for code in sorted({code for each in every.values() for code in each.states}):
        answers = {key: each.of(code) for key, each in every.items()}
        count = sum(answer.certain for answer in answers.values())
        name = data.plain.state_name(code)
        found.append(Compared(code, name, _where(answers), count, ReadOnly(answers)))
    return found


def _where(answers: Mapping[str, Answer]) -> str:
    inside = [key for key, answer in answers.items() if answer.certain]
    outside = [key for key, answer in answers.items() if answer.answer == NO]
    if len(inside) + len(outside) < len(answers):
        return UNCERTAIN
    if not inside or not outside:
        return SHARED if inside else NOWHERE
    return f"only {inside[0]}" if len(inside) == 1 else SOME


# What changed in the members of a record between two dates ----------------------------


_RANKS = {NO: 0, YES: 2}
"""How much of a member an answer makes of a State; all others are between."""


class MemberChange(NamedTuple):
    """A State whose answer is not the same at two dates, or that joined or left between them.

    Attributes:
        state: Alpha-3 code.
        name: Its name.
        change: joined, left, became certain, became uncertain or still uncertain; where the
            answers are the same, what happened between: joined and left, for example.
        before: The answer at the first date.
        after: The answer at the second.
        events: The claims on joinings and leavings that can lie between, in order of time.
    """

    state: str
    name: str
    change: str
    before: Answer
    after: Answer
    events: tuple[Claim, ...]

    def __repr__(self) -> str:
        return f"<MemberChange {self.state}: {self.change}>"


def is_explained(change: MemberChange) -> bool:
    """Whether dated joinings and leavings alone explain how the answers differ."""
    before, after = (_RANKS.get(each.answer, 1) for each in (change.before, change.after))
    joined = [event.property == JOINED for event in change.events]
    if change.before.answer == change.after.answer:
        return bool(joined) and joined[-1] == (after > 0)
    return before != after and (after > before) in joined


def dates_of(
    data: Data, record: Record, first: str | None, second: str | None
) -> tuple[Interval, Interval]:
    """The two dates that are compared."""
    if not states_named(record):
        raise NotFound(f"no list of members of {record.short_name} is known")
    dates = [each.when for each in Register(record, MEMBERS).entries if each.when]
    earliest = min(dates, key=lambda date: (date.last, date.first), default=None)
    latest = max(dates, key=lambda date: (date.first, date.last), default=None)
    if not (earliest and latest and earliest.before(latest)):
        earliest = latest = None  # they cannot be told apart in time
    start = earliest if first is None else asked_for(first, data.date).date
    end = latest if second is None else asked_for(second, data.date).date
    if start is None or end is None:
        raise NotFound(
            f"the members of {record.short_name} are not known for two dates",
            f"rcpref members {record.id} shows what is known",
        )
    if not start.before(end):
        raise UsageProblem(
            f"{end.text} does not come after {start.text}", "give the earlier date first"
        )
    return start, end


def changes(data: Data, record: Record, start: Interval, end: Interval) -> Iterator[MemberChange]:
    """The States whose answer is not the same at both dates, or that joined or left between."""
    time = Interval(start.first, end.last, "")
    every = [claim for key in (JOINED, LEFT) for claim in record.claims_of(key)]
    dates = ((parse(claim.as_of), claim) for claim in every if claim.as_of)
    dated = sorted((pair for pair in dates if pair[0].overlaps(time)), key=lambda pair: pair[0][:2])
    after = members_at(data, record, AsOf(end))
    for state, answer in members_at(data, record, AsOf(start)).items():
        turned = answer.answer != after[state].answer
        events = tuple(
            claim
            for when, claim in dated
            if state in claim.values and (turned or (when.after(start) and when.before(end)))
        )
        if turned or events:
            # What happened one after the other: "joined and left".
            verbs = ("joined" if event.property == JOINED else "left" for event in events)
            happened = " and ".join(verb for verb, _ in groupby(verbs))
            change = _change(answer, after[state]) if turned else happened
            name = data.plain.state_name(state)
            yield MemberChange(state, name, change, answer, after[state], events)


def _change(before: Answer, after: Answer) -> str:
    if after.certain:
        return "joined" if before.answer == NO else "became certain"
    if after.answer == NO:
        return "left" if before.certain else "became certain"
    settled = before.certain or before.answer == NO
    return "became uncertain" if settled else "still uncertain"


# How many members every two records share --------------------------------------------

MAX_RECORDS = 1200


class Overlap(NamedTuple):
    """Two records and how many States are members of both at a date.

    Attributes:
        record: Id of the first, in the order of the data.
        short_name: Its short name.
        other: Id of the second.
        other_name: Its short name.
        shared: How many States are certain members of both: the lower count.
        shared_possible: How many are certain, possible or disputed members of both: the
            upper count.
        members: How many certain members the first has.
        other_members: How many the second has.
        as_of: The date asked for; None for what is last known.
    """

    record: str
    short_name: str
    other: str
    other_name: str
    shared: int
    shared_possible: int
    members: int
    other_members: int
    as_of: str | None


class Membered(NamedTuple):
    """A record with its members at a date."""

    record: Record
    certain: frozenset[str]
    possible: frozenset[str]  # the certain members, and the possible and disputed ones
    sources: tuple[str, ...]


def overlaps(data: Data, records: Sequence[Record], as_of: AsOf) -> list[Overlap]:
    """The members that every two records share, most first; records without any are left out.

    Without records, all processes are compared.
    """
    return overlaps_of(membered(data, records, as_of), as_of)


def membered(data: Data, records: Sequence[Record], as_of: AsOf) -> list[Membered]:
    """Records with their members, in the order of the data; without records, all processes."""
    if len(set(records)) == 1:
        raise UsageProblem(
            f"members are shared by two records, not by {records[0].short_name} alone",
            "give another record, or no record for all processes",
        )
    wanted = {record.id for record in records} or {each.id for each in data.of_kind("process")}
    if len(wanted) > MAX_RECORDS:
        raise UsageProblem(
            f"at most {MAX_RECORDS:,} records are compared at once, not {len(wanted):,}",
            "name some of them: rcpref matrix igad-rcp midsa",
        )
    return [_membered(data, record, as_of) for record in data if record.id in wanted]


def _membered(data: Data, record: Record, as_of: AsOf) -> Membered:
    certain: set[str] = set()
    possible: set[str] = set()
    sources: dict[str, None] = {}
    for code, answer in members_at(data, record, as_of).items():
        if answer.answer not in COUNTED:
            continue
        possible.add(code)
        if answer.certain:
            certain.add(code)
        for claim in answer.rests_on:
            sources[claim.source] = None
    return Membered(record, frozenset(certain), frozenset(possible), tuple(sources))


def overlaps_of(counted: Sequence[Membered], as_of: AsOf) -> list[Overlap]:
    """A row for every two records that have members, those that share most first."""
    rows = []
    for one, two in combinations((each for each in counted if each.possible), 2):
        rows.append(
            Overlap(
                one.record.id,
                one.record.short_name,
                two.record.id,
                two.record.short_name,
                len(one.certain & two.certain),
                len(one.possible & two.possible),
                len(one.certain),
                len(two.certain),
                as_of.text,
            )
        )
    return sorted(rows, key=lambda row: (-row.shared, -row.shared_possible))
