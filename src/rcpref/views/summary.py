"""The whole of the answers on one record in a line: how many, how old, what speaks against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import NO, OPEN, UNDATED, Answer
from rcpref.answers.membership.evidence import FOUNDERS, JOINED, LEFT, MEMBERS
from rcpref.answers.membership.members import Discrepancy, discrepancy
from rcpref.answers.time import property_at
from rcpref.data.dataset import Data
from rcpref.dates import newest, parse
from rcpref.fields import Fields
from rcpref.model import TERRITORY
from rcpref.report.blocks import Item

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim, Record


class Summary(Fields):
    """The answers on one record as a whole.

    Attributes:
        states: How many States are certain.
        territories: How many territories.
        open: How many are not certain, by each kind of answer that is open.
        undated: How many of the certain ones rest on undated lists.
        last_known: Date of the newest evidence for the certain ones; None if undated.
        last_listed: Date of the newest list of them; None where there is none.
        against: The count that speaks against the newest list; None where none does.
        heading: All of it in words.
    """

    states: int
    territories: int
    open: Mapping[str, int]
    undated: int
    last_known: str | None
    last_listed: str | None
    against: Discrepancy | None
    heading: str = ""

    def item(self) -> Item:
        """What JSON says of it."""
        return {
            "states": self.states,
            "territories": self.territories,
            **self.open,
            "undated": self.undated,
            "last_known": self.last_known,
            "last_listed": self.last_listed,
            "count_against_list": self.against.words if self.against else None,
            "heading": self.heading,
        }


def summary(
    data: Data,
    record: Record,
    as_of: AsOf,
    answers: Mapping[str, Answer],
    capacity: str = MEMBERS,
    whole: bool = True,
) -> Summary:
    """The answers on one record as a whole."""
    certain = {code: found for code, found in answers.items() if found.certain}
    territories = sum(is_territory(data, code) for code in certain)
    against = _against(record, as_of) if whole and capacity == MEMBERS else None
    words = [found.answer for found in answers.values()]
    found = Summary(
        len(certain) - territories,
        territories,
        {word: words.count(word) for word in OPEN},
        sum(each.basis == UNDATED for each in certain.values()),
        newest(each.last_known for each in certain.values()),
        newest(_dates(certain.values(), (capacity, FOUNDERS))),
        against,
    )
    heading = _heading(as_of, answers.values(), found, whole)
    if against:
        heading += f"; a count of {against.counting.as_of} says {against.counted}"
    if asleep := dormant_line([record], as_of):
        heading += f"; {asleep}"
    return found._replace(heading=heading)


def _against(record: Record, as_of: AsOf) -> Discrepancy | None:
    """The count that speaks against the newest list, where the date is not before that list."""
    found = discrepancy(record)
    if found is None or as_of.date.before(parse(str(found.members.as_of))):
        return None
    return found


def _said(claim: Claim) -> str:
    return parse(claim.as_of).said if claim.as_of else claim.date


def dormant_line(records: Sequence[Record], as_of: AsOf) -> str:
    """Which records do not meet any more, as far as is known for the date; one has no name."""
    parts = []
    for record in records:
        found = property_at(record, "status", as_of, "choice")
        for claim in found.claims:
            if claim.value == "dormant" and claim.date and found.how != "later":
                when = f"since {claim.from_}" if claim.from_ else _said(claim)
                parts.append(f"{record.short_name} {when}" if records[1:] else when)
                break
    lead = "dormant: " if records[1:] else "dormant "
    return f"{lead}{', '.join(parts)}" if parts else ""


def is_territory(data: Data, code: str) -> bool:
    """Whether a member is a territory by its `status`; all others are counted as States."""
    country = data.document["countries"].get(code)
    return country is not None and country.get("status") == TERRITORY


def counted(states: int, territories: int = 0) -> str:
    """How many: "1 State", "42 States, 3 territories"."""
    words = f"{states} {'State' if states == 1 else 'States'}"
    if territories:
        words += f", {territories} {'territory' if territories == 1 else 'territories'}"
    return words


def _heading(as_of: AsOf, answers: Collection[Answer], found: Summary, whole: bool) -> str:
    """How many and how old: "8 States, last listed 2013-05; no newer list is known"."""
    if not found.states and not found.territories:
        return _none(answers, found, whole)
    words = counted(found.states, found.territories)
    if not as_of.last_known:
        return words
    words += _age(answers, found)
    listed = found.last_listed
    if not whole or not listed or parse(listed).last.year >= as_of.date.first.year - 1:
        return words
    return words if _newer_undated(answers, listed) else f"{words}; no newer list is known"


def _none(answers: Collection[Answer], found: Summary, whole: bool) -> str:
    """What is known where no State is certain: never that there are none, unless it is."""
    open_ones = [f"{count} {word}" for word, count in found.open.items() if count]
    if open_ones:
        return f"none certain, {', '.join(open_ones)}"
    if not whole:
        return "none certain"
    if any(each.answer != NO for each in answers):
        return "none known"
    reasons = {each.reason for each in answers}
    return f"none: {reasons.pop()}" if len(reasons) == 1 else "none"


def _age(answers: Collection[Answer], found: Summary) -> str:
    """When the answers were last known, or that it is not known when they held."""
    certain = [each for each in answers if each.certain]
    if found.undated == len(certain):
        return f", undated{_bounds(certain)}"
    words = f", last listed {found.last_listed}" if found.last_listed else ""
    left = [each for each in answers if each.answer == NO]
    changed = newest([*_dates(certain, (JOINED,)), *_dates(left, (LEFT,))])
    if changed and (not found.last_listed or parse(changed).after(parse(found.last_listed))):
        words += f", last {'change' if words else 'joined'} {changed}"
    if found.undated:
        bounds = _bounds(certain) if _newer_undated(certain, found.last_listed) else ""
        words += f", {found.undated} of them undated{bounds}"
    return words


def _newer_undated(answers: Iterable[Answer], listed: str | None) -> bool:
    """Whether an undated list that answers rest on is newer than the newest dated one."""
    bounds = {claim.not_before for claim in _undated(answers)} if listed else ()
    return any(bound and parse(bound).after(parse(str(listed))) for bound in bounds)


def _dates(answers: Iterable[Answer], properties: Sequence[str]) -> list[str]:
    """Dates of the claims on some properties that the answers rest on."""
    claims = (claim for found in answers for claim in found.rests_on)
    return [each.as_of for each in claims if each.property in properties and each.as_of]


def _bounds(certain: Sequence[Answer]) -> str:
    """The bounds that all undated lists share: ", not before 2018-07-20"."""
    claims = _undated(certain)
    words = ""
    for known, name in (
        ({claim.not_before for claim in claims}, "not before"),
        ({claim.not_after for claim in claims}, "not after"),
    ):
        if len(known) == 1 and (bound := known.pop()):
            words += f", {name} {bound}"
    return words


def _undated(answers: Iterable[Answer]) -> list[Claim]:
    """The claims of the answers that rest on undated lists."""
    return [claim for found in answers if found.basis == UNDATED for claim in found.rests_on]
