"""The index of a search that a wheel carries: the same hits as from one that is built."""

import sqlite3
import zlib
from pathlib import Path

import pytest

import rcpref
from helpers import sample, write_files
from rcpref.answers import search as searching
from rcpref.answers.search import TABLE, Hit, Scope, index_image, search
from rcpref.data import loading
from rcpref.data.dataset import Data
from rcpref.data.loading import INDEX
from rcpref.errors import NotFound

QUERIES = (
    "evidence base", '"regional bodies" engage', "migra* AND health", "evidence NOT base",
    "Perú OR Perou", "A/RES/63/225",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, data: Data, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the bundled data, once they are loaded: with nothing in it."""
    assert data
    monkeypatch.setattr(loading, "data_folder", lambda: str(tmp_path))
    return tmp_path


@pytest.fixture
def data() -> rcpref.Dataset:
    return rcpref.load()


def carry(folder: Path, data: Data) -> Path:
    image = index_image(data)
    assert image
    (folder / INDEX).write_bytes(image)
    return folder / INDEX


def forbid_building(monkeypatch: pytest.MonkeyPatch) -> None:
    def built(rows: object) -> None:
        raise AssertionError("an index was built")

    monkeypatch.setattr(searching, "built", built)


def hits(data: Data, query: str) -> list[Hit]:
    return search(data, query, Scope())


@pytest.mark.parametrize("query", sample(QUERIES, QUERIES[:2]))
def test_the_index_of_a_wheel_finds_the_same(
    folder: Path, data: rcpref.Dataset, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = hits(data, query)
    carry(folder, data)
    forbid_building(monkeypatch)
    assert hits(data, query) == expected


def test_it_offers_the_same_words(
    folder: Path, data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound) as built:
        hits(data, "evidense trafiking")
    carry(folder, data)
    forbid_building(monkeypatch)
    with pytest.raises(NotFound) as carried:
        hits(data, "evidense trafiking")
    assert built.value.nearest == carried.value.nearest
    assert "evidence" in built.value.nearest


def test_a_damaged_index_is_not_asked(folder: Path, data: rcpref.Dataset) -> None:
    expected = hits(data, "evidence base")
    path = carry(folder, data)
    whole = path.read_bytes()
    for place in (0, 70, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert hits(data, "evidence base") == expected, place
    for length in (0, 10, len(whole) // 2):
        path.write_bytes(whole[:length])
        assert hits(data, "evidence base") == expected, length


def test_the_index_of_other_data_is_not_asked(folder: Path, data: rcpref.Dataset) -> None:
    other = Data({**data.document, "sources": {}}, "0" * 64)
    carry(folder, other)
    assert any(hit.type == "source" for hit in hits(data, "United Nations"))


def test_an_overlay_is_searched_too(
    tmp_path: Path, data: rcpref.Dataset, request: pytest.FixtureRequest
) -> None:
    names = 'id = "own"\nkind = "term"\nname = "Zyxwvut"\nshort_name = "Zyxwvut"\n'
    own = rcpref.load(overlay=write_files(tmp_path, {"terms/own.toml": names}))
    carry(request.getfixturevalue("folder"), data)
    assert [hit.ref for hit in own.search("Zyxwvut")] == ["own"]


def test_a_search_that_is_narrowed_down_weighs_words_by_what_it_looks_in(
    folder: Path, data: rcpref.Dataset
) -> None:
    expected = data.search("migration", places="sources")
    carry(folder, data)
    assert data.search("migration", places="sources") == expected
    assert expected[0].score != hits(data, "migration")[0].score


def test_a_library_that_cannot_read_it_builds_its_own(folder: Path, data: rcpref.Dataset) -> None:
    expected = hits(data, "evidence base")
    content = b"SQLite format 4\0" + bytes(4096)
    head = f"{data.digest} {zlib.crc32(content):08x}\n"
    (folder / INDEX).write_bytes(head.encode() + content)
    assert hits(data, "evidence base") == expected


HITS = f"{TABLE};"
ROW = "insert into hits values ({}, 'Title', 1, 'evidence base')"
OTHERS = {
    "nothing": "select 1",
    "a plain table": "create table hits (ref)",
    "a plain table with these columns": (
        "create table hits (ref, type, record, title, weight, body);"
        "insert into hits values ('5-plus-5-dialogue', 'name', '5-plus-5-dialogue', 'x', 1, 'x')"
    ),
    "an index of other columns": "create virtual table hits using fts5(ref, body)",
    "no words": HITS + "delete from hits_data",
    "broken inside": HITS + ROW.format("'igc', 'name', 'igc'") + "; delete from hits_docsize",
    "a claim that is not there": HITS + ROW.format("'999', 'claim', 'igc'"),
    "a claim without a number": HITS + ROW.format("'x', 'claim', 'igc'"),
    "a claim before the first": HITS + ROW.format("'-1', 'claim', 'igc'"),
    "a claim of nothing": HITS + ROW.format("'1', 'claim', 'zzq'"),
    "a record that is not there": HITS + ROW.format("'zzq', 'name', 'zzq'"),
    "a passage that is not there": HITS + ROW.format("'zzq', 'passage', 'lima-2013'"),
    "a source that is not there": HITS + ROW.format("'zzq', 'source', null"),
    "another type": HITS + ROW.format("'igc', 'zzq', 'igc'"),
}
"""What may stand under a right checksum instead of the index, in SQL."""


@pytest.mark.parametrize("other", sample(OTHERS, [*OTHERS][:2]))
def test_an_index_with_another_table_inside_is_not_asked(
    folder: Path, data: rcpref.Dataset, other: str
) -> None:
    expected = hits(data, "evidence base")
    connection = sqlite3.connect(":memory:")
    connection.executescript(OTHERS[other])
    connection.commit()
    content = connection.serialize()
    connection.close()
    head = f"{data.digest} {zlib.crc32(content):08x}\n"
    (folder / INDEX).write_bytes(head.encode() + content)
    assert hits(data, "evidence base") == expected
    with pytest.raises(NotFound) as caught:
        hits(data, "evidense")
    assert "evidence" in caught.value.nearest
