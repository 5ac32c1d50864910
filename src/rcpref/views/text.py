"""`rcpref text` and `rcpref conclusions`: documents word for word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.names import words
from rcpref.answers.references import passages_of
from rcpref.data.dataset import Dataset
from rcpref.errors import NotFound, UsageProblem, echo, shortened
from rcpref.report.blocks import (
    Block,
    Column,
    Footnote,
    Gap,
    Heading,
    Prose,
    Quiet,
    Quotation,
    Row,
    Span,
)
from rcpref.report.marks import source_spans
from rcpref.report.report import Report
from rcpref.views.items import passage_item
from rcpref.views.words import passage_spans

if TYPE_CHECKING:
    from rcpref.model.texts import Passage, Text


LIMA = "lima-2013"
"""The text whose conclusions `rcpref conclusions` reads."""


def passage_columns() -> tuple[Column, ...]:
    """Columns of every listing of passages."""
    return (
        Column("ref", "Reference", style="id"),
        Column("kind", "Kind", room=120),
        Column("number", "Number", room=120, number=True),
        Column("text", "Text"),
    )


def passage_row(passage: Passage) -> Row:
    """The row of one passage."""
    return {
        "ref": passage.ref,
        "kind": passage.kind,
        "number": passage.number,
        "text": passage.text,
    }


def conclusions(data: Dataset, numbers: Sequence[int], search: str, quote: bool = False) -> Report:
    """The conclusions, word for word.

    Args:
        data: The data set.
        numbers: Which of them; empty for all.
        search: Words that must all stand in a conclusion; empty for no search.
        quote: Ready to be pasted as quotations.

    Raises:
        NotFound: A number that no conclusion has, or no conclusion with the words.
        UsageProblem: Nothing to look for in `search`.
    """
    passages = data.texts[LIMA].passages
    every = [passage for passage in passages if passage.kind == "conclusion"]
    known = [passage.number for passage in every]
    for number in numbers:
        if number not in known:
            raise NotFound(
                f"no conclusion {shortened(str(number))}",
                f"there are conclusions {min(known)} to {max(known)}",
            )
    found = [passage for passage in every if not numbers or passage.number in numbers]
    if search:
        keys = words(search)
        if not keys:
            raise UsageProblem("there is no word to look for", "give letters or digits")
        found = [passage for passage in found if _holds(passage.text, keys)]
        if not found and numbers:
            raise NotFound(
                f"none of the conclusions asked for holds {echo(search)}",
                "without the numbers, all are searched",
            )
        if not found:
            raise NotFound(
                f"no conclusion holds {echo(search)}", "rcpref conclusions shows all of them"
            )
    query = {
        "command": "conclusions",
        "numbers": list(numbers),
        "search": search or None,
        "quote": quote,
    }
    if quote:
        return _quoting(data, query, found)
    report = _report(data, query, found)
    report.blocks = lambda: _conclusion_blocks(data, found, words(search))
    return report


def _holds(text: str, keys: Sequence[str]) -> bool:
    """Whether every word, or a word that begins with it, stands in the text."""
    there = words(text)
    return all(any(word.startswith(key) for word in there) for key in keys)


def _report(data: Dataset, query: dict[str, Any], found: Sequence[Passage]) -> Report:
    rows = [passage_row(passage) for passage in found]
    items = [passage_item(data, passage) for passage in found]
    return Report(data, query, passage_columns(), rows, items=items)


def _conclusion_blocks(data: Dataset, found: Sequence[Passage], keys: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    for text in data.texts.values():
        own = [passage for passage in found if passage.text_id == text.id]
        if not own:
            continue
        meeting = data.records[text.meeting]
        blocks.append(Heading(f"Conclusions of the {meeting.name}", 1))
        for passage in own:
            spans = _marked(passage_spans(data, passage), keys) if keys else None
            blocks.append(Gap())
            blocks.append(Prose(spans or passage_spans(data, passage), label=f"{passage.number})"))
        blocks.append(Gap())
        blocks += editor_notes(own, own_ref=True)
        blocks.append(source_line(data, text))
    return blocks


def source_line(data: Dataset, text: Text, ref: str = "") -> Block:
    """Where a text, or the passage with this reference, comes from."""
    lead = f"{ref}: " if ref else ""
    return Quiet([Span(f"Source: {lead}"), *source_spans(data, text.document)])


def _marked(spans: Sequence[Span], keys: Sequence[str]) -> list[Span]:
    """The same words, those that a search found marked."""
    marked: list[Span] = []
    for span in spans:
        for index, piece in enumerate(span.text.split(" ")):
            hit = any(word.startswith(key) for word in words(piece) for key in keys)
            marked.append(Span(" " if index else "", span.style))
            marked.append(Span(piece, "hit" if hit else span.style))
    return marked


def editor_notes(passages: Sequence[Passage], own_ref: bool) -> list[Block]:
    """The editor's notes of some passages, each with the reference of its passage if asked."""
    blocks: list[Block] = []
    for passage in passages:
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


def _quoting(data: Dataset, query: dict[str, Any], found: Sequence[Passage]) -> Report:
    """Passages ready to be pasted: quotation marks, exact words, where they stand."""
    from rcpref.citation import formats
    from rcpref.citation.items import passage_citation

    report = _report(data, query, found)
    cited = [formats.text(passage_citation(data, passage)) for passage in found]
    quotes = [
        f"\u201c{quoted(passage)}\u201d ({source}; {passage.ref})"
        for passage, source in zip(found, cited, strict=True)
    ]
    report.columns = (*passage_columns()[:1], Column("quote", "Quotation"))
    report.rows = [
        {"ref": passage.ref, "quote": quote} for passage, quote in zip(found, quotes, strict=True)
    ]
    for item, quote in zip(report.items or (), quotes, strict=True):
        item["quote"] = quote
    report.whole = "\n\n".join(quotes)

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for number, (passage, source) in enumerate(zip(found, cited, strict=True), 1):
            blocks += [Quotation(quoted(passage), number, f"{source}; {passage.ref}"), Gap()]
        return blocks[:-1]

    report.blocks = blocks
    return report


# References ------------------------------------------------------------------------


def reading(data: Dataset, reference: str, quote: bool = False) -> Report:
    """A whole document, or some passages of it.

    Args:
        data: The data set.
        reference: See `passages_of`; empty for the only text there is.
        quote: Ready to be pasted as a quotation.

    Raises:
        NotFound: No such text or passage.
    """
    if not reference and len(data.texts) == 1:
        reference = next(iter(data.texts))
    elif not reference:
        raise UsageProblem("which text?", f"texts: {', '.join(data.texts)}")
    text, found = passages_of(data, reference)
    query = {"command": "text", "ref": reference, "quote": quote}
    if quote:
        return _quoting(data, query, found)
    report = _report(data, query, found)
    if len(found) < len(text.flow()) and len(found) > 1:
        report.blocks = lambda: [block for passage in found for block in _one(data, text, passage)]
    elif len(found) == 1:
        report.blocks = lambda: _one(data, text, found[0])
    else:
        report.blocks = lambda: _whole(data, text)
    return report


def _one(data: Dataset, text: Text, passage: Passage) -> list[Block]:
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
        else f"{data.countries[mention.state or ''].name} ({mention.state})"
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


def _whole(data: Dataset, text: Text) -> list[Block]:
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
