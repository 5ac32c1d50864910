"""The kinds that commands take, in singular or plural."""

from collections.abc import Mapping, Sequence

from rcpref.answers.names import key_of
from rcpref.answers.suggestions import nearest
from rcpref.errors import UsageProblem, echo
from rcpref.model import LISTED


def kind_named(
    word: str, among: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> str:
    """The kind that a word means, in singular or plural, with or without hyphen.

    Args:
        word: What was typed.
        among: Kinds it may be, singular to plural; None for all that can be listed.
        offered: The kinds (singular) that the command takes, to be named if there is no
            such kind; empty for all.

    Raises:
        UsageProblem: No kind is called that.
    """
    among = LISTED if among is None else among
    asked = key_of(word)
    for singular, plural in among.items():
        if asked and asked in (key_of(singular), key_of(plural)):
            return singular
    known = [plural for kind, plural in among.items() if not offered or kind in offered]
    near = nearest(word, ((plural, plural) for plural in known), limit=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageProblem(f"no kind {echo(word)}", f"{hint}kinds: {', '.join(known)}")
