"""The card of a State: what it takes part in, what it chairs, where texts name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import DISPUTED, POSSIBLE, YES
from rcpref.dates import parse
from rcpref.model import HELD_KINDS
from rcpref.report.blocks import Entry, Item, Marked, Span
from rcpref.views.state import capacities

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.data.dataset import Data
    from rcpref.model.countries import Country
    from rcpref.report.marks import Marks

_CHAIR, _MEMBER = "chair", "member"
_LABELS = {
    "process": "Processes",
    "body": "Bodies",
    "organization": "Organizations",
}


def names_and_codes(country: Country) -> str:
    """The official name, where it is another, the codes, the region."""
    names = [country.official_name] if country.official_name != country.name else []
    codes = [code for code in (country.alpha2, country.numeric) if code]
    places = [place for place in (country.subregion, country.region) if place]
    return ", ".join([*names, *codes, *dict.fromkeys(places)])


def state_entries(data: Data, country: Country, asked: AsOf, marks: Marks) -> list[Entry]:
    """The lines of the card.

    Args:
        data: The data set.
        country: The State.
        asked: The date.
        marks: Marks of the sources.
    """
    naming_it = data.plain.records_naming(country.alpha3)
    items = list(capacities(data, country.alpha3, asked, naming_it))
    certain = [item for item in items if item["answer"] == YES]
    entries = []
    for kind, label in _LABELS.items():
        own = [item for item in certain if item["kind"] == kind and item["capacity"] != _CHAIR]
        member = [_named(each, asked, marks) for each in own if each["capacity"] == _MEMBER]
        beside = [_named(each, asked, marks) for each in own if each["capacity"] != _MEMBER]
        if member:
            entries.append(Entry(label, [Span(f"member of {len(member)}")], member, 0))
        if beside:
            entries.append(Entry("" if member else label, [Span("beside members")], beside, 0))
    for answer in (POSSIBLE, DISPUTED):
        own = [item for item in items if item["answer"] == answer and item["capacity"] != _CHAIR]
        if own:
            names = [_named(item, asked, marks) for item in own]
            entries.append(Entry(answer.capitalize(), (), names, 0))
    led = [item for item in items if item["capacity"] == _CHAIR and item["answer"] != "no"]
    if led:
        entries.append(Entry("In the chair", (), [_led(item, asked, marks) for item in led], 0))
    if chaired := _chaired(data, country, asked, marks):
        entries.append(Entry("Chaired", (), chaired, 0))
    if named := data.plain.refs_naming(state=country.alpha3):
        entries.append(Entry("Named in", (), named, 1))
    return entries


def _named(item: Item, asked: AsOf, marks: Marks) -> Marked:
    """A record with the capacity, unless it is that of a member, date and mark."""
    beside = [item["capacity"]] if item["capacity"] != _MEMBER else []
    if asked.last_known:
        beside.append((item["last_known"] or "undated").replace("/", " to "))
    words = f"{item['short_name']} {', '.join(beside)}" if beside else item["short_name"]
    return marks.behind(words, _newest_source(item))


def _led(item: Item, asked: AsOf, marks: Marks) -> Marked:
    """What the State is in the chair of, and until when or since when that is known."""
    known = item["last_known"]
    ends = any(claim.get("until") == known for claim in item["rests_on"])
    words = ("until " if ends else "last known ") + known if known else "undated"
    if not asked.last_known:
        words = item["reason"]
    lead = "" if item["answer"] == YES else f"{item['answer']}, "
    return marks.behind(f"{item['short_name']} ({lead}{words})", _newest_source(item))


def _newest_source(item: Item) -> tuple[str, ...]:
    """The source of the claim from which the date is."""
    claims, known = item["rests_on"], item["last_known"]
    dates = ("as_of", "until", "from")
    newest = [claim for claim in claims if known in [claim.get(key) for key in dates]]
    return tuple(claim["source"] for claim in (newest or claims)[:1])


def _chaired(data: Data, country: Country, asked: AsOf, marks: Marks) -> list[Marked]:
    """The meetings and summits that it had chaired by the date."""
    return [
        marks.behind(raw["short_name"], (claim["source"],))
        for key, raw in data.document["records"].items()
        if raw["kind"] in HELD_KINDS
        for claim in data.document["claims"][key]
        if claim["property"] == _CHAIR and country.alpha3 in claim["value"]
        if not claim.get("as_of") or parse(claim["as_of"]).first <= asked.date.last
    ]
