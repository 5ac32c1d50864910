"""`rcpref show`: one record with its claims, their sources, and what Lima says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.dataset import Dataset
from rcpref.model.records import Claim, Record
from rcpref.report import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Marks,
    Prose,
    Quote,
    Report,
    Row,
    Span,
)
from rcpref.views.common import (
    claim_item,
    passage_item,
    passage_spans,
    record_item,
    shown_date,
    shown_value,
    state_item,
)

if TYPE_CHECKING:
    from rcpref.model.texts import Passage
    from rcpref.model.vocabulary import Country

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
)
_SHOWN = ("id", "property", "value", "date", "source", "passage", "role")


def showing(data: Dataset, found: Sequence[Record | Country], names: Sequence[str]) -> Report:
    """Records and States, whole.

    Args:
        data: The data set.
        found: What the names mean.
        names: The names as they were typed.
    """
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    cited: dict[str, None] = {}
    for entry in found:
        claims, passages = _about(data, entry)
        key = entry.id if isinstance(entry, Record) else entry.alpha3
        rows += _name_rows(entry)
        rows += [_claim_row(data, key, claim) for claim in claims]
        rows += [_passage_row(data, key, passage) for passage in passages]
        items.append(_item(data, entry, claims, passages))
        cited |= dict.fromkeys(claim.source for claim in claims)
        cited |= dict.fromkeys(data.texts[passage.text_id].document for passage in passages)
    query = {"command": "show", "names": list(names)}
    report = Report(data, query, _COLUMNS, rows, _SHOWN, items, list(cited))
    report.blocks = lambda: [block for entry in found for block in _blocks(data, entry)]
    return report


def _about(data: Dataset, entry: Record | Country) -> tuple[list[Claim], list[Passage]]:
    """The claims on an entry and the passages that name it."""
    if isinstance(entry, Record):
        return list(entry.claims), data.passages_naming(record=entry.id)
    claims = [
        claim
        for record in data.records.values()
        for claim in record.claims
        if data.type_of(claim.property) == "states" and entry.alpha3 in claim.values
    ]
    return claims, data.passages_naming(state=entry.alpha3)


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


def _claim_row(data: Dataset, key: str, claim: Claim) -> Row:
    return {
        "id": key if key == claim.record else claim.record,
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
    data: Dataset, entry: Record | Country, claims: Sequence[Claim], passages: Sequence[Passage]
) -> dict[str, Any]:
    if isinstance(entry, Record):
        item = record_item(entry)
        item["claims"] = [claim_item(claim) for claim in claims]
    else:
        item = {"id": entry.alpha3, "kind": "state", **state_item(entry)}
        item["claims"] = [{"record": claim.record, **claim_item(claim)} for claim in claims]
    item["passages"] = [passage_item(data, passage) for passage in passages]
    return item


# For people ------------------------------------------------------------------------


def _blocks(data: Dataset, entry: Record | Country) -> list[Block]:
    claims, passages = _about(data, entry)
    marks = Marks(data)
    if isinstance(entry, Record):
        blocks = [Heading(entry.short_name, 1), *_names(entry), *_claims(data, claims, marks)]
    else:
        blocks = [Heading(entry.name, 1), *_state(entry), *_state_claims(data, claims, marks)]
    blocks += _words(data, entry, passages, marks)
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
    lines.append(("Id", [Span(record.id, "id"), Span(f" ({record.kind})", "quiet")], ""))
    return [Facts("", lines)]


def _claims(data: Dataset, claims: Sequence[Claim], marks: Marks) -> list[Block]:
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: data.properties[claim.property].order):
        groups.setdefault(data.properties[claim.property].group, []).append(claim)
    blocks: list[Block] = []
    for group, members in groups.items():
        lines: list[tuple[str, Sequence[Span], str]] = []
        last = ""
        for claim in members:
            label = data.label_of(claim.property)
            lines.append(
                ("" if label == last else label, claim_spans(data, claim), _remark(claim, marks))
            )
            last = label
        blocks.append(Facts(group.capitalize(), lines))
    return blocks


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
