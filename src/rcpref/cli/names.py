"""Names as they are typed: several words without quotation marks, or on standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from rcpref.errors import NotFound, UsageProblem
from rcpref.fields import Fields
from rcpref.model import COMPARED_KINDS, MEMBER_KINDS

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


_ENGLISH = frozenset(("a", "in", "member", "of", "part", "the"))
"""Behind "is", words of a question, in which that is not the code of Iceland."""

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
        raise UsageProblem("- reads names from standard input; no other name may be given")
    if len(typed) == 1:
        return list(typed)
    if [*typed[:1]] == ["is"] and not _ENGLISH.isdisjoint(typed):
        raise NotFound("a question is not a name", "leave out its small words", name="is")
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
    """Names from standard input, one on each line; the first column if lines have tabs."""
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
