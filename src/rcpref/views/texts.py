"""`rcpref text` and `rcpref conclusions`: documents word for word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.dataset import Dataset
from rcpref.errors import AmbiguousName, NotFound, UsageProblem
from rcpref.model import PASSAGE_KINDS
from rcpref.names import match_records, nearest, words
from rcpref.report import (
    Block,
    Column,
    Footnote,
    Gap,
    Heading,
    Prose,
    Quiet,
    Quotation,
    Report,
    Row,
    Span,
    source_spans,
)
from rcpref.views.common import passage_item, passage_spans

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
                f"no conclusion {number}", f"there are conclusions {min(known)} to {max(known)}"
            )
    found = [passage for passage in every if not numbers or passage.number in numbers]
    if search:
        keys = words(search)
        if not keys:
            raise UsageProblem("there is no word to look for", "give letters or digits")
        found = [passage for passage in found if _holds(passage.text, keys)]
        if not found:
            raise NotFound(
                f"no conclusion holds {search!r}", "rcpref conclusions shows all of them"
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
    cited = dict.fromkeys(data.texts[passage.text_id].document for passage in found)
    return Report(data, query, passage_columns(), rows, items=items, cited=list(cited))


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
        blocks += _editor_notes(own, own_ref=True)
        blocks.append(_source_line(data, text))
    return blocks


def _source_line(data: Dataset, text: Text, ref: str = "") -> Block:
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


def _editor_notes(passages: Sequence[Passage], own_ref: bool) -> list[Block]:
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
    from rcpref import citation

    report = _report(data, query, found)
    cited = [citation.text(citation.passage_citation(data, passage)) for passage in found]
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


def text_named(data: Dataset, name: str) -> Text | None:
    """The text that a name means: its id, or any name of its meeting or document."""
    if name in data.texts:
        return data.texts[name]
    keys = {match.key for match in match_records(data, name)}
    found = [text for text in data.texts.values() if keys & {text.meeting, text.document}]
    if len(found) > 1:
        raise AmbiguousName(
            f"{name!r} fits several texts: {', '.join(text.id for text in found)}",
            "use one of these ids",
        )
    return found[0] if found else None


def passages_of(data: Dataset, reference: str) -> tuple[Text, list[Passage]]:
    """The text and the passages that a reference means.

    Args:
        data: The data set.
        reference: ``lima-2013/conclusion-3``, a range such as
            ``lima-2013/conclusion-1..3``, ``lima-2013``, or, where there is but one
            text, ``conclusion-3``; written with any case and spacing.

    Returns:
        The text, and either the passages that make it up or those that are meant.

    Raises:
        NotFound: No such text or passage; the nearest references are offered.
    """
    if not reference.strip():
        raise UsageProblem("the reference is empty", "write one such as lima-2013/conclusion-3")
    head, slash, tail = reference.partition("/")
    text = text_named(data, head if slash else reference)
    if text and not slash:
        return text, list(text.flow())
    if not slash and len(data.texts) == 1:
        text, tail = next(iter(data.texts.values())), reference
    if text:
        asked = "".join(words(tail))
        for passage in text.passages:
            if asked and asked in _labels(passage):
                return text, [passage]
        if ".." in tail and (found := _range(text, tail)):
            return text, found
    refs = [(passage.ref, label) for passage in data.passages() for label in _spellings(passage)]
    near = nearest(reference, refs)
    raise NotFound(
        f"no text or passage {reference!r}",
        f"did you mean {', '.join(near)}?" if near else "rcpref list texts shows the texts",
        near,
    )


def _range(text: Text, tail: str) -> list[Passage]:
    """The passages of a range such as ``conclusion-1..3``; empty if it is none of these."""
    start, _, end = ("".join(words(part)) for part in tail.partition(".."))
    first = next((p for p in text.passages if start in _labels(p)), None)
    if first is None:
        return []
    alike = [passage for passage in text.passages if passage.kind == first.kind]
    last = next((p for p in alike if end == str(p.number) or end in _labels(p)), None)
    if last is None:
        return []
    return [passage for passage in alike if first.number <= passage.number <= last.number]


def _labels(passage: Passage) -> set[str]:
    kind = "".join(words(passage.kind))
    plural = "".join(words(PASSAGE_KINDS[passage.kind]))
    return {f"{kind}{passage.number}", f"{plural}{passage.number}"}


def _spellings(passage: Passage) -> tuple[str, str]:
    return passage.ref, f"{passage.kind}-{passage.number}"


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
    blocks += _editor_notes([passage], own_ref=False)
    if named:
        blocks.append(Quiet([Span(f"Names: {', '.join(named)}.")]))
    blocks.append(_source_line(data, text, passage.ref))
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
    blocks += [Gap(), *_editor_notes(text.passages, own_ref=True), _source_line(data, text)]
    return blocks
