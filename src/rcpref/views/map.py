"""`rcpref map`: who takes part in a process, as a map shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.evidence import MEMBERS, OBSERVERS
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.report.blocks import Block, Drawing, Gap, Heading, Item, Prose, Span, quiet
from rcpref.report.marks import short_source
from rcpref.report.report import Report, sentence
from rcpref.views.certainty import NO_WHOLE_LIST, without_whole_list
from rcpref.views.items import item_of
from rcpref.views.members import Party, parties_in
from rcpref.views.shapes import MAPPED, sources_of
from rcpref.views.summary import summary
from rcpref.views.words import CAPACITY_WORDS, asked_for, date_words, from_sources

if TYPE_CHECKING:
    from rcpref.model.records import Record

_FEW = 4
"""So many sources are named in the line below a map."""


class Drawn(NamedTuple):
    """A map in characters.

    Attributes:
        drawing: The map.
        legend: Its signs, what each says, and the States that it says it of.
        beside: Lines to stand below it.
    """

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
    report = Report(data, query, MAPPED.columns(), lines=parties, item=partial(item_of, MAPPED))
    report.asked = asked
    # Members need be no States: territories are counted beside them.
    whom = "Members" if capacity == MEMBERS else data.label_of(capacity)
    title = f"{whom} of {record.short_name} {date_words(data, asked)}"
    beside = [NO_WHOLE_LIST] if capacity == MEMBERS and without_whole_list([record]) else []
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
        heading = Heading(f"{title}: {report.summary['heading']}", 1)
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


def _origin(data: Data, record: Record, parties: Sequence[Party], capacity: str) -> Item:
    """The sources of the answers in a line, or how many they are and what names them."""
    keys = sources_of(claim for party in parties for claim in party.answer.rests_on)
    # Several pages of one publisher without a date are called the same.
    named = Counter(short_source(data, key) for key in keys)
    words = [f"{name} ({times} of them)" if times > 1 else name for name, times in named.items()]
    if len(named) <= _FEW:
        return {"origin": f"{from_sources(keys, words)}.", "which": ""}
    option = " --observers" if capacity == OBSERVERS else ""
    which = f"rcpref members {record.id}{option} says which."
    return {"origin": f"{from_sources(keys)}.", "which": which}
