"""Items: records, claims, passages and answers as JSON has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rcpref.data.dataset import Dataset

if TYPE_CHECKING:
    from rcpref.answers.membership import Answer
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim
    from rcpref.model.texts import Passage


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


def rests_on(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims that an answer rests on, for JSON: without their value and note.

    A list of 49 States beside each of them would bury the answer; the reference leads
    to the whole claim, which `show` prints.
    """
    items = []
    for claim in claims:
        item: dict[str, Any] = {
            "ref": claim.ref,
            "property": claim.property,
            "as_of": claim.as_of,
            "source": claim.source,
        }
        for key, value in (("from", claim.from_), ("until", claim.until)):
            if value is not None:
                item[key] = value
        if claim.derived:
            item["derived"] = True
        items.append(item)
    return items


def answer_item(answer: Answer) -> dict[str, Any]:
    """An answer for JSON."""
    return {
        "answer": answer.answer,
        "basis": answer.basis,
        "reason": answer.reason,
        "rests_on": rests_on(answer.rests_on),
    }


def sources_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Keys of the sources of claims, each once."""
    return tuple(dict.fromkeys(claim.source for claim in claims))
