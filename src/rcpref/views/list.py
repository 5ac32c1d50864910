"""`rcpref list`: what there is, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.membership import NO, YES, Answer, member_at, states_named
from rcpref.answers.names import find_record, find_state, key_of, words
from rcpref.answers.values import Value, certain, value_at
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model import KINDS, LISTED, OVERLAY, PASSAGE_KINDS
from rcpref.report.blocks import Block, Cell, Column, Gap, Item, Quiet, Row, Span, plain, quiet
from rcpref.report.marks import Marks
from rcpref.report.report import Report, unknown_column
from rcpref.views.certainty import uncertain_line
from rcpref.views.items import answer_item, claim_item, passage_item, record_item, state_item
from rcpref.views.text import passage_columns, passage_row
from rcpref.views.words import asked_date

if TYPE_CHECKING:
    from rcpref.model.countries import Country
    from rcpref.model.records import Claim, Record


class Wanted(NamedTuple):
    """What a listing is narrowed down to.

    Attributes:
        words: Words that must all be in the names or cells of a row.
        attended: A meeting, by any name, that the record took part in.
        member: A State, by any name or code, that is a member for certain.
        as_of: The date for members and values; None for that of the data.
        status: A status that it has at the date.
        classification: A classification that it has at the date.
        region: Words of its region, or a UN M49 region in which most members lie.
        topic: Words of one of its topics.
        every: States only: all of them, not just those that some claim or text names.
        columns: Keys of the columns asked for; empty for the usual ones.
        sort: Key of a column, with "-" before it for the reverse; empty for the
            order of the data.
        limit: How many rows at the most; None for all.
    """

    words: Sequence[str] = ()
    attended: str = ""
    member: str = ""
    as_of: str | None = None
    status: str = ""
    classification: str = ""
    region: str = ""
    topic: str = ""
    every: bool = False
    columns: Sequence[str] = ()
    sort: str = ""
    limit: int | None = None


def counts(data: Dataset) -> Report:
    """How many there are of each kind."""
    raw = data.document["records"].values()
    rows: list[Row] = []
    for singular, plural in LISTED.items():
        if singular in KINDS:
            number = sum(1 for record in raw if record["kind"] == singular)
        elif singular in PASSAGE_KINDS:
            number = sum(1 for passage in data.passages() if passage.kind == singular)
        elif singular == "state":
            number = len(named_states(data))
        else:
            number = len(getattr(data, plural))
        rows.append({"kind": plural, "count": number})
    columns = (Column("kind", "Kind", style="name"), Column("count", "How many", number=True))
    return Report(data, {"command": "list"}, columns, rows)


def listing(data: Dataset, kind: str, wanted: Wanted) -> Report:
    """The rows of one kind (singular).

    Raises:
        UsageProblem: A filter or column that this kind does not have.
        NotFound: Nothing is left.
    """
    query = {
        "command": "list",
        "kind": kind,
        "words": list(wanted.words),
        "attended": wanted.attended or None,
        "sort": wanted.sort or None,
        "limit": wanted.limit,
    }
    for option in ("attended", "member", "as_of", *_FILTERS):
        if getattr(wanted, option) and kind not in KINDS:
            raise UsageProblem(
                f"--{option.replace('_', '-')} does not go with {LISTED[kind]}",
                "use it with processes, bodies and other records",
            )
    if kind in KINDS:
        report = _records(data, kind, wanted, query)
    elif kind in PASSAGE_KINDS:
        report = _passages(data, kind, query)
    else:
        report = _OTHERS[kind](data, wanted, query)
    _narrow(report, wanted)
    if not report.rows:
        every = " --all" if kind == "state" else ""
        narrowed = wanted != Wanted(columns=wanted.columns, sort=wanted.sort)
        raise NotFound(
            f"no {LISTED[kind]} fit" if narrowed else f"there are no {LISTED[kind]}",
            f"rcpref list {LISTED[kind]}{every} shows all of them" if narrowed else "",
        )
    if wanted.columns and not report.chosen:
        report.choose(wanted.columns)
    return report


def _narrow(report: Report, wanted: Wanted) -> None:
    """Filter by words, sort and cut; rows and items stay side by side."""
    pairs = list(zip(report.rows, report.items or [{}] * len(report.rows), strict=True))
    if wanted.words:
        keys = [key for text in wanted.words for key in words(text)]
        if not keys:
            raise UsageProblem("there is no word to look for", "give letters or digits")
        pairs = [pair for pair in pairs if _has_words(keys, pair[0], pair[1])]
    if wanted.sort:
        key = _sort_column(wanted)
        known = [column.key for column in report.columns]
        if key not in known:
            raise unknown_column(key, known)
        full = [pair for pair in pairs if pair[0].get(key) not in (None, "", ())]
        empty = [pair for pair in pairs if pair[0].get(key) in (None, "", ())]
        full.sort(key=lambda pair: _sort_key(pair[0].get(key)), reverse=wanted.sort[:1] == "-")
        pairs = full + empty
    pairs = pairs[: wanted.limit]
    report.rows = [row for row, _ in pairs]
    if report.items is not None:
        report.items = [item for _, item in pairs]


def _has_words(keys: Iterable[str], row: Row, item: dict[str, Any]) -> bool:
    """Whether each word begins a word of the row's cells or of the item's names."""
    cells = [cell for key, cell in row.items() if key != "kind"]
    texts = [cell for cell in cells if isinstance(cell, str)]
    texts += [text for cell in cells if isinstance(cell, tuple) for text in cell]
    texts += item.get("aliases") or ()
    texts += (item.get("names") or {}).values()
    there = {word for text in texts for word in words(text)}
    return all(any(word.startswith(key) for word in there) for key in keys)


def _sort_column(wanted: Wanted) -> str:
    return wanted.sort.removeprefix("-").strip().lower().replace("-", "_")


def _sort_key(cell: Cell) -> tuple[int, int, str]:
    """Numbers by size, text by its letters without accents."""
    if isinstance(cell, int):
        return (0, cell, "")
    return (1, 0, " ".join(words(plain(cell))))


# Records ---------------------------------------------------------------------------

_RECORD_COLUMNS = (
    Column("id", "Id", room=100, style="id"),
    Column("short_name", "Short name", style="name"),
    Column("acronym", "Acronym", room=140),
    Column("name", "Official name"),
)
_NAME_AFTER_ROLE = Column("name", "Official name", room=120)
_MORE_RECORD_COLUMNS = (
    Column("kind", "Kind"),
    Column("aliases", "Aliases"),
)
_ATTENDED_COLUMNS = (
    Column("role", "Took part as"),
    Column("passage", "Where it says so"),
)


_FILTERS = ("status", "classification", "region", "topic")
"""Options that narrow by a property; `topic` by the property `topics`."""

_MEMBER_COLUMNS = (
    Column("answer", "Answer"),
    Column("basis", "Basis"),
    Column("reason", "Why"),
)


def _records(data: Dataset, kind: str, wanted: Wanted, query: dict[str, Any]) -> Report:
    asked = asked_date(data, wanted.as_of)
    meeting = state = None
    if wanted.attended:
        meeting = find_record(data, wanted.attended, ("meeting", "summit"))
    if wanted.member:
        state = find_state(data, wanted.member)
    query |= {
        "attended": meeting.id if meeting else None,
        "member": state.alpha3 if state else None,
        "as_of": asked.text,
        **{key: getattr(wanted, key) or None for key in _FILTERS},
    }
    _check_choices(data, wanted)
    columns, people = _record_columns(data, kind, wanted)
    fixed = {
        column.key
        for group in (_RECORD_COLUMNS, _ATTENDED_COLUMNS, _MEMBER_COLUMNS, _MORE_RECORD_COLUMNS)
        for column in group
    }
    properties = [column.key for column in columns if column.key not in fixed]
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    uncertain: list[Item] = []
    left: dict[str, list[str]] = {}
    plain_names = not (meeting or state or properties or any(getattr(wanted, f) for f in _FILTERS))
    for key, raw in data.document["records"].items():
        if raw["kind"] != kind:
            continue
        row = _name_cells(key, raw)
        item = record_item(key, raw)
        if not plain_names:
            record = data.records[key]
            found = _asked_of(data, record, wanted, asked, meeting, state, properties)
            if isinstance(found, Answer):
                uncertain.append({"id": key, **answer_item(found)})
                continue
            if found is None:
                continue
            row |= found.cells
            item |= found.item
            for name in found.left:
                left.setdefault(name, []).append(key)
        rows.append(row)
        items.append(item)
    hidden = {*(column.key for column in _MORE_RECORD_COLUMNS)}
    shown = [column.key for column in columns if column.key not in hidden]
    report = Report(data, query, columns, rows, shown, items, people=people)
    if wanted.columns:
        report.choose(wanted.columns)
        report.beside = ("claims",)
    line = uncertain_line(uncertain)
    report.notices += [line] if line else []
    beside = [
        f"not certain and left out: {data.label_of(name).lower()} of {', '.join(ids)} ({len(ids)})"
        for name, ids in left.items()
    ]
    report.notices += beside
    own = [
        str(item["id"])
        for item in items
        if item.get("overlay")
        or any(claim["source"].startswith(OVERLAY) for claim in item.get("claims", ()))
    ]
    report.notices += [f"from your overlay: {', '.join(own)}"] if own else []
    report.blocks = lambda: _record_blocks(report, line)
    return report


def _name_cells(key: str, raw: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        "id": key,
        "short_name": raw["short_name"],
        "acronym": raw.get("acronym"),
        "name": raw["name"],
        "kind": raw["kind"],
        "aliases": tuple(raw.get("aliases", ())),
    }


def _cell(data: Dataset, key: str, values: tuple[str, ...]) -> Cell:
    """A number as a number, so that it is sorted by size; all else as it is."""
    if data.type_of(key) == "integer" and len(values) == 1:
        return int(values[0])
    return values


class _Told(NamedTuple):
    """What the claims on a record add to its names in a listing."""

    cells: dict[str, Cell]
    item: dict[str, Any]
    left: Sequence[str] = ()
    """Properties of which what is not certain was left out."""


def _asked_of(
    data: Dataset,
    record: Record,
    wanted: Wanted,
    asked: Interval,
    meeting: Record | None,
    state: Country | None,
    properties: Sequence[str],
) -> _Told | Answer | None:
    """What is asked of a record; an answer that is not certain; None if it does not fit."""
    cells: dict[str, Cell] = {}
    item: dict[str, Any] = {}
    used: list[Claim] = []
    left: list[str] = []
    if meeting:
        took_part = _attendance(record, meeting.id)
        if took_part is None:
            return None
        cells |= {"role": took_part.role, "passage": took_part.passage}
        used.append(took_part)
    if state:
        answer = member_at(record, state.alpha3, asked)
        if answer.answer != YES:
            named = state.alpha3 in states_named(record)
            return answer if named and answer.answer != NO else None
        cells |= {"answer": answer.answer, "basis": answer.basis, "reason": answer.reason}
        item |= answer_item(answer)
        used += answer.rests_on
    fitting = _fitting(data, record, wanted, asked)
    if fitting is None:
        return None
    used += [claim for values in fitting.values() for value in values for claim in value.claims]
    for key in properties:
        # Of many topics, those that were asked for; of all else, the whole value.
        of_many = key == "topics" and key not in wanted.columns
        values = (fitting.get(key) if of_many else None) or value_at(data, record, key, asked)
        cells[key] = _cell(data, key, certain(values))
        if any(value.answer not in (None, YES) for value in values):
            left.append(key)
        used += [claim for value in values for claim in value.claims]
    if "region" in cells and "members" in fitting:
        cells["region"] = f"{wanted.region}, by most of its members"
    if used:
        item["claims"] = [claim_item(claim) for claim in dict.fromkeys(used)]
    return _Told(cells, item, left)


def _record_columns(data: Dataset, kind: str, wanted: Wanted) -> tuple[list[Column], list[str]]:
    """The columns of a listing of records, and those that people read, in order."""
    vocabulary = data.document["properties"]
    columns = [*_RECORD_COLUMNS]
    people = ["short_name", "acronym", "name", "id"]
    if wanted.attended or wanted.member:
        # What is asked for comes first; the official name only where there is room.
        columns[3] = _NAME_AFTER_ROLE
        asked = _ATTENDED_COLUMNS if wanted.attended else ()
        columns += [*asked, *(_MEMBER_COLUMNS if wanted.member else ())]
        people = ["short_name", *(c.key for c in columns[4:]), "name", "id"]
    for option in _FILTERS:
        key = "topics" if option == "topic" else option
        if getattr(wanted, option) and kind in vocabulary[key]["kinds"]:
            columns.append(Column(key, vocabulary[key]["label"]))
            people.insert(-2, key)
    columns += _MORE_RECORD_COLUMNS
    known = [column.key for column in columns]
    sort = _sort_column(wanted)
    for key in dict.fromkeys([*wanted.columns, *([sort] if sort else [])]):
        if key in known:
            continue
        if key not in vocabulary or kind not in vocabulary[key]["kinds"]:
            usable = [name for name, raw in vocabulary.items() if kind in raw["kinds"]]
            raise unknown_column(key, [*known, *usable])
        columns.append(Column(key, vocabulary[key]["label"]))
    return columns, people


def _check_choices(data: Dataset, wanted: Wanted) -> None:
    """Wrong usage: words without a letter; a choice that no claim ever states."""
    for text in (wanted.region, wanted.topic):
        if text and not words(text):
            raise UsageProblem("there is no word to look for", "give letters or digits")
    for option in ("status", "classification"):
        text = getattr(wanted, option)
        if not text:
            continue
        known = {
            str(claim["value"])
            for claims in data.document["claims"].values()
            for claim in claims
            if claim["property"] == option
        }
        if key_of(text) not in map(key_of, known):
            raise UsageProblem(f"no {option} {echo(text)}", f"one of: {', '.join(sorted(known))}")


def _fitting(
    data: Dataset, record: Record, wanted: Wanted, asked: Interval
) -> dict[str, list[Value]] | None:
    """The values by which a record fits the filters, by property; None if it does not."""
    fitting: dict[str, list[Value]] = {}
    for option in _FILTERS:
        text = getattr(wanted, option)
        if not text:
            continue
        key = "topics" if option == "topic" else option
        values = [v for v in value_at(data, record, key, asked) if v.basis != "later"]
        if option in ("status", "classification"):
            fits = [v for v in values if key_of(v.item) == key_of(text)]
        else:
            fits = [v for v in values if _holds_words(v.item, text)]
        if option == "region" and not fits:
            key, fits = "members", _mostly_in(data, record, text, asked)
        if not fits:
            return None
        fitting[key] = fits
    return fitting


def _holds_words(text: str, wanted: str) -> bool:
    there = words(text)
    asked = words(wanted)
    return bool(asked) and all(any(word.startswith(key) for word in there) for key in asked)


def _mostly_in(data: Dataset, record: Record, region: str, asked: Interval) -> list[Value]:
    """The certain members in a UN M49 region, if more than half of them lie there."""
    members = [v for v in value_at(data, record, "members", asked) if v.answer == YES]
    key = key_of(region)
    inside = [
        value
        for value in members
        if key
        in (key_of(data.countries[value.item].region), key_of(data.countries[value.item].subregion))
    ]
    return inside if len(inside) * 2 > len(members) else []


def _attendance(record: Record, meeting: str) -> Claim | None:
    return next((c for c in record.claims_of("attended") if meeting in c.values), None)


def _record_blocks(report: Report, line: str) -> list[Block]:
    """The table, each cell that states a fact with the marks of its sources."""
    marks = Marks(report.data)
    marked: list[Row] = []
    printed = {column.key for column in report.grid().columns}
    # An attendance or a membership stands in one of several columns.
    places = {
        "attended": ("passage", "role", "attended"),
        "": ("reason", "region", "answer", "basis"),
    }
    for row, item in zip(report.rows, report.items or (), strict=True):
        cells = dict(row)
        for claim in item.get("claims", ()):
            own = (claim["property"],) if claim["property"] in row else places[""]
            fitting = places.get(claim["property"], own)
            key = next((key for key in fitting if key in printed and cells.get(key)), None)
            if key is not None:
                mark = marks.mark(claim["source"])
                if mark not in (text := plain(cells[key])):
                    cells[key] = f"{text} {mark}"
        marked.append(cells)
    blocks: list[Block] = [report.grid(marked)]
    blocks += [quiet(f"{text}.") for text in report.notices if text != line]
    if line:
        blocks += [Gap(), quiet(f"Not certain: {line}.")]
    return [*blocks, *marks.block()]


# Passages --------------------------------------------------------------------------


def _passages(data: Dataset, kind: str, query: dict[str, Any]) -> Report:
    found = [passage for passage in data.passages() if passage.kind == kind]
    rows = [passage_row(passage) for passage in found]
    items = [passage_item(data, passage) for passage in found]
    return Report(data, query, passage_columns(), rows, items=items)


# States, sources, properties, texts ------------------------------------------------


def named_states(data: Dataset) -> list[str]:
    """Alpha-3 codes of the States that any claim or passage names, in order."""
    named: set[str] = set()
    for claims in data.document["claims"].values():
        for claim in claims:
            if data.type_of(claim["property"]) == "states":
                named.update(claim["value"])
    for passage in data.passages():
        named.update(mention.state for mention in passage.mentions if mention.state)
    return [code for code in data.countries if code in named]


def _states(data: Dataset, wanted: Wanted, query: dict[str, Any]) -> Report:
    query["every"] = wanted.every
    codes = list(data.countries) if wanted.every else named_states(data)
    items = [state_item(data.countries[code]) for code in codes]
    columns = (
        Column("id", "Code", style="id"),
        Column("alpha2", "Alpha-2", room=100),
        Column("name", "Name", style="name"),
        Column("official_name", "Official name", room=120),
        Column("region", "UN M49 region"),
        Column("subregion", "Subregion"),
        Column("un_member", "UN member", room=100),
    )
    shown = [column.key for column in columns]
    more = (Column("numeric", "Numeric code"), Column("aliases", "Aliases"))
    rows = [{**item, "aliases": tuple(item["aliases"]), "names": None} for item in items]
    report = Report(data, query, (*columns, *more), rows, shown, items)
    note = "Names and codes serve look-up; they take no position on any territory or status."
    report.blocks = lambda: [report.grid(), Quiet([Span(note)])]
    return report


def _sources(data: Dataset, _: Wanted, query: dict[str, Any]) -> Report:
    columns = (
        Column("id", "Key", style="id"),
        Column("title", "Title"),
        Column("publisher", "Publisher", room=100),
        Column("date", "Date"),
        Column("tier", "Tier"),
        Column("url", "Address", room=160),
        Column("copy", "Copy", room=160),
        Column("copy_at", "Copy at", room=180),
    )
    rows: list[Row] = [{"id": key, **raw} for key, raw in data.document["sources"].items()]
    items = [{"id": key, **raw} for key, raw in data.document["sources"].items()]
    return Report(data, query, columns, rows, items=items)


def _properties(data: Dataset, _: Wanted, query: dict[str, Any]) -> Report:
    columns = (
        Column("id", "Key", style="id"),
        Column("label", "Label", style="name"),
        Column("type", "Type"),
        Column("group", "Group", room=120),
        Column("kinds", "Kinds", room=140),
        Column("definition", "Definition"),
    )
    rows: list[Row] = []
    items = []
    for key, raw in sorted(
        data.document["properties"].items(), key=lambda pair: int(pair[1]["order"])
    ):
        rows.append({"id": key, **raw, "kinds": tuple(raw["kinds"])})
        items.append({"id": key, **raw})
    return Report(data, query, columns, rows, items=items)


def _texts(data: Dataset, _: Wanted, query: dict[str, Any]) -> Report:
    columns = (
        Column("id", "Id", style="id"),
        Column("title", "Title"),
        Column("date", "Date"),
        Column("language", "Language", room=100),
        Column("passages", "Passages", number=True),
        Column("source", "Source", room=120),
    )
    rows: list[Row] = [
        {
            "id": text.id,
            "title": text.title,
            "date": text.date,
            "language": text.language,
            "passages": len(text.passages),
            "source": text.document,
        }
        for text in data.texts.values()
    ]
    return Report(data, query, columns, rows, items=[dict(row) for row in rows])


_OTHERS: dict[str, Callable[[Dataset, Wanted, dict[str, Any]], Report]] = {
    "state": _states,
    "source": _sources,
    "property": _properties,
    "text": _texts,
}
