"""`rcpref conclusions`: what the Lima meeting concluded, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.data.dataset import Data
from rcpref.errors import NotFound, echo, shortened
from rcpref.model import LIMA
from rcpref.report.blocks import Block, Gap, Heading, Prose, Span
from rcpref.report.report import Report
from rcpref.spelling import asked_words, begun_by, words
from rcpref.views.passages import editor_notes, passages, quotations, source_line
from rcpref.views.words import passage_spans

if TYPE_CHECKING:
    from rcpref.model.texts import Passage


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
