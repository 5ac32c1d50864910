"""The data set written to files and folders: from a target to what is written there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.time import AsOf
from rcpref.answers.time import as_of as asked_for
from rcpref.errors import UsageProblem, echo, only_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rcpref.data.dataset import Data

SUFFIXES = {
    ".json": "json",
    ".zip": "csv",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".md": "markdown",
}
"""What a target is written as, by its suffix; one without a suffix is a folder of CSV.

A suffix is known in capitals too. Whatever ends in .zip is an archive of what would else be
a folder, and one with a slash behind it is a folder.
"""

TARGET_KINDS = ("json", "csv", "sqlite", "markdown")
"""What the data can be written as."""

STDOUT = "-"
"""The target that is standard output; it takes JSON alone."""


class Written(NamedTuple):
    """What an export has written.

    Attributes:
        kind: json, csv, sqlite or markdown.
        files: Contents by path.
        asked: Date for which membership is answered in it; None where it is not.
    """

    kind: str
    files: Mapping[str, bytes]
    asked: AsOf | None

    def __repr__(self) -> str:
        size = sum(map(len, self.files.values()))
        return f"<Written {self.kind}: files: {len(self.files)}, bytes: {size}>"


def kind_of(target: str, to: str | None = None, excel: bool = False) -> str:
    """What a target is to be written as.

    Args:
        target: Path of a file or folder, or `STDOUT`.
        to: One of `TARGET_KINDS`; None to go by the suffix.
        excel: Whether CSV for Excel is wanted.

    Raises:
        UsageProblem: No such kind, a suffix that is not known, or options that do not go
            together.
    """
    if not target.strip():
        raise UsageProblem("the target is empty", "give the name of a file or folder to write")
    if to is not None and only_text(to, "a kind") not in TARGET_KINDS:
        raise UsageProblem(f"no kind {echo(to)} to export to", f"kinds: {', '.join(TARGET_KINDS)}")
    kind = to or _by_suffix(target)
    if target == STDOUT and kind != "json":
        raise UsageProblem(f"{kind} cannot go to standard output", "only JSON can: --to json")
    if excel and kind != "csv":
        raise UsageProblem(f"--excel makes CSV, not {kind}", "name a folder or a .zip")
    return kind


def _by_suffix(target: str) -> str:
    if target == STDOUT:
        return "json"
    suffix = os.path.splitext(target.rstrip("/"))[1].lower()
    if not suffix:
        return "csv"
    if suffix not in SUFFIXES:
        raise UsageProblem(
            f"no suffix {echo(suffix)} is known",
            f"suffixes: {', '.join(SUFFIXES)}, none for a folder of CSV; "
            f"or say --to {'|'.join(TARGET_KINDS)}",
        )
    return SUFFIXES[suffix]


def export(
    data: Data,
    target: str,
    *,
    to: str | None = None,
    as_of: str | None = None,
    excel: bool = False,
    force: bool = False,
) -> Written:
    """Write a data set to a file or folder, whole or not at all.

    Args:
        data: The data set.
        target: Path of the file or folder.
        to: One of `TARGET_KINDS`; None to go by the suffix, see `SUFFIXES`.
        as_of: Prefix date for which membership is answered; None for that of the data.
        excel: CSV that Excel opens: byte order mark, CR LF, no formulas.
        force: Replace a file, or a folder that an export has made.

    Raises:
        UsageProblem: A target or options that cannot be.
        DateError: `as_of` is not a date.
        OutputError: It cannot be written, exists already, or is inside the data.
    """
    from rcpref.data.loading import data_folder
    from rcpref.export import files as making
    from rcpref.export import targets
    from rcpref.writing import write_file, write_folder

    kind = kind_of(target, to, excel)
    if target == STDOUT:
        raise UsageProblem("the target is no file or folder", "give the name of one")
    if kind == "json" and as_of is not None:
        raise UsageProblem("JSON holds all dates", "leave out --as-of")
    asked = asked_for(as_of, data.date)
    targets.refuse_inside(target, [data_folder(), *filter(None, [data.overlay])])
    if kind in ("json", "sqlite"):
        content = making.as_json(data) if kind == "json" else making.as_sqlite(data, asked)
        write_file(target, content, force=force)
        return Written(kind, {target: content}, None if kind == "json" else asked)
    if kind == "markdown":
        from rcpref.export.handbook import handbook

        files = handbook(data, asked)
    else:
        files = making.as_excel(data, asked) if excel else making.as_package(data, asked)
    files[targets.SUMS] = targets.sums_of(files)
    if target.lower().endswith(".zip"):
        content = making.zipped(files)
        write_file(target, content, force=force)
        return Written(kind, {target: content}, asked)
    write_folder(target, files, replace=targets.only_exported if force else None)
    return Written(kind, {os.path.join(target, name): files[name] for name in files}, asked)
