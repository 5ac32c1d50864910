"""Citations, read back by the programs that people use them with."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pytest
import rispy
from jsonschema import Draft7Validator
from pybtex.database import parse_string

import rcpref
from rcpref.citation import formats, styles
from rcpref.citation import items as citing
from rcpref.citation.items import Citation
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
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": "integer"},
            },
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
_STRINGS = [
    "id",
    "archive",
    "collection-number",
    "collection-title",
    "container-title",
    "event-place",
    "event-title",
    "genre",
    "ISSN",
    "note",
    "number",
    "publisher",
    "section",
    "title",
    "title-short",
    "URL",
    "version",
]
SCHEMA = {
    "type": "object",
    "properties": {
        **{key: {"type": "string", "minLength": 1} for key in _STRINGS},
        "type": {"enum": ["dataset", "entry", "report", "webpage"]},
        "author": _NAMES,
        "issued": _DATE,
        "event-date": _DATE,
    },
    "required": ["id", "type", "title"],
    "additionalProperties": False,
}


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
    """One of all that have the same keys, the same form of dates and the same signs in titles."""

    def shape(item: dict[str, Any]) -> tuple[object, ...]:
        dates = [item.get(key, {}) for key in ("issued", "accessed", "event-date")]
        parts = [list(map(len, date.get("date-parts", ()))) for date in dates]
        # Of plain ASCII, those that mean something in a style, in TeX, RIS or HTML.
        signs = {sign for sign in item["title"] if not sign.isascii() or sign in "\\<>&{}\"'()"}
        return item["type"], *sorted(item), str(parts), len(item.get("author", ())), *sorted(signs)

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


def test_bibtex_comes_back_the_same() -> None:
    citations = _unique()
    entries = parse_string("\n".join(map(formats.bibtex, citations)), "bibtex").entries
    assert len(entries) == len(citations)
    for citation in citations:
        item, fields = citation.item, entries[citation.item["id"]].fields
        assert _plain(fields["title"][1:-1]) == item["title"], citation.ref
        assert fields.get("url") == item.get("URL"), citation.ref
        if "issued" in item:
            assert fields["year"] == f"{item['issued']['date-parts'][0][0]:04}"
        else:
            assert "year" not in fields and "date" not in fields
        if "publisher" in item:
            publisher = fields.get("publisher") or fields.get("institution")
            assert _plain(publisher) == item["publisher"], citation.ref
        authors = entries[citation.item["id"]].persons.get("author", [])
        assert len(authors) == len(item.get("author", ())), citation.ref


def test_ris_comes_back_the_same() -> None:
    citations = _unique()
    read = {entry["id"]: entry for entry in rispy.loads("\n".join(map(formats.ris, citations)))}
    assert len(read) == len(citations)
    for citation in citations:
        item, entry = citation.item, read[citation.item["id"]]
        assert (entry.get("title") or entry.get("primary_title")) == " ".join(item["title"].split())
        assert entry.get("urls", []) == ([item["URL"]] if "URL" in item else [])
        assert entry.get("publisher") == item.get("publisher")
        year = entry.get("year")
        assert year == (f"{item['issued']['date-parts'][0][0]:04}" if "issued" in item else None)
        assert len(entry.get("authors", [])) == len(item.get("author", ()))


@pytest.mark.parametrize("style", ["apa", "chicago-author-date"])
def test_citeproc_reads_everything(style: str) -> None:
    found = _one_of_each()
    assert len(found) > 50
    made = styles.styled(found, style)
    for citation, words in zip(found, made, strict=True):
        start = citation.item["title"].split()[0].lower().strip('\u00ab\u00bf"')
        assert start in words.lower(), (citation.ref, words)


def test_the_words_of_a_plain_citation(run: Run) -> None:
    out = run("cite", "lima-2013/conclusion-5").out
    assert "Chair's Summary" in out and "conclusion 5" in out and "2013-05-23" in out
    report = run("cite", "mrs-45").out
    for words in ("Charles Harns", "IOM Migration Research Series 45", "2013", "http"):
        assert words in report


def test_a_heading_is_cited_as_the_document(run: Run) -> None:
    assert run("cite", "lima-2013/heading-1").out == run("cite", "lima-2013").out


def test_the_data_set_is_cited_with_version_and_digest(run: Run, data: Data) -> None:
    out = run("cite", "dataset", "--style", "csl-json").json[0]
    assert out["version"] == data.version and data.digest in out["note"]


def test_a_claim_is_cited_by_its_source(run: Run, data: Data) -> None:
    claim = data["colombo-process"].claims_of("chair")[0]
    answer = run("cite", claim.ref, "-f", "json").json
    assert answer["items"][0]["ref"] == claim.ref
    assert list(answer["sources"]) == [claim.source]
    assert claim.ref in answer["items"][0]["csl"]["note"]


def test_no_date_is_made_up(data: Data) -> None:
    for key, source in data.sources.items():
        item = citing.source_citation(data, key).item
        assert ("issued" in item) == (source.date is not None), key
        assert "accessed" not in item


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("bali-proces",), 1, "bali-process"),
        (("lima-2013/conclusion-9",), 1, "lima-2013/conclusion-5"),
        (("lima",), 2, "sacm"),
        (("",), 2, "empty"),
        (("lima-2013", "--style", "no-such-style"), 2, "bibtex"),
    ],
)
def test_what_cannot_be_cited(run: Run, args: tuple[str, ...], code: int, words: str) -> None:
    assert words in run("cite", *args, code=code).err


def test_without_the_extra_the_error_names_what_installs_it(monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "citeproc", None)
    with pytest.raises(rcpref.UsageProblem) as caught:
        styles.styled([citing.dataset_citation(rcpref.load())], "apa")
    assert "pip install 'rcpref[styles]'" in caught.value.hint
