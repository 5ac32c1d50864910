"""What a region is: UN M49 regions, the names in common use, and how a record lies in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership.answer import CERTAIN
from rcpref.answers.values import Value, value_at
from rcpref.data.dataset import Data
from rcpref.errors import UsageProblem, echo, listed
from rcpref.fields import Fields
from rcpref.spelling import asked_words, begun_by, words

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Record


class Region(Fields):
    """A region that can be asked for.

    Attributes:
        name: What it is called.
        places: UN M49 regions and subregions that are wholly in it; empty where none are.
        spellings: What its words may be in names and in the words of sources.
    """

    name: str
    places: Sequence[str] = ()
    spellings: Sequence[str] = ()


COMMON = {
    "Asia-Pacific": ("Asia", "Oceania"),
    "Central Africa": ("Middle Africa",),
    "Gulf": (),
    "Horn of Africa": (),
    "Latin America": ("Caribbean", "Central America", "South America"),
    "Mediterranean": (),
    "Middle East": ("Western Asia",),
    "Middle East and North Africa": ("Western Asia", "Northern Africa"),
    "Pacific": ("Melanesia", "Micronesia", "Polynesia"),
    "Sub-Saharan Africa": (
        "Eastern Africa",
        "Middle Africa",
        "Southern Africa",
        "Western Africa",
    ),
}
"""Names in common use, with the UN M49 regions that they mean.

M49 says "Middle Africa" where others say Central Africa, and has no name for some. The choice
is ours, and no position on what a region is: Latin America and Sub-Saharan Africa are what
M49 groups under these names; the Middle East is taken as Western Asia, the nearest that
there is. A region without any is looked for by its words alone.
"""

_ALSO = {
    "Americas": ("America",),
    "Asia-Pacific": ("Asia and the Pacific",),
    "Latin America": ("Latin America and the Caribbean",),
    "Middle East and North Africa": ("MENA",),
}
"""Other ways in which some are typed."""

_M49 = ("region", "subregion")

_COMPOUND = re.compile(r"\b(north|south|middle|near)[\s-]?(east|west)(?:ern)?\b")
_ENDING = re.compile(r"\b(north|south|east|west)ern\b")

_DIRECTIONS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "central",
        "middle",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
    ]
)


def region_named(data: Data, text: str) -> Region:
    """The region that a text means."""
    asked_words(text)
    known = _known(data)
    asked = _words(text)
    for region in known.values():
        if asked in map(_words, (region.name, *_ALSO.get(region.name, ()))):
            return region
    if any(map(_with(text), data.plain.values_claimed("region"))):
        return Region(text, (), (text,))
    raise UsageProblem(f"no region {echo(text)}", listed("regions", _shortly(known)))


def _known(data: Data) -> dict[str, Region]:
    """All regions that have a name, by that name."""
    places = [raw[key] for raw in data.document["countries"].values() for key in _M49]
    every = {**{place: (place,) for place in places if place}, **COMMON}
    return {
        name: Region(name, inside, (name, *inside, *_ALSO.get(name, ())))
        for name, inside in every.items()
    }


def _shortly(names: Iterable[str]) -> list[str]:
    """Names in few words, those of M49 that end alike together: "Asia (Central, Eastern)"."""
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        end = name if name in COMMON else name.rpartition(" ")[2]
        groups.setdefault(end, []).append(name)
    return sorted(
        f"{last} ({', '.join(lead for name in every if (lead := name[: -len(last)].strip()))})"
        if every[1:]
        else every[0]
        for last, every in groups.items()
    )


def names_of_regions(data: Data) -> list[str]:
    """The regions that have a name, sorted."""
    return sorted(_known(data))


def in_words(region: Region) -> Callable[[str], bool]:
    """Whether a text has the words of a region, in one of its spellings."""
    fitting = [_with(spelling) for spelling in region.spellings]
    return lambda text: any(fits(text) for fits in fitting)


def _with(spelling: str) -> Callable[[str], bool]:
    """Whether a text has some words; the direction of an area must be said of that area."""
    keys = _words(spelling)
    if len(keys) == 2 and keys[0] in _DIRECTIONS:
        direction, area = keys
        return lambda text: any(
            word.startswith(area) and direction in said for word, said in _directions(text)
        )
    return lambda text: begun_by(_words(text), keys)


def _words(text: str) -> tuple[str, ...]:
    """The words of a region: South-eastern Asia is South-East Asia, and in no east or south."""
    joined = _COMPOUND.sub(r"\1\2", text.lower())
    found = words(_ENDING.sub(r"\1", joined))
    return tuple(word for word in found if word != "the") or found


def _directions(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each word with the directions before it: of "North, West and Central Africa" three."""
    said: frozenset[str] = frozenset()
    for word in _words(text):
        if word in _DIRECTIONS:
            said |= {word}
        elif word != "and":
            yield word, said
            said = frozenset()


def names_within(raw: dict[str, Any], region: Region) -> list[str]:
    """The names of a record that have the words of a region."""
    names = [raw["short_name"], raw["name"], *raw.get("aliases", ())]
    fits = in_words(region)
    return [name for name in names if fits(name)]


def mostly_in(data: Data, record: Record, region: Region, asked: AsOf) -> list[Value]:
    """The certain members in a region, if more than half of them lie there."""
    if not region.places:
        return []
    places = set(region.places)
    members = [v for v in value_at(data, record, "members", asked) if v.answer in CERTAIN]
    inside = [
        value
        for value in members
        if {getattr(data.countries[value.item], key) for key in _M49} & places
    ]
    return inside if len(inside) * 2 > len(members) else []
