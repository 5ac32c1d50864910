"""A page for people: its width, its styles, and text on it."""

import re
from collections.abc import Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from rcpref.report.blocks import Marked, Prose, Span
from rcpref.report.options import NO_SOURCES
from rcpref.report.safe import visible, web_address

MEASURE = 100  # longest line of running text, in columns: longer ones are hard to read

STYLES = {
    "": "",
    "strong": "bold",
    "emphasis": "italic",
    "strong-emphasis": "bold italic",
    "quiet": "dim",
    "note": "dim",
    "hint": "dim",
    "name": "bold",
    "id": "cyan",
    "mark": "cyan",
    "source": "cyan",
    "more-sources": "dim",
    "hit": "bold yellow",
    "footnote": "cyan",
}

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # digits of the marks of footnotes, where the encoding has them

_RAISED = str.maketrans("0123456789", RAISED)
_WORD = re.compile(r"\S+\s*")

# A space that no line ends at, while a page is drawn. Rich would break at a no-break
# space, and `visible` leaves no character of this kind in the text of a report.
FIRM = "\ue000"
# Looked for at the beginnings of words alone: within long ones it would take for ever.
_MARKED = re.compile(r"(?<!\S)(\S++) ((?:\[\d+\])+\S*)")

GAP = 2  # blanks between two columns
READABLE = 24
"""Narrowest column for running text: below it, the values of facts stand under their
labels, and long cells make a ribbon."""
_LEAST = 20  # narrower terminals get lines of this width, which they break themselves


class Page:
    """A console of one width, and how it shows links, digits and sources."""

    def __init__(self, width: int, color: bool, links: bool, raised: bool, sources: str) -> None:
        self.out = StringIO()
        self.width = max(width, _LEAST)
        self.links = links and color
        self.raised = raised
        self.sources = sources
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
        """Draw something, no wider than running text unless a width is given."""
        self.console.print(thing, width=min(self.width, width or MEASURE))

    def footnote(self, number: str) -> str:
        """The mark of a footnote; in brackets where a digit beside a word would mislead."""
        return number.translate(_RAISED) if self.raised else f"({number})"

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


def bound(text: Text, width: int) -> Text:
    """Text with marks such as [1] on the line of the word before, if both fit there."""

    def bind(found: re.Match[str]) -> str:
        word, mark = found.groups()
        return f"{word}{FIRM if cell_len(found[0]) <= width else ' '}{mark}"

    # The length stays, and with it the places of all styles.
    text.plain = _MARKED.sub(bind, text.plain)
    return text


def wrapped(text: Text, room: int) -> list[Text]:
    """Text in lines; an address that is longer stays whole, so that it can be copied."""
    lines: list[Text] = []
    for part in bound(text, room).split(allow_blank=True):
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


def put(page: Page, line: Text, place: int, lead: Text | None = None) -> None:
    """Print a line behind what leads it; a long address alone, as far left as it needs."""
    width = cell_len(line.plain)
    if place + width > page.width:
        if lead:
            page.console.print(lead, soft_wrap=True)
        lead, place = None, max(0, page.width - width)
    before = lead.copy() if lead else Text()
    before.pad_right(place - cell_len(before.plain))
    page.console.print(Text.assemble(before, line), soft_wrap=True)


def longest(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def longest_kept(text: str, limit: int) -> int:
    """Width of the longest word that stays whole: no address, and none beyond a limit."""
    lengths = [cell_len(word) for word in text.split() if "://" not in word]
    return max((length for length in lengths if length <= limit), default=0)


def prose(page: Page, block: Prose) -> None:
    label = Text("•" if block.bullet else visible(block.label), style="dim")
    text = page.text(block.spans)
    room = min(page.width, MEASURE) - block.indent
    if not label:
        page.show(Padding(bound(text, room), (0, 0, 0, block.indent)))
        return
    lead = Text.assemble(" " * block.indent, label)
    place = cell_len(label.plain) + 1
    if place > room // 2:
        page.show(lead)
        lead, place = Text(), GAP
    for line in wrapped(text, room - place):
        put(page, line, block.indent + place, lead)
        lead = Text()
