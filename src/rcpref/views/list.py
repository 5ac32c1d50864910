"""`rcpref list`: what there is, kind by kind; of records what filters ask of them, and more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership.answer import CERTAIN, Answer
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import NotFound, UsageProblem
from rcpref.model import HELD_KINDS, KINDS, LISTED, NO_POSITION, NOT_NAMED, PASSAGE_KINDS
from rcpref.report.blocks import Block, Cell, Column, Gap, Item, Row, plain, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, column_named, sentence, unknown_column
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
from rcpref.views.shapes import OVERVIEWS
from rcpref.views.words import asked_for, month_of, property_named, seen_words, together
from rcpref.wording import Part, Why, in_words

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record
    from rcpref.views.filters import FilterMatch, FreeWords, Question
    from rcpref.views.property import ValueColumn


def counts(data: Data) -> Report:
    records, passages = data.document["records"].values(), data.passages()
    many = Counter([*(raw["kind"] for raw in records), *(passage.kind for passage in passages)])
    many["state"] = len(data.plain.states_named())
    for kind in ("source", "property", "text"):
        many[kind] = len(getattr(data, LISTED[kind]))
    items = [{"kind": plural, "count": many[kind]} for kind, plural in LISTED.items()]
    columns = (Column("kind", "Kind", style="name"), Column("count", "How many", number=True))
    return Report(data, {"command": "list"}, columns, items=items)


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
        report = _Records(data, kind, wanted).report(query)
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
            f"no {LISTED[kind]} match" if narrowed else f"there are no {LISTED[kind]}",
            f"rcpref list {LISTED[kind]}{every} shows all of them" if narrowed else "",
        )
    if wanted.columns and not report.chosen:
        report.choose(wanted.columns)
    return report


def _narrowed(report: Report, kind: str, wanted: Wanted) -> list[Item]:
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
            hint = f"to sort by the number of members: --sort {size}"
            raise UsageProblem(f"{column.label} are lists, which have no order", hint)
        # Those with an empty cell come last.
        pairs = [(column.read(line), line) for line in found]
        full = [pair for pair in pairs if pair[0] not in (None, "", ())]
        full.sort(key=lambda pair: _sort_key(pair[0]), reverse=wanted.sort[:1] == "-")
        empty = [line for cell, line in pairs if cell in (None, "", ())]
        found = [*(line for _, line in full), *empty]
    return found[: wanted.limit]


def _with_words(report: Report, typed: Sequence[str]) -> list[Item]:
    """The lines that have the words, each with the columns in which they fit."""
    from rcpref.views.filters import FITS, parse_words, places_column, places_of

    typed_words = parse_words(typed)
    columns = [column for column in report.columns if column.key != "kind"]
    labels = {column.key: column.label for column in columns}
    if report.shown:
        report.shown = [*report.shown, FITS]
    report.columns = [*report.columns, places_column(labels, typed_words)]
    placed = ((line, places_of(line, columns, typed_words)) for line in report.lines)
    return [{**line, FITS: places} for line, places in placed if places is not None]


def _sort_key(cell: Cell) -> tuple[int, int, str]:
    return (0, cell, "") if isinstance(cell, int) else (1, 0, " ".join(words(plain(cell))))


# Records ---------------------------------------------------------------------------
# What looks at the claims (filters, values, words) is imported when it is asked for: names
# alone are listed without.

_COLUMNS = SHAPES["record"].columns()
_NAMES, _MORE = _COLUMNS[:4], _COLUMNS[4:]
"""Names, and columns that are there to be chosen."""

_ACTIVE = ("last_seen_active",)

_FIRST = {
    "process": ["short_name", "size", "led_by", "last_seen_active"],
    "body": ["short_name", "size"],
    "organization": ["short_name", "size"],
    **{kind: ["held", "short_name"] for kind in HELD_KINDS},
}
"""The columns that people read where nothing is asked for, by kind."""

_PLACES = {
    "attended": ("passage", "role", "attended"),
    "meeting": ("meeting", "occasion", "met"),
    "": ("reason", "region", "answer", "basis", "met", "fits"),
}
"""Columns of which the first that is there has the marks of the claims on a property, or
of those that have no column of their own."""


class _Records:
    def __init__(self, data: Data, kind: str, wanted: Wanted) -> None:
        self.data, self.kind, self.wanted = data, kind, wanted
        self.asked = asked_for(data, wanted.as_of)
        self.questions: dict[str, Question] = {}  # by the option of the filter
        self.words: FreeWords | None = None
        self.values: dict[str, ValueColumn] = {}  # by the key of their column
        self.extras: dict[str, Item] = {}  # what is known of each record that matches
        self.uncertain: dict[str, Answer] = {}  # of those that may match
        shape, own = OVERVIEWS.get(kind), {"led_by": self._led_by}
        # What people want to know first of records of a kind, each read when it is printed.
        self.overview = [
            field._replace(cell=own.get(field.key) or partial(self._overview, field.key))
            for field in (shape.fields if shape else ())
        ]

    def report(self, query: Item) -> Report:
        self._ask()
        texts = {option: each.text for option, each in self.questions.items()}
        query |= {"as_of": self.asked.text, **dict.fromkeys(FILTERS), **texts}
        more = [*_MORE, *self.overview]
        active = _ACTIVE if {"active_since", "inactive_since"} & {*texts} else ()
        columns, people = self._columns(more, active)
        lines = self._matching()
        unasked = {column.key for column in more} - {*active}
        shown = [column.key for column in columns if column.key not in unasked]

        def items() -> list[Item]:
            return [
                {
                    **record_item(self.data, line["id"]),
                    **{each.key: each.read(line) for each in self.overview if each.item},
                    **self.extras.get(line["id"], {}),
                }
                for line in report.lines
            ]

        report = Report(self.data, query, columns, items, shown, lines)
        report.asked, report.people = self.asked, people
        if self.wanted.columns:
            report.choose(self.wanted.columns)
        report.kept_keys = ("claims",)
        if self.questions or self.words:
            named = self.uncertain.items()
            report.others = [{"id": key, **answer_item(answer)} for key, answer in named]
        remarks = self._remarks()
        short = line = ""
        if self.uncertain:
            # What sums up answers takes their rules with it.
            from rcpref.views.summary import IN_JSON, short_line, uncertain_line

            named = self.uncertain.items()
            short, line = short_line(named, IN_JSON), uncertain_line(named)
        report.notice(together(short, *remarks))
        report.blocks = lambda marks: self._blocks(report, remarks, line, marks)
        return report

    # Columns of the overview -----------------------------------------------------------

    def _overview(self, name: str, item: Item) -> Any:
        if self.asked.last_known and (known := self.data.plain.known):
            return known[name][item["id"]]
        from rcpref.answers.values import OVERVIEW

        return OVERVIEW[name](self.data, item["id"], self.asked)

    def _led_by(self, item: Item, term: Callable[[Why], str] = in_words) -> Cell:
        name = self.data.plain.state_name
        cells = []
        for parts, states in self._overview("chair", item):
            why = tuple(Part(code, tuple(dates), extra) for code, dates, extra in parts)
            names = ", ".join(map(name, states))
            cells.append(f"{names} ({term(why)})" if why else names)
        return tuple(cells)

    # What is asked, and what matches ---------------------------------------------------

    def _ask(self) -> None:
        texts, data = self.wanted.filters, self.data
        if texts:
            from rcpref.views import filters

            for option in FILTERS:
                if option in texts:
                    question = getattr(filters, option)(data, texts[option], self.asked)
                    self.questions[option] = question
            if "member" in texts and "capacity" in texts:
                both = texts["member"], texts["capacity"]
                self.questions |= filters.member_in(data, *both, self.asked)
        if self.wanted.words:
            from rcpref.views.filters import FreeWords

            columns = [column for each in self.questions.values() for column in each.columns]
            self.words = FreeWords(data, self.kind, self.wanted.words, self.asked, columns)

    def _columns(
        self, more: Sequence[Column], active: Sequence[str]
    ) -> tuple[list[Column], list[str]]:
        """All columns, and the keys of those that people read."""
        vocabulary = self.data.document["properties"]
        questions = self.questions.values()
        answers = [column for question in questions for column in question.columns]
        places = [self.words.column] if self.words else []
        self.values = {
            each.values.column.key: each.values
            for each in questions
            if each.values and self.kind in vocabulary[each.values.key]["kinds"]
        }
        # What was asked for comes first; where nothing was, what people want to know first.
        first = _FIRST.get(self.kind, ["short_name", "acronym"])
        people = ["short_name", *(column.key for column in answers)] if answers else first
        people = [*people, *active]
        people = list(dict.fromkeys([*people, *self.values, *(each.key for each in places)]))
        people = [key for key in people if key != "led_by" or "chair" not in people]
        people += [key for key in ("name", "id") if people != _FIRST["process"]]
        # The official name behind answers only where there is room.
        names = [*_NAMES[:3], _NAMES[3]._replace(room=120)] if answers else _NAMES
        columns = [*names, *answers, *(each.column for each in self.values.values())]
        columns += [*places, *more]
        for name in dict.fromkeys([*self.wanted.columns, *filter(None, [self.wanted.sort_key])]):
            column = column_named(name, columns)
            # A key goes before a label: `members` are the States, and "Members" how many.
            if column and key_of(column.key) != key_of(name) and name in vocabulary:
                column = None
            if column is None:
                added = self._added(name)
                if added is None:
                    usable = [key for key, raw in vocabulary.items() if self.kind in raw["kinds"]]
                    raise unknown_column(name, [*(each.key for each in columns), *usable])
                self.values[added.column.key] = added
                columns.append(added.column)
            elif (
                name in self.wanted.columns
                and (asked := self.values.get(column.key))
                and asked.part
            ):
                # All values of the property, in place of those that a filter asked for.
                whole = self._added(column.key)
                assert whole is not None
                self.values[column.key] = whole
                columns[columns.index(column)] = whole.column
        return columns, people

    def _added(self, name: str) -> ValueColumn | None:
        """The column of the values of a property."""
        from rcpref.views.property import value_column

        key = property_named(self.data, name, self.kind)
        return value_column(self.data, key, self.asked) if key is not None else None

    def _matching(self) -> list[Item]:
        lines: list[Item] = []
        for key, raw in self.data.document["records"].items():
            if raw["kind"] != self.kind:
                continue
            line = {"id": key, **raw}
            # Names alone are listed without a look at the claims.
            if self.questions or self.values or self.words:
                extras = self._extras(self.data.records[key], line)
                if isinstance(extras, Answer):
                    self.uncertain[key] = extras
                if extras is None or isinstance(extras, Answer):
                    continue
                self.extras[key] = extras
                line |= extras
            lines.append(line)
        return lines

    def _extras(self, record: Record, line: Item, but: str = "") -> Item | Answer | None:
        """What JSON says of a record besides its names; an answer if it may match, or None."""
        matches: list[FilterMatch] = []
        asks = [question.ask for option, question in self.questions.items() if option != but]
        if words := self.words:
            asks.append(lambda each: words.ask(each, {**line, **self._proven(each.id, matches)}))
        for ask in asks:
            match = ask(record)
            if match is None or isinstance(match, Answer):
                return match
            matches.append(match)
        return self._proven(record.id, matches)

    def _proven(self, key: str, matches: Sequence[FilterMatch]) -> Item:
        """What the matches say of a record, with all claims that they rest on."""
        extras: Item = {}
        for match in matches:
            extras |= match.item or {}
        used: list[Claim] = [claim for match in matches for claim in match.claims]
        used += [claim for column in self.values.values() for claim in column.claims(key)]
        if used:
            extras["claims"] = [claim_item(claim) for claim in dict.fromkeys(used)]
        return extras

    def _remarks(self) -> list[str]:
        left: dict[str, dict[str, None]] = {}
        columns = self.values.values()
        for key in self.extras:
            for column in columns:
                if any(each.answer not in (None, *CERTAIN) for each in column.values(key)):
                    left.setdefault(column.key, {})[key] = None
        lines = [
            f"not certain and left out: {self.data.label_of(name).lower()} of {', '.join(ids)} "
            f"({len(ids)})"
            for name, ids in left.items()
        ]
        for option, question in self.questions.items():
            near = {self.data.records[key]: why for key, why in question.near.items()}
            names = [
                f"{record.short_name} ({why})"
                for record, why in near.items()
                if isinstance(self._extras(record, {"id": record.id}, but=option), dict)
            ]
            if names:
                there = "no more than half of their members there"
                lines.append(f"left out, with {there}: {', '.join(names)}")
        impaired = [
            key for key in self.extras if any(v.standing for c in columns for v in c.values(key))
        ]
        if impaired:
            who = f"{', '.join(impaired)}; rcpref members ID says who"
            lines.append(f"some members are suspended, absent and so on: {who}")
        return lines

    # For people ------------------------------------------------------------------------

    def _blocks(
        self, report: Report, remarks: Sequence[str], uncertain: str, marks: Marks
    ) -> list[Block]:
        printed = {column.key for column in report.grid([]).columns}
        pairs = list(zip(report.rows, report.lines, strict=True))
        if "held" in printed and not report.query["sort"]:
            pairs.sort(key=lambda pair: str(pair[0]["held"]))
        marked: list[Row] = []
        for line, item in pairs:
            row = {**line, **self._in_words(line, item)}
            for key, source in _places(row, item, printed):
                row[key] = marks.behind(plain(row[key]), (source,))
            marked.append(row)
        none = quiet("No certain match.")
        blocks: list[Block] = [report.grid(marked) if marked else none]
        if printed & {"size", "led_by"} and self.asked.last_known:
            what = "Members and chair" if "led_by" in printed else "Members"
            blocks.append(
                quiet(f"{what} as last known: ", "rcpref show NAME has the dates and sources.")
            )
        blocks += [quiet(sentence(text)) for text in remarks]
        return [*blocks, *([Gap(), quiet(f"Not certain: {uncertain}.")] if uncertain else [])]

    def _in_words(self, row: Row, item: Item) -> Row:
        cells: dict[str, Cell] = {
            key: seen_words(str(row[key]))
            for key in ("last_seen_active", "status_as_of", "held")
            if row.get(key)
        }
        if {"last_seen_active", "led_by", "chair", "size"} & {*row}:
            cells |= self._life_in_words(row, cells, item)
        if (statuses := self.values.get("status")) and row.get("status"):
            from rcpref.answers.values import sure

            cells["status"] = tuple(
                f"{value.item}, {parse(value.last_known).words}" if value.last_known else value.item
                for value in sure(statuses.values(item["id"]))
            )
        return cells

    def _life_in_words(self, row: Row, cells: Row, item: Item) -> Row:
        """The cells of a process that has ended, or is dormant."""
        rest = self._overview("rest", item)
        found: dict[str, Cell] = {}
        if rest and row.get("last_seen_active"):
            found["last_seen_active"] = f"{cells['last_seen_active']} ({rest})"
        if row.get("led_by"):
            found["led_by"] = "" if rest == "ended" else self._led_by(item, _term)
        if row.get("chair"):
            found["chair"] = plain(self._led_by(item, partial(in_words, people=True)))
        if rest == "ended" and row.get("size"):
            found["size"] = f"were {row['size']}"
        return found


def _term(why: Why) -> str:
    """How long a chair is known, for a cell: "March 2020", "ended in 2024"."""
    part = why[0]
    if part.code == "chair-last-known" and "/" not in part.dates[0]:
        return month_of(part.dates[0])
    return in_words(why, people=True)


def _places(row: Row, item: Item, printed: set[str]) -> Iterator[tuple[str, str]]:
    if not item.get("claims"):
        return
    for claim in item["claims"]:
        name = claim["property"]
        places = [*_PLACES.get(name, [name]), *_PLACES[""]]
        fitting = [key for key in places if key in printed and row.get(key)]
        if fitting:
            yield fitting[0], claim["source"]


# Kinds that are no records ---------------------------------------------------------


def _states(data: Data, wanted: Wanted, query: Item) -> Report:
    query["every"] = wanted.every
    codes = list(data.countries) if wanted.every else data.plain.states_named()
    items = [state_item(data, data.countries[code]) for code in codes]
    report = Report(data, query, SHAPES["state"].columns(), lines=items)
    report.blocks = lambda _: [report.grid(), quiet(NO_POSITION)]
    return report


def _sources(data: Data, _: Wanted, query: Item) -> Report:
    from rcpref.data.form import SOURCE

    def authors(item: Item) -> tuple[str, ...]:
        from rcpref.model.sources import Author

        return tuple(str(Author(**each)) for each in item.get("author", ()))

    usual = SHAPES["source"].unasked()
    more = [Column(key, key.capitalize()) for key in SOURCE if key not in (*usual, "author")]
    more.append(Column("author", "Author", cell=authors))
    items = [{"id": key, **raw} for key, raw in data.document["sources"].items()]
    columns = SHAPES["source"].columns(
        *more, publisher=lambda item: tuple(n for n in item["publisher"] if n != NOT_NAMED)
    )
    return Report(data, query, columns, lines=items, shown=usual)


def _properties(data: Data, _: Wanted, query: Item) -> Report:
    known = sorted(data.document["properties"].items(), key=lambda pair: pair[1]["order"])
    items = [{"id": key, **raw} for key, raw in known]
    return Report(data, query, SHAPES["property"].columns(), lines=items)


def _texts(data: Data, _: Wanted, query: Item) -> Report:
    items = [
        {
            **{key: getattr(text, key) for key in ("id", "title", "date", "language")},
            "passages": len(text.passages),
            "source": text.document,
            **overlay_mark(data.document["texts"][text.id]),
        }
        for text in data.texts.values()
    ]
    return Report(data, query, SHAPES["text"].columns(), lines=items)


_OTHERS: dict[str, Callable[[Data, Wanted, Item], Report]] = {
    "state": _states,
    "source": _sources,
    "property": _properties,
    "text": _texts,
}
