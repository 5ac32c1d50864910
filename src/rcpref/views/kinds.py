"""The kinds and capacities that commands take, in singular or plural."""

from collections.abc import Mapping, Sequence

from rcpref.errors import UsageProblem, echo
from rcpref.model import LISTED
from rcpref.spelling import key_of


def kind_named(
    word: str, among: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> str:
    """The kind that a word means, in singular or plural, with or without hyphen."""
    among = LISTED if among is None else among
    asked = key_of(word)
    for singular, plural in among.items():
        if asked and asked in (key_of(singular), key_of(plural)):
            return singular
    known = [plural for kind, plural in among.items() if not offered or kind in offered]
    from rcpref.answers.suggestions import nearest

    near = nearest(word, ((plural, plural) for plural in known), limit=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageProblem(f"no kind {echo(word)}", f"{hint}kinds: {', '.join(known)}")


MEMBER, CHAIR = "member", "chair"
"""What a State is that is a member, or in the chair."""

CAPACITY_WORDS = {
    "members": MEMBER,
    "associate_members": "associate member",
    "observers": "observer",
    "participating_states": "participating State",
    "partner_states": "partner State",
    "candidate_states": "candidate",
    "invited_states": "invited",
}
"""What a State is in each capacity."""


def capacity_named(word: str) -> str:
    """The capacity that a word means: one of `CAPACITY_WORDS`, or its property."""
    asked = key_of(word)
    for key, words in CAPACITY_WORDS.items():
        said = key_of(words)
        if asked in (said, f"{said}s", key_of(key), key_of(key.removesuffix("_states"))):
            return key
    raise UsageProblem(
        f"no capacity {echo(word)}", f"capacities: {', '.join(CAPACITY_WORDS.values())}"
    )
