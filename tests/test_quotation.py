"""Quotations are the source's words, to the letter."""

from collections.abc import Callable
from typing import Any

from rcpref.data.dataset import Data
from rcpref.views.text import quoted

Run = Callable[..., Any]


def test_every_quotation_without_sic_is_the_source(data: Data) -> None:
    for passage in data.passages():
        assert quoted(passage).replace(" [sic]", "") == passage.text, passage.ref
        assert quoted(passage).count("[sic]") == sum(note.sic for note in passage.notes)


def test_sic_stands_where_the_editor_says_so(run: Run) -> None:
    out = run("text", "paragraph-2", "--quote").out
    assert "Global Forum on Migration Development [sic] (GFMD)" in out
    assert "lima-2013/paragraph-2" in out


def test_ranges_are_taken_whole_or_not_at_all(run: Run) -> None:
    refs = run("text", "lima-2013/conclusion-1..3").ids
    assert refs == [f"lima-2013/conclusion-{number}" for number in (1, 2, 3)]
    for bad in (
        "conclusion-4..9",
        "conclusion-1..key-point-2",
        "conclusion-3..key-point-1",
        "x-1..2",
    ):
        run("text", bad, code=1)
    for backwards in ("conclusion-3..1", "lima-2013/conclusion-3..conclusion-1"):
        assert "runs backwards" in run("text", backwards, code=2).err


def test_markdown_is_a_block_quotation_with_a_footnote(run: Run) -> None:
    out = run("text", "conclusion-5", "--quote", "-f", "markdown").out
    assert out.startswith("> Deepening the evidence base") and "[^1]\n" in out
    assert "\n[^1]: " in out


def test_json_and_tsv_hold_the_quotation(run: Run) -> None:
    item = run("text", "conclusion-5", "--quote", "-f", "json").json["items"][0]
    assert item["quote"].startswith(f"\u201c{item['text']}\u201d (")
    line = run("text", "conclusion-5", "--quote", "-f", "tsv").lines[0]
    assert line.split("\t") == ["lima-2013/conclusion-5", item["quote"]]
