"""The page of a record: what was asked first, a map, other facts, members and evidence, claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import BASES, Answer
from rcpref.data.names import names_in
from rcpref.export.atlas import maps
from rcpref.export.atlas.answers import YEAR_LEVELS
from rcpref.export.atlas.claims import Claims
from rcpref.export.atlas.markup import Content, Html, element, joined, link
from rcpref.export.atlas.texts import page_id
from rcpref.export.atlas.words import Words, also
from rcpref.export.pictures.signs import SIGNS, sign_of
from rcpref.model import HELD_KINDS
from rcpref.report.blocks import Entry
from rcpref.report.marks import Marks
from rcpref.views.lines import LINES, Subject, chairs, entries, members
from rcpref.views.record import kind_words

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.records import Record
    from rcpref.model.texts import Text


class Pages:
    """The pages of the records of a data set."""

    def __init__(self, data: Data, answers: Answers, words: Words) -> None:
        self._data = data
        self._answers = answers
        self._words = words
        self._asked = answers.times.months[-1]
        self._claims = Claims(data, words)
        self._texts: dict[str, list[Text]] = {}
        for text in data.texts.values():
            for key in {text.meeting, text.document}:
                self._texts.setdefault(key, []).append(text)

    def record(self, record: Record) -> Html:
        """The page of a record."""
        names = (record.short_name, record.name)
        every = names_in(record.id, self._data.document["records"][record.id])
        marks = Marks(self._data)
        subject = Subject(self._data, record, self._asked, marks)
        answered = record.id in self._answers.last_known or record.id in self._answers.holders
        leading = [line for line in _LEADING if answered and line in LINES[record.kind]]
        led = [entry for line in leading for entry in line(subject)]
        facts = entries(subject, leave_out=leading)
        return element(
            "section",
            self._head(record),
            element("div", *self._sheet(record, answered, led, facts, marks), class_="sheet"),
            self._who(record),
            self._claims.of(record),
            also([name for name in every if name not in names]),
            class_="page record",
            id=record.id,
            data_kind=record.kind,
            data_where=" ".join(_where(record)) or None,
        )

    def _head(self, record: Record) -> Content:
        full = element("p", record.name, class_="full")
        texts = self._texts.get(record.id, ())
        links = [link(page_id(text), "The text, word for word") for text in texts]
        return [
            element("p", kind_words(record), class_="kind"),
            element("h1", record.short_name),
            full if record.name != record.short_name else None,
            element("p", joined(links)) if links else None,
        ]

    def _sheet(
        self,
        record: Record,
        answered: bool,
        led: Sequence[Entry],
        facts: Sequence[Entry],
        marks: Marks,
    ) -> list[Html]:
        """What leads the page: members and chair, a map, other facts as last known."""
        parts = []
        if answered:
            heading = element("h2", "As last known")
            below = "in the table below"
            card = self._words.entries(led, marks.keys, below) if led else element("p", "Nothing.")
            parts.append(element("div", heading, card, class_="now"))
        known = self._answers.last_known.get(record.id)
        if known:
            label = f"Map of the members of {record.short_name}: the table below says the same"
            parts.append(
                element(
                    "figure",
                    maps.large(known, label),
                    maps.legend(known),
                    self._absent(known),
                    self._by_year(record),
                    class_="world",
                )
            )
        if facts:
            title = "Other facts, as last known" if answered else "What is known"
            heading = element("summary", element("h2", title))
            card = self._words.entries(facts, marks.keys)
            parts.append(element("details", heading, card, open="", class_="facts"))
        return parts

    def _absent(self, known: Mapping[str, Answer]) -> Html | None:
        """Whom the map does not have."""
        names = [self._data.countries[code].name for code in maps.absent(known)]
        return element("p", f"Not on the map: {', '.join(names)}.") if names else None

    # Members and evidence --------------------------------------------------------------

    def _who(self, record: Record) -> Content:
        known = self._answers.last_known.get(record.id)
        if not known:
            return None
        return [
            element("h2", "Who, and on what evidence", element("span", class_="when")),
            evidence_table("States", self._rows(known)),
        ]

    def _rows(self, known: Mapping[str, Answer]) -> list[Html]:
        """States with the same answer stand in one row."""
        groups: dict[Answer, list[str]] = {}
        for code, found in known.items():
            groups.setdefault(found, []).append(code)
        names = self._data.countries

        def place(pair: tuple[Answer, list[str]]) -> tuple[int, int, int, str]:
            found, codes = pair
            basis = BASES.index(found.basis) if found.basis else len(BASES)
            return SIGNS.index(sign_of(found)), -len(codes), basis, names[codes[0]].name

        rows = []
        for codes in groups.values():
            codes.sort(key=lambda code: names[code].name)
        for found, codes in sorted(groups.items(), key=place):
            states = joined(map(self._words.state, codes))
            rows.append(evidence_row(self._words, found, states, len(codes)))
        return rows

    def _by_year(self, record: Record) -> Html:
        years = self._answers.times.years
        return by_year(self._answers.counts(record.id), str(years[0].text), str(years[-1].text))


def _where(record: Record) -> list[str]:
    """Codes of the States in which a meeting or summit was held."""
    if record.kind not in HELD_KINDS:
        return []
    return list(dict.fromkeys(code for c in record.claims_of("country") for code in c.values))


_LEADING = (members, chairs)
"""The lines of a card that lead a page, since there are answers to them for all dates."""


def by_year(counts: Sequence[Sequence[int]], first: str, last: str) -> Html:
    """How many members a record had year by year, as steps in the tones of its map."""
    most = max(1, *(count[-1] for count in counts))
    shown = [level for level in range(len(YEAR_LEVELS)) if any(_steps_of(counts, level))]

    def steps(level: int) -> Html:
        heights = [count[level] for count in counts]
        turns = [n for n in range(1, len(heights)) if heights[n] != heights[n - 1]]
        runs = zip([0, *turns], [*turns, len(heights)], strict=True)
        path = "".join(f"V{most - heights[start]}H{end}" for start, end in runs)
        return element("path", class_=YEAR_LEVELS[level][0], d=f"M0 {most}{path}V{most}z")

    words = (
        f"Members by year, {first} to {last}: at most {max(count[1] for count in counts)} certain"
    )
    drawing = element(
        "svg",
        element(
            "svg",
            *map(steps, reversed(shown)),
            viewBox=f"0 0 {len(counts)} {most}",
            preserveAspectRatio="none",
            y=_ABOVE,
            width="100%",
            height=_HIGH,
        ),
        element("use", href="#Years"),
        element("text", str(most), x="100%", y=_ABOVE - 4),
        role="img",
        aria_label=words,
    )
    signs = [element("li", maps.swatch(YEAR_LEVELS[n][0]), YEAR_LEVELS[n][1]) for n in shown]
    legend = [element("li", "Members by year:"), *signs]
    return element("div", drawing, element("ul", *legend, class_="legend"), class_="years")


def _steps_of(counts: Sequence[Sequence[int]], level: int) -> Iterator[int]:
    """What a level adds to the one below it, year by year."""
    for count in counts:
        yield count[level] - (count[level - 1] if level else 0)


_ABOVE, _HIGH, _BELOW = 14, 56, 16
"""Room above the steps, of them, and below them, in pixels."""


def year_scale(first: str, last: str) -> Html:
    """The scale of all drawings of members by year: the top, the half, every fifth year."""
    years = range(int(first), int(last) + 1)
    levels = [_ABOVE, _ABOVE + _HIGH // 2, _ABOVE + _HIGH]
    parts = [element("line", x2="100%", y1=y, y2=y) for y in levels]
    for year in years[::5]:
        x = f"{100 * (year - years[0]) / len(years):.2f}%"
        base = _ABOVE + _HIGH
        parts.append(element("line", x1=x, x2=x, y1=base, y2=base + 4))
        parts.append(element("text", str(year), x=x, y=base + _BELOW))
    return element("symbol", *parts, id="Years")


def evidence_table(what: str, rows: Sequence[Html]) -> Html:
    """Answers with their reasons and evidence."""
    heads = [element("th", label) for label in ("Answer", what, "Why", "Evidence")]
    head = element("thead", element("tr", *heads))
    return element("table", head, element("tbody", *rows), class_="who")


def evidence_row(words: Words, found: Answer, whom: Html, count: int) -> Html:
    """One answer, for whom it is, and on what claims it rests."""
    claims: dict[str, str] = {}
    for claim in found.rests_on:
        claims.setdefault(claim.source, claim.ref)
    evidence = joined((words.source(key, ref) for key, ref in claims.items()), "; ")
    basis = element("small", f" {found.basis}") if found.basis else None
    return element(
        "tr",
        element("th", found.answer, f" {count}" if count > 1 else ""),
        element("td", whom),
        element("td", found.reason, basis),
        element("td", evidence),
        class_=sign_of(found).key,
    )
