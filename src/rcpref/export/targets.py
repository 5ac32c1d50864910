"""How a folder from an export is known again, and that nothing in it has been changed since."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from rcpref.data.dataset import sha256
from rcpref.errors import OutputError
from rcpref.reading import read
from rcpref.writing import cannot_write

SUMS = "SHA256SUMS"
"""Name of the file, in a folder that is written, with the digests of all others."""

MARK = "rcpref-export.txt"
"""Name of the file by which a folder from an export is known."""

_WORDS = f"""\
rcpref export has made this folder. Another export with --force replaces it only as long as
no file in it has been changed, added or removed since. SHA-256 of {SUMS}:
"""

_NAMED = 3
"""So many files that differ are named in an error."""

_EARLIER = (
    {SUMS, "dataset.csv", "claims.csv"},
    {SUMS, "data.sqlite", "metadata.json"},
)
"""Files of exports by earlier versions, which left no mark."""


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The lines that ``sha256sum --check`` reads, sorted by name."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def sealed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    sums = sums_of(files)
    return {**files, SUMS: sums, MARK: _mark_of(sums)}


def _mark_of(sums: bytes) -> bytes:
    return f"{_WORDS}{sha256(sums)}\n".encode()


def only_exported(path: str, named: str = "") -> None:
    """Refuse to replace a folder unless it is empty or as an export has left it."""
    named = named or path
    if not os.path.isdir(path):
        raise OutputError(f"{named} is a file", "give the name of a new folder")
    try:
        names = set(os.listdir(path))
        if names and MARK not in names:
            raise _unmarked(named, names)
        differing = _differing(path) if names else []
    except OSError as error:
        raise cannot_write(named, error) from error
    if differing:
        more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
        raise OutputError(
            f"{named} was changed after the export: {', '.join(differing[:_NAMED])}{more}",
            "move it away, or give another name",
        )


def _unmarked(named: str, names: set[str]) -> OutputError:
    if any(files <= names for files in _EARLIER):
        return OutputError(
            f"{named} looks like an export by an earlier version, without {MARK}",
            "move it away, or give another name",
        )
    return OutputError(
        f"{named} holds {min(names)}, which is not from an export",
        "only a folder from an export is replaced: give another name",
    )


def _differing(path: str) -> list[str]:
    """The files, folders and links in a folder that are not as an export left them."""
    sums, mark = _content(path, SUMS), _content(path, MARK)
    if mark != _mark_of(sums):
        return [f"{SUMS} does not match {MARK}"]
    digests = {line[66:]: line[:64] for line in sums.decode(errors="replace").splitlines()}
    digests |= {SUMS: sha256(sums), MARK: sha256(mark)}
    folders = {each[:end] for each in digests for end, sign in enumerate(each) if sign == "/"}
    differing = dict.fromkeys(digests, "removed")
    for folder, below, names in os.walk(path, onerror=_raise):
        for name in (*below, *names):
            file = os.path.join(folder, name)
            place = os.path.relpath(file, path).replace(os.sep, "/")
            if place in digests:
                same = sha256(_content(folder, name)) == digests[place]
                differing[place] = "" if same else "changed"
            elif name in names or place not in folders or os.path.islink(file):
                differing[place] = "added"
    return [f"{place} ({how})" for place, how in sorted(differing.items()) if how]


def _content(folder: str, name: str) -> bytes:
    """What is in a plain file; nothing, as in no file of an export, where there is none."""
    with suppress(FileNotFoundError):
        return read(os.path.join(folder, name), links=False) or b""
    return b""


def _raise(error: OSError) -> None:
    raise error
