"""Citations as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rcpref.citation.parts import MONTHS, is_told_apart, number_of, version

if TYPE_CHECKING:
    from rcpref.citation.items import Citation


def text(citation: Citation) -> str:
    """A plain citation: who, what, where in it, the notes, when, address."""
    item = citation.item
    names = [
        author.get("literal") or f"{author['given']} {author['family']}"
        for author in item.get("author", ())
    ]
    container = item.get("container-title", "")
    parts = [
        " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))),
        item["title"],
        citation.locator,
        f"in: {container}" if item["type"] == "entry" else container,
        _numbered(item),
        item.get("publisher", "") if is_told_apart(item) else "",
        version(item),
    ]
    line = ", ".join(part for part in parts if part)
    if "note" in item:
        line += f" [{item['note']}]"
    line += f", {_day_text(item)}"
    return f"{line}, {item['URL']}" if "URL" in item else line


def _numbered(item: Mapping[str, Any]) -> str:
    """Series or genre with the number, as in IOM Migration Research Series 45."""
    kind = item.get("collection-title") or item.get("genre") or ("No." if "issue" in item else "")
    number = number_of(item)
    if kind:
        return f"{kind} {number}".strip()
    return "" if number in item["title"] else number


def _day_text(item: Mapping[str, Any]) -> str:
    """When it was published, else that no date is known and when it was read."""
    if "issued" in item:
        return _words_of(item["issued"])
    return f"undated, read {_words_of(item['accessed'])}" if "accessed" in item else "undated"


def _words_of(date: Mapping[str, Any]) -> str:
    """A date as people write it, as in 23 May 2013."""
    days = [
        " ".join([*map(str, part[2:]), *(MONTHS[month - 1] for month in part[1:2]), str(part[0])])
        for part in date["date-parts"]
    ]
    return days[0] if len(days) == 1 else f"between {' and '.join(days)}"
