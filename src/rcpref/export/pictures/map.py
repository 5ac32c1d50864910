"""A map of who takes part in a process, as SVG and in characters for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import ceil
from typing import NamedTuple

from rcpref.answers.membership.answer import TILE, Sign
from rcpref.export.pictures import svg
from rcpref.export.pictures.shapes import Place, Window, dots_on, shapes, too_small, window_on
from rcpref.report.blocks import Drawing, Span
from rcpref.report.report import Report, sentence
from rcpref.views.members import Drawn, Party
from rcpref.views.words import data_line
from rcpref.wording import in_words

_WIDTH, _MARGIN = 10_000, 240
_RADIUS, _BETWEEN = 44, 100
"""Radius of the circle of a small State, and how far from each other two are at least."""
_SWATCH, _LEGEND = 130, 150
"""Height of a field of the legend, and of its words."""


class _Plan(NamedTuple):
    window: Window
    scale: float
    left: int
    top: int

    def place(self, place: Place) -> Place:
        x, y = place
        return (
            self.left + (x - self.window.left) * self.scale,
            self.top + (y - self.window.top) * self.scale,
        )

    def path(self, path: str) -> str:
        """A path of the world as one of the picture, cut at the edges of the window."""
        rings = self.window.rings(path)
        return "".join(svg.path_of([self.place(each) for each in ring]) for ring in rings)


def map_of(report: Report) -> str:
    """The map of a report of `rcpref map`, as a file."""
    key = f"map-{report.query['record']}"
    shown, parties = report.summary, report.lines
    window = window_on([party.id for party in parties])
    head = svg.Sheet(_MARGIN, _WIDTH - 2 * _MARGIN, 120)
    head.write(300, shown["title"], font_weight="bold")
    head.write(170, shown["name"], fill=svg.GREY)
    head.write(190, report.heading)
    scale = (_WIDTH - 2 * _MARGIN) / window.width
    plan = _Plan(window, scale, _MARGIN, head.end + 130)
    height = round(window.height * scale)
    groups = svg.by_sign(parties)
    legend, bottom = _legend(key, groups, plan.top + height + 140)
    foot = svg.Sheet(_MARGIN, _WIDTH - 2 * _MARGIN, bottom + 110)
    origin = f"{shown['origin']} {shown['which']}".strip()
    lines = (*shown["beside"], origin, *map_notes(parties), data_line(report.data))
    foot.write(115, *map(sentence, report.overlay_notice), *lines, fill=svg.GREY)
    parts = [
        svg.element("defs", *_patterns(key, groups)),
        *head.parts,
        *_world(key, plan, groups, height),
        *legend,
        *foot.parts,
    ]
    title = ", ".join(filter(None, (shown["title"], shown["name"])))
    return svg.drawing(key, title, _in_words(report, groups), (_WIDTH, foot.end + 160), parts)


def map_notes(parties: Iterable[Party]) -> list[str]:
    """The notes below every map: which States are missing, and what borders mean."""
    world = shapes()
    absent = [
        f"{party.name} ({party.answer.answer})" for party in parties if party.id not in world.areas
    ]
    lines = [f"Too small for this map: {', '.join(absent)}."] if absent else []
    return [*lines, f"{world.note} Shapes: Natural Earth."]


def _in_words(report: Report, groups: Mapping[Sign, Sequence[Party]]) -> str:
    """All that the map shows, for screen readers."""
    listed = (
        f"{sign.words} ({len(parties)}): {', '.join(party.name for party in parties)}"
        for sign, parties in groups.items()
    )
    return f"{report.heading}. {'; '.join(listed)}. {shapes().note}"


def _patterns(key: str, groups: Iterable[Sign]) -> Iterator[svg.Svg]:
    for sign in groups:
        if sign.pattern:
            ink: dict[str, str | int] = {"fill": "none", "stroke": sign.ink, "stroke_width": 14}
            if sign.pattern.endswith("z"):
                ink = {"fill": sign.ink}
            yield svg.element(
                "pattern",
                svg.element("rect", width=TILE, height=TILE, fill=sign.ground),
                svg.element("path", d=sign.pattern, **ink),
                id=f"{key}-{sign.key}",
                width=TILE,
                height=TILE,
                patternUnits="userSpaceOnUse",
            )


def _fill(key: str, sign: Sign) -> str:
    return f"url(#{key}-{sign.key})" if sign.pattern else sign.ground


# The world --------------------------------------------------------------------------------


def _world(
    key: str, plan: _Plan, groups: Mapping[Sign, Sequence[Party]], height: int
) -> Iterator[svg.Svg]:
    world = shapes()
    frame = {"x": plan.left, "y": plan.top, "width": _WIDTH - 2 * _MARGIN, "height": height}
    named = {party.id for parties in groups.values() for party in parties}
    left = [area.path for code, area in world.areas.items() if code not in named]
    yield svg.element("rect", fill=svg.SEA, **frame)
    land = "".join(map(plan.path, [*left, world.rest]))
    yield svg.element("path", d=land, fill=svg.LAND, stroke="#ffffff", stroke_width=5)
    small: list[Party] = []
    # The certain ones last: their borders lie upon those of the others.
    for sign in reversed(svg.SIGNS):
        drawn = []
        for party in groups.get(sign, ()):
            area = world.areas.get(party.id)
            if area is None:
                continue
            if too_small(area, plan.scale):
                small.append(party)
            elif path := plan.path(area.path):
                drawn.append(svg.element("path", svg.titled(_tip(party)), d=path))
        if drawn:
            yield svg.element(
                "g", *drawn, fill=_fill(key, sign), stroke=sign.border, stroke_width=7
            )
    yield from _circles(key, plan, small)
    yield svg.element("rect", fill="none", stroke="#b9b5aa", stroke_width=8, **frame)


def _tip(party: Party) -> str:
    return f"{party.name}: {party.answer.answer}, {in_words(party.answer.all_parts, people=True)}"


def _circles(key: str, plan: _Plan, small: Sequence[Party]) -> Iterator[svg.Svg]:
    """A circle for each State that is too small to be seen, with a line to where it is."""
    parties = {party.id: party for party in small}
    for code, dot in dots_on(parties, plan.window, _BETWEEN / plan.scale).items():
        party, (at_x, at_y), (x, y) = parties[code], plan.place(dot.at), plan.place(dot.moved)
        if abs(x - at_x) + abs(y - at_y) > _RADIUS:
            ends = {"x1": round(at_x), "y1": round(at_y), "x2": round(x), "y2": round(y)}
            yield svg.element("line", stroke=svg.INK, stroke_width=6, **ends)
        yield svg.element(
            "circle",
            svg.titled(_tip(party)),
            cx=round(x),
            cy=round(y),
            r=_RADIUS,
            fill=_fill(key, svg.sign_of(party.answer)),
            stroke=svg.INK,
            stroke_width=9,
        )


# The legend -------------------------------------------------------------------------------


def _legend(
    key: str, groups: Mapping[Sign, Sequence[Party]], top: int
) -> tuple[list[svg.Svg], int]:
    """The signs with their words and counts, and where the legend ends."""
    entries = [
        (_fill(key, sign), svg.INK if sign.border == "#ffffff" else sign.border,
         f"{sign.words}: {len(parties)}")
        for sign, parties in groups.items()
    ]  # fmt: skip
    entries.append((svg.LAND, "#b9b5aa", "not named"))
    parts: list[svg.Svg] = []
    x, y = _MARGIN, top
    for fill, border, words in entries:
        width = 2 * _SWATCH + svg.width_of(words, _LEGEND)
        if x > _MARGIN and x + width > _WIDTH - _MARGIN:
            x, y = _MARGIN, y + 230
        box = {"x": x, "y": y, "width": round(1.6 * _SWATCH), "height": _SWATCH}
        parts.append(svg.element("rect", fill=fill, stroke=border, stroke_width=7, **box))
        parts.append(svg.line(words, x + 2 * _SWATCH, y + _SWATCH - 10, _LEGEND))
        x += width + 250
    return parts, y + _SWATCH


# A map of who takes part in a process, in characters for a terminal -------------------
# Each character stands for two dots beside and four below each other, as those of braille. A
# State that has an answer is filled with the sign of that answer, other land is dots.


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
    signs = {party.id: svg.sign_of(party.answer) for party in parties}
    window = window_on([party.id for party in parties])

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
        for sign, group in svg.by_sign(parties).items()
    ]
    return Drawn(Drawing(draw), legend, map_notes(parties))


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
            for row in range(ceil(low), ceil(high)):
                crossed.setdefault(row, []).append(x + (row - y) * (next_x - x) / (next_y - y))
    for row, places in crossed.items():
        edges = sorted(places)
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if 0 <= row < down and ceil(start) < ceil(end):
                yield row, max(ceil(start), 0), min(ceil(end), across)


# From dots to characters --------------------------------------------------------------

_Cell = Sign | int
"""A character: the sign of an answer, or which of its dots are land."""


def _cell(dots: _Dots, column: int, row: int, signs: Mapping[str, Sign]) -> _Cell:
    """A State gets the character if it has a quarter of it, and no less than other land."""
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
