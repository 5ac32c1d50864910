"""`rcpref show --property`: the values of properties at a date, one item a line."""

from __future__ import annotations

from builtins import property as computed  # `Fact.property` is a field
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import product

from rcpref.answers.chair import CHAIR_KINDS, CHAIRS, chairs, next_chairs
from rcpref.answers.membership.answer import CERTAIN, UNDATED
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import outside_life
from rcpref.answers.suggestions import nearest
from rcpref.answers.time import AsOf, happens, when
from rcpref.answers.values import (
    NOT_CONFIRMED,
    Value,
    answer_of,
    certain,
    chair_why,
    is_old,
    shown_value,
    value_at,
)
from rcpref.data.dataset import Data
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.fields import Fields
from rcpref.model import KINDS, LISTED
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Cell, Column, Facts, Gap, Heading, Item, Row, Span, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.items import claim_item, report_of
from rcpref.views.shapes import FACT
from rcpref.views.summary import (
    IN_JSON,
    NO_WHOLE_LIST,
    cell_of,
    short_line,
    uncertain_line,
    without_whole_list,
)
from rcpref.views.words import asked_for, claim_date, date_words, property_named, together
from rcpref.wording import Part, Why, in_words

_SELDOM = ("property", "note")
"""Columns that are not printed unasked where one property of one record is asked for."""

_SOMETIMES = ("name", "answer")  # columns that people read where something is in them


class Fact(Fields):
    record: str
    property: str
    value: Value
    plain: str | int
    name: str | None  # what people call a code or an id
    why: Why
    note: str | None

    @computed
    def reason(self) -> str:
        return in_words(self.why)


def properties_at(
    data: Data, records: Sequence[Record], names: Sequence[str], as_of: str | None
) -> Report:
    keys = properties_named(data, names)
    asked = asked_for(data, as_of)
    facts: list[Fact] = []
    uncertain: list[Fact] = []
    for record, key in product(records, keys):
        overtaken = _overtaken(record, asked) if key == "next_chair" else frozenset()
        for value in value_at(data, record, key, asked):
            certain = key not in CAPACITIES or value.answer in CERTAIN
            fact = _fact(data, record, key, value)
            later = value.claims and overtaken.issuperset(value.claims)
            if later or (key == "next_chair" and any(is_old(c, asked) for c in value.claims)):
                more = Part("later-chair" if later else "not-confirmed")
                fact = fact._replace(why=(*fact.why, more))
            (facts if certain else uncertain).append(fact)
    if not facts and not uncertain:
        raise _nothing(data, records, keys, asked)
    ids = [record.id for record in records]
    query = {"command": "show", "names": ids, "properties": list(keys), "as_of": asked.text}
    # Whose and which value stands in a row, where there are several.
    whose = ["id", "property"] if len(keys) > 1 else ["id"] if len(records) > 1 else []
    every = FACT.columns()
    first = [column._replace(room=0, style="id") for column in every if column.key in whose]
    columns = [*first, *(column for column in every if column.key not in whose)]

    # Only States that take part have a standing.
    seldom = _SELDOM if any(key in CAPACITIES for key in keys) else (*_SELDOM, "standing")
    shown = [each.key for each in columns if each.key in whose or each.key not in seldom]
    report = report_of(data, query, FACT, facts, columns, shown, asked, uncertain)
    following = _followers(records, asked) if "chair" in keys else {}
    found = {key: list(map(claim_item, claims)) for key, claims in following.items()}
    report.summary = {"next_chair": found} if found else {}
    sometimes = [c.key for c in every if c.key in _SOMETIMES and any(map(c.read, facts))]
    # The reason of an answer says in words what it rests on.
    sometimes += ["basis"] if any(fact.value.answer is None for fact in facts) else []
    report.people = [*whose, "value", *sometimes, "reason"]
    named = [(fact.value.item, answer_of(fact.value)) for fact in uncertain]
    incomplete = NO_WHOLE_LIST if "members" in keys and without_whole_list(records) else ""
    line = together(uncertain_line(named), incomplete)
    in_values = {(fact.record, fact.property) for fact in facts if fact.value.basis == UNDATED}
    undated = _undated(records, keys, in_values)
    short = together(short_line(named, IN_JSON), incomplete, *map(": ".join, undated))
    report.notice(short)
    for key, claims in following.items():
        states = ", ".join(f"{shown_value(data, c, short=True)} ({c.as_of})" for c in claims)
        report.notices.append(f"next chair of {data.records[key].short_name}: {states}")
    labels = ", ".join(label[:1].lower() + label[1:] for label in map(data.label_of, keys))
    when = "" if asked.last_known else f" {_time_words(data, keys, asked)}"
    led = asked.last_known and any(f.property in CHAIRS and f.value.answer for f in facts)
    known = "last known " if led else ""
    title = f"{_names(records)}: {known}{labels}{when}"
    report.blocks = lambda marks: _blocks(report, title, line, undated, following, marks)
    return report


def history_of(data: Data, records: Sequence[Record], names: Sequence[str]) -> Report:
    keys = properties_named(data, names)
    if not any(record.claims_of(key) for record in records for key in keys):
        raise _nothing(data, records, keys, asked_for(data, None))
    from rcpref.views.show import showing

    ids = [record.id for record in records]
    return showing(data, records, ids, history=True, properties=keys)


def properties_named(data: Data, names: Sequence[str]) -> list[str]:
    keys: dict[str, None] = {}
    for name in names:
        key = property_named(data, name)
        if key is None:
            near = nearest(name, ((known, known) for known in data.properties))
            hint = f"did you mean {', '.join(near)}?" if near else "rcpref list properties has all"
            raise UsageProblem(f"no property {echo(name)}", hint)
        keys[key] = None
    return list(keys)


def _fact(data: Data, record: Record, key: str, value: Value) -> Fact:
    plain: str | int = int(value.item) if data.type_of(key) == "integer" else value.item
    # An answer says itself what was inferred.
    inferred = value.answer is None and all(claim.derived for claim in value.claims)
    why = (*value.why, Part("derived")) if inferred else value.why
    notes = " ".join(dict.fromkeys(claim.note for claim in value.claims if claim.note)) or None
    # What people call a code or an id.
    name = data.records[value.item].short_name if value.item in data.records else None
    name = data.plain.state_name(value.item) if data.type_of(key) == "states" else name
    return Fact(record.id, key, value, plain, name, why, notes)


def _overtaken(record: Record, asked: AsOf) -> frozenset[Claim]:
    """The claims on the next chair that a later chair has overtaken."""
    holders = chairs(record, asked)
    if not any(when(claim) for holder in holders for claim in holder.rests_on):
        return frozenset()
    announced = (claim for claim in record.claims_of("next_chair") if claim.as_of)
    return frozenset(announced) - frozenset(next_chairs(record, holders))


def _names(records: Sequence[Record]) -> str:
    return ", ".join(record.short_name for record in records)


def _time_words(data: Data, keys: Sequence[str], asked: AsOf) -> str:
    """The date in words: events are shown up to it."""
    if asked.text and all(happens(key, data.type_of(key)) for key in keys):
        return f"up to {asked.date.words}"
    return date_words(data, asked)


def _nothing(data: Data, records: Sequence[Record], keys: Sequence[str], asked: AsOf) -> NotFound:
    for record in records:
        outside = outside_life(record, asked)
        if outside is not None:
            when = date_words(data, asked)
            ended = outside.rests_on[0].property == "ended"
            past = f"had ended {when}" if ended else f"was not yet founded {when}"
            return NotFound(
                f"{record.short_name} {past}: {in_words(outside.why, people=True)}",
                f"rcpref show {record.id} --history has all claims",
            )
    labels = " or ".join(data.label_of(key).lower() for key in keys)
    fitting = {kind for key in keys for kind in data.properties[key].kinds}
    if fitting.isdisjoint(record.kind for record in records):
        plurals = ", ".join(dict.fromkeys(LISTED[record.kind] for record in records))
        kinds = ", ".join(LISTED[kind] for kind in KINDS if kind in fitting)
        return NotFound(f"{labels} is not for {plurals}", f"it is for {kinds}")
    claimed = any(record.claims_of(key) for record in records for key in keys)
    when = f" {_time_words(data, keys, asked)}" if claimed and asked.text else ""
    history = f"rcpref show {records[0].id} -p {','.join(keys)} --history has all claims"
    history = history if claimed else ""
    if "chair" in keys:
        for (key, says), record in product(_INSTEAD.items(), reversed(records)):
            if record.claims_of(key):
                history = f"rcpref show {record.id} -p {key} {says}"
    return NotFound(
        f"nothing is known of the {labels} of {_names(records)}{when}",
        together(*map(": ".join, _undated(records, keys))) or history,
    )


_INSTEAD = {
    "next_chair": "says who was announced",
    "parent_body_chair": "shows the chair of its body",
    "chair_rule": "says who takes the chair",
}
"""What may be known where the chair is not, the best last, and what it says."""


def _undated(
    records: Sequence[Record], keys: Sequence[str], in_values: Collection[tuple[str, str]] = ()
) -> list[tuple[str, str]]:
    """Whom undated claims on a chair name, and the command that shows them, for each record."""
    lines = []
    for record, key in product(records, keys):
        changes = key in CHAIRS and record.kind in CHAIR_KINDS
        claims = [claim for claim in record.claims_of(key) if changes and not claim.date]
        states = sorted({code for claim in claims for code in claim.values})
        if states and (record.id, key) not in in_values:
            command = f"rcpref show {record.id} -p {key} --history"
            lines.append((f"undated claims name {', '.join(states)}", command))
    return lines


def _followers(records: Sequence[Record], asked: AsOf) -> dict[str, Sequence[Claim]]:
    """The claims on who follows the chair that is last known, by record."""
    found = {
        record.id: next_chairs(record, chairs(record, asked))
        for record in (records if asked.last_known else ())
        if record.kind in CHAIR_KINDS
    }
    return {key: claims for key, claims in found.items() if claims}


def _blocks(
    report: Report,
    title: str,
    line: str,
    undated: Sequence[tuple[str, str]],
    following: Mapping[str, Sequence[Claim]],
    marks: Marks,
) -> list[Block]:
    asked = report.asked
    assert asked is not None
    terms = asked.last_known and all(fact.property in CHAIRS for fact in report.lines)

    def cells(fact: Fact) -> Row:
        value = fact.value
        reason = cell_of(fact.why or (Part("undated"),), value.claims, value.standing, marks)
        row: dict[str, Cell] = {"basis": "" if value.answer else value.basis, "reason": reason}
        if asked.last_known and fact.property in CHAIRS and value.answer:
            # A "yes" would say that it is in the chair now.
            row["answer"] = in_words(chair_why(answer_of(value), asked), people=True)
        return row

    blocks: list[Block] = [Heading(title, 1)]
    if report.lines:
        grid = report.table(marks, report.lines, cells)
        columns = [
            each._replace(label="Term") if terms and each.key == "answer" else each
            for each in grid.columns
        ]
        blocks.append(grid._replace(columns=columns))
    blocks += [Gap()] if line or undated else []
    blocks += [quiet(f"Not certain: {line}.")] if line else []
    blocks += [quiet(f"Also, {words}", f": {hint}") for words, hint in undated]
    data = report.data
    announced = [
        (
            data.records[key].short_name,
            [
                Span(f"{shown_value(data, claim)} (announced {claim_date(data, claim)})"),
                *([Span(f"; {NOT_CONFIRMED}")] if is_old(claim, asked) else []),
            ],
            marks.behind("", (claim.source,)),
        )
        for key, claims in following.items()
        for claim in claims
    ]
    return [*blocks, *([Facts("Next chair", announced)] if announced else [])]


# Columns with the values of a property at a date --------------------------------------


class ValueColumn(Fields):
    """A column with the certain values of a property."""

    key: str
    column: Column
    values: Callable[[str], Sequence[Value]]  # all of them, by the id of the record
    part: bool = False  # whether they are only those that were asked for

    def claims(self, record: str) -> list[Claim]:
        return [claim for value in self.values(record) for claim in value.claims]


def value_column(data: Data, key: str, asked: AsOf) -> ValueColumn:
    @cache
    def values(record: str) -> list[Value]:
        return value_at(data, data.records[record], key, asked)

    return ValueColumn(key, column_of(data, key, values, asked), values)


def column_of(
    data: Data, key: str, values: Callable[[str], Sequence[Value]], as_of: AsOf
) -> Column:
    """The column of some values of a property, by the id of the record."""
    number = data.type_of(key) == "integer"
    aged = key in CHAIRS and as_of.last_known

    def cell(item: Item) -> Cell:
        if aged:
            # A chair of years ago must not look like one that runs.
            return tuple(
                f"{v.item} ({in_words(chair_why(answer_of(v), as_of))})" if v.answer else v.item
                for v in values(item["id"])
            )
        found = certain(values(item["id"]))
        # A number as a number, so that it is sorted by size.
        return int(found[0]) if number and len(found) == 1 else found

    return Column(key, data.label_of(key), cell=cell)
