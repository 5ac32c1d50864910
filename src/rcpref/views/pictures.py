"""`rcpref map`: the States that take part in a record, for a picture of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rcpref.answers.membership.evidence import MEMBERS, OBSERVERS
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.fields import Fields
from rcpref.model import CLOSED_BY
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Drawing, Gap, Heading, Item, Prose, Span, quiet
from rcpref.report.marks import Marks, short_source
from rcpref.report.report import Report, sentence
from rcpref.views.items import report_of
from rcpref.views.members import Party, parties_in
from rcpref.views.shapes import MAPPED, sources_of
from rcpref.views.summary import NO_WHOLE_LIST, summary, without_whole_list
from rcpref.views.words import (
    CAPACITY_WORDS,
    asked_for,
    date_words,
    from_sources,
    in_order_of_names,
)

_FEW = 4  # so many sources are named below a map


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
    title = f"{whom} of {record.short_name} {date_words(data, asked)}"
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

    def blocks(_: Marks) -> list[Block]:
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
