"""Who leads, on a card: the chair, the next one, the secretariat."""

from __future__ import annotations

from rcpref.answers.chair import chairs as holders_of
from rcpref.answers.chair import next_chairs
from rcpref.answers.membership.answer import YES
from rcpref.answers.values import Value, has_ended, term_words
from rcpref.answers.wording import shown_states
from rcpref.dates import parse
from rcpref.report.blocks import Entry, Span
from rcpref.views.card.subject import Subject, newest_first, sourced, stated, told


def chairs(subject: Subject) -> list[Entry]:
    """The chair and who follows; where there is none of its own now, by what rule it is led."""
    own = _chair(subject, "chair", "Chair")
    entries = [*own, *_chair(subject, "co_chair", "Co-chair"), *_next(subject)]
    if not own:
        entries += _chair(subject, "parent_body_chair", "Chair of body")
    # As last known it may be one that was over long ago: the office may have been given up.
    if all(has_ended(value, subject.asked) for value in subject.said("chair")):
        entries += told(subject, "chair_rule")
    return entries


def secretariat(subject: Subject) -> list[Entry]:
    """Who serves as secretariat, undated claims too; else who supports it."""
    return told(subject, "secretariat", most=2, undated=True) or told(subject, "support")


def _chair(subject: Subject, key: str, label: str) -> list[Entry]:
    """Who is in the chair, those for certain first: one line for each holding of it."""
    groups: dict[tuple[str | None, str], list[Value]] = {}
    for value in subject.said(key):
        groups.setdefault((value.answer, value.reason), []).append(value)
    entries = []
    for (answer, reason), values in groups.items():
        names = shown_states(subject.data, [value.item for value in values])
        lead = "" if answer in (YES, None) else f"{answer}: "
        words = term_words(values[0], subject.asked) if subject.asked.last_known else reason
        claims = newest_first(subject.claims_of(values))
        spans = [Span(f"{lead}{names}"), Span(f" ({words})", "quiet")]
        entries.append(Entry(label, [*spans, *sourced(claims, subject.marks)]))
        label = ""
    return entries


def _next(subject: Subject) -> list[Entry]:
    """Who follows in the chair, as far as that was announced by the date."""
    found = [
        claim
        for claim in next_chairs(subject.record, holders_of(subject.record, subject.asked))
        if claim.as_of and parse(claim.as_of).first <= subject.asked.date.last
    ]
    return [
        Entry("Next chair", stated(subject, claim, shown_states(subject.data, claim.values)))
        for claim in newest_first(found)[:1]
    ]
