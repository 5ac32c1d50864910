"""The card of a State: what it takes part in, what it chairs, where texts name it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import DISPUTED, POSSIBLE, YES
from rcpref.report.blocks import Entry, Item, Marked, Span
from rcpref.views.state import capacities

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.data.dataset import Dataset
    from rcpref.model.countries import Country
    from rcpref.report.marks import Marks

_CHAIR = "chair"
_LABELS = {
    "process": "Processes",
    "body": "Bodies",
    "organization": "Organizations",
}


def state_name(country: Country) -> list[Span]:
    """The official name, the codes, the region."""
    codes = ", ".join(filter(None, (country.alpha3, country.alpha2, country.numeric)))
    names = country.official_name if country.official_name != country.name else ""
    place = f" {country.subregion}, {country.region}".rstrip(", ")
    return [Span(f"{names} ".lstrip()), Span(f"({codes})", "id"), Span(place, "quiet")]


def state_entries(data: Dataset, country: Country, asked: AsOf, marks: Marks) -> list[Entry]:
    """The lines of the card.

    Args:
        data: The data set.
        country: The State.
        asked: The date.
        marks: Marks of the sources.
    """
    items = list(capacities(data, country.alpha3, asked))
    certain = [item for item in items if item["answer"] == YES]
    entries = []
    for kind, label in _LABELS.items():
        own = [item for item in certain if item["kind"] == kind and item["capacity"] != _CHAIR]
        names = [_named(item, asked, marks) for item in own]
        count = sum(item["capacity"] == "member" for item in own)
        lead = [Span(f"member of {count}")] if own else [Span("none for certain", "quiet")]
        entries.append(Entry(label, lead, names, 0))
    for answer in (POSSIBLE, DISPUTED):
        own = [item for item in items if item["answer"] == answer and item["capacity"] != _CHAIR]
        if own:
            names = [_named(item, asked, marks) for item in own]
            entries.append(Entry(answer.capitalize(), (), names, 0))
    led = [item for item in items if item["capacity"] == _CHAIR and item["answer"] != "no"]
    if led:
        entries.append(Entry("In the chair", (), [_led(item, asked, marks) for item in led], 0))
    return [*entries, *_meetings(data, country, marks), *_named_in(data, country)]


def _named(item: Item, asked: AsOf, marks: Marks) -> Marked:
    """A record with the capacity, unless it is that of a member, date and mark."""
    beside = [item["capacity"]] if item["capacity"] != "member" else []
    if asked.last_known:
        beside.append(item["last_known"] or "undated")
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
    claims = item["rests_on"]
    newest = [
        c for c in claims if item["last_known"] in (c["as_of"], c.get("until"), c.get("from"))
    ]
    return tuple(claim["source"] for claim in (newest or claims)[:1])


def _meetings(data: Dataset, country: Country, marks: Marks) -> list[Entry]:
    """The meetings and summits that it chaired, or that were held there."""
    names = []
    for key, record in data.document["records"].items():
        if record["kind"] not in ("meeting", "summit"):
            continue
        did = {
            claim["property"]: claim["source"]
            for claim in data.document["claims"][key]
            if claim["property"] in (_CHAIR, "country") and country.alpha3 in claim["value"]
        }
        if did:
            words = {_CHAIR: "chair", "country": "host country"}
            beside = " and ".join(words[each] for each in (_CHAIR, "country") if each in did)
            sources: Iterable[str] = dict.fromkeys(did.values())
            names.append(marks.behind(f"{record['short_name']} ({beside})", sources))
    return [Entry("Meetings", (), names, 0)] if names else []


def _named_in(data: Dataset, country: Country) -> list[Entry]:
    names = [passage.ref for passage in data.passages_naming(state=country.alpha3)]
    return [Entry("Named in", (), names, 1)] if names else []
