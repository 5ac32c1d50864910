"""`rcpref list`: what there is, kind by kind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rcpref.dataset import Dataset
from rcpref.errors import NotFound, UsageProblem
from rcpref.model import KINDS, PASSAGE_KINDS
from rcpref.model.records import Claim, Record
from rcpref.names import find_record, key_of, nearest, words
from rcpref.report import (
    Block,
    Cell,
    Column,
    Marks,
    Quiet,
    Report,
    Row,
    Span,
    plain,
    unknown_column,
)
from rcpref.views.common import claim_item, passage_item, record_item, shown_value, state_item
from rcpref.views.texts import passage_columns, passage_row

OTHER_KINDS = {
    "state": "states",
    "source": "sources",
    "property": "properties",
    "text": "texts",
}
"""What can be listed beside records and passages, singular to plural."""


class Wanted(NamedTuple):
    """What a listing is narrowed down to.

    Attributes:
        words: Words that must all be in the names or cells of a row.
        attended: A meeting, by any name, that the record took part in.
        every: States only: all of them, not just those that some claim or text names.
        columns: Keys of the columns asked for; empty for the usual ones.
        sort: Key of a column, with "-" before it for the reverse; empty for the
            order of the data.
        limit: How many rows at the most; None for all.
    """

    words: Sequence[str] = ()
    attended: str = ""
    every: bool = False
    columns: Sequence[str] = ()
    sort: str = ""
    limit: int | None = None


def kinds() -> dict[str, str]:
    """All kinds that can be listed, singular to plural."""
    return {**KINDS, **OTHER_KINDS, **PASSAGE_KINDS}


def kind_named(word: str) -> str:
    """The kind that a word means, in singular or plural, with or without hyphen.

    Raises:
        UsageProblem: No kind is called that.
    """
    asked = key_of(word)
    for singular, plural in kinds().items():
        if asked and asked in (key_of(singular), key_of(plural)):
            return singular
    near = nearest(word, ((plural, plural) for plural in kinds().values()), limit=1)
    known = ", ".join(kinds().values())
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageProblem(f"no kind {word!r}", f"{hint}kinds: {known}")


def counts(data: Dataset) -> Report:
    """How many there are of each kind."""
    raw = data.document["records"].values()
    rows: list[Row] = []
    for singular, plural in kinds().items():
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
    if wanted.attended and kind not in KINDS:
        raise UsageProblem(
            f"{kinds()[kind]} do not take part in meetings",
            "use --attended with processes, bodies, organizations, forums or offices",
        )
    if kind in KINDS:
        report = _records(data, kind, wanted, query)
    elif kind in PASSAGE_KINDS:
        report = _passages(data, kind, query)
    else:
        report = _OTHERS[kind](data, wanted, query)
    _narrow(report, wanted)
    if not report.rows:
        narrowed = wanted.words or wanted.attended
        raise NotFound(
            f"no {kinds()[kind]} fit" if narrowed else f"there are no {kinds()[kind]}",
            f"rcpref list {kinds()[kind]} shows all of them" if narrowed else "",
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
        key = wanted.sort.removeprefix("-").replace("-", "_")
        known = [column.key for column in report.columns]
        if key not in known:
            raise unknown_column(key, known)
        pairs.sort(key=lambda pair: _sort_key(pair[0].get(key)), reverse=wanted.sort[:1] == "-")
    pairs = pairs[: wanted.limit]
    report.rows = [row for row, _ in pairs]
    if report.items is not None:
        report.items = [item for _, item in pairs]
        report.cited = list(dict.fromkeys(key for item in report.items for key in _cited(item)))


def _has_words(keys: Iterable[str], row: Row, item: dict[str, Any]) -> bool:
    """Whether each word begins a word of the row's cells or of the item's names."""
    texts = [cell for cell in row.values() if isinstance(cell, str)]
    texts += [text for cell in row.values() if isinstance(cell, tuple) for text in cell]
    texts += item.get("aliases") or ()
    texts += (item.get("names") or {}).values()
    there = {word for text in texts for word in words(text)}
    return all(any(word.startswith(key) for word in there) for key in keys)


def _sort_key(cell: Cell) -> tuple[int, int, str]:
    """Numbers by size, text by its letters without accents; empty cells last."""
    if cell is None or cell == "" or cell == ():
        return (2, 0, "")
    if isinstance(cell, int):
        return (0, cell, "")
    return (1, 0, " ".join(words(cell if isinstance(cell, str) else "; ".join(cell))))


def _cited(item: dict[str, Any]) -> Iterator[str]:
    for claim in item.get("claims") or ():
        yield claim["source"]
    if isinstance(item.get("source"), str):
        yield item["source"]


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


def _records(data: Dataset, kind: str, wanted: Wanted, query: dict[str, Any]) -> Report:
    meeting = None
    if wanted.attended:
        meeting = find_record(data, wanted.attended, ("meeting", "summit"))
        query["attended"] = meeting.id
    vocabulary = data.document["properties"]
    properties = [key for key, raw in vocabulary.items() if kind in raw["kinds"]]
    columns = [*_RECORD_COLUMNS, *_MORE_RECORD_COLUMNS]
    people = ["short_name", "acronym", "name", "id"]
    if meeting:
        columns = [*_RECORD_COLUMNS[:3], _NAME_AFTER_ROLE, *_ATTENDED_COLUMNS]
        columns += _MORE_RECORD_COLUMNS
        people = ["short_name", "role", "passage", "name", "id"]
    known = [column.key for column in columns]
    extra = [key for key in wanted.columns if key not in known]
    sort = wanted.sort.removeprefix("-").replace("-", "_")
    if sort and sort not in known and sort not in extra:
        extra.append(sort)
    for key in extra:
        if key not in properties:
            raise unknown_column(key, [*known, *properties])
    columns += [Column(key, data.label_of(key)) for key in extra]
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for record in data.of_kind(kind):
        took_part = _attendance(record, meeting.id) if meeting else None
        if meeting and took_part is None:
            continue
        row: dict[str, Cell] = {
            "id": record.id,
            "short_name": record.short_name,
            "acronym": record.acronym,
            "name": record.name,
            "kind": record.kind,
            "aliases": record.aliases,
        }
        used = []
        if took_part:
            row |= {"role": took_part.role, "passage": took_part.passage}
            used.append(took_part)
        for key in extra:
            claims = record.claims_of(key)
            row[key] = tuple(dict.fromkeys(shown_value(data, claim, True) for claim in claims))
            used += claims
        item = record_item(record)
        if used:
            item["claims"] = [claim_item(claim) for claim in used]
        rows.append(row)
        items.append(item)
    shown = [column.key for column in columns if column not in _MORE_RECORD_COLUMNS]
    report = Report(data, query, columns, rows, shown, items, people=people)
    if wanted.columns:
        report.choose(wanted.columns)
        report.items = [
            {key: row.get(key) for key in report.shown}
            | ({"claims": item["claims"]} if "claims" in item else {})
            for row, item in zip(rows, items, strict=True)
        ]
    report.blocks = lambda: _record_blocks(report)
    return report


def _attendance(record: Record, meeting: str) -> Claim | None:
    return next((c for c in record.claims_of("attended") if meeting in c.values), None)


def _record_blocks(report: Report) -> list[Block]:
    """The table, each cell that states a fact with the marks of its sources."""
    marks = Marks(report.data)
    marked: list[Row] = []
    for row, item in zip(report.rows, report.items or (), strict=True):
        cells = dict(row)
        for claim in item.get("claims", ()):
            key = "passage" if claim["property"] == "attended" else claim["property"]
            if cells.get(key):
                mark = marks.mark(claim["source"])
                if mark not in (text := plain(cells[key])):
                    cells[key] = f"{text} {mark}"
        marked.append(cells)
    return [report.grid(marked), *marks.block()]


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
    for record in data.document["records"].values():
        for claim in record["claims"]:
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
