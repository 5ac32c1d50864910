"""Overlays: a folder of the form of the data that adds to them.

An overlay has no ``dataset.toml``; it adds records, claims, sources, properties, States
and texts to a document. What comes from it stays told apart: the keys of its sources
begin with ``overlay:``, and its records and sources say ``overlay = true``.
"""

from collections.abc import Mapping
from typing import Any

from rcpref.data.form import Form
from rcpref.data.problems import Place
from rcpref.model import KINDS, OVERLAY


def with_names(
    table: Mapping[str, Any], known: Mapping[str, Any] | None, expected: Form
) -> dict[str, Any]:
    """A record with the names that it may leave out, as the data have them.

    Args:
        table: The record in the overlay.
        known: The record in the data; None if it is new.
        expected: The form of records.
    """
    if known is None:
        return dict(table)
    return {**{name: known[name] for name in expected if name in known}, **table}


def only_adds(
    place: Place, table: Mapping[str, Any], known: Mapping[str, Any] | None, claims: str
) -> bool:
    """Whether a record of an overlay only adds claims to the one in the data.

    Args:
        place: Where it stands.
        table: The record in the overlay.
        known: The record in the data; None if it is new.
        claims: The key of its claims.
    """
    if known is None:
        return True
    for name in table:
        if name != claims and table[name] != known.get(name):
            remedy = "an overlay adds claims to a record; leave its other keys out"
            place.problem("E107", name, "differs from the data", remedy)
            return False
    return True


def label(document: dict[str, Any], base: Mapping[str, Any]) -> None:
    """Say of all that an overlay adds that it comes from there; sort its records in.

    Args:
        document: The whole, the claims in their records; changed in place.
        base: The same without the overlay.
    """
    cited: dict[str, Any] = {}
    for key, record in document["records"].items():
        known = base["records"].get(key)
        if known is None:
            record["overlay"] = True
        first_new = len(known["claims"]) if known else 0
        for place, claim in enumerate(record["claims"]):
            if place >= first_new:
                source = claim["source"]
                record["claims"][place] = {**claim, "source": OVERLAY + source}
                cited[OVERLAY + source] = document["sources"][source]
    documents = {text["document"] for text in document["texts"].values()}
    for key in [key for key in document["sources"] if key not in base["sources"]]:
        own = document["sources"].pop(key)
        # Under its own key only where a text of the overlay needs it.
        cited.setdefault(key if key in documents else OVERLAY + key, own)
    document["sources"] |= {key: {**own, "overlay": True} for key, own in cited.items()}
    kinds = list(KINDS)
    document["records"] = dict(
        sorted(
            document["records"].items(),
            key=lambda pair: (kinds.index(pair[1]["kind"]), pair[0]),
        )
    )
