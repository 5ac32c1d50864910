"""The data set as a handbook in Markdown: texts, records, States, and the sources of all.

It is one file with chapters by kind. Each record has what holds at a date, all claims
whatever their date, and numbers that lead to the list of sources at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.members import members_at
from rcpref.answers.time import AsOf
from rcpref.answers.values import shown_value
from rcpref.model import KINDS
from rcpref.report import blocks as kinds
from rcpref.report import markdown
from rcpref.report.blocks import Marked, Span
from rcpref.report.markdown import RAISED, escape, label
from rcpref.report.marks import Marks
from rcpref.views.record import kind_words, record_blocks
from rcpref.views.text import editor_notes, source_line
from rcpref.views.words import (
    cautions,
    claim_date,
    data_line,
    date_words,
    first_day,
    passage_spans,
    spans_within,
)

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record
    from rcpref.model.texts import Passage, Text


_RULES = (
    '<!-- markdownlint-configure-file {"MD013": false, "MD024": {"siblings_only": true}, '
    '"MD033": {"allowed_elements": ["span"]}} -->'
)
"""Lines are as long as their words, and what links lead to is no Markdown."""


def handbook(data: Data, asked: AsOf) -> bytes:
    info, book, top = data.info, Book(data, lower=2), Book(data)
    parts = [
        top.heading(info.title, 1),
        f"A handbook, {top.line(date_words(data, asked))}. Every fact has its source.",
        top.line(f"Data: {info.licence}. {info.licence_note}"),
        top.line(f"{info.citation}, version {info.version} of {info.date}, sha256:{data.digest}"),
        top.heading("Contents", 2, "book-contents"),
        *_list(data, Book(data, lower=1)),
    ]
    parts.append(top.heading("Texts", 2))
    for text in data.texts.values():
        parts += _text(data, text, book)
    for kind, plural in KINDS.items():
        if records := data.of_kind(kind):
            parts.append(top.heading(plural.capitalize(), 2))
            for record in records:
                parts += _record(data, record, asked, book)
    parts += _states(data, asked, Book(data, lower=1))
    parts += [top.heading("Sources", 2), *book.sources()]
    whole = [_RULES, *parts, escape(data_line(data))]
    return ("\n\n".join(filter(None, whole)) + "\n").encode()


# Parts ------------------------------------------------------------------------------


def _list(data: Data, book: Book) -> list[str]:
    texts = (f"- {_to_text(text)}" for text in data.texts.values())
    parts = [book.heading("Texts", 2), "\n".join(texts)] if data.texts else []
    for kind, plural in KINDS.items():
        if records := data.of_kind(kind):
            lines = (_entry(record, book) for record in records)
            parts += [book.heading(plural.capitalize(), 2), "\n".join(lines)]
    link = "- [What each State is a member of](#book-states)"
    return [*parts, book.heading("States", 2), link]


def _to(record: Record) -> str:
    return f"[{label(record.short_name)}](#record-{record.id})"


def _to_text(text: Text) -> str:
    return f"[{label(text.title)}](#text-{text.id})"


def _entry(record: Record, book: Book) -> str:
    line = f"- {_to(record)}"
    return line if record.name == record.short_name else f"{line}: {book.line(record.name)}"


def _record(data: Data, record: Record, asked: AsOf, book: Book) -> list[str]:
    kind: kinds.FactLine = ("Kind", [Span(kind_words(record))], "")
    parts = [
        book.heading(record.short_name, 1, f"record-{record.id}"),
        *book.blocks(record_blocks(data, record, asked, book.marks, kind)),
    ]
    if record.id in data.texts:
        parts.append(f"Its outcome, word for word: {_to_text(data.texts[record.id])}")
    parts += [*_standing(data, record, asked, book), *_all_claims(data, record, book)]
    return [*parts, *book.notes()]


def _standing(data: Data, record: Record, asked: AsOf, book: Book) -> list[str]:
    """Which States are suspended, absent, about to leave, each with its sources."""
    lines = [
        f"- {book.line(data.countries[code].name)}: "
        + "; ".join(
            f"{in_words([each.part], people=True)} {book.cited(each.claim.source)}"
            for each in found.standing
        )
        for code, found in members_at(data, record, asked).items()
        if found.standing
    ]
    title = f"Standing, {date_words(data, asked)}"
    return [book.heading(title, 2), "\n".join(lines)] if lines else []


def _all_claims(data: Data, record: Record, book: Book) -> list[str]:
    if not record.claims:
        return []
    order = {key: place for place, key in enumerate(data.properties)}
    claims = sorted(record.claims, key=lambda each: (order[each.property], first_day(each)))
    notes = [
        "; ".join(filter(None, [c.group, c.role, c.passage, c.note, *cautions(data, c)]))
        for c in claims
    ]
    columns = {
        "Property": [book.line(data.label_of(claim.property)) for claim in claims],
        "Value": [book.line(shown_value(data, claim)) for claim in claims],
        "Date": [book.line(claim_date(data, claim, iso=True)) for claim in claims],
        "Source": [book.cited(claim.source) for claim in claims],
        "Note": list(map(book.line, notes)),
    }
    return [book.heading("All claims", 2), table(columns)]


def _text(data: Data, text: Text, book: Book) -> list[str]:
    parts = [book.heading(text.title, 1, f"text-{text.id}")]
    inside = spans_within(text)
    for passage in text.flow():
        together = [passage, *inside.get(passage.ref, ())]
        anchors = "".join(anchored(passage_anchor(text.id, p.kind, p.number)) for p in together)
        parts.append(_passage(data, passage, anchors, book))
    parts += book.blocks([*editor_notes(text.passages, own_ref=True), source_line(data, text)])
    named = dict.fromkeys(m.record for p in text.passages for m in p.mentions if m.record)
    if named:
        records = (data.records[key] for key in named)
        lines = (f"- {_to(record)}" for record in records)
        parts += [book.heading("Records that it names", 2), "\n".join(lines)]
    return parts


def _passage(data: Data, passage: Passage, anchors: str, book: Book) -> str:
    words = book.exactly(passage.text_id, passage_spans(data, passage))
    if passage.kind == "footnote":
        raised = str(passage.number).translate(RAISED)
        return f"{anchors}{raised} {words}"
    lead = {"conclusion": f"{passage.number}) ", "key-point": "- "}.get(passage.kind, "")
    # The lines of an item of a list stand below its first word.
    return f"{lead}{anchors}{words}".replace("\n", f"\n{' ' * len(lead)}")


def _states(data: Data, asked: AsOf, book: Book) -> list[str]:
    certain: dict[str, list[str]] = {}
    for record in data:
        for code, found in members_at(data, record, asked).items():
            if found.certain:
                standing = "; ".join(in_words([each.part], people=True) for each in found.standing)
                remark = f" ({standing})" if standing else ""
                certain.setdefault(code, []).append(f"{_to(record)}{remark}")
    states = [country for code, country in data.countries.items() if code in certain]
    links = [", ".join(certain[each.alpha3]) for each in states]
    columns = {
        "State": [book.line(country.name) for country in states],
        "Code": [country.alpha3 for country in states],
        "Certain member of": links,
    }
    title = f"States and what they are certain members of, {date_words(data, asked)}"
    return [
        book.heading(title, 1, "book-states"),
        "Answers that are not certain are under the process or body.",
        table(columns),
    ]


# How a handbook is written: Markdown that reads as a book, also when pandoc has made it one
# Numbers of sources are links to the list of sources, notes are footnotes, references to
# passages are links.


def passage_anchor(text_id: str, kind: str, number: int | str) -> str:
    return f"passage-{text_id}-{kind}-{number}"


NOTE = "Note: "
"""What notes begin with for readers who have them next to the value."""

_EXACT = str.maketrans({"'": "\\'", '"': '\\"'})
_REFERENCE = re.compile(r"(?<![\w/-])[a-z0-9-]+/[a-z]+(?:-[a-z]+)*-\d+(?![\w-])")


class Book(markdown.Notes):
    def __init__(self, data: Data, lower: int = 0) -> None:
        super().__init__()
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
        return f"[\\[{number}\\]](#source-{number})"

    def footnote(self, number: str) -> str:
        place = passage_anchor(self._text_id, "footnote", number)
        return f"[{number.translate(markdown.RAISED)}](#{place})"

    def note(self, words: str) -> str:
        """The mark of a note, which is written by `notes`."""
        self._noted += 1
        self._notes.append(f"[^note-{self._noted}]: {self.line(words.removeprefix(NOTE))}")
        return f"[^note-{self._noted}]"

    def notes(self) -> list[str]:
        """The notes since the last call."""
        notes, self._notes = self._notes, []
        return notes

    def _linked(self, found: re.Match[str]) -> str:
        known = found[0] in self._data.plain.passages
        return self._link_to(self._data.passage(found[0])) if known else found[0]

    def _link_to(self, passage: Passage) -> str:
        """A passage as it is called: "Lima Chair's Summary, footnote 1"."""
        document = self._data.records[self._data.texts[passage.text_id].document].short_name
        name = f"{label(document)}, {passage.kind.replace('-', ' ')} {passage.number}"
        return f"[{name}](#{passage_anchor(passage.text_id, passage.kind, passage.number)})"

    def exactly(self, text_id: str, spans: Sequence[Span]) -> str:
        self._text_id = text_id
        try:
            return markdown.text(spans, self)
        finally:
            self._text_id = ""

    # Blocks -------------------------------------------------------------------------

    def heading(self, words: str, level: int, anchor: str = "") -> str:
        """A heading without marks of sources, below its anchor, which no contents should repeat."""
        plain = words.words if isinstance(words, Marked) else words
        above = f"{anchored(anchor)}\n\n" if anchor else ""
        return f"{above}{'#' * (level + self._lower)} {self.line(plain)}"

    def blocks(self, blocks: Iterable[kinds.Block]) -> list[str]:
        written: list[str] = []
        for block in blocks:
            if isinstance(block, kinds.Facts):
                written += self._facts(block)
            elif isinstance(block, kinds.Quote):
                written.append(self._quote(block))
            elif isinstance(block, kinds.Prose | kinds.Quiet):
                written.append(markdown.text(block.spans, self))
            elif isinstance(block, kinds.Heading):
                written.append(self.heading(block.text, block.level))
        return written

    def _facts(self, block: kinds.Facts) -> list[str]:
        """Facts by their labels: several values of one are a list below it."""
        groups: list[tuple[str, list[str]]] = []
        for name, spans, remark in block.lines:
            if name or not groups:
                groups.append((name, []))
            groups[-1][1].append(self._fact(spans, remark))
        lines: list[str] = []
        for name, values in groups:
            strong = markdown.text([Span(name, "strong")], self)
            lead = f"- {strong}:" if name else "-"
            if len(values) == 1:
                lines.append(f"{lead} {values[0]}")
            else:
                lines += [lead, *(f"  - {value}" for value in values)]
        heading = [self.heading(block.heading, 2)] if block.heading else []
        return [*heading, "\n".join(lines)]

    def _fact(self, spans: Sequence[Span], remark: str) -> str:
        words = remark.words if isinstance(remark, Marked) else remark
        end = f" ({self.line(words)})" if words else ""
        if isinstance(remark, Marked):
            end += "".join(f" {self.source(number)}" for number in remark.numbers)
        notes = "".join(self.note(span.text) for span in spans if span.style == "note")
        value = markdown.text([span for span in spans if span.style != "note"], self)
        return value.replace("\n", "\n    ") + end + notes

    def cited(self, key: str) -> str:
        return "".join(self.source(span.text) for span in self.marks.spans([key]))

    def _quote(self, block: kinds.Quote) -> str:
        passage = self._data.passage(block.ref)
        words = self.exactly(passage.text_id, block.spans).replace("\n", "\n> ")
        document = self._data.texts[passage.text_id].document
        return f"> {words}\n\n{self._link_to(passage)} {self.cited(document)}"

    def sources(self) -> list[str]:
        """The list of all sources that have been cited, with the anchors of their numbers."""
        return [
            "\n".join(
                f"{number}. {anchored(f'source-{number}')}{markdown.text(whole(), self)}"
                for number, _, whole in block.entries
            )
            for block in self.marks.block()
            if isinstance(block, kinds.Sources)
        ]


def anchored(anchor: str) -> str:
    """What a link leads to; of all that Markdown takes, pandoc keeps this in every format."""
    return f'<span id="{anchor}"></span>'


def table(columns: Mapping[str, Sequence[str]]) -> str:
    """A table: by the labels of its columns their cells as they are written."""
    head = [list(columns), ["---"] * len(columns)]
    rows = zip(*columns.values(), strict=True)
    lines = [[f" {cell}" if cell else "" for cell in line] for line in (*head, *rows)]
    return "\n".join(f"|{' |'.join(line)} |" for line in lines)
