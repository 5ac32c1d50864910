"""Reports as GitHub-flavoured Markdown.

Words of the data are words, for GitHub and for pandoc, which knows more markup: all are
written by `escape`. A plain address of the web among them is a link to itself.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from rcpref.report import blocks as kinds
from rcpref.report.blocks import JOIN, Marked, Span, plain
from rcpref.report.options import NO_SOURCES
from rcpref.report.report import Report, last_lines
from rcpref.report.safe import visible, web_address

# Sums, powers, citations and attributes are markup for pandoc alone. A backslash before "<"
# would not do: GitHub takes it for a part of an address that stands before it.
_MARKUP = str.maketrans({**{sign: f"\\{sign}" for sign in "\\`*_[]>|~#&$^@{}"}, "<": "&lt;"})
_BECOMES_LINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
ADDRESS = re.compile(
    r"(?<![^\s(\[\"'«“])(https?://\w(?:[\w.~%/?#&=+:@!,-]*[\w/-])?)(?=[.,;:!?)\]\"'»”]*(?:\s|$))"
)
"""An address with nothing in it that is markup, among words, in quotes or in brackets."""

_WRAP = {"strong": "**", "name": "**", "emphasis": "*", "strong-emphasis": "***"}


class Notes:
    """How words, footnotes and the marks of sources are written."""

    def __init__(self, prefix: str | None = "", raised: bool = False) -> None:
        self.prefix = prefix
        self.raised = raised

    def words(self, words: str) -> str:
        """Words that are no markup; clean addresses in them become links."""
        parts = ADDRESS.split(visible(words))
        parts[::2] = map(escape, parts[::2])
        parts[1::2] = (f"<{address}>" for address in parts[1::2])
        return "".join(parts)

    def line(self, words: str) -> str:
        """Words where a line feed would end a heading or a row of a table."""
        return self.words(words).replace("\n", " ")

    def source(self, number: int | str) -> str:
        return "" if self.prefix is None else f"[^{self.prefix}{number}]"

    def footnote(self, number: str) -> str:
        return number.translate(RAISED) if self.raised else f"[^{number}]"


_PLAIN = Notes()


def render(report: Report, sources: str = "") -> str:
    blocks = report.for_people()
    *notices, last = map(escape, last_lines(report))
    return "\n\n".join([body(blocks, sources != NO_SOURCES), *notices, f"{last}.\n"])


def body(blocks: Sequence[kinds.Block], with_sources: bool = True) -> str:
    """Blocks, one blank line between them; sources are footnotes at the end."""
    footnotes = any(isinstance(block, kinds.Footnote | kinds.Quotation) for block in blocks)
    listed = any(isinstance(block, kinds.Sources) for block in blocks)
    written: list[str] = []
    ends: list[str] = []
    part = 1
    for block in blocks:
        prefix = ("source-" if footnotes else "") + (f"{part}-" if part > 1 else "")
        notes = Notes(prefix if with_sources else None, listed and not footnotes)
        if isinstance(block, kinds.Sources):
            part += 1
            if with_sources:
                ends += [f"{notes.source(n)}: {text(whole())}" for n, _, whole in block.entries]
        elif not isinstance(block, kinds.Gap | kinds.Drawing):
            written.append(_WRITTEN[type(block)](block, notes))
    return "\n\n".join([*filter(None, written), *ends])


def _marked(words: str, notes: Notes) -> str:
    if not isinstance(words, Marked):
        return notes.line(words)
    parts = (notes.line(p.words) + "".join(map(notes.source, p.numbers)) for p in words.parts)
    return JOIN.join(parts)


def escape(words: str) -> str:
    """Words that Markdown prints as they are, and nothing of them as a link."""
    return _BECOMES_LINK.sub(r"\\\g<0>", visible(words).translate(_MARKUP))


def _label(words: str) -> str:
    """Words within a link, in which there can be no other, on one line."""
    return escape(words).replace("\n", " ")


def text(spans: Sequence[Span], notes: Notes = _PLAIN) -> str:
    """Spans with their emphasis, without what is for readers on a terminal."""
    # No line is taken for a list, a heading or a rule; an empty one would end all that it is in.
    lines = "".join(_span(span, notes) for span in spans if span.style != "hint").split("\n")
    return "  \n".join(guard(line) for line in lines if line.strip())


def _within(words: str) -> str:
    """Words whose lines all belong to what the first one begins: an item, a footnote."""
    return words.replace("\n", "\n  ")


def _span(span: Span, notes: Notes) -> str:
    if span.style == "footnote":
        return notes.footnote(span.text)
    if span.style == "source":
        return notes.source(span.text)
    if span.style == "more-sources" and notes.prefix is None:
        return ""
    words = notes.words(span.text)
    if web_address(span.link):
        address = span.link.translate(_ODD)
        bare = span.text == address and ";" not in address
        words = (
            f"<{address}>" if bare else f"[{_label(span.text)}]({address.translate(_IN_BRACKETS)})"
        )
    wrap = _WRAP.get(span.style, "")
    stripped = words.strip()
    if not wrap or not stripped:
        return words
    start = words[: len(words) - len(words.lstrip())]
    return f"{start}{wrap}{stripped}{wrap}{words[len(words.rstrip()) :]}"


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # digits as they stand behind words

_ODD = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '<>\\{}|`^"$'})
_IN_BRACKETS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D", "&": "&amp;"})

_BEGINS = re.compile(
    r"^(?=[-+=:])|^\(?(?:[A-Za-z]|[ivxlcdm]+|\d+|#)(?=[.)](?:\s|$))", re.IGNORECASE
)
"""What begins a list, a heading, a rule, or the second row of a table."""


def guard(line: str) -> str:
    """A line that does not begin a block of its own by accident."""
    bare = line.lstrip(" ")
    indent = line[: len(line) - len(bare)][:3]
    return indent + _BEGINS.sub(r"\g<0>\\", bare)


def _prose(block: kinds.Prose, notes: Notes) -> str:
    lead = "- " if block.bullet else f"{notes.line(block.label)} " if block.label else ""
    words = text(block.spans, notes)
    return lead + (_within(words) if lead else words)


def _quote(block: kinds.Quote, notes: Notes) -> str:
    words = text(block.spans, notes).replace("\n", "\n> ")
    return f"> {words}\n>\n> ({notes.line(block.ref)})"


def _quotation(block: kinds.Quotation, notes: Notes) -> str:
    words = text([Span(block.words)], notes).replace("\n", "\n> ")
    return f"> {words}[^{block.number}]\n\n[^{block.number}]: {notes.line(block.source)}"


def _code(block: kinds.Code, _: Notes) -> str:
    # Longer than any in the text, or a line of it could end the block.
    runs = re.findall("`+", block.text)
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    return f"{fence}\n{visible(block.text).rstrip()}\n{fence}"


def _facts(block: kinds.Facts, notes: Notes) -> str:
    lines = "\n".join(_fact(line, notes) for line in block.lines)
    return f"## {notes.line(block.heading)}\n\n{lines}" if block.heading else lines


def _fact(line: tuple[str, Sequence[Span], str], notes: Notes) -> str:
    label, spans, remark = line
    words, numbers = (remark.words, remark.numbers) if isinstance(remark, Marked) else (remark, ())
    end = (f" ({notes.line(words)})" if words else "") + "".join(map(notes.source, numbers))
    value = text([span for span in spans if span.style != "note"], notes)
    note = text([span for span in spans if span.style == "note"], notes)
    lead = f"{guard(notes.line(label))}: " if label else ""
    return _within(f"- {lead}{value}{end}" + (f"  \n{note}" if note else ""))


def _card(block: kinds.Card, notes: Notes) -> str:
    """The lines of a card; a line without a label belongs to the one above."""
    lines: list[str] = []
    for entry in block.entries:
        line = _entry(entry, notes)
        lines.append(line if entry.label or not lines else f"  {line}".replace("\n", "\n  "))
    return "\n".join(lines)


def _entry(entry: kinds.Entry, notes: Notes) -> str:
    names = "; ".join(_marked(name, notes) for name in entry.names)
    parts = [text(entry.spans, notes), names]
    lead = f"{guard(notes.line(entry.label))}: " if entry.label else ""
    return _within(f"- {lead}{': '.join(filter(None, parts))} {text(entry.end, notes)}".rstrip())


def _table(block: kinds.Grid, notes: Notes) -> str:
    rule = ["---:" if column.number else "---" for column in block.columns]
    lines = [[notes.line(column.label) for column in block.columns], rule]
    for row in block.rows:
        lines.append([_marked(plain(row.get(column.key)), notes) for column in block.columns])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_WRITTEN: dict[type[kinds.Block], Callable[[Any, Notes], str]] = {
    kinds.Heading: lambda block, notes: f"{'#' * block.level} {_marked(block.text, notes)}",
    kinds.Prose: _prose,
    kinds.Quote: _quote,
    kinds.Grid: _table,
    kinds.Facts: _facts,
    kinds.Card: _card,
    kinds.Footnote: lambda block, notes: f"[^{block.number}]: {_within(text(block.spans, notes))}",
    kinds.Quiet: lambda block, notes: text(block.spans, notes),
    kinds.Quotation: _quotation,
    kinds.Code: _code,
}
"""How each kind of block is written; gaps and drawings are for a terminal alone."""
