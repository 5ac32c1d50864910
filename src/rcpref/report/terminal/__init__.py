"""Reports for people, drawn with Rich. The only package that imports Rich.

Rich decides nothing here but how to draw: colour, width and the widths of columns are
settled before, and every string goes in as `Text`, so that nothing in the data is read
as markup.
"""

from collections.abc import Callable
from typing import Any

from rich.padding import Padding
from rich.text import Text

from rcpref.report.blocks import (
    Block,
    Card,
    Code,
    Drawing,
    Facts,
    Footnote,
    Gap,
    Grid,
    Heading,
    Prose,
    Quiet,
    Quotation,
    Quote,
    Sources,
    Span,
)
from rcpref.report.options import NO_SOURCES
from rcpref.report.report import Report, last_lines
from rcpref.report.safe import visible
from rcpref.report.terminal.page import FIRM, MEASURE, RAISED, STYLES, Page, prose
from rcpref.report.terminal.tables import draw_card, draw_facts, draw_grid, draw_sources

__all__ = ["MEASURE", "RAISED", "render"]


def render(
    report: Report,
    width: int,
    color: bool,
    links: bool = True,
    raised: bool = True,
    sources: str = "",
) -> str:
    """What the report says, for a terminal of this width."""
    page = Page(width, color, links, raised, sources or report.sources)
    for index, block in enumerate(report.blocks() if report.blocks else [report.grid()]):
        if isinstance(block, Sources) and page.sources == NO_SOURCES:
            continue
        if index and isinstance(block, Heading | Facts | Grid | Card | Sources):
            page.line()
        _DRAWN[type(block)](page, block)
    page.line()
    for line in last_lines(report):
        page.show(Text(visible(line), style="dim"))
    drawn = page.out.getvalue().replace(FIRM, " ")
    return "\n".join(line.rstrip(" ") for line in drawn.split("\n"))


def _heading(page: Page, block: Heading) -> None:
    page.show(Text(page.words(block.text), style="bold" if block.level < 3 else "italic"))


def _quote(page: Page, block: Quote) -> None:
    page.show(Text(visible(block.ref), style=STYLES["mark"]))
    page.show(Padding(page.text(block.spans), (0, 0, 0, 2)))


def _footnote(page: Page, block: Footnote) -> None:
    prose(page, Prose(block.spans, label=page.footnote(str(block.number))))


def _quotation(page: Page, block: Quotation) -> None:
    prose(page, Prose([Span(f"\u201c{block.words}\u201d ({block.source})")]))


def _code(page: Page, block: Code) -> None:
    page.console.print(Text(visible(block.text).rstrip("\n")), soft_wrap=True)


def _drawing(page: Page, block: Drawing) -> None:
    for line in block.draw(page.width):
        page.console.print(page.text(line), soft_wrap=True)


def _quiet(page: Page, block: Quiet) -> None:
    page.show(page.text(block.spans, "dim"))


def _gap(page: Page, _: Gap) -> None:
    page.line()


_DRAWN: dict[type[Block], Callable[[Page, Any], None]] = {
    Heading: _heading,
    Prose: prose,
    Quote: _quote,
    Grid: draw_grid,
    Facts: draw_facts,
    Card: draw_card,
    Sources: draw_sources,
    Footnote: _footnote,
    Quiet: _quiet,
    Quotation: _quotation,
    Code: _code,
    Drawing: _drawing,
    Gap: _gap,
}
"""How each kind of block is drawn."""
