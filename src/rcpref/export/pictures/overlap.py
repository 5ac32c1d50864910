"""A chart of how many members every two processes share, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rcpref.answers.comparison import Membered
from rcpref.export.pictures.svg import (
    GREY,
    INK,
    Sheet,
    Svg,
    drawing,
    element,
    line,
    titled,
    width_of,
)
from rcpref.report.report import Report, sentence
from rcpref.views.matrix import SAYS_WHICH, refuse_many
from rcpref.views.words import data_line

_MARGIN, _CELL, _NAMES, _COUNTS = 240, 420, 165, 160
"""The margin, a side of a cell, the size of names and of counts."""
_SLANT = 0.7072
"""Part of the length of a name above a column that goes to the right, and upwards."""

_PALE, _DARK = (0xE6, 0xF0, 0xF4), (0x17, 0x50, 0x6B)
"""Colours of the least and of the most shared members."""
_WHITE_WORDS = 0.66
"""From so dark a ground on, words upon it are white."""


def overlap_of(report: Report) -> str:
    """The chart of a report of `rcpref chart overlap`, as a file."""
    every = [line.one for line in report.lines]
    ids = (one.record.id for one in every)
    refuse_many("a chart", len(every), "rcpref chart overlap", ids)
    names = [one.record.short_name for one in every]
    widest = max(width_of(name, _NAMES) for name in names)
    left = _MARGIN + widest + 120
    side = _CELL * len(every)
    slanted = round(widest * _SLANT)
    width = max(left + side + slanted + _MARGIN - _CELL // 2, 8000)
    head = Sheet(_MARGIN, width - 2 * _MARGIN, 120)
    head.write(report.summary["title"], 300, font_weight="bold")
    head.write(_READING, 165, fill=GREY)
    top = head.end + slanted + 260
    foot = Sheet(_MARGIN, width - 2 * _MARGIN, top + side + 100)
    ages = [report.summary["ages"]] if "ages" in report.summary else []
    origin = f"{report.summary['origin']} {SAYS_WHICH}", data_line(report.data)
    for words in (*map(sentence, (*report.notices, *report.overlay_notice)), *ages, *origin):
        foot.write(words, 130, fill=GREY)
    parts = [
        *head.parts,
        *_labels(names, left, top),
        *_cells(every, left, top),
        *foot.parts,
    ]
    title = report.summary["title"]
    return drawing("overlap", title, _in_words(every), (width, foot.end + 160), parts)


_READING = (
    "Each field counts the States that are certain members of both; 7+2: two more are possible "
    "or disputed. In a frame: a process's own members. Empty: none."
)


def _labels(names: Sequence[str], left: int, top: int) -> Iterator[Svg]:
    """The names at the rows and, slanted, above the columns."""
    for place, name in enumerate(names):
        middle = place * _CELL + _CELL // 2
        yield line(name, left - 80, top + middle + 55, _NAMES, text_anchor="end")
        x, y = left + middle, top - 70
        yield line(name, x, y, _NAMES, transform=f"rotate(-45 {x} {y})")


def _cells(every: Sequence[Membered], left: int, top: int) -> Iterator[Svg]:
    most = max((one.shared(two) for one, two in combinations(every, 2)), default=0) or 1
    fields = [
        (one, two, (left + column * _CELL, top + row * _CELL))
        for row, one in enumerate(every)
        for column, two in enumerate(every)
    ]
    # Those in a frame last: no field beside them lies upon it.
    for one, two, place in sorted(fields, key=lambda field: field[0] is field[1]):
        yield from _cell(one, two, most, place)


def _cell(one: Membered, two: Membered, most: int, place: tuple[int, int]) -> Iterator[Svg]:
    """One field: its colour, its count, and in words what it counts."""
    (x, y), own = place, one is two
    count, more = one.shared(two), one.uncertain(two)
    part = (count / most) ** 0.5
    words = f"{count or ''}{f'+{more}' if more else ''}"
    ground = "#ffffff" if own or not count else _between(part)
    box = {"x": x, "y": y, "width": _CELL, "height": _CELL}
    tip = [titled(_counted(one, two))] if words else []
    stroke, thick = (INK, 14) if own else ("#cfcabf", 5)
    yield element("rect", *tip, fill=ground, **box, stroke=stroke, stroke_width=thick)
    if words:
        dark = not own and count and part > _WHITE_WORDS
        size = min(_COUNTS, _COUNTS * (_CELL - 60) // max(width_of(words, _COUNTS), 1))
        yield line(
            words,
            x + _CELL // 2,
            y + _CELL // 2 + size // 3,
            size,
            text_anchor="middle",
            fill="#ffffff" if dark else INK,
        )


def _counted(one: Membered, two: Membered) -> str:
    more = one.uncertain(two)
    names = (
        one.record.short_name
        if one is two
        else f"{one.record.short_name} and {two.record.short_name}"
    )
    count = f"{one.shared(two)}{f', {more} more possible or disputed' if more else ''}"
    return f"{names}: {count}"


def _between(part: float) -> str:
    """A colour between the palest and the darkest."""
    mixed = (round(pale + part * (dark - pale)) for pale, dark in zip(_PALE, _DARK, strict=True))
    return "#" + "".join(f"{each:02x}" for each in mixed)


def _in_words(every: Sequence[Membered]) -> str:
    """All that the chart shows, for who hears it."""
    pairs = (
        _counted(one, two)
        for place, one in enumerate(every)
        for two in every[: place + 1]
        if one.shared(two) or one.uncertain(two)
    )
    return f"{_READING} {'; '.join(pairs)}."
