"""Parts of a citation that several forms write: number, version, publisher, dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcpref.citation.items import Item

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number_of(item: Mapping[str, Any]) -> str:
    """The number of a work, in its series or of a journal."""
    keys = ("number", "collection-number", "issue")
    return next((str(item[key]) for key in keys if key in item), "")


def version(item: Mapping[str, Any]) -> str:
    """The version of a data set, with the word."""
    return f"version {item['version']}" if "version" in item else ""


def is_told_apart(item: Mapping[str, Any]) -> bool:
    """Whether the publisher says more than the author or the paper does."""
    authors = "; ".join(author.get("literal", "") for author in item.get("author", ()))
    return item.get("publisher") not in (authors, item.get("container-title"))


def with_publisher(item: Item) -> Item:
    """An item for forms that have a field for it, also where the author is the publisher."""
    bodies = "; ".join(filter(None, (author.get("literal") for author in item.get("author", ()))))
    return {"publisher": bodies, **item} if bodies else item


def iso(date: Mapping[str, Any] | None) -> str:
    """A date as in 2013-05-23; an interval has two, with a stroke between."""
    if date is None:
        return ""
    return "/".join(
        "-".join(f"{n:02}" if place else f"{n:04}" for place, n in enumerate(part))
        for part in date["date-parts"]
    )


def one_note(*notes: str | None) -> str:
    """Several notes as one."""
    return "; ".join(note for note in notes if note)
