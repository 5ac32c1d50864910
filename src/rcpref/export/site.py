"""The data set as a site: a folder of pages that link to each other, and need nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rcpref.answers.time import as_of
from rcpref.answers.timeline import happenings
from rcpref.answers.values import last_active
from rcpref.data.names import is_own
from rcpref.dates import parse
from rcpref.export.files import about_data, linked_dataset
from rcpref.model import KINDS
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Card, Column, Entry, Grid, Heading, Marked, Row
from rcpref.report.html import Content, Writer, data_script, element, joined, page
from rcpref.report.marks import Marks, source_spans
from rcpref.report.safe import web_address
from rcpref.views.compare import disputes
from rcpref.views.record import short_page, whole_page
from rcpref.views.shapes import EVENT
from rcpref.views.text import editor_notes, source_line
from rcpref.views.timeline import marked_rows
from rcpref.views.words import data_line, passage_spans, spans_within

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.countries import Country
    from rcpref.model.texts import Passage, Text

_INDEX, _YEARS, _DISPUTES, _SOURCES = "index.html", "years.html", "disputes.html", "sources.html"

_SPLIT = re.compile(r"([a-z0-9-]+/[a-z]+(?:-[a-z]+)*-[0-9]+|, |; |: | ?\(|\))")
"""Between names that stand in a row; a reference to a passage also stands among words."""

_MOST_DESCRIBED = 200  # characters of the description of a page


def site(data: Data) -> dict[str, bytes]:
    return dict(_Site(data).pages())


class _Linked(Writer):
    """A writer of one page: names of records and States lead to theirs."""

    def __init__(self, site: _Site, path: str) -> None:
        super().__init__()
        self._site = site
        self._path = path

    def named(self, words: str) -> Content:
        """Words in which names, references to passages and keys of sources are links."""
        return [self.link(each) for each in _SPLIT.split(words)]

    def link(self, words: str, place: str = "") -> Content:
        """Words as a link to the place with this name, or to a path; not to the page itself."""
        place = place or self._site.places.get(words, self._path)
        if place == self._path:
            return words
        address = "../" * self._path.count("/") + quote(place, safe="/#:")
        return element("a", words, href=address)

    def links(self, title: str, links: Iterable[tuple[str, str]]) -> Content:
        """A list of names with where they lead, below a heading."""
        items = [element("li", self.link(name, place)) for name, place in links]
        return [self.heading(title, 2), element("ul", *items, class_="names")]

    def page(self, title: str, about: str, main: Content, linked: Any = None) -> tuple[str, bytes]:
        """The page with the links to the others; `linked` is JSON-LD, for programs."""
        nav = [element("li", self.link(name, place)) for name, place in self._site.parts()]
        about = shorten(about, _MOST_DESCRIBED, placeholder=" ...")
        title = f"{title}: {self._site.title}" if title else self._site.title
        head = [
            element("meta", name="description", content=about),
            element("meta", property="og:title", content=title),
            element("meta", property="og:description", content=about),
            element("meta", property="og:type", content="website"),
            data_script(linked, "application/ld+json") if linked else None,
        ]
        body = [
            element("nav", element("ul", *nav), aria_label="Parts"),
            element("main", main),
            element("footer", element("p", self._site.foot)),
        ]
        return self._path, page(title, *body, head=head).encode()


class _Exact(Writer):
    """A writer of words of a text, in which nothing is a link but the marks of footnotes."""

    def words(self, words: str) -> Content:
        return words

    def footnote(self, number: str) -> Content:
        return element("a", number, href=f"#footnote-{number}")


class _Site:
    def __init__(self, data: Data) -> None:
        self._data = data
        self._asked = as_of(None, data.date)
        self._states = [data.countries[code] for code in data.plain.states_named()]
        self.title, self.foot = data.info.title, data_line(data)
        self.places = dict(_places(data, self._states))

    def pages(self) -> Iterator[tuple[str, bytes]]:
        data = self._data
        cards = {record.id: short_page(data, record, self._asked) for record in data}
        yield self._index(cards)
        yield self._years()
        yield self._disputes()
        yield self._bibliography()
        for text in data.texts.values():
            yield self._text(text)
        for record in data:
            yield self._thing(record, _of_record(record.id), cards[record.id])
        for country in self._states:
            card = short_page(data, country, self._asked)
            yield self._thing(country, _of_state(country.alpha3), card)

    def parts(self) -> Iterator[tuple[str, str]]:
        yield "Processes, bodies, States", _INDEX
        yield "By year", _YEARS
        yield "Disagreements", _DISPUTES
        for text in self._data.texts.values():
            yield self._data.records[text.meeting].short_name, _of_text(text.id)
        yield "Sources", _SOURCES

    # Pages of many records ----------------------------------------------------------

    def _index(self, cards: Mapping[str, Sequence[Block]]) -> tuple[str, bytes]:
        data, writer = self._data, _Linked(self, _INDEX)
        about = about_data(data)
        parts: list[Content] = [writer.heading(data.info.title, 1), element("p", about)]
        for kind, plural in KINDS.items():
            records, title = data.of_kind(kind), plural.capitalize()
            if records and kind in ("process", "body"):
                rows = [_row(r, cards[r.id], last_active(data, r.id)) for r in records]
                parts.append(writer.blocks([Heading(title), Grid(_COLUMNS, rows)]))
            elif records:
                parts.append(
                    writer.links(title, [(r.short_name, _of_record(r.id)) for r in records])
                )
        states = [(each.name, _of_state(each.alpha3)) for each in self._states]
        parts.append(writer.links("States", states))
        return writer.page("", about, parts, linked_dataset(data, about))

    def _years(self) -> tuple[str, bytes]:
        """What happened, under the first year in which it can have happened."""
        data, writer, marks = self._data, _Linked(self, _YEARS), Marks(self._data)
        found = happenings(data)
        columns = EVENT.columns()
        rows = marked_rows(columns, found, marks)
        shown = [each for each in columns if each.key in ("date", "short_name", "event", "what")]
        years = dict.fromkeys(str(each.first.year) for each in found)
        links = [element("li", element("a", year, href=f"#y{year}")) for year in years]
        parts: list[Content] = [writer.heading("By year", 1), writer.blocks(marks.block())]
        parts.append(element("ul", *links, class_="names"))
        happened = groupby(zip(found, rows, strict=True), lambda pair: pair[0].first.year)
        for year, pairs in happened:
            own: list[Row] = [{**row, "date": parse(each.date).words} for each, row in pairs]
            parts += [
                writer.heading(str(year), 2, id=f"y{year}"),
                writer.blocks([Grid(shown, own)]),
            ]
        about = "Foundings, meetings, chairs, joinings, leavings and documents, year by year."
        return writer.page("By year", about, [parts, writer.sources()])

    def _disputes(self) -> tuple[str, bytes]:
        writer = _Linked(self, _DISPUTES)
        main = writer.blocks(disputes(self._data, ()).for_people())
        about = "Where sources disagree for the same time: each of them, side by side."
        return writer.page("Disagreements", about, [main, writer.sources()])

    def _bibliography(self) -> tuple[str, bytes]:
        data, writer = self._data, _Linked(self, _SOURCES)
        citing: dict[str, list[Record]] = {}
        for record in data:
            for key in dict.fromkeys(claim.source for claim in record.claims):
                citing.setdefault(key, []).append(record)
        items = []
        for key in sorted(data.sources, key=lambda each: data.sources[each].title.casefold()):
            links = [writer.link(r.short_name, _of_record(r.id)) for r in citing.get(key, ())]
            by = [" Cited by ", joined(links), "."] if links else None
            items.append(element("li", writer.spans(source_spans(data, key)), by, id=key))
        main = [writer.heading("Sources", 1), element("ul", *items, class_="sources")]
        about = f"The {len(data.sources)} sources of all claims, and what each is cited by."
        return writer.page("Sources", about, main)

    # Pages of one thing -------------------------------------------------------------

    def _thing(
        self, found: Record | Country, path: str, card: Sequence[Block]
    ) -> tuple[str, bytes]:
        data, writer = self._data, _Linked(self, path)
        title, linked = found.name, None
        if isinstance(found, Record):
            title, linked = found.short_name, _linked_data(found)
        _, *whole = whole_page(data, found, None)
        links = [
            element("p", writer.link("The text, word for word", _of_text(text.id)))
            for text in data.texts.values()
            if path in (_of_record(text.meeting), _of_record(text.document))
        ]
        main = [
            writer.blocks(card),
            links,
            writer.blocks([Heading("All names, claims and texts", 1), *whole], lower=1),
            writer.sources(),
        ]
        parts = ((line.label, _answer(line) or _names(line)) for line in _lines(card))
        lines = (": ".join(filter(None, each)) for each in parts)
        about = f"{found.name}. {'; '.join(lines)}"
        return writer.page(title, about, main, linked)

    def _text(self, text: Text) -> tuple[str, bytes]:
        data, writer = self._data, _Linked(self, _of_text(text.id))
        inside = spans_within(text)
        written = [_passage(data, each, inside.get(each.ref, ())) for each in text.flow()]
        named = dict.fromkeys(m.record or m.state or "" for p in text.passages for m in p.mentions)
        links = [
            (data.records[key].short_name, _of_record(key))
            if key in data.records
            else (data.plain.state_name(key), _of_state(key))
            for key in named
        ]
        meeting = data.records[text.meeting]
        about = f"The document of {meeting.name}, word for word."
        origin = writer.link(meeting.name, _of_record(meeting.id))
        main = [
            writer.heading(text.title, 1),
            element("p", "Word for word, of ", origin, "."),
            element("div", *written, lang=text.language),
            writer.blocks([*editor_notes(text.passages, own_ref=True), source_line(data, text)]),
            writer.links("What it names", links) if links else None,
        ]
        return writer.page(text.title, about, main)


def _passage(data: Data, passage: Passage, inside: Iterable[Passage]) -> Content:
    """A passage, with the anchors of those that are words of it."""
    anchors = [element("span", id=_anchor(each)) for each in inside]
    words = _Exact().spans(passage_spans(data, passage))
    number = str(passage.number)
    lead = {"conclusion": f"{number}) ", "footnote": element("sup", number)}.get(passage.kind, "")
    tag = "h2" if passage.kind == "heading" else "p"
    return element(tag, anchors, lead, words, id=_anchor(passage))


# Where things are -----------------------------------------------------------------------

_of_record, _of_state = "records/{}.html".format, "states/{}.html".format
_of_text = "texts/{}.html".format


def _anchor(passage: Passage) -> str:
    return f"{passage.kind}-{passage.number}"


def _places(data: Data, states: Iterable[Country]) -> Iterator[tuple[str, str]]:
    """Where names, references and keys of sources lead; of two equal ones the last counts."""
    document = data.document
    named = [(raw, raw["short_name"], _of_record(key)) for key, raw in document["records"].items()]
    for each in states:
        code = each.alpha3
        named.append((document["countries"][code], each.name, _of_state(code)))
    # A name of an overlay never takes the place of another.
    named.sort(key=lambda each: not is_own(each[0]))
    yield from ((key, f"{_SOURCES}#{key}") for key in data.sources)
    yield from ((each.ref, f"{_of_text(each.text_id)}#{_anchor(each)}") for each in data.passages())
    yield from ((name, path) for _, name, path in named)


# What is said of records, and of all ----------------------------------------------------

_COLUMNS = (
    Column("name", "Name"),
    Column("what", "What it is"),
    Column("members", "Members"),
    Column("seen", "Last seen active"),
)


def _lines(card: Sequence[Block]) -> Iterator[Entry]:
    for block in card:
        if isinstance(block, Card):
            yield from block.entries


def _answer(line: Entry) -> str:
    """The answer of a line of a card, without the marks of its sources."""
    unsaid = ("source", "more-sources", "hint")
    return "".join(span.text for span in line.spans if span.style not in unsaid)


def _names(line: Entry) -> str:
    return ", ".join(each.words if isinstance(each, Marked) else each for each in line.names)


def _row(record: Record, card: Sequence[Block], seen: str | None) -> Row:
    by_label = {line.label: _answer(line) for line in _lines(card)}
    return {
        "name": record.short_name,
        "what": by_label.get(record.kind.capitalize()),
        "members": by_label.get("Members"),
        "seen": parse(seen).words if seen else None,
    }


_TYPES = {
    "meeting": "Event",
    "summit": "Event",
    "document": "CreativeWork",
    "term": "DefinedTerm",
}
"""What a record is for schema.org, by its kind, where it is no organisation."""

_CLAIMED = {
    "url": "website",
    "foundingDate": "founded",
    "startDate": "start_date",
    "endDate": "end_date",
    "datePublished": "published",
}
"""Properties of schema.org, and those of the data."""


def _linked_data(record: Record) -> dict[str, Any]:
    """A record; of what sources disagree on nothing is said."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(record.kind, "Organization"),
        "name": record.name,
        "identifier": record.id,
    }
    others = dict.fromkeys([record.short_name, record.acronym, *record.aliases])
    if names := [name for name in others if name and name != record.name]:
        found["alternateName"] = names
    for key, claimed in _CLAIMED.items():
        values = {str(claim.value) for claim in record.claims_of(claimed)}
        if len(values) == 1 and (key != "url" or web_address(*values)):
            found[key] = values.pop()
    return found
