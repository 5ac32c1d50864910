"""New files on disk: each of them whole or not there, and never in the place of another."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from rcpref.errors import OutputError


def place(folder: str, files: Mapping[str, str], beside: Mapping[str, str]) -> list[str]:
    """Write new files into a folder, all of them or none.

    A file is written under another name beside its place and then linked to it: nobody
    ever reads half of it, and what is there already stays. Folders are made where they
    are missing. After an error, what had been made is gone again.

    Args:
        folder: The folder.
        files: Text of files by their path in the folder; none of them may be there.
        beside: The same for files that are written only where there are none.

    Returns:
        Paths of the files written.

    Raises:
        OutputError: One is there, a folder is a symbolic link, or it cannot be written.
    """
    undo: list[Callable[[], None]] = []
    written: list[str] = []
    path = folder
    try:
        for name, text in {**files, **beside}.items():
            path = os.path.join(folder, name)
            _refuse_links(folder, os.path.dirname(path))
            if os.path.lexists(path) and name in beside:
                continue
            try:
                _put(path, text, undo)
            except FileExistsError:
                if name not in beside:
                    raise
            else:
                written.append(path)
    except BaseException as error:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        if isinstance(error, FileExistsError):
            hint = "add to it, or choose another id"
            raise OutputError(f"{path}: is there already", hint) from error
        if isinstance(error, OSError):
            message = f"{path}: cannot be written: {error.strerror or error}"
            raise OutputError(message, "name a folder that can be written to") from error
        raise
    return written


def _refuse_links(*folders: str) -> None:
    """Whoever follows a link writes where nobody named: into the data of others, perhaps."""
    for folder in folders:
        if os.path.islink(folder.rstrip(os.sep) or folder):
            raise OutputError(f"{folder}: is a symbolic link", "name the folder itself")


def _put(path: str, text: str, undo: list[Callable[[], None]]) -> None:
    """Write one file; steps that take back what was made are added to `undo`."""
    home = os.path.dirname(path)
    _make(home, undo)
    # Its name does not end as those of data files do: nothing reads it in between.
    other = os.path.join(home, f".{os.urandom(8).hex()}.part")
    # Whatever is to be undone is said before it is done: an interrupt may come at any time.
    undo.append(partial(os.unlink, other))
    try:
        with open(other, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        undo.append(partial(_unlink, path, os.stat(other).st_ino))
        name_new(other, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(other)


def _make(folder: str, undo: list[Callable[[], None]]) -> None:
    """Make a folder and those above it that are missing."""
    if not folder or os.path.isdir(folder):
        return
    _make(os.path.dirname(folder.rstrip(os.sep)), undo)
    undo.append(partial(os.rmdir, folder))
    try:
        os.mkdir(folder)
    except FileExistsError as error:
        undo.pop()
        if os.path.isdir(folder):
            return  # somebody else has made it in the meantime
        raise NotADirectoryError(error.errno, "something that is no folder is there") from error


_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
"""What a link fails with where there are none, as on memory sticks."""


def name_new(made: str, path: str) -> None:
    """Give a file that is made its name, unless anything has that name already.

    Args:
        made: Path of the file, on the same disk; it may keep this name, too.
        path: The path that it gets.

    Raises:
        FileExistsError: Something is there, a link that leads nowhere included.
        OSError: It cannot be moved there.
    """
    try:
        os.link(made, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A move would replace that other file: all that can be done is to look before.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        os.rename(made, path)


def _unlink(path: str, inode: int) -> None:
    """Remove a file if it is the one that was written here, and not that of another."""
    if os.stat(path, follow_symlinks=False).st_ino == inode:
        os.unlink(path)
