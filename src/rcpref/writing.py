"""A file on disk: whole or not there, whatever goes wrong.

It is first written next to its place, under a hidden name, and then moved there in one step.
Only a run that is killed leaves something under such a name.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from rcpref.errors import OutputError


class Written(NamedTuple):
    """A file that was written.

    Attributes:
        path: Its path.
        bytes: Its size.
        sha256: Its SHA-256.
    """

    path: str
    bytes: int
    sha256: str


def write_file(path: str, content: bytes, *, force: bool = False) -> Written:
    """Write a file; with `force` also where there is one already."""
    from hashlib import sha256

    try:
        if os.path.lexists(path) and not os.path.isfile(path):
            raise OutputError(f"{path} is no plain file", "give the name of a new file")
        if os.path.lexists(path) and not force:
            raise OutputError(f"{path} exists already", "add --force to replace it")
        # Of a link the file that it leads to.
        place = os.path.realpath(path)
        made = os.path.join(os.path.dirname(place), f".rcpref-{os.urandom(8).hex()}")
        try:
            with open(made, "xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(made, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(made)
            raise
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error
    return Written(path, len(content), sha256(content).hexdigest())


def cannot_write(path: str, error: Exception) -> OutputError:
    """Return the error that says in the program's words what the system said."""
    reason = getattr(error, "strerror", None) or str(error)
    message = f"cannot write {path}: {reason[:1].lower()}{reason[1:]}"
    return OutputError(message, "name a place that can be written to")


@contextmanager
def stopped_cleanly() -> Iterator[None]:
    """Let SIGTERM be an exception, as an interrupt is: nothing is left half written."""

    def stop(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)  # as a shell says it

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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


@contextmanager
def _made_beside(path: str, there: str = "add --force to replace it") -> Iterator[str]:
    """A hidden name for what is moved to a path when whole; known before anything has it."""
    made = _hidden_beside(path)
    try:
        yield made
    except (OSError, ValueError) as error:
        if isinstance(error, FileExistsError):
            raise OutputError(f"{path} exists already", there) from error
        raise cannot_write(path, error) from error
    finally:
        _remove(made)


def _hidden_beside(path: str) -> str:
    """A short name that nothing has, and which does not end as those of data files do."""
    return os.path.join(os.path.dirname(path), f".rcpref-{os.urandom(8).hex()}")


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


def _refuse_links(path: str) -> None:
    """Refuse a path that is or has a symbolic link: it may lead into the data of others."""
    for part in (*reversed(Path(path).parents), Path(path)):
        # One in the top folder is the system's own, as /tmp is on some.
        in_top = part.is_absolute() and len(part.parts) == 2
        if os.path.islink(str(part)) and not in_top:
            hint = f"give the path that it leads to: {os.path.realpath(path)}"
            raise OutputError(f"{part} is a symbolic link", hint)
