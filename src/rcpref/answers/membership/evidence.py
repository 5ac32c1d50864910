"""What each claim of a record says of a State in one capacity: yes, no or disputed, and when."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import DISPUTED, NO, YES
from rcpref.dates import Interval, parse
from rcpref.fields import Fields

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


MEMBERS = "members"

CAPACITIES = (
    MEMBERS,
    "associate_members",
    "observers",
    "participating_states",
    "partner_states",
    "candidate_states",
    "invited_states",
)
"""Properties that list States in some capacity. Only `members` answers for membership."""

JOINED, LEFT, FOUNDERS, OBSERVERS = (
    "member_joined",
    "member_left",
    "founding_participants",
    "observers",
)

EVENTS = "membership_event"
"""What happened to the standing of members."""

STATUS, COUNT = "status", "members_count"
"""Properties whose claims can prove that a list still held."""

OTHER_CAPACITIES = tuple(key for key in CAPACITIES if key not in (MEMBERS, OBSERVERS))
"""Capacities that stand beside the members; observers are asked for by themselves."""

_NAMING = {MEMBERS: (MEMBERS, JOINED, LEFT, FOUNDERS)}
"""Properties whose claims name States in a capacity, where that is not its list alone."""

_DENYING = {MEMBERS: OBSERVERS, OBSERVERS: MEMBERS}
"""The capacity whose dated lists say no of those in them: nobody is both."""


class Event(Fields):
    """A joining or a leaving of a State.

    Attributes:
        when: Its date.
        joined: Whether it joined.
        claim: The claim.
    """

    when: Interval
    joined: bool
    claim: "Claim"

    def says(self, before: bool) -> str:
        """What it says of a date that it lies before, or after."""
        return YES if self.joined == before else NO


class Listing(Fields):
    """What one dated list says of a State.

    Attributes:
        when: Its date.
        answer: yes, no or disputed.
        claim: The claim: those in the capacity, founding participants, or those in another
            capacity, which denies this one.
        moment: Whether it was true at one moment of its date, and not all through it.
        denies: Whether it says no because the State is in it in another capacity.
    """

    when: Interval
    answer: str
    claim: "Claim"
    moment: bool = False
    denies: bool = False

    @property
    def founding_no(self) -> bool:
        """Whether it only says that the State was not at the founding."""
        return self.answer == NO and self.claim.property == FOUNDERS


class Undated(Fields):
    """What one list without a date says of a State.

    Attributes:
        answer: yes, no or disputed.
        earliest: Bound before which it was not true; None where none is known.
        latest: Bound after which it need not be true any more; None where none is known.
        claim: The claim.
    """

    answer: str
    earliest: Interval | None
    latest: Interval | None
    claim: "Claim"


class Evidence(Fields):
    """All that the claims of a record say of one State in one capacity.

    Attributes:
        events: Joinings and leavings.
        lists: Dated lists; none of the time of a joining or leaving, as it may have been
            made before or after it.
        undated: Lists without a date.
        breaks_off: Whether a list that was not read whole does not name it.
    """

    events: tuple[Event, ...]
    lists: tuple[Listing, ...]
    undated: tuple[Undated, ...]
    breaks_off: bool


class Naming(Fields):
    """A claim that speaks of States in a capacity, read once for all of them.

    Of hundreds of joinings those alone are read further that are of the State asked for.

    Attributes:
        claim: The claim.
        founding: The earliest founding of its record, of which it speaks if it has no date.
    """

    claim: "Claim"
    founding: "Founding | None"

    @cached_property
    def when(self) -> Interval | None:
        """Its date; None for a list without one."""
        if self.claim.as_of is not None:
            return parse(self.claim.as_of)
        if self.founding and self.claim.property == FOUNDERS:
            return self.founding.when
        return None

    @cached_property
    def named(self) -> frozenset[str]:
        """Codes of the States that it names."""
        return frozenset(self.claim.values)

    @property
    def moment(self) -> bool:
        """Whether it was true at one moment of its date: of a/b, or of a founding's year."""
        return self.claim.as_of is None or "/" in self.claim.as_of


class Founding(Fields):
    """The earliest founding that is claimed of a record.

    Attributes:
        when: Its date; the day of the founding event, where that is dated inside it.
        claim: The claim that says so.
    """

    when: Interval
    claim: "Claim"


class Proof(Fields):
    """A claim that proves that a list still held, and the last day of its date."""

    day: date
    claim: "Claim"


class Reach(Fields):
    """How far evidence reaches forward: the last day, and the proof of a list."""

    day: date
    proof: Proof | None


class Register:
    """The claims of a record that speak of one capacity.

    Attributes:
        record: The record.
        capacity: The capacity.
        reaches: How far each list reaches, by the identity of its claim, as far as that has
            been worked out.
    """

    def __init__(self, record: "Record", capacity: str) -> None:
        self.record = record
        self.capacity = capacity
        # Of a State, the claims say the same whatever the date.
        self._said: dict[str, tuple[str | None, ...]] = {}
        self._evidence: dict[tuple[str | None, ...], Evidence] = {}
        self.reaches: dict[int, Reach] = {}
        # What can close an effect on a State, by both, as far as that was asked.
        self.ends: dict[tuple[str, str], list[tuple[date, Claim]]] = {}

    @cached_property
    def entries(self) -> tuple[Naming, ...]:
        """The claims that say anything of States in this capacity, in the order of the data."""
        own, beside = self.naming, _DENYING.get(self.capacity)
        founding = self.foundings[0] if self.foundings else None
        return tuple(
            Naming(claim, founding)
            for claim in self.record.claims
            if claim.property in own or (claim.property == beside and claim.as_of is not None)
        )

    @property
    def naming(self) -> tuple[str, ...]:
        """Properties whose claims name States in this capacity."""
        return _NAMING.get(self.capacity, (self.capacity,))

    @cached_property
    def foundings(self) -> tuple[Founding, ...]:
        """All foundings that are claimed, the earliest first."""
        found = [
            Founding(parse(str(claim.value)), claim) for claim in self.record.claims_of("founded")
        ]
        return tuple(sorted(found, key=lambda each: (each.when.first, each.when.last)))

    @cached_property
    def founding(self) -> Founding | None:
        """The earliest founding; the day of the founding participants dated inside it."""
        if not self.foundings:
            return None
        first = self.foundings[0]
        days = [
            Founding(parse(claim.as_of), claim)
            for claim in self.record.claims_of(FOUNDERS)
            if claim.as_of and parse(claim.as_of).within(first.when)
        ]
        return min(days, key=lambda each: each.when.first, default=first)

    @cached_property
    def end(self) -> "Claim | None":
        """The claim on the end of the process; of several, the latest."""
        ends = self.record.claims_of("ended")
        return max(ends, key=lambda claim: parse(str(claim.value)).last, default=None)

    @cached_property
    def confirming(self) -> tuple[tuple["Claim", Interval], ...]:
        """The claims with a date that can prove that a list still held."""
        return tuple(
            (claim, parse(claim.as_of))
            for claim in self.record.claims
            if claim.as_of is not None and claim.property in (STATUS, COUNT)
        )

    @cached_property
    def events_of(self) -> dict[str, list["Claim"]]:
        """The events by the codes of the States that they concern."""
        found: dict[str, list[Claim]] = {}
        for claim in self.events:
            for code in claim.states:
                found.setdefault(code, []).append(claim)
        return found

    @cached_property
    def events(self) -> tuple["Claim", ...]:
        """The dated events that concern the standing of members; not those of another body."""
        return tuple(
            claim
            for claim in self.record.claims_of(EVENTS)
            if claim.as_of is not None and claim.about is None
        )

    @cached_property
    def any_dated_list(self) -> bool:
        """Whether there is a dated list of those in this capacity."""
        return any(each.when and each.claim.property == self.capacity for each in self.entries)

    @cached_property
    def ever_named(self) -> frozenset[str]:
        """What the claims of the record name at all, in whatever capacity."""
        claims = self.record.claims
        return frozenset(code for claim in claims for code in (*claim.values, *claim.disputed))

    @cached_property
    def states(self) -> list[str]:
        """Codes of the States that any claim names in this capacity, sorted."""
        named: set[str] = set()
        for claim in self.record.claims:
            if claim.property in self.naming:
                named.update(claim.values)
                named.update(claim.disputed)
        return sorted(named)

    def said(self, state: str) -> tuple[str | None, ...]:
        """What each entry says of a State; None where it is silent.

        Of a joining or leaving: yes, if it is that of the State.
        """
        known = self._said.get(state)
        if known is None:
            known = tuple(_says(entry, state, self.capacity) for entry in self.entries)
            self._said[state] = known
        return known

    def evidence(self, said: tuple[str | None, ...]) -> Evidence:
        """The evidence on a State of which each entry says so much."""
        if said not in self._evidence:
            self._evidence[said] = self._read(said)
        return self._evidence[said]

    def _read(self, said: Sequence[str | None]) -> Evidence:
        pairs = list(zip(self.entries, said, strict=True))
        denying = _DENYING.get(self.capacity)
        events = [
            Event(entry.when, entry.claim.property == JOINED, entry.claim)
            for entry, says in pairs
            if says is not None and entry.when and entry.claim.property in (JOINED, LEFT)
        ]
        lists = [
            Listing(entry.when, says, entry.claim, entry.moment, entry.claim.property == denying)
            for entry, says in pairs
            if says is not None and entry.when and entry.claim.property not in (JOINED, LEFT)
        ]
        undated = [
            Undated(
                says, _bound(entry.claim.not_before), _bound(entry.claim.not_after), entry.claim
            )
            for entry, says in pairs
            if says is not None and not entry.when and entry.claim.property == self.capacity
        ]
        breaks_off = any(
            says is None and entry.claim.property == self.capacity for entry, says in pairs
        )
        return Evidence(tuple(events), _outside(lists, events), tuple(undated), breaks_off)


def _says(entry: Naming, state: str, capacity: str) -> str | None:
    claim = entry.claim
    if claim.property == _DENYING.get(capacity):
        return NO if state in entry.named and state not in claim.disputed else None
    if state in claim.disputed:
        return DISPUTED
    if state in entry.named:
        return YES
    whole = claim.property not in (JOINED, LEFT) and claim.complete is not False
    return NO if whole else None


def _bound(text: str | None) -> Interval | None:
    return parse(text) if text else None


def _outside(lists: Iterable[Listing], events: Sequence[Event]) -> tuple[Listing, ...]:
    """The lists that say something: not of the time of a change, or of a better one.

    A list of the time of a change may have been made before or after it. And that of the
    founding participants does not deny whom a list of members of the same day names.
    """
    kept = [each for each in lists if not any(each.when.overlaps(e.when) for e in events)]
    named = [each for each in kept if each.answer != NO and each.claim.property == MEMBERS]
    return tuple(
        each
        for each in kept
        if not (each.founding_no and any(each.when.overlaps(other.when) for other in named))
    )


# How far evidence on one side of a date reaches ---------------------------------------
# A joining or leaving reaches without limit. A list is true of its day, and is taken to hold
# for some years more; longer where something later says that it still held.


FORWARD_YEARS = 10
"""Years over which a list is carried from the last proof that it still held."""

LONGEST_YEARS = 20
"""Years over which a list is carried at the most, whatever proves that it still held."""

BACKWARD_YES_YEARS = 8
"""Years over which a list is carried back to say yes."""

BACKWARD_NO_YEARS = 10
"""Years over which a list is carried back to say no."""


def plus_years(day: date, years: int) -> date:
    """That day so many years later; the last of the calendar if there is none."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def whole_years(first: date, last: date) -> int:
    """Whole years from one day to a later one, rounded down."""
    years = last.year - first.year
    return years if plus_years(first, years) <= last else years - 1


def last_proof(register: Register, listing: Listing) -> Proof:
    """The last proof that a list still held.

    That is the list itself, a later claim of the same number of members, or a later
    `status` active that a source states; one that follows from a meeting proves that the
    process met, not who belonged to it.
    """
    proofs = [Proof(listing.when.last, listing.claim)]
    proofs += [
        Proof(time.last, claim)
        for claim, time in register.confirming
        if time.after(listing.when) and _confirms(claim, listing)
    ]
    return max(proofs, key=lambda proof: proof.day)


def _confirms(claim: "Claim", listing: Listing) -> bool:
    if claim.property == STATUS:
        return claim.value == "active" and not claim.derived
    counted = listing.claim.property in (MEMBERS, FOUNDERS)
    return counted and claim.property == COUNT and claim.value == _length(listing)


def _length(listing: Listing) -> int | None:
    """How many States are in the list; of one that breaks off, how many it says there are."""
    claim = listing.claim
    return claim.stated_total if claim.complete is False else len(claim.values)


def reach_forward(register: Register, evidence: Iterable[Event | Listing]) -> Reach:
    """How far the evidence reaches that reaches furthest."""
    return max((_forward(register, each) for each in evidence), key=lambda reach: reach.day)


def _forward(register: Register, each: Event | Listing) -> Reach:
    if isinstance(each, Event):
        return Reach(date.max, None)
    # A list reaches as far at all dates, for all States: it is worked out once.
    known = register.reaches.get(id(each.claim))
    if known is None:
        proof = last_proof(register, each)
        day = min(plus_years(proof.day, FORWARD_YEARS), plus_years(each.when.last, LONGEST_YEARS))
        known = register.reaches[id(each.claim)] = Reach(day, proof)
    return known


def reaches_back(each: Event | Listing, day: date) -> bool:
    """Whether evidence reaches an earlier day."""
    if isinstance(each, Event):
        return True
    years = BACKWARD_NO_YEARS if each.answer == NO else BACKWARD_YES_YEARS
    return each.when.first <= plus_years(day, years)
