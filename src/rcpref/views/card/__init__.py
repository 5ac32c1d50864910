"""Cards: what is known of a record or a State, on one screen.

The answer first, then its date, then the mark of its source. What a card leaves out is said
in its last line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.model.records import Record
from rcpref.report.blocks import Block, Card, Entry, Heading, Prose, Quiet, Span
from rcpref.report.marks import Marks
from rcpref.views.card.subject import Subject
from rcpref.views.words import date_words

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.data.dataset import Data
    from rcpref.model.countries import Country


def card(data: Data, found: Record | Country, asked: AsOf) -> list[Block]:
    """The card of a record or a State.

    Args:
        data: The data set.
        found: The record or State.
        asked: The date.
    """
    marks = Marks(data)
    if isinstance(found, Record):
        from rcpref.views.card.kinds import entries

        own = ", from your overlay" if found.overlay else ""
        title, names = f"{found.short_name} ({found.id}{own})", _names(found)
        lines = entries(Subject(data, found, asked, marks))
    else:
        from rcpref.views.card.state import names_and_codes, state_entries

        title, names = f"{found.name} ({found.alpha3})", names_and_codes(found)
        lines = state_entries(data, found, asked, marks)
    when = "" if asked.last_known else f", {date_words(data, asked)}"
    return [
        Heading(f"{title}{when}", 1),
        *([Prose([Span(names)])] if names else []),
        Card(lines or [Entry("", [Span("nothing is known of it here", "quiet")])]),
        *marks.block(),
        _more(found),
    ]


def _names(record: Record) -> str:
    """The whole name, and the acronym where neither name has it."""
    names = [record.name] if record.name != record.short_name else []
    if record.acronym and record.acronym not in (record.short_name, record.name):
        names.append(record.acronym)
    return ", ".join(names)


def _more(found: Record | Country) -> Block:
    """What is left out, and how to have it: for readers on a terminal."""
    if isinstance(found, Record):
        count = len(found.claims)
        words = f"--full: all names, notes, what texts say. --history: all {count} claims."
    else:
        words = "--full: the claims and the texts that name it. rcpref state: why."
    return Quiet([Span(words, "hint")])
