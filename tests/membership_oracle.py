"""A slow, obvious oracle for two questions about one record's claims.

``answer`` says whether a State was a member at a date, ``chair`` who was in the chair. Both are
written from the rules in the design ("Membership at a date", "Who chairs at a date") and from the
form of a claim, and share no code with the program that they are compared with. Nothing here is
fast or clever: every date becomes a pair of days, every rule a small function, and the functions
are called in the order of the rules.

Where the rules leave a choice, this file chooses as follows. The numbers are those of the rules.

Membership.

M1.  Basis ``event`` (3). Given only where the date of a joining or leaving overlaps D. An event
     wholly before or after D is evidence like a list: it answers as ``between`` (5) or ``carried``
     (6). So Cambodia in the Colombo Process in 2013-05 is ``no`` by ``between`` (two lists without
     it), although the reason a reader wants is that it joined in 2016.
M2.  Several events (3). One inside D is enough for ``yes``, whatever others only overlap D.
M3.  A list without ``complete`` (2) counts as complete: only ``complete = false`` makes one silent.
M4.  An event without a date (3) cannot be placed and says nothing. ``from`` and ``until`` of a
     list or an event are not read: only ``as_of`` dates them.
M5.  Three or more lists that overlap D and differ (4). ``yes`` if at least one list that says yes
     has a date that can be told apart from that of every list that says otherwise (the State was a
     member then, and nothing denies it); else ``disputed``. For two lists this is the rule's text.
M6.  ``disputed`` beside another answer within D (4, 8). A list that says yes wins if it can be told
     apart (M5); ``disputed`` and ``no`` at different dates give ``disputed``, since nothing says
     yes. Beside one another as evidence before and after D (5), any two different answers of yes,
     no and disputed "differ".
M7.  A list dated a/b that D neither contains nor lies inside (4). It stands on the side (or sides)
     on which it reaches out of D, beside the nearest evidence wholly on that side, as the rule
     says of a D that lies inside. A D inside it that shares one of its ends is still inside: both
     sides. ``2013/2013`` is a date a/b like any other. A D equal to it contains it.
M8.  A list dated a/b alone (5), with D inside: it stands on both sides, so ``between``, not
     ``carried``.
M9.  "Nearest" (5). By the gap between the intervals: the latest last day before D, the earliest
     first day after it. All at that same distance are nearest; with them goes whatever overlaps
     one of them on the same side. Overlap is not passed on (what overlaps only an overlapping one
     stays out), and a list dated a/b that reaches into D (M7) pulls in nothing.
M10. "Wholly before" (5, 6) for events too, and "nearest lists" of rule 4 is read as the nearest
     evidence, events included.
M11. "Contradictory on that side" (6) means among the nearest evidence and what overlaps it, not
     among everything on that side.
M12. "More than ten years" (6). Between the nearest edges, by the calendar: from 2012-10-15,
     2022-10-15 is ten years and 2022-10-16 is more; from 2012 (its last day) all of 2022 is
     within, 2023 is not. Of several lists carried together the closest counts; where an event is
     among them, there is no limit. A list nearer than an event is what is carried, even where the
     event says the same and would have no limit.
M13. "Possible instead" (6) after ten years replaces yes, no and disputed alike, also a ``disputed``
     that comes from contradictory lists.
M14. "Carried back over one of several founded dates" (6). D ends before that date begins, and the
     date does not begin after the evidence ends. It applies to a yes from a list or a leaving,
     and only to ``carried``, never to ``between``. A D that overlaps a founded date is not
     carried over it.
M15. "Contradict" (7). A carried yes or no is contradicted by an undated list that says anything
     else (yes, no or disputed). A carried ``disputed`` stays. A joining or leaving explains an
     undated list: that Chile left in 1976 is why a list without a date does not have it, and does
     not put in doubt that it was a member in 1970. Such a list contradicts nothing.
M16. "Unless two dated lists on that side agree" (7): any two lists on that side, not only the
     nearest, that speak of the State and give the carried answer. Events do not count as lists.
M17. A missing answer (7) contradicts nothing. It becomes ``possible`` (basis ``undated``) where an
     undated list says yes or disputed; one that says no leaves it ``unknown``.
M18. "No dated list at all" (7) means no list with a date on the record, also none that is silent
     about the State. There, events still answer first (3, 5, 6; a carried answer that an undated
     list contradicts is ``possible``); undated lists answer what is left. If they differ:
     ``disputed``.
M19. A State in ``disputed`` (8) counts as disputed also in an incomplete list, and also where
     ``value`` does not name it.
M20. The basis of a ``no`` before the founding is ``founding``; ``unknown`` has none.

Chair.

C1.  Claims without any of ``as_of``, ``from`` and ``until`` cannot be placed and are left out.
C2.  D is an interval: "chair at some time in D". ``yes`` where every reading of the edges gives a
     day in D, ``possible`` where some reading does. So a term from 2021 until 2021 is ``yes`` in
     2021, ``possible`` in 2021-05.
C3.  Co-chairs are one holder: "the same State" means the same set of States.
C4.  A single mention holds for all of its date (2013 holds in 2013-05); one dated a/b held at one
     moment inside: ``yes`` where D contains it, else ``possible``.
C5.  ``from`` or ``until`` together with ``as_of`` is a term, ``as_of`` a proof of it.
C6.  "The next claim" goes by the day from which claims hold for certain. If it names another
     State, the earlier one is ``possible`` up to the day before that day; so in the margin of a
     next claim's ``from`` both are possible. If its day falls within the earlier claim's own date,
     the earlier one is not carried beyond that date.
C7.  Between two claims that name the same State, with no other between them: ``yes``, for open
     terms and mentions alike. A mention within a closed term of the same State is a proof of that
     term and is not carried beyond its end; where it falls in the margin of that end, the term is
     certain up to it.
C8.  Between different mentions only the earlier one is possible (Colombo Process 2022:
     Afghanistan, not India).
C9.  After the last claim of all, an open term or a mention stays ``possible`` without limit: its
     end is not known. It is not ``yes``, for no known end is not "until today".
C10. A term with ``until`` alone holds on the earliest day of it, and is ``possible`` back to the
     last certain day of the claim before (without limit if there is none).
C11. ``founded`` is not looked at. All holders that answer are given, also two that both say yes
     (a mention of 2012 and a term from 2012-11-22, for D in 2012-12), in the order of their codes.
C12. A term whose ``until`` is before its ``from`` is left out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

Claim = Mapping[str, Any]
Answer = tuple[str, str | None]

YES, NO, POSSIBLE, DISPUTED, UNKNOWN = "yes", "no", "possible", "disputed", "unknown"


# --- dates ------------------------------------------------------------------------------------


class Days(NamedTuple):
    """The first and the last day of a date."""

    first: date
    last: date


def prefix_days(text: str) -> Days:
    """The days of ``2013``, ``2013-05`` or ``2013-05-22``."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise ValueError(f"not a date: {text!r}")
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return Days(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
    if len(numbers) == 2:
        year, month = numbers
        if not 1 <= month <= 12:
            raise ValueError(f"not a date: {text!r}")
        return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    day = date(numbers[0], numbers[1], numbers[2])
    return Days(day, day)


def days(text: str) -> Days:
    """The days of a prefix date or of an interval of two."""
    if "/" not in text:
        return prefix_days(text)
    start, end = text.split("/")
    whole = Days(prefix_days(start).first, prefix_days(end).last)
    if whole.first > whole.last:
        raise ValueError(f"ends before it begins: {text!r}")
    return whole


def is_moment_within(text: str) -> bool:
    """Whether the date is of the form a/b: true at one moment inside, not throughout."""
    return "/" in text


def overlap(one: Days, other: Days) -> bool:
    """Whether the two have a day in common."""
    return one.first <= other.last and other.first <= one.last


def contains(outer: Days, inner: Days) -> bool:
    """Whether every day of ``inner`` is one of ``outer``."""
    return outer.first <= inner.first and inner.last <= outer.last


def day_before(day: date) -> date:
    """The day before, or the same at the beginning of the calendar."""
    return day if day == date.min else day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after, or the same at the end of the calendar."""
    return day if day == date.max else day + timedelta(days=1)


# --- membership: what the claims say of one State -----------------------------------------------


class Evidence(NamedTuple):
    """A dated statement about one State.

    Attributes:
        when: Its days.
        moment: Whether it was true at one moment in them (a list dated a/b).
        event: Whether it is a joining or leaving, not a list.
        before: What it says of the time before it (yes, no or disputed).
        after: What it says of the time after it; for a list the same as before.
    """

    when: Days
    moment: bool
    event: bool
    before: str
    after: str


def with_property(claims: Sequence[Claim], name: str) -> list[Claim]:
    """The claims with one property."""
    return [claim for claim in claims if claim["property"] == name]


def said_by_list(claim: Claim, state: str) -> str | None:
    """Rules 2 and 8: yes, no or disputed; None where the list is silent about the State."""
    if state in claim.get("disputed", ()):
        return DISPUTED
    if state in claim["value"]:
        return YES
    if claim.get("complete", True) is False:
        return None
    return NO


def events_of(claims: Sequence[Claim], state: str) -> list[Evidence]:
    """The dated joinings (out before, in after) and leavings (in before, out after)."""
    found = []
    for name, before, after in (("member_joined", NO, YES), ("member_left", YES, NO)):
        for claim in with_property(claims, name):
            if "as_of" in claim and state in claim["value"]:
                found.append(Evidence(days(claim["as_of"]), False, True, before, after))
    return found


def dated_lists_of(claims: Sequence[Claim], state: str) -> list[Evidence]:
    """The dated lists that say something of the State.

    Rule 3, last sentence: a list whose date overlaps a joining or leaving of this State might be
    from before it or from after it, so it says nothing of this State.
    """
    events = events_of(claims, state)
    found = []
    for claim in with_property(claims, "members"):
        if "as_of" not in claim:
            continue
        said = said_by_list(claim, state)
        when = days(claim["as_of"])
        if said is None or any(overlap(when, event.when) for event in events):
            continue
        found.append(Evidence(when, is_moment_within(claim["as_of"]), False, said, said))
    return found


def undated_answers(claims: Sequence[Claim], state: str) -> set[str]:
    """What the undated lists say of the State, silent ones left out."""
    said = {
        said_by_list(claim, state)
        for claim in with_property(claims, "members")
        if "as_of" not in claim
    }
    return {one for one in said if one is not None}


def founded_days(claims: Sequence[Claim]) -> list[Days]:
    """The days of all dates of founding."""
    return [days(claim["value"]) for claim in with_property(claims, "founded")]


# --- membership: rules 1, 3 and 4 ---------------------------------------------------------------


def rule_founding(claims: Sequence[Claim], asked: Days) -> Answer | None:
    """Rule 1: nobody is a member of what no source says was founded by then."""
    founded = founded_days(claims)
    if founded and asked.last < min(when.first for when in founded):
        return NO, "founding"
    return None


def rule_joining_and_leaving(events: Sequence[Evidence], asked: Days) -> Answer | None:
    """Rule 3: an event inside D proves membership for part of D; one only overlapping D may."""
    if any(contains(asked, event.when) for event in events):
        return YES, "event"
    if any(overlap(asked, event.when) for event in events):
        return POSSIBLE, "event"
    return None


def list_overlaps(one: Evidence, asked: Days) -> bool:
    """Rule 4: a list with a plain date overlaps as intervals do; one dated a/b only if inside D."""
    if one.moment:
        return contains(asked, one.when)
    return overlap(asked, one.when)


def agreed(answers: Sequence[str]) -> str | None:
    """The one answer that all give, or None if they differ."""
    return answers[0] if len(set(answers)) == 1 else None


def rule_listed(lists: Sequence[Evidence], asked: Days) -> Answer | None:
    """Rule 4: the lists of the time asked about decide.

    They agree: so it was. They differ: a yes that no list of an overlapping date denies proves
    that the State was a member for part of D. Otherwise the lists deny one another.
    """
    here = [one for one in lists if list_overlaps(one, asked)]
    if not here:
        return None
    same = agreed([one.after for one in here])
    if same is not None:
        return same, "listed"
    for one in here:
        others = [other for other in here if other.after != one.after]
        if one.after == YES and not any(overlap(one.when, other.when) for other in others):
            return YES, "listed"
    return DISPUTED, "listed"


# --- membership: rules 5 and 6 ------------------------------------------------------------------


def reaches_before(one: Evidence, asked: Days) -> bool:
    """Whether a list dated a/b that is not inside D, but touches it, stands on the side before."""
    if not one.moment or not overlap(one.when, asked) or contains(asked, one.when):
        return False
    return contains(one.when, asked) or one.when.first < asked.first


def reaches_after(one: Evidence, asked: Days) -> bool:
    """Whether a list dated a/b that is not inside D, but touches it, stands on the side after."""
    if not one.moment or not overlap(one.when, asked) or contains(asked, one.when):
        return False
    return contains(one.when, asked) or one.when.last > asked.last


def all_before(evidence: Sequence[Evidence], asked: Days) -> list[Evidence]:
    """All that stands on the side before D."""
    return [e for e in evidence if e.when.last < asked.first or reaches_before(e, asked)]


def all_after(evidence: Sequence[Evidence], asked: Days) -> list[Evidence]:
    """All that stands on the side after D."""
    return [e for e in evidence if e.when.first > asked.last or reaches_after(e, asked)]


def nearest_before(evidence: Sequence[Evidence], asked: Days) -> list[Evidence]:
    """Rule 5: the nearest wholly before D and what overlaps it; beside it what reaches into D."""
    wholly = [e for e in evidence if e.when.last < asked.first]
    close: list[Evidence] = []
    if wholly:
        latest = max(e.when.last for e in wholly)
        nearest = [e for e in wholly if e.when.last == latest]
        close = [e for e in wholly if any(overlap(e.when, n.when) for n in nearest)]
    return close + [e for e in evidence if reaches_before(e, asked)]


def nearest_after(evidence: Sequence[Evidence], asked: Days) -> list[Evidence]:
    """Rule 5: the nearest wholly after D and what overlaps it; beside it what reaches into D."""
    wholly = [e for e in evidence if e.when.first > asked.last]
    close: list[Evidence] = []
    if wholly:
        earliest = min(e.when.first for e in wholly)
        nearest = [e for e in wholly if e.when.first == earliest]
        close = [e for e in wholly if any(overlap(e.when, n.when) for n in nearest)]
    return close + [e for e in evidence if reaches_after(e, asked)]


def rule_between(before: Sequence[Evidence], after: Sequence[Evidence]) -> Answer | None:
    """Rule 5: evidence on both sides; if all of it agrees, so it was between, else perhaps."""
    if not before or not after:
        return None
    same = agreed([e.after for e in before] + [e.before for e in after])
    return (same or POSSIBLE), "between"


def more_than_ten_years(earlier: date, later: date) -> bool:
    """Whether ``later`` is past the tenth anniversary of ``earlier``."""
    anniversary = (earlier.year + 10, earlier.month, earlier.day)
    return (later.year, later.month, later.day) > anniversary


def carried_too_far(side: Sequence[Evidence], asked: Days) -> bool:
    """Rule 6: a list is too old, or too new, by more than ten years. An event never is."""
    for one in side:
        if one.event or overlap(one.when, asked):
            return False
        if one.when.last < asked.first and not more_than_ten_years(one.when.last, asked.first):
            return False
        if one.when.first > asked.last and not more_than_ten_years(asked.last, one.when.first):
            return False
    return True


def carried_over_a_founding(founded: Sequence[Days], side: Sequence[Evidence], asked: Days) -> bool:
    """Rule 6: some source says that it was founded only after D and not after the evidence.

    Rule 1 has gone before, so that D does not end before the earliest date: there are several.
    """
    latest = max(one.when.last for one in side)
    return any(asked.last < when.first <= latest for when in founded)


def rule_carried(
    before: Sequence[Evidence],
    after: Sequence[Evidence],
    founded: Sequence[Days],
    asked: Days,
) -> Answer | None:
    """Rule 6: evidence on one side only is carried to D, as long as nothing speaks against it."""
    if bool(before) == bool(after):
        return None
    side = before or after
    said = agreed([e.after for e in before] + [e.before for e in after]) or DISPUTED
    if carried_too_far(side, asked):
        return POSSIBLE, "carried"
    if said == YES and after and carried_over_a_founding(founded, after, asked):
        return POSSIBLE, "carried"
    return said, "carried"


# --- membership: rule 7 and the whole -----------------------------------------------------------


def rule_undated_against_carried(
    carried: Answer, undated: set[str], lists_on_that_side: Sequence[Evidence]
) -> Answer:
    """Rule 7: an undated list that says otherwise makes a carried answer doubtful.

    Not so where two dated lists on the side that it is carried from give that answer.
    """
    said = carried[0]
    if said not in (YES, NO) or undated <= {said}:
        return carried
    if len([one for one in lists_on_that_side if one.after == said]) >= 2:
        return carried
    return POSSIBLE, "carried"


def rule_undated_alone(undated: set[str], any_dated_list: bool) -> Answer:
    """Rules 7 and 9: with no other answer, undated lists give one, or at least a possibility."""
    if any_dated_list:
        return (POSSIBLE, "undated") if undated & {YES, DISPUTED} else (UNKNOWN, None)
    if not undated:
        return UNKNOWN, None
    return (agreed(sorted(undated)) or DISPUTED), "undated"


def answer(claims: Sequence[Claim], state: str, asked: str) -> Answer:
    """Whether the State was a member at some time in the date asked about.

    Args:
        claims: The claims of one record, as read from TOML.
        state: An ISO 3166-1 alpha-3 code.
        asked: A prefix date or an interval of two.

    Returns:
        The answer (yes, no, possible, disputed, unknown) and its basis (listed, event, between,
        carried, undated, founding, or None where the answer is unknown).

    Raises:
        ValueError: If a date is not one.
    """
    when = days(asked)
    events = events_of(claims, state)
    lists = dated_lists_of(claims, state)
    for early in (
        rule_founding(claims, when),
        rule_joining_and_leaving(events, when),
        rule_listed(lists, when),
    ):
        if early is not None:
            return early

    evidence = events + lists
    before = nearest_before(evidence, when)
    after = nearest_after(evidence, when)
    between = rule_between(before, after)
    if between is not None:
        return between

    undated = undated_answers(claims, state)
    explained = {event.after if event.when.first > when.last else event.before for event in events}
    carried = rule_carried(before, after, founded_days(claims), when)
    if carried is not None:
        side = all_before(lists, when) if before else all_after(lists, when)
        return rule_undated_against_carried(carried, undated - explained, side)
    any_dated_list = any("as_of" in claim for claim in with_property(claims, "members"))
    return rule_undated_alone(undated, any_dated_list)


# --- who chairs ---------------------------------------------------------------------------------


class Hold(NamedTuple):
    """One claim that somebody was in the chair, with the readings of its two ends.

    Attributes:
        states: The State or, for co-chairs, the States, sorted.
        earliest_start: The first day on which it may have begun.
        latest_start: The first day on which it must have begun.
        earliest_end: The last day on which it cannot have ended: the last proof.
        latest_end: The last day that the claim itself leaves possible.
        start_known: Whether the claim says when it began, or is a mention.
        end_known: Whether the claim says when it ended.
    """

    states: tuple[str, ...]
    earliest_start: date
    latest_start: date
    earliest_end: date
    latest_end: date
    start_known: bool
    end_known: bool


def hold_of(claim: Claim) -> Hold | None:
    """What one claim says by itself, or None if it has no date or an impossible one."""
    states = tuple(sorted(set(claim["value"])))
    start = days(claim["from"]) if "from" in claim else None
    end = days(claim["until"]) if "until" in claim else None
    named = days(claim["as_of"]) if "as_of" in claim else None
    # A mention proves that the chair was held all through its date or, if that is a/b, at one
    # moment in it: begun by its last day and not over before its first.
    begun_by, not_over_before = named if named is not None else (date.max, date.min)
    if named is not None and is_moment_within(claim["as_of"]):
        begun_by, not_over_before = named.last, named.first

    if start is None and end is None:
        if named is None:
            return None
        return Hold(states, named.first, begun_by, not_over_before, named.last, True, False)
    if end is None:
        assert start is not None
        # Certain from the latest reading of its beginning: that day is the first proof.
        begun = min(start.last, max(begun_by, start.first))
        proof = max(start.last, not_over_before)
        return Hold(states, start.first, begun, proof, proof, True, False)
    if start is None:
        begun = min(end.first, begun_by)
        return Hold(states, begun, begun, end.first, end.last, False, True)
    if start.first > end.last:
        return None
    begun = min(start.last, end.last, max(begun_by, start.first))
    proof = max(end.first, start.first, min(not_over_before, end.last))
    return Hold(states, start.first, begun, proof, end.last, True, True)


def within_closed_term(states: tuple[str, ...], day: date, holds: Sequence[Hold]) -> bool:
    """Whether the day lies in a term of these States whose end is known."""
    return any(
        other.end_known
        and other.states == states
        and other.earliest_start <= day <= other.latest_end
        for other in holds
    )


def with_end(hold: Hold, holds: Sequence[Hold]) -> Hold:
    """The same with its end moved to where the next claims put it.

    The next claim names the same State: proof that it held until then. It names another: it ended
    on some day before, nobody knows which. There is none: the end is not known.
    """
    proof, limit = hold.earliest_end, hold.latest_end
    for day in sorted({o.latest_start for o in holds if o.latest_start > hold.latest_start}):
        if within_closed_term(hold.states, proof, holds):
            return hold._replace(earliest_end=proof, latest_end=max(limit, proof))
        starting = [other for other in holds if other.latest_start == day]
        same = [other for other in starting if other.states == hold.states]
        proof = max([proof] + [other.earliest_end for other in same])
        if len(same) < len(starting):
            return hold._replace(earliest_end=proof, latest_end=max(limit, proof, day_before(day)))
    if within_closed_term(hold.states, proof, holds):
        return hold._replace(earliest_end=proof, latest_end=max(limit, proof))
    return hold._replace(earliest_end=proof, latest_end=date.max)


def with_proofs(term: Hold, holds: Sequence[Hold]) -> Hold:
    """A term whose end is known, held for certain up to the last proof in the margin of its end.

    Not past a claim of another State that begins in that margin before the proof.
    """
    proof = term.earliest_end
    for day in sorted({o.latest_start for o in holds if proof < o.latest_start}):
        starting = [other for other in holds if other.latest_start == day]
        if day > term.latest_end or any(other.states != term.states for other in starting):
            break
        ends = [min(other.earliest_end, term.latest_end) for other in starting]
        proof = max([proof, *ends])
    return term._replace(earliest_end=proof)


def with_start(hold: Hold, holds: Sequence[Hold]) -> Hold:
    """The same with an unknown beginning moved back to the claim before it."""
    if hold.start_known:
        return hold
    earlier = [other for other in holds if other.latest_start < hold.latest_start]
    if not earlier:
        return hold._replace(earliest_start=date.min)
    last = max(other.latest_start for other in earlier)
    ended = max(other.earliest_end for other in earlier if other.latest_start == last)
    return hold._replace(earliest_start=min(day_after(ended), hold.latest_start))


def chair(claims: Sequence[Claim], asked: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Who was in the chair at some time in the date asked about.

    Args:
        claims: The claims of one record, as read from TOML.
        asked: A prefix date or an interval of two.

    Returns:
        The holders, each a sorted tuple of States and ``yes`` or ``possible``, in the order of
        the States; empty where no claim covers the date.

    Raises:
        ValueError: If a date is not one.
    """
    when = days(asked)
    holds = [
        hold
        for hold in (hold_of(claim) for claim in with_property(claims, "chair"))
        if hold is not None and hold.states
    ]
    found: dict[tuple[str, ...], str] = {}
    for own in holds:
        hold = with_proofs(own, holds) if own.end_known else with_end(own, holds)
        hold = with_start(hold, holds)
        if hold.latest_start <= when.last and hold.earliest_end >= when.first:
            found[hold.states] = YES
        elif hold.earliest_start <= when.last and hold.latest_end >= when.first:
            found.setdefault(hold.states, POSSIBLE)
    return tuple(sorted(found.items()))
