"""Who was a member of a process or body: at a date, or as last known.

Pure functions over the claims of a record, and of the body whose members alone can be its
members. `rules` has the rules in their order, docs/membership.md explains them; every
answer says on which claims it rests. A tier never decides, and the clock is never asked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rcpref.answers.membership import rules
from rcpref.answers.membership.answer import NO, OPEN, POSSIBLE, UNKNOWN, YES, Answer, Standing
from rcpref.answers.membership.evidence import (
    BACKWARD_NO_YEARS,
    BACKWARD_YES_YEARS,
    COUNT,
    FORWARD_YEARS,
    JOINED,
    LEFT,
    LONGEST_YEARS,
    MEMBERS,
    STATUS,
    Dated,
    Naming,
    Register,
    plus_years,
)
from rcpref.answers.time import AsOf
from rcpref.dates import Interval, parse
from rcpref.fields import Fields
from rcpref.model import CLOSED_BY, EFFECTS, EVENT
from rcpref.wording import DISPUTED_CODES, Part, Why, bounds

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


class Membership:
    """The answers on one record and capacity to one question."""

    def __init__(self, data: Data, record: Record, as_of: AsOf, capacity: str = MEMBERS) -> None:
        self.register = Register(record, capacity)
        self._countries = data.document["countries"]
        # The body whose members alone can be members, and the claim that says so.
        self._rule = body_of(data, record) if capacity == MEMBERS else None
        self._body: Membership | None = None
        if self._rule:
            self._body = Membership(data, data.records[str(self._rule.value)], as_of)
        self._ask(as_of)

    def _ask(self, as_of: AsOf) -> None:
        self._as_of = as_of
        self._outside_life = rules.outside_life(self.register, as_of.date)
        # An answer rests on nothing but what each claim says: most members share one.
        self._answers: dict[tuple[tuple[str | None, ...], date | None], Answer] = {}
        self._ends: tuple[Membership, ...] | None = None

    def at(self, as_of: AsOf) -> Membership:
        """The answers to the same question for another date, from the same evidence."""
        other = copy(self)
        other._body = self._body.at(as_of) if self._body else None
        other._ask(as_of)
        return other

    @property
    def states(self) -> list[str]:
        """Alpha-3 codes of the States that any claim names in the capacity, in order."""
        return sorted(self.register.states)

    def of(self, state: str) -> Answer:
        """The answer for a State; where no claim ever names it, none is more than unknown."""
        found = self._of(state)
        if found.answer == POSSIBLE and state not in self.register.ever_named:
            found = Answer(UNKNOWN, None, found.why)
        if found.answer in OPEN:
            found = self._with_territory(found, state)
        standing = standing_of(self.register, state, self._as_of.date)
        # Most States share an answer with others: it is not made anew.
        return found if standing == found.standing else found._replace(standing=standing)

    def _with_territory(self, found: Answer, state: str) -> Answer:
        """Say which list names a territory of a State where the editors count it as disputed."""
        if not any(part.code in DISPUTED_CODES for part in found.why):
            return found
        for naming in self.register.entries:
            if naming.claim.property != self.register.capacity or state in naming.claim.values:
                continue
            for code in naming.claim.values:
                country = self._countries.get(code, {})
                if country.get("sovereign") == state:
                    name = f"{country['name']} ({self._countries[state]['name']})"
                    why = _in_place(found.why, naming.claim, name)
                    claims = tuple(dict.fromkeys([*found.rests_on, naming.claim]))
                    return found._replace(why=why, rests_on=claims)
        return found

    def all(self) -> dict[str, Answer]:
        """The answers for all `states`, in their order."""
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
        key = statements, _ = self.register.statements(state), begins
        if key not in self._answers:
            self._answers[key] = _by_rules(self.register, statements, self._as_of, begins)
        found = self._answers[key]
        if rules.may_reach_a_part(self.register, found, self._as_of):
            part = self._in_part(state)
            if part is not None:
                return part
        return self._limited(found, state)

    def _limited(self, found: Answer, state: str) -> Answer:
        """No more than the body allows."""
        if self._body is None or self._rule is None or found.answer in (NO, UNKNOWN):
            return found
        asked, register = self._as_of.date, self._body.register
        evidence = register.evidence(register.statements(state))
        # Whether anything that may be from before the date has the State in the body.
        was_member = any(event.when.before(asked) for event in evidence.events) or any(
            each.answer == YES and each.when.first < asked.first for each in evidence.lists
        )
        name = register.record.short_name
        return rules.only_for_members(found, self._body.of(state), was_member, self._rule, name)

    def _in_part(self, state: str) -> Answer | None:
        """The yes of the first or last day of the date, which evidence may reach alone."""
        asked = self._as_of.date
        if self._ends is None:
            days = (parse(str(asked.first)), parse(str(asked.last)))
            self._ends = tuple(self.at(AsOf(day)) for day in days)
        for end in self._ends:
            part = end.of(state)
            if part.answer == YES:
                why = (*part.why, Part("part-of", (asked.text,)))
                far = rules.distance_to(self.register, part, asked)
                return part._replace(why=why, distance=far)
        return None


def _in_place(why: Why, claim: Claim, name: str) -> Why:
    """Return a reason with what another list names in the place of a State."""
    parts = [part._replace(code=DISPUTED_CODES.get(part.code, part.code)) for part in why]
    if claim.as_of is not None:
        parts.append(Part("territory-in-list", (claim.as_of,), name))
    else:
        parts += [Part("territory-undated", (), name), *bounds(claim.not_before, claim.not_after)]
    return tuple(dict.fromkeys(parts))


def _by_rules(
    register: Register, statements: tuple[str | None, ...], as_of: AsOf, begins: date | None
) -> Answer:
    if (found := rules.not_launched(register, as_of.date)) is not None:
        return found
    case = rules.Case(register, register.evidence(statements), as_of)
    if (found := rules.joined_or_left(case)) is None:
        found = rules.listed(case, begins)
    if found is None:
        found = _by_sides(case)
    if found is None:
        found = rules.nothing(case)
    return rules.not_formal(register, found, as_of.date)


def _by_sides(case: rules.Case) -> Answer | None:
    """The answer of what lies before the date and after it, and of undated lists."""
    before, after = rules.on_side(case, before=True), rules.on_side(case, before=False)
    if before and after:
        found = rules.between(case, before, after)
    elif before and rules.only_not_at_founding(before):
        return rules.not_at_founding(case, before)
    elif before:
        found = rules.carried_forward(case, before)
    elif after:
        found = rules.carried_back(case, after)
    else:
        return rules.undated(case)
    return rules.explained(case, found)


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


def not_founded(record: Record, as_of: AsOf) -> Answer | None:
    """The answer for all States at once, where the record was not yet founded."""
    return rules.not_founded(Register(record, MEMBERS), as_of.date)


def outside_life(record: Record, as_of: AsOf) -> Answer | None:
    """The answer for all States at once, where the record was not yet founded or had ended."""
    return rules.outside_life(Register(record, MEMBERS), as_of.date)


def not_at_work(record: Record, as_of: AsOf) -> Answer | None:
    """The answer for all States at once, where the record was not yet launched, either."""
    register = Register(record, MEMBERS)
    found = rules.outside_life(register, as_of.date)
    return rules.not_launched(register, as_of.date) if found is None else found


def whole_list(record: Record) -> bool:
    """Whether any list of its members was read whole."""
    return any(c.property == MEMBERS and c.complete is not False for c in record.claims)


# Standing: what else is true of a member at a date, beside that it is one -------------


CONTESTED = "contested"  # the effect that every later event of another effect closes


def standing_of(register: Register, state: str, asked: Interval) -> tuple[Standing, ...]:
    """What holds of a State at some time in a date, in order of time."""
    found: dict[tuple[str, str], Standing] = {}
    until: dict[str, date] = {}
    for opening in sorted(_openings(register, state), key=_first_day):
        effect = str(opening.effect)
        # What opens again what is open tells nothing new.
        if _first_day(opening) < until.get(effect, date.min):
            continue
        until[effect], closing = _closing(register, state, opening)
        # On the last day of what closes it, it is closed.
        if _first_day(opening) > asked.last or until[effect] <= asked.first:
            continue
        # What closes it may have come in the date: both are told.
        for claim in (opening, *(each for each in closing if _first_day(each) <= asked.last)):
            each = Standing(str(claim.effect), str(claim.as_of), claim)
            found.setdefault(each[:2], each)
    return tuple(sorted(found.values(), key=lambda each: (*parse(each.since)[:2], each.effect)))


def standing_in_bodies(
    data: Data, record: Record, state: str, as_of: AsOf
) -> dict[str, tuple[Standing, ...]]:
    """What holds of a State in the bodies, by id, of which events of a process tell."""
    events = record.claims_of(EVENT)
    bodies = dict.fromkeys(claim.about for claim in events if state in claim.states)
    found = {body: member_at(data, data.records[body], state, as_of) for body in bodies if body}
    return {body: answer.standing for body, answer in found.items() if answer.standing}


def standing_turns(register: Register, state: str) -> Iterator[date]:
    """The days on which the standing of a State can turn."""
    for opening in _openings(register, state):
        yield _first_day(opening)
        end, closing = _closing(register, state, opening)
        yield from (end, end - timedelta(days=1), *map(_first_day, closing))


def _first_day(claim: Claim) -> date:
    return parse(str(claim.as_of)).first


def _openings(register: Register, state: str) -> list[Claim]:
    """The events that open a standing of a State as a member; undated ones open nothing."""
    if register.capacity != MEMBERS:
        return []
    return [claim for claim in register.events_of.get(state, ()) if claim.effect in CLOSED_BY]


def _closing(register: Register, state: str, opening: Claim) -> tuple[date, list[Claim]]:
    """The day on which a standing is closed, and the events that close it on that day."""
    first = _first_day(opening)
    ends = _ends(register, state, str(opening.effect))
    later = ends[bisect_right(ends, first, key=itemgetter(0)) :]
    # A State joins before it is suspended: a joining of the same year closes nothing.
    closing = (pair for pair in later if pair[1].property != JOINED or _first_day(pair[1]) > first)
    day, found = next(groupby(closing, key=itemgetter(0)), (date.max, ()))
    return day, [each for _, each in found if each.effect and each.effect not in CLOSED_BY]


def _ends(register: Register, state: str, effect: str) -> list[tuple[date, Claim]]:
    """What can close an effect on a State, each with the last day of its date, in order."""
    key = state, effect
    if key not in register.ends:
        closing = CLOSED_BY[effect] if effect != CONTESTED else {*EFFECTS, None} - {CONTESTED}
        found = [claim for claim in register.events_of[state] if claim.effect in closing]
        turned = (claim for claim in register.record.claims if claim.property in (JOINED, LEFT))
        found += [claim for claim in turned if claim.as_of and state in claim.values]
        pairs = [(parse(str(claim.as_of)).last, claim) for claim in found]
        register.ends[key] = sorted(pairs, key=itemgetter(0))
    return register.ends[key]


# Counts of members held against the lists of them: corroboration ----------------------


class Discrepancy(Fields):
    """The newest count of members, where the newest list of them has another number."""

    listed: int  # with those who joined, and without those who left, before the count
    counted: int
    members: Claim
    counting: Claim

    @property
    def parts(self) -> Why:
        """What differs, as parts of a sentence."""
        list_has = Part("list-has", (str(self.members.as_of),), str(self.listed))
        return list_has, Part("count-says", (str(self.counting.as_of),), str(self.counted))


def discrepancy(record: Record) -> Discrepancy | None:
    """What the newest count says against the newest whole list; None where they agree.

    An older count says nothing against a newer list.
    """
    whole = (claim for claim in record.claims_of(MEMBERS) if claim.complete is not False)
    listed, counted = _newest(whole), _newest(record.claims_of(COUNT))
    if listed is None or counted is None or counted.when.before(listed.when):
        return None
    members, count = listed.claim, counted.claim
    if not isinstance(count.value, int):
        return None
    since: dict[str, set[str]] = {JOINED: set(), LEFT: set()}
    for claim in record.claims:
        if claim.property in since and claim.as_of:
            when = parse(claim.as_of)
            if when.after(listed.when) and when.first <= counted.when.last:
                since[claim.property].update(claim.values)
    states = set(members.values) - set(members.disputed)
    expected = len((states | since[JOINED]) - since[LEFT])
    possible = {expected, len(members.values), expected + len(members.disputed)}
    return None if count.value in possible else Discrepancy(expected, count.value, members, count)


def _newest(claims: Iterable[Claim]) -> Dated | None:
    """The newest dated claim; of several of one date, the first in the data."""
    dated = [Dated(parse(claim.as_of), claim) for claim in claims if claim.as_of]
    return max(dated, key=lambda each: (each.when.last, each.when.first), default=None)


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
        """The days on which the answer for a State can turn, in all but its distance."""
        days = set(self._common)
        for register in self._registers:
            statements = zip(register.entries, register.statements(state), strict=True)
            days.update(_of_entries([entry for entry, says in statements if says is not None]))
        since = self._countries.get(state, {}).get("since")
        if since:
            days.add(parse(since).first)
        days.update(standing_turns(self._registers[0], state))
        return sorted(days)

    def events_of(self, state: str) -> frozenset[date]:
        """The days on which something is known to have happened that turns the answer."""
        dates: list[str | None] = [self._countries.get(state, {}).get("since")]
        for register in self._registers:
            dates += [claim.as_of for claim in register.events_of.get(state, ())]
            dates += [each.when.text for each in filter(None, [register.founding])]
            dates += [str(each.claim.value) for each in filter(None, [register.end])]
            for entry, says in zip(register.entries, register.statements(state), strict=True):
                if says is not None and entry.claim.property in (JOINED, LEFT):
                    dates.append(entry.claim.as_of)
        days = [parse(text) for text in dates if text]
        return frozenset(each.first for each in days if each.first == each.last)

    def alike(self, state: str) -> Hashable:
        """A key of a State: those with the same key have the same answers at every date."""
        statements = tuple(
            (each.statements(state), state in each.ever_named) for each in self._registers
        )
        # Events that change the standing name States one by one.
        alone = state if any(standing_turns(self._registers[0], state)) else ""
        return statements, self._countries.get(state, {}).get("since"), alone


def _of_all(register: Register) -> Iterator[date]:
    """The days on which the answers for all States can turn: founding, end, status, counts."""
    if register.end:
        yield from register.end.when[:2]
    for founding in (*register.foundings, *filter(None, [register.founding])):
        yield from founding.when[:2]
    for claim in register.record.claims:
        if claim.property in (STATUS, COUNT):
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
        yield from when[:2]
        if entry.claim.property not in (JOINED, LEFT):
            on = (plus_years(when.last, years) for years in (FORWARD_YEARS, LONGEST_YEARS))
            yield from (day for day in on if day >= newest)
            backward = (BACKWARD_YES_YEARS, BACKWARD_NO_YEARS)
            back = (plus_years(when.first, -y) for y in backward if y < when.first.year)
            yield from (day for day in back if day <= oldest)
    for entry in entries:
        if entry.when is None and entry.claim.not_before:
            yield from parse(entry.claim.not_before)[:2]
        if entry.when is None and entry.claim.not_after:
            # It lies behind dated evidence, or not, wherever the date is.
            yield plus_years(parse(entry.claim.not_after).last, FORWARD_YEARS)
