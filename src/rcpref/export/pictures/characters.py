"""A map of who takes part in a process, in characters for a terminal.

Each character stands for two dots beside and four below each other, as those of braille. A
State that has an answer is filled with the sign of that answer, other land is dots.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from rcpref.answers.membership.answer import Sign
from rcpref.export.pictures.map import beside, seen
from rcpref.export.pictures.shapes import Place, Window, shapes, window_on
from rcpref.export.pictures.signs import by_sign, sign_of
from rcpref.report.blocks import Drawing, Span
from rcpref.views.map import Drawn
from rcpref.views.members import Party

_WIDEST, _TALLEST = 110, 24
"""Most columns and lines of a map."""
_ACROSS, _DOWN = 2, 4
"""Dots of a character."""
_BRAILLE = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""What each dot adds to the first character of braille, line by line."""

_INNER = 0x12
"""The dots of a character that is land throughout."""

_LAND = ""
"""What a dot belongs to that is land of nobody with an answer."""


def drawn(parties: Sequence[Party]) -> Drawn:
    """The map of a report of `rcpref map`."""
    signs = {party.id: sign_of(party.answer) for party in parties}
    window = window_on(seen(parties))

    def draw(width: int) -> list[list[Span]]:
        columns, lines = _size(window, width)
        dots = _dots(window, columns * _ACROSS, lines * _DOWN, signs)
        cells = [
            [_cell(dots, column, row, signs) for column in range(columns)] for row in range(lines)
        ]
        _put_small(cells, window, signs)
        filled = [row for row, line in enumerate(cells) if any(line)]
        return [_line(line) for line in cells[min(filled) : max(filled) + 1]]

    legend = [
        (Span(sign.solid, sign.style), sign.words, group)
        for sign, group in by_sign(parties).items()
    ]
    return Drawn(Drawing(draw), legend, beside(parties))


def _size(window: Window, width: int) -> tuple[int, int]:
    """Columns and lines of a map; a character is about twice as high as it is wide."""
    columns = min(width, _WIDEST)
    lines = round(columns * window.height / window.width / 2)
    if lines <= _TALLEST:
        return columns, max(lines, 1)
    return round(_TALLEST * 2 * window.width / window.height), _TALLEST


# From shapes to dots ------------------------------------------------------------------

_Dots = list[list[str | None]]
"""Line by line, to whose land each dot belongs: a code, `_LAND`, or None for water."""


def _dots(window: Window, across: int, down: int, signs: Mapping[str, Sign]) -> _Dots:
    dots: _Dots = [[None] * across for _ in range(down)]
    for code, area in shapes().areas.items():
        owner = code if code in signs and signs[code].solid else _LAND
        for row, start, end in _runs(window.rings(area.path), window, across, down):
            dots[row][start:end] = [owner] * (end - start)
    return dots


def _runs(
    found: Iterable[Sequence[Place]], window: Window, across: int, down: int
) -> Iterable[tuple[int, int, int]]:
    """The dots whose middles are in some rings: line, first of a run, end of it."""
    to_x, to_y = across / window.width, down / window.height
    crossed: dict[int, list[float]] = {}
    for ring in found:
        dots = [((x - window.left) * to_x - 0.5, (y - window.top) * to_y - 0.5) for x, y in ring]
        for (x, y), (next_x, next_y) in pairwise([*dots, dots[0]]):
            low, high = sorted((y, next_y))
            for row in range(_up(low), _up(high)):
                crossed.setdefault(row, []).append(x + (row - y) * (next_x - x) / (next_y - y))
    for row, places in crossed.items():
        edges = sorted(places)
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if 0 <= row < down and _up(start) < _up(end):
                yield row, max(_up(start), 0), min(_up(end), across)


def _up(number: float) -> int:
    """The next whole number."""
    return -int(-number // 1)


# From dots to characters --------------------------------------------------------------

_Cell = Sign | int
"""A character: the sign of an answer, or which of its dots are land."""


def _cell(dots: _Dots, column: int, row: int, signs: Mapping[str, Sign]) -> _Cell:
    """A State has the character where it has a quarter of it and no less than other land."""
    x, y = column * _ACROSS, row * _DOWN
    found = [dots[y + down][x + right] for down in range(_DOWN) for right in range(_ACROSS)]
    owned = Counter(signs[code] for code in found if code)
    if owned:
        sign, most = owned.most_common(1)[0]
        if most >= max(2, found.count(_LAND)):
            return sign
    return sum(bit for bit, owner in zip(_BRAILLE, found, strict=True) if owner is not None)


def _put_small(cells: list[list[_Cell]], window: Window, signs: Mapping[str, Sign]) -> None:
    """Give each State a character that has none, where no other State has that one."""
    for code, sign in signs.items():
        area = shapes().areas.get(code)
        place = window.find(area.centre) if area is not None and sign.solid else None
        if place is None:
            continue
        row = int((place[1] - window.top) / window.height * len(cells))
        column = int((place[0] - window.left) / window.width * len(cells[0]))
        row, column = min(row, len(cells) - 1), min(column, len(cells[0]) - 1)
        if isinstance(cells[row][column], int):
            cells[row][column] = sign


def _line(cells: Sequence[_Cell]) -> list[Span]:
    """A line of the map in spans of one style each."""
    spans = []
    for cell, run in groupby(cells):
        count = sum(1 for _ in run)
        if isinstance(cell, Sign):
            spans.append(Span(cell.solid * count, cell.style))
        elif cell:
            # All of a State with an answer is dark: the inner parts of other land are not.
            spans.append(Span(chr(0x2800 + (cell if cell < 0xFF else _INNER)) * count, "quiet"))
        else:
            spans.append(Span(" " * count))
    return spans
