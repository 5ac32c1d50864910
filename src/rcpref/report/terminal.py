"""Reports for people, drawn with Rich. The only module that imports Rich.

Rich decides nothing here but how to draw: colour, width and the widths of columns are
settled before, and every string goes in as `Text`, so that nothing in the data is read
as markup.
"""

import re
from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from rcpref.report.blocks import (
    Block,
    Code,
    Column,
    Facts,
    Footnote,
    Gap,
    Grid,
    Heading,
    Prose,
    Quiet,
    Quotation,
    Quote,
    Row,
    Span,
    plain,
)
from rcpref.report.report import Report
from rcpref.report.safe import visible, web_address

MEASURE = 100
"""Longest line of running text, in columns: longer ones are hard to read."""

STYLES = {
    "": "",
    "strong": "bold",
    "emphasis": "italic",
    "strong-emphasis": "bold italic",
    "quiet": "dim",
    "name": "bold",
    "id": "cyan",
    "mark": "cyan",
    "hit": "bold yellow",
    "footnote": "cyan",
}

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Digits of the marks of footnotes, where the encoding has them."""

_RAISED = str.maketrans("0123456789", RAISED)

# A space that no line ends at, while a page is drawn. Rich would break at a no-break
# space, and `visible` leaves no character of this kind in the text of a report.
_FIRM = "\ue000"
# Looked for at the beginnings of words alone: within long ones it would take for ever.
_MARKED = re.compile(r"(?<!\S)(\S++) ((?:\[\d+\])+\S*)")

# Nothing but a line below the header.
_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")

_GAP = 2
_LEAST = 20
"""Narrower terminals get lines of this width, which they break themselves."""
_REMARK = 28
"""Widest remark beside a fact; a longer one is wrapped."""
_READABLE = 24
"""Narrowest column for running text: below it, the values of facts stand under their
labels, and long cells make a ribbon."""
_RIBBON = 6
"""So many lines of a narrow column make a ribbon, for which cards are better read."""


class _Page:
    """A console of one width, whether it shows links, and raised digits."""

    def __init__(self, width: int, color: bool, links: bool, raised: bool) -> None:
        self.out = StringIO()
        self.width = max(width, _LEAST)
        self.links = links and color
        self.raised = raised
        self.console = Console(
            file=self.out,
            width=self.width,
            # Rich ignores the width on a dumb terminal unless it gets a height, too.
            height=100,
            force_terminal=color,
            color_system="standard" if color else None,
            # Whether to use colour has been decided: NO_COLOR must not decide again.
            no_color=False,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def line(self) -> None:
        self.console.print()

    def show(self, thing: RenderableType, width: int = 0) -> None:
        self.console.print(thing, width=min(self.width, width or MEASURE))

    def footnote(self, number: str) -> str:
        """The mark of a footnote; in brackets where a digit beside a word would mislead."""
        return number.translate(_RAISED) if self.raised else f"({number})"

    def text(self, spans: Sequence[Span], base: str = "") -> Text:
        text = Text(style=base)
        for span in spans:
            style = Style.parse(STYLES[span.style] or "none")
            if self.links and web_address(span.link):
                style += Style(link=span.link)
            words = self.footnote(span.text) if span.style == "footnote" else span.text
            text.append(visible(words), style=style)
        return text


def render(report: Report, width: int, color: bool, links: bool = True, raised: bool = True) -> str:
    """What the report says, for a terminal of this width.

    Args:
        report: The report.
        width: Columns of the terminal.
        color: Whether to use colour and other styles.
        links: Whether addresses may be links, if there is colour.
        raised: Whether the output can have the characters of `RAISED`.
    """
    page = _Page(width, color, links, raised)
    blocks = report.blocks() if report.blocks else [report.grid()]
    for index, block in enumerate(blocks):
        if index and isinstance(block, Heading | Facts | Grid):
            page.line()
        _DRAWN[type(block)](page, block)
    page.line()
    page.show(Text(_last_line(report), style="dim"))
    drawn = page.out.getvalue().replace(_FIRM, " ")
    return "\n".join(line.rstrip(" ") for line in drawn.split("\n"))


def _last_line(report: Report) -> str:
    data = report.data
    overlay = f", with the overlay {data.overlay}" if data.overlay else ""
    return visible(
        f"data of {data.date}, version {data.version}{overlay}, sha256 {data.digest[:12]}"
    )


def _bound(text: Text, width: int) -> Text:
    """The same text, marks such as [1] on the line of the word before, if both fit there."""

    def bind(found: re.Match[str]) -> str:
        word, mark = found.groups()
        return f"{word}{_FIRM if cell_len(found[0]) <= width else ' '}{mark}"

    # The length stays, and with it the places of all styles.
    text.plain = _MARKED.sub(bind, text.plain)
    return text


def _heading(page: _Page, block: Heading) -> None:
    page.show(Text(visible(block.text), style="bold" if block.level < 3 else "italic"))


def _quote(page: _Page, block: Quote) -> None:
    page.show(Text(visible(block.ref), style=STYLES["mark"]))
    page.show(Padding(page.text(block.spans), (0, 0, 0, 2)))


def _footnote(page: _Page, block: Footnote) -> None:
    _prose(page, Prose(block.spans, label=page.footnote(str(block.number))))


def _quotation(page: _Page, block: Quotation) -> None:
    _prose(page, Prose([Span(f"\u201c{block.words}\u201d ({block.source})")]))


def _code(page: _Page, block: Code) -> None:
    page.console.print(Text(visible(block.text).rstrip("\n")), soft_wrap=True)


def _quiet(page: _Page, block: Quiet) -> None:
    page.show(page.text(block.spans, "dim"))


def _gap(page: _Page, _: Gap) -> None:
    page.line()


def _prose(page: _Page, block: Prose) -> None:
    label = "•" if block.bullet else visible(block.label)
    text = page.text(block.spans)
    room = min(page.width, MEASURE) - block.indent
    if not label:
        page.show(Padding(_bound(text, room), (0, 0, 0, block.indent)))
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(Text(label), _bound(text, room - cell_len(label) - 1))
    page.show(Padding(grid, (0, 0, 0, block.indent)))


# Facts ------------------------------------------------------------------------------


def _facts(page: _Page, block: Facts) -> None:
    if block.heading:
        page.show(Text(visible(block.heading), style="bold"))
    lines = [
        (visible(label), page.text(spans), _bound(Text(visible(remark)), _REMARK))
        for label, spans, remark in block.lines
    ]
    whole = min(page.width, MEASURE + 20)
    labels = max((cell_len(label) for label, _, _ in lines), default=0)
    beside = [remark.plain for _, _, remark in lines]
    narrow = max(map(_longest, beside), default=0)
    wide = max(narrow, min(_REMARK, max(map(cell_len, beside), default=0)))
    needed = max([_READABLE, *(_longest_kept(text.plain, whole - 2) for _, text, _ in lines)])
    room = whole - 2 - labels - _GAP
    # Dates and marks on one line if the values have room left; below it, on several.
    fitting = [width for width in (wide, narrow) if room - width - bool(width) * _GAP >= needed]
    if not fitting:
        for label, text, remark in lines:
            stacked = Text.assemble((f"{label}: ", "dim") if label else "", text)
            if remark:
                stacked.append(f" {remark.plain}", style="dim")
            page.show(Padding(_bound(stacked, whole - 2), (0, 0, 0, 2)))
        return
    remarks = fitting[0]
    values = room - remarks - bool(remarks) * _GAP
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(width=labels, no_wrap=True, style="dim")
    grid.add_column(width=values, overflow="fold")
    if remarks:
        grid.add_column(width=remarks, overflow="fold", style="dim")
    for label, text, remark in lines:
        grid.add_row(Text(label), _bound(text, values), *([remark] if remarks else []))
    page.show(Padding(grid, (0, 0, 0, 2)), whole)


# Tables -----------------------------------------------------------------------------


def _grid(page: _Page, block: Grid) -> None:
    columns = [column for column in block.columns if block.chosen or column.room <= page.width]
    cells = [[visible(plain(row.get(column.key))) for column in columns] for row in block.rows]
    words = [
        max([_longest(column.label), *(_longest(line[place]) for line in cells)])
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
    room = page.width - _GAP * (len(columns) - 1)
    widths = _fitted(words, wanted, room) if sum(words) <= room else []
    pairs = list(zip(wanted, widths, strict=False))
    if not pairs or any(w < _READABLE and want > w * _RIBBON for want, w in pairs):
        _cards(page, columns, block.rows)
    else:
        _table(page, columns, cells, widths, _GAP)


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
    page: _Page,
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
        table.add_row(*(_bound(Text(c), w) for c, w in zip(line, widths, strict=True)))
    page.show(table, page.width)


def _longest(text: str) -> int:
    """Width of the longest word."""
    return max(map(cell_len, text.split()), default=0)


def _longest_kept(text: str, limit: int) -> int:
    """Width of the longest word that stays whole: no address, and none beyond a limit."""
    lengths = [cell_len(word) for word in text.split() if "://" not in word]
    return max((length for length in lengths if length <= limit), default=0)


def _widest(text: str) -> int:
    """Width of the longest line."""
    return max(map(cell_len, text.split("\n")))


def _cards(page: _Page, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """One row below the other, for a terminal too narrow for columns."""
    for row in rows:
        first, *rest = columns
        _prose(page, Prose([Span(plain(row.get(first.key)), "name")]))
        for column in rest:
            value = plain(row.get(column.key))
            if value:
                spans = [Span(f"{column.label}: ", "quiet"), Span(value)]
                _prose(page, Prose(spans, indent=2))


_DRAWN: dict[type[Block], Callable[[_Page, Any], None]] = {
    Heading: _heading,
    Prose: _prose,
    Quote: _quote,
    Grid: _grid,
    Facts: _facts,
    Footnote: _footnote,
    Quiet: _quiet,
    Quotation: _quotation,
    Code: _code,
    Gap: _gap,
}
"""How each kind of block is drawn."""
