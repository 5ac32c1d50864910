"""The data set as an atlas: one file of HTML that asks for nothing, readable without its script.

Its policy, which stands in the page, allows the style and the scripts that are in it, by
their digests, and nothing else; and no script may make HTML of strings.

Ids of the page's own parts begin with a capital letter, as no id of a record does.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.search import WEIGHTS, is_list
from rcpref.citation.items import MONTHS, citation_of
from rcpref.citation.styles import text
from rcpref.export.atlas import maps, overviews, texts, timeline
from rcpref.export.atlas.answers import Answers
from rcpref.export.atlas.records import Pages, states, year_scale
from rcpref.export.atlas.words import Words, link, look_up
from rcpref.export.pictures.shapes import shapes
from rcpref.export.pictures.svg import STEPS, palette
from rcpref.report.html import Html, data_script, element
from rcpref.version import versions
from rcpref.views.words import data_line

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.model.texts import Text

_EARLY = "document.documentElement.className='js'"
"""Before anything is drawn: with a script, one page is shown at a time."""

_SCRIPTS = ("elements", "answers", "maps", "views", "search", "names", "found", "save", "atlas")
"""The files of the script, in the order in which they stand in the page."""


def atlas(data: Data) -> bytes:
    answers, codes = Answers(data), data.plain.states_named()
    colours = "".join(f"--{name}:{colour};" for name, colour in palette().items())
    style = f":root{{{colours}}}\n{_file('atlas.css')}"
    script = "\n".join(_file(f"script/{name}.js") for name in _SCRIPTS)
    body = element("body", *_body(data, answers, codes), _data(data, answers, codes), _code(script))
    head = _head(data, style, script)
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}\n{body}\n</html>\n'.encode()


def _file(name: str) -> str:
    """A style or script without its comments, which stand in lines of their own."""
    path = os.path.join(os.path.dirname(__file__), name)
    with open(path, encoding="utf-8") as stream:
        lines = [line.strip() for line in stream]
    return "\n".join(line for line in lines if line and not _COMMENT.fullmatch(line))


_COMMENT = re.compile(r"//.*|/\*.*\*/")


def _code(script: str) -> Html:
    """A script as it is: it is our own, and has no end of an element in it."""
    return Html(f"<script>{script}</script>")


def _head(data: Data, style: str, script: str) -> Html:
    codes = " ".join(f"'{_digest(each)}'" for each in (_EARLY, script))
    policy = (
        f"default-src 'none'; script-src {codes}; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=versions(data.version, data.date)),
        element("title", _TITLE),
        element("link", rel="icon", href="data:,"),
        _code(_EARLY),
        Html(f"<style>{style}</style>"),
    )


def _digest(text: str) -> str:
    found = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(found).decode()}"


_TITLE = "Atlas of regional consultative processes on migration"


# The body ---------------------------------------------------------------------------


def _body(data: Data, answers: Answers, codes: Sequence[str]) -> list[Html]:
    words = Words(data, codes)
    pages = Pages(data, answers, words)
    first, last = answers.times.span
    main = [
        _when(answers),
        element("p", id="Notice", role="status", hidden=""),
        overviews.home(data, answers),
        *map(pages.record, data),
        *states(data, answers, codes),
        overviews.overlap(data, answers),
        timeline.times(data, answers),
        overviews.by_year(),
        overviews.disagreements(data, words),
        *(texts.page(data, each) for each in _texts(data)),
        overviews.index(data, codes),
        overviews.sources(data),
        overviews.about(data),
        overviews.page(
            "Found",
            "Search",
            element("ul", id="Named"),
            element("p", id="Count", role="status"),
            element("ol", id="Hits"),
            element("button", id="More", type="button", hidden=""),
        ),
    ]
    foot = element("p", f"{data_line(data)} ", shapes().note, " ", link("About", "About"))
    return [
        maps.definitions(codes, year_scale(first[:4], last[:4])),
        element("a", "Skip to the content", href="#Main", class_="skip"),
        _header(data),
        element("main", *main, id="Main", tabindex=-1),
        element("footer", foot),
    ]


def _header(data: Data) -> Html:
    places = [("Home", "Processes"), ("Overlap", "Overlap"), ("Timeline", "Timeline")]
    places += [("ByYear", "By year"), ("Disputes", "Disagreements")]
    places += [
        (texts.page_id(text), data.records[text.meeting].short_name) for text in _texts(data)
    ]
    places += [("Records", "Records"), ("Sources", "Sources"), ("About", "About")]
    search = element(
        "form",
        element("label", "Find a process, a State, words", for_="Query", class_="vh"),
        element(
            "input",
            id="Query",
            type="search",
            list="Names",
            placeholder="Search",
            autocomplete="off",
        ),
        element("datalist", id="Names"),
        element("button", "Find"),
        role="search",
        id="Search",
    )
    return element(
        "header",
        element("p", link("Home", "RCP atlas"), class_="brand"),
        element("nav", *(link(key, name) for key, name in places), aria_label="Parts"),
        search,
        element("button", "Dark", id="Theme", type="button"),
    )


def _when(answers: Answers) -> Html:
    """What moves the date; without a script there is nothing that it could move."""
    first, last = answers.times.span
    end = int(last[:4]) + 1
    months = [element("option", "whole year", value="")]
    months += [element("option", name, value=f"{n:02}") for n, name in enumerate(MONTHS, 1)]
    return element(
        "div",
        element("label", "Year", for_="Year", class_="vh"),
        element(
            "div",
            element("button", "\u2039", id="Back", type="button", aria_label="A year back"),
            element(
                "div",
                element(
                    "input", id="Year", type="range", min=first[:4], max=end, step=1, value=end
                ),
                class_="range",
            ),
            element("button", "\u203a", id="On", type="button", aria_label="A year on"),
            class_="slide",
        ),
        element("button", "Last known", id="Now", type="button", aria_pressed="true"),
        element("label", "Month", for_="Month", class_="vh"),
        element("select", *months, id="Month"),
        element("output", "as last known", id="At", for_="Year Month"),
        id="When",
    )


def _texts(data: Data) -> list[Text]:
    """The texts, those of an overlay last: "conclusion 5" is that of the first."""
    return sorted(data.texts.values(), key=lambda text: text.overlay)


def _cited(data: Data) -> dict[str, Any]:
    """Citations as `rcpref cite` has them: of most records the same, but for name and id."""
    cited = {each.id: text(citation_of(data, each)) for each in data}
    forms = {
        each.id: cited[each.id].replace(each.name, "\0NAME\0").replace(f" {each.id}]", " \0ID\0]")
        for each in data
    }
    form, _ = Counter(forms.values()).most_common(1)[0] if forms else ("", 0)
    return {
        "all": text(citation_of(data, data)),
        "record": form.split("\0"),
        "own": {key: cited[key] for key, own in forms.items() if own != form},
        "data": f"rcpref data {data.version}",
    }


# Data for the script ----------------------------------------------------------------


def _data(data: Data, answers: Answers, codes: Sequence[str]) -> Html:
    content: dict[str, Any] = {
        **answers.encoded(),
        **look_up(data, codes),
        "cited": _cited(data),
        "note": shapes().note,
        "events": overviews.happened(data, answers),
        "weights": WEIGHTS,
        "lists": [raw["label"] for raw in data.document["properties"].values() if is_list(raw)],
        "most": overviews.MOST_COMPARED,
        "steps": len(STEPS) - 1,
        "world": [shapes().width, shapes().height],
    }
    return data_script(content, "application/json", id="Data")
