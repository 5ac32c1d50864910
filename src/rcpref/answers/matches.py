"""What a name fits, among all names of records and States in the data.

The names are those of the data, in three strengths, and the strongest that fits decides:

1. strong: id, official name, short name, acronym (for a State: codes and both names);
2. weak: aliases and names in other languages;
3. rules: of a record any of these with generic words left out ("the", "Process",
   "Dialogue", ...); of a State only with small words left out ("the", "of", "and"), as no
   State is a process; and what ends the names of several States names all of these
   ("Korea").

Before the rules, a query that fits nothing as a whole may be two names of one record or
State, the second in brackets: "Migration Dialogue for Southern Africa (MIDSA)", "Peru
(PER)".

The bundled data and what an overlay adds are asked apart, so that no name of an overlay takes
one of the bundled data: a name that both have fits both. What is an id or code, letter for
letter, means that alone; and a whole name of the bundled data is not one that an overlay has
with words left out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from rcpref.data.dataset import Data
from rcpref.errors import only_text
from rcpref.fields import Fields
from rcpref.spelling import GENERIC, SMALL, key_of, short_key_of, words


class Match(Fields):
    """How a name was understood.

    Attributes:
        key: Id of the record, or alpha-3 code of the State.
        name: The name in the data that fits.
        how: Which kind of name it is, in words.
        strength: 1 strong, 2 weak, 3 with generic words left out.
    """

    key: str
    name: str
    how: str
    strength: int


_Name = tuple[str, str, str, int]
"""Key of the record or State, the name, which kind of name it is, and its strength."""


def _record_names(raw: Mapping[str, Any], key: str, strength: int) -> Iterator[tuple[str, str]]:
    if strength == 1:
        yield key, "id"
        yield raw["short_name"], "short name"
        yield raw["name"], "official name"
        if "acronym" in raw:
            yield raw["acronym"], "acronym"
    else:
        yield from _weak_names(raw, "alias")


def _country_names(raw: Mapping[str, Any], key: str, strength: int) -> Iterator[tuple[str, str]]:
    if strength == 1:
        yield key, "alpha-3 code"
        yield raw["alpha2"], "alpha-2 code"
        yield raw["name"], "name"
        yield raw["official_name"], "official name"
        if "numeric" in raw:
            yield raw["numeric"], "numeric code"
    else:
        yield from _weak_names(raw, "other or former name")


def _weak_names(raw: Mapping[str, Any], how: str) -> Iterator[tuple[str, str]]:
    for alias in raw.get("aliases", ()):
        yield alias, how
    for language, name in raw.get("names", {}).items():
        yield name, f"name in another language ({language})"


_EVERY = (1, 2)
"""Strengths of the names in the data."""

BY_RULES = 3
"""The strength of what fits by rules: words are left out."""


BUNDLED, OWN = False, True
"""Parts of a data set: what is bundled, and what an overlay adds to it."""

_Part = bool | None
"""One of them; None for both."""


def is_own(raw: Mapping[str, Any]) -> bool:
    """Whether a record, State or text, as plain data, comes from an overlay."""
    return bool(raw.get("overlay"))


def _all_record_names(
    data: Data,
    kinds: tuple[str, ...],
    part: _Part = None,
    strengths: Sequence[int] = _EVERY,
) -> Iterator[_Name]:
    for key, raw in data.document["records"].items():
        if part in (None, is_own(raw)) and (not kinds or raw["kind"] in kinds):
            for strength in strengths:
                for name, how in _record_names(raw, key, strength):
                    yield key, name, how, strength


def _all_country_names(
    data: Data, part: _Part = None, strengths: Sequence[int] = _EVERY
) -> Iterator[_Name]:
    for key, raw in data.document["countries"].items():
        for strength in strengths if part in (None, is_own(raw)) else ():
            for name, how in _country_names(raw, key, strength):
                yield key, name, how, strength


_Names = Callable[[Sequence[int]], Iterable[_Name]]
"""Gives the names of some strengths."""


def _whole(query: str, names: _Names) -> list[Match]:
    """The matches of a whole name, at the best strength, one for each record or State.

    Args:
        query: The name as somebody typed it.
        names: Gives the names of some strengths.
    """
    key = key_of(query)
    found: dict[str, Match] = {}
    # Weak names, the larger part, are looked at only where no strong one fits.
    for strength in _EVERY if key else ():
        for owner, name, how, _ in names((strength,)):
            if _may_begin(name, key) and key_of(name) == key:
                found.setdefault(owner, Match(owner, name, how, strength))
        if found:
            break
    return list(found.values())


def _shortened(query: str, names: _Names, left_out: Collection[str], what: str) -> list[Match]:
    """The matches with some words left out, one for each record or State.

    Args:
        query: The name as somebody typed it.
        names: Gives the names of some strengths.
        left_out: The words.
        what: What they are called.
    """
    short = short_key_of(query, left_out)
    found: dict[str, Match] = {}
    for owner, name, how, _ in names(_EVERY) if short else ():
        if not _is_foreign(name, short) and short_key_of(name, left_out) == short:
            found.setdefault(owner, Match(owner, name, f"{how}, {what} words left out", BY_RULES))
    return list(found.values())


_MOST_ENDING = 4
"""So many States at the most are meant by the end of their names: that of more ("Islands")
is no name."""


def _ending(query: str, names: _Names) -> list[Match]:
    """The States that share the end of a name: "Korea", "Virgin Islands".

    They are those of which a name ends in the query; it must tell them apart from all
    others, so no other State may have it anywhere in a name. What fits one alone is no
    name of it: the words of a State's name are not left out.

    Args:
        query: The name as somebody typed it.
        names: Gives the names of some strengths.
    """
    asked = words(query)
    count = len(asked)
    having: set[str] = set()
    found: dict[str, Match] = {}
    for owner, name, how, _ in names(_EVERY) if asked else ():
        if _is_foreign(name, asked[0]):
            continue
        there = words(name)
        if any(there[place : place + count] == asked for place in range(len(there))):
            having.add(owner)
            if there[-count:] == asked:
                found.setdefault(owner, Match(owner, name, f"end of its {how}", BY_RULES))
    fits = 1 < len(found) <= _MOST_ENDING and len(having) == len(found)
    return list(found.values()) if fits else []


def meanings(
    data: Data, kinds: tuple[str, ...] | None, states: bool, part: _Part = None
) -> Callable[[str], frozenset[str]]:
    """What each name fits, as `match_any` and the like say, for many look-ups.

    Args:
        data: The data set.
        kinds: Kinds of records to look among; empty for all, None for no records.
        states: Whether to look among States where no record fits.
        part: Where to look: `BUNDLED`, `OWN`, or None for both.

    Returns:
        Gives the ids or codes that a name fits; none where it fits nothing.
    """
    parts = ((BUNDLED, OWN) if data.overlay else (BUNDLED,)) if part is None else (part,)
    every = [_meaning(data, kinds, states, each) for each in parts]
    return lambda name: frozenset().union(*(meaning(name) for meaning in every))


def _meaning(
    data: Data, kinds: tuple[str, ...] | None, states: bool, part: bool
) -> Callable[[str], set[str]]:
    owners: list[Callable[[str], Collection[str]]] = []
    if kinds is not None:
        owners.append(_owners(partial(_all_record_names, data, kinds, part), short_key_of))
    if states:
        names = partial(_all_country_names, data, part)
        owners.append(_owners(names, partial(short_key_of, left_out=SMALL), _ends(names)))

    def meaning(name: str) -> set[str]:
        found: set[str] = set()
        for each in owners:
            if not found or len(key_of(name)) <= _CODE:
                found.update(each(name))
        return found

    return meaning


def _owners(
    names: _Names,
    shortened: Callable[[str], str],
    last: Callable[[str], Collection[str]] = lambda _: (),
) -> Callable[[str], Collection[str]]:
    """Whom each of some names fits, the three strengths in order.

    Args:
        names: Gives the names of some strengths.
        shortened: Gives the key of a name with words left out.
        last: Whom a name fits that fits nothing else.
    """
    reduced = [key_of] * len(_EVERY) + [shortened]
    layers: list[dict[str, set[str]]] = [{} for _ in reduced]
    for owner, name, _, strength in names(_EVERY):
        for place in (strength - 1, len(_EVERY)):
            layers[place].setdefault(reduced[place](name), set()).add(owner)

    def fitting(name: str) -> Collection[str]:
        for keys, reduce in zip(layers, reduced, strict=True):
            if (key := reduce(name)) and key in keys:
                return keys[key]
        return last(name)

    return fitting


def _ends(names: _Names) -> Callable[[str], Collection[str]]:
    """Whom each of many names fits by the end of theirs."""
    last_words = {words(name)[-1:] for _, name, _, _ in names(_EVERY)}

    def fitting(name: str) -> Collection[str]:
        if words(name)[-1:] not in last_words:
            return ()
        return [match.key for match in _ending(name, names)]

    return fitting


def _may_begin(name: str, key: str) -> bool:
    """Whether a name can have a key by its first letter: to take all apart costs more."""
    first = name[:1]
    if first.isascii() and first.isalnum():
        return first.lower() == key[0]
    return not _is_foreign(name, key)


def _is_foreign(name: str, key: str) -> bool:
    """Whether a name is Cyrillic or Arabic and the query is in Latin letters."""
    return key.isascii() and "\u0400" <= name[:1] <= "\u06ff"


_Fitting = Callable[[str], list[Match]]
"""Gives the matches of a name."""


def _best(query: str, whole: _Fitting, by_rule: _Fitting) -> list[Match]:
    """The matches of a whole name; else of two names, one in brackets; else by a rule.

    Args:
        query: The name as somebody typed it.
        whole: Gives the matches of a whole name.
        by_rule: Gives those of a name that is not whole.
    """
    return (
        whole(query)
        or _bracketed(query, lambda name: whole(name) or by_rule(name))
        or by_rule(query)
    )


def _bracketed(query: str, fitting: _Fitting) -> list[Match]:
    """The matches of "X (Y)" where both mean the same; none if it is not of that form."""
    head, _, tail = query.rpartition("(")
    inside, closed, after = tail.partition(")")
    if not closed or key_of(after):
        return []
    also = {match.key: match for match in fitting(inside)}
    return [
        match._replace(
            how=f"{match.how}, with {also[match.key].how} in brackets",
            strength=max(match.strength, also[match.key].strength),
        )
        for match in fitting(head)
        if match.key in also
    ]


def _in_parts(data: Data, query: str, fitting: Callable[[bool], list[Match]]) -> list[Match]:
    """What a name fits in the bundled data, and what of an overlay.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        fitting: Gives what it fits in a part.
    """
    is_bundled = not data.overlay or _is_key(data, query, BUNDLED)
    own = [] if is_bundled else fitting(OWN)
    if not own:
        return fitting(BUNDLED)
    if any(match.strength in _EVERY for match in _any_in(data, query, BUNDLED)):
        own = [match for match in own if match.strength in _EVERY]
    elif _is_key(data, query, OWN) and key_of(query) != short_key_of(query):
        # "rabat-declaration" is its own; "rabat" would be taken from the Rabat Process.
        return own
    return [*fitting(BUNDLED), *own]


def _is_key(data: Data, query: str, part: bool) -> bool:
    """Whether a name is an id or code of a part, letter for letter."""
    if query in data.document["records"]:
        return is_own(data.document["records"][query]) == part
    return any(
        is_own(raw) == part and query in (code, raw["alpha2"], raw.get("numeric"))
        for code, raw in data.document["countries"].items()
    )


def shared(data: Data, query: str) -> list[Match]:
    """What a name fits that an overlay shares with the bundled data; empty for any other."""
    if not data.overlay or not _any_in(data, query, OWN):
        return []
    found = match_any(data, query)
    both = {**data.document["records"], **data.document["countries"]}
    return found if len({is_own(both[match.key]) for match in found}) > 1 else []


def match_records(
    data: Data, query: str, kinds: tuple[str, ...] = (), part: _Part = None
) -> list[Match]:
    """All records that a name fits at the best strength.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        kinds: Look among these kinds only; empty for all.
        part: Where to look: `BUNDLED`, `OWN`, or None for both.
    """
    if part is not None:
        return _records_in(data, query, kinds, part)
    return _in_parts(data, query, partial(_records_in, data, query, kinds))


def _records_in(data: Data, query: str, kinds: tuple[str, ...], part: bool) -> list[Match]:
    if data.plain.has_id(query, kinds) and is_own(data.document["records"][query]) == part:
        return [Match(query, query, "id", 1)]
    names = partial(_all_record_names, data, kinds, part)
    return _best(
        query,
        lambda name: _whole(name, names),
        lambda name: _shortened(name, names, GENERIC, "generic"),
    )


def match_states(data: Data, query: str, part: _Part = None) -> list[Match]:
    """All States and territories that a name fits at the best strength; see `match_records`."""
    if part is not None:
        return _states_in(data, query, part)
    return _in_parts(data, query, partial(_states_in, data, query))


def _states_in(data: Data, query: str, part: bool) -> list[Match]:
    raw = data.document["countries"].get(only_text(query, "a name"))
    if raw is not None and is_own(raw) == part:
        return [Match(query, query, "alpha-3 code", 1)]
    names = partial(_all_country_names, data, part)
    return _best(
        query,
        lambda name: _whole(name, names),
        lambda name: _shortened(name, names, SMALL, "small") or _ending(name, names),
    )


_CODE = 2
"""Letters of a State's shorter code: of so few, an acronym is not told from it."""


def match_any(data: Data, query: str) -> list[Match]:
    """All records or, where no record fits, all States that a name fits.

    Of several records, one of which the id or short name begins so is meant alone. A code
    of two letters that is the name of a record too ("AU") means both.

    Args:
        data: The data set.
        query: The name as somebody typed it.
    """
    return _in_parts(data, query, partial(_any_in, data, query))


def _any_in(data: Data, query: str, part: bool) -> list[Match]:
    records = _records_in(data, query, (), part)
    if records and len(key_of(query)) > _CODE:
        return _foremost(data, query, records) or records
    return [*records, *_states_in(data, query, part)]


def _foremost(data: Data, query: str, matches: Sequence[Match]) -> list[Match]:
    """Of several records, the one whose id or short name begins with the words.

    "Lima" is the meeting Lima 2013 before a process that is called so by another name.
    """
    asked, records = words(query), data.document["records"]
    begun = [
        match
        for match in matches
        if any(
            words(name)[: len(asked)] == asked
            for name in (match.key, records[match.key]["short_name"])
        )
    ]
    return begun if asked and len(begun) == 1 else []


def record_names(data: Data, kinds: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """All names of records, as pairs of id and name; of some kinds or, if empty, of all."""
    return ((owner, name) for owner, name, _, _ in _all_record_names(data, kinds))


def state_names(data: Data) -> Iterator[tuple[str, str]]:
    """All names of States and territories, as pairs of alpha-3 code and name."""
    return ((owner, name) for owner, name, _, _ in _all_country_names(data))
