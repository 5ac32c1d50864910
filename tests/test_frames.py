"""Answers as tables: the API says what the command says, and data frames have the right types."""

import csv
import io
import json
import re
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas
import pytest

import rcpref
from asking import bundled
from conftest import run_command
from helpers import prose, write_files
from rcpref.frames import Frame

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def asked(*args: str) -> list[dict[str, Any]]:
    """The items of a command, those that are not certain included."""
    report = run_command(*args, "-f", "json").json
    return [*report["items"], *report.get("uncertain", ())]


@pytest.fixture(scope="module")
def panel() -> Frame[rcpref.PanelRow]:
    return bundled().panel("2003", "2025")


def test_a_panel_has_the_answer_of_the_command_for_every_state_and_year(
    panel: Frame[rcpref.PanelRow],
) -> None:
    rows = {(row.record, row.state, row.as_of): row for row in panel}
    assert len(rows) == len(panel)
    years = [str(year) for year in range(2003, 2026)]
    assert {row.as_of for row in panel} == {*years}
    keys = [(row.record, row.state, row.as_of) for row in panel]
    assert keys == sorted(keys)
    named = {(row.record, row.state) for row in panel}
    assert len(panel) == len(named) * len(years)
    for record in ("bali-process", "mtm", "igad-rcp"):
        for year in ("2005", "2013", "2024"):
            for item in asked("members", record, "--as-of", year, "--answer", "all"):
                row = rows[record, item["id"], year]
                same = ("answer", "basis", "reason", "last_known", "distance")
                assert [getattr(row, key) for key in same] == [item[key] for key in same]
                assert row.certain is {"yes": True, "no": False}.get(row.answer)
                told = [(each["effect"], each["since"]) for each in item["standing"]]
                assert [(each.effect, each.since) for each in row.standing] == told
                assert [claim.ref for claim in row.rests_on] == [c["ref"] for c in item["rests_on"]]
                assert (row.first, row.last) == (date(int(year), 1, 1), date(int(year), 12, 31))


def test_a_panel_by_month_and_of_other_kinds() -> None:
    rows = bundled().panel("2013-11", "2014", "month", kinds=["body", "process"])
    months = list(dict.fromkeys(row.as_of for row in rows))
    assert (months[0], months[-1], len(months)) == ("2013-11", "2014-12", 14)
    assert {bundled()[row.record].kind for row in rows} == {"body", "process"}
    assert rows[0].last == date(2013, 11, 30)


@pytest.mark.parametrize(("start", "end", "by", "words"), [
    ("2025", "2003", "year", "2003 comes before 2025"),
    ("2003", "2025", "decade", "no unit 'decade'"),
    ("0001", "2025", "year", "2025 years are too many"),
    ("1990", "2025", "month", "432 months are too many"),
    ("2003", "soon", "year", "'soon' is not a date"),
])  # fmt: skip
def test_a_panel_that_cannot_be_is_refused(start: str, end: str, by: str, words: str) -> None:
    with pytest.raises(rcpref.UsageProblem, match=words):
        bundled().panel(start, end, by)
    with pytest.raises(rcpref.UsageProblem, match=words):
        bundled().overlap(start, end, by)


def test_a_kind_that_there_is_not_is_refused() -> None:
    for wrong in ({"kinds": "meeting"}, {"kinds": "club"}):
        for ask in (bundled().matrix, bundled().edges):
            with pytest.raises(rcpref.UsageProblem):
                ask("2013", **wrong)


def test_pandas_has_days_truth_values_and_categories(panel: Frame[rcpref.PanelRow]) -> None:
    frame = panel.to_pandas()
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    days, truth = {"first", "last"}, {"certain"}
    assert {name for name, kind in types.items() if kind == "datetime64[s]"} == days
    assert {name for name, kind in types.items() if kind == "boolean"} == truth
    categories = {"record", "short_name", "state", "name", "answer", "basis"}
    assert {name for name, kind in types.items() if kind == "category"} == categories
    assert list(frame["answer"].cat.categories) == ["yes", "possible", "disputed", "no", "unknown"]
    assert frame["answer"].cat.ordered and frame["basis"].cat.ordered
    certain = Counter((row.record, row.as_of) for row in panel if row.certain)
    sums = frame.groupby(["record", "as_of"], observed=True)["certain"].sum()
    assert {key: int(count) for key, count in sums.items() if count} == certain
    assert frame["basis"].isna().sum() == sum(row.basis is None for row in panel)


def test_every_table_becomes_a_data_frame_of_as_many_rows() -> None:
    data = bundled()
    tables: list[Any] = [
        data.timeline("sacm"),
        data.edges("2013"),
        data.overlap("2012", "2013"),
        data.compare("bali-process", "colombo-process", as_of="2013-05"),
        data.changes("european-union", "2003", "2021"),
        data.chair_terms(),
        data.members("bali-process", "2013-05"),
        data.timeline("sacm", start="2099"),
    ]
    for table in tables:
        frame, plain = table.to_pandas(), table.to_dict()
        assert list(frame.columns) == list(plain)
        for name, cells in plain.items():
            read = [
                each.date() if isinstance(each, pandas.Timestamp) else each
                for each in frame[name].astype(object).where(frame[name].notna(), None)
            ]
            assert read == cells, name
        json.dumps(plain, default=date.isoformat)
        assert table._repr_html_().count("<tr>") == min(20, len(frame)) + 1
    assert tables[0].columns == tuple(tables[0].to_dict())
    assert not len(tables[-1]) and str(tables[-1].to_pandas()["first"].dtype) == "datetime64[s]"


def test_what_a_notebook_shows_is_words_and_no_markup() -> None:
    rows = [rcpref.Claim("x", "note", "<b>bold</b>", "s").values]
    shown = bundled().members("igc")._repr_html_()
    assert shown.startswith("<table>") and "<td>AUS</td>" in shown
    from rcpref.frames import as_html

    assert "&lt;b&gt;bold&lt;/b&gt;" in as_html(["a"], [rows], "<i>")
    assert "&lt;i&gt;" in as_html(["a"], [rows], "<i>")


def test_a_missing_extra_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    for table in (bundled().edges("2013"), bundled().matrix("2013"), bundled().members("igc")):
        with pytest.raises(rcpref.UsageProblem) as caught:
            table.to_pandas()
        assert caught.value.hint == (
            "run python3 -m pip install 'rcpref[pandas]', or with pipx: pipx inject rcpref pandas"
        )
        assert table.to_dict()


# As the command line ---------------------------------------------------------------------


def test_a_timeline_is_that_of_the_command() -> None:
    items = asked("timeline", "igc", "peru", "--from", "2010", "--to", "2020")
    found = bundled().timeline("igc", "peru", start="2010", end="2020")
    keys = ("date", "record", "event", "what")
    assert [tuple(getattr(each, key) for key in keys) for each in found] == [
        tuple(item[key] for key in keys) for item in items
    ]
    text = run_command("timeline", "igc", "-f", "csv").out
    for line in csv.DictReader(io.StringIO(text)):
        span = rcpref.parse_date(line["date"])
        assert (line["first"], line["last"]) == (span.first.isoformat(), span.last.isoformat())
    with pytest.raises(rcpref.UsageProblem, match="no event 'wedding'"):
        bundled().timeline(events="wedding")


def test_a_matrix_its_pairs_and_its_network_are_one() -> None:
    data = bundled()
    items = run_command("matrix", "--as-of", "2013-05", "-f", "json").json["items"]
    matrix = data.matrix("2013-05")
    assert matrix.to_dict() == {item["id"]: item["shared"] for item in items}
    assert {key: dict(row) for key, row in matrix.uncertain.items()} == {
        item["id"]: item["uncertain"] for item in items
    }
    frame = matrix.to_pandas()
    assert (frame == frame.T).all(axis=None) and str(frame.dtypes.iloc[0]) == "int64"
    long = run_command("matrix", "--as-of", "2013-05", "--long", "-f", "json").json["items"]
    assert len(long) == len(matrix) * (len(matrix) - 1) / 2
    for item in long:
        assert item["shared"] == matrix[item["record"]][item["other"]]
        assert item["members"] == matrix[item["record"]][item["record"]]
    edges = data.edges("2013-05")
    shared = [item for item in long if item["shared"]]
    assert [each._asdict() for each in edges] == shared

    root = ElementTree.fromstring(run_command("matrix", "--as-of", "2013-05", "-f", "graphml").out)
    keys = {key.attrib["id"]: key.attrib["attr.name"] for key in root.iter(f"{NAMESPACE}key")}

    def said(element: ElementTree.Element) -> dict[str, str | None]:
        return {keys[part.attrib["key"]]: part.text for part in element}

    nodes = {node.attrib["id"]: said(node) for node in root.iter(f"{NAMESPACE}node")}
    assert {key: node["label"] for key, node in nodes.items()} == dict(matrix.names)
    assert {key: node["members"] for key, node in nodes.items()} == {
        key: str(row[key]) for key, row in matrix.items()
    }
    found = [
        (edge.attrib["source"], edge.attrib["target"], said(edge)["weight"])
        for edge in root.iter(f"{NAMESPACE}edge")
    ]
    assert found == [(each.record, each.other, str(each.shared)) for each in edges]


def test_a_network_escapes_what_an_overlay_says(tmp_path: Path) -> None:
    files = {
        "sources.toml": OWN["sources.toml"],
        "processes/own.toml": 'id = "own"\nkind = "process"\nname = "</data><x> & \\"y\\""\n'
        'short_name = "<&>"\n[[claim]]\nproperty = "members"\nvalue = ["KEN"]\n'
        'as_of = "2013"\nsource = "own"\n',
    }
    folder = str(write_files(tmp_path, files))
    text = run_command("matrix", "--data", folder, "-f", "graphml").out
    values = [part.text for part in ElementTree.fromstring(text).iter(f"{NAMESPACE}data")]
    assert {"<&>", '</data><x> & "y"'} <= {*values}


OWN = {
    "sources.toml": '[own]\ntitle = "Own"\npublisher = ["Own"]\ntier = "primary"\n',
    "processes/sacm.toml": 'id = "sacm"\n[[claim]]\nproperty = "members"\nvalue = ["ARG"]\n'
    'as_of = "2024"\nsource = "own"\ncomplete = true\n',
}
"""A list of an overlay."""


def test_a_network_tells_which_data_it_is_of(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "mine", OWN)
    cited = {
        claim.source
        for record in bundled().of_kind("process")
        for found in bundled().members(record.id).answers.values()
        if found.answer in ("yes", "possible", "disputed")
        for claim in found.rests_on
    }
    for data, args, told in (
        (bundled(), (), f"From {len(cited)} sources."),
        (rcpref.load(overlay=folder), ("--data", str(folder)), "1 of them from your overlay."),
    ):
        root = ElementTree.fromstring(run_command("matrix", *args, "-f", "graphml").out)
        keys = {key.attrib["id"]: key.attrib["attr.name"] for key in root.iter(f"{NAMESPACE}key")}
        graph = root.find(f"{NAMESPACE}graph")
        assert graph is not None
        said = {keys[part.attrib["key"]]: part.text for part in graph.iterfind(f"{NAMESPACE}data")}
        assert (said["version"], said["digest"]) == (data.version, data.digest)
        assert said.get("overlay") == ("yes" if args else None)
        described = root.findtext(f"{NAMESPACE}desc") or ""
        assert told in described and data.digest[:12] in described
        assert ("with an overlay" in described) == bool(args) and str(folder) not in described


@pytest.mark.wide
def test_tables_of_shared_members_say_what_they_do_not_show() -> None:
    years = ("matrix", "--years", "2012..2015")
    there = {year: {*bundled().matrix(year)} for year in ("2012", "2013", "2014", "2015")}
    silent = {
        bundled()[key].short_name: [year for year, keys in there.items() if key not in keys]
        for key in ("midcom", "khartoum-process", "cmc")
    }
    told = prose(*years)
    for name, when in silent.items():
        span = when[0] if len(when) == 1 else f"{when[0]} to {when[-1]}"
        assert f"{name} ({span})" in told and f"{name} ({span})" in run_command(*years).err
    for args in (years, ("matrix", "--long"), ("matrix",)):
        told = prose(*args)
        assert "No complete list of members is known of" in told
        assert "possible or disputed" in told and re.search(r"From \d+ sources\.", told)
    # What is last known may be old: how old is said.
    known = {item["last_known"]: item["short_name"] for item in asked("matrix")}
    dated = sorted((rcpref.parse_date(date), name) for date, name in known.items() if date)
    (old, oldest), (new, newest) = dated[0], dated[-1]
    assert f"from {old.words} ({oldest}) to {new.words} ({newest})" in told


def test_overlap_by_year_is_that_of_each_year() -> None:
    lines = list(
        csv.DictReader(io.StringIO(run_command("matrix", "--years", "2011..2013", "-f", "csv").out))
    )
    rows = bundled().overlap("2011", "2013")
    assert [int(line["shared"]) for line in lines] == [row.shared for row in rows]
    assert [line["as_of"] for line in lines] == [row.as_of for row in rows]
    matrix = bundled().matrix("2012")
    assert {(r.record, r.other): r.shared for r in rows if r.as_of == "2012"} == {
        (one, two): matrix[one][two]
        for place, one in enumerate(matrix)
        for two in [*matrix][place + 1 :]
    }


def test_the_date_asked_for_has_one_name() -> None:
    tables = (bundled().panel("2013", "2013"), bundled().overlap("2013", "2013"))
    assert all("as_of" in table.columns and "date" not in table.columns for table in tables)
    assert asked("matrix", "--long", "--as-of", "2013")[0]["as_of"] == "2013"


def test_a_comparison_and_changes_are_those_of_the_command() -> None:
    items = asked("compare", "midsa", "comesa", "sacm", "--as-of", "2013-05")
    found = bundled().compare("midsa", "comesa", "sacm", as_of="2013-05")
    said = {each.state: (each.where, each.certain) for each in found if each.where}
    assert said == {item["id"]: (item["where"], item["count"]) for item in items}
    frame = found.to_pandas()
    assert list(frame["sacm"]) == [each.answers["sacm"].answer for each in found]
    items = asked("members", "european-union", "--changes", "2003", "2021")
    changes = bundled().changes("european-union", "2003", "2021")
    assert [(each.state, each.change) for each in changes] == [
        (item["id"], item["change"]) for item in items
    ]
    assert bundled().changes("colombo-process")


def test_terms_of_the_chair_hold_every_claim_once_and_agree_with_the_answers() -> None:
    data = bundled()
    for record in (*data.of_kind("process"), *data.of_kind("forum")):
        terms = data.chair_terms(record.id)
        claims = [claim for term in terms for claim in term.rests_on]
        assert len(claims) == len({*claims})
        dated = {claim for claim in record.claims_of("chair") if claim.date}
        assert {*claims} == dated
        for one, two in pairwise(terms):
            assert one.states != two.states or one.until, one
        for term in terms:
            assert term.first <= term.last
            for day in (term.first, term.last):
                holders = data.chairs(record.id, day.isoformat())
                # In the margins of a date it is possible; never unheard of.
                assert term.states in [holder.states for holder in holders], term


def test_years_after_that_of_the_data_are_told() -> None:
    few = ("matrix", "igc", "sacm", "--years")
    for day, told in (
        (bundled().date, run_command(*few, "2026..2028").err),
        (rcpref.parse_date(bundled().date).words, prose(*few, "2026..2028")),
    ):
        assert f"after the date of the data, {day}: 2027 to 2028" in told.replace("After", "after")
    assert "after the date" not in run_command(*few, "2026..").err


def test_a_map_is_that_of_the_command(tmp_path: Path) -> None:
    picture = bundled().map("Bali Process", "2013-05")
    assert run_command("map", "bali-process", "--as-of", "2013-05").out == picture.svg
    assert picture._repr_svg_() == picture.svg
    picture.save(tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == picture.svg
    with pytest.raises(rcpref.OutputError):
        picture.save(tmp_path / "a.svg")
    with pytest.raises(rcpref.UsageProblem):
        picture.save(tmp_path / "a.png")
    with pytest.raises(rcpref.NotFound):
        bundled().map("igc", capacity="candidates")
