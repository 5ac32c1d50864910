"""`rcpref export`."""

from typing import Annotated

import typer

from rcpref import export as exporting
from rcpref.cli import completion
from rcpref.cli.options import AsOf, Context, Years, argument, option
from rcpref.errors import UsageProblem
from rcpref.report import safe
from rcpref.report.report import Report, file_notice

EXAMPLES = (
    "rcpref export atlas.html",
    "rcpref export rcpref.zip",
    "rcpref export rcpref.sqlite --as-of 2013-05",
    "rcpref export rcpref.json",
    "rcpref export handbook.md",
    "rcpref export site/ --to site",
    "rcpref export tables.zip --years 2003..2025",
    "rcpref export members.csv --excel",
    "rcpref export data.xlsx",
    "rcpref export spells.csv --to spells",
)


def command(
    context: Context,
    target: Annotated[str, argument("TARGET", "File or folder to write; - is standard output.")],
    to: Annotated[
        str | None,
        option(
            "--to",
            "KIND",
            f"{', '.join(exporting.TARGET_KINDS)}. Default: by the suffix of TARGET.",
            completion.one_of(*exporting.TARGET_KINDS),
        ),
    ] = None,
    as_of: AsOf = None,
    years: Years = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV that Excel opens: BOM, CR LF, no formulas.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a file, or the unchanged folder of an export."),
    ] = False,
) -> Report | None:
    """Write the whole data set as an atlas, or in a form that other tools read.

    .html: the atlas, one page that any browser opens offline, with maps and the answers for
    every month since 1985. .json: all data in one file, which rcpref diff and the Python API
    can read. .zip, or a name without a suffix for a folder: CSV tables as a Frictionless Data
    Package. .sqlite: the same tables with keys, views and full-text search. .xlsx: a workbook
    with one sheet for each table. .csv: one flat table of processes, States and answers, with
    names; with --to spells, the first and last day of each answer. .md: the handbook.
    --to site: a folder of linked pages, one for each record and State.

    The table membership_at and the flat table have all answers on membership, last known or
    at --as-of. With --years, the table panel and the flat table have the answers of each
    year. An existing target is replaced only with --force. The same data give the same bytes.
    """
    kind = exporting.kind_of(target, to, excel)
    output = context.output
    if kind == "json" and target == exporting.STDOUT:
        more = as_of is not None or years is not None or force or bool(output.columns)
        if more or output.format not in ("auto", "json"):
            raise UsageProblem("standard output gets only the JSON", "leave out the options")
        from rcpref.export.files import as_json

        safe.write(as_json(context.data).decode(), json=True)
        for line in file_notice(context.data):
            safe.complain(line)
        return None
    from rcpref.views.about import exported
    from rcpref.writing import stopped_cleanly

    # Columns that there are not are refused before anything is written.
    exported(context.data, kind, {}, None).choose(output.columns)
    with stopped_cleanly():
        written = exporting.export(
            context.data, target, to=to, as_of=as_of, years=years, excel=excel, force=force
        )
    return exported(context.data, *written, target)
