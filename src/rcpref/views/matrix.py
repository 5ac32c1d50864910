"""`rcpref matrix`: how many members every two records share at a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from rcpref.answers.comparison import Membered, Overlap, membered, overlaps
from rcpref.answers.time import AsOf, years_of
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import NotFound, UsageProblem
from rcpref.fields import Fields
from rcpref.model import OVERLAY
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Cell, Column, Gap, Grid, Heading, Item, Row, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, sentence
from rcpref.views.items import report_of
from rcpref.views.shapes import PAIR, SHARED
from rcpref.views.summary import (
    both_counts,
    dormant_line,
    incomplete_line,
)
from rcpref.views.words import asked_for, data_line, date_words, from_sources, in_words, together

if TYPE_CHECKING:
    from rcpref.report.programs import Values

MOST_RECORDS = 150  # so many records a table of pairs has; data for programs have all

MOST_PAIRS = 2_500_000  # so many pairs data for programs have: those of 2,236 records at a date


def _refuse_many(count: int, line: str, ids: Iterable[str]) -> None:
    if count > MOST_RECORDS:
        some = " ".join(islice(ids, 2))
        raise UsageProblem(
            f"a table has at most {MOST_RECORDS} records, not {count:,}",
            f"name some: {line} {some}; or print all as data: {line} -f csv",
        )


def matrix(
    data: Data,
    kinds: Sequence[str],
    as_of: str | None,
    long: bool = False,
    named: Sequence[Record] = (),
) -> Report:
    """How many certain, and in columns of their own uncertain, members some records share."""
    asked = asked_for(data, as_of)
    among, whose = _among(data, kinds, named)
    if long:
        _refuse_pairs(among, [asked])
    every = next(membered(data, among, [asked]))
    counted = [members for members in every if members.wider]
    when = date_words(data, asked)
    then = "" if asked.last_known else f" {when}"
    if not counted:
        raise NotFound(f"no members of any of them are known{then}")
    query = {
        "command": "matrix",
        **whose,
        "as_of": asked.text,
        **({"long": True} if long else {}),
    }
    records = [members.record for members in counted]
    if long:
        report = report_of(data, query, PAIR, Pairs([(asked, counted)]), asked=asked)
    else:
        lines = [Sharing(members, counted) for members in counted]
        columns = SHARED.columns(*_columns(counted))
        report = report_of(data, query, SHARED, lines, columns, asked=asked)
    silent = ", ".join(members.record.short_name for members in every if not members.wider)
    none = f"no members known{then}: {silent}" if silent else ""
    none = together(none, dormant_line(records, asked))
    ages = _ages(counted) if asked.last_known else ""
    certain = sum(each.certain.bit_count() for each in counted)
    more = sum(each.wider.bit_count() for each in counted) - certain
    memberships = f"Memberships in all of them: {both_counts(certain, more)}."
    _finish(report, f"Shared members {when}", none, counted, long, ages, memberships)
    report.own_formats["graphml"] = partial(_network, report, counted, asked, when)
    return report


def _finish(
    report: Report,
    title: str,
    none: str,
    counted: Iterable[Membered],
    pairs: bool,
    ages: str = "",
    memberships: str = "",
) -> None:
    """Add notices, sources and blocks: which records are missing, what the numbers are from."""
    records = list(dict.fromkeys(members.record for members in counted))
    remarks = [*filter(None, [none, incomplete_line(records)])]
    report.notice(together(*remarks))
    sources = {source for members in counted for source in members.sources}
    report.named = [record.id for record in records], sorted(sources)
    origin = f"{from_sources(sources)}."
    report.summary = {"origin": origin, **({"ages": ages} if ages else {})}

    def blocks(_: Marks) -> list[Block]:
        line = "rcpref matrix"
        line += f" --years {report.query['years']}" if "years" in report.query else ""
        _refuse_many(len(records), line, (record.id for record in records))
        table = report.grid() if report.chosen or pairs else _grid(list(report.lines))
        legend = _LEGEND_OF_PAIRS if pairs else _LEGEND
        lines = [*legend, memberships, *map(sentence, map(in_words, remarks)), in_words(ages)]
        end = [
            *map(quiet, filter(None, lines)),
            quiet(origin, " rcpref members NAME says which, and why."),
        ]
        return [Heading(title, 1), table, Gap(), *end]

    report.blocks = blocks


def _ages(counted: Iterable[Membered]) -> str:
    names = {each.record.short_name: each.last_known for each in counted}
    dated = [(parse(date), name) for name, date in names.items() if date]
    parts = []
    if dated:
        (first, oldest), (last, newest) = min(dated), max(dated)
        parts.append(f"from {first} ({oldest}) to {last} ({newest})")
    if undated := ", ".join(name for name, date in names.items() if not date):
        parts.append(f"without a date: {undated}")
    return f"The newest evidence for each is {'; '.join(parts)}."


_LEGEND = (
    "Columns have the numbers of the rows. *: members of the process itself. .: none.",
    "7+2: seven are certain members of both, two more may be (possible or disputed).",
)
_LEGEND_OF_PAIRS = ("More possible: States that may be members of both (possible or disputed).",)


class Sharing(Fields):
    """A record with its members; the counts are made when they are read."""

    one: Membered
    every: Sequence[Membered]

    @property
    def shared(self) -> dict[str, int]:
        return {two.record.id: self.one.shared(two) for two in self.every}

    @property
    def uncertain(self) -> dict[str, int]:
        return {two.record.id: self.one.uncertain(two) for two in self.every}

    @property
    def overlay(self) -> bool:
        return any(source.startswith(OVERLAY) for source in self.one.sources)


class Pairs:
    """Every two records at each date, made anew for each loop: there can be millions."""

    def __init__(self, dated: Sequence[tuple[AsOf, Sequence[Membered]]]) -> None:
        self._dated = dated

    def __len__(self) -> int:
        return sum(len(counted) * (len(counted) - 1) // 2 for _, counted in self._dated)

    def __iter__(self) -> Iterator[Overlap]:
        return chain.from_iterable(overlaps(counted, asked) for asked, counted in self._dated)


def _refuse_pairs(records: Sequence[Record], dates: Sequence[AsOf]) -> None:
    count = len(records) * (len(records) - 1) // 2 * len(dates)
    if count > MOST_PAIRS:
        raise UsageProblem(
            f"at most {MOST_PAIRS:,} pairs of records are listed, not {count:,}",
            "name some of the records, ask for fewer years, or leave out --long",
        )


def _among(
    data: Data, kinds: Sequence[str], named: Sequence[Record]
) -> tuple[Sequence[Record], Item]:
    if named:
        return named, {"records": [each.id for each in named]}
    return [record for kind in kinds for record in data.of_kind(kind)], {"kinds": list(kinds)}


def by_year(data: Data, kinds: Sequence[str], years: str, named: Sequence[Record] = ()) -> Report:
    dates = years_of(years, data.date)
    records, whose = _among(data, kinds, named)
    _refuse_pairs(records, dates)
    dated: list[tuple[AsOf, list[Membered]]] = []
    silent: dict[str, list[int]] = {}
    for asked, every in zip(dates, membered(data, records, dates), strict=True):
        dated.append((asked, [members for members in every if members.wider]))
        for members in every:
            if not members.wider:
                silent.setdefault(members.record.short_name, []).append(asked.date.first.year)
    pairs = Pairs(dated)
    if not pairs:
        raise NotFound(f"no members of any of them are known in {years}")
    query = {"command": "matrix", **whose, "years": years}
    report = report_of(data, query, PAIR, pairs)
    names = ", ".join(f"{name} ({_runs(when)})" for name, when in silent.items())
    none = f"no members known: {names}" if names else ""
    later = [when.date.first.year for when in dates if when.date.after(parse(data.date))]
    ahead = f"after the date of the data, {data.date}: {_runs(later)}" if later else ""
    title = f"Shared members, {years}"
    found = [members for _, counted in dated for members in counted]
    _finish(report, title, together(ahead, none), found, pairs=True)
    return report


def _runs(years: Sequence[int]) -> str:
    """Years in their order, those that follow each other as a run: "2003 to 2008, 2011"."""
    runs = [
        [year for _, year in run]
        for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(f"{run[0]} to {run[-1]}" if run[1:] else f"{run[0]}" for run in runs)


def _columns(counted: Sequence[Membered]) -> Iterator[Column]:
    """Two columns for each record: what it shares for certain, and what more may be shared."""

    def column(
        two: Membered, sign: str, words: str, count: Callable[[Membered, Membered], int]
    ) -> Column:
        key, name = f"{two.record.id}{sign}", f"{two.record.short_name}{words}"
        return Column(key, name, number=True, cell=lambda line: count(line.one, two))

    yield from (column(two, "", "", Membered.shared) for two in counted)
    yield from (column(two, "?", ", uncertain", Membered.uncertain) for two in counted)


def _grid(lines: Sequence[Sharing]) -> Grid:
    rows: list[Row] = []
    for number, one in enumerate((line.one for line in lines), 1):
        row: dict[str, Cell] = {"short_name": f"{number} {one.record.short_name}"}
        for place, two in enumerate((line.one for line in lines), 1):
            shared, more = one.shared(two), one.uncertain(two)
            itself = "*" if one is two else ""
            row[str(place)] = f"{shared or '.'}{f'+{more}' if more else ''}{itself}"
        rows.append(row)
    numbers = map(str, range(1, len(lines) + 1))
    columns = [Column(number, number, number=True) for number in numbers]
    return Grid([Column("short_name", "", style="name"), *columns], rows, bands=True)


def _network(report: Report, counted: Sequence[Membered], asked: AsOf, when: str) -> Iterator[str]:
    from rcpref.report.programs import graphml

    data = report.data
    whole: Values = {
        "as_of": asked.text or "",
        "version": data.version,
        "date": data.date,
        "digest": data.digest,
        **({"overlay": "yes"} if data.overlay else {}),
    }
    nodes: dict[str, Values] = {
        each.record.id: {
            "label": each.record.short_name,
            # Readers take a "name" for what tells nodes apart.
            "long_name": each.record.name,
            "kind": each.record.kind,
            "members": each.certain.bit_count(),
            "last_known": each.last_known or "",
        }
        for each in counted
    }
    edges = (
        (each.record, each.other, (each.shared, each.uncertain))
        for each in overlaps(counted, asked)
        if each.shared
    )
    words = f"Shared certain members {when}. {report.summary['origin']} {data_line(data)}"
    return graphml(whole, nodes, ("weight", "uncertain"), edges, words)
