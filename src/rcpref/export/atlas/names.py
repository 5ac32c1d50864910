"""What names mean where a look-up among the names on the page would say something else.

The page finds what is typed among the names that stand on it, as `rcpref which` compares
them. Here is what that alone cannot know: names that several have, of which one is meant, and
ends of names that States share ("Korea").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rcpref.answers.matches import match_any, meanings, record_names, state_names
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
        `meant`: what some names mean, as comparing has them; `generic` and `small`: words
        that names of records and of States may be given without.
    """
    pages = {*data.records, *codes}
    meant = {key: [each for each in found if each in pages] for key, found in _meant(data)}
    return {"meant": meant, "generic": sorted(GENERIC), "small": sorted(SMALL)}


def _meant(data: Data) -> Iterable[tuple[str, list[str]]]:
    owners: dict[str, set[str]] = {}
    for owner, name in (*record_names(data), *state_names(data)):
        owners.setdefault(key_of(name), set()).add(owner)
    owners.pop("", None)
    for key, own in owners.items():
        if len(own) > 1:
            yield key, [match.key for match in match_any(data, key)]
    meaning = meanings(data, (), states=True)
    for end in _ends(data):
        found = sorted(meaning(end))
        if len(found) > 1 and key_of(end) not in owners:
            yield key_of(end), found


def _ends(data: Data) -> list[str]:
    """Words with which the names of a few States end."""
    owners: dict[str, set[str]] = {}
    for owner, name in state_names(data):
        there = words(name)
        for start in range(1, len(there)):
            owners.setdefault(" ".join(there[start:]), set()).add(owner)
    return [end for end, own in owners.items() if 1 < len(own) <= _MOST_ENDING]
