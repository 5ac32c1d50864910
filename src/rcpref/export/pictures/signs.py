"""Signs: how a picture shows an answer, told apart by colour, by pattern and by letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rcpref.answers.membership.answer import (
    CARRIED,
    DISPUTED,
    NO,
    POSSIBLE,
    UNDATED,
    UNKNOWN,
    YES,
)
from rcpref.report.blocks import Item
from rcpref.spelling import words


class Sign(NamedTuple):
    """How an answer is shown.

    Attributes:
        key: Its name, for ids of patterns and classes of style sheets.
        words: What the legend says.
        ground: Colour of its ground.
        ink: Colour of the pattern upon it; empty for none.
        pattern: Path of the pattern, in a square with sides of `TILE`; empty for none.
        border: Colour of the borders of what it fills.
        solid: The character of a terminal; empty where land is left as it is.
        style: Style of the character.
    """

    key: str
    words: str
    ground: str
    ink: str
    pattern: str
    border: str
    solid: str
    style: str


TILE = 60
"""Side of the square that a pattern repeats, in tenths of a pixel."""

LAND, SEA, INK, GREY = "#e9e6de", "#f7f9fa", "#1d2329", "#59626b"
"""Colours of land that nothing is said of, of water, of words, of words in small voice."""

_STRIPES = "M-15 15L15 -15M0 60L60 0M45 75L75 45"
_CROSSES = "M0 0L60 60M60 0L0 60"
_DOTS = "M21 30a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z"

SIGNS = (
    Sign(YES, "yes", "#17506b", "", "", "#ffffff", "█", "id"),
    Sign("carried", "yes, carried from another time or undated",
         "#6fa6bd", "", "", "#ffffff", "▓", "id"),
    Sign(POSSIBLE, "possible", "#ffffff", "#3f7d99", _STRIPES, "#3f7d99", "░", ""),
    Sign(DISPUTED, "disputed", "#fbe9d7", "#a24e14", _CROSSES, "#a24e14", "╳", "hit"),
    Sign(NO, "no", "#ffffff", "", "", "#8b867b", "", ""),
    Sign(UNKNOWN, "not known", "#ffffff", "#6d695f", _DOTS, "#8b867b", "?", "quiet"),
)  # fmt: skip
"""All signs, in the order of legends. What is certain is dark, what was certain at another
time lighter: in grey print and to all eyes. Patterns are for what is not certain."""

_BY_KEY = {sign.key: sign for sign in SIGNS}


def sign_of(item: Item) -> Sign:
    """The sign of an item with an answer.

    A certain yes is shown lighter where the evidence is not of the time asked for: carried
    from before or after it, or without a date.
    """
    if item["answer"] == YES and item["basis"] in (CARRIED, UNDATED):
        return _BY_KEY["carried"]
    return _BY_KEY[item["answer"]]


def by_sign(items: Iterable[Item]) -> dict[Sign, list[Item]]:
    """Items by their signs, in the order of legends; signs that none has are left out.

    The items of one sign are in the order of their names, as who reads them looks for one.
    """
    found: dict[Sign, list[Item]] = {sign: [] for sign in SIGNS}
    for item in sorted(items, key=lambda item: words(item["name"])):
        found[sign_of(item)].append(item)
    return {sign: group for sign, group in found.items() if group}
