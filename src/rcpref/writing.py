"""Files and folders on disk: each of them whole or not there, whatever goes wrong.

What is written is first made beside its place, under a name of its own, and then moved
there in one step. Nothing that is there is replaced unless that is wished for.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial

from rcpref.errors import OutputError

# A file or a folder, which may replace another ----------------------------------------


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
        _write_through(made, content)
        if force:
            os.replace(made, path)
        else:
            _name_new(made, path)


def write_folder(
    path: str, files: Mapping[str, bytes], *, replace: Callable[[str], None] | None = None
) -> None:
    """Write a folder of files.

    Args:
        path: Where.
        files: Contents by path within the folder, with ``/`` between names.
        replace: Refuses what is there and may not be replaced, with an OutputError; None
            to replace nothing.

    Raises:
        OutputError: It cannot be written; nothing is left behind.
    """
    path = path.rstrip("/") or path
    _look(path, replace is not None)
    exists = os.path.lexists(path)
    if replace and exists:
        replace(path)
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
        raise cannot_write(path, error) from error
    finally:
        _remove(made)


def _name_beside(path: str) -> str:
    """A name that nothing has; it does not end as those of data files do: nobody reads it."""
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


def cannot_write(path: str, error: Exception) -> OutputError:
    """The error in place of one of the system."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    # A folder does not go where there is another with something in it.
    if isinstance(error, OSError) and error.errno in (errno.EEXIST, errno.ENOTEMPTY):
        return OutputError(f"{path} exists already", "add --force to replace it")
    return OutputError(f"cannot write {path}: {reason[:1].lower()}{reason[1:]}")


# New files in a folder ------------------------------------------------------------------


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


def replace_files(files: Mapping[str, bytes]) -> None:
    """Write files, in the place of those that are there, all of them or none.

    All are made beside their places before the first is moved there, with the mode and the
    owner of the file that they replace. Folders are made where they are missing.

    Args:
        files: Contents by path; none of them may be a symbolic link or a folder.

    Raises:
        OutputError: One cannot be written; all is as it was.
    """
    undo: list[Callable[[], None]] = []
    made: dict[str, str] = {}
    path = ""
    try:
        for path, content in files.items():
            _make(os.path.dirname(path), undo)
            other = os.path.join(os.path.dirname(path), f".{os.urandom(8).hex()}.part")
            undo.append(partial(os.unlink, other))
            with open(other, "xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            if os.path.lexists(path):
                _own_alike(path, other)
            made[other] = path
        # All that takes room has been written: a move within a folder needs none.
        for other, path in made.items():
            os.replace(other, path)
    except BaseException as error:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        if isinstance(error, OSError):
            raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
        raise


def _own_alike(path: str, other: str) -> None:
    """Give a file the owner and the mode of another."""
    wanted, found = os.lstat(path), os.lstat(other)
    if (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
        os.chown(other, wanted.st_uid, wanted.st_gid)
    os.chmod(other, stat.S_IMODE(wanted.st_mode))


def _refuse_links(*folders: str) -> None:
    """Whoever follows a link writes where nobody named: into the data of others, perhaps."""
    for folder in folders:
        if os.path.islink(folder.rstrip(os.sep) or folder):
            raise OutputError(f"{folder}: is a symbolic link", "name the folder itself")


def _put(path: str, text: str, undo: list[Callable[[], None]]) -> None:
    """Write one file; steps that take back what was made are added to `undo`."""
    home = os.path.dirname(path)
    _make(home, undo)
    other = _name_beside(path)
    # Whatever is to be undone is said before it is done: an interrupt may come at any time.
    undo.append(partial(os.unlink, other))
    try:
        _write_through(other, text.encode())
        undo.append(partial(_unlink, path, os.stat(other).st_ino))
        _name_new(other, path)
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


def _unlink(path: str, inode: int) -> None:
    """Remove a file if it is the one that was written here, and not that of another."""
    if os.stat(path, follow_symlinks=False).st_ino == inode:
        os.unlink(path)


# What both do ---------------------------------------------------------------------------


def _write_through(path: str, content: bytes) -> None:
    """Write a new file down to the disk: a crash after it is moved must not find it empty."""
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
"""What a link fails with where there are none, as on memory sticks."""


def _name_new(made: str, path: str) -> None:
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
