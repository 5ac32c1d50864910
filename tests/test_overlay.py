"""`--data` and RCPREF_DATA: facts of one's own, told apart wherever they are shown."""

import shutil
from pathlib import Path
from typing import Any

import pytest

import rcpref
from asking import bundled, parts_with
from conftest import Result, run_command
from helpers import folded, hint_of, in_terminal, refuse, rows, sample, write_files
from rcpref.data.dataset import digest_of
from rcpref.data.document import read_folder
from rcpref.data.loading import data_folder

FOLDER = Path(__file__).with_name("fixtures") / "overlay"
FILES = {
    file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8")
    for file in FOLDER.rglob("*.toml")
}
"""An overlay: claims on a bundled record, a record of its own, a source."""


@pytest.fixture(scope="module")
def overlay() -> str:
    return str(FOLDER)


def with_overlay(folder: str, *args: str) -> Result:
    return run_command(*args, "--data", folder)


def as_json(folder: str, *args: str) -> Any:
    """A report with an overlay; its sources are just those that it cites."""
    report = with_overlay(folder, *args, "-f", "json").json
    assert set(report["sources"]) == {each["source"] for each in parts_with(report, "source")}
    assert report["dataset"]["overlay"] == folder
    return report


# What it adds ----------------------------------------------------------------------------


def test_a_list_of_an_overlay_changes_the_members_at_its_date(overlay: str) -> None:
    twelve = run_command("members", "colombo-process").ids
    assert with_overlay(overlay, "members", "colombo-process").ids == sorted([*twelve, "MMR"])
    before = with_overlay(overlay, "members", "colombo-process", "--as-of", "2013-05")
    assert before == run_command("members", "colombo-process", "--as-of", "2013-05")
    changes = with_overlay(overlay, "members", "colombo-process", "--changes", "2024-06", "2026-03")
    assert changes.ids == ["MMR"]
    # Between the list without it and that of the overlay, it may be a member.
    between = as_json(overlay, "members", "colombo-process", "--as-of", "2025", "--answer", "all")
    (item,) = [item for item in between["items"] if item["id"] == "MMR"]
    assert item["answer"] == "possible"
    assert [each["source"] for each in item["rests_on"]] == [
        "tribune-india-2024-06-29",
        "overlay:ministry-note",
    ]
    assert "MMR" not in twelve


def test_claims_of_an_overlay_come_after_those_of_the_data(overlay: str) -> None:
    (item,) = as_json(overlay, "show", "colombo-process", "--history")["items"]
    refs = [claim["ref"] for claim in item["claims"]]
    own = [claim.ref for claim in bundled()["colombo-process"].claims]
    assert refs[: len(own)] == own
    assert refs[len(own) :] == [
        "colombo-process/members@2026-03:overlay:ministry-note",
        "colombo-process/secretariat@2026-03:overlay:ministry-note",
        "colombo-process/chair@2026-03:overlay:tribune-india-2024-06-29",
    ]


def test_other_answers_use_it_too(overlay: str) -> None:
    def with_and_without(*args: str) -> tuple[list[str], list[str]]:
        return with_overlay(overlay, *args).ids, run_command(*args).ids

    new, old = with_and_without("state", "Myanmar")
    assert sorted(set(new) - set(old)) == ["colombo-process"]
    new, old = with_and_without("list", "processes", "--member", "Kenya")
    assert set(new) - set(old) == {"own-process"}
    chair = with_overlay(overlay, "show", "colombo-process", "-p", "chair", "--as-of", "2026-03")
    # India has it until some day of 2026.
    assert [(row[0], row[2]) for row in rows(chair.out)] == [("MMR", "yes"), ("IND", "possible")]
    secretariat = with_overlay(overlay, "show", "colombo-process", "-p", "secretariat")
    assert secretariat.ids == ["a secretariat of its own"]
    shared = as_json(overlay, "compare", "own-process", "colombo-process")["items"]
    assert [item["id"] for item in shared if item["where"] == "shared"] == ["BGD"]
    assert "own-process" in with_overlay(overlay, "matrix").ids
    told = with_overlay(overlay, "timeline", "own-process")
    assert [(row[0], row[3]) for row in rows(told.out)] == [("2020", "founding")]
    disputes = as_json(overlay, "disputes", "own-process")["items"]
    assert [(item["record"], item["property"], item["reason"]) for item in disputes] == [
        ("own-process", "members_count", "the list of 2024 has 3, a count of 2024 says 4"),
        ("own-process", "members_count", "different values for the same time"),
    ]


def test_a_record_of_its_own_is_found_by_all_its_names(overlay: str) -> None:
    for name in ("own-process", "OPT", "Own Process", "own"):
        assert with_overlay(overlay, "members", name).ids == ["BGD", "KEN", "UGA"]
    refuse("members", "own-process", codes=(1,))


def test_it_is_listed_in_the_order_of_ids(overlay: str) -> None:
    ids = with_overlay(overlay, "list", "processes").ids
    assert ids == sorted(ids)
    bundled = run_command("list", "processes").ids
    assert set(ids) - set(bundled) == {"own-process"}
    counts = dict(rows(with_overlay(overlay, "list").out))
    assert int(counts["processes"]) == len(bundled) + 1


# Told apart ------------------------------------------------------------------------------


SHOWN = pytest.mark.parametrize(
    "args",
    sample(
        [
            ("members", "colombo-process"),
            ("state", "Myanmar"),
            ("show", "own-process"),
            ("show", "colombo-process", "-p", "chair"),
            ("timeline", "own-process"),
            ("disputes", "own-process"),
            ("list", "processes"),
            ("list", "processes", "--member", "Myanmar"),
            ("list", "sources", "file"),
            ("compare", "own-process", "colombo-process"),
            ("matrix",),
        ],
        [("members", "colombo-process"), ("show", "own-process"), ("list", "sources", "file")],
    ),
    ids=" ".join,
)
"""Command lines that show what the overlay adds."""


@SHOWN
def test_json_says_what_an_overlay_adds(overlay: str, args: tuple[str, ...]) -> None:
    report = with_overlay(overlay, *args, "-f", "json").json
    assert report["dataset"]["overlay"] == overlay
    own = {key for key in report["sources"] if key.startswith("overlay:")}
    marked = {key for key, source in report["sources"].items() if source.get("overlay")}
    assert own == marked
    # The counts of a pair rest on many lists, which they do not name.
    assert own or list(parts_with(report["items"], "overlay")) or args == ("matrix",)


@SHOWN
def test_a_table_says_what_an_overlay_adds(overlay: str, args: tuple[str, ...]) -> None:
    text = in_terminal(*args, "--data", overlay, columns=160).plain
    body, _, last = text.rpartition("\nrcpref ")
    assert f"withtheoverlay{overlay}" in "".join(last.split())
    assert "overlay" in body


def test_the_key_of_a_source_is_marked_and_its_title_is_its_own(overlay: str) -> None:
    report = as_json(overlay, "show", "own-process")
    assert report["sources"] == {
        "overlay:ministry-note": {
            "title": "Note to the file",
            "publisher": ["Ministry"],
            "tier": "primary",
            "date": "2026-03",
            "overlay": True,
        }
    }
    assert report["items"][0]["overlay"] is True
    card = with_overlay(overlay, "show", "own-process", "-f", "table").out
    assert "(own-process, from your overlay)" in card
    assert "(overlay:ministry-note, from your overlay)" in folded(card)
    whole = with_overlay(overlay, "show", "own-process", "--full", "-f", "table").out
    assert "(process, from your overlay)" in folded(whole)
    assert "(overlay:ministry-note, from your overlay)" in folded(whole)


def test_a_bundled_source_that_an_overlay_cites_is_not_held_to_say_it(overlay: str) -> None:
    # The claim is the reader's, whatever source it names.
    report = as_json(overlay, "show", "colombo-process", "-p", "chair", "--as-of", "2026-03")
    own, bundled_one = report["items"]
    assert [each["source"] for each in own["rests_on"]] == ["overlay:tribune-india-2024-06-29"]
    assert [each["source"] for each in bundled_one["rests_on"]] == ["devdiscourse-2024-05-29"]


def test_a_source_of_an_overlay_is_cited_by_the_key_it_has_there(overlay: str) -> None:
    cited = with_overlay(overlay, "cite", "overlay:ministry-note").out
    assert with_overlay(overlay, "cite", "ministry-note").out == cited
    assert "Note to the file" in cited
    near = refuse("cite", "ministry-notes", "--data", overlay, codes=(1,))
    assert hint_of(near) == "did you mean overlay:ministry-note?"
    for command in ("show", "members", "state"):
        for key in ("ministry-note", "overlay:ministry-note"):
            found = refuse(command, key, "--data", overlay, codes=(1,))
            told = "overlay:ministry-note is a source: rcpref cite overlay:ministry-note"
            assert hint_of(found) == told
    bundled_one = refuse("show", "iom-bali-es", codes=(1,))
    assert hint_of(bundled_one) == "iom-bali-es is a source: rcpref cite iom-bali-es"


def test_no_overlay_changes_what_a_reference_means(tmp_path: Path) -> None:
    source = FILES["sources.toml"]
    files = {"sources.toml": source.replace("ministry-note", "colombo")}
    folder = str(write_files(tmp_path, files))
    assert as_json(folder, "cite", "colombo")["items"][0]["ref"] == "colombo-process"


def test_what_is_bundled_stays_as_it_is(overlay: str) -> None:
    for args in (("show", "oas"), ("members", "oas"), ("text", "lima-2013/conclusion-1")):
        one, two = (
            run_command(*args, "-f", "json").json,
            with_overlay(overlay, *args, "-f", "json").json,
        )
        assert one["items"] == two["items"]
        assert one["sources"] == two["sources"]
        assert not list(parts_with(two["items"], "overlay"))


# Digest ----------------------------------------------------------------------------------


def test_the_digest_is_that_of_what_answers(overlay: str, tmp_path: Path) -> None:
    def digest(folder: str | Path) -> str:
        return str(
            run_command("about", "--data", str(folder), "-f", "json").json["items"][0]["digest"]
        )

    first = digest(overlay)
    assert first != bundled().digest
    # The same overlay in another place, written down in another order.
    same = write_files(tmp_path / "same", dict(reversed(FILES.items())))
    assert digest(same) == first
    commented = {**FILES, "sources.toml": "# a remark\n" + FILES["sources.toml"]}
    assert digest(write_files(tmp_path / "commented", commented)) == first
    changed = {**FILES, "sources.toml": FILES["sources.toml"].replace("2026-03", "2026-04")}
    assert digest(write_files(tmp_path / "changed", changed)) != first
    data = rcpref.load(overlay=overlay)
    assert data.digest == first
    assert data != bundled()
    assert data.overlay == overlay


def test_claims_and_records_are_counted(overlay: str) -> None:
    (one,) = run_command("about", "-f", "json").json["items"]
    (two,) = with_overlay(overlay, "about", "-f", "json").json["items"]
    assert two["claims"] - one["claims"] == 7
    assert two["records"] - one["records"] == 1
    assert two["version"] == one["version"]


def test_reading_an_overlay_leaves_the_data_below_it_alone(overlay: str) -> None:
    below = rcpref.load()
    first = read_folder(overlay, below.document)
    plain = {key: dict(value) for key, value in below.document.items()}
    assert digest_of(plain) == below.digest == bundled().digest
    # So a second one is not laid over the first.
    assert read_folder(overlay, below.document) == first


# Option and variable ---------------------------------------------------------------------


def test_the_variable_does_as_the_option(overlay: str) -> None:
    args = ("members", "colombo-process")
    assert run_command(*args, env={"RCPREF_DATA": overlay}) == with_overlay(overlay, *args)


def test_the_option_beats_the_variable(overlay: str, tmp_path: Path) -> None:
    other = write_files(
        tmp_path,
        {
            "sources.toml": FILES["sources.toml"],
            "processes/own-process.toml": FILES["processes/own-process.toml"].replace(
                '"KEN", "UGA", "BGD"', '"FJI"'
            ),
        },
    )
    args = ("members", "own-process")
    assert run_command(*args, env={"RCPREF_DATA": str(other)}).ids == ["FJI"]
    result = run_command(*args, "--data", overlay, env={"RCPREF_DATA": str(other)})
    assert result.ids == ["BGD", "KEN", "UGA"]
    broken = str(tmp_path / "none")
    assert run_command(*args, "--data", overlay, env={"RCPREF_DATA": broken}).ids == result.ids


def test_an_empty_variable_is_none() -> None:
    args = ("members", "colombo-process")
    assert run_command(*args, env={"RCPREF_DATA": ""}) == run_command(*args)


def test_a_path_may_be_relative(overlay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(overlay).parent)
    result = run_command("members", "own-process", "--data", Path(overlay).name)
    assert result.ids == ["BGD", "KEN", "UGA"]


# Refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "key", "text"), [
    ("processes/colombo-process", "name", 'id = "colombo-process"\nname = "Another name"'),
    ("processes/colombo-process", "short_name", 'id = "colombo-process"\nshort_name = "CP"'),
    ("processes/colombo-process", "acronym", 'id = "colombo-process"\nacronym = "XX"'),
    ("processes/colombo-process", "aliases", 'id = "colombo-process"\naliases = ["Nickname"]'),
    ("processes/colombo-process", "names", 'id = "colombo-process"\nnames = { de = "Prozess" }'),
    ("processes/colombo-process", "kind", 'id = "colombo-process"\nkind = "body"'),
    ("sources", "mfa-lk-2013-10-21",
        '[mfa-lk-2013-10-21]\ntitle = "x"\npublisher = ["y"]\ntier = "primary"'),
    ("properties", "members", '[members]\nlabel = "x"\ntype = "text"\ndefinition = "y"\n'
        'group = "z"\norder = 1\nkinds = ["process"]'),
])  # fmt: skip
def test_an_overlay_changes_no_name_source_or_property(
    tmp_path: Path, file: str, key: str, text: str
) -> None:
    write_files(tmp_path, {f"{file}.toml": f"{text}\n"})
    result = run_command("members", "colombo-process", "--data", str(tmp_path), code=3)
    assert f"{tmp_path / file}.toml: {key}: " in result.err
    assert "[E107]" in result.err
    assert hint_of(result)


def test_names_that_are_the_same_may_stand_there(tmp_path: Path) -> None:
    text = (Path(data_folder()) / "processes/colombo-process.toml").read_text(encoding="utf-8")
    head = text.partition("[[claim]]")[0]
    write_files(tmp_path, {"processes/colombo-process.toml": head})
    result = run_command("members", "colombo-process", "--data", str(tmp_path))
    assert result.ids == run_command("members", "colombo-process").ids


MORE = (("conclusions",), ("text", "lima-2013-chairs-summary"), ("cite", "lima-2013"))


@pytest.mark.parametrize("document", ["lima-2013-chairs-summary", "own-minutes"])
def test_a_text_of_an_overlay_changes_no_reference(tmp_path: Path, document: str) -> None:
    """Without a reference, and with that of a passage alone, it stays the Lima summary."""
    names = 'id = "own-minutes"\nkind = "document"\nname = "Minutes"\nshort_name = "Minutes"\n'
    text = (
        f'id = "aa-own"\ntitle = "Own"\nlanguage = "en"\ndate = "2013"\ndocument = "{document}"\n'
    )
    passage = '[[passage]]\nkind = "{}"\nnumber = 5\ntext = "Own words"\n'
    files = {
        "sources.toml": FILES["sources.toml"].replace("ministry-note", "own-minutes"),
        "documents/own-minutes.toml": names,
        "texts/aa-own.toml": f'{text}meeting = "lima-2013"\n'
        + passage.format("conclusion")
        + passage.format("paragraph"),
    }
    folder = str(write_files(tmp_path, files))
    for line in (("text",), ("text", "paragraph-5"), ("cite", "conclusion-5"), *MORE):
        assert run_command(*line, "--data", folder).lines == run_command(*line).lines
    assert run_command("text", "aa-own", "--data", folder).lines[0].endswith("Own words")


@pytest.mark.parametrize("command", [("about",), ("members", "igc"), ("list", "states"), ("text",)])
def test_a_bad_overlay_is_bad_data_for_every_command(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    bad = FILES["processes/own-process.toml"].replace('"BGD"]', '"BGD", "ZZZ"]')
    write_files(tmp_path, {**FILES, "processes/own-process.toml": bad})
    for result in (
        run_command(*command, "--data", str(tmp_path), code=3),
        run_command(*command, env={"RCPREF_DATA": str(tmp_path)}, code=3),
    ):
        lines = result.err.splitlines()
        assert len(lines) == 2
        assert lines[0] == (
            f"rcpref: error: {tmp_path / 'processes/own-process.toml'}: "
            "claim 2 (members).value: 'ZZZ' is not in countries.toml [E302]"
        )
        assert "ISO 3166-1 alpha-3" in lines[1]


def test_more_than_one_thing_wrong_is_counted(tmp_path: Path) -> None:
    bad = FILES["processes/own-process.toml"].replace('"BGD"]', '"YYY", "ZZZ"]')
    write_files(tmp_path, {**FILES, "processes/own-process.toml": bad})
    result = run_command("about", "--data", str(tmp_path), code=3)
    assert "'YYY'" in result.err
    assert "(and 1 more)" in result.err


@pytest.mark.parametrize("name", ["none", "empty", "a-file"])
def test_no_folder_with_data(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    result = run_command("about", "--data", str(tmp_path / name), code=3)
    assert str(tmp_path / name) in result.err
    assert hint_of(result)


def test_a_path_of_no_letters_is_refused_with_a_reason() -> None:
    result = refuse("about", "--data", "", codes=(2, 3))
    # "rcpref: error: : is not a folder" names nothing.
    assert "error: :" not in result.err


def test_the_whole_of_the_data_is_no_overlay_to_itself(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    result = run_command("members", "colombo-process", "--data", str(folder), code=3)
    assert str(folder) in result.err
    # Without its States it still adds every claim a second time.
    (folder / "countries.toml").unlink()
    run_command("members", "colombo-process", "--data", str(folder), code=3)


def test_a_name_that_two_records_share_is_not_decided_for_the_reader(tmp_path: Path) -> None:
    own = FILES["processes/own-process.toml"].replace('"Own Process"', '"Bali Process"')
    write_files(tmp_path, {**FILES, "processes/own-process.toml": own})
    result = refuse("members", "Bali Process", "--data", str(tmp_path), codes=(2,))
    assert "bali-process" in result.err
    assert "own-process" in result.err
    # An id is always one record's own.
    ids = run_command("members", "bali-process", "--data", str(tmp_path)).ids
    assert ids == run_command("members", "bali-process").ids


@pytest.mark.usefixtures("small")
@pytest.mark.wide
def test_what_is_passed_on_tells_of_an_overlay_and_not_where_it_is(tmp_path: Path) -> None:
    record = "processes/own-process.toml"
    own = {**FILES, record: FILES[record].replace(', "BGD"', "")}
    del own["processes/colombo-process.toml"]
    overlay = str(write_files(tmp_path / "own", own))
    data = rcpref.load(overlay=overlay)
    told = {
        "all.zip": "An overlay adds to the data of that version.",
        "atlas.html": "with an overlay, sha256",
    }
    for target, words in told.items():
        data.export(tmp_path / target)
        content = (tmp_path / target).read_bytes()
        # Nothing in the archive is compressed.
        assert words.encode() in content and data.digest[:12].encode() in content, target
        assert overlay.encode() not in content
    bundled().export(tmp_path / "plain.zip")
    assert b"An overlay adds" not in (tmp_path / "plain.zip").read_bytes()


@pytest.mark.parametrize("date", [None, "2013", "2013-05", "2013-06/2015", "today"])
@pytest.mark.parametrize("record", ["bali-process", "mtm", "midcas"])
def test_a_map_answers_for_the_date_that_members_answer_for(
    overlay: str, record: str, date: str | None
) -> None:
    args = (record, *(("--as-of", date) if date else ()))
    drawn, listed = (as_json(overlay, command, *args) for command in ("map", "members"))
    assert drawn["query"]["as_of"] == listed["query"]["as_of"]
    assert drawn["query"]["as_of"] == (bundled().date if date == "today" else date)
    by_code = {item["id"]: item for item in [*listed["items"], *listed["uncertain"]]}
    assert {item["id"]: item for item in drawn["items"]} == by_code
    assert drawn["summary"]["heading"] == listed["summary"]["heading"]
