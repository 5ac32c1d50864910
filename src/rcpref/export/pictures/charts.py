"""Charts as SVG: what happened along the years, and how many members two processes share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from rcpref.answers.comparison import Membered
from rcpref.answers.timeline import STANDING, Happening
from rcpref.dates import Interval, parse
from rcpref.export.pictures import svg
from rcpref.report.blocks import Item
from rcpref.report.report import Report, sentence
from rcpref.views.matrix import SAYS_WHICH, refuse_many
from rcpref.views.words import data_line

_WIDTH, _MARGIN, _NAMES, _CODES = 14_000, 240, 180, 105
"""Width of the chart, its margin, sizes of names and of codes upon bars."""
_UPPER, _LANE, _BELOW = 210, 160, 90
"""Height of the dots of a row, of a bar, and of what is left free below."""
_LEAST = 36
"""Least width of a bar."""
_MOST_YEARS = 18
"""So many years are named at most."""

_CERTAIN, _POSSIBLE = svg.STEPS[5], svg.STEPS[2]

_READING = (
    "A dot is in the middle of the time that its date can mean; hollow: only the year is known. "
    "Dark bars: in the chair, for a term or between two dates that name it. Pale bars: in the "
    "chair at some time; the start or the end is not known. No bar: no dated claim names a chair. "
    "States have their ISO 3166 codes."
)


_SHAPES: dict[str, tuple[Callable[[int, int], str], str]] = {
    "founding": (lambda x, y: svg.diamond(x, y, 95), svg.FOUNDING),
    STANDING: (lambda x, y: f"M{x} {y - 70}l70 130h-140z", svg.INK),
}
"""Signs of what happened, by the kind of event: the path about a place, and the colour."""

_LEGEND = {
    "founding": "founding",
    "meeting": "meeting",
    STANDING: "change of standing: suspended, absent, returned and so on",
    _CERTAIN: "in the chair",
    _POSSIBLE: "in the chair; how long is not known",
}
"""Signs, or colours of bars, with their words."""


class Axis(NamedTuple):
    """Where on a drawing a day is; the atlas has one, too."""

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


class _Row(NamedTuple):
    name: str
    events: Sequence[Happening]
    lanes: Sequence[Sequence[Bar]]

    @property
    def height(self) -> int:
        return _UPPER + _LANE * len(self.lanes) + _BELOW


def timeline_of(report: Report) -> str:
    """The chart of a report of `rcpref chart timeline`, as a file."""
    names, terms = report.summary["names"], report.summary["terms"]
    refuse_many("a chart", len(names), "rcpref chart timeline", names)
    label = max(svg.width_of(name, _NAMES) for name in names.values())
    axis = _axis(report, _MARGIN + label + 160)
    today = parse(report.data.date).last
    rows = [
        _Row(name, own, lanes_of(bar_of(term, axis, _LEAST, today) for term in terms[key]))
        for key, name in names.items()
        if (own := [each for each in report.lines if each.record == key])
    ]
    width = axis.left + axis.width + _MARGIN + 100
    head = svg.Sheet(_MARGIN, width - 2 * _MARGIN, 120)
    head.write(300, report.summary["title"], font_weight="bold")
    legend, top = _legend(head.end + 150)
    ends = list(accumulate((row.height for row in rows), initial=top))
    foot = svg.Sheet(_MARGIN, width - 2 * _MARGIN, ends[-1] + 260)
    notices = map(sentence, (*report.notices, *report.overlay_notice))
    origin = report.summary["origin"], data_line(report.data)
    foot.write(130, _READING, *notices, *origin, fill=svg.GREY)
    parts = [
        *head.parts,
        *legend,
        *_years(axis, top, ends[-1]),
        *(part for row, y in zip(rows, ends, strict=False) for part in _row(row, axis, y)),
        *foot.parts,
    ]
    title = report.summary["title"]
    size = width, foot.end + 160
    return svg.drawing("timeline", title, _in_words(rows), size, parts)


def _axis(report: Report, left: int) -> Axis:
    """From the first year of all that happened to the end of the last, or as was asked."""
    asked = report.query["from"], report.query["to"]
    first = parse(asked[0]).first if asked[0] else min(each.first for each in report.lines)
    last = parse(asked[1]).last if asked[1] else max(each.last for each in report.lines)
    width = max(_WIDTH - left - _MARGIN, 5000)
    return Axis(date(first.year, 1, 1), date(last.year, 12, 31), left, width)


# Rows -----------------------------------------------------------------------------------


def _row(row: _Row, axis: Axis, top: int) -> Iterator[svg.Svg]:
    right = axis.left + axis.width
    yield svg.line(row.name, axis.left - 100, top + 150, _NAMES, text_anchor="end")
    base = {"y1": top + row.height, "y2": top + row.height}
    yield svg.element("line", x1=_MARGIN, x2=right, stroke="#dcd8cd", stroke_width=6, **base)
    for each in sorted(row.events, key=lambda each: each.event):
        x, y = axis.middle(parse(each.date)), top + 105
        tip = svg.titled(f"{row.name}, {parse(each.date).words}: {each.what}")
        if each.event in _SHAPES:
            # A founding is seen about the dot of a first meeting on the same day.
            shape, fill = _SHAPES[each.event]
            yield svg.element(
                "path", tip, d=shape(x, y), fill=fill, stroke="#ffffff", stroke_width=8
            )
        elif each.event == "meeting":
            fill = "#ffffff" if len(each.date) == 4 else svg.GREY
            ring = {"cx": x, "cy": y, "r": 44, "stroke_width": 12}
            yield svg.element("circle", tip, **ring, fill=fill, stroke=svg.GREY)
    for place, lane in enumerate(row.lanes):
        for bar in lane:
            yield from _drawn(row.name, bar, top + _UPPER + place * _LANE)


def _drawn(name: str, bar: Bar, top: int) -> Iterator[svg.Svg]:
    height = _LANE - 25
    codes = " ".join(bar.term["states"])
    tip = svg.titled(f"{name}: {codes} in the chair{term_dates(bar.term)}")
    for certain, left, right in bar.grounds:
        box = {"x": left, "y": top, "width": right - left, "height": height}
        fill = _CERTAIN if certain else _POSSIBLE
        yield svg.element("rect", tip, **box, fill=fill, stroke="#ffffff", stroke_width=8)
    if ground := bar.ground_for(svg.width_of(codes, _CODES)):
        middle, base = (ground.left + ground.right) // 2, top + height // 2 + _CODES // 3
        ink = "#ffffff" if ground.certain else svg.INK
        yield svg.line(codes, middle, base, _CODES, text_anchor="middle", fill=ink)


def _years(axis: Axis, top: int, bottom: int) -> Iterator[svg.Svg]:
    """Lines for years, named above and below."""
    first, last = axis.first.year, axis.last.year
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000)
                if (last - first) // step < _MOST_YEARS)  # fmt: skip
    for year in range(first, last + 1):
        if year % step:
            continue
        x = axis.at(date(year, 1, 1))
        yield svg.element("line", x1=x, x2=x, y1=top, y2=bottom, stroke="#dcd8cd", stroke_width=6)
        for y in (top - 80, bottom + 180):
            yield svg.line(str(year), x, y, 140, text_anchor="middle", fill=svg.GREY)


def _legend(top: int) -> tuple[list[svg.Svg], int]:
    """The signs with their words, and where the rows below begin."""
    y = top + 60
    parts: list[svg.Svg] = []
    x = _MARGIN
    for sign, words in _LEGEND.items():
        parts += [_swatch(sign, x, y), svg.line(words, x + 260, y + 55, 160)]
        x += 260 + svg.width_of(words, 160) + 260
    return parts, y + 440


def _swatch(sign: str, x: int, y: int) -> svg.Svg:
    if sign in _SHAPES:
        shape, fill = _SHAPES[sign]
        return svg.element("path", d=shape(x + 100, y), fill=fill)
    if sign == "meeting":
        return svg.element("circle", cx=x + 100, cy=y, r=50, fill=svg.GREY)
    return svg.element("rect", x=x, y=y - 65, width=200, height=130, fill=sign)


def _in_words(rows: Iterable[_Row]) -> str:
    """All that the chart shows, for screen readers."""
    return ". ".join(
        f"{row.name}: " + "; ".join(f"{parse(each.date).words} {each.what}" for each in row.events)
        for row in rows
    )


# Terms in the chair as bars: where each may be, and where it is for certain -----------
# A chart and the atlas draw them in their own ways; what a bar says is the same.


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


# A chart of how many members every two processes share, as SVG ------------------------


_CELL, _OVERLAP_NAMES, _COUNTS = 420, 165, 160
"""A side of a cell, the size of names and of counts."""
_SLANT = 0.7072
"""Part of the length of a name above a column that goes to the right, and upwards."""


def overlap_of(report: Report) -> str:
    """The chart of a report of `rcpref chart overlap`, as a file."""
    every = [line.one for line in report.lines]
    ids = (one.record.id for one in every)
    refuse_many("a chart", len(every), "rcpref chart overlap", ids)
    names = [one.record.short_name for one in every]
    widest = max(svg.width_of(name, _OVERLAP_NAMES) for name in names)
    left = _MARGIN + widest + 120
    side = _CELL * len(every)
    slanted = round(widest * _SLANT)
    width = max(left + side + slanted + _MARGIN - _CELL // 2, 8000)
    head = svg.Sheet(_MARGIN, width - 2 * _MARGIN, 120)
    head.write(300, report.summary["title"], font_weight="bold")
    head.write(165, _OVERLAP_READING, fill=svg.GREY)
    key, below = _steps_key(head.end + 120)
    top = below + slanted + 260
    foot = svg.Sheet(_MARGIN, width - 2 * _MARGIN, top + side + 100)
    ages = [report.summary["ages"]] if "ages" in report.summary else []
    origin = f"{report.summary['origin']} {SAYS_WHICH}", data_line(report.data)
    notices = map(sentence, (*report.notices, *report.overlay_notice))
    foot.write(130, *notices, *ages, *origin, fill=svg.GREY)
    parts = [
        *head.parts,
        *key,
        *_labels(names, left, top),
        *_cells(every, left, top),
        *foot.parts,
    ]
    title = report.summary["title"]
    return svg.drawing("overlap", title, _overlap_in_words(every), (width, foot.end + 160), parts)


_OVERLAP_READING = (
    "Each field counts the States that are certain members of both; 7+2: two more are possible "
    "or disputed. In a frame: a process's own members. Empty: none. The darker a field, the "
    "larger a part of the smaller process is shared:"
)


def _steps_key(top: int) -> tuple[list[svg.Svg], int]:
    """What the tones of the fields mean, and where that ends."""
    parts: list[svg.Svg] = []
    x = _MARGIN
    for colour, words in list(zip(svg.STEPS, svg.STEP_WORDS, strict=True))[1:]:
        box = {"x": x, "y": top, "width": 200, "height": 130}
        parts += [svg.element("rect", fill=colour, **box), svg.line(words, x + 260, top + 120, 150)]
        x += 260 + svg.width_of(words, 150) + 220
    return parts, top + 130


def _labels(names: Sequence[str], left: int, top: int) -> Iterator[svg.Svg]:
    """The names at the rows and, slanted, above the columns."""
    for place, name in enumerate(names):
        middle = place * _CELL + _CELL // 2
        yield svg.line(name, left - 80, top + middle + 55, _OVERLAP_NAMES, text_anchor="end")
        x, y = left + middle, top - 70
        yield svg.line(name, x, y, _OVERLAP_NAMES, transform=f"rotate(-45 {x} {y})")


def _cells(every: Sequence[Membered], left: int, top: int) -> Iterator[svg.Svg]:
    fields = [
        (one, two, (left + column * _CELL, top + row * _CELL))
        for row, one in enumerate(every)
        for column, two in enumerate(every)
    ]
    # Those in a frame last: no field beside them lies upon it.
    for one, two, place in sorted(fields, key=lambda field: field[0] is field[1]):
        yield from _cell(one, two, place)


def _cell(one: Membered, two: Membered, place: tuple[int, int]) -> Iterator[svg.Svg]:
    """One field: its colour, its count, and in words what it counts."""
    (x, y), own = place, one is two
    count, more = one.shared(two), one.uncertain(two)
    step = svg.step_of(count, min(each.certain.bit_count() for each in (one, two)))
    words = f"{count or ''}{f'+{more}' if more else ''}"
    ground = "#ffffff" if own else svg.STEPS[step]
    box = {"x": x, "y": y, "width": _CELL, "height": _CELL}
    tip = [svg.titled(_counted(one, two))] if words else []
    stroke, thick = (svg.INK, 14) if own else ("#cfcabf", 5)
    yield svg.element("rect", *tip, fill=ground, **box, stroke=stroke, stroke_width=thick)
    if words:
        dark = not own and step in svg.DARK_STEPS
        size = min(_COUNTS, _COUNTS * (_CELL - 60) // max(svg.width_of(words, _COUNTS), 1))
        yield svg.line(
            words,
            x + _CELL // 2,
            y + _CELL // 2 + size // 3,
            size,
            text_anchor="middle",
            fill="#ffffff" if dark else svg.INK,
        )


def _counted(one: Membered, two: Membered) -> str:
    more = one.uncertain(two)
    names = " and ".join(dict.fromkeys((one.record.short_name, two.record.short_name)))
    count = f"{one.shared(two)}{f', {more} more possible or disputed' if more else ''}"
    return f"{names}: {count}"


def _overlap_in_words(every: Sequence[Membered]) -> str:
    """All that the chart shows, for screen readers."""
    pairs = (
        _counted(one, two)
        for place, one in enumerate(every)
        for two in every[: place + 1]
        if one.shared(two) or one.uncertain(two)
    )
    return f"{_OVERLAP_READING} {'; '.join(pairs)}."
