"""The rules by which evidence answers for a date, each a function named after it.

They are tried in the order in which they stand here; docs/membership.md explains them.
Each takes the evidence on one State and the date, which are a `Case`, and gives an answer or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import (
    BETWEEN,
    CARRIED,
    DISPUTED,
    EVENT,
    LISTED,
    NO,
    POSSIBLE,
    UNDATED,
    UNKNOWN,
    YES,
    Answer,
)
from rcpref.answers.membership.evidence import (
    FORWARD_YEARS,
    STATUS,
    Dated,
    Event,
    Evidence,
    Listing,
    Register,
    Sided,
    Undated,
    carried_parts,
    event_part,
    parts_of,
    plus_years,
    reach_forward,
    reaches_back,
    undated_parts,
    whole_years,
)
from rcpref.answers.time import AsOf
from rcpref.dates import Interval, parse
from rcpref.fields import Fields
from rcpref.wording import Part, Why

if TYPE_CHECKING:
    from rcpref.model.records import Claim

NOT_LAUNCHED = "not yet launched"
NOT_FORMAL = ("not yet formalised", "in preparation")

_DAY = timedelta(days=1)


class Case(Fields):
    """What is asked: the claims of a record, what they say of one State, and the date."""

    register: Register
    evidence: Evidence
    as_of: AsOf

    @property
    def asked(self) -> Interval:
        """The date."""
        return self.as_of.date


# 1. Not yet --------------------------------------------------------------------------


def not_founded(register: Register, asked: Interval) -> Answer | None:
    """The date ends before the founding."""
    founding = register.founding
    if founding is None or asked.last >= founding.when.first:
        return None
    why = (Part("founded", (founding.when.text,)),)
    return Answer(NO, EVENT, why, (founding.claim,), founding.when.text, 0)


def ended(register: Register, asked: Interval) -> Answer | None:
    """The date begins after the end."""
    end = register.end
    if end is None or not asked.after(end.when):
        return None
    why = (Part("ended", (end.when.text,)),)
    return Answer(NO, EVENT, why, (end.claim,), end.when.text, 0)


def outside_life(register: Register, asked: Interval) -> Answer | None:
    """The date lies before the founding or after the end."""
    early = not_founded(register, asked)
    return ended(register, asked) if early is None else early


def not_launched(register: Register, asked: Interval) -> Answer | None:
    """The date ends no later than a day on which the process was not yet launched."""
    status = _status_until(register, asked, (NOT_LAUNCHED,))
    if status is None:
        return None
    why = (Part("not-launched", (status.when.text,)),)
    return Answer(NO, EVENT, why, (status.claim,), status.when.text, 0)


def _statuses(register: Register, words: Sequence[str]) -> Iterator[Dated]:
    """The claims of some statuses, with the date of each, or until when it held."""
    for claim in register.record.claims_of(STATUS):
        if claim.value in words and (at := claim.as_of or claim.until):
            yield Dated(parse(at), claim)


def _status_until(register: Register, asked: Interval, words: Sequence[str]) -> Dated | None:
    """The first of some statuses that held at the end of the date or later."""
    every = _statuses(register, words)
    return next((each for each in every if asked.last <= each.when.last), None)


def state_begins(register: Register, state: str, since: str | None) -> date | None:
    """The first day of a State of its own; None where a claim places it there earlier."""
    if since is None:
        return None
    start = parse(since)
    earlier = any(
        entry.when and entry.when.before(start) and says in (YES, DISPUTED)
        for entry, says in zip(register.entries, register.statements(state), strict=True)
    )
    return None if earlier else start.first


def no_state_yet(begins: date | None, since: str | None, asked: Interval) -> Answer | None:
    """The date ends before the State was one."""
    if begins is None or since is None or asked.last >= begins:
        return None
    return Answer(NO, EVENT, (Part("state-since", (since,)),), distance=0)


def _life(register: Register, asked: Interval, begins: date | None) -> Interval | None:
    """The part of a date of which no rule above says no; None where there is no such day."""
    firsts = [asked.first, *filter(None, [begins])]
    if register.founding:
        firsts.append(register.founding.when.first)
    launched = (each.when.last for each in _statuses(register, (NOT_LAUNCHED,)))
    firsts += [day + _DAY for day in launched if day < asked.last]
    first = max(firsts)
    last = min(asked.last, register.end.when.last) if register.end else asked.last
    return Interval(first, last, asked.text) if first <= last else None


def not_formal(register: Register, found: Answer, asked: Interval) -> Answer:
    """Before it was formalised, only a list or event of that time makes a certain member."""
    if found.answer != YES or found.basis in (LISTED, EVENT):
        return found
    status = _status_until(register, asked, NOT_FORMAL)
    if status is None:
        return found
    part = Part("status-then", (status.when.text,), str(status.claim.value))
    return found._replace(
        answer=POSSIBLE, why=(*found.why, part), rests_on=(*found.rests_on, status.claim)
    )


# 2. Joining and leaving --------------------------------------------------------------


def joined_or_left(case: Case) -> Answer | None:
    """A joining or leaving inside the date, or one that only overlaps it."""
    evidence, asked = case.evidence, case.asked
    touching = [event for event in evidence.events if event.when.overlaps(asked)]
    if not touching:
        return None
    inside = [event for event in touching if event.when.within(asked)]
    used = inside or touching
    why = tuple(dict.fromkeys(map(event_part, used)))
    # Who joined by April was a member in that year, whenever that was, if nothing denies it.
    event, *others = touching
    part = event.when.last < asked.last if event.joined else asked.first < event.when.first
    denied = any(each.answer != YES and each.when.overlaps(asked) for each in evidence.lists)
    certain = inside or (part and not others and not denied)
    return _answer(YES if certain else POSSIBLE, EVENT, why, used, asked)


def _answer(
    answer: str, basis: str, why: Why, used: Sequence[Event | Listing], asked: Interval
) -> Answer:
    """An answer with the claims that it rests on, the date of the newest, and the distance."""
    newest = max(used, key=lambda each: (each.when.last, each.when.first)).when.text
    claims = dict.fromkeys(each.claim for each in used)
    # A joining or leaving lasts: no years lie between.
    lasts = any(isinstance(each, Event) for each in used)
    distance = 0 if lasts else min(_years_between(each.when, asked) for each in used)
    return Answer(answer, basis, why, tuple(claims), newest, distance)


def _years_between(when: Interval, asked: Interval) -> int:
    if when.overlaps(asked):
        return 0
    if when.before(asked):
        return whole_years(when.last, asked.first)
    return whole_years(asked.last, when.first)


# 3. Listed ---------------------------------------------------------------------------


def listed(case: Case, begins: date | None) -> Answer | None:
    """The lists of that time. `begins` is the first day of the State, where that matters."""
    evidence, asked = case.evidence, case.asked
    lists = [each for each in evidence.lists if _overlaps(each, asked)]
    if not lists:
        return None
    answers = {each.answer for each in lists}
    why = parts_of([(each.answer, each) for each in lists])
    if answers == {NO}:
        # What was true at a moment that may lie within the date may make it a member then.
        maybe = [e for e in evidence.lists if e.answer != NO and _touches(e, asked)]
        if maybe:
            both = [(each.answer, each) for each in (*lists, *maybe)]
            return _answer(POSSIBLE, LISTED, parts_of(both), [*lists, *maybe], asked)
        part = _life(case.register, asked, begins)
        if part is not None and (others := _not_no(case, part)):
            used = [*lists, *(each for each in others if each not in lists)]
            part_only = (*why, Part("not-all-of", (asked.text,)))
            return _answer(POSSIBLE, LISTED, part_only, used, asked)
    if len(answers) == 1:
        return _answer(lists[0].answer, LISTED, why, lists, asked)
    if _told_apart(lists):
        changed = (*why, Part("changed-within", (asked.text,)))
        return _answer(YES, LISTED, changed, lists, asked)
    if YES in answers:
        why = (*why, Part("same-time"))
    return _answer(DISPUTED, LISTED, why, lists, asked)


def _not_no(case: Case, part: Interval) -> list[Event | Listing]:
    """What stands around the days of the date of which the lists of no other day say no."""
    # A no turns only where evidence begins or ends, and reaches the outer days last.
    touching = [each.when for each in case.evidence.lists if each.when.overlaps(part)]
    days = {part.first, part.last}
    days.update(when.first - _DAY for when in touching if when.first > part.first)
    days.update(when.last + _DAY for when in touching if when.last < part.last)
    around: list[Event | Listing] = []
    for day in sorted(days):
        day_alone = AsOf(Interval(day, day, day.isoformat()), case.as_of.last_known)
        one = case._replace(as_of=day_alone)
        if any(_overlaps(each, one.asked) for each in case.evidence.lists):
            continue
        before, after = on_side(one, before=True), on_side(one, before=False)
        if not _no_by_sides(one, before, after):
            around += [each for _, each in (*before, *after)]
    return list(dict.fromkeys(around))


def _no_by_sides(case: Case, before: Sequence[Sided], after: Sequence[Sided]) -> bool:
    """Whether what lies before a day and after it says no of it."""
    day = case.asked.first
    if any(says != NO for says, _ in (*before, *after)):
        return False
    if before and after:
        return True
    if not before:
        nos = _agreeing(case, NO, after, forward=False)
        return any(reaches_back(each, day) for each in nos)
    if only_not_at_founding(before):
        return False
    nos = _agreeing(case, NO, before)
    return case.as_of.last_known or day <= reach_forward(case.register, nos)[0]


def _overlaps(listing: Listing, asked: Interval) -> bool:
    """Whether a list was true at some time in the date, for certain."""
    # That a State was not at the founding says nothing of the days after it.
    if listing.founding_no and asked.last > listing.when.last:
        return False
    return listing.when.within(asked) if listing.moment else listing.when.overlaps(asked)


def _touches(listing: Listing, asked: Interval) -> bool:
    return listing.when.overlaps(asked) and not _overlaps(listing, asked)


def _told_apart(lists: Sequence[Listing]) -> bool:
    """Whether some list that has the State is of another time than all that do not."""
    without = [each for each in lists if each.answer != YES]
    return any(
        each.answer == YES and not any(each.when.overlaps(other.when) for other in without)
        for each in lists
    )


# 4. Between --------------------------------------------------------------------------


def between(case: Case, before: Sequence[Sided], after: Sequence[Sided]) -> Answer:
    """The nearest evidence before the date and after it."""
    both = list(dict.fromkeys([*before, *after]))
    answers = {says for says, _ in both}
    used = [each for _, each in both]
    if len(answers) == 1:
        return _answer(answers.pop(), BETWEEN, parts_of(both), used, case.asked)
    why = tuple(dict.fromkeys([*parts_of(before), *parts_of(after)]))
    return _answer(POSSIBLE, BETWEEN, why, used, case.asked)


def on_side(case: Case, before: bool) -> list[Sided]:
    """The nearest evidence on one side of the date, with whatever overlaps it there."""
    evidence, asked = case.evidence, case.asked
    wholly = [pair for pair in evidence.sided(before) if _wholly(pair[1].when, asked, before)]
    standing: list[Sided] = [
        (each.answer, each) for each in evidence.lists if _stands(each, asked, before)
    ]
    if not wholly:
        return standing
    ends = [each.when.last if before else each.when.first for _, each in wholly]
    nearest = max(ends) if before else min(ends)
    core = [each for (_, each), end in zip(wholly, ends, strict=True) if end == nearest]
    group = [pair for pair in wholly if any(pair[1].when.overlaps(each.when) for each in core)]
    return group + standing


def _wholly(when: Interval, asked: Interval, before: bool) -> bool:
    return when.before(asked) if before else when.after(asked)


def _stands(each: Listing, asked: Interval, before: bool) -> bool:
    """Whether a list that only touches the date stands on this side of it."""
    if not _touches(each, asked):
        return False
    if each.founding_no and not each.moment:
        return before
    reaches = each.when.first < asked.first if before else each.when.last > asked.last
    return reaches or asked.within(each.when)


# 5. Carried --------------------------------------------------------------------------


def carried_forward(case: Case, before: Sequence[Sided]) -> Answer:
    """Evidence from before the date alone: its answer, as far as it reaches."""
    found = _one_side(case, before, forward=True)
    if not case.as_of.last_known:
        day, proof = reach_forward(case.register, _agreeing(case, found.answer, before))
        if case.asked.last > day:
            return found._replace(answer=POSSIBLE, why=(*found.why, Part("too-long-before")))
        if proof and proof not in found.rests_on:
            # It proves that the list still held, not that anybody named the State again.
            date = str(proof.as_of)
            if proof.property == STATUS:
                part = Part("still-active", (date,), case.register.record.kind)
            else:
                part = Part("as-many", (date,), str(proof.value))
            found = found._replace(why=(*found.why, part), rests_on=(*found.rests_on, proof))
    return _unless_undated(case, found, before, forward=True)


def only_not_at_founding(before: Sequence[Sided]) -> bool:
    """Whether all that is known is that the State was not at the founding."""
    return all(isinstance(each, Listing) and each.founding_no for _, each in before)


def not_at_founding(case: Case, before: Sequence[Sided]) -> Answer:
    """That a State was not at the founding does not say that it never came."""
    evidence = case.evidence
    if not evidence.events and all(each.founding_no for each in evidence.lists):
        found = undated(case)
        if found is not None and found.answer != UNKNOWN:
            return found
    return _one_side(case, before, forward=True)._replace(answer=POSSIBLE)


def carried_back(case: Case, after: Sequence[Sided]) -> Answer:
    """Evidence from after the date alone: its answer, as far as it reaches."""
    found = _one_side(case, after, forward=False)
    agreeing = _agreeing(case, found.answer, after, forward=False)
    reaching = [each for each in agreeing if reaches_back(each, case.asked.first)]
    if not reaching:
        return found._replace(answer=POSSIBLE, why=(*found.why, Part("too-long-after")))
    crossed = [_founding_between(case, each) for each in reaching]
    founding = crossed[0]
    if founding and all(crossed):
        why = (*found.why, Part("founded-otherwise", (founding.when.text,)))
        claims = tuple(dict.fromkeys([*found.rests_on, founding.claim]))
        return found._replace(answer=POSSIBLE, why=why, rests_on=claims)
    return _unless_undated(case, found, after, forward=False)


def _founding_between(case: Case, each: Event | Listing) -> Dated | None:
    """One of several foundings over which a yes would be carried, from evidence after it."""
    foundings = case.register.foundings
    says = each.says(before=False) if isinstance(each, Event) else each.answer
    if says == NO or len({founding.when for founding in foundings}) < 2:
        return None
    for founding in reversed(foundings):
        if founding.when.first <= each.when.first and founding.when.last > case.asked.last:
            return founding
    return None


def _agreeing(
    case: Case, answer: str, side: Sequence[Sided], forward: bool = True
) -> list[Event | Listing]:
    """The evidence on one side, and what lies behind it, as long as nothing says otherwise."""
    every = case.evidence.sided(forward)
    behind = [pair for pair in every if _wholly(pair[1].when, case.asked, forward)]
    others = [each.when for says, each in behind if says != answer]
    if forward:
        end = max((when.last for when in others), default=date.min)
        run = [each for says, each in behind if says == answer and each.when.first > end]
    else:
        end = min((when.first for when in others), default=date.max)
        run = [each for says, each in behind if says == answer and each.when.last < end]
    return [*(each for _, each in side), *run]


def _one_side(case: Case, found: Sequence[Sided], forward: bool) -> Answer:
    answers = {says for says, _ in found}
    answer = answers.pop() if len(answers) == 1 else DISPUTED
    why = carried_parts(found, answer, forward)
    return _answer(answer, CARRIED, why, [each for _, each in found], case.asked)


def _unless_undated(case: Case, found: Answer, side: Sequence[Sided], forward: bool) -> Answer:
    """A carried answer is only possible where a list without a date contradicts it."""
    asked, register = case.asked, case.register
    if found.answer not in (YES, NO) or not register.any_dated_list:
        return found
    agreeing = sum(
        each.answer == found.answer
        and each.claim.property == register.capacity
        and (_wholly(each.when, asked, forward) or _stands(each, asked, forward))
        for each in case.evidence.lists
    )
    if not forward and agreeing >= 2:
        return found
    against = [
        each
        for each in case.evidence.undated
        if each.answer != found.answer
        and not _is_explained(case, each)
        and not _lies_behind(each, side, forward)
    ]
    if not against:
        return found
    claims = (*found.rests_on, *(each.claim for each in against))
    why = (*found.why, *undated_parts(against[:1]))
    return found._replace(answer=POSSIBLE, why=why, rests_on=claims)


def _is_explained(case: Case, each: Undated) -> bool:
    """Whether a joining or leaving explains an undated list: it may be of a later time."""
    if each.answer not in (YES, NO):
        return False
    member = each.answer == YES
    return any(
        event.when.after(case.asked) if event.joined == member else event.when.before(case.asked)
        for event in case.evidence.events
    )


def _lies_behind(each: Undated, side: Sequence[Sided], forward: bool) -> bool:
    """Whether its bounds place it beyond the evidence that is carried, as seen from the date."""
    if forward:
        return each.latest is not None and all(each.latest.before(e.when) for _, e in side)
    return each.earliest is not None and all(each.earliest.after(e.when) for _, e in side)


# 6. Undated lists --------------------------------------------------------------------


def undated(case: Case) -> Answer | None:
    """Lists without a date, where no dated one answers."""
    asked, lists, last_known = case.asked, case.evidence.undated, case.as_of.last_known
    if not lists:
        return None
    if case.register.any_dated_list and not last_known:
        return Answer(UNKNOWN, None, (*undated_parts(lists[:1]), Part("dated-silent")))
    early = [each for each in lists if each.earliest and asked.first < each.earliest.first]
    over = [e for e in lists if e.latest and asked.last > plus_years(e.latest.last, FORWARD_YEARS)]
    late = [] if last_known else over
    fitting = [each for each in lists if each not in early and each not in late]
    if not fitting:
        distance = Part("too-long-after" if early else "too-long-before")
        return Answer(POSSIBLE, UNDATED, (*undated_parts(lists[:1]), distance), _claims(lists))
    if len({each.answer for each in fitting}) > 1:
        return Answer(DISPUTED, UNDATED, (Part("undated-differ"),), _claims(fitting))
    return Answer(fitting[0].answer, UNDATED, undated_parts(fitting), _claims(fitting))


def _claims(lists: Iterable[Undated]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(each.claim for each in lists))


# 4 to 6, for a part of the date -------------------------------------------------------


def may_reach_a_part(register: Register, found: Answer, as_of: AsOf) -> bool:
    """Whether what reaches no further than into the date may be certain for a part of it."""
    asked = as_of.date
    one_day = as_of.last_known or asked.first == asked.last
    if one_day or found.basis not in (CARRIED, BETWEEN, UNDATED):
        return False
    if found.answer not in (POSSIBLE, DISPUTED):
        return False
    if found.answer == POSSIBLE and found.basis != BETWEEN:
        return True
    # What lies outside of it and contradicts itself does so for each of its days.
    return any(each.when and each.when.overlaps(asked) for each in register.entries)


def distance_to(register: Register, part: Answer, asked: Interval) -> int | None:
    """The distance of the evidence for a day of the date from all of the date."""
    dates = [e.when for e in register.entries if e.when and e.claim in part.rests_on]
    if not part.distance or not dates:
        return part.distance
    return min(_years_between(when, asked) for when in dates)


# 7. Body -----------------------------------------------------------------------------


def only_for_members(
    found: Answer, body: Answer, was_member: bool, rule: Claim, name: str
) -> Answer:
    """Where members of a body alone can be members: no longer than the body has the State."""
    if body.answer != NO or found.basis == LISTED or found.answer in (NO, UNKNOWN):
        return found
    answer = POSSIBLE if was_member else NO
    moved = body.why[0].code in ("left", "joined")
    limit = (Part("only-for-which" if moved else "only-for", extra=name), *body.why)
    why = limit if answer == NO else (*found.why, *limit)
    basis = EVENT if found.basis is None else body.basis
    claims = tuple(dict.fromkeys([*found.rests_on, rule, *body.rests_on]))
    known = body.last_known or found.last_known
    return Answer(answer, basis, why, claims, known, body.distance)


# 8. Nothing --------------------------------------------------------------------------


def nothing(case: Case) -> Answer:
    """No evidence at all."""
    part = Part("list-incomplete" if case.evidence.breaks_off else "no-list")
    return Answer(UNKNOWN, None, (part,))


def explained(case: Case, found: Answer) -> Answer:
    """The answer with the joining or leaving near it, which belongs to the reason, too."""
    if found.answer not in (YES, NO) or found.basis not in (BETWEEN, CARRIED):
        return found
    member, events, asked = found.answer == YES, case.evidence.events, case.asked
    before = [e for e in events if e.when.before(asked) and e.joined == member]
    after = [e for e in events if e.when.after(asked) and e.joined != member]
    joining = max(before, key=lambda e: e.when.last, default=None)
    leaving = min(after, key=lambda e: e.when.first, default=None)
    for event in (joining, leaving):
        if event and event.claim not in found.rests_on:
            found = found._replace(
                why=(*found.why, event_part(event)),
                rests_on=(*found.rests_on, event.claim),
            )
    return found
