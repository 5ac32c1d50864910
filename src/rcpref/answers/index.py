"""The index of a search: SQLite's FTS5, in memory.

It is built from its rows for each search that is narrowed down, of other data, or in a
checkout. For the whole of the bundled data, where that would take as long as all the rest
of a command, a wheel carries it ready-made, as the very bytes that SQLite keeps in memory.
What is not exactly the index of these data is left alone, and the index built.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Row(NamedTuple):
    """A row of the index.

    Attributes:
        ref: Reference of the passage, id of the record, key of the source; of a claim its
            place in the record, as only claims that are found are made.
        type: passage, name, claim or source.
        record: Id of the record; for a passage its text's id; None for a source.
        title: What it is, for people.
        weight: How much a hit in it weighs.
        body: The words.
    """

    ref: str
    type: str
    record: str | None
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


def image(rows: Iterable[Row], digest: str) -> bytes | None:
    """An index as bytes: a line with what it must agree with, then SQLite's own."""
    try:
        import sqlite3
    except ImportError:
        return None
    try:
        connection = built(rows)
        connection.execute("insert into hits (hits) values ('optimize')")
        connection.commit()
        connection.execute("vacuum")
        content = connection.serialize()
        connection.close()
    except (AttributeError, sqlite3.Error):
        return None
    return _head(digest, content) + content


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
