"""Look-up of records and States by any name in the data.

A query is understood without regard to case, accents, punctuation and spacing. The
names are those of the data, in three strengths, and the strongest that fits decides:

1. strong: id, official name, short name, acronym (for a State: codes and both names);
2. weak: aliases and names in other languages;
3. rules: any of these with generic words left out ("the", "Process", "Dialogue", ...).

A query that fits nothing as a whole may be two names of one record or State, the second
in brackets: "Migration Dialogue for Southern Africa (MIDSA)", "Peru (PER)".

British and American spelling count as the same. Two records that fit at the same
strength make an error that lists both; a misspelt name is never guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.data.dataset import Dataset
from rcpref.errors import AmbiguousName, NotFound, UsageProblem, echo

if TYPE_CHECKING:
    from rcpref.model.countries import Country
    from rcpref.model.records import Record

_GENERIC_WORDS = """
the on of for and in conference consultation consultations consultative declaration
dialogue document forum initiative international meeting ministerial migration process
regional resolution summit
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that a name may be given without, as long as another word is left."""

_SPELLING = (("isation", "ization"), ("labour", "labor"), ("centre", "center"))

_SIGNS = {"+": " plus ", "&": " and "}

# An apostrophe joins (Cote d'Ivoire, migrants'); every other sign separates.
_JOINING = "'\u2019\u02bb\u02bc"

_ASCII = str.maketrans(
    {sign: " " for sign in map(chr, range(128)) if not sign.isalnum()}
    | dict.fromkeys(_JOINING, "")
    | _SIGNS
)

# Marks of Latin letters, and letters that Unicode does not take apart.
_LATIN = str.maketrans(
    dict.fromkeys(map(chr, range(0x300, 0x370)), "")
    | dict.fromkeys("\u2019\u02bb\u02bc", "'")
    | {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


class Match(NamedTuple):
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


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, for comparing: lower case, no accents, one spelling."""
    if not isinstance(text, str):
        raise TypeError(f"a name is text, not {text!r}")
    kept = text.lower()
    if not kept.isascii():
        kept = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LATIN)
    if kept.isascii():
        kept = kept.translate(_ASCII)
    else:
        kept = "".join(
            _SIGNS.get(character) or (character if character.isalnum() else " ")
            for character in kept
            if character not in _JOINING and not unicodedata.combining(character)
        )
    for british, american in _SPELLING:
        if british in kept:
            kept = kept.replace(british, american)
    return tuple(kept.split())


def asked_words(text: str) -> tuple[str, ...]:
    """The words of what is looked for.

    Raises:
        UsageProblem: There is none.
    """
    found = words(text)
    if not found:
        raise UsageProblem("there is no word to look for", "give letters or digits")
    return found


def begun_by(there: Collection[str], keys: Iterable[str]) -> bool:
    """Whether each of the words that are looked for begins one of those that are there."""
    return all(any(word.startswith(key) for word in there) for key in keys)


def key_of(text: str) -> str:
    """A name reduced to what counts in a look-up."""
    return "".join(words(text))


def short_key_of(text: str) -> str:
    """The same with generic words left out; empty if no other word is left."""
    return "".join(word for word in words(text) if word not in GENERIC)


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


def _all_record_names(
    data: Dataset, kinds: tuple[str, ...], strengths: Sequence[int] = _EVERY
) -> Iterator[_Name]:
    for key, raw in data.document["records"].items():
        if not kinds or raw["kind"] in kinds:
            for strength in strengths:
                for name, how in _record_names(raw, key, strength):
                    yield key, name, how, strength


def _all_country_names(data: Dataset, strengths: Sequence[int] = _EVERY) -> Iterator[_Name]:
    for key, raw in data.document["countries"].items():
        for strength in strengths:
            for name, how in _country_names(raw, key, strength):
                yield key, name, how, strength


def _matches(query: str, names: Callable[[Sequence[int]], Iterable[_Name]]) -> list[Match]:
    """The matches at the best strength, one for each record or State.

    Args:
        query: The name as somebody typed it.
        names: Gives the names of some strengths.
    """
    key, short = key_of(query), short_key_of(query)
    found: dict[str, Match] = {}
    # Weak names, the larger part, are looked at only where no strong one fits.
    for strength in _EVERY if key else ():
        for owner, name, how, _ in names((strength,)):
            if _may_begin(name, key) and key_of(name) == key:
                found.setdefault(owner, Match(owner, name, how, strength))
        if found:
            return list(found.values())
    for owner, name, how, _ in names(_EVERY) if short else ():
        if not _is_foreign(name, short) and short_key_of(name) == short:
            found.setdefault(owner, Match(owner, name, f"{how}, generic words left out", 3))
    return list(found.values())


def meanings(
    data: Dataset, kinds: tuple[str, ...] | None, states: bool
) -> Callable[[str], frozenset[str]]:
    """What each name fits, as `match_records` and `match_states` say, for many look-ups.

    Args:
        data: The data set.
        kinds: Kinds of records to look among; empty for all, None for no records.
        states: Whether to look among States where no record fits.

    Returns:
        Gives the ids or codes that a name fits; none where it fits nothing.
    """
    listed: list[Callable[[Sequence[int]], Iterable[_Name]]] = []
    if kinds is not None:
        listed.append(partial(_all_record_names, data, kinds))
    if states:
        listed.append(partial(_all_country_names, data))
    layers = [layer for names in listed for layer in _layers(names)]

    def meaning(name: str) -> frozenset[str]:
        for keys, reduced in layers:
            if (key := reduced(name)) and key in keys:
                return frozenset(keys[key])
        return frozenset()

    return meaning


_Layer = tuple[dict[str, set[str]], Callable[[str], str]]
"""Owners by the key of their name, and what makes the key."""


def _layers(names: Callable[[Sequence[int]], Iterable[_Name]]) -> Iterator[_Layer]:
    """The three strengths of some names, the strongest first."""
    for strengths, reduced in (*(((each,), key_of) for each in _EVERY), (_EVERY, short_key_of)):
        keys: dict[str, set[str]] = {}
        for owner, name, _, _ in names(strengths):
            keys.setdefault(reduced(name), set()).add(owner)
        yield keys, reduced


def _may_begin(name: str, key: str) -> bool:
    """Whether a name can have a key by its first letter: to take all apart costs more."""
    first = name[:1]
    if first.isascii() and first.isalnum():
        return first.lower() == key[0]
    return not _is_foreign(name, key)


def _is_foreign(name: str, key: str) -> bool:
    """Whether a name is Cyrillic or Arabic and the query is in Latin letters."""
    return key.isascii() and "\u0400" <= name[:1] <= "\u06ff"


def _whole_or_bracketed(query: str, fitting: Callable[[str], list[Match]]) -> list[Match]:
    """The matches of a query or, if there are none, of "X (Y)" where both mean the same.

    Args:
        query: The name as somebody typed it.
        fitting: Gives the matches of one name.
    """
    found = fitting(query)
    head, _, tail = query.rpartition("(")
    inside, closed, after = tail.partition(")")
    if found or not closed or key_of(after):
        return found
    also = {match.key: match for match in fitting(inside)}
    return [
        match._replace(
            how=f"{match.how}, with {also[match.key].how} in brackets",
            strength=max(match.strength, also[match.key].strength),
        )
        for match in fitting(head)
        if match.key in also
    ]


def match_records(data: Dataset, query: str, kinds: tuple[str, ...] = ()) -> list[Match]:
    """All records that a name fits at the best strength.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        kinds: Look among these kinds only; empty for all.
    """
    if query in data.records and (not kinds or data.records[query].kind in kinds):
        return [Match(query, query, "id", 1)]
    names = partial(_all_record_names, data, kinds)
    return _whole_or_bracketed(query, lambda name: _matches(name, names))


def match_states(data: Dataset, query: str) -> list[Match]:
    """All States and territories that a name fits at the best strength."""
    if query in data.countries:
        return [Match(query, query, "alpha-3 code", 1)]
    names = partial(_all_country_names, data)
    return _whole_or_bracketed(query, lambda name: _matches(name, names))


def find_record(data: Dataset, query: str, kinds: tuple[str, ...] = ()) -> Record:
    """The one record that a name means.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        kinds: Look among these kinds only; empty for all.

    Raises:
        NotFound: No record has that name; the nearest names are offered.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    matches = _checked(data, query, match_records(data, query, kinds))
    if not matches:
        raise unknown_name(data, "record", query, _near(query, _all_record_names(data, kinds)))
    return data.records[matches[0].key]


def find_of_kinds(data: Dataset, query: str, kinds: tuple[str, ...], what: str) -> Record:
    """The one record of some kinds that a name means.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        kinds: The kinds.
        what: What these kinds have and no others do, for the error.

    Raises:
        NotFound: None of them has that name; where a record of another kind does, it
            says so.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    try:
        return find_record(data, query, kinds)
    except NotFound:
        matches = match_records(data, query)
        states = [] if matches else match_states(data, query)
        if len(states) == 1:
            state = data.countries[states[0].key]
            raise NotFound(
                f"{state.name} is a State, which has no {what}",
                f"rcpref state {state.alpha3} has what it takes part in",
            ) from None
        if len(matches) != 1:
            raise
        other = data.records[matches[0].key]
        article = "an" if other.kind[0] in "aeiou" else "a"
        raise NotFound(
            f"{other.short_name} is {article} {other.kind}, which has no {what}",
            f"rcpref show {other.id} has what is known of it",
        ) from None


def find_state(data: Dataset, query: str) -> Country:
    """The one State or territory that a name or code means.

    Raises:
        NotFound: None has that name; the nearest names are offered.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    matches = _checked(data, query, match_states(data, query))
    if not matches:
        raise unknown_name(data, "State", query, _near(query, _all_country_names(data)))
    return data.countries[matches[0].key]


def find_any(data: Dataset, query: str) -> Record | Country:
    """The record or, where no record fits, the State that a name means.

    Raises:
        NotFound: Neither a record nor a State has that name.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    matches = _checked(data, query, match_records(data, query))
    if matches:
        return data.records[matches[0].key]
    states = _checked(data, query, match_states(data, query))
    if states:
        return data.countries[states[0].key]
    raise unknown_name(data, "record or State", query, nearest_to(data, query))


def nearest_to(data: Dataset, query: str) -> list[str]:
    """Ids of records and codes of States whose names are spelt most like a query."""
    return _near(query, [*_all_record_names(data, ()), *_all_country_names(data)])


def _near(query: str, names: Iterable[_Name]) -> list[str]:
    return nearest(query, ((owner, name) for owner, name, _, _ in names))


def _checked(data: Dataset, query: str, matches: list[Match]) -> list[Match]:
    if not query.strip():
        raise UsageProblem("the name is empty", "give an id, acronym or name")
    if len(matches) > 1:
        fits = ", ".join(offered(data, match.key) for match in matches)
        raise AmbiguousName(
            f"{echo(query)} fits {len(matches)} entries: {fits}",
            "use one of these ids",
            tuple(match.key for match in matches),
        )
    return matches


_LIKE = 0.72
"""How much a spelling must be like a query to be offered; 1 is the same."""

_COMPARED = 5_000
"""So many spellings are compared with a query letter by letter, those with most of its
letters first: ten times as many as ever come near in the bundled data."""


def nearest(query: str, names: Iterable[tuple[str, str]], limit: int = 3) -> list[str]:
    """Keys whose names are spelt most like a query.

    Args:
        query: What was typed.
        names: Pairs of key and name.
        limit: How many to give at the most.
    """
    from difflib import SequenceMatcher

    spellings: dict[str, str] = {}
    for key, name in names:
        # A code of three letters is like too many things.
        if len(name) > 3:
            spellings.setdefault(key_of(name), key)
            spellings.setdefault(short_key_of(name), key)
    spellings.pop("", None)
    # A comparison takes time that grows with the square of the length.
    asked = key_of(query)[:80]
    likeness: dict[str, float] = {}
    matcher = SequenceMatcher(None, "", asked)
    for spelling in _with_its_letters(asked, spellings):
        matcher.set_seq1(spelling)
        likeness[spelling] = matcher.ratio()
    # What is much less like it than the best would only mislead.
    least = max(_LIKE, max(likeness.values(), default=0) - 0.1)
    close = [spelling for spelling in spellings if likeness.get(spelling, 0) >= least]
    # Those that are just as much like it stay in the order of the data.
    close.sort(key=lambda spelling: -likeness[spelling])
    return list(dict.fromkeys(spellings[spelling] for spelling in close))[:limit]


def _with_its_letters(asked: str, spellings: Iterable[str]) -> list[str]:
    """Spellings that can be like a query by their letters alone, in whatever order."""
    letters = [(letter, asked.count(letter)) for letter in set(asked)]
    found: list[tuple[float, str]] = []
    for spelling in spellings:
        whole = len(asked) + len(spelling)
        # Letters that both have, counted twice, over all: no comparison finds more.
        if 2 * min(len(asked), len(spelling)) / whole < _LIKE:
            continue
        shared = sum(min(count, spelling.count(letter)) for letter, count in letters)
        if 2 * shared / whole >= _LIKE:
            found.append((-shared / whole, spelling))
    if len(found) > _COMPARED:
        found.sort(key=lambda pair: pair[0])
    return [spelling for _, spelling in found[:_COMPARED]]


def offered(data: Dataset, key: str) -> str:
    """What an error offers to type: a code with the name of its State, an id as it is.

    An id is made from the short name and speaks for itself.
    """
    country = data.document["countries"].get(key)
    return f"{country['name']} ({key})" if country else key


def unknown_name(data: Dataset, what: str, query: str, near: Sequence[str]) -> NotFound:
    """The error for a name that nothing has.

    Args:
        data: The data set.
        what: What was looked for: record, State.
        query: The name as somebody typed it.
        near: Ids and codes to offer.
    """
    names = ", ".join(offered(data, key) for key in near)
    hint = f"did you mean {names}?" if near else "rcpref list shows what there is"
    return NotFound(f"no {what} named {echo(query)}", hint, near, query)
