"""`rcpref diff`: every change between two data sets, and no other."""

import copy
import csv
import io
import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rcpref
from asking import bundled
from conftest import Result, examples, run_command, small_data
from helpers import folded, in_terminal, refuse, rows
from rcpref.answers.diff import Change, changes
from rcpref.data.dataset import Data

# Any two data sets -----------------------------------------------------------------------

PROPERTIES = {
    "members": {"label": "Members", "type": "states"},
    "status": {"label": "Status", "type": "choice"},
}

CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "property": st.sampled_from(sorted(PROPERTIES)),
            "value": st.one_of(
                st.sampled_from(["active", "dormant"]),
                st.lists(st.sampled_from(["KEN", "UGA", "TZA"]), min_size=1, unique=True),
            ),
            "source": st.sampled_from(["one", "two"]),
        },
        optional={"as_of": st.sampled_from(["2013", "2014"]), "note": st.just("a note")},
    ),
    max_size=6,
)

NAMED = st.fixed_dictionaries(
    {"title": st.sampled_from("AB")}, optional={"date": st.sampled_from("12")}
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document of few words, so that two of them share much."""
    records = draw(st.dictionaries(st.sampled_from("pqr"), st.sampled_from("AB")))
    passages = draw(st.lists(st.integers(1, 4), unique=True, max_size=4))
    words = st.sampled_from(["a", "b"])
    text = {
        "title": draw(words),
        "passages": [
            {"kind": "paragraph", "number": number, "text": draw(words)} for number in passages
        ],
    }
    return {
        "dataset": {"version": draw(words), "date": "2026"},
        "properties": PROPERTIES,
        "sources": draw(st.dictionaries(st.sampled_from(["one", "two", "three"]), NAMED)),
        "countries": draw(st.dictionaries(st.sampled_from(["KEN", "UGA"]), NAMED)),
        "records": {
            key: {"id": key, "kind": "process", "name": name, "short_name": name}
            for key, name in records.items()
        },
        "claims": {key: draw(CLAIMS) for key in records},
        "texts": {"t": text} if draw(st.booleans()) else {},
    }


def diff(one: dict[str, Any], two: dict[str, Any]) -> list[Change]:
    return changes(Data(one), Data(two))


def key_of(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def mirrored(change: Change) -> str:
    """A change the other way round, without the number of a reference, which may differ."""
    words = {"added": "removed", "removed": "added", "changed": "changed"}
    ref = change.ref.partition("#")[0]
    turned = (words[change.change], change.what, ref, change.record, change.property)
    return key_of([*turned, change.new, change.old])


def straight(change: Change) -> str:
    turned = change._replace(
        change={"added": "removed", "removed": "added", "changed": "changed"}[change.change],
        old=change.new,
        new=change.old,
    )
    return mirrored(turned)


@given(documents())
def test_a_data_set_does_not_differ_from_itself(document: dict[str, Any]) -> None:
    assert diff(document, copy.deepcopy(document)) == []


@given(documents(), documents())
def test_the_other_way_round_additions_are_removals(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    there, back = diff(one, two), diff(two, one)
    assert sorted(map(mirrored, there)) == sorted(map(straight, back))


@given(documents(), documents())
def test_what_is_told_turns_the_one_into_the_other(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    """The changes, applied to the older document, give the newer one, part by part."""
    found = diff(one, two)
    for what, part in (("source", "sources"), ("state", "countries"), ("record", "records")):
        made = dict(one[part])
        for change in found:
            if change.what == what:
                assert made.pop(change.ref, None) == change.old
                made |= {change.ref: change.new} if change.new is not None else {}
        assert made == two[part]
    for record in {**one["claims"], **two["claims"]}:
        claims = Counter(map(key_of, one["claims"].get(record, [])))
        for change in found:
            if change.what == "claim" and change.record == record:
                claims -= Counter([key_of(change.old)] if change.old else [])
                claims += Counter([key_of(change.new)] if change.new else [])
        assert claims == Counter(map(key_of, two["claims"].get(record, [])))
    before, after = (
        {p["number"]: p for t in d["texts"].values() for p in t["passages"]} for d in (one, two)
    )
    for change in found:
        if change.what == "passage":
            number = int(change.ref.removeprefix("t/paragraph-"))
            assert before.pop(number, None) == change.old
            before |= {number: change.new} if change.new is not None else {}
    assert before == after


@given(CLAIMS, CLAIMS)
def test_no_more_claims_are_told_than_must_be(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    """Equal claims are left alone; of the rest, those of one label are changed in pairs."""

    def label(claim: str) -> tuple[str, ...]:
        plain = json.loads(claim)
        return plain["property"], plain.get("as_of", ""), plain["source"]

    base = {"dataset": {}, "properties": PROPERTIES, "sources": {}, "countries": {}, "texts": {}}
    record = {"p": {"id": "p", "kind": "process", "name": "P", "short_name": "P"}}
    one, two = ({**base, "records": record, "claims": {"p": each}} for each in (before, after))
    old, new = Counter(map(key_of, before)), Counter(map(key_of, after))
    gone, come = (Counter(map(label, (each).elements())) for each in (old - new, new - old))
    told = Counter(change.change for change in diff(one, two))
    assert told["changed"] == (gone & come).total()
    assert told["removed"] == (gone - come).total()
    assert told["added"] == (come - gone).total()


@given(documents(), st.randoms())
def test_the_order_of_claims_and_keys_says_nothing(document: dict[str, Any], random: Any) -> None:
    other = copy.deepcopy(document)
    for claims in other["claims"].values():
        random.shuffle(claims)
    for part in ("sources", "countries", "records"):
        keys = list(other[part])
        random.shuffle(keys)
        other[part] = {key: other[part][key] for key in keys}
    assert diff(document, other) == []


# Edits of the bundled data ---------------------------------------------------------------


def plain() -> dict[str, Any]:
    """The bundled document, of which parts and lists of claims may be edited."""
    document = {key: dict(part) for key, part in bundled().document.items()}
    claims = {key: list(own) for key, own in document["claims"].items()}
    return {**document, "claims": claims}


PLACES = [
    (record, place)
    for record, claims in bundled().document["claims"].items()
    for place in range(len(claims))
]


@settings(max_examples=examples(10))
@given(st.data())
def test_edits_are_told_one_by_one(data: st.DataObject) -> None:
    """Any claims removed, noted or copied with another date, wherever they stand."""
    kinds = st.sampled_from(["removed", "changed", "added"])
    edits = data.draw(st.dictionaries(st.sampled_from(PLACES), kinds, max_size=12))
    document = plain()
    wanted = []
    # From the last place to the first, so that the others keep theirs.
    for (record, place), edit in sorted(edits.items(), reverse=True):
        claims = document["claims"][record]
        before = claims[place]
        if edit == "removed":
            claims.pop(place)
            wanted.append((edit, record, before, None))
        elif edit == "changed":
            claims[place] = {**before, "note": "noted for a test"}
            wanted.append((edit, record, before, claims[place]))
        else:
            dateless = {k: v for k, v in before.items() if k not in ("from", "until")}
            claims.insert(place, {**dateless, "as_of": "1066", "note": f"claim {place}"})
            wanted.append((edit, record, None, claims[place]))
    found = changes(bundled(), Data(document))
    assert {change.what for change in found} <= {"claim"}
    told = [(each.change, each.record, each.old, each.new) for each in found]
    assert sorted(map(key_of, told)) == sorted(map(key_of, wanted))


def test_a_claim_before_others_alike_is_one_change() -> None:
    document = plain()
    refs = [claim.ref for record in bundled() for claim in record.claims]
    numbered = next(ref for ref in refs if ref.endswith("#2"))
    record = numbered.partition("/")[0]
    claims = document["claims"][record]
    place = next(p for p, c in enumerate(bundled()[record].claims) if c.ref == numbered)
    # The very first of those alike: the numbers of all others rise by one.
    first = bundled()[record].claims[place].ref.partition("#")[0]
    start = next(p for p, c in enumerate(bundled()[record].claims) if c.ref == first)
    claims.insert(start, {**claims[start], "value": ["KEN"], "note": "one more"})
    (change,) = changes(bundled(), Data(document))
    assert (change.change, change.ref, change.old) == ("added", first, None)
    assert change.new == claims[start]


def test_changes_come_in_the_order_of_the_data_and_what_is_removed_comes_last() -> None:
    document = plain()
    records = [key for key in document["records"] if len(document["claims"][key]) > 3]
    removed, changed = [], []
    for key in records:
        gone = document["claims"][key].pop(1)
        document["claims"][key][2] = {**document["claims"][key][2], "note": "another"}
        removed.append((key, gone["property"], "removed"))
        changed.append((key, document["claims"][key][2]["property"], "changed"))
    found = changes(bundled(), Data(document))
    assert [(c.record, c.property, c.change) for c in found] == changed + removed


def test_a_record_that_goes_takes_its_claims_along() -> None:
    document = plain()
    del document["records"]["irf"]
    claims = document["claims"].pop("irf")
    found = changes(bundled(), Data(document))
    assert [each.what for each in found] == ["record"] + ["claim"] * len(claims)
    assert {each.change for each in found} == {"removed"}
    assert [each.ref for each in found[1:]] == [claim.ref for claim in bundled()["irf"].claims]
    back = changes(Data(document), bundled())
    assert {each.change for each in back} == {"added"}
    assert [each.ref for each in back] == [each.ref for each in found]


def test_the_order_of_passages_is_a_change_of_the_text() -> None:
    document = plain()
    text = document["texts"]["lima-2013"]
    passages = list(text["passages"])
    passages[3], passages[5] = passages[5], passages[3]
    document["texts"]["lima-2013"] = {**text, "passages": passages}
    (change,) = changes(bundled(), Data(document))
    assert (change.change, change.what, change.ref) == ("changed", "text", "lima-2013")
    # One that is gone leaves the others in their order.
    gone = passages.pop(3)
    passages.sort(key=text["passages"].index)
    whole, passage = changes(bundled(), Data(document))
    label = f"lima-2013/{gone['kind']}-{gone['number']}"
    assert whole.old is not None and whole.new is not None
    assert {*whole.old["passages"]} - {*whole.new["passages"]} == {label}
    assert (passage.change, passage.what, passage.ref) == ("removed", "passage", label)


# The command -----------------------------------------------------------------------------

MEMBERS = """
[[claim]]
property = "members"
value = ["KEN", "UGA"]
as_of = "2024-03"
source = "own-page"
"""

OWN = """\
id = "own-process"
kind = "process"
name = "Own Process for Tests"
short_name = "Own Process"
aliases = ["OPT"]
"""

SOURCE = """\
[own-page]
title = "About *the* process"
publisher = ["Own Process"]
tier = "primary"
date = "2024-05"
url = "https://example.org/about"
"""


def whole(folder: Path, claims: str = MEMBERS, head: str = OWN, source: str = SOURCE) -> Path:
    """A small whole data set with one record."""
    (folder / "processes").mkdir(parents=True)
    for name in ("dataset.toml", "properties.toml", "countries.toml"):
        shutil.copy(os.path.join(small_data(), name), folder)
    countries = folder / "countries.toml"
    lines = countries.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("listed_")]
    countries.write_text("\n".join(kept), encoding="utf-8")
    (folder / "processes/own-process.toml").write_text(head + claims, encoding="utf-8")
    (folder / "sources.toml").write_text(source, encoding="utf-8")
    return folder


def compared(old: Path, new: Path, *args: str, code: int = 1) -> Result:
    """What is printed of data sets that differ; with the code 0, of equal ones."""
    return run_command("diff", str(old), str(new), *args, code=code, quiet=False)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole(tmp_path_factory.mktemp("before") / "data")


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those data with one State for another, a claim for another, one source more."""
    claims = MEMBERS.replace('"UGA"', '"TZA"') + 'note = "read again"\n'
    claims += '\n[[claim]]\nproperty = "status"\nvalue = "active"\nsource = "new-page"\n'
    source = SOURCE + SOURCE.replace("own-page", "new-page").replace('date = "2024-05"\n', "")
    return whole(
        tmp_path_factory.mktemp("after") / "data",
        claims,
        OWN.replace('"OPT"', '"OPR"') + 'acronym = "OP"\n',
        source,
    )


IN_LINES = """\
ref | change | what | record | property | difference | sources
new-page | added | source | | | About *the* process |
own-process | changed | record | own-process | | aliases: +OPR, -OPT; acronym: none → OP |
own-process/members@2024-03:own-page | changed | claim | own-process | members \
| value: +TZA, -UGA; note: none → read again | own-page
own-process/status@undated:new-page | added | claim | own-process | status | active | new-page
"""


def test_lines_for_programs(before: Path, after: Path) -> None:
    result = compared(before, after, "--header")
    wanted = [[cell.strip() for cell in line.split("|")] for line in IN_LINES.splitlines()]
    assert rows(result.out) == wanted
    assert result.err == "2 added, 2 changed, 0 removed\n"
    read = list(csv.reader(io.StringIO(compared(before, after, "-f", "csv").out, newline="")))
    assert read == wanted


def test_json(before: Path, after: Path) -> None:
    report = compared(before, after, "-f", "json").json
    query = report["query"]
    assert (query["command"], query["old"], query["new"]) == ("diff", str(before), str(after))
    # The envelope is that of the newer data, the question names the older ones.
    assert report["dataset"]["digest"] != query["old_dataset"]["digest"]
    other = compared(after, before, "-f", "json").json
    assert other["dataset"] == query["old_dataset"]
    assert other["query"]["old_dataset"] == report["dataset"]
    source, record, members, status = report["items"]
    assert source["new"]["title"] == "About *the* process"
    assert source["old"] is None
    assert (record["old"]["aliases"], record["new"]["aliases"]) == (["OPT"], ["OPR"])
    assert (members["old"]["value"], members["new"]["value"]) == (["KEN", "UGA"], ["KEN", "TZA"])
    assert (members["new"]["source"], status["new"]["source"]) == ("own-page", "new-page")
    keys = ["change", "what", "ref", "record", "property", "old", "new"]
    for item in report["items"]:
        assert list(item) == keys
    assert set(report["sources"]) == {"own-page", "new-page"}


def test_a_source_that_is_gone_is_a_row_of_its_own(before: Path, after: Path) -> None:
    report = compared(after, before, "-f", "json").json
    (removed,) = (item for item in report["items"] if item["ref"].endswith("undated:new-page"))
    assert (removed["change"], removed["old"]["source"]) == ("removed", "new-page")
    (source,) = (item for item in report["items"] if item["what"] == "source")
    assert (source["change"], source["ref"]) == ("removed", "new-page")
    assert source["old"]["title"] == "About *the* process"
    # The newer data do not have it, the envelope is theirs.
    assert set(report["sources"]) == {"own-page"}


def test_markdown_for_release_notes(before: Path, after: Path) -> None:
    text = compared(before, after, "-f", "markdown").out
    lines, version = text.splitlines(), rcpref.load().version
    assert lines[0] == f"# Changes of the data from {version} to {version}"
    assert lines[2] == "2 added, 2 changed, 0 removed."
    link = "[About \\*the\\* process](https://example.org/about)"
    assert lines[4:-2] == [
        "## Own Process",
        "",
        "- changed: aliases: +OPR, -OPT; acronym: none → OP",
        f"- changed: members (2024-03): value: +TZA, -UGA; note: none → read again — {link}",
        f"- added: status (undated): active — {link}",
        "",
        "## Vocabulary, sources, States and texts",
        "",
        "- added: source new-page: About \\*the\\* process",
    ]


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_a_table_says_the_same(before: Path, after: Path, columns: int) -> None:
    screen = in_terminal("diff", str(before), str(after), columns=columns)
    assert screen.code == 1
    assert all(len(line) <= columns for line in screen.plain.splitlines())
    words = folded(screen.plain)
    for part in ("Own Process", "+TZA, -UGA", "About *the* process", "2 changed"):
        assert part in words


def test_chosen_columns(before: Path, after: Path) -> None:
    result = compared(before, after, "--columns", "what,ref")
    assert rows(result.out)[0] == ["source", "new-page"]
    table = compared(before, after, "--columns", "what", "-f", "table").out
    assert "+TZA" not in table
    refuse("diff", str(before), "--columns", "nonsense", codes=(2,))


def test_data_that_are_equal(before: Path, small: Path) -> None:
    result = compared(before, before, code=0)
    assert (result.out, result.err) == ("", "no difference\n")
    for format in ("table", "markdown"):
        assert "no difference." in compared(before, before, "-f", format, code=0).out
    report = compared(before, before, "-f", "json", code=0).json
    assert (report["count"], report["items"], report["sources"]) == (0, [], {})
    assert run_command("diff", str(small)).err == "no difference\n"
    assert (
        "no difference" in compared(before, before, "--columns", "what", "-f", "table", code=0).out
    )


def test_another_order_is_no_difference_and_is_said(tmp_path: Path, before: Path) -> None:
    other = '\n[[claim]]\nproperty = "status"\nvalue = "active"\nsource = "own-page"\n'
    one = whole(tmp_path / "one", MEMBERS + other)
    two = whole(tmp_path / "two", other + MEMBERS)
    assert compared(one, two, code=0).err == "no difference except in the order of the items\n"
    turned = whole(tmp_path / "three", MEMBERS.replace('"KEN", "UGA"', '"UGA", "KEN"'))
    ((*_, difference, _),) = rows(compared(before, turned).out)
    assert difference == "value: in another order"


CHANGED_CLAIMS = [
    ('disputed = ["UGA"]', "", "disputed: UGA → none"),
    ("", 'disputed = ["UGA"]', "disputed: none → UGA"),
    ("complete = false", "complete = true", "complete: false → true"),
    ("complete = false", "", "complete: false → none"),
    ("stated_total = 2", "stated_total = 3", "stated_total: 2 → 3"),
    ('role = "host"', 'role = "guest"', "role: host → guest"),
    ('note = "one more"', 'note = "two more"', "note: one more → two more"),
]


@pytest.mark.parametrize(("one", "two", "words"), CHANGED_CLAIMS)
def test_what_differs_in_words(tmp_path: Path, one: str, two: str, words: str) -> None:
    old, new = (
        whole(tmp_path / name, f"{MEMBERS}{line}\n") for name, line in (("a", one), ("b", two))
    )
    ((*_, difference, _),) = rows(compared(old, new).out)
    assert difference == words


def test_names_in_other_languages(tmp_path: Path) -> None:
    old = whole(tmp_path / "a", head=OWN + 'names = { fr = "Processus", es = "Proceso" }\n')
    new = whole(tmp_path / "b", head=OWN + 'names = { fr = "Processus propre", de = "Prozess" }\n')
    ((*_, difference, _),) = rows(compared(old, new).out)
    assert difference == "names: fr Processus, es Proceso → fr Processus propre, de Prozess"


def differing(*args: str) -> Result:
    return run_command("diff", *args, code=1, quiet=False)


def edition(folder: Path, small: Path, old: str, new: str) -> str:
    """A copy of the data with words of a passage changed."""
    shutil.copytree(small, folder)
    (folder / "baked.jsonl").unlink(missing_ok=True)
    file = folder / "texts/lima-2013.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return str(folder)


def test_an_edition_of_the_bundled_data(tmp_path: Path, small: Path) -> None:
    copied = edition(tmp_path / "data", small, "Deepening the evidence", "Widening the evidence")
    found = rows(differing(copied).out)
    assert [row[:3] for row in found] == [["lima-2013/conclusion-5", "changed", "passage"]]
    assert found[0][5].startswith("text: Widening the evidence") and "→ Deepening" in found[0][5]
    notes = differing(copied, "-f", "markdown").out
    assert "- changed: passage lima-2013/conclusion-5: text: Widening" in notes


def test_a_passage_of_two_lines_is_one_line(tmp_path: Path, small: Path) -> None:
    copied = edition(tmp_path / "data", small, "Lima, Peru", "Lima")
    words = "text: Lima May 22 and 23, 2013 → Lima, Peru May 22 and 23, 2013"
    found = {row[0]: row[5] for row in rows(differing(copied).out)}
    assert found["lima-2013/heading-2"].startswith(words)


def test_an_overlay_is_taken_with_the_bundled_data(tmp_path: Path, small: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "processes").mkdir(parents=True)
    (overlay / "processes/own-process.toml").write_text(OWN + MEMBERS, encoding="utf-8")
    (overlay / "sources.toml").write_text(SOURCE, encoding="utf-8")
    wanted = [
        ("overlay:own-page", "added"),
        ("own-process", "added"),
        ("own-process/members@2024-03:overlay:own-page", "added"),
    ]
    for args in ((str(small), str(overlay)), (str(small), "--data", str(overlay))):
        found = rows(differing(*args).out)
        assert [(row[0], row[1]) for row in found] == wanted
        report = differing(*args, "-f", "json").json
        assert report["dataset"]["overlay"] == str(overlay)
    back = rows(differing(str(overlay)).out)
    assert [(row[0], row[1]) for row in back] == [(ref, "removed") for ref, _ in wanted]
    # One overlay against another: NEW counts, not the one that --data adds.
    same = run_command("diff", str(overlay), str(overlay), "--data", str(small))
    assert same.err == "no difference\n"


# Bad input -------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_what_is_no_data_set(tmp_path: Path, before: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("no data", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/dataset.toml").symlink_to("dataset.toml")
    broken = whole(tmp_path / "broken", claims="\n[[claim]]\n")
    for path in (tmp_path / "missing", *tmp_path.iterdir()):
        for args in ((str(path),), (str(before), str(path))):
            result = refuse("diff", *args, codes=(3,))
            assert path.name in result.err.splitlines()[0]
    assert "processes/own-process.toml: claim 1" in refuse("diff", str(broken), codes=(3,)).err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    folder = whole(tmp_path / "closed")
    folder.chmod(0)
    try:
        result = refuse("diff", str(folder), codes=(3,))
    finally:
        folder.chmod(0o700)
    assert "cannot be read: Permission denied" in result.err


@pytest.mark.usefixtures("small")
def test_wrong_usage(before: Path) -> None:
    refuse("diff", codes=(2,))
    refuse("diff", "", codes=(2,))
    refuse("diff", " ", codes=(2,))
    refuse("diff", str(before), "", codes=(2,))
    refuse("diff", str(before), str(before), str(before), codes=(2,))


@pytest.mark.usefixtures("small")
def test_words_of_the_data_command_no_terminal(tmp_path: Path, before: Path) -> None:
    claims = MEMBERS + 'note = "see [red]this[/red] and *that*"\n'
    other = whole(tmp_path / "other", claims)
    assert "[red]this[/red]" in in_terminal("diff", str(before), str(other), columns=120).plain
    assert "\\[red\\]this" in compared(before, other, "-f", "markdown").out
    name = str(tmp_path / "a\x1b[31m\u202e")
    result = refuse("diff", name, codes=(3,))
    assert "\x1b" not in result.err


# An exported JSON ------------------------------------------------------------------------


def test_the_bundled_data_do_not_differ_from_their_export(tmp_path: Path, small: Path) -> None:
    file = str(tmp_path / "data.json")
    run_command("export", file)
    for args in ((file,), (file, file), (str(small), file)):
        result = run_command("diff", *args)
        assert (result.out, result.err) == ("", "no difference\n")


@pytest.mark.usefixtures("small")
def test_an_export_of_older_data_is_compared(tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    run_command("export", str(file))
    whole = json.loads(file.read_text(encoding="utf-8"))
    del whole["digest"]
    claims = whole["records"]["igc"]["claims"]
    removed = claims.pop()
    file.write_text(json.dumps(whole), encoding="utf-8")
    (item,) = differing(str(file), "-f", "json").json["items"]
    assert (item["change"], item["what"], item["record"]) == ("added", "claim", "igc")
    assert item["new"] == removed
