"""`--lang`: States and records by their names in another language, and nothing else changed."""

import json
import pickle
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import rcpref
import webpage
from asking import bundled
from conftest import once, run_command
from helpers import EACH, output, refuse, write_files
from rcpref.data.document import read_folder
from rcpref.data.loading import data_folder
from rcpref.data.names import names_in
from rcpref.export.atlas import atlas
from rcpref.model import HELD_KINDS, LANGUAGES
from rcpref.spelling import key_of

FOREIGN = [code for code in LANGUAGES if code != "en"]

REFUSED = ("check", "diff", "new", "schema")
"""Commands on the facts as they are."""


@once
def called_in(lang: str) -> rcpref.Dataset:
    return rcpref.load(lang=lang)


@once
def facts() -> Any:
    """The plain data, read from the files by themselves."""
    return read_folder(data_folder())


def named(lang: str, key: str) -> tuple[str, str]:
    """What the files say a State or record is called in a language, and in which it is then."""
    raw = facts()["countries"].get(key) or facts()["records"][key]
    form = "short_name" if "kind" in raw else "name"
    if raw.get("kind") in (*HELD_KINDS, "document"):
        return raw[form], "en"
    found = raw.get("names", {}).get(lang)
    return (found, lang) if found else (raw[form], "en")


def items(*args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = output(*args, "-f", "json").json["items"]
    assert found
    return found


# Names and their order ------------------------------------------------------------------


@pytest.mark.parametrize("lang", FOREIGN)
def test_every_state_and_record_is_called_as_the_data_say(lang: str) -> None:
    data = called_in(lang)
    for part in ("countries", "records"):
        for key, known in facts()[part].items():
            shown = data.countries[key].name if part == "countries" else data[key].short_name
            assert (shown, data.plain.name_lang(key)) == named(lang, key)
            assert {*names_in(key, known)} == {*names_in(key, data.document[part][key])}


@pytest.mark.parametrize("lang", FOREIGN)
def test_entries_stand_in_the_order_of_the_names_shown(lang: str) -> None:
    data = called_in(lang)
    states = [key_of(country.name) for country in data.countries.values()]
    assert states == sorted(states) and len(states) == len(bundled().countries)
    kinds = [kind for kind, _ in groupby(record.kind for record in data)]
    assert kinds == [kind for kind, _ in groupby(record.kind for record in bundled())]
    for kind in kinds:
        names = [key_of(record.short_name) for record in data.of_kind(kind)]
        assert names == sorted(names)
    assert [*data.document["claims"]] == [*data.records]


@pytest.mark.parametrize("lang", FOREIGN)
def test_no_two_names_shown_are_alike(lang: str) -> None:
    data = called_in(lang)
    names = [*(each.name for each in data.countries.values()), *(each.short_name for each in data)]
    assert len(names) == len(set(names))


def test_english_is_the_data_as_they_are() -> None:
    assert output("members", "sacm", "--lang", "EN").out == output("members", "sacm").out
    assert rcpref.load(lang="en").document is not None
    assert rcpref.load(lang="en").lang == rcpref.load().lang == "en"


def test_the_facts_stay_the_same() -> None:
    data = called_in("es")
    assert data.digest == bundled().digest and data == bundled()
    again = pickle.loads(pickle.dumps(data))
    assert (again.lang, again.digest) == ("es", data.digest)
    assert again["sacm"] == data["sacm"] != bundled()["sacm"]
    assert not data.changes_since(bundled())
    assert data["sacm"].claims == bundled()["sacm"].claims
    with pytest.raises(TypeError):
        data.document["records"]["sacm"]["short_name"] = "other"


@pytest.mark.parametrize("lang", FOREIGN)
def test_a_name_means_what_it_means_in_english(lang: str) -> None:
    data = called_in(lang)
    entries = (*facts()["countries"].items(), *facts()["records"].items())
    for key, raw in entries:
        for name in (key, *names_in(key, raw), "guinea", "congo", "lima"):
            assert data.plain.names.match(name) == bundled().plain.names.match(name)


# Commands -------------------------------------------------------------------------------

LINES = {
    "list": ("states",),
    "members": ("european-union", "--answer", "all"),
    "members --changes": ("european-union", "--changes", "1990", "2021"),
    "state": ("peru",),
    "compare": ("puebla-process", "sacm"),
    "matrix": ("puebla-process", "sacm", "bali-process"),
    "map": ("sacm",),
    "member": ("peru", "sacm"),
    "which": ("bali",),
    "show": ("sacm", "-p", "members"),
}
"""By command, what has names of States or records."""


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("lang", ["es", "fr"])
def test_names_in_json_with_their_language_and_in_order(line: str, lang: str) -> None:
    command, args = line.split()[0], LINES[line]
    found = items(command, *args, "--lang", lang)
    english = items(command, *args)
    order = {key: place for place, key in enumerate(called_in(lang).document["countries"])}
    codes: list[tuple[str, int]] = []
    for item in found:
        key = item.get("state") or item["id"]
        key = item["value"] if command == "show" else item["id"] if command == "state" else key
        name = item["name"] if key in order else item["short_name"]
        assert (name, item["name_lang"]) == named(lang, key)
        codes += [(item.get("where", ""), order[key])] if key in order else []
    # For programs, too, those that two records share come first.
    for _, group in groupby(codes, key=lambda pair: pair[0]):
        places = [place for _, place in group]
        assert places == sorted(places)
    assert {item["name_lang"] for item in english} == {"en"}

    def unnamed(item: dict[str, Any]) -> str:
        names = ("name", "short_name", "name_lang", "short_name_lang", "aliases")
        return json.dumps({key: part for key, part in item.items() if key not in names})

    assert sorted(map(unnamed, found)) == sorted(map(unnamed, english))


def test_what_has_no_name_in_the_language_keeps_the_english_one() -> None:
    by_id = {item["id"]: item for item in items("list", "processes", "--lang", "es")}
    assert by_id["bali-process"]["short_name"] == "Proceso de Bali"
    assert by_id["bali-process"]["name_lang"] == "es"
    assert "Bali Process" in by_id["bali-process"]["aliases"]
    assert by_id["bali-process"]["name"] == bundled()["bali-process"].name
    assert (by_id["igc"]["short_name"], by_id["igc"]["name_lang"]) == ("IGC", "en")
    (lima,) = items("show", "lima-2013", "--lang", "fr")
    assert (lima["short_name"], lima["name_lang"]) == ("Lima 2013", "en")


def test_the_envelope_says_in_which_language() -> None:
    found = output("members", "sacm", "--lang", "es", "-f", "json").json["dataset"]
    assert found.pop("lang") == "es"
    assert found == output("members", "sacm", "-f", "json").json["dataset"]


def test_rows_for_programs_and_people() -> None:
    rows = [line.split("\t")[:2] for line in output("members", "sacm", "--lang", "es").lines]
    english = [line.split("\t")[:2] for line in output("members", "sacm").lines]
    assert ["BRA", "Brasil"] in rows
    assert [name for _, name in rows] == sorted((name for _, name in rows), key=key_of)
    assert sorted(code for code, _ in rows) == [code for code, _ in english]
    listed = [line.split("\t")[1] for line in output("list", "bodies", "--lang", "fr").lines]
    assert listed == sorted(listed, key=key_of)
    assert "Ligue des États arabes" in listed and "Council of Europe" in listed


@pytest.mark.parametrize(("args", "words"), [
    (("members", "puebla"), "Members of Conferencia Regional sobre Migración: 11 States"),
    (("members", "european-union"), "Members of Unión Europea: 27 States"),
    (("members", "cluster process"), "Members of the Cluster Process: "),
    (("state", "perú"), "Perú as last known: member of "),
    (("member", "perú", "sacm"), "yes: Perú is in the newest list"),
    (("member", "germany", "european-union"), "yes: Alemania joined Unión Europea "),
    (("compare", "puebla", "sacm"), "Only in Conferencia Suramericana sobre Migraciones: 12"),
    (("timeline", "puebla"), "Conferencia Regional sobre Migración"),
    (("show", "puebla"), "Conferencia Regional sobre Migración (puebla-process)"),
    (("show", "deu"), "Alemania (DEU)"),
    (("search", "colombo", "chair", "--in", "claims"), "Proceso de Colombo: chair"),
    (("matrix", "puebla", "sacm"), "Conferencia Suramericana sobre Migraciones"),
    (("disputes", "abu dhabi"), "Diálogo de Abu Dabi: number of members"),
])  # fmt: skip
def test_headings_and_sentences_have_the_names_shown(args: tuple[str, ...], words: str) -> None:
    text = run_command(*args, "--lang", "es", "-f", "text", "--width", "200").out
    assert words in text
    assert "the Unión" not in text and "the Conferencia" not in text


def test_words_of_documents_and_sources_stay() -> None:
    args = ("show", "igad", "--lang", "es", "-f", "text", "--width", "200")
    text, english = run_command(*args).out, output("show", "igad", "-f", "text", "--width", "200")
    sources = [line for line in english.lines if line.startswith("[")]
    assert sources and all(line in text for line in sources)
    conclusions = output("conclusions", "--lang", "fr").out
    assert conclusions == output("conclusions").out
    events = run_command("members", "cemac", "--lang", "fr", "-f", "text", "--width", "200").out
    assert ": CEMAC: " not in events


def test_a_search_finds_the_same_and_names_it_so() -> None:
    for words in ("bali process chair", "proceso de bali", "evidence base", "peru chair"):
        found, english = items("search", words, "--lang", "es"), items("search", words)
        assert [item["ref"] for item in found] == [item["ref"] for item in english]
        assert [item["score"] for item in found] == [item["score"] for item in english]
    for item in items("search", "bali process", "--lang", "es"):
        # A source has the name of who published it.
        assert item["type"] == "source" or not item["title"].startswith("Bali Process")
    narrowed = items("search", "bali", "--in", "names", "--lang", "es")
    assert narrowed[0]["title"] == "Proceso de Bali"


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_filters_find_the_same_records(lang: str) -> None:
    for filters in (
        ("--region", "africa"),
        ("--secretariat", "icmpd"),
        ("--member", "kenya"),
        ("--chair", "indonesia"),
    ):
        found, english = (
            {item["id"] for item in items("list", "processes", *filters, *more)}
            for more in (("--lang", lang), ())
        )
        assert found == english


def test_pictures_have_the_names_shown(tmp_path: Path) -> None:
    drawn = run_command("map", "sacm", "--lang", "es").out
    assert "Conferencia Suramericana sobre Migraciones" in drawn and "Brasil: yes" in drawn
    assert "Brazil" not in drawn


# What it is not for ---------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "", "spanish", "e s"])
def test_another_language_is_an_error_that_lists_them(lang: str) -> None:
    with pytest.raises(rcpref.UsageProblem, match="no names in the language") as caught:
        rcpref.load(lang=lang)
    assert all(f"{code} ({name})" in str(caught.value.hint) for code, name in LANGUAGES.items())


@pytest.mark.parametrize("command", REFUSED)
def test_commands_on_the_facts_take_none(command: str) -> None:
    result = refuse(command, *EACH[command], "--lang", "es", codes=(2,))
    assert f"rcpref {command} takes no --lang" in result.err
    refuse("--lang", "es", command, *EACH[command], codes=(2,))


def test_the_environment_names_no_language() -> None:
    plain = run_command("members", "sacm").out
    assert run_command("members", "sacm", env={"RCPREF_LANG": "es", "LANG": "es_PE"}).out == plain


# Exports --------------------------------------------------------------------------------


@pytest.mark.wide
def test_the_atlas() -> None:
    page = webpage.read(atlas(called_in("fr")).decode())
    pages = [each for each in page.all("section") if each["class"] in ("page record", "page state")]
    assert len(pages) > len(bundled())
    for each in pages:
        title = next(each.all("h1"))
        assert (title.text(), title["lang"] or "en") == named("fr", each["id"])


@pytest.mark.wide
# Overlays -------------------------------------------------------------------------------


def test_an_overlay_is_called_so_too(tmp_path: Path) -> None:
    record = """
        id = "cuzco-process"
        kind = "process"
        name = "Cuzco Process on Roads"
        short_name = "Cuzco Process"
        names = { es = "Proceso del Cuzco" }
    """
    write_files(tmp_path, {"processes/cuzco-process.toml": record})
    (found,) = items("show", "cuzco process", "--lang", "es", "--data", str(tmp_path))
    assert (found["short_name"], found["name_lang"]) == ("Proceso del Cuzco", "es")
    digests = {
        output("about", "--data", str(tmp_path), "-f", "json", *more).json["dataset"]["digest"]
        for more in ((), ("--lang", "es"))
    }
    assert len(digests) == 1
