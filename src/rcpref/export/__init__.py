"""The data set written to files and folders: from a target to what is written there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.time import AsOf, years_of
from rcpref.answers.time import as_of as asked_for
from rcpref.errors import UsageProblem, echo, only_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcpref.data.dataset import Data

SUFFIXES = {
    ".json": "json",
    ".zip": "csv",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".md": "markdown",
    ".csv": "table",
    ".xlsx": "xlsx",
    ".html": "html",
}
"""What a target is written as, by its suffix; one without a suffix is a folder of CSV.

A suffix is known in capitals too. Whatever ends in .zip is an archive of what would else be
a folder, and one with a slash behind it is a folder.
"""

HANDBOOK = "handbook"
"""A target of this name, without a suffix, was the handbook as a folder, and is refused."""

TARGET_KINDS = ("json", "csv", "sqlite", "markdown", "table", "spells", "xlsx", "html", "site")
"""What the data can be written as.

A table is one CSV file of records, States and answers; spells are one of the days over which
answers are the same; XLSX is a workbook with a sheet a table, HTML the atlas, Markdown the
handbook, a site a folder of pages.
"""

ALL_DATES = {"json": "JSON", "spells": "a table of spells", "html": "an atlas", "site": "a site"}
"""Kinds that take no date, as messages call them."""

ONE_FILE = ("json", "sqlite", "table", "spells", "xlsx", "html", "markdown")
"""Kinds that are never a folder."""

WITH_YEARS = ("csv", "sqlite", "table", "xlsx")
"""Kinds that hold answers year by year, if they are asked for."""

PAGED = {"html": "an atlas", "site": "a site"}
"""Kinds that have a page for each record, for browsers, as messages call them."""

MOST_PAGED = 300
"""So many records they can have."""

STDOUT = "-"
"""The target that is standard output; it takes JSON alone."""


class Written(NamedTuple):
    """What an export has written.

    Attributes:
        kind: json, csv, sqlite, markdown, table, spells, xlsx, html or site.
        files: Contents by path.
        asked: Date for which membership is answered in it; None where it is not.
    """

    kind: str
    files: Mapping[str, bytes]
    asked: AsOf | None

    def __repr__(self) -> str:
        size = sum(map(len, self.files.values()))
        return f"<Written {self.kind}: files: {len(self.files)}, bytes: {size}>"


_SHEETS = (".xls", ".xlsm", ".ods")


def kind_of(target: str, to: str | None = None, excel: bool = False) -> str:
    if not target.strip():
        raise UsageProblem("the target is empty", "give the name of a file or folder to write")
    if to is not None and only_text(to, "a kind") not in TARGET_KINDS:
        raise UsageProblem(f"no kind {echo(to)} to export to", f"kinds: {', '.join(TARGET_KINDS)}")
    kind = to or _by_suffix(target)
    if target == STDOUT and kind != "json":
        raise UsageProblem(f"{kind} cannot go to standard output", "only JSON can: --to json")
    if kind == "markdown" and os.path.splitext(target.lower())[1] in ("", ".zip"):
        line = "rcpref export handbook.md; a folder of pages: rcpref export site/ --to site"
        raise UsageProblem(f"{echo(target)}: the handbook is one file, not a folder", line)
    if not os.path.basename(target) and kind in ONE_FILE:
        import shlex

        line = f"rcpref export {shlex.quote(os.path.dirname(target))} --to {kind}"
        raise UsageProblem(f"{echo(target)}: {kind} is one file, not a folder", line)
    if excel and kind not in ("csv", "table", "spells"):
        raise UsageProblem(f"--excel makes CSV, not {kind}", "name a folder, a .zip or a .csv")
    return kind


def _by_suffix(target: str) -> str:
    if target == STDOUT:
        return "json"
    name = os.path.basename(target) or os.path.basename(os.path.dirname(target))
    name, suffix = os.path.splitext(name.lower())
    if not suffix:
        if form := {"excel": ".xlsx", **{each[1:]: each for each in SUFFIXES}}.get(target.lower()):
            raise UsageProblem(
                f"{target} would be the name of a folder of CSV files",
                f"for a file: rcpref export data{form}; for the folder: rcpref export ./{target}",
            )
        return "markdown" if name == HANDBOOK else "csv"
    if suffix not in SUFFIXES:
        sheet = "for a workbook: rcpref export data.xlsx; " if suffix in _SHEETS else ""
        raise UsageProblem(
            f"no suffix {echo(suffix)} is known",
            f"{sheet}suffixes: {', '.join(SUFFIXES)}, none for a folder of CSV; "
            f"or say --to {'|'.join(TARGET_KINDS)}",
        )
    return SUFFIXES[suffix]


def export(
    data: Data,
    target: str,
    *,
    to: str | None = None,
    as_of: str | None = None,
    years: str | None = None,
    excel: bool = False,
    force: bool = False,
) -> Written:
    """Write a data set to a file or folder, whole or not at all.

    Args:
        data: The data set.
        target: Path of the file or folder.
        to: One of `TARGET_KINDS`; None to go by the suffix, see `SUFFIXES`.
        as_of: Prefix date for which membership is answered; None for what is last known.
        years: Range of years for which it is answered year by year; None for none.
        excel: CSV that Excel opens: byte order mark, CR LF, no formulas.
        force: Replace a file, or a folder that is as an export left it.

    Raises:
        UsageProblem: A target or options that cannot be.
        DateError: `as_of` is not a date, or `years` no range.
        OutputError: It cannot be written, exists already, or is inside the data.
    """
    from rcpref.data.place import data_folder, refuse_inside
    from rcpref.export import targets
    from rcpref.writing import write_file, write_folder

    kind = kind_of(target, to, excel)
    if target == STDOUT:
        raise UsageProblem("the target is no file or folder", "give the name of one")
    if kind in PAGED and len(data.records) > MOST_PAGED:
        raise UsageProblem(
            f"{PAGED[kind]} has at most {MOST_PAGED} records, not {len(data.records):,}",
            "write a handbook: rcpref export handbook.md; or tables: rcpref export tables.zip",
        )
    _refuse_dates(kind, as_of, years)
    asked = asked_for(as_of, data.date)
    each = years_of(years, data.date) if years is not None else []
    refuse_inside(target, [data_folder(), *filter(None, [data.overlay])])
    made = _made(data, kind, asked, each, excel)
    if not isinstance(made, bytes):
        made = targets.sealed(made)
        if target.lower().endswith(".zip"):
            from rcpref.export.files import zipped

            made = zipped(made)
    if isinstance(made, bytes):
        files = {target: made}
        write_file(target, made, force=force)
    else:
        files = {os.path.join(target, *name.split("/")): made[name] for name in made}
        write_folder(target, made, replace=targets.only_exported if force else None)
    return Written(kind, files, None if kind in ALL_DATES else asked)


def _refuse_dates(kind: str, as_of: str | None, years: str | None) -> None:
    if kind in ALL_DATES and (as_of is not None or years is not None):
        raise UsageProblem(f"{ALL_DATES[kind]} holds all dates", "leave out --as-of and --years")
    if years is not None and kind not in WITH_YEARS:
        raise UsageProblem(f"{kind} has one date", f"--years goes with {', '.join(WITH_YEARS)}")
    if kind == "table" and as_of is not None and years is not None:
        raise UsageProblem("one table has one date or of years", "leave out one of them")


def _made(
    data: Data, kind: str, asked: AsOf, years: Sequence[AsOf], excel: bool
) -> bytes | dict[str, bytes]:
    """The content of one file, or the contents of several by their names."""
    from rcpref.export import files as making
    from rcpref.export import panel

    if kind == "json":
        return making.as_json(data)
    if kind == "html":
        from rcpref.export.atlas import atlas

        return atlas(data)
    if kind == "table":
        return making.as_csv(data, panel.flat_table(years), asked, excel=excel)
    if kind == "spells":
        return making.as_csv(data, panel.SPELLS, asked, excel=excel)
    if kind == "sqlite":
        return making.as_sqlite(data, asked, years)
    if kind == "xlsx":
        return making.as_xlsx(data, asked, years)
    if kind == "markdown":
        from rcpref.export.handbook import handbook

        return handbook(data, asked)
    if kind == "site":
        from rcpref.export.site import site

        return site(data)
    return making.as_package(data, asked, years, excel=excel)
