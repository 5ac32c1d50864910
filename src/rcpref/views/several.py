"""One report on several things that were asked for: what is known of each, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from rcpref.errors import NotFound
from rcpref.report.blocks import Block, Column, Gap, Item
from rcpref.report.report import Report

Thing = TypeVar("Thing")

ASKED = Column("asked", "Asked", style="id")
"""The first column: id, code or name of what was asked for."""


def report_on_each(
    things: Mapping[str, Thing], report_on: Callable[[Thing], Report], one: str, every: str
) -> Report:
    """One report on all that was asked for; of one thing alone its own.

    Where nothing is known of one of several, a notice says so, and the report is on the others.
    """
    reports: dict[str, Report] = {}
    missing: dict[str, NotFound] = {}
    for asked, thing in things.items():
        try:
            reports[asked] = report_on(thing)
        except NotFound as error:
            if error.name:
                raise
            missing[asked] = error
    if not reports:
        raise next(iter(missing.values()))
    if len(things) == 1:
        return next(iter(reports.values()))
    report = _Several(reports, one, every)
    report.query[every] = [*reports, *missing]
    report.notices += [error.message for error in missing.values()]
    return report


class _Several(Report):
    """A report made of others, which make themselves what people read."""

    def __init__(self, parts: dict[str, Report], one: str, every: str) -> None:
        first = next(iter(parts.values()))
        # The cells are read by each part: a column may know what was asked for.
        columns = [
            ASKED,
            *(Column(c.key, c.label, c.room, c.style, c.number) for c in first.columns),
        ]
        super().__init__(
            first.data,
            {every if name == one else name: value for name, value in first.query.items()},
            columns,
            items=_each(parts, lambda report: report.items),
            lines=_each(parts, lambda report: report.rows),
        )
        self.uncertain = lambda: _uncertain(parts)
        self.summary = {asked: part.summary for asked, part in parts.items() if part.summary}
        self.asked = first.asked
        self._parts = list(parts.values())
        self.blocks = self._blocks
        self.notices = [f"{asked}: {line}" for asked in parts for line in parts[asked].notices]

    def choose(self, names: Sequence[str]) -> None:
        """Show just these columns, here and in what people read of each part."""
        super().choose(names)
        keys = [key for key in self.shown if key != ASKED.key]
        for report in self._parts if keys else ():
            report.choose(keys)

    def _blocks(self) -> list[Block]:
        blocks: list[Block] = []
        for report in self._parts:
            if blocks:
                blocks.append(Gap())
            blocks += report.blocks() if report.blocks else [report.grid()]
        return blocks


def _uncertain(parts: dict[str, Report]) -> list[Item] | None:
    """What is not certain, of each; None where no part has answers that can be."""
    if all(report.uncertain is None for report in parts.values()):
        return None
    return _each(parts, lambda report: report.uncertain or ())


def _each(parts: dict[str, Report], of: Callable[[Report], Iterable[Any]]) -> list[Item]:
    return [{ASKED.key: asked, **item} for asked in parts for item in of(parts[asked])]
