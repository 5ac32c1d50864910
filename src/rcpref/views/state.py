"""`rcpref state`: what a State takes part in at a date, and where it cannot be said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, chairs
from rcpref.answers.membership.answer import CERTAIN, COUNTED, NO, UNKNOWN, Answer
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import member_at, states_named
from rcpref.answers.time import AsOf
from rcpref.answers.values import last_active, not_seen_since
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.fields import Fields
from rcpref.model import MEMBER_KINDS
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Facts, Gap, Grid, Heading, Prose, Row, Span, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import ROLE, sources_of
from rcpref.views.summary import (
    cell_of,
    leaving_of,
    short_line,
    split_by_answer,
    standing_spans,
    undated_line,
)
from rcpref.views.words import (
    CAPACITY_WORDS,
    CHAIR,
    MEMBER,
    asked_for,
    date_words,
    joined_spans,
    month_of,
    together,
)
from rcpref.wording import Part, Why, in_words

if TYPE_CHECKING:
    from rcpref.model.countries import Country


class Role(Fields):
    record: Record
    capacity: str  # in words: member, observer, chair
    state: str
    answer: Answer
    territory: str = ""  # its name, where it is a territory that is told with another State
    last_seen_active: str | None = None


def state(
    data: Data,
    country: Country,
    as_of: str | None,
    wanted: Sequence[str],
) -> Report:
    asked = asked_for(data, as_of)
    code = country.alpha3
    naming = data.plain.records_naming(code)
    parts, _ = split_by_answer(_of_territories(data, code, asked), COUNTED)

    @cache
    def everywhere() -> list[Role]:
        """Also where no claim names the State, and it is no member for certain or unknown."""
        return [
            role
            for role in roles_of(data, code, asked)
            if role.answer.answer != UNKNOWN or not _elsewhere(data, role.record, country)
        ]

    def dated(roles: Iterable[Role]) -> list[Role]:
        return [each._replace(last_seen_active=last_active(data, each.record.id)) for each in roles]

    def left() -> list[Role]:
        return dated(split_by_answer([*everywhere(), *parts], wanted)[1])

    some = set(wanted) <= set(COUNTED)
    roles = roles_of(data, code, asked, naming) if some else everywhere()
    shown, others = split_by_answer([*roles, *parts], wanted)
    query = {
        "command": "state",
        "state": code,
        "as_of": asked.text,
        "answers": list(wanted),
    }
    report = report_of(data, query, ROLE, dated(shown), asked=asked, others=left)
    # What is unknown is listed only if it is asked for.
    named = [(_label(role), role.answer) for role in others]
    line = short_line(each for each in named if each[1].answer != UNKNOWN)
    if not shown and not line:
        line = _nothing(country, asked, date_words(data, asked), left())
    report.notice(together(line, undated_line(role.answer for role in shown)))
    report.blocks = lambda marks: _blocks(report, country, everywhere(), parts, marks)
    return report


def _of_territories(data: Data, code: str, asked: AsOf) -> list[Role]:
    """The roles of territories that a source lists separately, with the name of the State."""
    return [
        role._replace(territory=data.plain.state_name(each))
        for each in data.plain.territories.get(code, ())
        for role in roles_of(data, each, asked, data.plain.records_naming(each))
    ]


def _nothing(country: Country, asked: AsOf, when: str, left: Sequence[Role]) -> str:
    if any(role.answer.answer == UNKNOWN for role in left):
        return f"nothing certain {when}; --answer all shows what is unknown"
    return f"nothing {when}: {country.name} is {_nowhere(country, asked)}"


def _nowhere(country: Country, asked: AsOf, people: bool = False) -> str:
    if country.since and asked.date.before(parse(country.since)):
        return in_words([Part("state-since", (country.since,))], people)
    return "in none of the processes, bodies and organizations here"


def _label(role: Role) -> str:
    """A role in one word: the record, the capacity unless member, the territory if one."""
    capacity = role.capacity if role.capacity != MEMBER else ""
    about = ", ".join(filter(None, [capacity, role.territory]))
    return f"{role.record.id} ({about})" if about else role.record.id


def roles_of(
    data: Data, code: str, asked: AsOf, among: Collection[str] | None = None
) -> Iterator[Role]:
    """What a State is in each record: a member or not, and whatever else."""
    records = data.document["records"]
    keys = [key for key in records if among is None or key in among]
    for kind in (*MEMBER_KINDS, "forum"):
        for key in keys:
            if records[key]["kind"] == kind:
                yield from _in_record(data, data.records[key], code, asked)


def _in_record(data: Data, record: Record, code: str, asked: AsOf) -> Iterator[Role]:
    if record.kind != "forum":
        yield Role(record, MEMBER, code, member_at(data, record, code, asked))
    named = data.plain.records_naming(code).get(record.id, ())
    for key in CAPACITIES[1:]:
        if key in named:
            answer = member_at(data, record, code, asked, key)
            if answer.answer in COUNTED:
                yield Role(record, CAPACITY_WORDS[key], code, answer)
    chaired = "chair" in named and record.kind in CHAIR_KINDS
    for holder in chairs(record, asked) if chaired else ():
        if code in holder.states:
            found = (holder.answer, holder.basis, holder.why, holder.rests_on, holder.last_known)
            yield Role(record, CHAIR, code, Answer(*found))


def _elsewhere(data: Data, record: Record, country: Country) -> bool:
    """Whether all States that a record names as members lie on other continents."""
    named = states_named(record)
    return bool(named) and all(
        data.countries[code].region != country.region for code in named if code in data.countries
    )


def _blocks(
    report: Report, country: Country, roles: Sequence[Role], parts: Sequence[Role], marks: Marks
) -> list[Block]:
    data = report.data
    assert report.asked is not None
    certain, others = split_by_answer(roles, CERTAIN)
    no, others = split_by_answer(others, (NO,))
    unknown, uncertain = split_by_answer(others, (UNKNOWN,))
    when = date_words(data, report.asked)
    counts, silent = _processes(data, certain, report.asked)
    blocks: list[Block] = [Heading(f"{country.name} {when}{counts and f': {counts}'}", 1)]
    if silent:
        blocks += [Gap(), quiet(f"Not seen active for years: {silent}.")]
    nowhere = _nowhere(country, report.asked, people=True)
    none = "Nothing certain." if others or parts or not roles else f"Nothing: it is {nowhere}."
    blocks += [_grid(report, certain, marks)] if certain else [Gap(), quiet(none)]
    if uncertain:
        blocks += [Heading("Not certain"), _grid(report, uncertain, marks, "answer")]
    blocks += _left(no, marks)
    if parts:
        blocks.append(Heading(f"Listed separately, printed with {country.name}"))
        blocks += _parts(parts, marks)
    if unknown and UNKNOWN in report.query["answers"]:
        blocks += [Heading("Membership unknown"), *_unknown(unknown)]
    return blocks


def _processes(data: Data, certain: Sequence[Role], asked: AsOf) -> tuple[str, str]:
    """In how many processes it is a member, and which of them were not seen active for years."""
    member = [r for r in certain if r.capacity == MEMBER and r.record.kind == "process"]
    seen = {r.record.short_name: not_seen_since(data, r.record.id, asked) for r in member}
    silent = [f"{name} (last seen {month_of(day)})" for name, day in seen.items() if day]
    if not member:
        return "", ""
    counts = []
    if lives := len(seen) - len(silent):
        counts.append(f"{lives} {'process' if lives == 1 else 'processes'}")
    if silent:
        counts.append(f"{len(silent)} not seen active for years")
    return f"member of {', and '.join(counts)}", ", ".join(silent)


def _grid(report: Report, roles: Sequence[Role], marks: Marks, *more: str) -> Grid:
    """A row for each role; where all are those of a member, that needs no column."""

    def cells(role: Role) -> Row:
        found = role.answer
        return {"reason": cell_of(found.why, found.rests_on, found.standing, marks)}

    capacity = ["capacity"] if any(role.capacity != MEMBER for role in roles) else []
    report.people = ["short_name", *capacity, *more, "reason", "id"]
    return report.table(marks, roles, cells)


def _left(roles: Iterable[Role], marks: Marks) -> list[Block]:
    """What it has left; and events on it where it is no member."""
    left: list[tuple[str, list[Span], str]] = []
    others: list[tuple[str, list[Span], str]] = []
    for role in roles:
        name, standing = role.record.short_name, standing_spans(role.answer.standing, marks)
        if claim := leaving_of(role.answer):
            of = "" if claim.record == role.record.id else claim.record
            body = f" {marks.data.records[of].short_name}" if of else ""
            spans = [
                Span(f"left{body} {parse(str(claim.as_of)).moment}"),
                *marks.spans([claim.source]),
            ]
            left.append((name, joined_spans([spans, standing]), ""))
        elif standing:
            others.append((name, standing, ""))
    found = (("Left", left), ("Not a member, but named in an event", others))
    return [Facts(heading, lines) for heading, lines in found if lines]


def _parts(parts: Sequence[Role], marks: Marks) -> list[Block]:
    """How sources print the territories, and what each takes part in."""
    printed: dict[str, Block] = {}
    bullets: list[Block] = []
    for role in parts:
        raw, found = marks.data.document["countries"][role.state], role.answer
        name = role.territory
        reason = in_words(found.why, people=True)
        line = f"{name}: {role.record.short_name}, {role.capacity}: {found.answer}, {reason}"
        spans = [Span(line), *marks.spans(sources_of(found.rests_on))]
        bullets.append(Prose(spans, bullet=True))
        mark = marks.spans([raw["listed_source"]])
        note = [Span(f"{name} in"), *mark, Span(f": {raw['listed_note']}.")]
        printed.setdefault(role.state, quiet(note))
    return [*printed.values(), *bullets]


def _unknown(roles: Sequence[Role]) -> list[Block]:
    reasons: dict[Why, list[str]] = {}
    for role in roles:
        reasons.setdefault(role.answer.why, []).append(role.record.short_name)
    bullets: list[Block] = []
    for why, names in reasons.items():
        reason = Span(in_words(why, people=True), "quiet")
        bullets.append(Prose([Span(f"{', '.join(names)}: "), reason], bullet=True))
    return bullets
