"""What each claim says of a State in one capacity: yes, no or disputed, and when."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import CAPACITY_NAMES, DISPUTED, NO, YES
from rcpref.dates import Interval, parse
from rcpref.fields import Fields
from rcpref.model import EVENT
from rcpref.wording import Part, Why, bounds

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


MEMBERS = "members"

CAPACITIES = tuple(CAPACITY_NAMES)  # of which only `members` answers for membership

JOINED, LEFT = "member_joined", "member_left"
FOUNDERS, OBSERVERS = "founding_participants", "observers"

STATUS, COUNT = "status", "members_count"
"""Properties whose claims can prove that a list still held."""

OTHER_CAPACITIES = tuple(key for key in CAPACITIES if key not in (MEMBERS, OBSERVERS))
"""Capacities that stand beside the members; observers are asked for by themselves."""

_NAMING = {MEMBERS: (MEMBERS, JOINED, LEFT, FOUNDERS)}
"""Properties whose claims name States in a capacity, where that is not its list alone."""

_DENYING = {MEMBERS: OBSERVERS, OBSERVERS: MEMBERS}
"""The capacity whose dated lists say no of those in them: nobody is both."""


class Dated(Fields):
    """A claim that speaks of a time: a founding, an end, a status, a count."""

    when: Interval
    claim: "Claim"


class Event(Fields):
    """A joining or a leaving of a State."""

    when: Interval
    joined: bool
    claim: "Claim"

    def says(self, before: bool) -> str:
        """What it says of a date that it lies before, or after."""
        return YES if self.joined == before else NO


class Listing(Fields):
    """What one dated list says of a State: of members, founding participants or observers."""

    when: Interval
    answer: str  # yes, no or disputed
    claim: "Claim"
    moment: bool = False  # true at one moment of its date, and not all through it
    denies: bool = False  # says no because the State is in it in another capacity

    @property
    def founding_no(self) -> bool:
        """Whether it only says that the State was not at the founding."""
        return self.answer == NO and self.claim.property == FOUNDERS


class Undated(Fields):
    """What one list without a date says of a State, and the bounds that are known of its date."""

    answer: str
    earliest: Interval | None
    latest: Interval | None
    claim: "Claim"


class Evidence(Fields):
    """All that the claims of a record say of one State in one capacity."""

    events: tuple[Event, ...]
    lists: tuple[Listing, ...]  # none of the time of an event: made before it, or after it
    undated: tuple[Undated, ...]
    breaks_off: bool  # a list that was not read whole does not name the State

    def sided(self, before: bool) -> "list[Sided]":
        """What it says of a date that all of it lies before, or after."""
        lists: list[Sided] = [(each.answer, each) for each in self.lists]
        return [*((event.says(before), event) for event in self.events), *lists]


class Naming(Fields):
    """A claim that speaks of States in a capacity, read once for all of them."""

    claim: "Claim"
    founding: Dated | None  # of which founding participants without a date speak

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


Reach = tuple[date, "Claim | None"]
"""The last day that evidence reaches, and the claim that proves so much of a list."""


class Register:
    """The claims of a record that speak of one capacity."""

    def __init__(self, record: "Record", capacity: str) -> None:
        self.record = record
        self.capacity = capacity
        # Of a State, the claims say the same whatever the date.
        self._statements: dict[str, tuple[str | None, ...]] = {}
        self._evidence: dict[tuple[str | None, ...], Evidence] = {}
        # How far each list reaches, by the identity of its claim, as far as that was asked.
        self.reaches: dict[int, Reach] = {}
        # What can close an effect on a State, by both, as far as that was asked.
        self.ends: dict[tuple[str, str], list[tuple[date, Claim]]] = {}

    @cached_property
    def entries(self) -> tuple[Naming, ...]:
        """The claims that say anything of States in this capacity, in the order of the data."""
        own, denying = self.naming, _DENYING.get(self.capacity)
        founding = self.foundings[0] if self.foundings else None
        return tuple(
            Naming(claim, founding)
            for claim in self.record.claims
            if claim.property in own or (claim.property == denying and claim.as_of is not None)
        )

    @property
    def naming(self) -> tuple[str, ...]:
        """Properties whose claims name States in this capacity."""
        return _NAMING.get(self.capacity, (self.capacity,))

    @cached_property
    def foundings(self) -> tuple[Dated, ...]:
        """All foundings that are claimed, the earliest first."""
        found = [Dated(parse(str(each.value)), each) for each in self.record.claims_of("founded")]
        return tuple(sorted(found, key=lambda each: each.when[:2]))

    @cached_property
    def founding(self) -> Dated | None:
        """The earliest founding; the day of the founding participants dated inside it."""
        if not self.foundings:
            return None
        first = self.foundings[0]
        days = [
            Dated(parse(claim.as_of), claim)
            for claim in self.record.claims_of(FOUNDERS)
            if claim.as_of and parse(claim.as_of).within(first.when)
        ]
        return min(days, key=lambda each: each.when.first, default=first)

    @cached_property
    def end(self) -> Dated | None:
        """The end of the process; of several, the latest."""
        ends = [Dated(parse(str(each.value)), each) for each in self.record.claims_of("ended")]
        return max(ends, key=lambda each: each.when.last, default=None)

    @cached_property
    def confirming(self) -> tuple[Dated, ...]:
        """The claims with a date that can prove that a list still held."""
        return tuple(
            Dated(parse(claim.as_of), claim)
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
        events = self.record.claims_of(EVENT)
        return tuple(each for each in events if each.as_of is not None and each.about is None)

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
        own = [claim for claim in self.record.claims if claim.property in self.naming]
        return sorted({code for claim in own for code in (*claim.values, *claim.disputed)})

    def statements(self, state: str) -> tuple[str | None, ...]:
        """What each entry says of a State; None where it is silent. A leaving says yes, too."""
        if state not in self._statements:
            self._statements[state] = tuple(
                _says(each, state, self.capacity) for each in self.entries
            )
        return self._statements[state]

    def evidence(self, statements: tuple[str | None, ...]) -> Evidence:
        """The evidence on a State of which each entry says so much."""
        if statements not in self._evidence:
            self._evidence[statements] = self._read(statements)
        return self._evidence[statements]

    def _read(self, statements: Sequence[str | None]) -> Evidence:
        events: list[Event] = []
        lists: list[Listing] = []
        undated: list[Undated] = []
        breaks_off = False
        for entry, says in zip(self.entries, statements, strict=True):
            claim, key = entry.claim, entry.claim.property
            if says is None:
                breaks_off = breaks_off or key == self.capacity
            elif entry.when and key in (JOINED, LEFT):
                events.append(Event(entry.when, key == JOINED, claim))
            elif entry.when:
                denies = key == _DENYING.get(self.capacity)
                lists.append(Listing(entry.when, says, claim, entry.moment, denies))
            elif key == self.capacity:
                since, until = claim.not_before, claim.not_after
                bounds = parse(since) if since else None, parse(until) if until else None
                undated.append(Undated(says, *bounds, claim))
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


def _outside(lists: Iterable[Listing], events: Sequence[Event]) -> tuple[Listing, ...]:
    """The lists that say something: not of the time of a change, or of a better one."""
    kept = [each for each in lists if not any(each.when.overlaps(e.when) for e in events)]
    # Founding participants deny nobody whom a list of members of the day names.
    named = [each for each in kept if each.answer != NO and each.claim.property == MEMBERS]
    return tuple(
        each
        for each in kept
        if not (each.founding_no and any(each.when.overlaps(other.when) for other in named))
    )


# How far evidence on one side of a date reaches ---------------------------------------
# A joining or leaving reaches without limit. A list is true of its day, and is taken to hold
# for some years more; longer where something later says that it still held.


FORWARD_YEARS = 10  # years over which a list is carried from the last proof that it still held

LONGEST_YEARS = 20
"""Years over which a list is carried at the most, whatever proves that it still held."""

BACKWARD_YES_YEARS = 8  # years over which a list is carried back to say yes
BACKWARD_NO_YEARS = 10  # years over which a list is carried back to say no


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


def reach_forward(register: Register, evidence: Iterable[Event | Listing]) -> Reach:
    """How far the evidence reaches that reaches furthest."""
    return max((_forward(register, each) for each in evidence), key=itemgetter(0))


def _forward(register: Register, each: Event | Listing) -> Reach:
    if isinstance(each, Event):
        return date.max, None
    # A list reaches as far at all dates, for all States: it is worked out once.
    known = register.reaches.get(id(each.claim))
    if known is None:
        later = (one for one in register.confirming if one.when.after(each.when))
        proofs = [Dated(each.when, each.claim), *(one for one in later if _confirms(one, each))]
        last = max(proofs, key=lambda one: one.when.last)
        limit = plus_years(each.when.last, LONGEST_YEARS)
        day = min(plus_years(last.when.last, FORWARD_YEARS), limit)
        known = register.reaches[id(each.claim)] = day, last.claim
    return known


def _confirms(proof: Dated, listing: Listing) -> bool:
    """Whether a later claim proves that a list still held: as many members, or still active."""
    claim, listed = proof.claim, listing.claim
    if claim.property == STATUS:
        # One that follows from a meeting proves that the process met, not who belonged to it.
        return claim.value == "active" and not claim.derived
    # A list that breaks off says how many there are.
    length = listed.stated_total if listed.complete is False else len(listed.values)
    return listed.property in (MEMBERS, FOUNDERS) and claim.value == length


def reaches_back(each: Event | Listing, day: date) -> bool:
    """Whether evidence reaches an earlier day."""
    if isinstance(each, Event):
        return True
    years = BACKWARD_NO_YEARS if each.answer == NO else BACKWARD_YES_YEARS
    return each.when.first <= plus_years(day, years)


# Evidence as parts of a reason -----------------------------------------------------------


Sided = tuple[str, Event | Listing]
"""What evidence says of the date asked for, and the evidence."""


def event_part(event: Event) -> Part:
    """Return the part on a joining or leaving."""
    return Part("joined" if event.joined else "left", (event.when.text,))


_LIST_CODES = {YES: "in-list", NO: "not-in-list", DISPUTED: "disputed-in-list"}
_FOUNDER_CODES = {YES: "founder", NO: "no-founder", DISPUTED: "disputed-founder"}
_DENYING_CODES = {MEMBERS: "listed-as-member", OBSERVERS: "listed-as-observer"}
_LISTS_IN_ORDER = (
    *("in-list", "founder", "not-in-list", "no-founder"),
    *("listed-as-member", "listed-as-observer", "disputed-in-list", "disputed-founder"),
)


def parts_of(found: Sequence[Sided]) -> Why:
    """Return the parts on some evidence, each once: events first, then lists by what they say."""
    parts = []
    dates: dict[str, dict[str, None]] = {}
    for _, each in found:
        if isinstance(each, Event):
            parts.append(event_part(each))
        else:
            dates.setdefault(_list_code(each), {})[each.when.text] = None
    for code in _LISTS_IN_ORDER:
        if code in dates:
            parts.append(Part(code, tuple(dates[code])))
    return tuple(dict.fromkeys(parts))


def _list_code(listing: Listing) -> str:
    """Return the code of what a list says of a State."""
    if listing.claim.property == FOUNDERS:
        return _FOUNDER_CODES[listing.answer]
    if listing.denies:
        # A State that is listed as an observer is listed as no member, and the reverse.
        return _DENYING_CODES[listing.claim.property]
    return _LIST_CODES[listing.answer]


def carried_parts(found: Sequence[Sided], answer: str, forward: bool) -> Why:
    """Return the parts on evidence of one side: the newest list is called so."""
    only = found[0][1] if len(found) == 1 else None
    if not isinstance(only, Listing) or answer not in (YES, NO):
        return parts_of(found)
    if only.claim.property == FOUNDERS or only.denies:
        return parts_of(found)
    if answer == YES:
        code = "last-listed" if forward else "first-listed"
    else:
        code = "not-in-last" if forward else "not-in-first"
    return (Part(code, (only.when.text,)),)


_UNDATED_CODES = {YES: "in-undated", NO: "not-in-undated", DISPUTED: "disputed-in-undated"}


def undated_parts(lists: Sequence[Undated]) -> Why:
    """Return the parts on lists without a date that agree, with the narrowest bounds."""
    earliest = [each.earliest for each in lists if each.earliest]
    latest = [each.latest for each in lists if each.latest]
    since = max(earliest, key=lambda bound: bound.first).text if earliest else None
    until = max(latest, key=lambda bound: bound.first).text if latest else None
    return (Part(_UNDATED_CODES[lists[0].answer], extra=str(len(lists))), *bounds(since, until))
