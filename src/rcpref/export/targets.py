"""Files and folders written whole or not at all.

What is written is first made beside its place, under a name of its own, and then moved
there in one step. Nothing that exists is replaced unless that is wished for, and a folder
only if it holds nothing but what an export put there.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping

from rcpref.digest import sha256
from rcpref.errors import OutputError

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
    folder, name = os.path.split(path)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=folder or ".")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        if force:
            os.replace(temporary, path)
        else:
            # Fails, unlike a move, if somebody has put a file there in the meantime.
            os.link(temporary, path)
            os.unlink(temporary)
    except BaseException as error:
        _remove(temporary)
        if isinstance(error, OSError | ValueError):
            raise _cannot(path, error) from error
        raise


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
    parent, name = os.path.split(path)
    temporary = old = ""
    try:
        temporary = tempfile.mkdtemp(prefix=f".{name}.", dir=parent or ".")
        for each, content in files.items():
            place = os.path.join(temporary, *each.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as stream:
                stream.write(content)
        os.chmod(temporary, 0o777 & ~_umask())
        if exists:
            old = tempfile.mkdtemp(prefix=f".{name}.", dir=parent or ".")
            os.rename(path, os.path.join(old, "old"))
        try:
            os.rename(temporary, path)
        except OSError:
            if old:
                os.rename(os.path.join(old, "old"), path)
            raise
    except BaseException as error:
        _remove(temporary)
        if isinstance(error, OSError | ValueError):
            raise _cannot(path, error) from error
        raise
    finally:
        _remove(old)


def refuse_inside(path: str, folders: Iterable[str]) -> None:
    """Refuse a place inside one of some folders: the program's own data.

    Raises:
        OutputError: It is.
    """
    place = os.path.realpath(path)
    for folder in folders:
        own = os.path.realpath(folder)
        if place == own or place.startswith(own + os.sep):
            raise OutputError(f"{path} is inside the data themselves", "write it elsewhere")


def _look(path: str, force: bool) -> None:
    """Refuse what is seen at once; writing finds the rest."""
    if "\0" in path:
        raise OutputError("a path cannot have a NUL in it", "give the path of a file or folder")
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
    try:
        with open(os.path.join(path, SUMS), encoding="utf-8") as stream:
            known = {line.rstrip("\n")[66:] for line in stream} | {SUMS}
    except (OSError, ValueError):
        known = set()
    for folder, _, names in os.walk(path):
        for name in names:
            place = os.path.relpath(os.path.join(folder, name), path).replace(os.sep, "/")
            if place not in known:
                raise OutputError(
                    f"{path} holds {place}, which no export has put there",
                    "only a folder from an export is replaced: give another name",
                )


def _umask() -> int:
    """The mask for modes of new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _remove(path: str) -> None:
    if not path:
        return
    if os.path.isdir(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        os.unlink(path)


def _cannot(path: str, error: Exception) -> OutputError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if isinstance(error, FileExistsError):
        return OutputError(f"{path} exists already", "add --force to replace it")
    return OutputError(f"cannot write {path}: {reason[:1].lower()}{reason[1:]}")
