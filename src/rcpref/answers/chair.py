"""Who was in the chair of a process or forum: at a date, or as last known.

Pure functions over the claims of one record; docs/membership.md explains the rules.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import BETWEEN, CARRIED, LISTED, POSSIBLE, UNDATED, YES
from rcpref.answers.membership.evidence import plus_years
from rcpref.answers.time import AsOf
from rcpref.answers.validity import when
from rcpref.dates import Interval, parse, period
from rcpref.model import DERIVED

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

CHAIRS = ("chair", "co_chair", "parent_body_chair")
"""Properties that are claimed by terms and mentions."""

CHAIR_ANSWERS = (YES, POSSIBLE)
"""What an answer on the chair can be."""

CHAIR_BASES = (LISTED, BETWEEN, CARRIED, UNDATED)
"""What an answer on the chair can rest on."""

CHAIR_KINDS = ("process", "forum")
"""Kinds of records whose chair changes; a meeting has one chair, once."""


class Holder(NamedTuple):
    """Who was in the chair at some time in the date asked for.

    Attributes:
        states: Alpha-3 codes; several for co-chairs.
        answer: yes or possible.
        basis: listed (a term or mention covers it), between, carried or undated.
        reason: The reason in words.
        rests_on: The claims that it rests on.
        last_known: Date of the newest claim that it rests on, as it is written: that of
            the last proof, or until when the term was to run; None where it has no date.
    """

    states: tuple[str, ...]
    answer: str
    basis: str
    reason: str
    rests_on: "tuple[Claim, ...]"
    last_known: str | None = None


class ChairTerm(NamedTuple):
    """A time for which claims place the same States in the chair, with no others between.

    Attributes:
        record: Id of the record.
        short_name: Its short name.
        states: Alpha-3 codes; several for co-chairs.
        since: Since when it is said to run, as a prefix date; None where that is not said.
        until: Until when; None where that is not said, which is not today.
        first: First day of which the claims can speak.
        last: Last day of which they can speak; of a term without an end, that of the last
            proof.
        rests_on: The claims.
    """

    record: str
    short_name: str
    states: tuple[str, ...]
    since: str | None
    until: str | None
    first: date
    last: date
    rests_on: "tuple[Claim, ...]"


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
        who: A number for the States, the same in all terms of one record: of many claims on
            many States, to compare the States themselves would take long.
    """

    states: tuple[str, ...]
    start: date
    certain: Interval | None
    possible: Interval
    closed: bool
    mention: bool
    claim: "Claim"
    who: int = 0


def chairs(record: "Record", as_of: AsOf, key: str = "chair") -> list[Holder]:
    """Who was in the chair: at some time in a date, or as last known.

    Args:
        record: A process or a forum.
        as_of: The date.
        key: The property, `chair` or one that is claimed in the same way.

    Returns:
        The holders, the certain ones first; empty where nothing covers the date. As last
        known: the certain holders at the date of the data; where there is none, those of the
        newest claim from before it, with its date, or those of undated claims where no claim
        has a date.
    """
    return (_last_known if as_of.last_known else _at)(record, as_of.date, key)


def _at(record: "Record", asked: Interval, key: str) -> list[Holder]:
    """Several where terms meet within the date, or where the margins of two terms do."""
    terms = _terms(record, key)
    found: dict[tuple[str, ...], Holder] = {}
    claims: dict[tuple[str, ...], dict[Claim, None]] = {}
    closed = [term for term in terms if term.closed]
    for index, term in enumerate(terms):
        holder = _direct(term, asked)
        if holder is None and not _inside(closed, term):
            holder = _carried_chair(terms, index, asked)
        if holder is None:
            continue
        known = found.get(holder.states)
        if known is None or (known.answer != YES and holder.answer == YES):
            found[holder.states] = holder
            claims[holder.states] = dict.fromkeys(holder.rests_on)
        elif known.answer == holder.answer:
            # Terms come in order of time: the later one has the newest proof. What a source
            # says itself goes before what the editors inferred.
            if known.rests_on[0].derived or not holder.rests_on[0].derived:
                found[holder.states] = holder
            claims[holder.states].update(dict.fromkeys(holder.rests_on))
    every = [holder._replace(rests_on=tuple(claims[states])) for states, holder in found.items()]
    dated = [holder._replace(last_known=_newest(_own(holder))) for holder in every]
    return sorted(dated, key=lambda holder: (holder.answer != YES, holder.states))


def _last_known(record: "Record", day: Interval, key: str) -> list[Holder]:
    """The certain holders at the date of the data, else those of the newest claim."""
    certain = [holder for holder in _at(record, day, key) if holder.answer == YES]
    if certain:
        return certain
    terms = [term for term in _terms(record, key) if term.possible.first <= day.last]
    if not terms:
        return _undated(record, key)
    last = max(terms, key=lambda term: (_proof_day(term), term.start))
    known = [each for each in terms if each.who == last.who and _meet(each, last)]
    claims = tuple(dict.fromkeys(each.claim for each in known))
    words = f"{_chair_words(last)}; no later claim on the chair"
    return [Holder(last.states, YES, CARRIED, words, claims, _newest((last.claim,)))]


def _undated(record: "Record", key: str) -> list[Holder]:
    """The holders by claims without a date; those that say the same are one."""
    found: dict[tuple[tuple[str, ...], str], list[Claim]] = {}
    for claim in record.claims_of(key):
        if not claim.date:
            said = tuple(sorted(claim.values)), _undated_words(claim)
            found.setdefault(said, []).append(claim)
    return [
        Holder(states, YES, UNDATED, words, tuple(claims))
        for (states, words), claims in found.items()
    ]


def chair_terms(record: "Record") -> list[ChairTerm]:
    """Who was in the chair one after the other, as far as claims with a date say.

    Claims that name the same States are one term where no other States are named between
    them, unless one of them says that it had ended before the next.

    Args:
        record: A process or a forum.

    Returns:
        The terms in order of time. Two sources that disagree make two terms of one time.
    """
    runs: list[list[_Term]] = []
    for term in _terms(record, "chair"):
        same = [run for run in runs if run[0].who == term.who]
        if same and _runs_on(same[-1], term, same[-1] is runs[-1]):
            same[-1].append(term)
        else:
            runs.append([term])
    return [_chair_term(record, run) for run in runs]


def _runs_on(run: Sequence[_Term], term: _Term, newest: bool) -> bool:
    """Whether a claim belongs to a run of earlier ones on the same States."""
    ends = [each.possible.last for each in run if each.closed]
    return term.start <= max(ends) if ends else newest


def _chair_term(record: "Record", run: Sequence[_Term]) -> ChairTerm:
    known = [each.possible.first for each in run if each.possible.first != date.min]
    proofs = [_proof_day(each) for each in run]
    ends = [each.possible.last for each in run if each.closed or each.mention]
    claims = tuple(dict.fromkeys(each.claim for each in run))
    return ChairTerm(
        record.id,
        record.short_name,
        run[0].states,
        next((claim.from_ for claim in claims if claim.from_), None),
        next((claim.until for claim in reversed(claims) if claim.until), None),
        min([*known, *(each.start for each in run)]),
        max([*proofs, *ends]),
        claims,
    )


def next_chairs(record: "Record", holders: Sequence[Holder]) -> "list[Claim]":
    """The claims on who follows in the chair, as far as they are not overtaken.

    Args:
        record: The record.
        holders: Who is known to be in the chair.

    Returns:
        Claims on `next_chair` from the time of the holders, or from the year before their
        first claim, that do not name the holders themselves.
    """
    proofs = [time for holder in holders for claim in holder.rests_on if (time := when(claim))]
    if not proofs:
        return []
    start = min(proofs, key=lambda time: time.first)
    return [
        claim
        for claim in record.claims_of("next_chair")
        if claim.as_of
        and plus_years(parse(claim.as_of).last, 1) >= start.first
        and not any(set(claim.values) <= set(holder.states) for holder in holders)
    ]


def turns(record: "Record") -> list[date]:
    """The days on which the answer on the chair can turn: between two of them nothing changes.

    Args:
        record: A process or a forum.

    Returns:
        The days, in their order; more of them than there are changes.
    """
    texts = {
        text
        for claim in record.claims_of("chair")
        for text in (claim.as_of, claim.from_, claim.until)
        if text
    }
    whens = [parse(text) for text in texts]
    return sorted({day for when in whens for day in (when.first, when.last)})


def _own(holder: Holder) -> "list[Claim]":
    """The claims that place the holder in the chair: not the one that names who was next."""
    return [each for each in holder.rests_on if tuple(sorted(each.values)) == holder.states]


def _newest(claims: "Sequence[Claim]") -> str | None:
    """Until when the newest of some claims says that it held, or when it was made."""
    dated = [(time, claim) for claim in claims if (time := when(claim))]
    if not dated:
        return None
    claim = max(dated, key=lambda pair: (pair[0].first, pair[0].last))[1]
    return claim.until or claim.as_of or claim.from_


def _terms(record: "Record", key: str) -> list[_Term]:
    """The claims on the chair that can be placed in time, in its order."""
    numbers: dict[tuple[str, ...], int] = {}
    read = [
        term._replace(who=numbers.setdefault(term.states, len(numbers)))
        for claim in record.claims_of(key)
        if (term := _term(claim))
    ]
    return sorted(
        (_followed(term, read) if term.mention else _proved(term, read) for term in read),
        key=lambda term: (term.start, term.possible.first),
    )


def _proof_day(term: _Term) -> date:
    """The last day for which a claim proves that its States were in the chair."""
    if term.mention:
        return term.possible.first
    return term.certain.last if term.certain else term.start


def _meet(one: _Term, two: _Term) -> bool:
    return one.possible.overlaps(two.possible) or one.claim is two.claim


def _term(claim: "Claim") -> _Term | None:
    states = tuple(sorted(claim.values))
    if claim.from_ is None and claim.until is None:
        if claim.as_of is None:
            return None
        at = parse(claim.as_of)
        return _Term(states, at.first, at, at, False, True, claim)
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


def _followed(term: _Term, terms: Sequence[_Term]) -> _Term:
    """The mention of a year or month, up to another State that follows within it."""
    named = term.possible
    if _moment(term) or named.first == named.last:
        return term
    others = [
        other
        for other in terms
        if other.who != term.who and named.first < other.possible.first <= named.last
    ]
    if not others:
        return term
    # From the first day on which another may have begun, to that by which one has.
    sure = min(other.possible.first for other in others) - timedelta(days=1)
    begun = min(parse(other.claim.from_ or other.possible.text).last for other in others)
    return term._replace(
        certain=named._replace(last=sure), possible=named._replace(last=min(begun, named.last))
    )


def _proved(term: _Term, terms: Sequence[_Term]) -> _Term:
    """The term, certain up to the last mention of the same State within it."""
    if not term.closed or not term.certain:
        return term
    proofs = [
        other.possible.first
        for other in terms
        if other.mention
        and term.certain.last < other.possible.first <= term.possible.last
        and other.who == term.who
    ]
    if not proofs:
        return term
    return term._replace(certain=term.certain._replace(last=max(proofs)))


def _direct(term: _Term, asked: Interval) -> Holder | None:
    """What a term or mention says of the date by itself."""
    words = _chair_words(term)
    if _moment(term):
        if not term.possible.overlaps(asked):
            return None
        sure = term.possible.within(asked)
        return Holder(term.states, YES if sure else POSSIBLE, LISTED, words, (term.claim,))
    if term.certain and term.certain.overlaps(asked):
        return Holder(term.states, YES, LISTED, words, (term.claim,))
    if _sure_within(term, asked):
        return Holder(term.states, YES, LISTED, words, (term.claim,))
    begun = term.mention or (term.closed and term.claim.from_ is not None)
    if begun and term.possible.overlaps(asked):
        return Holder(term.states, POSSIBLE, LISTED, words, (term.claim,))
    begins = term.claim.from_
    if not term.closed and begins and parse(begins).overlaps(asked):
        return Holder(term.states, POSSIBLE, LISTED, words, (term.claim,))
    if term.closed and term.claim.until and parse(term.claim.until).overlaps(asked):
        return Holder(term.states, POSSIBLE, LISTED, words, (term.claim,))
    return None


def _moment(term: _Term) -> bool:
    """Whether it is a mention at one moment of its date, nobody knows which."""
    return term.mention and "/" in term.possible.text


def _sure_within(term: _Term, asked: Interval) -> bool:
    """Whether every reading of the edges gives a day in the date (2021 to 2021 in 2021)."""
    edges = (term.claim.from_, term.claim.until)
    return any(parse(text).within(asked) for text in edges if text)


def _chair_words(term: _Term) -> str:
    claim = term.claim
    made = f" {DERIVED}" if claim.derived else ""
    if term.mention:
        return f"named in {claim.as_of}{made}"
    if claim.from_ and claim.until:
        return f"in the chair from {claim.from_} until {claim.until}{made}"
    end = f"from {claim.from_}" if claim.from_ else f"until {claim.until}"
    return f"in the chair {end}{made}"


def _carried_chair(terms: Sequence[_Term], index: int, asked: Interval) -> Holder | None:
    """What an open term or a mention says of a time after it, up to the next claim."""
    term = terms[index]
    if term.claim.from_ is None and not term.mention:
        return _back(terms, index, asked)
    if term.closed:
        return None
    proof = term.certain.last if term.certain else term.possible.first
    if asked.last <= proof:
        return None
    # Terms come in the order in which they begin.
    later = bisect_right(terms, proof, lo=index + 1, key=lambda t: t.start)
    if any(term.start < t.start and t.who != term.who for t in terms[index + 1 : later]):
        # Another State follows within the date of this very mention.
        return None
    after = terms[later:]
    if not after:
        words = f"{_chair_words(term)}; no later claim on the chair"
        return Holder(term.states, POSSIBLE, CARRIED, words, (term.claim,))
    # Of two that begin on one day, that of another State.
    following = min(after, key=lambda t: (_begun(t, term), t.who == term.who))
    if asked.first >= _begun(following, term):
        return None
    words = f"{_chair_words(term)}; {_name_of(following, term)}"
    claims = (term.claim, following.claim)
    if following.who == term.who:
        return Holder(term.states, YES, BETWEEN, words, claims)
    return Holder(term.states, POSSIBLE, CARRIED, words, claims)


def _begun(following: _Term, term: _Term) -> date:
    """The day by which another term has begun; of a mention of another State, at the latest."""
    if _moment(following) and following.who != term.who:
        return following.possible.last
    return following.start


def _undated_words(claim: "Claim") -> str:
    bounds = (("not before", claim.not_before), ("not after", claim.not_after))
    return ", ".join(["named without a date", *(f"{key} {date}" for key, date in bounds if date)])


def _name_of(following: _Term, term: _Term) -> str:
    if following.who == term.who:
        return f"again {_chair_words(following)}"
    return f"next {', '.join(following.states)}, {_chair_words(following)}"


def _inside(closed: Sequence[_Term], term: _Term) -> bool:
    """Whether a closed term of the same State tells the end: then that term speaks."""
    if term.closed or (term.claim.from_ is None and not term.mention):
        return False
    return any(other.who == term.who and _tells_end(other, term) for other in closed)


def _tells_end(closed: _Term, term: _Term) -> bool:
    if term.mention:
        # Of a term of which only the end is known, nobody knows that it had begun by then.
        begun = closed.claim.from_ is not None or closed.start <= term.start
        return begun and term.possible.within(closed.possible)
    return closed.start >= term.start and closed.possible.overlaps(term.certain or term.possible)


def _back(terms: Sequence[_Term], index: int, asked: Interval) -> Holder | None:
    """A term of which only the end is known: possible back to the claim before it."""
    term = terms[index]
    earlier = [t for t in terms[:index] if t.certain]
    since = max((t.certain.last for t in earlier if t.certain), default=date.min)
    if asked.last <= since or asked.first > term.possible.last:
        return None
    return Holder(term.states, POSSIBLE, CARRIED, _chair_words(term), (term.claim,))
