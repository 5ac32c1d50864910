"""Files and folders written whole or not at all.

What is written is first made beside its place, under a name of its own, and then moved
there in one step. Nothing that exists is replaced unless that is wished for, and a folder
only if it holds nothing but what an export put there.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from rcpref.data.digest import sha256
from rcpref.errors import OutputError
from rcpref.writing import name_new

SUMS = "SHA256SUMS"
"""Name of the file, in a folder that is written, with the digests of all others."""


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """The lines that ``sha256sum --check`` reads, sorted by name."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def write_file(path: str, content: bytes, *, force: bool = False) -> None:
    """Write a file.

    Args:
        path: Where.
        content: All of it.
        force: Whether a file that exists may be replaced.

    Raises:
        OutputError: It cannot be written; nothing is left behind.
    """
    _look(path, force)
    if os.path.isdir(path):
        raise OutputError(f"{path} is a folder", "give the name of a file")
    with _made_beside(path) as made:
        with open(made, "xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if force:
            os.replace(made, path)
        else:
            name_new(made, path)


def write_folder(path: str, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write a folder of files.

    Args:
        path: Where.
        files: Contents by path within the folder, with ``/`` between names; `SUMS` is one
            of them.
        force: Whether a folder from an earlier export may be replaced. One that holds
            anything that its `SUMS` does not name never is.

    Raises:
        OutputError: It cannot be written; nothing is left behind.
    """
    path = path.rstrip("/") or path
    _look(path, force)
    exists = os.path.lexists(path)
    if exists:
        _only_exported(path)
    with _made_beside(path) as made:
        os.mkdir(made)
        for each, content in files.items():
            place = os.path.join(made, *each.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as stream:
                stream.write(content)
        if exists:
            _exchange(made, path)
        else:
            os.rename(made, path)


@contextmanager
def _made_beside(path: str) -> Iterator[str]:
    """A name beside a path, for what is moved there when it is whole.

    Whatever is under that name in the end is removed. The name is settled before anything
    has it, so that an interrupt cannot come between; and it is short, since that of the
    path may be as long as names can be.

    Raises:
        OutputError: In place of an error of the system.
    """
    made = _name_beside(path)
    try:
        yield made
    except (OSError, ValueError) as error:
        raise _cannot(path, error) from error
    finally:
        _remove(made)


def _name_beside(path: str) -> str:
    return os.path.join(os.path.dirname(path), f".rcpref-{os.urandom(8).hex()}")


def _exchange(made: str, path: str) -> None:
    """Put a folder in the place of another; that one stays if it does not work out."""
    old = _name_beside(path)
    try:
        os.rename(path, old)
        os.rename(made, path)
    finally:
        if os.path.lexists(path):
            _remove(old)
        else:
            os.rename(old, path)


def refuse_inside(path: str, folders: Iterable[str]) -> None:
    """Refuse a place inside one of some folders, the program's own data, or any data folder.

    Raises:
        OutputError: It is, or cannot be a place at all.
    """
    try:
        place = os.path.realpath(path)
    except (OSError, ValueError) as error:
        raise _cannot(path, error) from error
    for folder in folders:
        own = os.path.realpath(folder)
        if place == own or place.startswith(own + os.sep):
            raise OutputError(f"{path} is inside the data themselves", "write it elsewhere")
    above = os.path.dirname(place)
    while above != os.path.dirname(above):
        if os.path.isfile(os.path.join(above, "dataset.toml")):
            raise OutputError(f"{path} is inside a data folder, {above}", "write it elsewhere")
        above = os.path.dirname(above)


def _look(path: str, force: bool) -> None:
    """Refuse what is seen at once; writing finds the rest."""
    if os.path.islink(path.rstrip("/") or path):
        raise OutputError(f"{path} is a symbolic link", "give the path that it leads to")
    if os.path.lexists(path):
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OutputError(f"{path} is no plain file", "give the name of a new file")
        if not force:
            raise OutputError(f"{path} exists already", "add --force to replace it")


def _only_exported(path: str) -> None:
    """Refuse to replace a folder with anything in it that no export has put there."""
    if not os.path.isdir(path):
        raise OutputError(f"{path} is a file", "give the name of a new folder")
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
                        f"{path} holds {place}, which no export has put there",
                        "only a folder from an export is replaced: give another name",
                    )
    except OSError as error:
        raise _cannot(path, error) from error


def _raise(error: OSError) -> None:
    raise error


_MARKS = ({"dataset.csv", "claims.csv"}, {"index.md", "states.md"})
"""Files by which tables and a handbook are known."""


def _files_of_export(path: str) -> set[str]:
    """The files that an export has put into a folder; none if it was not made by one.

    Lists of that name are common where files are offered for download.
    """
    listing = os.path.join(path, SUMS)
    if not os.path.isfile(listing):
        return set()
    try:
        with open(listing, encoding="utf-8") as stream:
            files = {line.rstrip("\n")[66:] for line in stream}
    except (OSError, ValueError):
        return set()
    return files | {SUMS} if any(marks <= files for marks in _MARKS) else set()


def _remove(path: str) -> None:
    try:
        _clear(path)
    except (KeyboardInterrupt, SystemExit):
        _clear(path)  # what was left when it was interrupted
        raise


def _clear(path: str) -> None:
    if os.path.isdir(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        # Whether it was written is known by now; nor can more be done about this.
        with suppress(OSError):
            os.unlink(path)


def _cannot(path: str, error: Exception) -> OutputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    # A folder does not go where there is another with something in it.
    if isinstance(error, OSError) and error.errno in (errno.EEXIST, errno.ENOTEMPTY):
        return OutputError(f"{path} exists already", "add --force to replace it")
    return OutputError(f"cannot write {path}: {reason[:1].lower()}{reason[1:]}")
