"""Values of claims in the words that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim


def shown_value(data: Data, claim: Claim, short: bool = False) -> str:
    """The value of a claim as people read it."""
    kind = data.type_of(claim.property)
    if kind == "states" and not short:
        return shown_states(data, claim.values)
    if kind == "record" and not short:
        return str(data.document["records"][claim.value]["short_name"])
    return "; ".join(claim.values)


def shown_states(data: Data, codes: Sequence[str]) -> str:
    """Names of States, joined by commas."""
    return ", ".join(data.plain.state_name(code) for code in codes)
