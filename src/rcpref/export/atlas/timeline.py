"""The page of the timeline: a line for each process, with its founding, meetings and chairs.

Terms are those of `chair.chair_terms`: strong as far as claims say for certain who was in the
chair, faint where it is not said until when. What has a claim bears its number, by which the
script finds its words and its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.chair import chair_terms
from rcpref.answers.values import gatherings, shown_states
from rcpref.dates import Interval, parse
from rcpref.export.atlas.words import link
from rcpref.export.pictures.svg import diamond
from rcpref.report.blocks import Item
from rcpref.report.html import Html, element
from rcpref.views.items import item_of
from rcpref.views.shapes import CHAIR_TERM

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.records import Claim


_WIDTH, _BAR, _MEETING = 1030, 14, 16
"""Width of a line, height of a lane of bars, and of the meetings below them."""
_LETTER, _LEAST = 6.4, 3
"""Room that a letter of a code takes; least width of a bar."""


class Axis(NamedTuple):
    """Where on the drawing a day is."""

    first: date
    last: date
    left: int
    width: int

    def at(self, day: date) -> int:
        days = (self.last - self.first).days or 1
        part = (min(max(day, self.first), self.last) - self.first).days / days
        return round(self.left + part * self.width)

    def middle(self, when: Interval) -> int:
        """The place of a date: the middle of all days that it may mean."""
        return (self.at(when.first) + self.at(when.last)) // 2


def drawing(data: Data, answers: Answers) -> Html:
    first, last = (answers.times.years[place].date for place in (0, -1))
    axis = Axis(first.first, last.last, 0, _WIDTH)
    claims = filter(None, (each.claims_of("founded") for each in data.of_kind("process")))
    foundings = sorted((min(own, key=_first_day) for own in claims), key=_first_day)
    rows = [_row(data, each, axis, answers.numbers) for each in foundings]
    return element("ol", _years(axis), *rows, class_="timeline")


def _first_day(claim: Claim) -> date:
    return parse(str(claim.value)).first


def _years(axis: Axis) -> Html:
    """The years above all lines, and the grid that all of them use."""
    lines: list[Html] = []
    names: list[Html] = []
    for year in range(axis.first.year, axis.last.year + 1):
        x = axis.at(date(year, 1, 1))
        lines.append(element("path", class_=None if year % 5 else "five", d=f"M{x} 0v99"))
        if not year % 5:
            names.append(element("text", str(year), x=max(x, 14), y=12))
    grid = element("defs", element("g", *lines, id="Grid"))
    svg = element("svg", grid, *names, viewBox=f"0 0 {_WIDTH} 16", aria_hidden="true")
    return element("li", element("span"), svg, class_="axis")


def _row(data: Data, founded: Claim, axis: Axis, numbers: Mapping[str, int]) -> Html:
    record, today = data.records[founded.record], parse(data.date).last
    terms = chair_terms(record)
    bars = lanes_of(bar_of(item_of(CHAIR_TERM, term), axis, _LEAST, today) for term in terms)
    y = _BAR * max(1, len(bars)) + 3
    meetings = [
        element(
            "circle",
            class_="year" if len(each.when.text) == 4 else None,
            cx=axis.middle(each.when),
            cy=y + 8,
            r=2.6,
            data_c=numbers[each.claims[0].ref],
        )
        for each in gatherings(record)
    ]
    start = axis.at(_first_day(founded))
    drawn = [_term(data, bar, lane, numbers) for lane, own in enumerate(bars) for bar in own]
    words = f"{record.short_name}: founded {founded.value}, {len(meetings)} known meetings"
    svg = element(
        "svg",
        element("use", href="#Grid"),
        element("path", class_="life", d=f"M{start} {y}H{axis.at(today)}"),
        element("g", *drawn, class_="terms"),
        element("path", class_="born", d=diamond(start, y, 5), data_c=numbers[founded.ref]),
        element("g", *meetings, class_="met"),
        viewBox=f"0 0 {_WIDTH} {y + _MEETING - 3}",
        role="img",
        aria_label=words,
    )
    return element("li", link(record.id, record.short_name), svg)


def _term(data: Data, bar: Bar, lane: int, numbers: Mapping[str, int]) -> Html:
    top = lane * _BAR
    codes = "/".join(bar.term["states"])
    parts = []
    for certain, left, right in bar.grounds:
        box = {"x": left, "y": top, "width": right - left, "height": _BAR - 1}
        parts.append(element("rect", class_="sure" if certain else "open", **box))
    if ground := bar.ground_for(_LETTER * len(codes)):
        place = {"x": (ground.left + ground.right) // 2, "y": top + _BAR - 4}
        parts.append(element("text", codes, class_="sure" if ground.certain else "open", **place))
    claims = bar.term["rests_on"]
    # Of one claim the script has the words.
    several = f"{shown_states(data, bar.term['states'])}{term_dates(bar.term)}"
    title = element("title", several) if len(claims) > 1 else None
    return element("g", title, *parts, data_c=numbers[claims[0]["ref"]])


# Terms in the chair as bars: where each may be, and where it is for certain -----------


class Ground(NamedTuple):
    """A part of a term that is certain, or not."""

    certain: bool
    left: int
    right: int


class Bar(NamedTuple):
    left: int  # at the earliest
    right: int  # at the latest
    sure: tuple[int, int]  # from where to where it is certain
    term: Item

    @property
    def grounds(self) -> list[Ground]:
        """Its parts: the certain one first."""
        start, end = self.sure
        if start == end:
            return [Ground(False, self.left, self.right)]
        around = Ground(False, self.left, start), Ground(False, end, self.right)
        return [part for part in (Ground(True, start, end), *around) if part.right > part.left]

    def ground_for(self, width: float) -> Ground | None:
        """The first part on which words of some width can stand."""
        return next((part for part in self.grounds if part.right - part.left >= width), None)


def bar_of(term: Item, axis: Axis, least: int, today: date) -> Bar:
    """A term: certain from its beginning, or its first proof, to its end, or its last.

    Without a stated end it may go on until the next term, or to this day.
    """
    begins, ends = (
        axis.middle(parse(day)) if day else None for day in (term["since"], term["until"])
    )
    proofs = [*map(axis.middle, _named(term)), *(x for x in (begins, ends) if x is not None)]
    first, last = (axis.at(date.fromisoformat(term[key])) for key in ("first", "last"))
    left, right = min(proofs) if begins is not None else first, max(proofs)
    if begins is not None and begins == ends:
        # From 2021 until 2021: for a day of it or for all of it.
        left, right, proofs = first, last, [first, last]
    elif ends is None:
        next_ = term["following"]
        goes_on = [min(date.fromisoformat(next_), today)] if next_ else [today]
        right = max(right, last, *map(axis.at, goes_on if begins is not None or not next_ else []))
    return Bar(left, max(right, left + least), (min(proofs), max(proofs)), term)


def lanes_of(bars: Iterable[Bar]) -> list[list[Bar]]:
    lanes: list[list[Bar]] = []
    # Of those that begin together the longest first.
    for bar in sorted(bars, key=lambda bar: (bar.left, -bar.right, bar.term["states"])):
        free = next((lane for lane in lanes if lane[-1].right <= bar.left), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return lanes


def term_dates(term: Item) -> str:
    """In words: from when until when, or when claims name it, where neither is stated."""
    since, until = term["since"], term["until"]
    words = f" from {parse(since).words}" if since else ""
    words += f" until {parse(until).words}" if until else ""
    named = _named(term)
    if named and not (since and until):
        dates = [when.moment for when in sorted(named)]
        words += f", named {dates[0]}"
        words += f" and last {dates[-1]}" if dates[-1] != dates[0] else ""
    return words


def _named(term: Item) -> Sequence[Interval]:
    """The dates of the claims that name the States as being in the chair."""
    return [parse(claim["as_of"]) for claim in term["rests_on"] if claim.get("as_of")]
