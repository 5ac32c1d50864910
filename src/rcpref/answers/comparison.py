"""Members compared: of several records, at two dates, and of every two records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import COUNTED, NO, YES, Answer
from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS, Register
from rcpref.answers.membership.members import Membership, members_at, states_named
from rcpref.answers.time import AsOf
from rcpref.answers.time import as_of as asked_for
from rcpref.data.dataset import ReadOnly
from rcpref.dates import Interval, newest, parse
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


# How many members records share: each with its members as bits, every two of them counted


class Membered(NamedTuple):
    """A record with its members at a date, a bit a State: pairs of sets would take longer."""

    record: Record
    certain: int
    wider: int  # the possible and disputed ones, too
    sources: tuple[str, ...]
    last_known: str | None  # of the certain ones

    def shared(self, other: Membered) -> int:
        """How many States are certain members of both."""
        return (self.certain & other.certain).bit_count()

    def uncertain(self, other: Membered) -> int:
        """How many more are possible or disputed members of both, or of one of them."""
        return (self.wider & other.wider).bit_count() - self.shared(other)


class Overlap(NamedTuple):
    """Two records and the members that they share at a date.

    Attributes:
        record: Id of the first, in the order of the data.
        short_name: Its short name.
        other: Id of the second.
        other_name: Its short name.
        shared: How many States are certain members of both.
        uncertain: How many more are possible or disputed members of both, or of one of them.
        members: How many certain members the first has.
        other_members: How many the second has.
        as_of: The date asked for; None for what is last known.
    """

    record: str
    short_name: str
    other: str
    other_name: str
    shared: int
    uncertain: int
    members: int
    other_members: int
    as_of: str | None


def membered(
    data: Data, records: Iterable[Record], dates: Iterable[AsOf]
) -> Iterator[list[Membered]]:
    """For each date, all records with their members, those without any included."""
    bits = {code: 1 << place for place, code in enumerate(data.document["countries"])}
    # What claims say is read once for all dates.
    memberships = [Membership(data, record, asked_for(None, data.date)) for record in records]
    for asked in dates:
        yield [_membered(each.at(asked), bits) for each in memberships]


def _membered(membership: Membership, bits: Mapping[str, int]) -> Membered:
    known = {code: a for code, a in membership.all().items() if a.answer in COUNTED}
    certain = sum(bits[code] for code, answer in known.items() if answer.certain)
    wider = sum(bits[code] for code in known)
    sources = dict.fromkeys(claim.source for a in known.values() for claim in a.rests_on)
    age = newest(answer.last_known for answer in known.values() if answer.certain)
    return Membered(membership.register.record, certain, wider, tuple(sources), age)


def overlaps(counted: Sequence[Membered], as_of: AsOf) -> Iterator[Overlap]:
    """Every two of some records, each pair once, those that share nobody included."""
    sized = [(each, each.certain.bit_count()) for each in counted]
    for (one, members), (two, others) in combinations(sized, 2):
        names = one.record.id, one.record.short_name, two.record.id, two.record.short_name
        yield Overlap(*names, one.shared(two), one.uncertain(two), members, others, as_of.text)
