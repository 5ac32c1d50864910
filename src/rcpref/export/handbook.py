"""The data set as a handbook in Markdown: texts, records, States, and the sources of all.

It is one file, or a folder with a page for each record and text and an index. Each has
what holds at a date, all claims whatever their date, and numbers that lead to the sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.members import members_at
from rcpref.answers.time import AsOf
from rcpref.answers.wording import shown_value
from rcpref.export.book import (
    INDEX,
    STATES,
    Book,
    Places,
    anchored,
    passage_anchor,
    record_path,
    table,
    text_path,
)
from rcpref.model import KINDS
from rcpref.report.blocks import FactLine, Span
from rcpref.report.markdown import RAISED, escape, label
from rcpref.views.claims import cautions, first_day
from rcpref.views.passages import editor_notes, source_line
from rcpref.views.record import kind_words, record_blocks
from rcpref.views.words import claim_date, data_line, date_words, passage_spans

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
    parts += _all_claims(data, record, book)
    return [*parts, *book.notes()]


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
        "Date": [book.line(claim_date(data, claim)) for claim in claims],
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
    certain: dict[str, list[Record]] = {}
    for record in data:
        for code, found in members_at(data, record, asked).items():
            if found.certain:
                certain.setdefault(code, []).append(record)
    states = [country for code, country in data.countries.items() if code in certain]
    links = [", ".join(_to(record, book) for record in certain[each.alpha3]) for each in states]
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
