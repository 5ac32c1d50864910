"""Passages of texts as views give them: items, notes, where they come from, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, Column, Gap, Quiet, Quotation, Span
from rcpref.report.marks import source_spans
from rcpref.report.report import Report
from rcpref.views.items import passage_item
from rcpref.views.shapes import LISTED

if TYPE_CHECKING:
    from rcpref.model.texts import Passage, Text

_QUOTE_COLUMNS = (Column("ref", "Reference", style="id"), Column("quote", "Quotation"))


def passages(data: Data, query: dict[str, Any], found: Sequence[Passage]) -> Report:
    """Passages, word for word; the caller says how people read them."""
    items = [passage_item(data, passage.ref) for passage in found]
    return Report(data, query, LISTED["passage"].columns(), items=items)


def source_line(data: Data, text: Text, ref: str = "") -> Block:
    """Where a text, or the passage with this reference, comes from."""
    lead = f"{ref}: " if ref else ""
    own = [Span(" The words are from your overlay.")] if text.overlay else []
    return Quiet([Span(f"Source: {lead}"), *source_spans(data, text.document), *own])


def editor_notes(found: Sequence[Passage], own_ref: bool) -> list[Block]:
    """The editor's notes of some passages, each with the reference of its passage if asked."""
    blocks: list[Block] = []
    for passage in found:
        for note in passage.notes:
            place = f"{passage.ref}: " if own_ref else ""
            sic = " (sic)" if note.sic else ""
            line = f"Editor's note: {place}\u201c{note.words}\u201d{sic}. {note.note}"
            blocks.append(Quiet([Span(line)]))
    return blocks


# Quotations -------------------------------------------------------------------------


def quoted(passage: Passage) -> str:
    """The words of a passage, exactly, with [sic] where an editor's note asks for it."""
    words = passage.text
    for note in passage.notes:
        if note.sic:
            words = words.replace(note.words, f"{note.words} [sic]", 1)
    return words


def quotations(data: Data, query: dict[str, Any], found: Sequence[Passage]) -> Report:
    """Passages ready to be pasted: quotation marks, exact words, where they stand."""
    from rcpref.citation.items import passage_citation
    from rcpref.citation.styles import text

    places = [f"{text(passage_citation(data, passage))}; {passage.ref}" for passage in found]
    quotes = [
        f"\u201c{quoted(passage)}\u201d ({place})"
        for passage, place in zip(found, places, strict=True)
    ]
    items = [
        {**passage_item(data, passage.ref), "quote": quote}
        for passage, quote in zip(found, quotes, strict=True)
    ]
    report = Report(data, query, _QUOTE_COLUMNS, items=items)
    report.whole = "\n\n".join(quotes)

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for number, (passage, place) in enumerate(zip(found, places, strict=True), 1):
            blocks += [Quotation(quoted(passage), number, place), Gap()]
        return blocks[:-1]

    report.blocks = blocks
    return report
