"""Digests: of the data, which say exactly what answered, and of files."""

from collections.abc import Mapping
from typing import Any


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a document (sorted keys, no white space)."""
    import json

    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode())
