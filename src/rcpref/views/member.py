"""`rcpref member`: whether a State is a member of a process or body, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.answers.membership.answer import NO, YES, Answer
from rcpref.answers.membership.evidence import MEMBERS, Register
from rcpref.answers.membership.members import member_at, standing_in_bodies
from rcpref.answers.time import AsOf
from rcpref.answers.values import not_seen_since
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import NotFound
from rcpref.fields import Fields
from rcpref.model import CLOSED_BY, MEMBER_KINDS
from rcpref.model.countries import Country
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Heading, Prose, Row, Span
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.spelling import key_of
from rcpref.views.items import report_of
from rcpref.views.shapes import MEMBERSHIP, sources_of
from rcpref.views.summary import age_of, cell_of, counted, sentence_of, standing_spans, with_article
from rcpref.views.words import asked_for, date_words, seen_words
from rcpref.wording import in_words

NOT_CERTAIN = 4
"""The exit code where an answer is neither yes nor no."""


WITH_STANDING = (*MEMBER_KINDS, "forum")
"""Kinds of records from which a State can be suspended, absent and so on."""


class Member(Fields):
    country: Country
    record: Record
    answer: Answer


def member(
    data: Data, countries: Sequence[Country], records: Sequence[Record], as_of: str | None
) -> Report:
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
    report = report_of(data, query, MEMBERSHIP, found, asked=asked)
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


def with_standing(
    data: Data, countries: Sequence[Country], records: Sequence[Record], as_of: str | None
) -> Report:
    """The States that are suspended, absent, about to leave and so on, in all or some records."""
    asked = asked_for(data, as_of)
    codes = {country.alpha3 for country in countries}
    found = [
        Member(data.countries[code], record, answer)
        for record in records or (each for each in data if each.kind in WITH_STANDING)
        for code in Register(record, MEMBERS).events_of
        if not codes or code in codes
        if (answer := member_at(data, record, code, asked)).standing
    ]
    query = {
        "command": "member",
        "states": sorted(codes),
        "records": [record.id for record in records],
        "standing": True,
        "as_of": asked.text,
    }
    if not found:
        message = f"no State there is suspended, absent and so on {date_words(data, asked)}"
        raise NotFound(message, "rcpref timeline --event standing has all events")
    found.sort(key=lambda each: (key_of(each.country.name), each.record.short_name))
    report = report_of(data, query, MEMBERSHIP, found, asked=asked)
    report.people = ["name", "short_name", "answer", "standing"]

    def blocks(marks: Marks) -> list[Block]:
        def cells(line: Member) -> Row:
            standing = cell_of((), (), line.answer.standing, marks)
            # A forum has no list of members.
            answer = line.answer.answer if line.record.kind in MEMBER_KINDS else ""
            return {"answer": answer, "standing": standing}

        states = len({each.country for each in found})
        title = f"Suspended, absent, about to leave and so on {date_words(data, asked)}"
        grid = report.table(marks, found, cells)
        labels = {"short_name": "In", "answer": "Member"}
        columns = [
            each._replace(label=labels.get(each.key, each.label), room=0) for each in grid.columns
        ]
        return [Heading(f"{title}: {counted(states)}", 1), grid._replace(columns=columns)]

    report.blocks = blocks
    return report


def answer_blocks(data: Data, country: Country, record: Record, asked: AsOf) -> list[Block]:
    """The answer by itself, without its sources: the pages of both follow it."""
    line = Member(country, record, member_at(data, record, country.alpha3, asked))
    return [
        block._replace(spans=[span for span in block.spans if span.style != "source"])
        for block in lines_of(line, asked, Marks(data))
    ]


def lines_of(line: Member, asked: AsOf, marks: Marks, several: bool = False) -> list[Prose]:
    """The answer with its reason, and what else is true of the State; of several in few words."""
    found, data, code = line.answer, marks.data, line.country.alpha3
    reason = sentence_of(line.country.name, with_article(line.record), found)
    lead = f"{line.country.name}, {line.record.short_name}: " if several else ""
    # What a reader of one word would miss.
    after = [each.effect for each in found.standing]
    effects = [
        effect.replace("-", " ")
        for number, effect in enumerate(after)
        # Not what happened once, nor what was over within the date.
        if effect in CLOSED_BY and effect != "not-invited"
        if not {*after[number + 1 :]} & {*CLOSED_BY[effect]}
    ]
    but = f", but {' and '.join(effects)}" if found.answer == YES and effects else ""
    answer = Span(f"{found.answer}{but}", "name")
    spans = [Span(lead), answer, Span(f": {reason}"), *marks.spans(sources_of(found.rests_on))]
    blocks = [Prose(spans)]
    marks.explain([{"": reason}])
    if age := age_of(found, asked):
        lists = max((len(part.dates) for part in found.why), default=0)
        which = "The nearest of these lists" if lists > 1 else "That list"
        blocks.append(Prose([Span(f"{which} is {age}.")]))
    for body, standing in standing_in_bodies(data, line.record, code, asked).items():
        lead = f"In {with_article(data.records[body])}: "
        blocks.append(Prose([Span(lead), *standing_spans(standing, marks), Span(".")]))
    if several and found.standing:
        first, *more = standing_spans(found.standing, marks)
        blocks.append(Prose([first._replace(text=_capital(first.text)), *more, Span(".")]))
    else:
        # The source may say less than the effect: its event is told with it.
        blocks += [
            Prose(
                [
                    Span(f"{_capital(in_words([each.part], people=True))}: {each.claim.value}"),
                    *marks.spans([each.claim.source]),
                    Span("."),
                ]
            )
            for each in found.standing
        ]
    if found.certain and (seen := not_seen_since(data, line.record.id, asked)):
        lead = f"{_capital(with_article(line.record))} was last seen active"
        when, days = parse(seen), seen_words(seen)
        on = f"on {days}" if "/" in seen and days == when.words else when.moment
        blocks.append(Prose([Span(f"{lead} {on}.")]))
    return blocks


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
