"""HTML from words: the one place where anything is escaped.

What is a plain string is text, whatever signs are in it; only `element` makes markup, and
its result can stand inside another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from rcpref.report.safe import visible

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
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Iterable["Content"] | None
"""What stands in an element: text, elements, several of them, or nothing."""


def html(content: Content) -> Html:
    """Content as HTML; what cannot be seen, such as signs that turn text round, is shown."""
    if isinstance(content, Html):
        return content
    if isinstance(content, str):
        words = visible(content).translate(_SIGNS)
        return Html(words if words.isascii() else _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", words))
    return Html("".join(map(html, content))) if content is not None else Html()


def element(tag: str, /, *content: Content, **attributes: str | float | None) -> Html:
    """An element."""
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
    """Parts with a sign between them."""
    return Html(html(between).join(map(html, parts)))


def address(target: str) -> str:
    """The address within the page of what has this id."""
    return f"#{quote(target, safe='/@:.,;+~!$&()*=-_')}"


def link(target: str, /, *content: Content, **attributes: str | None) -> Html:
    """A link to what has this id on the page."""
    return element("a", *content, href=address(target), **attributes)
