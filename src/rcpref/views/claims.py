"""Claims as people read them: by group and property, each value with its date and mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, CHAIRS
from rcpref.answers.membership.answer import YES
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import outside_life
from rcpref.answers.time import AsOf
from rcpref.answers.validity import happens, when
from rcpref.answers.values import Value, value_at
from rcpref.answers.wording import shown_value
from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, Facts, Span
from rcpref.report.marks import Marks
from rcpref.views.items import sources_of
from rcpref.views.words import shown_date

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record

_NEWEST = 5
"""How many of the things that happened are printed unless the whole history is asked for."""

_Line = tuple[list[Span], str]
"""A value, and a remark on it: date and mark."""


def claim_facts(
    data: Data,
    record: Record,
    claims: Sequence[Claim],
    asked: AsOf | None,
    disputed: set[str],
    marks: Marks,
) -> list[Block]:
    """The claims on a record, group by group.

    Args:
        data: The data set.
        record: The record.
        claims: The claims to tell.
        asked: The date of the answers on States and chairs; None for the whole history.
        disputed: References of the claims that others contradict.
        marks: Marks of the sources.
    """
    blocks: list[Block] = []
    for group, by_property in by_group(data, claims).items():
        lines: list[tuple[str, Sequence[Span], str]] = []
        for key, own in by_property.items():
            answered = key in CAPACITIES or (key in CHAIRS and record.kind in CHAIR_KINDS)
            if asked is None:
                found = _history(data, own, disputed, marks)
            elif answered:
                found = _answered(data, record, key, asked, marks)
            else:
                found = _newest(data, key, own, marks)
            label = data.label_of(key)
            lines += [
                ("" if index else label, spans, remark)
                for index, (spans, remark) in enumerate(found)
            ]
        blocks.append(Facts(group.capitalize(), lines))
    return blocks


def by_group(data: Data, claims: Sequence[Claim]) -> dict[str, dict[str, list[Claim]]]:
    """Claims by group and property, both in the order of the vocabulary."""
    groups: dict[str, dict[str, list[Claim]]] = {}
    for claim in sorted(claims, key=lambda claim: data.properties[claim.property].order):
        group = data.properties[claim.property].group
        groups.setdefault(group, {}).setdefault(claim.property, []).append(claim)
    return groups


def naming_facts(data: Data, claims: Sequence[Claim], marks: Marks) -> list[Block]:
    """The claims on several records that name a State, one line each."""
    lines = [
        (
            data.records[claim.record].short_name,
            [Span(data.label_of(claim.property))],
            _remark(data, claim, marks),
        )
        for claim in claims
    ]
    return [Facts("Named in claims on", lines)] if lines else []


def _history(data: Data, claims: Sequence[Claim], disputed: set[str], marks: Marks) -> list[_Line]:
    """One line a claim, in order of time."""
    lines: list[_Line] = []
    for claim in sorted(claims, key=_by_time):
        spans = claim_spans(data, claim)
        if claim.ref in disputed:
            spans += [Span(" Others disagree.", "mark"), Span(" See rcpref disputes.", "hint")]
        lines.append((spans, _remark(data, claim, marks)))
    return lines


def _newest(data: Data, key: str, claims: Sequence[Claim], marks: Marks) -> list[_Line]:
    """One line a claim; of what happened often, the newest few."""
    cut = len(claims) - _NEWEST if happens(key, data.type_of(key)) else 0
    if cut > 0:
        claims = sorted(claims, key=_by_time)[cut:]
    lines = [(claim_spans(data, claim), _remark(data, claim, marks)) for claim in claims]
    if cut > 0:
        spans = [Span(f"and {cut} earlier", "quiet"), Span(": --history", "hint")]
        lines.append((spans, ""))
    return lines


def _by_time(claim: Claim) -> tuple[bool, date, date]:
    """Undated claims first, then in order of time."""
    time = when(claim)
    return (time is not None, time.first, time.last) if time else (False, date.min, date.min)


def _answered(data: Data, record: Record, key: str, asked: AsOf, marks: Marks) -> list[_Line]:
    """The answer for the date: certain States first, then those that are not."""
    early = outside_life(record, asked)
    if early is not None:
        mark = marks.behind("", sources_of(early.rests_on))
        return [([Span(f"none: {early.reason}", "quiet")], mark)]
    lines: list[_Line] = []
    groups: dict[tuple[str | None, str], list[Value]] = {}
    for value in value_at(data, record, key, asked):
        # Members that rest on the same evidence stand together.
        groups.setdefault((value.answer, value.reason), []).append(value)
    for (answer, reason), members in sorted(groups.items(), key=lambda pair: pair[0][0] != YES):
        names = ", ".join(data.plain.state_name(value.item) for value in members)
        lead = "" if answer == YES else f"{answer}: "
        spans = [Span(f"{lead}{names}"), Span(f" ({reason})", "quiet")]
        used = dict.fromkeys(claim for value in members for claim in value.claims)
        count = f"{len(members)} States" if len(members) > 1 else ""
        lines.append((spans, marks.behind(count, sources_of(used))))
    return lines or [([Span("none that is known for this date", "quiet")], "")]


def claim_spans(data: Data, claim: Claim) -> list[Span]:
    """The value of a claim with all that a careful reader should know beside it."""
    value = shown_value(data, claim)
    link = value if data.type_of(claim.property) == "url" else ""
    if claim.property == "attended":
        value = ", ".join(
            data.records[key].short_name if key in data.records else key for key in claim.values
        )
    spans = [Span(value, "", link)]
    beside = []
    if claim.role:
        beside.append(f"as {claim.role}")
    if claim.group:
        beside.append(claim.group)
    if claim.passage:
        beside.append(claim.passage)
    if claim.derived:
        beside.append("derived by the editors")
    if claim.complete is False:
        beside.append("the list may be longer")
    if claim.disputed:
        beside.append(f"disputed: {', '.join(data.plain.state_name(c) for c in claim.disputed)}")
    if beside:
        spans.append(Span(f" ({'; '.join(beside)})", "quiet"))
    if claim.note:
        spans.append(Span(f"Note: {claim.note}", "note"))
    return spans


def _remark(data: Data, claim: Claim, marks: Marks) -> str:
    return marks.behind(shown_date(data, claim) or "undated", (claim.source,))
