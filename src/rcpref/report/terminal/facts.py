"""Facts for people: labels, values and remarks side by side, notes below their value."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from rcpref.report.blocks import Facts, Span
from rcpref.report.safe import visible
from rcpref.report.terminal.page import (
    GAP,
    MEASURE,
    READABLE,
    Page,
    longest,
    longest_kept,
    put,
    wrapped,
)

_REMARK = 28
"""Widest remark beside a fact; a longer one is wrapped."""


def draw_facts(page: Page, block: Facts) -> None:
    """Draw facts, under their heading if they have one."""
    if block.heading:
        page.show(Text(visible(block.heading), style="bold"))
    lines = [
        (visible(label), *_value(page, spans), Text(page.words(remark)))
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
            for line in wrapped(note, whole - 4) if note else []:
                put(page, line, 4)
        return
    remarks = fitting[0]
    values = room - remarks - bool(remarks) * GAP
    end = 2 + labels + GAP
    for label, text, note, remark in lines:
        found = wrapped(text, values) + (wrapped(note, values) if note else [])
        _beside(page, Text(label, style="dim"), found, wrapped(remark, remarks or 1), end, values)


def _beside(
    page: Page, label: Text, value: Sequence[Text], remark: Sequence[Text], place: int, width: int
) -> None:
    """The label, the lines of the value, those of the remark, side by side."""
    lead = Text.assemble("  ", label)
    for line, beside in zip_longest(value, remark, fillvalue=Text()):
        if not beside:
            put(page, line, place, lead)
        elif cell_len(line.plain) > width:
            put(page, _quiet(beside), place + width + GAP, lead)
            put(page, line, place)
        else:
            lead.pad_right(place - cell_len(lead.plain))
            put(page, _quiet(beside), place + width + GAP, Text.assemble(lead, line))
        lead = Text()


def _quiet(text: Text) -> Text:
    return Text(text.plain, style="dim")


def _value(page: Page, spans: Sequence[Span]) -> tuple[Text, Text]:
    """A value, and the note on it."""
    value = [span for span in spans if span.style != "note"]
    return page.text(value), page.text([span for span in spans if span.style == "note"])


def _stacked(page: Page, text: Text, remark: Text) -> None:
    """A fact on lines of its own, where there is no room for columns."""
    if remark:
        text.append(f" {remark.plain}", style="dim")
    for line in wrapped(text, min(page.width, MEASURE + 20) - 2):
        put(page, line, 2)
