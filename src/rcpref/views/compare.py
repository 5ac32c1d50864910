"""`rcpref compare`: shared and separate members of several records at a date."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.answers.comparison import SHARED, SOME, UNCERTAIN, Compared, compared
from rcpref.answers.membership.answer import OPEN
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.dates import newest
from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import (
    Block,
    Cell,
    Column,
    FactLine,
    Facts,
    Grid,
    Heading,
    Prose,
    Row,
    Span,
    quiet,
)
from rcpref.report.marks import Marks
from rcpref.report.report import Report, sentence
from rcpref.views.items import report_of
from rcpref.views.sentences import in_words, standing_spans
from rcpref.views.shapes import COMPARED, TERM, sources_of
from rcpref.views.summary import (
    IN_JSON,
    basis_words,
    both_counts,
    chosen_bases,
    dormant_line,
    incomplete_line,
)
from rcpref.views.words import asked_for, date_words, in_order_of_names, together


def compare(
    data: Data, records: Sequence[Record], as_of: str | None, bases: Sequence[str] = ()
) -> Report:
    """Shared and separate members of two or more records at a date."""
    records = list(dict.fromkeys(records))
    asked = asked_for(data, as_of)
    every = compared(data, records, asked, bases)
    groups = (SHARED, SOME, *(f"only {record.id}" for record in records))
    certain = [each for group in groups for each in _where(every, group)]
    uncertain = _where(every, UNCERTAIN)
    query = {
        "command": "compare",
        "records": [record.id for record in records],
        "as_of": asked.text,
        **chosen_bases(bases),
    }
    columns = COMPARED.columns(*map(_column, records))
    report = report_of(data, query, COMPARED, certain, columns)
    report.asked = asked
    report.uncertain = uncertain
    line = f"{len(uncertain)} uncertain ({IN_JSON})" if uncertain else ""
    if not uncertain and not certain:
        reasons = {answer.reason for each in every for answer in each.answers.values()}
        line = f"no members of any: {'; '.join(sorted(reasons))}"
    report.notice(together(line, *_beside(records, asked)))
    report.blocks = lambda: _blocks(data, records, asked, bases, in_order_of_names(every))
    return report


def _beside(records: Sequence[Record], asked: AsOf) -> list[str]:
    """What weakens a comparison of some records."""
    return list(filter(None, [incomplete_line(records), dormant_line(records, asked)]))


def _column(record: Record) -> Column:
    key = record.id
    return Column(key, record.short_name, cell=lambda each: str(each.answers[key].answer))


def _blocks(
    data: Data,
    records: Sequence[Record],
    asked: AsOf,
    bases: Sequence[str],
    every: Sequence[Compared],
) -> list[Block]:
    marks = Marks(data)
    names = " and ".join(record.short_name for record in records)
    blocks: list[Block] = [Heading(f"{names} {date_words(data, asked)}{basis_words(bases)}", 1)]
    lines: list[tuple[str, Sequence[Span], str]] = []
    for record in records:
        own = [each.answers[record.id] for each in every]
        certain = [answer for answer in own if answer.certain]
        beside = " (from your overlay)" if record.overlay else ""
        more = sum(answer.answer in OPEN for answer in own)
        age = newest(answer.last_known for answer in certain)
        known = f"; newest evidence: {in_words(age)}" if asked.last_known and age else ""
        sources = sources_of(claim for answer in own for claim in answer.rests_on)
        words = f"{both_counts(len(certain), more)}{known}"
        lines.append((record.short_name + beside, [Span(words), *marks.spans(sources)], ""))
    blocks.append(Facts("", lines))
    blocks += [quiet(sentence(in_words(line))) for line in _beside(records, asked)]
    shared, uncertain = _where(every, SHARED), _where(every, UNCERTAIN)
    blocks += _group("In all", shared) if shared else [Heading("In all: 0")]
    for count in range(len(records) - 1, 1, -1):
        some = [each for each in _where(every, SOME) if each.certain == count]
        blocks += _some(f"In {count} of {len(records)}", some, records)
    for record in records:
        blocks += _group(f"Only in {record.short_name}", _where(every, f"only {record.id}"))
    if len(records) > _BOTH:
        # With why for each of many, who is where would drown.
        blocks += _group("Uncertain", uncertain)
    elif uncertain:
        blocks.append(Heading(f"Uncertain: {len(uncertain)}"))
        blocks += [_with_answers(each, records) for each in uncertain]
    return [*blocks, *_standing(every, records, marks), *marks.block()]


def _standing(every: Sequence[Compared], records: Sequence[Record], marks: Marks) -> list[Block]:
    """What else is true of a State in one of the records: suspended, absent, about to leave."""
    lines: list[FactLine] = []
    for each in every:
        for record in records:
            if standing := each.answers[record.id].standing:
                spans = [Span(f"{record.short_name}: "), *standing_spans(standing, marks)]
                lines.append((each.name, spans, ""))
    return [Facts("Standing", lines)] if lines else []


_BOTH = 2  # so many records are compared in full; the comparison of more is short


def _where(every: Sequence[Compared], group: str) -> list[Compared]:
    return [each for each in every if each.where == group]


def _group(title: str, states: Sequence[Compared]) -> list[Block]:
    if not states:
        return []
    return [Heading(f"{title}: {len(states)}"), Prose([Span(_listed(states))], indent=2)]


def _some(title: str, states: Sequence[Compared], records: Sequence[Record]) -> list[Block]:
    groups: dict[str, list[Compared]] = {}
    for each in states:
        own = [record.short_name for record in records if each.answers[record.id].certain]
        groups.setdefault(", ".join(own), []).append(each)
    return [
        *([Heading(f"{title}: {len(states)}")] if states else []),
        *(
            Prose([Span(f"{names}: ", "name"), Span(_listed(found))], indent=2)
            for names, found in groups.items()
        ),
    ]


def _listed(states: Sequence[Compared]) -> str:
    return ", ".join(f"{each.name} ({each.state})" for each in states)


def _with_answers(state: Compared, records: Sequence[Record]) -> Prose:
    """A State of which one answer is not certain, with all of its answers."""
    answers = [(record.short_name, state.answers[record.id]) for record in records]
    words = "; ".join(f"{name}: {each.answer} ({in_words(each.reason)})" for name, each in answers)
    return Prose([Span(f"{state.name} ({state.state}): "), Span(words, "quiet")], indent=2)


# Terms ------------------------------------------------------------------------------


class Defined(Fields):
    """What a claim says of a term."""

    term: Record
    claim: Claim


def compare_terms(data: Data, terms: Sequence[Record]) -> Report:
    """What the claims say of two or more terms, side by side."""
    terms = list(dict.fromkeys(terms))
    if len(terms) < 2:
        raise UsageProblem("there is nothing to compare", "give two or more different terms")
    lines = [Defined(term, claim) for term in terms for claim in term.claims]
    query = {"command": "compare", "records": [term.id for term in terms]}
    report = report_of(data, query, TERM, lines)
    report.blocks = lambda: _term_blocks(report, terms)
    return report


def _term_blocks(report: Report, terms: Sequence[Record]) -> list[Block]:
    """A row for each property, a column for each term."""
    title = Heading(" and ".join(term.short_name for term in terms), 1)
    if report.chosen:
        return [title, report.grid()]
    data, marks = report.data, Marks(report.data)
    columns = [Column(term.id, f"{term.name} ({term.short_name})") for term in terms]
    rows: list[Row] = []
    for key in dict.fromkeys(claim.property for term in terms for claim in term.claims):
        row: dict[str, Cell] = {"property": data.label_of(key)}
        for term in terms:
            cells = [marks.behind(_in_cell(c), [c.source]) for c in term.claims_of(key)]
            row[term.id] = tuple(cells)
        rows.append(row)
    return [title, Grid([Column("property", "", style="name"), *columns], rows), *marks.block()]


def _in_cell(claim: Claim) -> str:
    value, about = "; ".join(claim.values), "; ".join(filter(None, [claim.date, claim.note]))
    return f"{value} ({about})" if about else value
