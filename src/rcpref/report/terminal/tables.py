"""Tables for people: columns as wide as they need, cards where they are too many.

Rich's own tables take four hundredths of a start: a card, which is none, goes without them.
"""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from rcpref.report.blocks import (
    Card,
    Column,
    Entry,
    Facts,
    Grid,
    Marked,
    Prose,
    Row,
    Sources,
    Span,
    plain,
)
from rcpref.report.options import NO_SOURCES, WHOLE_SOURCES
from rcpref.report.safe import visible
from rcpref.report.terminal.page import (
    FIRM,
    GAP,
    MEASURE,
    READABLE,
    STYLES,
    Page,
    bound,
    longest,
    longest_kept,
    prose,
    put,
    wrapped,
)

_HEAD = "    \n    \n ── \n    \n    \n    \n    \n    \n"
"""Box of a table: nothing but a line below the header."""

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
    from rich.box import Box
    from rich.table import Table

    # The box puts a blank of its own between two columns.
    table = Table(box=Box(_HEAD), show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
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


# Cards for people: labels and answers, names as far as there is room for them; sources


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
