"""The shapes of the world, and the window through which a map shows a part of it.

`shapes.md` beside the file describes its form; its units are those of all places here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

FILE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "atlas", "shapes.json")
"""The shapes, made by tools/geometry.py."""

Place = tuple[float, float]
"""A point: from the left edge, and from the upper one."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

SMALL = 900
"""Area of a shape, in square units at the scale of a whole map, under which a circle stands
for it."""

_BETWEEN_TURNS = 100
"""Units between two lines of `Shapes.turns`."""

_FLATTEST, _STEEPEST = 2.3, 1.0
"""Width of a window in heights: the whole world is the flattest."""
_STEPS = 80
"""How often dots that lie upon each other are moved apart, at most."""
_AROUND = 0.07
"""How much more than the States there is on each side, in parts of the window."""
_NARROWEST = 2200
"""Least width of a window: nearer, the shapes would be seen to be coarse."""
_MUCH = 0.8
"""So much narrower the window over the Pacific has to be, to be preferred."""
_NEARLY_ALL = 0.7
"""A window wider than this part of the world is the whole world."""


class Area(NamedTuple):
    path: str  # of an SVG; empty where it is too small to be drawn
    centre: Place  # in its largest part
    box: Box  # of its main parts
    area: float  # in square units


def too_small(area: Area, scale: float, least: float = SMALL) -> bool:
    """Whether a shape is too small to be seen: its largest part, for many islands are specks."""
    return not area.path or _largest(area.path) * scale**2 < least


@cache
def _largest(path: str) -> float:
    return max(map(_area, rings(path)))


def _area(ring: Sequence[Place]) -> float:
    turned_by = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in turned_by)) / 2


class Shapes(NamedTuple):
    width: int
    height: int
    note: str  # what every map says of borders
    origin: str
    projection: str
    areas: dict[str, Area]  # by alpha-3 code
    rest: str  # path of the land that has no code
    turns: list[int]  # how far a whole turn of the globe is, line by line


@cache
def shapes() -> Shapes:
    with open(FILE, encoding="utf-8") as stream:
        read = json.load(stream)
    areas = {
        code: Area(raw["path"], tuple(raw["centre"]), tuple(raw["box"]), raw["area"])
        for code, raw in read["areas"].items()
    }
    words = (read["note"], read["origin"], read["projection"])
    return Shapes(read["width"], read["height"], *words, areas, read["rest"], read["turns"])


# The window -----------------------------------------------------------------------------


class Window(NamedTuple):
    """The part of the world that a map shows; one of the Pacific goes on beyond the edge."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def find(self, place: Place) -> Place | None:
        """Where in it a place is, as it stands or after a turn of the globe; None if nowhere."""
        for x, y in (place, turned(place)):
            if self.left <= x <= self.right and self.top <= y <= self.bottom:
                return x, y
        return None

    def rings(self, path: str) -> Iterator[list[Place]]:
        """The rings of a path, as far as they are in it."""
        for ring in rings(path):
            yield from filter(None, [self._inside(ring)])
            if self.right > shapes().width:
                yield from filter(None, [self._inside([turned(place) for place in ring])])

    def _inside(self, ring: list[Place]) -> list[Place]:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        right, bottom = self.right, self.bottom
        if max(xs) < self.left or min(xs) > right or max(ys) < self.top or min(ys) > bottom:
            return []
        for axis, edge, sign, beyond in (
            (0, self.left, 1, min(xs) < self.left),
            (0, right, -1, max(xs) > right),
            (1, self.top, 1, min(ys) < self.top),
            (1, bottom, -1, max(ys) > bottom),
        ):
            if beyond:
                ring = _cut(ring, axis, edge, sign)
        return ring


def turned(place: Place) -> Place:
    """A place once more, after a whole turn of the globe to the right."""
    x, y = place
    turns = shapes().turns
    line = min(max(y / _BETWEEN_TURNS, 0), len(turns) - 1.001)
    above, part = int(line), line % 1
    return x + turns[above] * (1 - part) + turns[above + 1] * part, y


def _cut(ring: list[Place], axis: int, edge: float, sign: int) -> list[Place]:
    """A ring without what is beyond an edge: Sutherland and Hodgman's way."""
    kept: list[Place] = []
    for before, after in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        out, into = (sign * (each[axis] - edge) for each in (before, after))
        if (out < 0) != (into < 0):
            part = out / (out - into)
            x, y = (one + part * (two - one) for one, two in zip(before, after, strict=True))
            kept.append((x, y))
        if into >= 0:
            kept.append(after)
    return kept


def window_on(codes: Iterable[str]) -> Window:
    """The window that shows some States with what is around them, or the whole world."""
    world = shapes()
    boxes = sorted(world.areas[code].box for code in codes if code in world.areas)
    every = Window(0, 0, world.width, world.height)
    if not boxes:
        return every
    found = _around(boxes)
    over = _around(_over_the_pacific(boxes))
    if over.width < _MUCH * found.width:
        found = over
    if found.width > _NEARLY_ALL * world.width:
        return every
    left = found.left
    if found.right <= world.width:
        left = max(left, 0)
    elif all(box[0] >= found.left for box in boxes):
        left = world.width - found.width
    height = min(found.height, world.height)
    top = min(max(found.top, 0), world.height - height)
    return found._replace(left=left, top=top, height=height)


def _over_the_pacific(boxes: Sequence[Box]) -> list[Box]:
    """Sorted boxes, as many of the left ones turned to the right as make the window narrowest."""
    over = [_turned_box(box) for box in boxes]
    ends = list(accumulate((box[2] for box in over), max))
    others = list(accumulate((box[2] for box in reversed(boxes)), max))[::-1]
    first = min(
        range(1, len(boxes)),
        key=lambda place: max(ends[place - 1], others[place]) - boxes[place][0],
        default=0,
    )
    return [*boxes[first:], *over[:first]]


def _around(boxes: Sequence[Box]) -> Window:
    """The window that holds some boxes, with some room about them."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    room = 1 / (1 - 2 * _AROUND)
    height = (bottom - top) * room
    width = max(_NARROWEST, (right - left) * room, height * _STEEPEST)
    height = max(height, width / _FLATTEST)
    return Window((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def _turned_box(box: Box) -> Box:
    left, top, right, bottom = box
    (left, _), (right, _) = (turned((x, (top + bottom) / 2)) for x in (left, right))
    return left, top, right, bottom


# Dots for States that are too small to be seen --------------------------------------------


class Dot(NamedTuple):
    """Where a small State is, and where the dot for it stands, apart from all others."""

    at: Place
    moved: Place


def dots_on(codes: Iterable[str], window: Window, between: float) -> dict[str, Dot]:
    """The dots of some States in a window, by code, and so far from each other."""
    centres = {code: window.find(shapes().areas[code].centre) for code in codes}
    places = {code: place for code, place in centres.items() if place}
    moved = apart(list(places.values()), between)
    return {code: Dot(places[code], to) for code, to in zip(places, moved, strict=True)}


def apart(places: Sequence[Place], between: float) -> list[Place]:
    """Places moved from each other until no two are nearer than that."""
    moved = list(places)
    for _ in range(_STEPS):
        touched = False
        for one in range(len(moved)):
            for two in range(one):
                (x, y), (to_x, to_y) = moved[one], moved[two]
                away = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
                if away >= 0.99 * between:
                    continue
                touched = True
                right, down = (to_x - x, to_y - y) if away > 1 else (1.0, 0.0)
                push = (between - away) / 2 / max(away, 1)
                moved[one] = (x - right * push, y - down * push)
                moved[two] = (to_x + right * push, to_y + down * push)
        if not touched:
            break
    return moved


# Rings ----------------------------------------------------------------------------------

_RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")
_NUMBER = re.compile(r"-?\d+")


def rings(path: str) -> Iterator[list[Place]]:
    for first_x, first_y, steps in _RING.findall(path):
        x, y = int(first_x), int(first_y)
        ring: list[Place] = [(x, y)]
        numbers = map(int, _NUMBER.findall(steps))
        for right, down in zip(numbers, numbers, strict=True):
            x, y = x + right, y + down
            ring.append((x, y))
        yield ring
