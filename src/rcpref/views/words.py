"""Words that several views share: dates, values and passages as people read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from rcpref.answers.membership.answer import CAPACITY_NAMES, CERTAIN
from rcpref.answers.time import AsOf, as_of, happens, when
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import UsageProblem, echo
from rcpref.model import EVENT, LISTED, OVERLAY
from rcpref.report.blocks import Block, Column, FactLine, Facts, Span
from rcpref.report.marks import Marks, undated_words
from rcpref.report.report import column_named
from rcpref.spelling import key_of
from rcpref.views.shapes import sources_of
from rcpref.wording import Why, in_words

if TYPE_CHECKING:
    from rcpref.answers.values import Value
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Passage, Text

    class Called(Protocol):
        @property
        def name(self) -> str: ...


T = TypeVar("T", bound="Called")


def asked_for(data: Data, text: str | None) -> AsOf:
    """The date that a question is asked for: the one given, or what is last known."""
    return as_of(text, data.date)


def date_words(data: Data, asked: AsOf) -> str:
    """The date as it is printed with an answer: "as last known", "in May 2013"."""
    if asked.last_known:
        return "as last known"
    when, today = asked.date.moment, parse(data.date)
    if asked.date.text == data.date:
        return f"{when} (the date of the data)"
    later = f" (after the date of the data, {today.words})" if asked.date.after(today) else ""
    return f"{when}{later}"


def month_of(day: str) -> str:
    """The month of a date, or its year, for people who need no more: "June 2016"."""
    return parse(day.rpartition("/")[2][:7]).words


_FEW_DAYS = timedelta(7)


def seen_words(day: str) -> str:
    """When something happened: the days of a meeting, or the time in which it was held."""
    when = parse(day)
    return when.moment if "/" in day and when.last - when.first >= _FEW_DAYS else when.words


# Properties, claims and values ----------------------------------------------------------


def property_named(data: Data, name: str, kind: str = "") -> str | None:
    """The property that a name means: its key, else its label; None if there is none."""
    known = data.document["properties"].items()
    fitting = ((key, raw["label"]) for key, raw in known if not kind or kind in raw["kinds"])
    found = column_named(name, (Column(key, label) for key, label in fitting))
    return found.key if found else None


_OF_MEETINGS = ("attended", "meeting_participants")
"""Properties whose dates are those of meetings, beside all events."""


def claim_date(data: Data, claim: Claim, bounds: bool = False, iso: bool = False) -> str:
    """The date of a claim as people read it, in tables of claims as it is written.

    With `bounds`, of an undated one the bounds.
    """

    def word(text: str) -> str:
        return text if iso else parse(text).words

    if claim.as_of is not None:
        first, _, last = claim.as_of.partition("/")
        # A meeting dated a/b went on from a to b; all else was true at one time between.
        lasting = (
            data.type_of(claim.property) == "event" and claim.property != EVENT
        ) or claim.property in _OF_MEETINGS
        if not last or (lasting and not iso):
            return word(claim.as_of)
        if not iso:
            return parse(claim.as_of).moment
        return f"{first} to {last}" if lasting else f"between {first} and {last}"
    if claim.from_:
        start = word(claim.from_)
        return f"{start} to {word(claim.until)}" if claim.until else f"from {start}"
    if claim.until:
        return f"until {word(claim.until)}"
    source = data.document["sources"][claim.source]
    undated = "undated" if iso or source.get("date") else undated_words(source)
    ends = [("not before", claim.not_before), ("not after", claim.not_after)] if bounds else []
    return ", ".join([undated, *(f"{name} {word(day)}" for name, day in ends if day)])


def from_sources(keys: Collection[str], named: Iterable[str] = ()) -> str:
    """How many sources something is from: "From 12 sources, 2 of them from your overlay"."""
    count = f"From {len(keys)} {'source' if len(keys) == 1 else 'sources'}"
    if names := "; ".join(named):
        return f"{count}: {names}"
    added = sum(key.startswith(OVERLAY) for key in keys)
    how_many = "" if added == len(keys) else f"{added} of them "
    return f"{count}{f', {how_many}from your overlay' if added else ''}"


def data_line(data: Data) -> str:
    """Which data a file is made of that may be passed on: it does not name the overlay."""
    from rcpref.version import versions

    overlay = ", with an overlay" if data.overlay else ""
    return f"{versions(data.version, data.date)}{overlay}, sha256 {data.digest[:12]}."


def together(*lines: str) -> str:
    """Notices as one line; what is empty is left out."""
    return "; ".join(filter(None, lines))


def joined_spans(parts: Iterable[Sequence[Span]], between: str = "; ") -> list[Span]:
    spans: list[Span] = []
    for part in parts:
        spans += [Span(between), *part] if spans and part else part
    return spans


def in_order_of_names(rows: Iterable[T]) -> list[T]:
    """Rows in the order of their names, in which people look for one; programs have codes."""
    return sorted(rows, key=lambda row: key_of(row.name))


_EMPHASES = {"bold": "strong", "italic": "emphasis", "bold-italic": "strong-emphasis"}


def spans_within(text: Text) -> dict[str, list[Passage]]:
    """The passages that are words of others, by the reference of that in which they stand."""
    inside: dict[str, list[Passage]] = {}
    for passage in text.passages:
        if passage.within:
            inside.setdefault(passage.within, []).append(passage)
    return inside


def passage_spans(data: Data, passage: Passage, hits: Sequence[str] = ()) -> list[Span]:
    """The words of a passage with emphasis, footnote marks, and some of its words marked."""
    text, language = passage.text, data.document["texts"][passage.text_id]["language"]
    cuts = []
    for part in passage.emphasis:
        at = -1
        for _ in range(part.occurrence):
            at = text.index(part.words, at + 1)
        cuts.append((at, at + len(part.words), _EMPHASES[part.style]))
    marks = sorted(
        (text.index(note.mark_after) + len(note.mark_after), note.number)
        for note in data.footnotes_in(passage.ref)
        if note.mark_after
    )
    found = (each.span() for words in hits for each in re.finditer(re.escape(words), text))
    hit = {place for start, end in found for place in range(start, end)}
    turns = (place for place in range(len(text)) if (place in hit) != (place - 1 in hit))
    spans: list[Span] = []
    ends = (place for cut in cuts for place in cut[:2])
    edges = sorted({0, len(text), *ends, *turns, *(place for place, _ in marks)})
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        spans += [Span(str(number), "footnote") for place, number in marks if place == start]
        if start < end:
            style = next((c[2] for c in cuts if c[0] <= start and end <= c[1]), "")
            style = "hit" if start in hit else style
            spans.append(Span(text[start:end], style, lang=language))
    return spans


# The kinds and capacities that commands take, in singular or plural -------------------


def kind_named(
    word: str, among: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> str:
    """The kind that a word means, in singular or plural, with or without hyphen."""
    among = LISTED if among is None else among
    asked = key_of({"country": "state", "countries": "states"}.get(word.lower(), word))
    for singular, plural in among.items():
        if asked and asked in (key_of(singular), key_of(plural)):
            return singular
    known = [plural for kind, plural in among.items() if not offered or kind in offered]
    from rcpref.answers.suggestions import nearest

    near = nearest(word, ((plural, plural) for plural in known), limit=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageProblem(f"no kind {echo(word)}", f"{hint}kinds: {', '.join(known)}", name=word)


MEMBER, CHAIR = "member", "chair"

CAPACITY_WORDS = {key: words for key, (words, _) in CAPACITY_NAMES.items()}


def capacity_named(word: str) -> str:
    """The capacity that a word means: one of `CAPACITY_WORDS`, or its property."""
    asked = key_of(word)
    for key, words in CAPACITY_WORDS.items():
        name = key_of(words)
        if asked in (name, f"{name}s", key_of(key), key_of(key.removesuffix("_states"))):
            return key
    raise UsageProblem(
        f"no capacity {echo(word)}", f"capacities: {', '.join(CAPACITY_WORDS.values())}"
    )


# Claims as people read them: values, dates, marks of sources, one by one or group by group.
# They import the answers that they ask for: look-ups that need a word of the above go without
# the chair and the rules of membership, a twentieth of their start.

_MOST_EVENTS = 5
"""How many of the things that happened are printed unless the whole history is asked for."""

_MOST_SOURCES = 2  # so many sources of one answer are marked on a card


def claim_spans(data: Data, claim: Claim) -> list[Span]:
    """The value of a claim with what a careful reader should know, and the note on it."""
    from rcpref.answers.values import shown_states, shown_value

    value = shown_value(data, claim)
    link = value if data.type_of(claim.property) == "url" else ""
    if claim.property == "attended":
        value = ", ".join(
            data.records[key].short_name if key in data.records else key for key in claim.values
        )
    cautions = [
        f"as {claim.role}" if claim.role else "",
        claim.group or "",
        claim.passage or "",
        "derived by the editors" if claim.derived else "",
        "the list may be longer" if claim.complete is False else "",
        f"disputed: {shown_states(data, claim.disputed)}" if claim.disputed else "",
    ]
    words = "; ".join(filter(None, cautions))
    return [
        Span(value, "", link),
        *([Span(f" ({words})", "quiet")] if words else []),
        *([Span(f"Note: {claim.note}", "note")] if claim.note else []),
    ]


def cautions(data: Data, claim: Claim) -> list[str]:
    """What weakens a claim, where its note stands apart."""
    from rcpref.answers.values import shown_states

    names = shown_states(data, claim.disputed)
    total = claim.stated_total
    found = [
        f"marked as disputed: {names}" if names else "",
        "the list is not complete" if claim.complete is False else "",
        f"the source itself counts {total}" if total is not None else "",
        "derived by the editors" if claim.derived else "",
    ]
    return list(filter(None, found))


def date_and_mark(claim: Claim, marks: Marks) -> str:
    """The date of a claim with the mark of its source, as they follow its value."""
    return marks.behind(claim_date(marks.data, claim, iso=True), (claim.source,))


def source_marks(claims: Iterable[Claim], marks: Marks) -> list[Span]:
    """The marks of the first few sources of an answer, and how many more it has."""
    sources = sources_of(claims)
    left = len(sources) - _MOST_SOURCES
    more = [Span(f"[+{left}]", "more-sources")] if left > 0 else []
    return [*marks.spans(sources[:_MOST_SOURCES]), *more]


def first_day(claim: Claim) -> date:
    """The first day of which a claim can speak; undated ones have the last of all."""
    time = when(claim)
    return time.first if time else date.max


def newest_first(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by their dates, the newest first, undated ones at the end."""

    def place(claim: Claim) -> tuple[date, date]:
        time = when(claim)
        return (time.last, time.first) if time else (date.min, date.min)

    return sorted(claims, key=place, reverse=True)


def claims_of(values: Iterable[Value]) -> list[Claim]:
    return list(dict.fromkeys(claim for value in values for claim in value.claims))


def by_reason(values: Iterable[Value]) -> list[list[Value]]:
    """States of whom the same is known for the same reason."""
    groups: dict[tuple[str | None, Why], list[Value]] = {}
    for value in values:
        groups.setdefault((value.answer, value.why), []).append(value)
    return list(groups.values())


def state_spans(data: Data, values: Sequence[Value], reason: str) -> list[Span]:
    """The States of one of these groups: "possible: Peru, Chile (named in 2013)"."""
    from rcpref.answers.values import shown_states

    answer = values[0].answer
    lead = "" if answer in (None, *CERTAIN) else f"{answer}: "
    names = shown_states(data, [value.item for value in values])
    return [Span(f"{lead}{names}"), Span(f" ({reason})", "quiet")]


def claim_facts(
    data: Data, record: Record, claims: Sequence[Claim], asked: AsOf | None, marks: Marks
) -> list[Block]:
    """The claims on a record, group by group; of States and chairs the answers for the date."""
    from rcpref.answers.chair import CHAIR_KINDS, CHAIRS
    from rcpref.answers.membership.evidence import CAPACITIES

    # Without a date they are the whole history, in which those that others contradict are marked.
    disputed: frozenset[str] = frozenset()
    if asked is None:
        from rcpref.answers.disputes import disputed_refs

        disputed = disputed_refs(record, data.type_of)
    blocks: list[Block] = []
    for group, by_property in by_group(data, claims).items():
        lines: list[FactLine] = []
        for key, found in by_property.items():
            answered = key in CAPACITIES or (key in CHAIRS and record.kind in CHAIR_KINDS)
            if asked is None:
                facts = [_fact(claim, marks, disputed) for claim in sorted(found, key=_time)]
            elif answered:
                facts = _answer_facts(record, key, asked, marks)
            else:
                # Of what happened often the newest few, and how many more there are.
                often = len(found) > _MOST_EVENTS and happens(key, data.type_of(key))
                newest = sorted(found, key=_time)[-_MOST_EVENTS:] if often else found
                facts = [_fact(claim, marks) for claim in newest]
                earlier = Span(f"and {len(found) - _MOST_EVENTS} earlier", "quiet")
                facts += [("", [earlier, Span(": --history", "hint")], "")] if often else []
            (_, value, sources), *more = facts
            lines += [(data.label_of(key), value, sources), *more]
        blocks.append(Facts(group.capitalize(), lines))
    return blocks


def by_group(data: Data, claims: Sequence[Claim]) -> dict[str, dict[str, list[Claim]]]:
    """Claims by group and property, both in the order of the vocabulary."""
    groups: dict[str, dict[str, list[Claim]]] = {}
    for claim in sorted(claims, key=lambda claim: data.properties[claim.property].order):
        group = data.properties[claim.property].group
        groups.setdefault(group, {}).setdefault(claim.property, []).append(claim)
    return groups


def _fact(claim: Claim, marks: Marks, disputed: frozenset[str] = frozenset()) -> FactLine:
    spans = claim_spans(marks.data, claim)
    if claim.ref in disputed:
        spans += [Span(" Others disagree.", "mark"), Span(" See rcpref disputes.", "hint")]
    return "", spans, date_and_mark(claim, marks)


def _time(claim: Claim) -> tuple[bool, date, date]:
    """Undated claims first, then in order of time."""
    time = when(claim)
    return (time is not None, time.first, time.last) if time else (False, date.min, date.min)


def _answer_facts(record: Record, key: str, asked: AsOf, marks: Marks) -> list[FactLine]:
    """The answer for the date: certain States first, then those that are not."""
    from rcpref.answers.membership.members import outside_life
    from rcpref.answers.values import value_at

    groups = by_reason(value_at(marks.data, record, key, asked))
    outside = outside_life(record, asked)
    # Of a process that has ended the last chair is known all the same.
    if not groups and outside is not None:
        mark = marks.behind("", sources_of(outside.rests_on))
        return [("", [Span(f"none: {in_words(outside.why, people=True)}", "quiet")], mark)]
    facts: list[FactLine] = []
    for values in sorted(groups, key=lambda group: group[0].answer not in CERTAIN):
        count = f"{len(values)} States" if len(values) > 1 else ""
        mark = marks.behind(count, sources_of(claims_of(values)))
        facts.append(
            ("", state_spans(marks.data, values, in_words(values[0].why, people=True)), mark)
        )
    return facts or [("", [Span("none known for this date", "quiet")], "")]
