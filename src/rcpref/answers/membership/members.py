"""Who was a member of a process or body: at a date, or as last known.

Pure functions over the claims of a record, and of the body whose members alone can be its
members. `rules` has the rules in their order, docs/membership.md explains them; every
answer says on which claims it rests. A tier never decides, and the clock is never asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.membership import rules
from rcpref.answers.membership.answer import NO, POSSIBLE, UNKNOWN, YES, Answer
from rcpref.answers.membership.evidence import (
    BACKWARD_NO_YEARS,
    BACKWARD_YES_YEARS,
    FORWARD_YEARS,
    JOINED,
    LEFT,
    LONGEST_YEARS,
    MEMBERS,
    Evidence,
    Naming,
    Register,
    plus_years,
)
from rcpref.answers.membership.standing import standing_of, standing_turns
from rcpref.answers.time import AsOf
from rcpref.dates import Interval, parse
from rcpref.fields import Fields

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


class Membership:
    """The answers on one record and capacity to one question."""

    def __init__(self, data: Data, record: Record, as_of: AsOf, capacity: str = MEMBERS) -> None:
        self.register = Register(record, capacity)
        self._countries = data.document["countries"]
        self._ask(as_of, _body(data, record, as_of) if capacity == MEMBERS else None)

    def _ask(self, as_of: AsOf, body: _Body | None) -> None:
        self._as_of = as_of
        self._body = body
        self._outside_life = _outside_life(self.register, as_of)
        # An answer rests on nothing but what each claim says: most members share one.
        self._answers: dict[tuple[tuple[str | None, ...], date | None], Answer] = {}
        self._ends: tuple[Membership, ...] | None = None

    def at(self, as_of: AsOf) -> Membership:
        """The answers to the same question for another date, from the same evidence."""
        other = copy(self)
        other._ask(as_of, self._body.at(as_of) if self._body else None)
        return other

    @property
    def states(self) -> list[str]:
        """Alpha-3 codes of the States that any claim names in the capacity, sorted."""
        return self.register.states

    def of(self, state: str) -> Answer:
        """The answer for a State.

        Of one that no claim of the record has ever named, that it is possible would say
        too much beside those that were members once: there it is unknown.
        """
        found = self._of(state)
        if found.answer == POSSIBLE and state not in self.register.ever_named:
            found = Answer(UNKNOWN, None, found.reason)
        standing = standing_of(self.register, state, self._as_of.date)
        # Most States share an answer with others: it is not made anew.
        return found if standing == found.standing else found._replace(standing=standing)

    def all(self) -> dict[str, Answer]:
        """The answers for all `states`, sorted by code."""
        return {state: self.of(state) for state in self.states}

    def _of(self, state: str) -> Answer:
        since = self._countries.get(state, {}).get("since")
        asked = self._as_of.date
        begins = rules.state_begins(self.register, state, since)
        settled = self._outside_life
        if settled is None:
            settled = rules.no_state_yet(begins, since, asked)
        if settled is not None:
            return settled
        # When the State began matters only within the date.
        begins = begins if begins and begins > asked.first else None
        key = said, _ = self.register.said(state), begins
        if key not in self._answers:
            self._answers[key] = _by_rules(self.register, said, self._as_of, begins)
        found = self._answers[key]
        if rules.may_reach_a_part(self.register, found, self._as_of):
            part = self._in_part(state)
            if part is not None:
                return part
        return found if self._body is None else self._body.limit(found, state)

    def _in_part(self, state: str) -> Answer | None:
        """The yes of the first or last day of the date, which evidence may reach alone."""
        asked = self._as_of.date
        if self._ends is None:
            days = (parse(str(asked.first)), parse(str(asked.last)))
            self._ends = tuple(self.at(AsOf(day)) for day in days)
        for end in self._ends:
            part = end.of(state)
            if part.answer == YES:
                return part._replace(reason=f"{part.reason}, certain for a part of {asked.text}")
        return None


def _by_rules(
    register: Register, said: tuple[str | None, ...], as_of: AsOf, begins: date | None
) -> Answer:
    """The answer for a State of which each claim says so much."""
    asked = as_of.date
    launch = rules.not_launched(register, asked)
    if launch is not None:
        return launch
    evidence = register.evidence(said)
    found = rules.joined_or_left(evidence, asked)
    if found is None:
        found = rules.listed(register, evidence, as_of, begins)
    if found is None:
        found = _by_sides(register, evidence, as_of)
    if found is None:
        found = rules.nothing(evidence)
    return rules.not_formal(register, found, asked)


def _by_sides(register: Register, evidence: Evidence, as_of: AsOf) -> Answer | None:
    """The answer of what lies before the date and after it, and of undated lists."""
    asked = as_of.date
    before = rules.on_side(evidence, asked, before=True)
    after = rules.on_side(evidence, asked, before=False)
    if before and after:
        found = rules.between(before, after, asked)
    elif before and rules.only_not_at_founding(before):
        return rules.not_at_founding(register, evidence, before, as_of)
    elif before:
        found = rules.carried_forward(register, evidence, before, as_of)
    elif after:
        found = rules.carried_back(register, evidence, after, as_of)
    else:
        return rules.undated(register, evidence, as_of)
    return rules.explained(found, evidence, asked)


class _Body:
    """The body whose members alone can be members of a process."""

    def __init__(self, data: Data, record: Record, rule: Claim, as_of: AsOf) -> None:
        self._rule = rule
        self._name = record.short_name
        self._answers = Membership(data, record, as_of)
        self._date = as_of.date

    def at(self, as_of: AsOf) -> _Body:
        """The body for another date."""
        other = copy(self)
        other._answers = self._answers.at(as_of)
        other._date = as_of.date
        return other

    def limit(self, found: Answer, state: str) -> Answer:
        """The answer on the process, no more than the body allows."""
        if found.answer in (NO, UNKNOWN):
            return found
        body = self._answers.of(state)
        return rules.only_for_members(
            found, body, lambda: self._was_member(state), self._rule, self._name
        )

    def _was_member(self, state: str) -> bool:
        """Whether any evidence that may be from before the date has the State in the body."""
        register = self._answers.register
        evidence = register.evidence(register.said(state))
        return any(event.when.before(self._date) for event in evidence.events) or any(
            each.answer == YES and each.when.first < self._date.first for each in evidence.lists
        )


def _body(data: Data, record: Record, as_of: AsOf) -> _Body | None:
    rule = body_of(data, record)
    return _Body(data, data.records[str(rule.value)], rule, as_of) if rule else None


def body_of(data: Data, record: Record) -> Claim | None:
    """The claim that names the body whose members alone can be members of a record."""
    for rule in record.claims_of("membership_of"):
        body = data.records.get(str(rule.value))
        # A body has no body of its own: an overlay may claim a circle.
        if body is not None and body.id != record.id and not body.claims_of("membership_of"):
            return rule
    return None


def members_at(
    data: Data, record: Record, as_of: AsOf, capacity: str = MEMBERS
) -> Mapping[str, Answer]:
    """The answer for every State that any claim of the record names in a capacity."""
    return Membership(data, record, as_of, capacity).all()


def member_at(
    data: Data, record: Record, state: str, as_of: AsOf, capacity: str = MEMBERS
) -> Answer:
    """Whether a State was a member at some time in a date."""
    return Membership(data, record, as_of, capacity).of(state)


def states_named(record: Record, capacity: str = MEMBERS) -> list[str]:
    """Alpha-3 codes of the States that any claim names in a capacity, sorted."""
    return Register(record, capacity).states


def evidence_dates(record: Record) -> list[str]:
    """The dates of all claims that say of a State that it is a member, or is none."""
    entries = Register(record, MEMBERS).entries
    return [each.when.text for each in entries if each.when is not None]


def not_founded(record: Record, as_of: AsOf) -> Answer | None:
    """The answer for all States at once, where the record was not yet founded."""
    return rules.not_founded(Register(record, MEMBERS), as_of.date)


def outside_life(record: Record, as_of: AsOf) -> Answer | None:
    """The answer for all States at once, where the record was not yet founded or had ended."""
    return _outside_life(Register(record, MEMBERS), as_of)


def _outside_life(register: Register, as_of: AsOf) -> Answer | None:
    early = rules.not_founded(register, as_of.date)
    return rules.ended(register, as_of.date) if early is None else early


def not_at_work(record: Record, as_of: AsOf) -> Answer | None:
    """The answer for all States at once, where the record was not yet launched, either."""
    found = outside_life(record, as_of)
    return rules.not_launched(Register(record, MEMBERS), as_of.date) if found is None else found


def whole_list(record: Record) -> bool:
    """Whether any list of its members was read whole."""
    return any(c.property == MEMBERS and c.complete is not False for c in record.claims)


# Counts of members held against the lists of them: corroboration ----------------------


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
    members: Claim
    counting: Claim

    @property
    def words(self) -> str:
        """In words: "the list of 2013-05 has 55, a count of 2019 says 57"."""
        lists = f"the list of {self.members.as_of} has {self.listed}"
        return f"{lists}, a count of {self.counting.as_of} says {self.counted}"


def discrepancy(record: Record) -> Discrepancy | None:
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


def _newest(claims: Iterable[Claim]) -> Claim | None:
    """The newest dated claim; of several of one date, the first in the data."""
    dated = [claim for claim in claims if claim.as_of]
    return max(
        dated,
        key=lambda claim: (parse(str(claim.as_of)).last, parse(str(claim.as_of)).first),
        default=None,
    )


def _between(record: Record, key: str, members: Claim, count: Claim) -> set[str]:
    """Codes of the States that joined, or left, after the list and by the count."""
    start, end = parse(str(members.as_of)), parse(str(count.as_of))
    return {
        code
        for claim in record.claims_of(key)
        if claim.as_of and parse(claim.as_of).after(start) and parse(claim.as_of).first <= end.last
        for code in claim.values
    }


# The days on which an answer on membership can turn: between two of them nothing changes
# The rules look at a date only by how its first and last day lie to the days of evidence, and
# to those as far from them as evidence reaches. Whoever asks for every month of forty years
# has to ask again only where one of these days has come in between.


class Turns:
    """The days on which the answers on a record can turn."""

    def __init__(self, data: Data, record: Record, capacity: str = MEMBERS) -> None:
        rule = body_of(data, record) if capacity == MEMBERS else None
        self._registers = [Register(record, capacity)]
        if rule:
            self._registers.append(Register(data.records[str(rule.value)], MEMBERS))
        self._countries = data.document["countries"]
        self._common = {day for each in self._registers for day in _of_all(each)}

    def of(self, state: str) -> list[date]:
        """The days on which the answer for a State can turn.

        For two dates without such a day in either of them or between them, all of the
        answer is the same, but for its distance.
        """
        days = set(self._common)
        for register in self._registers:
            said = zip(register.entries, register.said(state), strict=True)
            days.update(_of_entries([entry for entry, says in said if says is not None]))
        since = self._countries.get(state, {}).get("since")
        if since:
            days.add(parse(since).first)
        days.update(standing_turns(self._registers[0], state))
        return sorted(days)

    def alike(self, state: str) -> Hashable:
        """A key of a State: those with the same key have the same answers at every date."""
        said = tuple((each.said(state), state in each.ever_named) for each in self._registers)
        # Events that change the standing name States one by one.
        alone = state if any(standing_turns(self._registers[0], state)) else ""
        return said, self._countries.get(state, {}).get("since"), alone


def _of_all(register: Register) -> Iterator[date]:
    """The days on which the answers for all States can turn: founding, status, counts."""
    for founding in (*register.foundings, *filter(None, [register.founding])):
        yield from _ends(founding.when)
    if register.end:
        yield from _ends(parse(str(register.end.value)))
    for claim in register.record.claims:
        if claim.property in ("status", "members_count"):
            for text in filter(None, (claim.as_of, claim.until)):
                yield parse(text).last
                yield plus_years(parse(text).last, FORWARD_YEARS)


def _of_entries(entries: Sequence[Naming]) -> Iterator[date]:
    """The days of all that is said of a State, and those up to which it is carried."""
    dated = [(entry, entry.when) for entry in entries if entry.when is not None]
    # Only where there is no other evidence behind it or before it is a list carried.
    newest = max((when.first for _, when in dated), default=date.min)
    oldest = min((when.last for _, when in dated), default=date.max)
    for entry, when in dated:
        yield from _ends(when)
        if entry.claim.property not in (JOINED, LEFT):
            yield from (day for day in _reached_forward(when) if day >= newest)
            yield from (day for day in _reached_back(when) if day <= oldest)
    for entry in entries:
        if entry.when is None and entry.claim.not_before:
            yield from _ends(parse(entry.claim.not_before))
        if entry.when is None and entry.claim.not_after:
            # It lies behind dated evidence, or not, wherever the date is.
            yield plus_years(parse(entry.claim.not_after).last, FORWARD_YEARS)


def _ends(when: Interval) -> Iterator[date]:
    yield from (when.first, when.last)


def _reached_forward(when: Interval) -> Iterator[date]:
    for years in (FORWARD_YEARS, LONGEST_YEARS):
        yield plus_years(when.last, years)


def _reached_back(when: Interval) -> Iterator[date]:
    for years in (BACKWARD_YES_YEARS, BACKWARD_NO_YEARS):
        if when.first.year > years:
            yield plus_years(when.first, -years)
