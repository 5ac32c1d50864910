"""Blocks: what a report is made of for people, and the cells of its tables.

A cell and a span hold plain text; nothing in them is ever read as markup.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Cell = str | int | bool | None | tuple[str, ...]
"""What a cell holds; several strings are joined by "; " where the format has no lists."""

Row = Mapping[str, Cell]
"""Cells by the key of their column."""


Item = dict[str, Any]
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
        marks: Keys of the sources whose marks stand behind the cell in a table for people,
            read from the item; None for no marks.
    """

    key: str
    label: str
    room: int = 0
    style: str = ""
    number: bool = False
    cell: Callable[[Item], Cell] | None = None
    marks: Callable[[Item], Iterable[str]] | None = None

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


def quiet(text: str) -> Quiet:
    """A line in small voice."""
    return Quiet([Span(text)])
