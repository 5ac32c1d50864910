"""`rcpref text`, `conclusions` and `cite`: documents word for word, and citations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.references import meant, passages_of
from rcpref.citation.items import Citation, citation_of
from rcpref.citation.styles import file_of, text, written
from rcpref.data.dataset import Data
from rcpref.errors import NotFound, echo, shortened
from rcpref.fields import Fields
from rcpref.model import LIMA
from rcpref.report.blocks import Block, Code, Footnote, Gap, Heading, Prose, Quotation, Span, quiet
from rcpref.report.marks import source_spans
from rcpref.report.report import Report
from rcpref.spelling import asked_words, begun_by, words
from rcpref.views.items import passage_item, report_of
from rcpref.views.shapes import CITATION, LISTED, QUOTED
from rcpref.views.words import passage_spans

if TYPE_CHECKING:
    from rcpref.model.texts import Passage, Text


def reading(data: Data, reference: str, quote: bool = False) -> Report:
    text, found = passages_of(data, reference)
    query = {"command": "text", "ref": reference, "quote": quote}
    if quote:
        return quotations(data, query, found)
    report = passages(data, query, found)
    if len(found) == 1 or 1 < len(found) < len(text.flow()):
        report.blocks = lambda _: [each for passage in found for each in _one(data, text, passage)]
    else:
        report.blocks = lambda _: _whole(data, text)
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
    return [
        *blocks,
        Gap(),
        *([quiet(f"Words of {passage.within}.")] if passage.within else []),
        *([quiet(f"Its mark is in {passage.mark_in}.")] if passage.mark_in else []),
        *editor_notes([passage], own_ref=False),
        *([quiet(f"Names: {', '.join(named)}.")] if named else []),
        source_line(data, text, passage.ref),
    ]


def _whole(data: Data, text: Text) -> list[Block]:
    blocks: list[Block] = []
    footnotes: list[Block] = []
    for passage in text.flow():
        spans = passage_spans(data, passage)
        if passage.kind == "footnote":
            footnotes.append(Footnote(passage.number, spans))
            continue
        blocks += [Gap()] if blocks else []
        if passage.kind == "heading" and passage.number == 1:
            blocks.append(Heading(passage.text, 1))
        else:
            label = f"{passage.number})" if passage.kind == "conclusion" else ""
            blocks.append(Prose(spans, label, bullet=passage.kind == "key-point"))
    for footnote in footnotes:
        blocks += [Gap(), footnote]
    blocks += [Gap(), *editor_notes(text.passages, own_ref=True), source_line(data, text)]
    return blocks


def passages(data: Data, query: dict[str, Any], found: Sequence[Passage]) -> Report:
    columns = LISTED["passage"].columns()
    return Report(data, query, columns, lines=found, item=lambda p: passage_item(data, p.ref))


def source_line(data: Data, text: Text, ref: str = "") -> Block:
    lead = f"{ref}: " if ref else ""
    origin = [Span(" The words are from your overlay.")] if text.overlay else []
    return quiet([Span(f"Source: {lead}"), *source_spans(data, text.document), *origin])


def editor_notes(found: Sequence[Passage], own_ref: bool) -> list[Block]:
    blocks: list[Block] = []
    for passage in found:
        place = f"{passage.ref}: " if own_ref else ""
        for note in passage.notes:
            sic = " (sic)" if note.sic else ""
            words = f"{place}\u201c{note.words}\u201d{sic}"
            blocks.append(quiet(f"Editor's note: {words}. {note.note}"))
    return blocks


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

    quotes: list[str] = []
    blocks: list[Block] = []
    for number, passage in enumerate(found, 1):
        words, place = quoted(passage), f"{text(passage_citation(data, passage))}; {passage.ref}"
        quotes.append(f"\u201c{words}\u201d ({place})")
        blocks += [*([Gap()] if blocks else []), Quotation(words, number, place)]

    report = Report(
        data,
        query,
        QUOTED.columns(),
        lines=list(zip(found, quotes, strict=True)),
        item=lambda pair: {**passage_item(data, pair[0].ref), "quote": pair[1]},
    )
    report.blocks = lambda _: blocks
    report.whole = "\n\n".join(quotes)
    return report


# `rcpref conclusions`: what the Lima meeting concluded, word for word -----------------


def conclusions(data: Data, numbers: Sequence[int], search: str, quote: bool = False) -> Report:
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
        keys = asked_words(search)
        found = [passage for passage in found if begun_by(words(passage.text), keys)]
        if not found:
            whose = "none of the conclusions asked for" if numbers else "no conclusion"
            whole = "rcpref conclusions shows all of them"
            hint = "leave out the numbers to search all" if numbers else whole
            raise NotFound(f"{whose} holds {echo(search)}", hint)
    query = {
        "command": "conclusions",
        "numbers": list(numbers),
        "search": search or None,
        "quote": quote,
    }
    if quote:
        return quotations(data, query, found)
    report = passages(data, query, found)
    report.blocks = lambda _: _blocks(data, found, words(search))
    return report


def _blocks(data: Data, found: Sequence[Passage], keys: Sequence[str]) -> list[Block]:
    text = data.texts[LIMA]
    meeting = data.records[text.meeting]
    title = f"Conclusions of the {meeting.name} ({meeting.short_name})"
    blocks: list[Block] = [Heading(title, 1)]
    for passage in found:
        spans = passage_spans(data, passage)
        shown = _marked(spans, keys) if keys else spans
        blocks += [Gap(), Prose(shown, label=f"{passage.number})")]
    return [*blocks, Gap(), *editor_notes(found, own_ref=True), source_line(data, text)]


def _marked(spans: Sequence[Span], keys: Sequence[str]) -> list[Span]:
    marked: list[Span] = []
    for span in spans:
        for index, piece in enumerate(span.text.split(" ")):
            hit = any(begun_by(words(piece), [key]) for key in keys)
            marked.append(Span(" " if index else "", span.style))
            marked.append(Span(piece, "hit" if hit else span.style))
    return marked


# `rcpref cite`: references -> citations in a style ------------------------------------


class Cited(Fields):
    cited: Citation
    citation: str
    style: str


def cite(data: Data, refs: Sequence[str], style: str) -> Report:
    by_id: dict[str, Citation] = {}
    for citation in (citation_of(data, each) for ref in refs for each in meant(data, ref)):
        by_id.setdefault(str(citation.item["id"]), citation)
    citations = list(by_id.values())
    entries = written(citations, style)
    lines = [Cited(*pair, style) for pair in zip(citations, entries, strict=True)]
    query = {"command": "cite", "refs": list(refs), "style": style}
    report = report_of(data, query, CITATION, lines)
    report.whole = file_of(citations, entries, style)

    blocks: list[Block] = []
    for entry in entries:
        if blocks:
            blocks.append(Gap())
        blocks.append(Prose([Span(entry)]) if style == "text" else Code(entry))
    report.blocks = lambda _: blocks
    return report
