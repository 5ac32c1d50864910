"""The data set as one file of JSON parts, each read when it is first asked for.

A wheel carries the data baked: one line of JSON for each part (properties, each source, each
State, each record, its claims, texts), after a line that says where each begins and what its
checksum is, and before that the checksum of that line. A command parses and verifies only the
parts that it needs, which is a few hundredths of all.

Beside the data stands what the build has found out about them: see `Plain.known`.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from zlib import crc32

from rcpref.data.dataset import PlainTable
from rcpref.errors import DataError

DOCUMENT_KEYS = ("dataset", "properties", "sources", "countries", "records", "claims", "texts")
"""Keys of a document, in which the claims are apart from their records."""

NESTED: Mapping[str, type] = {
    **dict.fromkeys(("sources", "countries", "records", "naming", "names"), dict),
    "claims": list,
}
"""What is cut once more (by source, State, record, letter), and what each part is."""

_DECODER = json.JSONDecoder(object_hook=PlainTable)


class Parts(Mapping[str, Any]):
    """A read-only mapping whose values are parsed from a slice of bytes on first use."""

    def __init__(
        self,
        data: bytes,
        index: str,
        start: int,
        kind: type = dict,
        nested: Mapping[str, type] = {},
    ) -> None:
        words = index.split("|")
        places = zip(words[1::4], words[2::4], words[3::4], strict=True)
        # An empty index gives one empty word and no place.
        self._index = dict(zip(words[::4], places, strict=False))
        self._data, self._start = data, start
        self._kind, self._nested = kind, nested
        self._parsed: dict[str, Any] = {}
        self.known: Mapping[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._parsed:
            kind = self._nested.get(key)
            value = self._parse(key, str if kind else self._kind)
            self._parsed[key] = Parts(self._data, value, self._start, kind) if kind else value
        return self._parsed[key]

    def _parse(self, key: str, kind: type) -> Any:
        first, end, checksum = map(int, self._index[key])
        part = self._data[self._start + first : self._start + end]
        if crc32(part) != checksum:
            raise _damaged(key, "it is not what was written")
        try:
            value: Any = _DECODER.decode(part.decode())
        except ValueError as error:
            raise _damaged(key, error) from error
        if not isinstance(value, kind):
            raise _damaged(key, "it is of another kind")
        return tuple(value) if isinstance(value, list) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def _damaged(key: str, error: object) -> DataError:
    return DataError(f"the baked data are damaged at {key}: {error}", "install rcpref again")


def bake(document: Mapping[str, Any], digest: str, known: Mapping[str, Any] = {}) -> bytes:
    """The file of a document: a checksum, a line that tells where the parts are, the parts."""
    parts: list[bytes] = []
    place = 0

    def put(value: Any) -> str:
        nonlocal place
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        parts.append(text)
        first, place = place, place + len(text)
        return f"{first}|{place}|{crc32(text)}"

    def put_each(parts: Mapping[str, Any], nested: Collection[str] = ()) -> str:
        """Put the parts; an index, which is text as that is read faster than JSON."""
        every = parts.items()
        return "|".join(f"{k}|{put(put_each(part) if k in nested else part)}" for k, part in every)

    head = {"digest": digest, "index": put_each(document, NESTED), "known": put_each(known, NESTED)}
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    return b"".join((_checksum(line), line, *parts))


def _checksum(head: bytes) -> bytes:
    """The first line, which is JSON too."""
    return b'"%08x"\n' % crc32(head)


def unbake(data: bytes) -> tuple[Mapping[str, Any], str]:
    """The document and the digest of a baked file."""
    first = data.find(b"\n") + 1
    end = data.find(b"\n", first) + 1
    if data[:first] != _checksum(data[first:end]):
        raise ValueError("its index is damaged")
    head = json.loads(data[first:end])
    document = Parts(data, head["index"], end, nested=NESTED)
    if set(document) != set(DOCUMENT_KEYS):
        raise ValueError("it has no index of the sections")
    document.known = Parts(data, head["known"], end, nested=NESTED)
    return document, head["digest"]
