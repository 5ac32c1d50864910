"""A file on disk: whole or not there, whatever goes wrong.

It is first written next to its place, under a hidden name, and then moved there in one step.
Only a run that is killed leaves something under such a name.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
