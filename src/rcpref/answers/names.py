"""Look-up of the one record or State that a name means, and of the names in a line of words.

What a name means, `rcpref.data.names` has; an id, as scripts have it, is known letter for
letter, without that table. Two that fit a name at the same strength make an error that lists
both; a misspelt name is never guessed: what is offered instead is in
`rcpref.answers.suggestions`, which few starts of the program need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rcpref.data.dataset import Data
from rcpref.errors import AmbiguousName, NotFound, UsageProblem, echo
from rcpref.fields import Fields

if TYPE_CHECKING:
    from rcpref.data.names import Match
    from rcpref.model.countries import Country
    from rcpref.model.records import Record

# One name ---------------------------------------------------------------------------


def find_record(data: Data, query: str, kinds: tuple[str, ...] = ()) -> Record:
    """The one record that a name means, among those of some kinds or, if empty, of all."""
    if _is_bundled_id(data, query, kinds):
        return data.records[query]
    matches = _checked(data, query, data.plain.names.match(query, kinds, states=False))
    if not matches:
        from rcpref.answers.suggestions import no_record

        raise no_record(data, query, kinds)
    return data.records[matches[0].key]


def find_of_kinds(data: Data, query: str, kinds: tuple[str, ...], what: str) -> Record:
    """The one record of some kinds that a name means."""
    try:
        return find_record(data, query, kinds)
    except NotFound:
        names = data.plain.names
        matches = names.match(query, states=False) or names.match(query, kinds=None)
        if len(matches) != 1:
            raise
        raise _of_another_kind(data, matches[0].key, what) from None


def _of_another_kind(data: Data, key: str, what: str) -> NotFound:
    raw = data.document["records"].get(key)
    if raw is None:
        name = data.plain.state_name(key)
        hint = f"rcpref state {key} has what it takes part in"
        return NotFound(f"{name} is a State, which has no {what}", hint)
    from rcpref.answers.suggestions import a_kind

    return NotFound(
        f"{raw['short_name']} is {a_kind(raw['kind'])}, which has no {what}",
        f"rcpref show {key} has what is known of it",
    )


def find_state(data: Data, query: str) -> Country:
    """The one State or territory that a name or code means."""
    matches = _checked(data, query, data.plain.names.match(query, kinds=None))
    if not matches:
        from rcpref.answers.suggestions import no_state

        raise no_state(data, query)
    return data.countries[matches[0].key]


def find_any(data: Data, query: str) -> Record | Country:
    """The record or, where no record fits, the State that a name means."""
    # An id as short as the code of a State may mean that, too.
    if len(query) > 3 and _is_bundled_id(data, query):
        return data.records[query]
    matches = _checked(data, query, data.plain.names.match(query))
    if not matches:
        from rcpref.answers.suggestions import nothing_named

        raise nothing_named(data, query)
    key = matches[0].key
    return data.records[key] if key in data.document["records"] else data.countries[key]


def _is_bundled_id(data: Data, query: str, kinds: tuple[str, ...] = ()) -> bool:
    return data.plain.has_id(query, kinds) and not data.document["records"][query].get("overlay")


def _checked(data: Data, query: str, matches: list[Match]) -> list[Match]:
    if not query.strip():
        raise UsageProblem("the name is empty", "give an id, acronym or name")
    if matches:
        refuse_shared(data, query, matches)
    if len(matches) > 1:
        raise _ambiguous(data, query, matches)
    return matches


def refuse_shared(data: Data, query: str, matches: Sequence[Match] = ()) -> None:
    """Refuse a name that an overlay shares with the bundled data, whatever is looked for."""
    if data.overlay and (found := data.plain.names.shared(query)):
        fits = {match.key: match for match in (*found, *matches)}
        raise _ambiguous(data, query, list(fits.values()))


def _ambiguous(data: Data, query: str, matches: Sequence[Match]) -> AmbiguousName:
    from rcpref.answers.suggestions import offered

    fits = ", ".join(offered(data, match.key, query) for match in matches)
    return AmbiguousName(
        f"{echo(query)} fits {len(matches)} entries: {fits}",
        "use one of these ids",
        tuple(match.key for match in matches),
    )


# Several names ----------------------------------------------------------------------
# Words typed without quotation marks are read as the fewest names that they can be, which
# makes each as long as it can be: South Africa is one name, and the words for three processes
# are three. Where just as few names can be told apart in another way, with another meaning,
# that reading counts of which each name stands so in the data; where none or both do, nothing
# is guessed.

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


def names_among(
    words: Sequence[str],
    fits: Callable[[str], Meaning],
    stands: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """The names that some words are.

    The names. Where some words are part of none, these stand as one name in their
    place, so that a look-up of each name in order says which is unknown.
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
    """The readings from each place on that take the fewest names; at most two of each."""
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
