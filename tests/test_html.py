"""HTML: what `show -f html` prints, and the site that is made with the same writer."""

import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcpref
import webpage
from asking import bundled
from conftest import once, run_command
from helpers import EACH, hint_of, raw, refuse, sample, write_files
from rcpref.answers.values import last_active
from rcpref.dates import parse
from rcpref.export.site import site
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
    assert {each["type"] for each in whole.all("script")} <= {"application/ld+json"}
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
    text = run_command(*line, "-f", "text", "--width", "1000").out
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
    line, _, more = hint_of(result).partition(", or for all: ")
    _, *args = shlex.split(line)
    assert run_command(*args).out.startswith("<!DOCTYPE html>")
    assert more in ("", "rcpref export site/ --to site")


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
    script = webpage.read(element("div", data_script({"a": [words]}, "application/ld+json")))
    (only,) = script.first("div").content
    assert isinstance(only, webpage.Element)
    assert json.loads(only.text()) == {"a": [words]}


# The site ------------------------------------------------------------------------------

Pages = dict[str, webpage.Element]


def pages(made: dict[str, bytes]) -> Pages:
    return {path: assert_a_page(content.decode()) for path, content in made.items()}


@once
def whole() -> Pages:
    return pages(site(bundled()))


def assert_linked(found: Pages) -> int:
    """Every link within the site leads to a page, and to something on it; how many there are."""
    anchors = {path: {each["id"] for each in page.all()} for path, page in found.items()}
    count = 0
    for path, each in found.items():
        for link in each.all("a"):
            place, anchor = urldefrag(link["href"])
            if place.startswith(("http://", "https://")):
                continue
            assert place or anchor, (path, link.text())
            parts = path.split("/")[:-1] if place else path.split("/")
            for part in filter(None, place.split("/")):
                parts = parts[:-1] if part == ".." else [*parts, part]
            target = "/".join(parts)
            assert target in found, (path, link["href"])
            assert not anchor or unquote(anchor) in anchors[target], (path, link["href"])
            count += 1
    return count


@pytest.mark.wide
def test_every_link_of_the_site_leads_somewhere() -> None:
    assert assert_linked(whole()) > 10_000


def test_each_record_and_each_state_that_is_named_has_a_page() -> None:
    expected = [f"records/{record.id}.html" for record in bundled()]
    expected += [f"states/{code}.html" for code in bundled().plain.states_named()]
    expected += [f"texts/{key}.html" for key in bundled().texts]
    expected += [f"{name}.html" for name in ("index", "years", "disputes", "sources")]
    assert sorted(whole()) == sorted(expected)
    linked = {link["href"] for link in whole()["index.html"].all("a")}
    assert linked >= set(expected) - {"index.html"}


def test_each_page_says_what_it_is_and_is_linked_to_the_others() -> None:
    titles = set()
    for path, each in whole().items():
        told = {meta["name"] or meta["property"]: meta["content"] for meta in each.all("meta")}
        title = each.first("title").text()
        assert told["og:title"] == title
        assert 20 < len(told["description"]) <= 200, (path, told["description"])
        assert told["og:description"] == told["description"]
        assert not re.search(r"\[\d|\s[;:]|: ;", told["description"]), told["description"]
        titles.add(title)
        assert len(list(each.all("h1"))) == 1, path
        up = "../" * path.count("/")
        others = [link["href"] for link in each.first("nav").all("a")]
        assert path == "index.html" or others[0] == f"{up}index.html"
        assert bundled().digest[:12] in each.first("footer").text() or each.all("blockquote")
        assert not re.search(r"--(?:full|history)|\brcpref [a-z]", each.first("main").text()), path
    assert len(titles) == len(whole())


def test_the_index_has_every_process_and_body_and_when_it_was_last_seen_active() -> None:
    rows = {row.first("th").text(): row for row in whole()["index.html"].all("tr")}
    for record in [*bundled().of_kind("process"), *bundled().of_kind("body")]:
        seen = last_active(bundled(), record.id)
        *_, last = rows[record.short_name].all("td")
        assert last.text() == (parse(seen).words if seen else "")
        assert rows[record.short_name].first("a")["href"] == f"records/{record.id}.html"
    what = {name: next(row.all("td")).text() for name, row in rows.items() if any(row.all("td"))}
    assert what["IGC"].startswith("classified as RCP") and "founded 1985" in what["IGC"]


def test_a_page_begins_with_the_card_and_has_every_claim() -> None:
    for record in bundled():
        page = whole()[f"records/{record.id}.html"]
        text = page.first("main").text()
        for claim in record.claims:
            assert f"({claim.source})" in text
            assert not claim.note or squeezed(claim.note) in squeezed(text)
        card = shown("show", record.id).first("dl")
        assert squeezed(page.first("dl").text("a")) != ""
        labels = [each.text() for each in card.all("dt")]
        assert [each.text() for each in page.first("dl").all("dt")] == labels
        text = squeezed(text)
        for passage in bundled().passages_naming(record=record.id):
            assert f"({passage.ref})" in text


def test_names_lead_to_their_pages() -> None:
    igc = whole()["records/igc.html"]
    links = {link.text(): link["href"] for link in igc.all("a")}
    assert links["Australia"] == "../states/AUS.html"
    assert links["lima-2013/footnote-1"] == "../texts/lima-2013.html#footnote-1"
    kenya = whole()["states/KEN.html"]
    assert next(kenya.first("h3").all("a"), None) is None
    labels = [each.first("a").text() for each in kenya.all("dt") if any(each.all("a"))]
    assert {"AU-HoAI", "Khartoum Process", "MTM"} <= {*labels}
    links = {link.text(): link["href"] for link in kenya.all("a")}
    assert links["Khartoum Process"] == "../records/khartoum-process.html"
    for code in bundled().members("igc"):
        name = bundled().countries[code].name
        assert any(link.text() == name for link in igc.first("dl").all("a")), name


def test_the_text_is_there_word_for_word_with_an_anchor_for_each_passage() -> None:
    for text in bundled().texts.values():
        page = whole()[f"texts/{text.id}.html"]
        by_id = {each["id"]: each for each in page.all() if each["id"]}
        for passage in text.passages:
            found = by_id[f"{passage.kind}-{passage.number}"]
            if passage.within is None:
                words = re.sub(r"^\d+\) ", "", squeezed(found.text("sup")))
                assert words == squeezed(passage.text), passage.ref
        assert page.first("main").first("div")["lang"] == text.language
        marks = [each.first("a")["href"] for each in page.all("sup") if any(each.all("a"))]
        notes = [p for p in text.passages if p.kind == "footnote"]
        assert marks == [f"#footnote-{note.number}" for note in notes]


def test_what_happened_stands_under_its_year() -> None:
    page, year, found = whole()["years.html"].first("main"), "", []
    for each in page.all("h2", "tbody"):
        if each.tag == "h2":
            year = each.text()
            continue
        for row in each.all("tr"):
            found.append((year, *(cell.text("a") for cell in row.all("th"))))
    timeline = bundled().timeline()
    assert found == [(str(each.first.year), parse(each.date).words) for each in timeline]
    words = squeezed(page.text())
    assert all(squeezed(each.what) in words for each in timeline)


def test_both_sides_of_a_disagreement_are_there() -> None:
    text = squeezed(whole()["disputes.html"].first("main").text())
    disputes = bundled().disputes()
    assert f"Where sources disagree: {len(disputes)}" in text
    for dispute in disputes:
        assert dispute.reason in text
        assert all(f"({claim.source})" in text for claim in dispute.claims)


def test_the_sources_are_all_there_with_what_cites_them() -> None:
    listed = {each["id"]: each for each in whole()["sources.html"].first("main").all("li")}
    assert set(listed) == set(bundled().sources)
    for record in bundled():
        for claim in record.claims:
            links = [link["href"] for link in listed[claim.source].all("a")]
            assert f"records/{record.id}.html" in links


def linked_data(page: webpage.Element) -> Iterator[Any]:
    for each in page.all("script"):
        yield json.loads(each.text())


def test_programs_find_what_the_data_and_the_records_are() -> None:
    (found,) = linked_data(whole()["index.html"])
    assert found["@context"] == "https://schema.org" and found["@type"] == "Dataset"
    assert found["name"] == bundled().info.title
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["identifier"] == f"sha256:{bundled().digest}"
    assert found["description"] in squeezed(whole()["index.html"].first("main").text())
    types = set()
    for record in bundled():
        (found,) = linked_data(whole()[f"records/{record.id}.html"])
        assert found["name"] == record.name
        founded = {str(claim.value) for claim in record.claims_of("founded")}
        assert {found.get("foundingDate")} == (founded if len(founded) == 1 else {None})
        assert found.get("url", "https://").startswith(("http://", "https://"))
        types.add((record.kind, found["@type"]))
    assert ("process", "Organization") in types and ("summit", "Event") in types
    assert len(types) == len({kind for kind, _ in types})


# Words of others -----------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_words_and_ids_of_an_overlay_are_words_in_every_page(tmp_path: Path) -> None:
    data = rcpref.load(overlay=webpage.hostile_overlay(tmp_path))
    found = pages(site(data))
    assert_linked(found)
    shown = squeezed(webpage.HOSTILE)
    for key in webpage.PROCESSES:
        page = found[f"records/{key}.html"]
        assert not list(page.all("img"))
        (told,) = linked_data(page)
        assert told["name"] == data[key].name
        assert shown in squeezed(page.first("main").text())
        assert "from your overlay" in page.first("h1").text()
        assert "Kenya" in [link.text() for link in page.all("a")]
    names = [link["href"] for link in found["index.html"].all("a") if link.text() == "__proto__"]
    assert names == ["records/constructor.html"]
    assert any(each["lang"] == "fr" for each in found["records/constructor.html"].all("span"))
    assert shown in squeezed(found["texts/own-text.html"].first("main").text())
    listed = [each.text() for each in found["sources.html"].all("li") if "own" in each["id"]]
    assert listed and all(shown in squeezed(each) for each in listed)
    everything = "".join(content.decode() for content in site(data).values())
    assert "<img" not in everything and "<script>" not in everything


@pytest.mark.usefixtures("small")
def test_a_name_of_an_overlay_takes_no_link_of_another(tmp_path: Path) -> None:
    file = 'id = "own-term"\nkind = "term"\nname = "UNHCR"\nshort_name = "UNHCR"\n'
    data = rcpref.load(overlay=str(write_files(tmp_path / "own", {"terms/own-term.toml": file})))
    found = pages(site(data))
    links = {a["href"] for a in found["records/igc.html"].all("a") if a.text() == "UNHCR"}
    assert links == {"../records/unhcr.html"}


# The folder ----------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to export small data to."""
    assert small
    monkeypatch.chdir(tmp_path)
    return tmp_path / "site"


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "args",
    [
        ("handbook",), ("handbook/",), ("Handbook/",), ("book/", "--to", "markdown"),
        ("book", "--to", "markdown"), ("book.zip", "--to", "markdown"),
        ("book.md/", "--to", "markdown"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_handbook_is_no_folder(place: Path, args: tuple[str, ...]) -> None:
    result = refuse("export", *args, codes=(2,))
    assert "is one file, not a folder" in result.err
    first, second = hint_of(result).split("; a folder of pages: ")
    assert not [*place.parent.glob("*ook*")]
    for line in (first, second):
        run_command(*shlex.split(line)[1:])
    assert (place.parent / "handbook.md").is_file() and (place / "index.html").is_file()
