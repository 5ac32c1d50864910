"""Which answers are printed, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import ANSWERS, DISPUTED, NO, POSSIBLE, UNKNOWN, YES
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.report.blocks import Item

if TYPE_CHECKING:
    from rcpref.model.records import Record


def answers_wanted(text: str | None) -> tuple[str, ...]:
    """The kinds of answer to print: ``yes`` unless others, or ``all``, are asked for.

    Raises:
        UsageProblem: There is no such answer.
    """
    if text is None:
        return (YES,)
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


def resting(items: Iterable[Item], bases: Sequence[str]) -> list[Item]:
    """The items whose answer rests on one of some bases; all where none is named."""
    return [item for item in items if not bases or item["basis"] in bases]


def on_bases(items: Iterable[Item], bases: Sequence[str], on: str) -> list[Item]:
    """The same, where there must be some.

    Args:
        items: Items with an answer.
        bases: The bases; empty for all.
        on: Of whom the answers are, for the error.

    Raises:
        NotFound: There are items, and none of them is left.
    """
    every = list(items)
    found = resting(every, bases)
    if every and not found:
        raise none_rests(bases, on)
    return found


def none_rests(bases: Sequence[str], on: str) -> NotFound:
    """The error where no answer rests on what was asked for."""
    return NotFound(f"no answer on {on} is {' or '.join(bases)}", "ask without --basis")


def parted(items: Iterable[Item], wanted: Sequence[str]) -> tuple[list[Item], list[Item]]:
    """The items whose answer is to be printed, and the others."""
    shown: list[Item] = []
    left: list[Item] = []
    for item in items:
        (shown if item["answer"] in wanted else left).append(item)
    return shown, left


def uncertain_line(
    items: Iterable[Item],
    *,
    no: bool = False,
    named: Callable[[Item], str] = itemgetter("id"),
) -> str:
    """One line that counts and names what is not certain.

    Args:
        items: Items with an answer; those that are certain are passed over.
        no: Whether to say the reasons of a certain no, too.
        named: How an item is named in the line.
    """
    groups: dict[str, dict[str, str]] = {}
    for name, item in {named(item): item for item in items}.items():
        groups.setdefault(item["answer"], {})[name] = item["reason"]
    parts = []
    for kind in (POSSIBLE, DISPUTED, *([NO] if no else []), UNKNOWN):
        names = groups.get(kind)
        if not names:
            continue
        reasons = set(names.values())
        count = str(len(names))
        if len(reasons) == 1 and len(names) > 1:
            count += f": {reasons.pop()}"
        parts.append(f"{kind}: {', '.join(names)} ({count})")
    return "; ".join(parts)


_FEW = 3
"""So many are named in a notice; of more it says how many they are."""

ALL_ANSWERS, IN_JSON = "--answer all lists them", "-f json has them"
"""Where those are that a notice does not name."""


def short_line(
    items: Iterable[Item],
    where: str = ALL_ANSWERS,
    *,
    no: bool = False,
    named: Callable[[Item], str] = itemgetter("id"),
) -> str:
    """A short sentence that counts what is not certain; a few are named.

    Args:
        items: Items with an answer; those that are certain are passed over.
        where: Where the others are to be found.
        no: Whether to count a certain no, too.
        named: How an item is named in the line.
    """
    groups: dict[str, dict[str, None]] = {}
    for item in items:
        groups.setdefault(item["answer"], {})[named(item)] = None
    kinds = [kind for kind in (POSSIBLE, DISPUTED, NO, UNKNOWN) if kind in groups]
    kinds = [kind for kind in kinds if no or kind != NO]
    parts = [f"{len(groups[kind])} {kind}{_if_few(groups[kind])}" for kind in kinds]
    if not parts:
        return ""
    beyond = f" ({where})" if any(len(groups[kind]) > _FEW for kind in kinds) else ""
    return f"not listed: {', '.join(parts)}{beyond}"


def _if_few(names: Collection[str]) -> str:
    return f" ({', '.join(names)})" if len(names) <= _FEW else ""


NO_WHOLE_LIST = "no complete list of the members is known, there may be others"
"""What to say of a record of which no list of members was read whole."""


def undated_line(items: Iterable[Item]) -> str:
    """How many of some answers rest on nothing but lists without a date; empty for none."""
    count = sum(item["basis"] == "undated" for item in items)
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
