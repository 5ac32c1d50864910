"""Answers in words: all on a record in a line (how many, how old), and each by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from rcpref.answers.membership.answer import (
    ANSWERS,
    BETWEEN,
    CARRIED,
    CERTAIN,
    EVENT,
    KINDS,
    LISTED,
    NO,
    OPEN,
    UNDATED,
    Answer,
    Standing,
)
from rcpref.answers.membership.evidence import (
    FOUNDERS,
    JOINED,
    LEFT,
    MEMBERS,
    plus_years,
    whole_years,
)
from rcpref.answers.membership.members import Discrepancy, discrepancy, states_named, whole_list
from rcpref.answers.time import AsOf
from rcpref.answers.values import dormant_by
from rcpref.data.dataset import Data
from rcpref.dates import newest, parse
from rcpref.errors import UsageProblem, echo
from rcpref.fields import Fields
from rcpref.model import TERRITORY
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Item, Marked, Span, joined
from rcpref.report.marks import Marks
from rcpref.views.shapes import sources_of
from rcpref.views.words import joined_spans
from rcpref.wording import Part, Why, bounds, in_words, sentence

if TYPE_CHECKING:

    class Answered(Protocol):
        @property
        def answer(self) -> Answer: ...


class Summary(Fields):
    """The answers on one record as a whole: counts and newest dates of those that are certain."""

    states: int
    territories: int
    open: Mapping[str, int]  # how many are not certain, by each kind of answer that is open
    undated: int  # on undated lists alone
    last_known: str | None
    last_listed: str | None
    against: Discrepancy | None  # the count that speaks against the newest list
    heading_parts: Why = ()

    @property
    def heading(self) -> str:
        """How many and how old, in words with dates in ISO 8601."""
        return in_words(self.heading_parts)

    def item(self) -> Item:
        return {
            "states": self.states,
            "territories": self.territories,
            **self.open,
            "undated": self.undated,
            "last_known": self.last_known,
            "last_listed": self.last_listed,
            "count_against_list": in_words(self.against.parts) if self.against else None,
            "heading": self.heading,
        }


def summary(
    data: Data,
    record: Record,
    as_of: AsOf,
    answers: Mapping[str, Answer],
    capacity: str = MEMBERS,
) -> Summary:
    certain = {code: found for code, found in answers.items() if found.certain}
    countries = data.document["countries"]
    territories = sum(countries.get(code, {}).get("status") == TERRITORY for code in certain)
    against = discrepancy(record) if capacity == MEMBERS else None
    if against and as_of.date.before(parse(str(against.members.as_of))):
        against = None  # the list is of later
    given = [found.answer for found in answers.values()]
    found = Summary(
        len(certain) - territories,
        territories,
        {word: given.count(word) for word in OPEN},
        sum(each.basis == UNDATED for each in certain.values()),
        newest(each.last_known for each in certain.values()),
        newest(_dates(certain.values(), (capacity, FOUNDERS))),
        against,
    )
    lists = [
        claim
        for key in ((capacity, FOUNDERS) if capacity == MEMBERS else (capacity,))
        for claim in record.claims_of(key)
        if claim.as_of == found.last_listed or not claim.as_of
    ]
    heading = list(_heading(as_of, answers, found, lists))
    if against:
        heading.append(against.parts[1])
    heading += dormant_parts(record, as_of)
    return found._replace(heading_parts=tuple(heading))


def caveat(record: Record, answers: Iterable[Answer], capacity: str = MEMBERS) -> Why:
    """What follows the heading where the members that are certain may not be all."""
    some = capacity == MEMBERS and any(found.certain for found in answers)
    return (Part("no-whole-list"),) if some and without_whole_list([record]) else ()


def dormant_parts(record: Record, as_of: AsOf) -> Why:
    """Since when a record does not meet any more, as far as is known for the date."""
    claim = dormant_by(record, as_of)
    if claim is None:
        return ()
    if claim.from_:
        return (Part("dormant-since", (claim.from_,)),)
    return (Part("dormant", (str(claim.as_of or claim.until),)),)


def dormant_line(records: Sequence[Record], as_of: AsOf, people: bool = False) -> str:
    """Which records do not meet any more, as far as is known for the date."""
    lines = []
    for record in records:
        if parts := dormant_parts(record, as_of):
            name = f"{record.short_name} " if len(records) > 1 else ""
            lines.append(f"{name}{in_words(parts, people)}")
    return "; ".join(lines)


def counted(states: int, territories: int = 0) -> str:
    """How many: "1 State", "42 States, 3 territories"."""
    named = f"{states} {'State' if states == 1 else 'States'}"
    if not territories:
        return named
    more = f"{territories} {'territory' if territories == 1 else 'territories'}"
    return f"{named}, {more}" if states else more


def both_counts(certain: int, more: int) -> str:
    """How many for certain and how many more there may be: the first falls as evidence ages."""
    return f"{certain:,} certain, {more:,} more possible"


def _heading(
    as_of: AsOf, answers: Mapping[str, Answer], found: Summary, lists: Sequence[Claim]
) -> Iterable[Part]:
    """How many and how old: "8 States, last listed 2013-05; no newer list is known".

    `lists` are the newest ones and those without a date.
    """
    if not found.states and not found.territories:
        return _none(answers.values(), found)
    parts = [Part("count", extra=counted(found.states, found.territories))]
    if not as_of.last_known:
        return parts
    parts += _age(answers, found, lists)
    listed = found.last_listed
    if not listed:
        return parts
    newest_day = parse(listed)
    later = (c for c in lists if c.not_before and parse(c.not_before).after(newest_day))
    if any(later):
        return parts if found.undated else [*parts, Part("undated-newer")]
    recent = newest_day.last.year >= as_of.date.first.year - 1
    return parts if recent else [*parts, Part("no-newer-list")]


def _none(answers: Collection[Answer], found: Summary) -> Iterable[Part]:
    """What is known where no State is certain: never that there are none, unless it is."""
    counts = [f"{count} {word}" for word, count in found.open.items() if count]
    if counts:
        return [Part("none-certain"), *(Part("open", extra=count) for count in counts)]
    if any(each.answer != NO for each in answers):
        return [Part("none-known")]
    reasons = {each.why for each in answers}
    if len(reasons) == 1:
        return [Part("none-because"), *reasons.pop()]
    return [Part("none")]


def _age(answers: Mapping[str, Answer], found: Summary, lists: Sequence[Claim]) -> Iterable[Part]:
    """When the answers were last known, or that it is not known when they held."""
    certain = {code: each for code, each in answers.items() if each.certain}
    if found.undated == len(certain):
        return [Part("all-undated"), *_bounds(list(certain.values()))]
    parts: list[Part] = []
    if found.last_listed:
        named = {code for claim in lists if claim.as_of for code in claim.values}
        listed = len(named & {*certain})
        # The newest list may have more than are certain now, or not all of them.
        which = f"{listed} of them" if listed < len(certain) else ""
        which = f"of the {len(named)}" if not which and len(named) > listed else which
        founders = all(claim.property == FOUNDERS for claim in lists if claim.as_of)
        if founders:
            which = f"{which} " if which else ""
            parts.append(Part("by-founders", (found.last_listed,), which))
        elif which:
            parts.append(Part("some-by-list", (found.last_listed,), which))
        else:
            parts.append(Part("by-list", (found.last_listed,)))
    left = _dates((each for each in answers.values() if each.answer == NO), (LEFT,))
    changed = newest([*_dates(certain.values(), (JOINED,)), *left])
    if changed and (not found.last_listed or parse(changed).after(parse(found.last_listed))):
        code = "last-change" if parts or changed in left else "last-joined"
        parts.append(Part(code, (changed,)))
    if found.undated:
        parts.append(Part("some-undated", extra=str(found.undated)))
        parts += _bounds(list(certain.values()))
    return parts


def _dates(answers: Iterable[Answer], properties: Sequence[str]) -> list[str]:
    claims = (claim for found in answers for claim in found.rests_on)
    return [each.as_of for each in claims if each.property in properties and each.as_of]


def _bounds(certain: Sequence[Answer]) -> Why:
    """The bounds that all undated lists share."""
    undated = [claim for found in certain if found.basis == UNDATED for claim in found.rests_on]
    since = {claim.not_before for claim in undated}
    until = {claim.not_after for claim in undated}
    return bounds(
        since.pop() if len(since) == 1 else None, until.pop() if len(until) == 1 else None
    )


# Which answers are printed, and what is said of those that are not --------------------


T = TypeVar("T", bound="Answered")


def answers_wanted(text: str | None) -> tuple[str, ...]:
    """The kinds of answer to print: the certain ones unless others, or ``all``, are asked for."""
    if text is None:
        return CERTAIN
    wanted = [part.strip().lower() for part in text.split(",")]
    for part in wanted:
        if part not in (*ANSWERS, "all"):
            raise UsageProblem(
                f"no answer {echo(part)}", f"answers: {', '.join(ANSWERS)}, or several, or all"
            )
    return tuple(answer for answer in ANSWERS if answer in wanted or "all" in wanted)


def split_by_answer(rows: Iterable[T], wanted: Sequence[str]) -> tuple[list[T], list[T]]:
    """The rows with one of the answers that are wanted, and the others."""
    shown: list[T] = []
    left: list[T] = []
    for row in rows:
        (shown if row.answer.answer in wanted else left).append(row)
    return shown, left


Named = Iterable[tuple[str, Answer]]  # answers, each behind what a line calls it


def _groups(named: Named, no: bool) -> dict[str, dict[str, Why]]:
    """The reasons of what is not certain, by name, for each kind of answer."""
    groups: dict[str, dict[str, Why]] = {
        kind.word: {} for kind in KINDS if not kind.certain and (no or kind.word != NO)
    }
    for name, found in named:
        if found.answer in groups:
            groups[found.answer][name] = found.why
    return {word: reasons for word, reasons in groups.items() if reasons}


def uncertain_line(named: Named, *, no: bool = False) -> str:
    """One line for people that counts and names what is not certain."""
    parts = []
    for word, reasons in _groups(dict(named).items(), no).items():
        count, why = str(len(reasons)), set(reasons.values())
        if len(why) == 1 and len(reasons) > 1:
            count += f": {in_words(why.pop(), people=True)}"
        parts.append(f"{word}: {', '.join(reasons)} ({count})")
    return "; ".join(parts)


_FEW = 3  # so many are named in a notice; of more it says how many they are

ALL_ANSWERS, IN_JSON = "--answer all lists them", "-f json has them"
"""Where those are that a notice does not name."""


def short_line(named: Named, where: str = ALL_ANSWERS, *, no: bool = False) -> str:
    """A short sentence that counts what is not certain; a few are named."""
    groups = _groups(named, no)
    if not groups:
        return ""
    parts = [
        f"{len(names)} {word}" + (f" ({', '.join(names)})" if len(names) <= _FEW else "")
        for word, names in groups.items()
    ]
    beyond = f" ({where})" if any(len(names) > _FEW for names in groups.values()) else ""
    return f"not listed: {', '.join(parts)}{beyond}"


NO_WHOLE_LIST = "no complete list of members is known; there may be others"


def undated_line(answers: Iterable[Answer]) -> str:
    """How many of some answers rest on nothing but lists without a date; empty for none."""
    count = sum(found.basis == UNDATED for found in answers)
    one, more = "1 is known only from an undated list", "are known only from undated lists"
    return f"of those listed, {one if count == 1 else f'{count} {more}'}" if count else ""


def without_whole_list(records: Iterable[Record]) -> list[Record]:
    """Those of which members are known, but no list that was read whole."""
    return [record for record in records if states_named(record) and not whole_list(record)]


def incomplete_line(records: Iterable[Record]) -> str:
    """Names the records of which no list of members was read whole; empty for none."""
    names = ", ".join(record.short_name for record in without_whole_list(records))
    return f"no complete list of members is known of {names}" if names else ""


# An answer in words, its age and standing ---------------------------------------------

BASIS_WORDS = {
    LISTED: "in a list of that time",
    EVENT: "joined or left",
    BETWEEN: "between two lists that agree",
    CARRIED: "from an older list",
    UNDATED: "undated list",
}

_UNLIKE = "between two lists"  # of two lists that do not agree nothing else is said

EVERY_BASIS = (*BASIS_WORDS.values(), _UNLIKE, "")
"""All that `basis_of` can say, in the order of the bases."""


def basis_of(found: Answer) -> str:
    if found.basis == BETWEEN and found.answer in OPEN:
        return _UNLIKE
    if found.basis == CARRIED and all(c.property in (JOINED, LEFT) for c in found.rests_on):
        return BASIS_WORDS[EVENT]  # no list says so
    return BASIS_WORDS.get(found.basis or "", "")


_COMMON_NOUNS = frozenset((
    "Process", "Dialogue", "Panel", "Union", "Community", "Council", "Commission", "League",
    "Forum", "Conference",
))  # fmt: skip


def with_article(record: Record) -> str:
    """The name shown, as it stands in a sentence: "the Khartoum Process", "IGAD"."""
    name = record.short_name
    return f"the {name}" if not _COMMON_NOUNS.isdisjoint(name.split()) else name


def sentence_of(state: str, record: str, found: Answer) -> str:
    """Why an answer is what it is, as a sentence: "Eritrea joined IGAD in September 1993"."""
    return sentence(state, record, found.why, found.certain, found.answer == NO)


def leaving_of(found: Answer) -> Claim | None:
    """The claim on the leaving of a State that has left; None of one that has not."""
    left = [claim for claim in found.rests_on if claim.property == LEFT and claim.as_of]
    return left[-1] if left and found.answer == NO else None


def left_words(leaving: Claim) -> str:
    """When a State left: "31 January 2020"."""
    return parse(str(leaving.as_of)).words


def age_of(found: Answer, asked: AsOf) -> str:
    """How far a list is from the date, to a quarter of a year: "nearly 9 years old"."""
    lasts = any(claim.property in (JOINED, LEFT) for claim in found.rests_on)
    if found.basis != CARRIED or found.distance is None or found.last_known is None or lasts:
        return ""
    listed = parse(found.last_known)
    start, end = listed.last, asked.date.first
    if earlier := not listed.before(asked.date):
        start, end = asked.date.last, listed.first
    nearly = (plus_years(start, found.distance + 1) - end).days <= _QUARTER
    years = found.distance + nearly
    most = whole_years(start, listed.last) if earlier else whole_years(listed.first, end)
    if "/" in listed.text and most > years:
        age = f"{found.distance} to {most} years" if found.distance else f"up to {most} years"
    elif years:
        age = f"{'nearly ' if nearly else ''}{years} {'year' if years == 1 else 'years'}"
    else:
        return ""
    if asked.last_known:
        return f"{age} old"
    return f"{age} {'younger' if earlier else 'older'} than the date asked about"


_QUARTER = 92  # days


def cell_of(
    why: Iterable[Part], claims: Iterable[Claim], standing: Iterable[Standing], marks: Marks
) -> Marked:
    """A reason with its sources, and what else is true of the State with those of its own."""
    reason = in_words(why, people=True)
    cells = [marks.behind(reason, sources_of(claims))] if reason else []
    for each in standing:
        cells.append(marks.behind(in_words([each.part], people=True), [each.claim.source]))
    return joined(cells)


def standing_spans(standing: Iterable[Standing], marks: Marks) -> list[Span]:
    """What else is true of a State: "suspended since 1 June 2021 [2]"."""
    return joined_spans(
        [Span(in_words([each.part], people=True)), *marks.spans([each.claim.source])]
        for each in standing
    )
