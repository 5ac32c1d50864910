"""The workbook of all tables, read back as people's programs read it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from asking import bundled
from conftest import run_command
from helpers import assert_complaint, hint_of
from rcpref.answers.time import as_of, years_of
from rcpref.export.panel import tables_with
from rcpref.export.tables import DATE


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("workbook") / "data.xlsx"
    run_command("export", str(found), "--years", "2013")
    return found


@pytest.fixture(scope="module")
def workbook(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def as_told(kind: str, cell: object) -> object:
    """A cell of a table as a reader of the workbook has it."""
    if kind == DATE and cell is not None and str(cell) >= "1900-03-01":
        return datetime.fromisoformat(str(cell))
    return cell or None if isinstance(cell, str) else cell


@pytest.mark.wide
def test_a_sheet_a_table_with_all_its_cells(workbook: Any) -> None:
    data = bundled()
    tables = tables_with(years_of("2013", data.date))
    assert workbook.sheetnames == ["about", *(table.name for table in tables)]
    for table in tables:
        head, *rows = workbook[table.name].iter_rows(values_only=True)
        assert head == tuple(field.name for field in table.fields)
        made = [
            tuple(as_told(field.type, cell) for field, cell in zip(table.fields, row, strict=True))
            for row in table.rows(data, as_of(None, data.date))
        ]
        assert rows == made, table.name


def test_codes_are_text_and_only_days_are_dates(workbook: Any) -> None:
    countries = {row[0].value: row for row in workbook["countries"].iter_rows(min_row=2)}
    head = [cell.value for cell in next(workbook["countries"].iter_rows(max_row=1))]
    cells = dict(zip(head, countries["AFG"], strict=True))
    assert (cells["numeric"].value, cells["numeric"].data_type) == ("004", "s")
    assert cells["numeric"].number_format == "@"
    assert dict(zip(head, countries["NAM"], strict=True))["alpha2"].value == "NA"
    head, *rows = workbook["claims"].iter_rows(values_only=True)
    claims = [dict(zip(head, row, strict=True)) for row in rows]
    assert {type(claim["as_of"]) for claim in claims} <= {str, type(None)}
    assert any(isinstance(claim["first_day"], datetime) for claim in claims)


def test_the_first_sheet_says_what_it_is_and_how_to_cite_it(workbook: Any) -> None:
    lines = {row[0]: row[1] for row in workbook["about"].iter_rows(values_only=True)}
    data = bundled()
    assert data.digest in lines["How to cite it"] and data.digest in lines["Digest"]
    assert lines["Licence"] == data.info.licence and lines["claims"]


@pytest.mark.wide
def test_the_same_data_make_the_same_workbook(path: Path, tmp_path: Path) -> None:
    run_command("export", str(tmp_path / "again.xlsx"), "--years", "2013")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("limit", ["_LONGEST_CELL", "_MOST_ROWS"])
def test_what_no_sheet_can_hold_is_refused(
    limit: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(f"rcpref.export.files.{limit}", 40)
    result = run_command("export", str(tmp_path / "x.xlsx"), code=3)
    assert_complaint(result.err)
    assert "rcpref export tables.zip" in hint_of(result)
    assert not list(tmp_path.iterdir())
