"""Reports for people, drawn with Rich, into which every string goes as `Text`: no markup."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from io import StringIO
from itertools import accumulate, zip_longest
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from rcpref.report import blocks as kinds
from rcpref.report.blocks import Marked, Span, plain
from rcpref.report.options import NO_SOURCES, WHOLE_SOURCES
from rcpref.report.report import Report, last_lines
from rcpref.report.safe import visible, web_address

MEASURE = 100  # longest line of running text, in columns: longer ones are hard to read

STYLES = {
    "": "",
    "strong": "bold",
    "emphasis": "italic",
    "strong-emphasis": "bold italic",
    "quiet": "",  # dates and what is not certain: dim text is hard to read
    "note": "",
    "hint": "dim",
    "name": "bold",
    "id": "cyan",
    "mark": "cyan",
    "source": "cyan",
    "more-sources": "",
    "hit": "bold underline",
    "footnote": "cyan",
}

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits of the marks of footnotes, where the encoding has them."""
_WORD = re.compile(r"\S+\s*")

# A space that no line ends at, while a page is drawn. Rich would break at a no-break
# space, and `visible` leaves no character of this kind in the text of a report.
FIRM = "\ue000"
# Looked for at the beginnings of words alone: within long ones it would take for ever.
_MARKED = re.compile(r"(?<!\S)(\S++) ((?:\[\d+\])+\S*)")

GAP = 2  # blanks between two columns
READABLE = 24
"""Narrowest column for running text: if there is less room, the values of facts are under their
labels, and long cells make a ribbon."""
_LEAST = 20  # narrower terminals get lines of this width, which they break themselves


class Page:
    """The lines of a page of one width, and how it shows links, digits and sources."""

    def __init__(self, width: int, color: bool, links: bool, utf8: bool, sources: str) -> None:
        self.lines: list[Text] = []
        self.width = max(width, _LEAST)
        self.color = color
        self.links = links and color
        self.utf8 = utf8
        self.bullet, self.rule = ("•", "─") if utf8 else ("*", "-")
        self.sources = sources

    def drawn(self) -> str:
        """The page as a terminal gets it."""
        out = StringIO()
        console = Console(
            file=out,
            width=self.width,
            # Rich ignores the width on a dumb terminal unless it gets a height, too.
            height=100,
            force_terminal=self.color,
            color_system="standard" if self.color else None,
            # Whether to use colour has been decided: NO_COLOR must not decide again.
            no_color=False,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )
        # All at once, which is quicker than line by line.
        console.print(Text("\n").join(self.lines), soft_wrap=True)
        lines = out.getvalue().replace(FIRM, " ").split("\n")
        return "\n".join(line.rstrip(" ") for line in lines)

    def show(self, text: Text, indent: int = 0) -> None:
        """Add running text in lines."""
        for line in _wrapped(text, min(self.width, MEASURE) - indent):
            _put(self, line, indent)

    def footnote(self, number: str) -> str:
        """The mark of a footnote; in brackets if a raised digit cannot be printed."""
        return number.translate(_RAISED) if self.utf8 else f"({number})"

    def words(self, text: str) -> str:
        """Plain words, with the marks of their sources if these are listed."""
        if isinstance(text, Marked) and self.sources == NO_SOURCES:
            return visible(text.words)
        return visible(text)

    def text(self, spans: Sequence[Span], base: str = "") -> Text:
        text = Text(style=base)
        for place, span in enumerate(spans):
            if span.style == "source":
                if self.sources != NO_SOURCES:
                    first = text.plain and spans[place - 1].style != "source"
                    text.append(f"{' ' if first else ''}[{span.text}]", STYLES["source"])
                continue
            if span.style == "more-sources" and self.sources == NO_SOURCES:
                continue
            style = Style.parse(STYLES[span.style] or "none")
            if self.links and web_address(span.link):
                style += Style(link=span.link)
            is_mark = span.style == "footnote"
            text.append(self.footnote(span.text) if is_mark else self.words(span.text), style)
        return text


def _bound(text: Text, width: int) -> Text:
    """Text with marks such as [1] on the line of the word before, if both fit there."""

    def bind(found: re.Match[str]) -> str:
        word, mark = found.groups()
        return f"{word}{FIRM if cell_len(found[0]) <= width else ' '}{mark}"

    # The length stays, and with it the places of all styles.
    text.plain = _MARKED.sub(bind, text.plain)
    return text


def _wrapped(text: Text, room: int) -> list[Text]:
    """Text in lines; an address that is longer stays whole, so that it can be copied."""
    lines: list[Text] = []
    for part in _bound(text, room).split(allow_blank=True):
        breaks, used = [], 0
        for word in _WORD.finditer(part.plain):
            width = cell_len(word[0].rstrip())
            if used and used + width > room:
                breaks.append(word.start())
                used = 0
            if width > room and "://" not in word[0]:
                places, used = _folds(word[0], room)
                breaks += [word.start() + place for place in places]
            else:
                used += cell_len(word[0])
        lines += part.divide(breaks)
    for line in lines:
        line.rstrip()
    return lines


def _folds(word: str, room: int) -> tuple[list[int], int]:
    """Where a word that is longer than a line is folded, and the width of its last part."""
    places: list[int] = []
    used = 0
    for place, sign in enumerate(word):
        width = cell_len(sign)
        if used and used + width > room:
            places.append(place)
            used = 0
        used += width
    return places, used


def _put(page: Page, line: Text, place: int, lead: Text | None = None) -> None:
    """Print a line behind what leads it; a long address alone, as far left as it needs."""
    width = cell_len(line.plain)
    if place + width > page.width:
        if lead:
            page.lines.append(lead)
        lead, place = None, max(0, page.width - width)
    before = lead.copy() if lead else Text()
    before.pad_right(place - cell_len(before.plain))
    page.lines.append(Text.assemble(before, line))


def _longest(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _prose(page: Page, block: kinds.Prose) -> None:
    label = Text(page.bullet if block.bullet else visible(block.label), style="dim")
    text = page.text(block.spans)
    room = min(page.width, MEASURE) - block.indent
    if not label:
        page.show(text, block.indent)
        return
    lead = Text.assemble(" " * block.indent, label)
    place = cell_len(label.plain) + 1
    if place > room // 2:
        page.show(lead)
        lead, place = Text(), GAP
    for line in _wrapped(text, room - place):
        _put(page, line, block.indent + place, lead)
        lead = Text()


# Blocks ----------------------------------------------------------------------------------


def render(
    report: Report,
    width: int,
    color: bool,
    links: bool = True,
    utf8: bool = True,
    sources: str = "",
) -> str:
    page = Page(width, color, links, utf8, sources or report.sources)
    for index, block in enumerate(report.for_people()):
        if isinstance(block, kinds.Sources) and page.sources == NO_SOURCES:
            continue
        if index and isinstance(
            block, kinds.Heading | kinds.Facts | kinds.Grid | kinds.Card | kinds.Sources
        ):
            page.lines.append(Text())
        _DRAWN[type(block)](page, block)
    page.lines.append(Text())
    for line in last_lines(report):
        page.show(Text(visible(line), style="dim"))
    return page.drawn()


def _heading(page: Page, block: kinds.Heading) -> None:
    style = "bold" if block.level < 3 else "italic"
    page.show(Text(page.words(block.text), style))


def _quote(page: Page, block: kinds.Quote) -> None:
    page.show(Text(visible(block.ref), style=STYLES["mark"]))
    page.show(page.text(block.spans), 2)


def _drawing(page: Page, block: kinds.Drawing) -> None:
    if page.utf8:  # other encodings lack its signs; the names are below it
        page.lines += map(page.text, block.draw(page.width))


_RIBBON = 6  # so many lines of a narrow column make a ribbon, for which cards are better read

MOST_ROWS = 10_000
"""Rows of a table at the most: nobody reads more, and each takes a fifth of a millisecond."""


def _grid(page: Page, block: kinds.Grid) -> None:
    """Draw a table; only the beginning if nobody could read all of it."""
    _draw(page, block._replace(rows=block.rows[:MOST_ROWS]))
    if len(block.rows) > MOST_ROWS:
        more = f"{len(block.rows) - MOST_ROWS:,} more rows are left out; -f tsv has all."
        page.lines.append(Text())
        _prose(page, kinds.Prose([Span(more, "quiet")]))


def _draw(page: Page, block: kinds.Grid) -> None:
    columns = [column for column in block.columns if block.chosen or column.room <= page.width]
    cells = [[page.words(plain(row.get(column.key))) for column in columns] for row in block.rows]
    texts = [[column.label, *(line[n] for line in cells)] for n, column in enumerate(columns)]
    words = [max(map(_longest, each)) for each in texts]
    wanted = [max(cell_len(line) for text in each for line in text.split("\n")) for each in texts]
    if block.bands:
        # The first column is a name, which stays on one line here.
        words[0] = wanted[0]
        for index, band in enumerate(_bands(words, page.width)):
            if index:
                page.lines.append(Text())
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
    columns: Sequence[kinds.Column],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    gap: int,
) -> None:
    # A table of Rich draws each cell by itself, which took an eighth of a run.
    names = [visible(column.label) for column in columns]
    for place, line in enumerate([names, *cells]):
        wrapped = [
            _wrapped(Text(words, STYLES[column.style] if place else "bold"), width)
            for words, column, width in zip(line, columns, widths, strict=True)
        ]
        if not place:  # labels stand right above the line
            height = max(map(len, wrapped))
            wrapped = [[Text()] * (height - len(lines)) + lines for lines in wrapped]
        for parts in zip_longest(*wrapped, fillvalue=Text()):
            row = Text()
            for part, column, width in zip(parts, columns, widths, strict=True):
                blank = width - cell_len(part.plain)
                row.append(" " * blank if column.number else "").append_text(part)
                row.append(" " * (gap if column.number else blank + gap))
            page.lines.append(row)
        if not place:
            page.lines.append(Text(page.rule * (sum(widths) + gap * (len(widths) - 1))))


def _cards(page: Page, columns: Sequence[kinds.Column], rows: Sequence[kinds.Row]) -> None:
    for row in rows:
        first, *rest = columns
        _prose(page, kinds.Prose([Span(plain(row.get(first.key)), "name")]))
        for column in rest:
            value = page.words(plain(row.get(column.key)))
            if value:
                label = f"{column.label}: " if column.label else ""
                spans = [Span(label, "quiet"), Span(value)]
                _prose(page, kinds.Prose(spans, indent=2))


# Cards for people: labels and answers, names as far as there is room for them; sources

_INDENT = 2
_EACH = 8  # sources up to this number stand on a line each; more run on, behind one another


def _card(page: Page, block: kinds.Card) -> None:
    """Draw a card; where there is no room for columns, each label above its answer."""
    whole = min(page.width, MEASURE + 20)
    labels = max((cell_len(visible(entry.label)) for entry in block.entries), default=0)
    place = _INDENT + labels + GAP
    two_columns = whole - place >= READABLE
    if not two_columns:
        place = _INDENT * 2
    for entry in block.entries:
        lead = Text(" " * _INDENT + visible(entry.label), style="dim")
        lines = _lines(page, entry, whole - place)
        if not two_columns and entry.label:
            page.lines.append(lead)
        for number, line in enumerate(lines):
            _put(page, line, place, lead if number == 0 and two_columns else None)


def _lines(page: Page, entry: kinds.Entry, room: int) -> list[Text]:
    """The lines of an entry, none longer than there is room but a single long word."""
    spans, end = page.text(entry.spans), page.text(entry.end)
    if not entry.names:
        return _wrapped(Text.assemble(spans, " " if spans and end else "", end), room)
    names = [_firm(page, name, room) for name in entry.names]
    if not spans:
        return _fitting(names, end, room, entry.lines)
    every = _listed(names, len(names), end)
    one = Text.assemble(spans, ": ", every)
    if cell_len(one.plain) <= room:
        return [one]
    return [*_wrapped(spans, room), *_fitting(names, end, room, entry.lines)]


def _fitting(names: Sequence[Text], end: Text, room: int, limit: int) -> list[Text]:
    """As many names as fit into so many lines, and how many there are more."""
    count = len(names)
    if limit:  # to try all of them would take long
        ends = [*accumulate(cell_len(name.plain) + 1 for name in names)]
        count = max(1, bisect_right(ends, limit * room))
    lines = _wrapped(_listed(names, count, end), room)
    while limit and len(lines) > limit and count > 1:
        count -= 1
        lines = _wrapped(_listed(names, count, end), room)
    return lines


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


def _sources(page: Page, block: kinds.Sources) -> None:
    page.show(Text("Sources", style="bold"))
    whole = page.sources == WHOLE_SOURCES
    room = min(page.width, MEASURE if whole else MEASURE + 20)
    entries = [
        (f"[{number}]", page.text(long() if whole else short))
        for number, short, long in block.entries
    ]
    if not whole and len(entries) > _EACH:
        each = [Text.assemble((mark + FIRM, "dim"), text) for mark, text in entries]
        for line in _wrapped(Text("  ").join(each), room):
            _put(page, line, 0)
        return
    for mark, text in entries:
        label = Text(f"{mark} ", style="dim")
        place = cell_len(label.plain)
        for part in _wrapped(text, room - place):
            _put(page, part, place, label)
            label = Text()


# Facts for people: labels, values and remarks side by side, notes below their value ---


_REMARK = 28  # widest remark beside a fact; a longer one is wrapped


def _facts(page: Page, block: kinds.Facts) -> None:
    if block.heading:
        page.show(Text(visible(block.heading), style="bold"))
    lines = [
        (
            visible(label),
            page.text([span for span in spans if span.style != "note"]),
            page.text([span for span in spans if span.style == "note"]),
            Text(page.words(remark)),
        )
        for label, spans, remark in block.lines
    ]
    whole = min(page.width, MEASURE + 20)
    labels = max((cell_len(label) for label, *_ in lines), default=0)
    ends = [remark.plain for *_, remark in lines]
    narrow = max(map(_longest, ends), default=0)
    wide = max(narrow, min(_REMARK, max(map(cell_len, ends), default=0)))
    words = " ".join(f"{text.plain} {note.plain}" for _, text, note, _ in lines).split()
    # Words that stay whole: no addresses, and none that is longer than a line.
    kept = (cell_len(word) for word in words if "://" not in word)
    needed = max([READABLE, *(length for length in kept if length <= whole - 2)])
    room = whole - 2 - labels - GAP
    # Dates and marks on one line if the values have room left; below it, on several.
    fitting = [width for width in (wide, narrow) if room - width - bool(width) * GAP >= needed]
    if not fitting:
        for label, text, note, remark in lines:
            fact = Text.assemble((f"{label}: ", "dim") if label else "", text)
            if remark:
                fact.append(f" {remark.plain}")
            for line in _wrapped(fact, whole - 2):
                _put(page, line, 2)
            for line in _wrapped(note, whole - 4) if note else []:
                _put(page, line, 4)
        return
    remarks = fitting[0]
    values = room - remarks - bool(remarks) * GAP
    end = 2 + labels + GAP
    for label, text, note, remark in lines:
        found = _wrapped(text, values) + (_wrapped(note, values) if note else [])
        _beside(page, Text(label, style="dim"), found, _wrapped(remark, remarks or 1), end, values)


def _beside(
    page: Page, label: Text, value: Sequence[Text], remark: Sequence[Text], place: int, width: int
) -> None:
    lead = Text.assemble("  ", label)
    for line, words in zip_longest(value, remark, fillvalue=Text()):
        if not words:
            _put(page, line, place, lead)
        elif cell_len(line.plain) > width:
            _put(page, words, place + width + GAP, lead)
            _put(page, line, place)
        else:
            lead.pad_right(place - cell_len(lead.plain))
            _put(page, words, place + width + GAP, Text.assemble(lead, line))
        lead = Text()


_DRAWN: dict[type[kinds.Block], Callable[[Page, Any], None]] = {
    kinds.Heading: _heading,
    kinds.Prose: _prose,
    kinds.Quote: _quote,
    kinds.Grid: _grid,
    kinds.Facts: _facts,
    kinds.Card: _card,
    kinds.Sources: _sources,
    kinds.Footnote: lambda page, block: _prose(
        page, kinds.Prose(block.spans, label=page.footnote(str(block.number)))
    ),
    kinds.Quiet: lambda page, block: page.show(page.text(block.spans)),
    kinds.Quotation: lambda page, block: _prose(
        page, kinds.Prose([Span(f"\u201c{block.words}\u201d ({block.source})")])
    ),
    kinds.Code: lambda page, block: page.lines.append(Text(visible(block.text).rstrip("\n"))),
    kinds.Drawing: _drawing,
    kinds.Gap: lambda page, _: page.lines.append(Text()),
}
