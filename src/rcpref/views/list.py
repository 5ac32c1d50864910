"""`rcpref list`: what there is, kind by kind; of records what filters ask of them, and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership.answer import Answer
from rcpref.answers.time import ENDED, AsOf
from rcpref.data.dataset import Data
from rcpref.dates import newest, parse
from rcpref.errors import NotFound, UsageProblem
from rcpref.model import HELD_KINDS, KINDS, LISTED, NOT_NAMED, PASSAGE_KINDS
from rcpref.report.blocks import Block, Cell, Column, Gap, Item, Row, plain, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, column_named, unknown_column
from rcpref.spelling import key_of, words
from rcpref.views.items import (
    answer_item,
    claim_item,
    overlay_mark,
    passage_item,
    record_item,
    state_item,
)
from rcpref.views.request import FILTERS, Wanted, refuse_misfits
from rcpref.views.shapes import LISTED as SHAPES
from rcpref.views.shapes import OVERVIEWS, Field
from rcpref.views.words import asked_for, property_named, together

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record
    from rcpref.views.filters import FilterMatch, Question
    from rcpref.views.free_words import FreeWords
    from rcpref.views.property import ValueColumn


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
        "attended": wanted.filters.get("attended"),
        "sort": wanted.sort,
        "limit": wanted.limit,
    }
    if kind in KINDS:
        report = _records(data, kind, wanted, query)
    elif kind in PASSAGE_KINDS:
        passages = data.plain.passages.items()
        items = [passage_item(data, ref) for ref, (_, raw) in passages if raw["kind"] == kind]
        report = Report(data, query, SHAPES["passage"].columns(), lines=items)
    else:
        report = _OTHERS[kind](data, wanted, query)
    report.lines = _narrowed(report, kind, wanted)
    if not report.lines and not report.others:
        every = " --all" if kind == "state" else ""
        narrowed = wanted != Wanted(columns=wanted.columns, sort=wanted.sort)
        raise NotFound(
            f"no {LISTED[kind]} fit" if narrowed else f"there are no {LISTED[kind]}",
            f"rcpref list {LISTED[kind]}{every} shows all of them" if narrowed else "",
        )
    if wanted.columns and not report.chosen:
        report.choose(wanted.columns)
    return report


def _narrowed(report: Report, kind: str, wanted: Wanted) -> list[dict[str, Any]]:
    """The lines that have the words, sorted and cut."""
    found = list(report.lines)
    if wanted.words and kind not in KINDS:
        found = _with_words(report, wanted.words)
    if wanted.sort:
        column = column_named(wanted.sort_key, report.columns)
        if column is None:
            raise unknown_column(wanted.sort_key, [each.key for each in report.columns])
        raw = report.data.document["properties"].get(column.key)
        if raw and raw["type"] == "states":
            size = "-size" if wanted.sort[:1] == "-" else "size"
            hint = f"to sort by how many members there are: --sort {size}"
            raise UsageProblem(f"{column.label} are lists, which have no order", hint)
        found = _sorted(found, column, reverse=wanted.sort[:1] == "-")
    return found[: wanted.limit]


def _with_words(report: Report, typed: Sequence[str]) -> list[dict[str, Any]]:
    """The lines that have the words, each with the columns in which they fit."""
    from rcpref.views.free_words import FITS, parse_words, places_column, places_of

    typed_words = parse_words(typed)
    columns = [column for column in report.columns if column.key != "kind"]
    labels = {column.key: column.label for column in columns}
    if report.shown:
        report.shown = [*report.shown, FITS]
    report.columns = [*report.columns, places_column(labels, typed_words)]
    placed = ((line, places_of(line, columns, typed_words)) for line in report.lines)
    return [{**line, FITS: places} for line, places in placed if places is not None]


def _sorted(found: list[dict[str, Any]], column: Column, reverse: bool) -> list[dict[str, Any]]:
    """Lines in the order of a column; those with an empty cell come last."""
    pairs = [(column.read(line), line) for line in found]
    full = [pair for pair in pairs if pair[0] not in (None, "", ())]
    full.sort(key=lambda pair: _sort_key(pair[0]), reverse=reverse)
    return [line for _, line in full] + [line for cell, line in pairs if cell in (None, "", ())]


def _sort_key(cell: Cell) -> tuple[int, int, str]:
    return (0, cell, "") if isinstance(cell, int) else (1, 0, " ".join(words(plain(cell))))


# Records ---------------------------------------------------------------------------
# What looks at the claims (filters, values, words) is imported when it is asked for: names
# alone are listed without.

_COLUMNS = SHAPES["record"].columns()
_NAMES, _MORE = _COLUMNS[:4], _COLUMNS[4:]
"""Names, and columns that are there to be chosen."""

_NAMES_BEFORE_ANSWERS = (*_NAMES[:3], _NAMES[3]._replace(room=120))
"""What is asked for comes first; the official name only where there is room."""


_ACTIVE = ("last_seen_active",)

_FIRST = {
    "process": ["short_name", "size", "led_by", "last_seen_active"],
    "body": ["short_name", "size"],
    "organization": ["short_name", "size"],
    **{kind: ["held", "short_name"] for kind in HELD_KINDS},
}
"""The columns that people read where nothing is asked for, by kind."""


def _records(data: Data, kind: str, wanted: Wanted, query: dict[str, Any]) -> Report:
    asked = asked_for(data, wanted.as_of)
    understood = _questions(data, wanted, asked)
    texts = {option: each.text for option, each in understood.items()}
    query |= {"as_of": asked.text, **dict.fromkeys(FILTERS), **texts}
    questions = list(understood.values())
    typed = None
    if wanted.words:
        from rcpref.views.free_words import free_words

        asked_columns = [column for question in questions for column in question.columns]
        typed = free_words(data, kind, wanted.words, asked, asked_columns)
    overview = _overview(data, kind, asked)
    more = [*_MORE, *overview]
    columns, by_key, people = _table(data, kind, wanted, questions, typed, asked, more)
    values = list(by_key.values())
    lines, extras, uncertain = _matching(data, kind, questions, values, typed)
    unasked = {column.key for column in more} - {*(_ACTIVE if "active_since" in texts else ())}
    shown = [column.key for column in columns if column.key not in unasked]

    def items() -> list[Item]:
        raw = data.document["records"]
        return [
            {
                **record_item(line["id"], raw[line["id"]]),
                **{each.key: each.read(line) for each in overview if each.item},
                **extras.get(line["id"], {}),
            }
            for line in report.lines
        ]

    report = Report(data, query, columns, items, shown, lines)
    report.asked, report.people = asked, people
    if wanted.columns:
        report.choose(wanted.columns)
    report.beside = ("claims",)
    if questions or typed:
        report.others = [{"id": key, **answer_item(a)} for key, a in uncertain.items()]
    remarks = _left_out(data, extras, values)
    short = line = ""
    if named := uncertain.items():
        # What sums up answers takes their rules with it.
        from rcpref.views.summary import IN_JSON, short_line, uncertain_line

        short, line = short_line(named, IN_JSON), uncertain_line(named)
    report.notice(together(short, *remarks))
    statuses = by_key.get("status")
    report.blocks = lambda marks: _listing_blocks(report, remarks, line, statuses, marks)
    return report


def _overview(data: Data, kind: str, asked: AsOf) -> list[Field]:
    """What people want to know first of records of a kind, each read when it is printed."""

    def size(item: Item) -> Cell:
        from rcpref.answers.membership.members import members_at, states_named

        record = data.records[item["id"]]
        if not states_named(record):
            return None
        ends = [parse(str(claim.value)) for claim in record.claims_of(ENDED)]
        # After its end nobody is a member: how many there were then says more.
        when = AsOf(max(ends)) if ends and asked.last_known else asked
        return sum(found.certain for found in members_at(data, record, when).values())

    def led_by(item: Item) -> Cell:
        from rcpref.answers.values import answer_of, chair_words, shown_states, value_at

        values = value_at(data, data.records[item["id"]], "chair", asked)
        states: dict[str, list[str]] = {}
        for value in values:
            states.setdefault(chair_words(answer_of(value), asked), []).append(value.item)
        return tuple(f"{shown_states(data, codes)} ({words})" for words, codes in states.items())

    def last_seen(item: Item) -> Cell:
        from rcpref.answers.values import last_active, newest_activity

        if asked.last_known:
            return last_active(data, item["id"])
        seen = newest_activity(data, data.records[item["id"]], asked.date.last)
        return seen.when.text if seen else None

    def status_as_of(item: Item) -> Cell:
        from rcpref.answers.values import sure, value_at

        values = sure(value_at(data, data.records[item["id"]], "status", asked))
        return newest(value.last_known for value in values)

    def held(item: Item) -> Cell:
        return _held(data, item)

    if kind not in OVERVIEWS:
        return []
    read = {
        "size": size,
        "led_by": led_by,
        "last_seen_active": last_seen,
        "status_as_of": status_as_of,
        "held": held,
    }
    return [field._replace(cell=read[field.key]) for field in OVERVIEWS[kind].fields]


def _held(data: Data, item: Item) -> str | None:
    """When a meeting or summit was held."""
    from rcpref.answers.values import gathering_of

    held = gathering_of(data.records[item["id"]])
    return held.when.text if held else None


def _questions(data: Data, wanted: Wanted, asked: AsOf) -> dict[str, Question]:
    if not wanted.filters:
        return {}
    from rcpref.views import filters

    texts = {option: wanted.filters[option] for option in FILTERS if option in wanted.filters}
    found = {option: getattr(filters, option)(data, text, asked) for option, text in texts.items()}
    if "member" in texts and "capacity" in texts:
        found |= filters.member_in(data, texts["member"], texts["capacity"], asked)
    return found


def _table(
    data: Data,
    kind: str,
    wanted: Wanted,
    questions: Sequence[Question],
    typed: FreeWords | None,
    asked: AsOf,
    more: Sequence[Column],
) -> tuple[list[Column], dict[str, ValueColumn], list[str]]:
    """All columns, those of properties by key, the keys of those that people read."""
    vocabulary = data.document["properties"]
    answers = [column for question in questions for column in question.columns]
    places = [typed.column] if typed else []
    values = {
        each.values.column.key: each.values
        for each in questions
        if each.values and kind in vocabulary[each.values.key]["kinds"]
    }
    # What was asked for comes first; where nothing was, what people want to know first.
    asked_keys = [column.key for column in answers]
    first = _FIRST.get(kind, ["short_name", "acronym"])
    people = ["short_name", *asked_keys] if answers else first
    people = [*people, *(_ACTIVE if "active_since" in wanted.filters else ())]
    people = list(dict.fromkeys([*people, *values, *(column.key for column in places)]))
    people += [key for key in ("name", "id") if people != _FIRST["process"]]
    columns = [*(_NAMES_BEFORE_ANSWERS if answers else _NAMES), *answers]
    columns += [*(each.column for each in values.values()), *places, *more]
    for name in dict.fromkeys([*wanted.columns, *filter(None, [wanted.sort_key])]):
        column = column_named(name, columns)
        # A key goes before a label: `members` are the States, and "Members" how many.
        if column and key_of(column.key) != key_of(name) and name in vocabulary:
            column = None
        if column is None:
            added = _added(data, kind, name, asked)
            if added is None:
                usable = [key for key, raw in vocabulary.items() if kind in raw["kinds"]]
                raise unknown_column(name, [*(each.key for each in columns), *usable])
            values[added.column.key] = added
            columns.append(added.column)
        elif name in wanted.columns and column.key in values and values[column.key].part:
            # All values of the property, in place of those that a filter asked for.
            whole = _added(data, kind, column.key, asked)
            assert whole is not None
            values[column.key] = whole
            columns[columns.index(column)] = whole.column
    return columns, values, people


def _added(data: Data, kind: str, name: str, asked: AsOf) -> ValueColumn | None:
    """The column of a property, or of what stands beside it, by the name of the column."""
    from rcpref.views.property import BESIDE_VALUE, beside_column, value_column

    key = property_named(data, name, kind)
    if key is not None:
        return value_column(data, key, asked)
    head, _, part = name.rpartition("_")
    key = property_named(data, head, kind) if part in BESIDE_VALUE else None
    return beside_column(data, key, part, asked) if key is not None else None


def _matching(
    data: Data,
    kind: str,
    questions: Sequence[Question],
    values: Sequence[ValueColumn],
    typed: FreeWords | None,
) -> tuple[list[Item], dict[str, Item], dict[str, Answer]]:
    """Names of the records that match, what else is known of them, and what is not certain."""
    lines: list[Item] = []
    known: dict[str, Item] = {}
    uncertain: dict[str, Answer] = {}
    for key, raw in data.document["records"].items():
        if raw["kind"] != kind:
            continue
        line = {"id": key, **raw}
        # Names alone are listed without a look at the claims.
        if questions or values or typed:
            extras = _extras(data.records[key], line, questions, values, typed)
            if isinstance(extras, Answer):
                uncertain[key] = extras
            if extras is None or isinstance(extras, Answer):
                continue
            known[key] = extras
            line |= extras
        lines.append(line)
    return lines, known, uncertain


def _extras(
    record: Record,
    line: Item,
    questions: Sequence[Question],
    values: Sequence[ValueColumn],
    typed: FreeWords | None,
) -> Item | Answer | None:
    """What the item of a record has besides names; an answer if it may match, or None."""
    matches: list[FilterMatch] = []
    for question in questions:
        match = question.ask(record)
        if match is None or isinstance(match, Answer):
            return match
        matches.append(match)
    extras = _extras_of(record.id, matches, values)
    if typed is None:
        return extras
    match = typed.ask(record, {**line, **extras})
    if match is None or isinstance(match, Answer):
        return match
    return _extras_of(record.id, [*matches, match], values)


def _extras_of(key: str, matches: Sequence[FilterMatch], values: Sequence[ValueColumn]) -> Item:
    """The same of a record that matches, with all claims that it rests on."""
    extras: Item = {}
    for match in matches:
        extras |= match.item or {}
    used: list[Claim] = [claim for match in matches for claim in match.claims]
    used += [claim for column in values for claim in column.claims(key)]
    if used:
        extras["claims"] = [claim_item(claim) for claim in dict.fromkeys(used)]
    return extras


def _left_out(data: Data, ids: Iterable[str], values: Sequence[ValueColumn]) -> list[str]:
    """By property, the records of which values that are not certain are left out."""
    left: dict[str, dict[str, None]] = {}
    for key in ids:
        for column in values:
            if column.leaves_out(key):
                left.setdefault(column.key, {})[key] = None
    return [
        f"not certain and left out: {data.label_of(name).lower()} of {', '.join(ids)} ({len(ids)})"
        for name, ids in left.items()
    ]


_PLACES = {
    "attended": ("passage", "role", "attended"),
    "meeting": ("meeting", "occasion", "met"),
    "": ("reason", "region", "answer", "basis", "met", "fits"),
}
"""Columns of which the first that is there has the marks of the claims on a property, or
of those that have no column of their own."""


def _listing_blocks(
    report: Report,
    remarks: Sequence[str],
    uncertain: str,
    statuses: ValueColumn | None,
    marks: Marks,
) -> list[Block]:
    """The table, each cell that states a fact with the marks of its sources."""
    printed = {column.key for column in report.grid([]).columns}
    pairs = list(zip(report.rows, report.lines, strict=True))
    if "held" in printed and not report.query["sort"]:
        pairs.sort(key=lambda pair: str(pair[0]["held"]))
    marked = [
        _marked(_for_people(report, row, item, statuses), item, printed, marks)
        for row, item in pairs
    ]
    none = quiet("None fits for certain.")
    blocks: list[Block] = [report.grid(marked) if marked else none]
    blocks += [quiet(f"{text}.") for text in remarks]
    if uncertain:
        blocks += [Gap(), quiet(f"Not certain: {uncertain}.")]
    return blocks


def _for_people(report: Report, row: Row, item: Item, statuses: ValueColumn | None) -> Row:
    """A row with its dates in words, the status with its own: "active, May 2025"."""
    from rcpref.views.sentences import in_words

    cells: dict[str, Cell] = {
        key: parse(str(row[key])).words
        for key in ("last_seen_active", "status_as_of", "held")
        if row.get(key)
    }
    if row.get("last_seen_active") and report.asked:
        cells["last_seen_active"] = (
            _over(report.data, item["id"], report.asked) or cells["last_seen_active"]
        )
    if row.get("led_by"):
        cells["led_by"] = in_words(plain(row["led_by"]))
    if statuses is not None and row.get("status"):
        from rcpref.answers.values import sure

        cells["status"] = tuple(
            f"{value.item}, {parse(value.last_known).words}" if value.last_known else value.item
            for value in sure(statuses.values(item["id"]))
        )
    return {**row, **cells}


def _over(data: Data, key: str, asked: AsOf) -> str:
    """Since when a process is dormant, or when it ended; empty for one that is neither."""
    from rcpref.answers.membership.members import outside_life
    from rcpref.views.sentences import in_words
    from rcpref.views.summary import dormant_line

    record = data.records[key]
    end = outside_life(record, asked)
    return in_words(dormant_line([record], asked) if end is None else end.reason)


def _marked(row: Row, item: Item, printed: set[str], marks: Marks) -> Row:
    cells = dict(row)
    for key, source in _places(row, item, printed):
        cell = cells[key]
        cells[key] = marks.behind(cell if isinstance(cell, str) else plain(cell), (source,))
    return cells


def _places(row: Row, item: Item, printed: set[str]) -> Iterator[tuple[str, str]]:
    """The columns in which the claims of an item stand, each with the source of the claim."""
    if not item.get("claims"):
        return
    from rcpref.views.property import BESIDE_VALUE

    for claim in item["claims"]:
        name = claim["property"]
        usual = [key for key in (name, *(f"{name}_{part}" for part in BESIDE_VALUE)) if key in row]
        places = [*_PLACES.get(name, usual), *_PLACES[""]]
        fitting = [key for key in places if key in printed and row.get(key)]
        if fitting:
            yield fitting[0], claim["source"]


# Kinds that are no records ---------------------------------------------------------


def _states(data: Data, wanted: Wanted, query: dict[str, Any]) -> Report:
    query["every"] = wanted.every
    codes = list(data.countries) if wanted.every else data.plain.states_named()
    items = [state_item(data.countries[code]) for code in codes]
    shape = SHAPES["state"]
    report = Report(data, query, shape.columns(), lines=items, shown=shape.unasked())
    note = "Names and codes serve look-up; they take no position on any territory or status."
    report.blocks = lambda _: [report.grid(), quiet(note)]
    return report


def _sources(data: Data, _: Wanted, query: dict[str, Any]) -> Report:
    from rcpref.data.form import SOURCE

    def authors(item: Item) -> tuple[str, ...]:
        from rcpref.model.sources import Author

        return tuple(str(Author(**each)) for each in item.get("author", ()))

    def publishers(item: Item) -> tuple[str, ...]:
        return tuple(name for name in item["publisher"] if name != NOT_NAMED)

    usual = SHAPES["source"].unasked()
    more = [Column(key, key.capitalize()) for key in SOURCE if key not in (*usual, "author")]
    more.append(Column("author", "Author", cell=authors))
    items = [{"id": key, **raw} for key, raw in data.document["sources"].items()]
    columns = SHAPES["source"].columns(*more, publisher=publishers)
    return Report(data, query, columns, lines=items, shown=usual)


def _properties(data: Data, _: Wanted, query: dict[str, Any]) -> Report:
    known = sorted(data.document["properties"].items(), key=lambda pair: pair[1]["order"])
    items = [{"id": key, **raw} for key, raw in known]
    return Report(data, query, SHAPES["property"].columns(), lines=items)


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
    return Report(data, query, SHAPES["text"].columns(), lines=items)


_OTHERS: dict[str, Callable[[Data, Wanted, dict[str, Any]], Report]] = {
    "state": _states,
    "source": _sources,
    "property": _properties,
    "text": _texts,
}
