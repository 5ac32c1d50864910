"""`rcpref members` and `map`: who takes part in a process or body, in a table or a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from rcpref.answers.membership.answer import CERTAIN, LISTED, NO, POSSIBLE, YES, Answer
from rcpref.answers.membership.evidence import MEMBERS, OBSERVERS, OTHER_CAPACITIES
from rcpref.answers.membership.members import members_at, not_at_work
from rcpref.answers.time import AsOf, at_date
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import NotFound
from rcpref.fields import Fields
from rcpref.model import CLOSED_BY, EVENT
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import (
    Block,
    Drawing,
    FactLine,
    Facts,
    Gap,
    Grid,
    Heading,
    Item,
    Prose,
    Row,
    Span,
    joined,
    quiet,
)
from rcpref.report.marks import Marks, short_source
from rcpref.report.report import Report, sentence
from rcpref.views.items import item_of, report_of
from rcpref.views.shapes import MAPPED, OBSERVER, PARTY, sources_of
from rcpref.views.summary import (
    NO_WHOLE_LIST,
    Summary,
    basis_of,
    cell_of,
    counted,
    short_line,
    split_by_answer,
    summary,
    uncertain_line,
    undated_line,
    with_article,
    without_whole_list,
)
from rcpref.views.words import (
    CAPACITY_WORDS,
    asked_for,
    claim_date,
    date_words,
    first_day,
    from_sources,
    in_order_of_names,
    together,
)
from rcpref.wording import Part, Why, clauses, in_words


class Party(Fields):
    id: str  # alpha-3 code; of an organization its name
    name: str
    answer: Answer


def parties_in(data: Data, record: Record, asked: AsOf, capacity: str = MEMBERS) -> list[Party]:
    found = members_at(data, record, asked, capacity)
    return [Party(code, data.plain.state_name(code), answer) for code, answer in found.items()]


class _Found(Fields):
    record: Record
    asked: AsOf
    wanted: Sequence[str]
    capacity: str
    why: bool
    shown: Sequence[Party]
    left: Sequence[Party]
    whole: Summary | None  # None where there are no States
    roles: Mapping[str, Sequence[Party]]  # who takes part for certain in another capacity

    @property
    def none(self) -> bool:
        """Whether it is known that there are none."""
        answers = {party.answer.answer for party in self.left}
        return not self.shown and answers == {NO}


def members(
    data: Data,
    record: Record,
    as_of: str | None,
    wanted: Sequence[str],
    capacity: str = MEMBERS,
    why: bool = False,
) -> Report:
    """With `why`, people read in each row what its answer rests on."""
    asked, observers = asked_for(data, as_of), capacity == OBSERVERS
    every = parties_in(data, record, asked, capacity)
    every += _organizations(record, asked) if observers else ()
    if not every:
        what = "observers" if observers else "list of members"
        hint = f"rcpref show {record.id} has what is known of those who take part"
        known = f"{'are' if observers else 'is'} known"
        raise NotFound(f"no {what} of {record.short_name} {known}", "" if observers else hint)
    countries = data.document["countries"]
    states = {party.id: party.answer for party in every if party.id in countries}
    whole = summary(data, record, asked, states, capacity) if states else None
    certain = {code for code, answer in states.items() if answer.certain}
    roles = other_roles(data, record, asked, certain) if capacity == MEMBERS else {}
    split = split_by_answer(every, wanted)
    found = _Found(record, asked, wanted, capacity, why, *split, whole, roles)
    query = {
        "command": "members",
        "record": record.id,
        "as_of": asked.text,
        "answers": list(wanted),
        **({"observers": True} if observers else {}),
    }
    shape = OBSERVER if observers else PARTY
    report = report_of(data, query, shape, found.shown, asked=asked, others=found.left)
    if whole is not None:
        item = partial(item_of, PARTY)
        items = {key: [*map(item, group)] for key, group in roles.items()}
        report.summary = {**whole.item(), "beside": items}
    answer = ["answer"] if wanted != CERTAIN else []
    report.people = ["name", "id", *answer, *(["basis"] if why else []), "reason"]
    line = short_line([(party.id, party.answer) for party in found.left], no=not found.shown)
    undated = undated_line(party.answer for party in found.shown)
    report.notice(together(*_remarks(found, line, undated), *_in_heading(found)))
    report.blocks = lambda marks: _blocks(report, found, marks)
    return report


def _organizations(record: Record, asked: AsOf) -> Iterator[Party]:
    """Observers that are no States: only sources of the date make them certain."""
    early = not_at_work(record, asked)
    named = at_date(record.claims_of("observer_organizations"), asked.date, "texts")
    for claim in named.claims:
        dated = Part("named", (str(claim.as_of or claim.until or claim.from_),))
        why = (dated if claim.date else Part("named-undated"),)
        certain = asked.last_known or (named.how == "at" and bool(claim.date))
        answer = Answer(YES if certain else POSSIBLE, LISTED, why, (claim,), claim.date or None)
        for name in claim.values:
            yield Party(name, name, answer if early is None else early)


def other_roles(
    data: Data,
    record: Record,
    asked: AsOf,
    certain: Collection[str],
    capacities: Sequence[str] = OTHER_CAPACITIES,
) -> dict[str, list[Party]]:
    """Who takes part in another capacity, for certain, by the capacity."""
    found: dict[str, list[Party]] = {}
    for key in capacities:
        parties = parties_in(data, record, asked, key)
        others = [each for each in parties if each.answer.certain and each.id not in certain]
        found |= {key: others} if others else {}
    return found


def _remarks(found: _Found, not_certain: str, undated: str, people: bool = False) -> list[str]:
    if found.capacity == OBSERVERS:
        early = None if found.shown else not_at_work(found.record, found.asked)
        line = f"no observers: {in_words(early.why, people)}" if early is not None else not_certain
        return [line] if line else []
    if found.none and found.wanted == CERTAIN:
        return []
    lines = [not_certain]
    if not not_certain and not found.shown:
        lines = ["no State has this answer"]
    if found.capacity == MEMBERS:
        lines.append(undated)
    if without_whole_list([found.record]) and not found.none:
        lines.append(NO_WHOLE_LIST)
    return [line for line in lines if line]


def _in_heading(found: _Found) -> list[str]:
    """What people read in the heading, as a notice for programs."""
    whole = found.whole
    if found.capacity == OBSERVERS or whole is None:
        return []
    if found.none:
        parts = [part for part in whole.heading_parts if part.code != "none-because"]
        return [f"no members: {in_words(parts)}"]
    return [in_words(whole.against.parts)] if found.shown and whole.against else []


def _blocks(report: Report, found: _Found, marks: Marks) -> list[Block]:
    # Who chose the columns gets each of them whole.
    shared = _shared([] if found.why or report.chosen else found.shown)
    title, unsaid = _title(found, shared, marks)
    blocks: list[Block] = [Heading(title, 1)]
    if unsaid:
        end = "." if shared.by_all else ", unless a row says otherwise."
        spans = [Span(unsaid), *marks.spans(sources_of(shared.claims)), Span(end)]
        blocks += [Gap(), Prose(spans)]
    if found.shown:
        blocks.append(_table(report, found, shared, marks, [title, unsaid]))
    named = [(party.name, party.answer) for party in in_order_of_names(found.left)]
    line = uncertain_line(named, no=not found.shown)
    # As last known the heading has how many are undated.
    undated = "" if found.asked.last_known else undated_line(each.answer for each in found.shown)
    if remarks := _remarks(found, line, undated, people=True):
        doubtful = found.capacity == OBSERVERS or (found.shown and found.left)
        text = "; ".join(remarks)
        blocks += [Gap(), quiet(f"Not certain: {text}." if doubtful else sentence(text))]
    if found.roles:
        lines = []
        for key, group in found.roles.items():
            names = ", ".join(party.name for party in in_order_of_names(group))
            claims = (claim for party in group for claim in party.answer.rests_on)
            count = marks.behind(counted(len(group)), sources_of(claims))
            lines.append((report.data.label_of(key), [Span(names)], count))
        blocks.append(Facts("Other roles", lines))
    if found.capacity == MEMBERS:
        in_rows = {each.claim for party in found.shown for each in party.answer.standing}
        blocks += _events(found.record, found.asked, in_rows, marks)
    return blocks


class _Shared(Fields):
    """The reason that most rows share: it is said once, above them."""

    why: Why = ()
    claims: Collection[Claim] = ()
    by_all: bool = False


def _shared(parties: Sequence[Party]) -> _Shared:
    """A part of the reason that all rows share; else the whole reason that most have."""
    answers = [party.answer for party in parties]
    usual = Counter(clause for each in answers for clause in clauses(each.why)).most_common(1)
    if not usual or usual[0][1] < len(answers):
        usual = Counter(answer.why for answer in answers).most_common(1)
    if not usual or usual[0][1] < _SOME or usual[0][1] * 2 <= len(answers):
        return _Shared()
    why = usual[0][0]
    having = [each for each in answers if {*clauses(why)} <= {*clauses(each.why)}]
    # Where it is all of a reason, what that rests on; else what all of these rest on.
    whole = {claim: None for each in having if each.why == why for claim in each.rests_on}
    in_all = set(having[0].rests_on).intersection(*(each.rests_on for each in having))
    claims = whole or [claim for claim in having[0].rests_on if claim in in_all]
    return _Shared(why, list(claims), len(having) == len(answers))


_SOME = 2  # so many rows have a reason in common, at the least


def _table(
    report: Report, found: _Found, shared: _Shared, marks: Marks, above: Sequence[str]
) -> Grid:
    """A row for each State, then one for each organization, which has no code."""
    countries = report.data.document["countries"]
    ordered = in_order_of_names(found.shown)
    ordered.sort(key=lambda party: party.id not in countries)
    shared_clauses, shared_claims = {*clauses(shared.why)}, {*shared.claims}
    listed = bool(shared.why) and shared.why[0].code == "last-listed"

    def cells(party: Party) -> Row:
        answer, own = party.answer, clauses(party.answer.why)
        claims: Iterable[Claim] = answer.rests_on
        if shared.why and shared_clauses <= {*own}:
            own = [clause for clause in own if clause not in shared_clauses]
            claims = [claim for claim in claims if claim not in shared_claims]
        elif listed and shared_claims <= {*claims}:
            # It is in the list that the others are in, and in one more.
            own = [clause for clause in own if clause[0].code != "in-list"]
        parts = [part for clause in own for part in clause]
        reason = cell_of(parts, claims, answer.standing, marks)
        code = party.id if party.id in countries else ""
        return {"id": code, "basis": basis_of(answer), "reason": reason}

    grid = report.table(marks, ordered, cells)
    marks.explain([{"": tuple(above)}])
    if not shared.why:
        return grid
    # What is left needs no label, and no column where it is nothing.
    some = any(row["reason"] for row in grid.rows)
    columns = [each._replace(label="") if each.key == "reason" else each for each in grid.columns]
    return grid._replace(columns=columns if some else columns[:-1])


def _title(found: _Found, shared: _Shared, marks: Marks) -> tuple[str, str]:
    """The title with counts and age, and the shared reason if the title does not say it."""
    data = marks.data
    whom = "Observers" if found.capacity == OBSERVERS else "Members"
    title = f"{whom} of {with_article(found.record)}"
    when = f" {date_words(data, found.asked)}"
    reason = in_words(shared.why, people=True)
    unsaid = reason[:1].upper() + reason[1:]
    if found.whole is None:
        return f"{title}{when}", unsaid
    named = [party for party in (*found.shown, *found.left) if party.answer.certain]
    organizations = sum(party.id not in data.document["countries"] for party in named)
    heading = found.whole.heading_parts
    counts, *rest = [in_words(clause, people=True) for clause in clauses(heading)]
    rest = [clause for clause in rest if clause]
    title += f"{'' if found.asked.last_known else when}: {counts}"
    # A count goes by the list in which most of its rows are.
    if shared.why and _says(heading, shared.why):
        title, unsaid = marks.behind(title, sources_of(shared.claims)), ""
    if organizations:
        rest.append(f"{organizations} organization{'' if organizations == 1 else 's'}")
    asleep = any(part.code in ("dormant", "dormant-since") for part in heading)
    if not (found.none or asleep):
        from rcpref.answers.values import not_seen_since

        if seen := not_seen_since(data, found.record.id, found.asked):
            rest.append(f"last seen active {parse(seen).words}")
    return joined([marks.behind(each, ()) for each in (title, *rest)]), unsaid


_SAID_BY = {
    "last-listed": ("by-list", "some-by-list"),
    "in-undated": ("all-undated", "some-undated"),
    "joined": ("last-joined",),
}
"""The codes of a heading that say what a reason says."""


def _says(heading: Why, reason: Why) -> bool:
    """Whether a heading says a reason already."""
    said = {(part.code, part.dates) for part in heading}
    for part in reason:
        codes = _SAID_BY.get(part.code, (part.code,))
        if not any((code, part.dates) in said for code in codes):
            return False
    return True


def _events(record: Record, asked: AsOf, in_rows: Collection[Claim], marks: Marks) -> list[Block]:
    """Events that change no answer: suspensions that are over, contested exits."""
    found = at_date(record.claims_of(EVENT), asked.date, "event").claims
    lines: list[FactLine] = []
    for claim in sorted((each for each in found if each not in in_rows), key=first_day):
        of, words = claim.about, str(claim.value)
        english = marks.data.document["records"][of]["short_name"] if of else ""
        if of and not words.startswith(f"{english}:"):
            words = f"{marks.data.records[of].short_name}: {words}"
        when = claim_date(marks.data, claim) if claim.date else "undated"
        lines.append((when, [Span(words)], marks.behind("", (claim.source,))))
    return [Facts("Related events (not counted in the answer)", lines)] if lines else []


# `rcpref map` ------------------------------------------------------------------------

_FEW = 4  # so many sources are named below a map


class Drawn(Fields):
    """A map in characters, its signs with meanings and States, and lines below it."""

    drawing: Drawing
    legend: Sequence[tuple[Span, str, Sequence[Party]]]
    remarks: Sequence[str]


def mapped(
    data: Data,
    record: Record,
    as_of: str | None,
    capacity: str,
    draw: Callable[[Sequence[Party]], Drawn],
) -> Report:
    asked = asked_for(data, as_of)
    parties = parties_in(data, record, asked, capacity)
    if not parties:
        words = CAPACITY_WORDS[capacity]
        whom = "invited States" if words == "invited" else f"{words}s"
        raise NotFound(
            f"no {whom} of {record.short_name} are known: there is nothing to draw",
            f"rcpref show {record.id} has what is known of those who take part",
        )
    query = {"command": "map", "record": record.id, "as_of": asked.text, "capacity": capacity}
    report = report_of(data, query, MAPPED, parties, asked=asked)
    # Members need be no States: territories are counted beside them.
    whom = "Members" if capacity == MEMBERS else data.label_of(capacity)
    title = f"{whom} of {with_article(record)} {date_words(data, asked)}"
    remarks = [NO_WHOLE_LIST] if capacity == MEMBERS and without_whole_list([record]) else []
    remarks += _standing_lines(parties)
    answers = {party.id: party.answer for party in parties}
    whole = summary(data, record, asked, answers, capacity)
    report.heading = in_words(whole.heading_parts, people=True)
    report.summary = {
        **whole.item(),
        "title": title,
        "name": record.name if record.name != record.short_name else "",
        "beside": list(map(sentence, remarks)),
        **_origin(data, record, parties, capacity),
    }

    def blocks(_: Marks) -> list[Block]:
        drawn = draw(parties)
        heading = Heading(f"{title}: {report.heading}", 1)
        if report.chosen:
            return [heading, report.grid()]
        found: list[Block] = [heading, Gap(), drawn.drawing, Gap()]
        for sign, words, group in drawn.legend:
            names = ", ".join(party.name for party in group)
            lead = [sign, Span(" ")] if sign.text else []
            found.append(Prose([*lead, Span(f"{words} ({len(group)}): ", "strong"), Span(names)]))
        lines = [*report.summary["beside"], *drawn.remarks]
        origin, which = report.summary["origin"], report.summary["which"]
        return [*found, Gap(), *map(quiet, lines), quiet(origin, which and f" {which}")]

    report.blocks = blocks
    return report


def _standing_lines(parties: Sequence[Party]) -> list[str]:
    """The States with a standing, by what it is: "suspended: Mali, Niger"."""
    names: dict[str, list[str]] = {effect: [] for effect in CLOSED_BY}
    for party in in_order_of_names(parties):
        for effect in dict.fromkeys(each.effect for each in party.answer.standing):
            if effect in names:
                names[effect].append(party.name)
    return [
        f"{effect.replace('-', ' ')}: {', '.join(found)}"
        for effect, found in names.items()
        if found
    ]


def _origin(data: Data, record: Record, parties: Sequence[Party], capacity: str) -> Item:
    """A line with the sources of the answers, or with their number and what names them."""
    answers = [party.answer for party in parties]
    rests_on = [claim for found in answers for claim in found.rests_on]
    rests_on += [each.claim for found in answers for each in found.standing]
    keys = sources_of(rests_on)
    # Several pages of one publisher without a date are called the same.
    named = Counter(short_source(data, key) for key in keys)
    words = [f"{name} ({times} of them)" if times > 1 else name for name, times in named.items()]
    if len(named) <= _FEW:
        return {"origin": f"{from_sources(keys, words)}.", "which": ""}
    option = " --observers" if capacity == OBSERVERS else ""
    which = f"rcpref members {record.id}{option} says which."
    return {"origin": f"{from_sources(keys)}.", "which": which}
