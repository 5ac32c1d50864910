"""Files and folders on disk: each of them whole or not there, whatever goes wrong.

What is written is first made beside its place, under a hidden name, and then moved there in
one step. Only a run that is killed leaves something under such a name.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

from rcpref.errors import OutputError

# A file or a folder, which may replace another ----------------------------------------


def write_file(path: str, content: bytes, *, force: bool = False) -> None:
    """Write a file, in the place of another with `force`; OutputError where it cannot be."""
    _refuse(path, force)
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
    """Write a folder of files."""
    if not os.path.basename(path):
        path = os.path.dirname(path)
    _refuse(path, replace is not None)
    exists = os.path.lexists(path)
    if replace and exists:
        replace(path, path)
    with _made_beside(path) as made:
        os.mkdir(made)
        for name, content in files.items():
            file = os.path.join(made, *name.split("/"))
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "xb") as stream:
                stream.write(content)
        if replace and exists:
            _exchange(made, path, replace)
        else:
            os.rename(made, path)


def _exchange(made: str, path: str, replace: Callable[[str, str], None]) -> None:
    """Put a folder in the place of another; that one stays if it does not work out."""
    old = _hidden_beside(path)
    may_go = False
    try:
        os.rename(path, old)
        # Once more, where nobody finds it by its name: something may have come into it since.
        replace(old, path)
        may_go = True
        os.rename(made, path)
    finally:
        if not os.path.lexists(path):
            os.rename(old, path)
        elif may_go:
            _remove(old)


def _refuse(path: str, force: bool) -> None:
    """Refuse what is seen at once; writing finds the rest."""
    _refuse_links(path)
    if os.path.lexists(path):
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OutputError(f"{path} is no plain file", "give the name of a new file")
        if not force:
            raise OutputError(f"{path} exists already", "add --force to replace it")


def _refuse_links(path: str) -> None:
    """Refuse a path that is or has a symbolic link: it may lead into the data of others."""
    for part in (*reversed(Path(path).parents), Path(path)):
        # One in the top folder is the system's own, as /tmp is on some.
        in_top = part.is_absolute() and len(part.parts) == 2
        if os.path.islink(str(part)) and not in_top:
            hint = f"give the path that it leads to: {os.path.realpath(path)}"
            raise OutputError(f"{part} is a symbolic link", hint)


# New files in a folder ------------------------------------------------------------------


def add_files(folder: str, files: Mapping[str, str], beside: Mapping[str, str]) -> list[str]:
    """Write new files into a folder, and what is missing of it, all of them or none."""
    written = []
    with ExitStack() as undo:
        for name, text in {**files, **beside}.items():
            path = os.path.join(folder, *name.split("/"))
            _refuse_links(os.path.dirname(path))
            if name in beside and os.path.lexists(path):
                continue
            with _made_beside(path, "add to it, or choose another id") as made:
                _make_folders(os.path.dirname(path), undo)
                _write_through(made, text.encode())
                # Before it is done: an interrupt may come at any time.
                undo.callback(_unlink_if, path, os.stat(made))
                try:
                    _name_new(made, path)
                except FileExistsError:
                    if name not in beside:
                        raise
                    continue
            written.append(path)
        undo.pop_all()
    return written


def _make_folders(folder: str, undo: ExitStack) -> None:
    if folder and not os.path.isdir(folder):
        _make_folders(os.path.dirname(folder), undo)
        undo.callback(_remove_empty, folder)
        with suppress(FileExistsError):  # somebody else has made it in the meantime
            os.mkdir(folder)


def _remove_empty(folder: str) -> None:
    with suppress(OSError):
        os.rmdir(folder)


def _unlink_if(path: str, made: os.stat_result) -> None:
    """Remove a file if it is the one that was made here, and not that of somebody else."""
    with suppress(OSError):
        if os.path.samestat(os.lstat(path), made):
            os.unlink(path)


# What both do ---------------------------------------------------------------------------


@contextmanager
def _made_beside(path: str, there: str = "add --force to replace it") -> Iterator[str]:
    """A hidden name for what is moved to a path when whole; known before anything has it."""
    made = _hidden_beside(path)
    try:
        yield made
    except (OSError, ValueError) as error:
        raise cannot_write(path, error, there) from error
    finally:
        _remove(made)


def _hidden_beside(path: str) -> str:
    """A short name that nothing has, and which does not end as those of data files do."""
    return os.path.join(os.path.dirname(path), f".rcpref-{os.urandom(8).hex()}")


def cannot_write(
    path: str, error: Exception, there: str = "add --force to replace it"
) -> OutputError:
    """The error in place of one of the system; `there` says what to do if something is there."""
    # A folder does not go where there is another with something in it.
    if isinstance(error, FileExistsError) or getattr(error, "errno", 0) == errno.ENOTEMPTY:
        return OutputError(f"{path} exists already", there)
    reason = getattr(error, "strerror", None) or str(error)
    hint = "name a place that can be written to"
    try:
        os.path.abspath(path)
    except FileNotFoundError:
        reason, hint = "the current folder is gone", "change to a folder that exists, as with: cd ~"
    return OutputError(f"cannot write {path}: {reason[:1].lower()}{reason[1:]}", hint)


def _write_through(path: str, content: bytes) -> None:
    """Write a new file down to the disk: a crash after it is moved must not find it empty."""
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


_NO_LINKS = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
"""What a link fails with where there are none, as on memory sticks."""


def _name_new(made: str, path: str) -> None:
    """Give a file its name; FileExistsError if anything has that name already."""
    try:
        os.link(made, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A move would replace that other file: all that can be done is to look before.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        os.rename(made, path)


def _remove(path: str) -> None:
    """Remove what is there, even if an interrupt comes meanwhile; no error is of use by now."""
    try:
        with suppress(OSError):
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.unlink(path)
    except BaseException:
        _remove(path)
        raise


@contextmanager
def stopped_cleanly() -> Iterator[None]:
    """Let SIGTERM and SIGHUP be an exception, as an interrupt is: nothing is left half made."""

    def stop(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)  # as a shell says it

    names = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # One that is ignored, as under nohup, stays ignored.
    taken = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
