"""Answers as tables: rows that become data frames, counts of all by all, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, overload

from rcpref.answers.comparison import Membered
from rcpref.answers.membership.answer import ANSWERS, BASES, Answer, Standing
from rcpref.data.dataset import Data, ReadOnly
from rcpref.errors import UsageProblem, extra, only_path
from rcpref.views import shapes

if TYPE_CHECKING:
    import pandas

    from rcpref.model.records import Claim

T = TypeVar("T")

EXTRA = extra("pandas", "pandas")
"""What installs the library of data frames."""

_SHAPES = {
    "PanelRow": shapes.PANEL,
    "StateAnswer": shapes.STATE_ANSWER,
    "Overlap": shapes.PAIR,
    "Happening": shapes.EVENT,
    "Compared": shapes.COMPARED,
    "MemberChange": shapes.CHANGE,
    "ChairTerm": shapes.CHAIR_TERM,
}
"""What rows hold, by the name of their type."""

_ORDERED = {shapes.ANSWER: ANSWERS, shapes.GIVEN: ANSWERS, shapes.BASIS: BASES}
"""Categories in their order."""

_REPEATED = (shapes.NAME, shapes.CODE)  # what comes again and again: categories, too

_TYPES = {
    shapes.TEXT: "string",
    shapes.DATE: "string",
    shapes.INTEGER: "Int64",
    shapes.TRUTH: "boolean",
}
"""Types of pandas; of all others: an object."""

_CLAIMS = (shapes.EVIDENCE, shapes.CLAIMS)
"""References of claims, which would drown all else in a notebook."""

_SHOWN = 20  # rows of a table that a notebook shows


class _Column(NamedTuple):
    """A column of a table: its name, what it holds, how it is read from a row."""

    name: str
    type: str
    read: Callable[[Any], Any]

    def cell(self, row: Any) -> Any:
        """The cell of a row: of an answer the word, of claims their references."""
        value = self.read(row)
        if isinstance(value, Answer):
            return value.answer
        if self.type == shapes.STANDING:
            return tuple(each.effect for each in value)
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

    def _columns(self) -> list[_Column]:
        own = self.row_type.__annotations__.keys() - {"answers"}
        every = _SHAPES[self.row_type.__name__].fields
        fields = ((each.of or each.key, each) for each in every)
        found = [_Column(name, each.type, each.value) for name, each in fields if name in own]
        return [*found, *map(_of_record, self.compared)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self._columns())

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
        return {column.name: [column.cell(row) for row in self.rows] for column in self._columns()}

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
            column.name: _series(library, column, cells[column.name]) for column in self._columns()
        }
        frame: pandas.DataFrame = library.DataFrame(series)
        return frame

    def _repr_html_(self) -> str:
        """What a notebook shows: the first rows, and how many there are."""
        shown = [column for column in self._columns() if column.type not in _CLAIMS]
        lines = [[column.cell(row) for column in shown] for row in self.rows[:_SHOWN]]
        more = len(self) - len(lines)
        below = f"{more} more rows, {len(self)} in all" if more else f"{len(self)} rows"
        return as_html([column.name for column in shown], lines, below)


def _of_record(key: str) -> _Column:
    return _Column(key, shapes.ANSWER, lambda row: row.answers[key])


class StateAnswer(NamedTuple):
    """The answer for one State, with the fields of an answer."""

    state: str
    answer: str
    basis: str | None
    reason: str
    last_known: str | None
    distance: int | None
    standing: tuple[Standing, ...]
    rests_on: tuple[Claim, ...]


def library_of_frames() -> Any:
    """The library pandas; a UsageProblem says how to install it."""
    try:
        import pandas
    except ImportError as error:
        raise UsageProblem("a data frame needs pandas", f"run {EXTRA}") from error
    return pandas


def _series(library: Any, column: _Column, cells: Sequence[Any]) -> Any:
    if column.type in _ORDERED:
        ordered = library.CategoricalDtype(list(_ORDERED[column.type]), ordered=True)
        return library.Series(cells, dtype=ordered)
    if column.type in _REPEATED:
        found = dict.fromkeys(cell for cell in cells if cell is not None)
        return library.Series(cells, dtype=library.CategoricalDtype(list(found)))
    if column.type == shapes.DAY:
        # In seconds, not nanoseconds, which begin in 1677 and end in 2262.
        days = [cell.isoformat() if cell is not None else None for cell in cells]
        return library.Series(days, dtype="datetime64[s]")
    return library.Series(cells, dtype=_TYPES.get(column.type, "object"))


def as_html(heads: Sequence[str], lines: Iterable[Sequence[Any]], below: str) -> str:
    """A table in HTML, every cell of it as words, with a line below."""
    from html import escape

    def words(cell: Any) -> str:
        several = "; ".join(map(str, cell)) if isinstance(cell, tuple) else cell
        return "" if several is None else str(several)

    def row(tag: str, cells: Iterable[Any]) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(words(cell))}</{tag}>' for cell in cells)}</tr>"

    body = "".join(row("td", line) for line in lines)
    head = row("th", heads)
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table><p>{escape(below)}</p>"


# All by all, and pictures ----------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Matrix(Mapping[str, Mapping[str, int]]):
    """How many certain members every two records share, by their ids.

    ``matrix["igc"]["mtm"]`` is a number, and ``matrix["igc"]["igc"]`` how many members a
    record has itself. Records without known members are left out.

    Attributes:
        shared: The numbers.
        uncertain: How many more States are possible or disputed members of both, or of
            one of them, in the same form.
        names: Short names of the records by their ids.
    """

    shared: Mapping[str, Mapping[str, int]]
    uncertain: Mapping[str, Mapping[str, int]]
    names: Mapping[str, str]

    def __getitem__(self, record: str) -> Mapping[str, int]:
        return self.shared[record]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shared)

    def __len__(self) -> int:
        return len(self.shared)

    def __repr__(self) -> str:
        return f"<Matrix of {len(self)} records>"

    def to_dict(self) -> dict[str, dict[str, int]]:
        """The numbers as plain data, by the ids of both records."""
        return {one: dict(counts) for one, counts in self.shared.items()}

    def to_pandas(self) -> pandas.DataFrame:
        """The numbers as a data frame of pandas: the ids are its index and its columns.

        Raises:
            UsageProblem: The extra ``rcpref[pandas]`` is not installed.

        >>> import rcpref
        >>> frame = rcpref.load().matrix(as_of="2013").to_pandas()
        >>> int(frame.loc["budapest-process", "prague-process"])
        49
        """
        frame: pandas.DataFrame = library_of_frames().DataFrame(self.to_dict(), dtype="int64")
        return frame

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        lines = [(self.names[one], *counts.values()) for one, counts in self.shared.items()]
        return as_html(["", *self.names.values()], lines, f"Members that {len(self)} records share")


def matrix_of(counted: Sequence[Membered]) -> Matrix:
    """The matrix of some records with their members at a date."""
    every = {one.record.id: one for one in counted}

    def counts(of: Callable[[Membered, Membered], int]) -> ReadOnly[Mapping[str, int]]:
        rows = {k: {o: of(one, two) for o, two in every.items()} for k, one in every.items()}
        return ReadOnly({key: ReadOnly[int](row) for key, row in rows.items()})

    names = {key: one.record.short_name for key, one in every.items()}
    return Matrix(counts(Membered.shared), counts(Membered.uncertain), ReadOnly(names))


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture as SVG, which a notebook shows as it is.

    Attributes:
        title: What it shows.
        svg: The picture.
        data: The data set that it is made of.
    """

    title: str
    svg: str
    data: Data

    def save(self, path: str | PathLike[str], *, force: bool = False) -> None:
        """Write it to a file, whole or not at all.

        Args:
            path: Path of the file, which ends in .svg.
            force: Replace a file that exists.

        Raises:
            UsageProblem: The name is not that of an SVG.
            OutputError: It cannot be written, exists already, or is inside the data.

        >>> import rcpref, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     rcpref.load().map("Bali Process").save(f"{folder}/bali.svg")
        """
        from rcpref.export.pictures import save

        save(self.data, only_path(path), lambda: self.svg, force)

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg

    def __repr__(self) -> str:
        return f"<Picture of {self.title}: {len(self.svg)} characters of SVG>"
