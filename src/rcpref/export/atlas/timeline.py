"""The timeline: a line for each process, with its founding, its meetings and its chairs.

Terms are those of `chair.chair_terms`: strong as far as claims say for certain who was in the
chair, faint where it is not said until when. What has a claim bears its number, by which the
script finds its words and its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.chair import chair_terms
from rcpref.answers.values import gatherings, shown_states
from rcpref.dates import Interval, parse
from rcpref.export.atlas.claims import in_order
from rcpref.export.atlas.markup import Html, element, link
from rcpref.export.pictures.timeline import Bar, bar_of, lanes_of, said_of
from rcpref.views.items import item_of
from rcpref.views.shapes import CHAIR_TERM

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record

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
    bars = lanes_of(_bars(record, scale, today))
    y = _BAR * max(1, len(bars)) + 3
    meetings = [
        element(
            "path",
            d=f"M{scale.middle(each.when)} {y + 3}v7",
            data_c=numbers[each.claims[0].ref],
        )
        for each in gatherings(record)
    ]
    start = scale.at(_first_day(founded))
    terms = [
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
        element("g", *terms, class_="terms"),
        element("circle", class_="born", cx=start, cy=y, r=4, data_c=numbers[founded.ref]),
        element("g", *meetings, class_="met"),
        viewBox=f"0 0 {_WIDTH} {y + _MEETING - 3}",
        role="img",
        aria_label=words,
    )
    return element("li", link(record.id, record.short_name), svg)


# Chairs ---------------------------------------------------------------------------------


def _bars(record: Record, scale: _Scale, today: date) -> Iterator[Bar]:
    terms = chair_terms(record)
    for place, term in enumerate(terms):
        following = min((next_.first for next_ in terms[place + 1 :]), default=None)
        if term.until is None and (following is None or term.since):
            # Nobody says that it ended: it may go on until the next one, or still.
            end = min(following, today) if following else today
        else:
            end = None
        yield bar_of(item_of(CHAIR_TERM, term), scale, _LEAST, end)


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
