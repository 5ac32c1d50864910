"""Reports for people, drawn with Rich, into which every string goes as `Text`: no markup."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text

from rcpref.report.blocks import (
    Block,
    Card,
    Code,
    Column,
    Drawing,
    Entry,
    Facts,
    Footnote,
    Gap,
    Grid,
    Heading,
    Marked,
    Prose,
    Quiet,
    Quotation,
    Quote,
    Row,
    Sources,
    Span,
    plain,
)
from rcpref.report.options import NO_SOURCES, WHOLE_SOURCES
from rcpref.report.report import Report, last_lines
from rcpref.report.safe import visible
from rcpref.report.terminal.page import (
    FIRM,
    GAP,
    MEASURE,
    RAISED,
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
    for index, block in enumerate(report.for_people()):
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
    style = "bold" if block.level < 3 else "italic"
    page.show(bound(Text(page.words(block.text), style), min(page.width, MEASURE)))


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


_RIBBON = 6  # so many lines of a narrow column make a ribbon, for which cards are better read

MOST_ROWS = 10_000
"""Rows of a table at the most: nobody reads more, and each takes a fifth of a millisecond."""


def _grid(page: Page, block: Grid) -> None:
    """Draw a table; of one that nobody could read to its end, the beginning."""
    _draw(page, block._replace(rows=block.rows[:MOST_ROWS]))
    if len(block.rows) > MOST_ROWS:
        more = f"{len(block.rows) - MOST_ROWS:,} more rows are left out; -f tsv has all."
        page.line()
        prose(page, Prose([Span(more, "quiet")]))


def _draw(page: Page, block: Grid) -> None:
    columns = [column for column in block.columns if block.chosen or column.room <= page.width]
    cells = [[page.words(plain(row.get(column.key))) for column in columns] for row in block.rows]
    texts = [[column.label, *(line[n] for line in cells)] for n, column in enumerate(columns)]
    words = [max(map(longest, each)) for each in texts]
    wanted = [max(map(_widest, each)) for each in texts]
    if block.bands:
        # The first column is a name, which stays on one line here.
        words[0] = wanted[0]
        for index, band in enumerate(_bands(words, page.width)):
            if index:
                page.line()
            inside = [[line[place] for place in band] for line in cells]
            widths = [words[place] for place in band]
            _table(page, [columns[place] for place in band], inside, widths, 1)
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
    # A card needs no table, nor the part of Rich that draws it.
    from rich.box import Box
    from rich.table import Table

    # Nothing but a line below the header; it puts a blank of its own between two columns.
    head = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
    table = Table(box=head, show_edge=False, pad_edge=False, padding=(0, gap - 1, 0, 0))
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
    return max(map(cell_len, text.split("\n")))


def _cards(page: Page, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    for row in rows:
        first, *rest = columns
        prose(page, Prose([Span(plain(row.get(first.key)), "name")]))
        for column in rest:
            value = page.words(plain(row.get(column.key)))
            if value:
                label = f"{column.label}: " if column.label else ""
                spans = [Span(label, "quiet"), Span(value)]
                prose(page, Prose(spans, indent=2))


# Cards for people: labels and answers, names as far as there is room for them; sources

_INDENT = 2
_EACH = 8  # sources up to this number stand on a line each; more run on, behind one another


def _card(page: Page, block: Card) -> None:
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
            put(page, line, place, lead if number == 0 and beside else None)


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


def _sources(page: Page, block: Sources) -> None:
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


_REMARK = 28  # widest remark beside a fact; a longer one is wrapped


def _facts(page: Page, block: Facts) -> None:
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
            fact = Text.assemble((f"{label}: ", "dim") if label else "", text)
            if remark:
                fact.append(f" {remark.plain}", style="dim")
            for line in wrapped(fact, whole - 2):
                put(page, line, 2)
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
    value = [span for span in spans if span.style != "note"]
    return page.text(value), page.text([span for span in spans if span.style == "note"])


_DRAWN: dict[type[Block], Callable[[Page, Any], None]] = {
    Heading: _heading,
    Prose: prose,
    Quote: _quote,
    Grid: _grid,
    Facts: _facts,
    Card: _card,
    Sources: _sources,
    Footnote: _footnote,
    Quiet: lambda page, block: page.show(page.text(block.spans, "dim")),
    Quotation: _quotation,
    Code: _code,
    Drawing: _drawing,
    Gap: lambda page, _: page.line(),
}
"""How each kind of block is drawn."""
