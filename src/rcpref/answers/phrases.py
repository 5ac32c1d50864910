"""Words typed without quotation marks: where one name ends and the next begins.

The words are read as the fewest names that they can be, which makes each as long as it can
be: South Africa is one name, and the words for three processes are three. Where just as
few names can be told apart in another way, with another meaning, that reading counts of
which each name stands so in the data; where none or both do, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rcpref.errors import UsageProblem, echo
from rcpref.fields import Fields

Meaning = frozenset[str]
"""Ids and codes of all that a name fits; empty where it fits nothing."""

_LONGEST = 24
"""No name has more words; the longest of the bundled data has nineteen."""

_MOST = 500
"""Words that are told apart in under ten seconds; more names than that come as lines."""


class _Reading(Fields):
    """How the words from some place on are read.

    Attributes:
        names: How many names they are.
        meaning: What they mean, as a number: the same for readings that mean the same.
        end: Where the first name ends.
        rest: How the words from there on are read; None at their end.
    """

    names: int
    meaning: int
    end: int
    rest: _Reading | None


def names_in(
    words: Sequence[str],
    fits: Callable[[str], Meaning],
    stands: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """The names that some words are.

    Args:
        words: The words, in order.
        fits: What a name means.
        stands: Whether it is a name as it stands, no word left out.

    Returns:
        The names. Where some words are part of none, these stand as one name in their
        place, so that a look-up of each name in order says which is unknown.

    Raises:
        UsageProblem: The words can be read in several ways, or are too many.
    """
    if len(words) > _MOST:
        raise UsageProblem(
            f"{len(words)} words are too many to tell names apart",
            "give ids, or names on standard input, one a line",
        )
    known: dict[tuple[int, int], Meaning] = {}

    def meaning(start: int, end: int) -> Meaning:
        if (start, end) not in known:
            known[start, end] = fits(" ".join(words[start:end]))
        return known[start, end]

    found = _readings(len(words), meaning)
    if not found[0]:
        start, end = _unknown(len(words), meaning, [bool(each) for each in found])
        before = _readings(start, meaning)[0]
        return [*_names(words, before[0]), " ".join(words[start:end])]
    if len(found[0]) > 1:
        one, other = (_names(words, reading) for reading in found[0][:2])
        if len(whole := [names for names in (one, other) if all(map(stands, names))]) == 1:
            return whole[0]
        raise two_readings(words, one, other)
    return _names(words, found[0][0])


def two_readings(words: Sequence[str], one: Sequence[str], other: Sequence[str]) -> UsageProblem:
    """The error for words that can be read as these names or as those."""
    return UsageProblem(
        f"{echo(' '.join(words))} can be read as {_quoted(one)} or as {_quoted(other)}",
        "put a name of several words in quotation marks, or use ids",
    )


def _readings(length: int, meaning: Callable[[int, int], Meaning]) -> list[list[_Reading]]:
    """The readings from each place on that take the fewest names; at most two of each.

    Args:
        length: How many words there are.
        meaning: What the words from one place to another mean as a name.
    """
    numbers: dict[tuple[Meaning, int], int] = {}
    found: list[list[_Reading]] = [[] for _ in range(length)]
    found.append([_Reading(0, -1, length, None)])
    for start in reversed(range(length)):
        best: dict[int, _Reading] = {}
        for end in range(min(length, start + _LONGEST), start, -1):
            if not found[end] or not meaning(start, end):
                continue
            for rest in found[end]:
                number = numbers.setdefault((meaning(start, end), rest.meaning), len(numbers))
                reading = _Reading(rest.names + 1, number, end, rest)
                if best and reading.names < next(iter(best.values())).names:
                    best.clear()
                if not best or reading.names == next(iter(best.values())).names:
                    best.setdefault(number, reading)
        found[start] = list(best.values())[:2]
    return found


def _unknown(
    length: int, meaning: Callable[[int, int], Meaning], readable: Sequence[bool]
) -> tuple[int, int]:
    """The fewest words without which the rest are names, the first such; from and to."""
    begun = [True] + [False] * length
    for end in range(1, length + 1):
        starts = range(max(0, end - _LONGEST), end)
        begun[end] = any(begun[start] and bool(meaning(start, end)) for start in starts)
    best, end = (0, length), length
    for start in reversed(range(length)):
        if begun[start] and end - start <= best[1] - best[0]:
            best = (start, end)
        if readable[start]:
            end = start
    return best


def _names(words: Sequence[str], reading: _Reading | None) -> list[str]:
    names, start = [], 0
    while reading and reading.rest:
        names.append(" ".join(words[start : reading.end]))
        start, reading = reading.end, reading.rest
    return names


def _quoted(names: Sequence[str]) -> str:
    return " and ".join(map(echo, names))
