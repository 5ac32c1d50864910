"""Text that is safe to print, without control or escape signs, and streams that may fail."""

import codecs
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO

from rcpref.errors import OutputError, RcprefError

# Printed as they are, though Unicode does not call them printable: line feeds that the
# layout puts in, no-break spaces, and the joiners and marks that some scripts need.
_HARMLESS = frozenset("\n\u00a0\u202f\u200c\u200d\u200e\u200f")

_ASCII = {
    "\u2013": "-", "\u2014": "--", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"',
    "\u2026": "...", "\u2022": "*", "\u2500": "-", "\u2502": "|", "\u00b7": "-", "\u2192": "->",
    "\u00a0": " ", "\u202f": " ", "\u00ab": '"', "\u00bb": '"', "\u00df": "ss",
    "\u2212": "-", "\u00d7": "x",
}  # fmt: skip
"""Nearest ASCII of signs that have no decomposition."""
_LETTERS = {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u0131": "i"}
_LETTERS |= {"\u00e6": "ae", "\u0153": "oe", "\u00fe": "th"}
_ASCII |= _LETTERS | {key.upper(): value.upper() for key, value in _LETTERS.items()}
_ASCII["I"] = "I"  # the capital of the dotless i is a plain one
_ASCII |= dict.fromkeys("\u2010\u2011\u2012\u2015\u2043", "-")
# Those of which maps and patterns are made: dark to light, and all that is dots.
_ASCII |= {"\u2588": "#", "\u2593": "+", "\u2591": "o", "\u2573": "x"}
_ASCII |= dict.fromkeys(map(chr, range(0x2801, 0x2900)), ".")
_ASCII |= dict.fromkeys("\u200c\u200d\u200e\u200f", "")


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


def _nearest_ascii(character: str) -> str:
    if character in _ASCII:
        return _ASCII[character]
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in plain if part.isascii())
    return kept or ("" if unicodedata.combining(character) else "?")


def _replaced(by: Callable[[str], str], error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(by, error.object[error.start : error.end])), error.end


codecs.register_error("rcpref.text", partial(_replaced, _nearest_ascii))
codecs.register_error("rcpref.json", partial(_replaced, _json_escape))


def encoding_of(stream: IO[str]) -> str:
    """The encoding to write in: of PYTHONIOENCODING, else a terminal's own, else UTF-8."""
    if asked := _encoding_asked():
        return _usable(asked)
    encoding = getattr(stream, "encoding", None) if stream.isatty() else None
    return encoding or "utf-8"


def _encoding_asked() -> str:
    return os.environ.get("PYTHONIOENCODING", "").partition(":")[0]


def can_write(text: str) -> bool:
    """Whether the encoding of standard output has all characters of a text."""
    try:
        text.encode(encoding_of(sys.stdout))
    except UnicodeEncodeError:
        return False
    return True


def _usable(encoding: str) -> str:
    """The encoding, or UTF-8 where it is none that any text can be written in, as idna."""
    try:
        "\u2014".encode(encoding, "rcpref.text")
    except (LookupError, UnicodeError):
        return "utf-8"
    return codecs.lookup(encoding).name


def settle_encoding() -> None:
    """Let both streams write UTF-8 where PYTHONIOENCODING asks for what cannot be used."""
    asked = _encoding_asked()
    if not asked or _usable(asked) != "utf-8":
        return
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def write(text: str | Iterable[str], *, json: bool = False) -> None:
    """Write text to standard output, all of it or an error."""
    stream = sys.stdout
    if stream is None:
        raise OutputError("standard output is closed")
    # Of a mark at the beginning, as in UTF-16, there is one for all parts.
    encoder = codecs.getincrementalencoder(encoding_of(stream))
    encode = encoder("rcpref.json" if json else "rcpref.text").encode
    for part in [text] if isinstance(text, str) else _gathered(text):
        _put(stream, part, encode(part))


def _gathered(parts: Iterable[str]) -> Iterator[str]:
    """The parts in few that are large; at least one, be it empty."""
    some: list[str] = []
    size = 0
    for part in parts:
        some.append(part)
        size += len(part)
        if size >= _LARGE:
            yield "".join(some)
            some, size = [], 0
    yield "".join(some)


_LARGE = 1 << 18  # characters that are written at once


def _put(stream: IO[str], text: str, data: bytes) -> None:
    try:
        stream.flush()
        raw = getattr(stream, "buffer", None)
        if raw is None:
            stream.write(text)
        else:
            _write_all(raw, data)
            raw.flush()
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
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # no descriptor of its own: nothing can be left in it


def complain(message: str) -> None:
    """Write one line to standard error; a broken standard error stays silent."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        encoding = stream.encoding or "utf-8"
        line = one_line(message).encode(encoding, "rcpref.text").decode(encoding)
        stream.write(line + "\n")
        stream.flush()
    except (OSError, ValueError):
        silence(stream)
