"""What a view gives to the output layer: lines for programs, the same as blocks for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from rcpref.data.dataset import Data
from rcpref.errors import UsageProblem, echo, listed
from rcpref.report.blocks import Block, Cell, Column, Grid, Item, Row, plain, quiet
from rcpref.report.marks import Marks, overlay_notice
from rcpref.report.options import SHORT_SOURCES

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf

    class Many(Protocol):
        """So many lines or items; they may be made each time that they are gone through."""

        def __len__(self) -> int: ...

        def __iter__(self) -> Iterator[Any]: ...


class Made:
    """Items that are made of lines each time: all of them may be too much to be kept."""

    def __init__(self, item: Callable[[Any], Item], lines: Many) -> None:
        self._item = item
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Item]:
        return map(self._item, self._lines)


_Later = Sequence[Any] | Callable[[], Sequence[Any] | None] | None


class Report:
    """The answer to one command.

    Attributes:
        data: The data set that answers.
        query: What was asked, for the JSON envelope.
        columns: All columns that --columns may name; the first is the id.
        shown: Keys of the columns that are printed unasked; empty for all.
        blocks: Makes what people read.
        people: As `shown`, for tables that people read, in their order; empty for the same.
    """

    asked: AsOf | None = None  # the date asked for
    beside: Sequence[str] = ()
    """Keys of the items that JSON keeps beside the columns that --columns names."""
    sources = SHORT_SOURCES  # how sources are listed for people unless they ask for something else
    named: Any = None  # what is looked through for what comes from an overlay; None for all of JSON
    chosen = False  # whether --columns named the columns
    exit_code = 0  # with what to leave after printing it
    whole: str | Callable[[], str] = ""
    """What a pipe gets instead of TSV unless TSV is asked for, or what makes it."""
    _uncertain: _Later = None

    def __init__(
        self,
        data: Data,
        query: dict[str, Any],
        columns: Sequence[Column],
        items: Many | Callable[[], Many] | None = None,
        shown: Sequence[str] = (),
        blocks: Callable[[], list[Block]] | None = None,
        people: Sequence[str] = (),
        lines: Many | Callable[[], Many] | None = None,
        item: Callable[[Any], Item] | None = None,
    ) -> None:
        """A report on items, or on lines of which `item` makes them."""
        self.data = data
        self.query = query
        self.columns = columns
        self.shown = shown
        self.blocks = blocks
        self.people = people
        self._items = items
        self._lines = lines
        self._item = item
        self.notices: list[str] = []  # for standard error, where the format has no place for them
        self.summary: dict[str, Any] = {}  # what JSON says of the items as a whole
        # What makes the text in each format of `OWN_FORMATS` that it has, a part at a time.
        self.own_formats: dict[str, Callable[[], Iterable[str]]] = {}

    @property
    def items(self) -> Many:
        """JSON items; a view may leave it to be asked for before it makes them."""
        if callable(self._items):
            self._items = self._items()
        if self._items is None:
            lines = self.lines
            self._items = lines if self._item is None else Made(self._item, lines)
        return self._items

    @property
    def uncertain(self) -> Sequence[Item] | None:
        """Items that are not certain, or were not asked for; None where there can be none."""
        if callable(self._uncertain):
            self._uncertain = self._uncertain()
        if self._uncertain is None:
            return None
        return list(self._uncertain if self._item is None else map(self._item, self._uncertain))

    @uncertain.setter
    def uncertain(self, lines: _Later) -> None:
        self._uncertain = lines

    @property
    def lines(self) -> Many:
        """What the rows are read from: the items, or what a view made of them for it."""
        if callable(self._lines):
            self._lines = self._lines()
        return self._lines if self._lines is not None else self.items

    @lines.setter
    def lines(self, lines: Many) -> None:
        self._lines = lines

    @property
    def rows(self) -> Sequence[Row]:
        """The cells of each line, by the columns."""
        return rows_of(self.columns, self.lines)

    @property
    def overlay_notice(self) -> list[str]:
        """A line that says what of it comes from the reader's overlay, if anything does."""
        if not self.data.overlay:
            return []
        if self.named is not None:
            return overlay_notice(self.data, self.named)
        return overlay_notice(self.data, self.query, self.items, self.uncertain, self.summary)

    def cells(self) -> Iterator[list[Cell]]:
        """The cells of the shown columns, line by line."""
        columns = self.shown_columns()
        yield from ([column.read(line) for column in columns] for line in self.lines)

    def choose(self, names: Sequence[str]) -> None:
        """Show just these columns, in this order."""
        chosen = []
        for name in names:
            column = column_named(name, self.columns)
            if column is None:
                raise unknown_column(name, [each.key for each in self.columns])
            chosen.append(column.key)
        self.shown = list(dict.fromkeys(chosen))
        self.chosen = True

    def shown_columns(self) -> list[Column]:
        """The columns that are printed, in order."""
        return self._columns(self.shown)

    def _columns(self, keys: Sequence[str]) -> list[Column]:
        by_key = {column.key: column for column in self.columns}
        if keys:
            return [by_key[key] for key in keys]
        return [column for column in self.columns if getattr(column, "unasked", True)]

    def notice(self, line: str) -> None:
        """Have something said on standard error, if there is something."""
        self.notices += [line] if line else []

    def for_people(self) -> list[Block]:
        """What people read."""
        blocks = self.blocks() if self.blocks else [self.grid()]
        return [*(quiet(sentence(line)) for line in file_notice(self.data)), *blocks]

    def grid(self, rows: Sequence[Row] | None = None, marks: Marks | None = None) -> Grid:
        """A table for people."""
        keys = self.shown if self.chosen else self.people or self.shown
        if rows is None:
            rows = self.rows if marks is None else rows_of(self.columns, self.lines, marks)
        return Grid(self._columns(keys), rows, self.chosen)


def file_notice(data: Data) -> list[str]:
    """A line that says that other data than the bundled ones answer, if they do."""
    return [f"answers from {data.file}, not from the bundled data"] if data.file else []


def last_lines(report: Report) -> Sequence[str]:
    """What ends all that people read: what comes from an overlay, then program and data."""
    return [*map(sentence, report.overlay_notice), answered_by(report.data)]


def sentence(words: str) -> str:
    """A notice as a sentence of its own."""
    return f"{words[:1].upper()}{words[1:]}."


def answered_by(data: Data) -> str:
    """Program and data that answer, for the last line of whatever people read."""
    from rcpref.version import versions

    overlay = f", with the overlay {data.overlay}" if data.overlay else ""
    return f"{versions(data.version, data.date)}{overlay}, sha256 {data.digest[:12]}"


def rows_of(
    columns: Sequence[Column], lines: Iterable[Any], marks: Marks | None = None
) -> list[Row]:
    """The cells of lines by the keys of the columns."""
    if marks is None:
        return [{column.key: column.read(line) for column in columns} for line in lines]

    def cell(column: Column, line: Any) -> Cell:
        found = column.read(line)
        return marks.behind(plain(found), column.marks(line)) if column.marks else found

    rows: list[Row] = [{column.key: cell(column, line) for column in columns} for line in lines]
    marks.explain(rows)
    return rows


def column_named(name: str, columns: Iterable[Column]) -> Column | None:
    """The column that a name means: by its key, else by its label; None if none does."""
    from rcpref.spelling import key_of

    by_label: dict[str, Column] = {}
    asked = key_of(name)
    for column in columns:
        if key_of(column.key) == asked:
            return column
        by_label.setdefault(key_of(column.label), column)
    return by_label.get(asked)


def unknown_column(key: str, known: Sequence[str]) -> UsageProblem:
    """The error for a column that does not exist."""
    from difflib import get_close_matches

    near = get_close_matches(key.lower()[:80], known)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    return UsageProblem(f"no column {echo(key)}", listed(f"{meant}columns here", known))
