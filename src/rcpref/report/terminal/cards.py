"""Cards for people: labels and answers, names as far as there is room for them; sources."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from rcpref.report.blocks import Card, Entry, Facts, Marked, Sources, Span
from rcpref.report.options import NO_SOURCES, WHOLE_SOURCES
from rcpref.report.safe import visible
from rcpref.report.terminal.page import (
    FIRM,
    GAP,
    MEASURE,
    READABLE,
    STYLES,
    Page,
    longest,
    longest_kept,
    put,
    wrapped,
)

_INDENT = 2
_EACH = 8
"""Sources up to this number stand on a line each; more run on, behind one another."""


def draw_card(page: Page, block: Card) -> None:
    """Draw a card; where there is no room for columns, each label above its answer."""
    whole = min(page.width, MEASURE + 20)
    labels = max((cell_len(visible(entry.label)) for entry in block.entries), default=0)
    place = _INDENT + labels + GAP
    beside = whole - place >= READABLE
    if not beside:
        place = _INDENT * 2
    for entry in block.entries:
        lead = Text(" " * _INDENT + visible(entry.label), style="dim")
        lines = _lines(page, entry, whole - place)
        if not beside and entry.label:
            page.console.print(lead, soft_wrap=True)
        for number, line in enumerate(lines):
            if number == 0 and beside:
                put(page, line, place, lead)
            else:
                put(page, line, place)


def _lines(page: Page, entry: Entry, room: int) -> list[Text]:
    """The lines of an entry, none longer than there is room but a single long word."""
    spans, end = page.text(entry.spans), page.text(entry.end)
    if not entry.names:
        return wrapped(Text.assemble(spans, " " if spans and end else "", end), room)
    names = [_firm(page, name, room) for name in entry.names]
    if not spans:
        return _fitting(names, end, room, entry.lines)
    every = _listed(names, len(names), end)
    one = Text.assemble(spans, ": ", every)
    if cell_len(one.plain) <= room:
        return [one]
    return [*wrapped(spans, room), *_fitting(names, end, room, entry.lines)]


def _fitting(names: Sequence[Text], end: Text, room: int, limit: int) -> list[Text]:
    """As many names as fit into so many lines, and how many there are more."""
    count = _most(names, limit * room) if limit else len(names)
    lines = wrapped(_listed(names, count, end), room)
    while limit and len(lines) > limit and count > 1:
        count -= 1
        lines = wrapped(_listed(names, count, end), room)
    return lines


def _most(names: Sequence[Text], width: int) -> int:
    """The names that can fit at the very most: with those beyond, lines need not be tried."""
    used = 0
    for count, name in enumerate(names):
        used += cell_len(name.plain) + 1
        if used > width:
            return max(count, 1)
    return len(names)


def _listed(names: Sequence[Text], count: int, end: Text) -> Text:
    """The first names, and how many are left out."""
    between = "; " if any("," in name.plain or "]" in name.plain for name in names) else ", "
    text = Text(between).join(names[:count])
    left = len(names) - count
    if left:
        text.append(f"{between[0]} and {left} more")
    if end:
        text.append(" ")
        text.append_text(end)
    return text


def _firm(page: Page, name: str, room: int) -> Text:
    """A name that stays on one line, if it fits there."""
    words = page.words(name.words if isinstance(name, Marked) else name)
    text = Text(words)
    if isinstance(name, Marked) and name.numbers and page.sources != NO_SOURCES:
        text.append(f" {''.join(f'[{number}]' for number in name.numbers)}", STYLES["source"])
    if cell_len(text.plain) <= room:
        text.plain = text.plain.replace(" ", FIRM)
    return text


# Sources -----------------------------------------------------------------------------


def draw_sources(page: Page, block: Sources) -> None:
    """Draw the list of sources: whole, or short, run on where they are many."""
    page.show(Text("Sources", style="bold"))
    whole = page.sources == WHOLE_SOURCES
    room = min(page.width, MEASURE if whole else MEASURE + 20)
    entries = [
        (f"[{number}]", page.text(long() if whole else short))
        for number, short, long in block.entries
    ]
    if not whole and len(entries) > _EACH:
        each = [Text.assemble((mark + FIRM, "dim"), text) for mark, text in entries]
        for line in wrapped(Text("  ").join(each), room):
            put(page, line, 0)
        return
    for mark, text in entries:
        label = Text(f"{mark} ", style="dim")
        place = cell_len(label.plain)
        for part in wrapped(text, room - place):
            put(page, part, place, label)
            label = Text()


# Facts for people: labels, values and remarks side by side, notes below their value ---


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
