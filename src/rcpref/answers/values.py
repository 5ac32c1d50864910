"""The value of any property at a date, meetings among them, and its words."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.chair import CHAIR_KINDS, CHAIRS, Holder, chairs
from rcpref.answers.membership.answer import CERTAIN, COUNTED, UNKNOWN, Answer, Standing
from rcpref.answers.membership.evidence import CAPACITIES, plus_years
from rcpref.answers.membership.members import members_at, outside_life, states_named
from rcpref.answers.time import ENDED, AsOf, happens, property_at, when
from rcpref.dates import Interval, lasting, newest, parse
from rcpref.fields import Fields
from rcpref.model import HELD_KINDS
from rcpref.wording import Part, Why, in_words

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


LIFE = ("founded", "ended")
"""Properties that say when a record began and ended; they hold at any date."""


class Value(NamedTuple):
    """One item of the value of a property at a date.

    Attributes:
        item: The item: a string, a code, a number as text.
        answer: For States and chairs: yes, possible or disputed; None otherwise.
        basis: For States and chairs as that of an answer; otherwise at (it holds at the
            date), last known, later, undated, or dated (of what happens).
        why: The reason, as parts; otherwise the date of the claim, no part if undated.
        claims: The claims that it rests on.
        last_known: Date of the newest of them, as it is written; None if undated.
        standing: What else is true of a State among the members then.
    """

    item: str
    answer: str | None
    basis: str | None
    why: Why
    claims: tuple["Claim", ...]
    last_known: str | None = None
    standing: tuple[Standing, ...] = ()

    @property
    def reason(self) -> str:
        """The reason in words, or the date of the claim."""
        return in_words(self.why)


def _answered(item: str, found: Answer | Holder) -> Value:
    return Value(item, found.answer, found.basis, found.why, found.rests_on, found.last_known)


def answer_of(value: Value) -> Answer:
    """A value of States or of a chair as the answer on one of them."""
    rest = (value.why, value.claims, value.last_known)
    return Answer(value.answer or UNKNOWN, value.basis, *rest, standing=value.standing)


def value_at(data: "Data", record: "Record", key: str, as_of: AsOf) -> list[Value]:
    """The value of a property at a date, item by item; of States and chairs all but the nos."""
    standing = key not in LIFE and not happens(key, data.type_of(key))
    if standing and _is_outside(record, key, as_of):
        return []
    if key in CAPACITIES:
        return [
            _answered(state, found)._replace(standing=found.standing)
            for state, found in members_at(data, record, as_of, key).items()
            if found.answer in COUNTED
        ]
    if key in CHAIRS and record.kind in CHAIR_KINDS:
        return [
            _answered(state, holder)
            for holder in chairs(record, as_of, key)
            for state in holder.states
        ]
    found = property_at(record, key, as_of, data.type_of(key))
    claims = found.claims if standing else sorted(found.claims, key=_by_time)
    # Nobody follows in the chair of a meeting: it is not that nothing newer is known.
    how = "dated" if key in CHAIRS and found.how == "last known" else found.how
    return [
        Value(item, None, how if claim.date else "undated", _date_of(claim), (claim,), date)
        for claim in claims
        for date in (claim.as_of or claim.until or claim.from_,)
        for item in claim.values
    ]


def _date_of(claim: "Claim") -> Why:
    """The date of a claim as a reason; no part where it has none."""
    if claim.as_of is not None:
        return (Part("dated", (claim.as_of,)),)
    if claim.from_ and claim.until:
        return (Part("period", (claim.from_, claim.until)),)
    if claim.from_:
        return (Part("period-from", (claim.from_,)),)
    if claim.until:
        return (Part("period-until", (claim.until,)),)
    return ()


def _is_outside(record: "Record", key: str, as_of: AsOf) -> bool:
    """Whether a record has no value yet or, after its end, no State or chair any more."""
    outside = outside_life(record, as_of)
    if outside is None or outside.rests_on[0].property != "ended":
        return outside is not None
    return key in CAPACITIES or (key in CHAIRS and not as_of.last_known)


def _by_time(claim: "Claim") -> tuple[int, int]:
    """The order of what happened: a whole year before its months, the undated last."""
    time = when(claim)
    return (time.first.toordinal(), -time.last.toordinal()) if time else (date.max.toordinal(), 0)


def chair_why(found: Answer | Holder, as_of: AsOf) -> Why:
    """How long a chair is known: "announced until 2027", "ended 2025-06", "last known 2024"."""
    if not as_of.last_known:
        return found.why
    end = found.last_known
    if end is None:
        return (Part("chair-age-unknown"),)
    until = [claim for claim in found.rests_on if claim.until == end]
    if not until:
        return (Part("chair-last-known", (end,)),)
    # An end that is to come can only have been announced.
    return (Part("chair-ended" if has_ended(found, as_of) else "chair-announced", (end,)),)


def has_ended(found: Answer | Holder, as_of: AsOf) -> bool:
    """Whether the term of a chair that is last known is over by a source's own word."""
    end = found.last_known
    ended = end is not None and any(claim.until == end for claim in found.rests_on)
    return ended and parse(str(end)).before(as_of.date)


NOT_CONFIRMED = "not confirmed since"


def is_old(claim: "Claim", as_of: AsOf) -> bool:
    """Whether what a claim announced should have come by now: it is over a year old."""
    if claim.as_of is None or not as_of.last_known:
        return False
    return plus_years(parse(claim.as_of).last, 1) < as_of.date.first


def claims_at(data: "Data", record: "Record", as_of: AsOf | None) -> "Sequence[Claim]":
    """The claims on a record that speak of a date, in the order of the data; all for None."""
    if as_of is None:
        return record.claims
    # As last known, what the texts kept here say is among them, whatever its date: that a
    # process was yet to be formalised in Lima is not news, but it is what Lima says.
    chosen = {id(claim) for claim in record.claims if as_of.last_known and claim.passage}
    for key in dict.fromkeys(claim.property for claim in record.claims):
        if key in CHAIRS and record.kind in CHAIR_KINDS:
            values = value_at(data, record, key, as_of)
            chosen.update(id(claim) for value in values for claim in value.claims)
        else:
            chosen.update(map(id, property_at(record, key, as_of, data.type_of(key)).claims))
    return [claim for claim in record.claims if id(claim) in chosen]


def claims_naming(data: "Data", code: str, as_of: AsOf | None) -> "Iterator[Claim]":
    """The claims of all records that name a State and speak of a date; all for None."""
    for record in data.records.values():
        for claim in claims_at(data, record, as_of):
            if data.type_of(claim.property) == "states" and code in claim.values:
                yield claim


def sure(values: Sequence[Value]) -> list[Value]:
    """The values that hold for certain; of what is no State, all but those of a later time."""
    return [v for v in values if v.answer in (None, *CERTAIN) and v.basis != "later"]


def certain(values: Sequence[Value]) -> tuple[str, ...]:
    """The items that hold for certain, each once."""
    return tuple(dict.fromkeys(v.item for v in sure(values)))


# When a process or forum met, and when a meeting or summit was held -------------------


_AHEAD = ("announced for ", "scheduled for ", "planned for ")
"""Words by which the data tell of a meeting of which no report was found."""

_LONGEST = timedelta(days=14)
"""No meeting sat longer. Where a claim on one gives two days further apart, it was some time
between them."""


def is_ahead(what: str) -> bool:
    """Whether words on a meeting only tell that it was to be held."""
    return any(words in what for words in _AHEAD)


class Gathering(Fields):
    """A meeting that claims tell of, and from which day to which it sat, where that is known."""

    when: Interval
    what: str  # empty where only who was there is told
    claims: tuple["Claim", ...]
    sat: Interval | None = None
    announced: bool = False  # whether it is only known that it was to be held

    def surely_in(self, time: Interval) -> bool:
        """Whether it was held, on one of its days at least, in some time."""
        if self.announced:
            return False
        return self.when.within(time) or (self.sat is not None and self.sat.overlaps(time))


def gathering_of(record: "Record") -> Gathering | None:
    """A meeting or summit, from its first day to its last; None for any other record."""
    if record.kind not in HELD_KINDS:
        return None
    starts, ends = record.claims_of("start_date")[:1], record.claims_of("end_date")[:1]
    if not starts:
        return None
    start, end = (str(claims[0].value) if claims else None for claims in (starts, ends))
    when = lasting(str(start), end)
    began, over = parse(str(start)).last, parse(end).first if end else when.first
    sat = Interval(began, over, when.text) if began <= over else None
    return Gathering(when, record.name, (*starts, *ends), sat)


def placed(data: "Data", record: "Record") -> str:
    """The name of a meeting or summit, and where it was held unless that is in its name."""
    city = "; ".join(str(claim.value) for claim in record.claims_of("city")[:1])
    codes = [code for claim in record.claims_of("country")[:1] for code in claim.values]
    place = ", ".join(filter(None, (city, shown_states(data, codes))))
    return f"{record.name}{f' ({place})' if place and place not in record.name else ''}"


def sessions(data: "Data", record: "Record") -> "list[Record]":
    """The meetings or summits of a forum that have records of their own, in order of time."""
    if record.kind != "forum":
        # No other record has any, and all claims would be read to see it.
        return []
    found = [
        data.records[each]
        for each, claims in data.document["claims"].items()
        if any(claim["property"] == "series" and claim["value"] == record.id for claim in claims)
    ]
    return sorted(found, key=lambda each: [c.value for c in each.claims_of("start_date")])


def sat_through(when: Interval) -> bool:
    """Whether the date of a meeting gives its first and last day, and not two bounds."""
    return "/" in when.text and when.last - when.first <= _LONGEST


def gatherings(record: "Record") -> list[Gathering]:
    """All meetings of a record that have a date, also those of which only who came is told."""
    itself = gathering_of(record)
    named = [itself] if itself else []
    for claim in record.claims_of("meeting"):
        if claim.as_of is not None:
            when = parse(claim.as_of)
            sat = when if sat_through(when) else None
            what = str(claim.value)
            named.append(Gathering(when, what, (claim,), sat, is_ahead(what)))
    attended = [
        Gathering(parse(claim.as_of), "", (claim,))
        for claim in record.claims_of("meeting_participants")
        if claim.as_of is not None
    ]
    # Of one that is named, too, the participants are no second meeting, but proof of it.
    sure = [one.when for one in named if not one.announced]
    more = [each for each in attended if not any(map(each.when.overlaps, sure))]
    return _in_order([*named, *more])


def with_sessions(data: "Data", record: "Record") -> list[Gathering]:
    """All meetings of a record and, of a forum, its sessions, in order of time."""
    every = gatherings(record)
    for session in sessions(data, record):
        gathering = gathering_of(session)
        if gathering:
            every.append(gathering._replace(announced=is_announced(gathering, record)))
    return _in_order(every)


def is_session(claim: "Claim", session: Gathering) -> bool:
    """Whether a claim on a meeting of a forum tells of a session that has its own record."""
    if claim.property != "meeting" or claim.as_of is None:
        return False
    return parse(claim.as_of)[:2] == session.when[:2]  # of the same days


def is_announced(session: Gathering, forum: "Record") -> bool:
    """Whether all that a forum says of one of its sessions is that it was to be held."""
    claims = [claim for claim in forum.claims_of("meeting") if is_session(claim, session)]
    return bool(claims) and all(is_ahead(str(claim.value)) for claim in claims)


def _in_order(every: list[Gathering]) -> list[Gathering]:
    return sorted(every, key=lambda each: (each.when.first, each.when.last))


def newest_activity(data: "Data", record: "Record", until: date) -> Gathering | None:
    """The newest evidence that a record works, up to a day: a meeting, a chair or a status."""
    until = min(until, parse(data.date).last)
    held = [each for each in with_sessions(data, record) if not each.announced]
    seen = [*held]
    for claim in record.claims:
        if claim.property in ("chair", "co_chair"):
            written = data.document["sources"][claim.source].get("date")
            # Of a term its beginning, or its end where the source was written after it.
            known = claim.until and written and parse(written).after(parse(claim.until))
            end = claim.until if known else None
            dates = [parse(each) for each in (claim.as_of, end, claim.from_) if each]
            seen += [Gathering(each, "", (claim,)) for each in dates if each.last <= until][:1]
        elif claim.as_of and (claim.property, claim.value) == ("status", "active"):
            # Lists of members show no work: others print them of what sleeps, too.
            when = parse(claim.as_of)
            # One that the editors derived from a meeting counts as this meeting.
            of_meeting = claim.derived and any(
                when.overlaps(each.when) for each in held if each.sat or "/" not in each.when.text
            )
            seen += [] if of_meeting else [Gathering(when, "", (claim,))]
    past = [each for each in seen if each.when.first <= until]
    # Of what happened at some time between two days, the first alone is certain.
    return max(past, key=lambda each: (each.when.first, each.when.last), default=None)


def last_active(data: "Data", key: str, as_of: AsOf | None = None) -> str | None:
    """The date on which a record was last seen active; None where no evidence has a date."""
    if (as_of is None or as_of.last_known) and (known := data.plain.known):
        found: str | None = known["last_seen_active"][key]
        return found
    until = as_of.date if as_of else parse(data.date)
    seen = newest_activity(data, data.records[key], until.last)
    return seen.when.text if seen else None


LONG_SINCE = 3  # after so many years without a sign of it a process is told as last seen active


def not_seen_since(data: "Data", key: str, as_of: AsOf) -> str | None:
    """When a process was last seen active, if that was long before a date; None for all others."""
    found = long_since(data, key)
    return found[0] if found and found[1] < as_of.date.first else None


def long_since(data: "Data", key: str) -> tuple[str, date] | None:
    """When a process was last seen active, and the day after which that is long ago."""
    # A body is no process: a treaty needs no meeting.
    if data.document["records"][key]["kind"] != "process":
        return None
    seen = last_active(data, key)
    return (seen, plus_years(parse(seen).last, LONG_SINCE)) if seen else None


# What a wheel knows from its build: see `Plain.known` ---------------------------------


def _size(data: "Data", key: str, as_of: AsOf) -> int | None:
    """How many certain members a record has; None where no claim names a State."""
    record = data.records[key]
    if not states_named(record):
        return None
    ends = [parse(str(claim.value)) for claim in record.claims_of(ENDED)]
    # After its end nobody is a member: how many there were then says more.
    when = AsOf(max(ends)) if ends and as_of.last_known else as_of
    return sum(found.certain for found in members_at(data, record, when).values())


def _chair(data: "Data", key: str, as_of: AsOf) -> list[tuple[Why, list[str]]]:
    """The States in the chair, by their terms: no part where the chair never changes."""
    states: dict[Why, list[str]] = {}
    for value in value_at(data, data.records[key], "chair", as_of):
        why = chair_why(answer_of(value), as_of) if value.answer else ()
        states.setdefault(why, []).append(value.item)
    return list(states.items())


def dormant_by(record: "Record", as_of: AsOf) -> "Claim | None":
    """The claim by which a record does not meet any more, as far as is known for a date."""
    found = property_at(record, "status", as_of, "choice")
    claims = found.claims if found.how != "later" else ()
    return next((each for each in claims if each.value == "dormant" and each.date), None)


def at_rest(data: "Data", key: str, as_of: AsOf) -> str:
    """Whether a record is "ended" or "dormant"; empty where it is neither."""
    record = data.records[key]
    outside = outside_life(record, as_of)
    if outside is not None:
        return ENDED if outside.rests_on[0].property == ENDED else ""
    # When it ended may not be known: later signs of its life would contradict that.
    statuses = {claim.value for claim in record.claims_of("status") if not claim.date}
    seen = newest_activity(data, record, as_of.date.last) if ENDED in statuses else None
    silent = seen is None or plus_years(seen.when.last, LONG_SINCE) < as_of.date.first
    over = as_of.last_known and ENDED in statuses and silent
    return ENDED if over else "dormant" if dormant_by(record, as_of) else ""


def _held(data: "Data", key: str, _: AsOf) -> str | None:
    held = gathering_of(data.records[key])
    return held.when.text if held else None


def _status(data: "Data", key: str, as_of: AsOf) -> str | None:
    """The date of the status that holds."""
    values = sure(value_at(data, data.records[key], "status", as_of))
    return newest(value.last_known for value in values)


OVERVIEW: dict[str, Callable[["Data", str, AsOf], Any]] = {
    "last_seen_active": last_active,
    "size": _size,
    "chair": _chair,
    "rest": at_rest,
    "status_as_of": _status,
    "held": _held,
}


def known_of(data: "Data") -> dict[str, Any]:
    """What the build of a wheel finds out about the data."""
    now = AsOf(parse(data.date), last_known=True)
    found = {
        name: {key: read(data, key, now) for key in data.records} for name, read in OVERVIEW.items()
    }
    records, states = data.plain.names.records, data.plain.names.states
    return {
        "naming": data.plain.naming,
        **found,
        "territories": data.plain.territories,
        "short_names": data.plain.short_names,
        "names": {**records.tables(), **states.tables()},
    }


# Values of claims in the words that people read ---------------------------------------


def shown_value(data: "Data", claim: "Claim", short: bool = False) -> str:
    """The value of a claim as people read it."""
    kind = data.type_of(claim.property)
    if kind == "states" and not short:
        return shown_states(data, claim.values)
    if kind == "record" and not short:
        return str(data.document["records"][claim.value]["short_name"])
    return "; ".join(claim.values)


def shown_states(data: "Data", codes: Sequence[str]) -> str:
    """Names of States, joined by commas."""
    return ", ".join(data.plain.state_name(code) for code in codes)
