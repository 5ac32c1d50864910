"""A table of answers: its rows as they are, as plain data, as a data frame, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, overload

from rcpref.answers.membership.answer import ANSWERS, BASES, Answer
from rcpref.errors import UsageProblem

if TYPE_CHECKING:
    import pandas

    from rcpref.model.records import Claim

T = TypeVar("T")

EXTRA = "python3 -m pip install 'rcpref[pandas]'"
"""What installs the library of data frames."""

TEXT, CATEGORY, NUMBER, TRUTH, DAY, LIST = "text", "category", "number", "truth", "day", "list"
"""What the cells of a column are."""

_KINDS = {"str": TEXT, "int": NUMBER, "bool": TRUTH, "date": DAY, "day": DAY, "Answer": CATEGORY}
"""The kinds of the types that a field of a row can have; of all others: a list."""

_FIXED = {"answer": ANSWERS, "basis": BASES, "before": ANSWERS, "after": ANSWERS}
"""Categories in their order, by the name of the column."""

_REPEATED = (
    *("record", "short_name", "other", "other_name"),
    *("state", "name", "event", "change", "where"),
)
"""Columns of text in which few values come again and again."""

_TYPES = {TEXT: "string", NUMBER: "Int64", TRUTH: "boolean", LIST: "object"}
"""Types of pandas by the kind of a column, where it is no category and no day."""

_CLAIMS = ("rests_on", "claims", "events")
"""Columns with references of claims, which would drown all else in a notebook."""

_SHOWN = 20
"""Rows of a table that a notebook shows."""


class FrameColumn(NamedTuple):
    """A column of a table.

    Attributes:
        name: Its name, and the field of the rows that it is read from.
        kind: text, category, number, truth, day or list.
        of: Where that field has an answer for each record: the record.
    """

    name: str
    kind: str
    of: str = ""

    @property
    def categories(self) -> Sequence[str]:
        """The values that it can have, in order; empty for those that it has."""
        return ANSWERS if self.of else _FIXED.get(self.name, ())

    def cell(self, row: Any) -> Any:
        """The cell of a row: of an answer the word, of claims their references."""
        value = row.answers[self.of] if self.of else getattr(row, self.name)
        if isinstance(value, Answer):
            return value.answer
        if isinstance(value, tuple):
            return tuple(getattr(each, "ref", each) for each in value)
        return value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Frame(Sequence[T], Generic[T]):
    """A table: a sequence of rows that becomes a data frame.

    The rows are named tuples with their claims; the columns have the names of their fields.
    Two are equal if their rows are.

    Attributes:
        rows: The rows.
        row_type: Their type.
        compared: Ids of the records that are compared: each has a column with its answers.
            Empty in any other table.

    >>> import rcpref
    >>> panel = rcpref.load().panel("2012", "2013")
    >>> panel[0].state, panel.columns[:4]
    ('DZA', ('record', 'short_name', 'state', 'name'))
    """

    rows: tuple[T, ...]
    row_type: type[T]
    compared: tuple[str, ...] = ()

    def _described(self) -> list[FrameColumn]:
        found = [
            FrameColumn(name, _kind(name, _written(annotation)))
            for name, annotation in self.row_type.__annotations__.items()
            if name != "answers"
        ]
        return [*found, *(FrameColumn(key, CATEGORY, key) for key in self.compared)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self._described())

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Frame[T]: ...

    def __getitem__(self, place: int | slice) -> T | Frame[T]:
        if isinstance(place, slice):
            return Frame(self.rows[place], self.row_type, self.compared)
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frame) and self.rows == other.rows

    def __repr__(self) -> str:
        return f"<Frame of {len(self)} rows: {', '.join(self.columns)}>"

    def to_dict(self) -> dict[str, list[Any]]:
        """The table as plain data: the cells of each column, by its name.

        Text, whole numbers, truth values, days as `datetime.date`, None, and tuples of text
        such as the references of claims. Libraries of data frames take it as it is.

        >>> import rcpref
        >>> rcpref.load().chair_terms("IGC").to_dict()["states"][:3]
        [('AUS',), ('GBR',), ('BEL',)]
        """
        return {
            column.name: [column.cell(row) for row in self.rows] for column in self._described()
        }

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a data frame of pandas, with the extra ``rcpref[pandas]``.

        Days are dates, truth values and whole numbers can be missing, answers and bases are
        categories in their order, names and codes categories; a cell of several codes or
        references is a tuple, as `explode` of pandas takes it.

        Raises:
            UsageProblem: The extra is not installed.

        >>> import rcpref
        >>> frame = rcpref.load().panel("2012", "2013").to_pandas()
        >>> str(frame["first"].dtype), frame["answer"].cat.categories[0]
        ('datetime64[s]', 'yes')
        """
        library = library_of_frames()
        cells = self.to_dict()
        series = {
            column.name: _series(library, column, cells[column.name])
            for column in self._described()
        }
        frame: pandas.DataFrame = library.DataFrame(series)
        return frame

    def _repr_html_(self) -> str:
        """What a notebook shows: the first rows, and how many there are."""
        shown = [column for column in self._described() if column.name not in _CLAIMS]
        lines = [[column.cell(row) for column in shown] for row in self.rows[:_SHOWN]]
        more = len(self) - len(lines)
        below = f"{len(self)} rows" if not more else f"{more} more rows, {len(self)} in all"
        return as_html([column.name for column in shown], lines, below)


def _written(annotation: Any) -> str:
    """A type as it is written: many modules put off reading those of their fields."""
    if isinstance(annotation, type):
        return annotation.__name__
    return str(getattr(annotation, "__forward_arg__", annotation))


def _kind(name: str, annotation: str) -> str:
    kind = _KINDS.get(annotation.removesuffix(" | None"), LIST)
    return CATEGORY if kind == TEXT and (name in _FIXED or name in _REPEATED) else kind


def frame_of(rows: Iterable[T], row_type: type[T], compared: Iterable[str] = ()) -> Frame[T]:
    """A table of some rows.

    Args:
        rows: Named tuples.
        row_type: Their type, which tells the columns where there are no rows.
        compared: Ids of the records for each of which the rows have an answer.
    """
    return Frame(tuple(rows), row_type, tuple(compared))


class StateAnswer(NamedTuple):
    """The answer for one State, with the fields of an answer."""

    state: str
    answer: str
    basis: str | None
    reason: str
    last_known: str | None
    rests_on: tuple[Claim, ...]


def frame_of_answers(answers: Mapping[str, Answer]) -> Frame[StateAnswer]:
    """A table of answers by the code of their State."""
    rows = (
        StateAnswer(state, each.answer, each.basis, each.reason, each.last_known, each.rests_on)
        for state, each in answers.items()
    )
    return frame_of(rows, StateAnswer)


def library_of_frames() -> Any:
    """The library pandas.

    Raises:
        UsageProblem: It is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageProblem("a data frame needs pandas", f"run {EXTRA}") from error
    return pandas


def _series(library: Any, column: FrameColumn, cells: Sequence[Any]) -> Any:
    """The cells of a column as pandas keeps them."""
    if column.kind == CATEGORY:
        found = column.categories or list(dict.fromkeys(cell for cell in cells if cell is not None))
        type_ = library.CategoricalDtype(list(found), ordered=bool(column.categories))
        return library.Series(cells, dtype=type_)
    if column.kind == DAY:
        # In seconds, not nanoseconds, which begin in 1677 and end in 2262.
        days = [cell.isoformat() if cell is not None else None for cell in cells]
        return library.Series(days, dtype="datetime64[s]")
    return library.Series(cells, dtype=_TYPES[column.kind])


def as_html(heads: Sequence[str], lines: Iterable[Sequence[Any]], below: str) -> str:
    """A table in HTML, every cell of it as words.

    Args:
        heads: What stands above the columns.
        lines: The cells, line by line.
        below: What stands below the table.
    """
    from html import escape

    def row(tag: str, cells: Iterable[Any]) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(_words(cell))}</{tag}>' for cell in cells)}</tr>"

    body = "".join(row("td", line) for line in lines)
    head = row("th", heads)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table><p>{escape(below)}</p>"


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    return "; ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)
