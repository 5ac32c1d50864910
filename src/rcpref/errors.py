"""Everything that can go wrong on purpose, with the exit code it leads to.

Codes (they are part of the output contract): 1 nothing found, 2 wrong usage,
3 bad data or output that cannot be written.
"""

from collections.abc import Iterable, Sequence
from os import PathLike, fspath


def shortened(text: str, head: int = 77, tail: int = 0) -> str:
    """A text cut in the middle to so many characters of head and tail."""
    if len(text) <= head + tail + 3:
        return text
    return f"{text[:head]}...{text[len(text) - tail :]}"


def echo(text: str) -> str:
    """What somebody typed, in quotation marks for a message; no more than 80 characters."""
    return repr(shortened(text))


_MOST_HINT = 480  # so many letters of a hint are told, which is six lines on a terminal


def listed(lead: str, words: Iterable[str]) -> str:
    """A hint that names what there is: as many as anybody reads, and how many more."""
    parts = list(words)
    kept, room = 0, _MOST_HINT - len(lead) - len("and 10,000 more")
    while kept < len(parts) and room >= len(parts[kept]) + 2:
        room -= len(parts[kept]) + 2
        kept += 1
    more = [f"and {len(parts) - kept:,} more"] if kept < len(parts) else []
    return f"{lead}: {', '.join([*parts[:kept], *more])}"


def only_text(value: str, what: str) -> str:
    """The value, which must be text: in somebody's table it may be a gap or a number."""
    if not isinstance(value, str):
        raise not_of(value, f"{what} is text")
    return value


def not_of(value: object, wanted: str) -> TypeError:
    """The error of a value of a wrong type, after words as "a name is text"."""
    return TypeError(f"{wanted}, not {shortened(repr(value))}")


def only_path(value: str | PathLike[str]) -> str:
    """The text of a path, which is no path of bytes."""
    return only_text(fspath(value) if isinstance(value, PathLike) else value, "a path")


def several_texts(value: str | Iterable[str], what: str) -> list[str]:
    """What may be given as one text with commas, or as several: the parts."""
    if isinstance(value, str):
        return value.split(",")
    if isinstance(value, bytes) or not isinstance(value, Iterable):
        raise not_of(value, f"{what} is text")
    return [only_text(part, what) for part in value]


class RcprefError(Exception):
    """Base of all errors that rcpref raises for its users.

    Attributes:
        message: One sentence on what is wrong, without a full stop.
        hint: What to do about it, or an empty string.
        name: The name that nothing has; empty where it is no name that was looked for.
        exit_code: The exit status of the command line.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", *, name: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.name = name
        # It may name what is in the data of others.
        self.hint = shortened(hint, _MOST_HINT - 90, 90)

    def __str__(self) -> str:
        # That of KeyError would put it into quotation marks.
        return self.message


class NotFound(RcprefError, KeyError):
    """A name, reference or number that the data do not hold, or a search without a hit.

    It is a KeyError too, as of any mapping that does not have a key.

    Attributes:
        nearest: Spellings close to the one asked for, the nearest first.
    """

    def __init__(
        self, message: str, hint: str = "", nearest: Sequence[str] = (), name: str = ""
    ) -> None:
        super().__init__(message, hint, name=name)
        self.nearest = tuple(nearest)


class UsageProblem(RcprefError):
    """A question that cannot be put this way: an unknown option value, column or kind."""

    exit_code = 2


class AmbiguousName(UsageProblem):
    """A name that matches several records equally well.

    Attributes:
        candidates: Ids of the records (or alpha-3 codes of the States) that it matches.
    """

    def __init__(self, message: str, hint: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)


class DateError(UsageProblem, ValueError):
    """Text that is no prefix date or interval, or a date that no calendar has."""


class DataError(RcprefError):
    """Data that cannot be used; the message names the file and the key."""

    exit_code = 3


class OutputError(RcprefError):
    """Output that cannot be written."""

    exit_code = 3
