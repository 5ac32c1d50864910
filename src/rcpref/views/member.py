"""`rcpref member`: whether a State is a member of a process or body, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.answers.membership.answer import NO, Answer
from rcpref.answers.membership.members import member_at
from rcpref.answers.time import AsOf
from rcpref.answers.values import not_seen_since
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.fields import Fields
from rcpref.model.countries import Country
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Heading, Prose, Span
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import MEMBERSHIP, sources_of
from rcpref.views.summary import age_of, sentence_of, standing_spans, with_article
from rcpref.views.words import asked_for, date_words

NOT_CERTAIN = 4
"""The exit code where an answer is neither yes nor no."""


class Member(Fields):
    """A State and a record, and whether it is a member of it."""

    country: Country
    record: Record
    answer: Answer


def member(
    data: Data, countries: Sequence[Country], records: Sequence[Record], as_of: str | None
) -> Report:
    """Whether each of some States is a member of each of some records."""
    asked = asked_for(data, as_of)
    found = [
        Member(country, record, member_at(data, record, country.alpha3, asked))
        for record in records
        for country in countries
    ]
    query = {
        "command": "member",
        "states": [country.alpha3 for country in countries],
        "records": [record.id for record in records],
        "as_of": asked.text,
    }
    report = report_of(data, query, MEMBERSHIP, found)
    report.asked = asked
    if any(each.answer.answer == NO for each in found):
        report.exit_code = 1
    elif not all(each.answer.certain for each in found):
        report.exit_code = NOT_CERTAIN

    def blocks(marks: Marks) -> list[Block]:
        title = [] if asked.last_known else [Heading(_capital(date_words(data, asked)), 1)]
        several = len(found) > 1
        return [
            *title,
            *(block for line in found for block in lines_of(line, asked, marks, several)),
        ]

    report.blocks = blocks
    return report


def answer_blocks(data: Data, country: Country, record: Record, asked: AsOf) -> list[Block]:
    """The answer by itself, without its sources: the pages of both follow it."""
    line = Member(country, record, member_at(data, record, country.alpha3, asked))
    return [
        block._replace(spans=[span for span in block.spans if span.style != "source"])
        for block in lines_of(line, asked, Marks(data))
    ]


def lines_of(line: Member, asked: AsOf, marks: Marks, named: bool = False) -> list[Prose]:
    """The answer with its reason, and what else is true of the State."""
    found = line.answer
    words = sentence_of(line.country.name, with_article(marks.data, line.record), found)
    if age := age_of(found, asked):
        words += f" ({age})"
    lead = f"{line.country.name}, {line.record.short_name}: " if named else ""
    spans = [Span(f"{lead}"), Span(found.answer, "name"), Span(f": {words}")]
    blocks = [Prose([*spans, *marks.spans(sources_of(found.rests_on))])]
    if found.standing:
        first, *more = standing_spans(found.standing, marks)
        blocks.append(Prose([first._replace(text=_capital(first.text)), *more, Span(".")]))
    if found.certain and (seen := not_seen_since(marks.data, line.record.id, asked)):
        words = f"{_capital(with_article(marks.data, line.record))} was last seen active"
        blocks.append(Prose([Span(f"{words} {parse(seen).moment}.")]))
    return blocks


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
