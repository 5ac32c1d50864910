"""Coded rules over the data, beyond their form; docs/checks.md lists them.

A problem of form (E1xx to E4xx, see `rcpref.data.check`) keeps the data from being loaded.
The rules here look at what the claims say together. Each is one function that yields
findings, named in `RULES` but for W508, which is about sources.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rcpref.answers.membership.answer import NO
from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS, Register, plus_years
from rcpref.answers.membership.members import Membership, standing_of, states_named
from rcpref.answers.time import AsOf, when
from rcpref.data.dataset import Data
from rcpref.data.form import COUNTRY, SOURCES
from rcpref.data.names import BUNDLED, is_own, names_in
from rcpref.dates import Interval, parse
from rcpref.model import CLOSED_BY, EVENT, KINDS, OVERLAY
from rcpref.model.countries import Country
from rcpref.model.records import Claim, Record
from rcpref.spelling import key_of

ERROR, WARNING = "error", "warning"


class Finding(NamedTuple):
    """What a rule found.

    Attributes:
        code: Code of the rule; its letter is that of the level.
        level: error or warning.
        file: The file, relative to the data folder.
        key: Where in the file.
        message: What is wrong.
        remedy: What to do.
    """

    code: str
    level: str
    file: str
    key: str
    message: str
    remedy: str


MOST_FINDINGS = 1_000  # so many findings of one rule are told: nobody reads on


def check(data: Data, own_only: bool = False) -> list[Finding]:
    """The findings of all rules, in the order of the codes and then of the records."""
    by_rule = {code: _findings(data, code, own_only) for code in RULES}
    by_rule["W508"] = _uncited(data, own_only)
    in_order = (by_rule[code] for code in sorted(by_rule, key=lambda code: code[1:]))
    return [finding for found in in_order for finding in islice(found, MOST_FINDINGS)]


def _findings(data: Data, code: str, own_only: bool) -> Iterator[Finding]:
    level = ERROR if code.startswith("E") else WARNING
    for records, claims, message, remedy in RULES[code](data):
        record, claim = records[0], claims[0] if claims else None
        if own_only:
            mine = [each for each in claims if each.source.startswith(OVERLAY)]
            new = [each for each in records if each.overlay]
            if not mine and not new:
                continue
            record = new[0] if new else record
            claim = mine[0] if mine else claim
        yield Finding(code, level, *_place(record, claim, own_only), message, remedy)


def _place(record: Record | Country, claim: Claim | None, own_only: bool) -> tuple[str, str]:
    if isinstance(record, Country):
        return "countries.toml", f"country[{record.alpha3}]"
    file = f"{KINDS[record.kind]}/{record.id}.toml"
    if claim is None:
        return file, ""
    # The file of an overlay has its own claims alone.
    claims = [c for c in record.claims if not own_only or c.source.startswith(OVERLAY)]
    number = next((f"claim {place} " for place, c in enumerate(claims, 1) if c is claim), "")
    return file, f"{number}({claim.property})"


_Found = Iterator[tuple[Sequence[Record | Country], Sequence[Claim], str, str]]
"""The records or States and claims of a finding, the first one in charge; words; remedy."""


def _length(data: Data) -> _Found:
    """The list is longer or shorter than its source says, and not incomplete."""
    for record in data:
        for claim in record.claims:
            total, listed = claim.stated_total, len(claim.values)
            if total is None or total == listed or (claim.complete is False and listed < total):
                continue
            message = f"the source states {total}, the list has {listed}"
            remedy = "correct the list or stated_total, or set complete = false"
            yield (record,), (claim,), message, remedy


def _shared_names(data: Data) -> _Found:
    """Two records share a name, or an overlay has that of a record or State."""
    owners: dict[tuple[str, bool], list[Record]] = {}
    for record in data:
        for key in dict.fromkeys(map(key_of, (record.id, *_names(record)))):
            if key:
                owners.setdefault((key, record.overlay), []).append(record)
    shared: dict[tuple[str, ...], tuple[str, list[Record]]] = {}
    for (key, _), records in owners.items():
        if len(records) > 1:
            shared.setdefault(tuple(record.id for record in records), (key, records))
    for ids, (key, records) in shared.items():
        name = next(name for name in _names(records[0]) if key_of(name) == key)
        yield records, (), *_same_name(name, ids[1:])
    yield from _names_taken(data)


def _same_name(name: str, others: Iterable[str]) -> tuple[str, str]:
    return (
        f"the name {name!r} is also that of {', '.join(others)}",
        "nothing, if both have this name: a look-up then lists both",
    )


def _names_taken(data: Data) -> _Found:
    """Names in an overlay that a bundled record or State has, or may be given by."""

    def meaning(name: str) -> frozenset[str]:
        names = data.plain.names
        records = names.match(name, states=False, part=BUNDLED)
        states = names.match(name, kinds=None, part=BUNDLED)
        return frozenset(match.key for match in (*records, *states))

    for section, made in (("records", data.records), ("countries", data.countries)):
        for key, raw in data.document[section].items():
            found: dict[frozenset[str], str] = {}
            for name in names_in(key, raw) if is_own(raw) else ():
                found.setdefault(meaning(name), name)
            for meant, name in found.items():
                if meant:
                    yield (made[key],), (), *_same_name(name, sorted(meant))


def _names(record: Record) -> tuple[str, ...]:
    return (record.name, record.short_name, record.acronym or "", *record.aliases, record.id)


MOST_CHAIRS = 1_000  # so many mentions of a State in the chair of one process are looked up


def _chairs(data: Data) -> _Found:
    """A chair is not among the members of that time."""
    for record in data.of_kind("process"):
        if not states_named(record):
            continue
        left = MOST_CHAIRS
        for claim in record.claims_of("chair"):
            time = when(claim)
            if time is None or not left:
                continue
            states, lists = claim.values[:left], record.claims_of("members")
            left -= len(states)
            membership = Membership(data, record, AsOf(time))
            for state in states:
                if membership.of(state).answer == NO:
                    message = f"{state} is in the chair but not a member {time.said}"
                    remedy = "correct the chair, or add the list in which it is a member"
                    yield (record,), (claim, *lists), message, remedy


def _observers(data: Data) -> _Found:
    """A State is member and observer at once."""
    remedy = "check both lists in their sources; if these disagree, say so in a note"
    for record in data:
        lists = [(when(claim), claim, set(claim.values)) for claim in record.claims_of("members")]
        named = set().union(*(states for _, _, states in lists))
        for observers in record.claims_of("observers"):
            time = when(observers)
            watching = named.intersection(observers.values)
            for other, members, states in lists if watching else ():
                same_time = time.overlaps(other) if time and other else time is other
                both = sorted((watching & states).difference(members.disputed))
                if same_time and both:
                    dated = members.date or "no date"
                    message = f"{', '.join(both)}: also in the members of {dated}"
                    yield (record,), (observers, members), message, remedy


class _Events:
    """The joinings and leavings of one State, in the order of the data."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        times = [parse(str(claim.as_of)) for claim in claims]
        # Their last days, and their first ones, in order, each with its place among the claims.
        self._ended = sorted((time.last, place) for place, time in enumerate(times))
        self._begun = sorted((time.first, place) for place, time in enumerate(times))

    def member_at(self, time: Interval) -> bool | None:
        """Whether they make the State a member then; None if they do not say."""
        before = bisect_left(self._ended, (time.first, 0))
        after = bisect_left(self._begun, (time.last, len(self.claims)))
        if before < after:
            return None  # one of them is of that time
        if before:
            # Of several that end on one day, the first in the data.
            newest = bisect_left(self._ended, (self._ended[before - 1][0], 0))
            return self.claims[self._ended[newest][1]].property == JOINED
        return self.claims[self._begun[after][1]].property == LEFT


def _contradictions(data: Data) -> _Found:
    """A list of members contradicts a joining or leaving."""
    for record in data:
        claims: dict[str, list[Claim]] = {}
        for claim in (*record.claims_of(JOINED), *record.claims_of(LEFT)):
            for state in dict.fromkeys(claim.values) if claim.as_of else ():
                claims.setdefault(state, []).append(claim)
        events = {state: _Events(each) for state, each in claims.items()}
        for members in record.claims_of("members"):
            if members.as_of is None:
                continue
            time, listed = parse(members.as_of), set(members.values)
            for state in sorted(events.keys() - set(members.disputed)):
                member = events[state].member_at(time)
                if member is None or member == (state in listed):
                    continue
                if member and members.complete is False:
                    continue
                listed_as, against = ("not in", "despite") if member else ("in", "against")
                message = f"{state} is {listed_as} the list of {members.as_of}, "
                message += f"{against} its joining or leaving"
                remedy = "find out which is right; keep both if the sources disagree"
                yield (record,), (members, *events[state].claims), message, remedy


def _primary(data: Data) -> _Found:
    """A record has no primary source."""
    for record in data:
        tiers = {data.sources[claim.source].tier for claim in record.claims}
        if tiers and "primary" not in tiers:
            message = f"has no primary source ({', '.join(sorted(tiers))})"
            remedy = "look for a source by the process, the body or a government"
            yield (record,), (), message, remedy


def _days(data: Data) -> _Found:
    """A meeting ends before it begins, or begins or ends on two dates."""
    for record in data:
        starts, ends = record.claims_of("start_date"), record.claims_of("end_date")
        for claim in (*starts, *ends):
            if "/" in str(claim.value):
                message = f"{claim.value!r} is two dates"
                yield (record,), (claim,), message, "give one date, as precise as the source"
        for end in ends:
            of_source = [claim for claim in starts if claim.source == end.source] or starts
            for start in of_source[:1]:
                if parse(str(end.value)).before(parse(str(start.value))):
                    message = f"{end.value!r} is before start_date = {start.value!r}"
                    yield (record,), (end, start), message, "swap the two, or correct one"


def _uncited(data: Data, own_only: bool) -> Iterator[Finding]:
    """Sources that no claim cites, not in its note either, and no text or State."""
    claims = [claim for each in data.document["claims"].values() for claim in each]
    cited = {claim["source"] for claim in claims}
    cited |= {word for claim in claims for word in re.findall(r"[\w-]+", claim.get("note", ""))}
    cited |= {text["document"] for text in data.document["texts"].values()}
    named = [key for key, each in COUNTRY.items() if each.refers == SOURCES]
    cited |= {country.get(key) for country in data.document["countries"].values() for key in named}
    for key, source in data.document["sources"].items():
        place = key.removeprefix(OVERLAY)
        if cited.isdisjoint((key, place)) and (source.get("overlay") or not own_only):
            message, remedy = "no claim cites it", "add a claim that cites it, or delete the source"
            yield Finding("W508", WARNING, "sources.toml", place, message, remedy)


LONG_YEARS = 15
"""So long after an event on the standing of a State it should have been looked for its end."""


def _unended(data: Data) -> _Found:
    """A State has been suspended or absent for fifteen years, and no claim ends it."""
    newest = parse(data.date).last
    for record in data:
        register = Register(record, MEMBERS)
        opening = [claim for claim in register.events if claim.effect in CLOSED_BY]
        found: dict[Claim, list[str]] = {}
        for state in dict.fromkeys(state for claim in opening for state in claim.states):
            for each in standing_of(register, state, parse(newest.isoformat())):
                if plus_years(parse(each.since).first, LONG_YEARS) <= newest:
                    found.setdefault(each.claim, []).append(state)
        for claim, states in found.items():
            since = f"{claim.effect} since {claim.as_of}, and no claim says that it ended"
            remedy = "add a claim on its end; do nothing if it still holds"
            yield (record,), (claim,), f"{', '.join(states)}: {since}", remedy


def _strangers(data: Data) -> _Found:
    """An event has an effect on a State that nothing else in the record names."""
    for record in data:
        named = set(Register(record, MEMBERS).ever_named)
        for claim in record.claims_of(EVENT):
            strangers = [state for state in claim.states if state not in named]
            if claim.effect and strangers:
                named.update(strangers)  # once is enough
                message = f"{', '.join(strangers)}: {claim.effect}, but in no list and no joining"
                remedy = "correct the code, or add the list in which it is a member"
                yield (record,), (claim,), message, remedy


RULES: dict[str, Callable[[Data], _Found]] = {
    "E501": _length,
    "W502": _shared_names,
    "W503": _chairs,
    "W504": _observers,
    "W505": _contradictions,
    "W506": _primary,
    "E507": _days,
    "W509": _unended,
    "W510": _strangers,
}
