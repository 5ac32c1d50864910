"""Words and claims as HTML: spans with their marks, values, names that lead to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rcpref.answers.disputes import disputed_refs
from rcpref.answers.values import shown_states, shown_value
from rcpref.data.names import BUNDLED, is_own, names_in
from rcpref.model import PASSAGE_KINDS
from rcpref.report.blocks import Entry, Marked, Span
from rcpref.report.html import Content, Html, described, element, html, joined, outward
from rcpref.report.marks import short_source
from rcpref.spelling import GENERIC, SMALL, key_of, words
from rcpref.views.words import by_group, cautions, claim_date, first_day

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.records import Claim, Record


_MOST_NAMES = 12
"""So many names stand in a line; the others are folded up."""

_REF = re.compile(rf"([a-z0-9-]+/(?:{'|'.join(PASSAGE_KINDS)})-[0-9]+)")
"""The form of a reference to a passage."""

_TAGS = {"strong": "b", "name": "b", "emphasis": "i", "note": "small", "quiet": "small"}


class Words:
    def __init__(self, data: Data, codes: Iterable[str]) -> None:
        self._data = data
        self._codes = set(codes)
        named = [(data.document["countries"][code], "name", code) for code in codes]
        named += [(raw, "short_name", key) for key, raw in data.document["records"].items()]
        # Of two that are called the same the last is meant: no name of an overlay.
        named.sort(key=lambda each: not is_own(each[0]))
        self._names = {raw[name]: key for raw, name, key in named}
        self._passages = data.plain.passages
        self._sources = {key: short_source(data, key) for key in data.sources}
        self._disputed = {ref for record in data for ref in disputed_refs(record, data.type_of)}

    def name(self, words: str) -> Html:
        """The name of a record or State as a link to its page; other words as they are."""
        key = self._names.get(words)
        return link(key, words) if key else html(words)

    def state(self, code: str) -> Html:
        return link(code, self._data.countries[code].name)

    def source(self, key: str, target: str = "") -> Html:
        """A source in few words, with what weakens it, as a link."""
        return link(target or f"source:{key}", self._sources[key])

    def spans(self, spans: Sequence[Span], keys: Sequence[str]) -> Html:
        return html([self._span(span, keys) for span in spans if span.style != "hint"])

    def _span(self, span: Span, keys: Sequence[str]) -> Html:
        if span.style == "source":
            return self._mark(int(span.text), keys)
        if span.style == "more-sources":
            return element("small", span.text)
        words = outward(span.link, span.text) if span.link else self._linked(span.text)
        tag = _TAGS.get(span.style)
        return element(tag, words) if tag else words

    def _mark(self, number: int, keys: Sequence[str]) -> Html:
        return link(f"source:{keys[number - 1]}", str(number))

    def _linked(self, words: str) -> Html:
        """Words that are names of States, with links to their pages; others with their refs."""
        names = words.split(", ")
        if all(self._names.get(name) in self._codes for name in names):
            return joined(map(self.name, names))
        return self._with_refs(words)

    def _with_refs(self, words: str) -> Html:
        """Words in which references of passages lead to them."""
        parts = _REF.split(words)
        return html([link(part, part) if part in self._passages else part for part in parts])

    def entries(self, entries: Sequence[Entry], keys: Sequence[str], below: str = "") -> Html:
        """The lines of a card as a list of labels and what stands behind them."""
        lines: list[tuple[Content, Content]] = []
        for entry in entries:
            names = [self._named(name, keys) for name in entry.names]
            shown = _folded(names, below) if entry.lines else joined(names)
            answer = self.spans(entry.spans, keys)
            between = ": " if answer and names else ""
            end = [" ", self.spans(entry.end, keys)] if entry.end else []
            lines.append((entry.label, [answer, between, shown, end]))
        return described(lines, "card")

    def _named(self, name: str, keys: Sequence[str]) -> Html:
        if isinstance(name, Marked):
            return html([self.name(name.words), [self._mark(n, keys) for n in name.numbers]])
        return self.name(name) if name in self._names else self._with_refs(name)

    # Claims of a record ----------------------------------------------------------------

    def claims(self, record: Record) -> Content:
        """All claims on a record, group by group; they fold."""
        if not record.claims:
            return None
        folds = [self._fold(*pair) for pair in grouped(self._data, record).items()]
        count = "The one claim" if len(record.claims) == 1 else f"All {len(record.claims)} claims"
        heading = element("h2", f"{count}, with dates and sources")
        return [heading, element("div", *folds, class_="claims")]

    def _fold(self, group: str, by_property: Mapping[str, Sequence[Claim]]) -> Html:
        rows: list[Html] = []
        for key, claims in by_property.items():
            rows.append(element("tr", element("th", self._data.label_of(key))))
            rows += map(self._row, claims)
        count = sum(map(len, by_property.values()))
        summary = element("summary", element("b", group.capitalize()), f" {count}")
        return element("details", summary, table(("Claim", "Date", "Source"), rows))

    def _row(self, claim: Claim) -> Html:
        remark = ". ".join(part for part in (claim.role, claim.group, claim.note) if part)
        about = self._about(claim)
        notes = [element("p", remark)] if remark else []
        notes += [element("p", about, class_="about")] if about else []
        when = element("td", claim_date(self._data, claim, bounds=True, iso=True))
        source = element("td", self.source(claim.source))
        return element("tr", element("td", self._value(claim), notes), when, source, id=claim.ref)

    def _value(self, claim: Claim) -> Html:
        kind = self._data.type_of(claim.property)
        if kind == "url":
            return joined((outward(each, each) for each in claim.values), "; ")
        if kind == "record":
            return link(str(claim.value), shown_value(self._data, claim), class_="record")
        if kind == "states":
            return html(shown_states(self._data, claim.values))
        return html("; ".join(claim.values))

    def _about(self, claim: Claim) -> Html:
        """What a careful reader should know of a claim, besides its own note."""
        parts: list[Content] = []
        if claim.passage:
            place = claim.passage.rpartition("/")[2].replace("-", " ")
            parts.append(["in ", link(claim.passage, place)])
        parts += cautions(self._data, claim)
        if claim.ref in self._disputed:
            parts.append("other sources disagree")
        return joined(parts, "; ")


def _folded(names: Sequence[Html], below: str) -> Html:
    """Names; where there are many, the rest is folded, or elsewhere on the page."""
    count = len(names) - _MOST_NAMES
    if count <= 0:
        return joined(names)
    first = joined(names[:_MOST_NAMES])
    if below:
        return html([first, f", and {count} more {below}"])
    rest = joined(names[_MOST_NAMES:])
    return html([first, ", ", element("details", element("summary", f"and {count} more"), rest)])


def also(names: Sequence[str], raw: Mapping[str, Any]) -> Html | None:
    """Other names of a record or State, by which its page is found, each in its language."""
    languages = {name: code for code, name in raw.get("names", {}).items() if code != "en"}
    shown = [
        element("span", name, lang=languages[name]) if name in languages else html(name)
        for name in names
    ]
    return element("p", joined(shown, "; "), class_="also") if names else None


# Names that are typed ---------------------------------------------------------------
# The script finds what is typed among the names that stand on the page, as `rcpref show`
# compares them. Here is what that alone cannot know: names that several have, of which one is
# meant, ends of names that States share ("Korea"), and names that an overlay shares with the
# bundled data.


def look_up(data: Data, codes: Iterable[str]) -> dict[str, Any]:
    """What the script needs to look names up as `rcpref show` does.

    `exact`: what some ids and codes mean, letter for letter; `meant`: what some names
    mean, as comparing has them; `generic` and `small`: words that names of records and
    of States may be given without.
    """
    names, pages = data.plain.names, {*data.records, *codes}

    def meaning(name: str) -> list[str]:
        return [match.key for match in names.match(name)]

    def on_pages(found: dict[str, list[str]]) -> dict[str, list[str]]:
        return {key: [each for each in ids if each in pages] for key, ids in found.items()}

    owners: dict[str, set[str]] = {}
    for owner, name, _ in (*names.records.listed(), *names.states.listed()):
        owners.setdefault(key_of(name), set()).add(owner)
    owners.pop("", None)
    ends = {key_of(end): sorted(meaning(end)) for end in names.states.shared_ends()}
    taken = list(_taken(data))
    meant = {
        **{key: meaning(key) for key, those in owners.items() if len(those) > 1},
        **{key: ids for key, ids in ends.items() if len(ids) > 1 and key not in owners},
        # No id or code begins with a blank: what is asked for is the name.
        **{key_of(name): meaning(f" {name}") for name in taken},
    }
    return {
        "exact": on_pages({code: meaning(code) for code in _codes(data, taken)}),
        "meant": on_pages(meant),
        "generic": sorted(GENERIC),
        "small": sorted(SMALL),
    }


def _taken(data: Data) -> Iterator[str]:
    """Names of an overlay, whole and with generic words left out, that fit something bundled."""
    for key, raw in _everything(data) if data.overlay else ():
        for name in names_in(key, raw) if is_own(raw) else ():
            short = " ".join(word for word in words(name) if word not in GENERIC)
            yield from (n for n in (name, short) if data.plain.names.match(n, part=BUNDLED))


def _codes(data: Data, taken: Iterable[str]) -> list[str]:
    """Ids and codes of the bundled data that are such names."""
    keys = set(map(key_of, taken))
    return [
        code
        for key, raw in _everything(data)
        for code in (key, raw.get("alpha2", key), raw.get("numeric", key))
        if key_of(code) in keys and not is_own(raw)
    ]


def _everything(data: Data) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in ("records", "countries"):
        yield from data.document[section].items()


# Links within the page -----------------------------------------------------------------


def link(target: str, /, *content: Content, **attributes: str | None) -> Html:
    href = f"#{quote(target, safe='/@:.,;+~!$&()*=-_')}"
    return element("a", *content, href=href, **attributes)


# Claims of a record in the order of its page ---------------------------------------------


def grouped(data: Data, record: Record) -> Mapping[str, Mapping[str, Sequence[Claim]]]:
    """The claims of a record by group and property, those of a property in order of time."""
    return by_group(data, sorted(record.claims, key=first_day))


def claim_numbers(data: Data) -> dict[str, int]:
    """The places of all claims in the page, by reference."""
    groups = (group for record in data for group in grouped(data, record).values())
    ordered = (claim.ref for group in groups for claims in group.values() for claim in claims)
    return {ref: number for number, ref in enumerate(ordered)}


def table(heads: Sequence[str], rows: Sequence[Html], class_: str | None = None) -> Html:
    head = element("tr", *(element("th", words) for words in heads))
    return element("table", element("thead", head), element("tbody", *rows), class_=class_)
