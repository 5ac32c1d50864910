"""The data set as flat tables, for spreadsheets, data frames and SQL.

One list of tables serves the CSV data package and the SQLite database: what is made
for the tables is described here, what is in the data in `rcpref.data.form`. Dates of claims
and sources are there twice: as in the data, and as the first and last day that they can mean.
A cell is a string, a whole number, a truth value, or None where nothing is known.

What the tables leave out is the emphasis of the texts; the JSON export has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.chair import CHAIR_ANSWERS, CHAIR_BASES, CHAIR_KINDS, chair_terms, chairs
from rcpref.answers.membership.answer import ANSWERS, BASES
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import members_at
from rcpref.answers.time import AsOf, happens, when
from rcpref.answers.values import sat_through
from rcpref.data import form
from rcpref.data.form import Form
from rcpref.dates import Interval, parse
from rcpref.model import FORM_VERSION, KINDS
from rcpref.views import shapes

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer
    from rcpref.data.dataset import Data
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim, Record

Cell = str | int | bool | None

STRING, INTEGER, BOOLEAN, DATE = "string", "integer", "boolean", "date"


class TableField(NamedTuple):
    """A column of a table: what a data package calls a field."""

    name: str
    type: str  # string, integer, boolean, or date (a day, as in 2013-05-22)
    description: str
    required: bool = False  # whether every row has it
    choices: Sequence[str] = ()  # the words that it may hold; empty for any
    refers: tuple[str, str] | tuple[()] = ()  # table and column of which it holds a value


class Table(NamedTuple):
    name: str
    description: str  # what a row is
    fields: Sequence[TableField]
    key: tuple[str, ...]  # names of the columns that tell its rows apart
    rows: Callable[[Data, AsOf], Iterable[tuple[Cell, ...]]]  # in a fixed order


_Rows = Iterator[tuple[Cell, ...]]


def _days(time: Interval | None) -> tuple[str | None, str | None]:
    """First and last day of a time; None where the calendar has no end on that side."""
    if time is None:
        return None, None
    return (
        None if time.first == date.min else time.first.isoformat(),
        None if time.last == date.max else time.last.isoformat(),
    )


# Columns that are keys of the data ------------------------------------------------------


class _Columns:
    """The columns of a form, and, behind one key, the days that its date can mean."""

    def __init__(self, keys: Form, days_after: str = "", *more: TableField) -> None:
        self._keys = {name: key for name, key in keys.items() if key.column is not None}
        self._days_after = days_after
        self._days = (_FIRST, _LAST, *more)

    def __iter__(self) -> Iterator[TableField]:
        for name, key in self._keys.items():
            yield TableField(
                key.column or name,
                _TYPES.get(key.type, STRING),
                key.cell or key.about,
                key.required or isinstance(key.unset, bool),
                key.choices,
                _PLACES[key.refers] if key.refers and key.type != form.STRS else (),
            )
            if name == self._days_after:
                yield from self._days

    def cells(self, thing: Any, days: Sequence[Cell] = ()) -> Iterator[Cell]:
        for name, key in self._keys.items():
            yield _cell_of(getattr(thing, key.attribute or name), key.type)
            if name == self._days_after:
                yield from days


def _cell_of(value: Any, type_: str) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or None
    cell: Cell = str(value) if type_ == form.VALUE else value
    return cell


_TYPES = {form.INT: INTEGER, form.BOOL: BOOLEAN, shapes.TRUTH: BOOLEAN}
_PLACES = {
    form.PROPERTIES: ("properties", "key"),
    form.SOURCES: ("sources", "key"),
    form.COUNTRIES: ("countries", "alpha3"),
    form.RECORDS: ("records", "id"),
    form.PASSAGES: ("passages", "ref"),
}
"""Table and column of what a key refers to."""

_FIRST = TableField("first_day", DATE, "First day that the date can mean; none if not known")
_LAST = TableField("last_day", DATE, "Last day that the date can mean; none if not known")
_MEANS = TableField(
    "date_means",
    STRING,
    "throughout: true on all days from the first to the last; within: at some time in them (a "
    "slash of EDTF, ISO 8601-2, means the former); none if undated",
    choices=("throughout", "within"),
)


def _dated(data: Data, claim: Claim) -> tuple[str | None, str | None, str | None]:
    """First and last day of a claim, and what they mean; a founding has its date as its value."""
    is_date = data.type_of(claim.property) == "date"
    time = parse(str(claim.value)) if is_date else when(claim)
    return *_days(time), _meaning(data, claim, time, is_date)


def _meaning(data: Data, claim: Claim, time: Interval | None, is_date: bool) -> str | None:
    """Whether what a claim says holds all through its time, or at some time in it."""
    if time is None:
        return None
    if time.first == time.last or claim.from_ or claim.until:
        return "throughout"
    if is_date:
        return "within"
    if claim.property == "meeting":
        return "throughout" if sat_through(time) else "within"
    happened = happens(claim.property, data.type_of(claim.property) or "")
    return "within" if happened or "/" in time.text else "throughout"


_SOURCE, _CLAIM = _Columns(form.SOURCE, "date"), _Columns(form.CLAIM, "until", _MEANS)
_COUNTRY, _RECORD, _PROPERTY = map(_Columns, (form.COUNTRY, form.RECORD, form.PROPERTY))
_TEXT, _PASSAGE, _MENTION, _NOTE = map(_Columns, (form.TEXT, form.PASSAGE, form.MENTION, form.NOTE))

# Columns that are fields of answers -----------------------------------------------------

_ANSWERED = {field.key: field for field in shapes.PANEL.fields}
_CHOICES = {shapes.ANSWER: ANSWERS, shapes.BASIS: BASES}
_ANSWER = ("answer", "basis", "reason", "last_known")
_MEMBERSHIP = (*_ANSWER, "distance", "standing")


def answered(key: str, about: str = "") -> TableField:
    field = _ANSWERED[key]
    choices = _CHOICES.get(field.type, ())
    required = not field.null and field.type != shapes.STANDING
    type_ = _TYPES.get(field.type, STRING)
    return TableField(key, type_, about or field.about, required, choices)


def cells_of(found: Any, keys: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(_cell_of(_ANSWERED[key].read(found), form.STR) for key in keys)


# Rows -----------------------------------------------------------------------------------


def _dataset(data: Data, asked: AsOf) -> tuple[Cell, ...]:
    info, overlaid = data.info, data.overlay is not None
    about = info.title, info.version, info.date, data.digest, FORM_VERSION, asked.text, overlaid
    return *about, info.licence, info.licence_note, info.citation


def _names(data: Data) -> _Rows:
    things: list[tuple[tuple[Cell, Cell], tuple[str, ...], Record | Country]] = [
        *(((r.id, None), ("name", "short_name", "acronym"), r) for r in data),
        *(((None, c.alpha3), ("name", "official_name"), c) for c in data.countries.values()),
    ]
    for ids, keys, named in things:
        yield from ((*ids, key, None, name) for key in keys if (name := getattr(named, key)))
        yield from ((*ids, "alias", None, name) for name in named.aliases)
        yield from ((*ids, "translation", language, name) for language, name in named.names)


def _every_claim(data: Data) -> Iterator[Claim]:
    for record in data:
        yield from record.claims


def _items(data: Data, claim: Claim) -> Iterator[tuple[str, str | None, bool]]:
    """Each item of a value: itself, the State if it is one, whether marked as disputed."""
    state = data.type_of(claim.property) == "states"
    for item in claim.values:
        yield item, item if state else None, item in claim.disputed
    for item in claim.disputed:
        if item not in claim.values:
            yield item, item, True


_SAYS = {"member_joined": "joined", "member_left": "left"}


def _memberships(data: Data, _: AsOf) -> _Rows:
    for claim in _every_claim(data):
        if claim.property not in CAPACITIES and claim.property not in _SAYS:
            continue
        event = _SAYS.get(claim.property)
        capacity, whole = ("members", None) if event else (claim.property, claim.complete)
        days = _dated(data, claim)
        for state, _code, disputed in _items(data, claim):
            says = event or ("disputed" if disputed else "listed")
            yield claim.ref, claim.record, state, capacity, says, *days, whole, claim.source


def _answers(data: Data, asked: AsOf) -> Iterator[tuple[str, str, Answer]]:
    for record in data:
        for state, found in members_at(data, record, asked).items():
            yield record.id, state, found


def _has_chair(record: Record) -> bool:
    return record.kind in CHAIR_KINDS


def _chair_at(data: Data, asked: AsOf) -> _Rows:
    for record in filter(_has_chair, data):
        for place, found in enumerate(chairs(record, asked), 1):
            for state in found.states:
                yield record.id, place, state, asked.text, *cells_of(found, _ANSWER)


def _chair_terms(data: Data, _: AsOf) -> _Rows:
    for record in filter(_has_chair, data):
        for place, term in enumerate(chair_terms(record), 1):
            days = term.first.isoformat(), term.last.isoformat()
            sources = "; ".join(shapes.sources_of(term.rests_on))
            for state in term.states:
                yield record.id, place, state, term.since, term.until, *days, sources


_POSITION = TableField("position", INTEGER, "Place in the order of the data, from 1", True)
_OVERLAY = TableField("overlay", BOOLEAN, "Whether it comes from an overlay", True)


def reference(name: str, table: str, column: str, what: str, required: bool = True) -> TableField:
    return TableField(name, STRING, what, required, (), (table, column))


RECORD = reference("record", "records", "id", "The record")
STATE = reference("state", "countries", "alpha3", "The State")
AS_OF = TableField("as_of", STRING, "The date asked for; none for what is last known")
_REF = reference("claim", "claims", "ref", "The claim")
_PART = reference("passage", "passages", "ref", "The passage")

TABLES = (
    Table(
        "dataset",
        "What the data set says of itself; one row",
        (
            TableField("title", STRING, "Title of the data set", True),
            TableField("version", STRING, "Version of the data", True),
            TableField("date", STRING, "Prefix date of the data", True),
            TableField("digest", STRING, "SHA-256 over the canonical JSON of the data", True),
            TableField("schema_version", INTEGER, "Version of the form of the data", True),
            TableField("asked", STRING, "Date for which membership_at answers; none: last known"),
            TableField("overlay", BOOLEAN, "Whether an overlay is part of it", True),
            TableField("licence", STRING, "Licence of the data", True),
            TableField("licence_note", STRING, "What the licence does not cover", True),
            TableField("citation", STRING, "How to cite it", True),
        ),
        ("version",),
        lambda data, asked: [_dataset(data, asked)],
    ),
    Table(
        "properties",
        "The vocabulary: what claims can be about",
        (
            _POSITION,
            TableField("key", STRING, "What claims call it", True),
            *_PROPERTY,
            _OVERLAY,
        ),
        ("key",),
        lambda data, _: (
            (place, key, *_PROPERTY.cells(each), each.overlay)
            for place, (key, each) in enumerate(data.properties.items(), 1)
        ),
    ),
    Table(
        "property_kinds",
        "Kinds of records that a property is used for",
        (
            reference("property", "properties", "key", "Key of the property"),
            TableField("kind", STRING, "Kind of record", True, tuple(KINDS)),
        ),
        ("property", "kind"),
        lambda data, _: (
            (key, kind) for key, each in data.properties.items() for kind in each.kinds
        ),
    ),
    Table(
        "sources",
        "Where claims come from",
        (
            TableField("key", STRING, "Its key", True),
            *_SOURCE,
            _OVERLAY,
        ),
        ("key",),
        lambda data, _: (
            (
                key,
                *_SOURCE.cells(each, _days(parse(each.date) if each.date else None)),
                each.overlay,
            )
            for key, each in data.sources.items()
        ),
    ),
    Table(
        "countries",
        "States and territories of ISO 3166-1; names and codes take no position on status",
        (*_COUNTRY, _OVERLAY),
        ("alpha3",),
        lambda data, _: ((*_COUNTRY.cells(each), each.overlay) for each in data.countries.values()),
    ),
    Table(
        "records",
        "Processes, bodies, organizations, forums, summits, meetings, documents, offices, terms",
        (
            *_RECORD,
            TableField("claims", INTEGER, "How many claims there are on it", True),
            _OVERLAY,
        ),
        ("id",),
        lambda data, _: ((*_RECORD.cells(each), len(each.claims), each.overlay) for each in data),
    ),
    Table(
        "names",
        "Every name of a record or State",
        (
            TableField("number", INTEGER, "Number of the row, from 1", True),
            reference("record", "records", "id", "The record; none for a State", False),
            reference("state", "countries", "alpha3", "The State; none for a record", False),
            TableField(
                "type",
                STRING,
                "What kind of name it is",
                True,
                ("name", "short_name", "official_name", "acronym", "alias", "translation"),
            ),
            TableField("language", STRING, "ISO 639 code of a translation"),
            TableField("name", STRING, "The name", True),
        ),
        ("number",),
        lambda data, _: ((number, *row) for number, row in enumerate(_names(data), 1)),
    ),
    Table(
        "texts",
        "Documents kept word for word",
        (*_TEXT, _OVERLAY),
        ("id",),
        lambda data, _: ((*_TEXT.cells(each), each.overlay) for each in data.texts.values()),
    ),
    Table(
        "passages",
        "The parts of a text, their words exactly as in the source",
        (
            TableField("ref", STRING, "Reference, as in lima-2013/conclusion-3", True),
            reference("text_id", "texts", "id", "The text"),
            _POSITION,
            *_PASSAGE,
        ),
        ("ref",),
        lambda data, _: (
            (each.ref, text.id, place, *_PASSAGE.cells(each))
            for text in data.texts.values()
            for place, each in enumerate(text.passages, 1)
        ),
    ),
    Table(
        "mentions",
        "Records and States that a passage names",
        (
            _PART,
            _POSITION,
            *_MENTION,
        ),
        ("passage", "position"),
        lambda data, _: (
            (passage.ref, place, *_MENTION.cells(each))
            for passage in data.passages()
            for place, each in enumerate(passage.mentions, 1)
        ),
    ),
    Table(
        "editor_notes",
        "Editor's notes on words of a passage",
        (
            _PART,
            _POSITION,
            *_NOTE,
        ),
        ("passage", "position"),
        lambda data, _: (
            (passage.ref, place, *_NOTE.cells(each))
            for passage in data.passages()
            for place, each in enumerate(passage.notes, 1)
        ),
    ),
    Table(
        "claims",
        "One statement about one record, with its source",
        (
            TableField("ref", STRING, "Reference: RECORD/PROPERTY@DATE:SOURCE", True),
            RECORD,
            _POSITION,
            *_CLAIM,
        ),
        ("ref",),
        lambda data, _: (
            (each.ref, record.id, place, *_CLAIM.cells(each, _dated(data, each)))
            for record in data
            for place, each in enumerate(record.claims, 1)
        ),
    ),
    Table(
        "claim_values",
        "The items of the values of claims",
        (
            _REF,
            _POSITION,
            TableField("value", STRING, "The item", True),
            reference("state", "countries", "alpha3", "The item, where it is a State", False),
            TableField(
                "disputed",
                BOOLEAN,
                "Whether the claim marks it as disputed; its note says why",
                True,
            ),
        ),
        ("claim", "position"),
        lambda data, _: (
            (claim.ref, place, *item)
            for claim in _every_claim(data)
            for place, item in enumerate(_items(data, claim), 1)
        ),
    ),
    Table(
        "memberships",
        "What claims say of the membership of a State: evidence, not yet an answer",
        (
            _REF,
            RECORD,
            STATE,
            TableField("capacity", STRING, "In which capacity", True, CAPACITIES),
            TableField(
                "says",
                STRING,
                "What the claim says of it",
                True,
                ("listed", "disputed", "joined", "left"),
            ),
            _FIRST,
            _LAST,
            _MEANS,
            TableField("complete", BOOLEAN, "Whether the whole list was read; none: no list"),
            reference("source", "sources", "key", "The source"),
        ),
        ("claim", "state"),
        _memberships,
    ),
    Table(
        "membership_at",
        "The answer for every State that a membership claim names, at the date asked for",
        (
            RECORD,
            STATE,
            AS_OF,
            *map(answered, _MEMBERSHIP),
        ),
        ("record", "state"),
        lambda data, asked: (
            (record, state, asked.text, *cells_of(found, _MEMBERSHIP))
            for record, state, found in _answers(data, asked)
        ),
    ),
    Table(
        "membership_at_claims",
        "The claims that the answers of membership_at rest on",
        (
            RECORD,
            STATE,
            _POSITION,
            _REF,
        ),
        ("record", "state", "position"),
        lambda data, asked: (
            (record, state, place, claim.ref)
            for record, state, found in _answers(data, asked)
            for place, claim in enumerate(found.rests_on, 1)
        ),
    ),
    Table(
        "chair_at",
        "Who was in the chair of a process or forum at the date asked for",
        (
            RECORD,
            TableField("holder", INTEGER, "Number of the holder; co-chairs are one holder", True),
            STATE,
            AS_OF,
            TableField("answer", STRING, "Whether it is certain", True, CHAIR_ANSWERS),
            TableField("basis", STRING, "What it rests on", True, CHAIR_BASES),
            TableField("reason", STRING, "The reason in words", True),
            TableField(
                "last_known", STRING, "Date of the last proof, or until when; none if undated"
            ),
        ),
        ("record", "holder", "state"),
        _chair_at,
    ),
    Table(
        "chair_terms",
        "Who was in the chair of a process or forum one after the other, by dated claims",
        (
            RECORD,
            TableField("term", INTEGER, "Number of the term, from 1; co-chairs have one", True),
            STATE,
            TableField("since", STRING, "First day, as a source says; none if no source says"),
            TableField("until", STRING, "Last day, as a source says; none if no source says"),
            _FIRST._replace(description="First day that the claims can mean", required=True),
            _LAST._replace(
                description="Last day that the claims can mean, or day of the last proof",
                required=True,
            ),
            TableField("sources", STRING, "Keys of the sources, with semicolons", True),
        ),
        ("record", "term", "state"),
        _chair_terms,
    ),
)
"""All tables, each after those that it refers to."""
