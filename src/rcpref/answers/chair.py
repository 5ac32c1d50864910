"""Who was in the chair of a process or forum: at a date, or as last known.

Every claim on the chair is read as a term. The rules, each a function named after it, are
tried in the order in which they stand here; docs/membership.md explains them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import BETWEEN, CARRIED, LISTED, POSSIBLE, UNDATED, YES
from rcpref.answers.membership.evidence import MEMBERS, Register, plus_years
from rcpref.answers.membership.rules import not_founded
from rcpref.answers.time import AsOf, when
from rcpref.dates import Interval, parse
from rcpref.fields import Fields
from rcpref.wording import Part, Why, bounds, in_words

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

CHAIRS = ("chair", "co_chair", "parent_body_chair")
"""Properties that are claimed by terms and mentions."""

CHAIR_ANSWERS = (YES, POSSIBLE)

CHAIR_BASES = (LISTED, BETWEEN, CARRIED, UNDATED)

CHAIR_KINDS = ("process", "forum")
"""Kinds of records whose chair changes; a meeting has one chair, once."""


class Holder(NamedTuple):
    """Who was in the chair at some time in the date asked for.

    Attributes:
        states: Alpha-3 codes; several for co-chairs.
        answer: yes or possible.
        basis: listed (a term or mention covers it), between, carried or undated.
        why: The reason, as parts.
        rests_on: The claims that it rests on.
        last_known: Date of the newest claim that it rests on, as it is written: that of
            the last proof, or until when the term was to run; None where it has no date.
    """

    states: tuple[str, ...]
    answer: str
    basis: str
    why: Why
    rests_on: tuple["Claim", ...]
    last_known: str | None = None

    @property
    def reason(self) -> str:
        """The reason in words, with dates in ISO 8601."""
        return in_words(self.why)


class ChairTerm(NamedTuple):
    """A time for which claims place the same States in the chair, with no others between.

    Attributes:
        record: Id of the record.
        short_name: Its short name.
        states: Alpha-3 codes; several for co-chairs.
        since: Since when it is said to run, as a prefix date; None where that is not said.
        until: Until when; None where that is not said, which is not today.
        first: First day that the claims can mean, not before the founding.
        last: Last day that the claims can mean; for a term without an end, the day of the last
            proof.
        rests_on: The claims.
        following: First day of the next term; None for the last.
    """

    record: str
    short_name: str
    states: tuple[str, ...]
    since: str | None
    until: str | None
    first: date
    last: date
    rests_on: tuple["Claim", ...]
    following: date | None = None


class Term(Fields):
    """What one claim says of the chair: four days, between which its readings lie."""

    claim: "Claim"
    states: tuple[str, ...]
    # A number for the States, the same in all terms of a record: quicker to compare.
    who: int
    begins: Interval | None  # the days on one of which it began, where that is known
    first: date  # on which it can have begun
    begun: date  # by which it has
    proof: date  # up to which it cannot be over
    last: date  # on which it can be over, as far as this claim says
    end: date | None  # on which it can be over by any claim; None where no end is known

    @property
    def start(self) -> date:
        """The day by which terms are ordered: of a moment, the first on which it can lie."""
        return min(self.begun, self.proof)

    @property
    def over(self) -> date:
        """The day after which it is carried, by others: of a moment, the last of its days."""
        return max(self.begun, self.proof)

    @property
    def mention(self) -> bool:
        """Whether it is named at a date, and neither since nor until when."""
        return self.claim.from_ is None and self.claim.until is None

    @property
    def part(self) -> Part:
        """The part of a reason that says when it was."""
        since, until = self.claim.from_, self.claim.until
        if since and until:
            if since == until:
                return Part("chair-in", (since,))
            return Part("chair-term", (since, until))
        if since:
            return Part("chair-from", (since,))
        if until:
            return Part("chair-until", (until,))
        return Part("chair-named", (str(self.claim.as_of),))

    def holder(self, answer: str, basis: str, why: Why = (), *more: "Claim") -> Holder:
        """Its States, as an answer that may have more parts and claims than its own."""
        return Holder(self.states, answer, basis, (self.part, *why), (self.claim, *more))


# The rules -------------------------------------------------------------------------------


def certain(term: Term, asked: Interval) -> Holder | None:
    """By every reading of its dates, the term has a day in the date that is asked for."""
    sure = term.begun <= asked.last and term.proof >= asked.first
    return term.holder(YES, LISTED) if sure else None


def between(term: Term, following: Term | None, asked: Interval) -> Holder | None:
    """The next claim names the same States, before the end of the term if that is known."""
    if following is None or following.who != term.who or asked.last < term.over:
        return None
    if asked.first > following.start or asked.first >= following.begun:
        return None
    if term.end and following.start > term.end:
        return None
    why = (Part("chair-again"), following.part)
    return term.holder(YES, BETWEEN, why, following.claim)


def in_margin(term: Term, asked: Interval) -> Holder | None:
    """By some reading of its dates, the term has a day in the date."""
    possible = term.first <= asked.last and term.last >= asked.first
    return term.holder(POSSIBLE, LISTED) if possible else None


def back_to_claim_before(term: Term, terms: Sequence[Term], asked: Interval) -> Holder | None:
    """A term of which only the end is known is possible back to the claims before it."""
    if term.begins or asked.first > term.proof:
        return None
    before = terms[: bisect_left(terms, term.start, key=_START)]
    since = max((each.proof for each in before), default=date.min)
    return term.holder(POSSIBLE, CARRIED) if asked.last > since else None


def up_to_next(term: Term, following: Term | None, asked: Interval) -> Holder | None:
    """A term without an end is possible up to the next claim, or on where there is none."""
    if term.end or asked.last < term.over:
        return None
    if following is None:
        return term.holder(POSSIBLE, CARRIED, (Part("no-later-chair"),))
    if following.who == term.who or asked.first >= _begun(following, term):
        return None
    why = (Part("chair-next", extra=", ".join(following.states)), following.part)
    return term.holder(POSSIBLE, CARRIED, why, following.claim)


def _answer(term: Term, terms: Sequence[Term], asked: Interval) -> Holder | None:
    """What the first rule says that answers."""
    following = _next(term, terms)
    return (
        certain(term, asked)
        or between(term, following, asked)
        or in_margin(term, asked)
        or back_to_claim_before(term, terms, asked)
        or up_to_next(term, following, asked)
    )


_START = attrgetter("start")


def _next(term: Term, terms: Sequence[Term]) -> Term | None:
    """The next claim: one that begins after the days of this one, of other States on the last."""
    place = bisect_right(terms, term.over, key=_START)
    on_last = terms[bisect_left(terms, term.over, key=_START) : place]
    near = [other for other in on_last if other.who != term.who and term.start < term.over]
    if first := near or terms[place : place + 1]:
        near += terms[place : bisect_right(terms, _begun(first[0], term), key=_START)]
    # Of those that begin on one day, one that names the same States.
    return min(near, key=lambda other: (_begun(other, term), other.who != term.who), default=None)


def _begun(following: Term, term: Term) -> date:
    """The day by which another term has begun; of a mention of other States, at the latest."""
    return following.begun if following.mention and following.who != term.who else following.start


# At a date, or as last known -------------------------------------------------------------


def chairs(record: "Record", as_of: AsOf, key: str = "chair") -> list[Holder]:
    """Return who was in the chair at some time in a date, or as last known.

    The certain holders come first. Before the founding there is no chair, as there is no member.
    """
    if not_founded(Register(record, MEMBERS), as_of.date) is not None:
        return []
    terms, asked = _terms(record, key), as_of.date
    found: dict[int, list[Holder]] = {}
    for term in terms:
        if holder := _answer(term, terms, asked):
            found.setdefault(term.who, []).append(holder)
    every = map(_together, found.values())
    holders = sorted(every, key=lambda holder: (holder.answer != YES, holder.states))
    if not as_of.last_known:
        return holders
    certain_ones = [holder for holder in holders if holder.answer == YES]
    return certain_ones or _newest_holders(record, terms, asked, key)


def _together(holders: Sequence[Holder]) -> Holder:
    """The answer on some States by all claims that say the same, the certain ones if there are."""
    agreed = [each for each in holders if each.answer == YES] or holders
    # The newest proof speaks for them; what a source says itself before what was inferred.
    speaking = ([each for each in agreed if not each.rests_on[0].derived] or agreed)[-1]
    claims = tuple(dict.fromkeys(claim for each in agreed for claim in each.rests_on))
    # Not by those that name who was next.
    proofs = [each for each in claims if tuple(sorted(each.values)) == speaking.states]
    return speaking._replace(rests_on=claims, last_known=_newest(proofs))


def _newest_holders(
    record: "Record", terms: Sequence[Term], day: Interval, key: str
) -> list[Holder]:
    """The holders by the newest claim up to a day, else by those without a date."""
    terms = [term for term in terms if term.first <= day.last]
    if not terms:
        return _undated(record, key)
    # A mention of a year proves no more than one of its first day.
    last = max(terms, key=lambda term: (term.start if term.mention else term.proof, term.start))
    time = when(last.claim)
    same = [(each, when(each.claim)) for each in terms if each.who == last.who]
    known = [
        each for each, other in same if each is last or (time and other and time.overlaps(other))
    ]
    claims = tuple(dict.fromkeys(each.claim for each in known))
    why = (last.part, Part("no-later-chair"))
    return [Holder(last.states, YES, CARRIED, why, claims, _newest((last.claim,)))]


def _undated(record: "Record", key: str) -> list[Holder]:
    """The holders by claims without a date; those that say the same are one."""
    found: dict[tuple[tuple[str, ...], Why], list[Claim]] = {}
    for claim in record.claims_of(key):
        if not claim.date:
            why = (Part("chair-undated"), *bounds(claim.not_before, claim.not_after))
            found.setdefault((tuple(sorted(claim.values)), why), []).append(claim)
    return [
        Holder(states, YES, UNDATED, why, tuple(claims)) for (states, why), claims in found.items()
    ]


def _newest(claims: "Sequence[Claim]") -> str | None:
    """Until when the newest of some claims says that it held, or when it was made."""
    dated = [(time, claim) for claim in claims if (time := when(claim))]
    if not dated:
        return None
    claim = max(dated, key=lambda pair: (pair[0].first, pair[0].last))[1]
    return claim.until or claim.as_of or claim.from_


# One after the other ---------------------------------------------------------------------


def chair_terms(record: "Record") -> list[ChairTerm]:
    """Who was in the chair one after the other, as far as claims with a date say."""
    # Claims on the same States are one term, unless others are named between them or one of
    # them says that it had ended. Two sources that disagree make two terms of one time.
    runs: list[list[Term]] = []
    for term in _terms(record, "chair"):
        same = next((run for run in reversed(runs) if run[0].who == term.who), None)
        ends = [each.end for each in same or () if each.end]
        if same and (term.start <= max(ends) if ends else same is runs[-1]):
            same.append(term)
        else:
            runs.append([term])
    found: list[ChairTerm] = []
    following = None
    founding = Register(record, MEMBERS).founding
    for run in reversed(runs):
        claims = tuple(dict.fromkeys(each.claim for each in run))
        since = next((claim.from_ for claim in claims if claim.from_), None)
        until = next((claim.until for claim in reversed(claims) if claim.until), None)
        first, last = min(each.first for each in run), max(each.last for each in run)
        if founding is not None and last >= founding.when.first:
            first = max(first, founding.when.first)
        whose = record.id, record.short_name, run[0].states
        found.append(ChairTerm(*whose, since, until, first, last, claims, following))
        following = min(first, following or first)
    return found[::-1]


def next_chairs(record: "Record", holders: Sequence[Holder]) -> "list[Claim]":
    """The claims on who follows the holders, from the year before their first claim on."""
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
    """The days on which the answer can turn, in their order; more than there are changes."""
    claims = record.claims_of("chair")
    texts = {text for each in claims for text in (each.as_of, each.from_, each.until) if text}
    days = {day for text in texts for day in parse(text)[:2]}
    founding = Register(record, MEMBERS).founding
    if founding is not None:
        days.add(founding.when.first)
    return sorted(days)


# Claims as terms -------------------------------------------------------------------------


def _terms(record: "Record", key: str) -> list[Term]:
    """The claims on the chair that have a date, in the order of time."""
    numbers: dict[tuple[str, ...], int] = {}
    read = []
    for claim in record.claims_of(key):
        states = tuple(sorted(claim.values))
        if claim.date and (term := _term(claim, states, numbers.setdefault(states, len(numbers)))):
            read.append(term)
    opened = [(term.who, term.begins) for term in read if term.begins]
    closed = [term for term in read if term.end]
    known = [term if term.end else _ended(_overtaken(term, opened), closed) for term in read]
    # Of two on one day, one that ends is before one that begins.
    return sorted(known, key=lambda term: (term.start, bool(term.begins), term.first))


def _term(claim: "Claim", states: tuple[str, ...], who: int) -> Term | None:
    """The term of a claim; None for one that ends before it begins, which says nothing."""
    texts = claim.from_, claim.until, claim.as_of
    begins, ends, named = (parse(text) if text else None for text in texts)
    first, last = begins.first if begins else date.min, ends.last if ends else date.max
    if last < first:
        return None
    # By each date: the day before which it cannot be over, and that by which it has begun.
    marks = [(each.first, each.last) for each in (begins, ends) if each]
    if named and named.first <= last and named.last >= first:
        days = max(named.first, first), min(named.last, last)
        marks.append(days if "/" in named.text else days[::-1])
    proof, begun = max(mark[0] for mark in marks), min(mark[1] for mark in marks)
    if begins and not ends:
        proof = max(proof, begun)
    elif ends and not begins:
        begun = min(proof, begun)
    first = first if begins else min(map(min, marks))
    last = last if ends else max(map(max, marks))
    opening = begins or (None if ends else named)
    return Term(claim, states, who, opening, first, begun, proof, last, ends and ends.last)


def _overtaken(term: Term, opened: Sequence[tuple[int, Interval]]) -> Term:
    """A term is over where other States begin within the date for which it is claimed."""
    text = term.claim.as_of
    if text is None or "/" in text or term.begun == term.proof:
        return term
    named = parse(text)
    since = max(named.first, term.begun)
    others = [each for who, each in opened if since < each.first <= named.last and who != term.who]
    if not others:
        return term
    # Certain up to the first day on which they may have begun, possible until they have.
    proof = min(each.first for each in others) - timedelta(days=1)
    return term._replace(proof=proof, last=min(each.last for each in (named, *others)))


def _ended(term: Term, closed: Sequence[Term]) -> Term:
    """A term within one of the same States whose end is known ends with it."""
    around = [
        other
        for other in closed
        if other.who == term.who
        and other.first <= term.last
        and (other.last > term.first or (term.mention and other.last == term.first))
    ]
    if not around:
        return term
    latest = max(around, key=lambda other: other.last)
    # Within its certain days, that one speaks for itself.
    covers = latest.begun <= term.proof <= latest.proof
    return term._replace(end=term.proof if covers else latest.last)
