"""A page of HTML read back as elements, by the rules of HTML on ends that may be left out.

And an overlay of somebody who wants a page, its script or its pictures to do what they say.
"""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from helpers import write_files

HOSTILE = (
    "</title></svg></script><script>alert(1)</script><img src=x onerror=alert(2)> \"'`<!-- ]]> "
    "&amp; <style>*{}</style> javascript:alert(3) \u200f \u540d"
)
PROCESSES = ("constructor", "tostring", "hasownproperty", "script")
"""Ids that every object of a script has; the first has the name of one, the others hostile ones."""

TERMS = ("home", "sources", "data", "main", "year", "p-possible", "m-ken")
"""Ids that could be taken for those of parts of the atlas."""

LONG = f"{'Very ' * 300}long"


def hostile_overlay(folder: Path) -> str:
    """Write records with such ids, whose every word is hostile; the folder."""
    words = json.dumps(HOSTILE)
    own = f'title = {words}\npublisher = [{words}]\ntier = "primary"\nnote = {words}\n'
    files = {
        "sources.toml": f'[own]\n{own}url = "javascript:alert(4)"\n'
        f'[own-note]\n{own}url = "https://example.org/?a=%3Cb%3E&c"\nlanguage = "fr"\n',
        "documents/own-note.toml": f'id = "own-note"\nkind = "document"\nname = {words}\n'
        f"short_name = {words}\n",
        "texts/own-text.toml": f'id = "own-text"\ntitle = {words}\ndocument = "own-note"\n'
        f'meeting = "lima-2013"\nlanguage = "fr"\ndate = "2013"\n'
        f'[[passage]]\nkind = "paragraph"\nnumber = 1\ntext = {words}\n'
        'mentions = [{ record = "constructor", words = "alert" }]\n',
    }
    for key in TERMS:
        named = f'name = "{key}"\nshort_name = "{key}"\n'
        files[f"terms/{key}.toml"] = f'id = "{key}"\nkind = "term"\n{named}'
    for number, key in enumerate(PROCESSES):
        name = json.dumps(f"{HOSTILE} {number}" if number else "__proto__")
        claims = (
            ("secretariat", words), ("status", words), ("milestone", words), ("meeting", words),
            ("members", '["KEN"]'), ("chair", '["KEN"]'), ("founded", '"2012"'),
            ("website", f'"https://example.org/{number}/#/a@b?<script>"'),
            ("website", '"javascript:alert(5)"'),
        )  # fmt: skip
        files[f"processes/{key}.toml"] = (
            f'id = "{key}"\nkind = "process"\nname = {json.dumps(LONG) if number == 2 else name}\n'
            f"short_name = {name}\naliases = [{json.dumps(f'x {number} {HOSTILE}')}]\n"
        ) + "".join(
            f'[[claim]]\nproperty = "{key}"\nvalue = {value}\nas_of = "2013"\nnote = {words}\n'
            f'source = "{source}"\n'
            for key, value in claims
            for source in ("own", "own-note")
        )
    return str(write_files(folder, files))


EMPTY = ("meta", "link", "br", "input")
CLOSED_BY: dict[str, tuple[str, ...]] = {
    "li": ("li", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "option": ("option",),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "tr": ("td", "th", "tr", "p"),
    "tbody": ("td", "th", "tr", "thead", "tbody", "p"),
    **dict.fromkeys(
        ("blockquote", "details", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3",
         "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
        ("p",),
    ),
}  # fmt: skip
"""What a start ends, where it stands in it."""
OPTIONAL = ("p", "li", "dt", "dd", "option", "td", "th", "tr", "thead", "tbody")


class Element:
    """An element with its attributes and what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.content: list[Element | str] = []

    def __getitem__(self, key: str) -> str:
        return self.attributes.get(key) or ""

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    def all(self, *tags: str, class_: str = "") -> "Iterator[Element]":
        """The elements in it with one of some names, and a class."""
        for part in self.content:
            if isinstance(part, Element):
                if (not tags or part.tag in tags) and (not class_ or class_ in part.classes):
                    yield part
                yield from part.all(*tags, class_=class_)

    def first(self, *tags: str, class_: str = "") -> "Element":
        """The first such element."""
        return next(self.all(*tags, class_=class_))

    def text(self, without: str = "") -> str:
        """Its text; of elements with one name none."""
        return "".join(
            part if isinstance(part, str) else part.text(without)
            for part in self.content
            if isinstance(part, str) or part.tag != without
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self.open[-1].tag in CLOSED_BY.get(tag, ()):
            self.open.pop()
        assert len(attrs) == len(dict(attrs)), f"<{tag}> has an attribute twice: {attrs}"
        element = Element(tag, dict(attrs))
        self.open[-1].content.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].content.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open[-1].tag != tag:
            assert self.open[-1].tag in OPTIONAL, f"</{tag}> ends <{self.open[-1].tag}>"
            self.open.pop()
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def unknown_decl(self, data: str) -> Any:
        raise AssertionError(data)


def read(page: str) -> Element:
    """The page as one element; whatever is not well formed is an error."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, [element.tag for element in reader.open]
    return reader.open[0]
