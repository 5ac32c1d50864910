"""Tables for people: columns as wide as they need, cards where they are too many."""

from collections.abc import Sequence

from rich.box import Box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from rcpref.report.blocks import Column, Grid, Prose, Row, Span, plain
from rcpref.report.safe import visible
from rcpref.report.terminal.page import GAP, READABLE, STYLES, Page, bound, longest, prose

# Nothing but a line below the header.
_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")

_RIBBON = 6
"""So many lines of a narrow column make a ribbon, for which cards are better read."""


MOST_ROWS = 10_000
"""Rows of a table at the most: nobody reads more, and each takes a fifth of a millisecond."""


def draw_grid(page: Page, block: Grid) -> None:
    """Draw a table; of one that nobody could read to its end, the beginning."""
    _draw(page, block._replace(rows=block.rows[:MOST_ROWS]))
    if len(block.rows) > MOST_ROWS:
        more = f"{len(block.rows) - MOST_ROWS:,} more rows are left out; -f tsv has all."
        page.line()
        prose(page, Prose([Span(more, "quiet")]))


def _draw(page: Page, block: Grid) -> None:
    columns = [column for column in block.columns if block.chosen or column.room <= page.width]
    cells = [[page.words(plain(row.get(column.key))) for column in columns] for row in block.rows]
    words = [
        max([longest(column.label), *(longest(line[place]) for line in cells)])
        for place, column in enumerate(columns)
    ]
    wanted = [
        max([cell_len(column.label), *(_widest(line[place]) for line in cells)])
        for place, column in enumerate(columns)
    ]
    if block.bands:
        # The first column is a name, which stays on one line here.
        words[0] = wanted[0]
        for index, band in enumerate(_bands(words, page.width)):
            if index:
                page.line()
            _table(
                page,
                [columns[place] for place in band],
                [[line[place] for place in band] for line in cells],
                [words[place] for place in band],
                1,
            )
        return
    room = page.width - GAP * (len(columns) - 1)
    widths = _fitted(words, wanted, room) if sum(words) <= room else []
    pairs = list(zip(wanted, widths, strict=False))
    if not pairs or any(w < READABLE and want > w * _RIBBON for want, w in pairs):
        _cards(page, columns, block.rows)
    else:
        _table(page, columns, cells, widths, GAP)


def _fitted(words: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Widths of columns: as much as each wants, the widest cut down first, no word cut."""
    widths = list(wanted)
    while sum(widths) > room:
        place = max(
            (place for place in range(len(widths)) if widths[place] > words[place]),
            key=lambda place: widths[place],
        )
        widths[place] -= 1
    return widths


def _bands(words: Sequence[int], width: int) -> list[list[int]]:
    """Places of columns that fit side by side, the first one in each band."""
    bands: list[list[int]] = []
    for place in range(1, len(words)):
        used = sum(words[other] + 1 for other in bands[-1]) if bands else width
        if not bands or used + words[place] > width:
            bands.append([0])
        bands[-1].append(place)
    return bands


def _table(
    page: Page,
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    gap: int,
) -> None:
    # The box puts a blank of its own between two columns.
    table = Table(box=_HEAD, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Text(visible(column.label), style="bold"),
            width=width,
            overflow="fold",
            justify="right" if column.number else "left",
            style=STYLES[column.style],
        )
    for line in cells:
        table.add_row(*(bound(Text(c), w) for c, w in zip(line, widths, strict=True)))
    page.show(table, page.width)


def _widest(text: str) -> int:
    """Width of the longest line."""
    return max(map(cell_len, text.split("\n")))


def _cards(page: Page, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """One row below the other, for a terminal too narrow for columns."""
    for row in rows:
        first, *rest = columns
        prose(page, Prose([Span(plain(row.get(first.key)), "name")]))
        for column in rest:
            value = page.words(plain(row.get(column.key)))
            if value:
                spans = [Span(f"{column.label}: ", "quiet"), Span(value)]
                prose(page, Prose(spans, indent=2))
