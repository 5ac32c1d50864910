"""Reports as GitHub-flavoured Markdown; everything in the data is escaped."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from rcpref.data.dataset import Dataset
from rcpref.report.blocks import (
    Block,
    Code,
    Facts,
    Footnote,
    Gap,
    Grid,
    Heading,
    Prose,
    Quiet,
    Quotation,
    Quote,
    Span,
    plain,
)
from rcpref.report.report import Report
from rcpref.report.safe import visible, web_address

_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|~#&"})

_WRAP = {"strong": "**", "name": "**", "emphasis": "*", "strong-emphasis": "***"}


def render(report: Report) -> str:
    """The report as Markdown, one blank line between blocks."""
    blocks = report.blocks() if report.blocks else [report.grid()]
    return f"{body(blocks)}\n\n{last_line(report.data)}\n"


def body(blocks: Sequence[Block]) -> str:
    """Blocks, one blank line between them."""
    return "\n\n".join(_WRITTEN[type(block)](block) for block in blocks if type(block) is not Gap)


def last_line(data: Dataset) -> str:
    """Which data answered."""
    overlay = f", with the overlay {data.overlay}" if data.overlay else ""
    last = escape(f"Data of {data.date}, version {data.version}{overlay}, ")
    return f"{last}sha256 {escape(data.digest[:12])}."


def escape(words: str) -> str:
    """Words that Markdown prints as they are."""
    return visible(words).translate(_MARKUP)


def one_line(words: str) -> str:
    """The same where a line feed would end a heading, a link or a row of a table."""
    return escape(words).replace("\n", " ")


def text(spans: Sequence[Span]) -> str:
    """Spans with their emphasis; a footnote mark becomes a Markdown one.

    No line of it is taken for a list, a heading or a rule.
    """
    lines = "".join(map(_span, spans)).split("\n")
    return "  \n".join(map(_guard, lines))


def _span(span: Span) -> str:
    if span.style == "footnote":
        return f"[^{span.text}]"
    words = escape(span.text)
    if web_address(span.link):
        address = span.link.translate(_IN_ADDRESS)
        words = f"<{address}>" if span.text == address else f"[{words}]({address})"
    wrap = _WRAP.get(span.style, "")
    stripped = words.strip()
    if not wrap or not stripped:
        return words
    start = words[: len(words) - len(words.lstrip())]
    return f"{start}{wrap}{stripped}{wrap}{words[len(words.rstrip()) :]}"


_IN_ADDRESS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "<>()\\[]"})


def _guard(line: str) -> str:
    """A line that does not begin a list, a heading or a rule by accident."""
    bare = line.lstrip(" ")
    indent = line[: len(line) - len(bare)][:3]
    head = bare.split(" ", 1)[0]
    if head[:1] in ("-", "+", "="):
        return f"{indent}\\{bare}"
    if head[:-1].isdigit() and head[-1:] in (".", ")"):
        return f"{indent}{head[:-1]}\\{bare[len(head) - 1 :]}"
    return indent + bare


def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {one_line(block.text)}"


def _prose(block: Prose) -> str:
    lead = "- " if block.bullet else f"{escape(block.label)} " if block.label else ""
    return lead + text(block.spans)


def _quote(block: Quote) -> str:
    words = text(block.spans).replace("\n", "\n> ")
    return f"> {words}\n>\n> ({escape(block.ref)})"


def _footnote(block: Footnote) -> str:
    return f"[^{block.number}]: {text(block.spans)}"


def _quiet(block: Quiet) -> str:
    return text(block.spans)


def _quotation(block: Quotation) -> str:
    words = text([Span(block.words)]).replace("\n", "\n> ")
    return f"> {words}[^{block.number}]\n\n[^{block.number}]: {escape(block.source)}"


def _code(block: Code) -> str:
    # Longer than any in the text, or a line of it could end the block.
    runs = re.findall("`+", block.text)
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    return f"{fence}\n{visible(block.text).rstrip()}\n{fence}"


def _facts(block: Facts) -> str:
    lines = "\n".join(map(_fact, block.lines))
    return f"## {escape(block.heading)}\n\n{lines}" if block.heading else lines


def _fact(line: tuple[str, Sequence[Span], str]) -> str:
    label, spans, remark = line
    end = f" ({escape(remark)})" if remark else ""
    return f"- {_guard(escape(label))}: {text(spans)}{end}"


def _table(block: Grid) -> str:
    rule = ["---:" if column.number else "---" for column in block.columns]
    lines = [[escape(column.label) for column in block.columns], rule]
    for row in block.rows:
        lines.append([one_line(plain(row.get(column.key))) for column in block.columns])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_WRITTEN: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Prose: _prose,
    Quote: _quote,
    Grid: _table,
    Facts: _facts,
    Footnote: _footnote,
    Quiet: _quiet,
    Quotation: _quotation,
    Code: _code,
}
"""How each kind of block is written; a gap needs no line of its own here."""
