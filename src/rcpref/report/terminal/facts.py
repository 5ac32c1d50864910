"""Facts for people: labels, values and remarks side by side, notes below their value."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rcpref.report.blocks import Facts, Span
from rcpref.report.safe import visible
from rcpref.report.terminal.page import (
    GAP,
    MEASURE,
    READABLE,
    Page,
    bound,
    longest,
    longest_kept,
)

_REMARK = 28
"""Widest remark beside a fact; a longer one is wrapped."""


def draw_facts(page: Page, block: Facts) -> None:
    """Draw facts, under their heading if they have one."""
    if block.heading:
        page.show(Text(visible(block.heading), style="bold"))
    lines = [
        (visible(label), *_value(page, spans), bound(Text(page.words(remark)), _REMARK))
        for label, spans, remark in block.lines
    ]
    whole = min(page.width, MEASURE + 20)
    labels = max((cell_len(label) for label, *_ in lines), default=0)
    beside = [remark.plain for *_, remark in lines]
    narrow = max(map(longest, beside), default=0)
    wide = max(narrow, min(_REMARK, max(map(cell_len, beside), default=0)))
    kept = (longest_kept(f"{text.plain} {note.plain}", whole - 2) for _, text, note, _ in lines)
    needed = max([READABLE, *kept])
    room = whole - 2 - labels - GAP
    # Dates and marks on one line if the values have room left; below it, on several.
    fitting = [width for width in (wide, narrow) if room - width - bool(width) * GAP >= needed]
    if not fitting:
        for label, text, note, remark in lines:
            _stacked(page, Text.assemble((f"{label}: ", "dim") if label else "", text), remark)
            if note:
                page.show(Padding(note, (0, 0, 0, 4)))
        return
    remarks = fitting[0]
    values = room - remarks - bool(remarks) * GAP
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=labels, no_wrap=True, style="dim")
    grid.add_column(width=values, overflow="fold")
    if remarks:
        grid.add_column(width=remarks, overflow="fold", style="dim")
    for label, text, note, remark in lines:
        grid.add_row(Text(label), bound(text, values), *([remark] if remarks else []))
        if note:
            grid.add_row(Text(), note)
    page.show(Padding(grid, (0, 0, 0, 2)), whole)


def _value(page: Page, spans: Sequence[Span]) -> tuple[Text, Text]:
    """A value, and the note on it."""
    value = [span for span in spans if span.style != "note"]
    return page.text(value), page.text([span for span in spans if span.style == "note"])


def _stacked(page: Page, text: Text, remark: Text) -> None:
    """A fact on lines of its own, where there is no room for columns."""
    if remark:
        text.append(f" {remark.plain}", style="dim")
    whole = min(page.width, MEASURE + 20)
    page.show(Padding(bound(text, whole - 2), (0, 0, 0, 2)))
