"""`rcpref show`: records and States with their claims, and what texts say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from rcpref.answers.time import AsOf
from rcpref.answers.values import claims_at, claims_naming
from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model import MEMBER_KINDS, OF_EVENTS
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Column, Gap, Item
from rcpref.report.marks import Marks
from rcpref.report.options import WHOLE_SOURCES
from rcpref.report.report import Report
from rcpref.views.items import claim_item, passage_item, record_item, state_item
from rcpref.views.shapes import SHOWN
from rcpref.views.words import asked_for

if TYPE_CHECKING:
    from rcpref.model.countries import Country


def showing(
    data: Data,
    found: Sequence[Record | Country],
    names: Sequence[str],
    as_of: str | None = None,
    *,
    history: bool = False,
    full: bool = False,
    properties: Sequence[str] = (),
) -> Report:
    """Records and States: names, claims that speak of the date, what texts say.

    People get a card of each, unless they ask for all that speaks of the date (`full`), for all
    claims, whatever their date (`history`), or for those on some properties alone.
    """
    asked = asked_for(data, as_of)
    when = None if history else asked
    query = {
        "command": "show",
        "names": list(names),
        "as_of": when.text if when else None,
        "history": history,
        **({"properties": list(properties)} if properties else {}),
    }

    def items() -> list[Item]:
        return [_item(data, each, when, properties) for each in found]

    def lines() -> list[Item]:
        return [line for each in found for line in _lines(data, each, when, properties)]

    def blocks(_: Marks) -> list[Block]:
        from rcpref.views.record import short_page, whole_page

        blocks = [] if full or history else _membership(data, found, asked)
        for each in found:
            if full or history:
                blocks += whole_page(data, each, when, properties)
            else:
                blocks += [*([Gap()] if blocks else []), *short_page(data, each, asked)]
        return blocks

    shown = [*SHOWN.unasked(), *(("disputed_by", *OF_EVENTS) if history else ())]
    labels = {key: raw["label"] for key, raw in data.document["properties"].items()}
    labels[_NAMED_IN] = "Named in"
    columns = SHOWN.columns(label=lambda line: labels.get(line["property"]))
    report = Report(data, query, columns, items, shown, lines)
    report.asked, report.blocks = when, blocks
    if full or history:
        report.sources = WHOLE_SOURCES
    return report


def _membership(data: Data, found: Sequence[Record | Country], asked: AsOf) -> list[Block]:
    """Who names a State and a record most often asks whether it is a member."""
    countries = [each for each in found if not isinstance(each, Record)]
    records = [each for each in found if isinstance(each, Record) and each.kind in MEMBER_KINDS]
    if len(found) != 2 or not countries or not records:
        return []
    from rcpref.views.member import answer_blocks

    return answer_blocks(data, countries[0], records[0], asked)


# What is shown of each -----------------------------------------------------------------


def _known(
    data: Data, thing: Record | Country, asked: AsOf | None, properties: Sequence[str]
) -> tuple[str, Sequence[Claim], Sequence[str], frozenset[str]]:
    """Id or code, claims, passages that name it; references of claims that others contradict."""
    if not isinstance(thing, Record):
        key = thing.alpha3
        claims = list(claims_naming(data, key, asked))
        return key, claims, data.plain.refs_naming(state=key), frozenset()
    claims = [
        c for c in claims_at(data, thing, asked) if not properties or c.property in properties
    ]
    passages = [] if properties else data.plain.refs_naming(record=thing.id)
    if asked is not None:
        return thing.id, claims, passages, frozenset()
    # In a history they are marked.
    from rcpref.answers.disputes import disputed_refs

    return thing.id, claims, passages, disputed_refs(thing, data.type_of)


def _item(
    data: Data, thing: Record | Country, asked: AsOf | None, properties: Sequence[str]
) -> Item:
    key, claims, passages, disputed = _known(data, thing, asked, properties)
    is_record = isinstance(thing, Record)
    if isinstance(thing, Record):
        names = record_item(data, key)
    else:
        names = {"id": key, "kind": "state", **state_item(data, thing)}
    return {
        **names,
        "claims": [
            {
                **({} if is_record else {"record": claim.record}),
                **claim_item(claim),
                **({"in_dispute": True} if claim.ref in disputed else {}),
            }
            for claim in claims
        ],
        "passages": [passage_item(data, ref) for ref in passages],
    }


_NAMED_IN = "named_in"  # what the row of a passage has for a property

_KEPT = "property value date source passage role group ref note complete stated_total disputed"
_OF_CLAIMS = [*_KEPT.split(), *OF_EVENTS]


def _lines(
    data: Data, thing: Record | Country, asked: AsOf | None, properties: Sequence[str]
) -> Iterator[Item]:
    key, claims, passages, disputed = _known(data, thing, asked, properties)
    # Names serve look-up and are no claims: no date, no source.
    raw = data.document["records" if isinstance(thing, Record) else "countries"][key]
    for name in ("name", "short_name", "acronym", "official_name", "aliases"):
        if not properties and raw.get(name):
            yield {"id": key, "property": name, "value": raw[name]}
    for claim in claims:
        # Also where a State was asked for: the row says something of the record, and
        # with the code of a State that is one of its members it would be false.
        line = {"id": claim.record, **{name: getattr(claim, name) for name in _OF_CLAIMS}}
        by = "others" if claim.ref in disputed else None
        yield {**line, "derived": claim.derived or None, "disputed_by": by}
    for ref in passages:
        text, passage = data.plain.passages[ref]
        yield {
            "id": key,
            "property": _NAMED_IN,
            "value": passage["text"],
            "date": data.document["texts"][text]["date"],
            "source": data.document["texts"][text]["document"],
            "passage": ref,
            "ref": ref,
        }


# One report on several things that were asked for: what is known of each, in order ----


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
    """A report made of others, each of which makes what people read itself."""

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
            shown=[ASKED.key, *(column.key for column in first.shown_columns())],
            lines=_each(parts, lambda report: report.rows),
        )
        # None where no part has answers that can be uncertain.
        if any(part.others is not None for part in parts.values()):
            self.others = lambda: _each(parts, lambda report: report.uncertain or ())
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

    def _blocks(self, _: Marks) -> list[Block]:
        blocks: list[Block] = []
        for report in self._parts:
            blocks += [Gap()] if blocks else []
            blocks += report.for_people()
        return blocks


def _each(parts: dict[str, Report], of: Callable[[Report], Iterable[Any]]) -> list[Item]:
    return [{ASKED.key: asked, **item} for asked in parts for item in of(parts[asked])]
