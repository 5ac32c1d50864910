"""Which States several records share, and which are in one of them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import NO, Answer, otherwise_unknown
from rcpref.answers.membership.members import Membership, states_named
from rcpref.data.dataset import ReadOnly
from rcpref.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record

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


def compared(
    data: Data, records: Sequence[Record], as_of: AsOf, bases: Sequence[str] = ()
) -> list[Compared]:
    """Each State that one of the records has named, by code, with its answer for each."""
    if len(set(records)) < 2:
        raise UsageProblem("there is nothing to compare", "give two or more different records")
    for record in records:
        if not states_named(record):
            raise NotFound(
                f"no list of members of {record.short_name} is known",
                f"rcpref show {record.id} has what is known of those who take part",
            )
    found: list[Compared] = []
    memberships = {record.id: Membership(data, record, as_of) for record in records}
    for code in sorted({code for each in memberships.values() for code in each.states}):
        answers = {
            key: otherwise_unknown(each.of(code), bases) for key, each in memberships.items()
        }
        count = sum(answer.certain for answer in answers.values())
        name = data.plain.state_name(code)
        found.append(Compared(code, name, _where(answers), count, ReadOnly(answers)))
    return found


def _where(answers: Mapping[str, Answer]) -> str:
    """Where a State is a member."""
    inside = [key for key, answer in answers.items() if answer.certain]
    outside = [key for key, answer in answers.items() if answer.answer == NO]
    if len(inside) + len(outside) < len(answers):
        return UNCERTAIN
    if not inside or not outside:
        return SHARED if inside else NOWHERE
    return f"only {inside[0]}" if len(inside) == 1 else SOME
