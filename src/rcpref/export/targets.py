"""Where an export may write: not into data, and over nothing that no export has made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from rcpref.data.digest import sha256
from rcpref.errors import OutputError
from rcpref.reading import read
from rcpref.writing import cannot_write

SUMS = "SHA256SUMS"
"""Name of the file, in a folder that is written, with the digests of all others."""


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The lines that ``sha256sum --check`` reads, sorted by name."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def refuse_inside(path: str, folders: Iterable[str]) -> None:
    """Refuse a place inside one of some folders, the program's own data, or any data folder.

    Raises:
        OutputError: It is, or cannot be a place at all.
    """
    try:
        place = os.path.realpath(path)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    for folder in folders:
        own = os.path.realpath(folder)
        if place == own or place.startswith(own + os.sep):
            raise OutputError(f"{path} is inside the data themselves", "write it elsewhere")
    above = os.path.dirname(place)
    while above != os.path.dirname(above):
        if os.path.isfile(os.path.join(above, "dataset.toml")):
            raise OutputError(f"{path} is inside a data folder, {above}", "write it elsewhere")
        above = os.path.dirname(above)


def only_exported(path: str, named: str = "") -> None:
    """Refuse to replace a folder with anything in it that no export has put there.

    Args:
        path: The folder.
        named: What it is called in the error, where it has been moved away already.

    Raises:
        OutputError: It is none that an export has made, or more has come into it since.
    """
    named = named or path
    if not os.path.isdir(path):
        raise OutputError(f"{named} is a file", "give the name of a new folder")
    files = _files_of_export(path)
    folders = {each[:end] for each in files for end, sign in enumerate(each) if sign == "/"}
    try:
        for folder, below, names in os.walk(path, onerror=_raise):
            for name in (*below, *names):
                each = os.path.join(folder, name)
                place = os.path.relpath(each, path).replace(os.sep, "/")
                known = place in (folders if name in below else files)
                if not known or os.path.islink(each):
                    raise OutputError(
                        f"{named} holds {place}, which no export has put there",
                        "only a folder from an export is replaced: give another name",
                    )
    except OSError as error:
        raise cannot_write(named, error) from error


def _raise(error: OSError) -> None:
    raise error


_MARKS = (
    {"dataset.csv", "claims.csv"},
    {"index.md", "states.md"},
)
"""Files by which tables and a handbook are known."""


def _files_of_export(path: str) -> set[str]:
    """The files that an export has put into a folder; none if it was not made by one.

    Lists of that name are common where files are offered for download.
    """
    try:
        listing = (read(os.path.join(path, SUMS), links=False) or b"").decode()
    except (OSError, ValueError):
        return set()
    files = {line[66:] for line in listing.split("\n")}
    return files | {SUMS} if any(marks <= files for marks in _MARKS) else set()
