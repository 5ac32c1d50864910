"""What TAB offers for the values of arguments and options: `autocompletion` of Typer.

No value that is offered holds a sign that a shell reads: a name of several words is offered
joined by hyphens (sri-lanka), as every look-up by name understands it. This module is imported
at every start. What an offer needs, it imports itself.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rcpref.errors import RcprefError

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

Values = Mapping[str, str]
"""Values with the words that zsh and fish show for them."""

Finder = Callable[[Any, str], Values]
"""What makes values of the context of Typer and of the word as far as it is typed."""

Offers = Callable[[Any, str], list[tuple[str, str]]]

_HELP_LENGTH = 60

_SIGNS = frozenset("-_.,:/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
"""Signs of ASCII that no shell reads within a word."""


def offer(find: Finder) -> Offers:
    """Let TAB offer values: those that are one plain word to every shell."""

    def complete(ctx: Any, incomplete: str) -> list[tuple[str, str]]:
        try:
            found = find(ctx, incomplete)
        except RcprefError:
            return []  # data that cannot be read: what is printed would land in the line
        return [(value, _plain(about)) for value, about in found.items() if _is_word(value)]

    return complete


def offer_several(find: Finder) -> Offers:
    """Let TAB offer values of which several may be written with commas."""

    def after_comma(ctx: Any, incomplete: str) -> Values:
        before, comma, typed = incomplete.rpartition(",")
        taken = before.split(",")
        found = find(ctx, typed).items()
        return {f"{before}{comma}{each}": about for each, about in found if each not in taken}

    return offer(after_comma)


def one_of(*values: str) -> Offers:
    return offer(lambda *_: dict.fromkeys(values, ""))


def some_of(*values: str) -> Offers:
    return offer_several(lambda *_: dict.fromkeys(values, ""))


# Names -----------------------------------------------------------------------------------


def records_of(kinds: tuple[str, ...] = ()) -> Offers:
    """Offer records of some kinds, or of all: ids, or else other names of theirs."""
    return offer(lambda ctx, incomplete: _records(_data(ctx), incomplete, kinds))


@offer
def states(ctx: Any, incomplete: str) -> Values:
    return _states(_data(ctx), incomplete)


@offer
def records_and_states(ctx: Any, incomplete: str) -> Values:
    data = _data(ctx)
    found = _records(data, incomplete)
    return found if not incomplete or _begun(found, incomplete) else _states(data, incomplete)


@offer
def references(ctx: Any, incomplete: str) -> Values:
    return _references(_data(ctx), incomplete)


@offer
def citable(ctx: Any, incomplete: str) -> Values:
    data = _data(ctx)
    if "/" in incomplete:
        return _references(data, incomplete)
    sources = {key: raw["title"] for key, raw in data.document["sources"].items()}
    # There are too many sources to look through before a letter is typed.
    return {**_records(data, incomplete), "dataset": "", **(sources if incomplete else {})}


@offer
def conclusion_numbers(ctx: Any, _: str) -> Values:
    passages = (raw for _, raw in _data(ctx).plain.passages.values())
    return {str(p["number"]): p["text"] for p in passages if p["kind"] == "conclusion"}


# Words -----------------------------------------------------------------------------------


def values_of(key: str) -> Offers:
    """Offer the values that a property has in the data."""

    def values(ctx: Any, _: str) -> Values:
        # One word stays as it is written: RCP, not rcp.
        words = sorted(_data(ctx).plain.values_claimed(key))
        return {each if each.isalnum() else _hyphened(each): each for each in words}

    return offer(values)


@offer
def languages(*_: Any) -> Values:
    from rcpref.model import LANGUAGES

    return LANGUAGES


@offer
def styles(*_: Any) -> Values:
    from rcpref.citation.styles import NAMED_STYLES, OWN_STYLES

    return dict.fromkeys((*OWN_STYLES, *NAMED_STYLES), "")


@offer
def kinds(*_: Any) -> Values:
    """Everything that can be listed."""
    from rcpref.model import LISTED

    return dict.fromkeys(LISTED.values(), "")


@offer
def schemas(*_: Any) -> Values:
    from rcpref.schemas import names

    return names()


@offer_several
def events(*_: Any) -> Values:
    from rcpref.answers.timeline import EVENTS

    return dict.fromkeys(EVENTS, "")


@offer
def regions(ctx: Any, _: str) -> Values:
    from rcpref.views.filters import names_of_regions

    return {_hyphened(name): name for name in names_of_regions(_data(ctx))}


@offer
def capacities(*_: Any) -> Values:
    from rcpref.views.words import CAPACITY_WORDS

    return {_hyphened(word): word for word in CAPACITY_WORDS.values()}


@offer_several
def properties(ctx: Any, _: str) -> Values:
    properties = _data(ctx).document["properties"].items()
    return {key: raw["label"] for key, raw in properties}


def _columns(ctx: Any, _: str) -> Values:
    """Columns of the command; for `list` those of the kind that is named, with labels."""
    from rcpref.model import KINDS, LISTED, PASSAGE_KINDS
    from rcpref.views import shapes

    if ctx.info_name != "list":
        shape = shapes.COMMANDS.get(str(ctx.info_name))
        return {column.key: "" for column in shape.columns()} if shape else {}
    # Before an option that waits for its value, Typer leaves the arguments as they were typed.
    words = [ctx.params.get("kind"), *ctx.args]
    kind = next((one for one, several in LISTED.items() if {one, several} & set(words)), "")
    group = "record" if kind in KINDS else "passage" if kind in PASSAGE_KINDS else kind
    shape = shapes.LISTED.get(group)
    found = {column.key: "" for column in shape.columns()} if shape else {}
    for key, raw in _data(ctx).document["properties"].items():
        if kind in raw["kinds"]:
            found[key] = raw["label"]
    if kind in shapes.OVERVIEWS:
        found |= {field.key: field.label for field in shapes.OVERVIEWS[kind].fields}
    return found


columns = offer_several(_columns)
sort_columns = offer(_columns)


# The data and their names ------------------------------------------------------------------


def _data(ctx: Any) -> "Data":
    """The data set that would answer, an overlay named before the cursor included."""
    from rcpref.data.loading import load_named

    typed = ctx.params.get("overlay") or ctx.find_root().params.get("overlay")
    named = typed or os.environ.get("RCPREF_DATA")
    return load_named(os.path.expanduser(named) if named else None)


def _records(data: "Data", incomplete: str, kinds: tuple[str, ...] = ()) -> Values:
    found = {
        key: raw["short_name"]
        for key, raw in data.document["records"].items()
        if not kinds or raw["kind"] in kinds
    }
    # bash puts the common beginning of all values in the place of what is typed: the ids and
    # the other names of the same records are never offered together.
    if _begun(found, incomplete):
        return found
    names = data.plain.names.records.listed(kinds)
    return {_hyphened(name): key for key, name, _ in names}


def _states(data: "Data", incomplete: str) -> Values:
    spell = str.title if incomplete[:1].isupper() else str.lower
    names = list(data.plain.names.states.beginning(incomplete))
    for forms in (("name",), ("official_name", "aliases")):
        found = {spell(_hyphened(name)): key for key, name, form in names if form in forms}
        if _begun(found, incomplete):
            return found
    return {key: raw["name"] for key, raw in data.document["countries"].items()}


def _references(data: "Data", incomplete: str) -> Values:
    texts = data.document["texts"]
    found = {key: raw["title"] for key, raw in texts.items()}
    # Of one text alone, or the first TAB would bring the passages of all.
    named = incomplete.partition("/")[0]
    meant = [key for key in texts if key.startswith(named)]
    for reference, (key, raw) in data.plain.passages.items():
        if [key] == meant:
            found[reference] = raw["text"]
        elif len(texts) == 1:
            found[reference.partition("/")[2]] = raw["text"]
    return found


def _begun(values: Iterable[str], incomplete: str) -> bool:
    return any(value.startswith(incomplete) for value in values)


def _hyphened(name: str) -> str:
    """A name as a value without quotes that a look-up understands."""
    from rcpref.spelling import words

    return "-".join(words(name))


def _is_word(value: str) -> bool:
    """Whether a value is one word to every shell: bash fills patterns in, zsh evaluates words."""
    return bool(value) and all(sign in _SIGNS or sign.isalnum() for sign in value)


def _plain(text: str) -> str:
    """The beginning of a text, without signs that a shell, a terminal or Rich obeys."""
    kept = "".join(sign if sign.isprintable() and sign not in "\\\"'`$[]" else " " for sign in text)
    kept = " ".join(kept.split())
    return kept if len(kept) <= _HELP_LENGTH else f"{kept[: _HELP_LENGTH - 3].rstrip()}..."
