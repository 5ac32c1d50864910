"""How the data come into memory.

A wheel carries the data twice: as the TOML files that people read, and as one file of JSON,
baked from them, that loads many times as fast; beside it the index of a search. A checkout
and an editable install have neither and read the TOML itself.
"""

import os
from typing import TypeVar

from rcpref.data.dataset import Data, Plain, digest_of
from rcpref.data.place import data_folder as data_folder
from rcpref.errors import DataError, UsageProblem, echo, only_text
from rcpref.model import ENGLISH, LANGUAGES

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


def load_named(path: str | None, lang: str | None = None) -> Data:
    """The data that answer a command: bundled, with an overlay, or from an exported file."""
    if path is None or not is_exported(path):
        return load(overlay=path, lang=lang or ENGLISH)
    return _load_exported(path, Data, file=path, lang=lang or ENGLISH)


def language_named(text: str) -> str:
    """The code of a language in which States and records can be called."""
    code = only_text(text, "a language").strip().lower()
    if code not in LANGUAGES:
        known = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())
        raise UsageProblem(f"no names in the language {echo(text)}", f"languages: {known}")
    return code


D = TypeVar("D", bound=Data)


def load(folder: str | None = None, *, overlay: str | None = None, lang: str = ENGLISH) -> Data:
    """Load a data set, see `rcpref.load`."""
    return load_as(Data, folder, overlay, lang)


def load_as(kind: type[D], folder: str | None, overlay: str | None, lang: str) -> D:
    """Load the data set as an instance of a class."""
    if overlay is None:
        return _load(folder, kind, lang)
    from rcpref.data.document import read_folder

    base = _load(folder, Data, ENGLISH)
    return kind(read_folder(overlay, base.facts), overlay=overlay, lang=lang)


def verify(data: Data) -> None:
    """Compare all with the digest that it goes by; a start verifies what it reads, by checksums."""
    plain = {key: dict(part) for key, part in data.facts.items()}
    if digest_of(plain) != data.digest:
        message = f"the data do not match their digest, {data.digest[:12]}"
        raise DataError(message, "install rcpref again")


def _load(folder: str | None, kind: type[D], lang: str) -> D:
    if folder is None:
        folder = data_folder()
        if os.path.isfile(baked := os.path.join(folder, BAKED)):
            return _load_baked(baked, kind, lang)
    if os.path.isdir(folder):
        from rcpref.data.document import read_folder

        return kind(read_folder(folder), lang=lang)
    return _load_exported(folder, kind, lang=lang)


def _load_exported(path: str, kind: type[D], file: str | None = None, lang: str = ENGLISH) -> D:
    from rcpref.data.document import read_exported

    document = read_exported(path)
    own = Plain(document, document).own
    return kind(document, overlay=path if own else None, file=file, lang=lang)


def _load_baked(path: str, kind: type[D], lang: str) -> D:
    from rcpref.data.baked import unbake

    try:
        with open(path, "rb") as stream:
            document, digest = unbake(stream.read())
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {error}", "install rcpref again") from error
    return kind(document, digest, lang=lang)
