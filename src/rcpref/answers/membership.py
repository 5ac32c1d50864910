"""Who was a member, and who was in the chair, at a date.

Pure functions over the claims of one record. The rules are those that docs/membership.md
explains, in its order; every answer says on which claims it rests. A tier never
decides, and the clock is never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rcpref.dates import Interval, parse, period

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

CHAIRS = ("chair", "co_chair", "parent_body_chair")
"""Properties that are claimed by terms and mentions."""

CHAIR_KINDS = ("process", "forum")
"""Kinds of records whose chair changes; a meeting has one chair, once."""

YES, NO, POSSIBLE, DISPUTED, UNKNOWN = "yes", "no", "possible", "disputed", "unknown"

ANSWERS = (YES, POSSIBLE, DISPUTED, NO, UNKNOWN)
"""All answers, the certain one first."""

BASES = ("listed", "event", "between", "carried", "undated")
"""What an answer can rest on; an unknown one rests on nothing."""

CARRY_YEARS = 10
"""Over more years than this a list is carried as possible only."""


class Answer(NamedTuple):
    """Whether a State was a member at some time in the date asked for.

    Attributes:
        answer: yes, possible, disputed, no or unknown; the rules are those of
            docs/membership.md.
        basis: listed (lists of that time), event (a joining, leaving or founding),
            between (evidence before and after), carried (evidence on one side), undated
            (lists without a date); None where nothing is known.
        reason: The reason in words.
        rests_on: The claims that it rests on.
    """

    answer: str
    basis: str | None
    reason: str
    rests_on: tuple[Claim, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is a certain yes."""
        return self.answer == YES

    def __bool__(self) -> bool:
        """Refused: an answer is not just yes or no.

        Raises:
            TypeError: Always.
        """
        raise TypeError("an answer is one of five: ask for .certain, or compare .answer")


class Holder(NamedTuple):
    """Who was in the chair at some time in the date asked for.

    Attributes:
        states: Alpha-3 codes; several for co-chairs.
        answer: yes or possible.
        basis: listed (a term or mention covers it), between or carried.
        reason: The reason in words.
        rests_on: The claims that it rests on.
    """

    states: tuple[str, ...]
    answer: str
    basis: str
    reason: str
    rests_on: tuple[Claim, ...]


class _Event(NamedTuple):
    """A joining or a leaving of one State, with its date."""

    when: Interval
    joined: bool
    claim: Claim

    @property
    def words(self) -> str:
        verb = "joined" if self.joined else "left"
        some_time = "some time in " if "/" in self.when.text else ""
        return f"{verb} {some_time}{self.when.text}"


class _List(NamedTuple):
    """What one dated list says of one State."""

    when: Interval
    says: str
    claim: Claim


class _Proof(NamedTuple):
    """Evidence on one side of the date asked for."""

    says: str
    source: _Event | _List


class _Evidence(NamedTuple):
    """All that a record says of one State."""

    events: list[_Event]
    lists: list[_List]
    undated: list[tuple[str, Claim]]
    any_dated_list: bool
    breaks_off: bool


CAPACITIES = (
    "members",
    "associate_members",
    "observers",
    "participating_states",
    "partner_states",
    "candidate_states",
    "invited_states",
)
"""Properties that list States in some capacity. Only `members` answers for membership."""

_EVENTS = {"members": ("member_joined", "member_left")}


def states_named(record: Record, key: str = "members") -> list[str]:
    """Alpha-3 codes of the States that any claim on membership names, sorted.

    Args:
        record: A process, body or organization.
        key: One of `CAPACITIES`.
    """
    return _named_in(_claims_on(record, key))


def _named_in(claims: Iterable[Claim]) -> list[str]:
    named: set[str] = set()
    for claim in claims:
        named.update(claim.values)
        named.update(claim.disputed)
    return sorted(named)


def _claims_on(record: Record, key: str) -> list[Claim]:
    """The lists of a capacity, and the joinings and leavings."""
    keys = (key, *_EVENTS.get(key, ()))
    return [claim for claim in record.claims if claim.property in keys]


def members_at(record: Record, asked: Interval, key: str = "members") -> dict[str, Answer]:
    """The answer for every State that a membership claim of the record names.

    Args:
        record: A process, body or organization.
        asked: The date.
        key: One of `CAPACITIES`.

    Returns:
        Answers by alpha-3 code, sorted by code.
    """
    claims = _claims_on(record, key)
    answers: dict[str, Answer] = {}
    # An answer rests on nothing but what each claim says: most members share one.
    found: dict[tuple[str | None, ...], Answer] = {}
    for state in _named_in(claims):
        said = tuple(_says(claim, state, key) for claim in claims)
        if said not in found:
            found[said] = _answer(record, claims, said, asked, key)
        answers[state] = found[said]
    return answers


def member_at(record: Record, state: str, asked: Interval, key: str = "members") -> Answer:
    """Whether a State was a member at some time in a date.

    Args:
        record: A process, body or organization.
        state: Alpha-3 code.
        asked: The date.
        key: One of `CAPACITIES`: the lists that are asked.

    Returns:
        The answer by the first rule that gives one.
    """
    claims = _claims_on(record, key)
    return _answer(record, claims, [_says(claim, state, key) for claim in claims], asked, key)


def _answer(
    record: Record,
    claims: Sequence[Claim],
    said: Sequence[str | None],
    asked: Interval,
    key: str,
) -> Answer:
    """The answer for a State of which each claim says so much."""
    founding = not_yet_founded(record, asked)
    if founding:
        return Answer(NO, "event", f"founded {founding.value}", (founding,))
    founded = [parse(str(c.value)) for c in record.claims if c.property == "founded"]
    evidence = _gather(claims, said, key)
    found = _event_in(evidence, asked)
    if found is None:
        found = _listed(evidence, asked)
    if found is not None:
        return found
    before = _side(evidence, asked, before=True)
    after = _side(evidence, asked, before=False)
    if before and after:
        return _explained(_between(before, after), evidence, asked)
    if before or after:
        carried = _carried(before or after, asked, bool(before), founded)
        checked = _against_undated(carried, evidence, asked, bool(before))
        return _explained(checked, evidence, asked)
    return _undated(evidence)


def named_at(record: Record, state: str, asked: Interval) -> Answer:
    """The same for a State that the record may never have named.

    By the rules, a State is possible wherever the last list that does not have it is more
    than ten years old. Of one that no claim of the record has ever named, that would say
    too much beside those that were members once: there it is unknown, for that reason.
    """
    answer = member_at(record, state, asked)
    if answer.answer == POSSIBLE and state not in states_named(record):
        return Answer(UNKNOWN, None, answer.reason)
    return answer


def not_yet_founded(record: Record, asked: Interval) -> Claim | None:
    """The claim on the earliest founding, if the date ends before it."""
    founded = [(parse(str(c.value)), c) for c in record.claims if c.property == "founded"]
    first = min(founded, key=lambda pair: pair[0].first, default=None)
    return first[1] if first and asked.last < first[0].first else None


def whole_list(record: Record) -> bool:
    """Whether any list of its members was read whole."""
    return any(c.property == "members" and c.complete is not False for c in record.claims)


def _gather(claims: Sequence[Claim], said: Sequence[str | None], key: str) -> _Evidence:
    events, lists, undated = [], [], []
    any_dated_list = breaks_off = False
    for claim, says in zip(claims, said, strict=True):
        if claim.property != key:
            if says == YES and claim.as_of:
                joined = claim.property == "member_joined"
                events.append(_Event(parse(claim.as_of), joined, claim))
        else:
            any_dated_list = any_dated_list or claim.as_of is not None
            if says is None:
                breaks_off = True
            elif claim.as_of:
                lists.append(_List(parse(claim.as_of), says, claim))
            else:
                undated.append((says, claim))
    # A list of the time of a change may have been made before or after it.
    lists = [each for each in lists if not any(each.when.overlaps(e.when) for e in events)]
    return _Evidence(events, lists, undated, any_dated_list, breaks_off)


def _says(claim: Claim, state: str, key: str) -> str | None:
    """What a list says of a State; None where it is silent.

    Of a joining or leaving: yes, if it is that of the State.
    """
    if claim.property != key:
        return YES if state in claim.values else None
    if state in claim.disputed:
        return DISPUTED
    if state in claim.values:
        return YES
    return None if claim.complete is False else NO


# Evidence inside the date ------------------------------------------------------------


def _event_in(evidence: _Evidence, asked: Interval) -> Answer | None:
    inside = [event for event in evidence.events if event.when.within(asked)]
    touching = [event for event in evidence.events if event.when.overlaps(asked)]
    if not touching:
        return None
    used = inside or touching
    reason = "; ".join(dict.fromkeys(event.words for event in used))
    claims = tuple(event.claim for event in used)
    return Answer(YES if inside else POSSIBLE, "event", reason, claims)


def _overlaps(each: _List, asked: Interval) -> bool:
    """A list dated a/b was true at one moment: it overlaps only a date that contains it."""
    if "/" in each.when.text:
        return each.when.within(asked)
    return each.when.overlaps(asked)


def _listed(evidence: _Evidence, asked: Interval) -> Answer | None:
    lists = [each for each in evidence.lists if _overlaps(each, asked)]
    if not lists:
        return None
    claims = tuple(each.claim for each in lists)
    said = {each.says for each in lists}
    reason = _in_words([_Proof(each.says, each) for each in lists])
    if len(said) == 1:
        return Answer(lists[0].says, "listed", reason, claims)
    apart = any(
        each.says == YES
        and not any(each.when.overlaps(other.when) for other in lists if other.says != YES)
        for each in lists
    )
    if apart:
        return Answer(YES, "listed", f"{reason}: it changed within {asked.text}", claims)
    if YES in said:
        reason += ", for the same time"
    return Answer(DISPUTED, "listed", reason, claims)


# Evidence on both sides or one -------------------------------------------------------


def _side(evidence: _Evidence, asked: Interval, *, before: bool) -> list[_Proof]:
    """The nearest evidence on one side of the date, with whatever overlaps it there."""
    wholly: list[_Proof] = []
    standing: list[_Proof] = []
    for event in evidence.events:
        if _wholly(event.when, asked, before):
            wholly.append(_Proof(YES if event.joined == before else NO, event))
    for each in evidence.lists:
        if _wholly(each.when, asked, before):
            wholly.append(_Proof(each.says, each))
        elif _stands(each, asked, before):
            standing.append(_Proof(each.says, each))
    if not wholly:
        return standing
    ends = [_edge(proof, before) for proof in wholly]
    nearest = max(ends) if before else min(ends)
    core = [proof for proof, end in zip(wholly, ends, strict=True) if end == nearest]
    group = [
        proof for proof in wholly if any(proof.source.when.overlaps(c.source.when) for c in core)
    ]
    return group + standing


def _wholly(when: Interval, asked: Interval, before: bool) -> bool:
    return when.before(asked) if before else when.after(asked)


def _stands(each: _List, asked: Interval, before: bool) -> bool:
    """Whether a list dated a/b, which does not overlap the date, stands on this side of it."""
    if not each.when.overlaps(asked) or _overlaps(each, asked):
        return False
    reaches = each.when.first < asked.first if before else each.when.last > asked.last
    return reaches or asked.within(each.when)


def _edge(proof: _Proof, before: bool) -> date:
    when = proof.source.when
    return when.last if before else when.first


def _claims(proofs: Iterable[_Proof]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(proof.source.claim for proof in proofs))


def _between(before: list[_Proof], after: list[_Proof]) -> Answer:
    proofs = list(dict.fromkeys([*before, *after]))
    said = {proof.says for proof in proofs}
    if len(said) == 1:
        return Answer(said.pop(), "between", _in_words(proofs), _claims(proofs))
    reason = "; ".join(dict.fromkeys([*_words_of(before), *_words_of(after)]))
    return Answer(POSSIBLE, "between", reason, _claims(proofs))


def _carried(
    proofs: list[_Proof], asked: Interval, forward: bool, founded: Sequence[Interval]
) -> Answer:
    said = {proof.says for proof in proofs}
    answer = said.pop() if len(said) == 1 else DISPUTED
    reason = _carried_words(proofs, answer, forward)
    if all(isinstance(proof.source, _List) for proof in proofs):
        if forward:
            last = max(proof.source.when.last for proof in proofs)
            too_far = asked.first > _plus_years(last, CARRY_YEARS)
        else:
            first = min(proof.source.when.first for proof in proofs)
            too_far = first > _plus_years(asked.last, CARRY_YEARS)
        if too_far:
            answer = POSSIBLE
            reason += f", more than {CARRY_YEARS} years {'before' if forward else 'after'}"
    if answer == YES and not forward and len(founded) > 1:
        last = max(proof.source.when.last for proof in proofs)
        crossed = [f for f in founded if asked.last < f.first <= last]
        if crossed:
            answer = POSSIBLE
            reason += f"; founded {crossed[0].text} by one account"
    return Answer(answer, "carried", reason, _claims(proofs))


def _plus_years(day: date, years: int) -> date:
    """The same day so many years later; the last of the calendar if there is none."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _carried_words(proofs: list[_Proof], answer: str, forward: bool) -> str:
    if len(proofs) == 1 and isinstance(proofs[0].source, _List):
        text = _listed_date(proofs[0].source)
        if answer == YES:
            return f"{'last' if forward else 'first'} listed {text}"
        if answer == NO:
            return f"not in the {'last' if forward else 'first'} list, of {text}"
    return _in_words(proofs)


# Undated lists -----------------------------------------------------------------------


def _against_undated(
    carried: Answer, evidence: _Evidence, asked: Interval, forward: bool
) -> Answer:
    """A carried answer is only possible where an undated list contradicts it."""
    if carried.answer not in (YES, NO):
        return carried
    against = [
        (says, claim)
        for says, claim in evidence.undated
        if says != carried.answer and not _is_explained(says, evidence, asked)
    ]
    agreeing = sum(
        each.says == carried.answer
        and (_wholly(each.when, asked, forward) or _stands(each, asked, forward))
        for each in evidence.lists
    )
    if not against or agreeing >= 2:
        return carried
    says, _ = against[0]
    words = {YES: "in an undated list", NO: "not in an undated list"}
    return Answer(
        POSSIBLE,
        "carried",
        f"{carried.reason}; {words.get(says, 'disputed in an undated list')}",
        (*carried.rests_on, *(claim for _, claim in against)),
    )


def _is_explained(says: str, evidence: _Evidence, asked: Interval) -> bool:
    """Whether a joining or leaving explains an undated list that says otherwise.

    A list with a State in it does not contradict that it was out before it joined: the
    list may be of a later time.
    """
    if says not in (YES, NO):
        return False
    return any(
        (event.joined == (says == YES) and event.when.after(asked))
        or (event.joined != (says == YES) and event.when.before(asked))
        for event in evidence.events
    )


def _undated(evidence: _Evidence) -> Answer:
    """No dated evidence at all: undated lists answer, or nobody knows."""
    said = {says for says, _ in evidence.undated}
    claims = tuple(claim for _, claim in evidence.undated)
    if said and not evidence.any_dated_list:
        if len(said) > 1:
            return Answer(DISPUTED, "undated", "undated lists contradict each other", claims)
        says = said.pop()
        words = {YES: "in", NO: "not in"}.get(says, "disputed in")
        lists = "an undated list" if len(claims) == 1 else f"{len(claims)} undated lists"
        return Answer(says, "undated", f"{words} {lists}", claims)
    if said & {YES, DISPUTED}:
        claims = tuple(claim for says, claim in evidence.undated if says != NO)
        return Answer(POSSIBLE, "undated", "in an undated list; the dated ones are silent", claims)
    if evidence.breaks_off:
        return Answer(UNKNOWN, None, "not among the names read; the list is incomplete")
    # A dated list that was read whole speaks of every State, or a joining or leaving does
    # in its place: where there is one, there was an answer.
    return Answer(UNKNOWN, None, "no list is known")


# Words -------------------------------------------------------------------------------


def _in_words(proofs: Sequence[_Proof]) -> str:
    """Evidence in words: "joined 2005-09; in the lists of 2011-04-21 and 2013-10-21"."""
    return "; ".join(_words_of(proofs))


def _words_of(proofs: Sequence[_Proof]) -> list[str]:
    """The same, part by part."""
    parts = list(dict.fromkeys(p.source.words for p in proofs if isinstance(p.source, _Event)))
    for says, words in ((YES, "in"), (NO, "not in"), (DISPUTED, "marked as disputed in")):
        dates = list(
            dict.fromkeys(
                _listed_date(p.source)
                for p in proofs
                if isinstance(p.source, _List) and p.says == says
            )
        )
        if dates:
            lists = "the list of" if len(dates) == 1 else "the lists of"
            parts.append(f"{words} {lists} {_and(dates)}")
    return parts


def _listed_date(listed: _List) -> str:
    made = " [derived by the editors]" if listed.claim.derived else ""
    return f"{listed.when.text}{made}"


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _explained(found: Answer, evidence: _Evidence, asked: Interval) -> Answer:
    """The answer with the joining or leaving that a reader would want to know of.

    The nearest lists may decide; that a State joined three years later, or had left,
    still belongs to the reason.
    """
    if found.answer not in (YES, NO):
        return found
    member = found.answer == YES
    before = [e for e in evidence.events if e.when.before(asked) and e.joined == member]
    after = [e for e in evidence.events if e.when.after(asked) and e.joined != member]
    for event in (
        max(before, key=lambda e: e.when.last, default=None),
        min(after, key=lambda e: e.when.first, default=None),
    ):
        if event and event.claim not in found.rests_on:
            found = found._replace(
                reason=f"{found.reason}; {event.words}",
                rests_on=(*found.rests_on, event.claim),
            )
    return found


# The chair ---------------------------------------------------------------------------


class _Term(NamedTuple):
    """One claim on the chair.

    Attributes:
        states: Who.
        start: The first day for which it certainly holds, by which terms are ordered.
        certain: Days for which it certainly holds; None if there are none.
        possible: Days for which it may hold.
        closed: Whether its end is known.
        mention: Whether it is a single mention and not a term.
        claim: The claim.
    """

    states: tuple[str, ...]
    start: date
    certain: Interval | None
    possible: Interval
    closed: bool
    mention: bool
    claim: Claim


_DAY = timedelta(days=1)


def chairs_at(record: Record, asked: Interval, key: str = "chair") -> list[Holder]:
    """Who was in the chair at some time in a date.

    Args:
        record: A process or a forum.
        asked: The date.
        key: The property, `chair` or one that is claimed in the same way.

    Returns:
        The holders, sorted by codes, the certain ones first; several where terms meet
        within the date, or where the margins of two terms do. Empty where nothing
        covers the date.
    """
    read = [term for c in record.claims if c.property == key and (term := _term(c))]
    terms = sorted(
        (_proved(term, read) for term in read),
        key=lambda term: (term.start, term.possible.first),
    )
    found: dict[tuple[str, ...], Holder] = {}
    for index, term in enumerate(terms):
        holder = _direct(term, asked) or _carried_chair(terms, index, asked)
        if holder is None:
            continue
        known = found.get(holder.states)
        if known is None or (known.answer != YES and holder.answer == YES):
            found[holder.states] = holder
        elif known.answer == holder.answer:
            # Terms come in order of time: the later one has the newest proof.
            claims = dict.fromkeys([*known.rests_on, *holder.rests_on])
            found[holder.states] = holder._replace(rests_on=tuple(claims))
    return sorted(found.values(), key=lambda holder: (holder.answer != YES, holder.states))


def _term(claim: Claim) -> _Term | None:
    states = tuple(sorted(claim.values))
    if claim.from_ is None and claim.until is None:
        if claim.as_of is None:
            return None
        when = parse(claim.as_of)
        return _Term(states, when.first, when, when, False, True, claim)
    begins = parse(claim.from_) if claim.from_ else None
    ends = parse(claim.until) if claim.until else None
    possible = period(claim.from_, claim.until)
    assert possible is not None
    if begins and ends and ends.last < begins.first:
        return None
    sure_from = begins.last if begins else ends.first if ends else date.min
    sure_to = ends.first if ends else begins.last if begins else date.max
    if claim.as_of:
        # A proof within the term: it certainly holds up to then.
        sure_to = max(sure_to, parse(claim.as_of).first)
    certain = Interval(sure_from, sure_to, claim.date) if sure_from <= sure_to else None
    # A term of 1991 until 1991 may have been over on its first days: by them it is placed.
    start = min(sure_from, sure_to)
    return _Term(states, start, certain, possible, ends is not None, False, claim)


def _proved(term: _Term, terms: Sequence[_Term]) -> _Term:
    """The term, certain up to the last mention of the same State within it."""
    if not term.closed or not term.certain:
        return term
    proofs = [
        other.possible.first
        for other in terms
        if other.mention
        and other.states == term.states
        and term.certain.last < other.possible.first <= term.possible.last
    ]
    if not proofs:
        return term
    return term._replace(certain=term.certain._replace(last=max(proofs)))


def _direct(term: _Term, asked: Interval) -> Holder | None:
    """What a term or mention says of the date by itself."""
    words = _chair_words(term)
    one_moment = term.mention and "/" in term.possible.text
    if term.mention:
        if term.possible.overlaps(asked):
            sure = term.possible.within(asked) if one_moment else True
            return Holder(term.states, YES if sure else POSSIBLE, "listed", words, (term.claim,))
        return None
    if term.certain and term.certain.overlaps(asked):
        return Holder(term.states, YES, "listed", words, (term.claim,))
    if _sure_within(term, asked):
        return Holder(term.states, YES, "listed", words, (term.claim,))
    if term.closed and term.claim.from_ is not None and term.possible.overlaps(asked):
        return Holder(term.states, POSSIBLE, "listed", words, (term.claim,))
    begins = term.claim.from_
    if not term.closed and begins and parse(begins).overlaps(asked):
        return Holder(term.states, POSSIBLE, "listed", words, (term.claim,))
    if term.closed and term.claim.until and parse(term.claim.until).overlaps(asked):
        return Holder(term.states, POSSIBLE, "listed", words, (term.claim,))
    return None


def _sure_within(term: _Term, asked: Interval) -> bool:
    """Whether every reading of the edges gives a day in the date (2021 to 2021 in 2021)."""
    edges = (term.claim.from_, term.claim.until)
    return any(parse(text).within(asked) for text in edges if text)


def _chair_words(term: _Term) -> str:
    claim = term.claim
    if term.mention:
        return f"named in {claim.as_of}"
    if claim.from_ and claim.until:
        return f"in the chair from {claim.from_} until {claim.until}"
    return f"in the chair {'from' if claim.from_ else 'until'} {claim.from_ or claim.until}"


def _carried_chair(terms: Sequence[_Term], index: int, asked: Interval) -> Holder | None:
    """What an open term or a mention says of a time after it, up to the next claim."""
    term = terms[index]
    if term.claim.from_ is None and not term.mention:
        return _back(terms, index, asked)
    if term.closed or _inside_closed(terms, term):
        return None
    proof = term.certain.last if term.certain else term.possible.first
    later = terms[index + 1 :]
    if asked.last <= proof:
        return None
    if any(term.start < t.start <= proof and t.states != term.states for t in later):
        # Another State follows within the date of this very mention.
        return None
    after = [t for t in later if t.start > proof]
    following = next((t for t in after if t.states != term.states), None)
    if after and (following is None or after[0].start < following.start):
        following = after[0]
    if following is None:
        words = f"{_chair_words(term)}; no later claim on the chair"
        return Holder(term.states, POSSIBLE, "carried", words, (term.claim,))
    if asked.first >= following.start:
        return None
    words = f"{_chair_words(term)}; {_name_of(following, term)}"
    claims = (term.claim, following.claim)
    if following.states == term.states:
        return Holder(term.states, YES, "between", words, claims)
    return Holder(term.states, POSSIBLE, "carried", words, claims)


def _name_of(following: _Term, term: _Term) -> str:
    if following.states == term.states:
        return f"again {_chair_words(following)}"
    return f"next {', '.join(following.states)}, {_chair_words(following)}"


def _inside_closed(terms: Sequence[_Term], term: _Term) -> bool:
    """Whether a closed term of the same State tells the end: then that term speaks."""
    return any(
        other.closed and other.states == term.states and _tells_end(other, term) for other in terms
    )


def _tells_end(closed: _Term, term: _Term) -> bool:
    if term.mention:
        return term.possible.within(closed.possible)
    return closed.start >= term.start and closed.possible.overlaps(term.certain or term.possible)


def _back(terms: Sequence[_Term], index: int, asked: Interval) -> Holder | None:
    """A term of which only the end is known: possible back to the claim before it."""
    term = terms[index]
    earlier = [t for t in terms[:index] if t.certain]
    since = max((t.certain.last for t in earlier if t.certain), default=date.min)
    if asked.last <= since or asked.first > term.possible.last:
        return None
    return Holder(term.states, POSSIBLE, "carried", _chair_words(term), (term.claim,))
