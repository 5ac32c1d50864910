"""`rcpref map` and `rcpref chart`: what pictures show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, ChairTerm, chair_terms
from rcpref.answers.membership.evidence import MEMBERS, OBSERVERS
from rcpref.answers.timeline import STANDING
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import NotFound
from rcpref.fields import Fields
from rcpref.model import CLOSED_BY
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Drawing, Gap, Heading, Item, Prose, Span, quiet
from rcpref.report.marks import short_source
from rcpref.report.report import Report, sentence
from rcpref.views import matrix, timeline
from rcpref.views.items import item_of, report_of
from rcpref.views.members import Party, parties_in
from rcpref.views.sentences import in_words, with_article
from rcpref.views.shapes import CHAIR_TERM, MAPPED, sources_of
from rcpref.views.summary import NO_WHOLE_LIST, basis_words, summary, without_whole_list
from rcpref.views.words import (
    CAPACITY_WORDS,
    asked_for,
    date_words,
    from_sources,
    in_order_of_names,
)

if TYPE_CHECKING:
    from rcpref.model.countries import Country

_NEWEST = 15  # so many lines has the chart of history on a terminal, where it is no chart
_FEW = 4  # so many sources are named below a map, and so many names in a title


class Drawn(Fields):
    """A map in characters, its signs with meanings and States, and lines to stand below it."""

    drawing: Drawing
    legend: Sequence[tuple[Span, str, Sequence[Party]]]
    beside: Sequence[str]


def mapped(
    data: Data,
    record: Record,
    as_of: str | None,
    capacity: str,
    draw: Callable[[Sequence[Party]], Drawn],
) -> Report:
    """The States that take part in a record, each with its answer."""
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
    report = report_of(data, query, MAPPED, parties)
    report.asked = asked
    # Members need be no States: territories are counted beside them.
    whom = "Members" if capacity == MEMBERS else data.label_of(capacity)
    title = f"{whom} of {with_article(record.short_name)} {date_words(data, asked)}"
    beside = [NO_WHOLE_LIST] if capacity == MEMBERS and without_whole_list([record]) else []
    beside += _standing_lines(parties)
    answers = {party.id: party.answer for party in parties}
    report.summary = {
        **summary(data, record, asked, answers, capacity).item(),
        "title": title,
        "name": record.name if record.name != record.short_name else "",
        "beside": list(map(sentence, beside)),
        **_origin(data, record, parties, capacity),
    }

    def blocks() -> list[Block]:
        drawn = draw(parties)
        heading = Heading(f"{title}: {in_words(report.summary['heading'])}", 1)
        if report.chosen:
            return [heading, report.grid()]
        found: list[Block] = [heading, Gap(), drawn.drawing, Gap()]
        for sign, words, group in drawn.legend:
            names = ", ".join(party.name for party in group)
            lead = [sign, Span(" ")] if sign.text else []
            found.append(Prose([*lead, Span(f"{words} ({len(group)}): ", "strong"), Span(names)]))
        lines = [*report.summary["beside"], *drawn.beside]
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
    """The sources of the answers in a line, or how many they are and what names them."""
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


# `rcpref chart`: the overlap of the processes, and what happened to them, as charts show them


def overlap(
    data: Data, as_of: str | None, bases: Sequence[str] = (), named: Sequence[Record] = ()
) -> Report:
    """How many certain members every two processes share."""
    report = matrix.matrix(data, ["process"], as_of=as_of, bases=bases, named=named)
    report.query = {**report.query, "command": "chart", "chart": "overlap"}
    assert report.asked is not None
    when = date_words(data, report.asked) + basis_words(bases)
    title = f"Members that processes share, {when}"
    report.summary = {"title": title, **report.summary}
    return report


def history(
    data: Data, named: Sequence[Record | Country], start: str | None, end: str | None
) -> Report:
    """Foundings, meetings, chairs and what changed the standing of States."""
    asked = named or data.of_kind("process")
    kinds = ("founding", "meeting", "chair", STANDING)
    found = timeline.timeline(data, asked, start, end, kinds, _NEWEST)
    found.query = {**found.query, "command": "chart", "chart": "timeline"}
    # In the order in which the first of each happened.
    names = {each.record: each.short_name for each in found.lines}
    terms = {key: _terms(data.records[key], named, start, end) for key in names}
    silent = [e.short_name for e in asked if isinstance(e, Record) and e.id not in names]
    if silent:
        then = " in that time" if start or end else ""
        found.notices.append(
            f"no founding, meeting, chair or standing is known{then}: {', '.join(silent)}"
        )
    claims = [claim for each in found.lines for claim in each.claims]
    claims += [claim for own in terms.values() for term in own for claim in term.rests_on]
    found.summary = {
        "title": _title(named, start, end),
        "names": names,
        "terms": {key: [item_of(CHAIR_TERM, term) for term in own] for key, own in terms.items()},
        "origin": f"{from_sources(sources_of(claims))}. rcpref timeline says which.",
    }
    return found


def _title(named: Sequence[Record | Country], start: str | None, end: str | None) -> str:
    names = [e.short_name if isinstance(e, Record) else e.name for e in named]
    whom = f" of {len(names)} records and States" if len(names) > _FEW else ""
    whom = f": {', '.join(names)}" if 0 < len(names) <= _FEW else whom
    span = f"{f' from {start}' if start else ''}{f' to {end}' if end else ''}"
    return f"Foundings, meetings, chairs and standing{whom}{',' if whom and span else ''}{span}"


def _terms(
    record: Record, named: Sequence[Record | Country], start: str | None, end: str | None
) -> list[ChairTerm]:
    """The terms in the chair of a record that are asked for, at some time between two dates."""
    states = {e.alpha3 for e in named if not isinstance(e, Record)}
    every = not named or record in named
    first = parse(start).first if start else date.min
    last = parse(end).last if end else date.max
    return [
        term
        for term in (chair_terms(record) if record.kind in CHAIR_KINDS else ())
        if (every or states & {*term.states}) and term.first <= last and term.last >= first
    ]
