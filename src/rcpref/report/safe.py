"""Text that is safe to print, without control or escape signs, and streams that may fail."""

import codecs
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import IO

from rcpref.errors import OutputError, RcprefError

# Printed as they are, though Unicode does not call them printable: line feeds that the
# layout puts in, no-break spaces, and the joiners and marks that some scripts need.
_HARMLESS = frozenset("\n\u00a0\u202f\u200c\u200d\u200e\u200f")


class ClosedPipe(RcprefError):
    """The reader of a pipe has gone: nothing to be said about it, exit code 141."""

    exit_code = 141


def visible(text: str) -> str:
    """The text with control, format and bidi characters made visible, as escapes."""
    return text if text.isprintable() else _escaped(text, _escape)


def web_address(link: str) -> bool:
    """Whether an address may become a link: of the web, and nothing hidden in it."""
    return link.startswith(("http://", "https://")) and link.isprintable() and " " not in link


def one_line(text: str) -> str:
    """Text of a message of one line: line feeds are made visible, too."""
    return visible(text).replace("\n", "\\n")


def json_text(text: str) -> str:
    """JSON text with the characters that cannot be seen, which are all in strings, escaped."""
    if text.isascii() and "\x7f" not in text:
        return text
    # Nearly all lines have nothing of that kind, which is seen many times as fast.
    return "\n".join(
        line if line.isprintable() else _escaped(line, _json_escape) for line in text.split("\n")
    )


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    return "".join(
        character if character in _HARMLESS or character.isprintable() else escape(character)
        for character in text
    )


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def in_utf8() -> bool:
    """Whether standard output is written in UTF-8."""
    return codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == "utf-8"


def settle_encoding() -> None:
    """Let standard output write UTF-8 into pipes, and escapes for what an encoding lacks."""
    stream = sys.stdout
    if isinstance(stream, TextIOWrapper):
        chosen = "PYTHONIOENCODING" in os.environ or stream.isatty()
        stream.reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")


def write(text: str, *, json: bool = False) -> None:
    """Write text to standard output, all of it or an error."""
    stream = sys.stdout
    if stream is None:
        raise OutputError("standard output is closed")
    if json and not in_utf8():
        text = "".join(sign if sign.isascii() else _json_escape(sign) for sign in text)
    try:
        stream.flush()
        if isinstance(stream, TextIOWrapper):
            _write_all(stream.buffer, text.encode(stream.encoding, stream.errors or "strict"))
            stream.buffer.flush()
        else:
            stream.write(text)
        stream.flush()
    except BrokenPipeError as error:
        silence(stream)
        raise ClosedPipe("the pipe is closed") from error
    except (OSError, ValueError) as error:
        silence(stream)
        reason = error.strerror if isinstance(error, OSError) else None
        raise OutputError(f"cannot write to standard output: {reason or error}") from error


def _write_all(stream: IO[bytes], data: bytes) -> None:
    """Write on until all is written: an unbuffered stream takes what it can at a time."""
    rest = memoryview(data)
    while rest:
        taken = stream.write(rest)
        if not taken:
            raise OSError("nothing more is taken")
        rest = rest[taken:]


def silence(stream: IO[str]) -> None:
    """Send what is left in a broken stream nowhere, so that closing it stays quiet."""
    with suppress(OSError, ValueError):  # without a descriptor nothing can be left in it
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(message: str) -> None:
    """Write one line to standard error; a broken standard error stays silent."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(f"{one_line(message)}\n")
        stream.flush()
    except (OSError, ValueError):
        silence(stream)
