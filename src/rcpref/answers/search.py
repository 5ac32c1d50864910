"""Full-text search over names, claims, notes, sources and passages, by SQLite's FTS5."""

from __future__ import annotations

import os
import shlex
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.time import when
from rcpref.data.names import names_in
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model import KINDS, PASSAGE_KINDS, publishers
from rcpref.spelling import key_of

if TYPE_CHECKING:
    import sqlite3

    from rcpref.data.dataset import Data
    from rcpref.dates import Interval


PLACES = ("names", "claims", "texts", "sources")

START, END = "\ue000", "\ue001"
"""Around the words found, in `Hit.marked`: private characters that no data have."""

_SNIPPET_WORDS = 24

_MOST = 2**31  # greatest limit that is passed on: SQLite has no number for one beyond all hits

# Who asks for "evidence base" wants the conclusion, and who asks for "irregular migration" not
# eleven lists of topics first. The same words score up to some six times as much in a short
# row as in a long one: ten times the weight is always before.
WEIGHTS = {"conclusion": 600, "passage": 400, "name": 300, "claim": 30, "source": 3, "list": 0.3}
"""What a hit weighs, by the type of the row, the kind of the passage, or a claim that lists."""


class Hit(NamedTuple):
    """One thing found.

    Attributes:
        ref: Reference of the passage or claim, id of the record, key of the source.
        type: passage, name, claim or source.
        record: Id of the record; for a passage its text's id; None for a source.
        title: What it is, for people.
        marked: The text around the words, with U+E000 before each and U+E001 after it.
        score: The greater, the better the match.
    """

    ref: str
    type: str
    record: str | None
    title: str
    marked: str
    score: float

    @property
    def snippet(self) -> str:
        """The words around the hit, without marks."""
        return self.marked.replace(START, "").replace(END, "")


class Scope(NamedTuple):
    """What a search is narrowed down to; what is empty or None narrows nothing."""

    places: Sequence[str] = ()
    kinds: Sequence[str] = ()
    property: str = ""
    as_of: Interval | None = None


def _look_at(data: Data, scope: Scope, limit: int | None) -> None:
    """Refuse what can have no hit: that nothing fits would be no answer to it."""
    for place in scope.places:
        if place not in PLACES:
            raise UsageProblem(f"no place {echo(place)} to look in", f"places: {', '.join(PLACES)}")
    for kind in scope.kinds:
        if kind not in (*KINDS, *PASSAGE_KINDS):
            known = ", ".join((*KINDS, *PASSAGE_KINDS))
            raise UsageProblem(f"no kind {echo(kind)} of records or passages", f"one of: {known}")
    if scope.property and scope.property not in data.document["properties"]:
        raise UsageProblem(f"no property {echo(scope.property)}", "rcpref list properties has all")
    if limit is not None and limit < 1:
        raise UsageProblem(f"the limit cannot be {limit}", "ask for 1 or more")


def search(data: Data, query: str, scope: Scope, limit: int | None = None) -> list[Hit]:
    """What fits a query, the best first; before all, a record that has it as a name."""
    import sqlite3

    from rcpref.data.loading import INDEX, data_folder

    _look_at(data, scope, limit)
    asked = expression(query)
    path = os.path.join(data_folder(), INDEX)
    whole = not any(scope) and not data.overlay
    # The digest, which may have to be worked out, is asked for only where it is needed.
    if whole and os.path.isfile(path) and (ready := opened(path, data.digest)):
        # Its checksum is right, and still it may hold what is no index of these data.
        with closing(ready), suppress(ValueError, sqlite3.Error):
            return _hits(data, ready, query, asked, limit)
    with closing(built(_rows(data, scope))) as connection:
        return _hits(data, connection, query, asked, limit)


def _hits(
    data: Data, connection: sqlite3.Connection, query: str, asked: str, limit: int | None
) -> list[Hit]:
    named = f" {' '.join(_named(data, connection, query, asked))} "
    most = _MOST if limit is None else min(limit, _MOST)
    rows = connection.execute(
        "select ref, type, record, title, "
        "snippet(hits, 5, ?, ?, '\u2026', ?), -bm25(hits) * weight "
        "from hits where hits match ? "
        "order by type = 'name' and instr(?, ' ' || ref || ' ') desc, 6 desc, rowid limit ?",
        (START, END, _SNIPPET_WORDS, asked, named, most),
    )
    found = [Hit(_ref(data, *each[:3]), *each[1:]) for each in rows]
    if not found:
        raise _nothing(data, connection, query)
    return found


def _named(data: Data, connection: sqlite3.Connection, query: str, asked: str) -> list[str]:
    """Ids of the records of which a name is, whole, what is looked for."""
    key, records = key_of(query), data.document["records"]
    rows = connection.execute("select ref from hits where hits match ? and type = 'name'", (asked,))
    ids = [_ref(data, ref, "name", ref) for (ref,) in rows]
    return [each for each in ids if key in map(key_of, names_in(each, records[each]))]


# The index --------------------------------------------------------------------------


def index_rows(data: Data) -> Iterator[tuple[str, str, str | None, str, str]]:
    """All that can be searched, row by row: ref, type, record, title, body."""
    for row in _rows(data, Scope()):
        yield _ref(data, row.ref, row.type, row.record), row.type, row.record, row.title, row.body


def _rows(data: Data, scope: Scope) -> Iterator[Row]:
    places = scope.places or PLACES
    if scope.property or scope.as_of:
        places = ("claims",)
    for place, rows in (("texts", _passages), ("names", _names), ("claims", _claims)):
        if place in places:
            yield from rows(data, scope)
    if "sources" in places and not scope.kinds:
        for key, raw in data.document["sources"].items():
            by = publishers(raw["publisher"])
            yield Row(key, "source", None, by, WEIGHTS["source"], f"{raw['title']}. {by}")


def _passages(data: Data, scope: Scope) -> Iterator[Row]:
    for ref, (text, raw) in data.plain.passages.items():
        if not scope.kinds or raw["kind"] in scope.kinds:
            weight = WEIGHTS.get(raw["kind"], WEIGHTS["passage"])
            meeting = data.document["texts"][text]["meeting"]
            name = data.document["records"][meeting]["short_name"]
            title = f"{name}: {raw['kind'].replace('-', ' ')} {raw['number']}"
            yield Row(ref, "passage", text, title, weight, raw["text"])


def _names(data: Data, scope: Scope) -> Iterator[Row]:
    for key, raw in data.document["records"].items():
        if not scope.kinds or raw["kind"] in scope.kinds:
            body = "; ".join(names_in(key, raw))
            yield Row(key, "name", key, raw["short_name"], WEIGHTS["name"], body)


def _claims(data: Data, scope: Scope) -> Iterator[Row]:
    records, properties = data.document["records"], data.document["properties"]
    countries = data.document["countries"]
    for key in data.document["claims"]:
        if scope.kinds and records[key]["kind"] not in scope.kinds:
            continue
        # Plain data: of all claims only the few that are found are made.
        for place, raw in enumerate(data.document["claims"][key]):
            if scope.property and raw["property"] != scope.property:
                continue
            if scope.as_of:
                time = when(data.records[key].claims[place])
                if time is None or not time.overlaps(scope.as_of):
                    continue
            label, value = properties[raw["property"]]["label"], raw["value"]
            if properties[raw["property"]]["type"] == "states":
                value = [countries[code]["name"] for code in value]
            text = "; ".join(value) if isinstance(value, list) else str(value)
            parts = [label, text, raw.get("role"), raw.get("group"), raw.get("note")]
            body = ". ".join(part for part in parts if part)
            title = f"{records[key]['short_name']}: {label.lower()}"
            weight = WEIGHTS["list" if is_list(properties[raw["property"]]) else "claim"]
            yield Row(str(place), "claim", key, title, weight, body)


def is_list(raw: Mapping[str, str]) -> bool:
    """Whether a property lists subjects, as topics and priorities do, and has no sentence."""
    return raw["type"] == "texts" and raw["group"] == "substance"


def _ref(data: Data, ref: str, type_: str, record: str | None) -> str:
    """The reference of a row; one of a claim has its place in the record until then."""
    if type_ == "claim":
        claims = data.records[record].claims if record and record in data.records else ()
        if ref.isdecimal() and int(ref) < len(claims):
            return claims[int(ref)].ref
    elif type_ in ("name", "source"):
        if ref in data.document["records" if type_ == "name" else "sources"]:
            return ref
    elif type_ == "passage" and ref in data.plain.passages:
        return ref
    raise ValueError(f"no {type_} {ref}")


# The query: words, "phrases", beginnings*, AND, OR and NOT ---------------------------
# Punctuation never fails, it separates words; and a word finds its English plural and
# singular.

MOST_WORDS = 200  # most words of a query: no sentence has more, and SQLite nests no deeper than 256

OPERATORS = frozenset(("AND", "OR", "NOT"))


def expression(query: str) -> str:
    """A query in FTS5's language: every word quoted, so that no sign can be taken wrong."""
    parts: list[str] = []
    operator = ""
    for piece, quoted in _pieces(query):
        if not quoted and piece in OPERATORS:
            # The first counts, and between two words only.
            operator = operator or piece
        elif term := _term(piece, quoted):
            parts += [operator or "AND", term] if parts else [term]
            operator = ""
    if not parts:
        raise UsageProblem("no word to search for", "give letters or digits")
    if (count := len(words_of(query))) > MOST_WORDS:
        raise UsageProblem(f"the query has {count} words", f"search for {MOST_WORDS} or fewer")
    return " ".join(parts)


def words_of(query: str) -> list[str]:
    """All words of a query, those of phrases and operators included."""
    return [word for piece, _ in _pieces(query) for word in _words(piece)]


def _pieces(query: str) -> Iterator[tuple[str, bool]]:
    """Words and quoted phrases, in order; a lone quotation mark is no more than a blank."""
    parts = query.split('"')
    for index, part in enumerate(parts):
        if index % 2 and index < len(parts) - 1:
            yield part, True
        else:
            yield from ((word, False) for word in part.split())


def _words(piece: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in piece).split()


def _term(piece: str, quoted: bool) -> str:
    prefix = "*" if piece.endswith("*") and not quoted else ""
    words = _words(piece)
    if not words:
        return ""
    phrase = f'"{" ".join(words)}"{prefix}'
    if quoted or prefix or len(words) > 1:
        return phrase
    forms = [f'"{form}"' for form in _forms(words[0].lower())]
    return f"({' OR '.join(forms)})" if len(forms) > 1 else phrase


def _forms(word: str) -> list[str]:
    """A word in lower case with its English plural or singular."""
    if len(word) < 3 or not word.isalpha():
        return [word]
    if word.endswith("ies"):
        return [word, f"{word[:-3]}y"]
    if word.endswith("es"):
        return [word, word[:-1], word[:-2]]
    if word.endswith("s") and not word.endswith("ss"):
        return [word, word[:-1]]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word, f"{word[:-1]}ies"]
    return [word, f"{word}s", f"{word}es"]


# Nothing found ----------------------------------------------------------------------


_MOST_MISSPELT = 5  # so many words that are nowhere are compared with all others, for a hint


def _nothing(data: Data, connection: sqlite3.Connection, query: str) -> NotFound:
    from rcpref.answers.suggestions import nearest

    states = [match.key for match in data.plain.names.match(query, kinds=None)]
    if states:
        # Other names of a State are for look-up; what is searched has its own.
        name = data.plain.state_name(states[0])
        hint = f"a name of {name}: rcpref state {states[0]}"
        return NotFound(f"nothing found for {echo(query)}", hint, states)
    connection.execute("create virtual table words using fts5vocab(hits, row)")
    rows = connection.execute("select term from words where length(term) > 2")
    known = dict.fromkeys(row[0] for row in rows)
    asked = dict.fromkeys(word for word in words_of(query.lower()) if len(word) > 2)
    unknown = [word for word in asked if word not in known][:_MOST_MISSPELT]
    near = [nearest(word, ((term, term) for term in known), limit=2) for word in unknown]
    offered = list(dict.fromkeys(term for each in near for term in each))[:4]
    words = f"similar words: {', '.join(offered)}" if offered else ""
    hint = words or _without_name(data, connection, query) or "try fewer words"
    return NotFound(f"nothing found for {echo(query)}", hint, offered)


_MOST_NAMED = 6  # of a query of more words it is not looked whether some are the name of a record


def _without_name(data: Data, connection: sqlite3.Connection, query: str) -> str:
    """What is left to look for without the name of a record, which its claims seldom repeat."""
    asked = words_of(query)
    if len(asked) > _MOST_NAMED or not OPERATORS.isdisjoint(asked):
        return ""
    for cut in range(len(asked) - 1, 0, -1):
        for name, rest in ((asked[:cut], asked[cut:]), (asked[-cut:], asked[:-cut])):
            for match in data.plain.names.match(" ".join(name), states=False):
                rows = connection.execute(
                    "select 1 from hits where hits match ? and record = ? limit 1",
                    (expression(" ".join(rest)), match.key),
                )
                if rows.fetchone():
                    words = " ".join(shlex.quote(word) for word in rest)
                    short = data.document["records"][match.key]["short_name"]
                    return f"without the name of {short}: rcpref search {words}"
    return ""


# The index of a search: SQLite's FTS5, in memory --------------------------------------
# It is built from its rows for each search that is narrowed down, of other data, or in a
# checkout. For the whole of the bundled data a wheel carries it ready-made, as SQLite's very
# bytes; what is not exactly the index of these data is left alone.


class Row(NamedTuple):
    """A row of the index; of a claim `ref` is its place in the record, as few claims are made."""

    ref: str
    type: str  # passage, name, claim or source
    record: str | None  # for a passage its text; None for a source
    title: str
    weight: float
    body: str


TABLE = (
    "CREATE VIRTUAL TABLE hits using fts5("
    "ref unindexed, type unindexed, record unindexed, title unindexed, "
    'weight unindexed, body, tokenize = "unicode61 remove_diacritics 2")'
)
"""The table, in the words in which SQLite keeps it."""


def built(rows: Iterable[Row]) -> sqlite3.Connection:
    """An index of some rows."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute(TABLE)
    connection.executemany("insert into hits values (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    return connection


def index_image(data: Data) -> bytes | None:
    """The index as a wheel carries it, behind what it must agree with; None without SQLite."""
    try:
        import sqlite3

        connection = built(_rows(data, Scope()))
        connection.execute("insert into hits (hits) values ('optimize')")
        connection.commit()
        connection.execute("vacuum")
        content = connection.serialize()
        connection.close()
    except ImportError:
        return None
    except (AttributeError, sqlite3.Error):  # too old for it, or without what it needs
        return None
    return _head(data.digest, content) + content


def _head(digest: str, content: bytes) -> bytes:
    return f"{digest} {zlib.crc32(content):08x}\n".encode()


def opened(path: str, digest: str) -> sqlite3.Connection | None:
    """The index in a file; None if it is not there, damaged, or of other data."""
    import sqlite3

    try:
        with open(path, "rb") as stream:
            head, content = stream.readline(), stream.read()
    except OSError:
        return None
    if head != _head(digest, content):
        return None
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        connection.execute("select 1 from hits limit 1")
        kept = connection.execute("select sql from sqlite_master where name = 'hits'").fetchone()
    # A library that is too old for it, or was built without what it needs.
    except (AttributeError, sqlite3.Error):
        kept = None
    if kept != (TABLE,):
        connection.close()
        return None
    return connection
