"""The timeline: a line for each process, with its founding, its meetings and its chairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.meetings import gatherings
from rcpref.answers.words import shown_states
from rcpref.dates import Interval, parse
from rcpref.export.atlas.markup import Html, element, link
from rcpref.views.words import shown_date

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record

_LEFT, _WIDTH, _LANE, _TOP = 150, 1030, 30, 34
_LETTER = 6.4
"""Room that a letter of a code takes."""


class _Scale:
    """Where a day lies on the drawing."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._start = date(first, 1, 1).toordinal()
        self._days = date(last, 12, 31).toordinal() - self._start

    def __call__(self, day: date) -> float:
        part = (day.toordinal() - self._start) / self._days
        return round(_LEFT + _WIDTH * min(max(part, 0), 1), 1)

    def middle(self, when: Interval) -> float:
        """The middle of a date: of 2013 the end of June."""
        return self(date.fromordinal((when.first.toordinal() + when.last.toordinal()) // 2))


def drawing(data: Data, first: int) -> Html:
    """The timeline of all processes, the oldest first.

    Args:
        data: The data set.
        first: The year with which it begins.
    """
    today = parse(data.date).last
    scale = _Scale(first, today.year)
    found = [(_founded(record), record) for record in data.of_kind("process")]
    lanes = sorted((pair for pair in found if pair[0]), key=lambda pair: _first_day(pair[0]))
    height = _TOP + _LANE * len(lanes) + 8
    parts = [*_grid(scale, height)]
    for place, (founded, record) in enumerate(lanes):
        if founded is not None:
            y = _TOP + _LANE * place + _LANE // 2
            parts.append(_lane(data, record, founded, scale, today, y))
    label = f"Timeline of {len(lanes)} processes, {first} to {today.year}"
    return element(
        "svg",
        *parts,
        class_="timeline",
        viewBox=f"0 0 {_LEFT + _WIDTH + 10} {height}",
        role="group",
        aria_label=label,
    )


def _founded(record: Record) -> Claim | None:
    """The claim of the earliest founding."""
    return min(record.claims_of("founded"), key=_first_day, default=None)


def _first_day(claim: Claim | None) -> date:
    return parse(str(claim.value)).first if claim else date.max


def _grid(scale: _Scale, height: int) -> Iterator[Html]:
    for year in range(scale.first, scale.last + 1):
        x = scale(date(year, 1, 1))
        five = year % 5 == 0
        yield element("path", class_="grid five" if five else "grid", d=f"M{x} {_TOP - 6}V{height}")
        if five:
            yield element("text", str(year), class_="year", x=x, y=_TOP - 12)


def _lane(data: Data, record: Record, founded: Claim, scale: _Scale, today: date, y: int) -> Html:
    start = scale(_first_day(founded))
    name = element("text", record.short_name, x=_LEFT - 12, y=y + 4, class_="name")
    life = element("path", class_="life", d=f"M{start} {y}H{scale(today)}")
    born = element(
        "circle",
        element("title", f"{record.short_name} founded {founded.value}"),
        class_="born", cx=start, cy=y, r=4,
    )  # fmt: skip
    return element(
        "g",
        link(record.id, name),
        life,
        element("g", *_chairs(data, record, scale, y), class_="terms"),
        born,
        element("g", *_meetings(record, scale, y), class_="met"),
    )


def _chairs(data: Data, record: Record, scale: _Scale, y: int) -> Iterator[Html]:
    """Terms in the chair of which both ends are known."""
    terms = [c for c in record.claims_of("chair") if c.from_ and c.until]
    for claim in _apart(terms, lambda claim: (claim.from_, claim.until, claim.values)):
        left, right = (scale.middle(parse(str(end))) for end in (claim.from_, claim.until))
        width = max(1.5, round(right - left - 0.8, 1))
        codes = "/".join(claim.values)
        words = f"{shown_states(data, claim.values)}, {shown_date(data, claim)}"
        middle = round((left + right) / 2, 1)
        fits = width > _LETTER * len(codes)
        yield element(
            "g",
            element("title", words),
            element("rect", x=left, y=y - 10, width=width, height=13, rx=2),
            element("text", codes, x=middle, y=y) if fits else None,
        )


def _apart(claims: Sequence[Claim], key: Callable[[Claim], object]) -> list[Claim]:
    """The claims without those that say what another has said."""
    return list({key(claim): claim for claim in reversed(claims)}.values())


def _meetings(record: Record, scale: _Scale, y: int) -> Iterator[Html]:
    for each in gatherings(record):
        title = element("title", f"{each.when.text}: {each.what or 'a meeting'}")
        yield element("path", title, d=f"M{scale.middle(each.when)} {y + 5}v7")
