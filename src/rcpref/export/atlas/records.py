"""The page of a record: what was asked first, a map, other facts, members and evidence, claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import BASES, Answer
from rcpref.export.atlas import maps
from rcpref.export.atlas.claims import Claims
from rcpref.export.atlas.markup import Content, Html, element, joined, link
from rcpref.export.atlas.texts import page_id
from rcpref.export.atlas.words import Words
from rcpref.export.pictures.signs import SIGNS
from rcpref.model import HELD_KINDS
from rcpref.report.blocks import Entry
from rcpref.report.marks import Marks
from rcpref.views.card.chairs import chairs
from rcpref.views.card.kinds import LINES, entries
from rcpref.views.card.parties import members
from rcpref.views.card.subject import Subject

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.records import Record
    from rcpref.model.texts import Text


class Pages:
    """The pages of the records of a data set.

    Args:
        data: The data set.
        answers: All answers.
        words: Its words with links.
    """

    def __init__(self, data: Data, answers: Answers, words: Words) -> None:
        self._data = data
        self._answers = answers
        self._words = words
        self._asked = answers.times.months[-1]
        self._claims = Claims(data, words)
        self._told_in: dict[str, list[Text]] = {}
        for text in data.texts.values():
            for key in {text.meeting, text.document}:
                self._told_in.setdefault(key, []).append(text)

    def record(self, record: Record) -> Html:
        """The page of a record."""
        marks = Marks(self._data)
        subject = Subject(self._data, record, self._asked, marks)
        answered = record.id in self._answers.last_known or record.id in self._answers.chairs
        leading = [line for line in _LEADING if answered and line in LINES[record.kind]]
        led = [entry for line in leading for entry in line(subject)]
        facts = entries(subject, leave_out=leading)
        return element(
            "section",
            self._head(record),
            element("div", *self._sheet(record, answered, led, facts, marks), class_="sheet"),
            self._who(record),
            self._claims.of(record),
            self._also(record),
            class_="page record",
            id=record.id,
            data_kind=record.kind,
            data_where=" ".join(_held_in(record)) or None,
        )

    def _head(self, record: Record) -> Content:
        own = "from your overlay" if record.overlay else None
        kind = joined(filter(None, [record.kind, own]))
        full = element("p", record.name, class_="full")
        return [
            element("p", kind, class_="kind"),
            element("h1", record.short_name),
            full if record.name != record.short_name else None,
            self._texts(record),
        ]

    def _texts(self, record: Record) -> Html | None:
        """Links to the texts of a meeting or document that are kept here."""
        texts = self._told_in.get(record.id, ())
        links = [link(page_id(text), "The text, word for word") for text in texts]
        return element("p", joined(links)) if links else None

    def _also(self, record: Record) -> Html | None:
        """The other names by which it is found."""
        known = (record.short_name, record.name)
        every = self._data.plain.names_of(record.id)
        names = [name for name in every if name not in known]
        also = [element("b", "Also named"), " ", element("span", "; ".join(names))]
        return element("p", *also, class_="also") if names else None

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
            card = self._words.entries(led, marks.keys) if led else element("p", "Nothing.")
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
            own = [element("h2", title), self._words.entries(facts, marks.keys)]
            parts.append(element("div", *own, class_="facts"))
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
            return SIGNS.index(maps.sign(found)), -len(codes), basis, names[codes[0]].name

        rows = []
        for codes in groups.values():
            codes.sort(key=lambda code: names[code].name)
        for found, codes in sorted(groups.items(), key=place):
            states = joined(map(self._words.state, codes))
            rows.append(evidence_row(self._words, found, states, len(codes)))
        return rows

    def _by_year(self, record: Record) -> Html:
        years, groups = self._answers.times.years, self._answers.members[record.id][0]
        counts = [[0, 0] for _ in years]
        kinds = self._answers.kinds
        for codes, runs in groups:
            ends = [*runs[2::2], len(years)]
            for start, number, end in zip(runs[::2], runs[1::2], ends, strict=True):
                for level in _LEVELS.get(kinds[number], ()):
                    for place in range(start, end):
                        counts[place][level] += len(codes) // 3
        return by_year(counts, str(years[0].text), str(years[-1].text))


def _held_in(record: Record) -> list[str]:
    """Codes of the States in which a meeting or summit was held."""
    if record.kind not in HELD_KINDS:
        return []
    return list(dict.fromkeys(code for c in record.claims_of("country") for code in c.values))


_LEADING = (members, chairs)
"""The lines of a card that lead a page, since there are answers to them for all dates."""

_LEVELS = {"yes": (0, 1), "possible": (1,), "disputed": (1,)}
"""Which of two heights a State counts in: certain members, and all that may be."""


def by_year(counts: Sequence[Sequence[int]], first: str, last: str) -> Html:
    """How many members a record had year by year, as steps."""
    most = max(1, *(more for _, more in counts))

    def steps(level: int, class_: str) -> Html:
        heights = [count[level] for count in counts]
        turns = [n for n in range(1, len(heights)) if heights[n] != heights[n - 1]]
        runs = zip([0, *turns], [*turns, len(heights)], strict=True)
        path = "".join(f"V{most - heights[start]}H{end}" for start, end in runs)
        return element("path", class_=class_, d=f"M0 {most}{path}V{most}z")

    words = f"Members by year, {first} to {last}; at most {max(n for n, _ in counts)} certain"
    if any(more > sure for sure, more in counts):
        words += "; above them the possible and disputed"
    drawing = element(
        "svg",
        steps(1, "more"),
        steps(0, "sure"),
        viewBox=f"0 0 {len(counts)} {most}",
        preserveAspectRatio="none",
        role="img",
        aria_label=words,
    )
    return element("div", drawing, element("p", words), class_="years")


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
        class_=maps.sign(found).key,
    )
