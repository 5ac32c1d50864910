"""Marks such as [2]: which sources an item cites, and the list of them at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.model import DERIVED, NOT_NAMED, publishers
from rcpref.report.blocks import Block, Gap, Marked, Row, Sources, Span, quiet

SINGLE = frozenset((str, int, float, bool, type(None)))  # types of what has no parts


def cited(value: Any) -> Iterator[str]:
    """What an item, or a list of items, calls ``source`` or ``sources`` at any depth."""
    if isinstance(value, dict):
        if SINGLE.issuperset(map(type, value.values())):
            value = {"source": value.get("source")}
        for key, part in value.items():
            if key == "source" and isinstance(part, str):
                yield part
            elif key == "sources" and isinstance(part, (list, tuple)):
                yield from part
            elif isinstance(part, (dict, list, tuple)):
                yield from cited(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from cited(part)


_FEW = 5  # so many things from an overlay are named in a line


def overlay_notice(data: Data, *values: Any) -> list[str]:
    """A line that names what, at any depth, of some items comes from the reader's overlay."""
    added = list(dict.fromkeys(text for text in _texts(values) if text in data.plain.own))
    named = ", ".join(added[:_FEW])
    more = f" and {len(added) - _FEW:,} more" if len(added) > _FEW else ""
    return [f"from your overlay: {named}{more}"] if added else []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


class Marks:
    """Numbers sources in the order in which they are first used."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self._numbers: dict[str, int] = {}
        self._legend: list[Block] = []

    def _number(self, source: str) -> int:
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def behind(self, text: str, sources: Iterable[str]) -> Marked:
        """A text with the marks of the sources that it rests on, behind those it has."""
        numbers = {self._number(source) for source in sources}
        if isinstance(text, Marked):
            return Marked(text.words, tuple(sorted({*text.numbers, *numbers})))
        return Marked(text, tuple(sorted(numbers)))

    def spans(self, sources: Iterable[str]) -> list[Span]:
        """The marks of some sources, to put behind other spans."""
        numbers = sorted({self._number(source) for source in sources})
        return [Span(str(number), "source") for number in numbers]

    def explain(self, rows: Iterable[Row]) -> None:
        """Let the list of the sources begin with what the words of some rows mean."""
        if any(DERIVED in str(cell) for row in rows for cell in row.values()):
            self._legend = [Gap(), _DERIVED]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._numbers)

    def block(self) -> list[Block]:
        """What marked words mean, and the list of the sources used; empty where none was."""
        if not self._numbers:
            return []
        known, raw = self.data.plain.short_names, self.data.document["sources"]
        entries = [
            (number, _source_line(raw[key], key, known), partial(source_spans, self.data, key))
            for key, number in self._numbers.items()
        ]
        return [*self._legend, Sources(entries, self.keys)]


_DERIVED = quiet(
    f"{DERIVED}: worked out by the editors of these data; ",
    "rcpref show NAME --full says how.",
)


def _source_line(source: Mapping[str, Any], key: str, known: Mapping[str, str]) -> list[Span]:
    """One source in few words: publisher, date, key, and that it is not primary."""
    about = _about(source, known, "undated, ")
    tier = f", {source['tier']}" if source["tier"] != "primary" else ""
    overlay = ", from your overlay" if source.get("overlay") else ""
    return [Span(about), Span(f" ({key}{tier}{overlay})", "quiet", _link(source))]


def _link(source: Mapping[str, Any]) -> str:
    """Where a source can be read: the stored copy before the address that may be gone."""
    return source.get("archived") or source.get("url") or ""


def _about(source: Mapping[str, Any], known: Mapping[str, str], undated: str = "") -> str:
    names = publishers(known.get(name, name) for name in source["publisher"])
    seen = source.get("accessed")
    when = source.get("date") or (f"{undated}read {seen[:7]}" if seen else "undated")
    return f"{names or 'publisher not named'}, {when}"


def undated_words(source: Mapping[str, Any]) -> str:
    """In place of the date of a source without one: "undated page, read in May 2026"."""
    kind, seen = source.get("type", "webpage"), source.get("accessed")
    what = "page" if kind in ("webpage", "news") else kind.replace("-", " ")
    return f"undated {what}, read {parse(seen[:7]).moment}" if seen else "undated"


def short_source(data: Data, key: str) -> str:
    """One source in the fewest words: publisher, date, and what weakens it."""
    source = data.document["sources"][key]
    weak = source["tier"] if source["tier"] != "primary" else ""
    about = ", ".join(filter(None, [weak, "from your overlay" if source.get("overlay") else ""]))
    return _about(source, data.plain.short_names) + (f" ({about})" if about else "")


def source_spans(data: Data, key: str) -> list[Span]:
    """One source whole, as people read it, with what weakens it said aloud."""
    source = data.sources[key]
    raw = data.document["sources"][key]
    when = source.date or undated_words(raw)
    about = [source.publishers, when, f"{source.tier} source"]
    if source.copy:
        at = "" if source.copy == NOT_NAMED else f" at {source.copy}"
        about.append(f"read as a copy{at}")
    if source.archived:
        about.append(f"read as a copy stored on {source.archived_date}")
    words = ", ".join(filter(None, about))
    spans = [Span(source.title, lang=source.language or ""), Span(f". {words}. ", "quiet")]
    if link := _link(raw):
        spans += [Span(link, "quiet", link), Span(" ", "quiet")]
    overlay = ", from your overlay" if source.overlay else ""
    return [*spans, Span(f"({key}{overlay})", "quiet")]
