"""What is longer than the screen goes through a pager: that of PAGER, else less."""

import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from rcpref.report.safe import encoding_of

USUAL = ("less", "-FRX")
"""Leaves colours as they are, and what it has shown on the screen."""

_LESS = "FRX"
"""The options of a less that was asked for without any, and has none in LESS."""

_LINK = re.compile("\x1b\\]8;[^\x1b\x07]*(?:\x1b\\\\|\x07)")
"""Begin and end of a link, which not every pager can print."""


def paged(text: str, environ: Mapping[str, str] | None = None) -> bool:
    """Show a text through a pager, if it is longer than the screen.

    Whether it was shown. False where it fits, where no pager is wanted (PAGER is
    empty, or the terminal is a dumb one), or where that cannot be run or fails.
    """
    environ = os.environ if environ is None else environ
    words = _pager(environ)
    if not words or text.count("\n") < _height(environ):
        return False
    shown = _LINK.sub("", text).encode(encoding_of(sys.stdout), "rcpref.text")
    # The pager must not start another: it may be this program.
    return _through(words, shown, {"LESS": _LESS, **environ, "PAGER": ""})


def _pager(environ: Mapping[str, str]) -> Sequence[str]:
    """The words of its command; empty for none. No shell reads them."""
    if environ.get("TERM") == "dumb":
        return ()
    asked = environ.get("PAGER")
    if asked is None:
        return USUAL
    import shlex

    windows = os.name == "nt"  # where a backslash stands in paths, and quotation marks stay
    try:
        words = shlex.split(asked, posix=not windows)
        return [word.strip('"') for word in words] if windows else words
    except ValueError:  # a quotation mark that is not closed
        return ()


def _height(environ: Mapping[str, str]) -> int:
    """Lines of the terminal: LINES if it is a sensible number, else asked of it."""
    asked = environ.get("LINES", "")
    if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked) > 0:
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines or sys.maxsize
    except (OSError, ValueError):
        return sys.maxsize


def _through(words: Sequence[str], text: bytes, environ: Mapping[str, str]) -> bool:
    import subprocess

    sys.stdout.flush()
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=dict(environ))
    except (OSError, ValueError):
        return False
    # An interrupt is the pager's to answer: it must not be left behind without us.
    before = _ignore_interrupts()
    try:
        # The reader may leave before the end.
        with suppress(BrokenPipeError):
            process.communicate(text)
        process.wait()
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    # Of one that fails nobody knows what it has shown: twice is better than not at all. Whoever
    # ends it by a signal has seen enough.
    return process.returncode <= 0


def _ignore_interrupts() -> Any:
    """Ignore them from now on; what answered them before, None if that cannot be changed."""
    try:
        return signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone gets them
        return None
