"""The data set as a handbook in Markdown: texts, records, States, and the sources of all.

It is one file, or a folder with a page for each record and text and an index. Each has
what holds at a date, all claims whatever their date, and numbers that lead to the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rcpref.answers.membership.members import members_at
from rcpref.answers.time import AsOf
from rcpref.answers.values import shown_value
from rcpref.model import KINDS
from rcpref.report import markdown
from rcpref.report.blocks import (
    Block,
    FactLine,
    Facts,
    Heading,
    Marked,
    Prose,
    Quiet,
    Quote,
    Sources,
    Span,
)
from rcpref.report.markdown import RAISED, escape, label
from rcpref.report.marks import Marks
from rcpref.views.record import kind_words, record_blocks
from rcpref.views.text import editor_notes, source_line
from rcpref.views.words import cautions, claim_date, data_line, date_words, first_day, passage_spans

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Record
    from rcpref.model.texts import Passage, Text


_RULES = (
    '<!-- markdownlint-configure-file {"MD013": false, "MD024": {"siblings_only": true}, '
    '"MD033": {"allowed_elements": ["span"]}} -->'
)
"""Lines are as long as their words, and what links lead to is no Markdown."""


def handbook(data: Data, asked: AsOf) -> dict[str, bytes]:
    """The pages of the handbook as a folder, by their paths."""
    index = Book(data, Places(""))
    pages = {INDEX: _joined(data, [*_front(data, asked, index), *_list(data, index)])}
    book = Book(data, Places(""))
    pages[STATES] = _page(data, _states(data, asked, book), book)
    for text in data.texts.values():
        book = Book(data, Places("../"))
        pages[text_path(text.id)] = _page(data, _text(data, text, book), book)
    for record in data:
        book = Book(data, Places("../"))
        pages[record_path(record)] = _page(data, _record(data, record, asked, book), book)
    return pages


def _page(data: Data, parts: Sequence[str], book: Book) -> bytes:
    """A page: its title, the way back, the rest, and the sources that it cites."""
    title, *rest = parts
    sources = book.sources()
    listed = [book.heading("Sources", 2), *sources] if sources else []
    return _joined(data, [title, f"[Contents]({book.places.contents()})", *rest, *listed])


def as_one_file(data: Data, asked: AsOf) -> bytes:
    """The handbook as one file: chapters by kind, and one list of sources at the end."""
    places = Places(None)
    book = Book(data, places, lower=2)
    top = Book(data, places)
    parts = _front(data, asked, top)
    parts.append(top.heading("Contents", 2, "book-contents"))
    parts += _list(data, Book(data, places, lower=1))
    parts.append(top.heading("Texts", 2))
    for text in data.texts.values():
        parts += _text(data, text, book)
    for kind, plural in KINDS.items():
        if records := data.of_kind(kind):
            parts.append(top.heading(plural.capitalize(), 2))
            for record in records:
                parts += _record(data, record, asked, book)
    parts += _states(data, asked, Book(data, places, lower=1))
    parts += [top.heading("Sources", 2), *book.sources()]
    return _joined(data, parts)


def _joined(data: Data, parts: Sequence[str]) -> bytes:
    whole = [_RULES, *parts, escape(data_line(data))]
    return ("\n\n".join(filter(None, whole)) + "\n").encode()


# Parts ------------------------------------------------------------------------------


def _front(data: Data, asked: AsOf, book: Book) -> list[str]:
    info = data.info
    return [
        book.heading(info.title, 1),
        f"A handbook, {book.line(date_words(data, asked))}. Every fact has its source.",
        book.line(f"Data: {info.licence}. {info.licence_note}"),
        book.line(f"{info.citation}, version {info.version} of {info.date}, sha256:{data.digest}"),
    ]


def _list(data: Data, book: Book) -> list[str]:
    """Links to all parts."""
    places = book.places
    texts = (f"- [{label(text.title)}]({places.text(text)})" for text in data.texts.values())
    parts = [book.heading("Texts", 2), "\n".join(texts)] if data.texts else []
    for kind, plural in KINDS.items():
        if records := data.of_kind(kind):
            lines = (_entry(record, book) for record in records)
            parts += [book.heading(plural.capitalize(), 2), "\n".join(lines)]
    link = f"- [What each State is a member of]({places.states()})"
    return [*parts, book.heading("States", 2), link]


def _to(record: Record, book: Book) -> str:
    """A link to a record."""
    return f"[{label(record.short_name)}]({book.places.record(record)})"


def _entry(record: Record, book: Book) -> str:
    line = f"- {_to(record, book)}"
    return line if record.name == record.short_name else f"{line}: {book.line(record.name)}"


def _record(data: Data, record: Record, asked: AsOf, book: Book) -> list[str]:
    """A record: its names, what holds at the date, what texts say of it, all claims."""
    kind: FactLine = ("Kind", [Span(kind_words(record))], "")
    parts = [
        book.heading(record.short_name, 1, f"record-{record.id}"),
        *book.blocks(record_blocks(data, record, asked, book.marks, kind)),
    ]
    if record.id in data.texts:
        text = data.texts[record.id]
        parts.append(f"Its outcome, word for word: [{label(text.title)}]({book.places.text(text)})")
    parts += [*_standing(data, record, asked, book), *_all_claims(data, record, book)]
    return [*parts, *book.notes()]


def _standing(data: Data, record: Record, asked: AsOf, book: Book) -> list[str]:
    """Which States are suspended, absent, about to leave, each with its sources."""
    lines = [
        f"- {book.line(data.countries[code].name)}: "
        + "; ".join(f"{each.words} {book.cited(each.claim.source)}" for each in found.standing)
        for code, found in members_at(data, record, asked).items()
        if found.standing
    ]
    title = f"Standing, {date_words(data, asked)}"
    return [book.heading(title, 2), "\n".join(lines)] if lines else []


def _all_claims(data: Data, record: Record, book: Book) -> list[str]:
    """All claims, whatever their date, as a table."""
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
    """The document, each passage with an anchor."""
    parts = [book.heading(text.title, 1, f"text-{text.id}")]
    inside: dict[str, list[Passage]] = {}
    for passage in text.passages:
        if passage.within:
            inside.setdefault(passage.within, []).append(passage)
    for passage in text.flow():
        together = [passage, *inside.get(passage.ref, ())]
        anchors = "".join(anchored(passage_anchor(text.id, p.kind, p.number)) for p in together)
        parts.append(_passage(data, passage, anchors, book))
    parts += book.blocks([*editor_notes(text.passages, own_ref=True), source_line(data, text)])
    named = dict.fromkeys(m.record for p in text.passages for m in p.mentions if m.record)
    if named:
        records = (data.records[key] for key in named)
        lines = (f"- {_to(record, book)}" for record in records)
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
                standing = "; ".join(each.words for each in found.standing)
                beside = f" ({standing})" if standing else ""
                certain.setdefault(code, []).append(f"{_to(record, book)}{beside}")
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
        "Answers that are not certain stand with the process or body.",
        table(columns),
    ]


# How a handbook is written: Markdown that reads as a book, also when pandoc has made it one
# Numbers of sources are links to the list of sources, notes are footnotes, references to
# passages are links.


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
