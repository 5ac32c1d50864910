"""The data set written to one file: the suffix of its name says as what."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rcpref.answers.time import AsOf, years_of
from rcpref.answers.time import as_of as asked_for
from rcpref.errors import UsageProblem, echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rcpref.data.dataset import Data
    from rcpref.writing import Written

SUFFIXES = (".html", ".zip", ".sqlite", ".json", ".xlsx", ".csv")
"""What a file is written as; a suffix is known in capitals too."""

CSV_TABLES = ("members", "claims", "sources", "records", "states", "spells", "panel")
"""The tables that are written as CSV; the name of the file before its suffix chooses one."""

WITH_DATE = (".zip", ".sqlite", ".xlsx", "members.csv")
"""What answers for one date."""

WITH_YEARS = (".zip", ".sqlite", ".xlsx", "panel.csv")
"""What answers year by year."""

MAX_ATLAS_RECORDS = 300


def kind_of(target: str) -> str:
    """Return the suffix of a target, or for CSV the table with it, as in members.csv."""
    if not target.strip():
        raise UsageProblem("the name of the file is empty", "rcpref export atlas.html")
    stem, suffix = os.path.splitext(os.path.basename(target).lower())
    if suffix not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise UsageProblem(
            f"{echo(target)} has no suffix that an export knows: {known}",
            "rcpref export atlas.html",
        )
    if suffix != ".csv":
        return suffix
    if stem not in CSV_TABLES:
        tables = ", ".join(CSV_TABLES)
        raise UsageProblem(
            f"no table named {echo(stem)}", f"rcpref export members.csv (tables: {tables})"
        )
    return stem + suffix


def export(
    data: Data,
    target: str,
    *,
    as_of: str | None = None,
    years: str | None = None,
    force: bool = False,
) -> Written:
    """Write a data set to a file, whole or not at all.

    Args:
        data: The data set.
        target: Path of the file.
        as_of: Prefix date for which membership is answered; None for what is last known.
        years: Range of years for which it is answered year by year; None for none.
        force: Replace a file that exists.

    Raises:
        UsageProblem: A target or options that cannot be.
        DateError: `as_of` is not a date, or `years` no range.
        OutputError: It cannot be written, exists already, or is inside the data.
    """
    from rcpref.data.place import data_folder, refuse_inside
    from rcpref.writing import write_file

    kind = kind_of(target)
    _refuse_dates(kind, as_of, years)
    if kind == ".html" and len(data.records) > MAX_ATLAS_RECORDS:
        raise UsageProblem(
            f"an atlas has at most {MAX_ATLAS_RECORDS} records, not {len(data.records):,}",
            "rcpref export tables.zip",
        )
    asked = asked_for(as_of, data.date)
    dates = years_of(years, data.date) if years is not None else []
    refuse_inside(target, [data_folder(), *filter(None, [data.overlay])])
    content = _content(data, kind, asked, dates)
    return write_file(target, content, force=force)


def _refuse_dates(kind: str, as_of: str | None, years: str | None) -> None:
    if as_of is not None and kind not in WITH_DATE:
        raise UsageProblem(
            f"{kind} is not of one date", f"--as-of goes with {', '.join(WITH_DATE)}"
        )
    if years is not None and kind not in WITH_YEARS:
        raise UsageProblem(
            f"{kind} has no answers by year", f"--years goes with {', '.join(WITH_YEARS)}"
        )


def _content(data: Data, kind: str, asked: AsOf, years: Sequence[AsOf]) -> bytes:
    from rcpref.export import files

    if kind == ".html":
        from rcpref.export.atlas import atlas

        return atlas(data)
    if kind == ".json":
        return files.as_json(data)
    if kind == ".sqlite":
        return files.as_sqlite(data, asked, years)
    if kind == ".xlsx":
        return files.as_xlsx(data, asked, years)
    if kind == ".zip":
        return files.as_zip(data, asked, years)
    from rcpref.export.panel import csv_table

    table = csv_table(kind.removesuffix(".csv"), data, years)
    return files.as_csv(data, table, asked)
