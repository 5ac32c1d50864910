"""What a view gives to the output layer: one shape for every command.

A report says the same thing twice: as rows (for TSV, CSV, JSON) and as blocks (for
people, on a terminal or in Markdown). A cell holds plain text; nothing in it is ever
read as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from rcpref.data.dataset import Dataset
from rcpref.errors import UsageProblem, echo

Cell = str | int | bool | None | tuple[str, ...]
"""What a cell holds; several strings are joined by "; " where the format has no lists."""

Row = Mapping[str, Cell]
"""Cells by the key of their column."""


Item = Mapping[str, Any]
"""What JSON says of one thing; the cells of its row are read from it."""

JOIN = "; "
"""Between the items of a list that stands in one cell."""


def plain(cell: Cell) -> str:
    """A cell as plain text: nothing for None, yes and no for a truth value."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return JOIN.join(cell) if isinstance(cell, tuple) else str(cell)


class Span(NamedTuple):
    """Text in one style: "", strong, emphasis, strong-emphasis, quiet, name, mark, hit.

    `link` is an address, followed on terminals that can.
    """

    text: str
    style: str = ""
    link: str = ""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        key: What --columns, CSV headers and JSON keys call it.
        label: What people read above it.
        room: Narrowest terminal on which a table shows it unasked.
        style: Style of its cells.
        number: Whether it holds numbers, set to the right.
        cell: How the cell is read from an item; None: what the item has under the key.
    """

    key: str
    label: str
    room: int = 0
    style: str = ""
    number: bool = False
    cell: Callable[[Item], Cell] | None = None

    def read(self, item: Item) -> Cell:
        """The cell of an item in this column."""
        if self.cell is not None:
            return self.cell(item)
        value = item.get(self.key)
        return tuple(value) if isinstance(value, list) else value


class Heading(NamedTuple):
    """A heading; level 1 is the title of the whole."""

    text: str
    level: int = 2


class Prose(NamedTuple):
    """A paragraph, wrapped to the terminal, with an optional label in the margin."""

    spans: Sequence[Span]
    label: str = ""
    indent: int = 0
    bullet: bool = False


class Quote(NamedTuple):
    """Words of a source, set off, with the reference they stand under."""

    spans: Sequence[Span]
    ref: str


class Grid(NamedTuple):
    """A table with a header line.

    Attributes:
        columns: The columns.
        rows: The rows.
        chosen: Whether the reader named the columns: then all are shown.
        bands: Whether a table too wide for the terminal is cut into several, each with
            the first column and some of the others.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    chosen: bool = False
    bands: bool = False


class Facts(NamedTuple):
    """Lines of label, value and a quiet remark (date, mark), under an optional heading."""

    heading: str
    lines: Sequence[tuple[str, Sequence[Span], str]]


class Footnote(NamedTuple):
    """A footnote of a text."""

    number: int
    spans: Sequence[Span]


class Quiet(NamedTuple):
    """A line in small voice: where it comes from, what it does not say."""

    spans: Sequence[Span]


class Quotation(NamedTuple):
    """Words to be pasted, with where they stand: in line, or as a footnote."""

    words: str
    number: int
    source: str


class Code(NamedTuple):
    """Text that is printed exactly as it is, line by line."""

    text: str


class Gap(NamedTuple):
    """A blank line on a terminal, where blocks that follow each other need one."""


Block = Heading | Prose | Quote | Grid | Facts | Footnote | Quiet | Quotation | Code | Gap


class Marks:
    """Numbers sources in the order in which they are first used."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._numbers: dict[str, int] = {}

    def mark(self, source: str) -> str:
        """The mark of a source, as in ``[2]``."""
        return f"[{self._numbers.setdefault(source, len(self._numbers) + 1)}]"

    def block(self) -> list[Block]:
        """The list of the sources used: title, publisher, date, tier, address."""
        blocks: list[Block] = [Heading("Sources")] if self._numbers else []
        for key, number in self._numbers.items():
            blocks.append(Prose(source_spans(self._data, key), label=f"[{number}]"))
        return blocks


def source_spans(data: Dataset, key: str) -> list[Span]:
    """One source as people read it, with what weakens it said aloud."""
    source = data.sources[key]
    about = [source.publisher, source.date or "undated", f"{source.tier} source"]
    if source.copy:
        about.append(f"read as a copy at {source.copy_at}" if source.copy_at else "read as a copy")
    spans = [Span(source.title), Span(f". {', '.join(about)}. ", "quiet")]
    if source.url:
        spans.append(Span(source.url, "quiet", source.url))
        spans.append(Span(" ", "quiet"))
    overlay = ", from your overlay" if source.overlay else ""
    return [*spans, Span(f"({key}{overlay})", "quiet")]


class Report:
    """The answer to one command.

    Attributes:
        data: The data set that answers.
        query: What was asked, for the JSON envelope.
        columns: All columns that --columns may name; the first is the id.
        rows: One for each line of TSV and CSV.
        shown: Keys of the columns that are printed unasked; empty for all.
        people: The same for tables that people read, in their order; empty for `shown`.
        items: JSON items; None where the rows are the items.
        blocks: Makes what people read.
        notices: Lines for standard error, where the format has no place for them.
        chosen: Whether --columns named the columns.
        exit_code: With what to leave after printing it.
        whole: What a pipe gets instead of TSV unless TSV is asked for; empty for none.
    """

    def __init__(
        self,
        data: Dataset,
        query: dict[str, Any],
        columns: Sequence[Column],
        rows: Sequence[Row] | None = None,
        shown: Sequence[str] = (),
        items: list[dict[str, Any]] | None = None,
        blocks: Callable[[], list[Block]] | None = None,
        people: Sequence[str] = (),
    ) -> None:
        self.data = data
        self.query = query
        self.columns = columns
        self._rows = rows
        self.shown = shown
        self.people = people
        self.items = items
        self.blocks = blocks
        self.notices: list[str] = []
        self.chosen = False
        self.exit_code = 0
        self.whole = ""

    @property
    def rows(self) -> Sequence[Row]:
        """The cells of each item, by the columns."""
        if self._rows is not None:
            return self._rows
        columns = self.columns
        return [{column.key: column.read(item) for column in columns} for item in self.items or ()]

    @rows.setter
    def rows(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def choose(self, keys: Sequence[str]) -> None:
        """Show just these columns, in this order; the id always comes first.

        Raises:
            UsageProblem: A key is not that of a column.
        """
        by_key = {column.key: column for column in self.columns}
        for key in keys:
            if key not in by_key:
                raise unknown_column(key, list(by_key))
        first = self.columns[0].key
        self.shown = [first, *(key for key in dict.fromkeys(keys) if key != first)]
        self.chosen = True
        self.items = None

    def shown_columns(self) -> list[Column]:
        """The columns that are printed, in order."""
        return self._columns(self.shown)

    def _columns(self, keys: Sequence[str]) -> list[Column]:
        by_key = {column.key: column for column in self.columns}
        return [by_key[key] for key in keys] if keys else list(self.columns)

    def grid(self, rows: Sequence[Row] | None = None) -> Grid:
        """The rows, or others with the same keys, as a table for people."""
        keys = self.shown if self.chosen else self.people or self.shown
        return Grid(self._columns(keys), self.rows if rows is None else rows, self.chosen)


def unknown_column(key: str, known: Sequence[str]) -> UsageProblem:
    """The error for a column that does not exist."""
    return UsageProblem(f"no column {echo(key)}", f"columns here: {', '.join(known)}")
