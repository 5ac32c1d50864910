"""`rcpref matrix`: how many members every two records share at a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rcpref.answers.overlap import Membered, Overlap, membered, overlaps
from rcpref.answers.time import AsOf, years_of
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model import OVERLAY
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Cell, Column, Gap, Grid, Heading, Item, quiet
from rcpref.report.report import Report, rows_of
from rcpref.views.certainty import basis_words, chosen_bases, incomplete_line
from rcpref.views.words import asked_for, date_words, from_sources, joined, overlay_notice

if TYPE_CHECKING:
    from rcpref.report.graphml import Values


def matrix(
    data: Data,
    kinds: Sequence[str],
    as_of: str | None,
    bases: Sequence[str] = (),
    long: bool = False,
) -> Report:
    """Overlap of the certain members of all records of some kinds at a date.

    A cell counts the States that are certain members of both. In tables and Markdown
    "7+2" says that two more are possible or disputed members of both; in TSV, CSV and
    JSON the uncertain ones have columns of their own.

    Args:
        data: The data set.
        kinds: Kinds of records that have members.
        as_of: The date; None for what is last known.
        bases: What an answer must rest on to be counted; empty for all.
        long: A line for every two records instead of a table of all by all.

    Raises:
        NotFound: No members of any of them are known.
    """
    asked = asked_for(data, as_of)
    every = next(membered(data, kinds, [asked], bases))
    counted = [members for members in every if members.wider]
    when = date_words(data, asked) + basis_words(bases)
    if not counted:
        raise NotFound(f"no members of any of them are known {when}")
    query = {
        "command": "matrix",
        "kinds": list(kinds),
        "as_of": asked.text,
        **({"long": True} if long else {}),
        **chosen_bases(bases),
    }
    records = [members.record for members in counted]
    if long:
        report = Report(data, query, _LONG, items=_pairs(counted, asked))
    else:
        report = Report(data, query, _columns(records), items=_Items(counted))
    silent = ", ".join(members.record.short_name for members in every if not members.wider)
    beside = [*filter(None, [incomplete_line(records)]), *overlay_notice(records)]
    none = f"no members known {when}: {silent}" if silent else ""
    line = joined(none, *beside)
    report.notices += [line] if line else []
    sources = {source for members in counted for source in members.sources}
    report.summary = {"origin": f"{from_sources(sources)}."}
    report.own_formats["graphml"] = partial(_network, data, counted, asked, when)

    def blocks() -> list[Block]:
        lines = [
            *(_LEGEND if not long else ()),
            *([f"{none[0].upper()}{none[1:]}."] if none else []),
            *(f"{line}." for line in beside),
        ]
        origin = quiet(report.summary["origin"], " rcpref members NAME says which, and why.")
        table = report.grid() if report.chosen or long else _grid(report.lines)
        title = f"Shared members {when}"
        return [Heading(title, 1), table, Gap(), *map(quiet, lines), origin]

    report.blocks = blocks
    return report


_LEGEND = (
    "The columns have the numbers of the rows; *: its own members; .: none.",
    "7+2: seven certain, two more possible or disputed in both or in one of them.",
)


class _Items(Sequence[Item]):
    """The items, each made when it is looked at: all of them hold a count for every pair."""

    def __init__(self, counted: Sequence[Membered]) -> None:
        self._counted = counted

    def __len__(self) -> int:
        return len(self._counted)

    def __getitem__(self, place: Any) -> Any:
        one = self._counted[place]
        own = any(source.startswith(OVERLAY) for source in one.sources)
        return {
            "id": one.record.id,
            "short_name": one.record.short_name,
            "last_known": one.last_known,
            "shared": {two.record.id: one.shared(two) for two in self._counted},
            "uncertain": {two.record.id: one.uncertain(two) for two in self._counted},
            **({"overlay": True} if own else {}),
        }


_LONG = (
    Column("record", "Id", room=140, style="id"),
    Column("short_name", "Record", style="name"),
    Column("other", "Other id", room=140, style="id"),
    Column("other_name", "Other", style="name"),
    Column("shared", "Shared", number=True),
    Column("uncertain", "Uncertain", number=True),
    Column("members", "Members", number=True),
    Column("other_members", "Of the other", number=True),
    Column("as_of", "As of", room=100),
)


def _pairs(counted: Sequence[Membered], asked: AsOf) -> list[Item]:
    return [each._asdict() for each in overlaps(counted, asked)]


def by_year(data: Data, kinds: Sequence[str], years: str, bases: Sequence[str]) -> Report:
    """A line for every two records and year.

    Args:
        data: The data set.
        kinds: Kinds of records that have members.
        years: The range of years as it was typed.
        bases: What an answer must rest on to be counted; empty for all.

    Raises:
        NotFound: No members of any of them are known in any of these years.
        UsageProblem: A range without beginning, or of too many years.
        DateError: It is no range.
    """
    items: list[Item] = []
    dates = years_of(years, data.date)
    for asked, every in zip(dates, membered(data, kinds, dates, bases), strict=True):
        items += _pairs([members for members in every if members.wider], asked)
    if not items:
        raise NotFound(f"no members of any of them are known in {years}{basis_words(bases)}")
    query = {"command": "matrix", "kinds": list(kinds), "years": years, **chosen_bases(bases)}
    report = Report(data, query, _LONG, items=items)
    report.blocks = lambda: [
        Heading(f"Shared members, {years}{basis_words(bases)}", 1),
        report.grid(),
    ]
    return report


def _columns(records: Sequence[Record]) -> list[Column]:
    def count(part: str, key: str) -> Callable[[Item], Cell]:
        return lambda item: int(item[part][key])

    names = [(record.id, record.short_name) for record in records]
    return [
        Column("id", "Id", style="id"),
        Column("short_name", "Short name", style="name"),
        *(Column(key, name, number=True, cell=count("shared", key)) for key, name in names),
        *(
            Column(f"{key}?", f"{name}, uncertain", number=True, cell=count("uncertain", key))
            for key, name in names
        ),
    ]


def _grid(items: Sequence[Item]) -> Grid:
    """The table for people: the columns have the numbers of the rows."""
    places = {item["id"]: place for place, item in enumerate(items, 1)}

    def both(key: str) -> Callable[[Item], Cell]:
        def cell(item: Item) -> str:
            shared, more = item["shared"][key], item["uncertain"][key]
            own = "*" if item["id"] == key else ""
            return f"{shared or '.'}{f'+{more}' if more else ''}{own}"

        return cell

    def name(item: Item) -> str:
        return f"{places[item['id']]} {item['short_name']}"

    columns = [Column("short_name", "", style="name", cell=name)]
    columns += [
        Column(str(place), str(place), number=True, cell=both(key)) for key, place in places.items()
    ]
    return Grid(columns, rows_of(columns, items), bands=True)


# A network ---------------------------------------------------------------------------


def _network(data: Data, counted: Sequence[Membered], asked: AsOf, when: str) -> str:
    """The records as nodes, and an edge between every two that share a certain member."""
    from rcpref.report.graphml import graphml

    nodes: dict[str, Values] = {
        each.record.id: {
            "label": each.record.short_name,
            "name": each.record.name,
            "kind": each.record.kind,
            "members": each.certain.bit_count(),
        }
        for each in counted
    }
    edges = [_edge(each) for each in overlaps(counted, asked) if each.shared]
    words = f"Shared certain members {when}. {data.info.title}, version {data.version}"
    return graphml(nodes, edges, words)


def _edge(each: Overlap) -> tuple[str, str, Values]:
    return each.record, each.other, {"weight": each.shared, "uncertain": each.uncertain}
