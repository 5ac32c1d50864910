"""Tables of form version 1 in the form of today.

An overlay or a data set of version 1 may say a thing as it was said then; each key is
taken for itself, so that both forms can stand in one file. What is of neither form is
left as it is: checking the form tells of it.

In version 1 a source had its publishers in one text, with semicolons between, and said of
a copy that it was one (``copy = true``) and at which site (``copy_at``).
"""

from collections.abc import Mapping
from typing import Any

from rcpref.model import NOT_NAMED


def source(table: Mapping[str, Any]) -> dict[str, Any]:
    """A source in the form of today."""
    made = dict(table)
    publisher = made.get("publisher")
    if isinstance(publisher, str):
        names = [name.strip() for name in publisher.split(";")]
        made["publisher"] = [name for name in names if name] or [publisher]
    is_copy, site = made.get("copy", True), made.get("copy_at")
    if not isinstance(is_copy, bool) or not isinstance(site, str | None):
        return made
    if is_copy and ("copy" in made or site is not None):
        made["copy"] = site or _host(made.get("url"))
    else:
        made.pop("copy", None)
    made.pop("copy_at", None)
    return made


def _host(url: Any) -> str:
    """The site of an address."""
    address = url if isinstance(url, str) else ""
    host = address.partition("://")[2].partition("/")[0].removeprefix("www.")
    return host or NOT_NAMED


def sources(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Sources by key, each in the form of today."""
    return {key: source(each) if isinstance(each, dict) else each for key, each in tables.items()}
