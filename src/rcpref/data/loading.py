"""Where the data are, and how they come into memory.

A wheel carries the data twice: as the TOML files that people read, and as one file of
JSON, baked from them when the wheel is built, that loads many times as fast; beside it the
index of a search. A checkout and an editable install have neither and read the TOML itself.
"""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from zlib import crc32

from rcpref.data.dataset import Data, PlainTable, digest_of
from rcpref.data.place import data_folder as data_folder
from rcpref.errors import DataError

BAKED = "baked.jsonl"
"""Name of the file that the build makes, see `rcpref.data.loading`."""

INDEX = "search.index"
"""Name of the index of a search that it makes beside it, see `rcpref.answers.index`."""


def is_overlay(path: str) -> bool:
    """Whether what is at a path can only be an overlay: a folder without ``dataset.toml``.

    Raises:
        DataError: It cannot be told, as the folder cannot be looked into.
    """
    if not os.path.isdir(path):
        return False
    try:
        os.stat(os.path.join(path, "dataset.toml"))
    except FileNotFoundError:
        return True
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise DataError(message, "make it a readable folder") from error
    return False


D = TypeVar("D", bound=Data)


def load(folder: str | None = None, *, overlay: str | None = None) -> Data:
    """Load a data set.

    Args:
        folder: A data folder, or a data set that was exported as JSON; None for the
            bundled data.
        overlay: A folder of the same form that adds records, or claims to existing ones.

    Returns:
        The data set.

    Raises:
        DataError: The data cannot be read or break a rule of form; the message names
            the file and the key.
    """
    return load_as(Data, folder, overlay)


def load_as(kind: type[D], folder: str | None, overlay: str | None) -> D:
    """The same as an instance of another class."""
    data = _load(folder, kind)
    if overlay is None:
        return data
    from rcpref.data.document import read_folder

    return kind(read_folder(overlay, data.document), overlay=overlay)


def verify(data: Data) -> None:
    """Compare the whole of a data set with the digest that it goes by.

    At a start only the parts that are used are verified, by a checksum (`rcpref.data.loading`):
    to read and digest all would take longer than most commands.

    Raises:
        DataError: It has another digest, or a part is damaged.
    """
    plain = {key: dict(part) for key, part in data.document.items()}
    if digest_of(plain) != data.digest:
        message = f"the data do not have the digest that they go by, {data.digest[:12]}"
        raise DataError(message, "install rcpref again")


def _load(folder: str | None, kind: type[D]) -> D:
    if folder is None:
        folder = data_folder()
        baked = os.path.join(folder, BAKED)
        if os.path.isfile(baked):
            return _load_baked(baked, kind)
    from rcpref.data.document import read_exported, read_folder

    if os.path.isdir(folder):
        return kind(read_folder(folder))
    document = read_exported(folder)
    parts = (document[name] for name in ("properties", "sources", "countries", "records", "texts"))
    own = any(raw.get("overlay") for part in parts for raw in part.values())
    return kind(document, overlay=folder if own else None)


def _load_baked(path: str, kind: type[D]) -> D:
    try:
        with open(path, "rb") as stream:
            document, digest = unbake(stream.read())
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {error}", "install rcpref again") from error
    return kind(document, digest)


# The data set as one file of JSON parts, each read when it is first asked for ---------
# A wheel carries the data baked: one line of JSON for each part (properties, each source,
# States, names, the claims of each record, texts), after a line that says where each begins and
# what its checksum is, and before that the checksum of that line. A command parses only the
# parts that it needs, which is a few hundredths of all, and verifies those alone: a checksum
# (CRC-32) of what is parsed anyway takes microseconds, the digest of the whole milliseconds.


DOCUMENT_KEYS = ("dataset", "properties", "sources", "countries", "records", "claims", "texts")
"""Keys of a document, in which the claims stand apart from their records."""

NESTED: Mapping[str, type] = {"sources": dict, "claims": list}
"""Those that are cut once more, by source and by record, and what each part is."""

_Index = dict[str, Any]

_DECODER = json.JSONDecoder(object_hook=PlainTable)


class Parts(Mapping[str, Any]):
    """A read-only mapping whose values are parsed from a slice of bytes on first use.

    Args:
        data: The bytes of the whole file.
        index: For each key the first byte and the one after the last, counted from
            `start`, and the checksum of what is between.
        start: Where counting starts.
        kind: What each part must be: a dict or a list.
        nested: The keys whose part is an index of others, and what each of those must be.
    """

    def __init__(
        self,
        data: bytes,
        index: _Index,
        start: int,
        kind: type = dict,
        nested: Mapping[str, type] = {},
    ) -> None:
        self._kind = kind
        self._nested = nested
        self._data = data
        self._index = index
        self._start = start
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._parsed:
            kind = self._nested.get(key)
            value = self._parse(key, dict if kind else self._kind)
            if kind:
                value = Parts(self._data, value, self._start, kind)
            self._parsed[key] = value
        return self._parsed[key]

    def _parse(self, key: str, kind: type) -> Any:
        try:
            value: Any = _DECODER.decode(self._part(key).decode())
            if not isinstance(value, kind):
                raise ValueError("it is of another kind")
        except ValueError as error:
            raise _damaged(key, error) from error
        return tuple(value) if isinstance(value, list) else value

    def _part(self, key: str) -> bytes:
        """The bytes of a part.

        Raises:
            ValueError: They are not those that were written.
        """
        first, end, checksum = self._index[key]
        part = self._data[self._start + first : self._start + end]
        if crc32(part) != checksum:
            raise ValueError("it is not what was written")
        return part

    def holding(self, word: str) -> list[str]:
        """Keys of the parts in which a word stands as a string of its own, unparsed.

        Args:
            word: A word of ASCII letters and digits.

        Raises:
            DataError: A part is damaged.
        """
        quoted = f'"{word}"'.encode()
        found = []
        for key in self._index:
            try:
                if quoted in self._part(key):
                    found.append(key)
            except ValueError as error:
                raise _damaged(key, error) from error
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def _damaged(key: str, error: ValueError) -> DataError:
    return DataError(f"the baked data are damaged at {key}: {error}", "install rcpref again")


def bake(document: Mapping[str, Any], digest: str) -> bytes:
    """The file of a document: a checksum, a line that tells where the parts are, the parts."""
    parts: list[bytes] = []
    place = 0

    def put(value: Any) -> list[int]:
        nonlocal place
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        parts.append(text)
        first, place = place, place + len(text)
        return [first, place, crc32(text)]

    index: _Index = {
        key: put({part: put(value[part]) for part in value} if key in NESTED else value)
        for key, value in document.items()
    }
    head = json.dumps({"digest": digest, "index": index}, separators=(",", ":")).encode() + b"\n"
    return b"".join((_checksum(head), head, *parts))


def _checksum(head: bytes) -> bytes:
    """The first line, which is JSON too."""
    return b'"%08x"\n' % crc32(head)


def unbake(data: bytes) -> tuple[Mapping[str, Any], str]:
    """The document and the digest of a baked file.

    Raises:
        ValueError: It is no baked file, or its index is damaged. A part that is damaged is
            a DataError when it is used.
    """
    first = data.find(b"\n") + 1
    end = data.find(b"\n", first) + 1
    if data[:first] != _checksum(data[first:end]):
        raise ValueError("its index is damaged")
    head = json.loads(data[first:end])
    if set(head["index"]) != set(DOCUMENT_KEYS):
        raise ValueError("it has no index of the sections")
    return Parts(data, head["index"], end, nested=NESTED), head["digest"]
