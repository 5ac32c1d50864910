"""`rcpref members --observers`: States and organizations that observe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcpref.answers.membership.answer import LISTED, POSSIBLE, YES, Answer
from rcpref.answers.membership.evidence import OBSERVERS
from rcpref.answers.membership.members import not_at_work
from rcpref.answers.time import AsOf
from rcpref.answers.validity import at_date
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Gap, Heading, Item, Row, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, rows_of
from rcpref.views import members
from rcpref.views.certainty import (
    basis_words,
    on_bases,
    parted,
    short_line,
    uncertain_line,
)
from rcpref.views.summary import summary
from rcpref.views.words import asked_for, date_words, in_order_of_names

_COLUMNS = tuple(
    column._replace(label="Observer") if column.key == "name" else column
    for column in members.COLUMNS
)


def observers(
    data: Data,
    record: Record,
    as_of: str | None,
    wanted: Sequence[str],
    bases: Sequence[str] = (),
) -> Report:
    """The observers of a record: States, then organizations as last named.

    Args:
        data: The data set.
        record: A process, body or organization.
        as_of: The date; None for what is last known.
        wanted: The kinds of answer to print.
        bases: What an answer must rest on; empty for all.

    Raises:
        NotFound: Nothing is known of observers, or not on these bases.
    """
    asked = asked_for(data, as_of)
    named = members.states_in(data, record, asked, OBSERVERS)
    every = on_bases([*named, *_organizations(record, asked)], bases, record.short_name)
    states = [item for item in named if item in every]
    shown, left = parted(every, wanted)
    if not every:
        raise NotFound(f"no observers of {record.short_name} are known")
    query = {**members.query_of(record, asked, wanted, bases), "observers": True}
    report = Report(data, query, _COLUMNS, items=shown)
    report.uncertain = left
    if states:
        report.summary = {
            **summary(data, record, asked, states, OBSERVERS, not bases),
            "beside": {},
        }
    report.people = ["name", "id", "answer", "basis", "last_known", "reason"]
    line, short = uncertain_line(left, no=not shown), short_line(left, no=not shown)
    early = not_at_work(record, asked)
    if early is not None and not shown:
        line = short = f"no observers: {early.reason}"
    report.notices += [short] if short else []

    def blocks() -> list[Block]:
        marks = Marks(data)
        said = _how_many(data, asked, report.summary, every, bases)
        found: list[Block] = [Heading(f"Observers of {record.short_name}{said}", 1)]
        found += [report.grid(_rows(report, marks))] if shown else []
        found += [Gap(), quiet(f"Not certain: {line}.")] if line else []
        return [*found, *marks.block()]

    report.blocks = blocks
    return report


def _rows(report: Report, marks: Marks) -> list[Row]:
    """The States, then the organizations, which have no code."""
    ordered = in_order_of_names(report.lines)
    states = [item for item in ordered if item["id"] in report.data.countries]
    others = [{**item, "id": ""} for item in ordered if item["id"] not in report.data.countries]
    return rows_of(report.columns, [*states, *others], marks)


def _how_many(
    data: Data, asked: AsOf, whole: Item, every: Sequence[Item], bases: Sequence[str]
) -> str:
    """The date, and how many States and organizations: " in 2013-05: 8 States"."""
    when, basis = f" {date_words(data, asked)}", basis_words(bases)
    if not whole:
        return when + basis
    named = sum(item["answer"] == YES and item["id"] not in data.countries for item in every)
    beside = f"; {named} {'organization' if named == 1 else 'organizations'}" if named else ""
    return f"{'' if asked.last_known else when}{basis}: {whole['heading']}{beside}"


def _organizations(record: Record, asked: AsOf) -> Iterator[Item]:
    """Observers that are no States: certain in the sources of the date alone."""
    early = not_at_work(record, asked)
    named = at_date(record.claims_of("observer_organizations"), asked.date, "texts")
    for claim in named.claims:
        reason = f"named {claim.date}" if claim.date else "named in an undated source"
        certain = asked.last_known or (named.how == "at" and bool(claim.date))
        said = YES if certain else POSSIBLE
        answer = Answer(said, LISTED, reason, (claim,), claim.date or None)
        if early is not None:
            answer = early
        for name in claim.values:
            yield members.member_item(name, name, answer)
