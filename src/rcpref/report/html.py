"""Reports as HTML: one small page that asks for nothing, and the writer of its blocks.

What is a plain string is text, whatever signs are in it; only `element` makes markup. All
HTML of the house is made here, that of the atlas, too.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from rcpref.report import blocks as kinds
from rcpref.report.blocks import Marked, Span, plain
from rcpref.report.markdown import ADDRESS
from rcpref.report.options import NO_SOURCES
from rcpref.report.report import Report, last_lines
from rcpref.report.safe import json_text, visible, web_address

# Elements from words: the one place where anything is escaped ---------------------------

_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

_EMPTY = frozenset(("meta", "link", "br", "input"))
"""Elements without content, which have no end."""

_DRAWN = frozenset(("path", "use", "rect", "circle", "line"))
"""Elements of a drawing, which may end where they begin."""

_OWN_END = frozenset(("p", "td", "th", "tr", "tbody", "thead", "li", "dt", "dd", "option"))
"""Elements that end where the next begins: there are twenty thousand of them. After a
paragraph stands a block, or the end of what it is in.
"""

_BARE = re.compile(r"[\w#@:/.,+~;-]*[\w#@:.,+~;-]", re.ASCII)
"""Values of attributes that need no quotation marks."""


_RIGHT = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHT_TO_LEFT = re.compile(rf"{_RIGHT}(?:[^<>&;,]*{_RIGHT})?")
"""Words from the right to the left, from the first to the last: what follows them, a date,
stands behind them only where they are isolated.
"""

_PLAIN = frozenset(("title", "text", "option"))
"""Elements that have text alone."""


class Html(str):
    __slots__ = ()


Content = str | Iterable["Content"] | None
"""The content of an element: text, elements, several of them, or nothing."""


def html(content: Content) -> Html:
    """Content as HTML; what cannot be seen, such as signs that turn text round, is shown."""
    if isinstance(content, Html):
        return content
    if isinstance(content, str):
        words = visible(content).translate(_SIGNS)
        return Html(words if words.isascii() else _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", words))
    return Html("".join(map(html, content))) if content is not None else Html()


def element(tag: str, /, *content: Content, **attributes: str | float | None) -> Html:
    start = tag + "".join(
        f" {key.rstrip('_').replace('_', '-')}{_value(str(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    inside = html(content)
    if tag in _PLAIN:
        inside = _plain(inside)
    if not inside and tag in _DRAWN:
        return Html(f"<{start} />")
    end = "" if tag in _EMPTY or tag in _OWN_END else f"</{tag}>"
    return Html(f"<{start}>{inside}{end}")


def _value(value: str) -> str:
    """A value of an attribute with its sign of equality; nothing for an empty one."""
    if not value:
        return ""
    return f"={value}" if _BARE.fullmatch(value) else f'="{_plain(html(value))}"'


def _plain(inside: Html) -> Html:
    """Text in which nothing is isolated."""
    return Html(inside.replace("<bdi>", "").replace("</bdi>", ""))


def joined(parts: Iterable[Content], between: str = ", ") -> Html:
    return Html(html(between).join(map(html, parts)))


def outward(address: str, words: str, language: str | None = None) -> Html:
    """A link that leaves the page, where the address is one of the web; else the words."""
    foreign = language if language != "en" else None
    if web_address(address):
        return element("a", words, href=address, lang=foreign)
    return element("cite", words, lang=foreign) if foreign else html(words)


def data_script(value: Any, type: str, **attributes: str) -> Html:
    """Data for programs that read the page; whatever is in them, it ends no element."""
    text = json_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return element("script", Html(text.replace("<", "\\u003c")), type=type, **attributes)


# A report as a page ---------------------------------------------------------------------


def render(report: Report, sources: str = "") -> str:
    writer = Writer(sources != NO_SOURCES)
    blocks = report.for_people()
    titles = [
        block.text for block in blocks if isinstance(block, kinds.Heading) and block.level == 1
    ]
    title = ", ".join(titles)
    if not titles:
        title = ", ".join(report.query["names"])
        blocks = [kinds.Heading(title, 1), *blocks]
    *more, last = last_lines(report)
    lines = [element("p", line) for line in (*more, f"{last}.")]
    main = element("main", writer.blocks(blocks), writer.sources())
    return page(title, main, element("footer", *lines))


def page(title: str, *body: Content) -> str:
    """A page that asks for nothing, in light and dark, and on paper."""
    return "<!DOCTYPE html>\n" + element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            element("meta", name="color-scheme", content="light dark"),
            element("title", title),
            element("link", rel="icon", href="data:,"),
            Html(f"<style>\n{_style()}</style>"),
        ),
        "\n",
        element("body", *body),
        lang=_LANG,
    ) + "\n"  # fmt: skip


_LANG = "en"  # of the words that are ours

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


@cache
def _style() -> str:
    with open(os.path.join(os.path.dirname(__file__), "page.css"), encoding="utf-8") as stream:
        return stream.read()


# The writer of blocks -------------------------------------------------------------------

_TAGS = {
    "strong": ("strong",),
    "name": ("b",),
    "emphasis": ("em",),
    "strong-emphasis": ("strong", "em"),
    "mark": ("em",),
    "hit": ("mark",),
}


class Writer:
    """Writes the blocks of one page; it numbers their sources, and lists each once."""

    def __init__(self, with_sources: bool = True) -> None:
        self._with_sources = with_sources
        self._cited: dict[str, Callable[[], Sequence[Span]]] = {}
        self._places: Sequence[int] = ()  # in that list, by the numbers that the blocks have
        self._notes: set[str] = set()  # footnotes that stand on the page
        self._level = 0

    # Words --------------------------------------------------------------------------

    def words(self, words: str) -> Content:
        """Words in which plain addresses of the web are links."""
        parts = ADDRESS.split(words)
        return [outward(w, w) if at % 2 else w for at, w in enumerate(parts)]

    def marked(self, words: str) -> Content:
        if not isinstance(words, Marked):
            return self.words(words)
        return [self.words(words.words), *map(self._mark, words.numbers)]

    def _mark(self, number: int) -> Content:
        if not self._with_sources:
            return None
        place = self._places[number - 1]
        return element("a", f"[{place}]", href=f"#source-{place}", class_="mark")

    def spans(self, spans: Iterable[Span]) -> Content:
        """Spans with their emphasis, without what is for readers on a terminal."""
        return [self._span(span) for span in spans if span.style != "hint"]

    def _span(self, span: Span) -> Content:
        if span.style == "source":
            return self._mark(int(span.text))
        if span.style == "footnote":
            return element("sup", self.footnote(span.text))
        if span.style == "more-sources" and not self._with_sources:
            return None
        lines = span.text.split("\n")
        words = joined(
            (outward(span.link, line) if span.link else self.words(line) for line in lines),
            Html("<br>\n"),
        )
        for tag in _TAGS.get(span.style, ()):
            words = element(tag, words)
        return element("span", words, lang=span.lang) if span.lang not in ("", _LANG) else words

    def footnote(self, number: str) -> Content:
        """The mark of a footnote of a text: a link, where the footnote is on the page."""
        return element("a", number, href=f"#note-{number}") if number in self._notes else number

    # Blocks -------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[kinds.Block]) -> Html:
        """Blocks; `sources` lists what they cite."""
        every = [*blocks]
        self._notes = {str(block.number) for block in every if isinstance(block, kinds.Footnote)}
        written: list[Html] = []
        part: list[kinds.Block] = []
        for block in every:
            if not isinstance(block, kinds.Sources):
                part.append(block)
                continue
            # Each list of sources has the numbers of the blocks before it.
            whole = (whole for _, _, whole in block.entries)
            self._cited |= dict(zip(block.keys, whole, strict=True))
            keys = list(self._cited)
            self._places = [keys.index(key) + 1 for key in block.keys]
            written += self._part(part)
            part = []
        return html([*written, *self._part(part)])

    def _part(self, blocks: Iterable[kinds.Block]) -> list[Html]:
        """Blocks with numbers of the same sources; items one after the other are a list."""
        written: list[Html] = []
        for is_list, run in groupby(
            blocks, lambda each: isinstance(each, kinds.Prose) and each.bullet
        ):
            if is_list:
                written.append(element("ul", *(element("li", self._prose(each)) for each in run)))
                continue
            for block in run:
                if isinstance(block, kinds.Heading):
                    written.append(self._heading(block.text, block.level))
                elif isinstance(block, kinds.Facts):
                    heading = self._heading(block.heading, 2) if block.heading else ""
                    written += [html(heading), described(map(self._fact, block.lines))]
                elif not isinstance(block, kinds.Gap | kinds.Drawing):
                    written.append(html(_WRITTEN[type(block)](self, block)))
        return written

    def _heading(self, words: str, level: int) -> Html:
        """A heading, at most one level below the one before it."""
        self._level = min(level, self._level + 1, 6)
        return element(f"h{self._level}", self.marked(words))

    def sources(self) -> Content:
        """The sources of all blocks so far; links lead there from their marks."""
        if not (self._with_sources and self._cited):
            return None
        lines = [
            element("li", self.spans(whole()), id=f"source-{number}")
            for number, whole in enumerate(self._cited.values(), 1)
        ]
        return [self._heading("Sources", 2), element("ol", *lines, class_="sources")]

    def _prose(self, block: Any) -> Content:
        return [f"{block.label} " if block.label else "", self.spans(block.spans)]

    def _fact(self, line: kinds.FactLine) -> tuple[Content, Content]:
        label, spans, remark = line
        words = remark.words if isinstance(remark, Marked) else remark
        marks = map(self._mark, remark.numbers) if isinstance(remark, Marked) else ()
        notes = [span for span in spans if span.style == "note"]
        return label, [
            self.spans(span for span in spans if span.style != "note"),
            [" (", self.words(words), ")"] if words else None,
            *marks,
            element("small", self.spans(notes), class_="note") if notes else None,
        ]

    def _card(self, block: kinds.Card) -> Html:
        return described((entry.label, self._entry(entry)) for entry in block.entries)

    def _entry(self, entry: kinds.Entry) -> Content:
        answer, names = html(self.spans(entry.spans)), joined(map(self.marked, entry.names), "; ")
        end = html(self.spans(entry.end))
        return [answer, ": " if answer and names else "", names, " " if end else "", end]

    def _grid(self, block: kinds.Grid) -> Html:
        kinds = ["n" if column.number else None for column in block.columns]
        heads = zip(block.columns, kinds, strict=True)
        head = [element("th", each.label, scope="col", class_=kind) for each, kind in heads]
        rows: list[Html] = []
        for row in block.rows:
            cells = [self.marked(plain(row.get(column.key))) for column in block.columns]
            first = element("th", cells[0], scope="row", class_=kinds[0])
            others = zip(cells[1:], kinds[1:], strict=True)
            rows.append(element("tr", first, *(element("td", c, class_=k) for c, k in others)))
        parts = element("thead", element("tr", *head)), element("tbody", *rows)
        return element("table", *parts)

    def _paragraph(self, content: Content, kind: str | None = None) -> Content:
        words = html(content)
        return element("p", words, class_=kind) if words else None

    def _quote(self, spans: Sequence[Span], source: Content) -> Html:
        words = element("p", self.spans(spans))
        return element("blockquote", words, element("footer", source))

    def _footnote(self, block: kinds.Footnote) -> Html:
        number = element("sup", str(block.number))
        return element("p", number, " ", self.spans(block.spans), id=f"note-{block.number}")


def described(lines: Iterable[tuple[Content, Content]], class_: str | None = None) -> Html:
    """Labels with their values; a value without a label belongs to the label before."""
    groups: list[list[Html]] = []
    for label, value in lines:
        if label or not groups:
            groups.append([element("dt", label or "\u2014")])
        groups[-1].append(element("dd", value))
    return element("dl", *(element("div", *group) for group in groups), class_=class_)


_WRITTEN: dict[type[kinds.Block], Callable[[Writer, Any], Content]] = {
    kinds.Prose: lambda writer, block: writer._paragraph(writer._prose(block)),
    kinds.Quiet: lambda writer, block: writer._paragraph(writer.spans(block.spans), "quiet"),
    kinds.Quote: lambda writer, block: writer._quote(
        block.spans, ["(", writer.words(block.ref), ")"]
    ),
    kinds.Quotation: lambda writer, block: writer._quote(
        [Span(block.words)], writer.words(block.source)
    ),
    kinds.Grid: Writer._grid,
    kinds.Card: Writer._card,
    kinds.Footnote: Writer._footnote,
    kinds.Code: lambda _, block: element("pre", block.text),
}
"""How each kind of block is written, but for headings and facts."""
