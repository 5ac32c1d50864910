"""Every sentence about an answer: one table of codes, with words for programs and for people.

The rules of the answers make parts and no words. A view that must know what a reason says asks
its parts for their codes, never for their words. Programs read ISO dates; people read dates as
they write them.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from rcpref.dates import Interval, parse


class Part(NamedTuple):
    """One part of a reason or heading.

    Attributes:
        code: What it says: a key of `WORDS`.
        dates: The dates of the evidence, as they are written in the data.
        extra: A number or a name.
    """

    code: str
    dates: tuple[str, ...] = ()
    extra: str = ""


Why = tuple[Part, ...]
"""A reason or heading: its parts, in the order in which they are read."""


WORDS = {
    # Before the founding and after the end.
    "founded": ("founded {iso}", "founded {on}"),
    "founded-otherwise": ("founded {iso} by one account", "founded {on} by one account"),
    "founded-or": ("founded {iso_or}", "founded {date_or}"),
    "ended": ("ended {iso}", "ended {on}"),
    "not-launched": ("not yet launched {said}", "not yet launched {on}"),
    "status-then": ("{extra} {said}", "{extra} {on}"),
    "state-since": ("a State of its own since {iso}", "a State of its own since {date}"),
    # Joining and leaving.
    "joined": ("joined {some_time}{iso}", "joined {some_time}{on}"),
    "left": ("left {some_time}{iso}", "left {some_time}{on}"),
    "joined-record": ("joined {extra} {some_time}{iso}", "joined {extra} {some_time}{on}"),
    "left-record": ("left {extra} {some_time}{iso}", "left {extra} {some_time}{on}"),
    # Lists with a date.
    "in-list": ("in the {lists}", "in the {lists}"),
    "not-in-list": ("not in the {lists}", "not in the {lists}"),
    "disputed-in-list": (
        "in the {lists}, counted as disputed by the editors",
        "in the {lists}, but the editors count it as disputed",
    ),
    "territory-in-list": (
        "{extra} in its place in the {lists}",
        "{extra} in its place in the {lists}",
    ),
    "territory-undated": ("{extra} in its place in {undated}", "{extra} in its place in {undated}"),
    "last-listed": ("last listed {iso}", "in the newest list, {made}"),
    "first-listed": ("first listed later, in {iso}", "first listed later, {on}"),
    "not-in-last": ("not in the last list, of {iso}", "not in the newest list, {made}"),
    "not-in-first": ("not in the first list, of {iso}", "not in the first list, {made}"),
    "founder": (
        "among the founding participants of {iso}",
        "among the founding participants of {date}",
    ),
    "no-founder": (
        "not among the founding participants of {iso}",
        "not among the founding participants of {date}",
    ),
    "disputed-founder": (
        "among the founding participants of {iso}, counted as disputed by the editors",
        "among the founding participants of {date}, but the editors count it as disputed",
    ),
    "listed-as-member": ("a member in {iso}", "a member {in_list}"),
    "listed-as-observer": ("an observer in {iso}", "an observer {in_list}"),
    # Lists without a date; a part with their bounds may follow.
    "in-undated": ("in {undated}", "in {undated}"),
    "not-in-undated": ("not in {undated}", "not in {undated}"),
    "disputed-in-undated": (
        "in {undated}, counted as disputed by the editors",
        "in {undated}, but the editors count it as disputed",
    ),
    "undated-differ": (
        "undated lists contradict each other",
        "undated lists contradict each other",
    ),
    "made-from": (", not before {iso}", " ({date} or later)"),
    "made-until": (", not after {iso}", " ({date} or earlier)"),
    "made-between": (", not before {first}, not after {last}", " (between {first} and {last})"),
    # What limits or supports evidence.
    "changed-within": (": it changed within {iso}", ": it changed within {date}"),
    "same-time": (", for the same time", ", for the same time"),
    "not-all-of": (
        ", which is not certain for all of {iso}",
        ", which is not certain for all of {date}",
    ),
    "part-of": (", certain for a part of {iso}", ", certain for a part of {date}"),
    "too-long-before": (", too long before to be certain", ", too long before to be certain"),
    "too-long-after": (", too long after to be certain", ", too long after to be certain"),
    "still-active": (
        ", with the {extra} still active by a claim of {iso}",
        ", with the {extra} still active by a claim {made}",
    ),
    "as-many": (
        ", with as many members, {extra}, by a claim of {iso}",
        ", with as many members, {extra}, by a claim {made}",
    ),
    "dated-silent": ("the dated ones are silent", "the dated ones are silent"),
    # The body whose members alone can be members; the parts of its own answer follow.
    "only-for": ("only for members of {extra}: ", "only for members of {extra}: "),
    "only-for-which": (
        "only for members of {extra}, which it ",
        "only for members of {extra}, which it ",
    ),
    # No evidence.
    "list-incomplete": (
        "not among the names read; the list is incomplete",
        "not among the names read; the list is incomplete",
    ),
    "no-list": ("no list is known", "not named in any list in these data"),
    # Other values: the date of the claim.
    "dated": ("{iso}", "{date}"),
    "period": ("{first}..{last}", "{first} to {last}"),
    "period-from": ("{first}..", "from {first}"),
    "period-until": ("..{first}", "until {first}"),
    "undated": ("undated", "undated"),
    "derived": (" (derived by the editors)", ""),  # people read the note
    "later-chair": ("a later chair is known", "a later chair is known"),
    "not-confirmed": ("not confirmed since", "not confirmed since"),
    # Meetings.
    "meeting-announced": ("a meeting announced for {iso}", "a meeting announced for {date}"),
    "met-some-time": ("met some time in {iso}", "met some time {on}"),
    # Organizations that observe.
    "named": ("named {iso}", "named {on}"),
    "named-undated": ("named in an undated source", "named in an undated source"),
    # Chairs.
    "chair-named": ("named in {iso}", "named {on}"),
    "chair-in": ("in the chair in {iso}", "in the chair {on}"),
    "chair-term": (
        "in the chair from {first} until {last}",
        "in the chair from {first} until {last}",
    ),
    "chair-from": ("in the chair from {first}", "in the chair from {first}"),
    "chair-until": ("in the chair until {first}", "in the chair until {first}"),
    "chair-again": ("again ", "again "),
    "chair-next": ("next {extra}, ", "next {extra}, "),
    "chair-undated": ("named without a date", "named without a date"),
    "chair-last-known": ("last known {iso}", "last known {on}"),
    "chair-announced": ("announced until {first}", "announced until {first}"),
    "chair-ended": ("ended {iso}", "ended {on}"),
    "chair-age-unknown": ("undated", "undated"),
    "no-later-chair": ("no later chair is known", "no later chair is known"),
    # Disagreements.
    "different-values": (
        "different values for the same time",
        "different values for the same time",
    ),
    "different-dates": ("different dates", "different dates"),
    "different-states": (
        "different States for the same time",
        "different States for the same time",
    ),
    "not-in-all": ("not in all of the lists: {extra}", "not in all of the lists: {extra}"),
    "editors-dispute": (
        "{extra} counted as disputed by the editors",
        "the editors count {extra} as disputed",
    ),
    # Standing.
    "suspended": ("suspended since {iso}", "suspended since {since}"),
    "excluded": ("excluded since {iso}", "excluded since {since}"),
    "absent": ("has taken no part since {iso}", "has taken no part since {since}"),
    "contested": ("membership contested since {iso}", "membership contested since {since}"),
    "not-invited": ("not invited {said}", "not invited {on}"),
    "withdrawal-announced": ("announced its withdrawal {said}", "announced its withdrawal {on}"),
    "reinstated": ("reinstated {said}", "reinstated {on}"),
    "returned": ("took part again {said}", "took part again {on}"),
    "withdrawal-revoked": ("revoked its withdrawal {said}", "revoked its withdrawal {on}"),
    # Headings: how many, and how old the evidence is.
    "count": ("{extra}", "{extra}"),
    "none": ("none", "none"),
    "none-because": ("none: ", "none: "),
    "none-known": ("none known", "none known"),
    "none-certain": ("none certain", "none certain"),
    "open": (", {extra}", ", {extra}"),
    "by-list": (", last listed {iso}", ", by the newest list, {made}"),
    "some-by-list": (", {extra} last listed {iso}", ", {extra} in the newest list, {made}"),
    "by-founders": (
        ", {extra}founding participants of {iso}",
        ", {extra}founding participants of {date}",
    ),
    "last-joined": (", last joined {iso}", ", the last joined {on}"),
    "last-change": (", last change {iso}", "last change {on}"),
    "all-undated": (", undated", ", in an undated list"),
    "some-undated": (", {extra} of them undated", ", {extra} of them only in an undated list"),
    "undated-newer": ("an undated list is newer", "an undated list is newer"),
    "no-newer-list": ("no newer list is known", ""),  # "the newest list" says so
    "no-whole-list": ("no complete list is known", "no complete list is known"),
    "count-says": ("a count of {iso} says {extra}", "a count of {date} says {extra}"),
    "card-list": ("last listed {iso}", "list {made}"),
    "at": ("{iso}: ", "{date}: "),
    "list-has": ("the list of {iso} has {extra}, ", "the list of {date} has {extra}, "),
    "dormant": ("dormant {said}", "dormant {on}"),
    "dormant-since": ("dormant since {iso}", "dormant since {date}"),
    "last-seen": ("last seen active {said}", "last seen active {on}"),
    "no-activity": ("no date of activity is known", "no date of activity is known"),
}
"""Words by code, for programs and for people. Words that begin with punctuation or a blank follow
the part before them directly; words that end with a blank lead to the part after them."""

DISPUTED_CODES = {
    "disputed-in-list": "in-list",
    "disputed-in-undated": "in-undated",
    "disputed-founder": "founder",
}
"""Codes of what the editors count as disputed, and the code of what the source itself says."""


def in_words(parts: Iterable[Part], people: bool = False) -> str:
    """Return a reason or heading in words.

    Args:
        parts: Its parts.
        people: Whether dates are written as people write them, not in ISO 8601.

    >>> why = Part("joined", ("2013-05",)), Part("in-list", ("2015", "2019-02"))
    >>> in_words(why)
    'joined 2013-05; in the lists of 2015 and 2019-02'
    >>> in_words(why, people=True)
    'joined in May 2013; in the lists of 2015 and February 2019'
    """
    text = ""
    for part in parts:
        more = part_words(part, people)
        if text and more and not text.endswith(" ") and not more.startswith((",", ":", ";", " ")):
            text += "; "
        text += more
    return text


def clauses(parts: Iterable[Part]) -> list[Why]:
    """Return a reason cut into clauses: each part with those that limit or lead to it."""
    found: list[list[Part]] = []
    leads = False
    for part in parts:
        form = WORDS[part.code][True]
        if found and (leads or form.startswith((",", ":", ";", " "))):
            found[-1].append(part)
        else:
            found.append([part])
        leads = form.endswith(" ")
    return [tuple(clause) for clause in found]


def part_words(part: Part, people: bool = False) -> str:
    """Return one part of a reason or heading in words."""
    return WORDS[part.code][people].format_map(_fields(part, people))


def bounds(since: str | None, until: str | None) -> Why:
    """Return the part on when an undated list was made; no part where nothing is known."""
    if since and until:
        return (Part("made-between", (since, until)),)
    if since:
        return (Part("made-from", (since,)),)
    if until:
        return (Part("made-until", (until,)),)
    return ()


def listed(texts: Sequence[str], last: str = "and") -> str:
    """Return an enumeration.

    >>> listed(["2013", "2015", "2019"])
    '2013, 2015 and 2019'
    """
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def _fields(part: Part, people: bool) -> dict[str, str]:
    """Return what the words of a part can have in their places."""
    undated = "an undated list"
    if part.extra.isdecimal() and part.extra != "1":
        undated = f"{part.extra} undated lists"
    fields = {"extra": part.extra, "undated": undated}
    if not part.dates:
        return fields
    dates = [parse(text) for text in part.dates]
    first, last = dates[0], dates[-1]
    if people:
        fields |= _fields_for_people(dates)
    else:
        fields["iso"] = listed(part.dates)
        fields["iso_or"] = listed(part.dates, "or")
        fields["first"], fields["last"] = first.text, last.text
        fields["said"] = first.said
        fields["some_time"] = "some time in " if "/" in first.text else ""
        fields["lists"] = f"{'list' if len(dates) == 1 else 'lists'} of {fields['iso']}"
    return fields


def _fields_for_people(dates: Sequence[Interval]) -> dict[str, str]:
    first, last = dates[0], dates[-1]
    within = "/" in first.text  # at some time between two dates
    named = [date.words for date in dates]
    return {
        "date": listed(named),
        "date_or": listed(named, "or"),
        "on": listed([date.moment for date in dates]),
        "since": _edge(first),
        "first": _edge(first),
        "last": _edge(last),
        "made": f"made {first.moment}" if within else f"of {first.words}",
        "in_list": f"in a list made {first.moment}" if within else first.moment,
        "some_time": "some time " if within else "",
        "lists": lists_of(dates),
    }


def lists_of(dates: Sequence[Interval]) -> str:
    """Return some lists by their dates: "list of May 2013", "list made between 2018 and 2022"."""
    noun = "list" if len(dates) == 1 else "lists"
    for date in dates:
        if "/" in date.text:  # one moment between two dates is no term
            return f"{noun} made {listed([date.moment for date in dates])}"
    return f"{noun} of {listed([date.words for date in dates])}"


_FEW_DAYS = timedelta(7)


def _edge(date: Interval) -> str:
    """Return when something began or ended: "May 2013", "some time between 2018 and 2022"."""
    if "/" in date.text and date.last - date.first >= _FEW_DAYS:
        return f"some time {date.moment}"
    return date.words


# An answer as a sentence --------------------------------------------------------------


SUBJECTS = {
    "joined": "{state} {reason}",
    "left": "{state} {reason}",
    "state-since": "{state} has been {reason}",
    "listed-as-member": "{state} was {reason}",
    "listed-as-observer": "{state} was {reason}",
    "first-listed": "{state} was {reason}",
    "founded": "{record} was {reason}",
    "not-launched": "{record} was {reason}",
    "ended": "{record} {reason}",
    "only-for": "{record} is {reason}",
    "only-for-which": "{record} is {reason}",
    "no-list": "{state} is {reason}",
    "list-incomplete": "{state} is {reason}",
    "undated-differ": "{state}: {reason}",
}
"""What a reason speaks of, by the code of its first part; of all others it is the State."""


def sentence(state: str, record: str, why: Why, yes: bool, no: bool) -> str:
    """Return a reason as a sentence: "Eritrea joined IGAD in September 1993".

    Args:
        state: Name of the State.
        record: Name of the record, with its article.
        why: The reason.
        yes: Whether the answer is yes: then a joining comes first.
        no: Whether the answer is no.
    """
    first = "joined" if yes else "left"
    ordered = sorted(clauses(why), key=lambda clause: clause[0].code != first)
    parts = [part for clause in ordered for part in clause]
    code = parts[0].code
    if code in ("joined", "left"):
        # Of a State that joined or left after the date, it did so only then.
        only = " only" if (no and code == "joined") or (yes and code == "left") else ""
        parts[0] = Part(f"{code}-record", parts[0].dates, f"{record}{only}")
    form = SUBJECTS.get(code, "{state} is {reason}")
    text = form.format(state=state, record=record, reason=in_words(parts, people=True))
    return text[:1].upper() + text[1:]
