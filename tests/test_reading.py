"""Bad data: one fault in a copy of the bundled folder, one clear error.

The id of each case begins with the code of its rule. An error names the file, the key and
the remedy; nothing but DataError is ever raised.
"""

import copy
import itertools
import json
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import installed
import rcpref
from conftest import environment, run_command, run_inside, small_data
from helpers import assert_complaint, cases, refuse, sample
from rcpref import reading
from rcpref.data import check, files, links, loading
from rcpref.data import document as form_document
from rcpref.data import place as data_place
from rcpref.data.baked import DOCUMENT_KEYS, NESTED, bake, unbake
from rcpref.data.check import Problem
from rcpref.data.dataset import digest_of
from rcpref.data.document import check_folder, read_folder
from rcpref.errors import DataError, RcprefError
from rcpref.model import FORM_VERSION

Damage = Callable[[Path], object]

FIXTURES = Path(__file__).with_name("fixtures")

RECORD, SOURCE, PROPERTY, COUNTRY = (
    (FIXTURES / "reading" / f"{name}.toml").read_text(encoding="utf-8")
    for name in ("record", "source", "property", "country")
)
"""Entries of the tests' own, so that no case depends on the claims of the data."""

RECORD_NAME = "test-process.toml"
RECORD_FILE = f"processes/{RECORD_NAME}"
TEXT_FILE = "texts/lima-2013.toml"

HEAD = RECORD[: RECORD.index("[[claim]]")]


def write(file: str, content: str | bytes) -> Damage:
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / file).write_bytes(raw)


def append(file: str, content: str | bytes) -> Damage:
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / file).write_bytes((folder / file).read_bytes() + raw)


def prepend(file: str, content: str) -> Damage:
    return lambda folder: (folder / file).write_bytes(
        content.encode() + (folder / file).read_bytes()
    )


def change(file: str, old: str, new: str) -> Damage:
    """Replace what stands just once in a file, or else the first that does."""

    def damage(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def remove(file: str) -> Damage:
    return lambda folder: (folder / file).unlink()


def instead(file: str, make: Callable[[Path], object]) -> Damage:
    """Put something else in the place of a file or folder."""

    def damage(folder: Path) -> None:
        path = folder / file
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        make(path)

    return damage


def too_large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(files.MAX_BYTES + 1)  # a hole: it takes no room


def link_to(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def record(old: str, new: str) -> Damage:
    assert old in RECORD, old
    return write(RECORD_FILE, RECORD.replace(old, new, 1))


def claim(*lines: str) -> Damage:
    """The record with just one claim, of these lines."""
    return write(RECORD_FILE, HEAD + "\n".join(["[[claim]]", *lines, ""]))


def added(file: str, whole: str, old: str, new: str) -> Damage:
    """A further entry in one of the single files, with something changed in it."""
    assert old in whole, old
    return append(file, whole.replace(old, new, 1))


def source(old: str, new: str) -> Damage:
    return added("sources.toml", SOURCE, old, new)


def prop(old: str, new: str) -> Damage:
    return added("properties.toml", PROPERTY, old, new)


def country(old: str, new: str) -> Damage:
    return added("countries.toml", COUNTRY, old, new)


def under(key: str) -> Damage:
    """The record under another id, in a file of that name."""

    def damage(folder: Path) -> None:
        text = RECORD.replace("test-process", key, 1)
        (folder / RECORD_FILE).unlink()
        (folder / f"processes/{key}.toml").write_text(text, encoding="utf-8")

    return damage


def text(old: str, new: str) -> Damage:
    return change(TEXT_FILE, old, new)


class Case(NamedTuple):
    """One fault, and the place that the error must name; `alone`: it names no other."""

    id: str
    file: str
    key: str
    damage: Damage
    alone: bool = True
    line: str = ""

    @property
    def code(self) -> str:
        return self.id[:4]


DATASET, SOURCES, PROPERTIES, COUNTRIES = (
    "dataset.toml", "sources.toml", "properties.toml", "countries.toml",
)  # fmt: skip
SOURCED = 'source = "lima-2013-chairs-summary"'

FAULTS = Path(__file__).with_name("reading_faults.txt")
FORM = "CODE-NAME | PLACE | KEY | OLD -> NEW [| several]"

PLACES: dict[str, tuple[str, Callable[[str, str], Damage]]] = {
    "record": (RECORD_FILE, record),
    "claim": (RECORD_FILE, lambda whole, _: claim(whole)),
    "source": (SOURCES, source),
    "property": (PROPERTIES, prop),
    "country": (COUNTRIES, country),
    "text": (TEXT_FILE, text),
    "dataset": (DATASET, partial(change, DATASET)),
    "sources": (SOURCES, partial(change, SOURCES)),
    "properties": (PROPERTIES, partial(change, PROPERTIES)),
    "countries": (COUNTRIES, partial(change, COUNTRIES)),
}
"""The places that a line may name: the file, and what replaces words in it."""

PARTS = {"(start)": prepend, "(end)": append, "(all)": write}
"""What may stand for the words of a file that are replaced."""


def case_of(line: str, number: int) -> Case:
    """The case of a line."""
    name, place, key, edit, *several = line.split(" | ")
    old, _, new = (part.replace("⏎", "\n") for part in edit.partition(" -> "))
    old, new, key = ("" if part == "(nothing)" else part for part in (old, new, key))
    file, replace = PLACES[place]
    damage = PARTS[old](file, new) if old in PARTS else replace(old, new)
    if several not in ([], ["several"]):
        raise ValueError(f"{several[0]!r} is not `several`")
    return Case(name, file, key, damage, not several, f"{FAULTS.name}:{number}")


def cases_in(lines: str) -> Iterator[Case]:
    """The cases of such a table.

    Raises:
        ValueError: A line is not as it must be.
    """
    for number, line in enumerate(lines.splitlines(), 1):
        if line and not line.startswith("#"):
            try:
                yield case_of(line, number)
            except (ValueError, KeyError, AssertionError) as error:
                raise ValueError(f"{FAULTS.name}:{number}: {error}; write {FORM}") from error


NO_TOML = [
    Case("E101-table-twice", SOURCES, "line", append(SOURCES, SOURCE + SOURCE)),
    Case("E101-deep-arrays", DATASET, "nested", append(DATASET, "x = " + "[" * 100_000)),
    Case("E101-deep-closed", RECORD_FILE, "nested", record('"active"', "[" * 9_999 + "]" * 9_999)),
    Case("E101-deep-tables", RECORD_FILE, "nested", record('"active"', "{ a = " * 9_999)),
    Case("E101-deep-key", DATASET, "key", append(DATASET, f"a{'.a' * 9_999} = 1\n")),
    Case("E101-huge-integer", RECORD_FILE, "digits",
        record("value = 2\n", f"value = {'9' * 9_999}\n")),
    Case("E101-nul", RECORD_FILE, "line", record("made for a test", "made\0for a test")),
    Case("E101-escape-sign", RECORD_FILE, "line", record("made for a test", "made\x1bfor a test")),
    Case("E101-carriage-return", RECORD_FILE, "line", record('"active"\n', '"active"\r')),
]  # fmt: skip

# Most numbers of a file can be written in fewer signs than Python is willing to print.
HUGE = "0x" + "f" * 9_999
LEAST = 'property = "status"\nvalue = "active"\nsource = "lima-2013-chairs-summary"\n'

UNREADABLE = [
    Case("E102-no-dataset", DATASET, "cannot be read", remove(DATASET)),
    Case("E102-no-properties", PROPERTIES, "cannot be read", remove(PROPERTIES)),
    Case("E102-no-sources", SOURCES, "cannot be read", remove(SOURCES)),
    Case("E102-no-countries", COUNTRIES, "cannot be read", remove(COUNTRIES)),
    Case("E102-file-is-folder", DATASET, "plain file", instead(DATASET, Path.mkdir)),
    Case("E102-record-is-folder", RECORD_FILE, "plain file", instead(RECORD_FILE, Path.mkdir)),
    Case("E102-folder-is-file", "processes", "cannot be read", instead("processes", Path.touch)),
    Case("E102-texts-is-file", "texts", "cannot be read", instead("texts", Path.touch)),
    Case("E102-device", RECORD_FILE, "plain file", instead(RECORD_FILE, link_to("/dev/zero"))),
    Case("E102-link-to-nothing", RECORD_FILE, "read", instead(RECORD_FILE, link_to("none.toml"))),
    Case("E102-link-to-itself", RECORD_FILE, "read", instead(RECORD_FILE, link_to(RECORD_NAME))),
    Case("E102-folder-links-to-nothing", "terms", "read", instead("terms", link_to("nothing"))),
    Case("E102-too-large", RECORD_FILE, "8 MiB", instead(RECORD_FILE, too_large)),
    Case("E102-long-string", RECORD_FILE, "20,000 characters", record("made for", "m" * 20_001)),
    Case("E102-long-list", RECORD_FILE, "10,000", record('"PER", "KEN"', '"PER",' * 10_001)),
    Case(
        "E102-many-claims", RECORD_FILE, "1,000", append(RECORD_FILE, f"[[claim]]\n{LEAST}" * 996)
    ),
    Case("E102-latin-1", RECORD_FILE, "byte 7", write(RECORD_FILE, 'id = "é"'.encode("latin-1"))),
    Case("E102-utf-16", RECORD_FILE, "byte 1", write(RECORD_FILE, RECORD.encode("utf-16"))),
    Case("E102-surrogate-bytes", RECORD_FILE, "byte", append(RECORD_FILE, b"# \xed\xa0\x80\n")),
]
if hasattr(os, "mkfifo"):
    UNREADABLE.append(Case("E102-fifo", RECORD_FILE, "plain file", instead(RECORD_FILE, os.mkfifo)))


def without_passages(folder: Path) -> None:
    head, _, _ = (folder / TEXT_FILE).read_text(encoding="utf-8").partition("[[passage]]")
    (folder / TEXT_FILE).write_text(head + 'passage = "none"\n', encoding="utf-8")


WRONG_TYPES = [
    Case("E105-claim-is-no-list", RECORD_FILE, "claim", write(RECORD_FILE, HEAD + "claim = 1\n")),
    Case("E105-claim-is-table", RECORD_FILE, "claim", write(RECORD_FILE, HEAD + "[claim]\n")),
    Case("E105-mixed-claims", RECORD_FILE, "claim", write(RECORD_FILE, HEAD + "claim = [{}, 1]\n")),
    *(
        Case(f"E105-key-of-source-{key}", SOURCES, f"key '{key}'", source("test-source", key_))
        for key in ("a_b", "A", "a.b", "overlay:a", "é", "-a", "a-", "a b", "x$(touch P)", "a/b")
        for key_ in (f'"{key}"',)
    ),
    *(
        Case(f"E105-key-of-property-{key}", PROPERTIES, f"key '{key}'", prop("test_property", key_))
        for key in ("a-b", "A", "a.b", "é", "a b", "x$(touch P)", "x`", "x;y", "a,b")
        for key_ in (f'"{key}"',)
    ),
    *(
        Case(f"E105-id-{key}", f"processes/{key}.toml", "id", under(key))
        for key in ("a_b", "A", "a.b", "é", "-a", "a-", "a b", "x$(touch P)")
    ),
    Case("E105-passages", TEXT_FILE, "passage", without_passages),
    Case("E105-country-huge", COUNTRIES, "alpha3", country('"XTT"', HUGE)),
    Case("E105-passage-huge", TEXT_FILE, "passage 1.number", text("= 1\n", f"= {HUGE}\n")),
]

# Of these signs none may stand anywhere.
HIDDEN = "00 07 08 09 1b 7f 85 9b 200b 202a 202b 202c 202d 202e 2060 2066 2067 2068 2069 feff"
HIDDEN_SIGNS = [
    Case("E106-raw", RECORD_FILE, "claim 1 (members).note", record("made for", "made\u202e for")),
    *(
        Case(
            f"E106-sign-{sign}", RECORD_FILE, "short_name", record('"Test"', rf'"Te\u{sign:0>4}st"')
        )
        for sign in HIDDEN.split()
    ),
]

MISPLACED = [
    Case("E107-record", "bodies/test-process.toml", "id",
        write("bodies/test-process.toml", RECORD.replace('kind = "process"', 'kind = "body"'))),
    Case("E107-country", COUNTRIES, "country[XTT]", append(COUNTRIES, COUNTRY + COUNTRY)),
    Case("E107-text", "texts/other.toml", "id",
        lambda folder: shutil.copy(folder / TEXT_FILE, folder / "texts/other.toml")),
    Case("E108-file-name", "processes/other.toml", "id",
        lambda folder: (folder / RECORD_FILE).rename(folder / "processes/other.toml")),
    Case("E108-text", "texts/other.toml", "id",
        lambda folder: (folder / TEXT_FILE).rename(folder / "texts/other.toml")),
]  # fmt: skip

CASES = [
    *cases_in(FAULTS.read_text(encoding="utf-8")),
    *NO_TOML,
    *UNREADABLE,
    *WRONG_TYPES,
    *HIDDEN_SIGNS,
    *MISPLACED,
]
"""Those of the table, and those that no line of text can show."""


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small data without what takes long to read, and with one record more.

    Of the records their claims are left out; of sources and States, those named nowhere else.
    """
    folder = tmp_path_factory.mktemp("light") / "data"
    made = (loading.BAKED, loading.INDEX, "schema")
    shutil.copytree(small_data(), folder, ignore=shutil.ignore_patterns(*made))
    (folder / RECORD_FILE).write_text("", encoding="utf-8")
    rest = RECORD
    for file in folder.glob("*/*.toml"):
        head, _, _ = file.read_text(encoding="utf-8").partition("[[claim]]")
        file.write_text(head, encoding="utf-8")
        rest += head
    (folder / RECORD_FILE).write_text(RECORD, encoding="utf-8")
    for name, key in (("sources.toml", r"\[(\S+)\]\n"), ("countries.toml", r'\[.+\n.+ "(\w+)"')):
        text = (folder / name).read_text(encoding="utf-8")
        kept = [entry for entry in text.split("\n\n") if is_named(re.match(key, entry), rest)]
        (folder / name).write_text("\n\n".join(kept) + "\n", encoding="utf-8")
    return folder


def is_named(key: re.Match[str] | None, text: str) -> bool:
    """Whether the key of an entry stands in a text; what is no entry has none."""
    return key is None or f'"{key[1]}"' in text


@pytest.fixture
def folder(tmp_path: Path, light: Path) -> Path:
    """A copy of them, to be damaged."""
    return shutil.copytree(light, tmp_path / "data")


@pytest.mark.parametrize("damage", [
    append(SOURCES, SOURCE), append(PROPERTIES, PROPERTY), append(COUNTRIES, COUNTRY),
], ids=["source", "property", "country"])  # fmt: skip
def test_the_entries_of_these_tests_are_good(folder: Path, damage: Damage) -> None:
    damage(folder)
    found = rcpref.load(str(folder))["test-process"]
    assert len(found.claims) == RECORD.count("[[claim]]")


@pytest.mark.parametrize("case", sample(CASES, CASES[::3]), ids=[case.id for case in CASES])
def test_a_fault_is_one_clear_error(folder: Path, case: Case) -> None:
    case.damage(folder)
    with pytest.raises(DataError) as caught:
        rcpref.load(str(folder))
    error, file = caught.value, str(folder / case.file)
    wrong = f"{case.line} {case.id}: mend the check of the data, or what the case expects"
    assert error.exit_code == 3
    assert error.message.startswith(f"{file}: "), wrong
    assert case.key in error.message.removeprefix(file), wrong
    assert f"[{case.code}]" in error.message, wrong
    assert "\n" not in error.message
    assert error.hint.strip()
    if case.alone:
        assert error.message.endswith(f"[{case.code}]"), f"{wrong}: one fault, several problems"


@pytest.mark.parametrize("line", [
    "E105-a | record | name", "E105-a | nowhere | name | Test -> 5",
    "E105-a | record | name | no such words -> 5", "E105-a | record | name | Test -> 5 | severl",
])  # fmt: skip
def test_a_line_that_is_no_case_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"(?s)^reading_faults\.txt:2: .*; write CODE-NAME \| "):
        list(cases_in(f"# a fault\n{line}"))


def test_every_code_has_a_case() -> None:
    written = "".join(
        Path(str(module.__file__)).read_text(encoding="utf-8")
        for module in (check, form_document, files, links)
    )
    # Names that are taken are a fault of an overlay alone: tests/test_checks.py has these.
    codes = set(re.findall(r'"(E\d{3})"', written)) - {"E110", "E111"}
    assert codes == {case.code for case in CASES}
    assert len({case.id for case in CASES}) == len(CASES)


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, mode: str, **options: Any) -> Any:
        if path.endswith("test-process.toml"):
            raise PermissionError(13, "Permission denied", path)
        return open(path, mode, **options)

    monkeypatch.setattr(reading, "open", refuse, raising=False)
    with pytest.raises(DataError, match=r"test-process\.toml: .*Permission denied \[E102\]$"):
        rcpref.load(str(folder))


def test_the_longest_that_is_read(folder: Path) -> None:
    record("made for", "m" * (check.MAX_LETTERS - len("made for a test") + 8))(folder)
    append(RECORD_FILE, f"[[claim]]\n{LEAST}" * (check.MAX_CLAIMS - RECORD.count("[[claim]]")))(
        folder
    )
    assert len(rcpref.load(str(folder))["test-process"].claims) == check.MAX_CLAIMS


def test_claims_of_an_overlay_count_with_those_of_the_data(tmp_path: Path) -> None:
    (tmp_path / "bodies").mkdir()
    own = f"[[claim]]\n{LEAST}" * check.MAX_CLAIMS
    (tmp_path / "bodies" / "oas.toml").write_text(f'id = "oas"\n{own}', encoding="utf-8")
    with pytest.raises(DataError, match=r"oas\.toml: claim: has more than 1,000 claims \[E102\]"):
        rcpref.load(overlay=str(tmp_path))


@pytest.mark.parametrize(("limit", "words"), [
    ("MAX_BYTES", "is larger than"), ("MAX_FOLDER", "folder larger than"),
    ("MAX_FILES", "has more than .* files"),
])  # fmt: skip
def test_a_folder_is_read_up_to_its_limits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    sizes = [path.stat().st_size for path in folder.rglob("*.toml")]
    numbers = [len(list(each.iterdir())) for each in folder.iterdir() if each.is_dir()]
    most = {"MAX_BYTES": max(sizes), "MAX_FOLDER": sum(sizes), "MAX_FILES": max(numbers)}[limit]
    monkeypatch.setattr(files, limit, most)
    rcpref.load(str(folder))
    monkeypatch.setattr(files, limit, most - 1)
    with pytest.raises(DataError, match=rf"{words}.*\[E102\]"):
        rcpref.load(str(folder))


def test_a_file_that_grows_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is looked at before; what counts is what comes."""

    def grow(path: str, mode: str, **options: Any) -> Any:
        if path.endswith(SOURCES):
            with open(path, "ab") as stream:
                stream.write(b"\n" * 100_000)
        return open(path, mode, **options)

    monkeypatch.setattr(reading, "open", grow, raising=False)
    rcpref.load(str(folder))
    monkeypatch.setattr(files, "MAX_BYTES", (folder / SOURCES).stat().st_size + 99_999)
    with pytest.raises(DataError, match=r"sources\.toml: is larger than .* MiB \[E102\]"):
        rcpref.load(str(folder))


@pytest.mark.timeout(20)
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was a plain file when it was looked at, and is none when it is opened."""
    real = os.open

    def swapped(path: Any, flags: int, *args: Any, **options: Any) -> int:
        if str(path).endswith(SOURCES):
            os.unlink(path)
            os.mkfifo(path)
        return real(path, flags, *args, **options)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(DataError, match=r"sources\.toml: is not a plain file \[E102\]"):
        rcpref.load(str(folder))


def test_no_more_problems_are_looked_for_than_anybody_reads(folder: Path) -> None:
    append("dataset.toml", "".join(f"k{number} = 1\n" for number in range(100_000)))(folder)
    found, wrong = check_folder(str(folder))
    assert found == {}
    assert len(wrong) == check.MAX_PROBLEMS + 1
    assert "the search stopped there" in wrong[-1].message
    with pytest.raises(DataError, match=r"dataset\.toml: k0: .*\(and 1000 more\)$"):
        rcpref.load(str(folder))


def test_words_of_the_data_do_not_flood_an_error(folder: Path) -> None:
    word = "w" * 1_000_000
    for damage in (
        record("acronym =", f"{word} ="),
        record('"TST"', f'"TST"\nacronim = "{word}"'),
        source("[test-source]", f"[{word}]\nx = 1"),
    ):
        damage(folder)
        with pytest.raises(DataError) as caught:
            rcpref.load(str(folder))
        assert len(caught.value.message) < 2_000
        assert len(caught.value.hint) < 2_000


def test_the_limits_are_said_where_the_rules_are() -> None:
    page = (Path(__file__).parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    most = (check.MAX_CLAIMS, files.MAX_FILES, check.MAX_ITEMS, check.MAX_LETTERS)
    for limit in (*most, check.MAX_PROBLEMS):
        assert f"| {limit:,} |" in page, limit
    for limit in (files.MAX_BYTES, files.MAX_FOLDER):
        assert f"| {limit // 1024 // 1024} MiB |" in page, limit


def test_several_faults_are_counted(folder: Path) -> None:
    record('"active"', '""')(folder)
    source('"primary"', '"best"')(folder)
    country('"XTT"', '"xtt"')(folder)
    with pytest.raises(DataError) as caught:
        rcpref.load(str(folder))
    assert caught.value.message.endswith(" (and 2 more)")
    _, wrong = check_folder(str(folder))
    assert [problem.code for problem in wrong] == ["E204", "E105", "E109"]


@pytest.mark.parametrize("version", [1, FORM_VERSION + 1])
def test_of_data_of_another_form_that_alone_is_told(tmp_path: Path, version: int) -> None:
    """What else the form of today would find wrong in them would hide it."""
    trees = copy.deepcopy(SMALL)
    write_trees(tmp_path / "today", trees)
    rcpref.load(tmp_path / "today").export(tmp_path / "today.json")
    whole = json.loads((tmp_path / "today.json").read_text(encoding="utf-8"))
    for each in (trees["dataset.toml"], whole, whole["dataset"]):
        each["schema_version"] = version
    for sources in (trees["sources.toml"], whole["sources"]):
        sources["summary"] |= {"publisher": "Chair; Host", "copy": True}
    trees["dataset.toml"]["editors"] = whole["people"] = ["Ann"]
    write_trees(tmp_path / "folder", trees)
    (tmp_path / "file.json").write_text(json.dumps(whole), encoding="utf-8")
    for path in (str(tmp_path / "folder"), str(tmp_path / "file.json")):
        error = refuse("diff", path, codes=(3,)).err.splitlines()[0]
        assert error.endswith(
            f"schema_version: the data have form {version}; "
            f"this program reads forms {FORM_VERSION - 1} and {FORM_VERSION} [E105]"
        )
        assert run_command("check", path, code=3, quiet=False).out.count("\n") == 1


def test_data_of_the_form_before_are_read_and_exported_in_that_of_today(tmp_path: Path) -> None:
    """Form 3 has more keys than form 2 and no other ones."""
    trees = copy.deepcopy(SMALL)
    trees["dataset.toml"]["schema_version"] = 2
    write_trees(tmp_path / "before", trees)
    before = rcpref.load(tmp_path / "before")
    before.export(tmp_path / "before.json")
    whole = json.loads((tmp_path / "before.json").read_text(encoding="utf-8"))
    assert (whole["schema_version"], whole["dataset"]["schema_version"]) == (FORM_VERSION, 2)
    whole["schema_version"] = 2
    (tmp_path / "old.json").write_text(json.dumps(whole), encoding="utf-8")
    # Its digest is that of the data as they were.
    assert rcpref.load(tmp_path / "old.json") == rcpref.load(tmp_path / "before.json") == before


def test_a_problem_names_its_place() -> None:
    assert str(Problem("E301", "a.toml", "claim 1", "is bad", "mend it")) == (
        "a.toml: claim 1: is bad [E301]"
    )
    assert str(Problem("E102", "a.toml", "", "is bad", "mend it")) == "a.toml: is bad [E102]"


@pytest.mark.parametrize("name", ["", "nowhere", "a\0b", "x" * 300, "\udcff"])
def test_a_folder_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as caught:
        rcpref.load(name)
    assert caught.value.exit_code == 3
    assert caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
def test_a_file_whose_name_is_no_text(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/processes/\xff.toml", "wb") as stream:
        stream.write(b"id = 'x'\n")
    with pytest.raises(DataError, match=r"\[E103\]"):
        rcpref.load(str(folder))


# What is accepted ----------------------------------------------------------------------


def every_file(folder: Path, edit: Callable[[bytes], bytes]) -> None:
    for path in folder.rglob("*.toml"):
        path.write_bytes(edit(path.read_bytes()))


@pytest.mark.parametrize("edit", [
    lambda raw: raw.replace(b"\n", b"\r\n"), lambda raw: b"\xef\xbb\xbf" + raw,
], ids=["line ends of Windows", "a byte order mark"])  # fmt: skip
def test_what_an_editor_adds_changes_nothing(folder: Path, edit: Callable[[bytes], bytes]) -> None:
    record('"made for a test"', '"""made\nfor"""')(folder)
    before = rcpref.load(str(folder)).digest
    every_file(folder, edit)
    assert rcpref.load(str(folder)).digest == before


def test_files_that_are_no_data_are_passed_over(folder: Path) -> None:
    before = rcpref.load(str(folder)).digest
    for name in (".hidden.toml", "notes.txt", "test-process.toml~", "test-process.toml.orig"):
        (folder / "processes" / name).write_bytes(b"\xff")
    (folder / "notes.toml").write_bytes(b"\xff")
    assert rcpref.load(str(folder)).digest == before


@pytest.mark.parametrize("sign", ["\\n", "00a0", "202f", "200c", "200d", "200e", "200f"])
def test_signs_that_scripts_need_are_accepted(folder: Path, sign: str) -> None:
    escape = sign if sign.startswith("\\") else f"\\u{sign}"
    record("made for", f"made{escape}for")(folder)
    rcpref.load(str(folder))


@pytest.mark.parametrize("key", ["secretariat", "milestone"])
def test_what_is_told_at_length_may_have_lines(folder: Path, key: str) -> None:
    claim(f'property = "{key}"', r'value = "one\ntwo"', SOURCED)(folder)
    assert rcpref.load(str(folder))["test-process"].claims[0].value == "one\ntwo"


@pytest.mark.parametrize(("end", "start"), cases({
    "2013-05-23": ["2013-05-23"],
    "2013-05": ["2013-05-22"],
    "2013-05-22": ["2013-05", "2013"],
    "2012/2014": ["2013"],
}))  # fmt: skip
def test_a_period_may_end_where_it_begins(folder: Path, start: str, end: str) -> None:
    record('from = "2012-05"\nuntil = "2013-05-23"', f'from = "{start}"\nuntil = "{end}"')(folder)
    rcpref.load(str(folder))


def test_a_folder_of_one_kind_may_be_missing(folder: Path) -> None:
    (folder / RECORD_FILE).unlink()
    shutil.rmtree(folder / "texts")
    every_file(folder, lambda raw: re.sub(rb"(?m)^passage = .*\n", b"", raw))
    before = rcpref.load(str(folder))
    shutil.rmtree(folder / "terms")
    after = rcpref.load(str(folder))
    assert not after.of_kind("term")
    assert len(after) == len(before) - len(before.of_kind("term"))


# The baked file ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return read_folder(loading.data_folder())


@pytest.fixture
def baked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program looks for its data in this test."""
    installed.use(str(tmp_path), monkeypatch)
    return tmp_path / loading.BAKED


def refused(path: Path) -> None:
    with pytest.raises(DataError) as caught:
        rcpref.load()
    error = caught.value
    assert error.exit_code == 3
    assert error.message.startswith(f"{path}: ")
    assert error.hint


def test_the_baked_file_says_what_the_folder_says(
    baked: Path, document: dict[str, Any], data: rcpref.Dataset
) -> None:
    baked.write_bytes(bake(document, digest_of(document)))
    found = rcpref.load()
    assert found == data
    assert {key: dict(found.document[key]) for key in found.document} == data.document
    assert list(found) == list(data)


@pytest.mark.parametrize(("key", "fault"), [
    *((key, "missing") for key in DOCUMENT_KEYS),
    *((key, fault) for key in DOCUMENT_KEYS for fault in ("null", "list") if key not in NESTED),
])  # fmt: skip
def test_a_baked_file_without_a_part(
    baked: Path, document: dict[str, Any], key: str, fault: str
) -> None:
    damaged = dict(document)
    if fault == "missing":
        del damaged[key]
    else:
        damaged[key] = None if fault == "null" else []
    baked.write_bytes(bake(damaged, "0" * 64))
    if fault == "missing":
        refused(baked)
        return
    with pytest.raises(DataError) as caught:
        found = rcpref.load()
        dict(found.document[key])
        found.document[key]["x"]
    assert key in caught.value.message and caught.value.hint


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b'"x"', b"null", b"1", b"{}", b'{"digest": "0"}', b'{"document": {}}',
    b'{"digest": "0", "document": {}}', b'{"digest": "0", "document": null}',
    b'{"digest": "0", "document": []}', b'{"digest": "0", "document": "x"}', b"\xff\xfe\xfd", b"\0",
    b"[" * 200_000, b'{"a":' * 200_000, b"9" * 10_000,
], ids=lambda content: repr(content[:32]))  # fmt: skip
def test_a_baked_file_that_is_damaged(baked: Path, content: bytes) -> None:
    baked.write_bytes(content)
    refused(baked)


@pytest.mark.parametrize("digest", ["null", "5", "[]", '""'])
def test_a_baked_file_without_a_digest(baked: Path, document: dict[str, Any], digest: str) -> None:
    whole = bake(document, "0" * 64)
    baked.write_bytes(whole.replace(b'"' + b"0" * 64 + b'"', digest.encode(), 1))
    refused(baked)


def test_a_baked_file_that_is_cut_off(baked: Path, document: dict[str, Any]) -> None:
    whole = bake(document, "0" * 64)
    for end in (0, 1, 80):
        baked.write_bytes(whole[:end])
        refused(baked)
    for end in (len(whole) // 2, len(whole) - 2):
        baked.write_bytes(whole[:end])
        found = rcpref.load()
        with pytest.raises(DataError) as caught:
            for key in found.document:
                dict(found.document[key])
        assert "damaged" in caught.value.message and caught.value.hint


def changed(whole: bytes, place: int) -> bytes:
    """The baked data with one byte that is another."""
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


def test_no_byte_of_the_index_can_change_unseen(baked: Path, document: dict[str, Any]) -> None:
    whole = bake(document, digest_of(document))
    end = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for place in range(end):
        with pytest.raises(ValueError):
            unbake(changed(whole, place))
    baked.write_bytes(changed(whole, end // 2))
    refused(baked)


@pytest.mark.wide
def test_no_byte_of_a_part_that_is_used_can_change_unseen(document: dict[str, Any]) -> None:
    whole = bake(document, digest_of(document))
    end = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    lines = [end, *(place + 1 for place, sign in enumerate(whole) if sign == 10 and place >= end)]
    # The index of a section that is cut once more stands behind its parts.
    parts = [
        part
        for key in document
        for part in (*(((key, each) for each in document[key]) if key in NESTED else ()), (key,))
    ]
    assert len(lines) == len(parts) + 1

    def is_damaged(found: Mapping[str, Any], part: tuple[str, ...]) -> bool:
        try:
            for key in part:
                found = found[key]
        except DataError as error:
            assert f"damaged at {key}: " in error.message
            return True
        return False

    for number, (part, (first, after)) in enumerate(
        zip(parts, itertools.pairwise(lines), strict=True)
    ):
        place = (first, (first + after) // 2, after - 2)[number % 3]
        found, _ = unbake(changed(whole, place))
        assert is_damaged(found, part)
        if number % 100 == 0:
            damaged = [each for each in parts if is_damaged(found, each)]
            assert damaged == [each for each in parts if each[: len(part)] == part]


def test_a_command_sees_that_what_it_uses_was_changed(
    baked: Path, document: dict[str, Any]
) -> None:
    """The list would be good data, with a member that is none."""
    whole = bake(document, digest_of(document)).replace(b'["AUS",', b'["AUT",', 1)
    baked.write_bytes(whole)
    assert whole.count(b'["AUT",') > 0
    record = next(
        key for key in document["claims"] if '["AUS", ' in json.dumps(document["claims"][key])
    )
    for args in (
        ("show", record),
        ("check",),
        ("about",),
        ("export", "-"),
        ("search", "evidence"),
        ("state", "Kenya"),
    ):
        done = run_inside(args, environment())
        assert (done.code, done.out) == (3, "")
        assert_complaint(done.err)
        assert f"damaged at {record}" in done.err
    # What does not use it need not fail.
    for args in (("list", "processes"), ("conclusions",)):
        assert run_inside(args, environment()).code == 0


def test_check_and_about_compare_the_whole_with_its_digest(
    baked: Path, document: dict[str, Any]
) -> None:
    baked.write_bytes(bake(document, "0" * 64))
    assert run_inside(("list", "processes"), environment()).code == 0
    for args in (("about",), ("check",), ("check", loading.data_folder())):
        done = run_inside(args, environment())
        assert (done.code, done.out) == (3, "")
        assert_complaint(done.err)
        assert "digest" in done.err and "install rcpref again" in done.err


def test_a_baked_file_does_not_answer_for_a_folder(folder: Path) -> None:
    (folder / loading.BAKED).write_bytes(b"damaged")
    assert "test-process" in rcpref.load(str(folder)).records


def test_data_that_are_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "a" / "b" / "c" / "loading.py"
    module.parent.mkdir(parents=True)
    (tmp_path / "data").mkdir()  # a stray folder of that name is not ours
    monkeypatch.setattr(data_place, "__file__", str(module))
    monkeypatch.setattr(loading, "data_folder", installed.data_folder)
    with pytest.raises(DataError) as caught:
        rcpref.load()
    assert str(module.parent) in caught.value.message
    assert caught.value.hint
    (tmp_path / "pyproject.toml").touch()
    assert loading.data_folder() == str(tmp_path / "data")
    (module.parent / "bundled").mkdir()
    assert loading.data_folder() == str(module.parent / "bundled")


# Any fault -----------------------------------------------------------------------------

Tree = dict[str, Any]

EVERY_KEY = FIXTURES / "every-key"

SMALL: dict[str, Tree] = {
    path.relative_to(EVERY_KEY).as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(EVERY_KEY.rglob("*.toml"))
}
"""A data set of each kind of entry, with every key."""


def toml(value: Any) -> str:
    """A value in TOML, tables inline."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(each)}" for key, each in value.items()) + "}"
    return str(value)  # numbers, dates


def write_trees(folder: Path, trees: dict[str, Tree]) -> None:
    for file, tree in trees.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{toml(key)} = {toml(value)}\n" for key, value in tree.items()]
        path.write_text("".join(lines), encoding="utf-8", newline="\n")


def load_all(folder: Path) -> None:
    """Load the data and make every part of the model, or get a DataError."""
    try:
        found = rcpref.load(str(folder))
    except RcprefError as error:
        assert type(error) is DataError
        assert error.message.startswith(str(folder))
        assert re.search(r"\[E\d{3}\]( \(and \d+ more\))?$", error.message)
        assert error.hint
        return
    assert found.info.version == found.version
    assert len(found.digest) == 64
    for record in found:
        assert record.id in found.records
        for each in record.claims:
            assert each.ref.startswith(record.id)
            assert each.values
            assert found.type_of(each.property)
    for mapping in (found.sources, found.countries, found.properties, found.texts):
        assert len(list(mapping.values())) == len(mapping)
    for passage in found.passages():
        assert found.passage(passage.ref) == passage


def nodes(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value in a tree."""
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(tree, dict):
        items = tree.items()
    elif isinstance(tree, list):
        items = enumerate(tree)
    for key, value in items:
        yield (*path, key)
        yield from nodes(value, (*path, key))


KNOWN_KEYS = sorted(
    {str(key) for tree in SMALL.values() for path in nodes(tree) for key in path}
    | {"from", "until", "role", "group", "record", "state", "claims", "passages"}
)

scalars = st.one_of(
    st.text(max_size=4),
    st.sampled_from(["", "PER", "small", "summary", "talk/paragraph-1", "2013/2012", "Peru"]),
    st.sampled_from(KNOWN_KEYS),
    st.integers(),
    st.booleans(),
    st.floats(),
    st.dates(),
    st.datetimes(),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KNOWN_KEYS) | st.text(max_size=2), inner, max_size=3),
    ),
    max_leaves=5,
)


def change_somewhere(draw: st.DrawFn, tree: Tree) -> None:
    """Change, remove, double or add one value at any depth."""
    path = draw(st.sampled_from(list(nodes(tree))))
    parent: Any = tree
    for key in path[:-1]:
        parent = parent[key]
    act = draw(st.sampled_from(("change", "change", "remove", "add")))
    if act == "change":
        parent[path[-1]] = draw(values)
    elif act == "remove":
        del parent[path[-1]]
    elif isinstance(parent, list):
        parent.append(draw(values | st.just(parent[0])))
    else:
        parent[draw(st.sampled_from(KNOWN_KEYS) | st.text(max_size=3))] = draw(values)


@st.composite
def faulty(draw: st.DrawFn) -> dict[str, Tree]:
    """The small data set with one to three values changed."""
    trees = copy.deepcopy(SMALL)
    for _ in range(draw(st.integers(1, 3))):
        file = draw(st.sampled_from(sorted(trees)))
        if trees[file]:
            change_somewhere(draw, trees[file])
    return trees


def test_the_small_data_set_is_good(tmp_path: Path) -> None:
    write_trees(tmp_path, SMALL)
    assert len(rcpref.load(str(tmp_path))) == 2
    load_all(tmp_path)


@given(faulty())
def test_any_value_anywhere_is_good_or_a_data_error(trees: dict[str, Tree]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_trees(Path(folder), trees)
        load_all(Path(folder))


@given(st.sampled_from(sorted(SMALL)), st.data())
def test_any_bytes_anywhere_are_good_or_a_data_error(file: str, choice: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_trees(Path(folder), SMALL)
        path = Path(folder) / file
        raw = path.read_bytes()
        start = choice.draw(st.integers(0, len(raw)))
        end = choice.draw(st.integers(start, min(len(raw), start + 8)))
        path.write_bytes(raw[:start] + choice.draw(st.binary(max_size=8)) + raw[end:])
        load_all(Path(folder))
