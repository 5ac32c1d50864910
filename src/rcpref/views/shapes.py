"""The fields of every answer: what JSON, TSV, tables, schemas, exports and data frames have.

Each field is declared here once, and the rest derives from it: views read cells from it,
`rcpref.views.items` makes items of JSON by it, `rcpref.schemas` describes them, TAB offers
its keys for --columns, data frames have its columns. A new column is a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rcpref.report.blocks import Cell, Column

if TYPE_CHECKING:
    from rcpref.answers.changes import MemberChange
    from rcpref.model.records import Claim

TEXT, NAME, DATE, DAY, INT, BOOL = "text", "name", "date", "day", "integer", "truth"
"""Words; words that come again and again; a prefix date; a day; a whole number; a truth value."""

VALUE = "value"
"""Text or a whole number."""

ID, CODE, KIND, ANSWER, BASIS = "id", "code", "kind", "answer", "basis"
"""Ids, alpha-3 codes, kinds of records, and the words of an answer."""

GIVEN, GIVENS, EVIDENCE, CLAIMS = "given", "given by record", "evidence", "claims"
"""A whole answer, one for each record; claims that one rests on, whole claims."""


class Field(Column):
    """A field of an answer, and its column.

    Attributes:
        type: What it holds: one of the words above.
        of: Attribute of the line that it is read from, with dots between; empty for the key.
            It is what a data frame calls the column.
        null: Whether it can be empty.
        place: Its column stands behind those with a lower number; else in the order here.
        item: Whether JSON has it. What it has not is for tables alone.
        table: Whether it has a column. What has none is for programs alone.
    """

    type: str = TEXT
    of: str = ""
    null: bool = False
    place: int = 0
    item: bool = True
    table: bool = True

    @cached_property
    def value(self) -> Callable[[Any], Any]:
        """What reads its value from a line."""
        return attrgetter(self.of or self.key)

    def read(self, line: Any) -> Cell:
        """The cell of a line in its column."""
        if self.cell is not None:
            return self.cell(line)
        value: Cell = self.value(line).answer if self.type == GIVEN else self.value(line)
        return value


class Shape:
    """What each line of an answer holds.

    Attributes:
        fields: Its fields, in the order of JSON.
    """

    def __init__(self, *fields: Field) -> None:
        self.fields = fields

    def columns(self, *more: Column) -> list[Column]:
        """Its columns, and more of them, in their order."""
        every: list[Column] = [*(field for field in self.fields if field.table), *more]
        return sorted(every, key=lambda column: getattr(column, "place", 0))


def sources_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Keys of the sources of claims, each once."""
    return tuple(dict.fromkeys(claim.source for claim in claims))


def _answered(at: str, room: int = 120) -> tuple[Field, ...]:
    """The fields of an answer.

    Args:
        at: What stands before its attributes.
        room: Narrowest terminal on which a table shows the date of its evidence.
    """
    claims = attrgetter(f"{at}rests_on")

    def sources(line: Any) -> tuple[str, ...]:
        return sources_of(claims(line))

    return (
        Field("answer", "Answer", type=ANSWER, of=f"{at}answer"),
        Field("basis", "Basis", room=100, type=BASIS, null=True, of=f"{at}basis"),
        Field("reason", "Why", marks=sources, of=f"{at}reason"),
        Field("sources", "Sources", room=1000, cell=sources, item=False),
        Field(
            *("last_known", "Last known", room),
            type=DATE,
            of=f"{at}last_known",
            null=True,
            place=1,
        ),
        Field("rests_on", "", type=EVIDENCE, of=f"{at}rests_on", table=False),
    )


GIVEN_ANSWER = Shape(*_answered(""))
"""An answer by itself."""

PARTY = Shape(
    Field("id", "Code", room=60, style="id", type=ID),
    Field("name", "State", style="name", type=NAME),
    *_answered("answer."),
)
"""`members`: a State or organization with the answer for it."""

OBSERVER = Shape(PARTY.fields[0], PARTY.fields[1]._replace(label="Observer"), *PARTY.fields[2:])
"""`members --observers`: the same."""


def _capacity(line: Any) -> str:
    """In what capacity, and which territory, if it is one."""
    return f"{line.capacity} ({line.territory})" if line.territory else line.capacity


ROLE = Shape(
    Field("id", "Id", room=130, style="id", type=ID, of="record.id"),
    Field("short_name", "Short name", style="name", type=NAME, of="record.short_name"),
    Field("kind", "Kind", room=140, type=KIND, of="record.kind"),
    Field("capacity", "Capacity", cell=_capacity),
    Field("state", "State", room=1000, type=CODE, place=1),
    *_answered("answer.", room=150),
)
"""`state`: what a State is in a record."""


def _of_change(line: MemberChange) -> tuple[str, ...]:
    """The sources of both answers, and of what happened between them."""
    return sources_of((*line.before.rests_on, *line.after.rests_on, *line.events))


def _of_value(line: Any) -> tuple[str, ...]:
    return sources_of(line.value.claims)


FACT = Shape(
    Field("id", "Id", room=140, type=ID, of="record", place=1),
    Field("property", "Property", room=1000, place=3),
    # A number is text here, too: what is in the column depends on the property.
    Field(
        "value", "Value", style="name", type=VALUE, of="plain", cell=lambda line: str(line.plain)
    ),
    Field("name", "Name", null=True),
    Field("answer", "Answer", type=ANSWER, null=True, of="value.answer"),
    Field("basis", "Basis", of="value.basis"),
    Field("reason", "Date or reason", marks=_of_value),
    Field("sources", "Sources", room=1000, cell=_of_value, item=False),
    Field("last_known", "Last known", null=True, of="value.last_known", place=2),
    Field("note", "Note", room=1000, null=True, place=3),
    Field("rests_on", "", type=EVIDENCE, of="value.claims", table=False),
)
"""`show --property`: a value of a property of a record."""

CHANGE = Shape(
    Field("id", "Code", room=60, style="id", type=CODE, of="state"),
    Field("name", "State", style="name", type=NAME),
    Field("change", "Change", type=NAME),
    Field("before", "Before", type=GIVEN),
    Field("after", "After", type=GIVEN),
    Field("events", "", type=EVIDENCE, table=False),
    Field("reason", "Why", marks=_of_change, item=False),
    Field("sources", "Sources", room=1000, cell=_of_change, item=False),
)
"""`members --changes`: a State whose answer is not the same at two dates."""

COMPARED = Shape(
    Field("id", "Code", room=60, style="id", type=CODE, of="state"),
    Field("name", "State", style="name", type=NAME),
    Field("where", "Where", type=NAME),
    Field("count", "In how many", number=True, type=INT, of="certain", place=1),
    Field("answers", "", type=GIVENS, table=False),
)
"""`compare`: a State with the answer of each record, which has a column of its own."""
