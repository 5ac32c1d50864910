"""Signs: how a picture shows an answer; colours that all pictures share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import CARRIED, KINDS, UNDATED, Sign
from rcpref.spelling import words

if TYPE_CHECKING:
    from rcpref.answers.chair import Holder
    from rcpref.answers.membership.answer import Answer
    from rcpref.views.members import Party

LAND, SEA, INK, GREY = "#e9e6de", "#f7f9fa", "#1d2329", "#59626b"
"""Colours of land that nothing is said of, of water, of words, of words in small voice."""

_BY_WORD = {kind.word: (kind.sign, kind.older or kind.sign) for kind in KINDS}

SIGNS = tuple(sign for signs in _BY_WORD.values() for sign in dict.fromkeys(signs))
"""All signs, in the order of legends."""


def sign_of(found: Answer | Holder) -> Sign:
    """The sign of an answer: another one where the evidence is not of the time asked for."""
    return _BY_WORD[found.answer][found.basis in (CARRIED, UNDATED)]


def by_sign(parties: Iterable[Party]) -> dict[Sign, list[Party]]:
    """States by their signs, in the order of legends; signs that none has are left out.

    Those of one sign are in the order of their names, as who reads them looks for one.
    """
    found: dict[Sign, list[Party]] = {sign: [] for sign in SIGNS}
    for party in sorted(parties, key=lambda party: words(party.name)):
        found[sign_of(party.answer)].append(party)
    return {sign: group for sign, group in found.items() if group}
