"""Blocks: what a report is made of for people, and the cells of its tables.

A cell and a span hold plain text; nothing in them is ever read as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rcpref.fields import Fields

Cell = str | int | bool | None | tuple[str, ...]
"""What a cell holds; several strings are joined by "; " where the format has no lists."""

Row = Mapping[str, Cell]  # cells by the key of their column

Item = dict[str, Any]  # what JSON says of one thing; the cells of its row are read from it

JOIN = "; "  # between the items of a list that stands in one cell


def plain(cell: Cell) -> str:
    """A cell as plain text: nothing for None, yes and no for a truth value."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return JOIN.join(cell) if isinstance(cell, tuple) else str(cell)


class Marked(str):
    """Words with the marks of their sources behind, as ``45 States [1][2]``."""

    __slots__ = ("numbers", "parts", "words")

    words: str
    numbers: tuple[int, ...]
    parts: Sequence["Marked"]
    """Words that have marks of their own each; itself where there is one."""

    def __new__(cls, words: str, numbers: Sequence[int]) -> "Marked":
        found = super().__new__(cls, f"{words} {''.join(f'[{n}]' for n in numbers)}".strip())
        found.words, found.numbers, found.parts = words, tuple(numbers), (found,)
        return found


def joined(parts: Sequence[Marked]) -> Marked:
    """Marked words one behind the other, each with its own marks."""
    found = str.__new__(Marked, JOIN.join(parts))
    found.words = JOIN.join(part.words for part in parts)
    found.numbers = tuple(dict.fromkeys(number for part in parts for number in part.numbers))
    found.parts = tuple(parts)
    return found


class Span(Fields):
    """Text in one style, with an address to follow: strong, emphasis, quiet, name, id, hit.

    Some styles say what the text is: "footnote" and "source" are numbers, "more-sources" says
    how many are left out; a "note" stands apart from the value before it; a "hint" is for
    readers on a terminal alone.
    """

    text: str
    style: str = ""
    link: str = ""
    lang: str = ""  # the language of the text as a BCP 47 tag, where it is known


class Column(Fields):
    key: str  # what --columns, CSV headers and JSON keys call it
    label: str  # what people read above it
    room: int = 0  # narrowest terminal on which a table shows it unasked
    style: str = ""  # of its cells
    number: bool = False  # whether it holds numbers, set to the right
    cell: Callable[[Any], Cell] | None = None
    """How the cell is read from a line; None: what an item has under the key."""

    def read(self, line: Any) -> Cell:
        if self.cell is not None:
            return self.cell(line)
        value = line.get(self.key)
        return tuple(value) if isinstance(value, list) else value


class Block(Fields):
    """A part of a report as people read it; a writer of each format makes it safe."""


class Heading(Block):
    """A heading; level 1 is the title of the whole."""

    text: str
    level: int = 2


class Prose(Block):
    """A paragraph, wrapped to the terminal, with an optional label in the margin."""

    spans: Sequence[Span]
    label: str = ""
    indent: int = 0
    bullet: bool = False


class Quote(Block):
    """Words of a source, set off, with their reference."""

    spans: Sequence[Span]
    ref: str


class Grid(Block):
    columns: Sequence[Column]
    rows: Sequence[Row]
    chosen: bool = False  # whether the reader named the columns: then all are shown
    bands: bool = False  # whether one that is too wide is cut into several tables


FactLine = tuple[str, Sequence[Span], str]  # a label, a value, and a quiet remark on it: date, mark


class Facts(Block):
    """Facts, under an optional heading; one without a label says more of that before it."""

    heading: str
    lines: Sequence[FactLine]


class Entry(Fields):
    """A line of a card: a label, the answer, the names in it, and its end."""

    label: str  # empty for more of what stands above
    spans: Sequence[Span] = ()
    names: Sequence[str] = ()
    lines: int = 2  # how many the names may fill; 0 for all of them
    end: Sequence[Span] = ()


class Card(Block):
    entries: Sequence[Entry]


class Sources(Block):
    """The sources that the marks mean, by their numbers: in one line each, and whole if asked."""

    entries: Sequence[tuple[int, Sequence[Span], Callable[[], Sequence[Span]]]]
    keys: Sequence[str]  # of these sources in the data


class Footnote(Block):
    number: int
    spans: Sequence[Span]


class Quiet(Block):
    """A line in small voice: where it comes from, what it does not say."""

    spans: Sequence[Span]


class Quotation(Block):
    """Words to be pasted, with their place: in the line, or as a footnote."""

    words: str
    number: int
    source: str


class Code(Block):
    """Text that is printed exactly as it is, line by line."""

    text: str


class Drawing(Block):
    """A picture in characters, for those who see it; its lines fit a number of columns."""

    draw: Callable[[int], Sequence[Sequence[Span]]]


class Gap(Block):
    """A blank line on a terminal, where blocks that follow each other need one."""


def quiet(words: str | Sequence[Span], hint: str = "") -> Quiet:
    """A line in small voice, with a hint for readers on a terminal behind it."""
    spans = [Span(words)] if isinstance(words, str) else words
    return Quiet([*spans, *([Span(hint, "hint")] if hint else [])])
