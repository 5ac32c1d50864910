"""`rcpref show`: one record with its claims, their sources, and what Lima says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.disputes import disputes_in
from rcpref.answers.membership import CAPACITIES, CHAIR_KINDS, CHAIRS, YES, not_yet_founded
from rcpref.answers.names import nearest
from rcpref.answers.time import happens
from rcpref.answers.time import when as claim_time
from rcpref.answers.values import Value, current, undated_chairs, value_at
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Gap,
    Heading,
    Prose,
    Quote,
    Row,
    Span,
    quiet,
)
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.certainty import NO_WHOLE_LIST, uncertain_line, without_whole_list
from rcpref.views.items import (
    claim_item,
    passage_item,
    record_item,
    rests_on,
    sources_of,
    state_item,
)
from rcpref.views.words import (
    asked_date,
    date_words,
    joined,
    marked,
    passage_spans,
    shown_date,
    shown_value,
)

if TYPE_CHECKING:
    from rcpref.model.countries import Country
    from rcpref.model.texts import Passage

_COLUMNS = (
    Column("id", "Id", style="id"),
    Column("property", "Property", style="name"),
    Column("value", "Value"),
    Column("date", "Date"),
    Column("source", "Source"),
    Column("passage", "Passage"),
    Column("role", "Role"),
    Column("group", "Group"),
    Column("ref", "Reference"),
    Column("label", "Label"),
    Column("complete", "Complete"),
    Column("stated_total", "Stated total", number=True),
    Column("disputed", "Disputed"),
    Column("derived", "Derived"),
    Column("note", "Note"),
    Column("disputed_by", "Disputed by"),
)
_SHOWN = ("id", "property", "value", "date", "source", "passage", "role")


class Asked(NamedTuple):
    """What `show` was asked beside the names.

    Attributes:
        as_of: The date; None for that of the data.
        history: All claims, whatever their date, those in dispute marked.
    """

    as_of: str | None = None
    history: bool = False


_NOW = Asked()


def showing(
    data: Dataset,
    found: Sequence[Record | Country],
    names: Sequence[str],
    asked: Asked = _NOW,
) -> Report:
    """Records and States: names, claims that speak of the date, what texts say.

    Args:
        data: The data set.
        found: What the names mean.
        names: The names as they were typed.
        asked: The date, and whether all claims are wanted.
    """
    when = asked_date(data, asked.as_of)
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for entry in found:
        claims, passages = _about(data, entry, asked)
        disputed = _disputed(data, entry) if asked.history else set()
        key = entry.id if isinstance(entry, Record) else entry.alpha3
        rows += _name_rows(entry)
        rows += [_claim_row(data, claim, claim.ref in disputed) for claim in claims]
        rows += [_passage_row(data, key, passage) for passage in passages]
        items.append(_item(data, entry, claims, passages, disputed))
    query = {
        "command": "show",
        "names": list(names),
        "as_of": None if asked.history else when.text,
        "history": asked.history,
    }
    shown = [*_SHOWN, "disputed_by"] if asked.history else _SHOWN
    report = Report(data, query, _COLUMNS, rows, shown, items)
    report.blocks = lambda: [block for entry in found for block in _blocks(data, entry, asked)]
    return report


def _about(
    data: Dataset, entry: Record | Country, asked: Asked
) -> tuple[list[Claim], list[Passage]]:
    """The claims on an entry and the passages that name it.

    Without a date, what the texts kept here say stands beside what holds today: that a
    process was yet to be formalised in Lima is not news, but it is what Lima says.
    """
    when = asked_date(data, asked.as_of)

    def speaking(record: Record) -> Sequence[Claim]:
        if asked.history:
            return record.claims
        return current(data, record, when, with_texts=asked.as_of is None)

    if isinstance(entry, Record):
        return list(speaking(entry)), data.passages_naming(record=entry.id)
    claims = [
        claim
        for record in data.records.values()
        for claim in speaking(record)
        if data.type_of(claim.property) == "states" and entry.alpha3 in claim.values
    ]
    return claims, data.passages_naming(state=entry.alpha3)


def _disputed(data: Dataset, entry: Record | Country) -> set[str]:
    """References of the claims on an entry that others contradict."""
    if not isinstance(entry, Record):
        return set()
    types = {key: raw["type"] for key, raw in data.document["properties"].items()}
    return {claim.ref for dispute in disputes_in(entry, types) for claim in dispute.claims}


def _name_rows(entry: Record | Country) -> list[Row]:
    """The names, which are for look-up and no claims: no date, no source."""
    if isinstance(entry, Record):
        names: dict[str, Cell] = {
            "name": entry.name,
            "short_name": entry.short_name,
            "acronym": entry.acronym,
        }
        key = entry.id
    else:
        names = {"name": entry.name, "official_name": entry.official_name}
        key = entry.alpha3
    names["aliases"] = entry.aliases
    return [{"id": key, "property": name, "value": value} for name, value in names.items() if value]


def _claim_row(data: Dataset, claim: Claim, disputed: bool) -> Row:
    return {
        # Also where a State was asked for: the row says something of the record, and
        # with the code of a State that is one of its members it would be false.
        "id": claim.record,
        "property": claim.property,
        "value": claim.value,
        "date": claim.date,
        "source": claim.source,
        "passage": claim.passage,
        "role": claim.role,
        "group": claim.group,
        "ref": claim.ref,
        "label": data.label_of(claim.property),
        "complete": claim.complete,
        "stated_total": claim.stated_total,
        "disputed": claim.disputed,
        "derived": claim.derived or None,
        "note": claim.note,
        "disputed_by": "others" if disputed else None,
    }


def _passage_row(data: Dataset, key: str, passage: Passage) -> Row:
    """A passage that names the entry, among its claims: property `named_in`."""
    text = data.texts[passage.text_id]
    return {
        "id": key,
        "property": "named_in",
        "value": passage.text,
        "date": text.date,
        "source": text.document,
        "passage": passage.ref,
        "ref": passage.ref,
        "label": "Named in",
    }


def _item(
    data: Dataset,
    entry: Record | Country,
    claims: Sequence[Claim],
    passages: Sequence[Passage],
    disputed: set[str],
) -> dict[str, Any]:
    if isinstance(entry, Record):
        item = record_item(entry.id, data.document["records"][entry.id])
        item["claims"] = [
            {**claim_item(claim), **({"in_dispute": True} if claim.ref in disputed else {})}
            for claim in claims
        ]
    else:
        item = {"id": entry.alpha3, "kind": "state", **state_item(entry)}
        item["claims"] = [{"record": claim.record, **claim_item(claim)} for claim in claims]
    item["passages"] = [passage_item(data, passage) for passage in passages]
    return item


# One property -----------------------------------------------------------------------

_VALUE_COLUMNS = (
    Column("value", "Value", style="name"),
    Column("name", "Name"),
    Column("answer", "Answer"),
    Column("basis", "Basis"),
    Column("reason", "Date or reason"),
    Column("sources", "Sources", room=1000),
    Column("id", "Id", room=140),
)


def property_at(data: Dataset, records: Sequence[Record], key: str, as_of: str | None) -> Report:
    """The value of one property of some records at a date, one item a line.

    Args:
        data: The data set.
        records: The records.
        key: The property.
        as_of: The date; None for that of the data.

    Raises:
        UsageProblem: There is no such property.
        NotFound: It is not claimed of any of the records, or not for that date.
    """
    if key not in data.properties:
        near = nearest(key, ((name, name) for name in data.properties))
        hint = f"did you mean {', '.join(near)}?" if near else "rcpref list properties has all"
        raise UsageProblem(f"no property {echo(key)}", hint)
    asked = asked_date(data, as_of)
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    uncertain: list[dict[str, Any]] = []
    claims: list[tuple[Claim, ...]] = []
    for record in records:
        for value in value_at(data, record, key, asked):
            if key in CAPACITIES and value.answer != YES:
                found = {"id": value.item, "answer": value.answer, "reason": value.reason}
                uncertain.append(found)
                continue
            name = _item_name(data, key, value.item)
            rows.append(
                {
                    "value": value.item,
                    "name": name,
                    "answer": value.answer,
                    "basis": value.basis,
                    "reason": value.reason,
                    "sources": sources_of(value.claims),
                    "id": record.id,
                }
            )
            items.append(
                {
                    "id": record.id,
                    "property": key,
                    "value": _typed(data, key, value.item),
                    "name": name,
                    "answer": value.answer,
                    "basis": value.basis,
                    "reason": value.reason,
                    "rests_on": rests_on(value.claims),
                }
            )
            claims.append(value.claims)
    if not rows and not uncertain:
        for record in records:
            if founding := not_yet_founded(record, asked):
                raise NotFound(
                    f"{record.short_name} was not yet founded at {asked.text}: "
                    f"founded {founding.value}",
                    f"rcpref show {record.id} --history has all claims",
                )
        names = ", ".join(record.short_name for record in records)
        label = data.label_of(key).lower()
        claimed = any(record.claims_of(key) for record in records)
        raise NotFound(
            f"nothing is known of the {label} of {names}{f' at {asked.text}' if claimed else ''}",
            joined(*_undated_lines(records, key))
            or (f"rcpref show {records[0].id} --history has all claims" if claimed else ""),
        )
    query = {
        "command": "show",
        "names": [record.id for record in records],
        "property": key,
        "as_of": asked.text,
    }
    report = Report(data, query, _VALUE_COLUMNS, rows, items=items)
    partial = NO_WHOLE_LIST if key == "members" and without_whole_list(records) else ""
    line = joined(uncertain_line(uncertain), partial, *_undated_lines(records, key))
    report.notices += [line] if line else []

    def blocks() -> list[Block]:
        marks = Marks(data)
        marked_rows = [
            {**row, "reason": marked(str(row["reason"]), used, marks)}
            for row, used in zip(rows, claims, strict=True)
        ]
        label = data.label_of(key)
        names = ", ".join(record.short_name for record in records)
        found: list[Block] = [Heading(f"{label} of {names} at {date_words(data, asked)}", 1)]
        found += [report.grid(marked_rows)] if rows else []
        found += [Gap(), quiet(f"Not certain: {line}.")] if line else []
        return [*found, *marks.block()]

    people = ["value", "name", "answer", "basis", "reason"]
    report.people = [p for p in people if p in ("value", "reason") or any(r[p] for r in rows)]
    report.blocks = blocks
    return report


def _undated_lines(records: Sequence[Record], key: str) -> list[str]:
    """For each record with undated claims on the chair, whom they name and what shows them."""
    lines = []
    for record in records:
        states = sorted({code for claim in undated_chairs(record, key) for code in claim.values})
        if states:
            named = ", ".join(states)
            lines.append(f"undated claims name {named}: rcpref show {record.id} --history")
    return lines


def _item_name(data: Dataset, key: str, item: str) -> str | None:
    """What people call a code or an id; None for a value that speaks for itself."""
    if data.type_of(key) == "states":
        return data.countries[item].name
    return data.records[item].short_name if item in data.records else None


def _typed(data: Dataset, key: str, item: str) -> str | int:
    return int(item) if data.type_of(key) == "integer" else item


# For people ------------------------------------------------------------------------


def _blocks(data: Dataset, entry: Record | Country, asked: Asked) -> list[Block]:
    claims, passages = _about(data, entry, asked)
    when, history = asked_date(data, asked.as_of), asked.history
    marks = Marks(data)
    if isinstance(entry, Record):
        blocks: list[Block] = [Heading(entry.short_name, 1), *_names(entry)]
        blocks += _claims(data, entry, claims, when, history, marks)
    else:
        blocks = [Heading(entry.name, 1), *_state(entry), *_state_claims(data, claims, marks)]
    blocks += _words(data, entry, passages, marks)
    if isinstance(entry, Record) and entry.claims and not history:
        left = len(entry.claims) - len(claims)
        more = f" {left} more of other dates: --history." if left else ""
        spoken = f"Claims that hold at {date_words(data, when)}, or the nearest to it."
        blocks += [Gap(), quiet(f"{spoken}{more}")]
    return [*blocks, *marks.block()]


def _names(record: Record) -> list[Block]:
    lines: list[tuple[str, Sequence[Span], str]] = []
    if record.name != record.short_name:
        lines.append(("Official name", [Span(record.name)], ""))
    if record.acronym and record.acronym not in (record.short_name, record.name):
        lines.append(("Acronym", [Span(record.acronym)], ""))
    others = [name for name in record.aliases if name not in (record.name, record.short_name)]
    if others:
        lines.append(("Also called", [Span("; ".join(others))], ""))
    lines.append(
        (
            "Id",
            [
                Span(record.id, "id"),
                Span(f" ({record.kind}{', from your overlay' if record.overlay else ''})", "quiet"),
            ],
            "",
        )
    )
    return [Facts("", lines)]


_NEWEST = 5
"""How many of the things that happened are printed unless the whole history is asked for."""


def _claims(
    data: Dataset,
    record: Record,
    claims: Sequence[Claim],
    when: Interval,
    history: bool,
    marks: Marks,
) -> list[Block]:
    groups: dict[str, dict[str, list[Claim]]] = {}
    for claim in sorted(claims, key=lambda claim: data.properties[claim.property].order):
        group = data.properties[claim.property].group
        groups.setdefault(group, {}).setdefault(claim.property, []).append(claim)
    disputed = _disputed(data, record) if history else set()
    blocks: list[Block] = []
    for group, by_property in groups.items():
        lines: list[tuple[str, Sequence[Span], str]] = []
        for key, own in by_property.items():
            answered = key in CAPACITIES or (key in CHAIRS and record.kind in CHAIR_KINDS)
            if answered and not history:
                found = _answered(data, record, key, when, marks)
            else:
                found = _listed(data, key, own, history, disputed, marks)
            label = data.label_of(key)
            lines += [
                ("" if index else label, spans, remark)
                for index, (spans, remark) in enumerate(found)
            ]
        blocks.append(Facts(group.capitalize(), lines))
    return blocks


_Line = tuple[list[Span], str]


def _listed(
    data: Dataset,
    key: str,
    claims: Sequence[Claim],
    history: bool,
    disputed: set[str],
    marks: Marks,
) -> list[_Line]:
    """One line a claim; of what happened often, the newest few."""
    cut = 0
    if history:
        claims = sorted(claims, key=_by_time)
    elif happens(key, data.type_of(key)) and len(claims) > _NEWEST:
        cut = len(claims) - _NEWEST
        claims = sorted(claims, key=_by_time)[cut:]
    lines: list[_Line] = []
    for claim in claims:
        spans = claim_spans(data, claim)
        if claim.ref in disputed:
            spans.append(Span(" Others disagree: rcpref disputes.", "mark"))
        lines.append((spans, _remark(claim, marks)))
    if cut:
        lines.append(([Span(f"and {cut} earlier: --history", "quiet")], ""))
    return lines


def _by_time(claim: Claim) -> tuple[bool, date, date]:
    """Undated claims first, then in order of time."""
    time = claim_time(claim)
    return (time is not None, time.first, time.last) if time else (False, date.min, date.min)


def _answered(data: Dataset, record: Record, key: str, when: Interval, marks: Marks) -> list[_Line]:
    """The answer for the date: certain States first, then those that are not."""
    lines: list[_Line] = []
    values = value_at(data, record, key, when)
    groups: dict[tuple[str | None, str], list[Value]] = {}
    for value in values:
        # Members that rest on the same evidence stand together.
        groups.setdefault((value.answer, value.reason), []).append(value)
    for (answer, reason), members in sorted(groups.items(), key=lambda pair: pair[0][0] != YES):
        names = ", ".join(data.countries[value.item].name for value in members)
        lead = "" if answer == YES else f"{answer}: "
        spans = [Span(f"{lead}{names}"), Span(f" ({reason})", "quiet")]
        used = dict.fromkeys(claim for value in members for claim in value.claims)
        count = f"{len(members)} States " if len(members) > 1 else ""
        lines.append((spans, count + "".join(map(marks.mark, sources_of(used)))))
    founding = not_yet_founded(record, when)
    if founding:
        return [([Span(f"none: founded {founding.value}", "quiet")], marks.mark(founding.source))]
    return lines or [([Span("none that is known for this date", "quiet")], "")]


def claim_spans(data: Dataset, claim: Claim) -> list[Span]:
    """The value of a claim with all that a careful reader should know beside it."""
    value = shown_value(data, claim)
    link = value if data.type_of(claim.property) == "url" else ""
    if claim.property == "attended":
        value = ", ".join(
            data.records[key].short_name if key in data.records else key for key in claim.values
        )
    spans = [Span(value, "", link)]
    beside = []
    if claim.role:
        beside.append(f"as {claim.role}")
    if claim.group:
        beside.append(claim.group)
    if claim.passage:
        beside.append(claim.passage)
    if claim.derived:
        beside.append("derived by the editors")
    if claim.complete is False:
        beside.append("the list may be longer")
    if claim.disputed:
        beside.append(f"disputed: {', '.join(data.countries[c].name for c in claim.disputed)}")
    if beside:
        spans.append(Span(f" ({'; '.join(beside)})", "quiet"))
    if claim.note:
        spans.append(Span(f" Note: {claim.note}", "quiet"))
    return spans


def _remark(claim: Claim, marks: Marks) -> str:
    return f"{shown_date(claim) or 'undated'} {marks.mark(claim.source)}"


def _state(country: Country) -> list[Block]:
    lines: list[tuple[str, Sequence[Span], str]] = [
        ("Official name", [Span(country.official_name)], ""),
        (
            "Codes",
            [Span(", ".join(filter(None, (country.alpha3, country.alpha2, country.numeric))))],
            "",
        ),
        ("UN M49", [Span(f"{country.region}, {country.subregion}")], ""),
    ]
    return [Facts("", lines)]


def _state_claims(data: Dataset, claims: Sequence[Claim], marks: Marks) -> list[Block]:
    if not claims:
        return []
    lines = [
        (
            data.records[claim.record].short_name,
            [Span(data.label_of(claim.property))],
            _remark(claim, marks),
        )
        for claim in claims
    ]
    return [Facts("Named in claims on", lines)]


def _words(
    data: Dataset, entry: Record | Country, passages: Sequence[Passage], marks: Marks
) -> list[Block]:
    """Each passage that names the entry, word for word, the naming words marked."""
    if not passages:
        return []
    blocks: list[Block] = []
    for text in data.texts.values():
        own = [passage for passage in passages if passage.text_id == text.id]
        if not own:
            continue
        document = data.records[text.document].short_name
        blocks.append(Heading(f"What the {document} says {marks.mark(text.document)}"))
        for passage in own:
            named = [
                mention.words
                for mention in passage.mentions
                if (isinstance(entry, Record) and mention.record == entry.id)
                or (not isinstance(entry, Record) and mention.state == entry.alpha3)
            ]
            blocks.append(Quote(_hits(passage_spans(data, passage), named), passage.ref))
            blocks += [
                Prose([Span(f"Editor's note: {note.note}", "quiet")], indent=2)
                for note in passage.notes
            ]
    return blocks


def _hits(spans: Sequence[Span], named: Sequence[str]) -> list[Span]:
    """The spans with every place of the naming words marked."""
    text = "".join(span.text if span.style != "footnote" else "" for span in spans)
    inside = [False] * len(text)
    for words in named:
        start = text.find(words)
        while start >= 0:
            inside[start : start + len(words)] = [True] * len(words)
            start = text.find(words, start + len(words))
    marked: list[Span] = []
    place = 0
    for span in spans:
        if span.style == "footnote":
            marked.append(span)
            continue
        start = 0
        for index in range(1, len(span.text) + 1):
            if index == len(span.text) or inside[place + index] != inside[place + start]:
                style = "hit" if inside[place + start] else span.style
                marked.append(Span(span.text[start:index], style))
                start = index
        place += len(span.text)
    return marked
