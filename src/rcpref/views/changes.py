"""`rcpref members --changes`: who joined, left, became uncertain between two dates."""

from __future__ import annotations

from collections.abc import Iterator

from rcpref.answers.membership.answer import NO, YES
from rcpref.answers.membership.members import evidence_dates, members_at, states_named
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.dates import Interval, parse
from rcpref.errors import NotFound, UsageProblem
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Column, Gap, Heading, Item, quiet
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report
from rcpref.views.certainty import incomplete_line
from rcpref.views.items import answer_item, rests_on
from rcpref.views.words import asked_for


def changes(data: Data, record: Record, first: str | None, second: str | None) -> Report:
    """Who joined, left, became uncertain or certain between two dates.

    Args:
        data: The data set.
        record: A process, body or organization.
        first: The earlier date; None for that of the first evidence.
        second: The later one; None for that of the last evidence.

    Raises:
        NotFound: Nothing is known of its members, or not for two dates.
        UsageProblem: The second date does not come after the first.
    """
    if not states_named(record):
        raise NotFound(f"no list of members of {record.short_name} is known")
    if first is None or second is None:
        start, end = _evidence(record)
    else:
        start, end = asked_for(data, first).date, asked_for(data, second).date
    if not start.before(end):
        raise UsageProblem(f"{second} does not come after {first}", "give the earlier date first")
    items = list(_items(data, record, start, end))
    query = {"command": "members", "record": record.id, "changes": [start.text, end.text]}
    report = Report(data, query, _columns(start, end), items=items)
    report.people = ["name", "change", "before", "after", "reason"]
    partial = incomplete_line([record])
    report.notices += [partial] if partial else []
    if not items:
        report.notices.append(f"no change is known between {start.text} and {end.text}")

    def blocks() -> list[Block]:
        marks = Marks(data)
        title = f"{record.short_name}: changes between {start.text} and {end.text}"
        found: list[Block] = [Heading(title, 1)]
        found.append(report.grid(marks=marks) if items else quiet("No change is known."))
        found += [Gap(), quiet(f"{partial}.")] if partial else []
        return [*found, *marks.block()]

    report.blocks = blocks
    return report


def _evidence(record: Record) -> tuple[Interval, Interval]:
    """The dates of the first and of the last evidence on the members of a record.

    Raises:
        NotFound: There are no two that one can tell apart in time.
    """
    dates = [parse(text) for text in evidence_dates(record)]
    if dates:
        start = min(dates, key=lambda date: (date.last, date.first))
        end = max(dates, key=lambda date: (date.first, date.last))
        if start.before(end):
            return start, end
    raise NotFound(
        f"the members of {record.short_name} are not known for two dates",
        f"rcpref members {record.id} has what is known",
    )


def _columns(start: Interval, end: Interval) -> tuple[Column, ...]:
    return (
        Column("id", "Code", room=60, style="id"),
        Column("name", "State", style="name"),
        Column("change", "Change"),
        Column("before", "Before", cell=lambda item: str(item["before"]["answer"])),
        Column("after", "After", cell=lambda item: str(item["after"]["answer"])),
        Column("reason", "Why", cell=lambda item: _reason(item, start, end), marks=cited),
        Column("sources", "Sources", room=1000, cell=cited),
    )


def _items(data: Data, record: Record, start: Interval, end: Interval) -> Iterator[Item]:
    """The States whose answer is not the same at both dates."""
    after = members_at(data, record, AsOf(end))
    for state, answer in members_at(data, record, AsOf(start)).items():
        if answer.answer != after[state].answer:
            yield {
                "id": state,
                "name": data.plain.state_name(state),
                "change": _change(answer.answer, after[state].answer),
                "before": answer_item(answer),
                "after": answer_item(after[state]),
                "events": rests_on(_events_between(record, state, start, end)),
            }


def _change(before: str, after: str) -> str:
    if after == YES:
        return "joined" if before == NO else "became certain"
    if after == NO:
        return "left" if before == YES else "became certain"
    return "became uncertain" if before in (YES, NO) else "still uncertain"


def _events_between(record: Record, state: str, start: Interval, end: Interval) -> list[Claim]:
    """Joinings and leavings of a State that can have happened from one date to another."""
    return [
        claim
        for key in ("member_joined", "member_left")
        for claim in record.claims_of(key)
        if state in claim.values and claim.as_of and start.first <= parse(claim.as_of).last
        if parse(claim.as_of).first <= end.last
    ]


def _reason(item: Item, start: Interval, end: Interval) -> str:
    """The reasons at both dates, and the events that neither of them names."""
    before, after = item["before"]["reason"], item["after"]["reason"]
    reason = f"{start.text}: {before}; {end.text}: {after}"
    for event in item["events"]:
        verb = "joined" if event["property"] == "member_joined" else "left"
        words = f"{verb} {event['as_of']}"
        if words not in reason:
            reason += f"; {words}"
    return reason
