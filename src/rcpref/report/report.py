"""What a view gives to the output layer: lines for programs, the same as blocks for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Data
from rcpref.errors import UsageProblem, echo, listed
from rcpref.report.blocks import Block, Cell, Column, Grid, Item, Row, quiet
from rcpref.report.marks import Marks, overlay_notice
from rcpref.report.options import SHORT_SOURCES

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf


class Report:
    """The answer to one command."""

    asked: AsOf | None = None  # the date asked for
    blocks: Callable[[Marks], list[Block]] | None = None
    """Makes what people read, without the list of the sources; None for a table."""
    people: Sequence[str] = ()
    """As `shown`, for tables that people read, in their order; empty for the same."""
    others: Sequence[Any] | Callable[[], Sequence[Any] | None] | None = None
    """Lines that are not certain, or were not asked for; None where there can be none."""
    kept_keys: Sequence[str] = ()
    """Keys of the items that JSON keeps in addition to the columns of --columns."""
    sources = SHORT_SOURCES  # how sources are listed for people unless they ask for something else
    named: Any = None  # what is looked through for what comes from an overlay; None for all of JSON
    chosen = False  # whether --columns named the columns
    exit_code = 0  # with what to leave after printing it
    whole: str | Callable[[], str] = ""
    """What a pipe gets instead of TSV unless TSV is asked for, or what makes it."""

    def __init__(
        self,
        data: Data,
        query: dict[str, Any],
        columns: Sequence[Column],
        items: Sequence[Item] | Callable[[], Sequence[Item]] | None = None,
        shown: Sequence[str] = (),
        lines: Sequence[Any] | Callable[[], Sequence[Any]] | None = None,
        item: Callable[[Any], Item] | None = None,
    ) -> None:
        self.data = data
        self.query = query  # for the JSON envelope
        self.columns = columns  # all that --columns may name; the first is the id
        self.shown = shown  # keys of the columns that are printed unasked; empty for all
        self._items = items
        self._lines = lines
        self._item = item
        self.notices: list[str] = []  # for standard error, where the format has no place for them
        self.summary: dict[str, Any] = {}  # what JSON says of the items as a whole

    @cached_property
    def items(self) -> Sequence[Item]:
        """JSON items; a view may leave it to be asked for before it makes them."""
        if self._items is not None:
            return self._items() if callable(self._items) else self._items
        return self.lines if self._item is None else [*map(self._item, self.lines)]

    @cached_property
    def uncertain(self) -> list[Item] | None:
        found = self.others() if callable(self.others) else self.others
        return None if found is None else [*(map(self._item, found) if self._item else found)]

    @cached_property
    def lines(self) -> Sequence[Any]:
        """What the rows are read from: the items, or what a view made of them for it."""
        if self._lines is None:
            return self.items
        return self._lines() if callable(self._lines) else self._lines

    @property
    def rows(self) -> Sequence[Row]:
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
        columns = self.shown_columns()
        yield from ([column.read(line) for column in columns] for line in self.lines)

    def choose(self, names: Sequence[str]) -> None:
        chosen = []
        for name in names:
            column = column_named(name, self.columns)
            if column is None:
                raise unknown_column(name, [each.key for each in self.columns])
            chosen.append(column.key)
        self.shown = list(dict.fromkeys(chosen))
        self.chosen = True

    def shown_columns(self) -> list[Column]:
        return self._columns(self.shown)

    def _columns(self, keys: Sequence[str]) -> list[Column]:
        by_key = {column.key: column for column in self.columns}
        if keys:
            return [by_key[key] for key in keys]
        return [column for column in self.columns if getattr(column, "unasked", True)]

    def notice(self, line: str) -> None:
        self.notices += [line] if line else []

    def for_people(self) -> list[Block]:
        marks = Marks(self.data)
        blocks = self.blocks(marks) if self.blocks else [self.grid()]
        noticed = (quiet(sentence(line)) for line in file_notice(self.data))
        return [*noticed, *blocks, *marks.block()]

    def grid(self, rows: Sequence[Row] | None = None) -> Grid:
        keys = self.shown if self.chosen else self.people or self.shown
        return Grid(self._columns(keys), self.rows if rows is None else rows, self.chosen)

    def table(self, marks: Marks, lines: Iterable[Any], cells: Callable[[Any], Row]) -> Grid:
        """A table of lines for people, some of whose cells say more than those of programs."""
        rows = [
            {**{column.key: column.read(line) for column in self.columns}, **cells(line)}
            for line in lines
        ]
        grid = self.grid(rows)
        printed = [column.key for column in grid.columns]
        marks.explain({key: row[key] for key in printed if key in row} for row in rows)
        return grid


def file_notice(data: Data) -> list[str]:
    """A line that says that other data than the bundled ones answer, if they do."""
    return [f"answers from {data.file}, not from the bundled data"] if data.file else []


def last_lines(report: Report) -> Sequence[str]:
    """What ends all that people read: what comes from an overlay, then program and data."""
    from rcpref.version import versions

    data = report.data
    overlay = f", with the overlay {data.overlay}" if data.overlay else ""
    answered = f"{versions(data.version, data.date)}{overlay}, sha256 {data.digest[:12]}"
    return [*map(sentence, report.overlay_notice), answered]


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def rows_of(columns: Sequence[Column], lines: Iterable[Any]) -> list[Row]:
    return [{column.key: column.read(line) for column in columns} for line in lines]


def column_named(name: str, columns: Iterable[Column]) -> Column | None:
    """The column that a name means: by its key, else by its label; None if none does."""
    from rcpref.spelling import key_of

    every, asked = list(columns), key_of(name)
    fitting = [each for each in every if key_of(each.key) == asked]
    fitting += [each for each in every if key_of(each.label) == asked]
    return fitting[0] if fitting else None


def unknown_column(key: str, known: Sequence[str]) -> UsageProblem:
    from difflib import get_close_matches

    near = get_close_matches(key.lower()[:80], known)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    return UsageProblem(f"no column {echo(key)}", listed(f"{meant}columns here", known))
