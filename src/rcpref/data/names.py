"""All names in the data: one table of those of records, one of those of States.

A name fits by its letters alone, in three strengths, and the strongest that fits decides:

1. strong: id, official name, short name, acronym (for a State: codes and both names);
2. weak: aliases and names in other languages;
3. by rules, with words left out: of a record generic words ("the", "Process", ...), of a State
   only small words, as no State is a process; and what ends the names of several States names
   all of these ("Korea").

Before the rules, a query may be two names of one record or State, the second in brackets:
"Peru (PER)". An id or alpha-3 code, letter for letter, means that alone. Among records of some
kinds no name fits by rules that another record has as it stands: the CIS is no CIS Conference.

The bundled data and what an overlay adds are asked apart, so that no name of an overlay takes
one of the bundled data: a name that both have fits both.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from rcpref.errors import only_text
from rcpref.fields import Fields
from rcpref.model import PASSAGE_KINDS
from rcpref.spelling import GENERIC, SMALL, key_of, short_key_of, words

BUNDLED, OWN = False, True
"""Parts of a data set: what is bundled, and what an overlay adds to it."""

STRONG, WEAK, BY_RULES = 1, 2, 3
"""How strongly a name fits."""

_BY_END = 4
"""The names of States by their last words; what they fit, they fit by rules."""

Name = tuple[str, str, str]
"""The id or code of what it names, the name, and the key under which the data have it; of a
name in another language that language."""

NAMES = ("short_name", "name", "official_name", "acronym", "alpha2", "numeric")
"""Keys of records and States that hold one name or code; `aliases` and `names` hold several."""

Among = Callable[[str], bool]
"""Whether a record or State is one of those among which a name is looked for."""

_MOST_ENDING = 4
"""So many States at the most are meant by the end of their names: that of more ("Islands")
is no name."""

_CODES = ("alpha2", "numeric")
_CODE = 2  # letters of a State's shorter code: of so few, an acronym is not told from it


class Match(Fields):
    """A record or State, by id or alpha-3 code, with the name that fits, and which kind it is."""

    key: str
    name: str
    how: str
    strength: int


def names_in(key: str, raw: Mapping[str, Any]) -> Iterator[str]:
    """All names of a record or State, each once, with its id or code."""
    names = [*(raw.get(name) for name in NAMES), key, *raw.get("aliases", ())]
    names += raw.get("names", {}).values()
    yield from dict.fromkeys(name for name in names if name)


def is_own(raw: Mapping[str, Any]) -> bool:
    """Whether a record, State or text, as plain data, comes from an overlay."""
    return bool(raw.get("overlay"))


class NameTable:
    """The names of all records, or of all States, read as far as they are asked for."""

    strong: ClassVar[Mapping[str, str]]
    alias: ClassVar[str]
    left_out: ClassVar[Collection[str]]
    sort: ClassVar[str]
    known_as: ClassVar[str]
    """What the build of a wheel calls the table."""

    def __init__(
        self, entries: Mapping[str, Mapping[str, Any]], known: Mapping[str, Any] = {}
    ) -> None:
        self._entries = entries
        self._known = known
        self._initials: dict[int, dict[str, list[Name]]] = {}
        self._tables: dict[str, Mapping[str, Sequence[Name]]] = {}

    def listed(
        self, kinds: Collection[str] = (), strengths: Collection[int] = (STRONG, WEAK)
    ) -> Iterator[Name]:
        """All names of some strengths; of records of some kinds or, if empty, of all."""
        for key, raw in self._entries.items():
            if not kinds or raw["kind"] in kinds:
                if STRONG in strengths:
                    yield from ((key, raw[form], form) for form in self.strong if form in raw)
                if WEAK in strengths:
                    yield from ((key, alias, "aliases") for alias in raw.get("aliases", ()))
                    yield from ((key, name, code) for code, name in raw.get("names", {}).items())

    def fitting(self, query: str, kinds: Collection[str] = (), part: bool = BUNDLED) -> list[Match]:
        """What a name fits at the best strength: one match for each record or State."""

        def among(key: str) -> bool:
            raw = self._entries[key]
            return is_own(raw) == part and (not kinds or raw["kind"] in kinds)

        raw = self._entries.get(only_text(query, "a name"))
        if raw is not None and is_own(raw) == part:
            exact = Match(query, query, next(iter(self.strong.values())), STRONG)
            # That of another kind is not read as a name of something else.
            return [exact] if among(query) else []
        return (
            self._whole(query, among)
            or self._bracketed(query, among)
            or self._by_rules(query, among)
        )

    def _matches(self, found: Iterable[Name], among: Among, strength: int) -> list[Match]:
        """One match for each record or State, by the first of its names."""
        matches: dict[str, Match] = {}
        for key, name, form in found:
            if key not in matches and among(key):
                how = self.alias if form == "aliases" else f"name in another language ({form})"
                matches[key] = Match(key, name, self.strong.get(form, how), strength)
        return list(matches.values())

    def _whole(self, query: str, among: Among) -> list[Match]:
        key = key_of(query)
        for strength in (STRONG, WEAK) if key else ():
            if found := self._matches(self.with_key(key, strength), among, strength):
                return found
        return []

    def with_key(self, key: str, strength: int) -> Sequence[Name]:
        """The names with a key; each strength has keys of its own."""
        return self._with_initial(strength, _initial_of(key)).get(key, ())

    def beginning(self, typed: str) -> Iterator[Name]:
        """The names that begin with the letter of what is typed; all, where nothing is typed."""
        if not key_of(typed):
            yield from self.listed()
            return
        for strength in (STRONG, WEAK):
            for names in self._with_initial(strength, _initial_of(typed)).values():
                yield from names

    def _with_initial(self, strength: int, initial: str) -> Mapping[str, Sequence[Name]]:
        label = self._label(strength, initial)
        if label not in self._tables:
            whole = self._known.get("names")
            found = whole.get(label, {}) if whole else self._table(strength, initial)
            self._tables[label] = found
        return self._tables[label]

    def tables(self) -> dict[str, Mapping[str, Sequence[Name]]]:
        """All names by their keys, for each strength and first letter, as a wheel knows them."""
        return {
            self._label(strength, initial): self._table(strength, initial)
            for strength in (STRONG, WEAK, BY_RULES, _BY_END)
            for initial in self._by_initial(strength)
        }

    def _label(self, strength: int, initial: str) -> str:
        return f"{self.known_as} {strength} {initial}"

    def _table(self, strength: int, initial: str) -> Mapping[str, Sequence[Name]]:
        there = self._by_initial(strength).get(initial, ())
        return _grouped(there, lambda name: self._key(name[1], strength))

    def _key(self, name: str, strength: int) -> str:
        if strength == BY_RULES:
            return short_key_of(name, self.left_out)
        return " ".join(words(name)[-1:]) if strength == _BY_END else key_of(name)

    def _by_initial(self, strength: int) -> Mapping[str, Sequence[Name]]:
        """The names that count for a strength, by the first letter of their keys."""
        if strength not in self._initials:
            if strength in (STRONG, WEAK):
                # To take all names apart would cost more than all else that a look-up does.
                found = _grouped(self.listed((), (strength,)), lambda name: _initial_of(name[1]))
            else:
                key = self._key
                found = _grouped(self.listed(), lambda n: _initial_of(key(n[1], strength)))
            self._initials[strength] = found
        return self._initials[strength]

    def _bracketed(self, query: str, among: Among) -> list[Match]:
        """What "X (Y)" fits where both mean the same; nothing if it is not of that form."""
        head, _, tail = query.rpartition("(")
        inside, closed, after = tail.partition(")")
        if not closed or key_of(after):
            return []

        one, other = (self._whole(n, among) or self._by_rules(n, among) for n in (head, inside))
        also = {match.key: match for match in other}
        return [
            match._replace(
                how=f"{match.how}, with {also[match.key].how} in brackets",
                strength=max(match.strength, also[match.key].strength),
            )
            for match in one
            if match.key in also
        ]

    def _by_rules(self, query: str, among: Among) -> list[Match]:
        short = short_key_of(query, self.left_out)
        names = self.with_key(short, BY_RULES) if short else ()
        found = self._matches(names, among, BY_RULES)
        return [m._replace(how=f"{m.how}, {self.sort} words left out") for m in found]


class RecordNames(NameTable):
    """The names of all records."""

    strong: ClassVar = {
        "id": "id",
        "short_name": "short name",
        "name": "official name",
        "acronym": "acronym",
    }
    alias = "alias"
    left_out = GENERIC
    sort = "generic"
    known_as = "records"


class StateNames(NameTable):
    """The names of all States and territories."""

    strong: ClassVar = {
        "alpha3": "alpha-3 code",
        "alpha2": "alpha-2 code",
        "name": "name",
        "official_name": "official name",
        "numeric": "numeric code",
    }
    alias = "other or former name"
    left_out = SMALL
    sort = "small"
    known_as = "states"

    def _by_rules(self, query: str, among: Among) -> list[Match]:
        if found := super()._by_rules(query, among):
            return found
        found = self._matches(self._ending(words(query), among), among, BY_RULES)
        return [match._replace(how=f"end of its {match.how}") for match in found]

    def _ending(self, asked: tuple[str, ...], among: Among) -> list[Name]:
        """The names of the States that share the end of a name: "Korea", "Virgin Islands"."""
        if not asked:
            return []
        ending = [
            name
            for name in self.with_key(asked[-1], _BY_END)
            if words(name[1])[-len(asked) :] == asked and among(name[0])
        ]
        meant = {name[0] for name in ending}
        # What ends the name of one alone is no name: no words of a State are left out.
        if not 1 < len(meant) <= _MOST_ENDING:
            return []
        # And it must tell them apart from all others.
        end = f" {' '.join(asked)} "
        having = (key for key, name, _ in self.listed() if end in f" {' '.join(words(name))} ")
        return ending if all(key in meant or not among(key) for key in having) else []

    def shared_ends(self) -> list[str]:
        """What ends the names of two States or a few more, each once."""
        owners: dict[str, set[str]] = {}
        for key, name, _ in self.listed():
            there = words(name)
            for start in range(1, len(there)):
                owners.setdefault(" ".join(there[start:]), set()).add(key)
        return [end for end, keys in owners.items() if 1 < len(keys) <= _MOST_ENDING]


class Names:
    """All names in a data set, and what each of them means."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._known = getattr(document, "known", {})
        self.records = RecordNames(document["records"], self._known)
        self.states = StateNames(document["countries"], self._known)
        self._entries = ChainMap(document["records"], document["countries"])

    def match(
        self,
        query: str,
        kinds: Collection[str] | None = (),
        states: bool = True,
        part: bool | None = None,
    ) -> list[Match]:
        """All that a name fits at the best strength; no kinds are all, None is no records."""
        if part is not None:
            return self._match_in(part, query, kinds, states)
        bundled = self._match_in(BUNDLED, query, kinds, states)
        if not self._has_own or self._is_key(query, BUNDLED):
            return bundled
        own = self._match_in(OWN, query, kinds, states)
        if any(each.strength < BY_RULES for each in self._match_in(BUNDLED, query)):
            own = [each for each in own if each.strength < BY_RULES]
        elif own and self._is_key(query, OWN) and key_of(query) != short_key_of(query):
            # "rabat-declaration" is its own; "rabat" would be taken from the Rabat Process.
            return own
        return [*bundled, *own]

    @cached_property
    def passages(self) -> Mapping[str, Mapping[str, str]]:
        """By the id of a text its passages' references, by what they are called there."""
        return {
            key: {
                f"{key_of(kind)}{raw['number']}": f"{key}/{raw['kind']}-{raw['number']}"
                for raw in text["passages"]
                for kind in (raw["kind"], PASSAGE_KINDS[raw["kind"]])
            }
            for key, text in self._document["texts"].items()
        }

    def shared(self, query: str) -> list[Match]:
        """What a name fits that an overlay shares with the bundled data; empty for any other."""
        if not self._has_own or not self._match_in(OWN, query):
            return []
        found = self.match(query)
        return found if len({is_own(self._entries[each.key]) for each in found}) > 1 else []

    def _match_in(
        self, part: bool, query: str, kinds: Collection[str] | None = (), states: bool = True
    ) -> list[Match]:
        found = [] if kinds is None else self.records.fitting(query, kinds, part)
        if found and found[0].strength == BY_RULES:
            # No words are left out of a name of any record, or of the code of a State.
            every = self.records.fitting(query, (), part)
            if self._is_key(query, part) or any(each.strength < BY_RULES for each in every):
                found = []
        if not states:
            return found
        # A code of two letters that is the name of a record, too ("AU"), means both.
        if found and len(key_of(query)) > _CODE:
            return self._foremost(query, found) or found
        return [*found, *self.states.fitting(query, (), part)]

    def _foremost(self, query: str, matches: Sequence[Match]) -> list[Match]:
        """Of several records, the one whose id or short name begins so: "Lima" is Lima 2013."""
        asked = words(query)

        def begins(key: str) -> bool:
            names = (key, self._entries[key]["short_name"])
            return any(words(name)[: len(asked)] == asked for name in names)

        begun = [each for each in matches if begins(each.key)]
        return begun if asked and len(begun) == 1 else []

    @cached_property
    def _has_own(self) -> bool:
        # Baked data have no overlay, and looking would read every State and record.
        return not self._known and any(map(is_own, self._entries.values()))

    def _is_key(self, query: str, part: bool) -> bool:
        """Whether a name is an id or code of a part, letter for letter."""
        if query in self._entries:
            return is_own(self._entries[query]) == part
        return any(
            name == query and form in _CODES and is_own(self._entries[key]) == part
            for key, name, form in self.states.with_key(key_of(query), STRONG)
        )


def _grouped(names: Iterable[Name], by: Callable[[Name], str]) -> dict[str, list[Name]]:
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(by(name), []).append(name)
    return groups


def _initial_of(name: str) -> str:
    """The letter that the key of a name begins with; empty where that is not one of a to z."""
    first = name[:1]
    if not (first.isascii() and first.isalnum()):
        first = key_of(name)[:1]
    return first.lower() if first.isascii() else ""
