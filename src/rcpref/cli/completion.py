"""What TAB offers for the values of arguments and options, in every shell.

No value that is offered holds a sign that a shell reads: a name of several words is offered
joined by hyphens (sri-lanka), as every look-up by name understands it. This module is imported
at every start. What an offer needs, it imports itself.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from rcpref.cli.typer_private import CompletionItem, StringParamType

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

Layers = Iterable[Mapping[str, str]]
"""Values with the words that zsh and fish show for them: those to offer first, then those to offer
if none of the first fits. bash replaces what was typed by the common beginning of all values,
which may be shorter if one fits by its code and another by its name: layers are never mixed."""

_HELP_LENGTH = 60


class Offers(StringParamType):
    """The type of a parameter that is text; TAB offers some values."""

    # Typer's own way, `autocompletion`, drops what does not begin with the very letters typed:
    # `IGC` fits igc, and `5+5` fits 5-plus-5-dialogue.

    def __init__(self, layers: Callable[[Any, str], Layers], commas: bool = False) -> None:
        """What `layers` makes of the context and of what was typed; several with `commas`."""
        self.layers = layers
        self.commas = commas

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:
        """What fits, without what is on the line already."""
        before, comma, typed = "", "", incomplete
        value = ctx.params.get(param.name) if param else None
        taken = list(map(str, value)) if isinstance(value, list | tuple) else []
        if self.commas:
            before, comma, typed = incomplete.rpartition(",")
            taken = before.lower().split(",")
        for layer in self.layers(ctx, typed):
            if found := _fitting(typed, layer):
                return [
                    CompletionItem(f"{before}{comma}{value}", help=_plain(layer[value]))
                    for value in found
                    if value not in taken
                ]
        return []


_several = partial(Offers, commas=True)


def one_of(*values: str) -> Offers:
    return Offers(lambda *_: [dict.fromkeys(values, "")])


def some_of(*values: str) -> Offers:
    return _several(lambda *_: [dict.fromkeys(values, "")])


def records_of(kinds: tuple[str, ...] = ()) -> Offers:
    """Ids of records of some kinds, or all; where none begins so, other names of theirs."""
    return Offers(lambda ctx, _: _record_layers(_data(ctx), kinds))


def values_of(key: str) -> Offers:
    def layers(ctx: Any, _: str) -> Layers:
        # One word stays as it is written: RCP, not rcp.
        words = sorted(_data(ctx).plain.values_claimed(key))
        yield {each if each.isalnum() else _hyphened(each): each for each in words}

    return Offers(layers)


@Offers
def styles(*_: Any) -> Layers:
    """Styles of citations."""
    from rcpref.citation.styles import STYLES

    yield dict.fromkeys(STYLES, "")


@Offers
def records_and_states(ctx: Any, typed: str) -> Layers:
    """Ids of records, else other names of theirs, else names and codes of States."""
    data = _data(ctx)
    yield from _record_layers(data)
    if typed:
        yield from _state_layers(data, typed)


states = Offers(lambda ctx, typed: _state_layers(_data(ctx), typed))
references = Offers(lambda ctx, typed: _reference_layers(_data(ctx), typed))


@Offers
def citable(ctx: Any, typed: str) -> Layers:
    data = _data(ctx)
    if "/" not in typed:
        ids, names = _record_layers(data)
        every = {**ids, "dataset": ""}
        # There are too many sources to look through before a letter is typed.
        if typed:
            every |= {key: raw["title"] for key, raw in data.document["sources"].items()}
        yield every
        yield names
    yield from _reference_layers(data, typed)


@Offers
def conclusion_numbers(ctx: Any, _: str) -> Layers:
    passages = (raw for _, raw in _data(ctx).plain.passages.values())
    yield {str(p["number"]): p["text"] for p in passages if p["kind"] == "conclusion"}


@Offers
def kinds(*_: Any) -> Layers:
    """Everything that can be listed, in the plural; in the singular where that is typed."""
    from rcpref.model import LISTED

    yield dict.fromkeys(LISTED.values(), "")
    yield dict.fromkeys(LISTED, "")


@Offers
def schemas(*_: Any) -> Layers:
    from rcpref.schemas import names

    yield names()


@Offers
def shells(*_: Any) -> Layers:
    from rcpref.cli.shells import SHELLS

    yield dict.fromkeys(SHELLS, "")


@_several
def events(*_: Any) -> Layers:
    from rcpref.answers.timeline import EVENTS

    yield dict.fromkeys(EVENTS, "")


@Offers
def regions(ctx: Any, _: str) -> Layers:
    from rcpref.views.filters import names_of_regions

    yield {_hyphened(name): name for name in names_of_regions(_data(ctx))}


@Offers
def capacities(*_: Any) -> Layers:
    from rcpref.views.words import CAPACITY_WORDS

    yield {_hyphened(word): word for word in CAPACITY_WORDS.values()}


@_several
def properties(ctx: Any, _: str) -> Layers:
    """The properties that something is claimed of for the records named; else all."""
    data = _data(ctx)
    names = _arguments(ctx, "names")
    found = (data.plain.names.match(name, states=False) for name in names)
    named = {match.key for matches in found for match in matches}
    used = {claim["property"] for key in named for claim in data.document["claims"][key]}
    every = data.document["properties"].items()
    yield {key: raw["label"] for key, raw in every if not named or key in used}


# Columns -------------------------------------------------------------------------------


def every_column(data: "Data") -> Iterator[str]:
    """The columns of all commands, by key; those of properties by label too."""
    from rcpref.schemas import OUTPUTS, schema
    from rcpref.views import shapes

    every = (*shapes.COMMANDS.values(), *shapes.LISTED.values())
    yield from (column.key for shape in every for column in shape.columns())
    yield from data.document["records"]
    for name in OUTPUTS:
        item = schema(name)["$defs"]["item"]
        for form in item.get("anyOf", [item]):
            yield from form.get("properties", ())
    for key, raw in data.document["properties"].items():
        yield from (key, raw["label"])


@_several
def columns(ctx: Any, _: str) -> Layers:
    """Columns of the command; for `list` those of the kind that is named, with labels."""
    from rcpref.model import KINDS, LISTED, PASSAGE_KINDS
    from rcpref.spelling import key_of
    from rcpref.views import shapes

    kind = ""
    if ctx.info_name == "list":
        asked = key_of("".join(_arguments(ctx, "kind")[:1]))
        named = (one for one, several in LISTED.items() if asked in (key_of(one), key_of(several)))
        kind = next(named, "")
    group = "record" if kind in KINDS else "passage" if kind in PASSAGE_KINDS else kind
    shape = shapes.LISTED.get(group) if kind else shapes.COMMANDS.get(str(ctx.info_name))
    properties = _data(ctx).document["properties"].items() if kind in KINDS else ()
    labels = {key: raw["label"] for key, raw in properties if kind in raw["kinds"]}
    yield {**{column.key: "" for column in (shape.columns() if shape else ())}, **labels}
    if labels:
        ages = shapes.OVERVIEWS[kind].fields if kind in shapes.OVERVIEWS else ()
        yield {field.key: field.label for field in ages}


sort_columns = Offers(columns.layers)


def _data(ctx: Any) -> "Data":
    """The data set that would answer, an overlay named before the cursor included."""
    from rcpref.data.loading import load_named

    named = ctx.params.get("overlay") or os.environ.get("RCPREF_DATA")
    return load_named(os.path.expanduser(named) if named else None)


def _arguments(ctx: Any, name: str) -> list[str]:
    """The arguments of this name before the cursor; none for a command without it."""
    if not any(param.name == name for param in ctx.command.params):
        return []
    # Behind an option that waits for its value Typer has not told them apart yet.
    value = ctx.params.get(name) or ctx.args
    return [value] if isinstance(value, str) else list(value)


def _fitting(typed: str, values: Iterable[str]) -> list[str]:
    """The values that begin with what was typed, or do without its case, accents and signs."""
    from rcpref.spelling import key_of

    lower, key = typed.lower(), key_of(typed)
    found = [value for value in values if value.lower().startswith(lower)]
    if found or not key:
        return found
    return [value for value in values if key_of(value).startswith(key)]


def _plain(text: str) -> str:
    """The beginning of a text, without signs that a shell reads or a terminal obeys."""
    # zsh evaluates these words; an overlay cannot be trusted with that.
    kept = "".join(sign if sign.isprintable() and sign not in "\\\"'`$" else " " for sign in text)
    kept = " ".join(kept.split())
    return kept if len(kept) <= _HELP_LENGTH else f"{kept[: _HELP_LENGTH - 3].rstrip()}..."


def _hyphened(name: str) -> str:
    """A name as a value without quotes that a look-up understands."""
    from rcpref.spelling import words

    return "-".join(words(name))


def _record_layers(data: "Data", kinds: tuple[str, ...] = ()) -> Layers:
    records = data.document["records"].items()
    chosen = {key: raw for key, raw in records if not kinds or raw["kind"] in kinds}
    yield {key: raw["short_name"] for key, raw in chosen.items()}
    names = data.plain.names.records.listed(kinds)
    yield {_hyphened(name): key for key, name, _ in names}


def _state_layers(data: "Data", typed: str) -> Layers:
    # zsh drops what does not begin with the very letters typed: Ken has to become Kenya.
    spell = str.title if typed[:1].isupper() else str.lower
    names = list(data.plain.names.states.beginning(typed))
    yield {spell(_hyphened(name)): key for key, name, form in names if form == "name"}
    yield {key: raw["name"] for key, raw in data.document["countries"].items()}
    others = ("official_name", "aliases")
    yield {spell(_hyphened(name)): key for key, name, form in names if form in others}


def _reference_layers(data: "Data", typed: str) -> Layers:
    texts, passages = data.document["texts"], data.plain.passages.items()
    named, slash, _ = typed.lower().partition("/")
    meant = [key for key in texts if (key == named if slash else key.startswith(named))]
    titles = {key: raw["title"] for key, raw in texts.items()}
    # Of one text alone, or the first TAB would bring the passages of all.
    yield titles | {ref: raw["text"] for ref, (key, raw) in passages if [key] == meant}
    if len(texts) == 1:
        yield {ref.partition("/")[2]: raw["text"] for ref, (_, raw) in passages}
