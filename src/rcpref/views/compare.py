"""What records share, what changes between two dates, what sources disagree about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcpref.answers.comparison import (
    SHARED,
    SOME,
    UNCERTAIN,
    Compared,
    MemberChange,
    compared,
    dates_of,
    is_explained,
)
from rcpref.answers.comparison import changes as changes_of
from rcpref.answers.disputes import Dispute, disputes_in
from rcpref.answers.membership.answer import OPEN
from rcpref.answers.membership.evidence import CAPACITIES, JOINED
from rcpref.answers.time import AsOf
from rcpref.answers.values import shown_value
from rcpref.data.dataset import Data
from rcpref.dates import Interval, newest, parse
from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import (
    Block,
    Column,
    FactLine,
    Facts,
    Gap,
    Grid,
    Heading,
    Item,
    Prose,
    Row,
    Span,
    quiet,
)
from rcpref.report.marks import Marks
from rcpref.report.report import Report, sentence
from rcpref.spelling import key_of
from rcpref.views.items import item_of, report_of
from rcpref.views.members import other_roles
from rcpref.views.shapes import CHANGE, COMPARED, DISPUTE, DISPUTED, TERM, sources_of
from rcpref.views.summary import (
    IN_JSON,
    both_counts,
    cell_of,
    dormant_line,
    incomplete_line,
    standing_spans,
)
from rcpref.views.words import (
    CAPACITY_WORDS,
    asked_for,
    claim_date,
    date_words,
    in_order_of_names,
    together,
)
from rcpref.wording import Part, Why, in_words, listed


def compare(data: Data, records: Sequence[Record], as_of: str | None) -> Report:
    records = list(dict.fromkeys(records))
    asked = asked_for(data, as_of)
    every = compared(data, records, asked)
    groups = (SHARED, SOME, *(f"only {record.id}" for record in records))
    certain = [each for group in groups for each in _where(every, group)]
    uncertain = _where(every, UNCERTAIN)
    query = {
        "command": "compare",
        "records": [record.id for record in records],
        "as_of": asked.text,
    }
    columns = COMPARED.columns(*map(_column, records))
    report = report_of(data, query, COMPARED, certain, columns, asked=asked, others=uncertain)
    line = f"{len(uncertain)} uncertain ({IN_JSON})" if uncertain else ""
    if not uncertain and not certain:
        reasons = {answer.reason for each in every for answer in each.answers.values()}
        line = f"no members of any: {'; '.join(sorted(reasons))}"
    report.notice(together(line, *_remarks(records, asked)))
    ordered = in_order_of_names(every)
    report.blocks = lambda marks: _blocks(marks, records, asked, ordered)
    return report


def _remarks(records: Sequence[Record], asked: AsOf, people: bool = False) -> list[str]:
    return list(filter(None, [incomplete_line(records), dormant_line(records, asked, people)]))


def _seen(date: str) -> str:
    """When a list was made, for people."""
    when = parse(date)
    return when.moment if "/" in date else when.words


def _column(record: Record) -> Column:
    key = record.id
    return Column(key, record.short_name, cell=lambda each: str(each.answers[key].answer))


def _blocks(
    marks: Marks,
    records: Sequence[Record],
    asked: AsOf,
    every: Sequence[Compared],
) -> list[Block]:
    names = " and ".join(record.short_name for record in records)
    when = date_words(marks.data, asked)
    blocks: list[Block] = [Heading(f"{names} {when}", 1)]
    lines = []
    for record in records:
        answers = [each.answers[record.id] for each in every]
        certain = [answer for answer in answers if answer.certain]
        overlay = " (from your overlay)" if record.overlay else ""
        more = sum(answer.answer in OPEN for answer in answers)
        age = newest(answer.last_known for answer in certain)
        known = f"; newest evidence: {_seen(age)}" if asked.last_known and age else ""
        sources = sources_of(claim for answer in answers for claim in answer.rests_on)
        words = f"{both_counts(len(certain), more)}{known}"
        lines.append((record.short_name + overlay, [Span(words), *marks.spans(sources)], ""))
    blocks.append(Facts("", lines))
    blocks += [quiet(sentence(line)) for line in _remarks(records, asked, people=True)]
    shared, uncertain = _where(every, SHARED), _where(every, UNCERTAIN)
    whole = "In both" if len(records) == _BOTH else f"In all {len(records)}"
    blocks += _group(whole, shared) if shared else [Heading(f"{whole}: 0")]
    for count in range(len(records) - 1, 1, -1):
        some = [each for each in _where(every, SOME) if each.certain == count]
        blocks += _group(f"In {count} of {len(records)}", some, records)
    for record in records:
        blocks += _group(f"Only in {record.short_name}", _where(every, f"only {record.id}"))
    if len(records) > _BOTH:
        # With why for each of many, who is where would drown.
        blocks += _group("Uncertain", uncertain)
    elif uncertain:
        blocks.append(Heading(f"Uncertain: {len(uncertain)}"))
        for each in uncertain:
            named = [(record.short_name, each.answers[record.id]) for record in records]
            reasons = [
                f"{name}: {answer.answer} ({in_words(answer.why, people=True)})"
                for name, answer in named
            ]
            spans = [Span(f"{each.name} ({each.state}): "), Span("; ".join(reasons), "quiet")]
            blocks.append(Prose(spans, indent=2))
    standing = [
        (each.name, [Span(f"{record.short_name}: "), *standing_spans(found, marks)], "")
        for each in every
        for record in records
        if (found := each.answers[record.id].standing)
    ]
    blocks += [Facts("Standing", standing)] if standing else []
    roles = list(_other_roles(marks, records, asked, every))
    return [*blocks, *([Facts("Other roles of these States", roles)] if roles else [])]


def _other_roles(
    marks: Marks, records: Sequence[Record], asked: AsOf, every: Sequence[Compared]
) -> Iterator[FactLine]:
    """Members of one record that have another role in another: observers, for example."""
    names = {each.state: each.name for each in every if each.certain}
    for record in records:
        members = {each.state for each in every if each.answers[record.id].certain}
        roles = other_roles(marks.data, record, asked, members, CAPACITIES[1:])
        for key, parties in roles.items():
            if here := [party for party in parties if party.id in names]:
                claims = [claim for party in here for claim in party.answer.rests_on]
                who = ", ".join(sorted((names[party.id] for party in here), key=key_of))
                spans = [Span(f"{CAPACITY_WORDS[key]}: {who}"), *marks.spans(sources_of(claims))]
                yield record.short_name, spans, ""


_BOTH = 2  # so many records are compared in full; the comparison of more is short


def _where(every: Sequence[Compared], group: str) -> list[Compared]:
    return [each for each in every if each.where == group]


def _group(title: str, states: Sequence[Compared], records: Sequence[Record] = ()) -> list[Block]:
    """States under a heading; with records, grouped by those of which they are members."""
    groups: dict[str, list[str]] = {}
    for each in states:
        names = [record.short_name for record in records if each.answers[record.id].certain]
        groups.setdefault(", ".join(names), []).append(f"{each.name} ({each.state})")
    lines = [
        Prose([*([Span(f"{lead}: ", "name")] if lead else []), Span(", ".join(names))], indent=2)
        for lead, names in groups.items()
    ]
    return [Heading(f"{title}: {len(states)}"), *lines] if states else []


# `rcpref members --changes` -----------------------------------------------------------


def changes(data: Data, record: Record, first: str | None, second: str | None) -> Report:
    start, end = dates_of(data, record, first, second)
    found = list(changes_of(data, record, start, end))
    query = {"command": "members", "record": record.id, "changes": [start.text, end.text]}
    columns = CHANGE.columns(reason=lambda each: in_words(_change_reasons(start, end, each)))
    report = report_of(data, query, CHANGE, found, columns)
    answers = [] if all(map(is_explained, found)) else ["before", "after"]
    report.people = ["name", "change", *answers, "reason"]
    incomplete = incomplete_line([record])
    report.notice(incomplete)
    if not found:
        report.notices.append(f"no change is known between {start.text} and {end.text}")

    def blocks(marks: Marks) -> list[Block]:
        def cells(each: MemberChange) -> Row:
            answers = () if is_explained(each) else (*each.before.rests_on, *each.after.rests_on)
            claims = [*answers, *each.events]
            return {"reason": cell_of(_change_reasons(start, end, each), claims, (), marks)}

        title = f"{record.short_name}: changes between {start.words} and {end.words}"
        table = report.table(marks, in_order_of_names(found), cells)
        blocks: list[Block] = [Heading(title, 1)]
        blocks.append(table if found else quiet("No change is known."))
        return [*blocks, *([Gap(), quiet(f"{incomplete}.")] if incomplete else [])]

    report.blocks = blocks
    return report


def _change_reasons(start: Interval, end: Interval, change: MemberChange) -> Why:
    """The joinings and leavings that explain a change, with the reasons at both dates if not."""
    events = []
    for event in change.events:
        code = "joined" if event.property == JOINED else "left"
        events.append(Part(code, (str(event.as_of),)))
    if is_explained(change):
        return tuple(dict.fromkeys(events))
    parts = [Part("at", (start.text,)), *change.before.why]
    parts += [Part("at", (end.text,)), *change.after.why]
    parts += [part for part in dict.fromkeys(events) if part not in parts]
    return tuple(parts)


# Terms ------------------------------------------------------------------------------


class Defined(Fields):
    term: Record
    claim: Claim


def compare_terms(data: Data, terms: Sequence[Record]) -> Report:
    terms = list(dict.fromkeys(terms))
    if len(terms) < 2:
        raise UsageProblem("there is nothing to compare", "give two or more different terms")
    lines = [Defined(term, claim) for term in terms for claim in term.claims]
    query = {"command": "compare", "records": [term.id for term in terms]}
    report = report_of(data, query, TERM, lines)

    def blocks(marks: Marks) -> list[Block]:
        """A row for each property, a column for each term."""
        title = Heading(" and ".join(term.short_name for term in terms), 1)
        if report.chosen:
            return [title, report.grid()]
        columns = [Column(term.id, f"{term.name} ({term.short_name})") for term in terms]
        rows: list[Row] = []
        for key in dict.fromkeys(line.claim.property for line in lines):
            cells: dict[str, list[str]] = {term.id: [] for term in terms}
            for claim in (line.claim for line in lines if line.claim.property == key):
                about = "; ".join(filter(None, [claim.date, claim.note]))
                words = f"{'; '.join(claim.values)}{f' ({about})' if about else ''}"
                cells[claim.record].append(marks.behind(words, [claim.source]))
            values = {term: tuple(found) for term, found in cells.items()}
            rows.append({"property": data.label_of(key), **values})
        return [title, Grid([Column("property", "", style="name"), *columns], rows)]

    report.blocks = blocks
    return report


# Disputes ---------------------------------------------------------------------------


class Disputed(Fields):
    dispute: Dispute
    claim: Claim
    tier: str


class Contradiction(Fields):
    dispute: Dispute
    claims: Sequence[Disputed]


def disputes(data: Data, records: Sequence[Record]) -> Report:
    found = [each for record in records or data for each in disputes_in(record, data.type_of)]
    every = [
        Contradiction(each, [Disputed(each, c, data.sources[c.source].tier) for c in each.claims])
        for each in found
    ]
    query = {"command": "disputes", "names": [record.id for record in records]}

    def items() -> list[Item]:
        return [item_of(DISPUTE, each) for each in every]

    # One line a claim.
    lines = [claim for each in every for claim in each.claims]
    report = Report(data, query, DISPUTED.columns(), items, lines=lines)
    if not found:
        report.notices.append("no disagreement is known")

    def blocks(marks: Marks) -> list[Block]:
        blocks: list[Block] = [Heading(f"Where sources disagree: {len(found)}", 1)]
        for dispute, claims in ((each.dispute, each.claims) for each in every):
            label = data.label_of(dispute.property)
            heading = f"{data.records[dispute.record].short_name}: {label.lower()}"
            lines = []
            for claim, tier in ((each.claim, each.tier) for each in claims):
                note = [Span(f"Note: {claim.note}", "note")] if claim.note else []
                spans = [Span(shown_briefly(data, claim)), *note]
                remark = marks.behind(tier, (claim.source,))
                lines.append((claim_date(data, claim, iso=True), spans, remark))
            blocks += [
                Facts(heading, lines),
                Prose([Span(_differing(data, dispute), "strong")], indent=2),
            ]
        return blocks if found else [*blocks, Gap(), quiet("No disagreement is known.")]

    report.blocks = blocks
    return report


def _differing(data: Data, dispute: Dispute) -> str:
    """What differs, with the names of the States."""
    parts = []
    for part in dispute.why:
        if part.code == "editors-dispute":
            names = [data.plain.state_name(code) for code in part.extra.split(", ")]
            part = part._replace(extra=listed(names))
        parts.append(part)
    return in_words(parts, people=True)


_MOST_NAMES = 8  # so many States are named where sources disagree; of more there is the number


def shown_briefly(data: Data, claim: Claim) -> str:
    many = data.type_of(claim.property) == "states" and len(claim.values) > _MOST_NAMES
    return f"{len(claim.values)} States" if many else shown_value(data, claim)
