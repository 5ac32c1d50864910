"""`rcpref text`: documents word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.answers.references import passages_of
from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, Footnote, Gap, Heading, Prose, Quiet, Span
from rcpref.report.report import Report
from rcpref.views.passages import editor_notes, passages, quotations, source_line
from rcpref.views.words import passage_spans

if TYPE_CHECKING:
    from rcpref.model.texts import Passage, Text


def reading(data: Data, reference: str, quote: bool = False) -> Report:
    """A whole document, or some passages of it."""
    text, found = passages_of(data, reference)
    query = {"command": "text", "ref": reference, "quote": quote}
    if quote:
        return quotations(data, query, found)
    report = passages(data, query, found)
    if len(found) < len(text.flow()) and len(found) > 1:
        report.blocks = lambda: [block for passage in found for block in _one(data, text, passage)]
    elif len(found) == 1:
        report.blocks = lambda: _one(data, text, found[0])
    else:
        report.blocks = lambda: _whole(data, text)
    return report


def _one(data: Data, text: Text, passage: Passage) -> list[Block]:
    blocks: list[Block] = [
        Heading(f"{text.title}: {passage.kind.replace('-', ' ')} {passage.number}", 1),
        Gap(),
        Prose(passage_spans(data, passage)),
    ]
    blocks += [
        Footnote(note.number, passage_spans(data, note))
        for note in text.passages
        if note.mark_in == passage.ref
    ]
    named = [
        f"{data.records[mention.record].short_name} ({mention.record})"
        if mention.record
        else f"{data.plain.state_name(mention.state or '')} ({mention.state})"
        for mention in passage.mentions
    ]
    blocks.append(Gap())
    if passage.within:
        blocks.append(Quiet([Span(f"Words of {passage.within}.")]))
    if passage.mark_in:
        blocks.append(Quiet([Span(f"Its mark stands in {passage.mark_in}.")]))
    blocks += editor_notes([passage], own_ref=False)
    if named:
        blocks.append(Quiet([Span(f"Names: {', '.join(named)}.")]))
    blocks.append(source_line(data, text, passage.ref))
    return blocks


def _whole(data: Data, text: Text) -> list[Block]:
    """The document to be read: footnotes and editor's notes at its end."""
    blocks: list[Block] = []
    footnotes: list[Block] = []
    for passage in text.flow():
        spans = passage_spans(data, passage)
        if passage.kind == "footnote":
            footnotes.append(Footnote(passage.number, spans))
            continue
        if blocks:
            blocks.append(Gap())
        if passage.kind == "heading":
            if passage.number == 1:
                blocks.append(Heading(passage.text, 1))
            else:
                blocks.append(Prose(spans))
        elif passage.kind == "key-point":
            blocks.append(Prose(spans, bullet=True))
        elif passage.kind == "conclusion":
            blocks.append(Prose(spans, label=f"{passage.number})"))
        else:
            blocks.append(Prose(spans))
    for footnote in footnotes:
        blocks += [Gap(), footnote]
    blocks += [Gap(), *editor_notes(text.passages, own_ref=True), source_line(data, text)]
    return blocks
