"""What is offered for a name that nothing has.

Names are offered by the words that tell one from another: of "Processus de Genève" that is
"Genève". First come the names that have all of these words, then those that are spelt most
like them, then those that have most of them. A name that the data mention is not misspelt:
then a search for it is offered ("Czechoslovakia").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from rcpref.dates import parse
from rcpref.errors import DateError, NotFound, echo
from rcpref.model import OVERLAY
from rcpref.spelling import GENERIC, key_of, short_key, words

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

_MOST = 3  # so many names are offered at the most
_LIKE = 0.72  # how much a spelling must be like a query to be offered; 1 is the same
# So many spellings are compared letter by letter, those with most of its letters first: ten
# times as many as ever come near in the bundled data.
_COMPARED = 5_000


# Spelling ---------------------------------------------------------------------------


def nearest(query: str, names: Iterable[tuple[str, ...]], limit: int = _MOST) -> list[str]:
    """Keys of which the names, as key and name, are spelt most like a query."""
    return _nearest(query, _taken_apart(names), limit)


_Name = tuple[str, str, tuple[str, ...]]
"""The key of what is called so, the name, and the words of it."""


def _taken_apart(names: Iterable[tuple[str, ...]]) -> list[_Name]:
    return [(key, name, words(name)) for key, name, *_ in names]


def _nearest(query: str, names: Iterable[_Name], limit: int = _MOST) -> list[str]:
    from difflib import SequenceMatcher

    spellings: dict[str, str] = {}
    for key, name, there in names:
        # A code of three letters is like too many things.
        if len(name) > 3:
            spellings.setdefault("".join(there), key)
            spellings.setdefault(short_key(there), key)
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


# Words ------------------------------------------------------------------------------

_MOST_WORDS = 30  # so many words of a query count: no name has more
_ALMOST = 0.85  # how much a word must be like a generic one to be that, misspelt
_BEGINNING = 3  # so many letters at the least may stand for a word that they begin
_MOST_HAVING = 12  # words that the names of more records and States have tell none from another


def distinctive(query: str) -> list[str]:
    """The words of a query that tell one name from another: not generic ones, nor misspelt."""
    asked = list(dict.fromkeys(words(query)))[:_MOST_WORDS]
    return [word for word in asked if not _is_generic(word)]


def _is_generic(word: str) -> bool:
    from difflib import SequenceMatcher

    alike = (each for each in GENERIC if len(each) > 4 and abs(len(each) - len(word)) <= 2)
    return word in GENERIC or any(
        SequenceMatcher(None, each, word).ratio() >= _ALMOST for each in alike
    )


def near_names(query: str, names: Iterable[tuple[str, ...]]) -> list[str]:
    """Keys of the names, as key and name, that may be meant, the likeliest first."""
    asked, every = distinctive(query), _taken_apart(names)
    return _having(asked, every) or _like(query, asked, every)


def _having(asked: Collection[str], names: Iterable[_Name]) -> list[str]:
    """Keys of names that have all of these words or, if none has, words that they begin."""
    whole: dict[str, float] = {}
    begun: dict[str, float] = {}
    for key, name, there in names if asked else ():
        if all(_begins(word, there) for word in asked):
            best = whole if all(word in there for word in asked) else begun
            share = sum(map(len, asked)) / (len(short_key(there)) or len(name))
            best[key] = max(share, best.get(key, 0))
    best = whole or begun
    tells = len(best) <= _MOST_HAVING
    return sorted(best, key=lambda key: -best[key])[:_MOST] if tells else []


def _begins(word: str, there: Collection[str]) -> bool:
    longer = len(word) >= _BEGINNING and any(each.startswith(word) for each in there)
    return longer or word in there


def _like(query: str, asked: Collection[str], names: Collection[_Name]) -> list[str]:
    if all(word in GENERIC for word in words(query)):
        return []
    return _nearest(" ".join(asked) or query, names) or _sharing(asked, names)


def _sharing(asked: Collection[str], names: Iterable[_Name]) -> list[str]:
    """Keys of the names that have most of these words, and more than half of them."""
    telling = frozenset(asked)
    best: dict[str, int] = {}
    for key, _, there in names if telling else ():
        shared = len(telling.intersection(there))
        if 2 * shared > len(telling):
            best[key] = max(shared, best.get(key, 0))
    most = max(best.values(), default=0)
    found = [key for key in best if best[key] == most]
    return found[:_MOST] if len(found) <= _MOST_HAVING else []


# Errors -----------------------------------------------------------------------------

SHOWS_ALL = "rcpref list shows what there is"


def offered(data: Data, key: str, query: str = "") -> str:
    """What an error offers to type: an id, with its name where that does not speak for itself."""
    country = data.document["countries"].get(key)
    if country:
        return f"{country['name']} ({key})"
    raw = data.document["records"][key]
    speaks = key_of(key) != key_of(raw.get("acronym", "")) or near_names(query, [(key, key)])
    return key if speaks or key_of(query) == key_of(raw["name"]) else f"{raw['name']} ({key})"


def a_kind(kind: str) -> str:
    """A kind of records with its article."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def unknown_name(
    data: Data, query: str, kinds: Collection[str] | None = (), states: bool = True
) -> NotFound:
    """The error for a name that nothing of what `Names.match` looked among has."""
    what = "State" if kinds is None else "record or State" if states else "record"
    message, names = f"no {what} named {echo(query)}", data.plain.names
    if kinds is None or not states:
        others = names.match(query, () if kinds is None else None, kinds is not None)
        keys = [match.key for match in others]
        if hint := _is_another(data, keys):
            return NotFound(message, hint, keys)
    if hint := _is_no_name(data, query):
        return NotFound(message, hint, name=query)
    every = _taken_apart(() if kinds is None else names.records.listed(kinds))
    every += _taken_apart(names.states.listed() if states else ())
    asked = distinctive(query)
    near = _having(asked, every)
    if not near and asked and _is_mentioned(data, query):
        import shlex

        mention = f"the data mention it: rcpref search {shlex.quote(query)}"
        return NotFound(message, mention, name=query)
    near = near or _like(query, asked, every)
    fits = ", ".join(offered(data, key, query) for key in near)
    return NotFound(message, f"did you mean {fits}?" if near else SHOWS_ALL, near, query)


def _is_another(data: Data, keys: Sequence[str]) -> str:
    """What to type where a record is called so in place of a State, or the other way round."""
    records = data.document["records"]
    if keys and keys[0] not in records:
        are = "are States" if keys[1:] else "is a State"
        return f"{', '.join(offered(data, key) for key in keys)} {are}: rcpref state {keys[0]}"
    if len(keys) != 1:
        return ""
    return f"{keys[0]} is {a_kind(records[keys[0]]['kind'])}: rcpref show {keys[0]}"


def _is_no_name(data: Data, query: str) -> str:
    """What to type where somebody wrote a date, a property or a source among the names."""
    with suppress(DateError):
        return f"--as-of {parse(query).text} asks for a date"
    asked = key_of(query)
    for key, raw in data.document["properties"].items():
        if asked and asked in (key_of(key), key_of(raw["label"])):
            return f"{key} is a property: rcpref show NAME -p {key}"
    sources = (key for key in (query, OVERLAY + query) if key in data.document["sources"])
    return next((f"{key} is a source: rcpref cite {key}" for key in sources), "")


def _is_mentioned(data: Data, query: str) -> bool:
    """Whether claims or passages have a name, word for word."""
    if not query.isprintable():
        return False
    asked = f" {' '.join(words(query))} "
    longest = max(query.lower().split(), key=len)
    return any(
        longest in text.lower() and asked in f" {' '.join(words(text))} " for text in _texts(data)
    )


def _texts(data: Data) -> Iterator[str]:
    for claims in data.document["claims"].values():
        for claim in claims:
            yield claim["value"] if isinstance(claim["value"], str) else ""
            yield claim.get("note", "")
    for text in data.document["texts"].values():
        yield from (passage["text"] for passage in text["passages"])
