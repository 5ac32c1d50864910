"""Maps in the page: the shapes once for all of it, and maps that use them.

A State that is too small to be seen on a map has a dot, of the same size on every screen.
Its code stands on a State only where it fits in without touching a coast or border.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import TILE
from rcpref.export.pictures.shapes import (
    SMALL,
    Box,
    Dot,
    Place,
    Window,
    dots_on,
    rings,
    shapes,
    too_small,
    turned,
    window_on,
)
from rcpref.export.pictures.svg import SIGNS, sign_of, width_of
from rcpref.report.html import Html, element

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer

_DOTTED = 2 * SMALL
"""Area under which a State has a dot on the smallest maps."""
_TINY = 14 * SMALL
"""Area, at the scale of a large map, under which it has one on a small map."""
_AWAY, _AWAY_SMALL = 1 / 60, 1 / 34
"""How far dots are from each other, in parts of the width of a large map and of a small one."""
_FRAME, _NEAREST = 1.5, 2000
"""Sides of a small map, and its least width."""


def swatch(key: str) -> Html:
    return element("i", class_=f"sw {key}")


def legend(known: Mapping[str, Answer] | None = None) -> Html:
    """The legend of one map with counts; without answers, that of all maps."""
    counts = Counter(map(sign_of, known.values())) if known is not None else {}
    items = [
        element("li", swatch(sign.key), sign.words, *([" ", element("b", str(n))] if n else []))
        for sign in SIGNS
        if (n := counts.get(sign)) or known is None
    ]
    return element("ul", *items, class_="legend")


# The shapes -------------------------------------------------------------------------


def areas(codes: Iterable[str]) -> Html:
    """What the maps of a page use: shapes by code (s-KEN), dots (m-MLT), all of them."""
    world = shapes()
    known = set(codes)
    rest = [element("path", d=world.rest)]
    rest += [
        element("path", d=area.path)
        for code, area in world.areas.items()
        if area.path and code not in known
    ]
    own = map(_shape, sorted(known & world.areas.keys()))
    return element("g", element("g", *rest), *own, id="Areas")


def _shape(code: str) -> Html:
    area = shapes().areas[code]
    shape = element("path", id=f"s-{code}", d=area.path) if area.path else None
    if shape and not too_small(area, 1, _DOTTED):
        return shape
    x, y = area.centre
    dot = f"M{x} {y}h0"
    marks = [element("path", class_=name, d=dot) for name in ("ring", "dot")]
    return element("g", shape, *marks, id=f"m-{code}")


def patterns() -> Iterator[Html]:
    for each in SIGNS:
        if each.pattern:
            yield element(
                "pattern",
                element("rect", width=TILE, height=TILE),
                element("path", d=each.pattern),
                id=f"P-{each.key}",
                width=TILE,
                height=TILE,
                patternUnits="userSpaceOnUse",
            )


# Maps -------------------------------------------------------------------------------


def large(answers: Mapping[str, Answer], label: str, names: Mapping[str, str]) -> Html:
    """A map of the answers on one record, in a window on all of its States."""
    codes = _on_map(answers)
    window = window_on(codes)
    dots = dots_on([code for code in codes if _has_dot(code, window)], window, _AWAY * window.width)
    size = round(window.width / _LABELS_A_WIDTH)
    inside = [element("text", code, x=x, y=y) for code, (x, y) in _labels(codes, window)]
    return element(
        "svg",
        *_drawn(answers, window, dots),
        element("g", *inside, class_="codes", font_size=size),
        element("g", *_dot_names(dots, names, window, size), class_="codes", font_size=size),
        class_="map",
        viewBox=_view(window),
        role="img",
        aria_label=label,
    )


def small(answers: Mapping[str, Answer]) -> Html:
    """A small map, hidden from screen readers: the words beside it say the same."""
    codes = _on_map(answers)
    window = _framed(window_on(codes))
    tiny = [code for code in codes if _has_dot(code, window, _TINY)]
    return element(
        "svg",
        *_drawn(answers, window, dots_on(tiny, window, _AWAY_SMALL * window.width)),
        class_="mini",
        viewBox=_view(window),
        aria_hidden="true",
    )


def _on_map(answers: Mapping[str, Answer]) -> list[str]:
    return sorted(answers.keys() & shapes().areas.keys())


def _view(window: Window) -> str:
    return " ".join(str(round(each)) for each in window)


def _framed(window: Window) -> Window:
    """A window with the sides of all small maps, and not too near."""
    width = max(window.width, window.height * _FRAME, _NEAREST)
    if width > shapes().width:
        return Window(0, 0, shapes().width, shapes().width / _FRAME)
    height = width / _FRAME
    left = max(window.left - (width - window.width) / 2, 0)
    return Window(left, window.top - (height - window.height) / 2, width, height)


def _drawn(
    answers: Mapping[str, Answer], window: Window, dots: Mapping[str, Dot]
) -> Iterator[Html]:
    """The land, and the States by the signs of their answers; dots lie above all else."""
    yield element("use", href="#Areas", class_="land")
    if window.right > shapes().width:
        # In a window over the Pacific once more, after a turn of the globe.
        x, _ = turned((0, window.top + window.height / 2))
        yield element("use", href="#Areas", class_="land", x=round(x))
    signs: dict[str, list[str]] = {}
    for code in _on_map(answers):
        signs.setdefault(sign_of(answers[code]).key, []).append(code)
    for key, codes in signs.items():
        codes.sort(key=lambda code: code in dots)
        yield element("g", *(_use(code, window, dots.get(code)) for code in codes), class_=key)


def _has_dot(code: str, window: Window, least: float = _DOTTED) -> bool:
    area = shapes().areas[code]
    # What has a dot anywhere has one on a map of the whole world.
    return too_small(area, 1, _DOTTED) and too_small(area, shapes().width / window.width, least)


def _use(code: str, window: Window, dot: Dot | None) -> Html:
    centre = shapes().areas[code].centre
    found = dot.moved if dot else window.find(centre) or centre
    across, down = (round(to - at) for to, at in zip(found, centre, strict=True))
    name = "m" if dot else "s"
    return element("use", href=f"#{name}-{code}", x=across or None, y=down or None)


# Codes on the map, names beside dots ------------------------------------------------------

_LABELS_A_WIDTH = 62
"""Size of a code: so many letters of it, one below the other, are as high as a map is wide."""

_WIDE, _HIGH = 2.8, 1.1
"""Width and height of a code by the size of its letters, with some air."""

_KNOWN = 250_000
"""Area above which a State is known by its shape, and needs no code."""


def _labels(codes: Iterable[str], window: Window) -> Iterator[tuple[str, Place]]:
    """The codes that fit into their States, and where they stand."""
    size = window.width / _LABELS_A_WIDTH
    wide, high = _WIDE * size, _HIGH * size
    for code in codes:
        area = shapes().areas[code]
        x, y = area.centre
        if _KNOWN > area.area > wide * high and window.find(area.centre) == area.centre:
            corners = ((x + a * wide / 2, y + b * high / 2) for a in (-1, 0, 1) for b in (-1, 0, 1))
            if all(_is_in(_rings(code), corner) for corner in corners):
                yield code, area.centre


def _dot_names(
    dots: Mapping[str, Dot], names: Mapping[str, str], window: Window, size: int
) -> Iterator[Html]:
    """The names of dots, on that side of each where there is room; else their codes."""
    taken = [_box(dot.moved, size, 0) for dot in dots.values()]
    for code, dot in sorted(dots.items(), key=lambda pair: pair[1].moved):
        places = (
            (words, side, _box(dot.moved, size, side * width_of(words, size)))
            for words in (names[code], code)
            for side in (1, -1)
        )
        for words, side, box in places:
            if box[0] > window.left and box[2] < window.right and not _touches(box, taken):
                taken.append(box)
                x, y = round(dot.moved[0] + side * size), round(dot.moved[1])
                anchor = "start" if side > 0 else "end"
                yield element(
                    "text", words, x=x, y=y, data_of=code, class_="beside", text_anchor=anchor
                )
                break


def _box(place: Place, size: int, width: int) -> Box:
    """What a dot takes up, or words of some width to the right of it, or to the left."""
    x, y = place
    half = size * 0.6
    near, far = (half, half + width) if width > 0 else (width - half, -half)
    left, right = (x + near, x + far) if width else (x - half, x + half)
    return left, y - half, right, y + half


def _touches(box: Box, others: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    return any(left < o[2] and o[0] < right and top < o[3] and o[1] < bottom for o in others)


@cache
def _rings(code: str) -> Sequence[Sequence[Place]]:
    return list(rings(shapes().areas[code].path))


def _is_in(found: Iterable[Sequence[Place]], point: Place) -> bool:
    """Whether a line from a point to the left crosses an odd number of sides."""
    px, py = point
    inside = False
    for ring in found:
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > py) != (by > py) and px > ax + (py - ay) * (bx - ax) / (by - ay):
                inside = not inside
    return inside
