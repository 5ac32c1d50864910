"""Texts on a card: the passages that name a thing, the text that is kept here.

Read from the plain data: to make all passages of the model would take longer than the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.report.blocks import Entry, Span

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.views.card.subject import Subject


def naming(data: Data, kind: str, key: str) -> list[str]:
    """References of the passages that name a record or a State.

    Args:
        data: The data set.
        kind: record or state.
        key: Its id or code.
    """
    return [
        f"{name}/{passage['kind']}-{passage['number']}"
        for name, text in data.document["texts"].items()
        for passage in text["passages"]
        if any(mention.get(kind) == key for mention in passage.get("mentions", ()))
    ]


def text_of(subject: Subject) -> list[Entry]:
    """The text of a meeting or document that is kept here."""
    for name, text in subject.data.document["texts"].items():
        if subject.record.id in (text["meeting"], text["document"]):
            count = f"{len(text['passages'])} passages"
            spans = [Span(count), *subject.marks.spans([text["document"]])]
            return [Entry("Word for word", [*spans, Span(f": rcpref text {name}", "hint")])]
    return []
