"""Columns with the values of a property at a date, and with what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIRS
from rcpref.answers.membership.answer import CERTAIN
from rcpref.answers.values import Value, answer_of, certain, chair_words, sure, value_at
from rcpref.data.dataset import Data
from rcpref.fields import Fields
from rcpref.report.blocks import Cell, Column, Item

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim


class ValueColumn(Fields):
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
        return any(value.answer not in (None, *CERTAIN) for value in self.values(record))


def value_column(data: Data, key: str, asked: AsOf) -> ValueColumn:
    """A property at a date as a column."""

    @cache
    def values(record: str) -> list[Value]:
        return value_at(data, data.records[record], key, asked)

    return ValueColumn(key, column_of(data, key, values, asked), values)


BESIDE_VALUE = ("date", "note", "source")
"""What stands beside a value in its claim: the endings of the keys of columns."""


def beside_column(data: Data, key: str, part: str, asked: AsOf) -> ValueColumn:
    """What stands beside the values of a property as a column: status_date, status_note."""
    whole = value_column(data, key, asked)

    def cell(item: Item) -> Cell:
        claims = [claim for value in sure(whole.values(item["id"])) for claim in value.claims]
        return tuple(dict.fromkeys(text for each in claims if (text := getattr(each, part))))

    column = Column(f"{key}_{part}", f"{data.label_of(key)}: {part}", cell=cell)
    return ValueColumn(key, column, whole.values)


def column_of(
    data: Data, key: str, values: Callable[[str], Sequence[Value]], as_of: AsOf
) -> Column:
    """The column of some values of a property, by the id of the record."""
    number = data.type_of(key) == "integer"
    aged = key in CHAIRS and as_of.last_known

    def cell(item: Item) -> Cell:
        if aged:
            # A chair of years ago must not look like one that runs.
            return tuple(
                f"{v.item} ({chair_words(answer_of(v), as_of)})" for v in values(item["id"])
            )
        found = certain(values(item["id"]))
        # A number as a number, so that it is sorted by size.
        return int(found[0]) if number and len(found) == 1 else found

    return Column(key, data.label_of(key), cell=cell)
