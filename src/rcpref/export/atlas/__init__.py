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
from string import Template
from typing import TYPE_CHECKING, Any

from rcpref.answers.search import WEIGHTS, is_list
from rcpref.citation.items import citation_of
from rcpref.citation.styles import text
from rcpref.dates import MONTHS
from rcpref.export.atlas import maps, overviews, texts, timeline
from rcpref.export.atlas.answers import Answers
from rcpref.export.atlas.records import Pages, states, year_scale
from rcpref.export.atlas.words import Words, link, look_up
from rcpref.export.pictures.shapes import shapes
from rcpref.export.pictures.svg import STEP_WORDS, STEPS, palette
from rcpref.report.html import Content, Html, data_script, element, html
from rcpref.version import versions
from rcpref.views.compare import disputes
from rcpref.views.words import data_line

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

_EARLY = "document.documentElement.className='js'"
"""Before anything is drawn: with a script, one page is shown at a time."""

_SCRIPTS = ("elements", "answers", "maps", "views", "search", "names", "found", "save", "atlas")
"""The files of the script, in the order in which they stand in the page."""


def atlas(data: Data) -> bytes:
    # Within a head and body, a line that begins with words goes on with the line before.
    frame = re.sub(r"\n +(?=[<$])|<!--.*-->", "", _read("page.html"))
    page = Template(re.sub(r"\n +", " ", frame))
    parts = {**_own(data), **_parts(data)}
    return page.substitute({name: html(part) for name, part in parts.items()}).encode()


def _read(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as stream:
        return stream.read()


def _code(name: str) -> str:
    """A style or script without its comments, which have lines of their own."""
    lines = map(str.strip, _read(name).splitlines())
    return "\n".join(line for line in lines if line and not _COMMENT.fullmatch(line))


_COMMENT = re.compile(r"//.*|/\*.*\*/")


def _own(data: Data) -> dict[str, Content]:
    """Style and scripts, and the policy that allows these alone."""
    colours = "".join(f"--{name}:{colour};" for name, colour in palette().items())
    style = f":root{{{colours}}}\n{_code('atlas.css')}"
    script = "\n".join(_code(f"script/{name}.js") for name in _SCRIPTS)
    policy = (
        f"default-src 'none'; script-src {_digest(_EARLY)} {_digest(script)}; "
        f"style-src {_digest(style)}; img-src data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    # They are our own, and have no end of an element in them.
    return {
        "policy": element("meta", http_equiv="Content-Security-Policy", content=policy),
        "generator": element("meta", name="generator", content=versions(data.version, data.date)),
        "early": Html(f"<script>{_EARLY}</script>"),
        "style": Html(f"<style>{style}</style>"),
        "script": Html(f"<script>{script}</script>"),
    }


def _digest(text: str) -> str:
    found = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(found).decode()}'"


# What the page is filled with ---------------------------------------------------------


def _parts(data: Data) -> dict[str, Content]:
    answers, codes = Answers(data), data.plain.states_named()
    words = Words(data, codes)
    pages = Pages(data, answers, words)
    first, last = answers.times.span
    info, world = data.info, shapes()
    overlay = ", with an overlay" if data.overlay else ""
    version = f"version {info.version} of {info.date}{overlay}, sha256:{data.digest}"
    # Those of an overlay last: "conclusion 5" is that of the first.
    every = sorted(data.texts.values(), key=lambda text: text.overlay)
    disputed = disputes(data, ()).lines
    return {
        "patterns": maps.patterns(),
        "scale": year_scale(first[:4], last[:4]),
        "areas": maps.areas(codes),
        "links": [link(texts.page_id(t), data.records[t.meeting].short_name) for t in every],
        "first": first[:4],
        "end": str(int(last[:4]) + 1),
        "months": [element("option", name, value=f"{n:02}") for n, name in enumerate(MONTHS, 1)],
        "home": overviews.home(data, answers),
        "records": map(pages.record, data),
        "states": states(data, answers, codes),
        "steps": [element("li", maps.swatch(f"h{n}"), STEP_WORDS[n]) for n in range(1, len(STEPS))],
        "overlap": overviews.overlap(data, answers),
        "timeline": timeline.drawing(data, answers),
        "disputes": str(len({id(line.dispute) for line in disputed})),
        "disagreements": overviews.disagreements(data, words, disputed),
        "texts": [texts.page(data, each) for each in every],
        "index": overviews.index(data, codes),
        "counted": str(len(data.sources)),
        "sources": overviews.sources(data),
        "signs": overviews.signs(),
        "about": f"{info.citation}, {version}. {info.licence}. {info.licence_note}",
        "note": world.note,
        "origin": world.origin,
        "projection": world.projection,
        "data_line": data_line(data),
        "data": _data(data, answers, codes),
    }


def _cited(data: Data) -> dict[str, Any]:
    """Citations as `rcpref cite` has them; most differ in name and id alone."""
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
