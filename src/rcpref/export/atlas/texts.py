"""Texts word for word: each passage with its address, its citation and what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rcpref.citation.items import passage_citation
from rcpref.citation.styles import text as plain
from rcpref.export.atlas.words import link
from rcpref.model import PASSAGE_KINDS
from rcpref.report.html import Content, Html, element, html
from rcpref.views.words import passage_spans, spans_within

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.texts import Passage, Text

_EMPHASIS = {"strong": ("b",), "emphasis": ("i",), "strong-emphasis": ("b", "i")}


def page_id(text: Text) -> str:
    """The id of the page of a text; its own is that of the meeting."""
    return f"text:{text.id}"


def page(data: Data, text: Text) -> Html:
    inside = spans_within(text)
    meeting = data.records[text.meeting]
    about = ["Word for word, of ", link(meeting.id, meeting.name)]
    about += [". Each passage has its address and its citation."]
    passages = [_passage(data, each, inside.get(each.ref, ())) for each in text.flow()]
    return element(
        "section",
        element("p", "text, from your overlay" if text.overlay else "text", class_="kind"),
        element("h1", text.title),
        element("p", about, class_="full"),
        _contents(text),
        element("div", *passages, class_="words", lang=text.language),
        class_="page text",
        id=page_id(text),
    )


def _contents(text: Text) -> Content:
    """Links to what is asked for most: the conclusions, and the themes and key points."""
    lines: list[Html] = []
    for kind in ("conclusion", "key-point", "theme"):
        links = [[link(p.ref, str(p.number)), " "] for p in text.passages if p.kind == kind]
        if links:
            plural = PASSAGE_KINDS[kind].replace("-", " ").capitalize()
            lines.append(element("span", f"{plural} ", links))
    return element("p", *lines, class_="contents") if lines else None


def _passage(data: Data, passage: Passage, inside: Sequence[Passage]) -> Html:
    name = f"{passage.kind.replace('-', ' ')} {passage.number}"
    words = html(list(_words(data, passage, inside)))
    tag = "h2" if passage.kind == "heading" else "p"
    notes = [
        element("p", f"Editor’s note on “{note.words}”{' [sic]' * note.sic}: {note.note}")
        for note in passage.notes
    ]
    cited = f"{plain(passage_citation(data, passage))}; {passage.ref}"
    return element(
        "div",
        element("div", link(passage.ref, name.capitalize()), class_="ref"),
        element(tag, words, class_="said"),
        element("div", *notes, class_="notes") if notes else None,
        element(
            "details",
            element("summary", "Cite ", element("span", name, class_="vh")),
            element("p", cited),
            open="" if passage.kind == "conclusion" else None,
        ),
        class_=f"passage {passage.kind}",
        id=passage.ref,
    )


# Words with emphasis, links and marks of footnotes -------------------------------------


def _words(data: Data, passage: Passage, inside: Sequence[Passage]) -> Iterator[Content]:
    """The words of a passage, with the passages that are spans of it under their own ids."""
    spans = sorted((max(passage.text.find(each.text), 0), each.ref, each.text) for each in inside)
    cuts = {edge for start, _, words in spans for edge in (start, start + len(words))}
    pieces = list(_pieces(data, passage, cuts))
    place = 0
    for start, ref, text in spans:
        yield [words for at, words in pieces if place <= at < start]
        place = max(place, start + len(text))
        own = [words for at, words in pieces if start <= at < place]
        yield element("span", *own, id=ref, class_="theme")
    yield [words for at, words in pieces if at >= place]


def _pieces(data: Data, passage: Passage, cuts: set[int]) -> Iterator[tuple[int, Html]]:
    """The words, cut wherever something begins or ends, with their places."""
    links = _links(passage)
    cuts |= {edge for start, end, _ in links for edge in (start, end)}
    notes = {note.number: note.ref for note in data.footnotes_in(passage.ref)}
    place = 0
    for span in passage_spans(data, passage):
        if span.style == "footnote":
            mark = link(notes[int(span.text)], span.text, aria_label=f"footnote {span.text}")
            yield max(place - 1, 0), element("sup", mark)
            continue
        end = place + len(span.text)
        edges = sorted({place, end, *(cut for cut in cuts if place < cut < end)})
        for start, stop in pairwise(edges):
            words = html(passage.text[start:stop])
            for tag in _EMPHASIS.get(span.style, ()):
                words = element(tag, words)
            target = next((to for left, right, to in links if left <= start and stop <= right), "")
            yield start, link(target, words) if target else words
        place = end


def _links(passage: Passage) -> list[tuple[int, int, str]]:
    """From where to where a passage first names what; the longer words before the shorter."""
    links: list[tuple[int, int, str]] = []
    for mention in sorted(passage.mentions, key=lambda mention: -len(mention.words)):
        start = passage.text.find(mention.words)
        end = start + len(mention.words)
        target = mention.record or mention.state
        if start < 0 or not target or "\n" in mention.words:
            continue
        if all(end <= other or other_end <= start for other, other_end, _ in links):
            links.append((start, end, target))
    return links
