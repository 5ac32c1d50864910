"""The page of a record: what was asked first, a map, other facts, members and evidence, claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import COUNTED, OPEN, Answer
from rcpref.answers.values import chair_why, not_seen_since
from rcpref.data.names import names_in
from rcpref.dates import parse
from rcpref.export.atlas import maps
from rcpref.export.atlas.answers import YEAR_LEVELS
from rcpref.export.atlas.texts import page_id
from rcpref.export.atlas.words import Words, also, link, table
from rcpref.export.pictures.shapes import shapes
from rcpref.export.pictures.svg import SIGNS, sign_of
from rcpref.model import HELD_KINDS, KINDS, MEMBER_KINDS
from rcpref.report.html import Content, Html, element, html, joined
from rcpref.report.marks import Marks
from rcpref.spelling import key_of
from rcpref.views.lines import LINES, Subject, chairs, entries, meetings, members
from rcpref.views.record import kind_words, places_of
from rcpref.views.state import Role
from rcpref.views.summary import EVERY_BASIS, basis_of, leaving_of
from rcpref.views.words import CAPACITY_WORDS, MEMBER
from rcpref.wording import in_words

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.countries import Country
    from rcpref.model.records import Record


class Pages:
    def __init__(self, data: Data, answers: Answers, words: Words) -> None:
        self._data = data
        self._answers = answers
        self._words = words
        self._asked = answers.times.months[-1]
        self._names = {code: data.plain.state_name(code) for code in data.plain.states_named()}

    def record(self, record: Record) -> Html:
        raw = self._data.document["records"][record.id]
        shown = (record.short_name, record.name)
        known = self._answers.last_known.get(record.id)
        held = record.claims_of("country") if record.kind in HELD_KINDS else ()
        places = (code for claim in held for code in claim.values)
        return element(
            "section",
            self._head(record),
            element("div", *self._sheet(record, known), class_="sheet"),
            self._who(known) if known else None,
            self._words.claims(record),
            also([name for name in names_in(record.id, raw) if name not in shown], raw),
            class_="page record",
            id=record.id,
            data_kind=record.kind,
            data_where=" ".join(dict.fromkeys(places)) or None,
        )

    def _head(self, record: Record) -> Content:
        full = element("p", record.name, class_="full")
        links = [
            link(page_id(text), "The text, word for word")
            for text in self._data.texts.values()
            if record.id in (text.meeting, text.document)
        ]
        return [
            element("p", kind_words(record), class_="kind"),
            element("h1", record.short_name),
            full if record.name != record.short_name else None,
            element("p", joined(links)) if links else None,
        ]

    def _sheet(self, record: Record, known: Mapping[str, Answer] | None) -> list[Html]:
        """What leads the page: members and chair, a map, other facts as last known."""
        marks = Marks(self._data)
        subject = Subject(self._data, record, self._asked, marks)
        answered = known is not None or record.id in self._answers.holders
        leading = [line for line in _LEADING if answered and line in LINES[record.kind]]
        led = [entry for line in leading for entry in line(subject)]
        facts = entries(subject, leave_out=leading)
        parts = []
        if answered:
            heading = element("h2", "As last known")
            below = "in the table below"
            card = self._words.entries(led, marks.keys, below) if led else element("p", "Nothing.")
            parts.append(element("div", heading, card, class_="now"))
        if known:
            label = f"Map of the members of {record.short_name}: the table below says the same"
            absent = [self._names[code] for code in known if code not in shapes().areas]
            parts.append(
                element(
                    "figure",
                    maps.large(known, label, self._names),
                    maps.legend(known),
                    element("p", f"Not on the map: {', '.join(absent)}.") if absent else None,
                    by_year(self._answers, record.id),
                    class_="world",
                )
            )
        if facts:
            title = "Other facts, as last known" if answered else "What is known"
            heading = element("summary", element("h2", title))
            card = self._words.entries(facts, marks.keys)
            parts.append(element("details", heading, card, open="", class_="facts"))
        return parts

    # Members and evidence --------------------------------------------------------------

    def _who(self, known: Mapping[str, Answer]) -> Content:
        """Who is what, and on what evidence; States with the same answer stand in one row."""
        groups: dict[Answer, list[str]] = {}
        for code in sorted(known, key=lambda code: key_of(self._data.countries[code].name)):
            groups.setdefault(known[code], []).append(code)

        def place(pair: tuple[Answer, list[str]]) -> tuple[int, int, int]:
            found, codes = pair
            basis = EVERY_BASIS.index(basis_of(found))
            return SIGNS.index(sign_of(found)), -len(codes), basis

        heading = element("h2", "Who, and on what evidence", element("span", class_="when"))
        rows = [self._row(*pair) for pair in sorted(groups.items(), key=place)]
        return [heading, table(("Answer", "States", "Why", "Evidence"), rows, "who")]

    def _row(self, found: Answer, codes: Sequence[str]) -> Html:
        claims: dict[str, str] = {}
        for claim in (*found.rests_on, *(each.claim for each in found.standing)):
            claims.setdefault(claim.source, claim.ref)
        evidence = (self._words.source(key, ref) for key, ref in claims.items())
        basis = basis_of(found)
        why = in_words(found.all_parts, people=True)
        return element(
            "tr",
            element("th", found.answer, f" {len(codes)}" if len(codes) > 1 else ""),
            element("td", joined(map(self._words.state, codes))),
            element("td", why, element("small", f" {basis}") if basis else None),
            element("td", joined(evidence, "; ")),
            class_=sign_of(found).key,
        )


_LEADING = (members, chairs, meetings)
"""The lines of a card that lead a page, since there are answers to them for all dates."""


def by_year(answers: Answers, key: str) -> Html:
    """How many members a record had year by year, as steps in the tones of its map."""
    counts = answers.records[key].counts()
    most = max(1, *(count[-1] for count in counts))
    steps: list[Html] = []
    legend = [element("li", "Members by year:")]
    below: Sequence[int] = [0] * len(counts)
    for (sign, words), heights in zip(YEAR_LEVELS, zip(*counts, strict=True), strict=True):
        if any(high != low for high, low in zip(heights, below, strict=True)):
            turns = [n for n in range(1, len(heights)) if heights[n] != heights[n - 1]]
            runs = zip([0, *turns], [*turns, len(heights)], strict=True)
            path = "".join(f"V{most - heights[start]}H{end}" for start, end in runs)
            steps.append(element("path", class_=sign, d=f"M0 {most}{path}V{most}z"))
            legend.append(element("li", maps.swatch(sign), words))
        below = heights
    first, last = (answers.times.years[place].text for place in (0, -1))
    certain = max(count[1] for count in counts)
    drawing = element(
        "svg",
        element(
            "svg",
            *reversed(steps),
            viewBox=f"0 0 {len(counts)} {most}",
            preserveAspectRatio="none",
            y=_ABOVE,
            width="100%",
            height=_HIGH,
        ),
        element("use", href="#Years"),
        element("text", str(most), x="100%", y=_ABOVE - 4),
        role="img",
        aria_label=f"Members by year, {first} to {last}: at most {certain} certain",
    )
    return element("div", drawing, element("ul", *legend, class_="legend"), class_="years")


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


# The page of a State: what it takes part in, in which capacity, and what names it has -


def states(data: Data, answers: Answers, codes: Iterable[str]) -> list[Html]:
    roles: dict[str, list[Role]] = {code: [] for code in codes}
    for capacity, records in answers.known.items():
        words = CAPACITY_WORDS[capacity]
        for key, known in records.items():
            for code, found in known.items():
                if found.answer in COUNTED or leaving_of(found):
                    roles[code].append(Role(data.records[key], words, code, found))
    chairs: dict[str, list[Html]] = {}
    asked = answers.times.months[-1]
    for key, holders in answers.holders.items():
        for holder in holders:
            for code in holder.states:
                term = in_words(chair_why(holder, asked), people=True)
                chairs.setdefault(code, []).append(_named(data.records[key], f" ({term})"))
    return [_page(data, code, found, chairs.get(code, []), asked) for code, found in roles.items()]


def _page(data: Data, code: str, roles: list[Role], chairs: list[Html], asked: AsOf) -> Html:
    country = data.countries[code]
    codes = ", ".join(filter(None, (code, country.alpha2, country.numeric)))
    places = ", ".join(places_of(country))
    card = _card(data, code, roles, chairs, asked)
    official = country.official_name if country.official_name != country.name else None
    return element(
        "section",
        element("p", " \u00b7 ".join(filter(None, (codes, places))), class_="kind"),
        element("h1", country.name),
        element("p", official, class_="full") if official else None,
        element("div", element("h2", "As last known"), card, class_="now"),
        also(_other_names(data, country), data.document["countries"][code]),
        class_="page state",
        id=code,
    )


def _card(data: Data, code: str, roles: list[Role], chairs: list[Html], asked: AsOf) -> Html:
    lines: list[Html] = []

    def line(label: str, named: list[Html]) -> None:
        if named:
            lines.extend((element("dt", label), element("dd", joined(named))))

    roles.sort(key=lambda role: key_of(role.record.short_name))
    certain = [role for role in roles if role.answer.certain]
    member = [role for role in certain if role.capacity == MEMBER]
    for kind in MEMBER_KINDS:
        own = [role for role in member if role.record.kind == kind]
        silent = {
            r.record.id: seen for r in own if (seen := not_seen_since(data, r.record.id, asked))
        }
        active = [role for role in own if role.record.id not in silent]
        standings = [_standing(role.answer) for role in active]
        remarks = [f" ({standing})" if standing else "" for standing in standings]
        names = [_named(role.record, each) for role, each in zip(active, remarks, strict=True)]
        if own:
            lines.append(element("dt", f"{KINDS[kind].capitalize()} {len(names)}"))
            lines += [element("dd", joined(names))] if names else []
        if silent:
            links = [_named(data.records[r], f" ({parse(day).words})") for r, day in silent.items()]
            lines.append(element("dd", f"{len(links)} not seen active for years: ", joined(links)))
    for words in CAPACITY_WORDS.values():
        if words != MEMBER:
            names = [_named(role.record) for role in certain if role.capacity == words]
            line(words[0].upper() + words[1:], names)
    line("In the chair of", chairs)
    line("Not certain", [_uncertain(role) for role in roles if role.answer.answer in OPEN])
    if not lines:
        line("Member of", [html("nothing, certain or not, as far as claims say")])
    left = [(role, claim) for role in roles if (claim := leaving_of(role.answer))]
    line("Left", [_named(role.record, f" ({parse(str(c.as_of)).moment})") for role, c in left])
    line("Named in", [link(ref, ref) for ref in data.plain.refs_naming(state=code)])
    return element("dl", *lines, class_="card")


def _standing(found: Answer) -> str:
    return in_words([each.part for each in found.standing], people=True)


def _uncertain(role: Role) -> Html:
    capacity = f"{role.capacity}, " if role.capacity != MEMBER else ""
    return _named(role.record, f" ({capacity}{role.answer.answer})")


def _named(record: Record, remark: str = "") -> Html:
    small: Content = element("small", remark) if remark else None
    return joined([link(record.id, record.short_name), small], "")


def _other_names(data: Data, country: Country) -> list[str]:
    """Other and former names, and those in other languages, each once."""
    raw = data.document["countries"][country.alpha3]
    found = {key_of(country.name): "", key_of(country.official_name): ""}
    for name in (*raw.get("aliases", ()), *raw.get("names", {}).values()):
        found.setdefault(key_of(name), name)
    return [name for name in found.values() if name]
