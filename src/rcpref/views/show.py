"""`rcpref show`: records and States with their claims, and what texts say of them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.values import current
from rcpref.data.dataset import Data
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Column, Facts, Gap, Heading, Item, Quiet, Span
from rcpref.report.marks import Marks
from rcpref.report.options import WHOLE_SOURCES
from rcpref.report.report import Report
from rcpref.views.claims import claim_facts, naming_facts
from rcpref.views.items import claim_item, passage_item, record_item, state_item
from rcpref.views.mentions import mentions
from rcpref.views.words import asked_for, date_words, written_date

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.countries import Country

_STATE = "state"
"""The kind of an item that is a State."""


class Asked(NamedTuple):
    """What `show` was asked beside the names.

    Attributes:
        as_of: The date; None for what is last known.
        history: All claims, whatever their date, those in dispute marked.
        full: All that speaks of the date, also on a terminal; else that has a card.
        properties: Claims on these alone, and neither names nor passages; empty for all.
    """

    as_of: str | None = None
    history: bool = False
    full: bool = False
    properties: Sequence[str] = ()


_NOW = Asked()


def showing(
    data: Data,
    found: "Sequence[Record | Country]",
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
    when = asked_for(data, asked.as_of)

    def items() -> list[Item]:
        return [
            _record_item(data, entry, asked)
            if isinstance(entry, Record)
            else _state_item(data, entry, asked)
            for entry in found
        ]

    query = {
        "command": "show",
        "names": list(names),
        "as_of": None if asked.history else when.text,
        "history": asked.history,
    }
    if asked.properties:
        query["properties"] = list(asked.properties)
    shown = [*_SHOWN, "disputed_by"] if asked.history else _SHOWN
    names_too = not asked.properties
    report = Report(
        *(data, query, _columns(data), items, shown),
        lines=lambda: [line for item in report.items for line in _lines(data, item, names_too)],
    )
    report.blocks = lambda: [block for item in report.items for block in _blocks(data, item, asked)]
    if asked.full or asked.history:
        report.sources = WHOLE_SOURCES
    else:
        report.screen = lambda: _cards(data, found, when)
    return report


def _cards(data: Data, found: "Sequence[Record | Country]", when: "AsOf") -> list[Block]:
    """What a screen shows: a card of each."""
    from rcpref.views.card import card

    blocks: list[Block] = []
    for entry in found:
        blocks += [Gap()] if blocks else []
        blocks += card(data, entry, when)
    return blocks


# Items -----------------------------------------------------------------------------


def _record_item(data: Data, record: Record, asked: Asked) -> dict[str, Any]:
    disputed = _disputed(data, record) if asked.history else set()
    return {
        **record_item(record.id, data.document["records"][record.id]),
        "claims": [
            {**claim_item(claim), **({"in_dispute": True} if claim.ref in disputed else {})}
            for claim in _speaking(data, record, asked)
        ],
        "passages": []
        if asked.properties
        else [passage_item(data, ref) for ref in data.plain.refs_naming(record=record.id)],
    }


def _state_item(data: Data, country: "Country", asked: Asked) -> dict[str, Any]:
    code = country.alpha3
    return {
        "id": code,
        "kind": _STATE,
        **state_item(country),
        "claims": [
            {"record": record.id, **claim_item(claim)}
            for record in data.records.values()
            for claim in _speaking(data, record, asked)
            if data.type_of(claim.property) == "states" and code in claim.values
        ],
        "passages": [passage_item(data, ref) for ref in data.plain.refs_naming(state=code)],
    }


def _speaking(data: Data, record: Record, asked: Asked) -> Sequence[Claim]:
    """The claims on a record that were asked for.

    Without a date, what the texts kept here say stands beside what holds today: that a
    process was yet to be formalised in Lima is not news, but it is what Lima says.
    """
    if asked.history:
        wanted = asked.properties
        return [each for each in record.claims if not wanted or each.property in wanted]
    when = asked_for(data, asked.as_of)
    return current(data, record, when, with_texts=asked.as_of is None)


def _disputed(data: Data, record: Record) -> set[str]:
    """References of the claims on a record that others contradict."""
    from rcpref.answers.disputes import disputes_in

    found = disputes_in(record, data.type_of)
    return {claim.ref for dispute in found for claim in dispute.claims}


# Rows ------------------------------------------------------------------------------

_NAMED_IN = "named_in"
"""What the row of a passage has for a property."""

_SHOWN = ("id", "property", "value", "date", "source", "passage", "role")


def _columns(data: Data) -> Sequence[Column]:
    labels = {key: raw["label"] for key, raw in data.document["properties"].items()}
    labels[_NAMED_IN] = "Named in"
    return (
        Column("id", "Id", style="id"),
        Column("property", "Property", style="name"),
        Column("value", "Value"),
        Column("date", "Date", cell=_date),
        Column("source", "Source"),
        Column("passage", "Passage"),
        Column("role", "Role"),
        Column("group", "Group"),
        Column("ref", "Reference"),
        Column("label", "Label", cell=lambda line: labels.get(line["property"])),
        Column("complete", "Complete"),
        Column("stated_total", "Stated total", number=True),
        Column("disputed", "Disputed"),
        Column("derived", "Derived"),
        Column("note", "Note"),
        Column(
            "disputed_by",
            "Disputed by",
            cell=lambda line: "others" if line.get("in_dispute") else None,
        ),
    )


def _date(line: Item) -> str | None:
    """The date of a claim or passage; a name has none."""
    return written_date(line) if "as_of" in line else None


def _lines(data: Data, item: Item, names_too: bool) -> Iterator[dict[str, Any]]:
    """What has a row of an item: its names, claims, and the passages that name it."""
    # Names serve look-up and are no claims: no date, no source.
    for name in ("name", "short_name", "acronym", "official_name", "aliases"):
        if names_too and item.get(name):
            yield {"id": item["id"], "property": name, "value": item[name]}
    for claim in item["claims"]:
        # Also where a State was asked for: the row says something of the record, and
        # with the code of a State that is one of its members it would be false.
        yield {"disputed": [], **claim, "id": claim.get("record", item["id"])}
    for passage in item["passages"]:
        ref = passage["ref"]
        yield {
            "id": item["id"],
            "property": _NAMED_IN,
            "value": passage["text"],
            "as_of": data.document["texts"][ref.partition("/")[0]]["date"],
            "source": passage["source"],
            "passage": ref,
            "ref": ref,
        }


# For people ------------------------------------------------------------------------


def _blocks(data: Data, item: Item, asked: Asked) -> list[Block]:
    marks = Marks(data)
    if item["kind"] == _STATE:
        blocks = [Heading(item["name"], 1), _state_names(item)]
        blocks += naming_facts(data, _claims(data, item), marks)
    else:
        record, claims = data.records[item["id"]], _claims(data, item)
        when = None if asked.history else asked_for(data, asked.as_of)
        disputed = {claim["ref"] for claim in item["claims"] if claim.get("in_dispute")}
        blocks = [Heading(item["short_name"], 1)]
        blocks += [] if asked.properties else [_record_names(item)]
        blocks += claim_facts(data, record, claims, when, disputed, marks)
    blocks += mentions(data, item, marks)
    if item["kind"] != _STATE and not asked.history:
        blocks += _more(data, item, asked)
    return [*blocks, *marks.block()]


def _claims(data: Data, item: Item) -> list[Claim]:
    """The claims that an item tells."""
    told = item["claims"]
    records = dict.fromkeys(claim.get("record", item["id"]) for claim in told)
    by_ref = {claim.ref: claim for key in records for claim in data.records[key].claims}
    return [by_ref[claim["ref"]] for claim in told]


def _more(data: Data, item: Item, asked: Asked) -> list[Block]:
    """Of which date the claims speak, and how many others there are."""
    every = len(data.records[item["id"]].claims)
    if not every:
        return []
    left = every - len(item["claims"])
    when = date_words(data, asked_for(data, asked.as_of))
    spans = [Span(f"Claims that hold {when}, or the nearest to it.")]
    if left:
        spans += [Span(f" {left} more of other dates"), Span(": --history", "hint"), Span(".")]
    return [Gap(), Quiet(spans)]


def _record_names(item: Item) -> Block:
    name, short_name, acronym = item["name"], item["short_name"], item["acronym"]
    lines: list[tuple[str, Sequence[Span], str]] = []
    if name != short_name:
        lines.append(("Official name", [Span(name)], ""))
    if acronym and acronym not in (short_name, name):
        lines.append(("Acronym", [Span(acronym)], ""))
    others = [alias for alias in item["aliases"] if alias not in (name, short_name)]
    if others:
        lines.append(("Also called", [Span("; ".join(others))], ""))
    overlay = ", from your overlay" if item.get("overlay") else ""
    about = Span(f" ({item['kind']}{overlay})", "quiet")
    return Facts("", [*lines, ("Id", [Span(item["id"], "id"), about], "")])


def _state_names(item: Item) -> Block:
    codes = ", ".join(filter(None, (item["id"], item["alpha2"], item["numeric"])))
    return Facts(
        "",
        [
            ("Official name", [Span(item["official_name"])], ""),
            ("Codes", [Span(codes)], ""),
            ("UN M49", [Span(f"{item['region']}, {item['subregion']}")], ""),
        ],
    )
