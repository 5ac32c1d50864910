"""What names mean where a look-up among the names on the page would say something else.

The page finds what is typed among the names that stand on it, as `rcpref which` compares
them. Here is what that alone cannot know: names that several have, of which one is meant, ends
of names that States share ("Korea"), and names that an overlay shares with the bundled data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from rcpref.answers.matches import (
    BUNDLED,
    is_own,
    match_any,
    meanings,
    record_names,
    state_names,
)
from rcpref.data.dataset import names_in
from rcpref.spelling import GENERIC, SMALL, key_of, words

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

_MOST_ENDING = 4
"""Ends of the names of more States than these are not looked at: none of them is a name."""


def look_up(data: Data, codes: Iterable[str]) -> dict[str, Any]:
    """What the script needs to look names up as `rcpref which` does.

    Args:
        data: The data set.
        codes: Codes of the States that have a page.

    Returns:
        `exact`: what some ids and codes mean, letter for letter; `meant`: what some names
        mean, as comparing has them; `generic` and `small`: words that names of records and
        of States may be given without.
    """
    pages = {*data.records, *codes}

    def on_pages(found: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
        return {key: [each for each in ids if each in pages] for key, ids in found}

    taken = list(_taken(data))
    # No id or code begins with a blank: what is asked for is the name.
    shared = ((key_of(name), _matched(data, f" {name}")) for name in taken)
    return {
        "exact": on_pages((code, _matched(data, code)) for code in _codes(data, taken)),
        "meant": on_pages(chain(_meant(data), shared)),
        "generic": sorted(GENERIC),
        "small": sorted(SMALL),
    }


def _meant(data: Data) -> Iterator[tuple[str, list[str]]]:
    owners: dict[str, set[str]] = {}
    for owner, name in (*record_names(data), *state_names(data)):
        owners.setdefault(key_of(name), set()).add(owner)
    owners.pop("", None)
    for key, own in owners.items():
        if len(own) > 1:
            yield key, _matched(data, key)
    meaning = meanings(data, (), states=True)
    for end in _ends(data):
        found = sorted(meaning(end))
        if len(found) > 1 and key_of(end) not in owners:
            yield key_of(end), found


def _matched(data: Data, name: str) -> list[str]:
    return [match.key for match in match_any(data, name)]


def _taken(data: Data) -> Iterator[str]:
    """Names of an overlay, whole and with generic words left out, that fit something bundled."""
    if data.overlay:
        bundled = meanings(data, (), states=True, part=BUNDLED)
        for key, raw in _everything(data):
            for name in names_in(key, raw) if is_own(raw) else ():
                short = " ".join(word for word in words(name) if word not in GENERIC)
                yield from (each for each in (name, short) if bundled(each))


def _codes(data: Data, taken: Iterable[str]) -> list[str]:
    """Ids and codes of the bundled data that are such names."""
    keys = set(map(key_of, taken))
    return [
        code
        for key, raw in _everything(data)
        for code in (key, raw.get("alpha2", key), raw.get("numeric", key))
        if key_of(code) in keys and not is_own(raw)
    ]


def _everything(data: Data) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in ("records", "countries"):
        yield from data.document[section].items()


def _ends(data: Data) -> list[str]:
    """Words with which the names of a few States end."""
    owners: dict[str, set[str]] = {}
    for owner, name in state_names(data):
        there = words(name)
        for start in range(1, len(there)):
            owners.setdefault(" ".join(there[start:]), set()).add(owner)
    return [end for end, own in owners.items() if 1 < len(own) <= _MOST_ENDING]
