"""Reports for people, drawn with Rich. The only module that imports Rich.

Rich decides nothing here but layout: colour and width are settled before, and every
string goes in as `Text`, so that nothing in the data is read as markup.
"""

from collections.abc import Sequence
from io import StringIO

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rcpref.output.safe import visible
from rcpref.report import (
    Code,
    Column,
    Facts,
    Footnote,
    Gap,
    Grid,
    Heading,
    Prose,
    Quotation,
    Quote,
    Report,
    Row,
    Span,
    plain,
)

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

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# Nothing but a line below the header.
_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")

_GAP = 2
_NARROW = 60


def render(report: Report, width: int, color: bool) -> str:
    """What the report says, for a terminal of this width."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    blocks = report.blocks() if report.blocks else [report.grid()]
    for index, block in enumerate(blocks):
        if index and isinstance(block, Heading | Facts | Grid):
            console.print()
        if isinstance(block, Heading):
            _heading(console, block)
        elif isinstance(block, Prose):
            _prose(console, block, width)
        elif isinstance(block, Quote):
            _quote(console, block, width)
        elif isinstance(block, Footnote):
            _prose(console, Prose(block.spans, label=str(block.number).translate(_RAISED)), width)
        elif isinstance(block, Facts):
            _facts(console, block, width)
        elif isinstance(block, Grid):
            _grid(console, block, width)
        elif isinstance(block, Quotation):
            words = f"\u201c{block.words}\u201d ({block.source})"
            _prose(console, Prose([Span(words)]), width)
        elif isinstance(block, Code):
            console.print(Text(visible(block.text).rstrip("\n")), soft_wrap=True)
        elif isinstance(block, Gap):
            console.print()
        else:
            _prose(console, Prose(block.spans), width, "dim")
    console.print()
    console.print(Text(_last_line(report), style="dim"))
    lines = out.getvalue().split("\n")
    return "\n".join(line.rstrip(" ") for line in lines)


def _last_line(report: Report) -> str:
    data = report.data
    overlay = f", with the overlay {visible(data.overlay)}" if data.overlay else ""
    return f"data of {data.date}, version {data.version}{overlay}, sha256 {data.digest[:12]}"


def _text(spans: Sequence[Span], base: str = "") -> Text:
    text = Text(style=base)
    for span in spans:
        style = STYLES[span.style]
        if span.link.startswith(("http://", "https://")) and span.link.isprintable():
            style = f"{style} link {span.link}".strip() if " " not in span.link else style
        words = span.text.translate(_RAISED) if span.style == "footnote" else span.text
        text.append(visible(words), style=style)
    return text


def _heading(console: Console, block: Heading) -> None:
    console.print(Text(visible(block.text), style="bold" if block.level < 3 else "italic"))


def _prose(console: Console, block: Prose, width: int, base: str = "") -> None:
    label = "•" if block.bullet else block.label
    text = _text(tuple(block.spans), base)
    if not label:
        _print(console, Padding(text, (0, 0, 0, block.indent)), width)
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(Text(label), text)
    _print(console, Padding(grid, (0, 0, 0, block.indent)), width)


def _quote(console: Console, block: Quote, width: int) -> None:
    _print(console, Text(block.ref, style=STYLES["mark"]), width)
    _print(console, Padding(_text(tuple(block.spans)), (0, 0, 0, 2)), width)


def _print(console: Console, thing: RenderableType, width: int) -> None:
    console.print(thing, width=min(width, MEASURE))


def _facts(console: Console, block: Facts, width: int) -> None:
    if block.heading:
        console.print(Text(visible(block.heading), style="bold"))
    if width < _NARROW:
        for label, spans, remark in block.lines:
            end = [Span(f" {remark}", "quiet")] if remark else []
            _prose(console, Prose([Span(f"{label}: ", "quiet"), *spans, *end], indent=2), width)
        return
    grid = Table.grid(padding=(0, _GAP))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(style="dim", overflow="fold", max_width=28)
    for label, spans, remark in block.lines:
        grid.add_row(Text(visible(label)), _text(tuple(spans)), Text(visible(remark)))
    console.print(Padding(grid, (0, 0, 0, 2)), width=min(width, MEASURE + 20))


def _grid(console: Console, block: Grid, width: int) -> None:
    columns = [column for column in block.columns if block.chosen or column.room <= width]
    cells = [[visible(plain(row.get(column.key))) for column in columns] for row in block.rows]
    words = [
        max([_longest(column.label), *(_longest(line[place]) for line in cells)])
        for place, column in enumerate(columns)
    ]
    if block.bands:
        # The first column is a name, which stays on one line here.
        words[0] = max(cell_len(line[0]) for line in cells)
        for index, band in enumerate(_bands(words, width)):
            if index:
                console.print()
            _table(
                console,
                [columns[place] for place in band],
                [[line[place] for place in band] for line in cells],
                [words[place] for place in band],
                1,
            )
    elif sum(words) + _GAP * (len(columns) - 1) <= width:
        _table(console, columns, cells, words)
    else:
        _cards(console, columns, block.rows, width)


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
    console: Console,
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    words: Sequence[int],
    gap: int = _GAP,
) -> None:
    # The box puts a blank of its own between two columns.
    table = Table(box=_HEAD, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
    for place, column in enumerate(columns):
        table.add_column(
            Text(column.label, style="bold"),
            min_width=words[place],
            overflow="fold",
            justify="right" if column.number else "left",
            style=STYLES[column.style],
        )
    for line in cells:
        table.add_row(*map(Text, line))
    console.print(table)


def _longest(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _cards(console: Console, columns: Sequence[Column], rows: Sequence[Row], width: int) -> None:
    """One row below the other, for a terminal too narrow for columns."""
    for row in rows:
        first, *rest = columns
        _prose(console, Prose([Span(plain(row.get(first.key)), "name")]), width)
        for column in rest:
            value = plain(row.get(column.key))
            if value:
                spans = [Span(f"{column.label}: ", "quiet"), Span(value)]
                _prose(console, Prose(spans, indent=min(2, width // 8)), width)
