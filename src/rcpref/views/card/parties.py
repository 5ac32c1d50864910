"""Who takes part, on a card: members, those beside them, observers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.counts import discrepancy
from rcpref.answers.membership.answer import DISPUTED, NO, POSSIBLE, UNKNOWN, YES
from rcpref.answers.membership.evidence import FOUNDERS, MEMBERS, OBSERVERS, OTHER_CAPACITIES
from rcpref.answers.membership.members import members_at, states_named
from rcpref.report.blocks import Entry, Span
from rcpref.spelling import key_of
from rcpref.views.card.subject import Subject, listed, newest_first, sourced, told
from rcpref.views.certainty import without_whole_list
from rcpref.views.items import answer_item
from rcpref.views.summary import summary

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer
    from rcpref.model.records import Claim

LABELS = {
    MEMBERS: "Members",
    OBSERVERS: "Observers",
    "associate_members": "Associates",
    "participating_states": "Participating",
    "partner_states": "Partner States",
    "candidate_states": "Candidates",
    "invited_states": "Invited",
}
"""What stands before those who take part in each capacity."""


def members(subject: Subject) -> list[Entry]:
    """The members: how many, last listed when, who; else how many there are said to be."""
    if not states_named(subject.record):
        return told(subject, "members_count", "Members")
    answers = _answers(subject, MEMBERS)
    whole = _summary(subject, MEMBERS, answers)
    entry = _entry(subject, MEMBERS, answers, whole["heading"])
    against = discrepancy(subject.record)
    if against is not None and whole["count_against_list"]:
        # The heading says what the count says; here is who says it.
        counting = subject.marks.spans([against.counting.source])
        entry = entry._replace(spans=[*entry.spans, *counting])
    certain = any(answer.answer == YES for answer in answers.values())
    if certain and without_whole_list([subject.record]):
        open_end = Span("; no complete list is known", "quiet")
        entry = entry._replace(spans=[*entry.spans, open_end])
    entries = [entry]
    for kind in (POSSIBLE, DISPUTED):
        names = _names(subject, answers, kind)
        if names and (certain or kind == DISPUTED):
            entries.append(Entry("", [Span(f"{len(names)} {kind}")], names, 1))
    return [*entries, *listed(subject, "member_organizations", "Other members", 1)]


def beside(subject: Subject) -> list[Entry]:
    """Who takes part beside the members, by capacity."""
    return [entry for key in OTHER_CAPACITIES for entry in _in_capacity(subject, key)]


def observers(subject: Subject) -> list[Entry]:
    """States that observe, then organizations; else how many there are said to be."""
    states = _in_capacity(subject, OBSERVERS)
    label = "" if states else LABELS[OBSERVERS]
    others = listed(subject, "observer_organizations", label, 1)
    if others and states:
        others = [others[0]._replace(label="")]
    return [*states, *others] or told(subject, "observers_count", LABELS[OBSERVERS])


def _in_capacity(subject: Subject, key: str) -> list[Entry]:
    if not states_named(subject.record, key):
        return []
    answers = _answers(subject, key)
    if all(answer.answer in (NO, UNKNOWN) for answer in answers.values()):
        return []
    return [_entry(subject, key, answers, _summary(subject, key, answers)["heading"])]


def _answers(subject: Subject, key: str) -> Mapping[str, Answer]:
    return members_at(subject.data, subject.record, subject.asked, key)


def _summary(subject: Subject, key: str, answers: Mapping[str, Answer]) -> dict[str, Any]:
    items = [{"id": code, **answer_item(answer)} for code, answer in answers.items()]
    return summary(subject.data, subject.record, subject.asked, items, key)


def _entry(subject: Subject, key: str, answers: Mapping[str, Answer], heading: str) -> Entry:
    """How many, how old, who: the certain ones, else those that are possible."""
    kinds = {answer.answer for answer in answers.values()}
    told = next((kind for kind in (YES, POSSIBLE, DISPUTED, NO) if kind in kinds), UNKNOWN)
    claims = [c for answer in answers.values() if answer.answer == told for c in answer.rests_on]
    spans = [Span(heading), *sourced(_lists_first(claims, key), subject.marks)]
    names = _names(subject, answers, told) if told in (YES, POSSIBLE) else []
    return Entry(LABELS[key], spans, names, 2 if key == MEMBERS else 1)


def _lists_first(claims: Sequence[Claim], key: str) -> list[Claim]:
    """The claims, lists before joinings and leavings, each the newest first."""
    ordered = newest_first(dict.fromkeys(claims))
    return sorted(ordered, key=lambda claim: claim.property not in (key, FOUNDERS))


def _names(subject: Subject, answers: Mapping[str, Answer], kind: str) -> list[str]:
    """Names of the States with an answer, in the order of the alphabet."""
    named = subject.data.plain.state_name
    names = (named(code) for code, each in answers.items() if each.answer == kind)
    return sorted(names, key=key_of)
