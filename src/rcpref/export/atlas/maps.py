"""Maps in the page: the shapes once for all of it, and maps that use them.

A State that is too small to be seen on a map has a dot, of the same size on every screen.
Its code stands on a State only where it fits in without touching a coast or border.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import TILE
from rcpref.export.pictures.shapes import (
    SMALL,
    Place,
    Window,
    rings,
    shapes,
    too_small,
    turned,
    window_on,
)
from rcpref.export.pictures.svg import SIGNS, sign_of
from rcpref.report.html import Html, element

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer

_DOTTED = 2 * SMALL
"""Area under which a State has a dot on the smallest maps."""


def swatch(key: str) -> Html:
    """A piece of a map with a sign."""
    return element("i", class_=f"sw {key}")


def legend(known: Mapping[str, Answer] | None = None) -> Html:
    """What the signs on a map mean, each with its count; of many maps all signs without."""
    if known is None:
        every = [element("li", swatch(each.key), each.words) for each in SIGNS]
        return element("ul", *every, class_="legend")
    counts = Counter(map(sign_of, known.values()))
    items = [
        element("li", swatch(each.key), each.words, " ", element("b", str(counts[each])))
        for each in SIGNS
        if counts[each]
    ]
    return element("ul", *items, class_="legend")


# The shapes -------------------------------------------------------------------------


def definitions(codes: Iterable[str], *beside: Html) -> Html:
    """What the maps of a page use: shapes by code (s-KEN), dots (m-MLT), all of them, patterns."""
    world = shapes()
    known = set(codes)
    rest = [element("path", d=world.rest)]
    rest += [
        element("path", d=area.path)
        for code, area in world.areas.items()
        if area.path and code not in known
    ]
    areas = [_shape(code) for code in sorted(known & world.areas.keys())]
    return element(
        "svg",
        element(
            "defs",
            *_patterns(),
            *beside,
            element("g", element("g", *rest), *areas, id="Areas"),
        ),
        class_="defs",
        aria_hidden="true",
    )


def _shape(code: str) -> Html:
    area = shapes().areas[code]
    shape = element("path", id=f"s-{code}", d=area.path) if area.path else None
    if shape and not too_small(area, 1, _DOTTED):
        return shape
    x, y = area.centre
    dot = f"M{x} {y}h0"
    marks = [element("path", class_=name, d=dot) for name in ("ring", "dot")]
    return element("g", shape, *marks, id=f"m-{code}")


def _patterns() -> Iterator[Html]:
    for each in SIGNS:
        if each.pattern:
            ground = element("rect", width=TILE, height=TILE)
            drawn = element("path", d=each.pattern)
            yield element(
                "pattern",
                ground,
                drawn,
                id=f"P-{each.key}",
                width=TILE,
                height=TILE,
                patternUnits="userSpaceOnUse",
            )


# Maps -------------------------------------------------------------------------------


def large(answers: Mapping[str, Answer], label: str) -> Html:
    """A map of the answers on one record, in a window on all of its States."""
    codes = sorted(answers.keys() & shapes().areas.keys())
    window = window_on(codes)
    grounds = [element("use", href="#Areas", class_="land")]
    if window.right > shapes().width:
        x, _ = turned((0, window.top + window.height / 2))
        grounds.append(element("use", href="#Areas", class_="land", x=round(x)))
    labels = [element("text", code, x=x, y=y) for code, (x, y) in _labels(codes, window)]
    size = round(window.width / _LABELS_A_WIDTH)
    return element(
        "svg",
        *grounds,
        *_used(answers, window),
        element("g", *labels, class_="codes", font_size=size),
        class_="map",
        viewBox=" ".join(str(round(each)) for each in window),
        role="img",
        aria_label=label,
    )


def absent(codes: Iterable[str]) -> list[str]:
    """Codes of the States that no map has."""
    return [code for code in codes if code not in shapes().areas]


def small(answers: Mapping[str, Answer]) -> Html:
    """A small map of the world, beside words that say what is on it."""
    whole = Window(900, 60, 8700, shapes().height - 260)
    return element(
        "svg",
        element("use", href="#Areas", class_="land"),
        *_used(answers, whole._replace(width=shapes().width)),
        class_="mini",
        viewBox=" ".join(map(str, whole)),
        aria_hidden="true",
    )


def _used(answers: Mapping[str, Answer], window: Window) -> Iterator[Html]:
    """The States by the signs of their answers; dots lie above what is not one."""
    signs: dict[str, list[str]] = {}
    for code in sorted(answers.keys() & shapes().areas.keys()):
        signs.setdefault(sign_of(answers[code]).key, []).append(code)
    dotted = {code for codes in signs.values() for code in codes if _has_dot(code, window)}
    for key, codes in signs.items():
        codes.sort(key=lambda code: code in dotted)
        yield element("g", *(_use(code, window, dotted) for code in codes), class_=key)


def _has_dot(code: str, window: Window) -> bool:
    """Whether a State is too small to be seen in a window."""
    # What has a dot anywhere has one on a map of the whole world.
    scale = max(1.0, shapes().width / window.width)
    return too_small(shapes().areas[code], scale, _DOTTED)


def _use(code: str, window: Window, dotted: Collection[str]) -> Html:
    centre = shapes().areas[code].centre
    found = window.find(centre) or centre
    beyond = round(found[0] - centre[0])
    name = "m" if code in dotted else "s"
    return element("use", href=f"#{name}-{code}", x=beyond or None)


# Codes on the map -------------------------------------------------------------------

_LABELS_A_WIDTH = 62
"""Size of a code: so many letters of it, one below the other, are as high as a map is wide."""

_WIDE, _HIGH = 2.8, 1.1
"""Width and height of a code by the size of its letters, with some air."""


def _labels(codes: Iterable[str], window: Window) -> Iterator[tuple[str, Place]]:
    """The codes that fit into their States, and where they stand."""
    size = window.width / _LABELS_A_WIDTH
    for code in codes:
        area = shapes().areas[code]
        found = window.find(area.centre)
        enough = area.area > _WIDE * _HIGH * size * size
        if enough and found == area.centre and _fits(_rings(code), found, size):
            yield code, found


@cache
def _rings(code: str) -> Sequence[Sequence[Place]]:
    return list(rings(shapes().areas[code].path))


def _fits(inside: Sequence[Sequence[Place]], middle: Place, size: float) -> bool:
    (x, y), half, high = middle, _WIDE * size / 2, _HIGH * size / 2
    corners = [(x + a * half, y + b * high) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    return all(_is_in(inside, corner) for corner in corners)


def _is_in(found: Iterable[Sequence[Place]], point: Place) -> bool:
    """Whether a line from a point to the left crosses an odd number of sides."""
    px, py = point
    inside = False
    for ring in found:
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > py) != (by > py) and px > ax + (py - ay) * (bx - ax) / (by - ay):
                inside = not inside
    return inside
