"""The reasons of answers in words."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.answers.membership.answer import DISPUTED, NO, YES
from rcpref.answers.membership.evidence import FOUNDERS, MEMBERS, OBSERVERS, Event, Listing, Undated
from rcpref.dates import Interval
from rcpref.model import DERIVED

Sided = tuple[str, "Event | Listing"]
"""What evidence says of the date asked for, and the evidence."""


def event_words(event: Event) -> str:
    """A joining or leaving: "joined some time in 2013-06/2015-10-04"."""
    verb = "joined" if event.joined else "left"
    some_time = "some time in " if "/" in event.when.text else ""
    return f"{verb} {some_time}{event.when.text}"


def in_words(found: Sequence[Sided]) -> str:
    """Evidence in words: "joined 2005-09; in the lists of 2011-04-21 and 2013-10-21"."""
    return "; ".join(parts_of(found))


def parts_of(found: Sequence[Sided]) -> list[str]:
    """The parts of these words, each of them once."""
    parts = [event_words(each) for _, each in found if isinstance(each, Event)]
    lists = [each for _, each in found if isinstance(each, Listing)]
    for answer, words in ((YES, "in"), (NO, "not in"), (DISPUTED, "marked as disputed in")):
        own = [each for each in lists if each.answer == answer]
        parts += _lists_in_words(words, list(filter(_is_plain, own)))
        founders = [e for e in own if e.claim.property == FOUNDERS]
        parts += [f"{_FOUNDING[answer]} of {_dates(founders)}"] if founders else []
        # Who is called an observer is called no member, and the reverse.
        denying = [e for e in own if e.denies]
        parts += [f"{_CALLED[denying[0].claim.property]} in {_dates(denying)}"] if denying else []
    return list(dict.fromkeys(parts))


def _is_plain(listing: Listing) -> bool:
    """Whether it lists those in the capacity that is asked about."""
    return listing.claim.property != FOUNDERS and not listing.denies


_CALLED = {MEMBERS: "a member", OBSERVERS: "an observer"}

_FOUNDING = {
    YES: "among the founding participants",
    NO: "not among the founding participants",
    DISPUTED: "disputed among the founding participants",
}


def _lists_in_words(words: str, lists: Sequence[Listing]) -> list[str]:
    if not lists:
        return []
    dates = list(dict.fromkeys(map(list_date, lists)))
    return [f"{words} the {'list' if len(dates) == 1 else 'lists'} of {_and(dates)}"]


def _dates(lists: Sequence[Listing]) -> str:
    return _and(list(dict.fromkeys(map(list_date, lists))))


def list_date(listing: Listing) -> str:
    """The date of a list, with a mark where the editors have put it together."""
    made = f" {DERIVED}" if listing.claim.derived else ""
    return f"{listing.when.text}{made}"


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def carried_words(found: Sequence[Sided], answer: str, forward: bool) -> str:
    """Evidence on one side: "last listed 2019" says more than "in the list of 2019"."""
    if len(found) == 1 and isinstance(found[0][1], Listing):
        listing = found[0][1]
        if _is_plain(listing):
            if answer == YES:
                when = list_date(listing)
                return f"last listed {when}" if forward else f"first listed later, in {when}"
            if answer == NO:
                return f"not in the {'last' if forward else 'first'} list, of {list_date(listing)}"
    return in_words(found)


def undated_words(lists: Sequence[Undated]) -> str:
    """Lists without a date that agree: "in an undated list, not before 2018-07-20"."""
    words = {YES: "in", NO: "not in"}.get(lists[0].answer, "disputed in")
    count = "an undated list" if len(lists) == 1 else f"{len(lists)} undated lists"
    earliest = [each.earliest for each in lists if each.earliest]
    latest = [each.latest for each in lists if each.latest]
    bounds = ""
    if earliest:
        bounds += f", not before {max(earliest, key=_first).text}"
    if latest:
        bounds += f", not after {max(latest, key=_first).text}"
    return f"{words} {count}{bounds}"


def _first(interval: Interval) -> int:
    return interval.first.toordinal()
