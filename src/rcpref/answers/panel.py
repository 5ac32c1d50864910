"""A panel of members: the answer for every State, record and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as day
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.members import Membership
from rcpref.answers.time import AsOf
from rcpref.answers.time import as_of as asked_for

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


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
        certain: Whether it is a certain yes.
        answer: yes, possible, disputed, no or unknown.
        basis: listed, event, between, carried or undated; None where nothing is known.
        reason: The reason in words.
        last_known: Date of the newest evidence, as it is written; None where it has none.
        rests_on: The claims that the answer rests on.
    """

    record: str
    short_name: str
    state: str
    name: str
    as_of: str
    first: day
    last: day
    certain: bool
    answer: str
    basis: str | None
    reason: str
    last_known: str | None
    rests_on: tuple[Claim, ...]

    def __repr__(self) -> str:
        basis = f", {self.basis}" if self.basis else ""
        return f"<PanelRow {self.record} {self.state} {self.as_of}: {self.answer}{basis}>"


def panel(
    data: Data, records: Sequence[Record], dates: Sequence[AsOf], bases: Sequence[str] = ()
) -> Iterator[PanelRow]:
    """The rows of a panel: by record, then by State, then in order of time.

    Of a record, the States are those that any claim names as its members, or as members
    no more.
    """
    for record in records:
        first = Membership(data, record, asked_for(None, data.date))
        memberships = [first.at(asked) for asked in dates]
        for state in first.states:
            name = data.countries[state].name
            for asked, membership in zip(dates, memberships, strict=True):
                found = membership.of(state)
                if bases and found.basis not in bases:
                    continue
                yield PanelRow(
                    record.id,
                    record.short_name,
                    state,
                    name,
                    asked.date.text,
                    asked.date.first,
                    asked.date.last,
                    found.certain,
                    found.answer,
                    found.basis,
                    found.reason,
                    found.last_known,
                    found.rests_on,
                )
