"""The data set as flat tables, for spreadsheets, data frames and SQL.

One list of tables serves the CSV data package and the SQLite database: names, types,
keys and descriptions of what is made for the tables are said here, those of the data in
`rcpref.data.form`. Times of claims and sources stand twice: as the
prefix dates of the data, and as the first and the last day that they can mean. A cell is
a string, a whole number, a truth value, or None where nothing is known.

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
from rcpref.data.form import Form, Key
from rcpref.dates import Interval, parse
from rcpref.model import FORM_VERSION, KINDS
from rcpref.views import shapes

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim

Cell = str | int | bool | None

STRING, INTEGER, BOOLEAN, DATE = "string", "integer", "boolean", "date"


class TableField(NamedTuple):
    """A column of a table: what a data package calls a field.

    Attributes:
        name: Its name.
        type: string, integer, boolean, or date (a day, as in 2013-05-22).
        description: What it holds.
        required: Whether every row has it.
        choices: The words that it may hold; empty for any.
        refers: Table and column of which it holds a value; empty for none.
    """

    name: str
    type: str
    description: str
    required: bool = False
    choices: Sequence[str] = ()
    refers: tuple[str, str] | tuple[()] = ()


class Table(NamedTuple):
    """One table.

    Attributes:
        name: Its name.
        description: What a row is.
        fields: Its columns.
        key: Names of the columns that tell its rows apart.
        rows: Makes the rows, each with a cell for every column, in a fixed order.
    """

    name: str
    description: str
    fields: Sequence[TableField]
    key: tuple[str, ...]
    rows: Callable[[Data, AsOf], Iterable[tuple[Cell, ...]]]


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


def _columns(keys: Form) -> dict[str, Key]:
    """The keys of a form that have a column of their own."""
    return {name: key for name, key in keys.items() if key.column is not None}


def _fields(keys: Form, days_after: str = "", *more: TableField) -> tuple[TableField, ...]:
    """The columns of a form."""
    fields: list[TableField] = []
    for name, key in _columns(keys).items():
        fields.append(
            TableField(
                key.column or name,
                _TYPES.get(key.type, STRING),
                key.cell or key.about,
                key.required or isinstance(key.unset, bool),
                key.choices,
                _PLACES[key.refers] if key.refers and key.type != form.STRS else (),
            )
        )
        if name == days_after:
            fields += [_FIRST, _LAST, *more]
    return tuple(fields)


def _reader(keys: Form, days_after: str = "") -> Callable[..., list[Cell]]:
    """What reads the cells of these columns from a thing of the model, and its days."""
    columns = _columns(keys).items()

    def cells(thing: Any, days: Sequence[Cell] = ()) -> list[Cell]:
        found = []
        for name, key in columns:
            found.append(_cell_of(getattr(thing, key.attribute or name), key.type))
            if name == days_after:
                found += days
        return found

    return cells


def _cell_of(value: Any, type_: str) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or None
    cell: Cell = str(value) if type_ == form.VALUE else value
    return cell


_TYPES = {
    form.INT: INTEGER,
    form.BOOL: BOOLEAN,
    shapes.TRUTH: BOOLEAN,
}
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
    """First and last day of a claim, of which a founding and the like has them as its value."""
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


_source_cells = _reader(form.SOURCE, "date")
_country_cells = _reader(form.COUNTRY)
_record_cells = _reader(form.RECORD)
_property_cells = _reader(form.PROPERTY)
_text_cells = _reader(form.TEXT)
_passage_cells = _reader(form.PASSAGE)
_mention_cells = _reader(form.MENTION)
_note_cells = _reader(form.NOTE)
_claim_cells = _reader(form.CLAIM, "until")


# Columns that are fields of answers -----------------------------------------------------

_ANSWERED = {field.key: field for field in shapes.PANEL.fields}
_CHOICES = {shapes.ANSWER: ANSWERS, shapes.BASIS: BASES}
_ANSWER = ("answer", "basis", "reason", "last_known")
_MEMBERSHIP = (*_ANSWER, "distance", "standing")


def answered(key: str, about: str = "") -> TableField:
    """The column of a field of an answer on members."""
    field = _ANSWERED[key]
    choices = _CHOICES.get(field.type, ())
    required = not field.null and field.type != shapes.STANDING
    type_ = _TYPES.get(field.type, STRING)
    return TableField(key, type_, about or field.about, required, choices)


def cells_of(found: Any, keys: Sequence[str]) -> list[Cell]:
    """The cells of an answer in such columns."""
    return [_cell_of(_ANSWERED[key].read(found), form.STR) for key in keys]


# Rows -----------------------------------------------------------------------------------


def _dataset(data: Data, asked: AsOf) -> _Rows:
    info = data.info
    yield (
        info.title,
        info.version,
        info.date,
        data.digest,
        FORM_VERSION,
        asked.text,
        data.overlay is not None,
        info.licence,
        info.licence_note,
        info.citation,
    )


def _properties(data: Data, _: AsOf) -> _Rows:
    for place, (key, prop) in enumerate(data.properties.items(), 1):
        yield place, key, *_property_cells(prop), prop.overlay


def _property_kinds(data: Data, _: AsOf) -> _Rows:
    for key, raw in data.document["properties"].items():
        for kind in raw["kinds"]:
            yield key, kind


def _sources(data: Data, _: AsOf) -> _Rows:
    for key, source in data.sources.items():
        days = _days(parse(source.date) if source.date else None)
        yield key, *_source_cells(source, days), source.overlay


def _countries(data: Data, _: AsOf) -> _Rows:
    for country in data.countries.values():
        yield *_country_cells(country), country.overlay


def _records(data: Data, _: AsOf) -> _Rows:
    for record in data:
        yield *_record_cells(record), len(record.claims), record.overlay


def _names(data: Data, _: AsOf) -> _Rows:
    for number, (owner, kind, language, name) in enumerate(_every_name(data), 1):
        record, state = (owner, None) if owner in data.records else (None, owner)
        yield number, record, state, kind, language, name


def _every_name(data: Data) -> Iterator[tuple[str, str, str | None, str]]:
    for record in data:
        yield record.id, "name", None, record.name
        yield record.id, "short_name", None, record.short_name
        if record.acronym:
            yield record.id, "acronym", None, record.acronym
        for name in record.aliases:
            yield record.id, "alias", None, name
        for language, name in record.names:
            yield record.id, "translation", language, name
    for country in data.countries.values():
        yield country.alpha3, "name", None, country.name
        yield country.alpha3, "official_name", None, country.official_name
        for name in country.aliases:
            yield country.alpha3, "alias", None, name
        for language, name in country.names:
            yield country.alpha3, "translation", language, name


def _texts(data: Data, _: AsOf) -> _Rows:
    for text in data.texts.values():
        yield *_text_cells(text), text.overlay


def _passages(data: Data, _: AsOf) -> _Rows:
    for text in data.texts.values():
        for place, passage in enumerate(text.passages, 1):
            yield passage.ref, text.id, place, *_passage_cells(passage)


def _mentions(data: Data, _: AsOf) -> _Rows:
    for passage in data.passages():
        for place, mention in enumerate(passage.mentions, 1):
            yield passage.ref, place, *_mention_cells(mention)


def _editor_notes(data: Data, _: AsOf) -> _Rows:
    for passage in data.passages():
        for place, note in enumerate(passage.notes, 1):
            yield passage.ref, place, *_note_cells(note)


def _claims(data: Data, _: AsOf) -> _Rows:
    for record in data:
        for place, claim in enumerate(record.claims, 1):
            yield claim.ref, record.id, place, *_claim_cells(claim, _dated(data, claim))


def _items(data: Data, claim: Claim) -> Iterator[tuple[str, str | None, bool]]:
    """Each item of a value: itself, the State if it is one, whether marked as disputed."""
    state = data.type_of(claim.property) == "states"
    for item in claim.values:
        yield item, item if state else None, item in claim.disputed
    for item in claim.disputed:
        if item not in claim.values:
            yield item, item, True


def _claim_values(data: Data, _: AsOf) -> _Rows:
    for record in data:
        for claim in record.claims:
            for place, item in enumerate(_items(data, claim), 1):
                yield claim.ref, place, *item


_SAYS = {"member_joined": "joined", "member_left": "left"}


def _memberships(data: Data, _: AsOf) -> _Rows:
    for record in data:
        for claim in record.claims:
            if claim.property not in CAPACITIES and claim.property not in _SAYS:
                continue
            capacity = "members" if claim.property in _SAYS else claim.property
            for state, _code, disputed in _items(data, claim):
                says = _SAYS.get(claim.property, "disputed" if disputed else "listed")
                days = _dated(data, claim)
                whole = None if claim.property in _SAYS else claim.complete
                yield claim.ref, record.id, state, capacity, says, *days, whole, claim.source


def _membership_at(data: Data, asked: AsOf) -> _Rows:
    for record in data:
        for state, found in members_at(data, record, asked).items():
            yield record.id, state, asked.text, *cells_of(found, _MEMBERSHIP)


def _membership_claims(data: Data, asked: AsOf) -> _Rows:
    for record in data:
        for state, found in members_at(data, record, asked).items():
            for place, claim in enumerate(found.rests_on, 1):
                yield record.id, state, place, claim.ref


def _chair_at(data: Data, asked: AsOf) -> _Rows:
    for record in data:
        if record.kind not in CHAIR_KINDS:
            continue
        for place, found in enumerate(chairs(record, asked), 1):
            for state in found.states:
                yield record.id, place, state, asked.text, *cells_of(found, _ANSWER)


def _chair_terms(data: Data, _: AsOf) -> _Rows:
    for record in data:
        if record.kind not in CHAIR_KINDS:
            continue
        for place, term in enumerate(chair_terms(record), 1):
            days = term.first.isoformat(), term.last.isoformat()
            sources = "; ".join(dict.fromkeys(claim.source for claim in term.rests_on))
            for state in term.states:
                yield record.id, place, state, term.since, term.until, *days, sources


_POSITION = TableField("position", INTEGER, "Place in the order of the data, from 1", True)
_OVERLAY = TableField("overlay", BOOLEAN, "Whether it comes from an overlay", True)


def reference(name: str, table: str, column: str, what: str, required: bool = True) -> TableField:
    """A column that holds a value of a column of another table."""
    return TableField(name, STRING, what, required, (), (table, column))


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
        _dataset,
    ),
    Table(
        "properties",
        "The vocabulary: what claims can be about",
        (
            _POSITION,
            TableField("key", STRING, "What claims call it", True),
            *_fields(form.PROPERTY),
            _OVERLAY,
        ),
        ("key",),
        _properties,
    ),
    Table(
        "property_kinds",
        "Kinds of records that a property is used for",
        (
            reference("property", "properties", "key", "Key of the property"),
            TableField("kind", STRING, "Kind of record", True, tuple(KINDS)),
        ),
        ("property", "kind"),
        _property_kinds,
    ),
    Table(
        "sources",
        "Where claims come from",
        (
            TableField("key", STRING, "Its key", True),
            *_fields(form.SOURCE, "date"),
            _OVERLAY,
        ),
        ("key",),
        _sources,
    ),
    Table(
        "countries",
        "States and territories of ISO 3166-1; names and codes take no position on status",
        (*_fields(form.COUNTRY), _OVERLAY),
        ("alpha3",),
        _countries,
    ),
    Table(
        "records",
        "Processes, bodies, organizations, forums, summits, meetings, documents, offices, terms",
        (
            *_fields(form.RECORD),
            TableField("claims", INTEGER, "How many claims there are on it", True),
            _OVERLAY,
        ),
        ("id",),
        _records,
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
        _names,
    ),
    Table(
        "texts",
        "Documents kept word for word",
        (*_fields(form.TEXT), _OVERLAY),
        ("id",),
        _texts,
    ),
    Table(
        "passages",
        "The parts of a text, their words exactly as in the source",
        (
            TableField("ref", STRING, "Reference, as in lima-2013/conclusion-3", True),
            reference("text_id", "texts", "id", "The text"),
            _POSITION,
            *_fields(form.PASSAGE),
        ),
        ("ref",),
        _passages,
    ),
    Table(
        "mentions",
        "Records and States that a passage names",
        (
            reference("passage", "passages", "ref", "The passage"),
            _POSITION,
            *_fields(form.MENTION),
        ),
        ("passage", "position"),
        _mentions,
    ),
    Table(
        "editor_notes",
        "Editor's notes on words of a passage",
        (
            reference("passage", "passages", "ref", "The passage"),
            _POSITION,
            *_fields(form.NOTE),
        ),
        ("passage", "position"),
        _editor_notes,
    ),
    Table(
        "claims",
        "One statement about one record, with its source",
        (
            TableField("ref", STRING, "Reference: RECORD/PROPERTY@DATE:SOURCE", True),
            reference("record", "records", "id", "The record"),
            _POSITION,
            *_fields(form.CLAIM, "until", _MEANS),
        ),
        ("ref",),
        _claims,
    ),
    Table(
        "claim_values",
        "The items of the values of claims",
        (
            reference("claim", "claims", "ref", "The claim"),
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
        _claim_values,
    ),
    Table(
        "memberships",
        "What claims say of the membership of a State: evidence, not yet an answer",
        (
            reference("claim", "claims", "ref", "The claim"),
            reference("record", "records", "id", "The record"),
            reference("state", "countries", "alpha3", "The State"),
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
            reference("record", "records", "id", "The record"),
            reference("state", "countries", "alpha3", "The State"),
            TableField("as_of", STRING, "The date asked for; none for what is last known"),
            *map(answered, _MEMBERSHIP),
        ),
        ("record", "state"),
        _membership_at,
    ),
    Table(
        "membership_at_claims",
        "The claims that the answers of membership_at rest on",
        (
            reference("record", "records", "id", "The record"),
            reference("state", "countries", "alpha3", "The State"),
            _POSITION,
            reference("claim", "claims", "ref", "The claim"),
        ),
        ("record", "state", "position"),
        _membership_claims,
    ),
    Table(
        "chair_at",
        "Who was in the chair of a process or forum at the date asked for",
        (
            reference("record", "records", "id", "The record"),
            TableField("holder", INTEGER, "Number of the holder; co-chairs are one holder", True),
            reference("state", "countries", "alpha3", "The State"),
            TableField("as_of", STRING, "The date asked for; none for what is last known"),
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
            reference("record", "records", "id", "The record"),
            TableField("term", INTEGER, "Number of the term, from 1; co-chairs have one", True),
            reference("state", "countries", "alpha3", "The State"),
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
