"""How a handbook is written: Markdown that reads as a book, also when pandoc has made it one.

Numbers of sources are links to the list of sources, notes are footnotes, references to
passages are links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rcpref.model import KINDS
from rcpref.report import markdown
from rcpref.report.blocks import Block, Facts, Heading, Marked, Prose, Quiet, Quote, Sources, Span
from rcpref.report.marks import Marks

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record
    from rcpref.model.texts import Passage, Text


INDEX, STATES = "index.md", "states.md"
"""Pages of a handbook that is a folder."""


class Places:
    """Where the parts of a handbook are, as a link leads to them."""

    def __init__(self, up: str | None) -> None:
        self.anchored = up is None
        self._up = up

    def contents(self) -> str:
        """The contents."""
        return self._link(INDEX, "book-contents")

    def states(self) -> str:
        """The table of States."""
        return self._link(STATES, "book-states")

    def record(self, record: Record) -> str:
        """The page or chapter of a record."""
        return self._link(record_path(record), f"record-{record.id}")

    def text(self, text: Text) -> str:
        """The page or chapter of a text."""
        return self._link(text_path(text.id), f"text-{text.id}")

    def passage(self, text_id: str, kind: str, number: int | str) -> str:
        """A passage of a text."""
        page = "" if self._up is None else f"{self._up}{text_path(text_id)}"
        return f"{page}#{passage_anchor(text_id, kind, number)}"

    def _link(self, path: str, anchor: str) -> str:
        return f"#{anchor}" if self._up is None else f"{self._up}{path}"


def record_path(record: Record) -> str:
    """The page of a record in a folder."""
    return f"{KINDS[record.kind]}/{record.id}.md"


def text_path(key: str) -> str:
    """The page of a text in a folder."""
    return f"texts/{key}.md"


def passage_anchor(text_id: str, kind: str, number: int | str) -> str:
    """The anchor of a passage."""
    return f"passage-{text_id}-{kind}-{number}"


NOTE = "Note: "
"""What notes begin with for readers who have them next to the value."""

_EXACT = str.maketrans({"'": "\\'", '"': '\\"'})
_REFERENCE = re.compile(r"(?<![\w/-])[a-z0-9-]+/[a-z]+(?:-[a-z]+)*-\d+(?![\w-])")


class Book(markdown.Notes):
    """The writer of a handbook, or of one of its pages, with the notes and sources so far."""

    def __init__(self, data: Data, places: Places, lower: int = 0) -> None:
        super().__init__()
        self.places = places
        self.marks = Marks(data)
        self._data = data
        self._lower = lower
        self._notes: list[str] = []
        self._noted = 0
        self._text_id = ""

    # Words --------------------------------------------------------------------------

    def plain(self, words: str) -> str:
        """Words that are no markup; references to passages become links."""
        plain = super().plain(words)
        if self._text_id:
            # Word for word: no reader is to put other quotation marks and dashes in place.
            return plain.translate(_EXACT).replace("--", "\\-\\-").replace("...", "\\.\\.\\.")
        return _REFERENCE.sub(self._linked, plain)

    def source(self, number: int | str) -> str:
        """The mark of a source: a link to it."""
        return f"[\\[{number}\\]](#source-{number})"

    def footnote(self, number: str) -> str:
        """The mark of a footnote of a text: a link to it."""
        place = self.places.passage(self._text_id, "footnote", number)
        return f"[{number.translate(markdown.RAISED)}]({place})"

    def note(self, words: str) -> str:
        """The mark of a note, which is written by `notes`."""
        self._noted += 1
        self._notes.append(f"[^note-{self._noted}]: {self.line(words.removeprefix(NOTE))}")
        return f"[^note-{self._noted}]"

    def notes(self) -> list[str]:
        """The notes since the last call."""
        notes, self._notes = self._notes, []
        return notes

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return {passage.ref: passage for passage in self._data.passages()}

    def _linked(self, found: re.Match[str]) -> str:
        passage = self._passages.get(found[0])
        return f"[{self.named(passage)}]({self.passage(passage)})" if passage else found[0]

    def named(self, passage: Passage) -> str:
        """A passage as it is called: "Lima Chair's Summary, footnote 1"."""
        document = self._data.records[self._data.texts[passage.text_id].document].short_name
        kind = passage.kind.replace("-", " ")
        return f"{markdown.label(document)}, {kind} {passage.number}"

    def passage(self, passage: Passage) -> str:
        """Where a passage is."""
        return self.places.passage(passage.text_id, passage.kind, passage.number)

    def exactly(self, text_id: str, spans: Sequence[Span]) -> str:
        """The words of a passage of a text, word for word."""
        self._text_id = text_id
        try:
            return markdown.text(spans, self)
        finally:
            self._text_id = ""

    # Blocks -------------------------------------------------------------------------

    def heading(self, words: str, level: int, anchor: str = "") -> str:
        """A heading, with the anchor that links lead to; the marks of sources are left out.

        In the heading itself the anchor would come again in every table of contents.
        """
        plain = words.words if isinstance(words, Marked) else words
        above = f"{anchored(anchor)}\n\n" if anchor and self.places.anchored else ""
        return f"{above}{'#' * (level + self._lower)} {self.line(plain)}"

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Blocks of a report, each as it stands in a book."""
        written: list[str] = []
        for block in blocks:
            if isinstance(block, Facts):
                written += self._facts(block)
            elif isinstance(block, Quote):
                written.append(self._quote(block))
            elif isinstance(block, Prose | Quiet):
                written.append(markdown.text(block.spans, self))
            elif isinstance(block, Heading):
                written.append(self.heading(block.text, block.level))
        return written

    def _facts(self, block: Facts) -> list[str]:
        """Facts by their labels: several values of one are a list below it."""
        groups: list[tuple[str, list[str]]] = []
        for label, spans, remark in block.lines:
            if label or not groups:
                groups.append((label, []))
            groups[-1][1].append(self._fact(spans, remark))
        lines: list[str] = []
        for label, values in groups:
            strong = markdown.text([Span(label, "strong")], self)
            lead = f"- {strong}:" if label else "-"
            if len(values) == 1:
                lines.append(f"{lead} {values[0]}")
            else:
                lines += [lead, *(f"  - {value}" for value in values)]
        heading = [self.heading(block.heading, 2)] if block.heading else []
        return [*heading, "\n".join(lines)]

    def _fact(self, spans: Sequence[Span], remark: str) -> str:
        """A value with its date in brackets, the marks of its sources, and its notes."""
        words = remark.words if isinstance(remark, Marked) else remark
        end = f" ({self.line(words)})" if words else ""
        if isinstance(remark, Marked):
            end += "".join(f" {self.source(number)}" for number in remark.numbers)
        notes = "".join(self.note(span.text) for span in spans if span.style == "note")
        value = markdown.text([span for span in spans if span.style != "note"], self)
        return value.replace("\n", "\n    ") + end + notes

    def cited(self, key: str) -> str:
        """The mark of a source by its key."""
        return "".join(self.source(span.text) for span in self.marks.spans([key]))

    def _quote(self, block: Quote) -> str:
        """Words of a passage with the passage that they are, and its source."""
        passage = self._passages[block.ref]
        words = self.exactly(passage.text_id, block.spans).replace("\n", "\n> ")
        document = self._data.texts[passage.text_id].document
        origin = f"[{self.named(passage)}]({self.passage(passage)}) {self.cited(document)}"
        return f"> {words}\n\n{origin}"

    def sources(self) -> list[str]:
        """The list of all sources that have been cited, with the anchors of their numbers."""
        return [
            "\n".join(
                f"{number}. {anchored(f'source-{number}')}{markdown.text(whole(), self)}"
                for number, _, whole in block.entries
            )
            for block in self.marks.block()
            if isinstance(block, Sources)
        ]


def anchored(anchor: str) -> str:
    """What a link leads to; of all that Markdown takes, pandoc keeps this in every format."""
    return f'<span id="{anchor}"></span>' if anchor else ""


def table(columns: Mapping[str, Sequence[str]]) -> str:
    """A table: by the labels of its columns their cells as they are written."""
    head = [list(columns), ["---"] * len(columns)]
    rows = zip(*columns.values(), strict=True)
    lines = [[f" {cell}" if cell else "" for cell in line] for line in (*head, *rows)]
    return "\n".join(f"|{' |'.join(line)} |" for line in lines)
