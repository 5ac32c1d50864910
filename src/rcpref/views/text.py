"""`rcpref text`, `conclusions` and `cite`: documents word for word, and citations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rcpref.answers.references import meant, passages_of
from rcpref.citation.items import Citation, citation_of
from rcpref.citation.styles import OWN_STYLES, file_of, written
from rcpref.data.dataset import Data
from rcpref.errors import NotFound, echo, shortened
from rcpref.fields import Fields
from rcpref.model import LIMA
from rcpref.report.blocks import (
    Block,
    Code,
    Column,
    Footnote,
    Gap,
    Heading,
    Item,
    Prose,
    Quiet,
    Quotation,
    Span,
)
from rcpref.report.marks import source_spans
from rcpref.report.report import Report
from rcpref.spelling import asked_words, begun_by, words
from rcpref.views.items import item_of, passage_item
from rcpref.views.shapes import CITATION, LISTED
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


# Passages of texts as views give them: items, notes, where they come from, quotations -


_QUOTE_COLUMNS = (Column("ref", "Reference", style="id"), Column("quote", "Quotation"))


def passages(data: Data, query: dict[str, Any], found: Sequence[Passage]) -> Report:
    """Passages, word for word; the caller says how people read them."""

    def item(passage: Passage) -> Item:
        return passage_item(data, passage.ref)

    return Report(data, query, LISTED["passage"].columns(), lines=found, item=item)


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

    def items() -> list[Item]:
        pairs = zip(found, quotes, strict=True)
        return [{**passage_item(data, passage.ref), "quote": quote} for passage, quote in pairs]

    report = Report(data, query, _QUOTE_COLUMNS, items)
    report.whole = "\n\n".join(quotes)

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for number, (passage, place) in enumerate(zip(found, places, strict=True), 1):
            blocks += [Quotation(quoted(passage), number, place), Gap()]
        return blocks[:-1]

    report.blocks = blocks
    return report


# `rcpref conclusions`: what the Lima meeting concluded, word for word -----------------


def conclusions(data: Data, numbers: Sequence[int], search: str, quote: bool = False) -> Report:
    """The conclusions, word for word."""
    every = [passage for passage in data.texts[LIMA].passages if passage.kind == "conclusion"]
    known = [passage.number for passage in every]
    for number in numbers:
        if number not in known:
            raise NotFound(
                f"no conclusion {shortened(str(number))}",
                f"there are conclusions {min(known)} to {max(known)}",
            )
    found = [passage for passage in every if not numbers or passage.number in numbers]
    if search:
        found = _holding(found, search, some=bool(numbers))
    query = {
        "command": "conclusions",
        "numbers": list(numbers),
        "search": search or None,
        "quote": quote,
    }
    if quote:
        return quotations(data, query, found)
    report = passages(data, query, found)
    report.blocks = lambda: _blocks(data, found, words(search))
    return report


def _holding(found: Sequence[Passage], search: str, some: bool) -> list[Passage]:
    """The passages in which every word, or a word that begins with it, stands."""
    keys = asked_words(search)
    holding = [passage for passage in found if begun_by(words(passage.text), keys)]
    if not holding and some:
        raise NotFound(
            f"none of the conclusions asked for holds {echo(search)}",
            "without the numbers, all are searched",
        )
    if not holding:
        raise NotFound(
            f"no conclusion holds {echo(search)}", "rcpref conclusions shows all of them"
        )
    return holding


def _blocks(data: Data, found: Sequence[Passage], keys: Sequence[str]) -> list[Block]:
    text = data.texts[LIMA]
    blocks: list[Block] = [Heading(f"Conclusions of the {data.records[text.meeting].name}", 1)]
    for passage in found:
        spans = passage_spans(data, passage)
        shown = _marked(spans, keys) if keys else spans
        blocks += [Gap(), Prose(shown, label=f"{passage.number})")]
    return [*blocks, Gap(), *editor_notes(found, own_ref=True), source_line(data, text)]


def _marked(spans: Sequence[Span], keys: Sequence[str]) -> list[Span]:
    """Words of a passage, those that a search found marked."""
    marked: list[Span] = []
    for span in spans:
        for index, piece in enumerate(span.text.split(" ")):
            hit = any(begun_by(words(piece), [key]) for key in keys)
            marked.append(Span(" " if index else "", span.style))
            marked.append(Span(piece, "hit" if hit else span.style))
    return marked


# `rcpref cite`: references -> citations in a style ------------------------------------


class Cited(Fields):
    """What is cited, and its citation in a style."""

    cited: Citation
    style: str
    citation: str


def cite(data: Data, refs: Sequence[str], style: str) -> Report:
    """Citations of some references in a style."""
    found = [citation_of(data, each) for ref in refs for each in meant(data, ref)]
    seen: dict[str, Citation] = {}
    for citation in found:
        seen.setdefault(str(citation.item["id"]), citation)
    found = list(seen.values())
    made = written(found, style)
    lines = [Cited(each, style, words) for each, words in zip(found, made, strict=True)]
    query = {"command": "cite", "refs": list(refs), "style": style}
    report = Report(data, query, CITATION.columns(), lines=lines, item=partial(item_of, CITATION))
    report.whole = file_of(found, made, style)

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for citation in made:
            if blocks:
                blocks.append(Gap())
            blocks.append(
                Prose([Span(citation)]) if style not in OWN_STYLES[1:] else Code(citation)
            )
        return blocks

    report.blocks = blocks
    return report
