"""A choice among answers by what they rest on: listed alone, or listed and event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rcpref.answers.membership.answer import BASES, UNKNOWN, Answer
from rcpref.errors import UsageProblem, echo, several_texts


def bases_named(words: str | Sequence[str] | None, known: Sequence[str] = BASES) -> tuple[str, ...]:
    """What answers are to rest on."""
    if words is None:
        return ()
    wanted = [part.strip().lower() for part in several_texts(words, "a basis")]
    for part in wanted:
        if part not in known:
            raise UsageProblem(f"no basis {echo(part)}", f"bases: {', '.join(known)}, or several")
    return tuple(basis for basis in known if basis in wanted)


def resting_on(answers: Mapping[str, Answer], bases: Sequence[str]) -> Mapping[str, Answer]:
    """The answers that rest on one of some bases; all of them where none is named."""
    if not bases:
        return answers
    return {key: found for key, found in answers.items() if found.basis in bases}


def otherwise_unknown(found: Answer, bases: Sequence[str]) -> Answer:
    """An answer, or that it is unknown where it rests on something else than was asked for."""
    if not bases or found.basis in bases:
        return found
    reason = f"{found.basis}, not {' or '.join(bases)}" if found.basis else found.reason
    return Answer(UNKNOWN, None, reason)
