"""Pages that look at many records at once: small maps, shared members, records, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from rcpref.answers.chair import chair_terms
from rcpref.answers.membership.answer import KINDS as ANSWER_KINDS
from rcpref.answers.timeline import happenings
from rcpref.answers.values import gatherings, shown_states
from rcpref.dates import Interval, parse
from rcpref.export.atlas import maps
from rcpref.export.atlas.claims import in_order, table
from rcpref.export.atlas.words import link
from rcpref.export.pictures.charts import Bar, bar_of, lanes_of, said_of
from rcpref.export.pictures.shapes import shapes
from rcpref.export.pictures.svg import STEP_WORDS, step_of
from rcpref.model import KINDS, NOT_NAMED
from rcpref.report.html import Content, Html, element, outward
from rcpref.spelling import key_of
from rcpref.views.items import item_of
from rcpref.views.shapes import CHAIR_TERM
from rcpref.views.summary import caveat, summary

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.records import Claim, Record
    from rcpref.model.sources import Source


def page(key: str, title: str, *content: Content, lead: Content = None) -> Html:
    """A page with a title and a lead."""
    return element(
        "section",
        element("h1", title),
        element("p", lead, class_="lead") if lead else None,
        *content,
        class_="page",
        id=key,
    )


_SCROLLS = element("p", "It moves sideways \u2192", class_="scrolls", aria_hidden="true")
"""The sign that what follows is wider than a narrow screen."""


def by_name(records: Iterable[Record]) -> list[Record]:
    """Records in the order of their short names."""
    return sorted(records, key=lambda record: key_of(record.short_name))


# Home -------------------------------------------------------------------------------

_QUESTIONS = (
    ("Who was in the Bali Process in May 2013?", "bali-process", "@2013-05"),
    ("Who chairs the Rabat Process?", "rabat-process", ""),
    ("What did Lima conclude?", "lima-2013/conclusion-1", ""),
    ("Which processes is Kenya in?", "KEN", ""),
)
"""Questions that the page answers: words, what they lead to, and for when."""


def home(data: Data, answers: Answers) -> Html:
    """The small maps of all processes, as last known."""
    processes = by_name(data.of_kind("process"))
    bodies = len(data.of_kind("body"))
    claims = sum(len(record.claims) for record in data)
    lead = (
        f"{len(processes)} processes and {bodies} regional bodies, as last known on {data.date} "
        f"or in any month since {answers.times.span[0]}: {claims:,} claims from "
        f"{len(data.sources)} sources."
    )
    questions = [
        element("li", element("a", words, href=f"#{target}{when}"))
        for words, target, when in _QUESTIONS
        if _is_there(data, target)
    ]
    return page(
        "Home",
        "Who belongs to which process on migration, since when, and who says so",
        element("ul", *questions, class_="questions") if questions else None,
        maps.legend(),
        element("div", *(_small_map(data, answers, each) for each in processes), class_="maps"),
        lead=lead,
    )


def _is_there(data: Data, target: str) -> bool:
    passages = {passage.ref for passage in data.passages()}
    return target in data.records or target in data.countries or target in passages


def _small_map(data: Data, answers: Answers, record: Record) -> Html:
    known = answers.last_known.get(record.id, {})
    return link(
        record.id,
        maps.small(known),
        element("b", record.short_name),
        element("span", _short(data, answers, record, known)),
        class_="small-map",
        data_of=record.id,
    )


def _short(data: Data, answers: Answers, record: Record, known: Mapping[str, Answer]) -> str:
    """How many members and when last known, or why there are none."""
    if not known:
        return "no list of members is known"
    heading = summary(data, record, answers.times.months[-1], known).heading
    # A list dated a/b was true at one moment between the two.
    return _SPAN.sub(r"between \1 and \2", heading) + caveat(record, known.values())


_SPAN = re.compile(r"(\d[\d-]*)/(\d[\d-]*)")


# Shared members ---------------------------------------------------------------------


MOST_COMPARED = 60
"""So many processes are compared with each other; of more, nobody could read the table."""


def overlap(data: Data, answers: Answers) -> Html:
    """How many certain members every two processes share, the first of them by their names."""
    certain = {
        record.id: {code for code, found in known.items() if found.certain}
        for record in by_name(data.of_kind("process"))
        if (known := answers.last_known.get(record.id))
    }
    live = [data.records[key] for key, states in certain.items() if states][:MOST_COMPARED]
    heads = [
        element("th", element("span", link(each.id, each.short_name)), scope="col") for each in live
    ]
    rows = [
        element(
            "tr",
            element("th", link(one.id, one.short_name), scope="row"),
            *(_cell(certain[one.id], certain[two.id], one is two) for two in live),
        )
        for one in live
    ]
    key = [
        element("li", maps.swatch(f"h{step}"), words)
        for step, words in enumerate(STEP_WORDS)
        if words
    ]
    table = element(
        "table",
        element("caption", "Certain members that two processes share", class_="vh"),
        element("thead", element("tr", element("td"), *heads)),
        element("tbody", *rows),
        id="Matrix",
    )
    return page(
        "Overlap",
        "Shared members",
        element("ul", *key, class_="legend"),
        _SCROLLS,
        element("div", table, class_="wide", tabindex=0, role="region", aria_label="Matrix"),
        element("div", id="Shared", role="status"),
        lead="How many certain members every two processes share. The diagonal has the members of "
        "each. The more a field stands out from the page, the larger a part of the smaller "
        "process is shared:",
    )


def _cell(one: set[str], two: set[str], own: bool) -> Html:
    shared = len(one & two)
    shade = step_of(shared, min(len(one), len(two)))
    return element("td", str(shared or "\u00b7"), class_="own" if own else f"h{shade}")


# Timeline ---------------------------------------------------------------------------


def times(data: Data, answers: Answers) -> Html:
    """The page of the timeline."""
    return page(
        "Timeline",
        "Foundings, meetings, chairs",
        element("ul", *_signs(), class_="legend"),
        _SCROLLS,
        element(
            "div",
            drawing(data, int(answers.times.span[0])),
            class_="wide",
            tabindex=0,
            role="region",
            aria_label="Timeline",
        ),
        element("details", element("summary", "The same as a table, year by year"), _events(data)),
        lead="What claims say of the history of the processes, the oldest first. Each sign leads "
        "to its claim.",
    )


def _events(data: Data) -> Html:
    """What the timeline shows, as a table."""
    found = happenings(data, data.of_kind("process"), None, None, ("founding", "meeting", "chair"))
    rows: list[Html] = []
    for year, events in groupby(found, lambda each: each.date[:4]):
        rows.append(element("tr", element("th", year, colspan=2)))
        for each in events:
            what = link(each.claims[0].ref, f"{each.short_name}: {each.what}")
            rows.append(element("tr", element("td", each.date), element("td", what)))
    return table(("Date", "What happened"), rows, "events")


def _signs() -> Iterator[Html]:
    """The key of the timeline."""
    box = {"width": 18, "height": 9, "y": 1}
    drawn = {
        "earliest founding": element("path", class_="born", d=_diamond(9, 6)),
        "meeting": element("g", element("circle", cx=9, cy=6, r=2.6), class_="met"),
        "meeting known by its year alone": element(
            "g", element("circle", class_="year", cx=9, cy=6, r=2.6), class_="met"
        ),
        "in the chair": element("rect", class_="sure", **box),
        "in the chair, for how long is not known": element("rect", class_="open", **box),
    }
    for words, sign in drawn.items():
        yield element("li", element("svg", sign, viewBox="0 0 18 12", aria_hidden="true"), words)


def _diamond(x: int, y: int) -> str:
    return f"M{x} {y - 5}l5 5l-5 5l-5-5z"


# Records, sources -------------------------------------------------------------------


def index(data: Data, codes: Iterable[str]) -> Html:
    """All records by kind, all States by region."""
    parts: list[Html] = []
    for kind, plural in KINDS.items():
        records = by_name(data.of_kind(kind))
        if records:
            parts += [element("h2", plural.capitalize()), _links(records)]
    regions: dict[str, list[str]] = {}
    for code in codes:
        regions.setdefault(data.countries[code].region or "Elsewhere", []).append(code)
    for region, own in sorted(regions.items()):
        own.sort(key=lambda code: key_of(data.countries[code].name))
        listed = [element("li", link(code, data.countries[code].name)) for code in own]
        parts += [element("h2", f"States: {region}"), element("ul", *listed, class_="links")]
    return page("Records", "All records and States", *parts)


def _links(records: Iterable[Record]) -> Html:
    items = [element("li", link(each.id, each.short_name)) for each in records]
    return element("ul", *items, class_="links")


def sources(data: Data) -> Html:
    """All sources, by publisher and date."""
    ordered = sorted(
        data.sources.values(),
        key=lambda source: (source.publishers.casefold(), source.date or "", source.key),
    )
    items = [_source(source) for source in ordered]
    return page("Sources", f"{len(items)} sources", element("ol", *items, class_="sources"))


def _source(source: Source) -> Html:
    """A source: title, publishers, date, and what weakens it."""
    about = [source.date or "undated"]
    about += [str(author) for author in source.author]
    about += [part for part in (source.series, source.number) if part]
    if source.tier != "primary":
        about.append(f"{source.tier} source")
    if source.copy:
        about.append("read as a copy" + (f" at {source.copy}" if source.copy != NOT_NAMED else ""))
    if source.overlay:
        about.append("from your overlay")
    return element(
        "li",
        outward(source.url or "", source.title, source.language),
        ". ",
        element("span", source.publishers) if source.publishers else None,
        f"{', ' if source.publishers else ''}{', '.join(about)}.",
        element("p", source.note) if source.note else None,
        id=f"source:{source.key}",
    )


# About ------------------------------------------------------------------------------


def about(data: Data) -> Html:
    """How to read the page, which data it has, where the shapes are from."""
    info = data.info
    lines: list[Html] = []
    for kind in ANSWER_KINDS:
        for sign in kind.signs:
            lines.append(element("dt", maps.swatch(sign.key), kind.word))
            lines.append(element("dd", sign.meaning))
    overlay = ", with an overlay" if data.overlay else ""
    version = f", version {info.version} of {info.date}{overlay}, sha256:{data.digest}."
    world = shapes()
    return page(
        "About",
        "About this page",
        element("h2", "How to read an answer"),
        element("dl", *lines, class_="card key"),
        element(
            "p",
            "A date is a prefix: 2013 means some time in 2013. As last known is what the newest "
            "evidence says, with no promise that it still holds. Every answer names the claims "
            "that it rests on, every claim its source. Listed: lists of that time. Event: a "
            "joining, leaving or founding. Between: evidence before and after. Carried: "
            "evidence on one side. Undated: lists without a date. [derived]: a list put "
            "together by the editors.",
        ),
        element("h2", "Addresses"),
        element(
            "p",
            "Every view has an address to be kept or sent: #bali-process is what is last known, "
            "#bali-process@2013 and #bali-process@2013-05 are for a year or month, #KEN is a "
            "State, #lima-2013/conclusion-5 a passage.",
        ),
        element("h2", "Data"),
        element("p", info.citation, version, f" {info.licence}. {info.licence_note}"),
        element("h2", "Maps"),
        element("p", f"{world.note} {world.origin}. {world.projection}."),
    )


# The timeline: a line for each process, with its founding, its meetings and its chairs
# Terms are those of `chair.chair_terms`: strong as far as claims say for certain who was in the
# chair, faint where it is not said until when. What has a claim bears its number, by which the
# script finds its words and its place.


_WIDTH, _BAR, _MEETING = 1030, 14, 16
"""Width of a line, height of a lane of bars, and of the meetings below them."""
_LETTER, _LEAST = 6.4, 3
"""Room that a letter of a code takes; least width of a bar."""


class _Scale:
    """Where a day lies on the drawing."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._start = date(first, 1, 1).toordinal()
        self._days = date(last, 12, 31).toordinal() - self._start

    def at(self, day: date) -> int:
        """The place of a day."""
        part = (day.toordinal() - self._start) / self._days
        return round(_WIDTH * min(max(part, 0), 1))

    def middle(self, when: Interval) -> int:
        """The middle of a date: of 2013 the end of June."""
        return self.at(date.fromordinal((when.first.toordinal() + when.last.toordinal()) // 2))


def drawing(data: Data, first: int) -> Html:
    """The timeline of all processes, the oldest first."""
    today = parse(data.date).last
    scale = _Scale(first, today.year)
    numbers = {claim.ref: number for number, claim in enumerate(in_order(data))}
    found = [(_founded(record), record) for record in data.of_kind("process")]
    lanes = sorted((pair for pair in found if pair[0]), key=lambda pair: _first_day(pair[0]))
    rows = [
        _row(data, record, founded, scale, today, numbers)
        for founded, record in lanes
        if founded is not None
    ]
    return element("ol", _years(scale), *rows, class_="timeline")


def _founded(record: Record) -> Claim | None:
    """The claim of the earliest founding."""
    return min(record.claims_of("founded"), key=_first_day, default=None)


def _first_day(claim: Claim | None) -> date:
    return parse(str(claim.value)).first if claim else date.max


def _years(scale: _Scale) -> Html:
    """The years above all lines, and the grid that all of them use."""
    lines: list[Html] = []
    names: list[Html] = []
    for year in range(scale.first, scale.last + 1):
        x = scale.at(date(year, 1, 1))
        lines.append(element("path", class_=None if year % 5 else "five", d=f"M{x} 0v99"))
        if not year % 5:
            names.append(element("text", str(year), x=max(x, 14), y=12))
    grid = element("defs", element("g", *lines, id="Grid"))
    svg = element("svg", grid, *names, viewBox=f"0 0 {_WIDTH} 16", aria_hidden="true")
    return element("li", element("span"), svg, class_="axis")


def _row(
    data: Data,
    record: Record,
    founded: Claim,
    scale: _Scale,
    today: date,
    numbers: Mapping[str, int],
) -> Html:
    terms = chair_terms(record)
    bars = lanes_of(bar_of(item_of(CHAIR_TERM, term), scale, _LEAST, today) for term in terms)
    y = _BAR * max(1, len(bars)) + 3
    meetings = [
        element(
            "circle",
            class_="year" if len(each.when.text) == 4 else None,
            cx=scale.middle(each.when),
            cy=y + 8,
            r=2.6,
            data_c=numbers[each.claims[0].ref],
        )
        for each in gatherings(record)
    ]
    start = scale.at(_first_day(founded))
    drawn = [
        part
        for lane, own in enumerate(bars)
        for bar in own
        for part in _drawn(data, bar, lane, numbers)
    ]
    words = f"{record.short_name}: founded {founded.value}, {len(meetings)} known meetings"
    svg = element(
        "svg",
        element("use", href="#Grid"),
        element("path", class_="life", d=f"M{start} {y}H{scale.at(today)}"),
        element("g", *drawn, class_="terms"),
        element("path", class_="born", d=_diamond(start, y), data_c=numbers[founded.ref]),
        element("g", *meetings, class_="met"),
        viewBox=f"0 0 {_WIDTH} {y + _MEETING - 3}",
        role="img",
        aria_label=words,
    )
    return element("li", link(record.id, record.short_name), svg)


# Chairs ---------------------------------------------------------------------------------


def _drawn(data: Data, bar: Bar, lane: int, numbers: Mapping[str, int]) -> Iterator[Html]:
    top = lane * _BAR
    start, end = bar.sure
    codes = "/".join(bar.term["states"])
    grounds = [("sure", start, end), ("open", bar.left, start), ("open", end, bar.right)]
    if start == end:
        grounds = [("open", bar.left, bar.right)]
    fitting = [each for each in grounds if each[2] - each[1] > _LETTER * len(codes)]
    parts = []
    for class_, left, right in grounds:
        if right > left:
            box = {"x": left, "y": top, "width": right - left, "height": _BAR - 1}
            parts.append(element("rect", class_=class_, **box))
    for class_, left, right in fitting[:1]:
        middle, base = (left + right) // 2, top + _BAR - 4
        parts.append(element("text", codes, class_=class_, x=middle, y=base))
    claims = bar.term["rests_on"]
    # Of one claim the script has the words.
    several = f"{shown_states(data, bar.term['states'])}{said_of(bar.term)}"
    title = element("title", several) if len(claims) > 1 else None
    yield element("g", title, *parts, data_c=numbers[claims[0]["ref"]])
