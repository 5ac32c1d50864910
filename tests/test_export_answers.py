"""Answers in exports: the panel, the flat table, the database for people; who reads them how."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest

from asking import bundled
from conftest import apart, run_command

YEARS = "2012..2013"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables with a panel."""
    place = tmp_path_factory.mktemp("answers") / "tables"
    run_command("export", str(place), "--years", YEARS)
    return place


def read(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def fields_of(folder: Path, name: str) -> list[dict[str, Any]]:
    whole = json.loads((folder / "datapackage.json").read_bytes())
    found = next(each for each in whole["resources"] if each["name"] == name)
    fields: list[dict[str, Any]] = found["schema"]["fields"]
    return fields


def test_the_panel_has_the_answers_of_the_api(folder: Path) -> None:
    kinds = ("process", "body", "organization")
    rows = bundled().panel("2012", "2013", kinds=kinds)
    found = read(folder / "panel.csv")
    assert [(line["record"], line["state"], line["as_of"]) for line in found] == [
        (row.record, row.state, row.as_of) for row in rows
    ]
    for line, row in zip(found, rows, strict=True):
        certain = {"yes": "TRUE", "no": "FALSE"}.get(row.answer, "")
        assert line["certain"] == certain
        assert line["distance"] == ("" if row.distance is None else str(row.distance))
        assert line["standing"] == "; ".join(each.effect for each in row.standing)
        assert (line["answer"], line["basis"] or None) == (row.answer, row.basis)
        assert line["last_known"] == (row.last_known or "")
        assert (line["first_day"], line["last_day"]) == (str(row.first), str(row.last))
        sources = dict.fromkeys(claim.source for claim in row.rests_on)
        assert line["sources"] == "; ".join(sources)
    types = {each["name"]: each["type"] for each in fields_of(folder, "panel")}
    assert (types["distance"], types["certain"]) == ("integer", "boolean")
    assert not (folder / "members.csv").exists()


def test_one_flat_table_has_names_and_answers(tmp_path: Path) -> None:
    run_command("export", str(tmp_path / "members.csv"), "--as-of", "2013-05")
    run_command("export", str(tmp_path / "excel.csv"), "--as-of", "2013-05", "--excel")
    run_command("export", str(tmp_path / "years.csv"), "--years", YEARS)
    found = read(tmp_path / "members.csv")
    assert read(tmp_path / "excel.csv") == found
    assert (tmp_path / "excel.csv").read_bytes().startswith(b"\xef\xbb\xbfrecord,")
    data = bundled()
    for line in found:
        answer = data.member(line["record"], line["state"], "2013-05")
        assert (line["answer"], line["reason"]) == (answer.answer, answer.reason)
        assert line["record_name"] == data[line["record"]].short_name
        assert line["state_name"] == data.countries[line["state"]].name
        assert line["as_of"] == "2013-05"
    years = read(tmp_path / "years.csv")
    assert {line["as_of"] for line in years} == {"2012", "2013"} and len(years) == 2 * len(found)


# Readers ---------------------------------------------------------------------------------


def test_duckdb_loses_no_truth_value_and_no_reader_a_zero(folder: Path) -> None:
    for name in ("countries", "claims", "panel", "sources"):
        for field in (each for each in fields_of(folder, name) if each["type"] == "boolean"):
            assert field["trueValues"] == ["TRUE"] and field["falseValues"] == ["FALSE"]
            cells = [line[field["name"]] for line in read(folder / f"{name}.csv")]
            truth = duckdb.read_csv(str(folder / f"{name}.csv"))[field["name"]].fetchall()
            assert truth.count((True,)) == cells.count("TRUE")
            assert truth.count((False,)) == cells.count("FALSE")
    countries = str(folder / "countries.csv")
    frame = pandas.read_csv(countries, dtype={"numeric": "string"}, keep_default_na=False)
    assert dict(zip(frame["alpha3"], frame["numeric"], strict=True))["AFG"] == "004"
    codes = duckdb.read_csv(countries, dtype={"numeric": "VARCHAR"})["numeric"]
    assert ("004",) in codes.fetchall()


RECIPES = (Path(__file__).parent.parent / "docs" / "recipes.md").read_text(encoding="utf-8")


@pytest.mark.process
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
def test_r_reads_every_truth_value_and_the_zeros_as_the_recipe_does(folder: Path) -> None:
    recipe = RECIPES.partition("```r\n")[2].partition("```")[0]
    more = """
for (name in c("countries", "claims", "sources", "records")) {
  table <- read_table(name)
  for (column in names(table)) {
    if (is.logical(table[[column]])) {
      counts <- c(sum(table[[column]], na.rm = TRUE), sum(!table[[column]], na.rm = TRUE))
      cat(name, column, counts, "\\n")
    }
  }
}
cat("AFG", read_table("countries")$numeric[1:3], "\\n")
"""
    script = folder.parent / "recipe.R"
    script.write_text(recipe + more, encoding="utf-8")
    done = apart(["Rscript", str(script)], cwd=folder.parent, text=True)
    assert done.returncode == 0, done.stderr
    told = {tuple(line.split()[:2]): line.split()[2:] for line in done.stdout.splitlines()}
    seen = 0
    for name in ("countries", "claims", "sources", "records"):
        for field in fields_of(folder, name):
            if field["type"] == "boolean":
                cells = [line[field["name"]] for line in read(folder / f"{name}.csv")]
                counts = [str(cells.count("TRUE")), str(cells.count("FALSE"))]
                assert told[name, field["name"]] == counts
                seen += 1
    assert seen >= 4
    assert "AFG 533 004 024" in done.stdout


R_BLOCKS = re.findall(r"```r\n(.*?)```", RECIPES, re.DOTALL)


@pytest.mark.process
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
@pytest.mark.parametrize("block", R_BLOCKS[1:], ids=lambda block: block.partition("\n")[0])
def test_r_runs_the_other_recipes(block: str, tmp_path: Path) -> None:
    run_command("export", str(tmp_path / "spells.csv"), "--to", "spells")
    pairs = run_command("matrix", "--as-of", "2013-05", "-f", "csv").out
    (tmp_path / "pairs.csv").write_text(pairs, encoding="utf-8")
    needed = re.findall(r"library\((\w+)\)", block)
    script = tmp_path / "recipe.R"
    asked = "".join(f'if (!requireNamespace("{name}")) quit(status = 77)\n' for name in needed)
    script.write_text(asked + block, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    if done.returncode == 77:
        pytest.skip(f"R has no {' or '.join(needed)}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


# The database for people -----------------------------------------------------------------


def test_views_of_the_database_join_names(tmp_path: Path) -> None:
    run_command("export", str(tmp_path / "a.sqlite"), "--years", "2022")
    database = sqlite3.connect(tmp_path / "a.sqlite")
    query = "select name from sqlite_master where type = 'view'"
    views = [name for (name,) in database.execute(query)]
    assert sorted(views) == ["chair_at_named", "claims_named", "membership_at_named", "panel_named"]
    for view in views:
        table = view.removesuffix("_named")
        both = f"select (select count(*) from {table}), (select count(*) from {view})"
        one, other = database.execute(both).fetchone()
        assert one == other > 0
    for view, date in (("membership_at_named", None), ("panel_named", "2022")):
        found = database.execute(
            f"select answer, basis, distance, standing, state_name, record_name from {view} "
            "where record = 'african-union' and state = 'MLI'"
        )
        answer = bundled().member("african-union", "MLI", date)
        own = (answer.answer, answer.basis, answer.distance, "suspended", "Mali", "African Union")
        assert found.fetchall() == [own]
    database.close()
