"""The data set as a handbook in Markdown: a page for each record and text, and an index.

Pages are what `rcpref show` and `rcpref text` print, with links between them, and all
claims of the record below, whatever their date.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import YES
from rcpref.answers.membership.members import members_at
from rcpref.answers.time import AsOf, when
from rcpref.answers.words import shown_value
from rcpref.model import KINDS
from rcpref.report.blocks import Block, Column, Grid, Heading, Prose, Row, Span
from rcpref.report.markdown import body, last_line, one_line, text
from rcpref.views.passages import editor_notes, source_line
from rcpref.views.show import Asked, showing
from rcpref.views.words import date_words, passage_spans, shown_date

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Passage, Text

INDEX = "index.md"


def handbook(data: Data, asked: AsOf) -> dict[str, bytes]:
    """The pages of the handbook by path.

    Args:
        data: The data set.
        asked: The date to which the pages speak.
    """
    pages = {INDEX: _index(data, asked), "states.md": _states(data, asked)}
    for each in data.texts.values():
        pages[_text_path(each.id)] = _text(data, each)
    for record in data:
        pages[_path(record)] = _record(data, record, asked)
    end = f"\n\n{last_line(data)}\n"
    return {path: (page.rstrip("\n") + end).encode() for path, page in pages.items()}


def _path(record: Record) -> str:
    return f"{KINDS[record.kind]}/{record.id}.md"


def _text_path(key: str) -> str:
    return f"texts/{key}.md"


def _link(words: str, path: str, up: bool = True) -> str:
    """A link to another page, from a folder beside it or, without `up`, from the index."""
    return f"[{one_line(words)}]({'../' if up else ''}{path})"


def _anchor(passage: Passage) -> str:
    return f"{passage.kind}-{passage.number}"


# Pages ------------------------------------------------------------------------------


def _record(data: Data, record: Record, asked: AsOf) -> str:
    report = showing(data, [record], [record.id], Asked(asked.text))
    assert report.blocks is not None
    parts = [_link("Contents", INDEX), body(report.blocks())]
    named = data.passages_naming(record=record.id)
    if named:
        parts.append("## Passages that name it")
        parts.append(
            "\n".join(f"- {_link(p.ref, f'{_text_path(p.text_id)}#{_anchor(p)}')}" for p in named)
        )
    if record.id in data.texts:
        title = data.texts[record.id].title
        parts.append(f"The text of its outcome: {_link(title, _text_path(record.id))}")
    parts.append(body(_all_claims(data, record)))
    return "\n\n".join(parts)


_CLAIM_COLUMNS = (
    Column("property", "Property"),
    Column("value", "Value"),
    Column("date", "Date"),
    Column("source", "Source"),
    Column("note", "Note"),
)


def _all_claims(data: Data, record: Record) -> list[Block]:
    order = {key: place for place, key in enumerate(data.properties)}

    def place(claim: Claim) -> tuple[int, date]:
        time = when(claim)
        return order[claim.property], time.first if time else date.max

    claims = sorted(record.claims, key=place)
    rows: list[Row] = []
    for claim in claims:
        source = data.sources[claim.source]
        about = ", ".join(filter(None, [source.publishers, source.date or "undated"]))
        notes = [part for part in (claim.group, claim.role, claim.passage, claim.note) if part]
        if claim.disputed:
            notes.append(f"marked as disputed: {', '.join(claim.disputed)}")
        if claim.complete is False:
            notes.append("the list is not complete")
        if claim.derived:
            notes.append("derived by the editors")
        rows.append(
            {
                "property": data.label_of(claim.property),
                "value": shown_value(data, claim),
                "date": shown_date(claim) or "undated",
                "source": f"{source.title}. {about} ({claim.source})",
                "note": "; ".join(notes),
            }
        )
    return [Heading("All claims"), Grid(_CLAIM_COLUMNS, rows)] if rows else []


def _text(data: Data, each: Text) -> str:
    """The document, each passage under an anchor."""
    parts = [_link("Contents", INDEX), f"# {one_line(each.title)}"]
    inside: dict[str, list[Passage]] = {}
    for passage in each.passages:
        if passage.within:
            inside.setdefault(passage.within, []).append(passage)
    for passage in each.flow():
        spans = passage_spans(data, passage)
        lead = f"{passage.number}) " if passage.kind == "conclusion" else ""
        lead = "- " if passage.kind == "key-point" else lead
        if passage.kind == "footnote":
            parts.append(f'<a id="{_anchor(passage)}"></a>\n\n[^{passage.number}]: {text(spans)}')
            continue
        anchors = [passage, *inside.get(passage.ref, ())]
        ids = "".join(f'<a id="{_anchor(p)}"></a>' for p in anchors)
        parts.append(f"{ids}\n\n{lead}{text(spans)}")
    blocks = editor_notes(each.passages, own_ref=True)
    parts.append(body([*blocks, source_line(data, each)]))
    named = dict.fromkeys(m.record for p in each.passages for m in p.mentions if m.record)
    records = [data.records[key] for key in named]
    if records:
        parts.append("## Records that it names")
        parts.append("\n".join(f"- {_link(r.short_name, _path(r))}" for r in records))
    return "\n\n".join(parts)


def _states(data: Data, asked: AsOf) -> str:
    certain: dict[str, list[Record]] = {}
    for record in data:
        for code, found in members_at(data, record, asked).items():
            if found.answer == YES:
                certain.setdefault(code, []).append(record)
    lines = ["| State | Code | Certain member of |", "| --- | --- | --- |"]
    for code, country in data.countries.items():
        if code in certain:
            links = ", ".join(_link(r.short_name, _path(r), up=False) for r in certain[code])
            lines.append(f"| {one_line(country.name)} | {code} | {links} |")
    return "\n\n".join(
        (
            _link("Contents", INDEX, up=False),
            f"# States and what they are certain members of, {one_line(date_words(data, asked))}",
            "Answers that are not certain stand on the page of the process or body.",
            "\n".join(lines),
        )
    )


def _index(data: Data, asked: AsOf) -> str:
    info = data.info
    which = f"{info.version} of {info.date}"
    lead: list[Block] = [
        Heading(info.title, 1),
        Prose([Span(f"A handbook, {date_words(data, asked)}. Every fact has its source.")]),
        Prose([Span(f"Data: {info.licence}. {info.licence_note}")]),
        Prose([Span(f"{info.citation}, version {which}, sha256:{data.digest}")]),
    ]
    parts = [body(lead), "## Texts"]
    texts = (_link(each.title, _text_path(each.id), up=False) for each in data.texts.values())
    parts.append("\n".join(f"- {link}" for link in texts))
    for kind, plural in KINDS.items():
        if records := data.of_kind(kind):
            parts += [f"## {plural.capitalize()}", "\n".join(map(_entry, records))]
    parts += ["## States", f"- {_link('What each State is a member of', 'states.md', up=False)}"]
    return "\n\n".join(parts)


def _entry(record: Record) -> str:
    line = f"- {_link(record.short_name, _path(record), up=False)}"
    return line if record.name == record.short_name else f"{line}: {one_line(record.name)}"
