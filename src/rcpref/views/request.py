"""What a listing is narrowed down to, as it was asked for, and what that can be.

The help of `rcpref list` imports this module, too: it imports next to nothing.
"""

from collections.abc import Mapping, Sequence

from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.model import KINDS, LISTED, MEMBER_KINDS
from rcpref.report.options import spelt


class Filter(Fields):
    """What a listing of records can be narrowed by, by the function of its name in `filters`."""

    value: str  # in the help; TAB offers by it
    help: str
    needs: str  # what its value is, in words
    shown_by: str  # what of `rcpref list` shows some values
    kinds: Sequence[str] = tuple(KINDS)


_CHAIRED = ("process", "forum", "summit", "meeting")

FILTERS = {
    "attended": Filter(
        "MEETING", "Only those that took part in this meeting.", "the name of a meeting", "meetings"
    ),
    "member": Filter("STATE", "Only those with this member.", "the name of a State", "states"),
    "capacity": Filter(
        "CAPACITY",
        "Role of the --member: observer, participating State, ... Without --member: any State.",
        "a capacity",
        "processes --capacity observer",
        MEMBER_KINDS,
    ),
    "chair": Filter(
        "STATE",
        "Only those with this State in the chair.",
        "the name of a State",
        "states",
        _CHAIRED,
    ),
    "secretariat": Filter(
        "WORDS",
        "Only those whose secretariat has these words or this name, as in ICMPD.",
        "words or a name",
        "processes --columns secretariat",
        ("process", "forum"),
    ),
    "founded": Filter(
        "DATES",
        "Founded in this time: 2010.., ..2012, 2000..2005, 2013.",
        "a date or a range",
        "processes --columns founded",
        (*MEMBER_KINDS, "forum"),
    ),
    "met": Filter(
        "DATES",
        "Met in this time: 2025.., 2024..2025, 2013-05.",
        "a date or a range",
        "processes --met 2025..",
        _CHAIRED,
    ),
    "active_since": Filter(
        "DATE",
        "Last seen active on this date or later: 2022, 2022-05.",
        "a date",
        "processes --active-since 2022",
        ("process",),
    ),
    "inactive_since": Filter(
        "DATE",
        "Not seen active on this date or later: 2022, 2022-05.",
        "a date",
        "processes --inactive-since 2022",
        ("process",),
    ),
    "classification": Filter(
        "CLASS", "RCP or IRF.", "RCP or IRF", "processes --columns classification"
    ),
    "region": Filter(
        "REGION",
        "By name, region, or where most members are: Mediterranean, ...",
        "words",
        "processes --columns region",
    ),
    "topic": Filter(
        "WORDS",
        "Only those with a topic that has these words.",
        "words",
        "processes --columns topics",
    ),
}
"""Filters by their option, in the order in which they are asked of a record."""


def option_of(key: str) -> str:
    return f"--{key.replace('_', '-')}"


_AS_OF = Filter(
    "DATE", "The date for members and values.", "a date", "processes --member Kenya --as-of 2013-05"
)


class Wanted(Fields):
    """What a listing is narrowed down to; None for what was not asked for."""

    words: Sequence[str] = ()
    filters: Mapping[str, str] = {}  # texts by option, of those that were asked for
    as_of: str | None = None
    every: bool = False  # all States, not just those that some claim or text names
    columns: Sequence[str] = ()
    sort: str | None = None  # with "-" before it for the reverse
    limit: int | None = None

    @property
    def sort_key(self) -> str:
        return spelt((self.sort or "").removeprefix("-"))


def refuse_misfits(kind: str, wanted: Wanted) -> None:
    """Refuse a value that says nothing, and what a kind cannot be narrowed by."""
    typed = {**wanted.filters, "as_of": wanted.as_of}
    for key, fitting in {"as_of": _AS_OF, **FILTERS}.items():
        text, option = typed.get(key), option_of(key)
        if text is not None and not text.strip():
            hint = f"rcpref list {fitting.shown_by} shows some"
            raise UsageProblem(f"{option} needs {fitting.needs}", hint)
        if text is not None and kind not in fitting.kinds:
            every = "processes, bodies and other records"
            these = ", ".join(LISTED[each] for each in fitting.kinds)
            hint = f"use it with {every if len(fitting.kinds) == len(KINDS) else these}"
            raise UsageProblem(f"{option} is not for {LISTED[kind]}", hint)
    sort = wanted.sort
    if sort is not None and (not sort.strip("- ") or sort.startswith("--")):
        raise UsageProblem("--sort needs the name of a column", "write --sort short_name")
    if wanted.every and kind != "state":
        raise UsageProblem("--all is only for states", "other kinds always list all")
