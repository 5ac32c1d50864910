"""Files and folders on disk: each of them whole or not there, whatever goes wrong.

What is written is first made beside its place, under a name of its own, and then moved
there in one step. Nothing that is there is replaced unless that is wished for.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from zlib import crc32

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
    _take_away(path)
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
    path: str, files: Mapping[str, bytes], *, replace: Callable[[str, str], None] | None = None
) -> None:
    """Write a folder of files.

    Args:
        path: Where.
        files: Contents by path within the folder, with ``/`` between names.
        replace: Refuses a folder that may not be replaced, by its path and by what it is
            called, with an OutputError; None to replace nothing.

    Raises:
        OutputError: It cannot be written; nothing is left behind.
    """
    path = path.rstrip("/") or path
    _take_away(path)
    _look(path, replace is not None)
    exists = os.path.lexists(path)
    if replace and exists:
        replace(path, path)
    with _made_beside(path) as made:
        os.mkdir(made)
        for each, content in files.items():
            place = os.path.join(made, *each.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as stream:
                stream.write(content)
        if replace and exists:
            _exchange(made, path, replace)
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


def _exchange(made: str, path: str, replace: Callable[[str, str], None]) -> None:
    """Put a folder in the place of another; that one stays if it does not work out.

    It is looked at once more where nobody finds it by its name any longer: something may
    have come into it since.
    """
    old = _name_beside(path, _mark_of(path))
    may_go = False
    try:
        os.rename(path, old)
        replace(old, path)
        may_go = True
        os.rename(made, path)
    finally:
        if not os.path.lexists(path):
            os.rename(old, path)
        elif may_go:
            _remove(old)


def _look(path: str, force: bool) -> None:
    """Refuse what is seen at once; writing finds the rest."""
    _refuse_links(path.rstrip("/") or path)
    if os.path.lexists(path):
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OutputError(f"{path} is no plain file", "give the name of a new file")
        if not force:
            raise OutputError(f"{path} exists already", "add --force to replace it")


def _refuse_links(path: str) -> None:
    """Refuse a path that is a symbolic link, or has one in it.

    Whoever follows a link writes where nobody named: into the data of others, perhaps. One
    in the top folder is the system's own, as /tmp is on some.
    """
    parts = path.split(os.sep)
    for end in range(1, len(parts) + 1):
        part = os.sep.join(parts[:end])
        if part and os.path.islink(part) and (end > 2 or not path.startswith(os.sep)):
            leads = os.path.realpath(path)
            raise OutputError(
                f"{part} is a symbolic link", f"give the path that it leads to: {leads}"
            )


# What is in the making ------------------------------------------------------------------


def _name_beside(path: str, mark: str = "new") -> str:
    """A name that nothing has; it does not end as those of data files do: nobody reads it.

    It tells of which run it is, so that a later one knows what nobody works on any longer.
    """
    name = f".rcpref-{mark}-{_machine()}-{os.getpid()}-{os.urandom(8).hex()}"
    return os.path.join(os.path.dirname(path), name)


def _mark_of(path: str) -> str:
    """What stands in the name of a folder that was moved away from a path."""
    return f"old{crc32(os.fsencode(os.path.basename(path))):08x}"


def _machine() -> str:
    """Processes have the same number on two machines that share a folder."""
    return f"{crc32(os.fsencode(os.uname().nodename)):08x}" if hasattr(os, "uname") else "0"


def _take_away(path: str) -> None:
    """Take away what runs that were killed have left beside a path.

    A folder that such a run had moved away is put back, if nothing has taken its place.
    """
    folder = os.path.dirname(path)
    with suppress(OSError, ValueError):
        for name in os.listdir(folder or "."):
            left = _BESIDE.fullmatch(name)
            if left is None or left["machine"] != _machine() or _runs(int(left["process"])):
                continue
            if left["mark"] == _mark_of(path) and not os.path.lexists(path):
                os.rename(os.path.join(folder, name), path)
            elif left["mark"] in ("new", _mark_of(path)):
                _remove(os.path.join(folder, name))


_BESIDE = re.compile(
    r"\.rcpref-(?P<mark>new|old[0-9a-f]{8})-(?P<machine>[0-9a-f]{8})-(?P<process>[0-9]{1,10})-"
    r"[0-9a-f]{16}"
)


def _runs(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


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


def cannot_write(
    path: str, error: Exception, there: str = "add --force to replace it", else_: str = ""
) -> OutputError:
    """The error in place of one of the system.

    Args:
        path: What was to be written.
        error: That of the system.
        there: What to do where something is there already.
        else_: What to do else.
    """
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    # A folder does not go where there is another with something in it.
    full = isinstance(error, OSError) and error.errno == errno.ENOTEMPTY
    if full or isinstance(error, FileExistsError):
        return OutputError(f"{path} exists already", there)
    return OutputError(f"cannot write {path}: {reason[:1].lower()}{reason[1:]}", else_)


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
            _take_away(path)
            _refuse_links(os.path.dirname(path))
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
        if isinstance(error, OSError):
            there, else_ = "add to it, or choose another id", "name a folder that can be written to"
            raise cannot_write(path, error, there, else_) from error
        raise
    return written


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
