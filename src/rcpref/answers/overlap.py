"""How many members records share: each with its members as bits, every two of them counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import COUNTED, resting_on
from rcpref.answers.membership.members import Membership
from rcpref.answers.time import as_of as asked_for
from rcpref.dates import newest

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record


class Membered(NamedTuple):
    """A record with its members at a date.

    Attributes:
        record: The record.
        certain: The certain ones, a bit for each State: pairs of sets would take longer.
        wider: Those, and the possible and disputed ones.
        sources: Keys of the sources that name them.
        last_known: Date of the newest evidence for the certain ones; None if undated.
    """

    record: Record
    certain: int
    wider: int
    sources: tuple[str, ...]
    last_known: str | None

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
    data: Data, records: Iterable[Record], dates: Iterable[AsOf], bases: Sequence[str] = ()
) -> Iterator[list[Membered]]:
    """For each date, all records with their members, those without any included."""
    bits = {code: 1 << place for place, code in enumerate(data.document["countries"])}
    # What claims say is read once for all dates.
    memberships = [Membership(data, record, asked_for(None, data.date)) for record in records]
    for as_of in dates:
        yield [_membered(each.at(as_of), bits, bases) for each in memberships]


def _membered(membership: Membership, bits: Mapping[str, int], bases: Sequence[str]) -> Membered:
    answers = resting_on(membership.all(), bases)
    known = {code: a for code, a in answers.items() if a.answer in COUNTED}
    certain = sum(bits[code] for code, answer in known.items() if answer.certain)
    wider = sum(bits[code] for code in known)
    sources = dict.fromkeys(claim.source for a in known.values() for claim in a.rests_on)
    age = newest(answer.last_known for answer in known.values() if answer.certain)
    return Membered(membership.register.record, certain, wider, tuple(sources), age)


def overlaps(counted: Sequence[Membered], as_of: AsOf) -> Iterator[Overlap]:
    """Every two of some records, each pair once, those that share nobody included."""
    sized = [(each, each.certain.bit_count()) for each in counted]
    for (one, members), (two, others) in combinations(sized, 2):
        shared = (one.certain & two.certain).bit_count()
        yield Overlap(
            one.record.id,
            one.record.short_name,
            two.record.id,
            two.record.short_name,
            shared,
            (one.wider & two.wider).bit_count() - shared,
            members,
            others,
            as_of.text,
        )
