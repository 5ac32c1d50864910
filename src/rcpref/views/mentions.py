"""What the texts kept here say of a record or State: the passages that name it."""

from __future__ import annotations

from collections.abc import Sequence

from rcpref.data.dataset import Data
from rcpref.report.blocks import Block, Heading, Item, Prose, Quote, Span
from rcpref.report.marks import Marks
from rcpref.views.words import passage_spans


def mentions(data: Data, item: Item, marks: Marks) -> list[Block]:
    """Each passage that names a record or State, word for word, the naming words marked.

    Args:
        data: The data set.
        item: The item of the record or State, with its passages.
        marks: Marks of the sources.
    """
    blocks: list[Block] = []
    for text in data.texts.values():
        own = [p for p in item["passages"] if p["ref"].partition("/")[0] == text.id]
        if own:
            document = data.records[text.document].short_name
            title = f"What the {document} says"
            blocks.append(Heading(marks.behind(title, (text.document,))))
        for passage in own:
            named = [
                mention["words"]
                for mention in passage["mentions"]
                if item["id"] in (mention.get("record"), mention.get("state"))
            ]
            spans = passage_spans(data, data.passage(passage["ref"]))
            blocks.append(Quote(_hits(spans, named), passage["ref"]))
            blocks += [
                Prose([Span(f"Editor's note: {note['note']}", "quiet")], indent=2)
                for note in passage["notes"]
            ]
    return blocks


def _hits(spans: Sequence[Span], named: Sequence[str]) -> list[Span]:
    """The spans with every place of the naming words marked."""
    text = "".join(span.text if span.style != "footnote" else "" for span in spans)
    inside = [False] * len(text)
    for words in named:
        start = text.find(words)
        while start >= 0:
            inside[start : start + len(words)] = [True] * len(words)
            start = text.find(words, start + len(words))
    marked: list[Span] = []
    place = 0
    for span in spans:
        if span.style == "footnote":
            marked.append(span)
            continue
        start = 0
        for index in range(1, len(span.text) + 1):
            if index == len(span.text) or inside[place + index] != inside[place + start]:
                style = "hit" if inside[place + start] else span.style
                marked.append(Span(span.text[start:index], style))
                start = index
        place += len(span.text)
    return marked
