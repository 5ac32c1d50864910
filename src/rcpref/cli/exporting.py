"""`rcpref export`."""

import os
from typing import Annotated

import typer

from rcpref.cli.options import AsOf, Context, command
from rcpref.errors import UsageProblem
from rcpref.report import Report

COMMANDS: dict[str, typer.Typer] = {}

SUFFIXES = {
    ".json": "json",
    ".zip": "csv",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".md": "markdown",
}
"""What a target is written as, by its suffix; a target without one is a folder of CSV."""

KINDS = ("json", "csv", "sqlite", "markdown")


@command(
    COMMANDS,
    "export",
    "rcpref export rcpref.zip",
    "rcpref export rcpref.sqlite --as-of 2013-05",
    "rcpref export rcpref.json",
    "rcpref export handbook.md",
    "rcpref export tables --excel",
)
def export(
    context: Context,
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help="File or folder to write; - is standard output.")
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="KIND", help=f"{', '.join(KINDS)}. Else by the suffix."),
    ] = None,
    as_of: AsOf = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV that Excel opens: BOM, CR LF, no formulas.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file, or a folder from an export.")
    ] = False,
) -> Report | None:
    """Write the whole data set in a form that other tools read.

    .json: one file, all of it; rcpref diff and the Python API read it back. .zip, or a name
    without a suffix for a folder: CSV tables as a Frictionless Data Package. .sqlite: the
    same tables with keys and full-text search. .md: a folder of Markdown, a page a record.

    The table membership_at has every answer on membership at --as-of, else at the date of
    the data. A target that exists is left alone without --force. The same data make the
    same bytes.
    """
    kind = kind_of(target, to, excel)
    if kind == "json" and as_of is not None:
        raise UsageProblem("JSON holds all dates", "leave out --as-of")
    from rcpref import export as making
    from rcpref import targets
    from rcpref.loading import data_folder
    from rcpref.views.answers import asked_date
    from rcpref.views.exporting import exported

    data = context.data
    asked = asked_date(data, as_of)
    if target == "-":
        from rcpref.output import safe

        safe.write(making.as_json(data).decode(), json=True)
        return None
    targets.refuse_inside(target, [data_folder(), *filter(None, [context.overlay])])
    if kind in ("json", "sqlite"):
        content = making.as_json(data) if kind == "json" else making.as_sqlite(data, asked)
        targets.write_file(target, content, force=force)
        return exported(data, kind, {target: content}, None if kind == "json" else asked)
    if kind == "markdown":
        from rcpref.handbook import handbook

        files = handbook(data, asked)
    else:
        files = making.as_excel(data, asked) if excel else making.as_package(data, asked)
    if target.endswith(".zip"):
        content = making.zipped({**files, targets.SUMS: targets.sums_of(files)})
        targets.write_file(target, content, force=force)
        return exported(data, kind, {target: content}, asked)
    targets.write_folder(target, files, force=force)
    return exported(data, kind, {os.path.join(target, name): files[name] for name in files}, asked)


def kind_of(target: str, to: str | None, excel: bool) -> str:
    """What a target is to be written as: one of `KINDS`.

    Raises:
        UsageProblem: No such kind, a suffix that is not known, or options that do not go
            together.
    """
    if not target.strip():
        raise UsageProblem("the target is empty", "give the name of a file or folder to write")
    if to is not None and to not in KINDS:
        raise UsageProblem(f"no kind {to!r} to export to", f"kinds: {', '.join(KINDS)}")
    suffix = os.path.splitext(target.rstrip("/"))[1].lower()
    kind = to
    if kind is None:
        if target == "-":
            kind = "json"
        elif excel or not suffix:
            kind = "csv"
        elif suffix in SUFFIXES:
            kind = SUFFIXES[suffix]
        else:
            known = ", ".join(SUFFIXES)
            raise UsageProblem(
                f"no suffix {suffix!r} is known",
                f"suffixes: {known}, none for a folder of CSV; or say --to {'|'.join(KINDS)}",
            )
    if target == "-" and kind != "json":
        raise UsageProblem(f"{kind} cannot go to standard output", "only JSON can: --to json")
    if excel and kind != "csv":
        raise UsageProblem(f"--excel makes CSV, not {kind}", "leave out --excel or --to")
    return kind
