"""HTML: what `show -f html` prints."""

import json
import re
import shlex
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webpage
from asking import bundled
from conftest import run_command
from helpers import EACH, hint_of, raw, refuse, sample
from rcpref.report import blocks as kinds
from rcpref.report.blocks import Column, Span
from rcpref.report.html import Writer, data_script, element, page
from rcpref.report.safe import visible

HEADINGS = ("h1", "h2", "h3", "h4")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def shown(*args: str) -> webpage.Element:
    """The page that a command line prints, with what holds for any page looked at."""
    text = run_command(*args, "-f", "html").out
    assert_a_page(text)
    return webpage.read(text)


def assert_a_page(text: str) -> webpage.Element:
    """A whole page in UTF-8 that needs nothing, with its headings in order."""
    assert text.startswith("<!DOCTYPE html>\n<html lang=en>")
    whole = webpage.read(text)
    (title,) = whole.all("title")
    assert title.text().strip()
    assert next(whole.all("meta"))["charset"] == "utf-8"
    assert any(each["name"] == "viewport" for each in whole.all("meta"))
    assert not list(whole.all("script"))
    assert [each["href"] for each in whole.all("link")] == ["data:,"]
    assert not list(whole.all("img", "iframe", "object", "form", "base"))
    levels = [int(each.tag[1]) for each in whole.all(*HEADINGS)]
    assert levels[0] == 1
    assert all(two <= one + 1 for one, two in pairwise(levels))
    ids = [each["id"] for each in whole.all() if each["id"]]
    assert len(ids) == len(set(ids))
    for each in whole.all("a"):
        href = each["href"]
        assert href.startswith(("http://", "https://")) or ":" not in href.partition("#")[0], href
    for row in whole.all("tr"):
        assert all(each["scope"] in ("row", "col") for each in row.all("th"))
        assert any(row.all("th"))
    return whole


# -f html -------------------------------------------------------------------------------

LINES = [
    ("show", "igc"),
    ("show", "mtm", "--full"),
    ("show", "rabat-process", "--history"),
    ("show", "kenya"),
    ("show", "kenya", "--full"),
    ("show", "igc", "puebla", "colombo-process", "--full"),
    ("show", "colombo-process", "--as-of", "2013-05"),
    ("show", "sacm", "igc", "-p", "chair,next_chair"),
    ("rabat-process",),
    ("-f", "html", "lima-2013"),
]


@pytest.mark.parametrize("line", sample(LINES, LINES[:3]), ids=" ".join)
def test_show_prints_a_page_with_the_words_and_sources_of_markdown(line: tuple[str, ...]) -> None:
    line = tuple(each for each in line if each not in ("-f", "html"))
    whole = shown(*line)
    main = squeezed(whole.first("main").text())
    text = run_command(*line, "-f", "table", "--width", "1000").out
    # What a page has no place for: marks and lists of sources, which have another form in it.
    for label in re.findall(r"(?m)^ ?([A-Z][A-Za-z ]+?) {2,}\S", text):
        assert label in main, label
    markdown = run_command(*line, "-f", "markdown").out
    cited = set(re.findall(r"(?m)^\[\^.*\(([a-z0-9-]+)\)$", markdown))
    listed = [each.text() for each in whole.all("li") if each["id"].startswith("source-")]
    assert {re.findall(r"\(([a-z0-9-]+)\)$", each)[0] for each in listed} == cited
    marks = list(whole.all("a", class_="mark"))
    ids = {each["id"] for each in whole.all("li")}
    assert {each["href"][1:] for each in marks} <= ids
    assert bool(marks) == bool(cited)


def test_a_mark_leads_to_the_source_that_it_means() -> None:
    """Each of two records numbers its sources from 1, their page has one list."""
    alone = {}
    for name in ("igc", "puebla-process"):
        whole = shown("show", name)
        for each in whole.all("dd"):
            alone[squeezed(each.text("a"))] = sources_of(whole, each)
    both = shown("show", "igc", "puebla-process")
    assert len(alone) > 10
    for each in both.all("dd"):
        assert sources_of(both, each) == alone[squeezed(each.text("a"))]


def sources_of(whole: webpage.Element, part: webpage.Element) -> list[str]:
    listed = {each["id"]: each.text() for each in whole.all("li")}
    return [listed[each["href"][1:]] for each in part.all("a", class_="mark")]


def test_a_title_has_the_language_of_its_source() -> None:
    whole = shown("show", "mtm", "--full")
    found = {each.text(): each["lang"] for each in whole.all("span") if each["lang"]}
    keys = {claim.source for claim in bundled()["mtm"].claims}
    sources = [bundled().sources[key] for key in keys]
    expected = {s.title: s.language for s in sources if s.language not in (None, "en")}
    assert expected and found == expected


def test_without_sources_there_are_neither_marks_nor_a_list() -> None:
    whole = shown("show", "igc", "--full", "--no-sources")
    assert not list(whole.all("a", class_="mark")) and not list(whole.all("ol"))


@pytest.mark.process
@pytest.mark.parametrize("encoding", sample(["utf-8", "latin-1", "ascii", "utf-16"], ["ascii"]))
def test_a_page_has_all_signs_in_any_encoding(encoding: str) -> None:
    done = raw("show", "CIV", "-f", "html", env={"PYTHONIOENCODING": encoding})
    # What reads it goes by a mark at the beginning, else by what the page says.
    text = done.stdout.decode("utf-16" if encoding == "utf-16" else "utf-8")
    assert "Côte d'Ivoire" in webpage.read(text).first("h1").text()


@pytest.mark.parametrize(
    "command", sample([name for name in EACH if name != "show"], ("members", "export"))
)
def test_no_other_command_makes_html_and_the_line_of_the_hint_does(command: str) -> None:
    result = refuse(command, *EACH[command], "-f", "html", codes=(2,))
    assert result.err.startswith("rcpref: error: only rcpref show makes html\n")
    _, *args = shlex.split(hint_of(result))
    assert run_command(*args).out.startswith("<!DOCTYPE html>")


def test_html_has_no_columns() -> None:
    refuse("show", "igc", "-f", "html", "--columns", "id", codes=(2,))


EVERY_BLOCK = (
    kinds.Heading("w0"),
    kinds.Prose([Span("w1")], "w2", bullet=True),
    kinds.Prose([Span("w3", "strong-emphasis")]),
    kinds.Quote([Span("w4", "hit")], "w5"),
    kinds.Grid([Column("a", "w6"), Column("b", "w7", number=True)], [{"a": "w8", "b": "w9"}]),
    kinds.Facts(
        "w10", [("w11", [Span("w12"), Span("w13", "note")], "w14"), ("", [Span("w15")], "")]
    ),
    kinds.Card([kinds.Entry("w16", [Span("w17")], ["w18"], 1, [Span("w19 ")])]),
    kinds.Footnote(1, [Span("w20")]),
    kinds.Quiet([Span("w21", "", "https://example.org/w22")]),
    kinds.Quotation("w23", 1, "w24"),
    kinds.Code("w25"),
    kinds.Gap(),
    kinds.Drawing(lambda _: []),
    kinds.Sources([(1, [Span("w26")], lambda: [Span("w27")])], ["key"]),
)  # fmt: skip


def test_every_kind_of_block_is_written() -> None:
    assert {type(each) for each in EVERY_BLOCK} == set(kinds.Block.__subclasses__())
    writer = Writer()
    body = webpage.read(element("div", writer.blocks(EVERY_BLOCK), writer.sources()))
    text = re.findall(r"w\d+", body.text())
    # The short form of a source is for terminals.
    assert text == [f"w{n}" for n in (0, 2, 1, *range(3, 13), 14, 13,
                                      *range(15, 22), 23, 24, 25, 27)]  # fmt: skip
    assert body.first("a")["href"] == "https://example.org/w22"
    assert [each["scope"] for each in body.all("th")] == ["col", "col", "row"]


# Words are words -----------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script>", "</script><b>x", "]]>", "<!--", "&lt;&amp;", "'\"` onload=x",
    "javascript:alert(1)", "constructor", "__proto__", "\u202eabc", "\x00\x1b[31m", "ب ج",
)  # fmt: skip

WORDS = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=4).map("".join)


@given(words=WORDS)
def test_no_words_become_markup(words: str) -> None:
    spans = [Span(words), Span(words, "strong"), Span(words, "note")]
    facts = kinds.Facts(words, [(words, spans, words)])
    whole = assert_a_page(page(words + ".", element("p", words, title=words), element(
        "div", Writer().blocks([kinds.Heading(words, 1), kinds.Prose(spans), facts])
    )))  # fmt: skip
    first = whole.first("p")
    # White space of an attribute and of text is kept, a carriage return would be a line feed.
    assert first.text() == visible(words)
    assert first["title"] == visible(words)
    tags = {each.tag for each in whole.first("div").all()}
    assert tags <= {"h1", "h2", "p", "dl", "div", "dt", "dd", "strong", "small", "br", "bdi", "a"}
    for each in whole.first("div").all("a"):
        assert each["href"].startswith(("http://", "https://"))


@given(link=st.sampled_from(NASTY) | st.text(max_size=20), words=WORDS)
def test_only_addresses_of_the_web_are_links(link: str, words: str) -> None:
    for address in (link, f"javascript:{link}", f"data:{link}", f" https://{link}", f"//{link}"):
        body = webpage.read(element("div", Writer().spans([Span("x", "", address)])))
        assert all(each["href"].startswith(("http://", "https://")) for each in body.all("a"))
    (found,) = webpage.read(element("b", Writer().spans([Span("x", "", "https://a.b/")]))).all("a")
    assert found["href"] == "https://a.b/"


@given(words=WORDS)
def test_no_words_end_the_script_that_they_stand_in(words: str) -> None:
    script = webpage.read(element("div", data_script({"a": [words]}, "application/json")))
    (only,) = script.first("div").content
    assert isinstance(only, webpage.Element)
    assert json.loads(only.text()) == {"a": [words]}
