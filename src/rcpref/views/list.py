"""`rcpref list`: what there is, kind by kind."""

from collections.abc import Callable, Sequence
from typing import Any

from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.model import KINDS, LISTED, NOT_NAMED, PASSAGE_KINDS
from rcpref.report.blocks import Cell, Column, Item, Quiet, Span, plain
from rcpref.report.report import Report, column_named, unknown_column
from rcpref.spelling import words
from rcpref.views.items import overlay_mark, passage_item, state_item
from rcpref.views.records import records
from rcpref.views.request import Wanted, refuse_misfits
from rcpref.views.shapes import LISTED as SHAPES


def counts(data: Data) -> Report:
    """How many there are of each kind."""
    items = [
        {"kind": plural, "count": _count(data, singular)} for singular, plural in LISTED.items()
    ]
    columns = (Column("kind", "Kind", style="name"), Column("count", "How many", number=True))
    return Report(data, {"command": "list"}, columns, items=items)


def _count(data: Data, kind: str) -> int:
    if kind in KINDS:
        return sum(1 for raw in data.document["records"].values() if raw["kind"] == kind)
    if kind in PASSAGE_KINDS:
        return sum(1 for passage in data.passages() if passage.kind == kind)
    return len(data.plain.states_named()) if kind == "state" else len(getattr(data, LISTED[kind]))


def listing(data: Data, kind: str, wanted: Wanted) -> Report:
    """The rows of one kind (singular)."""
    refuse_misfits(kind, wanted)
    query = {
        "command": "list",
        "kind": kind,
        "words": list(wanted.words),
        "attended": wanted.attended,
        "sort": wanted.sort,
        "limit": wanted.limit,
    }
    if kind in KINDS:
        report = records(data, kind, wanted, query)
    elif kind in PASSAGE_KINDS:
        report = _passages(data, kind, query)
    else:
        report = _OTHERS[kind](data, wanted, query)
    report.items = _narrowed(report, kind, wanted)
    if not report.items and not report.uncertain:
        every = " --all" if kind == "state" else ""
        narrowed = wanted != Wanted(columns=wanted.columns, sort=wanted.sort)
        raise NotFound(
            f"no {LISTED[kind]} fit" if narrowed else f"there are no {LISTED[kind]}",
            f"rcpref list {LISTED[kind]}{every} shows all of them" if narrowed else "",
        )
    if wanted.columns and not report.chosen:
        report.choose(wanted.columns)
    return report


# Rows ------------------------------------------------------------------------------


def _narrowed(report: Report, kind: str, wanted: Wanted) -> list[dict[str, Any]]:
    """The items that have the words, sorted and cut."""
    found = list(report.items)
    if wanted.words and kind not in KINDS:
        found = _with_words(report, wanted.words)
    if wanted.sort:
        column = column_named(wanted.sort_key, report.columns)
        if column is None:
            raise unknown_column(wanted.sort_key, [each.key for each in report.columns])
        found = _sorted(found, column, reverse=wanted.sort[:1] == "-")
    return found[: wanted.limit]


def _with_words(report: Report, typed: Sequence[str]) -> list[dict[str, Any]]:
    """The items that have the words, each with the columns in which they fit."""
    from rcpref.views.free_words import FITS, parse_words, places_column, places_of

    typed_words = parse_words(typed)
    columns = [column for column in report.columns if column.key != "kind"]
    labels = {column.key: column.label for column in columns}
    if report.shown:
        report.shown = [*report.shown, FITS]
    report.columns = [*report.columns, places_column(labels, typed_words)]
    placed = ((item, places_of(item, columns, typed_words)) for item in report.items)
    return [{**item, FITS: places} for item, places in placed if places is not None]


def _sorted(found: list[dict[str, Any]], column: Column, reverse: bool) -> list[dict[str, Any]]:
    """Items in the order of a column; those with an empty cell come last."""
    pairs = [(column.read(item), item) for item in found]
    full = [pair for pair in pairs if pair[0] not in (None, "", ())]
    full.sort(key=lambda pair: _sort_key(pair[0]), reverse=reverse)
    return [item for _, item in full] + [item for cell, item in pairs if cell in (None, "", ())]


def _sort_key(cell: Cell) -> tuple[int, int, str]:
    """Numbers by size, text by its letters without accents."""
    if isinstance(cell, int):
        return (0, cell, "")
    return (1, 0, " ".join(words(plain(cell))))


# Kinds that are no records ---------------------------------------------------------


def _passages(data: Data, kind: str, query: dict[str, Any]) -> Report:
    items = [
        passage_item(data, ref)
        for ref, (_, raw) in data.plain.passages.items()
        if raw["kind"] == kind
    ]
    return Report(data, query, SHAPES["passage"].columns(), items=items)


def _states(data: Data, wanted: Wanted, query: dict[str, Any]) -> Report:
    query["every"] = wanted.every
    codes = list(data.countries) if wanted.every else data.plain.states_named()
    items = [state_item(data.countries[code]) for code in codes]
    report = Report(
        data, query, SHAPES["state"].columns(), shown=SHAPES["state"].unasked(), items=items
    )
    note = "Names and codes serve look-up; they take no position on any territory or status."
    report.blocks = lambda: [report.grid(), Quiet([Span(note)])]
    return report


def _sources(data: Data, _: Wanted, query: dict[str, Any]) -> Report:
    from rcpref.data.form import SOURCE

    usual = SHAPES["source"].unasked()
    more = [Column(key, key.capitalize()) for key in SOURCE if key not in (*usual, "author")]
    more.append(Column("author", "Author", cell=_authors))
    items = [{"id": key, **raw} for key, raw in data.document["sources"].items()]
    columns = SHAPES["source"].columns(*more, publisher=_publishers)
    return Report(data, query, columns, shown=usual, items=items)


def _publishers(item: Item) -> tuple[str, ...]:
    return tuple(name for name in item["publisher"] if name != NOT_NAMED)


def _authors(item: Item) -> tuple[str, ...]:
    from rcpref.model.sources import Author

    return tuple(str(Author(**each)) for each in item.get("author", ()))


def _properties(data: Data, _: Wanted, query: dict[str, Any]) -> Report:
    known = data.document["properties"]
    items = [
        {"id": key, **known[key]} for key in sorted(known, key=lambda key: known[key]["order"])
    ]
    return Report(data, query, SHAPES["property"].columns(), items=items)


def _texts(data: Data, _: Wanted, query: dict[str, Any]) -> Report:
    items = [
        {
            "id": text.id,
            "title": text.title,
            "date": text.date,
            "language": text.language,
            "passages": len(text.passages),
            "source": text.document,
            **overlay_mark(data.document["texts"][text.id]),
        }
        for text in data.texts.values()
    ]
    return Report(data, query, SHAPES["text"].columns(), items=items)


_OTHERS: dict[str, Callable[[Data, Wanted, dict[str, Any]], Report]] = {
    "state": _states,
    "source": _sources,
    "property": _properties,
    "text": _texts,
}
