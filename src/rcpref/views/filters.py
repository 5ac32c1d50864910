"""What the filters of a listing, and words typed freely, ask of a record.

The function named as the option of a filter makes a question of its text, or refuses that;
what it asks is in the help of the option, in `FILTERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from rcpref.answers.membership.answer import CERTAIN, DISPUTED, EVENT, NO, POSSIBLE, UNKNOWN, Answer
from rcpref.answers.membership.evidence import MEMBERS
from rcpref.answers.membership.members import member_at, not_founded, states_named
from rcpref.answers.names import find_of_kinds, find_state, refuse_shared
from rcpref.answers.time import AsOf
from rcpref.answers.values import Value, answer_of, last_active, sure, value_at, with_sessions
from rcpref.data.dataset import Data
from rcpref.dates import parse, parse_range
from rcpref.errors import DateError, UsageProblem, echo, listed
from rcpref.fields import Fields
from rcpref.model import HELD_KINDS
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Cell, Column, Item
from rcpref.spelling import asked_words, begun_by, key_of, words
from rcpref.views.items import answer_item
from rcpref.views.property import ValueColumn, column_of, value_column
from rcpref.views.words import CAPACITY_WORDS, capacity_named
from rcpref.wording import Part


class FilterMatch(Fields):
    """Why a record matches a filter: the claims, and what JSON says of it beside them."""

    claims: Sequence[Claim]
    item: Item | None = None


class Question(Fields):
    """A filter whose text is understood, ready to be asked of records."""

    text: str
    ask: Callable[[Record], FilterMatch | Answer | None]
    """Why a record matches; None if it does not, an answer if it may."""
    columns: Sequence[Column] = ()  # of what is asked itself
    values: ValueColumn | None = None  # for the kinds that have the property
    near: Mapping[str, str] = {}  # why records do not match that nearly do, by id


def _fitting_values(
    column: ValueColumn, fits: Callable[[str], bool]
) -> Callable[[str], list[Value]]:
    """The values of a record that fit and have begun by the date, by its id."""

    @cache
    def fitting(record: str) -> list[Value]:
        return [v for v in column.values(record) if v.basis != "later" and fits(v.item)]

    return fitting


def _match_of(found: Sequence[Value]) -> FilterMatch | None:
    return FilterMatch([claim for value in found for claim in value.claims]) if found else None


def attended(data: Data, text: str, _: AsOf) -> Question:
    meeting = find_of_kinds(data, text, HELD_KINDS, "list of who took part").id

    def ask(record: Record) -> FilterMatch | None:
        claims = record.claims_of("attended")
        took_part = next((claim for claim in claims if meeting in claim.values), None)
        return FilterMatch([took_part]) if took_part else None

    def attendance(item: Item) -> Mapping[str, Any]:
        claims = (claim for claim in item["claims"] if claim["property"] == "attended")
        return next(claim for claim in claims if meeting in claim["value"])

    columns = (
        Column("role", "Took part as", cell=lambda item: attendance(item).get("role")),
        Column("passage", "Where it says so", cell=lambda item: attendance(item).get("passage")),
    )
    return Question(meeting, ask, columns)


def member(data: Data, text: str, asked: AsOf, key: str = MEMBERS) -> Question:
    state = find_state(data, text).alpha3

    def ask(record: Record) -> FilterMatch | Answer | None:
        answer = member_at(data, record, state, asked, key)
        if answer.certain:
            return FilterMatch(answer.rests_on, answer_item(answer))
        return answer if answer.answer != NO and state in states_named(record, key) else None

    columns = (Column("answer", "Answer"), Column("basis", "Basis"), Column("reason", "Why"))
    return Question(state, ask, columns)


def capacity(data: Data, text: str, asked: AsOf) -> Question:
    key = capacity_named(text)
    return _states_match(CAPACITY_WORDS[key], value_column(data, key, asked), lambda _: True)


def chair(data: Data, text: str, asked: AsOf) -> Question:
    state = find_state(data, text).alpha3
    return _states_match(state, value_column(data, "chair", asked), lambda item: item == state)


def _states_match(text: str, column: ValueColumn, fits: Callable[[str], bool]) -> Question:
    """Whether a State among the values fits; possibly, if none that fits is certain."""

    def ask(record: Record) -> FilterMatch | Answer | None:
        found = [value for value in column.values(record.id) if fits(value.item)]
        return _match_of(sure(found)) or (answer_of(found[0]) if found else None)

    return Question(text, ask, values=column)


def secretariat(data: Data, text: str, asked: AsOf) -> Question:
    spellings = [asked_words(text)]
    refuse_shared(data, text)
    for match in data.plain.names.match(text, ("organization", "body"), states=False):
        raw = data.document["records"][match.key]
        spellings += [words(raw[key]) for key in ("name", "short_name", "acronym") if key in raw]

    def fits(item: str) -> bool:
        there = words(item)
        # "None named; support by ICMPD" names ICMPD, and says that it is none.
        return there[:1] not in _NOBODY and any(begun_by(there, keys) for keys in spellings)

    return _some_match(data, "secretariat", text, fits, asked)


_NOBODY = (("none",), ("no",))  # how the value begins where there is no secretariat


def founded(data: Data, text: str, asked: AsOf) -> Question:
    time = parse_range(text)
    column = value_column(data, "founded", asked)

    def ask(record: Record) -> FilterMatch | Answer | None:
        values = column.values(record.id)
        dates = [parse(value.item) for value in values]
        inside = [date.within(time) for date in dates]
        touching = [date.overlaps(time) for date in dates]
        if not any(touching):
            return None
        if all(touching) and any(inside):
            return _match_of(values)
        word = POSSIBLE if all(touching) else DISPUTED
        claims = tuple(claim for value in values for claim in value.claims)
        return Answer(
            word, EVENT, (Part("founded-or", tuple(date.text for date in dates)),), claims
        )

    return Question(text, ask, values=column)


def met(data: Data, text: str, asked: AsOf) -> Question:
    time = parse_range(text)

    def ask(record: Record) -> FilterMatch | Answer | None:
        every = with_sessions(data, record)
        known = [each for each in every if each.when.first <= asked.date.last]
        for found in reversed(known):
            if found.surely_in(time):
                item = {"met": found.when.text, "occasion": found.what or None}
                return FilterMatch(found.claims, item)
        for found in reversed(known):
            if found.when.overlaps(time):
                when = found.when.text
                part = Part("meeting-announced" if found.announced else "met-some-time", (when,))
                return Answer(POSSIBLE, EVENT, (part,), found.claims, when)
        return None

    return Question(text, ask, (Column("met", "Met"), Column("occasion", "Occasion", room=60)))


def active_since(data: Data, text: str, asked: AsOf, wanted: bool = True) -> Question:
    option = "active" if wanted else "inactive"
    try:
        since = parse(text).first
    except DateError as error:
        raise DateError(error.message, f"rcpref list processes --{option}-since 2022") from error

    def ask(record: Record) -> FilterMatch | Answer | None:
        if not_founded(record, asked) is not None:
            return None
        last = last_active(data, record.id, asked)
        if last is None:
            return None if wanted else Answer(UNKNOWN, None, (Part("no-activity"),))
        certain = parse(last).first >= since
        if certain or parse(last).last < since:
            return FilterMatch(()) if certain == wanted else None
        return Answer(POSSIBLE, EVENT, (Part("last-seen", (last,)),), (), last)

    return Question(text, ask)


inactive_since = partial(active_since, wanted=False)


def classification(data: Data, text: str, asked: AsOf) -> Question:
    known = data.plain.values_claimed("classification")
    if key_of(text) not in map(key_of, known):
        raise UsageProblem(f"no classification {echo(text)}", listed("one of", sorted(known)))
    column = value_column(data, "classification", asked)
    fitting = _fitting_values(column, lambda item: key_of(item) == key_of(text))
    return Question(text, lambda record: _match_of(fitting(record.id)), values=column)


def topic(data: Data, text: str, asked: AsOf) -> Question:
    keys = asked_words(text)
    return _some_match(data, "topics", text, lambda item: begun_by(words(item), keys), asked)


def _some_match(
    data: Data, key: str, text: str, fits: Callable[[str], bool], asked: AsOf
) -> Question:
    """Whether some values of a property fit; its column has those alone."""
    fitting = _fitting_values(value_column(data, key, asked), fits)
    values = ValueColumn(key, column_of(data, key, fitting, asked), fitting, part=True)
    return Question(text, lambda record: _match_of(fitting(record.id)), values=values)


def region(data: Data, text: str, asked: AsOf) -> Question:
    meant = region_named(data, text)
    near: dict[str, str] = {}
    every = value_column(data, "region", asked)
    fitting = _fitting_values(every, in_words(meant))
    records = data.document["records"]

    def ask(record: Record) -> FilterMatch | None:
        if (found := _match_of(fitting(record.id))) is not None:
            return found
        if named_within(records[record.id], meant) and not_founded(record, asked) is None:
            return FilterMatch(())
        inside, members = members_in(data, record, meant, asked)
        if len(inside) * 2 > len(members):
            return _match_of(inside)
        if inside:
            near[record.id] = f"{len(inside)} of {len(members)}"
        return None

    def cell(item: Item) -> Cell:
        if fitting(item["id"]):
            return every.column.read(item)
        named = named_within(records[item["id"]], meant)
        return f"{meant.name}, {'by its name' if named else 'by most of its members'}"

    column = every.column._replace(cell=cell)
    values = every._replace(column=column)
    return Question(meant.name, ask, values=values, near=near)


def member_in(data: Data, state: str, capacity: str, asked: AsOf) -> dict[str, Question]:
    """The two filters where both are asked for: one question, whether it is in that capacity."""
    key = capacity_named(capacity)
    return {
        "member": member(data, state, asked, key),
        "capacity": Question(CAPACITY_WORDS[key], lambda _: FilterMatch(())),
    }


# What a region is: UN M49 regions, the names in common use, and how a record lies in one


class Region(Fields):
    """A region that can be asked for, with the UN M49 regions and subregions wholly in it."""

    name: str
    places: Sequence[str] = ()
    spellings: Sequence[str] = ()  # what its words may be in names and in the words of sources


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
    "Sub-Saharan Africa": ("Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa"),
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

_M49 = ("region", "subregion")

_COMPOUND = re.compile(r"\b(north|south|middle|near)[\s-]?(east|west)(?:ern)?\b")
_ENDING = re.compile(r"\b(north|south|east|west)ern\b")

_POINTS = ("north", "south", "east", "west")
_DIRECTIONS = frozenset(
    (*_POINTS, "central", "middle", "northeast", "northwest", "southeast", "southwest")
)


def region_named(data: Data, text: str) -> Region:
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
            word.startswith(area) and direction in before for word, before in _directions(text)
        )
    return lambda text: begun_by(_words(text), keys)


def _words(text: str) -> tuple[str, ...]:
    """The words of a region: South-eastern Asia is South-East Asia, and in no east or south."""
    joined = _COMPOUND.sub(r"\1\2", text.lower())
    found = words(_ENDING.sub(r"\1", joined))
    return tuple(word for word in found if word != "the") or found


def _directions(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each word with the directions before it: of "North, West and Central Africa" three."""
    before: frozenset[str] = frozenset()
    for word in _words(text):
        if word in _DIRECTIONS:
            before |= {word}
        elif word != "and":
            yield word, before
            before = frozenset()


def named_within(raw: dict[str, Any], region: Region) -> bool:
    """Whether a name of a record has the words of a region."""
    return any(map(in_words(region), (raw["short_name"], raw["name"], *raw.get("aliases", ()))))


def members_in(
    data: Data, record: Record, region: Region, asked: AsOf
) -> tuple[list[Value], list[Value]]:
    """The certain members in a region, and all certain members."""
    if not region.places:
        return [], []
    members = [v for v in value_at(data, record, "members", asked) if v.answer in CERTAIN]
    inside = [
        value
        for value in members
        if not {getattr(data.countries[value.item], key) for key in _M49}.isdisjoint(region.places)
    ]
    return inside, members


# Words typed freely: in which columns each of them fits ---------------------------------

FITS = "fits"  # key of an item for where each word fits

_NAMES = {
    "id": "Id",
    "short_name": "Short name",
    "acronym": "Acronym",
    "name": "Official name",
    "aliases": "Aliases",
    "names": "Names in other languages",
}


def parse_words(typed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What was typed, by word, as words for a look-up; punctuation alone is none."""
    asked_words(" ".join(typed))
    return {word: keys for text in typed for word in text.split() if (keys := words(word))}


def places_column(labels: Mapping[str, str], typed_words: Mapping[str, Sequence[str]]) -> Column:
    known = {**_NAMES, **labels}

    def cell(item: Item) -> Cell:
        found = item[FITS].items()
        places = {word: ", ".join(known[key] for key in keys) for word, keys in found}
        if len(typed_words) == 1:
            return next(iter(places.values()))
        return tuple(f"{word}: {found}" for word, found in places.items())

    return Column(FITS, "Found in", style="quiet", room=70, cell=cell)


def places_of(
    item: Item, columns: Sequence[Column], typed_words: Mapping[str, Sequence[str]]
) -> dict[str, list[str]] | None:
    """The columns of an item in which each word fits; None if one fits in none."""
    there = {column.key: _texts(column.read(item)) for column in columns}
    there["names"] = list((item.get("names") or {}).values())
    found = {
        word: [key for key, texts in there.items() if _in(texts, keys)]
        for word, keys in typed_words.items()
    }
    return found if all(found.values()) else None


def _texts(cell: Cell) -> Sequence[str]:
    if isinstance(cell, str):
        return (cell,)
    return cell if isinstance(cell, tuple) else ()


def _in(texts: Iterable[str], keys: Sequence[str]) -> bool:
    return begun_by({word for text in texts for word in words(text)}, keys)


class FreeWords:
    """Words, each of which must fit in a name, in a value at the date, or in what is shown."""

    def __init__(
        self, data: Data, kind: str, typed: Sequence[str], asked: AsOf, shown: Sequence[Column]
    ) -> None:
        self.data, self.asked, self.shown = data, asked, shown
        self.words = parse_words(typed)
        # A word of an address says nothing of what is there.
        self.labels = {
            key: raw["label"]
            for key, raw in data.document["properties"].items()
            if kind in raw["kinds"] and raw["type"] != "url"
        }
        labels = {**self.labels, **{column.key: column.label for column in shown}}
        self.column = places_column(labels, self.words)

    def ask(self, record: Record, item: Item) -> FilterMatch | Answer | None:
        """Why a record with its item matches; None if it does not, an answer if it may."""
        found: dict[str, list[str]] = {}
        claims: dict[Claim, None] = {}
        open_: Answer | None = None
        for word, keys in self.words.items():
            places, proofs, answer = self._fitting(record, keys)
            places += [each.key for each in self.shown if _in(_texts(each.read(item)), keys)]
            if not places and answer is None:
                return None
            found[word] = places
            claims |= dict.fromkeys(proofs)
            open_ = open_ or (None if places else answer)
        return open_ or FilterMatch(tuple(claims), {FITS: found})

    def _fitting(
        self, record: Record, keys: Sequence[str]
    ) -> tuple[list[str], list[Claim], Answer | None]:
        """Where a word fits, the claims that say so, and the answer that is not certain, if any."""
        raw = self.data.document["records"][record.id]
        names = {key: _texts(raw.get(key)) for key in ("short_name", "acronym", "name")}
        names |= {"id": (record.id,), "aliases": raw.get("aliases", ())}
        names["names"] = tuple(raw.get("names", {}).values())
        places = [key for key in _NAMES if _in(names[key], keys)]
        claims: list[Claim] = []
        uncertain: list[Value] = []
        for key in self._claimed(record.id, keys):
            values = value_at(self.data, record, key, self.asked)
            fitting = [value for value in values if _in(self._words_of(key, value.item), keys)]
            if certain := sure(fitting):
                places.append(key)
                # Of what happened many times the last is proof enough.
                claims += certain[-1].claims
            uncertain += [value for value in fitting if value.answer is not None]
        return places, claims, answer_of(uncertain[0]) if uncertain else None

    def _claimed(self, record: str, keys: Sequence[str]) -> list[str]:
        """The properties of which some claim on a record has the words, at whatever date."""
        found = set()
        for claim in self.data.document["claims"][record]:
            key, value = claim["property"], claim["value"]
            items = value if isinstance(value, (list, tuple)) else (value,)
            if _in((text for item in items for text in self._words_of(key, str(item))), keys):
                found.add(key)
        return [key for key in self.labels if key in found]

    def _words_of(self, key: str, item: str) -> tuple[str, ...]:
        """A value as it can be asked for: a State by its name, too."""
        if self.data.type_of(key) == "states" and item in self.data.document["countries"]:
            return item, self.data.document["countries"][item]["name"]
        return (item,)
