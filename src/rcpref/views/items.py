"""Parts that several views share: items for JSON, values and texts as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Dataset
from rcpref.report.blocks import Span

if TYPE_CHECKING:
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim
    from rcpref.model.texts import Emphasis, Passage

_EMPHASES = {"bold": "strong", "italic": "emphasis", "bold-italic": "strong-emphasis"}


def record_item(key: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """A record's names, with the keys of its file.

    Args:
        key: Its id.
        raw: The record as plain data.
    """
    return {
        "id": key,
        "kind": raw["kind"],
        "name": raw["name"],
        "short_name": raw["short_name"],
        "acronym": raw.get("acronym"),
        "aliases": list(raw.get("aliases", ())),
        "names": dict(raw.get("names", {})),
        **({"overlay": True} if raw.get("overlay") else {}),
    }


def state_item(country: Country) -> dict[str, Any]:
    """A State with the keys of countries.toml."""
    return {
        "id": country.alpha3,
        "alpha2": country.alpha2,
        "numeric": country.numeric,
        "name": country.name,
        "official_name": country.official_name,
        "region": country.region,
        "subregion": country.subregion,
        "un_member": country.un_member,
        "aliases": list(country.aliases),
        "names": dict(country.names),
    }


def claim_item(claim: Claim) -> dict[str, Any]:
    """A claim with its reference and the keys that it has in the data."""
    item: dict[str, Any] = {"ref": claim.ref, "property": claim.property}
    item["value"] = list(claim.value) if isinstance(claim.value, tuple) else claim.value
    item["as_of"] = claim.as_of
    for key, value in (("from", claim.from_), ("until", claim.until)):
        if value is not None:
            item[key] = value
    item["source"] = claim.source
    for key in ("passage", "complete", "stated_total", "group", "role", "note"):
        value = getattr(claim, key)
        if value is not None:
            item[key] = value
    if claim.disputed:
        item["disputed"] = list(claim.disputed)
    if claim.derived:
        item["derived"] = True
    return item


def passage_item(data: Dataset, passage: Passage) -> dict[str, Any]:
    """A passage with its reference, words and what stands beside them."""
    text = data.texts[passage.text_id]
    item: dict[str, Any] = {
        "ref": passage.ref,
        "kind": passage.kind,
        "number": passage.number,
        "text": passage.text,
        "emphasis": [part._asdict() for part in passage.emphasis],
        "mentions": [
            {key: value for key, value in part._asdict().items() if value is not None}
            for part in passage.mentions
        ],
        "notes": [part._asdict() for part in passage.notes],
        "source": text.document,
    }
    for key in ("within", "mark_in", "mark_after"):
        value = getattr(passage, key)
        if value is not None:
            item[key] = value
    return item


def shown_value(data: Dataset, claim: Claim, short: bool = False) -> str:
    """The value of a claim as people read it.

    Args:
        data: The data set.
        claim: The claim.
        short: Codes of States instead of their names.
    """
    if data.type_of(claim.property) == "states" and not short:
        return ", ".join(data.countries[code].name for code in claim.values)
    return "; ".join(claim.values)


def shown_date(claim: Claim) -> str:
    """The date of a claim as people read it; empty for an undated one."""
    if claim.as_of is not None:
        return claim.as_of.replace("/", " to ")
    if claim.from_ and claim.until:
        return f"{claim.from_} to {claim.until}"
    if claim.from_:
        return f"from {claim.from_}"
    return f"until {claim.until}" if claim.until else ""


def passage_spans(data: Dataset, passage: Passage) -> list[Span]:
    """The words of a passage with the source's emphasis and its footnote marks."""
    text = passage.text
    cuts: list[tuple[int, int, str]] = []
    for part in passage.emphasis:
        start = _place(text, part)
        cuts.append((start, start + len(part.words), _EMPHASES[part.style]))
    marks = sorted(
        (text.index(note.mark_after) + len(note.mark_after), note.number)
        for note in data.texts[passage.text_id].passages
        if note.mark_in == passage.ref and note.mark_after
    )
    spans: list[Span] = []
    edges = sorted(
        {0, len(text), *(c[0] for c in cuts), *(c[1] for c in cuts), *(m[0] for m in marks)}
    )
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        spans += [Span(str(number), "footnote") for place, number in marks if place == start]
        if start < end:
            style = next((c[2] for c in cuts if c[0] <= start and end <= c[1]), "")
            spans.append(Span(text[start:end], style))
    return spans


def _place(text: str, part: Emphasis) -> int:
    place = -1
    for _ in range(part.occurrence):
        place = text.index(part.words, place + 1)
    return place
