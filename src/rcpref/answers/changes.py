"""What changed in the members of a record between two dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import NO, Answer, resting_on
from rcpref.answers.membership.members import evidence_dates, members_at, states_named
from rcpref.answers.time import AsOf, as_of
from rcpref.dates import Interval, parse
from rcpref.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


class MemberChange(NamedTuple):
    """A State whose answer is not the same at two dates.

    Attributes:
        state: Alpha-3 code.
        name: Its name.
        change: joined, left, became certain, became uncertain or still uncertain.
        before: The answer at the first date.
        after: The answer at the second.
        events: The claims on joinings and leavings that can lie between.
    """

    state: str
    name: str
    change: str
    before: Answer
    after: Answer
    events: tuple[Claim, ...]

    def __repr__(self) -> str:
        return f"<MemberChange {self.state}: {self.change}>"


def dates_of(
    data: Data, record: Record, first: str | None, second: str | None
) -> tuple[Interval, Interval]:
    """The two dates that are compared."""
    if not states_named(record):
        raise NotFound(f"no list of members of {record.short_name} is known")
    earliest, latest = _evidence(record)
    start = earliest if first is None else as_of(first, data.date).date
    end = latest if second is None else as_of(second, data.date).date
    if start is None or end is None:
        raise NotFound(
            f"the members of {record.short_name} are not known for two dates",
            f"rcpref members {record.id} has what is known",
        )
    if not start.before(end):
        raise UsageProblem(
            f"{end.text} does not come after {start.text}", "give the earlier date first"
        )
    return start, end


def _evidence(record: Record) -> tuple[Interval, Interval] | tuple[None, None]:
    """The dates of the first and of the last evidence, where one can tell them apart in time."""
    dates = [parse(text) for text in evidence_dates(record)]
    if dates:
        start = min(dates, key=lambda date: (date.last, date.first))
        end = max(dates, key=lambda date: (date.first, date.last))
        if start.before(end):
            return start, end
    return None, None


def changes(
    data: Data, record: Record, start: Interval, end: Interval, bases: Sequence[str] = ()
) -> Iterator[MemberChange]:
    """The States whose answer is not the same at both dates."""
    after = resting_on(members_at(data, record, AsOf(end)), bases)
    for state, answer in resting_on(members_at(data, record, AsOf(start)), bases).items():
        if state in after and answer.answer != after[state].answer:
            yield MemberChange(
                state,
                data.plain.state_name(state),
                _change(answer, after[state]),
                answer,
                after[state],
                tuple(_events_between(record, state, start, end)),
            )


def _change(before: Answer, after: Answer) -> str:
    if after.certain:
        return "joined" if before.answer == NO else "became certain"
    if after.answer == NO:
        return "left" if before.certain else "became certain"
    settled = before.certain or before.answer == NO
    return "became uncertain" if settled else "still uncertain"


def _events_between(record: Record, state: str, start: Interval, end: Interval) -> list[Claim]:
    """Joinings and leavings of a State that can have happened from one date to another."""
    return [
        claim
        for key in ("member_joined", "member_left")
        for claim in record.claims_of(key)
        if state in claim.values and claim.as_of and start.first <= parse(claim.as_of).last
        if parse(claim.as_of).first <= end.last
    ]
