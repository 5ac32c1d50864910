"""The data set as one file of JSON parts, each read when it is first asked for.

A wheel carries the data baked: one line of JSON for each part (properties, sources,
States, names, the claims of one record, texts), after a first line that says where each
begins. A command parses only the parts that it needs, which is a few hundredths of all.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rcpref.errors import DataError

SECTIONS = ("dataset", "properties", "sources", "countries", "records", "claims", "texts")

NESTED = "claims"
"""The section that is cut once more, by record."""

_Index = dict[str, Any]


class Parts(Mapping[str, Any]):
    """A read-only mapping whose values are parsed from a slice of bytes on first use.

    Args:
        data: The bytes of the whole file.
        index: For each key the first byte and the one after the last, counted from
            `start`; or another such index.
        start: Where counting starts.
        kind: What each part must be: a dict, or a list in the section that is nested.
    """

    def __init__(self, data: bytes, index: _Index, start: int, kind: type = dict) -> None:
        self._kind = kind
        self._data = data
        self._index = index
        self._start = start
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._parsed:
            place = self._index[key]
            if isinstance(place, dict):
                self._parsed[key] = Parts(self._data, place, self._start, list)
            else:
                self._parsed[key] = self._parse(key, place)
        return self._parsed[key]

    def _parse(self, key: str, place: list[int]) -> Any:
        try:
            first, end = place
            value = json.loads(self._data[self._start + first : self._start + end])
            if not isinstance(value, self._kind):
                raise ValueError("it is of another kind")
        except (ValueError, TypeError, RecursionError) as error:
            message = f"the baked data are damaged at {key}: {error}"
            raise DataError(message, "install rcpref again") from error
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def bake(document: Mapping[str, Any], digest: str) -> bytes:
    """The file of a document: a line that tells where the parts are, then the parts."""
    parts: list[bytes] = []
    place = 0

    def put(value: Any) -> list[int]:
        nonlocal place
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        parts.append(text)
        first, place = place, place + len(text)
        return [first, place]

    index: _Index = {
        key: {part: put(value[part]) for part in value} if key == NESTED else put(value)
        for key, value in document.items()
    }
    head = json.dumps({"digest": digest, "index": index}, separators=(",", ":")).encode()
    return head + b"\n" + b"".join(parts)


def unbake(data: bytes) -> tuple[Mapping[str, Any], str]:
    """The document and the digest of a baked file.

    Raises:
        ValueError: It is no baked file. A part that is damaged is a DataError when it is
            used.
    """
    end = data.find(b"\n") + 1
    try:
        head = json.loads(data[:end])
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    index = head.get("index") if isinstance(head, dict) else None
    digest = head.get("digest") if isinstance(head, dict) else None
    if not isinstance(index, dict) or set(index) != set(SECTIONS):
        raise ValueError("it has no index of the sections")
    if not isinstance(digest, str) or len(digest) != 64:
        raise ValueError("it has no digest")
    return Parts(data, index, end), digest
