"""The digest that says exactly which data answered."""

from collections.abc import Mapping
from typing import Any


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a document (sorted keys, no white space)."""
    import hashlib
    import json

    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
