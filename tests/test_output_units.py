"""Parts of the output that no run of the command reaches, called directly."""

import codecs
import html
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len

import rcpref
from conftest import examples
from github import LINES_OF_WORDS, Rendered
from helpers import HARMLESS, LINK, STYLING, folded, rows, sample, uncut
from rcpref.answers.names import find_any
from rcpref.cli.options import Context
from rcpref.errors import OutputError, UsageProblem
from rcpref.report import markdown, options, render, safe, terminal
from rcpref.report.blocks import (
    Block,
    Column,
    Facts,
    Footnote,
    Gap,
    Grid,
    Heading,
    Prose,
    Quiet,
    Quote,
    Row,
    Span,
)
from rcpref.report.options import OutputOptions
from rcpref.report.report import Report
from rcpref.views import about
from rcpref.views import list as listing
from rcpref.views import show as records
from rcpref.views import text as texts
from rcpref.views.request import Wanted

HOSTILE = {
    "escape": "a\x1b[31mb\x1b[0m",
    "clipboard": "a\x1b]52;c;cm0=\x07",
    "title": "a\x1b]0;title\x07",
    "link": "a\x1b]8;;http://example.org\x1b\\b\x1b]8;;\x1b\\",
    "c1": "a\x9b31mb\x85",
    "null": "a\x00b",
    "carriage": "a\rb",
    "backspace": "a\x08\x08b",
    "tab": "a\tb",
    "feeds": "a\x0b\x0cb",
    "delete": "a\x7fb",
    "override": "a\u202ebc\u202c",
    "isolate": "a\u2066b\u2069",
    "invisible": "a\u200b\u2060\ufeffb",
    "tags": "a\U000e0041b",
    "separators": "a\u2028b\u2029c",
    "surrogate": "a\udcffb",
    "unassigned": "a\U000e0fffb",
    "markup": "[red]a[/red]",
    "broken markup": "a[/x]b",
    "link markup": "[link=http://example.org]a[/link]",
    "emoji": ":smile: a",
    "highlight": "http://example.org 'x' 1.5 None",
}
hostile = pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)


def is_clean(text: str) -> bool:
    return all(c.isprintable() or c in HARMLESS for c in text)


# Safe text -------------------------------------------------------------------------


@hostile
def test_visible_leaves_nothing_to_obey(words: str) -> None:
    shown = safe.visible(words)
    assert is_clean(shown)
    assert safe.visible(shown) == shown
    letters = [c for c in words if c.isascii() and c.isalpha()]
    assert [c for c in shown if c in letters][: len(letters[:1])] == letters[:1]


@given(st.text(st.characters()))
def test_visible_text_is_printable_and_what_was_printable_stays(words: str) -> None:
    assert is_clean(safe.visible(words))
    if words.isprintable():
        assert safe.visible(words) == words
    assert "\n" not in safe.one_line(words)


@pytest.mark.parametrize(("character", "shown"), [
    ("\x1b", "\\x1b"),
    ("\x00", "\\x00"),
    ("\x9b", "\\x9b"),
    ("\x7f", "\\x7f"),
    ("\u202e", "\\u202e"),
    ("\u2067", "\\u2067"),
    ("\ufeff", "\\ufeff"),
    ("\u061c", "\\u061c"),
    ("\udcff", "\\udcff"),
    ("\U000e0041", "\\U000e0041"),
    ("\n", "\n"),
    ("\u00a0", "\u00a0"),
    ("\u200d", "\u200d"),
    ("\u00e9", "\u00e9"),
    ("\u4e2d", "\u4e2d"),
    ("\U0001f600", "\U0001f600"),
    ("\u0301", "\u0301"),
    ("\\", "\\"),
    ("[", "["),
], ids=ascii)  # fmt: skip
def test_what_a_character_looks_like(character: str, shown: str) -> None:
    assert safe.visible(f"a{character}b") == f"a{shown}b"


@given(st.text(st.characters()))
def test_json_text_says_the_same(words: str) -> None:
    text = safe.json_text(json.dumps({"k": words}, ensure_ascii=False))
    assert json.loads(text) == {"k": words}
    assert is_clean(text)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16", "koi8-r"])
@given(words=st.text(st.characters()))
def test_json_survives_every_encoding(encoding: str, words: str) -> None:
    text = safe.json_text(json.dumps([words], ensure_ascii=False))
    assert json.loads(text.encode(encoding, "rcpref.json").decode(encoding)) == [words]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8", "utf-16", "koi8-r"])
@given(words=st.text(st.characters()))
def test_text_survives_every_encoding(encoding: str, words: str) -> None:
    data = safe.visible(words).encode(encoding, "rcpref.text")
    assert is_clean(data.decode(encoding).replace("\x1a", ""))


@pytest.mark.parametrize(("words", "nearest"), [
    ("22 \u2013 23 May", "22 - 23 May"),
    ("\u201cwords\u201d", '"words"'),
    ("C\u00f4te d\u2019Ivoire", "Cote d'Ivoire"),
    ("\u00c5land", "Aland"),
    ("S\u00e3o Tom\u00e9", "Sao Tome"),
    ("Cura\u00e7ao", "Curacao"),
    ("T\u00fcrkiye", "Turkiye"),
    ("Stra\u00dfe", "Strasse"),
    ("\u00f8", "o"),
    ("\u00d8", "O"),
    ("\u0142", "l"),
    ("\u0141", "L"),
    ("\u00e6", "ae"),
    ("\u00c6", "AE"),
    ("\u0152", "OE"),
    ("\u0111", "d"),
    ("\u0131", "i"),
    ("\u2026", "..."),
    ("\u2022", "*"),
    ("a\u00a0b", "a b"),
    ("\ufb01", "fi"),
    ("\u00b9\u2074", "14"),
    ("e\u0301", "e"),
    ("a\u200db", "ab"),
    ("a\u2011b", "a-b"),
    ("\u4e2d", "?"),
    ("\u0436", "?"),
], ids=ascii)  # fmt: skip
def test_nearest_ascii(words: str, nearest: str) -> None:
    assert words.encode("ascii", "rcpref.text").decode("ascii") == nearest


def test_latin_letters_keep_what_latin_1_has() -> None:
    words = "C\u00f4te \u2013 \u201cx\u201d \u00b9\u00b2"
    written = words.encode("latin-1", "rcpref.text").decode("latin-1")
    assert written == 'C\u00f4te - "x" \u00b9\u00b2'


# The stream ------------------------------------------------------------------------


class Bytes(io.BytesIO):
    """A binary stream that takes only a few bytes at a time, as a raw one may."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: Any) -> int:
        return super().write(bytes(data)[: self.most])


class Refusing(io.BytesIO):
    """A binary stream that would have to wait, as a raw non-blocking one says it."""

    def write(self, data: Any) -> Any:
        return None


class Stream(io.StringIO):
    """A text stream over a binary one."""

    def __init__(self, binary: io.BytesIO) -> None:
        super().__init__()
        self.binary = binary

    @property
    def buffer(self) -> Any:
        return self.binary


def test_write_goes_on_until_all_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Bytes(most=7)
    monkeypatch.setattr(sys, "stdout", Stream(target))
    safe.write("all of it or an error: \u00e9\n" * 20)
    assert target.getvalue().decode() == "all of it or an error: \u00e9\n" * 20


def test_parts_are_written_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Bytes(most=7)
    monkeypatch.setattr(sys, "stdout", Stream(target))
    monkeypatch.setattr(safe, "_LARGE", 5)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-16")
    found = []

    def parts() -> Iterator[str]:
        for part in ("ab", "cdefgh", "\u00e9"):
            yield part
            found.append(len(target.getvalue()))

    safe.write(parts())
    # The byte order mark is there once.
    assert target.getvalue() == "abcdefgh\u00e9".encode("utf-16")
    assert found[0] < found[1] == len("abcdefgh".encode("utf-16"))


def test_write_says_when_nothing_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Stream(Refusing()))
    with pytest.raises(OutputError):
        safe.write("all of it or an error\n")


def test_write_without_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="closed"):
        safe.write("x\n")
    monkeypatch.setattr(sys, "stderr", None)
    safe.complain("nobody hears it")


def test_write_to_a_stream_without_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.StringIO()
    monkeypatch.setattr(sys, "stdout", target)
    safe.write("caf\u00e9\n")
    assert target.getvalue() == "caf\u00e9\n"


class Terminal(io.StringIO):
    encoding = "latin-1"

    def isatty(self) -> bool:
        return True


def test_the_encoding_of_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    assert safe.encoding_of(io.StringIO()) == "utf-8"
    assert safe.encoding_of(Terminal()) == "latin-1"
    for asked, encoding in (
        ("ascii", "ascii"),
        ("latin1:replace", "iso8859-1"),
        (":replace", "utf-8"),
        ("nonsense", "utf-8"),
    ):
        monkeypatch.setenv("PYTHONIOENCODING", asked)
        assert codecs.lookup(safe.encoding_of(io.StringIO())) == codecs.lookup(encoding)


def test_complaints_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in HOSTILE.values():
        target = io.StringIO()
        monkeypatch.setattr(sys, "stderr", target)
        safe.complain(f"rcpref: error: {words}\nmore")
        line = target.getvalue()
        assert line.endswith("more\n")
        assert line[:-1].isprintable()


# Options ---------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "environ", "on_terminal", "color"), [
    ("auto", {}, True, True),
    ("auto", {}, False, False),
    ("always", {"NO_COLOR": "1", "FORCE_COLOR": "0", "TERM": "dumb"}, False, True),
    ("never", {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
    ("auto", {"NO_COLOR": "1"}, True, False),
    ("auto", {"NO_COLOR": "0"}, True, False),
    ("auto", {"NO_COLOR": ""}, True, True),
    ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
    ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
    ("auto", {"FORCE_COLOR": "1"}, False, True),
    ("auto", {"FORCE_COLOR": "3"}, False, True),
    ("auto", {"FORCE_COLOR": "true"}, False, True),
    ("auto", {"FORCE_COLOR": "0"}, True, False),
    ("auto", {"FORCE_COLOR": "False"}, True, False),
    ("auto", {"FORCE_COLOR": ""}, False, False),
    ("auto", {"FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"}, True, False),
    ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
    ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
    ("auto", {"CLICOLOR_FORCE": "0"}, True, True),
    ("auto", {"CLICOLOR_FORCE": ""}, False, False),
    ("auto", {"CLICOLOR_FORCE": "1", "TERM": "dumb"}, False, True),
    ("auto", {"CLICOLOR": "0"}, True, False),
    ("auto", {"CLICOLOR": "1"}, True, True),
    ("auto", {"CLICOLOR": "1"}, False, False),
    ("auto", {"TERM": "dumb"}, True, False),
    ("auto", {"TERM": "xterm"}, True, True),
    ("auto", {"TERM": "xterm"}, False, False),
], ids=str)  # fmt: skip
def test_use_color(choice: str, environ: dict[str, str], on_terminal: bool, color: bool) -> None:
    with (
        mock.patch.dict(os.environ, environ, clear=True),
        mock.patch.object(options, "on_terminal", lambda: on_terminal),
    ):
        assert options.use_color(choice) is color


SENSELESS = ["0", "00000", "", "-1", "1.5", "abc", "100000", "\u0664\u0660", " 80"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("1", 1), ("80", 80), ("99999", 99999), ("007", 7), *((text, None) for text in SENSELESS)],
    ids=ascii,
)
def test_width(monkeypatch: pytest.MonkeyPatch, columns: str, expected: int | None) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    without = options.terminal_size("columns", 80)
    monkeypatch.setenv("COLUMNS", columns)
    assert options.terminal_size("columns", 80) == (without if expected is None else expected)


def test_width_without_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert options.terminal_size("columns", 80) == 80


def test_checked_options() -> None:
    assert Context("json", False, None, "auto").output.columns == ()
    chosen = Context("tsv", True, "Id, Short-Name", "never").output
    assert chosen.columns == ("id", "short_name")
    for bad in (
        ("tsv", False, "", "auto"),
        ("tsv", False, "id,", "auto"),
        ("tsv", False, " ", "auto"),
    ):
        with pytest.raises(UsageProblem):
            Context(*bad)


# Formats for programs --------------------------------------------------------------


def report_of(
    data: rcpref.Dataset, columns: Sequence[Column], found: Sequence[Row], **more: Any
) -> Report:
    return Report(data, {"command": "test"}, columns, [dict(row) for row in found], **more)


COLUMNS = (Column("id", "Id"), Column("a", "A"), Column("b", "B", number=True))
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(st.characters()),
    st.tuples(st.text(), st.text()),
)


def printed(report: Report, format: str, header: bool = False) -> str:
    return "".join(render.render(report, OutputOptions(format, header)))


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else str(value)


@given(found=st.lists(st.tuples(cells, cells, cells), max_size=5))
def test_tsv_gives_every_value_back(data: rcpref.Dataset, found: list[tuple[Any, ...]]) -> None:
    keys = [column.key for column in COLUMNS]
    table: list[Row] = [dict(zip(keys, row, strict=True)) for row in found]
    text = printed(report_of(data, COLUMNS, table), "tsv", header=True)
    assert is_clean(text.replace("\t", ""))
    assert text.count("\n") == len(found) + 1
    header, *body = rows(text)
    assert header == keys
    assert body == [[as_text(value) for value in row] for row in found]


def test_tsv_escapes() -> None:
    for value, written in (
        ("a\tb", "a\\tb"),
        ("a\nb", "a\\nb"),
        ("a\\nb", "a\\\\nb"),
        ("a\r\nb", "a\\r\\nb"),
        ("\\", "\\\\"),
        ("a\x1bb", "a\\x1bb"),
        ("\\x1b", "\\\\x1b"),
    ):
        report = report_of(rcpref.load(), [Column("id", "Id")], [{"id": value}])
        assert printed(report, "tsv") == f"{written}\n"


@hostile
def test_no_format_for_programs_lets_anything_hostile_through(
    data: rcpref.Dataset, words: str
) -> None:
    found: list[Row] = [{"id": words, "a": (words, words), "b": 1}]
    report = report_of(data, COLUMNS, found)
    for text in (printed(report, format) for format in ("csv", "json", "jsonl")):
        assert is_clean(text)
    assert is_clean(printed(report, "tsv", header=True).replace("\t", ""))
    assert json.loads(printed(report, "json"))["items"] == [
        {"id": words, "a": [words, words], "b": 1}
    ]
    assert printed(report, "jsonl").count("\n") == 1


_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | _FLOATS | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
)


@given(st.lists(st.dictionaries(st.text(), _PARTS, max_size=3), max_size=3))
def test_json_is_indented_as_python_does_it(data: rcpref.Dataset, found: list[Any]) -> None:
    report = report_of(data, COLUMNS, found)
    report.uncertain = found
    report.summary = {"parts": found}
    text = printed(report, "json")
    whole = json.loads(text)
    assert whole["items"] == whole["uncertain"] == whole["summary"]["parts"] == found
    plain = json.dumps(whole, indent=2, ensure_ascii=False)
    assert text == f"{safe.json_text(plain)}\n"


def test_columns_that_are_not_there(data: rcpref.Dataset) -> None:
    report = report_of(data, COLUMNS, [{"id": "x"}])
    with pytest.raises(UsageProblem, match="'c'"):
        report.choose(["a", "c"])
    chosen = render.render(report, OutputOptions("tsv", True, ("b", "b", "id")))
    assert "".join(chosen) == "b\tid\n\tx\n"
    empty = report_of(data, COLUMNS, [])
    assert printed(empty, "tsv", header=True) == "id\ta\tb\n"
    assert printed(empty, "jsonl") == ""
    assert json.loads(printed(empty, "json"))["count"] == 0


# Blocks for people -----------------------------------------------------------------

ALL_FIELDS: dict[str, Callable[[str], Block]] = {
    "heading": lambda w: Heading(w, 1),
    "lower heading": lambda w: Heading(w, 3),
    "prose": lambda w: Prose([Span(f"{w} "), Span(w, "strong"), Span(f" {w}", "hit")]),
    "prose label": lambda w: Prose([Span("text")], label=w),
    "indented prose": lambda w: Prose([Span(w)], indent=4),
    "bullet": lambda w: Prose([Span(w)], bullet=True),
    "quote": lambda w: Quote([Span(w, "emphasis")], "ref"),
    "quote ref": lambda w: Quote([Span("text")], w),
    "cell": lambda w: Grid([Column("id", "Id"), Column("a", "A")], [{"id": w, "a": (w, w)}]),
    "column label": lambda w: Grid([Column("id", w), Column("a", w)], [{"id": "x", "a": "y"}]),
    "facts heading": lambda w: Facts(w, [("label", [Span("value")], "remark")]),
    "facts label": lambda w: Facts("heading", [(w, [Span("value")], "remark")]),
    "facts value": lambda w: Facts("heading", [("label", [Span(w)], "remark")]),
    "facts remark": lambda w: Facts("heading", [("label", [Span("value")], w)]),
    "footnote": lambda w: Footnote(1, [Span(w)]),
    "quiet": lambda w: Quiet([Span(w, "quiet")]),
    "link": lambda w: Quiet([Span("text", "", f"http://example.org/{w}"), Span(w, "", w)]),
}
every_field = pytest.mark.parametrize("make", ALL_FIELDS.values(), ids=ALL_FIELDS)


def with_block(data: rcpref.Dataset, *blocks: Block) -> Report:
    report = report_of(data, COLUMNS, [])
    report.blocks = lambda _: list(blocks)
    return report


@every_field
@pytest.mark.parametrize("room", sample([12, 80], [12]))
def test_no_terminal_gets_anything_to_obey(
    data: rcpref.Dataset, make: Callable[[str], Block], room: int
) -> None:
    passed = []
    for name, words in HOSTILE.items():
        report = with_block(data, make(words))
        colored = terminal.render(report, room, True)
        links = LINK.findall(colored)
        if not (
            is_clean(terminal.render(report, room, False))
            and is_clean(LINK.sub("", STYLING.sub("", colored)))
            and all(is_clean(link[1:].removesuffix("\x1b\\")) for link in links)
        ):
            passed.append(name)
    assert not passed


@every_field
def test_markdown_holds_nothing_to_obey(data: rcpref.Dataset, make: Callable[[str], Block]) -> None:
    passed = [
        name
        for name, words in HOSTILE.items()
        if not is_clean(markdown.render(with_block(data, make(words))))
    ]
    assert not passed


MARKUP = ["[red]a[/red]", "a[/x]b", "[link=http://x.org]a[/link]", ":smile: a", "[bold]", "\\[b]"]


@pytest.mark.parametrize("field", [name for name in ALL_FIELDS if name != "link"])
def test_nothing_is_read_as_markup_of_the_terminal(data: rcpref.Dataset, field: str) -> None:
    for words in MARKUP:
        text = terminal.render(with_block(data, ALL_FIELDS[field](words)), 200, False)
        assert words in text
        assert "\U0001f604" not in text


def test_a_link_is_one_on_a_terminal_with_colour_alone(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://example.org/a?b=c"
    report = with_block(data, Quiet([Span("page", "", address)]))
    linked = terminal.render(report, 80, True)
    assert f";{address}\x1b\\" in linked
    assert "\x1b" not in terminal.render(report, 80, False)
    # Colour in a pipe, because somebody asked for it, makes no links there.
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    piped = "".join(render.render(report, OutputOptions("table", color="always")))
    assert "page" in piped
    assert "\x1b]" not in piped


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "file:///etc/passwd", "http://a\x1b]0;x\x07", "http://a b", "x",
    "http://a\u202eb",
], ids=ascii)  # fmt: skip
def test_only_plain_web_addresses_become_links(data: rcpref.Dataset, address: str) -> None:
    report = with_block(data, Quiet([Span("page", "", address)]))
    assert "\x1b]" not in terminal.render(report, 80, True)
    text = markdown.render(report)
    assert is_clean(text)
    assert "](javascript" not in text


def test_a_broken_row_and_empty_blocks_do_no_harm(data: rcpref.Dataset) -> None:
    for blocks in (
        [],
        [Heading("")],
        [Prose([])],
        [Prose([Span("")], label="1)")],
        [Quote([], "")],
        [Facts("", [])],
        [Facts("h", [("", [], "")])],
        [Grid([Column("id", "Id")], [])],
        [Grid([Column("id", "Id")], [{}])],
        [Gap(), Gap()],
        [Footnote(0, [])],
        [Quiet([])],
    ):
        report = with_block(data, *blocks)
        for room in (1, 10, 80):
            assert terminal.render(report, room, False).endswith("\n")
        assert markdown.render(report).endswith("\n")


@pytest.mark.parametrize("term", sample(["dumb", "unknown", "xterm"], ["dumb"]))
@pytest.mark.parametrize("room", [30, 50, 120])
def test_a_dumb_terminal_is_as_wide_as_it_says(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch, term: str, room: int
) -> None:
    monkeypatch.setenv("TERM", term)
    report = listing.listing(data, "process", Wanted(filters={"attended": "lima-2013"}))
    colored = STYLING.sub("", terminal.render(report, room, True)).split("\n")
    plain_lines = terminal.render(report, room, False).split("\n")
    assert [line.rstrip() for line in colored] == [line.rstrip() for line in plain_lines]


@pytest.mark.parametrize("name", ["COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"])
def test_rich_decides_nothing_by_itself(
    data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    report = with_block(data, Heading("x", 1), Prose([Span("word " * 40, "mark")]))
    monkeypatch.delenv(name, raising=False)
    expected = [terminal.render(report, 60, color) for color in (False, True)]
    for value in ("1", "7", "0"):
        monkeypatch.setenv(name, value)
        assert [terminal.render(report, 60, color) for color in (False, True)] == expected


# Layout ----------------------------------------------------------------------------

REPORTS: dict[str, Callable[[rcpref.Dataset], Report]] = {
    "counts": listing.counts,
    "processes": lambda d: listing.listing(d, "process", Wanted()),
    "processes at Lima": lambda d: listing.listing(d, "process",
        Wanted(filters={"attended": "lima-2013"})),
    "chosen columns": lambda d: listing.listing(d, "process",
        Wanted(columns=("name", "status", "aliases"), limit=15)),
    "bodies": lambda d: listing.listing(d, "body", Wanted()),
    "properties": lambda d: listing.listing(d, "property", Wanted(limit=20)),
    "texts": lambda d: listing.listing(d, "text", Wanted()),
    "conclusions as a list": lambda d: listing.listing(d, "conclusion", Wanted()),
    "headings": lambda d: listing.listing(d, "heading", Wanted()),
    "a process": lambda d: records.showing(d, [find_any(d, "midsa")], ["midsa"], full=True),
    "a meeting": lambda d: records.showing(d, [find_any(d, "gaborone-2011")], ["gaborone-2011"],
        full=True),
    "a State": lambda d: records.showing(d, [find_any(d, "peru")], ["peru"], full=True),
    "conclusions": lambda d: texts.conclusions(d, [], "evidence"),
    "the text": lambda d: texts.reading(d, "lima-2013"),
    "a passage": lambda d: texts.reading(d, "paragraph-2"),
    "about": lambda d: about.about(d, "0.1.0"),
}  # fmt: skip
FEW = ("processes at Lima", "chosen columns", "a process", "a passage")
every_report = pytest.mark.parametrize("name", sample(REPORTS, FEW))


@every_report
def test_every_width_fits_and_cuts_no_word(data: rcpref.Dataset, name: str) -> None:
    """At any width from 30 columns on, lines fit and each word is one of the answer.

    An address that is longer than a line stands alone on it. Each report has a tenth of
    the widths, that after it another.
    """
    report, number = REPORTS[name](data), [*REPORTS].index(name)
    there = uncut(terminal.render(report, 2000, False), markdown.render(report))
    cut: dict[int, list[str]] = {}
    for room in (*range(30 + number % 10, 60, 10), *range(60 + number % 10 * 6, 171, 60)):
        text = terminal.render(report, room, False)
        beyond = [line for line in text.split("\n") if cell_len(line) > room]
        assert all(re.fullmatch(r"https?://\S+", line) for line in beyond), room
        long = [word for word in there if cell_len(word) > room * 0.55]
        for word in text.split():
            known = word in there or word.removesuffix(":") in there or set(word) == {"\u2500"}
            if not known and not any(word in each for each in long):
                cut.setdefault(room, []).append(word)
    assert not cut


@every_report
def test_no_width_is_too_odd(data: rcpref.Dataset, name: str) -> None:
    report = REPORTS[name](data)
    for room in (1, 29, 99999):
        text = terminal.render(report, room, False)
        assert is_clean(text) and text.strip(), room


@pytest.mark.parametrize("room", [20, 40, 80])
def test_wide_letters_are_measured_as_they_are_shown(data: rcpref.Dataset, room: int) -> None:
    words = "\u4e2d\u6587 \u4e00\u4e8c\u4e09 \U0001f600 e\u0301e\u0301 \u0639\u0631\u0628\u064a"
    for make in ALL_FIELDS.values():
        text = terminal.render(with_block(data, make(words)), room, False)
        assert max(map(cell_len, text.split("\n"))) <= room


def test_running_text_keeps_its_measure(data: rcpref.Dataset) -> None:
    text = terminal.render(texts.conclusions(data, [], ""), 400, False)
    assert max(map(cell_len, text.split("\n"))) <= terminal.MEASURE


def test_columns_that_were_asked_for_are_shown_at_any_width(data: rcpref.Dataset) -> None:
    wanted = Wanted(columns=("id", "acronym", "name"), filters={"attended": "lima-2013"})
    for room in (20, 40, 80, 160):
        text = terminal.render(listing.listing(data, "process", wanted), room, False)
        shown = folded(text)
        assert "5-plus-5-dialogue" in shown
        assert "RCM" in shown
        assert "Regional Conference on Migration" in shown


# Markdown --------------------------------------------------------------------------

MARKDOWN = [
    "*a* **b** ***c***", "_a_ __b__", "`a` ``b``",
    "[a](http://example.org) ![b](c) [d][e] [f]: http://example.org",
    "<b>a</b> <http://example.org> <!-- c -->", "&amp; &lt; &copy; &#65; &nbsp;", "a|b||c", "~~a~~",
    "# a", "> a", "- a", "+ a", "* a", "1. a", "12) a", "---", "***", "===", "a\\b \\* \\\\", "a\\",
    "|", "`", "[^1] a", "-- Chair's Summary --", "A/RES/65/170", "5+5 Dialogue",
]  # fmt: skip


def read_back(text: str) -> list[str]:
    """The words of each block of a Markdown text, as a renderer shows them."""
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type == "inline":
            parts = token.children or []
            plain_parts = {"text", "text_special", "softbreak", "hardbreak"}
            if {part.type for part in parts if part.markup != "autolink"} <= plain_parts:
                found.append("".join(part.content or _end(part) for part in parts))
    return found


def _end(part: Token) -> str:
    return "" if part.markup == "autolink" else "\n"


@pytest.mark.parametrize("field", [
    "heading", "prose", "bullet", "quote", "cell", "facts value", "facts label", "facts remark",
    "quiet",
])  # fmt: skip
def test_a_renderer_shows_the_very_words(data: rcpref.Dataset, field: str) -> None:
    plain_blocks: dict[str, Callable[[str], Block]] = {
        "prose": lambda w: Prose([Span(w)]),
        "quote": lambda w: Quote([Span(w)], "ref"),
    }
    make = plain_blocks.get(field, ALL_FIELDS[field])
    changed = []
    for words in MARKDOWN:
        shown = read_back(markdown.render(with_block(data, make(words))))
        if not any(words in each for each in shown):
            changed.append(words)
    assert not changed


@lru_cache(maxsize=2)
def block_on_github(data: rcpref.Dataset, field: str, words: str) -> Rendered:
    mark = Prose([Span("1", "footnote")])
    return Rendered(markdown.render(with_block(data, mark, ALL_FIELDS[field](words))))


@pytest.mark.parametrize("field", [name for name in ALL_FIELDS if name != "prose label"])
@settings(max_examples=examples(8))
@given(LINES_OF_WORDS)
def test_no_block_has_a_tag_of_its_words(data: rcpref.Dataset, field: str, words: str) -> None:
    """The label of prose is a number, and begins an item of a list."""

    page, plain = block_on_github(data, field, words), block_on_github(data, field, "words")
    if field == "link":
        # It leads where it leads: not all words are an address that can be a link.
        assert {*page.tags} <= {*plain.tags, "<a href>", "</a>"}
        assert page.count(words) >= 1
    else:
        assert (page.tags, page.count(words)) == (plain.tags, plain.count("words"))


def test_a_second_line_stays_part_of_its_paragraph(data: rcpref.Dataset) -> None:
    changed = []
    for second in ("b", "- b", "+ b", "1. b", "# b", "> b", "---", "===", "***"):
        for block in (Prose([Span(f"a\n{second}")]), Quote([Span(f"a\n{second}")], "ref")):
            shown = read_back(markdown.render(with_block(data, block)))
            if not shown or f"a\n{second}" not in shown[0]:
                changed.append(second)
    assert not changed


def test_escape_says_the_same_to_a_reader_of_html() -> None:
    for words in MARKDOWN:
        escaped = markdown.escape(words)
        shown = "".join(
            part[1] if part.startswith("\\") and len(part) == 2 else html.unescape(part)
            for part in re.split(r"(\\[!-/:-@\[-`{-~])", escaped)
        )
        assert shown == words


def test_emphasis_in_markdown(data: rcpref.Dataset) -> None:
    spans = [
        Span("plain "),
        Span("strong ", "strong"),
        Span("soft", "emphasis"),
        Span(" "),
        Span("both", "strong-emphasis"),
        Span("1", "footnote"),
    ]
    text = markdown.render(with_block(data, Prose(spans)))
    assert "plain **strong** *soft* ***both***[^1]" in text


def test_an_address_in_markdown(data: rcpref.Dataset) -> None:
    address = "https://example.org/a_b?c=d*e"
    text = markdown.render(with_block(data, Quiet([Span(address, "", address)])))
    tokens = MarkdownIt("commonmark").parse(text)
    links = [
        child.attrGet("href")
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert links == [address]
    for path in ("a)b", "a(b", "a b", "<x>", "a>b"):
        odd = f"https://example.org/{path}"
        text = markdown.render(with_block(data, Quiet([Span("words", "", odd), Span(" end")])))
        words = "".join(
            child.content
            for token in MarkdownIt("commonmark").parse(text)
            for child in token.children or ()
            if child.type == "text"
        )
        assert words.startswith("words end"), odd


# The data that answer --------------------------------------------------------------


def test_the_last_line_cannot_be_hostile_either(data: rcpref.Dataset) -> None:
    document = dict(data.document)
    document["dataset"] = {**document["dataset"], "version": "1\x1b[31m", "date": "2026\u202e"}
    report = with_block(rcpref.Dataset(document, data.digest), Heading("x", 1))
    assert is_clean(terminal.render(report, 80, False))
    assert is_clean(markdown.render(report))
