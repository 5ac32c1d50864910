"""What a listing of records can be narrowed by: one table, one small function a filter.

A filter is a text that was given with its option. Its function understands the text, or
refuses it, and makes of it a question that is then asked of one record after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.chair import CHAIRS
from rcpref.answers.membership import member_at, states_named
from rcpref.answers.membership.answer import NO, YES, Answer
from rcpref.answers.names import asked_words, begun_by, find_record, find_state, key_of, words
from rcpref.answers.time import AsOf
from rcpref.answers.values import Value, certain, sure, term_words, value_at
from rcpref.data.dataset import Dataset
from rcpref.errors import UsageProblem, echo
from rcpref.model import KINDS
from rcpref.report.blocks import Cell, Column, Item
from rcpref.views.items import answer_item

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


class ValueColumn(NamedTuple):
    """A column with the values of a property at a date, or with what stands beside them.

    Attributes:
        key: The property.
        column: The column. Its cells have the values that hold for certain.
        values: All values, by the id of the record.
        part: Whether they are only those that were asked for, of many.
    """

    key: str
    column: Column
    values: Callable[[str], Sequence[Value]]
    part: bool = False

    def claims(self, record: str) -> list[Claim]:
        """The claims on which the values of a record rest."""
        return [claim for value in self.values(record) for claim in value.claims]

    def leaves_out(self, record: str) -> bool:
        """Whether a record has values that are not certain."""
        return any(value.answer not in (None, YES) for value in self.values(record))


class Fit(NamedTuple):
    """By what a record fits a filter.

    Attributes:
        claims: The claims by which it fits.
        item: What JSON says of it beside them.
    """

    claims: Sequence[Claim]
    item: Item | None = None


class Question(NamedTuple):
    """A filter whose text is understood, ready to be asked of records.

    Attributes:
        text: What was asked for, as JSON says it.
        ask: By what a record fits; None if it does not, an answer if it may.
        columns: Columns that it adds, of what is asked itself.
        values: The property that it adds as a column, for the kinds that have it.
    """

    text: str
    ask: Callable[[Record], Fit | Answer | None]
    columns: Sequence[Column] = ()
    values: ValueColumn | None = None


class Filter(NamedTuple):
    """A filter that a listing of records can have.

    Attributes:
        question: Makes the question of the data, the text and the date asked for.
        kinds: The kinds of records that it goes with.
    """

    question: Callable[[Dataset, str, AsOf], Question]
    kinds: Sequence[str] = tuple(KINDS)


# Values ----------------------------------------------------------------------------


def value_column(data: Dataset, key: str, asked: AsOf) -> ValueColumn:
    """A property at a date as a column.

    Args:
        data: The data set.
        key: The property.
        asked: The date.
    """

    @cache
    def values(record: str) -> list[Value]:
        return value_at(data, data.records[record], key, asked)

    return ValueColumn(key, _column_of(data, key, values, asked), values)


BESIDE = {"date": "date", "note": "note", "source": "source"}
"""What stands beside a value in its claim, by the ending of the column's key; in words."""


def beside_column(data: Dataset, key: str, part: str, asked: AsOf) -> ValueColumn:
    """What stands beside the values of a property as a column: status_date, status_note.

    Args:
        data: The data set.
        key: The property.
        part: One of `BESIDE`.
        asked: The date.
    """
    whole = value_column(data, key, asked)

    def cell(item: Item) -> Cell:
        claims = [claim for value in sure(whole.values(item["id"])) for claim in value.claims]
        return tuple(dict.fromkeys(text for each in claims if (text := getattr(each, part))))

    column = Column(f"{key}_{part}", f"{data.label_of(key)}: {BESIDE[part]}", cell=cell)
    return ValueColumn(key, column, whole.values)


def _column_of(
    data: Dataset, key: str, values: Callable[[str], Sequence[Value]], as_of: AsOf
) -> Column:
    number = data.type_of(key) == "integer"
    aged = key in CHAIRS and as_of.last_known

    def cell(item: Item) -> Cell:
        if aged:
            # A chair of years ago must not look like one that runs.
            return tuple(f"{v.item} ({term_words(v)})" for v in values(item["id"]))
        found = certain(values(item["id"]))
        # A number as a number, so that it is sorted by size.
        return int(found[0]) if number and len(found) == 1 else found

    return Column(key, data.label_of(key), cell=cell)


def _holding(column: ValueColumn, fits: Callable[[str], bool]) -> Callable[[str], list[Value]]:
    """By the id of a record, its values by the date that fit."""

    @cache
    def holding(record: str) -> list[Value]:
        return [v for v in column.values(record) if v.basis != "later" and fits(v.item)]

    return holding


def _by(found: Sequence[Value]) -> Fit | None:
    return Fit([claim for value in found for claim in value.claims]) if found else None


# Filters ---------------------------------------------------------------------------


def attended(data: Dataset, text: str, _: AsOf) -> Question:
    """A meeting or summit, by any name, that the record took part in."""
    meeting = find_record(data, text, ("meeting", "summit")).id

    def ask(record: Record) -> Fit | None:
        claims = record.claims_of("attended")
        took_part = next((claim for claim in claims if meeting in claim.values), None)
        return Fit([took_part]) if took_part else None

    def said(key: str) -> Callable[[Item], Cell]:
        return lambda item: _attendance(item, meeting).get(key)

    columns = (
        Column("role", "Took part as", cell=said("role")),
        Column("passage", "Where it says so", cell=said("passage")),
    )
    return Question(meeting, ask, columns)


def _attendance(item: Item, meeting: str) -> Mapping[str, Any]:
    """The claim of an item that it took part in a meeting."""
    claims = (claim for claim in item["claims"] if claim["property"] == "attended")
    return next(claim for claim in claims if meeting in claim["value"])


def member(data: Dataset, text: str, asked: AsOf) -> Question:
    """A State, by any name or code, that is a member for certain."""
    state = find_state(data, text).alpha3

    def ask(record: Record) -> Fit | Answer | None:
        answer = member_at(data, record, state, asked)
        if answer.answer == YES:
            return Fit(answer.rests_on, answer_item(answer))
        return answer if answer.answer != NO and state in states_named(record) else None

    columns = (Column("answer", "Answer"), Column("basis", "Basis"), Column("reason", "Why"))
    return Question(state, ask, columns)


def status(data: Dataset, text: str, asked: AsOf) -> Question:
    """A status that it has at the date."""
    return _choice(data, "status", text, asked)


def classification(data: Dataset, text: str, asked: AsOf) -> Question:
    """A classification that it has at the date."""
    return _choice(data, "classification", text, asked)


def _choice(data: Dataset, key: str, text: str, asked: AsOf) -> Question:
    """A value that some claim states.

    Raises:
        UsageProblem: None does.
    """
    known = {
        str(claim["value"])
        for claims in data.document["claims"].values()
        for claim in claims
        if claim["property"] == key
    }
    if key_of(text) not in map(key_of, known):
        raise UsageProblem(f"no {key} {echo(text)}", f"one of: {', '.join(sorted(known))}")
    column = value_column(data, key, asked)
    holding = _holding(column, lambda item: key_of(item) == key_of(text))
    return Question(text, lambda record: _by(holding(record.id)), values=column)


def topic(data: Dataset, text: str, asked: AsOf) -> Question:
    """Words of one of its topics."""
    holding = _holding(value_column(data, "topics", asked), _with_words(text))
    column = ValueColumn("topics", _column_of(data, "topics", holding, asked), holding, part=True)
    return Question(text, lambda record: _by(holding(record.id)), values=column)


def region(data: Dataset, text: str, asked: AsOf) -> Question:
    """Words of its region, or a UN M49 region in which most of its members lie."""
    own = value_column(data, "region", asked)
    holding = _holding(own, _with_words(text))

    def ask(record: Record) -> Fit | None:
        return _by(holding(record.id) or _mostly_in(data, record, text, asked))

    def cell(item: Item) -> Cell:
        if not holding(item["id"]):
            return f"{text}, by most of its members"
        return own.column.read(item)

    column = own.column._replace(cell=cell)
    return Question(text, ask, values=own._replace(column=column))


def _with_words(text: str) -> Callable[[str], bool]:
    keys = asked_words(text)
    return lambda item: begun_by(words(item), keys)


def _mostly_in(data: Dataset, record: Record, text: str, asked: AsOf) -> list[Value]:
    """The certain members in a UN M49 region, if more than half of them lie there."""
    members = [v for v in value_at(data, record, "members", asked) if v.answer == YES]
    inside = []
    for value in members:
        country = data.countries[value.item]
        if key_of(text) in (key_of(country.region), key_of(country.subregion)):
            inside.append(value)
    return inside if len(inside) * 2 > len(members) else []


FILTERS: Mapping[str, Filter] = {
    "attended": Filter(attended),
    "member": Filter(member),
    "status": Filter(status),
    "classification": Filter(classification),
    "region": Filter(region),
    "topic": Filter(topic),
}
"""Filters by their option, in the order in which they are asked of a record."""
