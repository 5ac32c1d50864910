"""Names of an overlay: they take nothing from the bundled data, and are said to be its own."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rcpref
import webpage
from conftest import environment, examples, run_command, run_inside
from helpers import folded, output, refuse, sample, write_files
from rcpref.answers.names import find_any
from rcpref.data.dataset import Data
from rcpref.export.atlas import atlas
from rcpref.export.atlas.words import look_up
from rcpref.spelling import key_of

FOLDER = Path(__file__).with_name("fixtures") / "overlay-names"
FILES = {
    file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8")
    for file in FOLDER.rglob("*.toml")
}
"""An overlay without an error that gives to its own whatever names it can."""


@pytest.fixture(scope="module")
def overlay() -> str:
    return str(FOLDER)


@pytest.fixture(scope="module")
def own(overlay: str) -> rcpref.Dataset:
    return rcpref.load(overlay=overlay)


# What both have --------------------------------------------------------------------------

BOTH = [
    (("show", "kenya"), "KEN", "own-process"),
    (("kenya",), "KEN", "own-process"),
    (("show", "kenya", "igad-rcp"), "KEN", "own-process"),
    (("show", "-p", "chair", "bali"), "bali-process", "own-process"),
    (("members", "Kenya"), "KEN", "own-process"),
    (("state", "Kenya"), "KEN", "own-process"),
    (("state", "uganda"), "UGA", "XAA"),
    (("timeline", "lima"), "lima-2013", "own-meeting"),
    (("compare", "bali", "igad-rcp"), "bali-process", "own-process"),
    (("disputes", "Bali"), "bali-process", "own-process"),
    (("map", "Bali"), "bali-process", "own-process"),
    (("cite", "bali"), "bali-process", "own-process"),
    (("text", "Lima"), "lima-2013", "own-meeting"),
    (("list", "processes", "--member", "kenya"), "KEN", "own-process"),
    (("list", "processes", "--chair", "Uganda"), "UGA", "XAA"),
    (("list", "processes", "--attended", "Lima"), "lima-2013", "own-meeting"),
    (("list", "processes", "--secretariat", "ICMPD"), "icmpd", "own-secretariat"),
]


@pytest.mark.parametrize(("args", "one", "other"), BOTH, ids=lambda each: str(each))
def test_a_name_that_an_overlay_shares_is_the_error_that_lists_both(
    overlay: str, args: tuple[str, ...], one: str, other: str
) -> None:
    error = run_command(*args, "--data", overlay, code=2).err.splitlines()
    assert " matches " in error[0]
    for key in (one, other):
        assert key in error[0]
    assert error[1:] == ["hint: use one of these ids"]


@pytest.mark.parametrize("command", ["show", "members", "state", "cite"])
def test_a_shared_name_on_standard_input_is_refused_too(overlay: str, command: str) -> None:
    line = (command, "-", "--data", overlay)
    found = run_inside(line, environment(), stdin=b"Kenya\n")
    assert (found.code, found.out) == (2, "")
    assert "Kenya (KEN), own-process" in found.err


def test_the_api_refuses_a_shared_name(own: rcpref.Dataset) -> None:
    asked: list[tuple[Callable[[str], Any], str, set[str]]] = [
        (own.find, "Bali", {"bali-process", "own-process"}),
        (own.find, "Kenya", {"KEN", "own-process"}),
        (own.find_state, "Uganda", {"UGA", "XAA"}),
        (own.members, "Bali Process", {"bali-process", "own-process"}),
        (own.timeline, "Kenya", {"KEN", "own-process"}),
        (lambda name: own.member("own-process", name), "kenya", {"KEN", "own-process"}),
    ]
    for question, name, candidates in asked:
        with pytest.raises(rcpref.AmbiguousName) as caught:
            question(name)
        assert set(caught.value.candidates) == candidates


def test_which_names_both_and_says_that_neither_is_taken(overlay: str) -> None:
    items = run_command("which", "kenya", "--data", overlay, "-f", "json").json["items"]
    assert {item["id"]: item.get("overlay") for item in items} == {"own-process": True, "KEN": None}
    assert {item["taken"] for item in items} == {"none: it matches several, use an id"}


# What is bundled stays ---------------------------------------------------------------------

EXACT = [
    ("show", "KEN"),
    ("KEN",),
    ("show", "404"),
    ("which", "KEN"),
    ("which", "igc"),
    ("state", "KEN"),
    ("state", "UGA"),
    ("members", "igc"),
    ("list", "processes", "--attended", "lima-2013"),
    ("list", "processes", "--secretariat", "International Centre for Migration Policy Development"),
    ("cite", "a-69-207-es"),
    ("cite", "mrs-45", "a-res-65-170"),
    ("cite", "lima-2013"),
    ("text", "lima-2013"),
    ("text", "lima-2013/conclusion-5"),
    ("text", "conclusion-5"),
    ("text", "conclusion-1..3"),
    ("text", "Lima conclusion 5"),
    ("text", "Lima/conclusion-5"),
    ("text", "paragraph 4", "--quote"),
    ("cite", "conclusion-5"),
    ("cite", "Lima conclusion 5"),
    ("cite", "Lima", "conclusion", "5", "mrs-45"),
    ("conclusions",),
]
"""Ids, codes, keys and references, letter for letter, in whose place the overlay has a name."""


@pytest.mark.parametrize("args", sample(EXACT, EXACT[::4]), ids=" ".join)
def test_ids_codes_keys_and_passages_mean_what_they_mean_without_an_overlay(
    overlay: str, args: tuple[str, ...]
) -> None:
    lines = run_command(*args, "--data", overlay).lines
    theirs = [line for line in lines if "own-" not in line]
    assert theirs == output(*args).lines
    # What it adds to a State is the claims of its own.
    assert theirs == lines or args[-1] in ("KEN", "KE", "404", "UGA")


def test_names_that_only_the_overlay_has_mean_its_own(overlay: str, own: rcpref.Dataset) -> None:
    for name in (
        "own-process",
        "OWN PROCESS",
        "own-process (Own Process)",
        "Processus des consultations à Lima",
    ):
        assert own.find(name).id == "own-process"
        assert run_command("members", name, "--data", overlay).ids == ["KEN", "UGA", "XAA"]
    assert own.find_state("Ruritania").alpha3 == own.find_state("XA").alpha3 == "XAA"
    assert run_command("text", "aa-minutes/conclusion-5", "--data", overlay).ids == [
        "aa-minutes/conclusion-5"
    ]
    for reference in (
        "Summary conclusion 5",
        "Own Minutes conclusion 5",
        "own-meeting/conclusion-5",
    ):
        assert run_command("text", reference, "--data", overlay).out.endswith("of our own.\n")
    # The Lima summary has no such paragraph.
    assert (
        run_command("text", "own-meeting", "--data", overlay)
        .lines[1]
        .endswith("More words of our own.")
    )


def test_an_own_property_and_an_own_state_are_taken_as_any(overlay: str) -> None:
    rating = run_command("show", "own-process", "-p", "own-rating", "--data", overlay)
    assert rating.ids == ["7"]
    assert run_command("state", "Ruritania", "--data", overlay).ids == ["own-process"]
    refuse("show", "prague-process", "-p", "own-rating", codes=(2,))


def test_an_own_name_of_two_bundled_ones_does_not_swallow_them(overlay: str) -> None:
    for command in ("show", "timeline"):
        error = run_command(command, "Peru", "Kenya", "--data", overlay, code=2).err
        assert "'Peru Kenya' can be read as 'Peru' and 'Kenya' or as 'Peru Kenya'" in error
    # Codes are codes, and quotation marks hold a name together.
    assert run_command("show", "PER", "KEN", "--data", overlay).ids[0] == "PER"
    whole = run_command("members", "Peru Kenya", "--data", overlay)
    assert whole.ids == ["KEN", "UGA", "XAA"]


def test_a_name_with_words_left_out_takes_no_whole_name(tmp_path: Path) -> None:
    """A "Kenya Process" is no Kenya, though its name may be given without "Process"."""
    head = FILES["processes/own-process.toml"].partition("aliases")[0]
    files = {
        "processes/own-process.toml": head + 'aliases = ["Kenya Process", "Dialogue on Peru"]\n'
    }
    folder = str(write_files(tmp_path, files))
    for name in ("Kenya", "Peru", "KEN"):
        hint = refuse("members", name, "--data", folder, codes=(1,)).err
        assert hint == refuse("members", name, codes=(1,)).err
        assert run_command("state", name, "--data", folder).ids == output("state", name).ids
        assert run_command("which", name, "--data", folder).out == output("which", name).out
    assert run_command("which", "Kenya Process", "--data", folder).ids == ["own-process"]


def test_an_own_id_that_is_a_bundled_name_is_refused_like_any_shared_name(tmp_path: Path) -> None:
    head = FILES["processes/own-process.toml"].partition("aliases")[0]
    folder = str(
        write_files(
            tmp_path,
            {
                f"processes/{key}.toml": head.replace("own-process", key).replace(
                    "Own", f"Own {key}"
                )
                for key in ("bali", "kenya", "rabat-declaration")
            },
        )
    )
    for name, one in (("bali", "bali-process"), ("kenya", "KEN")):
        for command in ("show", "members", "cite", "timeline"):
            error = run_command(command, name, "--data", folder, code=2).err
            assert one in error and name in error
    # With words left out it is called like the Rabat Process, and its id is its own.
    assert run_command("show", "rabat-declaration", "--data", folder).ids[0] == "rabat-declaration"
    assert "rabat-process, rabat-declaration" in refuse("members", "rabat", "--data", folder).err


def test_an_overlay_changes_no_citation_of_a_bundled_document(tmp_path: Path) -> None:
    document = """\
id = "a-res-68-4"

[[claim]]
property = "url"
value = "https://own.example/"
source = "a-res-68-4"
"""
    source = """\
title = "Own title"
publisher = ["Own Publisher"]
tier = "primary"
type = "document"
number = "{}"
url = "{}"

"""
    symbols = {"a-res-68-4": "A/RES/68/4", "own-b": "A/RES/65/170", "own-c": "A/RES/1/1"}
    text = FILES["texts/aa-minutes.toml"].replace('"own-minutes"', '"a-res-68-4"')
    files = {
        "documents/a-res-68-4.toml": document,
        "sources.toml": "".join(
            f"[{key}]\n{source.format(symbol, f'https://own.example/{key}')}"
            for key, symbol in symbols.items()
        ),
        "texts/aa-minutes.toml": text.replace('"own-meeting"', '"lima-2013"'),
    }
    folder = str(write_files(tmp_path, files))
    for key in ("a-res-68-4", "a-res-65-170", "A/RES/67/219", "mrs-45", "lima-2013"):
        assert run_command("cite", key, "--data", folder).out == output("cite", key).out
    own = run_command("cite", "aa-minutes/conclusion-5", "--data", folder)
    assert own.out.startswith("Own Publisher, Own title")
    assert "aa-minutes/conclusion-5" in own.err


def test_an_overlay_renames_nobody_who_publishes(tmp_path: Path) -> None:
    shown = output("show", "igc", "--full", "-f", "table").out
    data = rcpref.load()
    names = {name for source in data.sources.values() for name in source.publisher}
    names = {name for name in names if name in shown}
    assert names
    files = {
        f"organizations/own-{number}.toml": f'id = "own-{number}"\nkind = "organization"\n'
        f'name = "{name}"\nshort_name = "Nobody {number}"\n'
        for number, name in enumerate(sorted(names))
    }
    folder = str(write_files(tmp_path, files))
    assert "Nobody" not in run_command("show", "igc", "--full", "-f", "table", "--data", folder).out


@cache
def names_of_the_data() -> list[str]:
    data = rcpref.load()
    names = data.plain.names
    return sorted({name for _, name, _ in (*names.records.listed(), *names.states.listed())})


SPELT: list[Callable[[str], str]] = [
    str,
    str.lower,
    str.upper,
    lambda name: f"the {name}",
    lambda name: f"{name} Process",
]


@settings(max_examples=examples(8))
@given(drawn=st.data())
def test_no_name_of_an_overlay_takes_or_hides_what_a_name_means(drawn: st.DataObject) -> None:
    bundled, pick = rcpref.load(), st.sampled_from(names_of_the_data())
    names = [drawn.draw(st.sampled_from(SPELT))(drawn.draw(pick)) for _ in range(3)]
    own = {"id": "own", "kind": "process", "overlay": True}
    own |= {"name": names[0], "short_name": names[1], "aliases": names[2:]}
    records = {**bundled.document["records"], "own": own}
    mixed = Data({**bundled.document, "records": records}, overlay="own")
    codes: set[str | None] = {*bundled.records, *bundled.countries}
    codes |= {code for each in bundled.countries.values() for code in (each.alpha2, each.numeric)}
    for query in (*names, names[0].title(), drawn.draw(pick)):
        found, without = mixed.plain.names.match(query), bundled.plain.names.match(query)
        assert [match for match in found if match.key != "own"] == without
        is_own = len(found) > len(without)
        assert not is_own or query not in codes
        assert is_own or query in codes or key_of(query) not in map(key_of, names)
        if is_own and without:
            with pytest.raises(rcpref.AmbiguousName) as caught:
                find_any(mixed, query)
            assert "own" in caught.value.candidates


# What is its own says so --------------------------------------------------------------------

OWN_ANSWERS = [
    (("show", "own-process"), "own-process"),
    (("show", "own-process", "-p", "chair"), "overlay:own-page"),
    (("show", "KEN"), "own-process"),
    (("members", "own-process"), "own-process"),
    (("state", "UGA"), "overlay:own-page"),
    (("timeline", "own-process"), "own-process"),
    (("list", "processes"), "own-process"),
    (("list", "processes", "--chair", "UGA", "--as-of", "2023"), "own-process"),
    (("list", "states", "--all"), "XAA"),
    (("list", "texts"), "aa-minutes"),
    (("list", "conclusions"), "aa-minutes/conclusion-5"),
    (("list", "properties"), "own_rating"),
    (("list", "sources", "Own"), "overlay:own-page"),
    (("which", "own-process"), "own-process"),
    (("search", "Words of our own"), "aa-minutes/conclusion-5"),
    (("text", "aa-minutes/conclusion-5"), "aa-minutes/conclusion-5"),
    (("text", "aa-minutes/conclusion-5", "--quote"), "aa-minutes/conclusion-5"),
    (("cite", "aa-minutes/conclusion-5"), "aa-minutes/conclusion-5"),
    (("cite", "overlay:own-page", "--style", "ris"), "overlay:own-page"),
    (("cite", "own-page", "--style", "csl-json"), "overlay:own-page"),
    (("compare", "own-process", "igc"), "own-process"),
    (("matrix",), "own-process"),
    (("map", "own-process"), "own-process"),
]
"""Command lines whose answer has something of the overlay, and what it is called."""


@pytest.mark.parametrize(
    ("args", "key"), sample(OWN_ANSWERS, OWN_ANSWERS[::4], several=True), ids=lambda each: str(each)
)
def test_standard_error_names_what_is_from_the_overlay(
    overlay: str, args: tuple[str, ...], key: str
) -> None:
    formats = ("tsv", "csv", "json") if args in FORMATS else ()
    for asked in ((), *(("-f", format) for format in formats)):
        result = run_command(*args, *asked, "--data", overlay)
        (line,) = re.findall("(?m)^from your overlay: (.*)$", result.err)
        assert key in re.split(", | and ", line)


@pytest.mark.parametrize(
    ("args", "key"), sample(OWN_ANSWERS, OWN_ANSWERS[::4], several=True), ids=lambda each: str(each)
)
def test_what_people_read_names_it_too(overlay: str, args: tuple[str, ...], key: str) -> None:
    for format in ("table", "markdown") if args in FORMATS else ("table",):
        shown = run_command(*args, "-f", format, "--data", overlay).out
        named = folded(shown.replace("\\", "")).rpartition("From your overlay: ")[2]
        assert key in re.split(", | and ", named.partition(". rcpref ")[0])


FORMATS = (
    ("show", "own-process"),
    ("list", "processes"),
    ("which", "own-process"),
    ("search", "Words of our own"),
    ("text", "aa-minutes/conclusion-5"),
    ("cite", "aa-minutes/conclusion-5"),
)
"""Those of them that are asked for in each format."""


def test_an_answer_with_nothing_of_the_overlay_does_not_name_it(overlay: str) -> None:
    for args in (("members", "igc"), ("text", "lima-2013"), ("cite", "mrs-45"), ("show", "oas")):
        for format in ("tsv", "json"):
            result = run_command(*args, "-f", format, "--data", overlay)
            assert result.err == run_command(*args, "-f", format).err


def test_json_marks_each_item_of_the_overlay(overlay: str) -> None:
    def marked(*args: str) -> set[str]:
        items = run_command(*args, "--data", overlay, "-f", "json").json["items"]
        return {str(item.get("id", item.get("ref"))) for item in items if item.get("overlay")}

    assert marked("list", "states", "--all") == {"XAA"}
    assert marked("list", "texts") == {"aa-minutes"}
    assert marked("list", "properties") == {"own_rating"}
    assert marked("list", "conclusions") == {"aa-minutes/conclusion-5"}
    assert marked("list", "meetings") == {"own-meeting"}
    assert marked("text", "aa-minutes") == {"aa-minutes/conclusion-5", "aa-minutes/paragraph-99"}
    assert "aa-minutes/conclusion-5" in marked("search", "Words of our own")
    assert marked("show", "XAA") == {"XAA"}


@pytest.mark.wide
def test_of_many_own_records_a_few_are_named(tmp_path: Path) -> None:
    head = FILES["processes/own-process.toml"].partition("aliases")[0]
    files = {
        f"processes/own-{number:03}.toml": head.replace("own-process", f"own-{number:03}").replace(
            "Own", f"Own {number}"
        )
        for number in range(300)
    }
    folder = str(write_files(tmp_path, files))
    line = "from your overlay: own-000, own-001, own-002, own-003, own-004 and 295 more"
    assert run_command("list", "processes", "--data", folder).err == f"{line}\n"
    table = folded(run_command("list", "processes", "-f", "table", "--data", folder).out)
    assert f"F{line[1:]}." in table


def test_a_picture_says_what_is_from_the_overlay(overlay: str) -> None:
    drawn = run_command("map", "own-process", "-o", "-", "--data", overlay).out
    words = folded(" ".join(re.findall(r">([^<]*)<", drawn)))
    assert "From your overlay: own-process" in words


@pytest.mark.usefixtures("small")
def test_a_text_of_an_overlay_on_a_bundled_document_says_whose_words_they_are(
    tmp_path: Path,
) -> None:
    text = FILES["texts/aa-minutes.toml"].replace('"own-minutes"', '"lima-2013-chairs-summary"')
    text = text.replace('"own-meeting"', '"lima-2013"')
    folder = write_files(tmp_path / "own", {"texts/aa-minutes.toml": text})
    data, said = rcpref.load(overlay=folder), "The words are from your overlay."
    for reference in ("aa-minutes", "aa-minutes/conclusion-5"):
        assert said in folded(
            run_command("text", reference, "-f", "table", "--data", str(folder)).out
        )
    book = data.export(tmp_path / "book.md").files[str(tmp_path / "book.md")].decode()
    assert book.count(said) == 1
    assert book.index("Words of our own") < book.index(said)
    page = webpage.read(atlas(data).decode())
    kinds = {
        each["id"]: each.first("p").text()
        for each in page.all("section")
        if "text" in each["class"]
    }
    assert kinds == {"text:lima-2013": "text", "text:aa-minutes": "text, from your overlay"}


# The atlas -----------------------------------------------------------------------------------


@pytest.mark.wide
def test_the_atlas_knows_what_a_shared_name_means(own: rcpref.Dataset) -> None:
    meant = look_up(own, list(own.countries))
    pages = {*own.records, *own.countries}
    codes = ("own-process", "own-meeting", "own-secretariat", "XAA", "KEN", "bali-process", "igc")
    names = own.plain.names
    every = (*names.records.listed(), *names.states.listed())
    known = [name for key, name, _ in every if key in codes]
    for name in (*known, *map(str.lower, known), *map(str.title, known), "lima", "Colombo"):
        told = meant["exact"].get(name) or meant["meant"].get(key_of(name))
        wanted = {match.key for match in names.match(name)}
        assert told is None or set(told) == wanted & pages, name
    assert meant["exact"]["KEN"] == ["KEN"]
    assert set(meant["meant"]["ken"]) == {"KEN", "own-process"}
    assert set(meant["meant"]["bali"]) == {"bali-process", "own-process"}
    assert look_up(rcpref.load(), list(own.countries))["exact"] == {}


@pytest.mark.usefixtures("small")
def test_the_atlas_links_a_name_to_what_the_data_call_so(tmp_path: Path) -> None:
    head = FILES["processes/own-process.toml"].partition("aliases")[0]
    folder = write_files(
        tmp_path, {"processes/own-process.toml": head.replace('"Own Process"', '"Kenya"')}
    )
    page = webpage.read(atlas(rcpref.load(overlay=folder)).decode())
    own = next(each for each in page.all("section") if each["id"] == "own-process")
    links = {each["href"] for each in page.all("a") if each.text() == "Kenya"}
    assert "#KEN" in links
    there = {
        each["id"]
        for each in page.all("section")
        if "#own-process" in {a["href"] for a in each.all("a")}
    }
    assert own["id"] not in there
