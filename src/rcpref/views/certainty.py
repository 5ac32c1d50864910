"""Which answers are printed, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from rcpref.answers.membership.answer import ANSWERS, CERTAIN, KINDS, NO, UNDATED, Answer
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.report.blocks import Item

if TYPE_CHECKING:
    from rcpref.model.records import Record

    class Answered(Protocol):
        """A row with an answer."""

        @property
        def answer(self) -> Answer:
            """The answer."""


T = TypeVar("T", bound="Answered")


def answers_wanted(text: str | None) -> tuple[str, ...]:
    """The kinds of answer to print: the certain ones unless others, or ``all``, are asked for."""
    if text is None:
        return CERTAIN
    wanted = [part.strip().lower() for part in text.split(",")]
    for part in wanted:
        if part not in (*ANSWERS, "all"):
            raise UsageProblem(
                f"no answer {echo(part)}", f"answers: {', '.join(ANSWERS)}, or several, or all"
            )
    return tuple(answer for answer in ANSWERS if answer in wanted or "all" in wanted)


def chosen_bases(bases: Sequence[str]) -> Item:
    """What the query says of the bases that answers must rest on: nothing where all do."""
    return {"basis": list(bases)} if bases else {}


def basis_words(bases: Sequence[str]) -> str:
    """What stands behind the date of a heading where the answers are only some: their bases."""
    return f" (basis: {', '.join(bases)})" if bases else ""


def filter_by_basis(rows: Iterable[T], bases: Sequence[str]) -> list[T]:
    """The rows whose answer rests on one of some bases; all where none is named."""
    return [row for row in rows if not bases or row.answer.basis in bases]


def none_rests(bases: Sequence[str], on: str) -> NotFound:
    """The error where no answer rests on what was asked for."""
    return NotFound(f"no answer on {on} is {' or '.join(bases)}", "ask without --basis")


def split_by_answer(rows: Iterable[T], wanted: Sequence[str]) -> tuple[list[T], list[T]]:
    """The rows with one of the answers that are wanted, and the others."""
    shown: list[T] = []
    left: list[T] = []
    for row in rows:
        (shown if row.answer.answer in wanted else left).append(row)
    return shown, left


Named = Iterable[tuple[str, Answer]]
"""Answers, each behind what a line calls it."""


def _groups(named: Named, no: bool) -> dict[str, dict[str, str]]:
    """The reasons of what is not certain, by name, for each kind of answer."""
    groups: dict[str, dict[str, str]] = {
        kind.word: {} for kind in KINDS if not kind.certain and (no or kind.word != NO)
    }
    for name, found in named:
        if found.answer in groups:
            groups[found.answer][name] = found.reason
    return {word: reasons for word, reasons in groups.items() if reasons}


def uncertain_line(named: Named, *, no: bool = False) -> str:
    """One line that counts and names what is not certain."""
    parts = []
    for word, reasons in _groups(dict(named).items(), no).items():
        count, why = str(len(reasons)), set(reasons.values())
        if len(why) == 1 and len(reasons) > 1:
            count += f": {why.pop()}"
        parts.append(f"{word}: {', '.join(reasons)} ({count})")
    return "; ".join(parts)


_FEW = 3
"""So many are named in a notice; of more it says how many they are."""

ALL_ANSWERS, IN_JSON = "--answer all lists them", "-f json has them"
"""Where those are that a notice does not name."""


def short_line(named: Named, where: str = ALL_ANSWERS, *, no: bool = False) -> str:
    """A short sentence that counts what is not certain; a few are named."""
    groups = _groups(named, no)
    if not groups:
        return ""
    parts = [f"{len(names)} {word}{_if_few(names)}" for word, names in groups.items()]
    beyond = f" ({where})" if any(len(names) > _FEW for names in groups.values()) else ""
    return f"not listed: {', '.join(parts)}{beyond}"


def _if_few(names: Collection[str]) -> str:
    return f" ({', '.join(names)})" if len(names) <= _FEW else ""


NO_WHOLE_LIST = "no complete list of the members is known, there may be others"
"""What to say of a record of which no list of members was read whole."""


def undated_line(answers: Iterable[Answer]) -> str:
    """How many of some answers rest on nothing but lists without a date; empty for none."""
    count = sum(found.basis == UNDATED for found in answers)
    if not count:
        return ""
    rest = "rests" if count == 1 else "rest"
    return f"{count} {rest} on undated lists alone, it is not known for which time"


def without_whole_list(records: Iterable[Record]) -> list[Record]:
    """Those of which members are known, but no list that was read whole."""
    from rcpref.answers.membership.members import states_named, whole_list

    return [record for record in records if states_named(record) and not whole_list(record)]


def incomplete_line(records: Iterable[Record]) -> str:
    """Names the records of which no list of members was read whole; empty for none."""
    names = ", ".join(record.short_name for record in without_whole_list(records))
    return f"no complete list of the members is known of {names}" if names else ""
