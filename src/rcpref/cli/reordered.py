"""Lines whose words stand in another order than the program takes: the line that they mean.

It is looked for only where the words are no name; every word has to be understood.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rcpref.dates import MONTHS, parse
from rcpref.errors import DateError
from rcpref.model import LIMA, LISTED
from rcpref.spelling import key_of

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

_PARTS = 3
"""The most words that the label of a property has in these lines."""

_FORMATS = ("json", "jsonl", "csv", "tsv", "markdown", "text", "table")


def reordered(data: Data, words: Sequence[str], commands: Sequence[str]) -> list[str] | None:
    """The arguments that words without a command mean; None where not all are understood."""
    if len(words) == 1 and words[0].lower() == "version":
        return ["about"]
    if kind := _kind(words):
        return ["list", kind]
    singular = {command.removesuffix("s"): command for command in commands}
    for word, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        typed = word.lower()
        command = typed if typed in commands else singular.get(typed)
        if command == "conclusions" and _means(data, rest, LIMA):
            return [command]
        if command and rest and (_is_name(data, rest) or all(map(str.isdecimal, rest))):
            return [command, *rest]
    for part, rest in _splits(words):
        key = _property(data, part)
        if key and _is_name(data, rest):
            return ["show", *rest, "-p", key]
    return None


def _kind(words: Sequence[str]) -> str:
    """The kind of entries that the words are, as in "processes"."""
    asked = key_of(" ".join(words))
    return next((each for each in LISTED.values() if asked == key_of(each)), "")


def _splits(words: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The words parted in two, what may be a property first."""
    for count in range(min(_PARTS, len(words) - 1), 0, -1):
        yield words[:count], words[count:]
        yield words[-count:], words[:-count]


def _property(data: Data, words: Sequence[str]) -> str | None:
    from rcpref.views.words import property_named

    return property_named(data, " ".join(words))


def _is_name(data: Data, words: Sequence[str]) -> bool:
    return bool(data.plain.names.match(" ".join(words)))


def _means(data: Data, words: Sequence[str], key: str) -> bool:
    return [each.key for each in data.plain.names.match(" ".join(words))] == [key]


# Options that other programs have, and dates in words ----------------------------------


def line_with_option(args: Sequence[str], option: str) -> str:
    """The whole line that works in the place of one with an option of other programs."""
    words = list(args)
    place = next((n for n, word in enumerate(words) if word.partition("=")[0] == option), None)
    if place is None:
        return ""
    if option.removeprefix("--") in _FORMATS:
        words[place : place + 1] = ["-f", option.removeprefix("--")]
        return f"rcpref {shlex.join(words)}"
    if option in ("-o", "--output") and place + 1 < len(words):
        _, target = words[place : place + 2]
        suffix = target.rpartition(".")[2].lower()
        form = {"md": "markdown", "txt": "text"}.get(suffix, suffix)
        rest = [*words[:place], *words[place + 2 :], *(["-f", form] if form in _FORMATS else [])]
        return f"rcpref {shlex.join(rest)} > {shlex.quote(target)}"
    return ""


_IN_WORDS = re.compile(r"(?:(\d{1,2})\.? +)?([A-Za-z]{3,9})\.?(?: +(\d{1,2}),?)? +(\d{4})")


def line_with_date(args: Sequence[str]) -> str:
    """The whole line with its date as the program takes it, for one as people write it."""
    for place, word in enumerate(args):
        option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        found = _IN_WORDS.fullmatch(value.strip())
        months = [n for n, name in enumerate(MONTHS, 1) if found and _begins(name, found[2])]
        if found and len(months) == 1:
            day = found[1] or found[3]
            date = f"{found[4]}-{months[0]:02}{f'-{int(day):02}' if day else ''}"
            try:
                parse(date)
            except DateError:  # no calendar has that day
                return ""
            words = [*args[:place], f"{option}{equals}{date}", *args[place + 1 :]]
            return f"rcpref {shlex.join(words)}"
    return ""


def _begins(name: str, word: str) -> bool:
    return name.lower().startswith(word.lower())
