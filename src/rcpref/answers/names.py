"""Look-up of the one record or State that a name means, and of the names in a line of words.

What a name means, `rcpref.data.names` has. Two that fit a name at the same strength make an
error that lists both; a misspelt name is never guessed: what is offered instead is in
`rcpref.answers.suggestions`, which few starts of the program need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rcpref.data.dataset import Data
from rcpref.errors import AmbiguousName, NotFound, UsageProblem, echo

if TYPE_CHECKING:
    from rcpref.data.names import Match
    from rcpref.model.countries import Country
    from rcpref.model.records import Record

# One name ---------------------------------------------------------------------------


def find_record(data: Data, query: str, kinds: tuple[str, ...] = ()) -> Record:
    """The one record that a name means, among those of some kinds or, if empty, of all."""
    is_id = _is_bundled_id(data, query, kinds)
    return data.records[query if is_id else _key(data, query, kinds, states=False)]


def find_of_kinds(data: Data, query: str, kinds: tuple[str, ...], what: str) -> Record:
    """The one record of some kinds that a name means; `what` they have the error says of others."""
    try:
        return find_record(data, query, kinds)
    except NotFound:
        names = data.plain.names
        matches = names.match(query, states=False) or names.match(query, kinds=None)
        if len(matches) != 1:
            raise
        key = matches[0].key
    raw = data.document["records"].get(key)
    if raw is None:
        hint = f"rcpref state {key} shows its memberships"
        raise NotFound(f"{data.plain.state_name(key)} is a State, which has no {what}", hint)
    from rcpref.answers.suggestions import a_kind

    raise NotFound(
        f"{raw['short_name']} is {a_kind(raw['kind'])}, which has no {what}",
        f"rcpref show {key} shows what is known",
    )


def find_state(data: Data, query: str) -> Country:
    """The one State or territory that a name or code means."""
    return data.countries[_key(data, query, kinds=None)]


def find_any(data: Data, query: str) -> Record | Country:
    """The record or, where no record fits, the State that a name means."""
    # An id as short as the code of a State may mean that, too.
    is_id = len(query) > 3 and _is_bundled_id(data, query)
    key = query if is_id else _key(data, query)
    return data.records[key] if key in data.document["records"] else data.countries[key]


def _is_bundled_id(data: Data, query: str, kinds: tuple[str, ...] = ()) -> bool:
    return data.plain.has_id(query, kinds) and not data.document["records"][query].get("overlay")


def _key(data: Data, query: str, kinds: tuple[str, ...] | None = (), states: bool = True) -> str:
    """The id or code of the one record or State that `Names.match` finds, or an error."""
    matches = data.plain.names.match(query, kinds, states)
    if not query.strip():
        raise UsageProblem("the name is empty", "give an id, acronym or name")
    if not matches:
        from rcpref.answers.suggestions import unknown_name

        raise unknown_name(data, query, kinds, states)
    refuse_shared(data, query, matches)
    if len(matches) > 1:
        raise _ambiguous(data, query, matches)
    return matches[0].key


def refuse_shared(data: Data, query: str, matches: Sequence[Match] = ()) -> None:
    """Refuse a name that an overlay shares with the bundled data, whatever is looked for."""
    if data.overlay and (found := data.plain.names.shared(query)):
        fits = {match.key: match for match in (*found, *matches)}
        raise _ambiguous(data, query, list(fits.values()))


def _ambiguous(data: Data, query: str, matches: Sequence[Match]) -> AmbiguousName:
    from rcpref.answers.suggestions import offered

    fits = ", ".join(offered(data, match.key, query) for match in matches)
    return AmbiguousName(
        f"{echo(query)} matches {len(matches)} entries: {fits}",
        "use one of these ids",
        tuple(match.key for match in matches),
    )


# Several names ----------------------------------------------------------------------
# Words without quotation marks are read as the fewest names that they can be: South Africa is
# one name, and the words for three processes are three. Of two such readings with different
# meanings, that counts of which each name stands so in the data; else nothing is guessed.

Meaning = frozenset[str]
"""Ids and codes of all that a name fits; empty where it fits nothing."""

_LONGEST = 24  # no name has more words; the longest of the bundled data has nineteen
_MOST = 500  # words that are told apart in under ten seconds; more names than that come as lines


_Reading = tuple[int, tuple[int, ...]]
"""How words are read: a number for what they mean, and the places where their names end."""


def names_among(
    words: Sequence[str],
    fits: Callable[[str], Meaning],
    stands: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """The names that some words are, by what each fits and whether it stands so in the data.

    Words that are part of none stand as one name in their place: a look-up will say so.
    """
    if len(words) > _MOST:
        raise UsageProblem(
            f"{len(words)} words are too many to find the names in them",
            "give ids, or names on standard input, one a line",
        )

    @cache
    def meaning(start: int, end: int) -> Meaning:
        return fits(" ".join(words[start:end]))

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
    readings = " or as ".join(" and ".join(map(echo, names)) for names in (one, other))
    return UsageProblem(
        f"{echo(' '.join(words))} can be read as {readings}",
        "put a name of several words in quotation marks, or use ids",
    )


def _readings(length: int, meaning: Callable[[int, int], Meaning]) -> list[list[_Reading]]:
    """The readings from each place on that take the fewest names; at most two of each."""
    numbers: dict[tuple[Meaning, int], int] = {}
    found: list[list[_Reading]] = [*([] for _ in range(length)), [(-1, ())]]
    for start in reversed(range(length)):
        every = [
            (numbers.setdefault((meaning(start, end), rest), len(numbers)), (end, *ends))
            for end in range(min(length, start + _LONGEST), start, -1)
            if found[end] and meaning(start, end)
            for rest, ends in found[end]
        ]
        fewest = min((len(ends) for _, ends in every), default=0)
        best: dict[int, tuple[int, ...]] = {}
        for number, ends in every:
            if len(ends) == fewest:
                best.setdefault(number, ends)
        found[start] = list(best.items())[:2]
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


def _names(words: Sequence[str], reading: _Reading) -> list[str]:
    return [" ".join(words[start:end]) for start, end in pairwise((0, *reading[1]))]
