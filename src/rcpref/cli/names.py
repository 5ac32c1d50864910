"""Names as they are typed: several words without quotation marks, or on standard input.

Also lines whose words stand in another order than the program takes: the line that they mean.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from rcpref.dates import MONTHS, parse
from rcpref.errors import DateError, UsageProblem
from rcpref.fields import Fields
from rcpref.model import COMPARED_KINDS, LIMA, LISTED, MEMBER_KINDS
from rcpref.spelling import key_of

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.countries import Country
    from rcpref.model.records import Record

STDIN = "-"  # what stands for names on standard input

_MOST = 1_000_000  # bytes of standard input that can be names; more is not what was meant


class Among(Fields):
    """What a command takes names of: records of some kinds, States, references."""

    kinds: tuple[str, ...] | None = ()  # empty for all, None for no records
    states: bool = False
    references: bool = False


ANY = Among(states=True)
RECORDS = Among()
WITH_MEMBERS = Among(MEMBER_KINDS)
COMPARED = Among(COMPARED_KINDS)
STATES = Among(kinds=None, states=True)
REFERENCES = Among(references=True)


def names_of(data: Data, typed: Sequence[str], among: Among) -> list[str]:
    """The names that arguments are: each that holds blanks; of words as many as fit a name.

    Ids, written letter for letter, are left as they are, so that what a command lists can be
    given to another; but ids of records that together are one name of a record are that.
    """
    if list(typed) == [STDIN]:
        return list(_read())
    # In between it is part of a name: Congo - Brazzaville.
    if STDIN in (*typed[:1], *typed[-1:]):
        raise UsageProblem("- reads names from standard input and stands alone")
    if len(typed) == 1:
        return list(typed)
    if all(_is_key(data, word, among) for word in typed):
        whole = " ".join(typed)
        records = all(word in data.document["records"] for word in typed)
        return [whole] if records and _is_name(data, whole, RECORDS) else list(typed)
    names: list[str] = []
    for words, run in groupby(typed, key=_is_word):
        arguments = list(run)
        if not words or len(arguments) == 1 or _is_name(data, " ".join(arguments), among):
            names += [" ".join(arguments)] if words else arguments
            continue
        names += _read_as(data, arguments, among)
    return names


def records_and_states(data: Data, typed: Sequence[str]) -> list[Record | Country]:
    from rcpref.answers.names import find_any

    return [find_any(data, name) for name in names_of(data, typed, ANY)]


def with_members(data: Data, typed: Sequence[str]) -> list[Record]:
    from rcpref.answers.names import find_of_kinds

    names = names_of(data, typed, WITH_MEMBERS)
    return [find_of_kinds(data, name, MEMBER_KINDS, "members") for name in names]


def together_of(data: Data, typed: Sequence[str]) -> list[Record]:
    """The records with members that arguments name, two at least."""
    records = list(dict.fromkeys(with_members(data, typed)))
    if len(records) < 2:
        raise UsageProblem(
            f"members are shared by two records, not by {records[0].short_name} alone",
            "name another record, or leave the name out for all",
        )
    return records


def _read_as(data: Data, arguments: Sequence[str], among: Among) -> list[str]:
    from rcpref.answers.names import names_among, two_readings
    from rcpref.data.names import BUNDLED

    readings = []
    for part in (None, BUNDLED) if data.overlay else (None,):
        fits = partial(_meaning, data, among, part)
        names = names_among(arguments, fits, partial(_as_it_stands, data, among))
        readings.append(_with_generic(arguments, names, fits))
    for other in readings[1:]:
        if other != readings[0] and all(map(fits, other)):
            raise two_readings(arguments, other, readings[0])
    return readings[0]


def _meaning(data: Data, among: Among, part: bool | None, name: str) -> frozenset[str]:
    """What a name fits; of the bundled data alone, or where no part is given of all."""
    matches = data.plain.names.match(name, among.kinds, among.states, part)
    found = frozenset(match.key for match in matches)
    if found or not among.references:
        return found
    from rcpref.answers.references import passages_meant

    # A passage such as conclusion-3 or a claim; what it means is not looked up here.
    lone = _is_word(name) and (_is_reference(data, name) or not name.isalpha())
    is_one = lone or (not _is_word(name) and passages_meant(data, name))
    return frozenset([name]) if is_one else found


def _with_generic(
    arguments: Sequence[str], names: list[str], fits: Callable[[str], frozenset[str]]
) -> list[str]:
    """The names; "congo process" is one name that nothing has, not the Congo and a "process"."""
    if fits(names[-1]):
        return names
    from rcpref.answers.suggestions import distinctive

    if distinctive(names[-1]):
        return names
    return [*names[:-2], " ".join(names[-2:] if names[1:] else arguments)]


def _is_word(argument: str) -> bool:
    return argument.split() == [argument]


def _is_key(data: Data, word: str, among: Among) -> bool:
    """Whether a word is an id or code, letter for letter."""
    document = data.document
    if among.references and _is_reference(data, word):
        return True
    if among.kinds is not None and word in document["records"]:
        return data.plain.has_id(word, among.kinds)
    return among.states and word in document["countries"]


def _is_reference(data: Data, word: str) -> bool:
    """Whether a word can only be a reference: no name of a record begins or ends with it."""
    from rcpref.answers.references import DATASET

    return "/" in word or word in data.document["sources"] or word.lower() in DATASET


def _is_name(data: Data, words: str, among: Among) -> bool:
    """Whether words are one name of the bundled data: the usual case, and sooner found out."""
    from rcpref.data.names import BUNDLED

    return bool(data.plain.names.match(words, among.kinds, among.states, BUNDLED))


def _as_it_stands(data: Data, among: Among, name: str) -> bool:
    """Whether words are a name or key of the data, none of them left out."""
    from rcpref.data.names import BY_RULES

    found = data.plain.names.match(name, among.kinds, among.states)
    return _is_key(data, name, among) or any(match.strength < BY_RULES for match in found)


def _read() -> Iterator[str]:
    """Names from standard input, one a line; of a table with tabs the first column."""
    stream = sys.stdin
    content = stream.buffer.read(_MOST + 1) if stream is not None else b""
    if len(content) > _MOST:
        raise UsageProblem("standard input is too long for names", "give one name a line")
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UsageProblem(f"standard input, line {line}: it is not UTF-8") from error
    names = [line.partition("\t")[0].strip() for line in lines]
    if not any(names):
        raise UsageProblem("there is no name on standard input", "give one name a line")
    yield from (name for name in names if name)


# Lines in another order: looked for only where the words are no name -------------------

_PARTS = 3  # the most words that the label of a property has in these lines

_FORMATS = ("json", "jsonl", "csv", "tsv", "markdown", "text", "table")


def reordered(data: Data, words: Sequence[str], commands: Sequence[str]) -> list[str] | None:
    """The arguments that words without a command mean; None where not all are understood."""
    from rcpref.views.words import property_named

    def matches(rest: Sequence[str]) -> list[str]:
        return [each.key for each in data.plain.names.match(" ".join(rest))]

    if len(words) == 1 and words[0].lower() == "version":
        return ["about"]
    asked = key_of(" ".join(words))
    if kind := next((each for each in LISTED.values() if asked == key_of(each)), ""):
        return ["list", kind]
    singular = {command.removesuffix("s"): command for command in commands}
    for word, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        typed = word.lower()
        command = typed if typed in commands else singular.get(typed)
        if command == "conclusions" and matches(rest) == [LIMA]:
            return [command]
        if command and rest and (matches(rest) or all(map(str.isdecimal, rest))):
            return [command, *rest]
    for count in range(min(_PARTS, len(words) - 1), 0, -1):
        for part, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            key = property_named(data, " ".join(part))
            if key and matches(rest):
                return ["show", *rest, "-p", key]
    return None


def line_with_option(args: Sequence[str], option: str) -> str:
    """The whole line that works in the place of one with an option of other programs."""
    import shlex

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
    import shlex

    for place, word in enumerate(args):
        option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        found = _IN_WORDS.fullmatch(value.strip())
        begin = found[2].lower() if found else "-"
        months = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(begin)]
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
