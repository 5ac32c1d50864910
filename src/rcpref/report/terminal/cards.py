"""Cards for people: labels and answers, names as far as there is room for them; sources."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from rcpref.report.blocks import Card, Entry, Marked, Sources
from rcpref.report.options import NO_SOURCES, WHOLE_SOURCES
from rcpref.report.safe import visible
from rcpref.report.terminal.page import (
    FIRM,
    GAP,
    MEASURE,
    READABLE,
    STYLES,
    Page,
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
