"""Counts of members held against the lists of them: corroboration."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS
from rcpref.dates import parse
from rcpref.fields import Fields

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

COUNT = "members_count"


class Discrepancy(Fields):
    """The newest count of members, where the newest list of them has another number.

    Attributes:
        listed: How many the list has, with those who joined and without those who left
            between the list and the count.
        counted: How many the count says.
        members: The claim that lists them.
        counting: The claim that counts them.
    """

    listed: int
    counted: int
    members: "Claim"
    counting: "Claim"

    @property
    def words(self) -> str:
        """In words: "the list of 2013-05 has 55, a count of 2019 says 57"."""
        lists = f"the list of {self.members.as_of} has {self.listed}"
        return f"{lists}, a count of {self.counting.as_of} says {self.counted}"


def discrepancy(record: "Record") -> Discrepancy | None:
    """What the newest count says against the newest list; None where they agree.

    An older count says nothing against a newer list. Of lists, those that were read whole
    are looked at: no count says anything against another.
    """
    whole = [c for c in record.claims_of(MEMBERS) if c.complete is not False]
    members, count = _newest(whole), _newest(record.claims_of(COUNT))
    if members is None or count is None:
        return None
    listed, counted = parse(str(members.as_of)), parse(str(count.as_of))
    if counted.before(listed) or not isinstance(count.value, int):
        return None
    since = {key: _between(record, key, members, count) for key in (JOINED, LEFT)}
    states = set(members.values) - set(members.disputed)
    expected = len((states | since[JOINED]) - since[LEFT])
    possible = {expected, len(members.values), expected + len(members.disputed)}
    if count.value in possible:
        return None
    return Discrepancy(expected, count.value, members, count)


def _newest(claims: "Iterable[Claim]") -> "Claim | None":
    """The newest dated claim; of several of one date, the first in the data."""
    dated = [claim for claim in claims if claim.as_of]
    return max(
        dated,
        key=lambda claim: (parse(str(claim.as_of)).last, parse(str(claim.as_of)).first),
        default=None,
    )


def _between(record: "Record", key: str, members: "Claim", count: "Claim") -> set[str]:
    """Codes of the States that joined, or left, after the list and by the count."""
    start, end = parse(str(members.as_of)), parse(str(count.as_of))
    return {
        code
        for claim in record.claims_of(key)
        if claim.as_of and parse(claim.as_of).after(start) and parse(claim.as_of).first <= end.last
        for code in claim.values
    }
