"""How the data come into memory.

A wheel carries the data twice: as the TOML files that people read, and as one file of JSON,
baked from them, that loads many times as fast; beside it the index of a search. A checkout
and an editable install have neither and read the TOML itself.
"""

import os
from typing import TypeVar

from rcpref.data.dataset import Data, Plain, digest_of
from rcpref.data.place import data_folder as data_folder
from rcpref.errors import DataError

BAKED = "baked.jsonl"
"""Name of the file that the build makes, see `rcpref.data.baked`."""

INDEX = "search.index"
"""Name of the index of a search that it makes too, see `rcpref.answers.search`."""


def is_overlay(path: str) -> bool:
    """Whether what is at a path can only be an overlay: a folder without ``dataset.toml``."""
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


def is_exported(path: str) -> bool:
    """Whether what is named is an exported data set: a file, or what has the name of one."""
    return os.path.isfile(path) or (path.lower().endswith(".json") and not os.path.isdir(path))


def load_named(path: str | None) -> Data:
    """The data that answer a command: bundled, with an overlay, or from an exported file."""
    if path is None or not is_exported(path):
        return load(overlay=path)
    return _load_exported(path, Data, file=path)


D = TypeVar("D", bound=Data)


def load(folder: str | None = None, *, overlay: str | None = None) -> Data:
    """Load a data set, see `rcpref.load`."""
    return load_as(Data, folder, overlay)


def load_as(kind: type[D], folder: str | None, overlay: str | None) -> D:
    """Load the data set as an instance of a class."""
    if overlay is None:
        return _load(folder, kind)
    from rcpref.data.document import read_folder

    base = _load(folder, Data)
    return kind(read_folder(overlay, base.document), overlay=overlay)


def verify(data: Data) -> None:
    """Compare all with the digest that it goes by; a start verifies what it reads, by checksums."""
    plain = {key: dict(part) for key, part in data.document.items()}
    if digest_of(plain) != data.digest:
        message = f"the data do not match their digest, {data.digest[:12]}"
        raise DataError(message, "install rcpref again")


def _load(folder: str | None, kind: type[D]) -> D:
    if folder is None:
        folder = data_folder()
        if os.path.isfile(baked := os.path.join(folder, BAKED)):
            return _load_baked(baked, kind)
    if os.path.isdir(folder):
        from rcpref.data.document import read_folder

        return kind(read_folder(folder))
    return _load_exported(folder, kind)


def _load_exported(path: str, kind: type[D], file: str | None = None) -> D:
    from rcpref.data.document import read_exported

    document = read_exported(path)
    own = Plain(document).own
    return kind(document, overlay=path if own else None, file=file)


def _load_baked(path: str, kind: type[D]) -> D:
    from rcpref.data.baked import unbake

    try:
        with open(path, "rb") as stream:
            document, digest = unbake(stream.read())
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {error}", "install rcpref again") from error
    return kind(document, digest)
