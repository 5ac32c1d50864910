"""The text of a meeting or document on its card.

Read from the plain data: to make all passages of the model would take longer than the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.report.blocks import Entry, Span

if TYPE_CHECKING:
    from rcpref.views.card.subject import Subject


def text_of(subject: Subject) -> list[Entry]:
    """The text of a meeting or document that is kept here."""
    for name, text in subject.data.document["texts"].items():
        if subject.record.id in (text["meeting"], text["document"]):
            count = f"{len(text['passages'])} passages"
            spans = [Span(count), *subject.marks.spans([text["document"]])]
            return [Entry("Word for word", [*spans, Span(f": rcpref text {name}", "hint")])]
    return []
