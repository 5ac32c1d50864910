"""What a listing is narrowed down to, as it was asked for, and what that can be."""

from collections.abc import Sequence

from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.model import KINDS, LISTED, MEMBER_KINDS
from rcpref.report.options import spelt


class Wanted(Fields):
    """What a listing is narrowed down to; None for what was not asked for.

    Attributes:
        words: Words that must all be in names of a row, or in what its columns can show.
        attended: A meeting, by any name, that the record took part in.
        member: A State, by any name or code, that is a member for certain.
        capacity: In what other capacity it is to be there, or any State where none is named.
        chair: A State, by any name or code, that is in the chair.
        secretariat: Words or a name of who serves as its secretariat.
        founded: A date, or a range of dates, in which it was founded.
        met: A date, or a range of dates, in which it met.
        as_of: The date for members and values; None for what is last known.
        status: A status that it has at the date.
        classification: A classification that it has at the date.
        region: A region, by its own words, its names or where most members lie.
        topic: Words of one of its topics.
        every: States only: all of them, not just those that some claim or text names.
        columns: Keys of the columns asked for; empty for the usual ones.
        sort: Key of a column, with "-" before it for the reverse; None for the order of
            the data.
        limit: How many rows at the most; None for all.
    """

    words: Sequence[str] = ()
    attended: str | None = None
    member: str | None = None
    capacity: str | None = None
    chair: str | None = None
    secretariat: str | None = None
    founded: str | None = None
    met: str | None = None
    as_of: str | None = None
    status: str | None = None
    classification: str | None = None
    region: str | None = None
    topic: str | None = None
    every: bool = False
    columns: Sequence[str] = ()
    sort: str | None = None
    limit: int | None = None

    @property
    def sort_key(self) -> str:
        """Key of the column to sort by; empty for none."""
        return spelt((self.sort or "").removeprefix("-"))


class Filter(Fields):
    """What a listing of records can be narrowed by.

    Attributes:
        needs: What its value is.
        shown_by: What of `rcpref list` shows some values.
        kinds: The kinds of records that it goes with.
    """

    needs: str
    shown_by: str
    kinds: Sequence[str] = tuple(KINDS)


_CHAIRED = ("process", "forum", "summit", "meeting")

FILTERS = {
    "attended": Filter("the name of a meeting", "meetings"),
    "member": Filter("the name of a State", "states"),
    "capacity": Filter("a capacity", "processes --capacity observer", MEMBER_KINDS),
    "chair": Filter("the name of a State", "states", _CHAIRED),
    "secretariat": Filter(
        "words or a name", "processes --columns secretariat", ("process", "forum")
    ),
    "founded": Filter("a date or a range", "processes --columns founded", (*MEMBER_KINDS, "forum")),
    "met": Filter("a date or a range", "processes --met 2025..", _CHAIRED),
    "status": Filter("a status", "processes --columns status"),
    "classification": Filter("RCP or IRF", "processes --columns classification"),
    "region": Filter("words", "processes --columns region"),
    "topic": Filter("words", "processes --columns topics"),
}
"""Filters by their option, in the order in which they are asked of a record."""

_DATED = {"as_of": Filter("a date", "processes --member Kenya --as-of 2013-05"), **FILTERS}


def refuse_misfits(kind: str, wanted: Wanted) -> None:
    """Refuse a value that says nothing, and what a kind cannot be narrowed by."""
    asked = {key: text for key in _DATED if (text := getattr(wanted, key)) is not None}
    for key, text in asked.items():
        option, fitting = f"--{key.replace('_', '-')}", _DATED[key]
        if not text.strip():
            hint = f"rcpref list {fitting.shown_by} shows some"
            raise UsageProblem(f"{option} needs {fitting.needs}", hint)
        if kind not in fitting.kinds:
            every = "processes, bodies and other records"
            these = ", ".join(LISTED[each] for each in fitting.kinds)
            raise UsageProblem(
                f"{option} does not go with {LISTED[kind]}",
                f"use it with {every if len(fitting.kinds) == len(KINDS) else these}",
            )
    sort = wanted.sort
    if sort is not None and (not sort.strip("- ") or sort.startswith("--")):
        raise UsageProblem("--sort needs the name of a column", "write --sort short_name")
    if wanted.every and kind != "state":
        raise UsageProblem("--all goes with states alone", "other kinds are always listed whole")
