"""SVG: elements, words that are nothing but words, and the width of lines.

Every text and every attribute goes through `escaped`, and nothing else makes `Svg`. What is
made is ASCII, so that no encoding can spoil it; it has no scripts, no styles, no links and
asks for no file. Lengths are tenths of a pixel, and whole: the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NewType

from rcpref.answers.membership.answer import CARRIED, KINDS, UNDATED, Sign
from rcpref.model import CLOSED_BY
from rcpref.report.safe import visible
from rcpref.spelling import words

if TYPE_CHECKING:
    from rcpref.answers.chair import Holder
    from rcpref.answers.membership.answer import Answer
    from rcpref.views.members import Party


Svg = NewType("Svg", str)
"""Text that is SVG already."""


def escaped(text: str) -> str:
    """Words as they stand in SVG, on one line; what cannot be seen is made visible."""
    plain = escape(visible(" ".join(text.split("\n"))))
    return plain.encode("ascii", "xmlcharrefreplace").decode()


def element(name: str, *children: Svg, **attributes: str | int) -> Svg:
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for key, value in attributes.items()
    )
    inside = "".join(children)
    return Svg(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def titled(words: str) -> Svg:
    """The tooltip of an element: its first child."""
    return element("title", Svg(escaped(words)))


def line(words: str, x: int, y: int, size: int, **attributes: str | int) -> Svg:
    return element("text", Svg(escaped(words)), x=x, y=y, font_size=size, **attributes)


def drawing(
    key: str, title: str, described: str, size: tuple[int, int], parts: Iterable[Svg]
) -> str:
    width, height = size
    head = (
        element("title", Svg(escaped(title)), id=f"{key}-title"),
        element("desc", Svg(escaped(described)), id=f"{key}-desc"),
        element("rect", width=width, height=height, fill="#ffffff"),
    )
    whole = element(
        "svg",
        *(Svg(f"{part}\n") for part in (*head, *parts)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=round(width / 10),
        height=round(height / 10),
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        font_family="sans-serif",
        fill=INK,
    )
    return f"{whole}\n"


# Lines ----------------------------------------------------------------------------------

_NARROW, _WIDE = frozenset("fijlrtI.,:;!|'()[] /-"), frozenset("mwMW@%")


def width_of(words: str, size: int) -> int:
    """About how wide words are; no font is known here, so rather too wide."""
    return round(size * sum(map(_advance, words)))


def _advance(sign: str) -> float:
    if sign in _NARROW:
        return 0.38
    if sign in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    if unicodedata.combining(sign):
        return 0.0
    return 0.72 if sign.isupper() else 0.64


def wrapped(words: str, size: int, room: int) -> list[str]:
    """Words in lines that are no wider than there is room; a longer word is broken."""
    lines = [""]
    for word in visible(words).split():
        while width_of(word, size) > room:
            widths = accumulate(size * _advance(sign) for sign in word)
            fits = max(1, sum(width <= room for width in widths))
            lines.append(word[:fits])
            word = word[fits:]
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [each for each in lines if each]


class Sheet:
    """Lines of words, and where the last of them ends."""

    def __init__(self, left: int, room: int, top: int) -> None:
        self._left, self._room = left, room
        self.parts: list[Svg] = []
        self.end = top

    def write(self, size: int, *words: str, **attributes: str | int) -> None:
        for each in (part for some in words for part in wrapped(some, size, self._room)):
            self.end += round(size * 1.35)
            self.parts.append(line(each, self._left, self.end - size // 4, size, **attributes))


def diamond(x: int, y: int, half: int) -> str:
    """The path of the sign of a founding."""
    return f"M{x} {y - half}l{half} {half}l-{half} {half}l-{half}-{half}z"


def path_of(ring: Sequence[tuple[float, float]]) -> str:
    """A ring as a path in whole tenths; empty where no area is left of it."""
    points = [(round(x), round(y)) for x, y in ring]
    points = [each for place, each in enumerate(points) if each != points[place - 1]]
    if len(points) < 3:
        return ""
    steps = [number for (x, y), (to_x, to_y) in pairwise(points) for number in (to_x - x, to_y - y)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(map(str, steps)).replace(' -', '-')}z"


# Signs: how a picture shows an answer; colours that all pictures share ----------------


LAND, SEA, INK, GREY = "#eae7df", "#f7f9fa", "#1d2329", "#59626b"
"""Colours of land that nothing is said of, of water, of words, of words in small voice."""

FOUNDING = "#a24e14"

STEPS = ("#f4f2eb", "#dce8ec", "#b6d0da", "#83afc0", "#35718b", KINDS[0].sign.ground)
"""Colours of how large a part of the smaller process is shared: none, and fifth by fifth."""

STEP_WORDS = ("", *(f"to {20 * step} %" for step in range(1, len(STEPS))))
"""What the key says of these."""


def step_of(shared: int, smaller: int) -> int:
    """Which of the steps a number of shared members is."""
    return -(-shared * (len(STEPS) - 1) // smaller) if shared else 0


_BY_WORD = {kind.word: kind for kind in KINDS}

SIGNS = tuple(sign for kind in KINDS for sign in kind.signs)
"""All signs, in the order of legends."""

OLDER = (CARRIED, UNDATED)
"""What answers rest on whose evidence is not of the time asked for."""


def palette() -> dict[str, str]:
    """All colours of pictures by their names, as a style sheet has them."""
    return {
        "land": LAND, "ink": INK, "soft": GREY, "founding": FOUNDING,
        **{sign.key: sign.ground for sign in SIGNS},
        **{f"{sign.key}-ink": sign.ink for sign in SIGNS if sign.ink},
        **{f"h{step}": colour for step, colour in enumerate(STEPS)},
    }  # fmt: skip


def sign_of(found: Answer | Holder) -> Sign:
    """The sign of an answer: others for a State with a standing, and for older evidence."""
    kind = _BY_WORD[found.answer]
    if kind.apart and any(each.effect in CLOSED_BY for each in getattr(found, "standing", ())):
        return kind.apart
    return kind.older if kind.older and found.basis in OLDER else kind.sign


def by_sign(parties: Iterable[Party]) -> dict[Sign, list[Party]]:
    """States by their signs, in the order of legends; those of one sign by name."""
    found: dict[Sign, list[Party]] = {sign: [] for sign in SIGNS}
    for party in sorted(parties, key=lambda party: words(party.name)):
        found[sign_of(party.answer)].append(party)
    return {sign: group for sign, group in found.items() if group}
