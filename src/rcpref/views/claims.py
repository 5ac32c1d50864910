"""Claims as people read them: values, dates, marks of sources, one by one or group by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, CHAIRS
from rcpref.answers.membership.answer import CERTAIN
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import outside_life
from rcpref.answers.time import happens, when
from rcpref.answers.values import Value, shown_states, shown_value, value_at
from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, FactLine, Facts, Span
from rcpref.report.marks import Marks
from rcpref.views.shapes import sources_of
from rcpref.views.words import claim_date

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim, Record

_MOST_EVENTS = 5
"""How many of the things that happened are printed unless the whole history is asked for."""

_MOST_SOURCES = 2
"""So many sources of one answer are marked on a card."""


# One claim, one answer -----------------------------------------------------------------


def claim_spans(data: Data, claim: Claim) -> list[Span]:
    """The value of a claim with what a careful reader should know, and the note on it."""
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
    names = shown_states(data, claim.disputed)
    total = claim.stated_total
    found = [
        f"marked as disputed: {names}" if names else "",
        "the list is not complete" if claim.complete is False else "",
        f"the source itself counts {total}" if total is not None else "",
        "derived by the editors" if claim.derived else "",
    ]
    return list(filter(None, found))


def date_and_mark(data: Data, claim: Claim, marks: Marks) -> str:
    """The date of a claim and the mark of its source, as they stand behind its value."""
    return marks.behind(claim_date(data, claim), (claim.source,))


def source_marks(claims: Iterable[Claim], marks: Marks) -> list[Span]:
    """The marks of the first few sources of an answer, and how many more it has."""
    sources = sources_of(claims)
    left = len(sources) - _MOST_SOURCES
    more = [Span(f" and {left} more", "more-sources")] if left > 0 else []
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
    """The claims on which some values rest, each once."""
    return list(dict.fromkeys(claim for value in values for claim in value.claims))


def by_reason(values: Iterable[Value]) -> list[list[Value]]:
    """States of whom the same is known for the same reason."""
    groups: dict[tuple[str | None, str], list[Value]] = {}
    for value in values:
        groups.setdefault((value.answer, value.reason), []).append(value)
    return list(groups.values())


def state_spans(data: Data, values: Sequence[Value], words: str) -> list[Span]:
    """The States of one of these groups: "possible: Peru, Chile (named in 2013)"."""
    answer = values[0].answer
    lead = "" if answer in (None, *CERTAIN) else f"{answer}: "
    names = shown_states(data, [value.item for value in values])
    return [Span(f"{lead}{names}"), Span(f" ({words})", "quiet")]


# All claims of a record ----------------------------------------------------------------


def claim_facts(
    data: Data,
    record: Record,
    claims: Sequence[Claim],
    asked: AsOf | None,
    marks: Marks,
) -> list[Block]:
    """The claims on a record, group by group; of States and chairs the answers for the date.

    Without a date they are the whole history, in which those that others contradict are marked.
    """
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
                facts = [_fact(data, claim, marks, disputed) for claim in sorted(found, key=_time)]
            elif answered:
                facts = _answer_facts(data, record, key, asked, marks)
            else:
                facts = _newest_facts(data, key, found, marks)
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


def _fact(
    data: Data, claim: Claim, marks: Marks, disputed: frozenset[str] = frozenset()
) -> FactLine:
    spans = claim_spans(data, claim)
    if claim.ref in disputed:
        spans += [Span(" Others disagree.", "mark"), Span(" See rcpref disputes.", "hint")]
    return "", spans, date_and_mark(data, claim, marks)


def _newest_facts(data: Data, key: str, claims: Sequence[Claim], marks: Marks) -> list[FactLine]:
    """Of what happened often the newest few, and how many more there are."""
    cut = len(claims) - _MOST_EVENTS if happens(key, data.type_of(key)) else 0
    if cut <= 0:
        return [_fact(data, claim, marks) for claim in claims]
    facts = [_fact(data, claim, marks) for claim in sorted(claims, key=_time)[cut:]]
    more = [Span(f"and {cut} earlier", "quiet"), Span(": --history", "hint")]
    return [*facts, ("", more, "")]


def _time(claim: Claim) -> tuple[bool, date, date]:
    """Undated claims first, then in order of time."""
    time = when(claim)
    return (time is not None, time.first, time.last) if time else (False, date.min, date.min)


def _answer_facts(
    data: Data, record: Record, key: str, asked: AsOf, marks: Marks
) -> list[FactLine]:
    """The answer for the date: certain States first, then those that are not."""
    groups = by_reason(value_at(data, record, key, asked))
    outside = outside_life(record, asked)
    # Of a process that has ended the last chair is known all the same.
    if not groups and outside is not None:
        mark = marks.behind("", sources_of(outside.rests_on))
        return [("", [Span(f"none: {outside.reason}", "quiet")], mark)]
    facts: list[FactLine] = []
    for values in sorted(groups, key=lambda group: group[0].answer not in CERTAIN):
        count = f"{len(values)} States" if len(values) > 1 else ""
        mark = marks.behind(count, sources_of(claims_of(values)))
        facts.append(("", state_spans(data, values, values[0].reason), mark))
    return facts or [("", [Span("none that is known for this date", "quiet")], "")]
