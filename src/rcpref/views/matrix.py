"""`rcpref matrix`: how many members every two records share at a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from rcpref.answers.membership.answer import NO, UNKNOWN, YES
from rcpref.answers.membership.members import members_at
from rcpref.answers.time import AsOf
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model import OVERLAY
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Cell, Column, Gap, Grid, Heading, Item, quiet
from rcpref.report.report import Report, rows_of
from rcpref.views.certainty import incomplete_line
from rcpref.views.items import sources_of
from rcpref.views.summary import newest
from rcpref.views.words import asked_for, date_words, joined, overlay_notice


class _Members(NamedTuple):
    """A record with its members at the date.

    Attributes:
        record: The record.
        certain: The certain ones, a bit for each State: pairs of sets would take longer.
        wider: Those, and the possible and disputed ones.
        sources: Keys of the sources that name them.
        last_known: Date of the newest evidence for the certain ones; None if undated.
    """

    record: Record
    certain: int
    wider: int
    sources: tuple[str, ...]
    last_known: str | None


def matrix(data: Data, kinds: Sequence[str], as_of: str | None) -> Report:
    """Overlap of the certain members of all records of some kinds at a date.

    A cell counts the States that are certain members of both. In tables and Markdown
    "7+2" says that two more are possible or disputed members of both; in TSV, CSV and
    JSON the uncertain ones have columns of their own.

    Args:
        data: The data set.
        kinds: Kinds of records that have members.
        as_of: The date; None for what is last known.

    Raises:
        NotFound: No members of any of them are known.
    """
    asked = asked_for(data, as_of)
    bits = {code: 1 << place for place, code in enumerate(data.document["countries"])}
    every = [_members(data, record, asked, bits) for kind in kinds for record in data.of_kind(kind)]
    counted = [members for members in every if members.wider]
    if not counted:
        raise NotFound(f"no members of any of them are known {date_words(data, asked)}")
    query = {"command": "matrix", "kinds": list(kinds), "as_of": asked.text}
    records = [members.record for members in counted]
    report = Report(data, query, _columns(records), items=_Items(counted))
    silent = ", ".join(members.record.short_name for members in every if not members.wider)
    beside = [*filter(None, [incomplete_line(records)]), *overlay_notice(records)]
    none = f"no members known {date_words(data, asked)}: {silent}" if silent else ""
    line = joined(none, *beside)
    report.notices += [line] if line else []

    def blocks() -> list[Block]:
        sources = len({source for members in counted for source in members.sources})
        lines = [
            "The columns have the numbers of the rows; *: its own members; .: none.",
            "7+2: seven certain, two more possible or disputed in both or in one of them.",
            *([f"{none[0].upper()}{none[1:]}."] if none else []),
            *(f"{line}." for line in beside),
        ]
        origin = quiet(f"From {sources} sources.", " rcpref members NAME says which, and why.")
        table = report.grid() if report.chosen else _grid(report.lines)
        title = f"Shared members {date_words(data, asked)}"
        return [Heading(title, 1), table, Gap(), *map(quiet, lines), origin]

    report.blocks = blocks
    return report


def _members(data: Data, record: Record, asked: AsOf, bits: Mapping[str, int]) -> _Members:
    answers = members_at(data, record, asked)
    known = {code: a for code, a in answers.items() if a.answer not in (NO, UNKNOWN)}
    certain = sum(bits[code] for code, answer in known.items() if answer.answer == YES)
    wider = sum(bits[code] for code in known)
    sources = sources_of(claim for answer in known.values() for claim in answer.rests_on)
    age = newest(answer.last_known for answer in known.values() if answer.answer == YES)
    return _Members(record, certain, wider, sources, age)


class _Items(Sequence[Item]):
    """The items, each made when it is looked at: all of them hold a count for every pair."""

    def __init__(self, counted: Sequence[_Members]) -> None:
        self._counted = counted

    def __len__(self) -> int:
        return len(self._counted)

    def __getitem__(self, place: Any) -> Any:
        one = self._counted[place]
        shared = {two.record.id: (one.certain & two.certain).bit_count() for two in self._counted}
        uncertain = {
            two.record.id: (one.wider & two.wider).bit_count() - shared[two.record.id]
            for two in self._counted
        }
        own = any(source.startswith(OVERLAY) for source in one.sources)
        return {
            "id": one.record.id,
            "short_name": one.record.short_name,
            "last_known": one.last_known,
            "shared": shared,
            "uncertain": uncertain,
            **({"overlay": True} if own else {}),
        }


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
