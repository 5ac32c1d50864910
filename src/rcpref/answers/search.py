"""Full-text search over names, claims, notes, sources and passages.

The index is SQLite's FTS5, in memory, built for each call from what the call needs;
ranking, phrases, prefixes and accents are its own. Ours is only how a query is read:
punctuation never fails, it separates words; and a word finds its plural and singular.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rcpref.answers.names import nearest
from rcpref.answers.time import when
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model import KINDS, PASSAGE_KINDS

if TYPE_CHECKING:
    import sqlite3

    from rcpref.data.dataset import Dataset
    from rcpref.dates import Interval
    from rcpref.model.records import Claim

PLACES = ("names", "claims", "texts", "sources")
"""Where can be looked."""

START, END = "\ue000", "\ue001"
"""Around the words found, in `Hit.marked`: private characters that no data have."""

_SNIPPET_WORDS = 24

_MOST = 2**31
"""Greatest limit that is passed on: SQLite has no number for one beyond all hits."""

# A hit in the words of a meeting weighs more than one in a name, that more than one in a
# claim, and a source's title least: who asks for "evidence base" wants the conclusion.
_WEIGHT = {"passage": 4.0, "conclusion": 6.0, "name": 3.0, "claim": 1.5, "source": 1.0}


class Hit(NamedTuple):
    """One thing found.

    Attributes:
        ref: Reference of the passage or claim, id of the record, key of the source.
        type: passage, name, claim or source.
        record: Id of the record; for a passage its text's id; None for a source.
        title: What it is, for people.
        marked: Where the words stand, with U+E000 before each and U+E001 after it.
        score: The greater, the better it fits.
    """

    ref: str
    type: str
    record: str | None
    title: str
    marked: str
    score: float

    @property
    def snippet(self) -> str:
        """The same without marks."""
        return self.marked.replace(START, "").replace(END, "")


class Scope(NamedTuple):
    """What a search is narrowed down to.

    Attributes:
        places: Some of `PLACES`; empty for all.
        kinds: Kinds of records or passages; empty for all.
        property: Key of a property: its claims alone.
        as_of: Claims that can speak of this date alone; None for all.
    """

    places: Sequence[str] = ()
    kinds: Sequence[str] = ()
    property: str = ""
    as_of: Interval | None = None


def _look_at(data: Dataset, scope: Scope, limit: int | None) -> None:
    """Refuse what can have no hit: that nothing fits would be no answer to it."""
    for place in scope.places:
        if place not in PLACES:
            raise UsageProblem(f"no place {echo(place)} to look in", f"places: {', '.join(PLACES)}")
    kinds = (*KINDS, *PASSAGE_KINDS)
    for kind in scope.kinds:
        if kind not in kinds:
            raise UsageProblem(
                f"no kind {echo(kind)} of records or passages", f"one of: {', '.join(kinds)}"
            )
    if scope.property and scope.property not in data.document["properties"]:
        raise UsageProblem(f"no property {echo(scope.property)}", "rcpref list properties has all")
    if limit is not None and limit < 1:
        raise UsageProblem(f"no hits can be given of {limit}", "ask for 1 or more")


class _Row(NamedTuple):
    """A row of the index; `ref` of a claim is its place in the record, see `_ref`."""

    ref: str
    type: str
    record: str | None
    title: str
    weight: float
    body: str


def search(data: Dataset, query: str, scope: Scope, limit: int | None = None) -> list[Hit]:
    """What fits a query, the best first.

    Args:
        data: The data set.
        query: Words, all of which must stand there; "phrases in quotes"; beginnings with
            ``*``; AND, OR and NOT in capitals.
        scope: Where to look.
        limit: How many hits at the most; None for all.

    Raises:
        UsageProblem: There is no word in the query, or no such place, kind or property.
        NotFound: Nothing fits; the nearest spellings of the index's own words are offered.
    """
    import sqlite3

    _look_at(data, scope, limit)
    expression = _expression(query)
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(
            "create virtual table hits using fts5("
            "ref unindexed, type unindexed, record unindexed, title unindexed, "
            'weight unindexed, body, tokenize = "unicode61 remove_diacritics 2")'
        )
        connection.executemany("insert into hits values (?, ?, ?, ?, ?, ?)", _rows(data, scope))
        rows = _select(
            connection,
            "select ref, type, record, title, "
            "snippet(hits, 5, ?, ?, '\u2026', ?), -bm25(hits) * weight "
            "from hits where hits match ? order by 6 desc, rowid limit ?",
            (START, END, _SNIPPET_WORDS, expression, -1 if limit is None else min(limit, _MOST)),
        )
        found = [
            Hit(_ref(data, ref, type_, record), type_, record, *rest)
            for ref, type_, record, *rest in rows
        ]
        if not found:
            raise _nothing(connection, query)
    finally:
        connection.close()
    return found


# The index --------------------------------------------------------------------------


def index_rows(data: Dataset) -> Iterator[tuple[str, str, str | None, str, str]]:
    """All that can be searched, row by row: ref, type, record, title, body."""
    for row in _rows(data, Scope()):
        yield _ref(data, row.ref, row.type, row.record), row.type, row.record, row.title, row.body


def _rows(data: Dataset, scope: Scope) -> Iterator[_Row]:
    places = scope.places or PLACES
    if scope.property or scope.as_of:
        places = ("claims",)
    if "texts" in places:
        yield from _passages(data, scope)
    if "names" in places:
        yield from _names(data, scope)
    if "claims" in places:
        yield from _claims(data, scope)
    if "sources" in places and not scope.kinds:
        yield from _sources(data)


def _passages(data: Dataset, scope: Scope) -> Iterator[_Row]:
    for text in data.document["texts"].values():
        for raw in text["passages"]:
            if scope.kinds and raw["kind"] not in scope.kinds:
                continue
            ref = f"{text['id']}/{raw['kind']}-{raw['number']}"
            weight = _WEIGHT.get(raw["kind"], _WEIGHT["passage"])
            meeting = data.document["records"][text["meeting"]]["short_name"]
            title = f"{meeting}: {raw['kind'].replace('-', ' ')} {raw['number']}"
            yield _Row(ref, "passage", text["id"], title, weight, raw["text"])


def _names(data: Dataset, scope: Scope) -> Iterator[_Row]:
    for key, raw in data.document["records"].items():
        if scope.kinds and raw["kind"] not in scope.kinds:
            continue
        names = [raw["short_name"], raw["name"], raw.get("acronym"), key, *raw.get("aliases", ())]
        body = "; ".join(dict.fromkeys(name for name in names if name))
        yield _Row(key, "name", key, raw["short_name"], _WEIGHT["name"], body)


def _claims(data: Dataset, scope: Scope) -> Iterator[_Row]:
    records, properties = data.document["records"], data.document["properties"]
    countries = data.document["countries"]
    for key in data.document["claims"]:
        if scope.kinds and records[key]["kind"] not in scope.kinds:
            continue
        # Plain data: of fourteen hundred claims the few that are found are made.
        for place, raw in enumerate(data.document["claims"][key]):
            if scope.property and raw["property"] != scope.property:
                continue
            if scope.as_of and not _speaks_of(data.records[key].claims[place], scope.as_of):
                continue
            label, value = properties[raw["property"]]["label"], raw["value"]
            if properties[raw["property"]]["type"] == "states":
                value = [countries[code]["name"] for code in value]
            text = "; ".join(value) if isinstance(value, list) else str(value)
            parts = [label, text, raw.get("role"), raw.get("group"), raw.get("note")]
            body = ". ".join(part for part in parts if part)
            title = f"{records[key]['short_name']}: {label.lower()}"
            yield _Row(str(place), "claim", key, title, _WEIGHT["claim"], body)


def _ref(data: Dataset, ref: str, type_: str, record: str | None) -> str:
    """The reference of a row; one of a claim has its place in the record until then."""
    if type_ != "claim" or record is None:
        return ref
    return data.records[record].claims[int(ref)].ref


def _speaks_of(claim: Claim, asked: Interval) -> bool:
    time = when(claim)
    return time is not None and time.overlaps(asked)


def _sources(data: Dataset) -> Iterator[_Row]:
    for key, raw in data.document["sources"].items():
        body = f"{raw['title']}. {raw['publisher']}"
        yield _Row(key, "source", None, raw["publisher"], _WEIGHT["source"], body)


# The query --------------------------------------------------------------------------

_OPERATORS = ("AND", "OR", "NOT")


def _expression(query: str) -> str:
    """A query in FTS5's language: every word quoted, so that no sign can be taken wrong."""
    parts: list[str] = []
    for piece, quoted in _pieces(query):
        if not quoted and piece in _OPERATORS:
            # An operator counts between two words only.
            if parts and parts[-1] not in _OPERATORS:
                parts.append(piece)
            continue
        term = _term(piece, quoted)
        if term:
            if parts and parts[-1] not in _OPERATORS:
                parts.append("AND")
            parts.append(term)
    if parts and parts[-1] in _OPERATORS:
        parts.pop()
    if not parts:
        raise UsageProblem("there is no word to look for", "give letters or digits")
    return " ".join(parts)


def _pieces(query: str) -> Iterator[tuple[str, bool]]:
    """Words and quoted phrases, in order; a lone quotation mark is no more than a blank."""
    for index, part in enumerate(query.split('"')):
        closed = index < query.count('"')
        if index % 2 and closed:
            yield part, True
        else:
            for word in part.split():
                yield word, False


def _term(piece: str, quoted: bool) -> str:
    prefix = "*" if piece.endswith("*") and not quoted else ""
    words = "".join(c if c.isalnum() else " " for c in piece).split()
    if not words:
        return ""
    phrase = f'"{" ".join(words)}"{prefix}'
    if quoted or prefix or len(words) > 1:
        return phrase
    forms = [f'"{form}"' for form in _forms(words[0])]
    return f"({' OR '.join(forms)})" if len(forms) > 1 else phrase


def _forms(word: str) -> list[str]:
    """A word with its English plural or singular."""
    lower = word.lower()
    forms = [lower]
    if len(lower) < 3 or not lower.isalpha():
        return forms
    if lower.endswith("ies"):
        forms.append(f"{lower[:-3]}y")
    elif lower.endswith("s") and not lower.endswith("ss"):
        forms.append(lower[:-1])
        if lower.endswith("es"):
            forms.append(lower[:-2])
    elif lower.endswith("y") and lower[-2] not in "aeiou":
        forms.append(f"{lower[:-1]}ies")
    else:
        forms += [f"{lower}s", f"{lower}es"]
    return forms


def _select(
    connection: sqlite3.Connection, query: str, values: Sequence[str | int]
) -> list[tuple[Any, ...]]:
    """The rows that a query finds.

    Raises:
        UsageProblem: SQLite finds the expression too deep, as with 256 times NOT.
    """
    import sqlite3

    try:
        return connection.execute(query, values).fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        message = "the query has too many words or operators"
        raise UsageProblem(message, "look for fewer words, with fewer AND, OR and NOT") from error


def _nothing(connection: sqlite3.Connection, query: str) -> NotFound:
    connection.execute("create virtual table words using fts5vocab(hits, row)")
    known = [row[0] for row in connection.execute("select term from words where length(term) > 2")]
    near: list[str] = []
    for piece, _ in _pieces(query):
        for word in "".join(c if c.isalnum() else " " for c in piece).lower().split():
            if word not in known and len(word) > 2:
                near += nearest(word, ((term, term) for term in known), limit=2)
    near = list(dict.fromkeys(near))[:4]
    hint = f"words near it: {', '.join(near)}" if near else "try fewer words"
    return NotFound(f"nothing found for {echo(query)}", hint, near)
