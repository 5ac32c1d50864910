"""The rules of membership answers, read from the page and done the slow and plain way.

An oracle for the production code: it shares nothing with it, not even the reading of
dates. A date is a `range` of day numbers; a claim is the dict of its TOML; each function
is one sentence or one rule of the page, tried on every claim of the record every time.

Where the page leaves a choice, the reading is taken that abstains (`possible`,
`disputed`, `unknown`) rather than guesses. These are the choices; the examples in
`evidence_examples.txt` that hang on one of them name it by its number.

 1. *Basis of "not yet" and of the body's word.* The page names five bases, none of which
    fits an answer of rule 1 or 7, nor `unknown`: the basis is None.
 2. *Participating, partner, candidate, associate and invited lists* say neither yes nor no
    of membership ("are no members": they are not counted as such). Only dated `observers`
    say no; and, as nobody is both, dated `members` say no of those in them to `observers`.
    They say nothing of the other capacities, and events of none.
 3. *Undated `founding_participants`* are true at one moment in the earliest `founded`, like
    a list dated `a/b`; with no `founded` they say nothing.
 4. *"Of the same day"* (founding's no): a `members` list or joining that may be of the same
    day: their dates overlap.
 5. *Founding's no on its own* answers nothing by rule 5; rule 6 is asked; where that is
    silent, too, it counts as evidence that does not reach: `possible`.
 6. *"Places it there earlier"*: a claim by which the State was or became or ceased to be a
    member (or what is asked), whose last possible day is before `since`, also
    where an event of the same time silences it.
 7. *Reach* covers D only if it covers every day of D. But "was it a member at some time in
    D" is answered where rule 4, 5 or 6 does not answer for all of D, and all the rules say yes
    of its first day or its last.
 8. *The reach of a date longer than a day* is counted from its outer end: forward from the
    last day of the list or proof, backward from the first day of the list, for `a/b`, too
    (as rule 6 counts from `not_after`; backward the Bali Process needs it to keep 45).
 9. *A later proof* is dated (`as_of`, or `from`) and begins after the list's last day. An
    undated one, bounded or not, proves nothing. A derived count proves, a derived status
    does not.
10. *The number of members in a list* is how many a complete list names; of an incomplete
    one its `stated_total`, and without that no count proves it. Only `members` and
    `founding_participants` have a number of members; `status` proves lists of every
    capacity.
11. *Nearest evidence, "with whatever overlaps it"*: one step only, among what lies wholly
    on the same side of D. All that ends (begins) equally near is nearest.
12. *A list dated `a/b` that overlaps D, neither containing nor contained,* stands on the
    side to which it protrudes, beside the nearest: it may be of a day of D.
13. *Whose reach*: the nearest evidence gives the answer; it reaches where one item of the
    nearest group reaches, or older evidence on that side behind which nothing until D says
    otherwise (a joining of 1950 still reaches when a list of 1970 repeats it). Else a list
    that agrees would make an answer less certain.
14. *Contradictory on one side*: `disputed` where one item reaches, else `possible`.
15. *"Told apart in time"*: some list that says yes overlaps none that says otherwise. A
    `disputed` and a `no` remain `disputed`.
16. *A disputed place* is carried backward as a yes is: eight years, and over no founding.
17. *Several founding dates*: two `founded` that differ at all. A yes is carried over one
    that begins no later than the evidence and has a day after D. This also stops the yes
    that a leaving says of the time before it.
18. *An event inside D and another only overlapping*: `yes`. One only overlapping decides
    (`possible`) even where a list elsewhere in D would say yes: rule 2 comes first. But
    "was it a member at some time in D" is answered where days of D lie behind a joining, or
    before a leaving, whenever that was: `yes`.
19. *Undated or merely bounded joinings and leavings* say nothing.
20. *Beyond the reach is an answer* ("possible"), so rule 6 is not asked any more, with
    the one exception of 5.
21. *Undated lists, edges*: whole D from the first day of `not_before` to ten years after the
    last of `not_after`; where D begins earlier, whatever it says is `possible`; where D ends
    later, it is `possible`. Several that differ: `disputed`.
22. *"That they contradict"* holds where the record has a dated list. An undated list does
    not contradict where its bounds put it wholly on the far side of the evidence from
    which the answer is carried; else it does, inside its bounds or not, and whether the
    answer comes from a list or an event. Nor does it where a joining after D, or a
    leaving before it, explains it: the list may be of the time beyond.
23. *"Two dated lists on its side agree"*: at least two that lie after D and say of the State
    what is carried backward.
24. *"If it had left"*: anything of the body says that the State was in it before D.
25. *Asked as last known, the body is asked as last known, too.* Rule 7 is for members only.
26. *Last known, undated lists* have no upper bound any more. Founding's no by itself does
    not count as dated evidence that speaks of the State. They still contradict.
27. *"Ever named"*: in the list or the `disputed` of any claim of any property.
28. *A `members` claim with `from` and `until`* holds in all of that time; with one of them, on
    that date. A `status` with them: until the end of `until`, else on the date of `from`.
29. *29 February* plus ten years is 28 February.
30. *`unknown` stays* under the body's no: rule 7 names yes, possible and disputed only.
31. *"Never carried forward on its own"* holds inside D, too: founding's no overlaps a D that
    ends by the day of founding; of one that goes on, it stands before it.
32. *A no of lists that overlap D* is only `possible` where a list dated `a/b` that says
    otherwise may be of a day of D: else a narrower date inside would say yes.
33. *Several dates of `ended`*: the latest day counts, as a source still has it alive then.
34. *A no of lists holds on the days of D that they leave* where rule 1, 2, 4 or 5 says no of that
    day; rule 6 is not asked. What else speaks of such a day is part of what the answer rests on.
35. *Distance* is counted to the nearest of the evidence that decides; a list that shares a day
    with D, a joining, a leaving or rule 1 is at none. An undated list is at no known distance.
    Rule 7 takes that of the body's answer.
36. *A later closing* is one whose last day comes after the first of the opening; a later joining
    begins after it, as a State joins before it is suspended. On that last day it is closed.
37. *Both are told*: the closing of a standing that holds in D is told where its date has begun by
    the end of D.
38. *An opening of an effect that holds already* is not told: the first says since when. Of two
    that begin on one day, the first of the data counts.
39. *Any later event closes contested*, but for one that says again that it is contested.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

Claim = Mapping[str, Any]
Record = Mapping[str, Any]

EVER = range(1, date.max.toordinal() + 1)

DATA_DATE = "2026-11-24"


class Evidence(NamedTuple):
    """What one claim says of one State in one capacity.

    Attributes:
        claim: The claim itself.
        text: Its date, as written.
        days: The days of that date.
        moment: Whether it was true at one unknown moment in these days (`a/b`).
        earlier: What it says of the time before it: yes, no or disputed.
        later: What it says of the time after it. A list says the same of both.
    """

    claim: Claim
    text: str
    days: range
    moment: bool
    earlier: str
    later: str

    @property
    def is_event(self) -> bool:
        """Whether it is a joining or leaving."""
        return self.claim["property"] in ("member_joined", "member_left")

    @property
    def is_founding_no(self) -> bool:
        """Whether it is the no of `founding_participants`."""
        return self.claim["property"] == "founding_participants" and self.later == "no"


class Question(NamedTuple):
    """What is asked: of which record and State, in which capacity, for which days."""

    record: Record
    state: str
    capacity: str
    days: range
    last_known: bool
    since: str | None


class Found(NamedTuple):
    """An answer, its basis, the evidence that it rests on, the body's answer that decided it."""

    answer: str
    basis: str | None
    rests_on: tuple[Evidence, ...] = ()
    by_body: "Found | None" = None


# Days.


def prefix_days(text: str) -> range:
    """The days of a prefix date: all of a year or month, or the one day."""
    numbers = [int(part) for part in text.split("-")]
    year = numbers[0]
    month_first, month_last = (numbers[1], numbers[1]) if len(numbers) > 1 else (1, 12)
    if len(numbers) > 2:
        day_first = day_last = numbers[2]
    else:
        day_first, day_last = 1, calendar.monthrange(year, month_last)[1]
    first = date(year, month_first, day_first).toordinal()
    last = date(year, month_last, day_last).toordinal()
    return range(first, last + 1)


@cache
def days_of(text: str) -> range:
    """The days of a date; of two, from the first day of one to the last of the later."""
    parts = [prefix_days(part) for part in text.split("/")]
    return range(parts[0][0], max(part[-1] for part in parts) + 1)


def overlap(one: range, other: range) -> bool:
    """Whether the two have a day in common."""
    return max(one[0], other[0]) <= min(one[-1], other[-1])


def inside(inner: range, outer: range) -> bool:
    """Whether every day of one is a day of the other."""
    return outer[0] <= inner[0] and inner[-1] <= outer[-1]


def years_on(day: int, years: int) -> int:
    """That day so many years later (or earlier), 28 February for a 29th (29)."""
    start = date.fromordinal(day)
    year = start.year + years
    if year > date.max.year:
        return date.max.toordinal()
    if year < 1:
        return 1
    last = calendar.monthrange(year, start.month)[1]
    return date(year, start.month, min(start.day, last)).toordinal()


# What claims say.


def claims_of(record: Record, *properties: str) -> list[Claim]:
    """The claims of a record with one of these properties."""
    return [claim for claim in record["claims"] if claim["property"] in properties]


def date_of(claim: Claim) -> tuple[str, range, bool] | None:
    """Date of a claim as text, days, and whether it is one moment in them; None: undated (28)."""
    if "as_of" in claim:
        return claim["as_of"], days_of(claim["as_of"]), "/" in claim["as_of"]
    start, end = claim.get("from"), claim.get("until")
    if start and end:
        return f"{start}/{end}", days_of(f"{start}/{end}"), False
    one = start or end
    return (one, days_of(one), "/" in one) if one else None


def word_of_list(claim: Claim, state: str) -> str | None:
    """Disputed of those it marks, yes of those in it, no of others if it is complete."""
    if state in claim.get("disputed", ()):
        return "disputed"
    if state in claim["value"]:
        return "yes"
    return "no" if claim.get("complete") else None


def dated_lists(record: Record, capacity: str) -> list[Claim]:
    """The dated claims of the capacity: "dated list" on the page."""
    return [claim for claim in claims_of(record, capacity) if date_of(claim)]


def founding_dates(record: Record) -> list[range]:
    """All different dates of `founded`, earliest first."""
    texts = {claim["value"] for claim in claims_of(record, "founded")}
    return sorted((days_of(text) for text in texts), key=lambda days: (days[0], days[-1]))


def evidence_of_lists(record: Record, state: str, capacity: str) -> Iterator[Evidence]:
    """A list of the capacity says its word of the time before, in and after it."""
    for claim in claims_of(record, capacity):
        when, word = date_of(claim), word_of_list(claim, state)
        if when and word:
            yield Evidence(claim, *when, earlier=word, later=word)


def evidence_of_others(record: Record, state: str, capacity: str) -> Iterator[Evidence]:
    """Dated observers are no members, and members no observers; of others they say nothing."""
    for claim in claims_of(record, "observers" if capacity == "members" else "members"):
        when = date_of(claim)
        if when and state in claim["value"] and state not in claim.get("disputed", ()):
            yield Evidence(claim, *when, earlier="no", later="no")


def evidence_of_founding(record: Record, state: str) -> Iterator[Evidence]:
    """Founding participants are a list of the day of founding (3)."""
    for claim in claims_of(record, "founding_participants"):
        when, word = date_of(claim), word_of_list(claim, state)
        founded = claims_of(record, "founded")
        if when is None and founded:
            text = min((c["value"] for c in founded), key=lambda t: (days_of(t)[0], days_of(t)[-1]))
            when = text, days_of(text), len(days_of(text)) > 1
        if when and word:
            yield Evidence(claim, *when, earlier=word, later=word)


def evidence_of_events(record: Record, state: str) -> Iterator[Evidence]:
    """A joining says no before it and yes after it; a leaving the reverse."""
    words = {"member_joined": ("no", "yes"), "member_left": ("yes", "no")}
    for claim in claims_of(record, *words):
        if state in claim["value"] and "as_of" in claim:
            earlier, later = words[claim["property"]]
            text = claim["as_of"]
            yield Evidence(claim, text, days_of(text), "/" in text, earlier, later)


def named_that_day(record: Record, state: str, days: range) -> bool:
    """Whether a members list or joining that may be of that day names the State (4)."""
    for claim in claims_of(record, "members", "member_joined"):
        when = date_of(claim)
        if (
            when
            and overlap(when[1], days)
            and state in (*claim["value"], *claim.get("disputed", ()))
        ):
            return True
    return False


def all_claims(record: Record, state: str, capacity: str) -> list[Evidence]:
    """What each claim by itself says of the State."""
    found = list(evidence_of_lists(record, state, capacity))
    if capacity in ("members", "observers"):
        found += evidence_of_others(record, state, capacity)
    if capacity == "members":
        found += [*evidence_of_founding(record, state), *evidence_of_events(record, state)]
    return found


def all_evidence(record: Record, state: str, capacity: str) -> list[Evidence]:
    """All that speaks of the State, without what an event or the same day silences."""
    found = all_claims(record, state, capacity)
    events = [item for item in found if item.is_event]
    return [
        item
        for item in found
        if item.is_event
        or (
            not any(overlap(item.days, event.days) for event in events)
            and not (item.is_founding_no and named_that_day(record, state, item.days))
        )
    ]


# Rule 1: not yet.


def day_of_founding(record: Record) -> int | None:
    """The first day of the earliest founding; of the participants' list, if it is inside."""
    founded = founding_dates(record)
    if not founded:
        return None
    firsts = [founded[0][0]]
    for claim in claims_of(record, "founding_participants"):
        when = date_of(claim)
        if when and inside(when[1], founded[0]):
            firsts.append(when[1][0])
    return firsts[0] if len(firsts) == 1 else min(firsts[1:])


def before_founding(question: Question) -> bool:
    """D ends before the founding."""
    day = day_of_founding(question.record)
    return day is not None and question.days[-1] < day


def before_the_state(question: Question) -> bool:
    """D ends before the State is one, and no claim places it there before that day (6)."""
    if question.since is None:
        return False
    since = days_of(question.since)[0]
    placed = any(
        item.days[-1] < since and (item.is_event or item.later in ("yes", "disputed"))
        for item in all_claims(question.record, question.state, question.capacity)
    )
    return question.days[-1] < since and not placed


def no_later_than_status(question: Question, *statuses: str) -> bool:
    """D ends no later than the date of a status that is one of these."""
    for claim in claims_of(question.record, "status"):
        when = date_of(claim)
        if when and claim["value"] in statuses and question.days[-1] <= when[1][-1]:
            return True
    return False


def after_the_end(question: Question) -> bool:
    """D begins after `ended`; of several, after the latest (33)."""
    ends = [days_of(claim["value"])[-1] for claim in claims_of(question.record, "ended")]
    return bool(ends) and question.days[0] > max(ends)


def not_yet(question: Question) -> Found | None:
    """Rule 1: no before the founding, the State, the launch, and after the end."""
    if (
        before_founding(question)
        or before_the_state(question)
        or no_later_than_status(question, "not yet launched")
        or after_the_end(question)
    ):
        return Found("no", None)
    return None


def not_yet_formal(question: Question, found: Found) -> Found:
    """Rule 1, end: before it was formalised a yes counts only from a list or event in D."""
    doubtful = found.answer == "yes" and found.basis not in ("listed", "event")
    if doubtful and no_later_than_status(question, "not yet formalised", "in preparation"):
        return found._replace(answer="possible")
    return found


# Rules 2 and 3: in D itself.


def joining_and_leaving(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """Rule 2: an event inside D makes it a member for part of D; one overlapping, perhaps.

    Alone, it does so for certain where days of D lie on its side of yes, and no list that may
    be of D says otherwise (18).
    """
    events = [item for item in evidence if item.is_event and overlap(item.days, question.days)]
    within = [item for item in events if inside(item.days, question.days)]
    if within:
        return Found("yes", "event", tuple(within))
    if not events:
        return None
    against = [
        item
        for item in evidence
        if not item.is_event and item.later != "yes" and overlap(item.days, question.days)
    ]
    if len(events) == 1 and not against:
        (event,) = events
        days = question.days
        after = event.later == "yes" and any(day > event.days[-1] for day in days)
        before = event.earlier == "yes" and any(day < event.days[0] for day in days)
        if after or before:
            return Found("yes", "event", (event,))
    return Found("possible", "event", tuple(events))


def told_apart(lists: Sequence[Evidence]) -> bool:
    """Some list that says yes is of a day of which none says otherwise (15)."""
    return any(
        one.later == "yes"
        and not any(overlap(one.days, other.days) for other in lists if other.later != "yes")
        for one in lists
    )


def list_overlaps(item: Evidence, days: range) -> bool:
    """A list overlaps D if they share a day; one dated a/b only if D contains it.

    Founding's no is not carried on its own into days of D after the founding (31).
    """
    if item.is_founding_no and days[-1] > item.days[-1]:
        return False
    return inside(item.days, days) if item.moment else overlap(item.days, days)


def listed(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """Rule 3: what the lists that overlap D say."""
    lists = [i for i in evidence if not i.is_event and list_overlaps(i, question.days)]
    words = {item.later for item in lists}
    if not words:
        return None
    may_be = [
        item
        for item in evidence
        if not item.is_event
        and item.later != "no"
        and overlap(item.days, question.days)
        and item not in lists
    ]
    if words == {"no"} and may_be:
        return Found("possible", "listed", tuple(lists + may_be))
    if words == {"no"} and (others := around_other_days(question, evidence, lists)):
        return Found("possible", "listed", (*lists, *others))
    if len(words) == 1:
        return Found(words.pop(), "listed", tuple(lists))
    if "yes" in words and told_apart(lists):
        return Found("yes", "listed", tuple(lists))
    return Found("disputed", "listed", tuple(lists))


def around_other_days(
    question: Question, evidence: Sequence[Evidence], lists: Sequence[Evidence]
) -> list[Evidence]:
    """What stands around the days of D that are in no list, where they are not no (34)."""
    around: list[Evidence] = []
    for day in question.days:
        one = question._replace(days=range(day, day + 1))
        if any(list_overlaps(item, one.days) for item in lists) or not_yet(one):
            continue
        found = between(one, evidence) or reached(one, evidence)
        if found is None or found.answer != "no":
            around += before(one, evidence) + after(one, evidence)
    return around


# Rules 4 and 5: on the sides of D. They are asked only when nothing overlaps D but lists
# dated a/b that D does not contain.


def before(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of the earlier side: nearest to D, and whatever overlaps that (11, 12)."""
    start, end = question.days[0], question.days[-1]
    wholly = [item for item in evidence if item.days[-1] < start]
    nearest = max((item.days[-1] for item in wholly), default=None)
    near = [item for item in wholly if item.days[-1] == nearest]
    group = [item for item in wholly if any(overlap(item.days, other.days) for other in near)]
    partly = [item for item in evidence if overlap(item.days, question.days)]
    sticking = [item for item in partly if item.days[0] < start and item.moment]
    around = [item for item in partly if item.moment and inside(question.days, item.days)]
    founding = [i for i in partly if i.is_founding_no and not i.moment and i.days[-1] < end]
    return group + [item for item in partly if item in sticking + around + founding]


def after(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of the later side: nearest to D, and whatever overlaps that (11, 12)."""
    end = question.days[-1]
    wholly = [item for item in evidence if item.days[0] > end]
    nearest = min((item.days[0] for item in wholly), default=None)
    near = [item for item in wholly if item.days[0] == nearest]
    group = [item for item in wholly if any(overlap(item.days, other.days) for other in near)]
    partly = [item for item in evidence if overlap(item.days, question.days) and item.moment]
    sticking = [item for item in partly if item.days[-1] > end]
    around = [item for item in partly if inside(question.days, item.days)]
    return group + [item for item in partly if item in sticking + around]


def between(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """Rule 4: the evidence before D and after it agrees, or the answer is possible."""
    earlier, later = before(question, evidence), after(question, evidence)
    if not earlier or not later:
        return None
    words = {item.later for item in earlier} | {item.earlier for item in later}
    rests_on = tuple(earlier + [item for item in later if item not in earlier])
    return Found(words.pop() if len(words) == 1 else "possible", "between", rests_on)


def number_of_members(claim: Claim) -> int | None:
    """How many members there were by the list, if it tells (10)."""
    if claim["property"] not in ("members", "founding_participants"):
        return None
    return len(claim["value"]) if claim.get("complete") else claim.get("stated_total")


def proofs(record: Record, item: Evidence) -> list[int]:
    """The last day of each proof that a list still held: itself, a count, a status (9)."""
    days = [item.days[-1]]
    for claim in claims_of(record, "members_count", "status"):
        when = date_of(claim)
        if when is None or when[1][0] <= item.days[-1]:
            continue
        same_number = claim["property"] == "members_count" and claim["value"] == number_of_members(
            item.claim
        )
        stated_active = claim["value"] == "active" and not claim.get("derived")
        if same_number or stated_active:
            days.append(when[1][-1])
    return days


def reaches_forward(question: Question, item: Evidence) -> bool:
    """Ten years from the last proof, at most twenty from the list; events for ever."""
    if item.is_founding_no:
        return False
    if item.is_event or question.last_known:
        return True
    ten = years_on(max(proofs(question.record, item)), 10)
    twenty = years_on(item.days[-1], 20)
    return question.days[-1] <= min(ten, twenty)


def over_a_founding(question: Question, item: Evidence) -> bool:
    """Whether one of several founding dates lies between D and the evidence (17)."""
    founded = founding_dates(question.record)
    return len(founded) > 1 and any(
        days[0] <= item.days[0] and days[-1] > question.days[-1] for days in founded
    )


def reaches_backward(question: Question, item: Evidence) -> bool:
    """A yes eight years and over no founding, a no ten; events for ever."""
    if item.earlier != "no" and over_a_founding(question, item):
        return False
    if item.is_event:
        return True
    years = 10 if item.earlier == "no" else 8
    return question.days[0] >= years_on(item.days[0], -years)


def unbroken_before(
    question: Question, evidence: Sequence[Evidence], words: set[str]
) -> list[Evidence]:
    """Evidence of the earlier side that says the same, and nothing since says otherwise (13)."""
    side = [item for item in evidence if item.days[0] < question.days[0]]
    others = [item.days[-1] for item in side if {item.later} != words]
    return [item for item in side if all(day < item.days[0] for day in others)]


def unbroken_after(
    question: Question, evidence: Sequence[Evidence], words: set[str]
) -> list[Evidence]:
    """Evidence of the later side that says the same, and nothing until it says otherwise (13)."""
    side = [item for item in evidence if item.days[-1] > question.days[-1]]
    others = [item.days[0] for item in side if {item.earlier} != words]
    return [item for item in side if all(day > item.days[-1] for day in others)]


def reached(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """Rule 5: evidence on one side only, as far as it reaches."""
    earlier, later = before(question, evidence), after(question, evidence)
    if bool(earlier) == bool(later):
        return None
    if earlier and all(item.is_founding_no for item in earlier):
        return None
    group = earlier or later
    words = {item.later for item in earlier} | {item.earlier for item in later}
    if earlier:
        reaching = group + unbroken_before(question, evidence, words)
        within_reach = any(reaches_forward(question, item) for item in reaching)
    else:
        reaching = group + unbroken_after(question, evidence, words)
        within_reach = any(reaches_backward(question, item) for item in reaching)
    if not within_reach:
        return Found("possible", "carried", tuple(group))
    return Found(words.pop() if len(words) == 1 else "disputed", "carried", tuple(group))


def carried(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """Rule 5, less what an undated list contradicts."""
    found = reached(question, evidence)
    backward = not before(question, evidence)
    return found and weakened(question, evidence, found, backward=backward)


def founding_no_alone(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """What is left of rule 5 where rule 6 is silent: a no that does not reach (5)."""
    earlier = before(question, evidence)
    return Found("possible", "carried", tuple(earlier)) if earlier else None


# Rule 6: undated lists.


def undated_lists(record: Record, capacity: str) -> list[Claim]:
    """The lists of the capacity that have no date."""
    return [claim for claim in claims_of(record, capacity) if date_of(claim) is None]


def bounds(claim: Claim) -> range:
    """The days on which an undated list can have been true."""
    first = days_of(claim["not_before"])[0] if claim.get("not_before") else EVER[0]
    last = days_of(claim["not_after"])[-1] if claim.get("not_after") else EVER[-1]
    return range(first, last + 1)


def weakened(
    question: Question, evidence: Sequence[Evidence], found: Found, *, backward: bool
) -> Found:
    """Rule 6, second half: a carried answer that an undated list contradicts is possible."""
    if found.answer not in ("yes", "no") or not dated_lists(question.record, question.capacity):
        return found
    agreeing = [
        item
        for item in evidence
        if item.claim["property"] == question.capacity
        and item.days[0] > question.days[-1]
        and item.earlier == found.answer
    ]
    if len(agreeing) >= 2:
        return found
    for claim in undated_lists(question.record, question.capacity):
        word = word_of_list(claim, question.state)
        if word in (None, found.answer) or explained(question, evidence, word):
            continue
        if not beyond(claim, found, backward=backward):
            return found._replace(answer="possible")
    return found


def explained(question: Question, evidence: Sequence[Evidence], word: str) -> bool:
    """Whether the undated list may be of the time beyond a joining or leaving (22)."""
    return any(
        item.is_event
        and (
            (item.days[0] > question.days[-1] and item.later == word)
            or (item.days[-1] < question.days[0] and item.earlier == word)
        )
        for item in evidence
    )


def beyond(claim: Claim, found: Found, *, backward: bool) -> bool:
    """Whether an undated list lies behind the evidence, seen from D (22)."""
    if backward:
        return bounds(claim)[0] > max(item.days[-1] for item in found.rests_on)
    return bounds(claim)[-1] < min(item.days[0] for item in found.rests_on)


def word_of_undated(question: Question, claim: Claim) -> str | None:
    """Its word inside its bounds and ten years on; before them nothing more than possible."""
    word, span = word_of_list(claim, question.state), bounds(claim)
    if word is None:
        return None
    if question.days[0] < span[0]:
        return "possible"
    in_reach = question.last_known or question.days[-1] <= years_on(span[-1], 10)
    return word if in_reach else "possible"


def undated(question: Question, evidence: Sequence[Evidence]) -> Found | None:
    """Rule 6, first half: undated lists where there is no dated one (26: or as last known)."""
    if dated_lists(question.record, question.capacity):
        spoken_of = any(not item.is_founding_no for item in evidence)
        if spoken_of or not question.last_known:
            return None
    claims = undated_lists(question.record, question.capacity)
    words = {word for claim in claims if (word := word_of_undated(question, claim))}
    certain = words - {"possible"}
    if not words:
        return None
    if not certain:
        return Found("possible", "undated")
    return Found(certain.pop() if len(certain) == 1 else "disputed", "undated")


# Rules 7 and 8.


def was_there_before(body: Record, question: Question) -> bool:
    """Whether anything of the body says that the State was in it before D (24)."""
    for item in all_evidence(body, question.state, "members"):
        event_past = item.is_event and item.days[-1] < question.days[0]
        listed_past = not item.is_event and item.days[0] < question.days[0]
        if event_past or (listed_past and item.later == "yes"):
            return True
    return False


def by_the_body(question: Question, body: Record | None, found: Found) -> Found:
    """Rule 7: who is not in the body cannot be in the process, unless a list in D says so."""
    if body is None or question.capacity != "members":
        return found
    if not claims_of(question.record, "membership_of"):
        return found
    if found.answer not in ("yes", "possible", "disputed") or found.basis == "listed":
        return found
    told = answer_of(question._replace(record=body), None)
    if told.answer != "no":
        return found
    word = "possible" if was_there_before(body, question) else "no"
    return Found(word, None, found.rests_on, told)


def ever_named(record: Record, state: str) -> bool:
    """Whether any claim of the record names the State (27)."""
    return any(
        (isinstance(claim["value"], list | tuple) and state in claim["value"])
        or state in claim.get("disputed", ())
        for claim in record["claims"]
    )


def unknown(question: Question, found: Found | None) -> Found:
    """Rule 8: nothing, or merely possible of a State that was never named."""
    if found is None:
        return Found("unknown", None)
    if found.answer == "possible" and not ever_named(question.record, question.state):
        return Found("unknown", None)
    return found


def in_part(question: Question, body: Record | None, found: Found) -> Found | None:
    """A yes of the first day or the last, where what is carried does not reach all days (7)."""
    if found.answer not in ("possible", "disputed"):
        return None
    if found.basis not in ("between", "carried", "undated"):
        return None
    if question.last_known or len(question.days) == 1:
        return None
    for day in (question.days[0], question.days[-1]):
        part = answer_of(question._replace(days=range(day, day + 1)), body)
        if part.answer == "yes":
            return part
    return None


def answer_of(question: Question, body: Record | None) -> Found:
    """Rules 1 to 6 in order, the first that answers; then 7; then 8."""
    evidence = all_evidence(question.record, question.state, question.capacity)
    rules = (
        joining_and_leaving,
        listed,
        between,
        carried,
        undated,
        founding_no_alone,
    )
    found = not_yet(question)
    for rule in rules:
        if found is None:
            found = rule(question, evidence)
    if found:
        found = not_yet_formal(question, found)
        found = in_part(question, body, found) or by_the_body(question, body, found)
    return unknown(question, found)


def ask(
    record: Record,
    state: str,
    asked: str | None,
    *,
    capacity: str = "members",
    since: str | None = None,
    body: Record | None = None,
    data_date: str = DATA_DATE,
) -> tuple[Question, Found]:
    """Ask the oracle and keep what the answer rests on.

    Args:
        record: A dict with `claims`, each with the keys of its TOML.
        state: Alpha-3 code of the State.
        asked: The date D, `today` or `now`; None for last known.
        capacity: Property that is asked about, such as `members` or `observers`.
        since: Day from which the State is one of its own; None where that is long ago.
        body: The record that `membership_of` names; None where there is none.
        data_date: The date of the data.
    """
    text = data_date if asked in (None, "today", "now") else asked
    question = Question(record, state, capacity, days_of(str(text)), asked is None, since)
    return question, answer_of(question, body)


def oracle(
    record: Record, state: str, asked: str | None, **circumstances: Any
) -> tuple[str, str | None, int | None]:
    """Answer (yes, possible, disputed, no, unknown), basis if it has one, distance in years.

    It is asked as `ask` is.
    """
    question, found = ask(record, state, asked, **circumstances)
    return found.answer, found.basis, distance_of(question, found)


def whole_years(first: int, last: int) -> int:
    """How many times a year has passed from one day to a later one."""
    years = 0
    while years_on(first, years + 1) <= last:
        years += 1
    return years


def distance_of(question: Question, found: Found) -> int | None:
    """Whole years from D to the nearest of what decides; None where that is not known (35)."""
    if found.by_body is not None:
        return distance_of(question, found.by_body)
    if found.answer == "unknown" or found.basis == "undated":
        return None
    if found.basis in (None, "listed", "event"):
        return 0
    start, end = question.days[0], question.days[-1]
    gaps = [
        0
        if item.is_event or overlap(item.days, question.days)
        else whole_years(item.days[-1], start)
        if item.days[-1] < start
        else whole_years(end, item.days[0])
        for item in found.rests_on
    ]
    return min(gaps)


# Standing.

CLOSED_BY = {
    "suspended": ("reinstated", "returned"),
    "absent": ("reinstated", "returned"),
    "not-invited": ("reinstated", "returned"),
    "excluded": ("reinstated", "returned"),
    "withdrawal-announced": ("withdrawal-revoked",),
    "contested": None,
}
"""The effects that open a standing, and those that close it; None: any event does."""


def closes(claim: Claim, opening: Claim, state: str) -> bool:
    """Whether a claim ends a standing of the State that another has opened (36)."""
    if "as_of" not in claim or claim is opening:
        return False
    starts = days_of(opening["as_of"])[0]
    days = days_of(claim["as_of"])
    if claim["property"] == "member_joined":
        return state in claim["value"] and days[0] > starts
    if claim["property"] == "member_left":
        return state in claim["value"] and days[-1] > starts
    if claim["property"] != "membership_event" or "about" in claim:
        return False
    if state not in claim.get("states", ()) or days[-1] <= starts:
        return False
    closers = CLOSED_BY[opening["effect"]]
    if closers is None:
        return bool(claim.get("effect") != opening["effect"])
    return claim.get("effect") in closers


def holds_on(record: Record, opening: Claim, state: str, day: int) -> bool:
    """From the first day of the opening until the last day of the first later closing."""
    if day < days_of(opening["as_of"])[0]:
        return False
    return not any(
        closes(claim, opening, state) and days_of(claim["as_of"])[-1] <= day
        for claim in record["claims"]
    )


def opened_before(record: Record, other: Claim, opening: Claim, state: str) -> bool:
    """Whether another opening of the same effect holds on the first day of one (38)."""
    if other is opening or other["effect"] != opening["effect"]:
        return False
    first, day = days_of(other["as_of"])[0], days_of(opening["as_of"])[0]
    is_first = next(c for c in record["claims"] if c is other or c is opening) is other
    earlier = first < day or (first == day and is_first)
    return earlier and holds_on(record, other, state, day)


def oracle_standing(
    record: Record, state: str, asked: str | None, data_date: str = DATA_DATE
) -> list[tuple[str, str]]:
    """Effect and date of all that holds on some day of D, and of what closes it in D (37, 38)."""
    days = days_of(str(data_date if asked in (None, "today", "now") else asked))
    told: set[tuple[str, str]] = set()
    openings = [
        claim
        for claim in claims_of(record, "membership_event")
        if claim.get("effect") in CLOSED_BY
        and "as_of" in claim
        and "about" not in claim
        and state in claim["states"]
    ]
    for opening in openings:
        if not any(holds_on(record, opening, state, day) for day in days):
            continue
        if any(opened_before(record, other, opening, state) for other in openings):
            continue
        told.add((opening["effect"], opening["as_of"]))
        closings = [claim for claim in record["claims"] if closes(claim, opening, state)]
        for claim in closings:
            last = days_of(claim["as_of"])[-1]
            first = all(days_of(other["as_of"])[-1] >= last for other in closings)
            if (
                first
                and days_of(claim["as_of"])[0] <= days[-1]
                and claim.get("effect") in ("reinstated", "returned", "withdrawal-revoked")
            ):
                told.add((claim["effect"], claim["as_of"]))
    return sorted(told, key=lambda each: (days_of(each[1])[0], days_of(each[1])[-1], each[0]))
