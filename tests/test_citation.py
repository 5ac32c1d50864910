"""Citations, read back by the programs that people use them with."""

import calendar
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
import rispy
from jsonschema import Draft7Validator
from pybtex import PybtexEngine
from pybtex.database import Entry, parse_string

import rcpref
from helpers import sample
from rcpref.citation import items as citing
from rcpref.citation.items import Citation
from rcpref.citation.styles import STYLES, written
from rcpref.data.dataset import Data

Run = Callable[..., Any]

# The parts of the CSL-JSON schema (csl-data.json 1.0.2) that rcpref uses; no other key.
_NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {key: {"type": "string"} for key in ("literal", "family", "given")},
        "additionalProperties": False,
        "minProperties": 1,
    },
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
_STRINGS = [
    "annote", "id", "collection-number", "collection-title", "container-title", "DOI", "genre",
    "ISBN", "ISSN", "issue", "language", "note", "number", "page", "publisher", "section", "title",
    "title-short", "URL", "version", "volume",
]  # fmt: skip
SCHEMA = {
    "type": "object",
    "properties": {**{key: {"type": "string", "minLength": 1} for key in _STRINGS},
        "type": {
            "enum": ["article-journal", "article-newspaper", "book", "chapter", "dataset", "entry",
                "entry-encyclopedia", "report", "speech", "webpage"]},
        "author": _NAMES, "issued": _DATE, "accessed": _DATE},
    "required": ["id", "type", "title"],
    "additionalProperties": False,
}  # fmt: skip


@lru_cache(maxsize=1)
def _all() -> tuple[Citation, ...]:
    """Every record, passage and source, the data set, and a claim of each record."""

    def every(data: Data) -> Iterator[Citation]:
        yield citing.dataset_citation(data)
        for record in data:
            yield citing.record_citation(data, record)
            yield citing.claim_citation(data, record.claims[0])
        for passage in data.passages():
            yield citing.passage_citation(data, passage)
        for key in data.sources:
            yield citing.source_citation(data, key)

    return tuple(every(rcpref.load()))


def _unique() -> list[Citation]:
    return list({citation.item["id"]: citation for citation in _all()}.values())


def _one_of_each() -> list[Citation]:
    """One of all that have the same keys, as many authors and as much of a date."""

    def shape(item: dict[str, Any]) -> tuple[object, ...]:
        issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
        return item["type"], *sorted(item), len(item.get("author", ())[:2]), len(issued)

    return list({shape(citation.item): citation for citation in _unique()}.values())


def test_csl_items_keep_to_the_schema() -> None:
    validator = Draft7Validator(SCHEMA)
    for citation in _all():
        errors = [error.message for error in validator.iter_errors(citation.item)]
        assert not errors, (citation.ref, errors)
        json.dumps(citation.item)


def test_a_key_is_always_of_the_same_thing() -> None:
    items: dict[str, Any] = {}
    for citation in _all():
        known = items.setdefault(citation.item["id"], citation.item)
        assert known == citation.item, citation.ref


class Facts(NamedTuple):
    """What of a source must be the same in whatever form it is cited."""

    authors: tuple[str, ...]
    title: str
    date: str
    accessed: str
    number: str
    address: str
    language: str
    publisher: str


def _of_source(data: Data, key: str) -> Facts:
    """What the bibliography says, with the bodies as authors where they speak themselves."""
    source = data.sources[key]
    bodies = [name for name in source.publisher if name != "[not named]"]
    kind = source.type or "webpage"
    brought_out = kind in ("news", "press-release", "book", "journal-article")
    speak = bodies if source.tier == "primary" or not brought_out else []
    accessed, address = source.accessed or "", source.archived or source.url or ""
    address = quote(address, safe="".join(map(chr, range(128))))
    if source.copy and (source.number or "").startswith("A/"):
        # Read in a copy, which a note says; the United Nations keep it at its symbol.
        accessed, address = "", f"https://undocs.org/{source.number}"
    return Facts(
        tuple(map(str, source.author)) or tuple(speak),
        source.title + (f" [{source.title_en}]" if source.title_en else ""),
        source.date or "",
        accessed,
        source.number or "",
        address,
        source.language or "",
        "; ".join(bodies),
    )


def _of_csl(item: dict[str, Any]) -> Facts:
    names = [
        name.get("literal") or f"{name['family']}, {name['given']}"
        for name in item.get("author", ())
    ]
    issued, accessed = (
        "/".join(
            "-".join(f"{n:02}" for n in part) for part in item.get(key, {}).get("date-parts", ())
        )
        for key in ("issued", "accessed")
    )
    numbers = [item[key] for key in ("number", "collection-number", "issue") if key in item]
    # A body that is the author is not named twice.
    bodies = "; ".join(name["literal"] for name in item.get("author", ()) if "literal" in name)
    return Facts(
        tuple(names),
        item["title"],
        issued,
        accessed,
        "".join(numbers),
        item.get("URL", ""),
        item.get("language", ""),
        item.get("publisher", bodies),
    )


_TEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "{}%$&#_"},
}


def _plain(words: str) -> str:
    for tex, sign in _TEX.items():
        words = words.replace(tex, sign)
    return words


_MONTHS = dict(zip(calendar.month_abbr, range(13), strict=True))


def _of_bibtex(entry: Entry) -> Facts:
    fields = {name: _plain(value) for name, value in entry.fields.items()}
    names = [_plain(str(person)) for person in entry.persons.get("author", ())]
    month = _MONTHS[fields.get("month", "")[:3]]
    parts = [fields.get("year", ""), f"{month:02}" if month else ""]
    parts += [fields["day"].zfill(2)] if "day" in fields else []
    published = [fields.get(name, "") for name in ("publisher", "institution")]
    return Facts(
        tuple(name.strip("{}") for name in names),
        fields["title"][1:-1],
        "-".join(filter(None, parts)),
        fields.get("urldate", ""),
        fields.get("number", ""),
        fields.get("url", ""),
        fields.get("language", ""),
        next(filter(None, published), "").replace("} and {", "; ").strip("{}"),
    )


def _of_ris(entry: dict[str, Any]) -> Facts:
    return Facts(
        # Readers take what follows a comma for a given name: bodies have a sign like it.
        tuple(name.replace("\u201a", ",") for name in entry.get("authors", ())),
        entry["title"],
        "-".join(filter(None, entry.get("date", "").split("/"))),
        "-".join(filter(None, entry.get("access_date", "").split("/"))),
        entry.get("number", ""),
        "".join(entry.get("urls", ())),
        entry.get("language", ""),
        entry.get("publisher", ""),
    )


def _first_day(facts: Facts) -> Facts:
    """What BibTeX and RIS can say of a date: of an interval, its beginning."""
    return facts._replace(date=facts.date.partition("/")[0])


def test_the_citation_of_a_source_says_what_the_bibliography_does(data: Data) -> None:
    for key in data.sources:
        assert _of_csl(citing.source_citation(data, key).item) == _of_source(data, key)


def test_no_reader_of_ris_splits_the_name_of_a_body(data: Data) -> None:
    for citation in _unique():
        bodies = [name["literal"] for name in citation.item.get("author", ()) if "literal" in name]
        lines = written([citation], "ris")[0].splitlines()
        authors = [line for line in lines if line.startswith("AU")]
        assert not bodies or not any("," in line for line in authors), citation.ref


@pytest.mark.parametrize("style", sample(["plain", "alpha", "unsrt"], ["plain"]))
def test_no_style_of_bibtex_stops(style: str) -> None:
    found = _one_of_each()
    bibtex = "".join(written(found, "bibtex"))
    out = PybtexEngine().format_from_string(bibtex, style=style, output_backend="plaintext")
    assert len(out.splitlines()) >= len(found) > 50


def test_bibtex_and_ris_come_back_whatever_is_cited() -> None:
    citations = _unique()
    entries = parse_string("".join(written(citations, "bibtex")), "bibtex").entries
    read = {entry["id"]: entry for entry in rispy.loads("".join(written(citations, "ris")))}
    assert len(entries) == len(read) == len(citations)
    for citation in citations:
        said = _first_day(_of_csl(citation.item))
        assert _of_bibtex(entries[citation.item["id"]]) == said
        title = " ".join(said.title.split())
        assert _of_ris(read[citation.item["id"]]) == said._replace(title=title)


_CITED, *_STYLED = re.split(
    r"(?m)^== ", Path(__file__).with_name("references.txt").read_text(encoding="utf-8")
)
KEPT = {style: lines for style, _, lines in (each.partition("\n") for each in _STYLED)}
"""By style, the references to sources of every kind, as `references.txt` has them."""


@pytest.mark.parametrize("style", KEPT)
def test_references_are_as_they_were_kept(run: Run, style: str) -> None:
    made = run("cite", *_CITED.split(), "--style", style, "-f", "json").json["items"]
    of_now = "".join(f"{item['citation'].rstrip()}\n" for item in made)
    # The digest changes with every correction of the data.
    assert re.sub("sha256:[0-9a-f]+", "sha256:...", of_now) == KEPT[style]


@pytest.mark.parametrize(("line", "has", "has_not"), [
    ("fecl-1993-03 --style bibtex", "annote = {Described by the editors}", " note = {Described"),
    ("fecl-1993-03 --style ris", "RN  - Described by the editors", "N1  - Described"),
    ("fecl-1993-03", "1993", "Described by the editors"),
    ("iom-rcps-by-region", "RCPs by region, undated, read 23 November 2026, https://", "["),
])  # fmt: skip
def test_a_citation_has(run: Run, line: str, has: str, has_not: str) -> None:
    out = run("cite", *line.split()).out
    assert has in out and has_not not in out


def test_stored_copies_of_one_page_are_told_apart(run: Run, data: Data) -> None:
    for key, source in data.sources.items():
        if source.archived:
            assert source.archived_date and source.archived != source.url
            out = run("cite", key).out
            assert source.archived in out and f"copy stored on {source.archived_date}" in out


def test_versions_of_one_page_are_told_apart_by_their_notes(run: Run) -> None:
    keys = ("iom-budapest-new", "iom-budapest-old")
    lines = run("cite", *keys).out.splitlines()
    assert len(set(lines)) == 2
    assert "[Later stored version of the page]" in lines[0]


def test_a_heading_is_cited_as_the_document(run: Run) -> None:
    assert run("cite", "lima-2013/heading-1").out == run("cite", "lima-2013").out


def test_the_data_set_is_cited_with_version_and_digest(run: Run, data: Data) -> None:
    out = run("cite", "dataset", "--style", "csl-json").json[0]
    assert out["version"] == data.version and data.digest in out["note"]
    assert out["publisher"] == out["author"][0]["literal"] and "URL" not in out
    for style in STYLES:
        line = run("cite", "dataset", "--style", style).out
        for fact in (data.version, data.digest, data.date[:4], "The rcpref contributors"):
            assert fact in line, (style, fact)


def test_a_claim_is_cited_by_its_source(run: Run, data: Data) -> None:
    claim = data["colombo-process"].claims_of("chair")[0]
    answer = run("cite", claim.ref, "-f", "json").json
    assert answer["items"][0]["ref"] == claim.ref
    assert list(answer["sources"]) == [claim.source]
    assert answer["items"][0]["locator"] == f"claim {claim.ref}"
    for style in ("text", "ris", "csl-json"):
        assert f"claim {claim.ref}" in run("cite", claim.ref, "--style", style).out
    source = run("cite", claim.source, "-f", "json").json["items"][0]["csl"]
    assert source["id"] != answer["items"][0]["csl"]["id"]
    assert source["title"] == answer["items"][0]["csl"]["title"]


def test_where_in_a_work_is_an_item_of_json(run: Run) -> None:
    items = run("cite", "lima-2013/conclusion-5", "lima-2013", "-f", "json").json["items"]
    assert [item.get("locator") for item in items] == ["conclusion 5", None]


@pytest.mark.parametrize(("args", "code", "words"), [
    (["bali-proces"], 1, "bali-process"),
    (["lima-2013/conclusion-9"], 1, "lima-2013/conclusion-5"),
    ([""], 2, "empty"),
    (["international migration and development"], 2, "a-res-63-225"),
    (["lima-2013", "--style", "no-such-style"], 2, "bibtex"),
    (["lima-2013", "--style", "apa"], 2, "csl-json"),
], ids=str)  # fmt: skip
def test_what_cannot_be_cited(run: Run, args: list[str], code: int, words: str) -> None:
    assert words in run("cite", *args, code=code).err
