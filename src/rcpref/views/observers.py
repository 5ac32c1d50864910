"""`rcpref members --observers`: States and organizations that observe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcpref.answers.membership import NO, POSSIBLE, YES, Answer, not_yet_founded
from rcpref.answers.time import at_date
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval
from rcpref.errors import NotFound
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Gap, Heading, Item, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views import members
from rcpref.views.certainty import parted, uncertain_line
from rcpref.views.words import asked_date, date_words

_COLUMNS = tuple(
    column._replace(label="Observer") if column.key == "name" else column
    for column in members.COLUMNS
)


def observers(data: Dataset, record: Record, as_of: str | None, wanted: Sequence[str]) -> Report:
    """The observers of a record at a date: States, then organizations as last named.

    Args:
        data: The data set.
        record: A process, body or organization.
        as_of: The date; None for that of the data.
        wanted: The kinds of answer to print.

    Raises:
        NotFound: Nothing is known of observers.
    """
    asked = asked_date(data, as_of)
    states = members.states_in(data, record, asked, "observers")
    shown, left = parted([*states, *_organizations(record, asked)], wanted)
    if not shown and not left:
        raise NotFound(f"no observers of {record.short_name} are known")
    query = {
        "command": "members",
        "record": record.id,
        "as_of": asked.text,
        "answers": list(wanted),
        "observers": True,
    }
    report = Report(data, query, _COLUMNS, items=shown)
    report.people = ["name", "id", "answer", "basis", "reason"]
    line = uncertain_line(left, no=not shown)
    founding = not_yet_founded(record, asked)
    if founding and not shown:
        line = f"no observers at {asked.text}: founded {founding.value}"
    report.notices += [line] if line else []

    def blocks() -> list[Block]:
        marks = Marks(data)
        title = f"Observers of {record.short_name} at {date_words(data, asked)}"
        found: list[Block] = [Heading(title, 1)]
        found += [report.grid(marks=marks)] if shown else []
        found += [Gap(), quiet(f"Not certain: {line}.")] if line else []
        return [*found, *marks.block()]

    report.blocks = blocks
    return report


def _organizations(record: Record, asked: Interval) -> Iterator[Item]:
    """Observers that are no States: certain in the sources of the date alone."""
    founding = not_yet_founded(record, asked)
    named = at_date(record.claims_of("observer_organizations"), asked, "texts")
    for claim in named.claims:
        if founding:
            answer = Answer(NO, "event", f"founded {founding.value}", (founding,))
        else:
            reason = f"named {claim.date}" if claim.date else "named in an undated source"
            certain = named.how == "at" and bool(claim.date)
            answer = Answer(YES if certain else POSSIBLE, "listed", reason, (claim,))
        for name in claim.values:
            yield members.member_item(name, name, answer)
