"""`rcpref timeline` and `rcpref disputes`: what happened when; where sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.disputes import disputes_in
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval, lasting, parse
from rcpref.errors import NotFound, UsageProblem
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Cell, Column, Facts, Gap, Heading, Prose, Row, Span
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.certainty import quiet, state_names
from rcpref.views.items import claim_item, shown_date, shown_value

if TYPE_CHECKING:
    from rcpref.model.countries import Country

# timeline ---------------------------------------------------------------------------


class _Entry(NamedTuple):
    """One thing that happened: when, in words, and the claims that say so."""

    when: Interval
    record: Record
    kind: str
    what: str
    claims: tuple[Claim, ...]


_WHAT = {
    "founded": "founding",
    "founding_event": "founding",
    "meeting": "meeting",
    "member_joined": "joining",
    "member_left": "leaving",
    "membership_event": "membership",
    "chair": "chair",
    "milestone": "milestone",
    "adopted": "document",
    "published": "document",
}

_COLUMNS = (
    Column("date", "Date", style="id"),
    Column("record", "Id", room=140),
    Column("short_name", "Whose", style="name"),
    Column("event", "Event", room=70),
    Column("what", "What"),
    Column("sources", "Sources", room=1000),
)


def timeline(
    data: Dataset, named: Sequence[Record | Country], start: str | None, end: str | None
) -> Report:
    """Foundings, meetings, chairs, joinings and leavings in order of time.

    Dates keep the precision of their source: 2013 comes before all of its months and is
    not the first of January.

    Args:
        data: The data set.
        named: Records, or States whose joinings and chairs are meant; empty for all.
        start: Nothing that ended before this date.
        end: Nothing that began after this date.

    Raises:
        NotFound: Nothing happened in that time.
        UsageProblem: The end comes before the start.
    """
    since = parse(start).first if start is not None else date.min
    until = parse(end).last if end is not None else date.max
    if until < since:
        raise UsageProblem(f"{end} comes before {start}", "exchange --from and --to")
    records = [entry for entry in named if isinstance(entry, Record)]
    states = {entry.alpha3 for entry in named if not isinstance(entry, Record)}
    found = [
        entry
        for record in data
        for entry in _happened(data, record)
        if entry.when.first <= until
        and entry.when.last >= since
        and (not named or record in records or _concerns(data, entry, states))
    ]
    if not found:
        then = " then" if start or end else ""
        whom = ", ".join(e.short_name if isinstance(e, Record) else e.name for e in named)
        raise NotFound(
            f"nothing is known to have happened{f' to {whom}' if whom else ''}{then}",
            "rcpref timeline shows the whole of it",
        )
    found.sort(key=lambda entry: (entry.when.first, -entry.when.last.toordinal(), entry.record.id))
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for entry in found:
        row: dict[str, Cell] = {
            "date": entry.when.text,
            "record": entry.record.id,
            "short_name": entry.record.short_name,
            "event": entry.kind,
            "what": entry.what,
            "sources": tuple(dict.fromkeys(claim.source for claim in entry.claims)),
        }
        rows.append(row)
        items.append(
            {
                "date": entry.when.text,
                "first": entry.when.first.isoformat(),
                "last": entry.when.last.isoformat(),
                "record": entry.record.id,
                "event": entry.kind,
                "what": entry.what,
                "claims": [claim_item(claim) for claim in entry.claims],
            }
        )
    names = [e.id if isinstance(e, Record) else e.alpha3 for e in named]
    query = {"command": "timeline", "names": names, "from": start, "to": end}
    report = Report(data, query, _COLUMNS, rows, items=items)

    def blocks() -> list[Block]:
        marks = Marks(data)
        marked: list[Row] = [
            {**row, "what": f"{row['what']} {''.join(marks.mark(c.source) for c in entry.claims)}"}
            for row, entry in zip(rows, found, strict=True)
        ]
        return [report.grid(marked), *marks.block()]

    report.blocks = blocks
    return report


def _concerns(data: Dataset, entry: _Entry, states: set[str]) -> bool:
    return any(
        data.type_of(claim.property) == "states" and states & set(claim.values)
        for claim in entry.claims
    )


def _happened(data: Dataset, record: Record) -> list[_Entry]:
    """What a record's claims tell to have happened; equal entries put together."""
    found: dict[tuple[str, str, str], _Entry] = {}
    for claim in record.claims:
        kind = _WHAT.get(claim.property)
        if kind is None or (kind == "chair" and record.kind in ("meeting", "summit")):
            continue
        for when, what in _moments(data, claim):
            key = (when.text, kind, what)
            if key in found:
                old = found[key]
                found[key] = old._replace(claims=(*old.claims, claim))
            else:
                found[key] = _Entry(when, record, kind, what, (claim,))
    held = _held(data, record)
    return [*found.values(), *([held] if held else [])]


def _moments(data: Dataset, claim: Claim) -> list[tuple[Interval, str]]:
    value = shown_value(data, claim)
    if claim.property in ("founded", "adopted", "published"):
        return [(parse(str(claim.value)), claim.property)]
    if claim.property == "chair":
        if claim.from_ is None and claim.until is None:
            return [(parse(claim.as_of), f"{value} in the chair")] if claim.as_of else []
        moments = []
        if claim.from_:
            moments.append((parse(claim.from_), f"{value} takes the chair"))
        if claim.until:
            moments.append((parse(claim.until), f"{value} leaves the chair"))
        return moments
    if claim.as_of is None:
        return []
    verbs = {"member_joined": "joined: ", "member_left": "left: "}
    return [(parse(claim.as_of), verbs.get(claim.property, "") + value)]


def _held(data: Dataset, record: Record) -> _Entry | None:
    """A meeting or summit: from its first day to its last."""
    starts = record.claims_of("start_date")
    if record.kind not in ("meeting", "summit") or not starts:
        return None
    ends = record.claims_of("end_date")
    held = lasting(str(starts[0].value), str(ends[0].value) if ends else None)
    cities = record.claims_of("city")
    codes = [code for claim in record.claims_of("country")[:1] for code in claim.values]
    place = ", ".join(
        part for part in (str(cities[0].value) if cities else "", state_names(data, codes)) if part
    )
    what = f"{record.name}{f' ({place})' if place and place not in record.name else ''}"
    return _Entry(held, record, "meeting", what, (*starts[:1], *ends[:1]))


# disputes ---------------------------------------------------------------------------

_DISPUTE_COLUMNS = (
    Column("id", "Id", style="id"),
    Column("property", "Property", style="name"),
    Column("value", "Value"),
    Column("date", "Date"),
    Column("source", "Source"),
    Column("tier", "Tier"),
    Column("reason", "What differs"),
    Column("ref", "Reference"),
    Column("note", "Note"),
)


def disputes(data: Dataset, records: Sequence[Record]) -> Report:
    """Where sources disagree for the same time, side by side.

    Args:
        data: The data set.
        records: The records; empty for all.
    """
    types = {key: raw["type"] for key, raw in data.document["properties"].items()}
    found = [dispute for record in records or data for dispute in disputes_in(record, types)]
    rows: list[Row] = [
        {
            "id": dispute.record,
            "property": dispute.property,
            "value": claim.value,
            "date": claim.date,
            "source": claim.source,
            "tier": data.sources[claim.source].tier,
            "reason": dispute.reason,
            "ref": claim.ref,
            "note": claim.note,
        }
        for dispute in found
        for claim in dispute.claims
    ]
    items = [
        {
            "record": dispute.record,
            "property": dispute.property,
            "reason": dispute.reason,
            "claims": [
                {**claim_item(claim), "tier": data.sources[claim.source].tier}
                for claim in dispute.claims
            ],
        }
        for dispute in found
    ]
    query = {"command": "disputes", "names": [record.id for record in records]}
    shown = [column.key for column in _DISPUTE_COLUMNS[:7]]
    report = Report(data, query, _DISPUTE_COLUMNS, rows, shown, items)
    if not found:
        report.notices.append("no disagreement is known")

    def blocks() -> list[Block]:
        marks = Marks(data)
        blocks: list[Block] = [Heading(f"Where sources disagree: {len(found)}", 1)]
        for dispute in found:
            label = data.label_of(dispute.property)
            heading = f"{data.records[dispute.record].short_name}: {label.lower()}"
            lines = []
            for claim in dispute.claims:
                value = shown_value(data, claim, short=True)
                spans = [Span(value)]
                if claim.note:
                    spans.append(Span(f" Note: {claim.note}", "quiet"))
                tier = data.sources[claim.source].tier
                remark = f"{tier} {marks.mark(claim.source)}"
                lines.append((shown_date(claim) or "undated", spans, remark))
            blocks += [Facts(heading, lines), Prose([Span(dispute.reason, "quiet")], indent=2)]
        if not found:
            blocks += [Gap(), quiet("No disagreement is known.")]
        return [*blocks, *marks.block()]

    report.blocks = blocks
    return report
